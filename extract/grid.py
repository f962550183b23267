"""Rules to cells: connected lines form a grid, missing borders make spans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from actionplan.extract.layout import Bools, Floats, Rules
from actionplan.extract.settings import GridSettings


@dataclass(frozen=True, slots=True)
class Span:
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
    """

    xs: list[float]
    ys: list[float]
    spans: list[Span]
    owner: NDArray[np.intp]
    open_top: bool
    open_bottom: bool

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.ys) - 1, len(self.xs) - 1


def find_grids(rules: Rules, settings: GridSettings) -> list[Grid]:
    """Find all ruled grids of a page, top to bottom.

    A grid is a set of horizontal and vertical rules that touch each other.
    """
    horizontal, vertical = rules.horizontal, rules.vertical
    if len(horizontal) > settings.max_lines or len(vertical) > settings.max_lines:
        return []
    if not len(horizontal) or len(vertical) < 2:
        return []
    grids = []
    for rows, columns in _components(horizontal, vertical, settings.touch):
        grid = _build(horizontal[rows], vertical[columns], settings)
        if grid is not None:
            grids.append(grid)
    return sorted(grids, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _components(
    horizontal: Floats, vertical: Floats, touch: float
) -> list[tuple[list[int], list[int]]]:
    """Sets of horizontal and vertical rules that hang together."""
    y, x0, x1 = (horizontal[:, k, None] for k in range(3))
    x, y0, y1 = (vertical[None, :, k] for k in range(3))
    meet = (x >= x0 - touch) & (x <= x1 + touch) & (y >= y0 - touch) & (y <= y1 + touch)
    free = np.ones(len(horizontal), dtype=bool)
    out = []
    for start in range(len(horizontal)):
        if not free[start]:
            continue
        rows = np.zeros(len(horizontal), dtype=bool)
        rows[start] = True
        while True:
            columns = meet[rows].any(axis=0)
            grown = rows | meet[:, columns].any(axis=1)
            if (grown == rows).all():
                break
            rows = grown
        free &= ~rows
        out.append((np.flatnonzero(rows).tolist(), np.flatnonzero(columns).tolist()))
    return out


def _build(horizontal: Floats, vertical: Floats, settings: GridSettings) -> Grid | None:
    if len(vertical) < 2:
        return None
    xs = _levels(vertical[:, 0], settings.same_edge)
    ys = _levels(horizontal[:, 0], settings.same_edge)
    top, bottom = float(vertical[:, 1].min()), float(vertical[:, 2].max())
    left, right = float(horizontal[:, 1].min()), float(horizontal[:, 2].max())
    open_top = top < ys[0] - settings.open_end
    open_bottom = bottom > ys[-1] + settings.open_end
    ys = [top] * open_top + ys + [bottom] * open_bottom
    xs = [left] * (left < xs[0] - settings.open_end) + xs
    xs += [right] * (right > xs[-1] + settings.open_end)
    if len(xs) - 1 < settings.min_columns or len(ys) - 1 < settings.min_rows:
        return None
    if xs[-1] - xs[0] < settings.min_width:
        return None
    across = _covered(horizontal, ys, xs, settings)
    # Striped rows paint behind cells that span them: where a line is drawn in part of the columns,
    # the edge of a stripe is no border in the others.
    lines = horizontal[:, 3] > 0
    if not lines.all():
        drawn = _covered(horizontal[lines], ys, xs, settings)
        partly = np.asarray(drawn.any(axis=1))
        across[partly] = drawn[partly]
    down = _covered(vertical, xs, ys, settings)
    spans, owner = _spans(across, down)
    return Grid(xs, ys, spans, owner, open_top, open_bottom)


def _levels(values: Floats, same: float) -> list[float]:
    """Cluster positions: each is the mean of values no more than `same` after the one before."""
    groups: list[list[float]] = []
    for value in sorted(values.tolist()):
        if not groups or value - groups[-1][-1] > same:
            groups.append([])
        groups[-1].append(value)
    return [sum(group) / len(group) for group in groups]


def _covered(
    lines: Floats, levels: list[float], edges: list[float], settings: GridSettings
) -> Bools:
    """Does a line run at each level along each interval between two edges?

    Returns:
        (levels, edges - 1) array.
    """
    nearest = np.abs(lines[:, 0, None] - np.array(levels)).argmin(axis=1)
    low, high = np.array(edges[:-1]), np.array(edges[1:])
    # Lines may stop short of a corner, but not by much of a thin row's height.
    touch = np.minimum(settings.touch, settings.corner * (high - low))
    covered = np.zeros((len(levels), len(low)))
    rows = np.array(list(_united(nearest, lines)), dtype=np.float64).reshape(-1, 3)
    starts, ends = rows[:, 1, None], rows[:, 2, None]
    shared = np.minimum(ends + touch, high) - np.maximum(starts - touch, low)
    np.add.at(covered, rows[:, 0].astype(np.intp), np.clip(shared, 0, None))
    return np.asarray(covered >= settings.cover * (high - low), dtype=bool)


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


def _spans(across: Bools, down: Bools) -> tuple[list[Span], NDArray[np.intp]]:
    """Join elementary cells over borders that are not drawn, into rectangles.

    Args:
        across: (rows + 1, columns) horizontal borders.
        down: (columns + 1, rows) vertical borders.
    """
    rows, columns = across.shape[0] - 1, down.shape[0] - 1
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
