"""Words of a page, from pdfium's text page: one call for the text, two a word for its box."""

from __future__ import annotations

import ctypes
import re

import numpy as np
import pypdfium2.raw as raw
from numpy.typing import NDArray

from actionplan.extract.calls import (
    Address,
    char_boxes,
    fill_colours,
    font_sizes,
    object_matrices,
    render_modes,
    text_objects,
)
from actionplan.extract.glyphs import WORD, clean_word, is_clean
from actionplan.extract.layout import Bools, Floats, Words
from actionplan.extract.pdfium import FontTable, page_text
from actionplan.extract.rawwords import RawWords, parted, with_boxes
from actionplan.extract.settings import ReaderSettings
from actionplan.extract.sight import Printed
from actionplan.extract.turns import Turn

_SLANT_DEGREES = 6  # a text matrix turned by more than this against the page's other text
_FILL_AND_STROKE = 2
_TALL = 1.6  # times the page's median size
_LIST_ENDS = ".)]•▪●◦‣·"
_LIST_NUMBER = re.compile(r"[(\[]?(?:\w{1,4}[.)\]])+\w|[•▪●◦‣·]\w")


def find_words(handle: Address, most: int | None = None) -> tuple[RawWords, bool]:
    """Split the text of a pdfium text page into words with the boxes of their end characters.

    Args:
        handle: pdfium text page.
        most: words to read at most; the rest is left out.

    Returns:
        The words, and whether they are all.
    """
    content, count = page_text(handle)
    spans = [match.span() for match in WORD.finditer(content)]
    text = [content[start:stop] for start, stop in spans]
    if not is_clean(content):
        cleaned = [(clean_word(word), span) for word, span in zip(text, spans, strict=True)]
        text = [word for word, _ in cleaned if word]
        spans = [span for word, span in cleaned if word]
    if len(content) == count:
        ends = [(start, stop - 1) for start, stop in spans]
    else:
        ends = _char_indices(handle, spans)
    if most is not None and len(text) > most:
        return with_boxes(handle, text[:most], ends[:most]), False
    return with_boxes(handle, text, ends), True


def _char_indices(handle: Address, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """First and last character of each word, where some characters have no place in the text.

    Without an index for it, a word keeps the place of the character before: none is lost.
    """
    page = ctypes.cast(handle, raw.FPDF_TEXTPAGE)
    index = raw.FPDFText_GetCharIndexFromTextIndex
    starts = [max(index(page, start), 0) for start, _ in spans]
    return [
        (first, max(index(page, stop - 1), first))
        for first, (_, stop) in zip(starts, spans, strict=True)
    ]


def cut_words(
    handle: Address,
    words: RawWords,
    boxes: Floats,
    turn: Turn,
    verticals: Floats,
    settings: ReaderSettings,
) -> tuple[RawWords, Floats]:
    """Cut what pdfium took for one word and is two: across a rule, or behind a list number.

    Args:
        handle: pdfium text page.
        words: the words found.
        boxes: (n, 4) their boxes in the upright page.
        turn: the page's turn.
        verticals: (m, 4) vertical rules of the upright page.
        settings: least gaps, as shares of the font height.

    Returns:
        The words, and their (n, 4) boxes in the upright page.
    """
    suspects = _between_objects(handle, words) | _across_rules(boxes, verticals)
    if not suspects:
        return words, boxes
    cut: dict[int, list[tuple[int, int]]] = {}
    for i in suspects:
        word, (start, stop) = words.text[i], words.spans[i]
        if len(word) == stop - start + 1:
            chars = turn.boxes(char_boxes(handle, list(range(start, stop + 1))))
            crossed = verticals[(verticals[:, 1] < chars[0, 3]) & (verticals[:, 2] > chars[0, 1])]
            pieces = _pieces(word, start, chars, crossed[:, 0].tolist(), settings)
            if len(pieces) > 1:
                cut[i] = pieces
    if not cut:
        return words, boxes
    words = parted(handle, words, cut)
    return words, turn.boxes(words.extent)


def _between_objects(handle: Address, words: RawWords) -> set[int]:
    """List numbers with their text, drawn by two text objects with a narrow tab between."""
    marked = ((i, word) for i, word in enumerate(words.text) if not word.isalpha())
    glued = [i for i, word in marked if _LIST_NUMBER.match(word)]
    last = text_objects(handle, [words.spans[i][1] for i in glued])
    return {i for i, item in zip(glued, last, strict=True) if words.objects[i] != item}


def _across_rules(boxes: Floats, verticals: Floats) -> set[int]:
    """Words through which a vertical rule runs."""
    places = np.sort(verticals[:, 0])
    low, high = boxes[:, 0] + 1, boxes[:, 2] - 1
    # Most words have no rule above or below them either.
    near = np.flatnonzero(places.searchsorted(low, "right") < places.searchsorted(high))
    if not len(near):
        return set()
    middle = (boxes[near, 1] + boxes[near, 3]) / 2
    x, top, bottom = (verticals[:, k, None] for k in range(3))
    crossed = (low[near] < x) & (high[near] > x) & (middle > top) & (middle < bottom)
    return set(near[crossed.any(axis=0)].tolist())


def _pieces(
    word: str, start: int, boxes: Floats, rules: list[float], settings: ReaderSettings
) -> list[tuple[int, int]]:
    """First and last character of each piece, by the upright boxes of the characters."""
    pieces, begin = [], start
    for k in range(len(boxes) - 1):
        low, high = boxes[k, 2], boxes[k + 1, 0]
        gap = (high - low) / max(boxes[k, 3] - boxes[k, 1], 1.0)
        ruled = any(low - 0.5 <= x <= high + 0.5 for x in rules)
        listed = word[k] in _LIST_ENDS and gap >= settings.list_gap
        if listed or (ruled and gap >= settings.ruled_gap):
            pieces.append((begin, start + k))
            begin = start + k + 1
    return [*pieces, (begin, start + len(word) - 1)]


def reading_turn(words: RawWords, fallback: int) -> int:
    """Return the clockwise turn (0, 90, 180, 270) that makes most words read upright.

    Args:
        words: words in the page's own space.
        fallback: the turn of a page without words of several characters.
    """
    delta = words.last[:, :2] - words.first[:, :2]
    if 2 * int((delta[:, 0] > np.abs(delta[:, 1])).sum()) > len(delta):
        return 0  # more than half of all words, single letters among them
    several = np.array([stop > start for start, stop in words.spans], dtype=bool)
    if not several.any():
        return fallback
    delta = delta[several]
    flat = np.abs(delta[:, 0]) >= np.abs(delta[:, 1])
    votes = {
        0: int((flat & (delta[:, 0] > 0)).sum()),
        180: int((flat & (delta[:, 0] < 0)).sum()),
        90: int((~flat & (delta[:, 1] > 0)).sum()),
        270: int((~flat & (delta[:, 1] < 0)).sum()),
    }
    return max(votes, key=lambda turn: votes[turn])


def describe_words(words: RawWords, boxes: Floats, turn: Turn) -> tuple[Words, Printed]:
    """Add font, size, weight, colour and slant to the words.

    Args:
        words: the words found.
        boxes: (n, 4) their boxes in the upright page.
        turn: the page's turn.

    Returns:
        The words, and the text objects behind them.
    """
    row: dict[Address, int] = {}
    of_word = np.array([row.setdefault(item, len(row)) for item in words.objects], dtype=np.intp)
    objects = list(row)
    fonts = FontTable()
    font = np.array([fonts.index(item) for item in objects], dtype=np.intp)
    matrices = object_matrices(objects)
    size = font_sizes(objects) * np.hypot(matrices[:, 2], matrices[:, 3])
    modes, colours = render_modes(objects), fill_colours(objects)
    # Filled and stroked at once: how a program makes bold what its font has not.
    bold = np.array(fonts.bold, dtype=bool)[font] | (modes == _FILL_AND_STROKE)
    slanted, turned = _slanted(words, turn, matrices[of_word])
    if turned is not None:  # a large word across the page is no heading of a narrow column
        turned[size[of_word] > _TALL * np.median(size[of_word])] = 0
    described = Words(
        text=words.text,
        boxes=boxes,
        size=size[of_word],
        font=font[of_word],
        fonts=fonts.names,
        bold=bold[of_word],
        colour=colours[of_word, :3].astype(np.uint8),
        slanted=slanted,
        turned=turned,
    )
    return described, Printed(objects, of_word, colours, modes, matrices, size)


def _slanted(
    words: RawWords, turn: Turn, matrices: Floats
) -> tuple[Bools, NDArray[np.intp] | None]:
    """Words that do not run in the page's reading direction: a watermark's letters, and the rest.

    The ends of a word tell its direction; of a single letter, and where a raised letter ends a
    word, the text matrix does. A matrix alone says little: a form may turn all that it holds.

    Args:
        words: the words.
        turn: the page's turn.
        matrices: (n, 6) text matrix of each word's object.

    Returns:
        A flag for each word; and its quarter turn where it is turned by one, None if none is.
    """
    left, bottom, right, top = (words.last - words.first).T
    along = {0: left, 90: bottom, 180: -left, 270: -bottom}[turn.degrees]
    # Boxes share the ascent's side or the baseline's: a bracket reaches down, a capital up.
    sides = (left, right) if turn.degrees in (90, 270) else (bottom, top)
    across = np.minimum(np.abs(sides[0]), np.abs(sides[1]))
    steep = (across > 0.5 * np.abs(along)) | (along < 0)
    slight = across > 0.1 * np.abs(along)
    a, b = matrices[:, 0], matrices[:, 1]
    if not slight.any() and not b.any() and (a > 0).all():
        return np.zeros(len(slight), dtype=bool), None
    angles = np.degrees(np.arctan2(b, a)).round().astype(int) % 360
    common = np.bincount(angles).argmax() if len(angles) else 0
    turned = np.abs((angles - common + 180) % 360 - 180) > _SLANT_DEGREES
    several = np.array([stop > start for start, stop in words.spans], dtype=bool)
    slanted = np.where(several, steep | (slight & turned), turned)
    off = (angles - common) % 360
    # Counter-clockwise by a quarter in the page: clockwise by one to make it upright.
    quarter = np.select([off == 90, off == 270], [90, 270], 0)
    quarter[several & (np.abs(across) < 2 * np.abs(along))] = 0
    return np.asarray(slanted, dtype=bool), quarter if quarter.any() else None
