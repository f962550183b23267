"""A lead cell as the model sees it: its words, what stands before each, what the lists know."""

from __future__ import annotations

from collections.abc import Container, Iterable
from functools import lru_cache
from typing import NamedTuple

from spacy.tokens import Doc

from actionplan.normalise.agency_gazetteer import find
from actionplan.normalise.lead_shape import is_plain

LISTS = frozenset(
    {
        "honorifics", "ranks", "post_heads", "post_short", "topics", "first_names", "prose",
        "post_adjectives", "LINK", "UNIT_END", "CONTACT", "PARTICLE", "INITIALS",
    }
)  # fmt: skip
"""Labels of `lead_tokens.word_labels` that a word's form does not show."""


@lru_cache(maxsize=20_000)
def _more_labels(text: str) -> tuple[str, ...]:
    """PLAIN for plain English words, BODY for short forms and kinds of bodies."""
    body = ("BODY",) if find(text) else ()
    return (*body, "PLAIN") if is_plain(text) else body


class Flat(NamedTuple):
    """The words of a cell without line breaks, and the place of each in the cell's doc."""

    doc: Doc
    at: tuple[int, ...]


UNKNOWN = "-"
"""Stands for a word that the model has not learnt, and for having no label."""


def flat(
    doc: Doc,
    known: Container[str],
    *,
    layout: bool = True,
    strange: Container[int] = (),
    unlabelled: Iterable[int] = (),
) -> Flat:
    """The words of `doc`, with layout as their tags and known labels as their lemmas.

    ``doc.spans["vocabulary"]`` has what the word lists know; ``doc.user_data`` may have ``early``
    and ``spaced`` (offsets of line breaks, as `nlp.read` has them) and ``bold`` (start and end of
    bold text).

    Args:
        doc: a cell, line breaks in its text.
        known: lower-case words that are told apart; all others count as one and the same word,
            known by its form and labels only.
        layout: False leaves all layout out, as if the cell were one line.
        strange: places in `doc` of words that count as not known.
        unlabelled: places in `doc` of words whose labels are left out.
    """
    labels: list[set[str]] = [set() for _ in doc]
    for span in doc.spans["vocabulary"]:
        if span.label_ in LISTS:
            for place in range(span.start, span.end):
                labels[place].add(span.label_)
    for token in doc:
        labels[token.i].update(_more_labels(token.text))
    for place in unlabelled:
        labels[place] = set()
    at = tuple(token.i for token in doc if not token.is_space)
    flat_doc = Doc(
        doc.vocab,
        words=[doc[place].text for place in at],
        tags=_layout(doc, at) if layout else [UNKNOWN] * len(at),
        lemmas=["+".join(sorted(labels[place])) or UNKNOWN for place in at],
    )
    for place, token in zip(at, flat_doc, strict=True):
        if token.lower_ not in known or place in strange:
            token.norm_ = UNKNOWN
    return Flat(flat_doc, at)


def _layout(doc: Doc, at: Iterable[int]) -> list[str]:
    """For each word: the break before it, and is it bold?"""
    early, spaced = (doc.user_data.get(key, ()) for key in ("early", "spaced"))
    bold = doc.user_data.get("bold", ())
    out = []
    gap = "start"
    last = -1
    for place in at:
        for token in doc[last + 1 : place]:
            gap = _break(token.text, token.idx in early, token.idx in spaced) or gap
        word = doc[place]
        heavy = any(start <= word.idx < end for start, end in bold)
        out.append(f"{gap}+bold" if heavy else gap)
        gap, last = "none", place
    return out


def _break(text: str, early: bool, spaced: bool) -> str:
    count = text.count("\n")
    if count > 1:
        return "blank"
    if not count:
        return ""
    return "spaced" if spaced else "early" if early else "full"
