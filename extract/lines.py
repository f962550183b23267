"""Words to printed lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from statistics import mode

import numpy as np

from actionplan.extract.layout import PageLayout, Words
from actionplan.schemas.tables import Line


@dataclass(slots=True)
class WordTable:
    """A page's words as plain lists: quicker than array items in loops over single words.

    Attributes:
        order: word indices from top to bottom, then left to right.
        turned: quarter turns of the words, as in `Words`; None: none is turned.
    """

    page: int
    text: list[str]
    boxes: list[list[float]]
    size: list[float]
    bold: list[bool]
    any_bold: bool
    colour: list[list[int]]
    order: list[int]
    turned: list[int] | None = None


def word_table(layout: PageLayout) -> WordTable:
    """Unpack the words of a page."""
    words: Words = layout.words
    order = np.lexsort((words.boxes[:, 0], words.boxes[:, 1])) if len(words) else np.zeros(0, int)
    return WordTable(
        page=layout.page,
        text=words.text,
        boxes=words.boxes.tolist(),
        size=words.size.tolist(),
        bold=words.bold.tolist(),
        any_bold=bool(words.bold.any()),
        colour=words.colour.tolist(),
        order=order.tolist(),
        turned=None if words.turned is None else words.turned.tolist(),
    )


def build_lines(table: WordTable, indices: Iterable[int]) -> list[Line]:
    """Group words into lines, top to bottom.

    Args:
        table: the page's words.
        indices: the words to group, sorted as in `table.order`.

    Returns:
        The upright lines, then those that stand across them, in reading order.
    """
    turned = table.turned
    if turned is None:
        return [_line(table, group) for group in _group(table.boxes, indices)]
    every = list(indices)
    flat = [i for i in every if not turned[i]]
    lines = [_line(table, group) for group in _group(table.boxes, flat)]
    for degrees in (90, 270):
        lines += _turned_lines(table, [i for i in every if turned[i] == degrees], degrees)
    return lines


def _turned_lines(table: WordTable, indices: list[int], degrees: int) -> list[Line]:
    """Lines that read from bottom to top (90) or from top to bottom (270)."""
    boxes = {}
    for i in indices:
        x0, y0, x1, y1 = table.boxes[i]
        boxes[i] = (-y1, x0, -y0, x1) if degrees == 90 else (y0, -x1, y1, -x0)
    lines = []
    for group in _group(boxes, sorted(indices, key=lambda i: (boxes[i][1], boxes[i][0]))):
        sides = list(zip(*(table.boxes[i] for i in group), strict=True))
        box = (min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3]))
        lines.append(replace(_line(table, group), bbox=box))
    return lines


def _group(
    boxes: Sequence[Sequence[float]] | Mapping[int, Sequence[float]], indices: Iterable[int]
) -> list[list[int]]:
    """Group words, sorted by top and left, into lines that overlap by half of the lower height."""
    groups: list[list[int]] = []
    spans: list[tuple[float, float]] = []
    uneven: set[int] = set()  # groups whose words were not met from left to right
    last, lowest = float("nan"), float("-inf")
    for i in indices:
        _, top, _, bottom = boxes[i]
        if top == last:  # most words of a line have one top: the letters' ascent
            groups[-1].append(i)
            continue
        k = _line_at(spans, top, bottom) if top <= lowest else -1
        if k >= 0:
            groups[k].append(i)
            uneven.add(k)
        else:
            groups.append([i])
            spans.append((top, bottom))
            last, lowest = top, max(lowest, bottom)
    for k in uneven:
        groups[k].sort(key=lambda i: boxes[i][0])
    return groups


def _line_at(spans: Sequence[tuple[float, float]], top: float, bottom: float) -> int:
    """Which of the last lines takes a word; -1: none does. Words come sorted by their top."""
    for k in range(len(spans) - 1, max(len(spans) - 4, -1), -1):
        low, high = spans[k]
        shared = (high if high < bottom else bottom) - (low if low > top else top)
        if 2 * shared >= high - low or 2 * shared >= bottom - top:
            return k
    return -1


def _line(table: WordTable, group: list[int]) -> Line:
    first = group[0]
    x0, y0, x1, y1 = table.boxes[first]
    first_width, size, words = x1 - x0, table.size[first], table.text[first]
    flags = [table.bold[i] for i in group] if table.any_bold else []
    lead = 0
    if len(group) > 1:
        for i in group:
            _, top, right, bottom = table.boxes[i]
            y0 = top if top < y0 else y0
            x1 = right if right > x1 else x1
            y1 = bottom if bottom > y1 else y1
        texts = itemgetter(*group)(table.text)
        words = " ".join(texts)
        sizes = itemgetter(*group)(table.size)
        size = size if sizes.count(size) * 2 > len(sizes) else mode(sizes)
        lead = _bold_lead(texts, flags) if flags and flags[0] else 0
    elif flags and flags[0]:
        lead = len(words)
    soft = words.endswith("\u00ad")
    red, green, blue = table.colour[first]
    return Line(
        words.removesuffix("\u00ad") + "-" if soft else words,
        table.page,
        (x0, y0, x1, y1),
        tuple(group),
        size,
        bool(flags) and all(flags),
        lead,
        first_width,
        (red, green, blue),
        "drop" if soft else "space",
    )


def _bold_lead(words: Sequence[str], flags: list[bool]) -> int:
    count = next((k for k, bold in enumerate(flags) if not bold), len(flags))
    return len(" ".join(words[:count]))
