"""A plan under review, and the changes that edits are made of.

Every edit, however it came about, is a list of changes: a field that was set, a record that was
added or removed, a mark. A change knows what was there before, is made only where that still
stands, and can be turned round. So undo, restart and reconversion need nothing but the log.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

Op = Literal["set", "add", "remove", "mark"]
MarkKey = tuple[str | None, str | None]
"""Record key (None: the document) and field (None: the whole)."""

SOFT = frozenset({"provenance", "confidence", "issues", "cells", "theme_evidence", "id"})
"""Fields that tell of the reading, not of the plan: an edit takes them along."""
_IDENTITY = frozenset({"id", "key", "section", *SOFT})


class Mismatch(Exception):  # noqa: N818
    """What a change found is not what it was made for; `found` is what stands there."""

    def __init__(self, change: Change, found: Any) -> None:
        super().__init__(change.field)
        self.change = change
        self.found = found


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    Attributes:
        op: what is done.
        record: key of the record; None: the document, or a part of the plan.
        field: set: the field, without record ``document.title`` or a part of the plan
            (``sections``); mark: the field that is marked, None for the whole.
        old: set, mark: what was there; remove: the record.
        new: set, mark: what is there now; add: the record.
        behind: add, remove: key of the record before it; None: it is the first.
    """

    op: Op
    record: str | None
    field: str | None = None
    old: Any = None
    new: Any = None
    behind: str | None = None

    @property
    def inverse(self) -> Change:
        """The change that takes this one back."""
        ops: dict[Op, Op] = {"add": "remove", "remove": "add"}
        return replace(self, op=ops.get(self.op, self.op), old=self.new, new=self.old)


def change_value(change: Change) -> dict[str, Any]:
    """Return a change as JSON."""
    return {name: value for name, value in asdict(change).items() if value is not None}


def change_of(value: dict[str, Any]) -> Change:
    """Return a change from its JSON."""
    return Change(**{"record": None, **value})


@dataclass(slots=True)
class Draft:
    """A plan as JSON values, its records by key, in order; with the marks of reviewers.

    Values in it are never changed in place: a change puts another one there.
    """

    document: dict[str, Any]
    records: dict[str, dict[str, Any]]
    parts: dict[str, Any] = field(default_factory=dict)
    marks: dict[MarkKey, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, plan: dict[str, Any]) -> Draft:
        """Return the draft of a plan file's value."""
        rest = {name: plan[name] for name in ("sections", "unassigned", "audit")}
        rest["schema_version"] = plan["schema_version"]
        records = {record["key"]: record for record in plan["recommendations"]}
        return cls(plan["document"], dict(records), rest)

    def value(self) -> dict[str, Any]:
        """The plan as a plan file has it."""
        return {
            "schema_version": self.parts["schema_version"],
            "document": self.document,
            "sections": self.parts["sections"],
            "recommendations": list(self.records.values()),
            "unassigned": self.parts["unassigned"],
            "audit": self.parts["audit"],
        }

    def get(self, record: str | None, name: str) -> Any:
        """The value of a field; None where it has none.

        Raises:
            KeyError: there is no such record.
        """
        if record is not None:
            return self.records[record].get(name)
        part, _, below = name.partition(".")
        return self.document.get(below) if part == "document" else self.parts.get(part)

    def apply(self, changes: Iterable[Change]) -> None:
        """Make all `changes`, or none.

        Raises:
            Mismatch: one of them does not find what it was made for.
        """
        done: list[Change] = []
        try:
            for change in changes:
                self._apply(change)
                done.append(change)
        except Mismatch:
            for change in reversed(done):
                self._apply(change.inverse)
            raise

    def _apply(self, change: Change) -> None:
        if change.op == "mark":
            self._mark(change)
        elif change.op == "set":
            self._set(change)
        elif change.op == "add":
            self._add(change)
        else:
            self._remove(change)

    def _mark(self, change: Change) -> None:
        place = (change.record, change.field)
        found = self.marks.get(place)
        if found != change.old or (change.record is not None and change.record not in self.records):
            raise Mismatch(change, found)
        if change.new is None:
            self.marks.pop(place, None)
        else:
            self.marks[place] = change.new

    def _set(self, change: Change) -> None:
        name = change.field or ""
        if change.record is not None and change.record not in self.records:
            raise Mismatch(change, None)
        found = self.get(change.record, name)
        if found != change.old:
            raise Mismatch(change, found)
        if change.record is not None:
            self.records[change.record] = {**self.records[change.record], name: change.new}
        elif name.startswith("document."):
            self.document = {**self.document, name.removeprefix("document."): change.new}
        else:
            self.parts = {**self.parts, name: change.new}

    def _add(self, change: Change) -> None:
        key = str(change.record)
        if key in self.records:
            raise Mismatch(change, self.records[key])
        keys = list(self.records)
        at = self._place(keys, change)
        items = list(self.records.items())
        items.insert(at, (key, change.new))
        self.records = dict(items)

    def _place(self, keys: Sequence[str], change: Change) -> int:
        """Where a record goes: below `behind`, or where that is gone at the end of its section."""
        if change.behind is None:
            return 0
        if change.behind in self.records:
            return keys.index(change.behind) + 1
        section = change.new.get("section")
        own = [at for at, key in enumerate(keys) if self.records[key]["section"] == section]
        return own[-1] + 1 if own else len(keys)

    def _remove(self, change: Change) -> None:
        found = self.records.get(str(change.record))
        if found != change.old:
            raise Mismatch(change, found)
        self.records = {key: one for key, one in self.records.items() if key != change.record}

    def before(self, key: str) -> str | None:
        """Key of the record before `key`; None for the first."""
        keys = list(self.records)
        at = keys.index(key)
        return keys[at - 1] if at else None


def content_print(value: Any) -> str:
    """Return a fingerprint of a JSON value, to tell whether it changed since it was marked."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def record_content(record: dict[str, Any]) -> dict[str, Any]:
    """What a record says, without what only tells of its reading."""
    return {name: value for name, value in record.items() if name not in _IDENTITY}
