"""Which way up a picture of text is."""

from __future__ import annotations

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from actionplan.extract.layout import Bools
from actionplan.extract.ocr.clean import Grey, paper_of, whiten
from actionplan.extract.ocr.settings import OcrSettings, UprightSettings

Boxes = NDArray[np.intp]


def quarter(ink: Bools, scale: float, settings: UprightSettings) -> int:
    """Return the clockwise turn (0, 90, 180, 270) that makes the text of a picture upright.

    Method: letters stand closest to others of their line, which tells its direction, whatever the
    slant. Along a line of Latin letters more of them end on one height at the bottom than at the
    top, where capitals and long letters stand out.

    Args:
        ink: (h, w) dark places.
        scale: pixels a point.
        settings: which spots are letters.
    """
    boxes = _letters(ink, scale, settings)
    if len(boxes) < settings.few:
        return 0
    one, other = _neighbours(boxes)
    middles = boxes[:, :2] + boxes[:, 2:] / 2
    apart = np.abs(middles[one] - middles[other])
    upright = int((apart[:, 1] > apart[:, 0]).sum())
    across = upright > settings.clear * len(one)
    if across:  # as if turned clockwise: lines that ran up the page run to the right
        x, y, width, height = boxes.T
        boxes = np.stack([-y - height, x, height, width], axis=1)
    beside = np.flatnonzero((apart[:, 0] > apart[:, 1]) != across)
    one, other = one[beside], other[beside]
    top = np.abs(boxes[one, 1] - boxes[other, 1])
    bottom = np.abs((boxes[one, 1] + boxes[one, 3]) - (boxes[other, 1] + boxes[other, 3]))
    same = max(1, round(settings.level * scale))
    tops, bottoms = int((top <= same).sum()), int((bottom <= same).sum())
    turned = 180 if tops > bottoms + settings.sure * len(one) else 0
    return (90 + turned) % 360 if across else turned


def _letters(ink: Bools, scale: float, settings: UprightSettings) -> Boxes:
    """(n, 4) x, y, width, height of spots as large as letters, at most `most`, evenly chosen."""
    import cv2

    _, _, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    sides = stats[1:, 2:4]
    longer, shorter = sides.max(axis=1), sides.min(axis=1)
    kept = (longer >= settings.small * scale) & (longer <= settings.tall * scale)
    kept &= shorter >= settings.thin * scale
    boxes = stats[1:][kept][:, :4].astype(np.intp)
    if len(boxes) > settings.most:  # a run of them: neighbours have to be among them
        first = (len(boxes) - settings.most) // 2
        boxes = boxes[np.argsort(boxes[:, 1], kind="stable")][first : first + settings.most]
    return np.asarray(boxes, dtype=np.intp)


def _neighbours(boxes: Boxes) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Each letter and the one whose middle is closest to its own."""
    middles = (boxes[:, :2] + boxes[:, 2:] / 2).astype(np.float32)
    apart = ((middles[:, None] - middles[None]) ** 2).sum(axis=2)
    np.fill_diagonal(apart, np.inf)
    return np.arange(len(boxes)), apart.argmin(axis=1)


def page_turn(page: pdfium.PdfPage, settings: OcrSettings | None = None) -> int:
    """Return the clockwise turn from a page's own space in which the text of its picture reads.

    Args:
        page: pdfium's page, without words of its own.
        settings: thresholds.
    """
    settings = settings or OcrSettings()
    upright = settings.upright
    width, height = page.get_size()
    scale = min(upright.dpi / 72, (upright.pixels / max(width * height, 1.0)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    grey: Grey = np.asarray(bitmap.to_numpy(), dtype=np.uint8)
    grey = grey.reshape(bitmap.height, bitmap.width)
    degrees = quarter(ink_of(grey, scale, settings), scale, upright)
    return (int(page.get_rotation()) + degrees) % 360


def ink_of(grey: Grey, scale: float, settings: OcrSettings) -> Bools:
    """Return the dark places of a picture at `scale` pixels a point."""
    white = whiten(grey, paper_of(grey, scale, settings.picture))
    return np.asarray(white < 255 - settings.picture.ink)
