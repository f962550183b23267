"""Ruling lines, fills and images of a page, from pdfium's page objects."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pypdfium2.raw as raw

from actionplan.extract.layout import Floats, Rules
from actionplan.extract.pdfium import fill_colour
from actionplan.extract.settings import ReaderSettings

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


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

    lines: list[tuple[float, float, float, float]] = field(default_factory=list)
    fills: list[tuple[float, float, float, float]] = field(default_factory=list)
    colours: list[tuple[int, int, int]] = field(default_factory=list)
    images: list[tuple[float, float, float, float]] = field(default_factory=list)
    complete: bool = True


def find_drawn(page: Any, settings: ReaderSettings) -> Drawn:
    """Collect lines, fills and images of the pdfium page handle `page`, forms included."""
    drawn = Drawn()
    seen = 0
    for item, kind, matrix in _objects(page, settings.max_form_depth):
        seen += 1
        if seen > settings.max_objects:
            drawn.complete = False
            break
        if kind == raw.FPDF_PAGEOBJ_PATH:
            _add_path(drawn, item, matrix, settings)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            box = _bounds(item, matrix)
            if box is not None:
                drawn.images.append(box)
    return drawn


def _objects(page: Any, depth: int) -> Iterator[tuple[Any, int, Matrix]]:
    get = raw.FPDFPage_GetObject
    kind_of = raw.FPDFPageObj_GetType
    for i in range(raw.FPDFPage_CountObjects(page)):
        item = get(page, i)
        kind = kind_of(item)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            yield from _form_objects(item, _IDENTITY, depth)
        elif kind != raw.FPDF_PAGEOBJ_TEXT:
            yield item, kind, _IDENTITY


def _form_objects(form: Any, outer: Matrix, depth: int) -> Iterator[tuple[Any, int, Matrix]]:
    if depth <= 0:
        return
    own = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(form, own)
    matrix = _product((own.a, own.b, own.c, own.d, own.e, own.f), outer)
    for i in range(max(raw.FPDFFormObj_CountObjects(form), 0)):
        item = raw.FPDFFormObj_GetObject(form, i)
        kind = raw.FPDFPageObj_GetType(item)
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


def _transform(
    box: tuple[float, float, float, float], matrix: Matrix
) -> tuple[float, float, float, float]:
    if matrix is _IDENTITY:
        return box
    a, b, c, d, e, f = matrix
    corners = [(box[i], box[j]) for i in (0, 2) for j in (1, 3)]
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


_sides = tuple(ctypes.c_float() for _ in range(4))
_references = tuple(ctypes.byref(side) for side in _sides)


def _bounds(item: Any, matrix: Matrix) -> tuple[float, float, float, float] | None:
    if not raw.FPDFPageObj_GetBounds(item, *_references):
        return None
    left, bottom, right, top = (side.value for side in _sides)
    return _transform((left, bottom, right, top), matrix)


def _add_path(drawn: Drawn, item: Any, matrix: Matrix, settings: ReaderSettings) -> None:
    box = _bounds(item, matrix)
    if box is None:
        return
    left, bottom, right, top = box
    thin = min(right - left, top - bottom) <= settings.rule_thickness
    filled, stroked = _draw_mode(item)
    if not filled and not stroked:
        return
    if thin:
        if not _is_paper(item, filled and not stroked, settings):
            drawn.lines.append(box)
        return
    if stroked:
        drawn.lines.extend(_transform(line, matrix) for line in _segments(item))
    if filled and min(right - left, top - bottom) >= settings.min_fill:
        colour = fill_colour(item)
        if colour is not None and raw.FPDFPath_CountSegments(item) <= 6:
            drawn.fills.append(box)
            drawn.colours.append(colour)


def _draw_mode(item: Any) -> tuple[bool, bool]:
    mode, stroke = ctypes.c_int(), raw.FPDF_BOOL()
    raw.FPDFPath_GetDrawMode(item, mode, stroke)
    return mode.value != raw.FPDF_FILLMODE_NONE, bool(stroke.value)


def _is_paper(item: Any, fill_only: bool, settings: ReaderSettings) -> bool:
    """Is a thin box filled in white or see-through, so that nobody can see it?"""
    if not fill_only:
        return False
    colour = fill_colour(item)
    return colour is None or min(colour) >= settings.white


def _segments(item: Any) -> Iterator[tuple[float, float, float, float]]:
    """Straight pieces of a stroked path that run along an axis, in the object's own space.

    A path's points are given before its own matrix: it is applied here.
    """
    own = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, own)
    x, y = ctypes.c_float(), ctypes.c_float()
    here: tuple[float, float] | None = None
    start: tuple[float, float] | None = None
    for i in range(raw.FPDFPath_CountSegments(item)):
        segment = raw.FPDFPath_GetPathSegment(item, i)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        kind = raw.FPDFPathSegment_GetType(segment)
        point = (
            own.a * x.value + own.c * y.value + own.e,
            own.b * x.value + own.d * y.value + own.f,
        )
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO and here is not None:
            yield from _straight(here, point)
        here = point
        if raw.FPDFPathSegment_GetClose(segment) and start is not None:
            yield from _straight(point, start)


def _straight(
    a: tuple[float, float], b: tuple[float, float]
) -> Iterator[tuple[float, float, float, float]]:
    if abs(a[0] - b[0]) < 0.5 or abs(a[1] - b[1]) < 0.5:
        yield min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])


def merge_rules(lines: Floats, fills: Floats, settings: ReaderSettings) -> Rules:
    """Merge pieces on one line into rules.

    Args:
        lines: (n, 4) thin boxes x0, y0, x1, y1 in the upright page.
        fills: (k, 4) boxes of visible shading; their four edges count as lines.
        settings: distances.
    """
    width = lines[:, 2] - lines[:, 0]
    height = lines[:, 3] - lines[:, 1]
    flat = width >= height
    x0, y0, x1, y1 = fills[:, 0], fills[:, 1], fills[:, 2], fills[:, 3]
    level = (lines[flat, 1] + lines[flat, 3]) / 2
    across = (lines[~flat, 0] + lines[~flat, 2]) / 2
    horizontal = np.concatenate([
        np.column_stack([level, lines[flat, 0], lines[flat, 2]]),
        np.column_stack([y0, x0, x1]),
        np.column_stack([y1, x0, x1]),
    ])  # fmt: skip
    vertical = np.concatenate([
        np.column_stack([across, lines[~flat, 1], lines[~flat, 3]]),
        np.column_stack([x0, y0, y1]),
        np.column_stack([x1, y0, y1]),
    ])  # fmt: skip
    return Rules(_merge(horizontal, settings), _merge(vertical, settings))


def _merge(pieces: Floats, settings: ReaderSettings) -> Floats:
    """Merge (n, 3) pieces ``position, start, end`` on nearly one position with small gaps."""
    if not len(pieces):
        return np.zeros((0, 3))
    pieces = pieces[np.argsort(pieces[:, 0], kind="stable")]
    new_level = np.diff(pieces[:, 0], prepend=-1e9) > settings.snap
    group = np.cumsum(new_level)
    order = np.lexsort((pieces[:, 1], group))
    pieces, group = pieces[order], group[order]
    out: list[tuple[float, float, float]] = []
    for block in np.split(pieces, np.flatnonzero(np.diff(group)) + 1):
        position = float(np.average(block[:, 0], weights=block[:, 2] - block[:, 1] + 1e-6))
        start, end = float(block[0, 1]), float(block[0, 2])
        for _, a, b in block[1:].tolist():
            if a <= end + settings.dash_gap:
                end = max(end, b)
            else:
                out.append((position, start, end))
                start, end = a, b
        out.append((position, start, end))
    kept = [row for row in out if row[2] - row[1] >= settings.min_rule]
    return np.array(kept, dtype=np.float64).reshape(-1, 3)
