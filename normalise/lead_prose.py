"""Text in a lead cell that names nobody: sentences and dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from actionplan.normalise.lead_words import words
from actionplan.schemas.tables import Line, join_lines

_WORD = re.compile(r"[A-Za-z’'-]+")
_TO_DO = re.compile(r"\bto\s+(?!the\b|be\s+(?:confirmed|appointed|agreed|identified)\b)[a-z]+")
# What a part took is not given back: a row of digits parts in very many ways.
_DATE = re.compile(
    r"^(?:by|end|of|early|mid|late|from|since|and|the|ongoing|on-going|completed?|in progress|due"
    r"|date"
    r"|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|spring|summer|autumn|winter|q[1-4]|immediate(?:ly)?"
    r"|quarterly|monthly|annually|\d{1,4}(?:st|nd|rd|th)?|[\s,./’'–—-])++$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=\w\w)[.;](?=\s+[A-Z])\s+|(?<=\w)\s+[–—-]\s+(?=[a-z])")
CUES = 2
"""Words of sentences that a text needs to be prose; one alone ("Lead for Review") is chance."""
SHARE = 0.15
"""Least share of such words: long job titles in lower case stay below."""
LEAST_WORDS = 5
"""Shortest prose in words; shorter texts are left to the reading of leads."""


def cue_count(text: str) -> int:
    """Number of words of sentences in `text`: small words and verbs in lower case, "to do"."""
    plain = sum(1 for word in _WORD.findall(text) if word in words("prose"))
    first = _WORD.match(text)
    opening = 1 if first and first.group().casefold() in words("prose") else 0
    return plain + opening * (not plain) + len(_TO_DO.findall(text))


def is_prose(text: str) -> bool:
    """A sentence, or a date: text that names no lead."""
    if _DATE.match(text.strip()):
        return True
    count = len(_WORD.findall(text))
    cues = cue_count(text)
    return count >= LEAST_WORDS and cues >= CUES and cues >= SHARE * count


def split_prose(block: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Part a block into the lines that may name leads and the prose behind them.

    A line in which a sentence begins is cut ("Named Nurse. Training has started.").
    """
    cut = _cut(block)
    if cut:
        return cut
    if not is_prose(join_lines(block)):
        return tuple(block), ()
    first = next((at for at, line in enumerate(block) if cue_count(line.text)), 0)
    # The sentence begins at the last line with a capital before its first tell-tale word.
    while first and not block[first].text[:1].isupper():
        first -= 1
    return tuple(block[:first]), tuple(block[first:])


def _cut(block: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Line, ...]] | None:
    """Part a block at a full stop or dash, where the rest is prose and what is before is none."""
    for at, line in enumerate(block):
        for found in _SENTENCE.finditer(line.text):
            before, after = line.text[: found.start() + 1], line.text[found.end() :]
            head = (*block[:at], replace(line, text=before.rstrip(" -–—"), glue="space"))
            tail = (replace(line, text=after), *block[at + 1 :])
            said = join_lines(tail)
            if is_prose(said) and _goes_on(found.group(), said) and not cue_count(join_lines(head)):
                return head, tail
    return None


def _goes_on(sign: str, said: str) -> bool:
    """A capital behind a full stop; behind a dash a small letter, or a sentence's own verb."""
    return said[:1].isupper() if "." in sign else said[:1].islower()
