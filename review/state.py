"""A document under review: its plan as read, and what the log made of it.

The state is a function of the plan that the edits are made on and of the log's lines in order, so
it is the same after a restart and in every process.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from actionplan.review.changes import (
    Change,
    Draft,
    MarkKey,
    change_of,
    content_print,
    record_content,
)
from actionplan.review.log import Entry
from actionplan.review.model import Mark


@dataclass(slots=True)
class Edit:
    """An edit as it stands now.

    Attributes:
        command: what was asked for, with its name; `structure` needs those of tables again.
        changes: what it does; after a reconversion what is left of it.
        undone: it was taken back.
        resolves: the conflict that it settles.
    """

    seq: int
    at: str
    who: str
    message: str
    command: dict[str, Any]
    changes: list[Change]
    why: str = ""
    undone: bool = False
    resolves: str = ""

    @property
    def name(self) -> str:
        """What kind of edit it is."""
        return str(self.command["name"])


@dataclass(slots=True)
class DocumentState:
    """A document under review; see the module.

    Attributes:
        name: of its results.
        base: the plan as read.
        draft: the plan as it is now.
        seq: the last line of the log that is in it.
        edits: by their number in the log.
        conflicts: of the last reconversion, still open, by id.
        touched: for each record (None: the document) the last line that touched it.
        since: the line of the last reconversion; whatever was seen before is out of date.
        history: all lines of the log, in order.
        prints: fingerprints of records that were asked for.
    """

    name: str
    base: Draft
    draft: Draft
    seq: int = 0
    edits: dict[int, Edit] = field(default_factory=dict)
    conflicts: dict[str, dict[str, Any]] = field(default_factory=dict)
    touched: dict[str | None, int] = field(default_factory=dict)
    since: int = 0
    history: list[Entry] = field(default_factory=list)
    prints: dict[str, tuple[dict[str, Any], str]] = field(default_factory=dict)

    @classmethod
    def start(cls, name: str, plan: dict[str, Any]) -> DocumentState:
        """Return the state before any edit."""
        return cls(name, Draft.of(plan), Draft.of(plan))

    @classmethod
    def replayed(cls, name: str, plan: dict[str, Any], entries: Iterable[Entry]) -> DocumentState:
        """Return the state that the lines of the log lead to.

        Args:
            name: of the document's results.
            plan: what the edits are made on since the last reconversion.
            entries: all lines of the document, in order.
        """
        lines = list(entries)
        last = max((at for at, one in enumerate(lines) if one.kind == "rebase"), default=-1)
        state = cls.start(name, plan)
        for entry in lines[: last + 1]:
            state.recall(entry)
        if last >= 0:
            state.settle(lines[last])
        for entry in lines[last + 1 :]:
            state.take(entry)
        return state

    def recall(self, entry: Entry) -> None:
        """Take an entry from before a reconversion: what was done, not what came of it."""
        self._note(entry)
        if entry.kind == "edit":
            self.edits[entry.seq] = _edit(entry)
        elif entry.kind in ("undo", "redo"):
            self.edits[entry.body["of"]].undone = entry.kind == "undo"
        elif entry.kind == "rebase":
            self._rebased(entry)

    def settle(self, entry: Entry) -> None:
        """Make the edits that outlived the reconversion of `entry` on the new plan."""
        for edit in self.edits.values():
            if not edit.undone:
                self.draft.apply(edit.changes)
        self.since = entry.seq

    def _rebased(self, entry: Entry) -> None:
        """Each edit has now the changes that the reconversion left it; undone ones are over."""
        kept = {int(seq): changes for seq, changes in entry.body["changes"].items()}
        self.edits = {seq: edit for seq, edit in self.edits.items() if seq in kept}
        for seq, changes in kept.items():
            edit = self.edits[seq]
            edit.changes = [change_of(one) for one in changes]
            edit.command = {**edit.command, "aliases": entry.body["aliases"][str(seq)]}
        self.conflicts = {one["id"]: one for one in entry.body["conflicts"]}

    def take(self, entry: Entry) -> None:
        """Take the next line of the log.

        Raises:
            Mismatch: the line does not fit the state, which is then as before.
        """
        if entry.kind == "edit":
            edit = _edit(entry)
            self.draft.apply(edit.changes)
            self.edits[entry.seq] = edit
            self.conflicts.pop(edit.resolves, None)
            self._touch(edit.changes, entry.seq)
        else:
            edit = self.edits[entry.body["of"]]
            changes = inverse(edit.changes) if entry.kind == "undo" else edit.changes
            self.draft.apply(changes)
            edit.undone = entry.kind == "undo"
            self._touch(edit.changes, entry.seq)
        self._note(entry)

    def _note(self, entry: Entry) -> None:
        self.seq = entry.seq
        self.history.append(entry)

    def _touch(self, changes: Iterable[Change], seq: int) -> None:
        for change in changes:
            self.touched[change.record] = seq

    def version(self, record: str | None) -> int:
        """The last line that touched a record, or the document itself."""
        return max(self.touched.get(record, 0), self.since)

    def active(self) -> Iterator[Edit]:
        """The edits that are not undone, in order."""
        return (edit for edit in self.edits.values() if not edit.undone)

    def last_to_undo(self, who: str | None) -> Edit | None:
        """The edit that `who` (None: anybody) would take back next."""
        own = [one for one in self.active() if one.changes and who in (None, one.who)]
        return own[-1] if own else None

    def last_to_redo(self, who: str | None) -> Edit | None:
        """The edit that `who` took back last, if `who` made no other since."""
        for entry in reversed(self.history):
            if entry.kind == "rebase":
                return None
            if who not in (None, entry.who):
                continue
            if entry.kind == "edit":
                return None
            edit = self.edits[entry.body["of"]]
            if entry.kind == "undo" and edit.undone:
                return edit
        return None

    def mark(self, record: str | None, name: str | None = None) -> Mark | None:
        """What a reviewer thinks of a field, a record or the document."""
        value = self.draft.marks.get((record, name))
        if value is None:
            return None
        stale = value["print"] != self.mark_print((record, name))
        return Mark(value["state"], value["who"], value["when"], value.get("note", ""), stale)

    def mark_print(self, place: MarkKey) -> str:
        """Fingerprint of what a mark stands for."""
        record, name = place
        if record is None and name is None:
            prints = [self._record_print(key) for key in self.draft.records]
            return content_print([self.draft.document, prints])
        if record is None:
            return content_print(self.draft.get(None, str(name)))
        if name is None:
            return self._record_print(record)
        return content_print(self.draft.records[record].get(name))

    def _record_print(self, key: str) -> str:
        """Fingerprint of a record, kept as long as the record is the same."""
        record = self.draft.records[key]
        known = self.prints.get(key)
        if known is None or known[0] is not record:
            known = self.prints[key] = (record, content_print(record_content(record)))
        return known[1]

    def is_edited(self, record: str) -> bool:
        """Whether a record says something else than was read."""
        return self.base.records.get(record) != self.draft.records[record]


def inverse(changes: list[Change]) -> list[Change]:
    """Return the changes that take `changes` back."""
    return [one.inverse for one in reversed(changes)]


def _edit(entry: Entry) -> Edit:
    body = entry.body
    return Edit(
        entry.seq,
        entry.at,
        entry.who,
        body["message"],
        body["command"],
        [change_of(one) for one in body["changes"]],
        body.get("why", ""),
        resolves=body.get("resolves", ""),
    )
