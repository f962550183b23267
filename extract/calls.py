"""pdfium calls made for each word or object, with plain integers for pointers.

ctypes spends more time on building pointer objects than pdfium on answering: a call with these
prototypes costs about half of one with the generated bindings. The interpreter lock is kept during
a call: pdfium is not thread-safe, and letting go of it costs a sixth of the time. Results are
written straight into numpy buffers, whose address is passed.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Sequence
from ctypes import c_int, c_void_p
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2.raw as raw
from numpy.typing import NDArray

Address = int
_AT_ONCE = 512  # results that pdfium writes before they are copied


def plain_call(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """Return a pdfium function with plain types for its result and arguments."""
    place = ctypes.cast(function, c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(place)


def quick_call(function: Any, result: Any) -> Callable[..., Any]:
    """Return a pdfium function whose arguments are not converted: half the time of `plain_call`.

    Pointers must be given as objects of `c_void_p`: an integer would be cut to 32 bits.
    """
    place = ctypes.cast(function, c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result)(place)


char_box = quick_call(raw.FPDFText_GetLooseCharBox, c_int)
text_object = quick_call(raw.FPDFText_GetTextObject, c_void_p)
font_size = plain_call(raw.FPDFTextObj_GetFontSize, c_int, c_void_p, c_void_p)
font = plain_call(raw.FPDFTextObj_GetFont, c_void_p, c_void_p)
object_matrix = plain_call(raw.FPDFPageObj_GetMatrix, c_int, c_void_p, c_void_p)
object_fill = plain_call(
    raw.FPDFPageObj_GetFillColor, c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p
)
object_bounds = plain_call(
    raw.FPDFPageObj_GetBounds, c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p
)
object_type = plain_call(raw.FPDFPageObj_GetType, c_int, c_void_p)
page_object = plain_call(raw.FPDFPage_GetObject, c_void_p, c_void_p, c_int)
form_object = plain_call(raw.FPDFFormObj_GetObject, c_void_p, c_void_p, ctypes.c_ulong)
form_count = plain_call(raw.FPDFFormObj_CountObjects, c_int, c_void_p)
draw_mode = plain_call(raw.FPDFPath_GetDrawMode, c_int, c_void_p, c_void_p, c_void_p)
segment_count = plain_call(raw.FPDFPath_CountSegments, c_int, c_void_p)
marked_content = plain_call(raw.FPDFPageObj_GetMarkedContentID, c_int, c_void_p)
render_mode = plain_call(raw.FPDFTextObj_GetTextRenderMode, c_int, c_void_p)
clip_path = plain_call(raw.FPDFPageObj_GetClipPath, c_void_p, c_void_p)
clip_count = plain_call(raw.FPDFClipPath_CountPaths, c_int, c_void_p)
clip_segments = plain_call(raw.FPDFClipPath_CountPathSegments, c_int, c_void_p, c_int)
clip_segment = plain_call(raw.FPDFClipPath_GetPathSegment, c_void_p, c_void_p, c_int, c_int)
path_segment = plain_call(raw.FPDFPath_GetPathSegment, c_void_p, c_void_p, c_int)
segment_type = plain_call(raw.FPDFPathSegment_GetType, c_int, c_void_p)
segment_closes = plain_call(raw.FPDFPathSegment_GetClose, c_int, c_void_p)
segment_point = plain_call(raw.FPDFPathSegment_GetPoint, c_int, c_void_p, c_void_p, c_void_p)


def address(handle: Any) -> Address:
    """Return the address behind a pointer of the generated bindings."""
    return ctypes.cast(handle, c_void_p).value or 0


class _Room:
    """Rows of `width` numbers that pdfium writes to: pointers cost more to make than to use."""

    def __init__(self, width: int, kind: type[np.float32 | np.uint32]) -> None:
        self.values = np.zeros((_AT_ONCE, width), dtype=kind)
        place = self.values.ctypes.data
        # For each column the places in all rows.
        self.places = [
            [c_void_p(place + 4 * (width * row + column)) for row in range(_AT_ONCE)]
            for column in range(width)
        ]

    def read(
        self, call: Callable[..., Any], keys: Sequence[Sequence[Any]], columns: int
    ) -> NDArray[Any]:
        """Return a row for each key: what `call` writes to the first `columns` of its places.

        Args:
            call: a pdfium function; it may fail, the row is then 0.
            keys: its first arguments, each a sequence.
            columns: how many places it takes.
        """
        count = len(keys[0])
        out = np.zeros((count, self.values.shape[1]), dtype=self.values.dtype)
        for first in range(0, count, _AT_ONCE):
            some = [key[first : first + _AT_ONCE] for key in keys]
            values = self.values[: len(some[0])]
            values[:] = 0
            deque(map(call, *some, *self.places[:columns]), maxlen=0)
            out[first : first + _AT_ONCE] = values
        return out


_ROOMS = {width: _Room(width, np.float32) for width in (1, 4, 6)}
_COLOURS = _Room(4, np.uint32)


def char_boxes(text_page: Address, indices: list[int]) -> NDArray[np.float64]:
    """Return the loose boxes of characters: (n, 4) left, bottom, right, top."""
    handles = [c_void_p(text_page)] * len(indices)
    boxes = _ROOMS[4].read(char_box, (handles, indices), 1)  # FS_RECTF: left, top, right, bottom
    return boxes[:, [0, 3, 2, 1]].astype(np.float64)


def text_objects(text_page: Address, indices: list[int]) -> list[Address]:
    """Return the text object of each character; 0 for generated characters."""
    return [item or 0 for item in map(text_object, repeat(c_void_p(text_page)), indices)]


def object_matrices(objects: list[Address]) -> NDArray[np.float64]:
    """Return (n, 6) matrices a, b, c, d, e, f."""
    return _ROOMS[6].read(object_matrix, (objects,), 1).astype(np.float64)


def font_sizes(objects: list[Address]) -> NDArray[np.float64]:
    """Return (n,) font sizes, the matrix not applied."""
    return _ROOMS[1].read(font_size, (objects,), 1)[:, 0].astype(np.float64)


def fill_colours(objects: list[Address]) -> NDArray[np.uint32]:
    """Return (n, 4) fill colours red, green, blue, alpha; zeros where there is none."""
    return _COLOURS.read(object_fill, (objects,), 4)


def render_modes(objects: list[Address]) -> NDArray[np.intp]:
    """Return (n,) text render modes: 0 fill, 1 stroke, 2 both, 3 neither, 4 to 7 also clip."""
    return np.array(list(map(render_mode, objects)), dtype=np.intp)


def object_boxes(objects: list[Address]) -> NDArray[np.float64]:
    """Return (n, 4) bounds: left, bottom, right, top; zeros where there are none."""
    return _ROOMS[4].read(object_bounds, (objects,), 4).astype(np.float64)


def clip_boxes(objects: list[Address]) -> dict[int, tuple[float, float, float, float]]:
    """Return, by index, the box of the clip of each object that has one."""
    found = {}
    for k, item in enumerate(objects):
        clip = clip_path(item) if item else None
        if clip and (count := clip_count(clip)) > 0:
            box = _clip_box(clip, count)
            if box is not None:
                found[k] = box
    return found


def _clip_box(clip: Address, count: int) -> tuple[float, float, float, float] | None:
    """The box that all paths of a clip share, each path taken as its own box."""
    point = np.zeros(2, dtype=np.float32)
    place = point.ctypes.data
    low, high = np.full(2, -np.inf), np.full(2, np.inf)
    for path in range(count):
        points = []
        for k in range(max(clip_segments(clip, path), 0)):
            segment_point(clip_segment(clip, path, k), place, place + 4)
            points.append(point.tolist())
        if points:
            low = np.maximum(low, np.min(points, axis=0))
            high = np.minimum(high, np.max(points, axis=0))
    if not np.isfinite(low).all():
        return None
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])
