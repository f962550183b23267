"""Words that a page carries beside its text: line numbers in the margin, a large watermark."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from actionplan.extract.layout import Floats, Rules, Words
from actionplan.extract.page_settings import MarginSettings
from actionplan.extract.sight import Printed


def mark_margins(words: Words, printed: Printed, rules: Rules, settings: MarginSettings) -> None:
    """Mark line numbers and the letters of a large upright watermark as slanted, in place.

    Args:
        words: the words of a page.
        printed: their text objects.
        rules: the page's rules: numbers inside a table are no line numbers.
        settings: thresholds.
    """
    if not len(words):
        return
    large = words.size >= settings.large
    if large.any():
        words.slanted[_watermark(words, printed, np.flatnonzero(large), settings)] = True
    for outwards in (-words.boxes[:, 0], words.boxes[:, 2]):
        numbers = _outer_numbers(words, outwards, settings)
        if len(numbers) >= settings.numbers and _are_line_numbers(words, numbers, rules, settings):
            words.slanted[numbers] = True


def _watermark(
    words: Words, printed: Printed, large: NDArray[np.intp], settings: MarginSettings
) -> NDArray[np.intp]:
    """Which large words are pale or lie over the text?"""
    alpha = printed.colours[printed.of_word, 3]
    boxes, usual = words.boxes, float(np.median(words.size))
    others = words.size < settings.larger * usual
    x, y = (boxes[others, 0] + boxes[others, 2]) / 2, (boxes[others, 1] + boxes[others, 3]) / 2
    found = []
    for k in large.tolist():
        if words.size[k] < settings.larger * usual:
            continue
        pale = words.colour[k].min() >= settings.pale or alpha[k] < settings.opaque
        x0, y0, x1, y1 = boxes[k]
        under = int(((x > x0) & (x < x1) & (y > y0) & (y < y1)).sum())
        if under >= settings.under or (pale and under):
            found.append(k)
    if found:  # the mark's other letters, drawn one by one, may lie over nothing
        same = words.size[large] == words.size[found[0]]
        same &= (words.colour[large] == words.colour[found[0]]).all(axis=1)
        return np.asarray(large[same], dtype=np.intp)
    return large[:0]


def _outer_numbers(words: Words, outwards: Floats, settings: MarginSettings) -> NDArray[np.intp]:
    """Numbers further out than all other words.

    Args:
        words: the words.
        outwards: (n,) how far out each word ends, on the side looked at.
        settings: how wide their column may be.
    """
    if not _is_number(words.text[int(outwards.argmax())]):
        return np.zeros(0, dtype=np.intp)
    order = np.argsort(-outwards, kind="stable")
    numbers = order[: _leading_numbers(words, order)]
    near = outwards[numbers] > outwards[order[0]] - settings.column
    return np.asarray(numbers[near], dtype=np.intp)


def _leading_numbers(words: Words, order: NDArray[np.intp]) -> int:
    for count, i in enumerate(order.tolist()):
        if not _is_number(words.text[i]):
            return count
    return len(order)


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) <= 4


def _are_line_numbers(
    words: Words, numbers: NDArray[np.intp], rules: Rules, settings: MarginSettings
) -> bool:
    """Do the numbers go up by one step, evenly, outside all rules and apart from the text?"""
    boxes = words.boxes
    numbers = numbers[np.argsort(boxes[numbers, 1], kind="stable")]
    values = np.array([int(words.text[i]) for i in numbers.tolist()])
    steps, pitch = np.diff(values), np.diff(boxes[numbers, 1])
    if len(set(steps.tolist())) != 1 or steps[0] < 1 or pitch.min() <= 0:
        return False
    rest = np.setdiff1d(np.arange(len(words)), numbers)
    rest = rest[~words.slanted[rest]]
    x0, x1 = boxes[numbers, 0].min(), boxes[numbers, 2].max()
    apart = (boxes[rest, 0] >= x1) | (boxes[rest, 2] <= x0)
    if not len(rest) or not apart.all():
        return False
    middle = (x0 + x1) / 2
    lines = rules.horizontal
    if ((lines[:, 1] < middle) & (lines[:, 2] > middle)).any():
        return False
    if np.ptp(pitch) <= settings.even and values[0] == steps[0] > 1:
        return True
    if np.ptp(pitch) <= settings.even:
        return len(numbers) >= settings.even_numbers
    top, bottom = boxes[numbers[0], 1] - settings.even, boxes[numbers[-1], 3]
    inside = (boxes[rest, 1] >= top) & (boxes[rest, 1] <= bottom)
    tops = np.sort(boxes[rest[inside], 1])
    printed = 1 + int((np.diff(tops) > settings.even).sum()) if len(tops) else 0
    counted = values[-1] - values[0] + 1
    return bool(settings.least * counted <= printed <= settings.most * counted)
