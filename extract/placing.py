"""Words to the cells of a grid, where a centre alone does not tell."""

from __future__ import annotations

import numpy as np

from actionplan.extract.grid import Grid, Indices
from actionplan.extract.layout import Floats
from actionplan.extract.settings import GridSettings

_TOUCH = 0.12  # share of a word's height: less than any space
_EDGE = 1.0  # points by which a word has to reach over a line to stand on both sides


def place_words(boxes: Floats, grid: Grid, settings: GridSettings) -> Indices:
    """Return the place in `grid` of each word, -1 outside.

    A cell over several columns whose words keep to the columns is divided: its inner borders are
    not drawn. A word that sticks out over a border belongs to the words it stands next to. Where
    many words do, the grid is a drawing, and gets none.

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
    xs = np.array(grid.xs)
    cut = xs.searchsorted(boxes[:, 0] + _EDGE) != xs.searchsorted(boxes[:, 2] - _EDGE)
    over = np.flatnonzero((places >= 0) & cut)
    if not len(over):
        return places
    left = grid.locate(boxes[over, 0] + _EDGE, y[over])
    right = grid.locate(boxes[over, 2] - _EDGE, y[over])
    across = (left != right) & (left >= 0) & (right >= 0)
    if across.sum() > max(settings.few_words, settings.crossed * (places >= 0).sum()):
        return np.full(len(boxes), -1, dtype=np.intp)  # lines of a drawing over text
    for word, first, last in zip(over[across], left[across], right[across], strict=True):
        places[word] = _side_of(boxes[word], boxes, (first, last), places[word])
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


def _side_of(box: Floats, boxes: Floats, sides: tuple[int, int], place: int) -> int:
    """The place of a word that reaches over a border: that of the nearer word on its line.

    Args:
        box: the word's box.
        boxes: those of all words.
        sides: the places left and right of the border.
        place: that of the word's middle.
    """
    x0, y0, x1, y1 = box
    middle = (y0 + y1) / 2
    level = (boxes[:, 1] < middle) & (boxes[:, 3] > middle)
    before = x0 - boxes[level & (boxes[:, 2] <= x0 + _EDGE), 2]
    behind = boxes[level & (boxes[:, 0] >= x1 - _EDGE), 0] - x1
    space = y1 - y0  # a neighbour further off than this is no part of the same text
    # Words that nearly touch are not of one text: there is a space between those.
    gap_before = before[before > _TOUCH * space].min(initial=space)
    gap_behind = behind[behind > _TOUCH * space].min(initial=space)
    if gap_before == gap_behind:
        return place
    return sides[0] if gap_before < gap_behind else sides[1]
