"""Which of a target cell's dates replaces which: "March 2014 (revised June 2014)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from actionplan.normalise.dates import FoundDate, find_dates
from actionplan.normalise.dates_forms import PLAIN
from actionplan.normalise.phrases import any_phrase
from actionplan.normalise.target_words import TargetWords

Role = Literal["revised", "earlier", ""]


class Revision(NamedTuple):
    """The dates of a target cell, by what they are.

    Attributes:
        own: the dates of the target itself.
        revised: the date that replaces them.
        begin: offset at which what is printed of the revised date begins.
    """

    own: Sequence[FoundDate]
    revised: FoundDate
    begin: int


def revision(text: str, found: Sequence[FoundDate]) -> Revision | None:
    """Return the target's own and its revised date, None where `text` revises nothing.

    A date is a revised one where a word such as "revised" or "now" stands before it, or where the
    other is said to be the original. Of several the last printed counts.
    """
    found = _parted(text, found)
    roles = [_role(text, found, at) for at in range(len(found))]
    if not any(role for role, _ in roles):
        return None
    if not any(role == "revised" for role, _ in roles):
        # "June 2014 (originally March 2014)"
        roles = [("earlier" if role else "revised", begin) for role, begin in roles]
    later = [
        (date, begin) for date, (role, begin) in zip(found, roles, strict=True) if role == "revised"
    ]
    if not later:
        return None
    revised, begin = later[-1]
    own = [date for date, (role, _) in zip(found, roles, strict=True) if role != "revised"]
    return Revision(own or found, revised, begin)


def _parted(text: str, found: Sequence[FoundDate]) -> Sequence[FoundDate]:
    """The two dates of "extended from March 2014 to June 2014", which is no interval."""
    if len(found) != 1 or not _before("earlier").search(text[: found[0].start].translate(PLAIN)):
        return found
    at, printed = found[0].start, text[found[0].start : found[0].end]
    cut = re.search(r"\s+(?:to|until)\s+", printed)
    if cut is None:
        return found
    first, second = find_dates(printed[: cut.start()]), find_dates(printed[cut.end() :])
    if len(first) != 1 or len(second) != 1:
        return found
    return [_moved(first[0], at), _moved(second[0], at + cut.end())]


def _moved(found: FoundDate, by: int) -> FoundDate:
    return found._replace(start=found.start + by, end=found.end + by)


def _role(text: str, found: Sequence[FoundDate], at: int) -> tuple[Role, int]:
    """What the words around a date say of it, and where they begin."""
    date = found[at]
    since = found[at - 1].end if at else 0
    plain = text.translate(PLAIN)
    roles: tuple[Role, ...] = ("earlier", "revised")
    for role in roles:
        if match := _before(role).search(plain, since, date.start):
            return role, match.start()
    until = found[at + 1].start if at + 1 < len(found) else len(text)
    for role in roles:
        if _behind(role).match(plain, date.end, until):
            return role, date.start
    return "", date.start


@cache
def _before(role: Role) -> re.Pattern[str]:
    """A word of the role, and nothing but fillers between it and the date."""
    words = TargetWords.vocabulary("words")
    named = any_phrase(words[role])
    if role == "earlier":
        named = rf"(?:{named}|(?:(?<=^)|(?<=[(;,:-])|(?<=[(;,:-]\s))was)"
    return re.compile(
        rf"(?<!\w){named}(?!\w)(?:[\s.:;,(\[-]+|\d+\s+(?:day|week|month|year)s?|(?<!\w){any_phrase(words['revised_tail'])}(?!\w))*$",
        re.IGNORECASE,
    )


@cache
def _behind(role: Role) -> re.Pattern[str]:
    """A word of the role in brackets behind the date."""
    words = TargetWords.vocabulary("words")
    tail = any_phrase(words["revised_tail"])
    return re.compile(rf"\s*[(\[]\s*{any_phrase(words[role])}(?:\s+{tail})*\s*[)\]]", re.IGNORECASE)
