"""Slips of typing in the words of names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

from actionplan.normalise.agency_forms import full_words, stem
from actionplan.normalise.agency_gazetteer import index, plain_key

SURE = 5
"""Letters from which a word may have one slip: shorter ones are too often other words."""
LONG = 9
"""Letters from which a word may have two slips."""


@lru_cache(maxsize=1 << 13)
def put_right(word: str) -> str | None:
    """`word` if names have it, else the one word of names that it is a slip of; None if neither.

    One letter left out, put in, changed or changed over with the next; two in a long word. The
    first letter has to be right.
    """
    from rapidfuzz.distance import OSA

    known = _vocabulary().get(word[:1], frozenset())
    if word in known or len(word) < SURE:
        return word
    most = 2 if len(word) >= LONG else 1
    best: list[str] = []
    for other in known:
        if len(other) >= SURE and abs(len(other) - len(word)) <= most:
            distance = OSA.distance(word, other, score_cutoff=most)
            if distance < most:
                most, best = distance, [other]
            elif distance == most:
                best.append(other)
    return best[0] if len(best) == 1 else None


@cache
def _vocabulary() -> Mapping[str, frozenset[str]]:
    """All words of names, and of places that are no names' words, by their first letter."""
    words = {word for key in index() for word in full_words(key)}
    places = files("actionplan.normalise").joinpath("data/places.txt").read_text("utf-8")
    for line in places.splitlines():
        if not line.startswith("#"):
            words.update(map(stem, plain_key(line).split()))
    out: dict[str, set[str]] = {}
    for word in words:
        out.setdefault(word[:1], set()).add(word)
    return {letter: frozenset(found) for letter, found in out.items()}
