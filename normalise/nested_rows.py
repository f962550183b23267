"""Rows of a small table inside a cell: lines printed side by side, row below row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from actionplan.normalise.dates import find_dates
from actionplan.schemas.tables import Line

_LEVEL = 0.5  # least share of the lower line's height that two lines of a row have in common
_LEAST = 2  # rows side by side; a single one is a tab inside a line


def nested_rows(lines: Sequence[Line]) -> frozenset[int]:
    """Return the indices of the lines that are cells of a table inside the cell.

    Their text stays as it is printed: such a row begins no paragraph and no action, and a month
    in it dates no update. A table whose rows begin with full dates is a list of dated notes, and
    none of these.
    """
    found: list[int] = []
    block: list[list[int]] = []
    for row in [*_rows(lines), [-1]]:
        if len(row) > 1 and (not block or lines[row[0]].page == lines[block[-1][0]].page):
            block.append(row)
            continue
        if len(block) >= _LEAST and not _dated(block, lines):
            found += [at for cells in block for at in cells]
        block = [row] if len(row) > 1 else []
    return frozenset(found)


def _rows(lines: Sequence[Line]) -> list[list[int]]:
    rows = [[0]] if lines else []
    for at, (left, right) in enumerate(pairwise(lines), 1):
        if _beside(left, right):
            rows[-1].append(at)
        else:
            rows.append([at])
    return rows


def _beside(left: Line, right: Line) -> bool:
    if left.page != right.page or right.bbox[0] < left.bbox[2]:
        return False
    shared = min(left.bbox[3], right.bbox[3]) - max(left.bbox[1], right.bbox[1])
    lower = min(left.bbox[3] - left.bbox[1], right.bbox[3] - right.bbox[1])
    return shared > _LEVEL * lower


def _dated(block: Sequence[Sequence[int]], lines: Sequence[Line]) -> bool:
    """Do most of the rows begin with a date that has its year?"""
    firsts = [find_dates(lines[row[0]].text) for row in block]
    full = sum(bool(found) and found[0].date.edtf is not None for found in firsts)
    return 2 * full > len(block)
