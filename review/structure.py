"""Rows of tables split and joined by hand: from one `TableDocument` to another.

No word is lost or doubled, and what was given stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actionplan.errors import EditError
from actionplan.schemas.tables import (
    Cell,
    Evidence,
    Join,
    Line,
    LogicalTable,
    Region,
    Row,
    TableDocument,
)

BY_HAND = "by-hand"
"""Name of the evidence of a decision that a reviewer made."""
_WEIGHT = 99.0  # more than all other evidence together ever comes to


def split_row(document: TableDocument, table: int, row: int, page: int, y: float) -> TableDocument:
    """Make a row of its own of what a row has at or below a place.

    Args:
        document: as read; it is not changed.
        table: index of the table.
        row: index of the row.
        page: page of the cut.
        y: height of the cut on that page, in points from the top; 0: all of the page.

    Raises:
        EditError: there is no such row, or nothing of it lies on one side of the cut.
    """
    source = _table(document, table, row)
    upper, lower = _split_cells(source, row, page, y)
    if not any(cell.lines for cell in upper) or not any(cell.lines for cell in lower):
        raise EditError("nothing of the row lies on one side of this place; choose another one")
    kind = source.rows[row].kind
    rows = [*source.rows[:row], Row(upper, kind), Row(lower, kind), *source.rows[row + 1 :]]
    rows = _with_spans(rows, source, row, 1)
    joins = [_after_split(join, row, page, upper) for join in source.joins]
    return _with(document, table, replace(source, rows=rows, joins=joins))


def join_rows(document: TableDocument, table: int, row: int) -> TableDocument:
    """Make one row of a row and the next one.

    Args:
        document: as read; it is not changed.
        table: index of the table.
        row: index of the upper row.

    Raises:
        EditError: there are no two such rows, or they are of different kinds.
    """
    source = _table(document, table, row)
    if row + 1 >= len(source.rows):
        raise EditError("there is no row below this one in its table; choose another one")
    one, other = source.rows[row], source.rows[row + 1]
    if one.kind != other.kind:
        raise EditError("a heading over the whole table cannot be joined with a row of it")
    rows = [replace(each, cells=list(each.cells)) for each in source.rows]
    _give(rows, source, row)
    rows[row].confidence = 1.0  # somebody has looked
    del rows[row + 1]
    joins = [_after_join(join, row) for join in source.joins]
    return _with(document, table, replace(source, rows=rows, joins=joins))


def _table(document: TableDocument, table: int, row: int) -> LogicalTable:
    if not 0 <= table < len(document.tables):
        raise EditError("the document has no such table; look at the page as it is now")
    found = document.tables[table]
    if not 0 <= row < len(found.rows):
        raise EditError("the table has no such row; look at the page as it is now")
    return found


def _with(document: TableDocument, table: int, new: LogicalTable) -> TableDocument:
    tables = [new if at == table else one for at, one in enumerate(document.tables)]
    return replace(document, tables=tables)


def _origin(table: LogicalTable, row: int, column: int) -> tuple[int, int]:
    """The place at which the cell over (row, column) begins; itself where nothing covers it."""
    for up in range(row, -1, -1):
        cells = table.rows[up].cells
        for left in range(min(column, len(cells) - 1), -1, -1):
            cell = cells[left]
            if cell.covered:
                continue
            if up + cell.rowspan > row and left + cell.colspan > column:
                return up, left
    return row, column


def _split_cells(
    table: LogicalTable, row: int, page: int, y: float
) -> tuple[list[Cell], list[Cell]]:
    """The cells of a row above and below a cut; a cell over further rows stays in one piece."""
    upper, lower = [], []
    for cell in table.rows[row].cells:
        if cell.covered or cell.rowspan > 1:
            upper.append(cell)
            lower.append(Cell(covered=True))
        else:
            one, other = _split_cell(cell, page, y)
            upper.append(one)
            lower.append(other)
    return upper, lower


def _split_cell(cell: Cell, page: int, y: float) -> tuple[Cell, Cell]:
    above = [line for line in cell.lines if _is_above(line, page, y)]
    below = [line for line in cell.lines if not _is_above(line, page, y)]
    if above and below:
        above[-1] = replace(above[-1], glue="space")  # it goes on no longer
    regions = [_cut(region, page, y) for region in cell.regions]
    return (
        replace(cell, lines=above, regions=[one for one, _ in regions if one]),
        replace(cell, lines=below, regions=[other for _, other in regions if other]),
    )


def _is_above(line: Line, page: int, y: float) -> bool:
    middle = (line.bbox[1] + line.bbox[3]) / 2
    return (line.page, middle) < (page, y)


def _cut(region: Region, page: int, y: float) -> tuple[Region | None, Region | None]:
    x0, y0, x1, y1 = region.bbox
    if region.page != page or not y0 < y < y1:
        above = region.page < page or (region.page == page and y1 <= y)
        return (region, None) if above else (None, region)
    return Region(page, (x0, y0, x1, y)), Region(page, (x0, y, x1, y1))


def _with_spans(rows: list[Row], before: LogicalTable, row: int, more: int) -> list[Row]:
    """`rows` with the cells that went over `row` one row longer."""
    longer = {
        _origin(before, row, column)
        for column, cell in enumerate(before.rows[row].cells)
        if cell.covered or cell.rowspan > 1
    }
    out = [replace(each, cells=list(each.cells)) for each in rows]
    for up, left in longer:
        cell = before.rows[up].cells[left]
        if cell.rowspan > 1:
            out[up].cells[left] = replace(cell, rowspan=cell.rowspan + more)
    return out


def _after_split(join: Join, row: int, page: int, upper: Sequence[Cell]) -> Join:
    """A decision after `row` was split: of the same break, it is turned round."""
    if join.row < row:
        return join
    if join.row > row:
        return replace(join, row=join.row + 1)
    if join.page < page or not join.joined:
        return join if join.page < page else replace(join, row=row + 1)
    if join.page > page:
        return replace(join, row=row + 1)
    stays = any(line.page == page for cell in upper for line in cell.lines)
    return join if stays else _decided(join, joined=False)


def _after_join(join: Join, row: int) -> Join:
    if join.row == row and not join.joined:
        return _decided(join, joined=True)
    return replace(join, row=join.row - 1) if join.row > row else join


def _decided(join: Join, *, joined: bool) -> Join:
    what = "joined" if joined else "split"
    reason = Evidence(BY_HAND, _WEIGHT if joined else -_WEIGHT, f"{what}: set by hand")
    return replace(
        join, joined=joined, score=reason.weight, confidence=1.0, evidence=(reason, *join.evidence)
    )


def _give(rows: list[Row], table: LogicalTable, row: int) -> None:
    """Give what the row below has to the cells of `row`, in `rows`."""
    for column, cell in enumerate(rows[row + 1].cells):
        up, left = _origin(table, row + 1, column)
        if up <= row:  # it goes over both rows: over one, soon
            if (up, left) == _origin(table, row, column) and left == column:
                spanned = rows[up].cells[left]
                if spanned.rowspan > 1:
                    rows[up].cells[left] = replace(spanned, rowspan=spanned.rowspan - 1)
        elif not cell.covered:
            _append(rows, _origin(table, row, column), cell, row)


def _append(rows: list[Row], place: tuple[int, int], cell: Cell, row: int) -> None:
    """Put the lines of a cell of the row below into the one at `place`."""
    up, left = place
    own = rows[up].cells
    while len(own) <= left:
        own.append(Cell())
    above = own[left]
    lines = list(above.lines)
    if lines and cell.lines:
        lines[-1] = replace(lines[-1], glue="space")
    span = max(above.rowspan, row - up + cell.rowspan)
    own[left] = replace(
        above,
        lines=[*lines, *cell.lines],
        regions=[*above.regions, *cell.regions],
        rowspan=span,
        fill=above.fill or cell.fill,
    )
