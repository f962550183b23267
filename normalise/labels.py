"""Labels and numbers of recommendations: "Recommendation No 1", "Rec 4a:", "R1", "1.2"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from actionplan.normalise.running import run_on
from actionplan.schemas.tables import Line

_WORDS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    *("nineteen", "twenty"),
)
_SPELT = {word: str(value) for value, word in enumerate(_WORDS, 1)}

_NUMBER = r"\d{1,3}[a-z]?(?:\.\d{1,3}[a-z]?){0,3}(?:\s?\([a-z]{1,4}\)){0,3}(?![\w%])"
_RANGE = rf"{_NUMBER}(?:\s*(?:&|,|\band\b|\bto\b)\s*{_NUMBER}|[-–]{_NUMBER})*"
_SPELT_NUMBER = rf"(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})\b"
_KIND = (
    r"(?:(?:the|key|overview|panel|imr|iomr|national|local|regional|agency|single[\s-]agency|"
    r"multi[\s-]agency|strategic|overarching|report|review)\s+){0,2}"
)
_NOUN = (
    rf"{_KIND}(?:recommendations?|recs?\b\.?)\s*"
    r"(?:no\b\.?|nos\b\.?|number\b|num\b\.?|ref\b\.?|#)?"
)
# Nouns that also begin ordinary sentences; only a closing sign makes them labels.
_WEAK_NOUN = rf"{_KIND}(?:action|finding|learning(?:\s+point)?|lesson|priority|objective)" + (
    r"(?:\s+point)?\s*(?:no\b\.?|number\b|#)?"
)
_CLOSE = r"\s*[:.)\]–—-]*\s*"

_NAMED = re.compile(rf"(?i:{_NOUN})\s*[:–-]?\s*(?i:(?P<number>{_RANGE}|{_SPELT_NUMBER})){_CLOSE}")
_WEAK = re.compile(
    rf"(?i:{_WEAK_NOUN})\s*(?i:(?P<number>{_NUMBER}|{_SPELT_NUMBER}))(?:\s*[:)\]–—-]+\s*|\.?\s*$)"
)
_CODE = re.compile(
    r"(?P<number>[A-Z]{1,4}[-.]?\d{1,3}(?:\.\d{1,3}){0,3}[a-z]?)(?![\w%])"
    r"(?:\s*[:.)\]–—-]+(?:\s+|$)|\s*$|\s+(?=[A-Z]))"
)
_PLAIN = re.compile(rf"[(\[]?(?P<number>(?i:{_NUMBER}))(?:\s*[.:)\]]+(?:\s+|$)|\s+[–—-]\s+|\s*$)")
_LEVELS = re.compile(
    r"(?P<number>\d{1,2}(?:(?:\.\d{1,2}){1,3}[a-z]?|(?:\s?\([a-z]{1,4}\)){1,3}))\s+(?=[A-Z])"
)
_BARE = re.compile(r"(?P<number>\d{1,3})\s+(?=[A-Z])")
# A number column may be too narrow for a code, or the code printed with a blank: "ABC 1", "4 a".
_APART = re.compile(
    r"(?:R|[A-Z]{2,4})[-./]? \d{1,3}[a-z]?|[A-Z]{1,4}\d{0,3}[-./] ?\d{1,3}|\d{1,3} [a-h]"
)
_NUMBER_WORD = re.compile(r"(?i:nos?|ref|item|number)\b\.?\s*(?=\d)")
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d{2}|\d{4})\b")
# "Recommendation 3 of the report was ..." is a sentence about another recommendation.
_ABOUT = re.compile(r"(?:of|in|from|above|below|was|were|is|are|has|have|should|must|will)\b")

# What `extract` gets to know: the start of a cell that begins a new record.
LABEL_PATTERN = rf"(?i)\s*{_NOUN}\s*[:–-]?\s*(?P<number>{_NUMBER}|{_SPELT_NUMBER})"


class LabelReading(NamedTuple):
    """A cell's label, the bare number in it, and the lines that are left without the label."""

    label: str | None
    number: str | None
    lines: tuple[Line, ...]


def read_label(lines: Sequence[Line], expected: int | None = None) -> LabelReading:
    """Split the label off the beginning of a recommendation.

    Args:
        lines: the cell's lines.
        expected: the number that would follow from the record before; a number without any
            closing sign ("3 The Trust should ...") is a label only if it is this one.
    """
    run = run_on(lines)
    match = _match(run.text, lines[0].text if lines else "", expected)
    if not match:
        return LabelReading(None, None, tuple(lines))
    printed = run.text[: match.end()].strip()
    number = bare_number(match["number"])
    return LabelReading(
        _label(printed, number), number, lines_after(lines, run.starts, match.end())
    )


def _match(text: str, first_line: str, expected: int | None) -> re.Match[str] | None:
    named = _NAMED.match(text)
    if named:
        alone = len(first_line.strip()) <= len(named.group().rstrip())
        return named if alone or not _ABOUT.match(text, named.end()) else None
    if _DATE.match(text):
        return None
    for pattern in (_WEAK, _CODE, _PLAIN, _LEVELS):
        match = pattern.match(text)
        if match:
            return match
    own_line = _PLAIN.fullmatch(first_line.strip())
    bare = _BARE.match(text)
    if bare and (own_line or bare["number"] == str(expected)):
        return bare
    return None


def bare_number(printed: str) -> str:
    """Return the number alone: ``R1`` and ``One`` give ``1``, ``4a``, ``1.2``, ``OR1`` stay."""
    number = " ".join(printed.split()).strip(" .:)]([-–—")
    if number.count("(") > number.count(")"):
        number += ")"
    spelt = _SPELT.get(number.casefold())
    return spelt or re.sub(r"^R(?:ec)?[-.]?(?=\d)", "", number)


def number_cell(text: str) -> str | None:
    """Return the bare number of a cell in a number column, or None where it holds none."""
    text = " ".join(text.split())
    match = _NAMED.fullmatch(text) or _CODE.fullmatch(text) or _PLAIN.fullmatch(text)
    if match:
        return bare_number(match["number"])
    short = _NUMBER_WORD.sub("", text).strip(" .:)]([")
    if _APART.fullmatch(short):
        return bare_number(short.replace(" ", ""))
    if len(short) > 12 or len(short.split()) > 1 or re.search(r"[^\W\d]{5}", short):
        return None
    return short if len(short) == 1 or any(sign.isdigit() for sign in short) else None


def next_number(number: str | None) -> int:
    """Return the whole number that follows `number`; 1 where there is none before."""
    match = re.match(r"\d+", number or "")
    return int(match.group()) + 1 if match else 1


def _label(printed: str, number: str) -> str | None:
    label = printed.rstrip(" :.–—-")
    if label.endswith((")", "]")) and not re.search(r"[(\[]", label):
        label = label[:-1]
    return label if label.strip(" ([])") != number else None


def lines_after(lines: Sequence[Line], starts: Sequence[int], end: int) -> tuple[Line, ...]:
    """Return what `lines` hold behind the character `end` of their running text.

    Args:
        lines: printed lines.
        starts: offset in the running text of each line's first character.
        end: number of characters to leave out.
    """
    kept: list[Line] = []
    for index, line in enumerate(lines):
        after = starts[index + 1] if index + 1 < len(lines) else None
        if after is not None and after <= end:
            continue
        cut = max(end - starts[index], 0)
        text = " ".join(line.text.split())[cut:].strip() if cut else line.text
        if text:
            lead = max(line.bold_lead - cut, 0)
            kept.append(replace(line, text=text, bold_lead=lead) if cut else line)
    return tuple(kept)
