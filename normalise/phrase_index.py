"""Phrases of word lists found in running text, many at a time.

A phrase is words between blanks: ``audit*`` any ending, ``sign|signs`` one of several, ``the?`` may
be left out, ``...`` up to four words between, none of them behind a full stop. Capitals in a word
count if it has two or more ("DASH", "IMRs"). A blank covers a
hyphen, a comma and a slash, too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

_WORD = re.compile(r"[\w&]+(?:['.][\w&]+)*")
_GAP = r"(?:[ ,:()/-]+[\w&'’-]+){0,4}?"
_BLANK = r"(?:[ -]|, | / ?|/)"


class Found(NamedTuple):
    """A phrase found: its tag, and the place of its words in the text."""

    tag: str
    start: int
    end: int


class _Rule(NamedTuple):
    tag: str
    phrase: str
    first: str  # the first word, out of several if the phrase has them
    needs: tuple[tuple[str, ...], ...]  # of each further word one has to be in the text


class PhraseIndex:
    """Phrases with their tags, by their first words.

    Only the phrases that begin with a word of the text are made ready and tried, so that thousands
    of them cost no more than some.
    """

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        """Take pairs of tag and phrase. Raises `ValueError` for a phrase that begins in a gap."""
        self._whole: dict[str, list[_Rule]] = defaultdict(list)
        self._stems: dict[str, list[_Rule]] = defaultdict(list)
        for tag, phrase in phrases:
            for first in _firsts(phrase):
                index = self._stems if first.endswith("*") else self._whole
                rule = _Rule(tag, phrase, first, _needs(phrase))
                index[first.rstrip("*").lower()].append(rule)
        self._lengths = sorted({len(stem) for stem in self._stems})

    def find(self, text: str) -> Iterator[Found]:
        """Yield what of the phrases stands in `text`, in its order; they may overlap."""
        plain = text.replace("’", "'").replace("‘", "'")
        small = plain.lower()
        for word in _WORD.finditer(plain):
            for rule in self._tried(word.group().lower()):
                if not all(any(one in small for one in choices) for choices in rule.needs):
                    continue  # few phrases go on as they begin: most are never compiled
                end = _end(rule, plain, word)
                if end is not None:
                    yield Found(rule.tag, word.start(), end)

    def _tried(self, word: str) -> Iterator[_Rule]:
        yield from self._whole.get(word, ())
        for length in self._lengths:
            if length > len(word):
                break
            yield from self._stems.get(word[:length], ())


def _firsts(phrase: str) -> list[str]:
    """The words that a phrase may begin with, as `_WORD` takes them from a text."""
    words = phrase.split()
    if words[0] == "..." or words[0].endswith("?"):
        raise ValueError(f"a phrase begins with a word that may be missing: {phrase!r}")
    return words[0].split("|")


def _needs(phrase: str) -> tuple[tuple[str, ...], ...]:
    """The words behind the first that may not be left out, each as its choices in small letters."""
    return tuple(
        tuple(choice.rstrip("*").lower() for choice in word.split("|"))
        for word in phrase.split()[1:]
        if word != "..." and not word.endswith("?")
    )


def _end(rule: _Rule, text: str, word: re.Match[str]) -> int | None:
    """Where the phrase of `rule` ends that begins with `word`; None if it does not stand there."""
    if " " in rule.phrase:
        match = _compiled(rule.phrase).match(text, word.start())
        return match.end() if match else None
    stem = rule.first.rstrip("*")
    return None if _is_shouted(rule.first) and not word.group().startswith(stem) else word.end()


@cache
def _compiled(phrase: str) -> re.Pattern[str]:
    """The regular expression of a phrase."""
    parts: list[str] = []
    for at, word in enumerate(phrase.split()):
        if word == "...":
            parts.append(_GAP)
            continue
        one = "(?:" + "|".join(map(_choice, word.rstrip("?").split("|"))) + ")"
        joined = one if at == 0 else _BLANK + one
        parts.append(f"(?:{joined})?" if word.endswith("?") else joined)
    return re.compile("".join(parts) + r"(?![\w&])", re.IGNORECASE)


def _choice(word: str) -> str:
    stem = re.escape(word.rstrip("*")) + (r"[\w']*" if word.endswith("*") else "")
    return f"(?-i:{stem})" if _is_shouted(word) else stem


def _is_shouted(word: str) -> bool:
    """The word stands for itself in capitals only: "DASH", "IMRs"."""
    return sum(c.isupper() for c in word) >= 2
