"""Bodies by the area that they serve, and by the letters that begin the words of their names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache

from actionplan.normalise.agency_gazetteer import Body, bodies, name_key
from actionplan.normalise.agency_shape import patterns

_SMALL = frozenset({"and", "of", "the", "for", "in", "upon", "on", "with", "y"})
_SPELLED = frozenset(
    {"police", "council", "nhs_trust", "nhs_commissioner", "probation", "fire", "other"}
)
"""Types whose bodies are written in the initials of their names ("LCC", "TVP", "LPT")."""
_LEGAL_FORMS = (
    ("nhs foundation trust", "f t"),
    ("foundation trust", "f t"),
    ("nhs trust", "t"),
    ("university health board", "u h b"),
)


def in_area(candidates: Iterable[Body], area: Iterable[str]) -> tuple[Body, ...]:
    """Those of `candidates` whose place, or else an area they serve, the texts `area` (keys) name.

    A body whose places are all parts of another's is left out: "Lincolnshire" where the text has
    "North Lincolnshire", "London" where it has "London Borough of Lewisham".
    """
    bodies_ = tuple(candidates)
    texts = [f" {text} " for text in area]
    return _named(bodies_, texts, own_places) or _named(bodies_, texts, served_places)


def _named(
    candidates: Iterable[Body], texts: Sequence[str], places: Callable[[Body], tuple[str, ...]]
) -> tuple[Body, ...]:
    found: dict[Body, frozenset[str]] = {}
    for body in candidates:
        named = {place for place in places(body) if any(f" {place} " in text for text in texts)}
        if named:
            found[body] = frozenset(named)
    return tuple(
        body
        for body, named in found.items()
        if not any(_within(named, other) for other in found.values() if other != named)
    )


def _within(named: frozenset[str], other: frozenset[str]) -> bool:
    """Is each place of `named` one of `other`, or a part of one ("Yorkshire")?"""
    return all(any(f" {place} " in f" {one} " for one in other) for place in named)


@lru_cache(maxsize=1 << 12)
def own_places(body: Body) -> tuple[str, ...]:
    """Keys of the places that a body's name has."""
    found: list[str] = []
    run: list[str] = []
    for word in [*name_key(body.name).split(), "and"]:
        if word in patterns().placeless or word == "and":
            found.append(" ".join(run))
            run = []
        elif run or word not in _SMALL:
            run.append(word)
    return tuple(dict.fromkeys(place.removesuffix(" of") for place in found if place))


@lru_cache(maxsize=1 << 12)
def served_places(body: Body) -> tuple[str, ...]:
    """Keys of the areas that a body serves, or lies in."""
    return tuple(map(name_key, body.areas))


def spelled_by(short: str) -> tuple[Body, ...]:
    """The bodies whose initials are the short form: ``"LCC"`` has five and more."""
    letters = short.replace(".", "").replace("&", "").casefold()
    return _by_initials().get(letters, ())


@cache
def _by_initials() -> Mapping[str, tuple[Body, ...]]:
    out: dict[str, dict[Body, None]] = {}
    for body in bodies():
        if body.proper and body.type in _SPELLED:
            for letters in initials(body.name):
                out.setdefault(letters, {})[body] = None
    return {letters: tuple(found) for letters, found in out.items()}


def initials(name: str) -> frozenset[str]:
    """The ways to write a body's name in initials, casefolded: with and without "NHS", "and"."""
    key = name_key(name)
    forms = {key, key.removeprefix("nhs ")}
    for words, short in _LEGAL_FORMS:
        forms |= {form.replace(words, short) for form in forms}
    out = set()
    for form in forms:
        words_ = form.split()
        out.add("".join(word[0] for word in words_ if word not in _SMALL))
        out.add("".join(word[0] for word in words_ if word not in {"of", "the"}))
    return frozenset(out)
