"""Column edges of two fragments: the same table on another page, or another table?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum
from itertools import pairwise

from actionplan.extract.fragments import FragmentCell, TableFragment
from actionplan.extract.headers import is_band
from actionplan.extract.stitch_settings import StitchSettings

_EDGE = 1.5  # points by which text may miss the place where its column's texts begin


class Fit(Enum):
    """How a fragment's columns fit those of the table before it.

    EXACT: equal edges, the whole table perhaps moved or scaled.
    LOOSE: as many columns of other widths, or the first columns not drawn: the same table only if
    nothing else speaks against it.
    """

    EXACT = 1
    LOOSE = 2
    NONE = 3


def fit_columns(known: TableFragment, fragment: TableFragment, settings: StitchSettings) -> Fit:
    """Compare the column edges of `fragment` with those of `known`."""
    a, b = known.xs, fragment.xs
    if len(a) == len(b):
        if _equal(a, b, settings.edge_drift) or _scaled(a, b, settings.edge_drift):
            return Fit.EXACT
        return Fit.LOOSE if known.width >= settings.loose_columns else Fit.NONE
    enough = known.width >= settings.loose_columns and len(b) >= settings.kept_edges * len(a)
    return Fit.LOOSE if enough and _right_part(a, b, settings.edge_drift) else Fit.NONE


def header_tail(known: TableFragment, fragment: TableFragment) -> int:
    """Return how many rows `fragment` begins with that repeat the last columns of the header.

    0 if it has as many columns, or other texts: then its edges have to tell.
    """
    header = known.rows[known.title_rows : known.header_rows]
    if not header or fragment.width >= known.width or len(fragment.rows) <= len(header):
        return 0
    for ours, theirs in zip(fragment.rows, header, strict=False):
        texts = [cell.plain.casefold() for cell in ours]
        if texts != [cell.plain.casefold() for cell in theirs[-fragment.width :]]:
            return 0
        if sum(map(bool, texts)) < 2:
            return 0
    return len(header)


def spread(fragment: TableFragment, known: TableFragment, header_rows: int = 0) -> TableFragment:
    """Return `fragment` in the columns of `known`, of which the first ones are not drawn in it.

    They get one empty cell over the rows between header and bands; a band covers them too. A
    fragment with as many columns is returned as it is.
    """
    missing = known.width - fragment.width
    if not missing:
        return fragment
    cells = {
        id(cell): replace(cell, column=0, colspan=known.width)
        if r >= header_rows and is_band(fragment, r)
        else replace(cell, column=cell.column + missing)
        for r, row in enumerate(fragment.rows)
        for cell in row
    }
    rows: list[list[FragmentCell]] = []
    blank: FragmentCell | None = None
    for r, row in enumerate(fragment.rows):
        moved = [cells[id(cell)] for cell in row]
        if not moved[0].column:
            rows.append([moved[0]] * known.width)
            blank = None
            continue
        if blank is None or r == header_rows:
            blank = _blank(fragment, known, r, missing)
        else:
            blank.rowspan += 1
            blank.bbox = (*blank.bbox[:3], fragment.ys[r + 1])
        rows.append([blank] * missing + moved)
    edges = [min(x, fragment.xs[0]) for x in known.xs[:missing]]
    return replace(fragment, xs=[*edges, *fragment.xs], rows=rows)


def _blank(fragment: TableFragment, known: TableFragment, row: int, columns: int) -> FragmentCell:
    x0, x1 = min(known.xs[0], fragment.xs[0]), fragment.xs[0]
    return FragmentCell(row, 0, 1, columns, (x0, fragment.ys[row], x1, fragment.ys[row + 1]))


def split_tail(fragment: TableFragment, known: TableFragment) -> None:
    """Give the first row's text to its column where the row is drawn without inner borders.

    Some programs draw the rest of a row that a page break cut as one cell over all columns. Text in
    plain type that stands in one column, and begins where that column's texts begin, is no band.
    `fragment` is changed in place.
    """
    r = fragment.header_rows
    if r >= len(fragment.rows) or not is_band(fragment, r):
        return
    cell = fragment.rows[r][0]
    if cell.rowspan > 1 or cell.fill is not None or any(line.bold for line in cell.lines):
        return
    column = _column_of(cell, fragment.xs, known)
    if column is None:
        return
    box = cell.bbox
    fragment.rows[r] = [
        FragmentCell(r, c, 1, 1, (x0, box[1], x1, box[3]), cell.lines if c == column else [], None)
        for c, (x0, x1) in enumerate(pairwise(fragment.xs))
    ]


def _column_of(cell: FragmentCell, edges: Sequence[float], known: TableFragment) -> int | None:
    """The column, not the first, in which all of a wide cell's lines stand; None for none."""
    x0, x1 = min(line.bbox[0] for line in cell.lines), max(line.bbox[2] for line in cell.lines)
    starts = [
        min((line.bbox[0] for row in known.rows for line in row[c].lines), default=None)
        for c in range(known.width)
    ]
    for c in range(1, known.width):
        start = starts[c]
        inside = edges[c] - _EDGE < x0 and x1 < edges[c + 1] + _EDGE
        if start is not None and inside:
            shift = edges[c] - known.xs[c]
            return c if abs(x0 - start - shift) <= _EDGE else None
    return None


def _equal(a: Sequence[float], b: Sequence[float], drift: float) -> bool:
    """Equal edges; the whole table may be moved sideways."""
    shift = b[0] - a[0]
    pairs = list(zip(a, b, strict=True))
    return all(abs(x - y) <= drift or abs(x + shift - y) <= drift for x, y in pairs)


def _scaled(a: Sequence[float], b: Sequence[float], drift: float) -> bool:
    """Edges in the same proportions: the page is wider or printed at another scale."""
    scale = (a[-1] - a[0]) / (b[-1] - b[0])
    pairs = zip(a, b, strict=True)
    return all(abs((y - b[0]) * scale - (x - a[0])) <= drift for x, y in pairs)


def _right_part(a: Sequence[float], b: Sequence[float], drift: float) -> bool:
    """Are the edges `b` the last ones of `a`?"""
    return len(b) < len(a) and all(
        abs(x - y) <= drift for x, y in zip(a[-len(b) :], b, strict=True)
    )
