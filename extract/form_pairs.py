"""Labels side by side above their values, which white space alone had made small tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from actionplan.extract.find import FoundPage
from actionplan.extract.form_labels import LabelFinder
from actionplan.extract.fragments import TableFragment
from actionplan.extract.layout import PageLayout
from actionplan.extract.lines import build_lines, word_table

_COLUMNS = 3  # labels that stand side by side in a form, at most
_ROWS = 3  # rows that such a pair was read as, at most


def dissolve(pages: Sequence[FoundPage], marked: Collection[int], finder: LabelFinder) -> bool:
    """Turn pairs of labels that were read as small tables into lines again; tell if there were any.

    Args:
        pages: all pages; `tables` and `outside` of those with such pairs are changed in place.
        marked: indices of the pages with other labels among their lines outside tables.
        finder: knows the labels.
    """
    pairs = [
        (pages[p], table, heads)
        for p in sorted(marked)
        for table in pages[p].tables
        if (heads := _heads(table, finder)) and not _is_ruled(table, pages[p].layout)
    ]
    counts = Counter(heads for _, _, heads in pairs)
    found = False
    for page, table, heads in pairs:
        if counts[heads] > 1:
            _loosen(page, table)
            found = True
    return found


def _heads(table: TableFragment, finder: LabelFinder) -> tuple[str, ...]:
    """The labels in the first row of a small table; none where it holds anything else."""
    if not 1 < table.width <= _COLUMNS or len(table.rows) > _ROWS:
        return ()
    keys = [finder.key(cell.plain) for cell in table.starts(0) if cell.lines]
    return tuple(key for key in keys if key) if keys and all(keys) else ()


def _is_ruled(table: TableFragment, layout: PageLayout | None) -> bool:
    """Is a vertical rule drawn within the table?"""
    if layout is None:
        return True
    x, y0, y1 = layout.rules.vertical.T[:3]
    across = (x > table.xs[0] - 2) & (x < table.xs[-1] + 2)
    return bool((across & (y0 < table.ys[-1]) & (y1 > table.ys[0])).any())


def _loosen(page: FoundPage, table: TableFragment) -> None:
    """Make a table's words lines outside tables."""
    assert page.layout is not None
    words = {
        word for row in table.rows for cell in row for line in cell.lines for word in line.words
    }
    printed = word_table(page.layout)
    lines = build_lines(printed, [word for word in printed.order if word in words])
    page.tables = [other for other in page.tables if other is not table]
    page.outside = sorted([*page.outside, *lines], key=lambda line: line.bbox[1])
