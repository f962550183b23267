"""The names of people in a running text.

Rules go over the words of a text one after the other; a word belongs to one name alone. What a
rule needs to know of words comes from the word lists of the lead reader and of ``data/``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from actionplan.normalise.lead_tokens import word_labels
from actionplan.normalise.privacy import forms, relations
from actionplan.normalise.privacy.forms import Mention
from actionplan.normalise.privacy.known import LETTERS, People, Words, fold
from actionplan.normalise.privacy.lists import things
from actionplan.normalise.privacy.words import Token, tokens

_LOCAL = re.compile(r"[._]")
_Rule = Callable[[Sequence[Token], int, set[int]], Mention | None]


class Name(NamedTuple):
    """A name in a text.

    Attributes:
        start, end: of the characters to be replaced.
        words: the name's words as printed, without form of address.
        subject: a made-up name, or a given name alone.
        whole: given name and surname: may stand for the person in the rest of the document.
    """

    start: int
    end: int
    words: Words
    subject: bool
    whole: bool


def find_names(text: str, people: People) -> list[Name]:
    """Return the names of people in `text`, in order; none overlaps another.

    Args:
        text: of an update, an action, a cell.
        people: who is known in the document.
    """
    words = tokens(text)
    blocked = _blocked(text, words)
    places = [at for at, one in enumerate(words) if at not in blocked and _may_begin(one, people)]
    taken: set[int] = set()
    found: list[Mention] = []
    for rule in _rules(people):
        for at in places:
            if at in taken:
                continue
            one = rule(words, at, taken)
            if one and not (taken | blocked) & set(range(one.first, one.last)):
                found.append(one)
                taken.update(range(one.first, one.last))
    return [_name(words, one) for one in sorted(found)]


def _may_begin(one: Token, people: People) -> bool:
    """May a name begin with the word?"""
    if one.text[0].isdigit():
        return len(one.text) == 1  # "Female 1"
    return one.text[0].isupper() or one.has("MAIL", "PARTICLE") or fold(one.text) in people.firsts


def _rules(people: People) -> tuple[_Rule, ...]:
    return (
        partial(_mail, people=people),
        lambda words, at, _: relations.known_full(words, at, people),
        forms.titled,
        lambda words, at, _: relations.subject_letters(words, at, people),
        relations.letter,
        forms.ranked,
        forms.chained,
        forms.full,
        forms.initialled,
        relations.related,
        relations.related,  # once more: "Linda and Roger", where the second tells of the first
        relations.family,
        forms.unlisted,
        forms.unlisted,  # once more: a list of names, each told by its neighbour
        partial(relations.known_single, people=people),
        relations.given_alone,
    )


def _mail(words: Sequence[Token], at: int, taken: set[int], people: People) -> Mention | None:
    """An e-mail address with a person's name before the "@"."""
    if not words[at].has("MAIL"):
        return None
    parts = [part for part in _LOCAL.split(words[at].text.partition("@")[0]) if part.isalpha()]
    told = [set(word_labels(part.title())) for part in parts]
    if len(parts) > 1 and not any({"topics", "post_heads", "prose"} & labels for labels in told):
        return Mention(at, at + 1, (at,))
    known = any(name in words[at].low for name in people.surnames if len(name) > 3)
    return Mention(at, at + 1, (at,)) if known else None


def _blocked(text: str, words: Sequence[Token]) -> set[int]:
    """Words of what is called after people ("Clare's Law")."""
    spans = [found.span() for found in things().finditer(text)]
    return {
        at
        for at, word in enumerate(words)
        for start, end in spans
        if start <= word.start and word.end <= end
    }


def _name(words: Sequence[Token], one: Mention) -> Name:
    first, last = words[one.first], words[one.last - 1]
    end = last.end - (last.text.endswith(".") and one.subject)
    if last.has("MAIL"):
        local = last.text.partition("@")[0]
        return Name(first.start, end, tuple(_LOCAL.split(local.title())), False, False)
    printed = [words[at].text for at in one.names]
    names = [part for text in printed for part in text.replace(".", " ").split()]
    lettered = len(names[-1]) <= LETTERS and not names[-1].islower()
    if one.subject and lettered:  # "Mr S" and "Mrs S" are two people
        before = words[one.first - (one.first == one.names[0])]
        names = [before.text.rstrip("."), *names]
    return Name(first.start, end, tuple(names), one.subject, one.whole)
