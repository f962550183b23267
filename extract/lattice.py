"""Rules that hang together, and which sides of which cells they draw."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from actionplan.extract.layout import Bools, Floats, PageLayout
from actionplan.extract.settings import GridSettings

_STRIP = 9.0  # points; an outer column so narrow without a word is a coloured bar
_CHAIN = 3  # widths of `same_edge` beyond which lines that hang together are a hatching
Pair = tuple[list[int], list[int]]
_Rule = list[float]  # position, start, end, drawn


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
    if meet.all():
        yield list(range(len(horizontal))), list(range(len(vertical)))
        return
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


def draw_lattice(
    horizontal: Floats, vertical: Floats, settings: GridSettings, page: PageLayout | None = None
) -> Lattice | None:
    """Find the edges of rules that hang together, and the sides they draw.

    Returns:
        The lattice, its sides left out if it has more cells than the settings allow; None for a
        hatching, whose lines are closer to each other than rows or columns can be.

    Args:
        horizontal: (n, 4) y, x0, x1, drawn.
        vertical: (m, 4) x, y0, y1, drawn.
        settings: distances.
        page: the page, whose shades tell cells from pieces of one; none without colours.
    """
    # Plain lists: a page has a few dozen rules, for which a call of numpy costs more than a loop.
    rows, columns = horizontal.tolist(), vertical.tolist()
    xs = _levels(columns, settings.same_edge)
    ys = _levels(rows, settings.same_edge)
    if not xs or not ys:
        return None
    top, bottom = min(line[1] for line in columns), max(line[2] for line in columns)
    left, right = min(line[1] for line in rows), max(line[2] for line in rows)
    open_top = top < ys[0] - settings.open_end
    open_bottom = bottom > ys[-1] + settings.open_end
    ys = [top] * open_top + ys + [bottom] * open_bottom
    xs = [left] * (left < xs[0] - settings.open_end) + xs
    xs += [right] * (right > xs[-1] + settings.open_end)
    if (len(xs) - 1) * (len(ys) - 1) > settings.max_cells:
        none = np.zeros((0, 0), dtype=bool)
        return Lattice(xs, ys, none, none)
    across = _covered(rows, ys, xs, settings)
    # Striped rows paint behind cells that span them: where a line is drawn in part of the columns,
    # the edge of a stripe is no border in the others.
    lines = [line for line in rows if line[3] > 0]
    if len(lines) < len(rows):
        drawn = _covered(lines, ys, xs, settings)
        partly = np.asarray(drawn.any(axis=1)) & (across != drawn).any(axis=1)
        if partly.any():
            alone = _shaded_alone(columns, xs, ys, settings, page)
            across[partly] = drawn[partly] | (across & alone)[partly]
    down = _covered(columns, xs, ys, settings)
    return Lattice(xs, ys, across, down, open_top, open_bottom)


def _shaded_alone(
    vertical: Sequence[_Rule],
    xs: list[float],
    ys: list[float],
    settings: GridSettings,
    page: PageLayout | None,
) -> Bools:
    """Sides of cells above or below which there is a shade of the cell's own width.

    Between two such shades of one colour, in a column with lines at both sides, there is none: some
    programs paint a merged cell row by row.

    Returns:
        (rows + 1, columns) array.
    """
    own = _beside([line for line in vertical if line[3] == 0], xs, ys, settings)
    sides = np.zeros((len(ys), len(xs) - 1), dtype=bool)
    sides[:-1] |= own
    sides[1:] |= own
    both = own[:-1] & own[1:]
    if page is not None and both.any():
        boxed = _beside([line for line in vertical if line[3] > 0], xs, ys, settings)
        seams = both & boxed[:-1] & boxed[1:] & _one_colour(page, xs, ys, settings.touch)
        sides[1:-1] &= ~seams
    return sides


def _beside(
    lines: Sequence[_Rule], xs: list[float], ys: list[float], settings: GridSettings
) -> Bools:
    """Places at both sides of which one of the vertical `lines` runs: (rows, columns) array."""
    edges = _covered(lines, xs, ys, settings)
    return np.asarray((edges[:-1] & edges[1:]).T)


def _one_colour(page: PageLayout, xs: list[float], ys: list[float], near: float) -> Bools:
    """Places whose shade meets one of the same colour at its lower edge: (rows - 1, columns)."""
    (left, top, right, bottom) = page.fills.T
    first, last = _nearest(xs, left, near), _nearest(xs, right, near)
    above = np.full((len(ys), len(xs) - 1, 3), -1)
    below = above.copy()
    for level, colours in ((_nearest(ys, bottom, near), above), (_nearest(ys, top, near), below)):
        hit = (first >= 0) & (last == first + 1) & (level >= 0)
        colours[level[hit], first[hit]] = page.fill_colours[hit]
    same = (above == below).all(axis=2) & (above >= 0).all(axis=2)
    return np.asarray(same[1:-1])


def _nearest(edges: list[float], places: Floats, near: float) -> NDArray[np.intp]:
    """The edge at which each place stands; -1 for none."""
    at = np.array(edges)
    index = np.searchsorted((at[:-1] + at[1:]) / 2, places)
    return np.where(np.abs(at[index] - places) <= near, index, -1)


def _levels(lines: Sequence[_Rule], same: float) -> list[float]:
    """Positions of lines, each no more than `same` after the one before in its cluster.

    Returns:
        The clusters' means; none if one of them is wider than edges of cells drawn apart.
    """
    clusters: list[list[float]] = []
    last = -math.inf
    for value in sorted(line[0] for line in lines):
        if value - last > same:
            clusters.append([])
        clusters[-1].append(value)
        last = value
    if any(cluster[-1] - cluster[0] > _CHAIN * same for cluster in clusters):
        return []
    return [(cluster[0] + sum(cluster[1:])) / len(cluster) for cluster in clusters]


def _covered(
    lines: Sequence[_Rule], levels: list[float], edges: list[float], settings: GridSettings
) -> Bools:
    """Does a line run at each level along each interval between two edges?

    Returns:
        (levels, edges - 1) array.
    """
    low, high = edges[:-1], edges[1:]
    widths = [b - a for a, b in pairwise(edges)]
    # Lines may stop short of a corner, but not by much of a thin row's height.
    touch = [min(settings.touch, settings.corner * width) for width in widths]
    between = [(a + b) / 2 for a, b in pairwise(levels)]
    shares = [[0.0] * len(widths) for _ in levels]
    for level, start, end in _united(lines, between):
        here = shares[level]
        # Only the intervals that a line reaches are looked at: a page may hold thousands of both.
        first = bisect_left(high, start - settings.touch)
        for k in range(first, bisect_left(low, end + settings.touch)):
            near = touch[k]
            a, b = start - near, end + near
            shared = (b if b < high[k] else high[k]) - (a if a > low[k] else low[k])
            if shared > 0:
                here[k] += shared
    needed = [settings.cover * width for width in widths]
    drawn = [[s >= n for s, n in zip(here, needed, strict=True)] for here in shares]
    return np.array(drawn, dtype=bool).reshape(len(levels), len(widths))


def _united(lines: Sequence[_Rule], between: list[float]) -> Iterator[tuple[int, float, float]]:
    """Level, start and end of what is covered: a stroke and a fill's edge on it count once.

    Args:
        lines: the lines.
        between: the borders between neighbouring levels.
    """
    at, begin, stop = -1, 0.0, 0.0
    for level, start, end in sorted((bisect_left(between, p), a, b) for p, a, b, _ in lines):
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
    if lattice.down[1:-1].any(axis=1).all() and lattice.across[1:-1].any(axis=1).all():
        return lattice
    keep_x = np.concatenate(([True], lattice.down[1:-1].any(axis=1), [True]))
    keep_y = np.concatenate(([True], lattice.across[1:-1].any(axis=1), [True]))
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


def without_bars(lattice: Lattice, words: Floats) -> Lattice:
    """Drop columns narrower than a letter without a word beside one column of text.

    A coloured bar is one. Beside several columns such a strip tells that a table stands in a frame.

    Args:
        lattice: the lattice, its sides known.
        words: (n, 4) boxes of the page's words.
    """
    xs = lattice.xs
    if len(xs) <= 2:
        return lattice  # lines that stand so close that they are one edge have no column at all
    first = int(xs[1] - xs[0] <= _STRIP)
    last = len(xs) - int(xs[-1] - xs[-2] <= _STRIP)
    if last - first != 2:
        return lattice
    x, y = (words[:, 0] + words[:, 2]) / 2, (words[:, 1] + words[:, 3]) / 2
    beside = (x > xs[0]) & (x < xs[-1]) & ((x < xs[first]) | (x > xs[last - 1]))
    if (beside & (y > lattice.ys[0]) & (y < lattice.ys[-1])).any():
        return lattice
    return replace(
        lattice,
        xs=xs[first:last],
        across=lattice.across[:, first : last - 1],
        down=lattice.down[first:last],
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
