"""What two readers read differently on a page: words by place, and the tables' shapes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from actionplan.extract.find import FoundPage, find_tables
from actionplan.extract.fragments import TableFragment
from actionplan.extract.layout import PageLayout
from actionplan.extract.lines import WordTable, build_lines, word_table
from actionplan.extract.settings import GridSettings
from actionplan.schemas.tables import Box, Difference, Line

_NO_LETTER = str.maketrans("", "", " -\u00ad\u2010\u2011\ufffe")
_OUTSIDE = 1.0  # points that a word's middle may stand out of its cell or line
_SAME_PLACE = 5.0  # points by which the outlines of one table may differ
_SQUARE = 20.0  # twice the side, in points, of squares: equal words in neighbouring ones are one
_NO_TABLE = "no such table"


def compare_pages(
    first: PageLayout, second: PageLayout, settings: GridSettings | None = None
) -> list[Difference]:
    """Compare what two readers found on one page.

    Words are compared by place: the letters in each cell and each line of the first reader, with
    those of the second there. How letters are parted into words and in which order they come does
    not count, and hyphens and spaces do not.

    Args:
        first: the page by the reader whose result is used.
        second: the page by the other one.
        settings: how rules become cells.
    """
    found, other = find_tables(first, settings), find_tables(second, settings)
    return [*_shapes(found, other), *_texts(found, first, second)]


def _shapes(found: FoundPage, other: FoundPage) -> Iterator[Difference]:
    """Tables that one of the two does not have, or not in the same rows and columns."""
    left = list(other.tables)
    for table in found.tables:
        ours = _shape(table.xs, table.ys)
        twin = next((one for one in left if _is_twin(table, one)), None)
        if twin is not None:
            left.remove(twin)
        seen = _shape(twin.xs, twin.ys) if twin else _NO_TABLE
        if ours != seen:
            yield Difference(found.page, _outline(table.xs, table.ys), ours, seen)
    for table in left:
        box = _outline(table.xs, table.ys)
        yield Difference(found.page, box, _NO_TABLE, _shape(table.xs, table.ys))


def _is_twin(table: TableFragment, other: TableFragment) -> bool:
    """Do two tables stand in the same place?"""
    pairs = zip(_outline(table.xs, table.ys), _outline(other.xs, other.ys), strict=True)
    return all(abs(a - b) <= _SAME_PLACE for a, b in pairs)


def _shape(xs: Sequence[float], ys: Sequence[float]) -> str:
    return f"table of {len(ys) - 1} rows and {len(xs) - 1} columns"


def _outline(xs: Sequence[float], ys: Sequence[float]) -> Box:
    return xs[0], ys[0], xs[-1], ys[-1]


def _texts(found: FoundPage, first: PageLayout, second: PageLayout) -> Iterator[Difference]:
    """Cells and lines whose letters differ, and lines that only the second reader has."""
    table = word_table(second)
    # What is no part of the text for either reader is not compared: a watermark's letters, hidden
    # words, numbers of lines.
    free = ~second.words.slanted & ~_known(first, second)
    places = list(_places(found))
    order = sorted(range(len(places)), key=lambda k: places[k][0][1])
    middles = _Middles(second)
    for k in order:
        box, lines = places[k]
        inside = middles.inside(box)
        inside = inside[free[inside]]
        free[inside] = False
        ours = " ".join(line.text for line in lines)
        theirs = _plain(table, inside)
        if _letters(ours) != _letters(theirs):
            yield Difference(found.page, box, ours, theirs)
    left = [i for i in table.order if free[i]]
    for line in build_lines(table, left):
        yield Difference(found.page, line.bbox, "", line.text)


def _known(
    first: PageLayout, second: PageLayout
) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """The second reader's words that the first has too, as no part of the text."""
    words = first.words
    apart = {
        (words.text[k], across + dx, down + dy)
        for k in np.flatnonzero(words.slanted)
        for across, down in (_square(words.boxes[k].tolist()),)
        for dx in (-1, 0, 1)
        for dy in (-1, 0, 1)
    }
    boxes = second.words.boxes.tolist()
    near = [
        (text, *_square(box)) in apart for text, box in zip(second.words.text, boxes, strict=True)
    ]
    return np.array(near, dtype=bool)


def _square(box: Sequence[float]) -> tuple[int, int]:
    """About where the middle of a word is."""
    return round((box[0] + box[2]) / _SQUARE), round((box[1] + box[3]) / _SQUARE)


def _places(found: FoundPage) -> Iterator[tuple[Box, list[Line]]]:
    for table in found.tables:
        for r in range(len(table.rows)):
            for cell in table.starts(r):
                yield cell.bbox, cell.lines
    for line in found.outside:
        yield line.bbox, [line]


class _Middles:
    """The middles of a page's words, sorted from top to bottom."""

    def __init__(self, layout: PageLayout) -> None:
        boxes = layout.words.boxes
        x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
        self._order = np.argsort(y, kind="stable")
        self._x, self._y = x[self._order], y[self._order]

    def inside(self, box: Box) -> np.ndarray[tuple[int, ...], np.dtype[np.intp]]:
        """Indices of the words whose middle is in `box`."""
        low, high = np.searchsorted(self._y, [box[1] - _OUTSIDE, box[3] + _OUTSIDE])
        x = self._x[low:high]
        return self._order[low:high][(x > box[0] - _OUTSIDE) & (x < box[2] + _OUTSIDE)]


def _plain(table: WordTable, words: np.ndarray[tuple[int, ...], np.dtype[np.intp]]) -> str:
    taken = set(words.tolist())
    if not taken:
        return ""
    ordered = sorted(taken, key=lambda i: (table.boxes[i][1], table.boxes[i][0]))
    return " ".join(line.text for line in build_lines(table, ordered))


def _letters(text: str) -> Counter[str]:
    return Counter(text.translate(_NO_LETTER))
