"""Two readings of a lead cell, by rules and by the model, made one.

Where both give the same leads, that is the reading. Where they differ, the model's stands if the
model gives it more than `VoteSettings.sure` of all probability, else that of the rules; either way
the cell is in doubt, and the reading that lost is kept, to be shown. A body that is known by its
full name is a fact that the model has not learnt: where it takes one apart, the rules' reading
stands. So it does where the model makes one title of two that the rules part: the generated cells
that it learns from hold both, in the same words.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from actionplan.normalise.agency_gazetteer import find
from actionplan.normalise.lead_parts import Run, entries
from actionplan.normalise.lead_shape import VOICELESS


@dataclass(frozen=True, slots=True)
class VoteSettings:
    """When the model's reading stands against that of the rules.

    Attributes:
        sure: least probability, 0..1, of the model's whole reading. From 0.9 to 0.95 all cells of
            the tests of the rules are read right; below, some are not; above 0.99 the model has
            hardly a say.
    """

    sure: float = 0.95


SETTINGS = VoteSettings()


class Vote(NamedTuple):
    """What came of two readings.

    Attributes:
        runs: the reading that stands.
        by: who gave it: ``both``, ``rules`` or ``model``.
        others: the reading that lost, where the two differ.
    """

    runs: tuple[Run, ...]
    by: Literal["both", "rules", "model"]
    others: tuple[Run, ...] = ()


def vote(
    text: str,
    rules: Sequence[Run],
    model: Sequence[Run],
    log_probability: float,
    settings: VoteSettings = SETTINGS,
) -> Vote:
    """Choose between two readings of `text`; `log_probability` is what the model gives its own."""
    if entries(rules, text) == entries(model, text):
        return Vote(tuple(rules), "both")
    kept = _takes_apart(text, rules, model) or _joins_titles(rules, model)
    kept = kept or any(_is_unit(text, run) for run in model)
    if log_probability > math.log(settings.sure) and not kept:
        return Vote(tuple(model), "model", tuple(rules))
    return Vote(tuple(rules), "rules", tuple(model))


def _takes_apart(text: str, rules: Sequence[Run], model: Sequence[Run]) -> bool:
    """Does the model not see one of the bodies that the gazetteer knows by a name of their own?"""
    seen = {(run.start, run.end) for run in model}
    bodies = (run for run in rules if run.label == "ORG" and (run.start, run.end) not in seen)
    names = (" ".join(text[run.start : run.end].split()) for run in bodies)
    return any(
        " " in name and any(not body.general and not body.unit for body in find(name))
        for name in names
    )


def _is_unit(text: str, run: Run) -> bool:
    """Does the model take a short form that nobody can pronounce for a person ("PVPU")?"""
    return run.label == "PERSON" and VOICELESS.fullmatch(text[run.start : run.end]) is not None


def _joins_titles(rules: Sequence[Run], model: Sequence[Run]) -> bool:
    """Does one title of the model cover two of the rules ("Head of Tolls / Bridge Manager")?"""
    titles = [run for run in rules if run.label == "POST"]
    return any(
        sum(run.start <= title.start and title.end <= run.end for title in titles) > 1
        for run in model
        if run.label == "POST"
    )
