"""A record's cells to its fields."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from actionplan.normalise import updates as progress
from actionplan.normalise.actions import ActionDraft, level_groups, read_action_cell
from actionplan.normalise.agencies import (
    AgencySpan,
    make_agency,
    read_agencies,
)
from actionplan.normalise.cellsplit import (
    answers_for_itself,
    split_agency_lead,
    split_dates,
    split_status,
)
from actionplan.normalise.columns import asks_whether_done
from actionplan.normalise.field_values import (
    Fields,
    Surroundings,
    common_status,
    completion_date,
    joined_target,
    merged_target,
    once,
)
from actionplan.normalise.issues import issue
from actionplan.normalise.labels import number_cell
from actionplan.normalise.leads import LeadSpan, looks_like_lead, merge_leads, read_leads
from actionplan.normalise.records import FieldCell, RecordDraft
from actionplan.normalise.status import status_from_updates
from actionplan.normalise.status_column import (
    acceptance,
    is_answer,
    status_from_colour,
    status_from_column,
)
from actionplan.normalise.targets import TargetPart, read_target
from actionplan.normalise.tying import ActionTies, Printed
from actionplan.schemas.plan import (
    Action,
    Agency,
    Lead,
    Status,
    Target,
    Update,
)
from actionplan.schemas.tables import Line, join_lines

_DONE = ("progress", "milestones", "completion_outcome", "outcome")


def read_fields(draft: RecordDraft, around: Surroundings) -> Fields:
    """Return the fields of a record.

    Args:
        draft: the record's rows.
        around: what the section and the document give.
    """
    return _FieldReader(draft, around).read()


class _FieldReader:
    """Reads the fields of one record, in an order in which each finds what it needs."""

    def __init__(self, draft: RecordDraft, around: Surroundings) -> None:
        self.draft = draft
        self.around = around
        self.out = Fields()
        self.misplaced: list[tuple[Line, ...]] = []
        self.action_drafts: list[ActionDraft] = []
        self.ties = ActionTies((), around.settings)
        self.lead_spans: list[Printed[LeadSpan]] = []
        self.target_parts: list[Printed[TargetPart]] = []
        self.agency_spans: list[Printed[AgencySpan]] = []
        self.statuses: list[Printed[Status]] = []
        self.row_agencies: list[tuple[int, AgencySpan]] = []

    def read(self) -> Fields:
        """Read all fields."""
        self._plain_texts()
        self._actions()
        self._agencies()
        self._leads()
        self._target()
        self._column_statuses()
        self._tie_actions()
        self._updates()
        self._completion()
        self._status()
        self._note_inherited()
        return self.out

    def _plain_texts(self) -> None:
        out = self.out
        out.scope = self._text("scope", "scope")
        accepted = self._text("acceptance", "acceptance")
        out.acceptance = acceptance(accepted) if accepted else None
        out.milestones = self._text("milestones", "milestones", "planned_milestones", "measures")
        out.outcome = self._text("outcome", "outcome", "completion_outcome")

    def _text(self, name: str, *fields: str) -> str | None:
        cells = [one for one in self.draft.cells(*fields) if one.cell.lines]
        for one in cells:
            self.out.cite(name, one.cell.lines)
        return " ".join(one.cell.text for one in cells) or None

    def _actions(self) -> None:
        for one in self.draft.cells("action", "action_agency"):
            by_agency = one.role.field == "action_agency"
            read = read_action_cell(one.cell, self.around.context, row=one.row, by_agency=by_agency)
            self.action_drafts += read.actions
            self.row_agencies += [(one.row, span) for span in read.agencies]
            for action in read.actions:
                self.out.cite("actions", action.lines)
        self.ties = ActionTies(self.action_drafts, self.around.settings)

    def _agencies(self) -> None:
        for one in self.draft.cells("agency"):
            parts = self.ties.numbered(one, one.cell.lines) or [((), tuple(one.cell.lines))]
            for owners, lines in parts:
                self._take_agencies(one, lines, owners)
        self.out.agencies = once(span.agency for _, span in self.row_agencies)
        for _, span in self.row_agencies:
            self.out.cite("agencies", span.lines)
        if not self.out.agencies and self.around.section_agency:
            self.out.agencies = [make_agency(self.around.section_agency, self.around.context)]
            self.out.cite("agencies", self.around.agency_lines)

    def _take_agencies(
        self, one: FieldCell, lines: Sequence[Line], owners: tuple[int, ...]
    ) -> None:
        spans: list[AgencySpan] = []
        if one.role.field == "agency+lead":
            lines, spans = split_agency_lead(lines, self.around.context)
        reading = read_agencies(lines, self.around.context)
        spans = [*spans, *reading.agencies]
        self.row_agencies += [(one.row, span) for span in spans]
        self.agency_spans += [Printed(one, span, span.lines, owners) for span in spans]
        self.out.issues += reading.issues
        self._agency_rest(one, reading.rest)

    def _agency_rest(self, one: FieldCell, rest: Sequence[Line]) -> None:
        """Text of an agency cell that names no body: a post, or prose out of place."""
        if not rest:
            return
        if looks_like_lead(join_lines(rest)):
            self._take_leads(one, rest)
        else:
            self.misplaced.append(tuple(rest))
            self.out.issues.append(issue("misplaced-text", "agencies"))

    def _leads(self) -> None:
        for one in self.draft.cells("lead"):
            lines: Sequence[Line] = one.cell.lines
            if one.role.field == "lead+target":
                lines = split_dates(lines)[1]
            parts = self.ties.numbered(one, lines)
            for owners, own in parts:
                self._take_leads(one, own, owners)
            for group in self._level_groups(one, lines) if not parts else ():
                self._take_leads(one, group)
        self.out.leads = merge_leads(printed.value.lead for printed in self.lead_spans)

    def _level_groups(self, one: FieldCell, lines: Sequence[Line]) -> list[list[Line]]:
        actions = [self.action_drafts[at] for at in self.ties.beside(one)]
        return level_groups(lines, actions, self.around.settings, _may_be_lead)

    def _take_leads(
        self, one: FieldCell, lines: Sequence[Line], owners: tuple[int, ...] = ()
    ) -> None:
        if not lines:
            return
        reading = read_leads(lines)
        mixed = one.role.field == "agency+lead"
        own = [span for span in reading.leads if not mixed or answers_for_itself(span.lead)]
        self.lead_spans += [Printed(one, span, span.lines, owners) for span in own]
        self.out.issues += reading.issues
        self.out.certainty = min(self.out.certainty, reading.confidence)
        for span in own:
            self.out.cite("leads", span.lines)
        if reading.misplaced:
            self.misplaced.append(tuple(reading.misplaced))
            self.out.issues.append(issue("misplaced-text", "leads"))

    def _target(self) -> None:
        readings = []
        for one in self.draft.cells("target"):
            lines: Sequence[Line] = one.cell.lines
            if one.role.field in ("lead+target", "target+progress"):
                lines = split_dates(lines)[0]
            reading = read_target(lines)
            readings.append(reading)
            self._take_targets(one, lines, reading.parts)
            self.out.issues += reading.issues
            self.out.cite("target", lines)
        self.out.target = merged_target(readings)
        later = [reading.revised for reading in readings if reading.revised]
        self._revised(later)

    def _take_targets(
        self, one: FieldCell, lines: Sequence[Line], parts: Sequence[TargetPart]
    ) -> None:
        numbered = self.ties.numbered(one, lines)
        for owners, own in numbered:
            part = TargetPart(read_target(own).target, own)
            self.target_parts.append(Printed(one, part, own, owners))
        if not numbered:
            self.target_parts += [Printed(one, part, part.lines) for part in parts]

    def _revised(self, later: Sequence[Target]) -> None:
        cells = [one for one in self.draft.cells("revised_target") if one.cell.lines]
        for one in cells:
            self.out.cite("revised_target", one.cell.lines)
        if cells:
            self.out.revised_target = merged_target([read_target(one.cell.lines) for one in cells])
        elif later:
            self.out.revised_target = later[-1]
            self.out.cite("revised_target", self.out.lines.get("target", ()))

    def _tie_actions(self) -> None:
        """Give actions the leads, dates, agencies and status that the page ties to them."""
        leads: list[list[Lead]] = [[] for _ in self.action_drafts]
        parts: list[list[TargetPart]] = [[] for _ in self.action_drafts]
        for index, lead_span in self.ties.tied(self.lead_spans):
            leads[index].append(lead_span.lead)
        for index, part in self.ties.tied(self.target_parts):
            parts[index].append(part)
        agencies, statuses = self._tied_agencies(), dict(self.ties.tied(self.statuses))
        numbers = self._row_numbers()
        for index, draft in enumerate(self.action_drafts):
            own = numbers.get(draft.row) if self.ties.alone(draft) else None
            self.out.actions.append(
                Action(
                    number=draft.number or own,
                    text=draft.text,
                    leads=merge_leads(leads[index]),
                    agencies=agencies[index],
                    target=joined_target(parts[index]),
                    status=statuses.get(index),
                )
            )

    def _tied_agencies(self) -> list[list[Agency]]:
        """For each of several actions its agencies: in its row, level with it, or above it."""
        found = [list(draft.agencies) for draft in self.action_drafts]
        several = [
            one
            for one in self.agency_spans
            if not all(self.ties.alone(self.action_drafts[at]) for at in self.ties.beside(one.cell))
        ]
        for index, span in self.ties.tied(several):
            found[index].append(span)
        for index, draft in enumerate(self.action_drafts):
            if len(self.action_drafts) > 1 and self.ties.alone(draft):
                found[index] += self._of_row(draft.row)
        alone = len(self.action_drafts) < 2
        return [[] if alone else once(span.agency for span in spans) for spans in found]

    def _of_row(self, row: int) -> list[AgencySpan]:
        rows = {position for position, _ in self.row_agencies}
        if len(rows) < 2:
            return []
        return [span for position, span in self.row_agencies if position == row]

    def _row_numbers(self) -> dict[int, str]:
        numbers = {}
        for one in self.draft.cells("action_number", "number"):
            number = number_cell(one.cell.text)
            own = one.role.field == "action_number" or number != self.draft.number
            if number and own and one.rows == 1:
                numbers[one.row] = number
        return numbers

    def _updates(self) -> None:
        for one in self.draft.cells(*_DONE):
            self._take_updates(one)
        for lines in self.misplaced:
            self.out.updates.append(Update(text=join_lines(lines)))
            self.out.cite("updates", lines)

    def _take_updates(self, one: FieldCell) -> None:
        cell = one.cell
        if one.role.field == "progress+status":
            cell = split_status(cell)[1]
        elif one.role.field == "target+progress":
            cell = replace(cell, lines=list(split_dates(cell.lines)[1]))
        if "milestones" in one.role.fields:
            readings = progress.milestone_updates(cell)
        else:
            asked = "completion_outcome" in one.role.fields or asks_whether_done(one.role.header)
            readings = progress.split_updates(cell, header_label=one.role.label, behind=asked)
        self.out.issues += progress.update_issues(readings)
        for reading in readings:
            if reading.update.text:
                self.out.updates.append(reading.update)
                self.out.cite("updates", reading.lines)

    def _completion(self) -> None:
        for one in self.draft.cells("completion", "completion_outcome"):
            date = completion_date(one)
            if date and self.out.completion is None:
                self.out.completion = date
                self.out.cite("completion", one.cell.lines)

    def _status(self) -> None:
        known = [one.value for one in self.statuses]
        if known:
            self.out.status = common_status(known)
        else:
            actions = [action.text for action in self.out.actions]
            self.out.status = status_from_updates(self.out.updates, self.out.target, actions)
        if self.out.acceptance is None:
            self.out.acceptance = self._answer()

    def _answer(self) -> str | None:
        """An answer to the recommendation in its status or progress cell: "Partly agreed"."""
        cells = (one.cell.text for one in self.draft.cells("status"))
        answers = [acceptance(text) for text in cells]
        answers += [acceptance(one.text) for one in self.out.updates if is_answer(one.text)]
        return next((answer for answer in answers if answer), None)

    def _column_statuses(self) -> None:
        """The statuses in the cells of a status column: of its actions, or one of its row."""
        for one in self.draft.cells("status"):
            lines = one.cell.lines
            parts = self.ties.numbered(one, lines)
            if not parts and len(self.ties.beside(one)) > 1:
                parts = [((), (line,)) for line in lines]
            read = [
                (owners, own, status_from_column(join_lines(own), self.around.legend.words))
                for owners, own in parts
            ]
            if len(read) > 1 and all(status.value != "unknown" for *_, status in read):
                self.statuses += [Printed(one, status, own, owners) for owners, own, status in read]
                self.out.cite("status", lines)
            elif status := self._column_status(one):
                self.statuses.append(Printed(one, status, lines))

    def _column_status(self, one: FieldCell) -> Status | None:
        """The status that a cell of a status column gives: its text, or else its colour."""
        cell = one.cell
        text = split_status(cell)[0] if one.role.field == "progress+status" else cell.text
        if _PERCENT.search(one.role.header) and text.strip().isdecimal():
            text = f"{text.strip()}%"
        status = status_from_column(text, self.around.legend.words) if text else None
        if status and status.value != "unknown":
            self.out.cite("status", cell.lines)
            return status
        coloured = status_from_colour(cell.fill, self.around.legend.colours)
        return coloured if coloured.value != "unknown" else None

    def _note_inherited(self) -> None:
        names = ("agency", "lead", "target", "progress", "status")
        fields = {one.role.field for one in self.draft.cells(*names) if one.inherited}
        for name in sorted(fields):
            self.out.issues.append(issue("merged-cell", _PLAN_FIELD.get(name, name)))


def _may_be_lead(lines: Sequence[Line]) -> bool:
    return looks_like_lead(join_lines(lines))


# A header that says what the bare figures below it are: "% complete".
_PERCENT = re.compile(r"%|\bper\s?cent", re.IGNORECASE)
# Column fields whose name in the record differs.
_PLAN_FIELD = {"agency": "agencies", "lead": "leads", "progress": "updates"}
