"""What each edit of a record's fields comes to, as changes; nothing is written here."""

from __future__ import annotations

from typing import Any, NamedTuple

from pydantic import ValidationError

from actionplan.errors import EditError, NoSuchRecordError, NothingToDoError
from actionplan.parsing import PARSED_FIELDS, parse_text
from actionplan.review import paths
from actionplan.review.changes import Change
from actionplan.review.fields import (
    LISTS,
    TEXT_OF,
    as_text,
    document_forms,
    record_label,
    title_of,
)
from actionplan.review.state import DocumentState
from actionplan.schemas.plan import Agency, Document, Recommendation

_FIXED = frozenset({"id", "key", "section", "cells", "provenance", "confidence", "issues"})
_ONE_VALUE = frozenset({"target", "revised_target", "completion", "date", "status"})
_OPTIONAL = frozenset({"revised_target", "completion", "date", "review_period"})


class Edited(NamedTuple):
    """What an edit comes to.

    Attributes:
        message: what was done, for the history.
        key: the record to show next.
    """

    changes: list[Change]
    message: str
    key: str | None = None


def record_of(state: DocumentState, key: str) -> dict[str, Any]:
    """Return a record of the document.

    Raises:
        NoSuchRecordError: it is not there.
    """
    if key not in state.draft.records:
        raise NoSuchRecordError(f"record {key} of {state.name}")
    return state.draft.records[key]


def label_of(state: DocumentState, key: str) -> str:
    """Return what a record is called in a sentence."""
    record = record_of(state, key)
    return record_label(record, list(state.draft.records).index(key) + 1)


def set_field(state: DocumentState, key: str, path: str, value: Any) -> Edited:
    """Put `value`, as a plan file has it, at `path` of a record.

    Raises:
        EditError: there is no such place, or it cannot hold such a value.
    """
    record = record_of(state, key)
    changed = paths.put(record, path, value)
    name = path.partition(".")[0]
    fields = {name: checked(changed)[name]}
    return _changed(state, key, fields, f"{title_of(name)} of {{}} changed")


def checked(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record as the model has it.

    Raises:
        EditError: a field cannot hold its value, or is not to be edited.
    """
    try:
        return Recommendation.model_validate(record).model_dump(mode="json")
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise EditError(f"{where}: {first['msg']}; put it right and save again") from error


def _changed(state: DocumentState, key: str, fields: dict[str, Any], message: str) -> Edited:
    record = record_of(state, key)
    if fixed := sorted(fields.keys() & _FIXED - {"provenance"}):
        raise EditError(f"{fixed[0]!r} is not edited by hand; choose another field")
    changes = [
        Change("set", key, name, record[name], value)
        for name, value in fields.items()
        if record[name] != value
    ]
    if not changes:
        raise NothingToDoError("nothing to save: the value is the same as before")
    return Edited(changes, message.format(label_of(state, key)), key)


def value_of(state: DocumentState, path: str, text: str) -> Any:
    """Return what `text` is as the value at `path`: read where it has parts, else as it stands.

    Line breaks count in lists, and nowhere else. Empty text is no value.
    """
    field = paths.parser_of(path)
    if field not in PARSED_FIELDS:
        plain = " ".join(text.split())
        return plain if plain or _is_needed(path) else None
    if not text.strip() and (field in _OPTIONAL or (path.count(".") > 1 and field not in LISTS)):
        return None
    return parse_text(field, text, known_agencies(state)).value


def _is_needed(path: str) -> bool:
    """Whether the text at a path may be empty, but not left out."""
    steps = [step for step in path.split(".") if not step.isdecimal()]
    return steps[-1] == "text" or steps[-2:] == ["agencies", "name"]


def known_agencies(state: DocumentState) -> list[Agency]:
    """Return the bodies that the document names."""
    found = (one for record in state.draft.records.values() for one in record["agencies"])
    return [Agency.model_validate(one) for one in {one["name"]: one for one in found}.values()]


def set_text(state: DocumentState, key: str, path: str, text: str) -> Edited:
    """Put what `text` says at `path`; see `value_of`.

    A whole item of a list may become several. With the label of an update its date is read again,
    with its text its status.

    Raises:
        EditError: there is no such place.
    """
    record = record_of(state, key)
    holder, _, step = path.rpartition(".")
    if step == "text" and paths.parser_of(holder or "text") in _ONE_VALUE:
        return set_text(state, key, holder, text)
    if step.isdecimal():
        old, at = paths.get(record, holder), int(step)
        paths.get(record, path)
        items = value_of(state, holder, text)
        return set_field(state, key, holder, [*old[:at], *items, *old[at + 1 :]])
    if paths.parser_of(holder or path) == "updates" and step in ("label", "text"):
        item = {**paths.get(record, holder), step: value_of(state, path, text) or None}
        return set_field(state, key, holder, _read_again(state, item, step))
    return set_field(state, key, path, value_of(state, path, text))


def _read_again(state: DocumentState, item: dict[str, Any], step: str) -> dict[str, Any]:
    """An update with the part that depends on its label or text read again."""
    text = f"{item['label']}: -" if step == "label" else item["text"] or ""
    readings = value_of(state, "updates", text)
    part = "date" if step == "label" else "status"
    read = readings[0][part] if len(readings) == 1 else None
    return {**item, part: read if item[step] else None, "text": item["text"] or ""}


def add_item(state: DocumentState, key: str, path: str, value: Any, at: int | None) -> Edited:
    """Add an item to a list: a part of its table, or a text that is read and may give several.

    Raises:
        EditError: `path` is no list, or `at` no place in it.
    """
    name = paths.list_name(path)
    old = paths.get(record_of(state, key), path)
    if isinstance(value, str):
        items = value_of(state, path, value) or [paths.EMPTY_ITEMS[name]]
    else:
        items = [{**paths.EMPTY_ITEMS[name], **(value or {})}]
    place = len(old) if at is None else _inside(at, len(old) + 1)
    return set_field(state, key, path, [*old[:place], *items, *old[place:]])


def remove_item(state: DocumentState, key: str, path: str, index: int) -> Edited:
    """Take an item out of a list.

    Raises:
        EditError: there is no such item.
    """
    paths.list_name(path)
    old = paths.get(record_of(state, key), path)
    at = _inside(index, len(old))
    return set_field(state, key, path, [*old[:at], *old[at + 1 :]])


def move_item(state: DocumentState, key: str, path: str, index: int, to: int) -> Edited:
    """Put an item of a list at another place in it.

    Raises:
        EditError: there is no such item or place.
    """
    paths.list_name(path)
    old = paths.get(record_of(state, key), path)
    item = old[_inside(index, len(old))]
    rest = [*old[:index], *old[index + 1 :]]
    place = _inside(to, len(old))
    return set_field(state, key, path, [*rest[:place], item, *rest[place:]])


def _inside(at: int, length: int) -> int:
    if not 0 <= at < length:
        raise EditError("the list has no such place (any more); look at it as it is now")
    return at


def move_text(
    state: DocumentState, key: str, source: str, target: str, span: tuple[int, int]
) -> Edited:
    """Take characters ``[start:end)`` of the text at `source` and put them behind `target`.

    What is left is read again where it stands for parts; an item of which nothing is left goes.

    Raises:
        EditError: one of the places holds no text, or there is nothing at `span`.
    """
    record = record_of(state, key)
    source = _text_path(record, source)
    text = _text_at(record, source)
    start, end = max(span[0], 0), min(span[1], len(text))
    moved = " ".join(text[start:end].split())
    if not moved:
        raise EditError("no text is selected; select the words to move first")
    if source == target or source.startswith(f"{target}."):
        raise EditError("the text stands there already; choose another field")
    rest = " ".join(f"{text[:start]} {text[end:]}".split())
    record = _without(state, record, source, rest)
    record = _with(state, record, target, moved)
    names = dict.fromkeys([source.partition(".")[0], target.partition(".")[0]])
    fields = {name: checked(record)[name] for name in names}
    places = _joined_places(record, *names)
    if places != record["provenance"]:
        fields["provenance"] = places
    titles = [title_of(name) for name in (source, target)]
    return _changed(state, key, fields, f"Text of {{}} moved from {titles[0]} to {titles[1]}")


def _text_path(record: dict[str, Any], path: str) -> str:
    """The path of the text of an item, where `path` is that of the item."""
    holder, _, step = path.rpartition(".")
    if step == "text" and holder and paths.parser_of(holder) in _ONE_VALUE:
        return holder
    if step.isdecimal() and isinstance(paths.get(record, path), dict):
        return f"{path}.{TEXT_OF[paths.list_name(holder)]}"
    return path


def _text_at(record: dict[str, Any], path: str) -> str:
    value = paths.get(record, path)
    if isinstance(value, dict) and "text" in value:
        value = value["text"]
    if not isinstance(value, str):
        raise EditError(f"{path!r} holds no text; choose a part of it")
    return value


def _without(state: DocumentState, record: dict[str, Any], path: str, rest: str) -> dict[str, Any]:
    """The record with nothing but `rest` at `path`."""
    holder, _, step = path.rpartition(".")
    items, _, place = holder.rpartition(".")
    left: Any
    if paths.parser_of(path) in _ONE_VALUE:
        left = value_of(state, path, rest)
    elif place.isdecimal() and step == TEXT_OF.get(paths.parser_of(holder)):
        old, at = paths.get(record, items), int(place)
        path, left = items, [*old[:at], *_left_of(state, old[at], items, rest), *old[at + 1 :]]
    else:
        left = rest or ("" if _is_needed(path) else None)
    done: dict[str, Any] = paths.put(record, path, left)
    return done


def _left_of(state: DocumentState, item: dict[str, Any], path: str, rest: str) -> list[Any]:
    """What is left of an item of a list: nothing without text; parts of a lead are read again."""
    name = paths.list_name(path)
    if not rest:
        return []
    if name == "updates":
        return [_read_again(state, {**item, "text": rest}, "text")]
    if name == "actions":
        return [{**item, "text": rest}]
    found: list[Any] = value_of(state, path, rest)
    return found


def _with(state: DocumentState, record: dict[str, Any], path: str, text: str) -> dict[str, Any]:
    """The record with `text` behind what stands at `path`."""
    old = paths.get(record, path)
    new: Any
    if isinstance(old, list):
        own = paths.parser_of(path)
        items = value_of(state, path, text) if own in LISTS else [text]
        new = [*old, *(items or [{**paths.EMPTY_ITEMS[own], "text": text}])]
    elif paths.parser_of(path) in PARSED_FIELDS:
        new = value_of(state, path, _behind(as_text(path, old), text))
    else:
        new = _behind(old, text)
    done: dict[str, Any] = paths.put(record, path, new)
    return done


def _behind(old: str | None, text: str) -> str:
    return f"{old} {text}" if old else text


def _joined_places(record: dict[str, Any], source: str, target: str = "") -> dict[str, Any]:
    """The places of the record's fields, those of `source` cited by `target`, too."""
    places = record["provenance"]
    more = [one for one in places.get(source, ()) if one not in places.get(target, ())]
    if not target or not more:
        return dict(places)
    joined = sorted([*places.get(target, ()), *more], key=lambda one: one["page"])
    return {**places, target: joined}


def set_document_field(state: DocumentState, name: str, text: str) -> Edited:
    """Set a field of the document; empty text is no value.

    Raises:
        EditError: the document has no such field.
    """
    if name not in document_forms():
        raise EditError(f"a document has no {name!r}; choose from {', '.join(document_forms())}")
    old = state.draft.document[name]
    value = value_of(state, name, text)
    if old == value:
        raise NothingToDoError("nothing to save: the value is the same as before")
    Document.model_validate({**state.draft.document, name: value})
    change = Change("set", None, f"document.{name}", old, value)
    return Edited([change], f"{title_of(name)} of the document changed")
