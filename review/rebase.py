"""Edits carried over to a plan that was read anew.

Records are matched by their content. An edit is made again where each value that it changed still
stands; where the new reading says by itself what the reviewer made of it, there is nothing left to
do; in all other cases the edit is left out as a whole, and what stood in its way is a conflict
that somebody has to settle.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from actionplan.matching import pair_records
from actionplan.review.changes import SOFT, Change, Draft, Mismatch, change_of, change_value
from actionplan.review.fields import record_label, title_of
from actionplan.review.state import DocumentState, Edit


def rebase(state: DocumentState, old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Return what the edits of a document come to on the plan `new`.

    Args:
        state: the document before, on the plan `old`.
        old: what its edits were made on.
        new: what was read now.

    Returns:
        The body of a line of the log: ``changes`` and ``aliases`` (of a change of tables, see
        `effects`) of each edit by its number, and ``conflicts``.
    """
    work = _Rebase(Draft.of(new), pair_records(old, new), state)
    kept: dict[str, list[dict[str, Any]]] = {}
    aliases: dict[str, dict[str, str]] = {}
    for edit in state.active():
        changes = work.carried(edit)
        if changes:
            kept[str(edit.seq)] = [change_value(one) for one in changes]
            named = edit.command.get("aliases", {})
            aliases[str(edit.seq)] = {key: work.keys.get(own, own) for key, own in named.items()}
    conflicts = [*work.still_open(), *work.conflicts]
    return {"changes": kept, "aliases": aliases, "conflicts": conflicts}


class _Rebase:
    """The new plan with the edits made so far.

    Attributes:
        keys: key in the new plan by key in the old one; records added by hand keep theirs.
    """

    def __init__(self, draft: Draft, keys: dict[str, str], state: DocumentState) -> None:
        self.draft = draft
        self.keys = keys
        self.state = state
        self.conflicts: list[dict[str, Any]] = []

    def carried(self, edit: Edit) -> list[Change]:
        """What is left of an edit, made on the new plan; what stood in its way is noted."""
        before = self.draft.value(), dict(self.draft.marks)
        done: list[Change] = []
        refused: list[tuple[Change, Any]] = []
        for change in edit.changes:
            try:
                done += self._made(self._mapped(change))
            except Mismatch as error:
                if change.op != "mark" and not _is_soft(change):
                    refused.append((change, error.found))
        if not refused:
            return done if any(not _is_soft(one) for one in done) else []
        self.draft = Draft.of(before[0])
        self.draft.marks = before[1]
        for at, (change, found) in enumerate(refused):
            earlier = self._goes_on_from(change)
            conflict = self._conflict(edit, at, change, found)
            if earlier is None:
                self.conflicts.append(conflict)
            else:  # one correction, made in two steps
                conflict["change"] = {**conflict["change"], "old": earlier["change"].get("old")}
                self.conflicts[self.conflicts.index(earlier)] = conflict
        return []

    def _goes_on_from(self, change: Change) -> dict[str, Any] | None:
        """The conflict about what `change` corrected further."""
        for one in self.conflicts:
            earlier = change_of(one["change"])
            same = (earlier.record, earlier.field) == (change.record, change.field)
            if change.op == earlier.op == "set" and same and earlier.new == change.old:
                return one
        return None

    def _mapped(self, change: Change) -> Change:
        """The change with the keys of the new plan."""
        if change.record is None:
            return change
        if change.op == "add":
            self.keys.setdefault(change.record, change.record)
            change = replace(change, new=self._in_section(change))
        if change.record not in self.keys:
            raise Mismatch(change, None)
        # "" is no key: where the record before is gone, the end of the section is meant.
        behind = None if change.behind is None else self.keys.get(change.behind, "")
        return replace(change, record=self.keys[change.record], behind=behind)

    def _in_section(self, change: Change) -> dict[str, Any]:
        """The record to add, in a section that is there: its own, or that of the one before."""
        sections = [one["id"] for one in self.draft.parts["sections"]]
        above = self.draft.records.get(self.keys.get(change.behind or "", ""))
        own = [change.new["section"], above["section"] if above else "", *sections[:1]]
        found = next((one for one in own if one in sections), None)
        if found is None:
            raise Mismatch(change, None)
        return {**change.new, "section": found}

    def _made(self, change: Change) -> list[Change]:
        """Make a change; nothing if the new plan says the same by itself."""
        if change.op == "remove":
            change = self._removal(change)
        elif change.op == "mark":
            change = replace(change, old=self.draft.marks.get((change.record, change.field)))
        try:
            self.draft.apply([change])
        except Mismatch as error:
            if change.op == "set" and error.found == change.new:
                return []
            raise
        return [change]

    def _removal(self, change: Change) -> Change:
        """A record is deleted again if it says what it said then; its boxes do not count."""
        found = self.draft.records.get(str(change.record))
        if found is None or not _same_content(found, change.old):
            raise Mismatch(change, found)
        return replace(change, old=found, behind=self.draft.before(str(change.record)))

    def _conflict(self, edit: Edit, at: int, change: Change, found: Any) -> dict[str, Any]:
        key = self.keys.get(change.record or "")
        key = key if key in self.draft.records else None
        label = self._label(change)
        return {
            "id": f"{edit.seq}-{at}",
            "key": key,
            "label": label,
            "change": change_value(change),
            "found": found,
            "who": edit.who,
            "when": edit.at,
            "message": _message(edit, change, label, gone=change.record is not None and not key),
        }

    def _label(self, change: Change) -> str:
        if change.record is None:
            return "The document"
        whole = change.new if change.op == "add" else change.old if change.op == "remove" else None
        for records in (self.state.draft.records, self.state.base.records):
            if change.record in records:
                place = list(records).index(change.record) + 1
                return record_label(records[change.record], place)
        return record_label(whole, 0) if whole and whole["number"] else "A record"

    def still_open(self) -> list[dict[str, Any]]:
        """Conflicts of an earlier reconversion that nobody has settled."""
        found = []
        for one in self.state.conflicts.values():
            key = self.keys.get(one["key"] or "")
            field = one["change"].get("field")
            now: Mapping[str, Any] = self.draft.records.get(key or "", {})
            found.append({**one, "key": key, "found": now.get(field) if field else one["found"]})
        return found


def _is_soft(change: Change) -> bool:
    return change.op == "set" and change.record is not None and change.field in SOFT


def _same_content(one: dict[str, Any], other: dict[str, Any]) -> bool:
    ignored = {*SOFT, "key", "section"} - {"cells"}
    return all(one[name] == other.get(name) for name in one if name not in ignored)


def _message(edit: Edit, change: Change, label: str, *, gone: bool) -> str:
    if gone:
        return f"{label} is no longer in the plan, so “{edit.message}” was not made again"
    if change.op == "set":
        field = title_of(change.field or "")
        return f"{field} of {label} is read otherwise now, so “{edit.message}” was not made again"
    return f"{label} is read otherwise now, so “{edit.message}” was not made again"
