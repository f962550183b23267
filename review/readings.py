"""What the program reads out of a text, as names and texts of parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from actionplan.parsing import PARSED_FIELDS, parse_text
from actionplan.review.model import Reading
from actionplan.schemas.plan import Agency

_ITEMS = {"lead": "leads", "agency": "agencies", "action": "actions", "update": "updates"}
Part = tuple[str, str]


def reading(field: str, text: str, agencies: Sequence[Agency] = ()) -> Reading:
    """Return what is read out of `text` for a field; plain fields give the text itself."""
    field = _ITEMS.get(field, field)
    if field not in PARSED_FIELDS:
        plain = " ".join(text.split())
        return Reading(plain or None, empty=not plain)
    parsed = parse_text(field, text, agencies)
    value = parsed.value
    parts = tuple(_parts(field, value))
    empty = not parts or not text.strip()
    return Reading(value, parts, parsed.issues, empty)


def _parts(field: str, value: Any) -> Iterator[Part]:
    if isinstance(value, list):
        for item in value:
            yield from _SHOWN[field](item)
    elif field == "status" and value:
        yield "Status", value["value"].replace("_", " ")
    elif value:
        yield from _date(value)


def _date(value: dict[str, Any]) -> Iterator[Part]:
    kind = value.get("kind")
    if value["start"] and value["start"] == value["end"]:
        yield "Day", value["start"]
    elif value["start"] or value["end"]:
        yield "Time", f"{value['start'] or '…'} to {value['end'] or '…'}"
    if kind and kind not in ("date", "none"):
        yield "Kind", kind
    if value.get("ongoing") and kind == "date":
        yield "Kind", "date and ongoing"


def _lead(item: dict[str, Any]) -> Iterator[Part]:
    yield from _named(
        ("Person", item["name"]), ("Post", item["post"]), ("Body", item["organisation"])
    )


def _agency(item: dict[str, Any]) -> Iterator[Part]:
    yield from _named(("Agency", item["canonical"] or item["name"]), ("Type", item["type"]))


def _action(item: dict[str, Any]) -> Iterator[Part]:
    title = f"Action {item['number']}" if item["number"] else "Action"
    yield title, item["text"]


def _update(item: dict[str, Any]) -> Iterator[Part]:
    day = item["date"] and (item["date"]["edtf"] or item["date"]["text"])
    yield f"Update {day}" if day else "Update", item["text"]
    if item["status"]:
        yield "Status", item["status"]["value"].replace("_", " ")


def _named(*parts: tuple[str, str | None]) -> Iterable[Part]:
    return [(name, text.replace("_", " ")) for name, text in parts if text]


_SHOWN = {"leads": _lead, "agencies": _agency, "actions": _action, "updates": _update}
