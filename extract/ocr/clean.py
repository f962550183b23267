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


def off_paper(ground: Grey, settings: PictureSettings) -> NDArray[np.bool_] | None:
    """Return what lies beside the sheet: a copier's open lid, a desk; None: the sheet fills all.

    The sheet is the hull of the largest bright part: shades and shadows inside it belong to it.

    Args:
        ground: (h, w) the ground of the picture.
        settings: how much darker the rest is.
    """
    import cv2

    limit = settings.beside * float(np.percentile(ground, 75))
    bright = cv2.morphologyEx(
        (ground >= limit).astype(np.uint8), cv2.MORPH_OPEN, np.ones((5, 5), np.uint8)
    )
    parts, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    large = [part for part in parts if cv2.contourArea(part) >= settings.part * ground.size]
    if not large:
        return None
    hull = cv2.convexHull(np.concatenate(large))
    sheet = cv2.fillConvexPoly(np.zeros(ground.shape, np.uint8), hull, 1)
    sheet = cv2.erode(sheet, np.ones((3, 3), np.uint8), borderValue=1)
    share = float(sheet.mean())
    return sheet == 0 if settings.sheet <= share < 0.999 else None
