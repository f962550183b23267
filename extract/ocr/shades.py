"""Shades behind the text of a picture: header rows, stripes, colours of a status."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from actionplan.extract.layout import Bytes, Floats, box_array
from actionplan.extract.ocr.clean import Picture
from actionplan.extract.ocr.settings import ShadeSettings
from actionplan.schemas.tables import Box

_GRID = 80  # points across the shorter side at which the light is measured
_ROUNDS = 6  # of fitting the paper's light, each without what was no paper in the one before
_NEAR = 10.0  # shades (0..255) by which paper differs from the fit


def level_light(paper: Picture) -> Picture:
    """Return the ground of a page as it would be in even light on white paper.

    The light is a surface of second degree through the brightest part of the ground.

    Args:
        paper: (h, w, 3) the ground.
    """
    import cv2

    height, width = paper.shape[:2]
    step = max(1, min(height, width) // _GRID)
    some = paper[::step, ::step].astype(np.float64)
    rows, columns = some.shape[:2]
    y, x = np.mgrid[0:rows, 0:columns]
    terms = _terms(x.ravel() / columns, y.ravel() / rows)
    grey = some.mean(axis=2).ravel()
    keep = grey >= np.percentile(grey, 50) - 2 * _NEAR
    for _ in range(_ROUNDS):
        off = grey - terms @ _fit(terms[keep], grey[keep])
        keep = (off > -_NEAR) & (off < 2 * _NEAR)
        if keep.sum() < len(grey) / 10:
            return paper
    light = terms @ _fit(terms[keep], some.reshape(-1, 3)[keep])
    smooth = np.clip(light, 1, 255).reshape(rows, columns, 3).astype(np.float32)
    whole = cv2.resize(smooth, (width, height), interpolation=cv2.INTER_LINEAR)
    level = cv2.divide(paper.astype(np.float32), whole, scale=255.0)
    return np.asarray(np.minimum(level, 255), dtype=np.uint8)


def _fit(terms: Floats, values: Floats) -> Floats:
    """Least squares by the normal equations: six unknowns, well scaled."""
    square = terms.T @ terms + 1e-9 * np.eye(terms.shape[1])
    return np.asarray(np.linalg.solve(square, terms.T @ values), dtype=np.float64)


def _terms(x: Floats, y: Floats) -> Floats:
    return np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=1)


def shades_of(
    level: Picture, scale: float, cells: Sequence[Box], settings: ShadeSettings
) -> tuple[Floats, Bytes]:
    """Return the shaded boxes of a page, and their colours.

    Args:
        level: (h, w, 3) the ground in even light.
        scale: its pixels a point.
        cells: boxes of ruled cells, points: each has one colour.
        settings: what is a shade.

    Returns:
        (k, 4) boxes in points, (k, 3) colours.
    """
    boxes: list[Box] = []
    colours: list[tuple[int, ...]] = []
    outside = level.copy()
    for x0, y0, x1, y1 in cells:
        left, top, right, bottom = (round(v * scale) for v in (x0, y0, x1, y1))
        inner = level[top + 2 : bottom - 1, left + 2 : right - 1].reshape(-1, 3)
        if len(inner):
            colour = np.median(inner, axis=0)
            if colour.min() < 255 - settings.differs:
                boxes.append((x0, y0, x1, y1))
                colours.append(tuple(int(v) for v in colour))
        outside[max(top - 2, 0) : bottom + 2, max(left - 2, 0) : right + 2] = 255
    for box, colour in _patches(outside, scale, settings):
        boxes.append(box)
        colours.append(colour)
    return box_array(boxes), np.array(colours, dtype=np.uint8).reshape(-1, 3)


def _patches(
    level: Picture, scale: float, settings: ShadeSettings
) -> list[tuple[Box, tuple[int, ...]]]:
    """Shaded boxes that no rules enclose."""
    import cv2

    shaded = (level.min(axis=2) < 255 - settings.differs).astype(np.uint8)
    shaded = cv2.morphologyEx(shaded, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(shaded, connectivity=4)
    found = []
    for k in range(1, count):
        x, y, w, h, area = stats[k].tolist()
        if min(w, h) < settings.least * scale or area < settings.filled * w * h:
            continue
        if w > settings.across * level.shape[1] or h > settings.across * level.shape[0]:
            continue  # the shadow of a fold
        part = level[y : y + h, x : x + w][labels[y : y + h, x : x + w] == k]
        box = (x / scale, y / scale, (x + w) / scale, (y + h) / scale)
        found.append((box, tuple(int(v) for v in np.median(part, axis=0))))
    return found
