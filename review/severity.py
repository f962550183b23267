"""How much a doubt weighs in the queue.

The codes of the reading have the weights with which they lower a record's confidence; the data
file names those that a reviewer has to meet earlier than that says.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from actionplan.parsing import issue_kinds
from actionplan.review.fields import field_of_issue
from actionplan.review.state import DocumentState

_UNKNOWN = 0.1  # of a code of another stage: asks for a glance


@cache
def _weights() -> Mapping[str, float]:
    source = resources.files("actionplan.review") / "data" / "severity.toml"
    own: dict[str, float] = tomllib.loads(source.read_text(encoding="utf-8"))["severity"]
    return {**{code: cost for code, (_, cost) in issue_kinds().items()}, **own}


def severity_of(code: str) -> float:
    """Return the weight of a code of doubt, 0 (a mere note) to 1."""
    return _weights().get(code, _UNKNOWN)


def record_severity(state: DocumentState, key: str, *, as_read: bool = False) -> float:
    """Return how much a record asks to be looked at, 0 to 1.

    Doubts add up as independent ones would; those about a field that a reviewer has changed or
    accepted are settled. Without any, what the reading itself lacks in confidence counts.

    Args:
        state: the document.
        key: of the record.
        as_read: count settled doubts as well.
    """
    record = state.draft.records[key]
    certain = 1.0
    for code, field in {(one["code"], field_of_issue(one["field"])) for one in record["issues"]}:
        if as_read or not is_settled(state, key, field):
            certain *= 1.0 - severity_of(code)
    if not record["issues"]:
        certain = record["confidence"]
    return round(1.0 - certain, 3)


def is_settled(state: DocumentState, key: str, field: str) -> bool:
    """Whether a reviewer has changed a field, or accepted it as it is."""
    mark = state.mark(key, field)
    if mark and mark.state == "accepted" and not mark.stale:
        return True
    read: dict[str, Any] = state.base.records.get(key, {})
    return read.get(field) != state.draft.records[key].get(field)
