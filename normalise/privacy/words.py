"""A running text as words, each with what the word lists and its form say of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from actionplan.normalise.lead_settings import EXPLAINED
from actionplan.normalise.lead_shape import is_plain, may_begin, may_end
from actionplan.normalise.lead_tokens import word_labels
from actionplan.normalise.privacy.lists import listed

_LETTER = r"[^\W\d_]"
_UPPER = r"(?:(?![a-z\d_])[A-ZÀ-ÖØ-ÞĀ-Ž])"
_WORD = rf"{_LETTER}+(?:['’](?!s\b){_LETTER}+|-{_UPPER}{_LETTER}*)*"
_TOKEN = re.compile(
    r"(?P<mail>[\w.+'-]+@[\w-]+(?:\.[\w-]+)+)"
    rf"|(?P<initials>(?<!\w)(?:{_UPPER}\.\s?)*{_UPPER}\.(?!\w{{2,}}\.))"
    rf"|(?P<word>{_WORD})|(?P<number>\d+)|(?P<mark>[^\s\w]|_)"
)
_OPENS = frozenset(".!?:;•*|–—")
_BEFORE = frozenset("‘’'“”\"()[]-")  # behind these and numbers an opening still lies ahead


class Token(NamedTuple):
    """A word, number or mark of a text.

    Attributes:
        labels: as `word_labels` gives them; of an address ``MAIL``.
        opens: a sentence or an item of a list begins with it.
        blank: is there a blank (and nothing else) between it and the token before?
    """

    text: str
    start: int
    end: int
    labels: frozenset[str]
    opens: bool
    blank: bool

    @property
    def low(self) -> str:
        """The word without case."""
        return self.text.casefold()

    def has(self, *labels: str) -> bool:
        """Has it one of the labels?"""
        return not self.labels.isdisjoint(labels)

    @property
    def capital(self) -> bool:
        """A word that begins with a capital, or is all capitals and no short form."""
        shouted = "SHOUTED" in self.labels and len(self.text) > 3
        return shouted or "CAPITAL" in self.labels or self._double

    @property
    def _double(self) -> bool:
        """Capitals inside that the lead reader does not know ("al-Rashid")."""
        return (
            self.text.isalpha() is False
            and any(c.isupper() for c in self.text)
            and ("-" in self.text or "’" in self.text or "'" in self.text)
        )

    @property
    def initial(self) -> bool:
        """One or more initials."""
        return "INITIAL" in self.labels or "DOTTED" in self.labels

    @property
    def given(self) -> bool:
        """A listed given name, with a capital."""
        return "first_names" in self.labels and self.text[:1].isupper()

    @property
    def doubtful(self) -> bool:
        """A given name that is a plain word or a month, too."""
        return self.low in listed("doubtful")

    @property
    def ends_place(self) -> bool:
        """May it end the name of a place, a body, a scheme ("Hospital")?"""
        return self.low in listed("ends")

    @property
    def explained(self) -> bool:
        """A word of job titles, departments, sentences."""
        return self.has(*EXPLAINED, "prose") or self.low in listed("verbs")

    def surname(self, *, strict: bool = False) -> bool:
        """May it end a name? `strict`: it can be nothing but a name."""
        if not self.capital or self.low in listed("verbs"):
            return False
        if self.has("PARTICLE") and self.has("CAPITAL"):
            return True  # "Das"
        if self.has("surnames", "first_names"):
            return not strict or (self.given and not self.doubtful)
        if self._double:
            return not self.has(*EXPLAINED)
        return may_end(self.text) and not (strict and is_plain(self.text))

    def unlisted(self) -> bool:
        """May it be a given name that no list holds?"""
        body = self.low in listed("bodies")
        return self.capital and not body and not self.explained and may_begin(self.text)


@lru_cache(maxsize=1 << 12)
def tokens(text: str) -> tuple[Token, ...]:
    """Split a text; the possessive "'s" is no part of a word."""
    found: list[Token] = []
    opens = True
    for match in _TOKEN.finditer(text):
        kind, said = str(match.lastgroup), match[0].rstrip()
        end = match.start() + len(said)
        blank = bool(found) and not text[found[-1].end : match.start()].strip()
        gap = blank and found[-1].end < match.start()
        opens = opens or "\n\n" in text[found[-1].end if found else 0 : match.start()]
        found.append(Token(said, match.start(), end, _labels(kind, said), opens, gap))
        opens = said in _OPENS or (opens and (kind == "number" or said in _BEFORE))
    return tuple(found)


@lru_cache(maxsize=1 << 15)
def _labels(kind: str, text: str) -> frozenset[str]:
    if kind == "mail":
        return frozenset({"MAIL"})
    if kind == "initials":
        return frozenset({"DOTTED"})
    return frozenset(word_labels(text))


def run_end(words: Sequence[Token], at: int) -> int:
    """Where the run of words in capitals that begins at `at` ends; only blanks lie inside."""
    end = at + 1
    while end < len(words) and words[end].blank and _goes_on(words, end):
        end += 1
    return end


def _goes_on(words: Sequence[Token], at: int) -> bool:
    one = words[at]
    particle = one.has("PARTICLE") and at + 1 < len(words) and words[at + 1].capital
    return one.capital or one.initial or particle or (one.text[:1].isupper() and one.explained)
