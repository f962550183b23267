"""Ruling lines, fills and images of a page, from pdfium's page objects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
import pypdfium2.raw as raw
from numpy.typing import NDArray

from actionplan.extract.calls import (
    Address,
    address,
    draw_mode,
    form_count,
    form_object,
    object_bounds,
    object_fill,
    object_matrices,
    object_type,
    page_object,
    segment_count,
)
from actionplan.extract.layout import Bools, Floats, Rules, box_array
from actionplan.extract.paths import PageBox, is_frame, rectangles, straight_pieces
from actionplan.extract.settings import ReaderSettings

Matrix = tuple[float, float, float, float, float, float]
Cells = NDArray[np.intp]
_Piece = tuple[float, float, float]  # position, start, end
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_RECTANGLE = 6  # path segments of a rectangle, closing ones included
_CHAIN = 4  # widths of `snap` beyond which what hangs together is no line
_PAIRS = 20_000  # places and shades compared one by one: as quick as a page's raster
_FINEST = 0.2  # points: finer than any drawing
_SEE_THROUGH = 8  # alpha (0..255) below which nobody sees a fill


@dataclass(slots=True)
class Drawn:
    """What is drawn on a page, in the page's own space: left, bottom, right, top.

    Attributes:
        lines: thin boxes and stroked segments.
        fills: boxes of visible shading.
        colours: their colours.
        images: boxes of images.
        pale: paper-white boxes: seen where they lie on a shade.
        texts: the text objects, those inside forms left out.
        complete: False where the page had more objects than are read.
    """

    lines: list[PageBox] = field(default_factory=list)
    fills: list[PageBox] = field(default_factory=list)
    colours: list[tuple[int, int, int]] = field(default_factory=list)
    images: list[PageBox] = field(default_factory=list)
    pale: list[PageBox] = field(default_factory=list)
    texts: list[Address] = field(default_factory=list)
    complete: bool = True


def find_drawn(page: Any, settings: ReaderSettings) -> Drawn:
    """Collect lines, fills and images of the pdfium page handle `page`, forms included."""
    drawn = Drawn()
    reader = _PathReader(drawn, settings)
    for seen, (item, kind, matrix) in enumerate(
        _objects(page, settings.max_form_depth, drawn.texts)
    ):
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


def painted_boxes(page: Any, settings: ReaderSettings) -> list[PageBox]:
    """Boxes of all that is painted on the pdfium page `page` and is neither white nor text."""
    reader = _PathReader(Drawn(), settings)
    found = []
    for item, kind, matrix in _objects(page, settings.max_form_depth, []):
        colour = reader.fill(item) if kind == raw.FPDF_PAGEOBJ_PATH else (0, 0, 0)
        box = reader.bounds(item, matrix)
        if box is not None and (colour is None or min(colour) < settings.white):
            found.append(box)
    return found


def _objects(page: Any, depth: int, texts: list[Address]) -> Iterator[tuple[Address, int, Matrix]]:
    """Objects that are no text, forms opened; text objects outside forms are put into `texts`."""
    handle = address(page)
    for i in range(raw.FPDFPage_CountObjects(page)):
        item = page_object(handle, i)
        kind = object_type(item)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            yield from _form_objects(item, _IDENTITY, depth)
        elif kind == raw.FPDF_PAGEOBJ_TEXT:
            texts.append(item)
        else:
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
        self._colour = np.zeros(4, dtype=np.uint32)
        place = self._colour.ctypes.data
        self._inks = (place, place + 4, place + 8, place + 12)

    def bounds(self, item: Address, matrix: Matrix) -> PageBox | None:
        """Return an object's box in the page's own space."""
        if not object_bounds(item, *self._sides):
            return None
        left, bottom, right, top = self._box.tolist()
        return _transform((left, bottom, right, top), matrix)

    def fill(self, item: Address) -> tuple[int, int, int] | None:
        """Return the colour that fills a path; None where nobody sees any."""
        if not object_fill(item, *self._inks):
            return None
        red, green, blue, alpha = self._colour.tolist()
        return (red, green, blue) if alpha >= _SEE_THROUGH else None

    def add(self, item: Address, matrix: Matrix) -> None:
        """Add what the path draws."""
        box = self.bounds(item, matrix)
        draw_mode(item, *self._modes)
        filled, stroked = self._mode.tolist()
        if box is None or not (filled or stroked):
            return
        settings, drawn = self._settings, self._drawn
        short, long = sorted((box[2] - box[0], box[3] - box[1]))
        if short <= settings.rule_thickness:
            if stroked:
                drawn.lines.append(box)
            else:
                self._add_filled(item, [box])
            return
        if stroked:
            drawn.lines.extend(_transform(line, matrix) for line in straight_pieces(item))
        if filled and long >= settings.min_fill:
            boxes = [box]
            if segment_count(item) > _RECTANGLE:
                boxes = [_transform(part, matrix) for part in rectangles(item)]
            self._add_filled(item, boxes)

    def _add_filled(self, item: Address, boxes: list[PageBox]) -> None:
        colour = self.fill(item) if boxes else None
        if colour is not None:
            add_filled(self._drawn, boxes, colour, self._settings)


def add_filled(
    drawn: Drawn, boxes: list[PageBox], colour: tuple[int, int, int], settings: ReaderSettings
) -> None:
    """Sort the filled boxes of one path into bars, shades, and paper-white ones."""
    if is_frame(boxes):
        drawn.lines.extend(side for box in boxes for side in _sides(box))
        return
    pale = min(colour) >= settings.white
    for box in boxes:
        short, long = sorted((box[2] - box[0], box[3] - box[1]))
        if pale:
            drawn.pale.append(box)
        elif short <= settings.rule_thickness or (
            short <= settings.thick_rule and long >= settings.bar * short
        ):
            drawn.lines.append(box)
        elif short >= settings.min_fill:
            drawn.fills.append(box)
            drawn.colours.append(colour)


def _sides(box: PageBox) -> Iterator[PageBox]:
    x0, y0, x1, y1 = box
    yield x0, y0, x1, y0
    yield x0, y1, x1, y1
    yield x0, y0, x0, y1
    yield x1, y0, x1, y1


def on_shade(pale: Floats, fills: Floats, settings: ReaderSettings) -> tuple[Floats, Floats]:
    """Return the paper-white boxes that part a shade: thin ones (lines), and others.

    Args:
        pale: (n, 4) paper-white boxes, upright page points.
        fills: (k, 4) boxes of visible shading.
        settings: what is thin.
    """
    if not len(pale) or not len(fills):
        return pale[:0], pale[:0]
    # Boxes are compared on a raster of 2 points.
    cells = np.maximum((np.concatenate((fills, pale)) / 2).astype(np.intp), 0)
    x0, y0, x1, y1 = cells[len(fills) :].T
    seen = pale[_is_shaded((x0 + x1) // 2, (y0 + y1) // 2, cells[: len(fills)])]
    short = np.minimum(seen[:, 2] - seen[:, 0], seen[:, 3] - seen[:, 1])
    return seen[short <= settings.thick_rule], seen[short > settings.thick_rule]


def _is_shaded(x: Cells, y: Cells, shades: Cells) -> Bools:
    """Does a shade cover each of the places? All are cells of a raster."""
    x0, y0, x1, y1 = shades.T
    if len(x) * len(shades) <= _PAIRS:
        x, y = x[:, None], y[:, None]
        covered = (x0 <= x) & (x < x1) & (y0 <= y) & (y < y1)
        return np.asarray(covered.any(axis=1), dtype=bool)
    # Many shades are painted on the raster: no box is compared with every other.
    raster = np.zeros((max(y.max(), y1.max()) + 2, max(x.max(), x1.max()) + 2), dtype=np.int32)
    for row, column, sign in ((y0, x0, 1), (y0, x1, -1), (y1, x0, -1), (y1, x1, 1)):
        np.add.at(raster, (row, column), sign)
    return np.asarray(raster.cumsum(axis=0).cumsum(axis=1)[y, x] > 0)


def merge_rules(lines: Floats, fills: Floats, settings: ReaderSettings) -> Rules:
    """Merge pieces on one line into rules.

    Args:
        lines: (n, 4) thin boxes x0, y0, x1, y1 in the upright page.
        fills: (k, 4) boxes of visible shading; their four edges count as lines.
        settings: distances.
    """
    horizontal: list[_Piece] = []
    vertical: list[_Piece] = []
    dots = (lines[:, 2:] - lines[:, :2]).max(axis=1, initial=0.0) <= settings.dot
    if dots.sum() >= settings.dotted:
        across, down, lines = _dotted(lines, dots, settings)
        horizontal, vertical = across, down
    for x0, y0, x1, y1 in lines.tolist():
        if x1 - x0 >= y1 - y0:
            horizontal.append(((y0 + y1) / 2, x0, x1))
        else:
            vertical.append(((x0 + x1) / 2, y0, y1))
    boxes = fills.tolist()
    edges_h = [(y, x0, x1) for x0, y0, x1, y1 in boxes for y in (y0, y1)]
    edges_v = [(x, y0, y1) for x0, y0, x1, y1 in boxes for x in (x0, x1)]
    return Rules(
        box_array(_merge(horizontal, 1.0, settings) + _merge(edges_h, 0.0, settings)),
        box_array(_merge(vertical, 1.0, settings) + _merge(edges_v, 0.0, settings)),
    )


def _dotted(
    lines: Floats, dots: Bools, settings: ReaderSettings
) -> tuple[list[_Piece], list[_Piece], Floats]:
    """Rows and columns of dots, which have no direction of their own, and the other lines."""
    small = lines[dots]
    across, in_row = _runs(small[:, [1, 0, 3, 2]], settings)
    down, in_column = _runs(small, settings)
    return across, down, np.concatenate((lines[~dots], small[~in_row & ~in_column]))


def _runs(dots: Floats, settings: ReaderSettings) -> tuple[list[_Piece], Bools]:
    """Dots that follow each other down the page: the runs, and which dots are in one.

    Args:
        dots: (n, 4) their boxes; with the axes changed for runs along lines.
        settings: distances.
    """
    middle = (dots[:, 0] + dots[:, 2]) / 2
    by_place = np.argsort(middle)
    place = np.empty(len(dots), dtype=np.intp)
    place[by_place] = np.cumsum(np.diff(middle[by_place], prepend=0.0) > settings.same_dots)
    order = np.lexsort((dots[:, 1], place))
    starts, ends = dots[order, 1], dots[order, 3]
    begins = np.ones(len(dots), dtype=bool)
    begins[1:] = (np.diff(place[order]) != 0) | (starts[1:] - ends[:-1] > settings.dash_gap)
    first = np.flatnonzero(begins)
    low, high = starts[first], np.maximum.reduceat(ends, first)
    counts = np.diff(first, append=len(dots))
    good = (counts >= settings.dot_count) & (high - low >= settings.min_rule)
    inside = np.zeros(len(dots), dtype=bool)
    inside[order] = good[np.cumsum(begins) - 1]
    runs = zip(middle[order][first][good], low[good], high[good], strict=True)
    return [(float(p), float(a), float(b)) for p, a, b in runs], inside


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
    """Runs of sorted pieces whose positions follow each other by no more than `snap`.

    Where that chains a hatching's lines to one another, lines are only what lies closer together.
    """
    level: list[_Piece] = []
    for piece in pieces:
        if level and piece[0] - level[-1][0] > snap:
            yield from _parted(level, snap)
            level = []
        level.append(piece)
    if level:
        yield from _parted(level, snap)


def _parted(level: list[_Piece], snap: float) -> Iterator[list[_Piece]]:
    if level[-1][0] - level[0][0] <= _CHAIN * snap:
        yield level
    elif snap < _FINEST:
        for _, near in groupby(level, key=lambda piece: int(piece[0] / _FINEST)):
            yield list(near)
    else:
        yield from _levels(level, snap / 2)
