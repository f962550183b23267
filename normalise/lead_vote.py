"""Two readings of a lead cell, by rules and by the model, made one.

Where both give the same leads, that is the reading. Where they differ, the model's stands if the
model gives it more than `VoteSettings.sure` of all probability, else that of the rules; either way
the cell is in doubt, and the reading that lost is kept, to be shown.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from actionplan.normalise.lead_parts import Run, entries


@dataclass(frozen=True, slots=True)
class VoteSettings:
    """When the model's reading stands against that of the rules.

    Attributes:
        sure: least probability, 0..1, of the model's whole reading. From 0.7 to 0.9 the cells of
            the tests of the rules are read equally well; below they are read worse, and above
            0.99 the model hardly ever has a say.
    """

    sure: float = 0.8


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
    if log_probability > math.log(settings.sure):
        return Vote(tuple(model), "model", tuple(rules))
    return Vote(tuple(rules), "rules", tuple(model))
