"""Path objects of pdfium to boxes and straight pieces, in the object's own space."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pypdfium2.raw as raw

from actionplan.extract.calls import (
    Address,
    object_matrices,
    path_segment,
    segment_closes,
    segment_count,
    segment_point,
    segment_type,
)

PageBox = tuple[float, float, float, float]
_Point = tuple[float, float]
_AXIS = 0.5  # points by which the ends of a straight piece may differ across its direction
_SLANT = 0.004  # or this share of its length: a quarter of a degree


def path_points(item: Address) -> Iterator[tuple[int, _Point, bool]]:
    """Yield kind, point and whether it closes its subpath, for each segment of a path.

    A path's points are given before its own matrix: it is applied here.
    """
    a, b, c, d, e, f = object_matrices([item])[0].tolist()
    place = np.zeros(2, dtype=np.float32)
    at = place.ctypes.data
    for i in range(segment_count(item)):
        segment = path_segment(item, i)
        segment_point(segment, at, at + 4)
        x, y = place.tolist()
        point = (a * x + c * y + e, b * x + d * y + f)
        yield segment_type(segment), point, bool(segment_closes(segment))


def straight_pieces(item: Address) -> Iterator[PageBox]:
    """Yield the pieces of a stroked path that run along an axis."""
    here: _Point | None = None
    start: _Point | None = None
    for kind, point, closes in path_points(item):
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO and here is not None:
            yield from _straight(here, point)
        here = point
        if closes and start is not None:
            yield from _straight(point, start)


def _straight(a: _Point, b: _Point) -> Iterator[PageBox]:
    across, along = sorted((abs(a[0] - b[0]), abs(a[1] - b[1])))
    if across < max(_AXIS, _SLANT * along):
        yield min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])


def rectangles(item: Address) -> list[PageBox]:
    """Return the boxes of a filled path that is made of rectangles; none if it is not."""
    boxes: list[PageBox] = []
    corners: list[_Point] = []
    for kind, point, _ in path_points(item):
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            return []
        if kind == raw.FPDF_SEGMENT_MOVETO and corners:
            if not _add_rectangle(boxes, corners):
                return []
            corners = []
        corners.append(point)
    return boxes if _add_rectangle(boxes, corners) else []


def _add_rectangle(boxes: list[PageBox], corners: list[_Point]) -> bool:
    """Add the box of a subpath's corners; False if they are those of no upright rectangle."""
    if len(corners) == 1:
        return True  # a move to where nothing is drawn
    xs, ys = sorted(x for x, _ in corners), sorted(y for _, y in corners)
    x0, y0, x1, y1 = xs[0], ys[0], xs[-1], ys[-1]
    at_corners = all(
        min(x - x0, x1 - x) < _AXIS and min(y - y0, y1 - y) < _AXIS for x, y in corners
    )
    if not at_corners or len(corners) not in (4, 5):
        return False
    boxes.append((x0, y0, x1, y1))
    return True


def is_frame(boxes: list[PageBox]) -> bool:
    """Are these an outline and the hole in it, as a border is filled?"""
    if len(boxes) != 2:
        return False
    (a, b, c, d), (e, f, g, h) = boxes if boxes[0][0] <= boxes[1][0] else boxes[::-1]
    return a <= e and b <= f and c >= g and d >= h
