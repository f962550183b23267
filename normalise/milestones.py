"""Milestones with a date of their own before or behind them."""

from __future__ import annotations

import re
from typing import NamedTuple

from actionplan.normalise.dates import find_dates
from actionplan.normalise.update_labels import read_label, runs_on
from actionplan.schemas.plan import Date

_END = re.compile(r"\s*(?P<close>[)\]])?\s*(?:[.;,]\s*(?=[A-Z(•-])|;\s*|[.;,]?\s*$)")
_SET_OFF = " ([-–—:,;\t"


class Milestone(NamedTuple):
    """A milestone; `label` is its date as printed, None where it has none."""

    label: str | None
    date: Date | None
    text: str


def dated_pieces(text: str) -> list[Milestone]:
    """Return the milestones of a paragraph if at least one has its own date, else none.

    "Policy agreed March 2014; staff trained (June 2014)" gives two. A date inside a sentence
    ("trained in June 2014") belongs to the sentence.
    """
    label = read_label(text, len(text))
    if label is not None and (label.closer or label.next.isupper()) and text[label.end :].strip():
        return [Milestone(label.text, label.date.date, text[label.end :].strip())]
    pieces: list[Milestone] = []
    since = 0
    for found in find_dates(text):
        end = _END.match(text, found.end)
        head = text[since : found.start]
        bracketed = head.rstrip().endswith(("(", "["))
        if end is None or runs_on(head) or not head.strip(_SET_OFF):
            continue
        if bracketed != bool(end["close"]):
            continue
        pieces.append(Milestone(found.date.text, found.date, head.strip().rstrip(_SET_OFF)))
        since = end.end()
    rest = text[since:].strip()
    if pieces and re.search(r"\w", rest):
        pieces.append(Milestone(None, None, rest))
    return pieces
