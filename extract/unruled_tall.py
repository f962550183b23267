"""Tables of which only header and columns are ruled: all rows of a page stand in one drawn row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from actionplan.extract.find import FoundPage
from actionplan.extract.fragments import FragmentCell, TableFragment
from actionplan.extract.headers import is_band
from actionplan.extract.joins import ends_sentence
from actionplan.extract.unruled_headers import HeaderSeeker
from actionplan.extract.unruled_levels import row_code
from actionplan.extract.unruled_settings import UnruledSettings

_TALL = 4  # lines in a cell of a row that may hold several rows
_MARGIN = 8.0  # points of the padding of a cell and a space
_NUMBERED = 2  # rows that begin with a label or number, beside the first one
_PLACE = 6.0  # points by which the middle of the same columns' edges differs between pages


def is_tall(fragment: TableFragment) -> bool:
    """Has a cell of the last row so many lines that it may hold several rows?"""
    return any(len(cell.lines) >= _TALL for cell in fragment.rows[-1])


def is_shade(found: FoundPage, fragment: TableFragment) -> bool:
    """Is there no drawn line between the table's columns?"""
    assert found.layout is not None
    x, y0, y1, drawn = found.layout.rules.vertical.T
    inside = (x > fragment.xs[0] + 1) & (x < fragment.xs[-1] - 1) & (drawn > 0)
    inside &= (y0 < fragment.ys[-1] - 1) & (y1 > fragment.ys[0] + 1)
    return not inside.any()


def tall_fragments(
    pages: Sequence[FoundPage], seeker: HeaderSeeker, settings: UnruledSettings
) -> set[int]:
    """Return ids of fragments with a header above one drawn row that may hold several.

    A line between rows of the same columns on any page says that rows are ruled.

    Args:
        pages: all pages of a document.
        seeker: knows the phrases.
        settings: height of a header.
    """
    ruled: set[tuple[int, int]] = set()
    tall: set[tuple[int, int]] = set()
    found: list[tuple[tuple[int, int], int]] = []
    for page, fragment in ((on, fragment) for on in pages for fragment in on.tables):
        columns, place = fragment.width, round(sum(fragment.xs) / len(fragment.xs) / _PLACE)
        rows = _rows(fragment)
        header = len(rows) == 2 and _is_header(fragment, rows[0], seeker, settings)
        if len(rows) - header > 1 or _is_parted(page, fragment, rows[-1:]):
            ruled.update((columns, place + d) for d in (-1, 0, 1))
        elif header and _is_whole(page, fragment, rows[-1]):
            found.append(((columns, place), id(fragment)))
            if is_tall(fragment):
                tall.update((columns, place + d) for d in (-1, 0, 1))
    return {number for key, number in found if key in tall and key not in ruled}


def _rows(fragment: TableFragment) -> list[int]:
    """Rows at which at least half of the columns have an edge, bands left out."""
    return [
        r
        for r in range(len(fragment.rows))
        if not is_band(fragment, r) and 2 * len(fragment.starts(r)) >= fragment.width
    ]


def _is_whole(page: FoundPage, fragment: TableFragment, row: int) -> bool:
    """Has a row a cell in each column, with lines drawn between them?"""
    columns = fragment.width
    return 1 < columns == len(fragment.starts(row)) and not is_shade(page, fragment)


def _is_parted(page: FoundPage, fragment: TableFragment, last: Sequence[int]) -> bool:
    """Is a line drawn inside what seems to be the last row? Edges of a cell's shade are none."""
    if not last or last[0] + 1 == len(fragment.rows) or page.layout is None:
        return False
    y, x0, x1, drawn = page.layout.rules.horizontal.T
    inside = (y > fragment.ys[last[0]] + 1) & (y < fragment.ys[-1] - 1) & (drawn > 0)
    return bool((inside & (x1 > fragment.xs[0] + 1) & (x0 < fragment.xs[-1] - 1)).any())


def _is_header(
    fragment: TableFragment, row: int, seeker: HeaderSeeker, settings: UnruledSettings
) -> bool:
    if fragment.ys[row + 1] - fragment.ys[row] > settings.shaded_header:
        return False
    texts = [cell.plain for cell in fragment.starts(row) if cell.lines]
    return seeker.may_be_header(texts)


def shows_rows(
    parts: Sequence[tuple[TableFragment, int]],
    label: re.Pattern[str] | None,
    settings: UnruledSettings,
) -> bool:
    """Does the text itself show several rows, where they were found by text alone?

    Nearly all begin with a label or a code, or at one height in the first and most other columns,
    and cut no text that goes on.

    Args:
        parts: a table's fragments as found by text, and how many of their rows are header.
        label: matches at the start of a cell that begins a row.
        settings: what stands at one height, and the share of clear rows.
    """
    steps = [pair for fragment, header in parts for pair in _steps(fragment, header)]
    firsts = [lower[0] for _, lower in steps if lower[0].lines]
    if len(firsts) >= _NUMBERED and (
        all(_begins(cell.lines[0].text, label) for cell in firsts) or _ascend(firsts)
    ):
        # Numbers say enough: what leaves the first cell empty is level with some item of its row.
        return True
    clear = [_is_clear(upper, lower, label, settings) for upper, lower in steps]
    return bool(clear) and sum(clear) >= settings.clear_share * len(clear)


def _steps(
    fragment: TableFragment, header: int
) -> Iterator[tuple[list[FragmentCell], list[FragmentCell]]]:
    """Rows of the body, each with the one above it; bands are passed over."""
    for r in range(header + 1, len(fragment.rows)):
        if not is_band(fragment, r) and not is_band(fragment, r - 1):
            yield fragment.rows[r - 1], fragment.rows[r]


def _is_clear(
    upper: Sequence[FragmentCell],
    lower: Sequence[FragmentCell],
    label: re.Pattern[str] | None,
    settings: UnruledSettings,
) -> bool:
    """Does a row begin here beyond doubt?"""
    firsts = [cell.lines[0] for cell in lower if cell.lines]
    if not lower[0].lines or upper[0] is lower[0]:
        return False
    if _begins(lower[0].lines[0].text, label):
        return True
    bottom = lower[0].lines[0].bbox[3]
    height = bottom - lower[0].lines[0].bbox[1]
    level = sum(abs(line.bbox[3] - bottom) <= settings.same_level * height for line in firsts)
    if level < 2 or level < settings.level_share * len(firsts):
        return False
    return not any(
        _goes_on(a, b)
        for a, b in zip(upper, lower, strict=True)
        if a is not b and a.lines and b.lines
    )


def _begins(text: str, label: re.Pattern[str] | None) -> bool:
    """Does a first cell begin with a row's code or label?"""
    return row_code(text) is not None or (label is not None and label.match(text) is not None)


def _ascend(cells: Sequence[FragmentCell]) -> bool:
    """Do the cells hold bare numbers, each higher than the one before?"""
    texts = [cell.plain.strip(" .)") for cell in cells]
    return all(map(str.isdecimal, texts)) and all(int(a) < int(b) for a, b in pairwise(texts))


def _goes_on(upper: FragmentCell, lower: FragmentCell) -> bool:
    """Does a text go on in lower case, behind a line without room for its next word?"""
    last, first = upper.lines[-1], lower.lines[0]
    room = upper.bbox[2] - last.bbox[2] - first.first_width
    return first.text[0].islower() and not ends_sentence(last.text) and room < _MARGIN
