"""Column edges by white space: where few lines have letters between two headers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from actionplan.extract.layout import Floats
from actionplan.extract.pieces import Piece, PieceLine

_BULLET = re.compile(r"[•▪●◦‣·–-]")
_STEP = 0.5  # points between the places at which letters are counted


@dataclass(slots=True)
class Columns:
    """The columns of a table.

    Attributes:
        edges: their edges, left to right.
        starts: places, to a point, at which lines of text often begin.
        cross: points by which text must reach over an edge on both sides to run across it.
    """

    edges: list[float]
    starts: set[int]
    cross: float

    def __len__(self) -> int:
        """Return the number of columns."""
        return len(self.edges) - 1

    def at(self, x: float) -> int:
        """The column at `x`; the first or last one beside the table."""
        return min(max(bisect_right(self.edges, x) - 1, 0), len(self) - 1)

    def across(self, line: PieceLine) -> bool:
        """Does text run across column edges?

        A piece that lies on an edge may be the text of two columns that nearly touch: then a word
        ends there, and where there is no other piece, the next one begins where columns do.
        """
        alone = len(line.pieces) == 1
        return any(
            not self._parted(piece, edge, alone)
            for piece in line.pieces
            for edge in self.crossed(piece)
        )

    def crossed(self, piece: Piece) -> list[float]:
        """The edges over which the piece reaches."""
        least = self.cross
        return [e for e in self.edges[1:-1] if piece.x0 + least < e < piece.x1 - least]

    def _parted(self, piece: Piece, edge: float, alone: bool) -> bool:
        """Does no word of the piece lie on the edge?"""
        if any(x0 + self.cross < edge < x1 - self.cross for x0, x1 in piece.spans):
            return False
        following = min((x0 for x0, _ in piece.spans if x0 > edge - self.cross), default=None)
        return not alone or (following is not None and round(following) in self.starts)


def find_columns(
    headers: Sequence[tuple[float, float]],
    body: Sequence[Piece],
    drawn: Sequence[float],
    pad: float,
    cross: float,
) -> Columns:
    """Return the columns of a table.

    Args:
        headers: start and end of each column's header.
        body: the pieces of text below it, of all pages.
        drawn: places of vertical rules and edges of shades.
        pad: space between an edge and the text to its right, at most.
        cross: points by which text must reach over an edge on both sides to run across it.
    """
    edges = column_edges(headers, body, drawn, pad)
    numbers = _number_edge(headers[0][0], edges, body, pad)
    if numbers is not None:
        edges.insert(1, numbers)
    return Columns(edges, common_places(piece.x0 for piece in body), cross)


def common_places(places: Iterable[float]) -> set[int]:
    """Places, to a point, at which or next to which at least two of those given lie."""
    counts = Counter(map(round, places))
    return {x + d for x, count in counts.items() if count > 1 for d in (-1, 0, 1)}


def _number_edge(
    header: float, edges: Sequence[float], body: Sequence[Piece], pad: float
) -> float | None:
    """The edge behind a first column that has numbers and no header, if there is one."""
    first = [piece for piece in body if piece.x0 < edges[1]]
    left = [piece for piece in first if piece.x1 <= header - 1]
    right = [piece for piece in first if abs(piece.x0 - header) <= 2]
    marks = sum(bool(_BULLET.match(piece.text)) for piece in left)
    if len(left) < 2 or 2 * marks > len(left) or len(right) < len(left):
        return None
    if len(left) + len(right) < 0.9 * len(first):
        return None
    return header - min(pad, (header - max(piece.x1 for piece in left)) / 2)


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
    start, stop = min(wide, key=lambda run: float(abs(run[1] - begin)))
    first: float = left + (low + start) * _STEP
    last: float = left + (low + stop) * _STEP
    # Headers may reach into the white space: the edge keeps clear of them where it can.
    if first < before[1] < last:
        first = before[1]
    if first < after[0] < last:
        last = after[0]
    return last - min(pad, (last - first) / 2)
