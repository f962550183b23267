"""Ruling lines, fills and images of a page, from pdfium's page objects."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

import numpy as np
import pypdfium2.raw as raw

from actionplan.extract.calls import (
    Address,
    address,
    draw_mode,
    fill_colours,
    form_count,
    form_object,
    object_bounds,
    object_matrices,
    object_type,
    page_object,
    segment_count,
)
from actionplan.extract.layout import Floats, Rules
from actionplan.extract.settings import ReaderSettings

Matrix = tuple[float, float, float, float, float, float]
PageBox = tuple[float, float, float, float]
_Piece = tuple[float, float, float]  # position, start, end
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_RECTANGLE = 6  # path segments of a rectangle, closing ones included
_SEE_THROUGH = 8  # alpha (0..255) below which nobody sees a fill


@dataclass(slots=True)
class Drawn:
    """What is drawn on a page, in the page's own space: left, bottom, right, top.

    Attributes:
        lines: thin boxes and stroked segments.
        fills: boxes of visible shading.
        colours: their colours.
        images: boxes of images.
        complete: False where the page had more objects than are read.
    """

    lines: list[PageBox] = field(default_factory=list)
    fills: list[PageBox] = field(default_factory=list)
    colours: list[tuple[int, int, int]] = field(default_factory=list)
    images: list[PageBox] = field(default_factory=list)
    complete: bool = True


def find_drawn(page: Any, settings: ReaderSettings) -> Drawn:
    """Collect lines, fills and images of the pdfium page handle `page`, forms included."""
    drawn = Drawn()
    reader = _PathReader(drawn, settings)
    for seen, (item, kind, matrix) in enumerate(_objects(page, settings.max_form_depth)):
        if seen >= settings.max_objects:
            drawn.complete = False
            break
        if kind == raw.FPDF_PAGEOBJ_PATH:
            reader.add(item, matrix)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            box = reader.bounds(item, matrix)
            if box is not None:
                drawn.images.append(box)
    return drawn


def _objects(page: Any, depth: int) -> Iterator[tuple[Address, int, Matrix]]:
    handle = address(page)
    for i in range(raw.FPDFPage_CountObjects(page)):
        item = page_object(handle, i)
        kind = object_type(item)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            yield from _form_objects(item, _IDENTITY, depth)
        elif kind != raw.FPDF_PAGEOBJ_TEXT:
            yield item, kind, _IDENTITY


def _form_objects(
    form: Address, outer: Matrix, depth: int
) -> Iterator[tuple[Address, int, Matrix]]:
    if depth <= 0:
        return
    a, b, c, d, e, f = object_matrices([form])[0].tolist()
    matrix = _product((a, b, c, d, e, f), outer)
    for i in range(max(form_count(form), 0)):
        item = form_object(form, i)
        kind = object_type(item)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            yield from _form_objects(item, matrix, depth - 1)
        elif kind != raw.FPDF_PAGEOBJ_TEXT:
            yield item, kind, matrix


def _product(m: Matrix, n: Matrix) -> Matrix:
    a, b, c, d, e, f = m
    p, q, r, s, t, u = n
    return (
        a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s,
        e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip


def _transform(box: PageBox, matrix: Matrix) -> PageBox:
    if matrix is _IDENTITY:
        return box
    a, b, c, d, e, f = matrix
    corners = [(box[i], box[j]) for i in (0, 2) for j in (1, 3)]
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


class _PathReader:
    """Sorts path objects into lines and fills; holds the buffers that pdfium writes to."""

    def __init__(self, drawn: Drawn, settings: ReaderSettings) -> None:
        self._drawn = drawn
        self._settings = settings
        self._box = np.zeros(4, dtype=np.float32)
        self._mode = np.zeros(2, dtype=np.int32)
        place = self._box.ctypes.data
        self._sides = (place, place + 4, place + 8, place + 12)
        self._modes = (self._mode.ctypes.data, self._mode.ctypes.data + 4)

    def bounds(self, item: Address, matrix: Matrix) -> PageBox | None:
        """Return an object's box in the page's own space."""
        if not object_bounds(item, *self._sides):
            return None
        left, bottom, right, top = self._box.tolist()
        return _transform((left, bottom, right, top), matrix)

    def add(self, item: Address, matrix: Matrix) -> None:
        """Add what the path draws."""
        box = self.bounds(item, matrix)
        draw_mode(item, *self._modes)
        filled, stroked = self._mode.tolist()
        if box is None or not (filled or stroked):
            return
        settings, drawn = self._settings, self._drawn
        if min(box[2] - box[0], box[3] - box[1]) <= settings.rule_thickness:
            if stroked or self._visible(item):
                drawn.lines.append(box)
            return
        if stroked:
            drawn.lines.extend(_transform(line, matrix) for line in _segments(item))
        if filled and min(box[2] - box[0], box[3] - box[1]) >= settings.min_fill:
            colour = _fill(item)
            if colour is not None and segment_count(item) <= _RECTANGLE:
                drawn.fills.append(box)
                drawn.colours.append(colour)

    def _visible(self, item: Address) -> bool:
        """Is a thin filled box neither paper-white nor see-through?"""
        colour = _fill(item)
        return colour is not None and min(colour) < self._settings.white


def _fill(item: Address) -> tuple[int, int, int] | None:
    red, green, blue, alpha = fill_colours([item])[0].tolist()
    return (red, green, blue) if alpha >= _SEE_THROUGH else None


def _segments(item: Address) -> Iterator[PageBox]:
    """Straight pieces of a stroked path that run along an axis, in the object's own space.

    A path's points are given before its own matrix: it is applied here.
    """
    path = ctypes.cast(item, raw.FPDF_PAGEOBJECT)
    a, b, c, d, e, f = object_matrices([item])[0].tolist()
    x, y = ctypes.c_float(), ctypes.c_float()
    here: tuple[float, float] | None = None
    start: tuple[float, float] | None = None
    for i in range(segment_count(item)):
        segment = raw.FPDFPath_GetPathSegment(path, i)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        kind = raw.FPDFPathSegment_GetType(segment)
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO and here is not None:
            yield from _straight(here, point)
        here = point
        if raw.FPDFPathSegment_GetClose(segment) and start is not None:
            yield from _straight(point, start)


def _straight(a: tuple[float, float], b: tuple[float, float]) -> Iterator[PageBox]:
    if abs(a[0] - b[0]) < 0.5 or abs(a[1] - b[1]) < 0.5:
        yield min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])


def merge_rules(lines: Floats, fills: Floats, settings: ReaderSettings) -> Rules:
    """Merge pieces on one line into rules.

    Args:
        lines: (n, 4) thin boxes x0, y0, x1, y1 in the upright page.
        fills: (k, 4) boxes of visible shading; their four edges count as lines.
        settings: distances.
    """
    horizontal: list[_Piece] = []
    vertical: list[_Piece] = []
    for x0, y0, x1, y1 in lines.tolist():
        if x1 - x0 >= y1 - y0:
            horizontal.append(((y0 + y1) / 2, x0, x1))
        else:
            vertical.append(((x0 + x1) / 2, y0, y1))
    boxes = fills.tolist()
    edges_h = [(y, x0, x1) for x0, y0, x1, y1 in boxes for y in (y0, y1)]
    edges_v = [(x, y0, y1) for x0, y0, x1, y1 in boxes for x in (x0, x1)]
    return Rules(
        _array(_merge(horizontal, 1.0, settings) + _merge(edges_h, 0.0, settings)),
        _array(_merge(vertical, 1.0, settings) + _merge(edges_v, 0.0, settings)),
    )


def _array(rows: list[list[float]]) -> Floats:
    return np.array(rows, dtype=np.float64).reshape(-1, 4)


def _merge(pieces: list[_Piece], drawn: float, settings: ReaderSettings) -> list[list[float]]:
    """Merge pieces ``position, start, end`` on nearly one position with small gaps between them.

    Returns:
        Rows ``position, start, end, drawn``; the position is that of the longest piece.
    """
    pieces.sort()
    out: list[list[float]] = []
    for level in _levels(pieces, settings.snap):
        level.sort(key=itemgetter(1))
        row = [*level[0], drawn]
        longest = row[2] - row[1]
        for position, start, end in level[1:]:
            if start > row[2] + settings.dash_gap:
                out.append(row)
                row, longest = [position, start, end, drawn], end - start
                continue
            if end - start > longest:
                row[0], longest = position, end - start
            row[2] = max(row[2], end)
        out.append(row)
    return [row for row in out if row[2] - row[1] >= settings.min_rule]


def _levels(pieces: list[_Piece], snap: float) -> Iterator[list[_Piece]]:
    """Runs of sorted pieces whose positions follow each other by no more than `snap`."""
    level: list[_Piece] = []
    for piece in pieces:
        if level and piece[0] - level[-1][0] > snap:
            yield level
            level = []
        level.append(piece)
    if level:
        yield level
