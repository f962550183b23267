"""How far a page is turned: by quarters, by a slant of some degrees."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from actionplan.extract.layout import Bools, Floats
from actionplan.extract.ocr.settings import SkewSettings

_FEW = 100  # points of ink below which a page has no direction


def slant(ink: Bools, settings: SkewSettings) -> float:
    """Return the angle in degrees by which lines run down to the right.

    Method: projection profile. Along the right angle the rows of a page are either full or empty,
    so the profile's steps are steepest.

    Args:
        ink: (h, w) dark places.
        settings: range and steps.
    """
    ys, xs = _points(ink, settings.points)
    if len(ys) < _FEW:
        return 0.0
    coarse = np.arange(-settings.most, settings.most + 1e-9, settings.coarse)
    best = max(coarse.tolist(), key=lambda angle: _steps(ys, xs, angle))
    fine = np.arange(best - settings.coarse, best + settings.coarse + 1e-9, settings.fine)
    return float(max(fine.tolist(), key=lambda angle: _steps(ys, xs, angle)))


def _points(ink: Bools, most: int) -> tuple[Floats, Floats]:
    """Rows and columns of at most `most` points of ink, evenly chosen."""
    places = np.flatnonzero(ink)
    if len(places) > most:
        places = places[np.linspace(0, len(places) - 1, most).astype(np.intp)]
    ys, xs = np.divmod(places, ink.shape[1])
    return ys.astype(np.float64), xs - ink.shape[1] / 2


def _steps(ys: Floats, xs: Floats, angle: float) -> float:
    """How steep the profile's steps are along lines of `angle` degrees."""
    rows = ys - xs * np.tan(np.radians(angle))
    profile = np.bincount((rows - rows.min()).round().astype(np.intp)).astype(np.float64)
    return float((np.diff(profile) ** 2).sum())


def turned(picture: NDArray[np.uint8], degrees: int) -> NDArray[np.uint8]:
    """Turn a picture clockwise by 0, 90, 180 or 270 degrees."""
    return np.ascontiguousarray(np.rot90(picture, -degrees // 90))


def way_back(degrees: int, width: float, height: float) -> Floats:
    """Return the (3, 3) matrix from places of a turned picture to those before.

    Args:
        degrees: the clockwise turn.
        width: of the picture before.
        height: of the picture before.
    """
    rows = {
        0: ((1, 0, 0), (0, 1, 0)),
        90: ((0, 1, 0), (-1, 0, height)),
        180: ((-1, 0, width), (0, -1, height)),
        270: ((0, -1, width), (1, 0, 0)),
    }[degrees]
    return np.array([*rows, (0, 0, 1)], dtype=np.float64)


def straighten(picture: NDArray[np.uint8], angle: float) -> tuple[NDArray[np.uint8], Floats]:
    """Turn a picture about its middle so that lines at `angle` degrees become level.

    Returns:
        The picture, of the same size, and the (3, 3) matrix from its places to those before.
    """
    import cv2

    height, width = picture.shape[:2]
    forward = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turned = cv2.warpAffine(
        picture, forward, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255)
    )
    back = np.vstack([cv2.invertAffineTransform(forward), (0.0, 0.0, 1.0)])
    return np.asarray(turned, dtype=np.uint8), back
