"""The fields that are compared, and how two rows are."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Literal, NamedTuple

from actionplan.normalise.compare.entries import Entry
from actionplan.normalise.compare.match import is_same_text, pair_items, same_items
from actionplan.normalise.compare.model import Change, Item
from actionplan.normalise.compare.words import word_pieces

Kind = Literal["text", "value", "date", "status"]


class Field(NamedTuple):
    """A field of a row.

    Attributes:
        columns: its columns; of several the first is shown. Null: one, of the field's name.
        reading: not the plan's words but what the program says of its reading.
    """

    name: str
    kind: Kind = "value"
    columns: tuple[str, ...] = ()
    reading: bool = False

    @property
    def all_columns(self) -> tuple[str, ...]:
        """The columns that it is made of."""
        return self.columns or (self.name,)


class Shape(NamedTuple):
    """What is compared of one kind of row.

    Attributes:
        title: the column that names the row.
        lists: lists of rows below it, by their names in `SHAPES`.
    """

    title: str
    fields: tuple[Field, ...]
    lists: tuple[str, ...] = ()


def _date(name: str, *more: str) -> Field:
    parts = ("text", "edtf", "start", "end", *more)
    return Field(name, "date", tuple(f"{name}_{part}" for part in parts))


def _target(name: str) -> Field:
    return _date(name, "kind", "ongoing")


def _values(*names: str, reading: bool = False) -> tuple[Field, ...]:
    return tuple(Field(name, reading=reading) for name in names)


def _texts(*names: str) -> tuple[Field, ...]:
    return tuple(Field(name, "text") for name in names)


_STATUS = Field("status", "status", ("status", "status_basis", "status_text"))
_COUNTED = "duplicate_of"
_WORDS = ("on_plan_pages", "in_cells", "in_headings", "in_headers", "in_furniture", "unassigned")

SHAPES: Mapping[str, Shape] = {
    "documents": Shape(
        "document",
        (
            *_texts("title", "partnership"),
            *_values("review_type", "case", "pseudonym", "version"),
            _date("date"),
            _date("review_period"),
            *_values("marking"),
            *_values("producer", "tagged", "scanned_pages", reading=True),
            *(Field(f"words_{name}", reading=True) for name in (*_WORDS, "duplicated")),
            Field(_COUNTED, reading=True),
        ),
        ("dates",),
    ),
    "sections": Shape(
        "heading",
        (*_texts("heading", "agency"), *_values("kind"), Field("columns", reading=True)),
    ),
    "recommendations": Shape(
        "text",
        (
            *_values("number", "label"),
            *_texts("text", "scope"),
            *_values("levels", "acceptance"),
            _target("target"),
            _target("revised_target"),
            _date("completion"),
            *_texts("milestones", "outcome"),
            _STATUS,
            *_values("confidence", "issues", "level_evidence", reading=True),
            Field("place", columns=("page", "last_page", "bbox"), reading=True),
            Field("duplicate_of_record", reading=True),
        ),
        ("agencies", "leads", "actions", "updates", "themes"),
    ),
    "actions": Shape(
        "text",
        (*_values("number"), *_texts("text"), _target("target"), _STATUS),
        ("agencies", "leads"),
    ),
    "leads": Shape("text", _texts("text", "name", "post", "organisation")),
    "agencies": Shape("name", (*_texts("name", "canonical"), *_values("agency_id", "type"))),
    "updates": Shape("text", (*_values("label"), _date("date"), *_texts("text"), _STATUS)),
    "themes": Shape("theme", (*_values("theme", "basis"), Field("evidence", reading=True))),
    "dates": Shape("date_text", (*_values("role"), _date("date"))),
}
"""By the name of the table, or of the list that its rows stand in."""


def row_changes(shape: str, old: Entry, new: Entry, *, reading: bool) -> Iterator[Change]:
    """Yield the changes between two rows; with `reading` also of what the program says."""
    for field in SHAPES[shape].fields:
        if reading or not field.reading:
            change = _field_change(field, old, new)
            if change:
                yield change
    for name in SHAPES[shape].lists:
        items = tuple(_item_changes(name, old, new, reading=reading))
        if items:
            minor = all(item.state == "changed" and _is_small(item) for item in items)
            yield Change(name, minor=minor, items=items)


def _is_small(item: Item) -> bool:
    return all(change.minor or change.reading for change in item.changes)


def title(shape: str, entry: Entry) -> str:
    """Return what an item is called: its title, behind its label where it has one."""
    text = entry.text(SHAPES[shape].title)
    lead = entry.text({"updates": "label", "actions": "number", "dates": "role"}.get(shape, ""))
    return f"{lead}: {text}" if lead and text else lead or text


def _item_changes(name: str, old: Entry, new: Entry, *, reading: bool) -> Iterator[Item]:
    olds, news = old.lists.get(name, ()), new.lists.get(name, ())
    if same_items(olds, news):
        return
    for one, other in pair_items(name, SHAPES[name].title, olds, news):
        if one is None and other is not None:
            yield Item("added", None, title(name, other))
        elif one is not None and other is None:
            yield Item("dropped", title(name, one), None)
        elif one is not None and other is not None:
            changes = tuple(row_changes(name, one, other, reading=reading))
            if changes:
                yield Item("changed", title(name, one), title(name, other), changes)


def _field_change(field: Field, old: Entry, new: Entry) -> Change | None:
    parts = {
        name: (old.row.get(name), new.row.get(name))
        for name in field.all_columns
        if old.row.get(name) != new.row.get(name)
    }
    return _MAKERS[field.kind](field, old, new, parts) if parts else None


Parts = dict[str, tuple[object, object]]


def _shown(field: Field, entry: Entry) -> str | None:
    return entry.text(field.all_columns[0]) or None


def _value_change(field: Field, old: Entry, new: Entry, parts: Parts) -> Change:
    if len(field.all_columns) > 1:
        return Change(field.name, reading=field.reading, parts=parts)
    one, other = _shown(field, old), _shown(field, new)
    minor = bool(one and other and is_same_text(one, other))
    return Change(field.name, one, other, minor=minor, reading=field.reading)


def _text_change(field: Field, old: Entry, new: Entry, parts: Parts) -> Change:
    one, other = _shown(field, old), _shown(field, new)
    words = word_pieces(one, other) if one and other else ()
    return replace(_value_change(field, old, new, parts), words=words)


def _date_change(field: Field, old: Entry, new: Entry, parts: Parts) -> Change:
    """A date that is only printed otherwise is a small change."""
    one, other = _shown(field, old), _shown(field, new)
    known = bool(old.text(f"{field.name}_end") or old.text(f"{field.name}_edtf"))
    same = known or is_same_text(one or "", other or "")
    minor = set(parts) == {field.all_columns[0]} and bool(one and other) and same
    ends = (old.text(f"{field.name}_end"), new.text(f"{field.name}_end"))
    parts = {name.removeprefix(f"{field.name}_"): values for name, values in parts.items()}
    return Change(field.name, one, other, minor=minor, days=_days(*ends), parts=parts)


def _days(old: str, new: str) -> int | None:
    """Days from one day to another; None if either is none, or both are the same."""
    try:
        ends = datetime.date.fromisoformat(old), datetime.date.fromisoformat(new)
    except ValueError:
        return None
    return (ends[1] - ends[0]).days or None


def _status_change(field: Field, old: Entry, new: Entry, parts: Parts) -> Change:
    one, other = _shown(field, old), _shown(field, new)
    return Change(field.name, one, other, minor=one == other, parts=parts)


_MAKERS: dict[Kind, Callable[[Field, Entry, Entry, Parts], Change]] = {
    "text": _text_change,
    "value": _value_change,
    "date": _date_change,
    "status": _status_change,
}
