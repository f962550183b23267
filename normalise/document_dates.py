"""Dates of a document: those that say what they are the date of, and the period under review.

A date counts behind its words ("Published: 6 June 2019") at the start of a line, or in its midst
behind a word such as "version" or "report"; so a date in a sentence about something else is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple, get_args

from actionplan.normalise.dates import FoundDate, find_dates
from actionplan.normalise.front import FrontText
from actionplan.normalise.vocabulary import load
from actionplan.schemas.plan import Date, DateRole, DocumentDate

_LONGEST = 25  # words; a longer line is prose
_NEAR = 40  # characters between the words of a period and its first date
_OWN = ("plan", "updated")  # roles that are the plan's own, before those of its report
_NO_OWN = frozenset({"review", "death"})  # roles that never date the document
_FILLER = re.compile(r"[\s:–—,()-]*(?:(?:on|of|the|in|from|between)\s+)*", re.IGNORECASE)
_MONTH_OR_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])(?:-\d\d)?")
_PARTS = re.compile(r"[,;|(.]\s*$|\s[–—-]\s*$")


class _Label(NamedTuple):
    role: DateRole | None  # None: of another date, which is none of the document's
    start: int
    end: int


def document_dates(text: FrontText, title: str | None) -> list[DocumentDate]:
    """Return the dates that say what they are the date of, as printed, each once.

    Args:
        text: lines of the document's front and its running lines.
        title: the document's title, which may tell a date of death.
    """
    found: dict[tuple[str, str], DocumentDate] = {}
    for one in [*_in_title(title or ""), *(date for line in text for date in _in_line(line))]:
        found.setdefault((one.role, one.edtf or ""), one)
    return list(found.values())


def document_date(dates: Iterable[DocumentDate], text: FrontText) -> Date | None:
    """Return the date of the plan: its own, else its report's, else one alone on a front line."""
    own = [one for one in dates if one.role not in _NO_OWN]
    own.sort(key=lambda one: one.role not in _OWN)
    if own:
        return Date(**own[0].model_dump(exclude={"role"}))
    for line in text.front:
        stripped = line.strip(" .()")
        for one in find_dates(stripped):
            if one.start == 0 and one.end == len(stripped) and _is_exact(one.date):
                return one.date
    return None


def review_period(text: FrontText) -> Date | None:
    """Return the time that the review looks at, where a line gives its first and last day."""
    lines = [*text.front, *(f"{above} {line}" for above, line in pairwise(text.front))]
    for line in lines:
        for label in _period().finditer(line):
            for one in find_dates(line):
                near = 0 <= one.start - label.end() <= _NEAR
                if near and "/" in (one.date.edtf or ""):
                    return one.date
    return None


def _in_title(title: str) -> Iterator[DocumentDate]:
    for words in _told().finditer(title):
        yield from _behind(title, words.end(), "death")


def _in_line(line: str) -> Iterator[DocumentDate]:
    if len(line.split()) > _LONGEST:
        return
    taken = -1
    for label in _labels(line):
        if label.start < taken:
            continue
        taken = label.end
        if label.role and _stands_free(line[: label.start]):
            yield from _behind(line, label.end, label.role)


def _labels(line: str) -> list[_Label]:
    """Labels of dates in `line`, the longest first where several begin at one place."""
    found = [
        _Label(role, match.start(), match.end())
        for role, pattern in _roles().items()
        for match in pattern.finditer(line)
    ]
    return sorted(found, key=lambda one: (one.start, -one.end))


def _stands_free(before: str) -> bool:
    """A label after `before` tells of this document: it begins a line, or a part of one."""
    if not before.strip() or _PARTS.search(before):
        return True
    return bool(_before().search(before)) and before.lstrip()[:1].isupper() | before[:1].isdigit()


def _behind(line: str, at: int, role: DateRole) -> Iterator[DocumentDate]:
    """The date behind the words that end at `at`."""
    filler = _FILLER.match(line, at)
    begin = filler.end() if filler else at
    for one in find_dates(line):
        if one.start <= begin < one.end and _is_exact(one.date):
            yield _with_role(one, role)


def _with_role(one: FoundDate, role: DateRole) -> DocumentDate:
    return DocumentDate(role=role, **one.date.model_dump())


def _is_exact(date: Date) -> bool:
    return bool(date.edtf and _MONTH_OR_DAY.fullmatch(date.edtf))


@cache
def _roles() -> dict[DateRole | None, re.Pattern[str]]:
    facts = load("facts")
    words = {role: facts["dates"].get(role, []) for role in get_args(DateRole)}
    words["death"] = facts["death"]["label"]
    made: dict[DateRole | None, re.Pattern[str]] = {
        role: _any(found) for role, found in words.items()
    }
    made[None] = _any(facts["dates"]["other"])
    return made


@cache
def _before() -> re.Pattern[str]:
    words = "|".join(load("facts")["dates"]["before"])
    verb = r"(?:\s+(?:was|is|were|has been|have been))?"
    return re.compile(rf"\b(?:{words}){verb}\s*(?:\([^)]*\)\s*)?$", re.IGNORECASE)


@cache
def _told() -> re.Pattern[str]:
    return _any(load("facts")["death"]["told"])


@cache
def _period() -> re.Pattern[str]:
    return _any(load("facts")["period"]["lead_in"])


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    longest = sorted(patterns, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(longest) + r")\b", re.IGNORECASE)
