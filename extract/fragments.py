"""Table fragments: one table on one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from actionplan.schemas.tables import Box, Colour, Line


@dataclass(slots=True)
class FragmentCell:
    """A cell of a fragment.

    Attributes:
        row: its first row in the fragment, from 0.
        column: its first column, from 0.
        bbox: the cell's box, points.
        lines: its printed lines, top to bottom.
        fill: background colour, or None.
        limits: where text may end at the right, by a line's first word, in a table inside the cell.
    """

    row: int
    column: int
    rowspan: int
    colspan: int
    bbox: Box
    lines: list[Line] = field(default_factory=list)
    fill: Colour | None = None
    limits: dict[int, float] = field(default_factory=dict)

    @property
    def plain(self) -> str:
        """The lines joined by spaces; for comparisons, not for output."""
        return " ".join(line.text for line in self.lines)


@dataclass(slots=True)
class TableFragment:
    """One table on one page.

    Attributes:
        page: page number, from 1.
        xs: column edges, points.
        ys: row edges, points.
        rows: for each row and column the cell that covers the place; a spanning cell stands in
            each place it covers.
        title_rows: rows over the full width above the header that name the table.
        header_rows: number of rows at the top that are title or header.
        repeated: the header repeats the header of an earlier fragment.
        open_top: no line is drawn along the top.
        open_bottom: no line is drawn along the bottom.
        beside: another table stands beside it.
        groups: rows that name or add up the rows of a group, in cells of their own.
        confidence: how sure its columns and rows are, 0..1; 1 where they are drawn.
    """

    page: int
    xs: list[float]
    ys: list[float]
    rows: list[list[FragmentCell]]
    open_top: bool = False
    open_bottom: bool = False
    title_rows: int = 0
    header_rows: int = 0
    repeated: bool = False
    confidence: float = 1.0
    beside: bool = False
    groups: set[int] = field(default_factory=set)

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.xs) - 1

    def starts(self, row: int) -> list[FragmentCell]:
        """Cells that begin in `row`, left to right."""
        cells = self.rows[row]
        return [cell for c, cell in enumerate(cells) if cell.row == row and cell.column == c]


def drop_blank_rows(table: TableFragment) -> None:
    """Take out rows that only the early ends of a few cells make, with nothing below them.

    Where a page break cuts a row of cells with borders of their own, a finished cell ends with its
    text, and the others run on.
    """
    count = len(table.rows)
    for r in range(count - 1, 0, -1):
        below = table.starts(r)
        if not below or any(cell.lines or cell.rowspan > 1 for cell in below):
            continue
        above = [table.rows[r - 1][cell.column] for cell in below]
        if 2 * sum(cell.colspan for cell in below) > table.width or any(
            (a.column, a.colspan) != (b.column, b.colspan)
            for a, b in zip(above, below, strict=True)
        ):
            continue
        for upper in above:
            upper.bbox = (*upper.bbox[:3], table.ys[r + 1])
        for cell in {id(cell): cell for cell in table.rows[r] if cell.row < r}.values():
            cell.rowspan -= 1
        del table.rows[r], table.ys[r]
    if len(table.rows) < count:  # numbered anew once, however many rows went
        for r in reversed(range(len(table.rows))):
            for cell in table.rows[r]:
                cell.row = r


def stands_beside(a: TableFragment, b: TableFragment) -> bool:
    """Do two tables of a page share heights, but no width?"""
    level = a.page == b.page and a.ys[0] < b.ys[-1] and b.ys[0] < a.ys[-1]
    return level and (a.xs[-1] <= b.xs[0] or b.xs[-1] <= a.xs[0])


def mark_beside(tables: Sequence[TableFragment]) -> None:
    """Set `beside` of the tables of a page, given top to bottom."""
    around: list[TableFragment] = []
    for table in tables:
        around = [other for other in around if other.ys[-1] > table.ys[0]]
        for other in around:
            if stands_beside(other, table):
                other.beside = table.beside = True
        around.append(table)
