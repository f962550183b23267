"""Slips of typing in the words of names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product
from math import prod

from actionplan.normalise.agency_forms import forms, stem
from actionplan.normalise.agency_gazetteer import index, plain_key
from actionplan.normalise.agency_shape import patterns
from actionplan.normalise.lead_words import words as plain

SURE = 5
"""Letters from which a word may have one slip: shorter ones are too often other words."""
LONG = 9
"""Letters from which a word may have two slips."""
LONGEST = 12
"""Letters from which it may have three ("Glostershire")."""
SHORTEST = 4
"""Letters of the shortest word that is put right, and of the halves of two printed as one."""

TOLD = 6
"""Letters of the shortest word of a kind that is put right in a name that nobody knows."""
MOST = 6
"""Ways to put one name right that are tried; where there are more, none is sure."""


def right_words(words: Sequence[str]) -> list[list[str]]:
    """The ways to put slips of typing in `words` right; none if one is no word of names.

    Words that a space too many divided are joined ("Mersey side").
    """
    ways: list[tuple[str, ...]] = []
    at = 0
    while at < len(words):
        joined = words[at] + words[at + 1] if at + 1 < len(words) else ""
        divided = joined in _known(joined) and not all(one in _known(one) for one in words[at:][:2])
        fixed = (joined,) if divided else put_right(words[at]) or _apart(words[at])
        ways.append(fixed)
        at += 1 + divided
    if prod(map(len, ways)) > MOST:
        return []
    return [" ".join(way).split() for way in product(*ways)]


def _apart(word: str) -> tuple[str, ...]:
    """Two words of names that are printed as one ("Westmercia")."""
    for at in range(SHORTEST, len(word) - SHORTEST + 1) if word not in _no_slips() else ():
        left, right = word[:at], word[at:]
        if stem(left) in _known(left) and stem(right) in _known(right):
            return (f"{left} {right}",)
    return ()


def _known(word: str) -> frozenset[str]:
    """Words of names that begin as `word` does."""
    return _vocabulary().get(word[:1], frozenset())


@lru_cache(maxsize=1 << 13)
def put_right(word: str) -> tuple[str, ...]:
    """`word` if names have it, else the words of names nearest to it, of which it is a slip.

    One letter left out, put in, changed or changed over with the next; two in a long word, three
    in a very long one. The first letter has to be right. A short word may be a slip of one that
    says the kind ("Trst").
    """
    known = _known(word)
    if word in known or len(word) < SHORTEST:
        return (word,)
    if word in _no_slips():
        return ()
    if len(word) < SURE:
        return _nearest(word, forms().common) or (word,)
    return _nearest(word, known)


def right_kind(name: str) -> str:
    """A name with slips in the words that say its kind put right ("Kelmouth Polcie").

    The first word is the place's; short words of kinds are too near to surnames ("Holmes").
    """
    first, *rest = name.split() or [""]
    return " ".join([first, *map(_right_kind, rest)])


@lru_cache(maxsize=1 << 12)
def _right_kind(word: str) -> str:
    key = word.casefold()
    if len(key) < TOLD or not key.isalpha() or key in _kind_words() or key in _known(stem(key)):
        return word
    found = _nearest(key, _kind_words()) if stem(key) not in _no_slips() else ()
    return found[0].capitalize() if len(found) == 1 else word


@cache
def _kind_words() -> frozenset[str]:
    words = {word for head in patterns().heads for word in head.split()}
    return frozenset(word for word in words if len(word) >= TOLD)


def _nearest(word: str, known: Iterable[str]) -> tuple[str, ...]:
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
    return tuple(best)


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
