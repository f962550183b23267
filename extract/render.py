"""Pictures of pages, upright, so that a box in points times the scale is a box in pixels."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from actionplan.extract.ocr.upright import page_turn
from actionplan.extract.pdfium import load_bytes, open_document, text_page
from actionplan.extract.words import find_words, reading_turn

if TYPE_CHECKING:
    from PIL.Image import Image


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
        ReadError: the document cannot be opened.
        IndexError: there is no such page.
    """
    document = open_document(load_bytes(source), password)
    try:
        if not 1 <= page <= len(document):
            raise IndexError(f"page {page} of {len(document)}")
        handle = document[page - 1]
        shown = handle.get_rotation()
        with text_page(handle) as text:
            words = find_words(text)[0]
            turn = reading_turn(words, shown) if len(words.spans) else page_turn(handle)
        picture: Image = handle.render(scale=scale, rotation=(turn - shown) % 360).to_pil()
        return picture
    finally:
        document.close()


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
