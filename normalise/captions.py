"""Captions under tables: a line between two tables was read as the title of the lower one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actionplan.normalise.agencies import AgencyContext
from actionplan.normalise.agency_heading import heading_agency
from actionplan.schemas.tables import Line, LogicalTable, TableDocument

_WORDS = 12  # words; a longer line is no caption
_NEAR = 2.5  # heights of a line that a caption stands below its table, at most


def move_captions(doc: TableDocument, context: AgencyContext) -> list[LogicalTable]:
    """Return the tables of `doc`, those with an agency's name below them headed by it.

    Names are taken for captions where the first table has no agency over it, and each table, the
    last one included, has an agency's name close below.
    """
    tables = doc.tables
    if len(tables) < 2 or any(_agency(line, context) for line in tables[0].heading):
        return tables
    captions = [_below(table, _next_lines(doc, k), context) for k, table in enumerate(tables)]
    if not all(captions):
        return tables
    taken = {id(line) for line in captions}
    return [
        replace(table, heading=[*(x for x in table.heading if id(x) not in taken), caption])
        for table, caption in zip(tables, captions, strict=True)
        if caption
    ]


def _next_lines(doc: TableDocument, index: int) -> Sequence[Line]:
    """The lines below a table: the heading of the next one, or those outside all tables."""
    if index + 1 < len(doc.tables):
        return doc.tables[index + 1].heading
    return doc.unassigned


def _below(table: LogicalTable, lines: Sequence[Line], context: AgencyContext) -> Line | None:
    page, bottom = _end(table)
    for line in lines:
        gap = line.bbox[1] - bottom
        height = line.bbox[3] - line.bbox[1]
        if line.page == page and -1 < gap <= _NEAR * height and _agency(line, context):
            return line
    return None


def _end(table: LogicalTable) -> tuple[int, float]:
    """Page and height at which a table ends."""
    regions = [region for row in table.rows for cell in row.cells for region in cell.regions]
    page = max((region.page for region in regions), default=0)
    return page, max((region.bbox[3] for region in regions if region.page == page), default=0.0)


def _agency(line: Line, context: AgencyContext) -> bool:
    short = len(line.text.split()) <= _WORDS
    return short and heading_agency(line.text, context) is not None
