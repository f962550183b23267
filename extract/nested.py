"""Tables inside a cell: their lines are taken out of the outer table's."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from actionplan.extract.lattice import Lattice
from actionplan.extract.layout import Bools

Region = tuple[int, int, int, int]  # first row, last row + 1, first column, last column + 1


def inner_regions(lattice: Lattice) -> list[Region]:
    """Find cells that hold a table whose lines touch their borders.

    Such lines run inside the cell alone: no edge of the inner table is an edge of the outer one.
    A cell over all rows or all columns is a part of the table with columns of its own.
    """
    down = lattice.down[1:-1]
    if not (down != down.any(axis=0)).any():
        return []  # each edge is drawn in all rows that have any: nothing is divided further
    found: list[Region] = []
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


def _is_inner(lattice: Lattice, region: Region) -> bool:
    top, bottom, left, right = region
    rows, columns = len(lattice.ys) - 1, len(lattice.xs) - 1
    if (top, bottom) == (0, rows) or (left, right) == (0, columns) or bottom - top < 2:
        return False
    area = (lattice.xs[right] - lattice.xs[left]) * (lattice.ys[bottom] - lattice.ys[top])
    if 2 * area > (lattice.xs[-1] - lattice.xs[0]) * (lattice.ys[-1] - lattice.ys[0]):
        return False  # no cell in a table, rather a table beside a cell
    if not _is_column(lattice, region):
        return False
    across, down = lattice.across[top + 1 : bottom], lattice.down[left + 1 : right]
    inside = int(across[:, left:right].sum()), int(down[:, top:bottom].sum())
    return 0 not in inside and inside == (int(across.sum()), int(down.sum()))


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
