"""How values are shown in words, and a few lists that templates need."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, get_args

from actionplan.review.model import FieldView, PlaceView
from actionplan.schemas.plan import StatusValue

STATUSES = get_args(StatusValue)
TARGETS = frozenset(
    {
        "text",
        "scope",
        "acceptance",
        "agencies",
        "leads",
        "target",
        "revised_target",
        "completion",
        "milestones",
        "outcome",
        "actions",
        "updates",
    }
)
"""Fields that a selected text can be moved into."""


def shown(value: Any) -> str:
    """A value as people read it: the text of a structured one, its parts where it has none."""
    if value is None or value == "" or value == []:
        return "nothing"
    if isinstance(value, Mapping):
        text = value.get("text") or value.get("name") or value.get("value")
        return str(text) if text else "nothing"
    if isinstance(value, list | tuple):
        return "; ".join(shown(one) for one in value)
    return str(value)


def boxes(places: Iterable[PlaceView]) -> str:
    """Places as JSON for the script that lights them up: page and box of each."""
    return json.dumps([[one.page, *(round(edge, 1) for edge in one.bbox)] for one in places])


def row_boxes(row: Mapping[str, Any]) -> str:
    """The pieces of a table row, in the same form; as wide as any page."""
    return json.dumps(
        [[page, 0, top, 10_000, bottom] for page, (top, bottom) in row["pieces"].items()]
    )


def pages_of(places: Iterable[PlaceView]) -> list[int]:
    """The pages of a field, each once."""
    return sorted({one.page for one in places})


def meaning(field: FieldView) -> str:
    """What a date or target was read as."""
    value = field.value
    if not value or not value.get("text"):
        return ""
    kind = value.get("kind", "date")
    going = ", and ongoing" if value.get("ongoing") and kind != "ongoing" else ""
    if value.get("edtf"):
        return f"Read as {value['edtf']}{_days(value)}{going}"
    if value.get("start"):
        return f"Read as {kind}{_days(value)}{going}"
    return f"Read as {kind}, without one date{going}" if kind != "none" else "Read as no date"


def _days(value: Mapping[str, Any]) -> str:
    start, end = value.get("start"), value.get("end")
    if not start or start == value.get("edtf") == end:
        return ""
    return f" ({start})" if start == end else f" ({start} to {end})"


def is_empty(field: FieldView) -> bool:
    """Whether a field holds nothing and nobody has anything to say of it."""
    return not field.text.strip() and not field.issues and not field.mark and not field.edited
