"""Tables as the structure tree has them, where the words' places agree: no rule is needed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from actionplan.extract.find import FoundPage
from actionplan.extract.fragments import FragmentCell, TableFragment
from actionplan.extract.layout import Floats
from actionplan.extract.lines import build_lines, word_table
from actionplan.extract.tags import PageTags, Path

_MIN_COLUMNS, _MIN_ROWS = 3, 2
_OVERLAP = 2.0  # points by which words of neighbouring rows or columns may overlap
_CONFIDENCE = 0.9

_Cells = dict[tuple[int, int], list[int]]


def tagged_tables(page: FoundPage, tags: PageTags, free: set[int]) -> Iterator[TableFragment]:
    """Yield the tables of a page's structure tree whose geometry is that of a table.

    Rows stand below each other and columns beside each other: a tree in which they overlap is one
    of layout, or broken.

    Args:
        page: the page.
        tags: its structure tree.
        free: words that may be taken.
    """
    tables: dict[Path, dict[Path, list[int]]] = defaultdict(lambda: defaultdict(list))
    if page.layout is None:
        return
    order = {word: k for k, word in enumerate(word_table(page.layout).order)}
    for word in sorted(free, key=lambda word: order[word]):
        place = tags.words[word]
        if place is not None and place.tables and place.cells:
            tables[place.tables[-1]][place.cells[-1]].append(word)
    for cells in tables.values():
        row = {path: r for r, path in enumerate(sorted({path[:-1] for path in cells}))}
        fragment = _fragment(page, {(row[p[:-1]], p[-1]): words for p, words in cells.items()})
        if fragment is not None:
            yield fragment


def _fragment(page: FoundPage, cells: _Cells) -> TableFragment | None:
    """The fragment of `cells`, words by row and column; None where they are no grid."""
    if page.layout is None:
        return None
    boxes = page.layout.words.boxes
    by_row: dict[int, list[int]] = defaultdict(list)
    by_column: dict[int, list[int]] = defaultdict(list)
    for (row, column), words in cells.items():
        by_row[row] += words
        by_column[column] += words
    if len(by_row) < _MIN_ROWS or len(by_column) < _MIN_COLUMNS:
        return None
    xs = _edges([boxes[by_column[c]][:, [0, 2]] for c in sorted(by_column)])
    ys = _edges([boxes[by_row[r]][:, [1, 3]] for r in sorted(by_row)])
    if xs is None or ys is None:
        return None
    table = word_table(page.layout)
    grid = [
        [
            FragmentCell(
                r,
                c,
                1,
                1,
                (xs[c], ys[r], xs[c + 1], ys[r + 1]),
                build_lines(table, cells.get((row, column), [])),
            )
            for c, column in enumerate(sorted(by_column))
        ]
        for r, row in enumerate(sorted(by_row))
    ]
    return TableFragment(page.page, xs, ys, grid, confidence=_CONFIDENCE)


def _edges(extents: list[Floats]) -> list[float] | None:
    """Edges between stretches that follow each other; None where they overlap.

    Args:
        extents: for each stretch the (n, 2) ends of its words.
    """
    ends = [(float(part[:, 0].min()), float(part[:, 1].max())) for part in extents]
    if any(after[0] < before[1] - _OVERLAP for before, after in pairwise(ends)):
        return None
    inner = [(before[1] + after[0]) / 2 for before, after in pairwise(ends)]
    return [ends[0][0] - _OVERLAP, *inner, ends[-1][1] + _OVERLAP]
