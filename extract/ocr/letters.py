"""Recognised words to words of a page: line by line one baseline and one size of type.

Recognition gives the box of a word's ink, which ends at a different height in "some" and "types".
Words of a file have boxes as tall as their font, and the rest of the way relies on it. So the
baseline and the size are measured on all words of a line, by the letters that they hold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from actionplan.extract.layout import Words, box_array
from actionplan.extract.ocr.engine import Found
from actionplan.schemas.tables import Box

# Heights as shares of the size of type, in the fonts of offices (Arial, Calibri, Times).
_ASCENDER, _CAPITAL, _SMALL, _DESCENDER = 0.72, 0.68, 0.49, 0.21
_ABOVE, _BELOW = 0.78, 0.22  # of the size, that a word's box reaches above and below the baseline
_TALL = frozenset("bdfhklß")
_LOW = frozenset("gjpqy,;")
_MIDDLE = frozenset("acemnorsuvwxz")
_SAME_SIZE = 0.14  # share by which measured sizes of one text differ


@dataclass(frozen=True, slots=True)
class Printed:
    """A word on the page: its text, its ink's box in points, and how sure it is (0..1)."""

    text: str
    box: Box
    confidence: float
    line: int


def page_words(printed: Sequence[Printed]) -> tuple[Words, list[float]]:
    """Return words with the boxes and sizes that their lines have, and their confidence."""
    lines: dict[int, list[Printed]] = defaultdict(list)
    for word in printed:
        lines[word.line].append(word)
    measured = {k: _measure(words) for k, words in lines.items()}
    usual = _usual(measured, lines)
    boxes, sizes = [], []
    for word in printed:
        base, size = measured[word.line]
        size = usual.get(word.line, size)
        x0, y0, x1, y1 = word.box
        middle = (y0 + y1) / 2
        if not base - 1.2 * size < middle < base + 0.4 * size:  # a slanting line, a raised letter
            base = y1
        boxes.append((x0, base - _ABOVE * size, x1, base + _BELOW * size))
        sizes.append(size)
    count = len(printed)
    words = Words(
        text=[word.text for word in printed],
        boxes=box_array(boxes),
        size=np.array(sizes, dtype=np.float64),
        font=np.zeros(count, dtype=np.intp),
        fonts=["recognised"] if count else [],
        bold=np.zeros(count, dtype=bool),
        colour=np.zeros((count, 3), dtype=np.uint8),
        slanted=np.zeros(count, dtype=bool),
    )
    return words, [word.confidence for word in printed]


def _measure(words: Sequence[Printed]) -> tuple[float, float]:
    """Baseline and size of a line, points."""
    plain = [w.box[3] for w in words if w.text.isalnum() and not _LOW.intersection(w.text)]
    deep = [w for w in words if _LOW.intersection(w.text)]
    tall = max(w.box[3] - w.box[1] for w in words)
    base = (
        median(plain)
        if plain
        else median([w.box[3] - _DESCENDER * (w.box[3] - w.box[1]) for w in deep or words])
    )
    sizes = [
        (base - w.box[1]) / share for w in words if (share := _share(w.text)) and w.box[1] < base
    ]
    return base, max(median(sizes) if sizes else tall / _ASCENDER, 1.0)


def _share(text: str) -> float:
    """How high a word's ink reaches above the baseline, as a share of the size; 0: unknown."""
    if _TALL.intersection(text):
        return _ASCENDER
    if any(letter.isupper() or letter.isdigit() for letter in text):
        return _CAPITAL
    if len(text) > 1 and _MIDDLE.issuperset(text.rstrip(".,")):
        return _SMALL
    return 0.0


def _usual(
    measured: dict[int, tuple[float, float]], lines: dict[int, list[Printed]]
) -> dict[int, float]:
    """One size for lines whose measures differ by no more than measuring does."""
    out: dict[int, float] = {}
    weights = {k: sum(len(w.text) for w in words) for k, words in lines.items()}
    left = sorted(measured, key=lambda k: measured[k][1])
    while left:
        best = max(left, key=lambda k: weights[k])
        size = measured[best][1]
        same = [k for k in left if abs(measured[k][1] - size) <= _SAME_SIZE * size]
        typical = median([measured[k][1] for k in same for _ in range(min(weights[k], 50))])
        out.update(dict.fromkeys(same, round(2 * typical) / 2))
        left = [k for k in left if k not in set(same)]
    return out


def place(
    found: Sequence[Found], corners: Sequence[tuple[float, float]], scale: float
) -> list[Printed]:
    """Words of pictures cut from a page as words of the page.

    Args:
        found: as read.
        corners: left and upper end of each picture on the page, pixels.
        scale: pixels a point.
    """
    numbers: dict[tuple[int, tuple[int, int, int]], int] = {}
    out = []
    for word in found:
        x, y = corners[word.picture]
        x0, y0, x1, y1 = word.box
        line = numbers.setdefault((word.picture, word.line), len(numbers))
        box = ((x0 + x) / scale, (y0 + y) / scale, (x1 + x) / scale, (y1 + y) / scale)
        out.append(Printed(word.text, box, word.confidence, line))
    return out
