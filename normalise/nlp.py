"""The spaCy pipeline: a blank English tokeniser and components that read lead cells.

Four factories are registered, for use in other pipelines too:

- ``actionplan_vocabulary`` marks words of the lists in ``data/`` as spans of
  ``doc.spans["vocabulary"]`` (given names, ranks, nouns of job titles, words of departments ...);
- ``actionplan_leads`` reads persons, posts and bodies by rules into ``doc.spans["leads"]``;
- ``actionplan_lead_model`` reads them by a trained model into ``doc.spans["lead_model"]``;
- ``actionplan_lead_vote`` makes one reading of the two, ``doc.spans["leads"]``.

A line break in the text is a line break of the cell, an empty line a blank line.
Importing this module imports spaCy; `pipeline` builds the pipeline once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple

from spacy import blank
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc, Span

from actionplan.normalise.lead_model import BATCH, load, read_flat
from actionplan.normalise.lead_model_words import flat
from actionplan.normalise.lead_parse import parse
from actionplan.normalise.lead_parts import Run
from actionplan.normalise.lead_tokens import is_small, word_labels
from actionplan.normalise.lead_vote import Vote, VoteSettings, vote
from actionplan.normalise.lead_words import phrases

COMPONENTS = (
    "actionplan_vocabulary",
    "actionplan_leads",
    "actionplan_lead_model",
    "actionplan_lead_vote",
)
SURE_RUN = 6.0
"""Score of a run that the model gives: that of a full name (`lead_settings`)."""

_PREFIX = re.compile(r"^(?:[TA]|Temp|Acting)/(?=[A-Z])|^[(\[‘“\"/,;:–—&]")
_SUFFIX = re.compile(r"(?<=[)\]])\.$|[)\]”\"/,;:–—]$|(?<!s)’$")
# A slash behind one letter belongs to a rank ("T/Supt"), in "HMP/YOI" to a name; a dash counts
# only between blanks.
_INFIX = re.compile(r"(?<=\w[\w.)’'])/(?=\S)(?!YOI\b)|[,;:](?=[A-Za-z(])|(?<=\w)(?=\()|[–—]|[(\[]")


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


class ModelReader:
    """Reads leads by the trained model, which is loaded with the first cell."""

    def __init__(self, key: str, layout: bool) -> None:
        """`key` of ``doc.spans`` takes the reading; `layout`: are lines and bold looked at?"""
        self.key = key
        self.layout = layout

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc.spans[key]``, and its logarithmic probability in ``doc.user_data``."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = BATCH) -> Iterator[Doc]:
        """Read docs in batches."""
        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            model = load()
            flats = [flat(doc, model.known, layout=self.layout) for doc in batch]
            readings = read_flat((one.doc for one in flats), model)
            for doc, words, reading in zip(batch, flats, readings, strict=True):
                doc.spans[self.key] = [
                    Span(doc, words.at[start], words.at[end - 1] + 1, label=label)
                    for start, end, label in reading.spans
                ]
                doc.user_data["lead_log_probability"] = reading.score
                yield doc


@Language.factory("actionplan_lead_model", default_config={"key": "lead_model", "layout": True})
def make_lead_model(nlp: Language, name: str, key: str, layout: bool) -> ModelReader:
    """Factory of the model's component; it needs ``actionplan_vocabulary`` before it."""
    return ModelReader(key, layout)


@Language.factory("actionplan_lead_vote", default_config={"sure": VoteSettings().sure})
def make_lead_vote(nlp: Language, name: str, sure: float) -> Callable[[Doc], Doc]:
    """Factory of the component that chooses between ``leads`` and ``lead_model``."""
    settings = VoteSettings(sure)
    return lambda doc: choose_spans(doc, settings)


def choose_spans(doc: Doc, settings: VoteSettings) -> Doc:
    """Set ``doc.spans["leads"]`` to the reading that stands, ``doc.user_data["lead_vote"]``."""
    rules = _runs(doc, "leads", doc.user_data["lead_scores"])
    model = _runs(doc, "lead_model", [SURE_RUN] * len(doc.spans["lead_model"]))
    found = vote(doc.text, rules, model, doc.user_data["lead_log_probability"], settings)
    spans = (doc.char_span(run.start, run.end, label=run.label) for run in found.runs)
    doc.spans["leads"] = [span for span in spans if span]
    doc.user_data["lead_vote"] = found
    return doc


def count_words(doc: Doc, key: str) -> tuple[int, int]:
    """How many words stand inside the spans of a reading, and how many outside; small ones go."""
    inside = {token.i for span in doc.spans[key] for token in span}
    words = [token.i for token in doc if not token.is_space and not is_small(token.text)]
    explained = sum(1 for at in words if at in inside)
    return explained, len(words) - explained


def _runs(doc: Doc, key: str, scores: Sequence[float]) -> list[Run]:
    """The runs of a reading; none where it leaves over more words than it explains."""
    explained, left_over = count_words(doc, key)
    if left_over > explained:
        return []
    spans = zip(doc.spans[key], scores, strict=True)
    return [Run(span.label_, span.start_char, span.end_char, score) for span, score in spans]


@cache
def pipeline() -> Language:
    """The pipeline with all four components, built at the first call."""
    nlp = blank("en")
    nlp.tokenizer = _tokenizer(nlp)
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


class BlockKey(NamedTuple):
    """A block of a lead cell: its text, and offsets of its line breaks.

    Attributes:
        text: lines separated by line breaks.
        early: offsets of line breaks made by hand.
        spaced: offsets of line breaks with extra leading.
        bold: start and end of what is printed bold.
    """

    text: str
    early: frozenset[int] = frozenset()
    spaced: frozenset[int] = frozenset()
    bold: tuple[tuple[int, int], ...] = ()


class Reading(NamedTuple):
    """The reading of a block.

    Attributes:
        runs: in printed order.
        explained: words inside the runs.
        left_over: words in no run.
        others: the reading by the other of rules and model, where it makes other leads.
    """

    runs: tuple[Run, ...]
    explained: int
    left_over: int
    others: tuple[Run, ...] | None = None


_READINGS: dict[BlockKey, Reading] = {}
MOST_READINGS = 20_000
"""Readings that are kept; plans repeat their leads row by row, and so do plans of one body."""


def read(block: BlockKey) -> Reading:
    """Read one block of a lead cell."""
    if block not in _READINGS:
        read_all([block])
    return _READINGS[block]


def read_all(blocks: Iterable[BlockKey]) -> None:
    """Read many blocks at a time, which is faster, and keep their readings for `read`."""
    new = [block for block in dict.fromkeys(blocks) if block not in _READINGS]
    if len(_READINGS) + len(new) > MOST_READINGS:
        _READINGS.clear()
    docs = pipeline().pipe(map(as_doc, new))
    _READINGS.update((block, _reading(doc)) for block, doc in zip(new, docs, strict=True))


@lru_cache(maxsize=4096)
def read_by_rules(block: BlockKey) -> Reading:
    """Read one block by rules alone: for cells that may hold no leads at all."""
    nlp = pipeline()
    doc = as_doc(block)
    for name in COMPONENTS[:2]:
        doc = nlp.get_pipe(name)(doc)
    return _reading(doc)


def as_doc(block: BlockKey) -> Doc:
    """The block's tokens, with its layout in ``doc.user_data``; no component has seen it."""
    doc = pipeline().make_doc(block.text)
    doc.user_data.update(early=block.early, spaced=block.spaced, bold=block.bold)
    return doc


def _reading(doc: Doc) -> Reading:
    found: Vote | None = doc.user_data.get("lead_vote")
    runs = found.runs if found else tuple(_runs(doc, "leads", doc.user_data["lead_scores"]))
    others = found.others if found and found.by != "both" else None
    return Reading(runs, *count_words(doc, "leads"), others)
