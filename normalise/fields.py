"""A record's cells to its fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from actionplan.normalise import updates as progress
from actionplan.normalise.actions import ActionDraft, level_groups, read_action_cell, tie
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
    Block,
    Fields,
    Surroundings,
    cells_of,
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
        self.lead_spans: list[tuple[FieldCell, LeadSpan]] = []
        self.target_parts: list[tuple[FieldCell, TargetPart]] = []
        self.row_agencies: list[tuple[int, AgencySpan]] = []

    def read(self) -> Fields:
        """Read all fields."""
        self._plain_texts()
        self._actions()
        self._agencies()
        self._leads()
        self._target()
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

    def _agencies(self) -> None:
        for one in self.draft.cells("agency"):
            lines: Sequence[Line] = one.cell.lines
            if one.role.field == "agency+lead":
                lines, named = split_agency_lead(lines, self.around.context)
                self.row_agencies += [(one.row, span) for span in named]
            reading = read_agencies(lines, self.around.context)
            self.row_agencies += [(one.row, span) for span in reading.agencies]
            self.out.issues += reading.issues
            self._agency_rest(one, reading.rest)
        self.out.agencies = once(span.agency for _, span in self.row_agencies)
        for _, span in self.row_agencies:
            self.out.cite("agencies", span.lines)
        if not self.out.agencies and self.around.section_agency:
            self.out.agencies = [make_agency(self.around.section_agency, self.around.context)]
            self.out.cite("agencies", self.around.agency_lines)

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
            actions, settings = self._level_actions(one), self.around.settings
            for group in level_groups(lines, actions, settings, _may_be_lead):
                self._take_leads(one, group)
        self.out.leads = merge_leads(span.lead for _, span in self.lead_spans)

    def _level_actions(self, one: FieldCell) -> list[ActionDraft]:
        rows = range(one.row, one.row + one.rows)
        return [draft for draft in self.action_drafts if draft.row in rows]

    def _take_leads(self, one: FieldCell, lines: Sequence[Line]) -> None:
        if not lines:
            return
        reading = read_leads(lines)
        mixed = one.role.field == "agency+lead"
        own = [span for span in reading.leads if not mixed or answers_for_itself(span.lead)]
        self.lead_spans += [(one, span) for span in own]
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
            self.target_parts += [(one, part) for part in reading.parts]
            self.out.issues += reading.issues
            self.out.cite("target", lines)
        self.out.target = merged_target(readings)
        later = [reading.revised for reading in readings if reading.revised]
        self._revised(later)

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
        several = len(self.action_drafts) > 1
        leads: list[list[Lead]] = [[] for _ in self.action_drafts]
        parts: list[list[TargetPart]] = [[] for _ in self.action_drafts]
        if several:
            for index, lead_span in self._tied(self.lead_spans, lambda span: span.lines):
                leads[index].append(lead_span.lead)
            for index, part in self._tied(self.target_parts, lambda part: part.lines):
                parts[index].append(part)
        numbers = self._row_numbers()
        for index, draft in enumerate(self.action_drafts):
            alone = self._alone(draft) and several
            self.out.actions.append(
                Action(
                    number=draft.number or (numbers.get(draft.row) if self._alone(draft) else None),
                    text=draft.text,
                    leads=merge_leads(leads[index]),
                    agencies=self._of_row(draft.row) if alone else [],
                    target=joined_target(parts[index]),
                    status=self._status_of_row(draft.row) if alone else None,
                )
            )

    def _tied(
        self,
        blocks: Sequence[tuple[FieldCell, Block]],
        lines_of: Callable[[Block], Sequence[Line]],
    ) -> list[tuple[int, Block]]:
        """Return (index of the action, block) for each block that the page ties to an action."""
        tied: list[tuple[int, Block]] = []
        for cell in cells_of(blocks):
            own = [block for one, block in blocks if one is cell]
            level = [self.action_drafts.index(draft) for draft in self._level_actions(cell)]
            if cell.inherited or not level:
                continue
            if cell.rows == 1 and len(level) == 1:
                tied += [(level[0], block) for block in own]
                continue
            drafts = [self.action_drafts[index] for index in level]
            lines = [lines_of(block) for block in own]
            owners = tie(lines, drafts, cell.cell, self.around.settings)
            tied += [
                (level[owner], block)
                for owner, block in zip(owners, own, strict=True)
                if owner is not None
            ]
        return tied

    def _alone(self, draft: ActionDraft) -> bool:
        return sum(other.row == draft.row for other in self.action_drafts) == 1

    def _of_row(self, row: int) -> list[Agency]:
        rows = {position for position, _ in self.row_agencies}
        if len(rows) < 2:
            return []
        return once(span.agency for position, span in self.row_agencies if position == row)

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
        found = [(one.row, self._column_status(one)) for one in self.draft.cells("status")]
        known = [status for _, status in found if status]
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

    def _status_of_row(self, row: int) -> Status | None:
        for one in self.draft.cells("status"):
            if one.row == row and one.rows == 1:
                return self._column_status(one)
        return None

    def _column_status(self, one: FieldCell) -> Status | None:
        """The status that a cell of a status column gives: its text, or else its colour."""
        cell = one.cell
        text = split_status(cell)[0] if one.role.field == "progress+status" else cell.text
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


# Column fields whose name in the record differs.
_PLAN_FIELD = {"agency": "agencies", "lead": "leads", "progress": "updates"}
