"""Lists of recommendations in a report, whose plan stands elsewhere in it."""

from __future__ import annotations

from collections.abc import Sequence

from actionplan.normalise.agencies import AgencyContext
from actionplan.normalise.columns import plain
from actionplan.normalise.labels import read_label
from actionplan.normalise.sections import PlanTable, section_agency
from actionplan.schemas.tables import join_lines

# What a list of recommendations has beside their text; a plan tells actions or progress as well.
_LISTED = frozenset(
    {"number", "recommendation", "agency", "theme", "scope", "lead", "target", "acceptance"}
    | {"ignore", "unknown"}
)
_REPEATED = 0.6  # least share of its recommendations that stand in the plan, too


def without_summaries(tables: Sequence[PlanTable], context: AgencyContext) -> list[PlanTable]:
    """Return `tables` without those that only list what a fuller table says again.

    A report may print its recommendations as a table in a chapter, and its action plan as an
    appendix; only the plan gives records. An agency's own table is no such list: several agencies
    may answer to the same recommendations.

    Args:
        tables: plan tables in reading order.
        context: bodies of the document.
    """
    lists = [
        table
        for table in tables
        if _fields(table) <= _LISTED and not section_agency(table.table.heading, context)[0]
    ]
    full = {text for table in tables if table not in lists for text in _texts(table)}
    if not lists or not full:
        return list(tables)
    return [table for table in tables if table not in lists or not _repeats(table, full)]


def _fields(table: PlanTable) -> set[str]:
    return {name for role in table.roles for name in role.fields}


def _repeats(table: PlanTable, full: set[str]) -> bool:
    texts = _texts(table)
    return bool(texts) and sum(text in full for text in texts) >= _REPEATED * len(texts)


def _texts(table: PlanTable) -> list[str]:
    """The recommendations of a table without label, case and punctuation."""
    cells = [
        row.cells[role.index]
        for role in table.column("recommendation")
        for row in table.table.rows
        if row.kind == "body" and role.index < len(row.cells)
    ]
    return [plain(join_lines(read_label(cell.lines, None).lines)) for cell in cells if cell.lines]
