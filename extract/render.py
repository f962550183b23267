"""Pictures of pages, upright, so that a box in points times the scale is a box in pixels."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2 as pdfium

from actionplan.extract.errors import UndrawableError
from actionplan.extract.ocr.upright import page_turn
from actionplan.extract.pdfium import load_bytes, open_document, text_page
from actionplan.extract.words import find_words, reading_turn

if TYPE_CHECKING:
    from PIL.Image import Image

_PIXELS = 150_000_000
"""Of the largest picture: a page of A0 has 32 million at 2 a point, one of A4 as many at 8."""


def render_page(
    source: Path | bytes, page: int, *, scale: float = 2.0, password: str | None = None
) -> Image:
    """Render a page.

    Args:
        source: a path, or the bytes of the file.
        page: page number, from 1.
        scale: pixels a point.
        password: user or owner password.

    Raises:
        ReadError: the document cannot be opened, or the page not drawn.
        IndexError: there is no such page.
    """
    document = open_document(load_bytes(source), password)
    try:
        if not 1 <= page <= len(document):
            raise IndexError(f"page {page} of {len(document)}")
        width, height = document.get_page_size(page - 1)
        if not width * height * scale**2 <= _PIXELS:
            raise UndrawableError(page, f"it is {width:.0f} by {height:.0f} points large")
        return _drawn(document[page - 1], scale)
    except (pdfium.PdfiumError, ValueError) as error:
        raise UndrawableError(page, str(error)) from error
    finally:
        document.close()


def _drawn(page: pdfium.PdfPage, scale: float) -> Image:
    shown = page.get_rotation()
    with text_page(page) as text:
        words = find_words(text)[0]
        turn = reading_turn(words, shown) if len(words.spans) else page_turn(page)
    picture: Image = page.render(scale=scale, rotation=(turn - shown) % 360).to_pil()
    return picture


def page_sizes(source: Path | bytes, *, password: str | None = None) -> list[tuple[float, float]]:
    """Return width and height of each page in points, as the file has them: not turned upright.

    No page is loaded for that, so hundreds take a few milliseconds.

    Raises:
        ReadError: the document cannot be opened.
    """
    document = open_document(load_bytes(source), password)
    try:
        return [document.get_page_size(index) for index in range(len(document))]
    finally:
        document.close()
