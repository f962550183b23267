"""A grey picture to dark ink on white paper: uneven light, grey grounds, specks, black margins."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from actionplan.extract.ocr.settings import PictureSettings

Grey = NDArray[np.uint8]  # (h, w)
Picture = NDArray[np.uint8]  # (h, w) or (h, w, 3)
SMALLER = 4  # the paper's brightness changes slowly: it is measured on a smaller picture


def paper_of(picture: Picture, scale: float, settings: PictureSettings) -> Picture:
    """Return the ground at each place: the picture without what is written on it.

    Dark strokes thinner than the window are closed, so that shades stay as they are.

    Args:
        picture: (h, w) grey, or (h, w, 3) in colour.
        scale: pixels a point.
        settings: how wide a stroke may be.

    Returns:
        The same, `SMALLER` times smaller.
    """
    import cv2

    height, width = picture.shape[:2]
    size = max(width // SMALLER, 1), max(height // SMALLER, 1)
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    window = max(3, round(settings.paper_window * scale / SMALLER)) | 1
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((window, window), np.uint8))
    return np.asarray(cv2.blur(closed, (3, 3)), dtype=np.uint8)


def whiten(grey: Grey, paper: Grey) -> Grey:
    """Return the picture with its ground white, and what is written on it dark.

    Args:
        grey: (h, w) the picture.
        paper: its ground, of any size.
    """
    import cv2

    height, width = grey.shape
    ground = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, ground, scale=255.0), dtype=np.uint8)


def despeckle(white: Grey, settings: PictureSettings) -> Grey:
    """Take single specks away, if there are many: salt and pepper of a poor copy."""
    import cv2

    smooth = np.asarray(cv2.medianBlur(white, 3), dtype=np.uint8)
    specks = cv2.absdiff(white, smooth) > 2 * settings.ink
    return smooth if float(specks.mean()) > settings.specks else white


def without_margins(ink: NDArray[np.bool_], most: float = 0.12) -> NDArray[np.bool_]:
    """Return where ink is that hangs together with a black margin: the lid of the copier.

    Args:
        ink: (h, w) dark places.
        most: share of the page's width or height that a margin may take.
    """
    import cv2

    height, width = ink.shape
    solid = cv2.erode(ink.astype(np.uint8), np.ones((9, 9), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(solid, connectivity=8)
    found = np.zeros(ink.shape, dtype=bool)
    for k, (x, y, w, h, _) in enumerate(stats.tolist()):
        edge = x <= 4 or y <= 4 or x + w >= width - 4 or y + h >= height - 4
        if k and edge and (w <= most * width or h <= most * height):
            found |= labels == k
    return np.asarray(cv2.dilate(found.astype(np.uint8), np.ones((15, 15), np.uint8)) > 0)
