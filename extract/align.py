"""Column edges of two fragments: the same table on another page, or another table?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum

from actionplan.extract.fragments import FragmentCell, TableFragment
from actionplan.extract.settings import StitchSettings


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


def spread(fragment: TableFragment, known: TableFragment) -> TableFragment:
    """Return `fragment` in the columns of `known`, of which the first ones are not drawn in it.

    They get one empty cell over all rows. A fragment with as many columns is returned as it is.
    """
    missing = known.width - fragment.width
    if not missing:
        return fragment
    cells = {
        id(cell): replace(cell, column=cell.column + missing)
        for row in fragment.rows
        for cell in row
    }
    box = (known.xs[0], fragment.ys[0], fragment.xs[0], fragment.ys[-1])
    blank = FragmentCell(0, 0, len(fragment.rows), missing, box)
    rows = [[blank] * missing + [cells[id(cell)] for cell in row] for row in fragment.rows]
    return replace(fragment, xs=[*known.xs[:missing], *fragment.xs], rows=rows)


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
