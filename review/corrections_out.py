"""What reviewers corrected, as a file of corrections for the dataset build.

The file says how the corrected plan differs from the plan file, not how it came about: what was
done and undone again is not in it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from actionplan.corrections import FOLDER, REVIEWED, corrections_text
from actionplan.review.shelf import Shelf
from actionplan.review.state import DocumentState, Edit
from actionplan.writers import make_folder, write_bytes

_HEAD = "Written by `actionplan review` from its log of edits; changes made here are overwritten."
_NO_FIELDS = ("id", "key")
Entry = dict[str, Any]


def write_corrections(shelf: Shelf, name: str) -> Path | None:
    """Write the corrections of a document where they changed; without any there is no file.

    Returns:
        The file, if it was written or removed.

    Raises:
        OutputError: it cannot be written.
    """
    path = shelf.folder / FOLDER / f"{name}{REVIEWED}"
    with shelf.lock:
        entries = list(correction_entries(shelf.state(name)))
        if not entries:
            known = path.exists()
            path.unlink(missing_ok=True)
            return path if known else None
        data = corrections_text(entries, _HEAD).encode()
        if path.is_file() and path.read_bytes() == data:
            return None
        make_folder(path.parent)
        write_bytes(path, data)
    return path


def correction_entries(state: DocumentState) -> Iterator[Entry]:
    """Yield what leads from the plan as read to the plan as it is, in an order that works."""
    told = _Told(state)
    yield from _document(state, told)
    yield from _sections(state, told)
    base, draft = state.base.records, state.draft.records
    for key, record in base.items():
        if key not in draft:
            old = {"text": record["text"], "cells": record["cells"]}
            yield told.entry((key, None), change="remove", record=key, old=old)
    for key, record in draft.items():
        if key in base:
            for name, value in record.items():
                if name not in _NO_FIELDS and base[key][name] != value:
                    old = base[key][name]
                    yield told.entry((key, name), record=key, field=name, old=old, new=value)
    above = None
    for key, record in draft.items():
        if key not in base:
            new = {name: value for name, value in record.items() if name != "key"}
            yield told.entry((key, None), change="add", record=key, after=above, new=new)
        above = key


def _document(state: DocumentState, told: _Told) -> Iterator[Entry]:
    for name, value in state.draft.document.items():
        old = state.base.document[name]
        if old != value:
            yield told.entry((None, f"document.{name}"), field=name, old=old, new=value)


def _sections(state: DocumentState, told: _Told) -> Iterator[Entry]:
    """Sections one by one where they are the same ones; the other parts of the plan as a whole."""
    base, draft = state.base.parts, state.draft.parts
    for name in ("sections", "unassigned", "audit"):
        old, new = base[name], draft[name]
        if old == new:
            continue
        same = name == "sections" and [one["id"] for one in old] == [one["id"] for one in new]
        if not same:
            yield told.entry((None, name), field=name, old=old, new=new)
            continue
        for one, other in zip(old, new, strict=True):
            for field in one:
                if one[field] != other[field]:
                    yield told.entry(
                        (None, name),
                        section=one["id"],
                        field=field,
                        old=one[field],
                        new=other[field],
                    )


class _Told:
    """Who made a correction, when and why: as the last edit says that touched the value."""

    def __init__(self, state: DocumentState) -> None:
        self._id = state.draft.document["id"]
        self._last: dict[tuple[str | None, str | None], Edit] = {}
        self._any: Edit | None = None
        for edit in state.active():
            for change in edit.changes:
                if change.op != "mark":
                    self._last[change.record, change.field] = edit
                    self._any = edit

    def entry(self, place: tuple[str | None, str | None], /, **facts: Any) -> Entry:
        """Return an entry of the file."""
        edit = self._last.get(place) or self._last.get((place[0], None)) or self._any
        day = datetime.datetime.fromisoformat(edit.at).date() if edit else datetime.date.min
        why = edit.why or f"{edit.message} (review desk)" if edit else ""
        who = edit.who if edit else ""
        return {"document": self._id, **facts, "who": who, "when": day, "why": why}
