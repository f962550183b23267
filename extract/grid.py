"""Rules to cells: connected lines form a grid, missing borders make spans."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from actionplan.extract.lattice import (
    Lattice,
    components,
    draw_lattice,
    is_drawing,
    without_bars,
    without_unused,
)
from actionplan.extract.layout import Bools, Floats, PageLayout, Rules
from actionplan.extract.nested import cut_out, inner_regions, padded
from actionplan.extract.settings import GridSettings

Indices = NDArray[np.intp]


class Span(NamedTuple):
    """A cell of a grid: the elementary rows and columns it covers."""

    row: int
    column: int
    rowspan: int
    colspan: int


@dataclass(slots=True)
class Grid:
    """A ruled grid on a page.

    Attributes:
        xs: column edges, ascending, points.
        ys: row edges, ascending, points.
        spans: its cells in reading order.
        owner: (rows, columns) index into `spans` of the cell that covers each place.
        open_top: no line is drawn along its top.
        open_bottom: no line is drawn along its bottom.
        nested: tables inside cells, by the cell's index.
        moved: (column edge, row, position) where a row's edge stands off the column's.
    """

    xs: list[float]
    ys: list[float]
    spans: list[Span]
    owner: Indices
    open_top: bool = False
    open_bottom: bool = False
    nested: dict[int, Grid] = field(default_factory=dict)
    moved: list[tuple[int, int, float]] = field(default_factory=list)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.ys) - 1, len(self.xs) - 1

    @property
    def places(self) -> int:
        """Number of places that words may go to: cells, and those of tables inside cells."""
        return len(self.spans) + sum(inner.places for inner in self.nested.values())

    def box(self, span: Span) -> tuple[float, float, float, float]:
        """The box of one of the cells, points."""
        return (
            self.xs[span.column],
            self.ys[span.row],
            self.xs[span.column + span.colspan],
            self.ys[span.row + span.rowspan],
        )

    def locate(self, x: Floats, y: Floats) -> Indices:
        """Return the place (0 to `places`) of each point, -1 outside the grid."""
        rows, columns = self.shape
        column = np.array(self.xs).searchsorted(x) - 1
        row = np.array(self.ys).searchsorted(y) - 1
        inside = (column >= 0) & (column < columns) & (row >= 0) & (row < rows)
        column[~inside] = row[~inside] = 0
        for edge, where, position in self.moved:
            near = (row == where) & ((column == edge) | (column == edge - 1))
            column = np.where(near, np.where(x < position, edge - 1, edge), column)
        out = np.where(inside, self.owner[row, column], -1)
        base = len(self.spans)
        for k, inner in self.nested.items():
            here = np.flatnonzero(out == k)
            found = inner.locate(x[here], y[here])
            out[here] = np.where(found >= 0, base + found, k)
            base += inner.places
        return out

    def parts(self, k: int) -> list[int]:
        """Return the places whose words cell `k` holds, in reading order."""
        if k not in self.nested:
            return [k]
        base = len(self.spans)
        for other, inner in self.nested.items():
            if other == k:
                break
            base += inner.places
        inner = self.nested[k]
        return [k] + [base + p for i in range(len(inner.spans)) for p in inner.parts(i)]

    def place_box(self, place: int) -> tuple[float, float, float, float]:
        """The box of one of the places, points."""
        if place < len(self.spans):
            return self.box(self.spans[place])
        place -= len(self.spans)
        for inner in self.nested.values():
            if place < inner.places:
                return inner.place_box(place)
            place -= inner.places
        raise IndexError(place)

    def split(self, cells: list[int]) -> None:
        """Divide cells without a table inside, each of one row, at the column edges they cover."""
        spans: list[Span] = []
        nested: dict[int, Grid] = {}
        for k, span in enumerate(self.spans):
            if k in self.nested:
                nested[len(spans)] = self.nested[k]
            if k in cells:
                columns = range(span.column, span.column + span.colspan)
                spans += [Span(span.row, c, span.rowspan, 1) for c in columns]
            else:
                spans.append(span)
        self.spans, self.nested = spans, nested
        for k, span in enumerate(spans):
            rows = slice(span.row, span.row + span.rowspan)
            self.owner[rows, span.column : span.column + span.colspan] = k


def find_grids(
    rules: Rules,
    settings: GridSettings,
    refused: list[str] | None = None,
    frames: list[Grid] | None = None,
    page: PageLayout | None = None,
) -> list[Grid]:
    """Find all ruled grids of a page, top to bottom.

    A grid is a set of horizontal and vertical rules that touch each other. One that stands in a
    cell of another is nested in it.

    Args:
        rules: the page's rules.
        settings: distances and limits.
        refused: gets a reason for each set of lines beyond the limits.
        frames: gets the grids of one column, top to bottom: frames around text.
        page: the page; its words tell columns from bars, its shades cells from pieces of one.
    """
    horizontal, vertical = rules.horizontal, rules.vertical
    if not len(horizontal) or len(vertical) < 2:
        return []
    if len(horizontal) * len(vertical) > settings.max_meets:
        if refused is not None:
            refused.append(f"{len(horizontal) + len(vertical)} lines")
        return []
    found: list[tuple[Lattice, Grid]] = []
    for rows, columns in components(horizontal, vertical, settings.touch):
        if len(columns) < 2:
            continue
        lattice = draw_lattice(horizontal[rows], vertical[columns], settings, page)
        if lattice is None:
            continue
        count = (len(lattice.xs) - 1) * (len(lattice.ys) - 1)
        if count > settings.max_cells:
            if refused is not None:
                refused.append(f"{count} cells")
            continue
        if page is not None:
            lattice = without_bars(lattice, page.words.boxes)
        grid = _build(lattice, settings)
        if grid is not None:
            found.append((lattice, grid))
    found.sort(key=lambda pair: (pair[1].ys[0], pair[1].xs[0]))
    if frames is not None:
        frames += [grid for _, grid in found if grid.shape[1] == 1]
    grids = _outer([pair for pair in found if pair[1].shape[1] >= settings.min_columns])
    return [grid for grid in grids if grid.xs[-1] - grid.xs[0] >= settings.min_width]


def _build(lattice: Lattice, settings: GridSettings) -> Grid | None:
    if len(lattice.ys) - 1 < settings.min_rows:
        return None
    inner = []
    for region in inner_regions(lattice):
        part = cut_out(lattice, region)
        middle = (part.xs[0] + part.xs[-1]) / 2, (part.ys[0] + part.ys[-1]) / 2
        inner.append((middle, _grid(part)))
    lattice = without_unused(lattice)
    grid = _grid(lattice)
    if is_drawing(lattice, grid.owner, settings):
        return None
    _straighten(grid, lattice, settings.moved_edge)
    for (x, y), table in inner:
        grid.nested[int(grid.locate(np.array([x]), np.array([y]))[0])] = table
    return grid


def _grid(lattice: Lattice) -> Grid:
    spans, owner = _spans(lattice.across, lattice.down)
    return Grid(lattice.xs, lattice.ys, spans, owner, lattice.open_top, lattice.open_bottom)


def _straighten(grid: Grid, lattice: Lattice, near: float) -> None:
    """Make one edge of neighbouring ones that are never drawn in one row: it moved there.

    Words are still told apart by where the line stands in their own row.
    """
    column = 1
    while column + 1 < len(grid.xs) - 1:
        drawn = lattice.down[column : column + 2]
        close = grid.xs[column + 1] - grid.xs[column] <= near
        if not close or (drawn[0] & drawn[1]).any() or _ends_between(grid, column):
            column += 1
            continue
        keep = int(drawn[1].sum() > drawn[0].sum())
        position = grid.xs[column + 1 - keep]
        grid.moved += [(column, row, position) for row in np.flatnonzero(drawn[1 - keep]).tolist()]
        _drop_edge(grid, lattice, column, keep)


def _ends_between(grid: Grid, column: int) -> bool:
    """Is there a cell of the strip right of edge `column` alone?"""
    return any(span.column == column and span.colspan == 1 for span in grid.spans)


def _drop_edge(grid: Grid, lattice: Lattice, column: int, keep: int) -> None:
    """Take the strip between edges `column` and `column` + 1 out; `keep` is the edge that stays."""
    del grid.xs[column + 1 - keep]
    lattice.down[column] |= lattice.down[column + 1]
    lattice.down = np.delete(lattice.down, column + 1, axis=0)
    lattice.across = np.delete(lattice.across, column, axis=1)
    spans = []
    for span in grid.spans:
        first, last = span.column, span.column + span.colspan
        first -= first > column
        last -= last > column
        spans.append(Span(span.row, first, span.rowspan, last - first))
    grid.spans = spans
    grid.owner = np.delete(grid.owner, column, axis=1)
    for k, span in enumerate(spans):
        rows = slice(span.row, span.row + span.rowspan)
        grid.owner[rows, span.column : span.column + span.colspan] = k


def _outer(found: list[tuple[Lattice, Grid]]) -> list[Grid]:
    """Put grids that stand in a cell of another into it; return the others."""
    out: list[Grid] = []
    around: list[Grid] = []
    for lattice, grid in found:
        around = [other for other in around if other.ys[-1] > grid.ys[0]]
        for other in reversed(around):
            xs = np.array([grid.xs[0], grid.xs[-1]] * 2)
            ys = np.array([grid.ys[0]] * 2 + [grid.ys[-1]] * 2)
            places = set(other.locate(xs, ys).tolist())
            k = places.pop()
            if not places and 0 <= k < len(other.spans) and k not in other.nested:
                other.nested[k] = _grid(padded(lattice, other.box(other.spans[k])))
                break
        else:
            out.append(grid)
            around.append(grid)
    return out


def _spans(across: Bools, down: Bools) -> tuple[list[Span], Indices]:
    """Join elementary cells over borders that are not drawn, into rectangles.

    Args:
        across: (rows + 1, columns) horizontal borders.
        down: (columns + 1, rows) vertical borders.
    """
    rows, columns = across.shape[0] - 1, down.shape[0] - 1
    if across.all() and down.all():  # as in most tables: each place is a cell
        every = [Span(r, c, 1, 1) for r in range(rows) for c in range(columns)]
        return every, np.arange(len(every), dtype=np.intp).reshape(rows, columns)
    h, v = across.tolist(), down.tolist()
    owner = [[-1] * columns for _ in range(rows)]
    spans: list[Span] = []
    for r in range(rows):
        for c in range(columns):
            if owner[r][c] >= 0:
                continue
            right = c + 1
            while right < columns and not v[right][r] and owner[r][right] < 0:
                right += 1
            below = r + 1
            while below < rows and _goes_on(h, v, owner, below, c, right):
                below += 1
            for i in range(r, below):
                owner[i][c:right] = [len(spans)] * (right - c)
            spans.append(Span(r, c, below - r, right - c))
    return spans, np.array(owner, dtype=np.intp)


def _goes_on(
    h: list[list[bool]],
    v: list[list[bool]],
    owner: list[list[int]],
    row: int,
    left: int,
    right: int,
) -> bool:
    """Does the cell above `row` between columns `left` and `right` run on into it?"""
    if any(h[row][c] for c in range(left, right)):
        return False
    inside = any(v[c][row] for c in range(left + 1, right))
    return not inside and all(owner[row][c] < 0 for c in range(left, right))
