"""How names of bodies are written: the vocabulary of ``data/agency_forms.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from actionplan.normalise.agency_gazetteer import plain_key

LONGEST = 16
"""Words of the longest text that is looked at; longer ones are no names."""

Core = frozenset[str]
"""The words of a name that tell whose it is."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of body with many forms of name.

    Attributes:
        types: types of the bodies.
        heads: words that names of the kind have one of.
        drop: words that only say the kind.
    """

    types: frozenset[str]
    heads: frozenset[str]
    drop: frozenset[str]

    def core(self, words: Iterable[str]) -> Core:
        """The telling words of a name."""
        return frozenset(words) - self.drop - forms().small


@dataclass(frozen=True, slots=True)
class Forms:
    """The vocabulary; words are keys without plural.

    Attributes:
        words: short forms and the words they stand for.
        phrases: words that mean one thing together, and that thing, with spaces around.
        kinds: kinds of body with many forms of name.
        small: words that tell nothing apart.
        legal: legal form of trusts.
        weak: words that names of hospital trusts may have or not.
        work: words for the work of trusts.
        direction: words of which one more or less makes another body.
        departments: departments of councils, as words -> does a county's council have them alone?
        regions: words for parts of the country.
        unitary: councils that do a county's work in counties that have a council, by slug.
        common: words that say the kind of a body, of all kinds, and directions.
        officers: titles and the kind of body of each.
        officer: an officer before the name of a body; group 1 is the title.
    """

    words: Mapping[str, str]
    phrases: tuple[tuple[str, str], ...]
    kinds: tuple[Kind, ...]
    small: Core
    legal: Core
    weak: Core
    work: Core
    direction: Core
    common: Core
    departments: Mapping[tuple[str, ...], bool]
    unitary: frozenset[str]
    regions: frozenset[str]
    officers: Mapping[str, str]
    officer: re.Pattern[str]


@cache
def forms() -> Forms:
    """Load the vocabulary once."""
    data = files("actionplan.normalise").joinpath("data/agency_forms.toml")
    raw = tomllib.loads(data.read_text("utf-8"))
    titles = "|".join(sorted(raw["officers"], key=len, reverse=True))
    phrases = [one["words"].split() for one in raw["phrase"]]
    common = {word for one in raw["kind"] for word in (*one["heads"], *one["drop"])}
    trust = {name: frozenset(words) for name, words in raw["trust"].items()}
    return Forms(
        words=raw["words"],
        phrases=tuple((f" {one['words']} ", f" {one['is']} ") for one in raw["phrase"]),
        kinds=tuple(
            Kind(*(frozenset(one[name]) for name in ("types", "heads", "drop")))
            for one in raw["kind"]
        ),
        small=frozenset(raw["small"]["words"]),
        direction=frozenset(raw["direction"]["words"]),
        common=frozenset(common.union(*phrases, raw["direction"]["words"])),
        departments={
            tuple(name.split()): level == "county"
            for level in ("any", "county")
            for name in raw["departments"][level]
        },
        unitary=frozenset(raw["departments"]["unitary"]),
        regions=frozenset(raw["regions"]["words"]),
        officers=raw["officers"],
        officer=re.compile(
            rf"\s*(?:the\s+)?({titles})\b\s*(?:,|of\b|for\b|at\b|-|–)?\s*(?:the\s+)?(?=\S)", re.I
        ),
        **trust,
    )


@lru_cache(maxsize=1 << 14)
def _full(name: str) -> tuple[str, ...]:
    text = f" {' '.join(long_words(name))} "
    for phrase, short in forms().phrases:
        if phrase in text:
            text = text.replace(phrase, short)
    return tuple(text.split())


def full_words(name: str) -> list[str]:
    """The words of a name, short forms in full, without plural, what means one thing as one word.

    A text too long for a name has none.
    """
    return list(_full(name))


def long_words(name: str) -> list[str]:
    """The same, phrases left as they are."""
    words = plain_key(name).split()
    if len(words) > LONGEST:
        return []
    full = " ".join(forms().words.get(word, word) for word in words)
    return [stem(word) for word in full.split()]


def stem(word: str) -> str:
    """A word without the "s" of its plural; "mass", "bus" and "St" keep theirs."""
    return word[:-1] if len(word) > 4 and word[-1] == "s" and word[-2] != "s" else word
