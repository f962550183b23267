"""Level of a recommendation: local, regional or national, where the plan says so.

The column of scope tells it; without one, the heading above, the label, or the recommendation's own
words ("at a national level", "The Home Office should"). Several levels are all kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple, get_args

from actionplan.normalise.phrase_index import Found, PhraseIndex
from actionplan.normalise.vocabulary import alternatives, load
from actionplan.schemas.plan import Level

_LEVELS: tuple[Level, ...] = get_args(Level)
_BOX = re.compile(r"([☐☑☒□■✓✔✗✘❑❒]|\[\s?[xX]?\s?\]|\(\s?[xX]?\s?\))")
_TICKED = re.compile(r"[☑☒■✓✔✗✘xX]")
_NOT = re.compile(r"\b(?:not|no|non)\W+(?:\w+\W+)?$", re.IGNORECASE)


class LevelReading(NamedTuple):
    """The levels, from near to far, and the words that tell them."""

    levels: list[Level]
    words: str | None


def read_levels(scope: str | None, text: str, above: Iterable[str] = ()) -> LevelReading:
    """Return the levels of a recommendation.

    Args:
        scope: its cell in the column of scope, if there is one.
        text: its own text.
        above: what stands over it: label, bands, the section's heading.
    """
    if scope and (levels := _of_column(scope)):
        return LevelReading(levels, scope)
    for one in above:
        if reading := _of_text(one):
            return reading
    return _of_text(text) or _of_addressee(text) or LevelReading([], None)


def _of_column(scope: str) -> list[Level]:
    """Levels in a cell; where it has boxes to tick, those that are ticked."""
    text = _ticked(scope)
    return _in_order(x for x in _column().find(text) if not _NOT.search(text[: x.start]))


def _ticked(scope: str) -> str:
    """The words at ticked boxes, which stand all before or all behind their words."""
    first, *rest = _BOX.split(scope)
    boxes, behind = rest[::2], rest[1::2]
    if not boxes:
        return scope
    words = [first, *behind[:-1]] if first.strip() else behind
    pairs = zip(boxes, words, strict=True)
    return "; ".join(said for box, said in pairs if _TICKED.search(box))


def _of_text(text: str) -> LevelReading | None:
    everything = list(_text().find(text))
    barred = [one for one in everything if one.tag == "but"]
    found = [
        one
        for one in everything
        if one.tag != "but" and not any(bar.start <= one.start < bar.end for bar in barred)
    ]
    return _reading(text, found)


def _of_addressee(text: str) -> LevelReading | None:
    match = _addressee().match(text)
    return LevelReading(["national"], match["body"]) if match else None


def _reading(text: str, found: list[Found]) -> LevelReading | None:
    if not found:
        return None
    words = dict.fromkeys(text[one.start : one.end] for one in found)
    return LevelReading(_in_order(found), "; ".join(words))


def _in_order(found: Iterable[Found]) -> list[Level]:
    tags = {one.tag for one in found}
    return [level for level in _LEVELS if level in tags]


@cache
def _column() -> PhraseIndex:
    words = load("levels")["column"]
    return PhraseIndex((tag, phrase) for tag in words for phrase in words[tag])


@cache
def _text() -> PhraseIndex:
    words = load("levels")["text"]
    return PhraseIndex((tag, phrase) for tag in words for phrase in words[tag])


@cache
def _addressee() -> re.Pattern[str]:
    words = load("levels")["addressee"]
    bodies, asks = alternatives(words["bodies"]), alternatives(words["asks"])
    start = r"(?:That\s+|For\s+|It is recommended that\s+|The panel recommends that\s+)?"
    return re.compile(rf"{start}(?:[Tt]he\s+)?(?P<body>{bodies})(?:\s+\([^)]*\))?\s+{asks}\b")
