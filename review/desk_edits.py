"""All edits of the desk: each is built on the document as it stands, and written to its log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from actionplan.errors import ActionplanError, EditError
from actionplan.review import edits, record_edits
from actionplan.review.changes import Change, change_of
from actionplan.review.corrections_out import write_corrections
from actionplan.review.edits import Edited
from actionplan.review.log import Entry
from actionplan.review.model import Json, Saved, State
from actionplan.review.record_edits import Cut
from actionplan.review.shelf import Request, Shelf, now
from actionplan.review.state import DocumentState

Build = Callable[[DocumentState], Edited]


class DeskEdits:
    """The edits of the desk.

    All give `Saved`, and raise

        NoSuchRecordError: there is no such document or record.
        StaleEditError: somebody else changed what `seen` is the version of.
        EditError: the edit cannot be done; nothing was changed.
        OutputError: the log cannot be written to.

    A path is a field, or a part of one: ``target``, ``leads``, ``actions.0.leads.1.post``.
    """

    _shelf: Shelf

    def _do(self, request: Request, build: Build) -> Saved:
        state, entry, edited = self._shelf.commit(request, build)
        return self._saved(state, entry, edited.changes, edited.key)

    def _saved(
        self, state: DocumentState, entry: Entry, changes: Sequence[Change], key: str | None
    ) -> Saved:
        """What an edit did; the file of corrections goes along with the log.

        The edit is safe in the log: where the file cannot be written now it is at the end.
        """
        if any(change.op != "mark" for change in changes):
            with suppress(ActionplanError, OSError):
                write_corrections(self._shelf, state.name)
        return _saved(state, entry, changes, key)

    # Edits of fields

    def set_field(
        self, name: str, key: str, path: str, value: Json, *, seen: int, who: str, why: str = ""
    ) -> Saved:
        """Put a value, as a plan file has it, into a field or a part of it (``leads.0.post``)."""

        def build(state: DocumentState) -> Edited:
            return edits.set_field(state, key, path, value)

        return self._do(
            Request(name, who, seen, _command("set_field", key=key, path=path), why), build
        )

    def set_text(
        self, name: str, key: str, path: str, text: str, *, seen: int, who: str, why: str = ""
    ) -> Saved:
        """Put what the program reads out of `text` into a field or a part of it."""

        def build(state: DocumentState) -> Edited:
            return edits.set_text(state, key, path, text)

        return self._do(
            Request(name, who, seen, _command("set_text", key=key, path=path), why), build
        )

    def add_item(
        self,
        name: str,
        key: str,
        path: str,
        value: Json,
        *,
        at: int | None = None,
        seen: int,
        who: str,
    ) -> Saved:
        """Add an item to a list: its parts, or a text that is read."""

        def build(state: DocumentState) -> Edited:
            return edits.add_item(state, key, path, value, at)

        return self._do(Request(name, who, seen, _command("add_item", key=key, path=path)), build)

    def remove_item(
        self, name: str, key: str, path: str, index: int, *, seen: int, who: str
    ) -> Saved:
        """Take an item out of a list."""

        def build(state: DocumentState) -> Edited:
            return edits.remove_item(state, key, path, index)

        return self._do(
            Request(name, who, seen, _command("remove_item", key=key, path=path)), build
        )

    def move_item(
        self, name: str, key: str, path: str, index: int, to: int, *, seen: int, who: str
    ) -> Saved:
        """Put an item of a list at another place in it."""

        def build(state: DocumentState) -> Edited:
            return edits.move_item(state, key, path, index, to)

        return self._do(Request(name, who, seen, _command("move_item", key=key, path=path)), build)

    def move_text(
        self,
        name: str,
        key: str,
        source: str,
        target: str,
        start: int,
        end: int,
        *,
        seen: int,
        who: str,
    ) -> Saved:
        """Take characters ``[start:end)`` of a text and put them behind another field."""

        def build(state: DocumentState) -> Edited:
            return edits.move_text(state, key, source, target, (start, end))

        command = _command("move_text", key=key, path=source, target=target)
        return self._do(Request(name, who, seen, command), build)

    def set_document_field(self, name: str, field: str, text: str, *, seen: int, who: str) -> Saved:
        """Put what the program reads out of `text` into a field of the document."""

        def build(state: DocumentState) -> Edited:
            return edits.set_document_field(state, field, text)

        return self._do(Request(name, who, seen, _command("set_document_field", path=field)), build)

    # Edits of records

    def add_record(
        self,
        name: str,
        *,
        after: str | None,
        section: str | None = None,
        text: str = "",
        seen: int,
        who: str,
    ) -> Saved:
        """Add a record below `after`; None: above all others."""

        def build(state: DocumentState) -> Edited:
            return record_edits.add_record(state, after, section, text)

        return self._do(Request(name, who, seen, _command("add_record", after=after)), build)

    def remove_record(self, name: str, key: str, *, seen: int, who: str) -> Saved:
        """Delete a record."""

        def build(state: DocumentState) -> Edited:
            return record_edits.remove_record(state, key)

        return self._do(Request(name, who, seen, _command("remove_record", key=key)), build)

    def merge_records(
        self,
        name: str,
        key: str,
        other: str,
        *,
        seen: int,
        who: str,
        seen_other: int | None = None,
    ) -> Saved:
        """Put all that `other` says into `key`, and delete `other`."""

        def build(state: DocumentState) -> Edited:
            return record_edits.merge_records(state, key, other)

        command = _command("merge_records", key=key, other=other)
        also = {} if seen_other is None else {other: seen_other}
        return self._do(Request(name, who, seen, command, seen_also=also), build)

    def split_record(
        self,
        name: str,
        key: str,
        *,
        text_at: int | None = None,
        actions: Sequence[int] = (),
        updates: Sequence[int] = (),
        leads: Sequence[int] = (),
        agencies: Sequence[int] = (),
        seen: int,
        who: str,
    ) -> Saved:
        """Make a second record of a part of a record's text and of some of its items."""
        cut = Cut(text_at, tuple(actions), tuple(updates), tuple(leads), tuple(agencies))

        def build(state: DocumentState) -> Edited:
            return record_edits.split_record(state, key, cut)

        return self._do(Request(name, who, seen, _command("split_record", key=key)), build)

    # Review states, undo, conflicts

    def mark(
        self,
        name: str,
        key: str | None,
        field: str | None,
        state: State | None,
        *,
        seen: int | None,
        who: str,
        note: str = "",
    ) -> Saved:
        """Accept or flag a field, a record (`field` None) or the document (`key` None).

        `state` None takes the mark away.
        """
        value = _mark(state, who, note) if state else None

        def build(document: DocumentState) -> Edited:
            return record_edits.set_mark(document, (key, field), value)

        command = _command("mark", key=key, path=field, state=state)
        return self._do(Request(name, who, seen, command), build)

    def accept_rest(self, name: str, *, seen: int | None, who: str) -> Saved:
        """Accept each record of a document that is neither accepted nor flagged."""

        def build(state: DocumentState) -> Edited:
            return record_edits.accept_rest(state, _mark("accepted", who, ""))

        return self._do(Request(name, who, seen, _command("accept_rest")), build)

    def undo(self, name: str, *, who: str) -> Saved:
        """Take back the last edit of a document by `who`."""
        state, entry, edit = self._shelf.undo(name, who)
        return self._saved(state, entry, edit.changes, edit.command.get("key"))

    def redo(self, name: str, *, who: str) -> Saved:
        """Do again what `who` took back last."""
        state, entry, edit = self._shelf.redo(name, who)
        return self._saved(state, entry, edit.changes, edit.command.get("key"))

    def resolve(self, name: str, conflict: str, choice: str, *, who: str) -> Saved:
        """Settle a conflict: ``mine`` makes the correction over what was found, ``found`` drops it.

        Raises:
            EditError: there is no such conflict, or the record is gone.
        """

        def build(state: DocumentState) -> Edited:
            return resolved(state, conflict, choice)

        command = _command("resolve", conflict=conflict, choice=choice)
        return self._do(Request(name, who, None, command, resolves=conflict), build)


def resolved(state: DocumentState, conflict: str, choice: str) -> Edited:
    """Return what settling a conflict comes to; see `DeskEdits.resolve`."""
    one = state.conflicts.get(conflict)
    if one is None:
        raise EditError("this conflict is settled already; look at the list as it is now")
    change, key = change_of(one["change"]), one["key"]
    if choice == "found":
        return Edited([], f"{one['label']}: kept as it is read now", key)
    if choice != "mine":
        raise EditError(f"{choice!r} is no choice; choose mine or found")
    message = f"{one['label']}: corrected again"
    if change.op == "add":
        behind = change.behind if change.behind in state.draft.records else None
        added = record_edits.new_key(state)
        section = change.new["section"]
        new = {**change.new, "key": added, "id": record_edits.new_id(state, section)}
        return Edited([Change("add", added, new=new, behind=behind)], message, added)
    if change.record is not None and key not in state.draft.records:
        raise EditError("the record is no longer in the plan; add it by hand, or keep what is read")
    if change.op == "remove":
        return record_edits.remove_record(state, str(key))
    old = state.draft.get(key, str(change.field))
    return Edited([Change("set", key, change.field, old, change.new)], message, key)


def _command(name: str, **facts: Any) -> dict[str, Any]:
    return {"name": name, **facts}


def _mark(state: State | None, who: str, note: str) -> dict[str, Any]:
    return {"state": state, "who": who, "when": now(), "note": note}


def _saved(state: DocumentState, entry: Entry, changes: Sequence[Change], key: str | None) -> Saved:
    keys = tuple(dict.fromkeys(one.record for one in changes if one.record is not None))
    shown = (
        key
        if key in state.draft.records
        else next((one for one in keys if one in state.draft.records), None)
    )
    one = shown if len(keys) == 1 and keys[0] == shown else None
    version = state.version(one) if one else state.seq
    reload = any(change.op in ("add", "remove") for change in changes)
    return Saved(version, entry.seq, entry.body["message"], shown, keys, reload)
