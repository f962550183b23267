"""Is a table part of an action plan? A score, with its reasons.

=====================================================================  ======
a column of recommendations, by its header or its labels                  2
a column of actions beside it                                             1
a column of actions alone                                                 0.75
a column of leads                                                         1
a column of target dates                                                  1
any column that tells what was done, or a status                          1
a column of agencies                                                      0.75
scope, acceptance, milestones, revised date, measures, each               0.25
"action plan", "recommendations", a kind of review in heading or title    1
heading or title of another paper (minutes, risk register, menu, ...)    -1
each header of another kind of table (likelihood, question, Monday, ...) -1.5
=====================================================================  ======

A column whose field was guessed from its cells counts half. Whatever the sum, a plan has a row, a
key column (recommendation or action), and another of these columns beside it: a bare list of
recommendations is no plan. The least sum is a setting.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

from actionplan.normalise.columns import ColumnRole, plain
from actionplan.normalise.labels import read_label
from actionplan.normalise.settings import NormaliseSettings
from actionplan.schemas.tables import LogicalTable

_DONE = frozenset(
    {"progress", "status", "milestones", "completion", "outcome", "completion_outcome"}
)
_MINOR = frozenset({"scope", "acceptance", "revised_target", "planned_milestones", "measures"})
_WEIGHTS = {"lead": 1.0, "target": 1.0, "agency": 0.75}
_ACTION_BESIDE, _ACTION_ALONE, _RECOMMENDATION = 1.0, 0.75, 2.0
_DONE_WEIGHT, _MINOR_WEIGHT, _HEADING, _FOREIGN = 1.0, 0.25, 1.0, -1.5


class PlanScore(NamedTuple):
    """How much a table looks like a plan, and why: ``(reason, points)``, in the order above."""

    total: float
    reasons: tuple[tuple[str, float], ...]
    has_key: bool

    def is_plan(self, settings: NormaliseSettings) -> bool:
        """Tell whether the table is read as a plan."""
        return self.has_key and self.total >= settings.plan_score


def plan_score(table: LogicalTable, roles: Sequence[ColumnRole], title: str = "") -> PlanScore:
    """Score `table` as a plan.

    Args:
        table: any logical table.
        roles: its columns, one role each.
        title: the document's title and the text near it; counts like the table's heading.
    """
    weight = _field_weights(roles)
    labelled = max(_labelled_bands(table), _labelled_column(table, roles))
    recommendation = max(weight.get("recommendation", 0.0), labelled)
    action = max((weight.get(name, 0.0) for name in ("action", "action_agency")), default=0.0)
    reasons = [("recommendation", _RECOMMENDATION * recommendation)]
    reasons.append(("action", action * (_ACTION_BESIDE if recommendation else _ACTION_ALONE)))
    reasons += [(name, points * weight.get(name, 0.0)) for name, points in _WEIGHTS.items()]
    reasons.append(("done", _DONE_WEIGHT * max((weight.get(x, 0.0) for x in _DONE), default=0.0)))
    reasons += [(name, _MINOR_WEIGHT * weight.get(name, 0.0)) for name in sorted(_MINOR)]
    heading = " ".join([*(line.text for line in table.heading), title])
    reasons.append(("heading", _HEADING * bool(_words("plan").search(plain(heading)))))
    reasons.append(("other heading", -_HEADING * bool(_words("other").search(plain(heading)))))
    reasons += [(f"header {text!r}", _FOREIGN) for text in _foreign_headers(roles)]
    kept = tuple((reason, points) for reason, points in reasons if points)
    has_rows = any(row.kind == "body" and row.text for row in table.rows)
    beside = bool(recommendation and action) or any(
        weight.get(name) for name in (*_WEIGHTS, *_DONE, *_MINOR)
    )
    has_key = has_rows and beside and bool(recommendation or action)
    return PlanScore(sum(points for _, points in kept), kept, has_key)


def _field_weights(roles: Sequence[ColumnRole]) -> dict[str, float]:
    weights: dict[str, float] = {}
    for role in roles:
        value = 0.5 if role.basis == "cells" else 1.0
        for name in role.fields:
            weights[name] = max(weights.get(name, 0.0), value)
    return weights


def _labelled_column(table: LogicalTable, roles: Sequence[ColumnRole]) -> float:
    """1 where most cells of a column begin with a label such as "Recommendation No 4"."""
    for role in roles:
        if role.field not in ("unknown", "recommendation"):
            continue
        cells = [row.cells[role.index] for row in table.rows if row.kind == "body"]
        filled = [cell for cell in cells if cell.lines]
        labels = [cell for cell in filled if read_label(cell.lines).label]
        if filled and len(labels) >= 0.5 * len(filled) and _names(labels[0].text):
            return 1.0
    return 0.0


def _labelled_bands(table: LogicalTable) -> float:
    """1 where heading or band is a recommendation: "Recommendation 2: The Board should ..."."""
    bands = [row.cells[0].lines for row in table.rows if row.kind == "band"]
    own = [[line] for line in table.heading]
    labelled = (lines for lines in [*own, *bands] if lines and read_label(lines).label)
    return float(any(_names(lines[0].text) for lines in labelled))


def _names(text: str) -> bool:
    return bool(re.match(r"\W*(?:\w+\W+){0,2}rec(?:ommendation)?s?\b", text, re.IGNORECASE))


@cache
def _lists() -> dict[str, dict[str, list[str]]]:
    source = resources.files("actionplan.normalise") / "data" / "recognise.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def _words(name: str) -> re.Pattern[str]:
    phrases = sorted(_lists()[name]["phrases"], key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, phrases)) + r")\b")


def _foreign_headers(roles: Sequence[ColumnRole]) -> list[str]:
    """Headers that name no field of a plan but one of another kind of table."""
    found = []
    for role in roles:
        header = plain(role.header)
        if (
            role.score < 1.0
            and role.basis in ("header", "cells", "none")
            and (_words("header").search(header))
        ):
            found.append(role.header)
    return found


def heading_words(kind: str, heading: str) -> bool:
    """Tell whether a heading (`columns.plain` text) says ``overview`` or ``agency``."""
    return bool(_words(kind).search(heading))
