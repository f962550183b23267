"""Rules in a picture, also faint and broken ones, as boxes of lines."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from actionplan.extract.layout import Floats, box_array
from actionplan.extract.ocr.broken import Segment, broken_columns
from actionplan.extract.ocr.clean import Grey
from actionplan.extract.ocr.rule_settings import RasterRuleSettings
from actionplan.extract.ocr.settings import OcrSettings


def find_lines(white: Grey, scale: float, ocr: OcrSettings) -> tuple[Floats, Floats]:
    """Find the rules of a page that stands level.

    Args:
        white: (h, w) the page, dark on white.
        scale: pixels a point.
        ocr: what counts as a rule.

    Returns:
        (n, 4) level and (m, 4) upright ones: position, start, end, thickness, in pixels.
    """
    settings = ocr.rules
    turned = np.ascontiguousarray(white.T)
    level = list(_runs(white, scale, settings.horizontal, settings.dash, settings))
    upright = list(_runs(turned, scale, settings.vertical, settings.stroke, settings))
    level = _joined(level, scale, settings)
    upright = _joined(upright, scale, settings)
    for _ in range(2):  # a line that reaches nothing may have been all that another one reached
        level = _meeting(level, upright, scale, settings)
        upright = _meeting(upright, level, scale, settings)
    core = np.ascontiguousarray(_ridge(turned, scale, settings)[1].T)
    upright += broken_columns(white, core, level, upright, scale, ocr.broken)
    upright = _joined(upright, scale, settings)
    return box_array(level), box_array(upright)


def _runs(
    white: Grey, scale: float, least: float, gap: float, settings: RasterRuleSettings
) -> Iterator[Segment]:
    """Level runs of `least` points that are darker than what lies above and below them.

    A long one may have gaps: of `gap` points in broken lines, more between letters.
    """
    import cv2

    ridge, core = _ridge(white, scale, settings)
    length = max(8, round(least * scale))
    bridged = cv2.morphologyEx(
        ridge, cv2.MORPH_CLOSE, np.ones((1, max(3, round(2 * scale))), np.uint8)
    )
    long = cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    joined = cv2.dilate(long, np.ones((3, 1), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    for k in range(1, count):
        x, y, w, h, _ = stats[k].tolist()
        if w < length or h > max(settings.thick * scale + 2, w / 20):
            continue
        part = labels[y : y + h, x : x + w] == k
        places = (part & (core[y : y + h, x : x + w] > 0)).any(axis=0)
        whole = w >= settings.long * length and places.mean() >= settings.whole
        if w >= settings.long * length:
            places = _closed(places, max(1, round(gap * scale)))
        dark = np.flatnonzero(places)
        if len(dark) < settings.solid * w:
            continue
        weight = (part & (ridge[y : y + h, x : x + w] > 0)).sum(axis=1)
        position = float((weight * np.arange(h)).sum() / max(weight.sum(), 1)) + y + 0.5
        thickness = float(weight.sum() / w)
        if not whole and _crossed(white[:, x : x + w], part, y, scale, settings):
            continue
        # The averages of a line run on past its ends.
        yield position, float(x + dark[0]), float(x + dark[-1] + 1), thickness


def _closed(places: NDArray[np.bool_], gap: int) -> NDArray[np.bool_]:
    """Fill gaps of up to `gap` places."""
    out = places.copy()
    on = np.flatnonzero(places)
    for k in np.flatnonzero(np.diff(on) <= gap + 1).tolist():
        out[on[k] : on[k + 1]] = True
    return out


def _crossed(
    white: Grey, part: NDArray[np.bool_], top: int, scale: float, settings: RasterRuleSettings
) -> bool:
    """Does ink go on above or below a run in many of its columns, as in a row of letters?"""
    first = top + part.argmax(axis=0)
    last = top + len(part) - 1 - part[::-1].argmax(axis=0)
    columns = np.arange(white.shape[1])
    middle = (first + last) // 2
    own = np.minimum(white[middle, columns], white[np.minimum(middle + 1, len(white) - 1), columns])
    limit = (255 + np.median(own)) / 2
    # The run's own edges are left out: it may be two pixels thicker than was found.
    lit = np.full(white.shape[1], 255, dtype=np.uint8)
    for step in range(2 + round(0.4 * scale), 3 + round((0.4 + settings.margin) * scale)):
        above = white[np.maximum(first - step, 0), columns]
        below = white[np.minimum(last + step, len(white) - 1), columns]
        lit = np.minimum(lit, np.minimum(above, below))
    return float((lit < limit).mean()) > settings.crossed


def _ridge(
    white: Grey, scale: float, settings: RasterRuleSettings
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Where a level line may run, and where single places are dark enough to be of one."""
    import cv2

    window = max(5, round(settings.along * scale)) | 1
    step = max(3, round(settings.beside * scale))
    smooth = np.asarray(cv2.blur(white, (window, 1)), dtype=np.uint8)
    return _darker(smooth, step, settings), _darker(white, step, settings)


def _darker(picture: Grey, step: int, settings: RasterRuleSettings) -> NDArray[np.uint8]:
    """Places that are darker than those `step` pixels above and below them."""
    import cv2

    around = cv2.copyMakeBorder(picture, step, step, 0, 0, cv2.BORDER_REPLICATE)
    sides = cv2.min(around[: -2 * step], around[2 * step :])
    difference = cv2.subtract(sides, picture)  # stops at 0
    return np.asarray(cv2.threshold(difference, settings.contrast - 1, 1, cv2.THRESH_BINARY)[1])


def _joined(segments: list[Segment], scale: float, settings: RasterRuleSettings) -> list[Segment]:
    """Pieces of one line put together."""
    snap, gap = settings.snap * scale, settings.gap * scale
    out: list[Segment] = []
    for segment in sorted(segments, key=lambda one: one[1]):
        for k in range(len(out) - 1, -1, -1):
            other = out[k]
            apart = segment[1] - other[2]
            short = min(segment[2] - segment[1], other[2] - other[1])
            if abs(segment[0] - other[0]) <= snap and apart <= min(gap, short / 3):
                out[k] = _union(other, segment)
                break
        else:
            out.append(segment)
    return out


def _union(one: Segment, other: Segment) -> Segment:
    a, b = one[2] - one[1], other[2] - other[1]
    position = (one[0] * a + other[0] * b) / (a + b)
    return position, min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _meeting(
    lines: list[Segment], across: list[Segment], scale: float, settings: RasterRuleSettings
) -> list[Segment]:
    """Lines that end at lines across them; those that do so nearly, do exactly.

    A letter above a line's end, or the averages of finding it, draw a line out by a little. What
    ends at no line is kept if it is long: the stems of letters below one another are not.
    """
    reach, over = settings.reach * scale, settings.over * scale
    out = []
    for position, start, end, thickness in lines:
        meets = [
            line[0]
            for line in across
            if line[1] - reach <= position <= line[2] + reach
            and start - reach <= line[0] <= end + reach
        ]
        if not meets:
            continue
        first, last = min(meets), max(meets)
        ends = (start - reach <= first <= start + over) + (end - over <= last <= end + reach)
        if end - start < settings.loose[2 - ends] * scale:
            continue
        start = first if start - reach <= first <= start + over else start
        end = last if end - over <= last <= end + reach else end
        if end - start > reach:
            out.append((position, start, end, thickness))
    return out
