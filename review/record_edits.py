"""Records added, removed, merged and split by hand, and marks: each as changes."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from actionplan.errors import EditError, NothingToDoError
from actionplan.review.changes import Change, content_print, record_content
from actionplan.review.edits import Edited, checked, label_of, record_of
from actionplan.review.fields import LISTS, record_forms, title_of
from actionplan.review.state import DocumentState

_ONE_TEXT = ("text", "scope", "milestones", "outcome", "acceptance")
_FIRST = ("number", "label", "completion", "level_evidence")
_MORE = ("themes", "printed_themes", "levels", *LISTS, "issues", "cells")


def add_record(state: DocumentState, after: str | None, section: str | None, text: str) -> Edited:
    """Add a record below `after`; None: above all others.

    Raises:
        EditError: the document has no such section, or none at all.
    """
    sections = [one["id"] for one in state.draft.parts["sections"]]
    if after is not None:
        above = record_of(state, after)
        section = section or above["section"]
    section = section or next(iter(sections), None)
    if section is None or section not in sections:
        raise EditError("the document has no such section; choose one of its own")
    record = checked(
        {
            "id": new_id(state, section),
            "section": section,
            "key": new_key(state),
            "text": " ".join(text.split()),
        }
    )
    change = Change("add", record["key"], new=record, behind=after)
    return Edited([change], "Record added", record["key"])


def new_key(state: DocumentState) -> str:
    """Return a key that no record has."""
    while (key := f"{secrets.token_hex(6)}-1") in state.draft.records:
        pass
    return key


def new_id(state: DocumentState, section: str, taken: Collection[str] = ()) -> str:
    """Return an id of a record that was not read as one: ``s1-n1``."""
    used = {one["id"] for one in state.draft.records.values()} | set(taken)
    number = 1
    while f"{section}-n{number}" in used:
        number += 1
    return f"{section}-n{number}"


def remove_record(state: DocumentState, key: str) -> Edited:
    """Delete a record; the next one is shown."""
    label = label_of(state, key)
    keys = list(state.draft.records)
    at = keys.index(key)
    following = keys[at + 1 : at + 2] or keys[at - 1 : at]
    change = Change("remove", key, old=state.draft.records[key], behind=state.draft.before(key))
    return Edited([change], f"{label} deleted", following[0] if following else None)


def merge_records(state: DocumentState, key: str, other: str) -> Edited:
    """Put all that `other` says into `key`, in the order of the document, and delete `other`.

    Raises:
        EditError: both are the same.
    """
    if key == other:
        raise EditError("a record cannot be merged with itself; choose another one")
    one, two = record_of(state, key), record_of(state, other)
    keys = list(state.draft.records)
    first, second = (one, two) if keys.index(key) < keys.index(other) else (two, one)
    merged = checked({**one, **_merged(first, second, one)})
    changes = [
        Change("set", key, name, one[name], merged[name])
        for name in merged
        if merged[name] != one[name]
    ]
    changes.append(Change("remove", other, old=two, behind=state.draft.before(other)))
    message = f"{label_of(state, other)} merged into {label_of(state, key)}"
    return Edited(changes, message, key)


def _merged(first: dict[str, Any], second: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """The fields that two records have together; none of their words is lost."""
    fields: dict[str, Any] = {name: _texts(first[name], second[name]) for name in _ONE_TEXT}
    fields |= {
        name: own[name] if own[name] is not None else _first(first, second, name) for name in _FIRST
    }
    fields |= {name: _once(name, [*first[name], *second[name]]) for name in _MORE}
    fields["target"] = _targets(first["target"], second["target"])
    fields["revised_target"] = _targets(first["revised_target"], second["revised_target"])
    fields["status"] = own["status"] if own["status"]["text"] else _status(first, second)
    fields["theme_evidence"] = {
        theme: [*first["theme_evidence"].get(theme, ()), *second["theme_evidence"].get(theme, ())]
        for theme in fields["themes"]
    }
    fields["provenance"] = _places(first["provenance"], second["provenance"])
    fields["confidence"] = min(first["confidence"], second["confidence"])
    fields["updates"] += _told_beside(first if own is second else second, fields)
    return fields


def _told_beside(gone: dict[str, Any], fields: dict[str, Any]) -> list[dict[str, Any]]:
    """What the other record prints where there is room for one value only, as updates."""
    printed = [gone[name]["text"] for name in ("completion", "status") if gone[name]]
    known = [(fields[name] or {}).get("text") for name in ("completion", "status")]
    known += [one["text"] for one in fields["updates"]]
    texts = [text for text in printed if text and not any(text in (one or "") for one in known)]
    return [{"label": None, "date": None, "text": text, "status": None} for text in texts]


def _first(first: dict[str, Any], second: dict[str, Any], name: str) -> Any:
    return first[name] if first[name] is not None else second[name]


def _texts(one: str | None, other: str | None) -> str | None:
    texts = [text for text in (one, other) if text]
    if not texts:
        return one
    return texts[0] if len(set(texts)) == 1 else " ".join(texts)


def _once(name: str, items: Sequence[Any]) -> list[Any]:
    """The items without what both records have; rows of raw cells stay as they are."""
    if name == "cells":
        return list(items)
    return [one for at, one in enumerate(items) if one not in items[:at]]


def _targets(one: dict[str, Any] | None, other: dict[str, Any] | None) -> dict[str, Any] | None:
    if one == other or not (other and other["text"]):
        return one
    if not (one and one["text"]):
        return other
    from actionplan.parsing import parse_text

    value: dict[str, Any] = parse_text("target", f"{one['text']}\n{other['text']}").value
    return value


def _status(first: dict[str, Any], second: dict[str, Any]) -> Any:
    return first["status"] if first["status"]["value"] != "unknown" else second["status"]


def _places(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    names = dict.fromkeys([*one, *other])
    found = {}
    for name in names:
        places = [*one.get(name, ()), *other.get(name, ())]
        kept = [place for at, place in enumerate(places) if place not in places[:at]]
        found[name] = sorted(kept, key=lambda place: place["page"])
    return found


@dataclass(frozen=True, slots=True)
class Cut:
    """What goes into the second record: the text from an offset on, items by their places."""

    text_at: int | None = None
    actions: tuple[int, ...] = ()
    updates: tuple[int, ...] = ()
    leads: tuple[int, ...] = ()
    agencies: tuple[int, ...] = ()


def split_record(state: DocumentState, key: str, cut: Cut) -> Edited:
    """Make a second record, right below, of what `cut` names.

    Raises:
        EditError: nothing would go there, or nothing would stay.
    """
    record = record_of(state, key)
    left = dict(record)
    fields: dict[str, Any] = {"text": ""}
    if cut.text_at is not None:
        at = max(cut.text_at, 0)
        left["text"], fields["text"] = record["text"][:at].strip(), record["text"][at:].strip()
    for name in LISTS:
        chosen = getattr(cut, name)
        left[name] = [one for at, one in enumerate(record[name]) if at not in chosen]
        fields[name] = [one for at, one in enumerate(record[name]) if at in chosen]
    names = ("text", *LISTS)
    if not any(fields[name] for name in names) or not any(left[name] for name in names):
        raise EditError("nothing is chosen for one of the two records; choose what goes where")
    fields |= {"provenance": _cited(record, fields), "confidence": record["confidence"]}
    section = record["section"]
    fields |= {"id": new_id(state, section), "section": section, "key": new_key(state)}
    added = checked(fields)
    changes = [
        Change("set", key, name, record[name], left[name])
        for name in names
        if left[name] != record[name]
    ]
    changes.append(Change("add", added["key"], new=added, behind=key))
    return Edited(changes, f"{label_of(state, key)} split in two", added["key"])


def _cited(record: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
    """Where the fields of the new record are printed: where those of the old one are."""
    return {name: places for name, places in record["provenance"].items() if fields.get(name)}


def set_mark(
    state: DocumentState, place: tuple[str | None, str | None], value: dict[str, Any] | None
) -> Edited:
    """Mark a field, a record or the document, or take a mark away.

    Args:
        state: the document.
        place: record and field, see `changes.MarkKey`.
        value: state, who, when, note; None takes the mark away.

    Raises:
        EditError: there is no such field, or the mark is there already.
    """
    key, name = place
    if key is not None:
        record_of(state, key)
    if key is not None and name is not None and name not in record_forms():
        raise EditError(f"a record has no {name!r}; choose from {', '.join(record_forms())}")
    change = mark_change(state, place, value)
    if change is None:
        raise NothingToDoError("nothing to save: the mark is the same as before")
    what = "The document" if key is None else label_of(state, key)
    if name:
        what = f"{title_of(name)} of {what[:1].lower() + what[1:] if key is None else what}"
    done = value["state"] if value else "no longer marked"
    return Edited([change], f"{what}: {done}", key)


def mark_change(
    state: DocumentState, place: tuple[str | None, str | None], value: dict[str, Any] | None
) -> Change | None:
    """Return the change that sets a mark; None if it says what is there already."""
    old = state.draft.marks.get(place)
    new = value and {**value, "print": state.mark_print(place)}
    same = old and new and [old[n] for n in _TOLD] == [new[n] for n in _TOLD]
    if same or old == new:
        return None
    return Change("mark", place[0], place[1], old, new)


_TOLD = ("state", "note", "print")


def accept_rest(state: DocumentState, value: dict[str, Any]) -> Edited:
    """Accept each record that is neither accepted nor flagged.

    Raises:
        EditError: there is none left.
    """
    open_ = [key for key in state.draft.records if is_open(state, key)]
    found = [mark_change(state, (key, None), value) for key in open_]
    changes = [change for change in found if change]
    if not changes:
        raise NothingToDoError("no record is left to accept; those that are flagged stay so")
    many = f"{len(changes)} record{'s' * (len(changes) != 1)}"
    return Edited(changes, f"{many} accepted")


def is_open(state: DocumentState, key: str) -> bool:
    """Whether a record still waits for a reviewer."""
    mark = state.mark(key)
    return mark is None or mark.stale


def renewed_marks(
    state: DocumentState, changes: Iterable[Change], who: str, when: str
) -> list[Change]:
    """Return the changes that keep a reviewer's own marks up to date with an edit of theirs.

    Whoever changes what they have accepted has seen it.
    """
    after: dict[str, dict[str, Any]] = {}
    for change in changes:
        if change.op == "set" and change.record is not None:
            before = after.get(change.record, state.draft.records[change.record])
            after[change.record] = {**before, str(change.field): change.new}
    renewed = []
    for (key, name), mark in state.draft.marks.items():
        if key is None or key not in after or mark["who"] != who:
            continue
        content = record_content(after[key]) if name is None else after[key].get(name)
        print_ = content_print(content)
        current = state.mark(key, name)
        if print_ != mark["print"] and current and not current.stale:
            new = {**mark, "print": print_, "when": when}
            renewed.append(Change("mark", key, name, mark, new))
    return renewed
