"""The spaCy pipeline: a blank English tokeniser and components that read lead cells.

Two factories are registered, for use in other pipelines too:

- ``actionplan_vocabulary`` marks words of the lists in ``data/`` as spans of
  ``doc.spans["vocabulary"]`` (given names, ranks, nouns of job titles, words of departments ...);
- ``actionplan_leads`` reads persons, posts and bodies into ``doc.spans["leads"]``.

A line break in the text is a line break of the cell, an empty line a blank line.
Importing this module imports spaCy; `pipeline` builds the pipeline once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from spacy import blank
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc, Span

from actionplan.normalise.lead_parse import parse
from actionplan.normalise.lead_tokens import is_small, word_labels
from actionplan.normalise.lead_words import phrases

_PREFIX = re.compile(r"^(?:[TA]|Temp|Acting)/(?=[A-Z])|^[(\[‘“\"/,;:–—&]")
_SUFFIX = re.compile(r"(?<=[)\]])\.$|[)\]”\"/,;:–—]$|(?<!s)’$")
# A slash behind one letter belongs to a rank ("T/Supt"), in "HMP/YOI" to a name; a dash counts
# only between blanks.
_INFIX = re.compile(r"(?<=\w[\w.)’'])/(?=\S)(?!YOI\b)|[,;:](?=[A-Za-z(])|(?<=\w)(?=\()|[–—]|\(")


def _tokenizer(nlp: Language) -> Tokenizer:
    return Tokenizer(
        nlp.vocab,
        prefix_search=_PREFIX.search,
        suffix_search=_SUFFIX.search,
        infix_finditer=_INFIX.finditer,
    )


class VocabularyMarker:
    """Marks known words and phrases; longer phrases come first."""

    def __init__(self, nlp: Language, lists: Iterable[str]) -> None:
        """Prepare the phrase lists (`data/NAME.txt`), one label each."""
        self.matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
        for name in lists:
            forms = {form for entry in phrases(name) for form in (entry, f"{entry}s")}
            many = [form for form in sorted(forms) if " " in form or "/" in form]
            self.matcher.add(name, [nlp.make_doc(form) for form in many])

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc.spans["vocabulary"]``."""
        spans = [
            Span(doc, token.i, token.i + 1, label=label)
            for token in doc
            for label in word_labels(token.text)
        ]
        spans.extend(self._phrases(doc))
        doc.spans["vocabulary"] = spans
        return doc

    def _phrases(self, doc: Doc) -> list[Span]:
        """Phrases of the lists, also where a line ends inside ("Portfolio / Holder")."""
        at = [token.i for token in doc if not token.is_space]
        flat = Doc(doc.vocab, words=[doc[i].text for i in at])
        found = self.matcher(flat, as_spans=True)
        return [Span(doc, at[f.start], at[f.end - 1] + 1, label=f.label) for f in found]


@Language.factory("actionplan_vocabulary", default_config={"lists": ["ranks", "post_heads"]})
def make_vocabulary(nlp: Language, name: str, lists: list[str]) -> VocabularyMarker:
    """Factory of the vocabulary component; `lists` are names of phrase lists in ``data/``."""
    return VocabularyMarker(nlp, lists)


@Language.factory("actionplan_leads")
def make_leads(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Factory of the component that reads leads; it needs ``actionplan_vocabulary`` before it."""
    return read_spans


def read_spans(doc: Doc) -> Doc:
    """Set ``doc.spans["leads"]``: PERSON, POST, ORG and UNIT, in printed order."""
    runs = parse(doc)
    doc.spans["leads"] = [Span(doc, run.start, run.end, label=run.label) for run in runs]
    doc.user_data["lead_scores"] = [run.score for run in runs]
    return doc


@cache
def pipeline() -> Language:
    """The pipeline with both components, built at the first call."""
    nlp = blank("en")
    nlp.tokenizer = _tokenizer(nlp)
    nlp.add_pipe("actionplan_vocabulary")
    nlp.add_pipe("actionplan_leads")
    return nlp


class Run(NamedTuple):
    """PERSON, POST, ORG or UNIT from offset `start` to `end`, with the score of the reading."""

    label: str
    start: int
    end: int
    score: float


class Reading(NamedTuple):
    """The runs of a text, and how many words they explain and leave over."""

    runs: tuple[Run, ...]
    explained: int
    left_over: int


@lru_cache(maxsize=4096)
def read(
    text: str, early: frozenset[int] = frozenset(), spaced: frozenset[int] = frozenset()
) -> Reading:
    """Read one block of a lead cell.

    `early` has the offsets of line breaks made by hand, `spaced` of those with extra leading.
    Plans repeat their leads row by row, so readings are kept.
    """
    nlp = pipeline()
    doc = nlp.make_doc(text)
    doc.user_data["early"] = early
    doc.user_data["spaced"] = spaced
    for _, component in nlp.pipeline:
        doc = component(doc)
    runs = tuple(
        Run(span.label_, span.start_char, span.end_char, doc.user_data["lead_scores"][at])
        for at, span in enumerate(doc.spans["leads"])
    )
    inside = {token.i for span in doc.spans["leads"] for token in span}
    words = [token.i for token in doc if not token.is_space and not is_small(token.text)]
    explained = sum(1 for at in words if at in inside)
    return Reading(runs, explained, len(words) - explained)
