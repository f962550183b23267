"""Cells beside a list of actions that say by number to which action each part belongs.

"1. Ann Marlow / 2. Ben Tye", "1 & 2: May 2019 / 3: June 2019", "Actions 1-3 - completed", also run
together on one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from actionplan.normalise.phrases import any_phrase
from actionplan.normalise.vocabulary import load
from actionplan.schemas.tables import Line


class NumberedBlock(NamedTuple):
    """A part of a cell: the places of its actions among those given, its lines without numbers."""

    owners: tuple[int, ...]
    lines: tuple[Line, ...]


class _Mark(NamedTuple):
    line: int
    start: int
    end: int
    owners: tuple[int, ...]
    tight: bool  # nothing between its stop and the text, as in "1.May 2019"


def numbered_blocks(lines: Sequence[Line], numbers: Sequence[str | None]) -> list[NumberedBlock]:
    """Split the lines of a cell at the numbers of actions.

    Args:
        lines: the lines of the cell.
        numbers: the numbers of the actions beside it; None for one without.

    Returns:
        Two blocks or more, in the order of the actions; none where the cell does not begin with a
        number, or its numbers are not those of the actions or repeat.
    """
    places = {number: at for at, number in enumerate(numbers) if number}
    if len(numbers) < 2 or len(places) != len(numbers):
        return []
    marks = _ascending(_marks(lines, places))
    if len(marks) < 2 or (marks[0].line, marks[0].start) != (0, 0):
        return []
    whole = sum(len(mark.owners) for mark in marks) == len(numbers)
    if any(mark.tight for mark in marks) and not whole:
        return []
    ends = [*((mark.line, mark.start) for mark in marks[1:]), (len(lines), 0)]
    return [
        NumberedBlock(mark.owners, tuple(_between(lines, mark, end)))
        for mark, end in zip(marks, ends, strict=True)
    ]


def _marks(lines: Sequence[Line], places: dict[str, int]) -> Iterator[_Mark]:
    pattern = _pattern(tuple(sorted(places, key=len, reverse=True)))
    for at, line in enumerate(lines):
        for match in pattern.finditer(line.text):
            loose = any(match[name] is not None for name in ("tight", "dash", "colon"))
            if match.start() and loose and not match["word"]:
                continue
            owners = _owners(match["numbers"], places)
            if owners:
                yield _Mark(at, match.start(), match.end(), owners, match["tight"] is not None)


@lru_cache(maxsize=256)
def _pattern(numbers: tuple[str, ...]) -> re.Pattern[str]:
    one = "(?:" + "|".join(map(re.escape, numbers)) + ")"
    words = any_phrase(load("paragraphs")["number_words"])
    return re.compile(
        rf"(?<!\S)(?P<word>{words}s?\s+)?\(?(?P<numbers>{one}(?:\s*(?:,|&|\band\b|\bto\b|[-–])\s*{one})*)"
        r"(?:[.)]+(?:\s+(?=\S)|(?P<tight>(?=[A-Za-z]))|$)|(?P<colon>\s?:)(?:\s*|$)|(?P<dash>\s+[-–—])\s+)",
        re.IGNORECASE,
    )


def _owners(printed: str, places: dict[str, int]) -> tuple[int, ...]:
    """Places of the actions that "1", "1 & 2" or "1-3" name; none unless they rise."""
    owners: list[int] = []
    lower = {number.casefold(): at for number, at in places.items()}
    for part in re.split(r"\s*(?:,|&|\band\b)\s*", printed.casefold()):
        first, _, last = re.sub(r"\s*(?:\bto\b|[-–])\s*", "-", part).partition("-")
        if first not in lower or (last and last not in lower):
            return ()
        owners += range(lower[first], lower[last or first] + 1)
    rising = all(a < b for a, b in pairwise(owners))
    return tuple(owners) if rising else ()


def _ascending(marks: Iterator[_Mark]) -> list[_Mark]:
    """The marks, if each names later actions than the one before; else those until it fails."""
    kept: list[_Mark] = []
    for mark in marks:
        if kept and mark.owners[0] <= kept[-1].owners[-1]:
            if mark.start == 0:
                return []
            continue
        kept.append(mark)
    return kept


def _between(lines: Sequence[Line], mark: _Mark, end: tuple[int, int]) -> Iterator[Line]:
    """Lines from behind `mark` to `end`, the first and the last cut where needed."""
    for at in range(mark.line, min(end[0] + 1, len(lines))):
        line = lines[at]
        begin = mark.end if at == mark.line else 0
        stop = end[1] if at == end[0] else len(line.text)
        text = line.text[begin:stop].strip()
        if text:
            cut = stop < len(line.text)
            yield replace(line, text=text, glue="space" if cut else line.glue)
