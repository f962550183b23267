"""The fields of a record and of a document as parts of a form: titles, kinds, values as text."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, cast

from actionplan.review.model import Kind

LISTS = ("leads", "agencies", "actions", "updates")
"""Fields that hold a list of parts."""
TEXT_OF = {"leads": "text", "agencies": "name", "actions": "text", "updates": "text"}
"""The part of an item that is its text as printed."""


@dataclass(frozen=True, slots=True)
class FieldForm:
    """How a field is shown: its title and the kind of input it takes.

    Attributes:
        column: what a column that holds it is called in a section.
    """

    name: str
    title: str
    kind: Kind
    column: tuple[str, ...] = ()


@cache
def _forms() -> dict[str, dict[str, FieldForm]]:
    source = resources.files("actionplan.review") / "data" / "fields.toml"
    value = tomllib.loads(source.read_text(encoding="utf-8"))
    return {
        of: {
            name: FieldForm(
                name, one["title"], cast(Kind, one["kind"]), tuple(one.get("columns", ()))
            )
            for name, one in forms.items()
        }
        for of, forms in value.items()
    }


def record_forms() -> dict[str, FieldForm]:
    """Return the fields of a record in the order of the form."""
    return _forms()["record"]


def document_forms() -> dict[str, FieldForm]:
    """Return the fields of a document in the order of the form."""
    return _forms()["document"]


def title_of(name: str) -> str:
    """Return what a field is called in a sentence; of a path, its first step."""
    first = name.removeprefix("document.").partition(".")[0]
    form = record_forms().get(first) or document_forms().get(first)
    return form.title if form else first


@cache
def field_of_column() -> dict[str, str]:
    """Return the field of a record by the name that a section's columns use."""
    return {column: form.name for form in record_forms().values() for column in form.column}


def field_of_issue(name: str) -> str:
    """Return the field of a record that a doubt is about; some are told by their column."""
    if name in record_forms():
        return name
    return field_of_column().get(name.partition("+")[0], name)


def as_text(name: str, value: Any) -> str:
    """Return a field's value as running text, an item of a list on each line."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return _of_table(value)
    return "\n".join(_of_item(name, one) for one in value)


def _of_table(value: dict[str, Any]) -> str:
    if "basis" in value:
        return str(value["text"] or value["value"].replace("_", " "))
    return str(value.get("text") or "")


def _of_item(name: str, item: Any) -> str:
    if isinstance(item, str):
        return item
    if name == "updates":
        return _joined((item["label"], item["text"]), ": ")
    if name == "actions":
        return _joined((item["number"], item["text"]), ". ")
    if name == "leads":
        return str(item["text"]) or _joined((item["name"], item["post"], item["organisation"]))
    return str(item["name"])


def _joined(parts: Iterable[str | None], sign: str = ", ") -> str:
    return sign.join(part for part in parts if part)


def record_label(record: dict[str, Any], position: int) -> str:
    """Return what a record is called: by its number, else by its place in the document."""
    number = record["number"]
    return f"Recommendation {number}" if number else f"Record {position}"
