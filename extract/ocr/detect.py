"""Which pages are pictures whose words have to be recognised."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from actionplan.extract.layout import Bools, PageLayout, Words
from actionplan.extract.ocr.clean import paper_of, whiten
from actionplan.extract.ocr.settings import DetectSettings, OcrSettings
from actionplan.extract.read import GARBLED
from actionplan.extract.wordlists import dictionary
from actionplan.schemas.tables import OcrMode


def needs_reading(
    layout: PageLayout,
    page: Callable[[], AbstractContextManager[pdfium.PdfPage]],
    mode: OcrMode,
    settings: OcrSettings,
) -> bool:
    """Do the words of a page have to be recognised in its picture?

    A page with words of its own and no picture under them is settled without being drawn.

    Args:
        layout: the page as it was read.
        page: opens pdfium's page, to draw it small where its picture has to tell.
        mode: what the user asked for.
        settings: thresholds.
    """
    if mode == "always" or any(code == GARBLED for code, _ in layout.notes):
        return True
    own = _own(layout)
    signs = _are_signs(layout, own, settings.detect)
    if not signs and own.any() and _pictured(layout) < settings.detect.pictured:
        return False
    if not signs and (own & _over_pictures(layout)).sum() >= settings.detect.enough:
        return False
    with page() as opened:
        ink = _ink(opened, layout, settings)
    free = ink if signs else _without(ink, layout, own)
    if _letters(free, settings.detect) < settings.detect.letters:
        return False
    veiled = layout.veiled
    return veiled is None or not _is_good(layout, veiled, free, settings.detect)


def _are_signs(layout: PageLayout, own: Bools, settings: DetectSettings) -> bool:
    """Are the page's words made of signs instead of letters, as where a font has no map?"""
    if own.sum() < settings.some:
        return False
    words = [layout.words.text[k] for k in np.flatnonzero(own).tolist()]
    plain = sum(any(map(str.isalnum, word)) for word in words)
    return plain < settings.plain * len(words)


def own_words(layout: PageLayout, mode: OcrMode, settings: DetectSettings) -> Words | None:
    """Return the words of a scanned page that the file itself shows on it, such as a stamp's.

    Args:
        layout: the page as the file has it.
        mode: what the user asked for: ``always`` trusts no word of the file.
        settings: when words are signs without meaning.
    """
    own = _own(layout) & ~layout.words.slanted
    garbled = any(code == GARBLED for code, _ in layout.notes)
    if mode == "always" or garbled or not own.any() or _are_signs(layout, own, settings):
        return None
    return layout.words.take(np.flatnonzero(own))


def _own(layout: PageLayout) -> Bools:
    """Words that the file itself shows, not those under a picture."""
    own = np.ones(len(layout.words), dtype=bool)
    for hidden in (layout.veiled, layout.words.hidden):
        if hidden is not None:
            own &= ~hidden
    return own


def _pictured(layout: PageLayout) -> float:
    """Share of the page under images; pieces of one picture lie side by side."""
    x0, y0, x1, y1 = np.clip(
        layout.images, 0, [layout.width, layout.height, layout.width, layout.height]
    ).T
    return float(((x1 - x0) * (y1 - y0)).sum() / max(layout.width * layout.height, 1.0))


def _over_pictures(layout: PageLayout) -> Bools:
    """Which words stand on an image."""
    boxes = layout.words.boxes
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    out = np.zeros(len(boxes), dtype=bool)
    for x0, y0, x1, y1 in layout.images.tolist():
        out |= (x > x0) & (x < x1) & (y > y0) & (y < y1)
    return out


def _ink(page: pdfium.PdfPage, layout: PageLayout, settings: OcrSettings) -> Bools:
    """The page's dark places, drawn small and upright as in its layout."""
    scale = settings.detect.dpi / 72
    limit = (settings.detect.pixels / max(layout.width * layout.height, 1.0)) ** 0.5
    bitmap = page.render(
        scale=min(scale, limit), rotation=(layout.turn - page.get_rotation()) % 360, grayscale=True
    )
    grey = np.asarray(bitmap.to_numpy(), dtype=np.uint8).reshape(bitmap.height, bitmap.width)
    white = whiten(grey, paper_of(grey, scale, settings.picture))
    return np.asarray(white < 255 - settings.picture.ink)


def _without(ink: Bools, layout: PageLayout, words: Bools) -> Bools:
    """The ink but for that of some words."""
    out = ink.copy()
    scale = ink.shape[1] / max(layout.width, 1.0)
    for x0, y0, x1, y1 in (layout.words.boxes[words] * scale).round().astype(int).tolist():
        out[max(y0 - 1, 0) : y1 + 1, max(x0 - 1, 0) : x1 + 1] = False
    return out


def _boxes_of_letters(
    ink: Bools, settings: DetectSettings
) -> np.ndarray[tuple[int, int], np.dtype[np.intp]]:
    """(n, 4) x, y, width, height of what is as large as a letter or a short word."""
    import cv2

    _, _, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    scale = settings.dpi / 72
    width, height = stats[:, 2], stats[:, 3]
    low, high = settings.small * scale, settings.tall * scale
    kept = (height >= low) & (height <= high) & (width >= low / 2) & (width <= 8 * high)
    return np.asarray(stats[kept][:, :4], dtype=np.intp)


def _letters(ink: Bools, settings: DetectSettings) -> int:
    """How many spots of ink stand in rows as letters do, level or upright, whatever the slant."""
    boxes = _boxes_of_letters(ink, settings)[: settings.most]
    if not len(boxes):
        return 0
    x, y, width, height = boxes.T
    level = _in_rows(x, y + height, width, height, settings)
    upright = _in_rows(y, x + width, height, width, settings)
    return max(level, upright)


def _in_rows(
    start: NDArray[np.intp],
    foot: NDArray[np.intp],
    length: NDArray[np.intp],
    height: NDArray[np.intp],
    settings: DetectSettings,
) -> int:
    """How many letters stand with two others of their size close beside them, at one height.

    Letters that touch one another count by their length.
    """
    size = np.maximum(height[:, None], height[None])
    alike = size <= 2.5 * np.minimum(height[:, None], height[None])
    gap = np.maximum(start[:, None], start[None]) - np.minimum(
        (start + length)[:, None], (start + length)[None]
    )
    level = np.abs(foot[:, None] - foot[None]) <= settings.level * size
    letters = np.maximum(length / height, 1.0)
    beside = (alike & (gap <= settings.reach * size) & level) @ letters
    return int(letters[beside >= 3].sum())


def _is_good(layout: PageLayout, veiled: Bools, ink: Bools, settings: DetectSettings) -> bool:
    """Is the text under a picture what the picture shows?

    Its words must be words, stand on ink, and leave no ink without a word.
    """
    text = [layout.words.text[k] for k in np.flatnonzero(veiled).tolist()]
    letters = [word.strip(".,;:()'\"‘’“”").casefold() for word in text]
    letters = [word for word in letters if word.isalpha() and len(word) >= settings.word]
    known = dictionary()
    if not letters or sum(w in known for w in letters) < settings.known * len(letters):
        return False
    spots = _boxes_of_letters(ink, settings)
    left = _boxes_of_letters(_without(ink, layout, veiled), settings)
    return len(left) <= (1 - settings.covered) * max(len(spots), 1)
