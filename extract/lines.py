"""Words to printed lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from actionplan.extract.layout import PageLayout, Words
from actionplan.schemas.tables import Box, Line


@dataclass(slots=True)
class WordTable:
    """A page's words as plain lists: quicker than array items in loops over single words.

    Attributes:
        order: word indices from top to bottom, then left to right.
    """

    page: int
    text: list[str]
    boxes: list[list[float]]
    size: list[float]
    bold: list[bool]
    colour: list[list[int]]
    order: list[int]


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
        colour=words.colour.tolist(),
        order=order.tolist(),
    )


def build_lines(table: WordTable, indices: Iterable[int]) -> list[Line]:
    """Group words into lines, top to bottom.

    Args:
        table: the page's words.
        indices: the words to group, sorted as in `table.order`.
    """
    return [_line(table, group) for group in _group(table.boxes, indices)]


def _group(boxes: Sequence[Sequence[float]], indices: Iterable[int]) -> list[list[int]]:
    """Group words that overlap by at least half of the lower one's height."""
    groups: list[list[int]] = []
    spans: list[tuple[float, float]] = []
    for i in indices:
        top, bottom = boxes[i][1], boxes[i][3]
        # Only the last lines can take the word: words come sorted by their top.
        for k in range(len(groups) - 1, max(len(groups) - 4, -1), -1):
            low, high = spans[k]
            shared = min(high, bottom) - max(low, top)
            if shared >= 0.5 * min(high - low, bottom - top):
                groups[k].append(i)
                spans[k] = (min(low, top), max(high, bottom)) if shared < 0 else (low, high)
                break
        else:
            groups.append([i])
            spans.append((top, bottom))
    for group in groups:
        group.sort(key=lambda i: boxes[i][0])
    return groups


def split_at_gaps(table: WordTable, line: Line, gap: float) -> list[Line]:
    """Split a line of running text where words stand more than `gap` font sizes apart."""
    pieces: list[list[int]] = [[line.words[0]]]
    for before, after in zip(line.words, line.words[1:], strict=False):
        if table.boxes[after][0] - table.boxes[before][2] > gap * max(line.size, 1.0):
            pieces.append([])
        pieces[-1].append(after)
    return [line] if len(pieces) == 1 else [_line(table, piece) for piece in pieces]


def _line(table: WordTable, group: list[int]) -> Line:
    boxes = [table.boxes[i] for i in group]
    first = boxes[0]
    flags = [table.bold[i] for i in group]
    words = [table.text[i] for i in group]
    soft = words[-1].endswith("\u00ad")
    text = " ".join(words)
    sizes = [table.size[i] for i in group]
    red, green, blue = table.colour[group[0]]
    return Line(
        text=text.removesuffix("\u00ad") + "-" if soft else text,
        page=table.page,
        bbox=_union(boxes),
        words=tuple(group),
        size=max(set(sizes), key=sizes.count) if len(set(sizes)) > 1 else sizes[0],
        bold=all(flags),
        bold_lead=_bold_lead(words, flags),
        first_width=first[2] - first[0],
        colour=(red, green, blue),
        glue="drop" if soft else "space",
    )


def _union(boxes: list[list[float]]) -> Box:
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def _bold_lead(words: list[str], flags: list[bool]) -> int:
    if not flags[0]:
        return 0
    count = next((k for k, bold in enumerate(flags) if not bold), len(flags))
    return len(" ".join(words[:count]))
