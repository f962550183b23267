"""Generated lead cells as they are printed: broken into lines, with the truth beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from training.parts import Parts
from training.shapes import Cell, cell

NARROW, WIDE = 8, 46
"""Least and largest width of a column in characters."""
BLANK = 0.5
"""Width of a blank in characters, for the question whether a word would have fitted."""


@dataclass(frozen=True, slots=True)
class Example:
    """A cell's text with its spans and its layout; all places are offsets in `text`.

    Attributes:
        text: lines separated by line breaks.
        spans: (start, end, label) of persons, posts, bodies and units, in order.
        early: line breaks behind which the next word would have fitted on the line above.
        spaced: line breaks with extra leading.
        bold: (start, end) of what is printed bold.
    """

    text: str
    spans: tuple[tuple[int, int, str], ...]
    early: frozenset[int]
    spaced: frozenset[int]
    bold: tuple[tuple[int, int], ...]


def examples(count: int, seed: int) -> Iterator[Example]:
    """Yield `count` cells; the same `seed` gives the same cells."""
    rng = Random(seed)
    parts = Parts(rng)
    for _ in range(count):
        yield example(cell(parts), rng)


def example(pieces: Cell, rng: Random) -> Example:
    """Print `pieces` into a column of a random width."""
    text = ""
    spans: list[tuple[int, int, str]] = []
    for piece, label in pieces:
        if label:
            spans.append((len(text), len(text) + len(piece), label))
        text += piece
    if rng.random() < 0.03:
        text = text.upper()
    text = _end(text, rng)
    by_hand = {found.start() for found in re.finditer("\n", text)}
    text = wrap(text, rng.randint(NARROW, WIDE)) if rng.random() < 0.85 else text
    people = [(start, end) for start, end, label in spans if label == "PERSON"]
    return Example(
        text=text,
        spans=tuple(spans),
        early=early_breaks(text),
        spaced=_spaced(by_hand, rng),
        bold=tuple(people) if rng.random() < 0.08 else (),
    )


def _end(text: str, rng: Random) -> str:
    return text + rng.choices(["", ".", ",", " "], [20, 1.5, 0.3, 0.2])[0]


def wrap(text: str, width: int) -> str:
    """Break lines longer than `width` characters at blanks, each blank giving way to a break.

    Offsets stay; a word longer than a line stands out.
    """
    out = list(text)
    start, blank = 0, -1
    for at, letter in enumerate([*text, "\n"]):
        if letter in " \n":
            if at - start > width and blank > start:
                out[blank] = "\n"
                start = blank + 1
            blank = at
        if letter == "\n":
            start, blank = at + 1, -1
    return "".join(out)


def early_breaks(text: str) -> frozenset[int]:
    """Offsets of the line breaks behind which the next line's first word would have fitted."""
    lines = text.split("\n")
    right = max(len(line) for line in lines)
    out = set()
    at = -1
    for line, following in pairwise(lines):
        at += len(line) + 1
        first = following.split()[0] if following.strip() else ""
        if first and len(line) + BLANK + len(first) < right:
            out.add(at)
    return frozenset(out)


def _spaced(by_hand: set[int], rng: Random) -> frozenset[int]:
    """Breaks by hand with extra leading: in few cells, and there all of them."""
    return frozenset(by_hand) if by_hand and rng.random() < 0.1 else frozenset()
