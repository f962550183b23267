"""A section's rows to its records: text, fields, provenance, doubts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from actionplan.normalise.agencies import AgencyContext
from actionplan.normalise.field_values import Fields, Surroundings
from actionplan.normalise.fields import read_fields
from actionplan.normalise.issues import cost, issue
from actionplan.normalise.leads import prepare_leads
from actionplan.normalise.legend import Legend
from actionplan.normalise.levels import read_levels
from actionplan.normalise.records import RecordDraft, draft_records
from actionplan.normalise.sections import SectionDraft
from actionplan.normalise.settings import NormaliseSettings
from actionplan.normalise.themes import read_themes
from actionplan.schemas.plan import (
    Issue,
    JoinReason,
    Place,
    Recommendation,
    Section,
    SectionColumn,
)
from actionplan.schemas.tables import Join, Line, join_lines

_WHOLE = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class SectionRecords:
    """A section and its records, whose keys are still empty; `loose` is text of no record."""

    section: Section
    recommendations: list[Recommendation]
    loose: list[Line]


def assemble(
    draft: SectionDraft,
    section_id: str,
    context: AgencyContext,
    settings: NormaliseSettings,
    promoted: Mapping[int, str],
    legend: Legend,
) -> SectionRecords:
    """Return a section with its records.

    Args:
        draft: heading, tables and rows of the section.
        section_id: its id, the first part of its records' ids.
        context: bodies of the document.
        settings: thresholds.
        promoted: index of a table to the field that stands for its recommendations.
        legend: what colours and letters mean in this document.
    """
    around = Surroundings(context, settings, draft.agency, tuple(draft.agency_lines), legend)
    found, loose = draft_records(draft)
    drafts = [record for record in found if _has_content(record)]
    prepare_leads(one.cell.lines for record in drafts for one in record.cells("lead"))
    ids = [f"{section_id}-r{number}" for number in range(1, len(drafts) + 1)]
    records = [
        _record(record, record_id, section_id, around, promoted, draft.heading_text)
        for record, record_id in zip(drafts, ids, strict=True)
    ]
    _check_numbers(records)
    owners = _owners(drafts, ids)
    for table in draft.tables:
        _note_joins(table.table.joins, table.index, owners, records, settings)
    for record in records:
        record.confidence = _confidence(record)
    return SectionRecords(_section(draft, section_id, owners), records, loose)


def _has_content(draft: RecordDraft) -> bool:
    return bool(draft.text_lines) or any(cell.lines for ref in draft.rows for cell in ref.row.cells)


def _record(
    draft: RecordDraft,
    record_id: str,
    section_id: str,
    around: Surroundings,
    promoted: Mapping[int, str],
    heading: str,
) -> Recommendation:
    fields = read_fields(draft, around)
    issues = _once([*draft.issues, *_own_issues(draft, promoted, around.settings), *fields.issues])
    printed = _printed_themes(draft)
    themes = read_themes([draft.text_lines, *printed.values()], [fields.lines.get("actions", [])])
    level = read_levels(fields.scope, draft.text, [draft.label or "", *printed, heading])
    fields.cite("text", draft.text_lines)
    fields.cite("label", [line for line in draft.label_lines if draft.number][:1])
    fields.cite("themes", themes.lines)
    fields.cite("printed_themes", [line for lines in printed.values() for line in lines])
    return Recommendation(
        id=record_id,
        section=section_id,
        number=draft.number,
        label=draft.label,
        key="",
        text=draft.text,
        scope=fields.scope,
        levels=level.levels,
        level_evidence=level.words,
        themes=list(themes.evidence),
        theme_evidence=themes.evidence,
        printed_themes=list(printed),
        acceptance=fields.acceptance,
        agencies=fields.agencies,
        leads=fields.leads,
        target=fields.target,
        revised_target=fields.revised_target,
        completion=fields.completion,
        milestones=fields.milestones,
        outcome=fields.outcome,
        actions=fields.actions,
        updates=fields.updates,
        status=fields.status,
        confidence=min(1.0, fields.certainty, *_row_confidence(draft)),
        issues=issues,
        provenance=_provenance(fields),
        cells=[[cell.text for cell in ref.row.cells] for ref in draft.rows],
    )


def _printed_themes(draft: RecordDraft) -> dict[str, Sequence[Line]]:
    """Themes of the band rows above, then those of a theme column, and the lines of each."""
    cells = [one.cell.lines for one in draft.cells("theme") if one.cell.lines]
    return {join_lines(lines): lines for lines in [*draft.themes, *cells]}


def _own_issues(
    draft: RecordDraft, promoted: Mapping[int, str], settings: NormaliseSettings
) -> Iterable[Issue]:
    source = draft.rows[0].source
    if not draft.text:
        yield issue("no-text", "text")
    if promoted.get(source.index, "theme") != "theme":
        yield issue("no-recommendation-column", "text")
    for role in source.roles:
        if role.basis == "cells":
            message = f"column {role.index + 1} has no known header"
            yield issue("column-guessed", role.field, message)
    if min(_row_confidence(draft), default=1.0) < settings.doubtful_row:
        yield issue("row-doubtful", "text")


def _row_confidence(draft: RecordDraft) -> list[float]:
    return [ref.row.confidence for ref in draft.rows]


def _once(issues: Iterable[Issue]) -> list[Issue]:
    kept = {(one.code, one.field, one.message): one for one in issues}
    return list(kept.values())


def _provenance(fields: Fields) -> dict[str, list[Place]]:
    places = {name: _places(lines) for name, lines in fields.lines.items()}
    return {name: found for name, found in places.items() if found}


def _places(lines: Iterable[Line]) -> list[Place]:
    """One box on each page: the union of the lines' boxes."""
    boxes: dict[int, tuple[float, float, float, float]] = {}
    for line in lines:
        x0, y0, x1, y1 = boxes.get(line.page, line.bbox)
        a0, b0, a1, b1 = line.bbox
        boxes[line.page] = (min(x0, a0), min(y0, b0), max(x1, a1), max(y1, b1))
    return [Place(page=page, bbox=box) for page, box in sorted(boxes.items())]


def _check_numbers(records: Sequence[Recommendation]) -> None:
    """Mark numbers that repeat or leave a gap within the section."""
    seen: set[str] = set()
    before: int | None = None
    for record in records:
        if record.number is None:
            continue
        if record.number in seen:
            record.issues.append(
                issue("number-repeated", "number", f"number {record.number} occurs twice")
            )
        seen.add(record.number)
        value = int(record.number) if _WHOLE.fullmatch(record.number) else None
        if value is not None and before is not None and value > before + 1:
            message = f"number {value} comes after {before}"
            record.issues.append(issue("number-gap", "number", message))
        before = value if value is not None else before


def _owners(drafts: Sequence[RecordDraft], ids: Sequence[str]) -> dict[tuple[int, int], str]:
    """Id of the record that has each row, by table and row."""
    return {
        (ref.source.index, ref.index): record_id
        for draft, record_id in zip(drafts, ids, strict=True)
        for ref in draft.rows
        if ref.index >= 0
    }


def _note_joins(
    joins: Sequence[Join],
    table: int,
    owners: Mapping[tuple[int, int], str],
    records: Sequence[Recommendation],
    settings: NormaliseSettings,
) -> None:
    """Mark the records that a page break cut, or may have cut, on thin evidence."""
    by_id = {record.id: record for record in records}
    for join in joins:
        if join.confidence >= settings.doubtful_join:
            continue
        row = join.row if join.joined else join.row + 1
        record = by_id.get(owners.get((table, row), ""))
        if record:
            code = "join-doubtful" if join.joined else "split-doubtful"
            where = f"at the top of page {join.page}"
            record.issues.append(issue(code, "text", f"{issue(code, '').message} ({where})"))


def _confidence(record: Recommendation) -> float:
    """What is left of the reading's own certainty after each code of doubt took its share."""
    value = record.confidence
    for code in {one.code for one in record.issues}:
        value *= 1.0 - cost(code)
    return round(value, 3)


def _section(
    draft: SectionDraft, section_id: str, owners: Mapping[tuple[int, int], str]
) -> Section:
    columns = [
        SectionColumn(header=role.header, field=role.field) for role in draft.tables[0].roles
    ]
    joins = [
        _reason(join, owners.get((table.index, join.row)))
        for table in draft.tables
        for join in table.table.joins
        if (table.index, join.row) in owners
    ]
    return Section(
        id=section_id,
        kind=draft.kind,
        agency=draft.agency,
        heading=draft.heading_text,
        pages=draft.pages,
        columns=columns,
        joins=joins,
    )


def _reason(join: Join, record: str | None) -> JoinReason:
    return JoinReason(
        page=join.page,
        joined=join.joined,
        score=round(join.score, 3),
        confidence=round(join.confidence, 3),
        record=record if join.joined else None,
        evidence=[f"{name} {weight:+.2f}: {detail}" for name, weight, detail in join.evidence],
    )
