"""Milestones with a date of their own before or behind them."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from actionplan.normalise.dates import find_dates
from actionplan.normalise.update_labels import read_label, runs_on
from actionplan.normalise.vocabulary import load
from actionplan.schemas.plan import Date

_END = re.compile(r"\s*(?P<close>[)\]])?\s*(?:[.;,]\s*(?=[A-Z(•-])|;\s*|[.;,]?\s*$)")
_UNMARKED = re.compile(r"\s*(?P<close>[)\]])?\s+")
_SET_OFF = " ([-–—:,;\t"


_STATE_REACH = 60  # characters of the longest cell that a date and such a word fill

# What stands between a milestone and its date behind it.
_OPENERS = " (["


class Milestone(NamedTuple):
    """A milestone; `label` is its date as printed, None where it has none."""

    label: str | None
    date: Date | None
    text: str


def dated_pieces(text: str, line_starts: Collection[int] = ()) -> list[Milestone]:
    """Return the milestones of a paragraph if at least one has its own date, else none.

    "Policy agreed March 2014; staff trained (June 2014)" gives two. A date inside a sentence
    ("trained in June 2014") belongs to the sentence.

    Args:
        text: the paragraph.
        line_starts: offsets at which its printed lines begin. Where a date ends the text, one that
            ends a line, or that stands in brackets, ends a milestone as well.
    """
    label = read_label(text, len(text))
    if label is not None and (label.closer or label.next.isupper()) and text[label.end :].strip():
        return [Milestone(label.text, label.date.date, text[label.end :].strip())]
    pieces: list[Milestone] = []
    since = 0
    dates = find_dates(text)
    to_the_end = bool(dates) and not text[dates[-1].end :].strip(" )].;,")
    for found in dates:
        end = _END.match(text, found.end)
        if end is None and to_the_end:
            end = _unmarked_end(text, found.end, line_starts)
        head = text[since : found.start]
        bracketed = head.rstrip().endswith(("(", "["))
        if end is None or runs_on(head.rstrip(_OPENERS)) or not head.strip(_SET_OFF):
            continue
        if bracketed != bool(end["close"]):
            continue
        pieces.append(Milestone(found.date.text, found.date, head.strip().rstrip(_SET_OFF)))
        since = end.end()
    rest = text[since:].strip()
    if pieces and re.search(r"\w", rest):
        pieces.append(Milestone(None, None, rest))
    return pieces


def dated_state(text: str) -> Milestone | None:
    """Return the date behind a word that only says that it is done ("Yes - 14 Sept 2015"), or None.

    "Issued 14/2/22." says what was done, and its date is part of that.
    """
    found = find_dates(text[:_STATE_REACH])
    if len(found) != 1 or len(text) > _STATE_REACH or text[found[0].end :].strip(" .)]"):
        return None
    word = text[: found[0].start].strip(_SET_OFF)
    if " ".join(word.casefold().split()) not in load("labels")["states"]:
        return None
    return Milestone(found[0].date.text, found[0].date, word)


def _unmarked_end(text: str, at: int, line_starts: Collection[int]) -> re.Match[str] | None:
    """The end of a milestone behind a date where no mark is: a line's end, a closed bracket."""
    end = _UNMARKED.match(text, at)
    if end is None or end.end() == len(text):
        return None
    following = text[end.end()]
    new_line = end.end() in line_starts and (following.isupper() or following.isdigit())
    return end if new_line or (end["close"] and following.isupper()) else None
