"""The best reading of a lead cell's words as persons, posts, bodies and units.

Every run of words gets a score for each of the four labels (`lead_scores`) and points for how it
follows the run before (`lead_joints`); the cell's reading is the sequence of runs with the highest
sum, found by dynamic programming.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from actionplan.normalise.agency_gazetteer import find
from actionplan.normalise.lead_joints import after_word, bonus
from actionplan.normalise.lead_scores import scores
from actionplan.normalise.lead_settings import (
    EXPLAINED,
    LIST_OF_INITIALS,
    SETTINGS,
    LeadSettings,
    Word,
)
from actionplan.normalise.lead_shape import may_end
from actionplan.normalise.lead_titles import is_second

if TYPE_CHECKING:
    from spacy.tokens import Doc

LONGEST_SHORT = 4
"""Letters of a short form in capitals that may be spelled as a given name by chance."""


class Found(NamedTuple):
    """A run of tokens and what it is: PERSON, POST, ORG or UNIT."""

    start: int
    end: int
    label: str
    score: float
    """How well the run fits its label, line breaks and neighbours left out."""


class _Best(NamedTuple):
    score: float
    label: str
    start: int
    plain: float
    before: str


def words_of(doc: Doc) -> list[Word]:
    """The doc's tokens without line breaks, each with its labels and the break before it.

    ``doc.user_data["early"]`` may hold the offsets of line breaks whose line ended early,
    ``doc.user_data["spaced"]`` of those with extra leading.
    """
    labels: list[set[str]] = [set() for _ in doc]
    tied: set[int] = set()
    for span in doc.spans["vocabulary"]:
        tied.update(range(span.start + 1, span.end))
        for at in range(span.start, span.end):
            labels[at].add(span.label_)
    early, spaced = (doc.user_data.get(key, ()) for key in ("early", "spaced"))
    out: list[Word] = []
    gap = 0.0
    for token in doc:
        if token.is_space:
            lines = token.text.count("\n")
            by_hand = token.idx in early and token.i + 1 not in tied
            cost = SETTINGS.early_break if by_hand else SETTINGS.line_break
            cost = SETTINGS.spaced_break if token.idx in spaced else cost
            gap = SETTINGS.blank_line if lines > 1 else cost if lines else gap
            continue
        glued = token.i > 0 and not gap and not doc[token.i - 1].whitespace_
        marks = frozenset(labels[token.i])
        out.append(Word(token.i, token.text, marks, gap, token.i in tied, glued))
        gap = 0.0
    if _are_initials([word for word in out if not word.is_separator]):
        out = [
            w if w.is_separator else replace(w, labels=w.labels | {LIST_OF_INITIALS}) for w in out
        ]
    return [_without_chance_name(word, out[at + 1 : at + 2]) for at, word in enumerate(out)]


def _are_initials(words: Sequence[Word]) -> bool:
    """Is the cell a list of initials ("DH & RC"), even where one of them is a body, too?

    A short form of three letters that is a body, or two such of two letters, make it none.
    """
    if len(words) < 2 or not all(word.has("INITIALS") for word in words):
        return False
    if sum(word.has(*EXPLAINED) for word in words) > len(words) - 2:
        return False
    bodies = [word.text for word in words if find(word.text)]
    return len(bodies) < 2 and all(len(text) == 2 for text in bodies)


def _without_chance_name(word: Word, following: Sequence[Word]) -> Word:
    """A short form in capitals that is spelled as a given name ("IRIS Lead") is none.

    Before a word that may be a surname it stays one ("ANNE HARTLE").
    """
    named = word.has("SHOUTED") and word.has("first_names")
    if not named or len(word.text) > LONGEST_SHORT or any(may_end(w.text) for w in following):
        return word
    return replace(word, labels=word.labels - {"first_names"})


def parse(doc: Doc, settings: LeadSettings = SETTINGS) -> list[Found]:
    """Persons, posts, bodies and units of a doc with vocabulary spans, in printed order."""
    words = words_of(doc)
    best: list[dict[str, _Best]] = [{"": _Best(0.0, "", 0, 0.0, "")}]
    for end in range(1, len(words) + 1):
        best.append(_best_ending(words, end, best, settings))
    return _trace(words, best)


def _best_ending(
    words: list[Word], end: int, best: list[dict[str, _Best]], settings: LeadSettings
) -> dict[str, _Best]:
    """The best readings of the first `end` words, one for each label of the last run."""
    word = words[end - 1]
    out: dict[str, _Best] = {}
    second = end > 1 and is_second(words[end - 2], word)
    loose = 0.0 if word.is_separator or second else settings.left_over
    for before, reading in best[end - 1].items():
        state = after_word(before, word)
        free = 0.0 if state == "POST+at" else loose
        _keep(out, state, _Best(reading.score + free, "", end - 1, free, before))
    for start in range(end - 1, max(-1, end - 1 - settings.longest), -1):
        run = words[start:end]
        if words[start].text == ";" or any(w.gap >= settings.blank_line for w in run[1:2]):
            break  # nor does any longer run hold together
        for label, score in scores(run, settings).items():
            for before, reading in best[start].items():
                extra = bonus(words, start, end, before, label, settings, since=reading.start)
                total = reading.score + score + extra
                plain = score + sum(word.gap for word in run[1:]) + max(extra, 0.0)
                _keep(out, label, _Best(total, label, start, plain, before))
    return out


def _keep(out: dict[str, _Best], label: str, new: _Best) -> None:
    if label not in out or new.score > out[label].score:
        out[label] = new


def _trace(words: list[Word], best: list[dict[str, _Best]]) -> list[Found]:
    found: list[Found] = []
    end = len(words)
    label = max(best[end], key=lambda name: best[end][name].score)
    while end:
        step = best[end][label]
        if step.label:
            found.append(
                Found(words[step.start].index, words[end - 1].index + 1, step.label, step.plain)
            )
        end, label = step.start, step.before
    return found[::-1]
