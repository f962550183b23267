"""The picture of a page: at which resolution, and which way up."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from actionplan.extract.ocr.clean import Picture
from actionplan.extract.ocr.settings import OcrSettings, PictureSettings
from actionplan.extract.ocr.upright import ink_of, page_turn, quarter

_POINTS = 72.0


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as it is shown.

    Attributes:
        pixels: (h, w, 3) colours.
        scale: pixels a point.
        size: width and height of the page, points.
        turn: clockwise turn in degrees from the page's own space.
        quarter: clockwise turn that its text needs besides, to be upright.
    """

    pixels: Picture
    scale: float
    size: tuple[float, float]
    turn: int
    quarter: int = 0


class TooLargeError(Exception):
    """An image of the page has more pixels than are looked at."""


def draw_page(page: pdfium.PdfPage, turn: int | None, settings: OcrSettings) -> PagePicture:
    """Draw a page for recognition, and see which way up its text is.

    Args:
        page: pdfium's page.
        turn: clockwise turn in degrees from the page's own space to how it shall be shown; None:
            so that the text of its picture is upright.
        settings: resolutions.

    Raises:
        TooLargeError: an image of it is too large to be drawn.
    """
    scale = _dpi(page, settings.picture) / _POINTS
    picture = _drawn(page, scale, int(page.get_rotation()) if turn is None else turn)
    degrees = _quarter(picture, settings)
    if degrees and turn is None:  # shown as `render_page` shows it
        picture = _drawn(page, scale, page_turn(page, settings))
        degrees = _quarter(picture, settings)
    return replace(picture, quarter=degrees)


def _drawn(page: pdfium.PdfPage, scale: float, turn: int) -> PagePicture:
    shown = page.get_rotation()
    bitmap = page.render(scale=scale, rotation=(turn - shown) % 360)
    pixels = np.ascontiguousarray(bitmap.to_numpy()[:, :, 2::-1], dtype=np.uint8)
    width, height = page.get_size()
    if (turn - shown) % 180:
        width, height = height, width
    return PagePicture(pixels, pixels.shape[1] / width, (width, height), turn)


def _quarter(picture: PagePicture, settings: OcrSettings) -> int:
    """The turn that a picture's text needs, seen on a smaller one."""
    import cv2

    factor = min(1.0, settings.upright.dpi / _POINTS / picture.scale)
    grey = np.asarray(cv2.cvtColor(picture.pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    if factor < 1:
        small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        grey = np.asarray(small, dtype=np.uint8)
    return quarter(
        ink_of(grey, picture.scale * factor, settings), picture.scale * factor, settings.upright
    )


def _dpi(page: pdfium.PdfPage, settings: PictureSettings) -> float:
    """Resolution at which the page's largest image keeps its own pixels, within bounds."""
    width, height = page.get_size()
    best, dpi = 0.0, settings.usual_dpi
    for item in page.get_objects([raw.FPDF_PAGEOBJ_IMAGE], max_depth=8):
        across, down = item.get_px_size()
        if across * down > settings.max_source:
            raise TooLargeError(f"{across} × {down} pixels")
        left, bottom, right, top = item.get_bounds()
        area = (right - left) * (top - bottom)
        if area > best and area > 0.25 * width * height:
            best = area
            dpi = _POINTS * (across * down / area) ** 0.5
    dpi = min(max(dpi, settings.least_dpi), settings.most_dpi)
    most = _POINTS * (settings.max_pixels / max(width * height, 1.0)) ** 0.5
    return float(min(dpi, most))
