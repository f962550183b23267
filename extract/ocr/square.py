"""Pages that are not square: photographed from one side, or bent in the fold of a book."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from actionplan.extract.layout import Floats
from actionplan.extract.ocr.clean import Grey
from actionplan.extract.ocr.rule_settings import SquareSettings

_ROUNDS = 4  # of fitting, each without the lines that were furthest off before


def squaring(white: Grey, scale: float, settings: SquareSettings) -> Floats | None:
    """Return the (3, 3) matrix that makes the rules of a page level and upright; None: they are.

    Method: the slope of level lines is taken to change evenly down the page, that of upright ones
    across it, as under perspective; the four corners move by that.

    Args:
        white: (h, w) the page, dark on white, its text level.
        scale: pixels a point.
        settings: thresholds.
    """
    import cv2

    height, width = white.shape
    lines = _segments(white, scale, settings)
    middle = np.array([width / 2, height / 2])
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float64)
    matrix = np.eye(3)
    for _ in range(2):  # the second time for what the even change leaves
        seen = _moved(lines.reshape(-1, 2), matrix).reshape(-1, 2, 2) - middle
        level = _slopes(seen, 0, settings)
        upright = _slopes(seen, 1, settings)
        if level is None and upright is None:
            break
        (a, b), (c, d) = level or (0.0, 0.0), upright or (0.0, 0.0)
        x, y = (corners - middle).T
        places = np.stack([x + (c + d * x) * y, y + (a + b * y) * x], axis=1) + middle
        step = cv2.getPerspectiveTransform(places.astype(np.float32), corners.astype(np.float32))
        matrix = step @ matrix
    moved = np.abs(_moved(corners, matrix) - corners).max()
    if not settings.least * scale <= moved <= settings.most * max(width, height):
        return None
    return np.asarray(matrix, dtype=np.float64)


def _segments(white: Grey, scale: float, settings: SquareSettings) -> Floats:
    """(n, 4) straight edges x0, y0, x1, y1 of some length."""
    import cv2

    factor = min(1.0, settings.dpi / 72 / scale)
    small = cv2.resize(white, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    found = cv2.createLineSegmentDetector().detect(small)[0]
    if found is None:
        return np.zeros((0, 4))
    lines = found.reshape(-1, 4).astype(np.float64) / factor
    length = np.hypot(lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1])
    return np.asarray(lines[length >= settings.length * scale], dtype=np.float64)


def _slopes(lines: Floats, axis: int, settings: SquareSettings) -> tuple[float, float] | None:
    """Slope of the lines along an axis in the middle, and its change across them; None: too few.

    Args:
        lines: (n, 2, 2) ends of lines, x and y from the middle of the page.
        axis: 0 for level lines, 1 for upright ones.
        settings: thresholds.
    """
    along = lines[:, 1, axis] - lines[:, 0, axis]
    off = lines[:, 1, 1 - axis] - lines[:, 0, 1 - axis]
    near = np.abs(off) < settings.steep * np.abs(along)
    if near.sum() < settings.few:
        return None
    slope = off[near] / along[near]
    where = lines[near][:, :, 1 - axis].mean(axis=1)
    weight = np.abs(along[near])
    keep = np.ones(len(slope), dtype=bool)
    fit = np.zeros(2)
    for _ in range(_ROUNDS):
        fit = _line(where[keep], slope[keep], weight[keep])
        away = np.abs(slope - fit[0] - fit[1] * where)
        keep = away <= max(3 * float(np.median(away[keep])), settings.same)
        if keep.sum() < settings.few:
            return None
    return float(fit[0]), float(fit[1])


def _line(where: Floats, slope: Floats, weight: Floats) -> Floats:
    """Weighted least squares; lines of one place alone say nothing of a change."""
    middle = np.average(where, weights=weight)
    spread = np.average((where - middle) ** 2, weights=weight)
    mean = np.average(slope, weights=weight)
    if spread < 1.0:
        return np.array([mean, 0.0])
    change = np.average((where - middle) * (slope - mean), weights=weight) / spread
    return np.array([mean - change * middle, change])


def _moved(points: Floats, matrix: Floats) -> Floats:
    """(n, 2) points under a (3, 3) matrix."""
    found = np.concatenate([points, np.ones((len(points), 1))], axis=1) @ matrix.T
    return np.asarray(found[:, :2] / found[:, 2:], dtype=np.float64)


def squared(picture: NDArray[np.uint8], matrix: Floats) -> NDArray[np.uint8]:
    """Return a picture under a matrix, of the same size."""
    import cv2

    height, width = picture.shape[:2]
    out = cv2.warpPerspective(
        picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255)
    )
    return np.asarray(out, dtype=np.uint8)
