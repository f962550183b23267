"""The status that running text tells: its evidence weighed.

What is open outweighs what is done, and a status word that stands alone counts for the whole.
docs/status.md has the rules.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from actionplan.normalise.status_evidence import evidence
from actionplan.normalise.status_sentence import DONE, Evidence, Kind, sentences
from actionplan.normalise.status_tags import Tagged, lists, tag
from actionplan.schemas.plan import StatusValue

# What is open, and what beside it shows that work was begun all the same.
_BEGUN: tuple[Kind, ...] = (*DONE, "trial", "begun", "part", "share")
_OPEN: dict[Kind, tuple[Kind, ...]] = {
    "unbegun": _BEGUN,
    "open": (*_BEGUN, "request", "moving", "ongoing", "practice", "continuing"),
}
_MOVING: tuple[Kind, ...] = ("moving", "part", "share", "begun")
# "Completed.", "Action closed", "1-4 complete", "The work is now in progress -".
_STATUS_WORD = re.compile(r"[av#u.]*?(?:i|hv*n)?v*(?P<word>[TSCKMO])(?=[,;|#b]|$)")
# "Completed /Ongoing", "Implemented and ongoing."
_DONE_AND_ON = re.compile(r"[|;,]*[TSCP](?:[ub,;|v]{0,2}K(?=[,;|#b]|$)|[^,;|]{1,12}[ub]v*K)")
# A text that opens so says it of all that follows: "Not started: the contractor has left."
_NOT_BEGUN = re.compile(
    r"\W*(?:work\s+)?(?:(?:has|is)\s+)?not\s+(?:yet\s+)?(?:been\s+)?(?:started|begun|commenced)(?=\s*(?:[.:;,–—]|-\s|$))",
    re.IGNORECASE,
)
# Stands for it among the letters of a verdict.
_BOTH = "&"


@lru_cache(maxsize=1024)
def read(text: str) -> tuple[StatusValue, int, Sequence[Evidence]]:
    """Return the status that `text` tells, the offset of what decided, and all evidence.

    Kept, as an update is read for itself and again with the others of its recommendation.
    """
    words = tag(text)
    found = evidence(words)
    verdict = _verdict(words)
    if _NOT_BEGUN.match(text):
        return "not_started", 0, tuple(found)
    value, decisive = _sum(found, verdict)
    at = words.spans[decisive][0] if value != "unknown" else 0
    return value, at, tuple(found)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """A status word that stands for the whole text; `last` if nothing follows it."""

    letter: str
    at: int
    last: bool


def _verdict(text: Tagged) -> _Verdict | None:
    """The status word that opens the text and is set off, or that is its last sentence."""
    length = len(text.tags.rstrip("|;"))
    if match := _DONE_AND_ON.match(text.tags):
        return _Verdict(_BOTH, match.end() - 1, match.end() >= length)
    found = None
    for begin, end in sentences(text):
        match = _STATUS_WORD.match(text.tags, begin, end)
        if match is None or not _is_subject(text, begin, match.start("word")):
            continue
        last = match.end() >= length
        if begin == 0 or (last and match.end() == end):
            found = found or _Verdict(match["word"], match.start("word"), last)
            if last and match["word"] in "TSC":
                return _Verdict(match["word"], match.start("word"), last)
    return found


def _is_subject(text: Tagged, begin: int, end: int) -> bool:
    return all(
        tag_ in "#uihnva" or word in lists("subjects")
        for word, tag_ in zip(text.words[begin:end], text.tags[begin:end], strict=True)
    )


def _sum(found: Sequence[Evidence], verdict: _Verdict | None) -> tuple[StatusValue, int]:
    """One status out of all evidence, and the word that decided."""
    first: dict[Kind, int] = {}
    for item in found:
        first.setdefault(item.kind, item.at)
    if verdict is not None:
        return _by_verdict(first, verdict)
    return _unfinished(first) or _settled(first) or ("unknown", 0)


def _unfinished(first: Mapping[Kind, int]) -> tuple[StatusValue, int] | None:
    """What is open outweighs what is done."""
    for kind, besides in _OPEN.items():
        if kind in first:
            begun = _first(first, *besides) is not None
            return ("in_progress" if begun else "not_started"), first[kind]
    for kind in _MOVING:
        if kind in first:
            return "in_progress", first[kind]
    if "trial" in first and _first(first, "finished", "state") is None:
        return "in_progress", first["trial"]
    if "planned" in first and _first(first, *DONE, "ongoing", "practice", "request") is not None:
        return "in_progress", first["planned"]
    return None


def _settled(first: Mapping[Kind, int]) -> tuple[StatusValue, int] | None:
    """Nothing is open: done, going on, or all to come."""
    done = _first(first, *DONE)
    if done is not None:
        on = first.get("continuing")
        return ("completed", done) if on is None else ("ongoing", on)
    asked = _first(first, "request", "trial")
    if asked is not None:
        return "in_progress", asked
    on = _first(first, "ongoing", "continuing", "practice")
    if on is not None:
        unfinished = "ongoing" in first and "following" in first
        return ("in_progress" if unfinished else "ongoing"), on
    for kind in ("planned", "following"):
        if kind in first:
            return "not_started", first[kind]
    if "habit" in first:
        return "ongoing", first["habit"]
    return ("completed", first["fact"]) if "fact" in first else None


def _by_verdict(first: Mapping[Kind, int], verdict: _Verdict) -> tuple[StatusValue, int]:
    if verdict.letter == "O":
        begun = _first(first, *_BEGUN) is not None
        return ("in_progress" if begun else "not_started"), verdict.at
    unfinished = _first(first, "unbegun", "open", "moving", "part")
    if verdict.letter == "M" and "open" in first and "moving" not in first:
        return _unfinished(first) or ("in_progress", verdict.at)
    if verdict.letter == "M" or (unfinished is not None and not verdict.last):
        return "in_progress", verdict.at if unfinished is None else unfinished
    return ("ongoing" if verdict.letter in ("K", _BOTH) else "completed"), verdict.at


def _first(first: Mapping[Kind, int], *kinds: Kind) -> int | None:
    """The first word that tells one of `kinds`."""
    places = [first[kind] for kind in kinds if kind in first]
    return min(places, default=None)
