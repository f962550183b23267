"""How well a run of words fits a person, a post, a body or a unit."""

from __future__ import annotations

from collections.abc import Sequence

from actionplan.normalise.lead_bodies import organisation, unit
from actionplan.normalise.lead_names import person
from actionplan.normalise.lead_settings import LIST_OF_INITIALS, LeadSettings, Word
from actionplan.normalise.lead_titles import post


def scores(run: Sequence[Word], settings: LeadSettings) -> dict[str, float]:
    """Score of `run`, in which no ";" stands, for each label that it may have at all."""
    if run[0].has(LIST_OF_INITIALS):
        return {"PERSON": settings.initials} if len(run) == 1 else {}
    found = {
        "PERSON": person(run, settings),
        "POST": post(run, settings),
        "ORG": organisation(run, settings),
        "UNIT": unit(run, settings),
    }
    fitting = {label: score for label, score in found.items() if score is not None}
    breaks = sum(word.gap for word in run[1:]) if fitting else 0.0
    return {label: score - breaks for label, score in fitting.items()}
