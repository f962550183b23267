"""Targets counted from some event: "within 6 months of publication"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

from actionplan.normalise.dates import FoundDate
from actionplan.normalise.dates_forms import PLAIN
from actionplan.normalise.phrases import any_phrase
from actionplan.normalise.target_words import TargetWords

_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS = {"month": 1, "year": 12}


@cache
def _expression() -> re.Pattern[str]:
    words = TargetWords.vocabulary("relative")
    numbers, units = any_phrase(words["numbers"]), any_phrase(words["units"])
    link = r"(?:of|from|after|following|post|since)\b"
    return re.compile(
        r"(?P<lead>\b(?:within|in|over|for|during|next|by|after|up\s+to|no\s+later\s+than)\s+"
        r"(?:the\s+)?(?:next\s+|following\s+|first\s+)?)?"
        rf"(?P<number>\b\d{{1,3}}|\b{numbers}|(?(lead)\b(?:an?|one|the)|\ban?(?=\s+{units}\s+{link})))"
        rf"\s*(?:\([^)]*\)\s*)?[\s-]*(?P<unit>{units})(?:s|'s|s')?\b"
        rf"(?P<link>\s*(?:time\s*)?{link}\s*)?",
        re.IGNORECASE,
    )


def relative_end(text: str, found: Sequence[FoundDate], allowed: int) -> str | None:
    """Return the last day of a term counted from a date that is printed beside it.

    Args:
        text: the cell.
        found: its dates.
        allowed: most words beside the term, its anchor and the fillers; with more it is prose.

    Returns:
        ``""`` for a term without a printed anchor, None where `text` is no such term.
    """
    plain = text.translate(PLAIN)
    match = _expression().search(plain)
    if match is None or (found and match.start() > found[0].start):
        return None
    before, behind = text[: match.start()], text[match.end() :]
    if re.search(r"\b(?:every|each|per)\s+(?:[\w-]+\s+)?$", before, re.IGNORECASE):
        return None
    if found:
        return _counted(text, match, found, allowed)
    # "within 6 months of the report being accepted": the anchor may be worded at any length.
    told = before if match["link"] else before + " " + behind
    return None if TargetWords.of(told, ()).other > allowed else ""


def _counted(
    text: str, match: re.Match[str], found: Sequence[FoundDate], allowed: int
) -> str | None:
    anchor = found[0].date
    if not match["link"] or anchor.end is None:
        return None
    # What the anchor is may be told twice: "of publication (published 3 March 2015)".
    around = text[: match.start()] + " " * (match.end() - match.start()) + text[match.end() :]
    if TargetWords.of(around, found).other > 2 * allowed:
        return None
    count = _number(match["number"])
    unit = TargetWords.vocabulary("relative")["units"][_singular(match["unit"])]
    if len(found) > 1 or unit == "none":
        return ""
    return _later(date.fromisoformat(anchor.end), count, unit).isoformat()


def _singular(unit: str) -> str:
    return re.sub(r"[\s-]+", " ", unit.lower())


def _number(printed: str) -> int:
    numbers: dict[str, int] = TargetWords.vocabulary("relative")["numbers"]
    word = re.sub(r"[\s-]+", " ", printed.lower())
    return int(word) if word.isdigit() else numbers.get(word, 1)


def _later(day: date, count: int, unit: str) -> date:
    """`day` and `count` units on; the last day of a shorter month."""
    if unit in _DAYS:
        return day + timedelta(days=count * _DAYS[unit])
    months = day.month - 1 + count * _MONTHS[unit]
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
