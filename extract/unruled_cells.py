"""Lines of rows to cells: heights, bands, cells over several rows, grouped headers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from actionplan.extract.find import shade_cells
from actionplan.extract.fragments import FragmentCell, TableFragment
from actionplan.extract.layout import PageLayout
from actionplan.extract.unruled_rows import RowEdges
from actionplan.schemas.tables import Line

_SPACE = 2.0  # points between the letters and the outer row edges
_NEAR = 16.0  # points within which a rule closes the table above or below its letters
_SAME_BAND = 6.0  # points between lines of one band


@dataclass(slots=True)
class SortedText:
    """A region's lines, sorted into columns.

    Attributes:
        header: header lines of each column.
        groups: lines over several header columns, with the first and last column.
        body: lines of each column.
        bands: lines over the full width.
    """

    header: list[list[Line]]
    groups: list[tuple[Line, int, int]]
    body: list[list[Line]]
    bands: list[list[Line]]

    @property
    def band_edges(self) -> list[float]:
        """Heights just above and below each band."""
        return [
            edge
            for lines in self.bands
            for edge in (min(line.bbox[1] for line in lines), max(line.bbox[3] for line in lines))
        ]


@dataclass(frozen=True, slots=True)
class RowRule:
    """A rule or the edge of a shade that parts rows, in some or all columns."""

    y: float
    columns: frozenset[int]


@dataclass(slots=True)
class _RowLines:
    """Lines of one row by column; a band has one cell.

    Attributes:
        going_on: columns whose cell goes on from the row above.
    """

    y0: float
    y1: float
    cells: list[list[Line]]
    going_on: frozenset[int] = frozenset()


def _row(cells: list[list[Line]], going_on: frozenset[int] = frozenset()) -> _RowLines:
    boxes = [line.bbox for lines in cells for line in lines]
    return _RowLines(min(box[1] for box in boxes), max(box[3] for box in boxes), cells, going_on)


def set_fragment(
    layout: PageLayout,
    item: SortedText,
    edges: Sequence[float],
    found: RowEdges,
    rules: Sequence[RowRule],
) -> TableFragment:
    """Set rows one under the other.

    Args:
        layout: the page.
        item: its text.
        edges: column edges.
        found: where rows begin.
        rules: those that part rows, if rules do; some may run through part of the columns.
    """
    head = [_row(item.header)] if any(item.header) else []
    rows = [*head, *_body_rows(item, found, rules)]
    ys, top, bottom = _heights(rows, [rule.y for rule in rules])
    groups = item.groups if head else []
    grid: list[list[FragmentCell]] = []
    if groups:
        split = (max(line.bbox[3] for line, _, _ in groups) + rows[0].y0) / 2
        ys = [min(ys[0], *(line.bbox[1] - _SPACE for line, _, _ in groups)), split, *ys[1:]]
        grid = _grouped(rows[0], groups, edges, ys)
    for row in rows[len(grid) // 2 :]:
        grid.append(_cells(row, len(grid), edges, ys))
        for c in row.going_on:
            _join_cells(grid, c)
    shade_cells(layout, list({id(cell): cell for row in grid for cell in row}.values()))
    return TableFragment(
        page=layout.page,
        xs=list(edges),
        ys=ys,
        rows=grid,
        open_top=bool(rules) and not head and not top,
        open_bottom=bool(rules) and not bottom,
    )


def _join_cells(grid: list[list[FragmentCell]], column: int) -> None:
    """Let the cell above the last row's one in `column` take its place."""
    if len(grid) < 2:
        return
    upper, lower = grid[-2][column], grid[-1][column]
    if upper.colspan != lower.colspan:
        return
    upper.rowspan += 1
    upper.lines.extend(lower.lines)
    upper.bbox = (*upper.bbox[:3], lower.bbox[3])
    grid[-1][column] = upper


def _body_rows(item: SortedText, found: RowEdges, rules: Sequence[RowRule]) -> list[_RowLines]:
    """Part the body's lines at the cuts, at rules through some columns, and around each band."""
    every = frozenset(range(len(item.body)))
    partly = {rule.y: every - rule.columns for rule in rules if rule.columns != every}
    partly |= found.partial
    whole = {*found.cuts, *item.band_edges}
    for y in whole:
        partly.pop(y, None)
    places = sorted({*whole, *partly})
    bands: list[list[Line]] = [[] for _ in range(len(places) + 1)]
    parts: list[list[list[Line]]] = [[[] for _ in item.body] for _ in range(len(places) + 1)]
    for line in (line for lines in item.bands for line in lines):
        bands[bisect_right(places, _middle(line))].append(line)
    for c, column in enumerate(item.body):
        for line in column:
            parts[bisect_right(places, _middle(line))][c].append(line)
    out: list[_RowLines] = []
    for k, (band, part) in enumerate(zip(bands, parts, strict=True)):
        if band:
            _add_band(out, band)
        if any(part):
            going_on = partly.get(places[k - 1], frozenset()) if k and not band else frozenset()
            out.append(_row(part, going_on if out else frozenset()))
    return out


def _add_band(rows: list[_RowLines], lines: list[Line]) -> None:
    """Add a band, or the next line of one."""
    last = rows[-1] if rows else None
    if last is not None and len(last.cells) == 1 and lines[0].bbox[1] - last.y1 < _SAME_BAND:
        rows[-1] = _row([[*last.cells[0], *lines]])
    else:
        rows.append(_row([lines]))


def _middle(line: Line) -> float:
    return (line.bbox[1] + line.bbox[3]) / 2


def _heights(rows: Sequence[_RowLines], rules: Sequence[float]) -> tuple[list[float], bool, bool]:
    """Row edges, at rules where there are such; and whether the first and last are drawn."""
    first, last = rows[0], rows[-1]
    above = [y for y in rules if first.y0 - _NEAR < y <= first.y0 + _SPACE]
    below = [y for y in rules if last.y1 - _SPACE <= y < last.y1 + _NEAR]
    ys = [above[-1] if above else first.y0 - _SPACE]
    for upper, lower in pairwise(rows):
        between = [y for y in rules if upper.y1 - _SPACE < y < lower.y0 + _SPACE]
        ys.append(between[0] if between else (upper.y1 + lower.y0) / 2)
    ys.append(below[0] if below else last.y1 + _SPACE)
    return ys, bool(above), bool(below)


def _cells(
    row: _RowLines, r: int, edges: Sequence[float], ys: Sequence[float]
) -> list[FragmentCell]:
    columns = len(edges) - 1
    if len(row.cells) == 1 and columns > 1:
        band = FragmentCell(r, 0, 1, columns, (edges[0], ys[r], edges[-1], ys[r + 1]), row.cells[0])
        return [band] * columns
    return [
        FragmentCell(r, c, 1, 1, (edges[c], ys[r], edges[c + 1], ys[r + 1]), lines)
        for c, lines in enumerate(row.cells)
    ]


def _grouped(
    row: _RowLines,
    groups: Sequence[tuple[Line, int, int]],
    edges: Sequence[float],
    ys: Sequence[float],
) -> list[list[FragmentCell]]:
    """Two header rows: groups over their columns; the other headers are as high as both."""
    lower = _cells(row, 1, edges, ys)
    upper = list(lower)
    for line, first, last in groups:
        if upper[first] is lower[first]:
            box = (edges[first], ys[0], edges[last + 1], ys[1])
            upper[first : last + 1] = [FragmentCell(0, first, 1, last + 1 - first, box)] * (
                last + 1 - first
            )
        upper[first].lines.append(line)
    for c, cell in enumerate(lower):
        if upper[c] is cell:
            cell.row, cell.rowspan = 0, 2
            cell.bbox = (edges[c], ys[0], edges[c + 1], ys[2])
    return [upper, lower]
