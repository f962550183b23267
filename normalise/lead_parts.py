"""From the runs that a reading found to parts of leads, and to the leads' words alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from actionplan.normalise.lead_group import Part, group, mark_between
from actionplan.normalise.lead_shape import POSSESSIVE
from actionplan.normalise.lead_signs import as_printed
from actionplan.normalise.lead_words import phrases

_EDGES = " \t\n,;:.–—/|&"
_WORD = re.compile(r"\w+")


class Run(NamedTuple):
    """PERSON, POST, ORG or UNIT from offset `start` to `end`, with the score of the reading."""

    label: str
    start: int
    end: int
    score: float


Entry = tuple[str, str, str]
"""Words of a lead's name, post and organisation, without case and signs."""


def parts_of(runs: Iterable[Run], text: str, printed: str | None = None) -> list[Part]:
    """The parts that `lead_group.group` puts together.

    Args:
        runs: in printed order.
        text: what was read.
        printed: the same with its signs as printed.
    """
    parts: list[Part] = []
    for run in runs:
        piece = text[run.start : run.end]
        shown = as_printed(piece, (printed or text)[run.start : run.end])
        before = text[parts[-1].end : run.start] if parts else ""
        mark = mark_between(before) if parts else "start"
        rank = run.label == "POST" and shown.casefold().replace(".", "") in _ranks()
        if run.label == "ORG":
            shown = POSSESSIVE.sub(_of_owner, shown)
        parts.append(Part(run.label, _clean(shown), run.start, run.end, mark, rank, before))
    return parts


def _of_owner(found: re.Match[str]) -> str:
    """Nothing for "'s"; an apostrophe alone may belong to the name."""
    return "" if found.group().endswith("s") else found.group()


def entries(runs: Iterable[Run], text: str) -> list[Entry]:
    """The leads that `runs` make, by their words alone: to see if two readings say the same."""
    drafts = group(parts_of(runs, text))
    return [(_words(d.name), _words(d.post), _words(d.organisation)) for d in drafts]


def _words(text: str | None) -> str:
    return " ".join(_WORD.findall((text or "").casefold()))


@cache
def _ranks() -> frozenset[str]:
    return frozenset(rank.casefold() for rank in phrases("ranks"))


def _clean(text: str) -> str:
    text = text.strip(_EDGES).replace("( ", "(").replace(" )", ")")
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    return text
