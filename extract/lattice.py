"""Rules that hang together, and which sides of which cells they draw."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from actionplan.extract.layout import Bools, Floats
from actionplan.extract.settings import GridSettings

_CHAIN = 3  # widths of `same_edge` beyond which lines that hang together are a hatching
Pair = tuple[list[int], list[int]]


@dataclass(slots=True)
class Lattice:
    """Edges, and the sides of cells that are drawn along them.

    Attributes:
        xs: column edges, ascending, points.
        ys: row edges, ascending, points.
        across: (rows + 1, columns) horizontal sides that are drawn.
        down: (columns + 1, rows) vertical sides that are drawn.
        open_top: no line is drawn along its top.
        open_bottom: no line is drawn along its bottom.
    """

    xs: list[float]
    ys: list[float]
    across: Bools
    down: Bools
    open_top: bool = False
    open_bottom: bool = False


def components(horizontal: Floats, vertical: Floats, touch: float) -> Iterator[Pair]:
    """Yield sets of horizontal and vertical rules that hang together; each rule is seen once."""
    y, x0, x1 = (horizontal[:, k, None] for k in range(3))
    x, y0, y1 = (vertical[None, :, k] for k in range(3))
    meet = (x >= x0 - touch) & (x <= x1 + touch) & (y >= y0 - touch) & (y <= y1 + touch)
    free_rows = np.asarray(meet.any(axis=1))
    free_columns = np.asarray(meet.any(axis=0))
    for start in np.flatnonzero(free_rows).tolist():
        if not free_rows[start]:
            continue
        rows, columns = [start], list[int]()
        free_rows[start] = False
        new = [start]
        while new:
            reached = np.flatnonzero(meet[new].any(axis=0) & free_columns)
            free_columns[reached] = False
            columns += reached.tolist()
            new = []
            if len(reached):
                found = np.flatnonzero(meet[:, reached].any(axis=1) & free_rows)
                free_rows[found] = False
                new = found.tolist()
                rows += new
        yield sorted(rows), sorted(columns)


def draw_lattice(horizontal: Floats, vertical: Floats, settings: GridSettings) -> Lattice | None:
    """Find the edges of rules that hang together, and the sides they draw.

    Returns:
        The lattice, its sides left out if it has more cells than the settings allow; None for a
        hatching, whose lines are closer to each other than rows or columns can be.

    Args:
        horizontal: (n, 4) y, x0, x1, drawn.
        vertical: (m, 4) x, y0, y1, drawn.
        settings: distances.
    """
    xs = _levels(vertical, settings.same_edge)
    ys = _levels(horizontal, settings.same_edge)
    if not xs or not ys:
        return None
    top, bottom = float(vertical[:, 1].min()), float(vertical[:, 2].max())
    left, right = float(horizontal[:, 1].min()), float(horizontal[:, 2].max())
    open_top = top < ys[0] - settings.open_end
    open_bottom = bottom > ys[-1] + settings.open_end
    ys = [top] * open_top + ys + [bottom] * open_bottom
    xs = [left] * (left < xs[0] - settings.open_end) + xs
    xs += [right] * (right > xs[-1] + settings.open_end)
    if (len(xs) - 1) * (len(ys) - 1) > settings.max_cells:
        none = np.zeros((0, 0), dtype=bool)
        return Lattice(xs, ys, none, none)
    across = _covered(horizontal, ys, xs, settings)
    # Striped rows paint behind cells that span them: where a line is drawn in part of the columns,
    # the edge of a stripe is no border in the others.
    lines = horizontal[:, 3] > 0
    if not lines.all():
        drawn = _covered(horizontal[lines], ys, xs, settings)
        partly = np.asarray(drawn.any(axis=1))
        across[partly] = (
            drawn[partly] | (across & _shaded_alone(vertical, xs, ys, settings))[partly]
        )
    down = _covered(vertical, xs, ys, settings)
    return Lattice(xs, ys, across, down, open_top, open_bottom)


def _shaded_alone(
    vertical: Floats, xs: list[float], ys: list[float], settings: GridSettings
) -> Bools:
    """Sides of cells above or below which there is a shade of the cell's own width.

    Returns:
        (rows + 1, columns) array.
    """
    edges = _covered(vertical[vertical[:, 3] == 0], xs, ys, settings)
    own = (edges[:-1] & edges[1:]).T
    sides = np.zeros((len(ys), len(xs) - 1), dtype=bool)
    sides[:-1] |= own
    sides[1:] |= own
    return sides


def _levels(lines: Floats, same: float) -> list[float]:
    """Positions of lines, each no more than `same` after the one before in its cluster.

    Returns:
        The clusters' means; none if one of them is wider than edges of cells drawn apart.
    """
    values = np.sort(lines[:, 0])
    starts = np.flatnonzero(np.diff(values, prepend=-np.inf) > same)
    counts = np.diff(starts, append=len(values))
    if (values[starts + counts - 1] - values[starts]).max(initial=0.0) > _CHAIN * same:
        return []
    means: list[float] = (np.add.reduceat(values, starts) / counts).tolist()
    return means


def _covered(
    lines: Floats, levels: list[float], edges: list[float], settings: GridSettings
) -> Bools:
    """Does a line run at each level along each interval between two edges?

    Returns:
        (levels, edges - 1) array.
    """
    low, high = np.array(edges[:-1]), np.array(edges[1:])
    if not len(lines) or not len(low):
        return np.zeros((len(levels), len(low)), dtype=bool)
    between = (np.array(levels[1:]) + np.array(levels[:-1])) / 2
    nearest = np.searchsorted(between, lines[:, 0])
    # Lines may stop short of a corner, but not by much of a thin row's height.
    touch = np.minimum(settings.touch, settings.corner * (high - low))
    level, starts, ends = np.array(list(_united(nearest, lines)), dtype=np.float64).T
    # Only the intervals that a line reaches are looked at: a page may hold thousands of both.
    first = np.searchsorted(high, starts - settings.touch)
    last = np.searchsorted(low, ends + settings.touch)
    counts = np.maximum(last - first, 0)
    which = np.repeat(np.arange(len(level)), counts)
    place = np.arange(len(which)) + np.repeat(first - (np.cumsum(counts) - counts), counts)
    near = touch[place]
    shared = np.minimum(ends[which] + near, high[place]) - np.maximum(
        starts[which] - near, low[place]
    )
    cell = level[which].astype(np.intp) * len(low) + place
    covered = np.bincount(cell, np.maximum(shared, 0.0), len(levels) * len(low))
    return np.asarray(covered.reshape(len(levels), -1) >= settings.cover * (high - low), dtype=bool)


def _united(levels: NDArray[np.intp], lines: Floats) -> Iterator[tuple[int, float, float]]:
    """Level, start and end of what is covered: a stroke and a fill's edge on it count once."""
    starts, ends = lines[:, 1].tolist(), lines[:, 2].tolist()
    at, begin, stop = -1, 0.0, 0.0
    for level, start, end in sorted(zip(levels.tolist(), starts, ends, strict=True)):
        if level == at and start <= stop:
            stop = max(stop, end)
            continue
        if at >= 0:
            yield at, begin, stop
        at, begin, stop = level, start, end
    if at >= 0:
        yield at, begin, stop


def without_unused(lattice: Lattice) -> Lattice:
    """Drop inner edges along which nothing is drawn: an underline or tick reached a border."""
    keep_x = np.concatenate(([True], lattice.down[1:-1].any(axis=1), [True]))
    keep_y = np.concatenate(([True], lattice.across[1:-1].any(axis=1), [True]))
    if keep_x.all() and keep_y.all():
        return lattice
    columns = np.flatnonzero(keep_x)[:-1]
    rows = np.flatnonzero(keep_y)[:-1]
    # A side that was in pieces is drawn where each of its pieces is.
    across = np.logical_and.reduceat(lattice.across[keep_y], columns, axis=1)
    down = np.logical_and.reduceat(lattice.down[keep_x], rows, axis=1)
    return Lattice(
        [x for x, keep in zip(lattice.xs, keep_x.tolist(), strict=True) if keep],
        [y for y, keep in zip(lattice.ys, keep_y.tolist(), strict=True) if keep],
        across,
        down,
        lattice.open_top,
        lattice.open_bottom,
    )


def is_drawing(lattice: Lattice, owner: NDArray[np.intp], settings: GridSettings) -> bool:
    """Do boxes and connectors make up the lattice, rather than cells side by side?

    In a table each place belongs to a cell with all its sides drawn. Between the boxes of a chart
    there is ground on which nothing ends: rectangles of it meet along sides that nobody drew.
    """
    if lattice.across.all() and lattice.down.all():
        return False
    above, below = owner[:-1] != owner[1:], ~lattice.across[1:-1]
    left, right = owner[:, :-1] != owner[:, 1:], ~lattice.down[1:-1].T
    leaks = np.zeros(owner.shape, dtype=bool)
    leaks[:-1] |= above & below
    leaks[1:] |= above & below
    leaks[:, :-1] |= left & right
    leaks[:, 1:] |= left & right
    for side, place in (
        (lattice.across[0], np.s_[0, :]),
        (lattice.across[-1], np.s_[-1, :]),
        (lattice.down[0], np.s_[:, 0]),
        (lattice.down[-1], np.s_[:, -1]),
    ):
        if side.any():  # a side with no line at all is an open one
            leaks[place] |= ~side
    if not leaks.any():
        return False
    area = np.outer(np.diff(lattice.ys), np.diff(lattice.xs))
    open_cells = np.zeros(int(owner.max()) + 1, dtype=bool)
    open_cells[owner[leaks]] = True
    return bool(area[open_cells[owner]].sum() > settings.open_share * area.sum())
