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
_SHORT = 3  # letters of the longest short form in capitals
_OPENS = frozenset(".!?:;•*|–—")
_BEFORE = frozenset("‘’'“”\"()[]-")  # behind these and numbers an opening still lies ahead


class Token(NamedTuple):
    """A word, number or mark of a text.

    Attributes:
        low: the word without case.
        labels: as `word_labels` gives them, and what `_told` adds; of an address ``MAIL``.
        opens: a sentence or an item of a list begins with it.
        blank: is there a blank (and nothing else) between it and the token before?
    """

    text: str
    low: str
    start: int
    end: int
    labels: frozenset[str]
    opens: bool
    blank: bool

    def has(self, *labels: str) -> bool:
        """Has it one of the labels?"""
        return not self.labels.isdisjoint(labels)

    @property
    def capital(self) -> bool:
        """A word that begins with a capital, or is all capitals and no short form."""
        return "CAP" in self.labels

    @property
    def initial(self) -> bool:
        """One or more initials."""
        return "INITIAL" in self.labels or "DOTTED" in self.labels

    @property
    def given(self) -> bool:
        """A listed given name, with a capital."""
        return "GIVEN" in self.labels

    @property
    def doubtful(self) -> bool:
        """A given name that is a plain word or a month, too."""
        return "DOUBTFUL" in self.labels

    @property
    def ends_place(self) -> bool:
        """May it end the name of a place, a body, a scheme ("Hospital")?"""
        return "ENDS" in self.labels

    @property
    def explained(self) -> bool:
        """A word of job titles, departments, sentences."""
        return "EXPLAINED" in self.labels

    def surname(self, *, strict: bool = False) -> bool:
        """May it end a name? `strict`: it can be nothing but a name."""
        return ("STRICT" if strict else "SURNAME") in self.labels

    @property
    def unlisted(self) -> bool:
        """May it be a given name that no list holds?"""
        return "UNLISTED" in self.labels


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
        low, labels = _word(kind, said)
        found.append(Token(said, low, match.start(), end, labels, opens, gap))
        opens = said in _OPENS or (opens and (kind == "number" or said in _BEFORE))
    return tuple(found)


@lru_cache(maxsize=1 << 15)
def _word(kind: str, text: str) -> tuple[str, frozenset[str]]:
    """A word without case, and its labels; the same few thousand words come again and again."""
    if kind == "mail":
        return text.casefold(), frozenset({"MAIL"})
    if kind == "initials":
        return text.casefold(), frozenset({"DOTTED"})
    labels = frozenset(word_labels(text))
    return text.casefold(), labels | _told(text, labels)


def _told(text: str, labels: frozenset[str]) -> frozenset[str]:
    """What follows from the word lists and the form of a word."""
    low = text.casefold()
    double = _is_double(text)
    verb, doubtful = low in listed("verbs"), low in listed("doubtful")
    explained = verb or not labels.isdisjoint((*EXPLAINED, "prose"))
    capital = double or "CAPITAL" in labels or ("SHOUTED" in labels and len(text) > _SHORT)
    given = "first_names" in labels and text[:1].isupper()
    told = {
        "CAP": capital,
        "GIVEN": given,
        "DOUBTFUL": doubtful,
        "ENDS": low in listed("ends"),
        "EXPLAINED": explained,
        "SURNAME": capital and not verb and _may_end(text, labels, double),
        "STRICT": capital and not verb and _must_end(text, labels, double, given and not doubtful),
        "UNLISTED": capital and not explained and low not in listed("bodies") and may_begin(text),
    }
    return frozenset(name for name, is_so in told.items() if is_so)


def _is_double(text: str) -> bool:
    """Capitals inside that the lead reader does not know ("al-Rashid")."""
    parted = "-" in text or "’" in text or "'" in text
    return parted and any(letter.isupper() for letter in text)


def _may_end(text: str, labels: frozenset[str], double: bool) -> bool:
    """May a word in capitals be a surname?"""
    if labels >= {"PARTICLE", "CAPITAL"} or labels & {"surnames", "first_names"}:
        return True  # "Das"
    return labels.isdisjoint(EXPLAINED) if double else may_end(text)


def _must_end(text: str, labels: frozenset[str], double: bool, given: bool) -> bool:
    """Can it be nothing but one, where it is no plain word?"""
    if labels >= {"PARTICLE", "CAPITAL"}:
        return True
    if labels & {"surnames", "first_names"}:
        return given
    return labels.isdisjoint(EXPLAINED) if double else may_end(text) and not is_plain(text)


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
