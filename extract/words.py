"""Words of a page, from pdfium's text page: one call for the text, two a word for its box."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2.raw as raw

from actionplan.extract.glyphs import WORD, clean_word
from actionplan.extract.layout import Floats, Words
from actionplan.extract.pdfium import FontTable, fill_colour, page_text


@dataclass(slots=True)
class RawWords:
    """Words in the page's own space (y up), with the character range of each.

    Attributes:
        spans: first and last character index of each word.
        first: (n, 4) loose box of the first character: left, bottom, right, top.
        last: (n, 4) the same for the last one.
    """

    text: list[str]
    spans: list[tuple[int, int]]
    first: Floats
    last: Floats


def find_words(handle: Any) -> RawWords:
    """Split the text of a pdfium text page into words with the boxes of their end characters."""
    content, count = page_text(handle)
    mapped = len(content) == count
    text: list[str] = []
    spans: list[tuple[int, int]] = []
    for match in WORD.finditer(content):
        word = clean_word(match.group())
        if not word:
            continue
        start, stop = match.span()
        if not mapped:
            start = raw.FPDFText_GetCharIndexFromTextIndex(handle, start)
            stop = raw.FPDFText_GetCharIndexFromTextIndex(handle, stop - 1) + 1
            if start < 0 or stop <= start:
                continue
        text.append(word)
        spans.append((start, stop - 1))
    first = _boxes(handle, [span[0] for span in spans])
    last = _boxes(handle, [span[1] for span in spans])
    return RawWords(text, spans, first, last)


def _boxes(handle: Any, indices: list[int]) -> Floats:
    out = np.empty((len(indices), 4))
    rect = raw.FS_RECTF()
    reference = ctypes.byref(rect)
    get = raw.FPDFText_GetLooseCharBox
    rows = []
    for index in indices:
        get(handle, index, reference)
        rows.append((rect.left, rect.bottom, rect.right, rect.top))
    if rows:
        out[:] = rows
    return out


def cut_at_rules(handle: Any, words: RawWords, verticals: Floats, gap: float) -> RawWords:
    """Cut words through which a vertical rule runs in a gap between two characters.

    Args:
        handle: pdfium text page.
        words: the words found.
        verticals: (m, 3) x, y0, y1 in the page's own space (y up).
        gap: least gap, as a share of the font height, that a rule must run in.
    """
    if not len(words.text) or not len(verticals):
        return words
    left, right = words.first[:, 0], words.last[:, 2]
    middle = (words.first[:, 1] + words.first[:, 3]) / 2
    suspects: dict[int, list[float]] = {}
    for x, low, high in verticals:
        for i in np.flatnonzero(
            (left + 1 < x) & (right - 1 > x) & (middle > low) & (middle < high)
        ):
            suspects.setdefault(int(i), []).append(float(x))
    return _cut(handle, words, suspects, gap) if suspects else words


def _cut(handle: Any, words: RawWords, cuts: dict[int, list[float]], gap: float) -> RawWords:
    text: list[str] = []
    spans: list[tuple[int, int]] = []
    for i, (word, (start, stop)) in enumerate(zip(words.text, words.spans, strict=True)):
        pieces = [(start, stop)]
        if i in cuts and len(word) == stop - start + 1:
            pieces = _pieces(handle, start, stop, cuts[i], gap)
        for a, b in pieces:
            text.append(word[a - start : b - start + 1] if len(pieces) > 1 else word)
            spans.append((a, b))
    if len(text) == len(words.text):
        return words
    first = _boxes(handle, [span[0] for span in spans])
    return RawWords(text, spans, first, _boxes(handle, [span[1] for span in spans]))


def _pieces(
    handle: Any, start: int, stop: int, xs: list[float], gap: float
) -> list[tuple[int, int]]:
    boxes = _boxes(handle, list(range(start, stop + 1)))
    pieces, begin = [], start
    for k in range(len(boxes) - 1):
        low, high = boxes[k, 2], boxes[k + 1, 0]
        wide = high - low >= gap * (boxes[k, 3] - boxes[k, 1])
        if wide and any(low - 0.5 <= x <= high + 0.5 for x in xs):
            pieces.append((begin, start + k))
            begin = start + k + 1
    return [*pieces, (begin, stop)]


def reading_turn(words: RawWords, fallback: int) -> int:
    """Return the clockwise turn (0, 90, 180, 270) that makes most words read upright.

    Args:
        words: words in the page's own space.
        fallback: the turn of a page without words of several characters.
    """
    several = np.array([stop > start for start, stop in words.spans], dtype=bool)
    if not several.any():
        return fallback
    delta = (words.last[:, :2] - words.first[:, :2])[several]
    flat = np.abs(delta[:, 0]) >= np.abs(delta[:, 1])
    votes = {
        0: int((flat & (delta[:, 0] > 0)).sum()),
        180: int((flat & (delta[:, 0] < 0)).sum()),
        90: int((~flat & (delta[:, 1] > 0)).sum()),
        270: int((~flat & (delta[:, 1] < 0)).sum()),
    }
    return max(votes, key=lambda turn: votes[turn])


def describe_words(handle: Any, words: RawWords, boxes: Floats, turn: int) -> Words:
    """Add font, size, weight, colour and slant to the words.

    Args:
        handle: pdfium text page.
        words: the words found.
        boxes: (n, 4) their boxes in the upright page.
        turn: the page's turn.
    """
    fonts = FontTable()
    cache: dict[int, tuple[int, float, tuple[int, int, int], bool]] = {}
    rows = []
    for start, _ in words.spans:
        item = raw.FPDFText_GetTextObject(handle, start)
        address = ctypes.cast(item, ctypes.c_void_p).value or 0
        known = cache.get(address)
        if known is None:
            known = cache[address] = (
                _describe(item, fonts, turn)
                if address
                else (fonts.index(None), 0.0, (0, 0, 0), False)
            )
        rows.append(known)
    index = np.array([row[0] for row in rows], dtype=np.intp)
    bold = np.array(fonts.bold, dtype=bool)
    return Words(
        text=words.text,
        boxes=boxes,
        size=np.array([row[1] for row in rows], dtype=np.float64),
        font=index,
        fonts=fonts.names,
        bold=bold[index] if len(rows) else np.zeros(0, dtype=bool),
        colour=np.array([row[2] for row in rows], dtype=np.uint8).reshape(-1, 3),
        slanted=np.array([row[3] for row in rows], dtype=bool),
    )


def _describe(
    item: Any, fonts: FontTable, turn: int
) -> tuple[int, float, tuple[int, int, int], bool]:
    size = ctypes.c_float()
    raw.FPDFTextObj_GetFontSize(item, size)
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, matrix)
    scale = (matrix.c * matrix.c + matrix.d * matrix.d) ** 0.5
    # The baseline's direction, turned upright, should point to the right.
    along, across = matrix.a, matrix.b
    if turn in (90, 270):
        along, across = (across, along) if turn == 90 else (-across, along)
    elif turn == 180:
        along = -along
    slanted = abs(across) > 0.1 * abs(along) or along < 0
    return fonts.index(item), size.value * scale, fill_colour(item) or (0, 0, 0), slanted
