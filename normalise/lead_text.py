"""The lines of a block as one text for the pipeline, with the way back to the lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from actionplan.normalise.lead_blocks import marker_length, spaced_before
from actionplan.normalise.lead_tokens import word_labels
from actionplan.normalise.lead_words import words
from actionplan.schemas.tables import Line

SPACE = 0.25
"""Width of a blank in font sizes, for "would the next word have fitted on this line?"."""
_OF_TITLES = frozenset({"post_heads", "post_short", "post_adjectives", "ranks", "topics"})


@dataclass(frozen=True, slots=True)
class BlockText:
    """Text of a block.

    Attributes:
        text: lines separated by line breaks, cut words rejoined, bullet and number left out.
        starts: offset in `text` of each line's first character.
        early: offsets of line breaks whose line ended before the column did.
        spaced: offsets of line breaks with extra leading.
        lines: the lines, in order.
    """

    text: str
    starts: tuple[int, ...]
    early: frozenset[int]
    spaced: frozenset[int]
    lines: tuple[Line, ...]

    @property
    def bold(self) -> tuple[tuple[int, int], ...]:
        """Start and end of what is printed bold, line by line; nothing where all of it is."""
        if all(line.bold for line in self.lines):
            return ()
        out = []
        for at, (start, line) in enumerate(zip(self.starts, self.lines, strict=True)):
            first = marker_length(line.text) if at == 0 else 0
            shown = " ".join(line.text[first : None if line.bold else line.bold_lead].split())
            if shown:
                out.append((start, start + len(shown)))
        return tuple(out)

    def between(self, start: int, end: int) -> tuple[Line, ...]:
        """The lines that hold the characters from `start` to `end`."""
        stops = (*self.starts[1:], len(self.text) + 1)
        spans = zip(self.starts, stops, self.lines, strict=True)
        return tuple(line for first, stop, line in spans if first < end and stop > start)


def block_text(block: Sequence[Line], right: float) -> BlockText:
    """Join the lines of a block; `right` is the right edge of the column's text in points."""
    text = ""
    starts: list[int] = []
    early: set[int] = set()
    spaced: set[int] = set()
    leading = [*spaced_before(block)[1:], False]
    following = [*(fits_behind(a, b, right) for a, b in pairwise(block)), False]
    for at, (line, room) in enumerate(zip(block, following, strict=True)):
        starts.append(len(text))
        printed = line.text[marker_length(line.text) :] if at == 0 else line.text
        text += " ".join(printed.split())
        after = block[at + 1].text if at + 1 < len(block) else ""
        glue = _glue(line, after)
        if glue == "drop":
            text = text.removesuffix("-")
        elif glue == "space":
            if room:
                early.add(len(text))
            if leading[at]:
                spaced.add(len(text))
            text += "\n"
    lines = tuple(block)
    return BlockText(text.rstrip("\n"), tuple(starts), frozenset(early), frozenset(spaced), lines)


def _glue(line: Line, after: str) -> str:
    """How the line goes on, where a hyphen at its end may be a dash or a word cut in two.

    Before a word of job titles it is a dash ("Jo Temple-" over "Team Manager"), before small
    letters a hyphen.
    """
    if not line.text.endswith("-") or line.text.endswith(" -") or not after:
        return line.glue
    first = after.split()[0]
    if first[:1].isupper() and set(word_labels(first)) & _OF_TITLES:
        return "space"
    if line.glue == "space" and first[:1].isupper() and line.text[-2:-1].isalpha():
        return "keep"  # "Wexley-" over "Price"
    if line.glue == "space" and first[:1].islower() and "LINK" not in word_labels(first):
        kept = line.text.removesuffix("-").split()[-1:] or [""]
        return "keep" if kept[0].casefold() in words("prefixes") else "drop"
    return line.glue


def fits_behind(line: Line, following: Line, right: float) -> bool:
    """Would the first word of the line below have fitted on this line? `right`: its limit."""
    if not following.first_width or line.page != following.page:
        return False
    blank = SPACE * (line.size or line.bbox[3] - line.bbox[1])
    return line.bbox[2] + blank + following.first_width < right
