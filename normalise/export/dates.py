"""The due day of a row: only where the plan gives a real day."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from actionplan.normalise.export.select import Item
from actionplan.schemas.plan import Target

DAY = "printed as a day"
PERIOD = "last day of the printed period"
COUNTED = "counted from a date in the document"
_REVISED = "revised target, "


class Due(NamedTuple):
    """When something is due.

    Attributes:
        text: the target as printed, with the revised one.
        day: the last day of it, if it has one.
        basis: how that day was had.
    """

    text: str | None
    day: date | None
    basis: str | None


def due(item: Item) -> Due:
    """Return when a row is due.

    The target is the action's own. An action without one has that of the recommendation, unless
    the page ties targets to other actions of it. The day is the last of the revised target, or
    else of the target; there is none where the plan gives no day, month, season, year or span.
    """
    record, action = item.record, item.action
    if any(one.target for one in record.actions):
        target, revised = (action.target if action else None), None
    else:
        target, revised = record.target, record.revised_target
    texts = [target.text if target else None]
    if revised and revised.text:
        texts.append(f"revised: {revised.text}")
    text = "; ".join(filter(None, texts)) or None
    for one, prefix in ((revised, _REVISED), (target, "")):
        if one and (last := day(one.end)):
            return Due(text, last, prefix + _basis(one))
    return Due(text, None, None)


def _basis(target: Target) -> str:
    if target.edtf is None:
        return COUNTED
    return DAY if target.start == target.end else PERIOD


def day(text: str | None) -> date | None:
    """Return an ISO day as a date; none for an empty one or one that no calendar has."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
