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
_MANY = 6  # the same where another label stands alone below them
_ALIGNED = 12.0  # points between the starts of labels one below the other: a box has a margin
_BELOW = 2.0  # heights of a line between values and the label below them
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
        if (heads := _heads(table, finder))
        and not _is_ruled(table, pages[p].layout)
        and _is_of_form(table, pages[p], finder)
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
    if not 1 < table.width <= _MANY:
        return ()
    keys = [finder.key(cell.plain) for cell in table.starts(0) if cell.lines]
    return tuple(key for key in keys if key) if keys and all(keys) else ()


def _is_ruled(table: TableFragment, layout: PageLayout | None) -> bool:
    """Is a vertical rule drawn within the text? Edges of shaded boxes around fields are none."""
    if layout is None:
        return True
    boxes = [line.bbox for row in table.rows for cell in row for line in cell.lines]
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    x, y0, y1, drawn = layout.rules.vertical.T
    across = (x > left) & (x < right) & (drawn > 0)
    return bool((across & (y0 < table.ys[-1]) & (y1 > table.ys[0])).any())


def _is_of_form(table: TableFragment, page: FoundPage, finder: LabelFinder) -> bool:
    """Do few labels stand over few values, or does a label follow that stands alone below them?

    So a row of a grid of actions, one under each recommendation, stays what it is.
    """
    short = len(table.rows) <= _ROWS
    if short and table.width <= _COLUMNS:
        return True
    first = next(cell.lines[0] for cell in table.starts(0) if cell.lines)
    below = [line for line in page.outside if line.bbox[1] > table.ys[-1] - 2]
    line = min(below, key=lambda item: item.bbox[1], default=None)
    room = _BELOW * (first.bbox[3] - first.bbox[1])
    near = [line] if short and line is not None and line.bbox[1] - table.ys[-1] < room else []
    for row in table.rows[1:]:
        if row[0].lines and not any(cell.lines for cell in row[1:] if cell is not row[0]):
            near += row[0].lines
    return any(
        label.alone
        for line in near
        if abs(line.bbox[0] - first.bbox[0]) <= _ALIGNED
        if page.layout and (label := finder.label(line, page.layout.words))
    )


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
