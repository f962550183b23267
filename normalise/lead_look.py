"""What the words around a place in a lead cell say: small questions of the joints."""

from __future__ import annotations

from collections.abc import Sequence

from actionplan.normalise.agency_gazetteer import find
from actionplan.normalise.lead_bodies import (
    is_employer,
    is_generic,
)
from actionplan.normalise.lead_settings import APART, EXPLAINED, Word, run_text


def is_kind(run: Sequence[Word]) -> bool:
    """A kind of body without a name of its own ("Care Home")."""
    return len(run) > 1 and is_generic_run(run) and not find(run_text(run))


def is_generic_run(run: Sequence[Word]) -> bool:
    """Only words of departments before the last one."""
    return is_generic([word.text for word in run])


def is_proper(word: Word) -> bool:
    """A word in capitals that no list explains: under a title more likely a place."""
    return word.has("CAPITAL") and not word.has(*EXPLAINED, "first_names", "post_adjectives")


def lone_surname(run: Sequence[Word]) -> bool:
    """A single word in capitals that no list explains."""
    return len(run) == 1 and run[0].has("CAPITAL") and not run[0].has(*EXPLAINED)


def behind_rank(words: Sequence[Word], start: int) -> bool:
    """Does a rank, perhaps with a collar number, stand before `start` ("PC 1234 Hartle")?"""
    numbered = start > 1 and words[start - 1].has("NUMBER")
    rank = words[start - 2 if numbered else start - 1]
    return rank.has("ranks") and not rank.has("acting")


def before_comma(words: Sequence[Word], start: int) -> bool:
    """Does a comma follow the word at once? So it ends a name ("Helen Court, Named GP")."""
    return any(word.text == "," for word in words[start + 1 : start + 2])


def strange_name(run: Sequence[Word]) -> bool:
    """Two words that no list of names knows: without a mark beside them hardly a person."""
    return not any(word.has("first_names", "INITIAL", "INITIALS", "honorifics") for word in run)


def lone_before(words: Sequence[Word], start: int, last: str) -> bool:
    """Was the person before `start` a single word on this line?"""
    first = start == 1 or words[start - 1].gap > 0 or words[start - 2].is_separator
    return last == "PERSON" and first


def wants_surname(name: Sequence[Word]) -> bool:
    """A form of address and a given name, no surname yet ("Dr Helen")."""
    return len(name) > 1 and name[-1].has("first_names") and name[-2].has("honorifics", "ranks")


def text_before(words: Sequence[Word], start: int) -> str:
    """The longest employer's name that ends before `start`, or nothing."""
    marks = [at for at in range(start) if words[at].text in APART]
    for begin in range(max(0, start - 8, marks[-1] + 1 if marks else 0), start):
        text = run_text(words[begin:start])
        if is_employer(text):
            return text
    return ""


def back_to_mark(words: Sequence[Word], end: int) -> Sequence[Word]:
    """The words up to and with `end`, back to the last mark or line that ended early."""
    start = end
    while start and not words[start].gap and not words[start - 1].is_separator:
        start -= 1
    return words[start : end + 1]


def ends_part(words: Sequence[Word], end: int) -> bool:
    """Does the cell, a line or a part of it end before `end`?"""
    return end == len(words) or words[end].gap > 0 or words[end].is_separator
