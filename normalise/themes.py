"""Themes: what a recommendation is about, by the words of a published vocabulary.

The vocabulary and its words are in ``data/themes.toml``; docs/themes.md shows it as a table. A
theme is given where one of its words or phrases stands in the text, outside the proper name of a
body and outside the phrases in which the word means something else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from actionplan.normalise.phrase_index import Found, PhraseIndex
from actionplan.normalise.running import run_on
from actionplan.normalise.vocabulary import alternatives, load
from actionplan.schemas.tables import Line

_MOSTLY = 0.6  # share of words with a capital from which a text is in title case or capitals
_LONG = 4  # letters of a word that counts for that share


class Theme(NamedTuple):
    """An entry of the vocabulary."""

    id: str
    label: str
    definition: str
    include: str
    exclude: str


class ThemeText(NamedTuple):
    """Words that speak of a theme, and where they stand in the text that was read."""

    theme: str
    words: str
    start: int


def vocabulary() -> list[Theme]:
    """Return the themes in the order of the vocabulary."""
    return [Theme(*(one[name] for name in Theme._fields)) for one in load("themes")["theme"]]


@cache
def _ids() -> tuple[str, ...]:
    return tuple(one.id for one in vocabulary())


def find_themes(text: str) -> list[ThemeText]:
    """Return what in `text` speaks of a theme, theme by theme in the order of the vocabulary."""
    names = [] if _in_capitals(text) else list(_names(text))
    barred = _by_tag(_index("but").find(text))
    found = _by_tag(_index("words").find(text))
    out: list[ThemeText] = []
    for theme in filter(found.get, _ids()):
        free = [
            one
            for one in found[theme]
            if not _inside(one, names) and not _overlaps(one, barred.get(theme, ()))
        ]
        out += [ThemeText(theme, text[one.start : one.end], one.start) for one in _widest(free)]
    return out


def by_theme(found: Iterable[ThemeText]) -> dict[str, list[str]]:
    """Return for each theme the words that speak of it, each once."""
    words: dict[str, list[str]] = {}
    for one in found:
        kept = words.setdefault(one.theme, [])
        if one.words not in kept:
            kept.append(one.words)
    return words


class ThemeReading(NamedTuple):
    """For each theme the words that speak of it, and the lines in which they stand."""

    evidence: dict[str, list[str]]
    lines: list[Line]


def read_themes(
    told: Iterable[Sequence[Line]], actions: Iterable[Sequence[Line]] = ()
) -> ThemeReading:
    """Return the themes of a recommendation.

    Args:
        told: the lines of its text, and those of each theme that is printed above or beside it.
        actions: the lines of its actions; they are read only where `told` speaks of no theme.
    """
    for source in (told, actions):
        found = [(lines, one) for lines in source for one in find_themes(run_on(lines).text)]
        if found:
            lines = dict.fromkeys(line for of, one in found for line in _lines_of(of, one))
            return ThemeReading(by_theme(one for _, one in found), list(lines))
    return ThemeReading({}, [])


def _lines_of(lines: Sequence[Line], one: ThemeText) -> Sequence[Line]:
    running = run_on(lines)
    last = running.line_at(one.start + len(one.words) - 1)
    return lines[running.line_at(one.start) : last + 1]


@cache
def _index(words: str) -> PhraseIndex:
    themes = load("themes")["theme"]
    return PhraseIndex((one["id"], phrase) for one in themes for phrase in one.get(words, ()))


def _by_tag(found: Iterable[Found]) -> dict[str, list[Found]]:
    kept: dict[str, list[Found]] = defaultdict(list)
    for one in found:
        kept[one.tag].append(one)
    return kept


def _inside(one: Found, names: Sequence[tuple[int, int]]) -> bool:
    return any(start <= one.start and one.end <= end for start, end in names)


def _overlaps(one: Found, others: Sequence[Found]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)


def _widest(found: Sequence[Found]) -> Iterator[Found]:
    """Of phrases that overlap the first and longest."""
    end = -1
    for one in sorted(found, key=lambda it: (it.start, -it.end)):
        if one.start >= end:
            yield one
            end = one.end


@cache
def _name() -> re.Pattern[str]:
    """A proper name: capitalised words, the last of which says that it is a body's."""
    ends = alternatives(load("themes")["bodies"]["ends"])
    word = r"[A-Z][\w'’&-]*"
    link = r"(?:\s+(?:and|of|for|the|on|in|&)){0,2}"
    return re.compile(rf"\b(?:{word}{link}\s+){{1,8}}?{ends}\b(?:{link}\s+{word})*")


def _names(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _name().finditer(text))


def _in_capitals(text: str) -> bool:
    """Most longer words begin with a capital, so that capitals tell no names."""
    words: list[str] = [word for word in re.findall(r"[A-Za-z]+", text) if len(word) >= _LONG]
    return sum(word[0].isupper() for word in words) > _MOSTLY * len(words)
