"""Titles of tables that stand side by side: one printed line over both, read as two."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from actionplan.extract.find import FoundPage
from actionplan.extract.fragments import TableFragment, stands_beside
from actionplan.extract.lines import build_lines, word_table
from actionplan.schemas.tables import Line

_WIDE = 2.0  # times the font size: a gap between two titles, wider than any between words
_ABOVE = 40.0  # points above a table within which its title stands
_OUT = 6.0  # points by which a title may stick out of its table at either side


def part_titles(page: FoundPage, lines: Sequence[Line]) -> list[Line]:
    """Cut lines above tables side by side where the next table begins; the others stay whole.

    Args:
        page: a page whose tables know which stand beside another.
        lines: its lines outside tables, top to bottom.
    """
    right = [table for table in page.tables if _left_of(page, table)]
    if not right or page.layout is None:
        return list(lines)
    out: list[Line] = []
    for line in lines:
        starts = [table.xs[0] - _OUT for table in right if line.bbox[3] <= table.ys[0] + 2]
        out += _parted(page, line, sorted(starts)) if starts else [line]
    return out


def over_another(page: FoundPage, table: TableFragment, line: Line) -> bool:
    """Does a line stand over a table beside this one, and not over this one?"""
    return table.beside and any(
        other.xs[0] - _OUT <= line.bbox[0] and line.bbox[2] <= other.xs[-1] + _OUT
        for other in page.tables
        if stands_beside(other, table)
    )


def names_another(page: FoundPage, line: Line) -> bool:
    """Does a line beside a table stand just above another one, which begins further down?"""
    x0, _, x1, bottom = line.bbox
    return any(
        table.xs[0] - _OUT <= x0
        and x1 <= table.xs[-1] + _OUT
        and -2 <= table.ys[0] - bottom < _ABOVE
        for table in page.tables
        if table.beside
    )


def _left_of(page: FoundPage, table: TableFragment) -> bool:
    """Does another table stand to the left of this one?"""
    return table.beside and any(
        stands_beside(other, table) and other.xs[-1] <= table.xs[0] for other in page.tables
    )


def _parted(page: FoundPage, line: Line, starts: Sequence[float]) -> list[Line]:
    """The line's parts before and after each wide gap behind which a table begins."""
    assert page.layout is not None
    table = word_table(page.layout)
    boxes = table.boxes
    groups = [[line.words[0]]]
    for before, word in pairwise(line.words):
        left, right = boxes[before][2], boxes[word][0]
        wide = right - left > _WIDE * line.size
        if wide and any(left <= start <= right for start in starts):
            groups.append([])
        groups[-1].append(word)
    if len(groups) == 1:
        return [line]
    return [part for group in groups for part in build_lines(table, group)]
