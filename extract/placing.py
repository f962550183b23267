"""Words to the cells of a grid, where a centre alone does not tell."""

from __future__ import annotations

import numpy as np

from actionplan.extract.grid import Grid, Indices
from actionplan.extract.layout import Floats
from actionplan.extract.settings import GridSettings

_EDGE = 1.0  # points by which a word has to reach over a line to stand on both sides


def place_words(boxes: Floats, grid: Grid, settings: GridSettings) -> Indices:
    """Return the place in `grid` of each word, -1 outside.

    A cell over several columns whose words keep to the columns is divided: its inner borders are
    not drawn. A word that sticks out over a border belongs to the words it stands next to.

    Args:
        boxes: (n, 4) the words' boxes.
        grid: the grid; its cells may be divided.
        settings: distances.
    """
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    places = grid.locate(x, y)
    cells = [
        k
        for k, span in enumerate(grid.spans)
        if span.colspan > 1
        and span.rowspan == 1
        and k not in grid.nested
        and _in_columns(boxes[places == k], grid.xs[span.column : span.column + span.colspan + 1],
                        settings)
    ]  # fmt: skip
    if cells:
        grid.split(cells)
        places = grid.locate(x, y)
    over = np.searchsorted(grid.xs, boxes[:, 0] + _EDGE) != np.searchsorted(
        grid.xs, boxes[:, 2] - _EDGE
    )
    for word in np.flatnonzero(over & (places >= 0)).tolist():
        places[word] = _side_of(word, boxes, grid, int(places[word]))
    return places


def _in_columns(boxes: Floats, edges: list[float], settings: GridSettings) -> bool:
    """Do the words of a cell keep to the columns that it covers, with room between them?"""
    if len(boxes) < 2:
        return False
    inner = np.array(edges[1:-1])
    if ((boxes[:, 0, None] < inner - _EDGE) & (boxes[:, 2, None] > inner + _EDGE)).any():
        return False
    column = np.searchsorted(inner, (boxes[:, 0] + boxes[:, 2]) / 2)
    height = float(np.median(boxes[:, 3] - boxes[:, 1]))
    middle = (boxes[:, 1] + boxes[:, 3]) / 2
    order = np.argsort(middle)
    line = np.empty(len(boxes), dtype=np.intp)
    line[order] = np.cumsum(np.diff(middle[order], prepend=middle[order[0]]) > height / 2)
    # One line of few words may be a title with a tab in it.
    needed = 2 if line.max() > 0 else 3
    if len(np.unique(column)) < needed:
        return False
    order = np.lexsort((boxes[:, 0], line))
    here, after = order[:-1], order[1:]
    beside = (line[here] == line[after]) & (column[here] != column[after])
    gaps = boxes[after, 0] - boxes[here, 2]
    return bool(beside.any() and (gaps[beside] >= settings.column_gap * height).all())


def _side_of(word: int, boxes: Floats, grid: Grid, place: int) -> int:
    """The place of a word that reaches over a border: that of the nearer word on its line."""
    x0, y0, x1, y1 = boxes[word]
    middle = np.array([(y0 + y1) / 2])
    left = int(grid.locate(np.array([x0 + _EDGE]), middle)[0])
    right = int(grid.locate(np.array([x1 - _EDGE]), middle)[0])
    if left == right or left < 0 or right < 0:
        return place
    level = (boxes[:, 1] < middle[0]) & (boxes[:, 3] > middle[0])
    before = x0 - boxes[level & (boxes[:, 2] <= x0 + _EDGE), 2]
    behind = boxes[level & (boxes[:, 0] >= x1 - _EDGE), 0] - x1
    space = y1 - y0  # a neighbour further off than this is no part of the same text
    gap_before = float(before.min()) if len(before) else space
    gap_behind = float(behind.min()) if len(behind) else space
    if min(gap_before, gap_behind) >= space:
        return place
    return left if gap_before < gap_behind else right
