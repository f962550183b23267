"""Pictures of pages: upright, and a word's box holds its ink."""

from __future__ import annotations

import io

import numpy as np
import pytest
from reportlab.pdfgen.canvas import Canvas

from actionplan.extract import ReadError
from actionplan.extract.pdfium import load_bytes, open_document
from actionplan.extract.read import read_pages
from actionplan.extract.render import render_page
from tests.extract.pages import ROOT

SAMPLE = ROOT / "samples" / "skelmarsh-one-page.pdf"
WIDTH, HEIGHT = 500, 300


def turned(content: int, rotate: int, crop: tuple[float, ...] | None = None) -> bytes:
    """A page whose content is turned by `content` degrees and which is shown by `rotate`."""
    out = io.BytesIO()
    sideways = content in (90, 270)
    size = (HEIGHT, WIDTH) if sideways else (WIDTH, HEIGHT)
    # reportlab takes the size as shown, and swaps it for a page that is shown sideways.
    canvas = Canvas(out, pagesize=size[::-1] if rotate in (90, 270) else size, cropBox=crop)
    canvas.setPageRotation(rotate)
    moves = {0: (0, 0), 90: (HEIGHT, 0), 180: (WIDTH, HEIGHT), 270: (0, WIDTH)}
    canvas.translate(*moves[content])
    canvas.rotate(content)
    canvas.setFont("Helvetica", 12)
    canvas.drawString(40, 250, "Recommendation number one")
    canvas.drawString(300, 60, "Lead officer")
    canvas.save()
    return out.getvalue()


def _ink(data: bytes, scale: float = 2.0) -> list[float]:
    """Share of dark pixels in each word's box, and at last on the page outside of them."""
    picture = np.asarray(render_page(data, 1, scale=scale).convert("L"))
    document = open_document(load_bytes(data))
    ((_, layout),) = read_pages(document)
    document.close()
    assert layout is not None
    assert picture.shape == (round(layout.height * scale), round(layout.width * scale))
    dark = picture < 128
    shares = []
    for x0, y0, x1, y1 in (layout.words.boxes * scale).round().astype(int).tolist():
        shares.append(float(dark[y0:y1, x0:x1].mean()))
        dark[y0 - 1 : y1 + 1, x0 - 1 : x1 + 1] = False
    return [*shares, float(dark.mean())]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("content", [0, 90, 180, 270])
def test_ink_is_where_the_words_are(content: int, rotate: int) -> None:
    *words, outside = _ink(turned(content, rotate))
    assert len(words) == 5
    assert min(words) > 0.05
    assert outside == 0


def test_a_cropped_page_shows_its_visible_box() -> None:
    *words, outside = _ink(turned(0, 0, crop=(20, 30, 460, 290)))
    assert len(words) == 5
    assert min(words) > 0.05
    assert outside == 0


def test_the_scale_is_pixels_a_point() -> None:
    once, thrice = (render_page(SAMPLE, 1, scale=scale).size for scale in (1, 3))
    assert thrice == pytest.approx([3 * side for side in once], abs=3)


@pytest.mark.parametrize("page", [0, -1, 2])
def test_there_is_no_such_page(page: int) -> None:
    with pytest.raises(IndexError):
        render_page(SAMPLE, page)


def test_what_cannot_be_opened_cannot_be_shown() -> None:
    with pytest.raises(ReadError):
        render_page(b"", 1)
