"""What codes, days and counts are called on the page."""

from __future__ import annotations

import datetime

from actionplan.schemas.plan import StatusValue

STATUSES: dict[StatusValue, str] = {
    "completed": "Completed",
    "in_progress": "In progress",
    "ongoing": "Ongoing",
    "not_started": "Not started",
    "unknown": "Not stated",
}
"""In the order of charts: from done to not known."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
_FIELDS = {
    "label": "number",
    "leads": "lead",
    "agencies": "agency",
    "actions": "action",
    "updates": "update",
    "target": "target date",
    "revised_target": "revised target",
    "completion": "date of completion",
    "printed_themes": "theme",
    "": "record",
}


def count(number: int, noun: str, plural: str = "") -> str:
    """Return ``1 update``, ``1,200 updates``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def share(part: int, whole: int) -> str:
    """Return a share in whole per cent."""
    return f"{part / whole:.0%}" if whole else "–"


def day_text(day: str | datetime.date | None) -> str:
    """Return an ISO day as ``31 Mar 2014``; empty for none."""
    if not day:
        return ""
    one = datetime.date.fromisoformat(day) if isinstance(day, str) else day
    return f"{one.day} {_MONTHS[one.month - 1]} {one.year}"


def field_name(field: str) -> str:
    """Return what people call a field: ``leads.0.post`` is the lead."""
    first = field.partition(".")[0].partition("[")[0]
    return _FIELDS.get(first, first.replace("_", " "))
