"""Slips of typing in the words of names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from actionplan.normalise.agency_forms import forms, stem
from actionplan.normalise.agency_gazetteer import index, plain_key
from actionplan.normalise.lead_words import words as plain

SURE = 5
"""Letters from which a word may have one slip: shorter ones are too often other words."""
LONG = 9
"""Letters from which a word may have two slips."""
LONGEST = 12
"""Letters from which it may have three ("Glostershire")."""
SHORTEST = 4
"""Letters of the shortest word that is put right, and of the halves of two printed as one."""


def right_words(words: Sequence[str]) -> list[str]:
    """`words` with slips of typing put right; none if one of them is no word of names.

    Words that a space too many divided are joined ("Mersey side").
    """
    out: list[str] = []
    at = 0
    while at < len(words):
        joined = words[at] + words[at + 1] if at + 1 < len(words) else ""
        divided = joined in _known(joined) and not all(one in _known(one) for one in words[at:][:2])
        fixed = joined if divided else put_right(words[at]) or _apart(words[at])
        if not fixed:
            return []
        out.extend(fixed.split())
        at += 1 + divided
    return out


def _apart(word: str) -> str | None:
    """Two words of names that are printed as one ("Westmercia")."""
    for at in range(SHORTEST, len(word) - SHORTEST + 1) if word not in _no_slips() else ():
        left, right = word[:at], word[at:]
        if stem(left) in _known(left) and stem(right) in _known(right):
            return f"{left} {right}"
    return None


def _known(word: str) -> frozenset[str]:
    """Words of names that begin as `word` does."""
    return _vocabulary().get(word[:1], frozenset())


@lru_cache(maxsize=1 << 13)
def put_right(word: str) -> str | None:
    """`word` if names have it, else the one word of names that it is a slip of; else None.

    One letter left out, put in, changed or changed over with the next; two in a long word, three
    in a very long one. The first letter has to be right. A short word may be a slip of one that
    says the kind ("Trst").
    """
    known = _known(word)
    if word in known or len(word) < SHORTEST:
        return word
    if word in _no_slips():
        return None
    if len(word) < SURE:
        return _nearest(word, forms().common) or word
    return _nearest(word, known)


def _nearest(word: str, known: Iterable[str]) -> str | None:
    from rapidfuzz.distance import OSA

    most = 1 + (len(word) >= LONG) + (len(word) >= LONGEST)
    best: list[str] = []
    for other in known:
        if other[0] == word[0] and len(other) >= SURE and abs(len(other) - len(word)) <= most:
            distance = OSA.distance(word, other, score_cutoff=most)
            if distance < most:
                most, best = distance, [other]
            elif distance == most:
                best.append(other)
    return best[0] if len(best) == 1 else None


@cache
def _vocabulary() -> Mapping[str, frozenset[str]]:
    """All words of names by their first letter."""
    out: dict[str, set[str]] = {}
    for word in {stem(word) for key in index() for word in key.split()} | set(forms().words):
        out.setdefault(word[:1], set()).add(word)
    return {letter: frozenset(found) for letter, found in out.items()}


@cache
def _no_slips() -> frozenset[str]:
    """Words of the language, and places that no name has."""
    words = {stem(word) for name in ("plain_words", "topics") for word in plain(name)}
    places = files("actionplan.normalise").joinpath("data/places.txt").read_text("utf-8")
    for line in places.splitlines():
        if not line.startswith("#"):
            words.update(map(stem, plain_key(line).split()))
    return frozenset(words)
