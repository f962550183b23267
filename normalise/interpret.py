"""Tables to records: the one way into this package."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from actionplan.normalise.agencies import AgencyContext
from actionplan.normalise.agency_context import area_texts
from actionplan.normalise.assemble import SectionRecords, assemble
from actionplan.normalise.captions import move_captions
from actionplan.normalise.column_guess import complete_roles, even_rows, lift_header
from actionplan.normalise.columns import map_headers, plain, with_fields
from actionplan.normalise.facts import document_facts
from actionplan.normalise.forms import read_forms
from actionplan.normalise.front import front_text
from actionplan.normalise.keys import record_keys
from actionplan.normalise.legend import read_legend
from actionplan.normalise.reading_notes import note_reading
from actionplan.normalise.recognise import plan_score
from actionplan.normalise.records import promote_key
from actionplan.normalise.scan_changes import note_changes
from actionplan.normalise.scan_notes import note_scans
from actionplan.normalise.sections import PlanTable, build_sections
from actionplan.normalise.settings import NormaliseSettings
from actionplan.normalise.summaries import without_summaries
from actionplan.schemas.plan import Audit, Plan, Recommendation, Unassigned
from actionplan.schemas.tables import Line, TableDocument


class ColumnMaps(NamedTuple):
    """What people say of columns: fields by header, and by table and place."""

    by_header: Mapping[str, str]
    by_table: Mapping[int, Mapping[int, str]]


def interpret(
    doc: TableDocument,
    settings: NormaliseSettings | None = None,
    column_map: Mapping[str, str] | None = None,
    by_table: Mapping[int, Mapping[int, str]] | None = None,
) -> Plan:
    """Return the plan in `doc`; without a plan in it, one without recommendations.

    Args:
        doc: the document's tables, as `actionplan.extract.read_tables` gives them.
        settings: thresholds; the defaults suit published plans.
        column_map: header as printed, or the column's place from 1 as digits, to a field name;
            wins over what the header or the cells say.
        by_table: field by the place of a column (from 0) in single tables of the document (by
            their place, from 0); wins over `column_map`.

    Raises:
        ValueError: `column_map` or `by_table` names a field that does not exist.
    """
    settings = settings or NormaliseSettings()
    front = front_text(doc, (), settings)
    context = AgencyContext.build(
        _texts(doc), area_texts([doc.title or "", *front.running], front.front)
    )
    maps = ColumnMaps(column_map or {}, by_table or {})
    tables, promoted, used = _plan_tables(doc, context, settings, maps)
    sections = build_sections(without_summaries(tables, context), context, _publishers(doc))
    legend = read_legend(doc, tables, used)
    done = [
        assemble(draft, f"s{number}", context, settings, promoted, legend)
        for number, draft in enumerate(sections, 1)
    ]
    records = [record for section in done for record in section.recommendations]
    note_changes(doc, records)
    note_scans(doc, records)
    note_reading(doc, records)
    return _plan(doc, done if records else [], settings)


def _texts(doc: TableDocument) -> Iterable[str]:
    """Running texts in which the document names bodies."""
    for table in doc.tables:
        yield from (line.text for line in table.heading)
        for row in table.rows:
            texts = [cell.text for cell in row.cells if cell.lines]
            yield from texts
            if len(texts) == 2:
                yield ": ".join(texts)  # a row of a table of abbreviations
    yield from (line.text for line in doc.unassigned)
    # A definition may run over two lines of the narrative.
    yield from (f"{one.text} {two.text}" for one, two in pairwise(doc.unassigned))


def _publishers(doc: TableDocument) -> set[str]:
    """Running lines of most pages, one of which may name the body that publishes the plan."""
    texts = {(line.page, plain(line.text)) for line in doc.furniture}
    pages = Counter(text for _, text in texts)
    return {text for text, count in pages.items() if 2 * count > len(doc.pages) > 1}


def _plan_tables(
    doc: TableDocument,
    context: AgencyContext,
    settings: NormaliseSettings,
    maps: ColumnMaps,
) -> tuple[list[PlanTable], dict[int, str], set[int]]:
    """Return the tables that are a plan, and the field promoted to recommendation by table.

    The third value has the places in the document of all tables that went into the plan.
    """
    title = " ".join([doc.title or "", *front_text(doc, (), settings).front])
    found: list[PlanTable] = []
    promoted: dict[int, str] = {}
    used: set[int] = set()
    for source in read_forms(move_captions(doc, context), title):
        form, index = source.is_form, source.index
        table = source.table if form else even_rows(lift_header(source.table, settings))
        above = found[-1] if found else None
        roles = map_headers(table, maps.by_header, settings)
        roles = with_fields(roles, maps.by_table.get(index, {}))
        roles = complete_roles(table, roles, context, above, settings)
        if not plan_score(table, roles, title).is_plan(settings):
            continue
        plan_table, field = promote_key(PlanTable(table, tuple(roles), index))
        found.append(plan_table)
        used |= source.used
        if field:
            promoted[index] = field
    return found, promoted, used


def _plan(
    doc: TableDocument, sections: Sequence[SectionRecords], settings: NormaliseSettings
) -> Plan:
    pages = sorted({page for section in sections for page in section.section.pages})
    records = [record for section in sections for record in section.recommendations]
    agencies = {section.section.id: section.section.agency for section in sections}
    loose = [line for one in sections for line in one.loose]
    for record, key in zip(records, record_keys(_content(records, agencies)), strict=True):
        record.key = key
    return Plan(
        document=document_facts(doc, pages, settings),
        sections=[section.section for section in sections],
        recommendations=records,
        unassigned=_unassigned(doc, pages, loose),
        audit=_audit(doc, pages, loose),
    )


def _content(
    records: Iterable[Recommendation], agencies: Mapping[str, str | None]
) -> Iterable[Sequence[str]]:
    """What makes a record what it is: its text and its section's agency, or else its cells."""
    for record in records:
        text = record.text or " ".join(cell for row in record.cells for cell in row)
        yield (text, agencies[record.section] or "")


def _unassigned(
    doc: TableDocument, pages: Sequence[int], loose: Sequence[Line]
) -> list[Unassigned]:
    """Text of the plan's pages outside its tables, and band rows with no record below them."""
    lines = [*(line for line in doc.unassigned if line.page in pages), *loose]
    lines.sort(key=lambda line: line.page)
    return [
        Unassigned(page=line.page, bbox=doc.on_page(line.page, line.bbox), text=line.text)
        for line in lines
    ]


def _audit(doc: TableDocument, pages: Sequence[int], loose: Sequence[Line]) -> Audit:
    """Sum the audit over the plan's pages; `loose` lines stand in cells, but in no record's."""
    moved = sum(len(line.words) for line in loose)
    audits = [audit for audit in doc.audit if audit.page in pages]
    return Audit(
        words_on_plan_pages=sum(audit.words for audit in audits),
        in_cells=sum(audit.in_cells for audit in audits) - moved,
        in_headings=sum(audit.in_headings for audit in audits),
        in_headers=sum(audit.in_headers for audit in audits),
        in_furniture=sum(audit.in_furniture for audit in audits),
        unassigned=sum(audit.unassigned for audit in audits) + moved,
        duplicated=sum(audit.duplicated for audit in audits),
    )
