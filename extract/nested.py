"""Tables inside a cell: their lines are taken out of the outer table's."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from actionplan.extract.lattice import Lattice
from actionplan.extract.layout import Bools

_MARGIN = 10.0  # points: strips no wider hold no text; an inner table stands so far from the left
_FREE = 30.0  # points that it leaves free at the right
Region = tuple[int, int, int, int]  # first row, last row + 1, first column, last column + 1


def inner_regions(lattice: Lattice) -> list[Region]:
    """Find cells that hold a table whose lines touch their borders.

    Such lines run inside the cell alone: no edge of the inner table is an edge of the outer one.
    A cell over all rows or all columns is a part of the table with columns of its own.
    """
    drawn = lattice.across[1:-1]
    if not (drawn.any(axis=1) & ~drawn.all(axis=1)).any():
        return []  # each line runs over the full width: nothing is divided further
    found = [region for region in _between_margins(lattice) if _is_alone(lattice, region)]
    for column, first, last in _short_runs(lattice):
        region = _grown(lattice, (first, last, column - 1, column + 1))
        if region not in found and _is_inner(lattice, region):
            found.append(region)
    return [r for r in found if not any(r != other and _holds(other, r) for other in found)]


def cut_out(lattice: Lattice, region: Region) -> Lattice:
    """Take the lines inside `region` out of the lattice, and return them as a lattice of its own.

    Args:
        lattice: the outer one; changed.
        region: rows and columns of the cell.
    """
    top, bottom, left, right = region
    across = lattice.across[top : bottom + 1, left:right].copy()
    down = lattice.down[left : right + 1, top:bottom].copy()
    lattice.across[top + 1 : bottom, left:right] = False
    lattice.down[left + 1 : right, top:bottom] = False
    _set_apart(across)
    return Lattice(lattice.xs[left : right + 1], lattice.ys[top : bottom + 1], across, down)


def _set_apart(across: Bools) -> None:
    """Let the text above the inner table and below it run over the outer cell's full width."""
    inner = across[1:-1]
    drawn = np.flatnonzero(inner.any(axis=1))
    if len(drawn):
        inner[[drawn[0], drawn[-1]]] = True


def padded(lattice: Lattice, box: tuple[float, float, float, float]) -> Lattice:
    """Widen the lattice to the box of the cell that it stands free in; nothing is drawn there."""
    x0, y0, x1, y1 = box
    left, right = x0 < lattice.xs[0], x1 > lattice.xs[-1]
    top, bottom = y0 < lattice.ys[0], y1 > lattice.ys[-1]
    rows, columns = (int(top), int(bottom)), (int(left), int(right))
    across = np.pad(lattice.across, (rows, columns))
    _set_apart(across)
    return Lattice(
        [x0] * left + lattice.xs + [x1] * right,
        [y0] * top + lattice.ys + [y1] * bottom,
        across,
        np.pad(lattice.down, (columns, rows)),
    )


def _short_runs(lattice: Lattice) -> Iterator[tuple[int, int, int]]:
    """Inner vertical edges drawn in one run of rows: edge, first row, last row + 1."""
    rows = lattice.down.shape[1]
    for edge in range(1, len(lattice.xs) - 1):
        drawn = np.flatnonzero(lattice.down[edge])
        if not len(drawn) or len(drawn) == rows:
            continue
        first, last = int(drawn[0]), int(drawn[-1]) + 1
        if last - first == len(drawn):
            yield edge, first, last


def _grown(lattice: Lattice, region: Region) -> Region:
    """Move each side outwards until a line is drawn along all of it."""
    top, bottom, left, right = region
    across, down = lattice.across, lattice.down
    moved = True
    while moved:
        moved = False
        while left > 0 and not down[left, top:bottom].all():
            left, moved = left - 1, True
        while right < len(lattice.xs) - 1 and not down[right, top:bottom].all():
            right, moved = right + 1, True
        while top > 0 and not across[top, left:right].all():
            top, moved = top - 1, True
        while bottom < len(lattice.ys) - 1 and not across[bottom, left:right].all():
            bottom, moved = bottom + 1, True
    return top, bottom, left, right


def _between_margins(lattice: Lattice) -> Iterator[Region]:
    """Parts of a cell between strips at its sides too narrow for text, as around inner tables.

    Page breaks may have cut the tables there, so that their lines begin or end at the cell's own.
    """
    widths = np.diff(lattice.xs)
    narrow = np.flatnonzero(widths <= _MARGIN).tolist()
    free = ~lattice.across[1:-1].any(axis=0) & (widths <= _FREE)
    for left in narrow:
        right = next((c for c in range(left + 1, len(widths)) if free[c]), left)
        lines = np.flatnonzero(lattice.across[:, left] & lattice.across[:, right]).tolist()
        for top, bottom in pairwise(lines):
            strips = lattice.across[top + 1 : bottom, [left, right]]
            if bottom - top > 1 and right - left > 1 and not strips.any():
                yield top, bottom, left, right + 1


def _is_alone(lattice: Lattice, region: Region) -> bool:
    """Are there lines in the region, in both directions, and none of them goes on outside?"""
    top, bottom, left, right = region
    across, down = lattice.across[top + 1 : bottom], lattice.down[left + 1 : right]
    inside = int(across[:, left:right].sum()), int(down[:, top:bottom].sum())
    return 0 not in inside and inside == (int(across.sum()), int(down.sum()))


def _is_inner(lattice: Lattice, region: Region) -> bool:
    top, bottom, left, right = region
    if bottom - top < 2 or not _is_alone(lattice, region):
        return False
    across = lattice.across[top + 1 : bottom]
    # A table set in from both sides of its cell is one; a page break may have laid its edge on
    # the cell's. Cells of their own width that fill the place are more often rows beside a label.
    sides = lattice.down[[left + 1, right - 1], top:bottom]
    set_in = not across[:, left].any() and not across[:, right - 1].any()
    if set_in and not sides.all(axis=1).any():
        return True
    rows, columns = len(lattice.ys) - 1, len(lattice.xs) - 1
    if (top, bottom) == (0, rows) or (left, right) == (0, columns):
        return False
    area = (lattice.xs[right] - lattice.xs[left]) * (lattice.ys[bottom] - lattice.ys[top])
    whole = (lattice.xs[-1] - lattice.xs[0]) * (lattice.ys[-1] - lattice.ys[0])
    return 2 * area <= whole and _is_column(lattice, region)


def _is_column(lattice: Lattice, region: Region) -> bool:
    """Are both sides of the region drawn in another row too?"""
    top, bottom, left, right = region
    both = lattice.down[left] if left else np.ones(len(lattice.ys) - 1, dtype=bool)
    if right < len(lattice.xs) - 1:
        both = both & lattice.down[right]
    return bool(both[:top].any() or both[bottom:].any())


def _holds(outer: Region, inner: Region) -> bool:
    return (
        outer[0] <= inner[0]
        and outer[1] >= inner[1]
        and outer[2] <= inner[2]
        and outer[3] >= inner[3]
    )
