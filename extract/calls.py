"""pdfium calls made for each word or object, with plain integers for pointers.

ctypes spends more time on building pointer objects than pdfium on answering: a call with these
prototypes costs about half of one with the generated bindings. The interpreter lock is kept during
a call: pdfium is not thread-safe, and letting go of it costs a sixth of the time. Results are
written straight into numpy buffers, whose address is passed.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable
from ctypes import c_int, c_void_p
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2.raw as raw
from numpy.typing import NDArray

Address = int
# Boxes of characters are written here, some at a time: pointers cost more to make than to use.
_AT_ONCE = 512
_BOXES = np.zeros((_AT_ONCE, 4), dtype=np.float32)  # FS_RECTF: left, top, right, bottom
_PLACES = [c_void_p(_BOXES.ctypes.data + 16 * k) for k in range(_AT_ONCE)]


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


def char_boxes(text_page: Address, indices: list[int]) -> NDArray[np.float64]:
    """Return the loose boxes of characters: (n, 4) left, bottom, right, top."""
    handle = c_void_p(text_page)
    out = np.zeros((len(indices), 4))
    for first in range(0, len(indices), _AT_ONCE):
        some = indices[first : first + _AT_ONCE]
        boxes = _BOXES[: len(some)]
        boxes[:] = 0.0
        deque(map(char_box, repeat(handle), some, _PLACES), maxlen=0)
        out[first : first + _AT_ONCE] = boxes[:, [0, 3, 2, 1]]
    return out


def text_objects(text_page: Address, indices: list[int]) -> list[Address]:
    """Return the text object of each character; 0 for generated characters."""
    return [item or 0 for item in map(text_object, repeat(c_void_p(text_page)), indices)]


def object_matrices(objects: list[Address]) -> NDArray[np.float64]:
    """Return (n, 6) matrices a, b, c, d, e, f."""
    out = np.zeros((len(objects), 6), dtype=np.float32)
    place = out.ctypes.data
    for item in objects:
        object_matrix(item, place)
        place += 24
    return out.astype(np.float64)


def font_sizes(objects: list[Address]) -> NDArray[np.float64]:
    """Return (n,) font sizes, the matrix not applied."""
    out = np.zeros(len(objects), dtype=np.float32)
    place = out.ctypes.data
    for item in objects:
        font_size(item, place)
        place += 4
    return out.astype(np.float64)


def fill_colours(objects: list[Address]) -> NDArray[np.uint32]:
    """Return (n, 4) fill colours red, green, blue, alpha; zeros where there is none."""
    out = np.zeros((len(objects), 4), dtype=np.uint32)
    place = out.ctypes.data
    for item in objects:
        object_fill(item, place, place + 4, place + 8, place + 12)
        place += 16
    return out


def render_modes(objects: list[Address]) -> NDArray[np.intp]:
    """Return (n,) text render modes: 0 fill, 1 stroke, 2 both, 3 neither, 4 to 7 also clip."""
    return np.array([render_mode(item) for item in objects], dtype=np.intp)


def object_boxes(objects: list[Address]) -> NDArray[np.float64]:
    """Return (n, 4) bounds: left, bottom, right, top; zeros where there are none."""
    out = np.zeros((len(objects), 4), dtype=np.float32)
    place = out.ctypes.data
    for item in objects:
        object_bounds(item, place, place + 4, place + 8, place + 12)
        place += 16
    return out.astype(np.float64)


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
