"""Paragraphs of a cell, out of its printed lines.

A new paragraph begins where the line before ends early or with a full stop and the next begins
with a capital, or with extra leading, or at a bullet or an item's number. A wrapped line is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from statistics import median, median_low
from typing import Literal

from actionplan.normalise.markers import Marker, MarkerReader
from actionplan.normalise.nested_rows import nested_rows
from actionplan.normalise.phrases import any_phrase
from actionplan.normalise.running import run_on
from actionplan.normalise.vocabulary import load
from actionplan.schemas.tables import Cell, Line, join_lines


@dataclass(frozen=True, slots=True)
class ParagraphSettings:
    """Thresholds of the paragraph rule.

    Attributes:
        leading: extra leading that parts paragraphs, as a share of the line's height. Word's
            "spacing after" is 6 pt and more, half a line; rounding of line grids stays under 0.2.
        lower: the same before a line in lower case, which is more often a wrapped one.
        slight: the same in a cell whose wrapped lines stand evenly, as a share of the size of the
            type; some programs set 2 pt.
        uneven: the same, as a multiple of how unevenly wrapped lines stand. Boxes of letters
            without their room are off by up to a tenth of the size.
        single: largest distance from line to line that counts as single spacing where a cell has
            no other lines to compare, in heights of a line. Single spacing prints 1.15 to 1.25.
        padding: largest cell padding believed, in points. Word's default is 5.4.
        slack: free width, in points, that must be left when the next word is set in, before a line
            counts as ending early. Absorbs the rounding of boxes.
        space: width of a space, as a share of the font size. A narrow guess: wide ones make a
            wrapped line look like an early end less often, but miss short first words.
        indent: difference of two left edges, in points, that counts as another indent.
    """

    leading: float = 0.25
    lower: float = 0.5
    slight: float = 0.1
    uneven: float = 3.0
    single: float = 1.6
    padding: float = 9.0
    slack: float = 1.0
    space: float = 0.28
    indent: float = 4.0


SETTINGS = ParagraphSettings()
_INNER_STOP = re.compile(r"(?<=[A-Za-z)\]”\"'’])[.!?](?=\s+[A-Z][a-z])")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a cell.

    Attributes:
        lines: its printed lines.
        marker: its number, letter or bullet as printed, without punctuation.
        kind: what the marker is; None without one.
        lead: number of characters of the first line that the marker takes.
    """

    lines: tuple[Line, ...]
    marker: str | None = None
    kind: Literal["number", "letter", "bullet"] | None = None
    lead: int = 0

    @property
    def raw(self) -> str:
        """Running text with its number or bullet."""
        return join_lines(self.lines)

    @property
    def text(self) -> str:
        """Running text without its number or bullet."""
        return run_on(self.lines).text[self.lead :].strip()


def split_paragraphs(cell: Cell) -> list[Paragraph]:
    """Return the paragraphs of `cell`; every line with text is in exactly one."""
    lines = [line for line in cell.lines if line.text.strip()]
    if not lines:
        return []
    breaks = LineBreaks(cell, lines)
    reader = MarkerReader(lines)
    paragraphs: list[Paragraph] = []
    begin, marker = 0, reader.read(lines[0], opens=True, first=True)
    nested = nested_rows(lines)
    for at in range(1, len(lines)):
        if at in nested:
            continue
        bare = marker is not None and at == begin + 1 and marker.bare
        found = None
        if lines[at - 1].glue == "space":
            found = reader.read(lines[at], opens=breaks.closes(at - 1), first=False)
        if found is not None or (not bare and breaks.parts(at, begin, item=marker is not None)):
            paragraphs.append(_paragraph(lines[begin:at], marker))
            begin, marker = at, found
    paragraphs.append(_paragraph(lines[begin:], marker))
    return paragraphs


def _paragraph(lines: Sequence[Line], marker: Marker | None) -> Paragraph:
    if marker is None:
        return Paragraph(tuple(lines))
    return Paragraph(tuple(lines), marker.text, marker.kind, marker.end)


class LineBreaks:
    """Why the lines of a cell end where they end: by wrapping, or because the paragraph ends."""

    def __init__(self, cell: Cell, lines: Sequence[Line]) -> None:
        self.lines = lines
        self._limits = _right_limits(cell, lines)
        self._pitch = _pitch(lines)
        self._uneven = _unevenness(lines, self._pitch)
        self._inner = [_has_inner_sentence(line.text) for line in lines]
        self._spaced = any(self.leading(at) for at in range(len(lines) - 1))

    def early(self, at: int) -> bool:
        """The first word of the next line would have fitted behind line `at`."""
        if at + 1 >= len(self.lines):
            return True
        line, following = self.lines[at], self.lines[at + 1]
        need = _first_width(following) + SETTINGS.space * _size(line) + SETTINGS.slack
        return self._limits[line.page] - line.bbox[2] >= need

    def leading(self, at: int) -> bool:
        """There is extra leading between line `at` and the next; unknown over a page change."""
        if at + 1 >= len(self.lines):
            return False
        line, following = self.lines[at], self.lines[at + 1]
        height = line.bbox[3] - line.bbox[1]
        if line.page != following.page or height <= 0:
            return False
        pitch = self._pitch * _size(line)
        top = following.bbox[1] - line.bbox[1] - pitch
        bottom = following.bbox[3] - line.bbox[3] - pitch
        # Both: a raised "st" or a line without tall letters ("areas") moves only one of them.
        opens = begins_sentence(following.text)
        least = (SETTINGS.leading if opens else SETTINGS.lower) * height
        if top > least and bottom > least / 2:
            return True
        extra = min(top, bottom)
        if self._uneven is None or not opens:
            return False
        return extra > max(SETTINGS.slight, SETTINGS.uneven * self._uneven) * _size(line)

    def closes(self, at: int) -> bool:
        """Line `at` ends what it says: early, with closing punctuation, or before leading."""
        return self.early(at) or self.leading(at) or self.lines[at].text.rstrip()[-1] in ".:;!?"

    def parts(self, at: int, begin: int, *, item: bool) -> bool:
        """Line `at` begins a new paragraph (markers apart).

        Args:
            at: index of the line.
            begin: index of the paragraph's first line.
            item: the paragraph is a list item.
        """
        before, line = self.lines[at - 1], self.lines[at]
        if before.glue != "space":
            return False
        stops = ends_sentence(before.text)
        if self.leading(at - 1):
            return True
        if not begins_sentence(line.text) or (not stops and opening(line.text).isdigit()):
            return False
        if self.early(at - 1):
            return True
        # Where leading or markers part the paragraphs, or once a sentence began inside a line, a
        # full stop at a line's end may be chance.
        if stops and not (item or self._spaced or any(self._inner[begin:at])):
            return True
        # Back out of a hanging indent: the list item is over.
        hung = at - begin >= 2 and before.page == line.page
        return hung and stops and before.bbox[0] - line.bbox[0] > SETTINGS.indent


def _size(line: Line) -> float:
    return line.size or (line.bbox[3] - line.bbox[1]) or 1.0


def _first_width(line: Line) -> float:
    if line.first_width > 0:
        return line.first_width
    text = line.text.strip()
    return (line.bbox[2] - line.bbox[0]) * len(text.split()[0]) / len(text)


def _right_limits(cell: Cell, lines: Sequence[Line]) -> dict[int, float]:
    """For each page how far right a line may reach: the cell's edge less its padding, or the
    widest line where no edge is known or a line goes beyond.
    """
    edges = {region.page: region.bbox for region in cell.regions}
    limits: dict[int, float] = {}
    for page in {line.page for line in lines}:
        here = [line.bbox for line in lines if line.page == page]
        widest = max(box[2] for box in here)
        if page in edges:
            x0, _, x1, _ = edges[page]
            left = min(box[0] for box in here) - x0
            widest = max(widest, x1 - min(max(left, 0.0), SETTINGS.padding))
        limits[page] = widest
    return limits


def _pitch(lines: Sequence[Line]) -> float:
    """Distance from line to line inside the cell's paragraphs, in sizes of the line's type.

    In sizes, since a cell may go on over a page that is printed smaller.
    """
    pairs = [
        (line, following)
        for line, following in pairwise(lines)
        if line.page == following.page and following.bbox[1] > line.bbox[1]
    ]
    # A line that begins in lower case has been wrapped: that step is surely inside a paragraph.
    steps = [_step(*pair) for pair in pairs if opening(pair[1].text).islower()]
    if steps:
        return median_low(steps)
    height = median(max((line.bbox[3] - line.bbox[1]) / _size(line), 1.0) for line in lines)
    if not pairs:
        return SETTINGS.single * height
    # The lower half are steps inside paragraphs, unless each line is a paragraph of its own.
    lower = sorted(_step(*pair) for pair in pairs)[: len(pairs) // 2 + 1]
    return min(median_low(lower), SETTINGS.single * height)


def _unevenness(lines: Sequence[Line], pitch: float) -> float | None:
    """How far lines that are surely wrapped are off `pitch`, in sizes of the type, at most.

    None where fewer than two are.
    """
    off = [
        abs(_step(line, following) - pitch)
        for line, following in pairwise(lines)
        if line.page == following.page
        and following.bbox[1] > line.bbox[1]
        and opening(following.text).islower()
    ]
    return max(off) if len(off) >= 2 else None


def _step(line: Line, following: Line) -> float:
    return (following.bbox[1] - line.bbox[1]) / _size(line)


def _has_inner_sentence(text: str) -> bool:
    return any(ends_sentence(text[: match.end()]) for match in _INNER_STOP.finditer(text))


@cache
def _abbreviation() -> re.Pattern[str]:
    words = any_phrase(load("paragraphs")["abbreviations"])
    return re.compile(rf"\b(?:{words}|[A-Z])\.$", re.IGNORECASE)


def ends_sentence(text: str) -> bool:
    """`text` ends with a full stop (or the like) that is no abbreviation's."""
    text = text.rstrip(" \"'”’)]")
    return text.endswith((".", "!", "?")) and not _abbreviation().search(text)


def begins_sentence(text: str) -> bool:
    """`text` begins with a capital or a digit, opening quotes and brackets aside."""
    first = opening(text)
    return first.isupper() or first.isdigit()


def opening(text: str) -> str:
    """The first character of `text` behind quotes and brackets; empty where there is none."""
    return text.lstrip(" \"'“‘([")[:1]
