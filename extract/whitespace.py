"""Column edges by white space: where few lines have letters between two headers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from actionplan.extract.layout import Floats
from actionplan.extract.pieces import Piece

_STEP = 0.5  # points between the places at which letters are counted


def column_edges(
    headers: Sequence[tuple[float, float]],
    body: Sequence[Piece],
    drawn: Sequence[float],
    pad: float,
) -> list[float]:
    """Return the edges of the columns, left to right.

    Args:
        headers: start and end of each column's header.
        body: the pieces of text below it, of all pages.
        drawn: places of vertical rules and edges of shades.
        pad: space between an edge and the text to its right, at most.
    """
    left = min([headers[0][0], *(piece.x0 for piece in body)])
    right = max([headers[-1][1], *(piece.x1 for piece in body)])
    count = int((right - left) / _STEP) + 3
    cover = _cover(body, left, count)
    edges = [left - pad]
    for before, after in pairwise(headers):
        low, high = (before[0] + before[1]) / 2, (after[0] + after[1]) / 2
        between = [x for x in drawn if low < x < high]
        if between:
            edges.append(between[0] if len(between) == 1 else _median(between))
            continue
        edges.append(_corridor(cover, left, before, after, pad))
    outer = [x for x in drawn if x <= left + 1]
    if outer:
        edges[0] = max(outer)
    outer = [x for x in drawn if x >= right - 1]
    return [*edges, min(outer) if outer else right + pad]


def _median(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


def _cover(body: Sequence[Piece], left: float, count: int) -> Floats:
    """How many pieces have letters at each place from `left` on."""
    change = np.zeros(count + 1)
    starts = np.array([piece.x0 for piece in body])
    ends = np.array([piece.x1 for piece in body])
    np.add.at(change, np.clip(((starts - left) / _STEP).astype(int), 0, count), 1)
    np.add.at(change, np.clip(((ends - left) / _STEP).astype(int) + 1, 0, count), -1)
    return np.asarray(np.cumsum(change)[:count])


def _corridor(
    cover: Floats, left: float, before: tuple[float, float], after: tuple[float, float], pad: float
) -> float:
    """The edge between two headers: in the widest run of places with the fewest letters.

    Of runs that are much alike, the one nearest to the later header is taken: its column's text
    begins there.
    """
    low = int(((before[0] + before[1]) / 2 - left) / _STEP)
    high = max(int(((after[0] + after[1]) / 2 - left) / _STEP), low + 1)
    part = cover[low : high + 1]
    free = part <= part.min()
    bounds = np.flatnonzero(np.diff(np.concatenate([[0], free.astype(int), [0]])))
    runs = list(zip(bounds[::2].tolist(), bounds[1::2].tolist(), strict=True))
    begin = (after[0] - left) / _STEP - low
    widest = max(stop - start for start, stop in runs)
    wide = [run for run in runs if run[1] - run[0] >= 0.5 * widest]
    start, stop = min(wide, key=lambda run: abs(run[1] - begin))
    first, last = left + (low + start) * _STEP, left + (low + stop) * _STEP
    # Headers may reach into the white space: the edge keeps clear of them where it can.
    if first < before[1] < last:
        first = before[1]
    if first < after[0] < last:
        last = after[0]
    return last - min(pad, (last - first) / 2)


def white_columns(body: Sequence[Piece], gap: float, pad: float) -> list[float]:
    """Return column edges by white space alone: strips at least `gap` wide without any letter.

    Args:
        body: the pieces of text of all rows.
        gap: least width of a strip.
        pad: space between an edge and the text to its right, at most.
    """
    left, right = min(p.x0 for p in body), max(p.x1 for p in body)
    edges = [left - pad]
    reached = left
    for piece in sorted(body, key=lambda p: p.x0):
        if piece.x0 - reached >= gap:
            edges.append(piece.x0 - min(pad, (piece.x0 - reached) / 2))
        reached = max(reached, piece.x1)
    return [*edges, right + pad]
