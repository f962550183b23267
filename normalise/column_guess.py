"""Columns without a known header: what their cells look like, or what the table above had."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from statistics import median

from actionplan.normalise.agencies import AgencyContext, is_agency
from actionplan.normalise.columns import ColumnRole, has_header, map_headers, plain, same_widths
from actionplan.normalise.labels import number_cell, read_label
from actionplan.normalise.leads import looks_like_lead
from actionplan.normalise.sections import PlanTable
from actionplan.normalise.settings import NormaliseSettings
from actionplan.normalise.status_column import status_word
from actionplan.normalise.targets import read_target
from actionplan.schemas.tables import Cell, LogicalTable, Row

_LONG = 8  # words of the median cell from which a column holds prose
_REMARK = 3  # words of the median cell from which the last column of a bare table holds progress
_ANSWER = 4  # words of the median cell above which a status asked for is told as progress
_SHORT = 15  # words of the median cell up to which it may hold names
_GUESSED = 0.6  # score of a guessed column
_SURE_HEADER = 0.9  # least score of a header cell in a row that is taken for the header
_WHITE = 240  # 0..255; a lighter fill is no colour


def lift_header(table: LogicalTable, settings: NormaliseSettings) -> LogicalTable:
    """Return `table` with its first rows moved into heading and header, where they belong there.

    Without a header, the first row that is no title (one cell filled) is the header if two of its
    cells are known headers, and no more than a third something else; titles above it join the
    heading. Under a header, at least half of the first row's cells must be questions: prompts
    such as "What is the over-arching recommendation?".
    """
    titles = 0 if has_header(table) else _title_rows(table)
    if len(table.rows) <= titles or table.rows[titles].kind == "band":
        return table
    filled = [cell for cell in table.rows[titles].cells if cell.lines]
    lifted = _lifted(table, titles)
    if has_header(table):
        questions = sum(cell.text.endswith("?") for cell in filled)
        return lifted if questions >= 2 and 2 * questions >= len(filled) else table
    roles = map_headers(lifted, None, settings)
    known = [role for role in roles if role.basis == "header" and role.score >= _SURE_HEADER]
    if len(known) < 2 or 3 * (len(filled) - len(known)) > len(filled):
        return table
    return lifted


def even_rows(table: LogicalTable) -> LogicalTable:
    """Return `table` with a cell for every column in each row, and wide single texts as bands.

    A band may stop short of a coloured last column; it has to cover more than half of the columns.
    """
    width = len(table.columns)
    rows = [
        replace(
            row,
            cells=[*row.cells, *(Cell() for _ in range(width - len(row.cells)))],
            kind="band" if _is_band(row) else row.kind,
        )
        for row in table.rows
    ]
    return replace(table, rows=rows)


def _is_band(row: Row) -> bool:
    filled = [cell for cell in row.cells if cell.lines]
    return len(filled) == 1 and 2 * filled[0].colspan > len(row.cells) > 2


def _title_rows(table: LogicalTable) -> int:
    """How many of the first rows have one filled cell only, at most two."""
    count = 0
    for row in table.rows[:2]:
        if sum(bool(cell.lines) for cell in row.cells) != 1:
            break
        count += 1
    return count


def _lifted(table: LogicalTable, titles: int) -> LogicalTable:
    """`table` with `titles` rows in its heading, and the next row below the header's lines."""
    columns = [
        replace(
            column,
            header=f"{column.header} {cell.text}".strip(),
            lines=[*column.lines, *cell.lines],
        )
        for column, cell in zip(table.columns, table.rows[titles].cells, strict=False)
    ]
    names = [line for row in table.rows[:titles] for cell in row.cells for line in cell.lines]
    joins = [replace(join, row=max(join.row - titles - 1, 0)) for join in table.joins]
    rows = table.rows[titles + 1 :]
    heading = [*table.heading, *names]
    return replace(table, columns=columns, rows=rows, heading=heading, joins=joins)


def complete_roles(
    table: LogicalTable,
    roles: Sequence[ColumnRole],
    context: AgencyContext,
    above: PlanTable | None,
    settings: NormaliseSettings,
) -> list[ColumnRole]:
    """Return `roles` with the unknown columns filled in where that can be told.

    A table without any header takes the columns of the plan table above it when the widths agree.
    Else each column's cells decide: first what is short and regular (numbers, status, dates,
    leads, agencies), then the long texts from left to right: recommendation, action, progress.
    """
    if not has_header(table) and above and same_widths(above.table, table):
        return [replace(role, header="", basis="above") for role in above.roles]
    done = [_corrected(table, index, role) for index, role in enumerate(roles)]
    for index, role in enumerate(done):
        if role.field == "unknown":
            taken = {name for other in done for name in other.fields}
            field = _short_field(table, index, taken, context, settings)
            done[index] = _guessed(role, field)
    return _action_counts(table, _long_fields(table, done))


def _action_counts(table: LogicalTable, roles: list[ColumnRole]) -> list[ColumnRole]:
    """Numbers that begin again at 1 beside each recommendation count its actions."""
    number = next((role for role in roles if role.field == "number"), None)
    texts = [role.index for role in roles if role.field == "recommendation"]
    actions = any(role.field in ("action", "action_agency") for role in roles)
    if number is None or not texts or not actions:
        return roles
    rows = [row for row in table.rows if row.kind == "body" and len(row.cells) == len(roles)]
    counts = [(number_cell(row.cells[number.index].text), bool(row.cells[texts[0]].lines))
              for row in rows]  # fmt: skip
    firsts = [value for value, begins in counts if begins]
    more = [value for value, begins in counts if not begins and value]
    if len(firsts) < 2 or not more or set(firsts) != {"1"} or "1" in more:
        return roles
    roles[number.index] = replace(number, field="action_number")
    return roles


def _corrected(table: LogicalTable, index: int, role: ColumnRole) -> ColumnRole:
    """What a column's cells say against its header: numbers below "Rec", prose below "Done?"."""
    numbers = {"recommendation": "number", "action": "action_number"}
    filled = [cell for cell in _cells(table, index) if cell.lines]
    if role.field == "status" and role.header.endswith("?") and filled:
        # "Completed?" may be answered in prose: "In part. The letter went out in July."
        told = median(len(cell.text.split()) for cell in filled) > _ANSWER
        return replace(role, field="progress") if told else role
    if role.field not in numbers or role.basis != "header" or not filled:
        return role
    if all(number_cell(cell.text) for cell in filled):
        return replace(role, field=numbers[role.field])
    return role


def _guessed(role: ColumnRole, field: str | None) -> ColumnRole:
    return replace(role, field=field, score=_GUESSED, basis="cells") if field else role


def _cells(table: LogicalTable, index: int) -> list[Cell]:
    rows = [row for row in table.rows if row.kind == "body" and index < len(row.cells)]
    return [row.cells[index] for row in rows if not row.cells[index].covered]


def _short_field(
    table: LogicalTable,
    index: int,
    taken: set[str],
    context: AgencyContext,
    settings: NormaliseSettings,
) -> str | None:
    cells = _cells(table, index)
    filled = [cell for cell in cells if cell.lines]
    if not filled:
        coloured = {cell.fill for cell in cells if cell.fill and min(cell.fill) < _WHITE}
        return "status" if len(coloured) > 1 and "status" not in taken else None
    length = median(len(cell.text.split()) for cell in filled)
    tests: list[tuple[str, float, Callable[[Cell], bool]]] = [
        ("number", 3, lambda cell: bool(number_cell(cell.text))),
        ("status", 3, lambda cell: _is_status(cell.text)),
        ("target", 8, lambda cell: read_target(cell.lines).target.kind != "none"),
        ("agency", _SHORT, lambda cell: is_agency(cell.text, context)),
        ("lead", _SHORT, lambda cell: looks_like_lead(cell.text)),
    ]
    for field, longest, test in tests:
        if field in taken or length > longest:
            continue
        if sum(test(cell) for cell in filled) > settings.cell_share * len(filled):
            return field
    return None


def _is_status(text: str) -> bool:
    return status_word(text) is not None


def _long_fields(table: LogicalTable, roles: Sequence[ColumnRole]) -> list[ColumnRole]:
    """Give prose columns without a known field the key fields that are missing."""
    done = list(roles)
    named = sum(role.basis in ("header", "override") for role in roles)
    for index, role in enumerate(roles):
        taken = {name for other in done for name in other.fields}
        filled = [cell for cell in _cells(table, index) if cell.lines]
        if role.field != "unknown" or not filled:
            continue
        labelled = sum(bool(read_label(cell.lines).label) for cell in filled)
        if 2 * labelled >= len(filled) and "recommendation" not in taken:
            done[index] = _guessed(role, "recommendation")
            continue
        words = median(len(cell.text.split()) for cell in filled)
        last = index == len(roles) - 1 and not has_header(table) and "target" in taken
        if words >= _LONG or (words >= _ANSWER and _before_lead(roles, index)):
            done[index] = _guessed(role, _missing_text(done, taken, named, index))
        elif last and words >= _REMARK and "progress" not in taken:
            done[index] = _guessed(role, "progress")
    return done


def _before_lead(roles: Sequence[ColumnRole], index: int) -> bool:
    """Does the column stand between the recommendation and the lead or date, as actions do?"""
    before = {name for role in roles[:index] for name in role.fields}
    behind = {name for role in roles[index + 1 : index + 2] for name in role.fields}
    return "recommendation" in before and bool(behind & {"lead", "target", "agency"})


def _missing_text(
    roles: Sequence[ColumnRole], taken: set[str], named: int, index: int
) -> str | None:
    """The key field that a prose column may be; one with an odd header needs two known ones."""
    if plain(roles[index].header) and named < 2:
        return None
    actions = [role.index for role in roles if role.field in ("action", "action_agency")]
    if "recommendation" not in taken and not (actions and actions[0] < index):
        return "recommendation"
    if not actions and index < len(roles) - 1:
        return "action"
    return None if "progress" in taken else "progress"
