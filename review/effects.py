"""What a change of tables does to the records: two plans of one PDF, as changes of the draft.

Both plans are read by the program, before and after the change. Of the records that differ, those
that stand for each other are paired; a record keeps its key and id. What a reviewer has corrected
by hand is never overwritten: a change of tables that would touch it is refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from actionplan.errors import EditError
from actionplan.review.changes import SOFT, Change
from actionplan.review.edits import label_of
from actionplan.review.record_edits import new_id, new_key
from actionplan.review.state import DocumentState
from actionplan.review.worker import Reread

Record = dict[str, Any]
_SHARED = 0.5  # of the words of the shorter one that two records share to stand for each other
_OWN = frozenset({"id", "key"})


class Effect:
    """The changes that lead from one reading to the other; see the module.

    Args:
        state: the document under review.
        plans: the readings.
        aliases: keys of records in the draft by their keys in the reading before, where they
            differ.

    Attributes:
        changes: of the draft.
        aliases: the same for the reading after.

    Raises:
        EditError: a record was corrected by hand in what would change, or none would be left.
    """

    def __init__(self, state: DocumentState, plans: Reread, aliases: Mapping[str, str]) -> None:
        if not plans.after["recommendations"]:
            raise EditError("no table would be a plan any more; choose another field or place")
        self._state = state
        self._plans = plans
        self._known = aliases
        self.changes: list[Change] = []
        self.aliases: dict[str, str] = {}
        self._ids: dict[str, str] = {}
        self._check()
        before, after = plans.before["recommendations"], plans.after["recommendations"]
        pairs = pair(before, after)
        self._settle_keys(after, pairs, before)
        gone = [one for at, one in enumerate(before) if at not in pairs.values()]
        for record in reversed(gone):
            self._remove(record)
        behind: str | None = None
        for at, record in enumerate(after):
            if at in pairs:
                self._change(before[pairs[at]], record)
            else:
                self._add(record, behind)
            behind = self.aliases[record["key"]]
        self._parts()
        self.touched = [one.record for one in self.changes if one.record is not None]

    def _key(self, record: Record) -> str:
        """The key in the draft of a record of the reading before."""
        return self._known.get(record["key"], record["key"])

    def _check(self) -> None:
        """The reading before has to be the one that the draft was made on."""
        deleted = {
            one.record
            for edit in self._state.active()
            for one in edit.changes
            if one.op == "remove"
        }
        for record in self._plans.before["recommendations"]:
            key = self._key(record)
            if key not in self._state.draft.records and key not in deleted:
                raise EditError(
                    "the PDF is read otherwise now than when it was converted; convert it again"
                )

    def _settle_keys(
        self, after: Sequence[Record], pairs: Mapping[int, int], before: Sequence[Record]
    ) -> None:
        """Each record of the reading after gets its key and id in the draft."""
        records = self._state.draft.records
        used = {self._key(before[other]) for other in pairs.values()} | set(records)
        for at, record in enumerate(after):
            if at in pairs:
                key = self._key(before[pairs[at]])
                id_ = records[key]["id"] if key in records else record["id"]
            else:
                key = record["key"] if record["key"] not in used else new_key(self._state)
                id_ = new_id(self._state, record["section"], self._ids.values())
            used.add(key)
            self.aliases[record["key"]] = key
            self._ids[record["id"]] = id_

    def _remove(self, record: Record) -> None:
        key = self._key(record)
        draft = self._state.draft
        if key not in draft.records:
            return
        if any(draft.records[key][name] != record[name] for name in _hard(record)):
            raise self._by_hand(key)
        behind = draft.before(key)
        self.changes.append(Change("remove", key, old=draft.records[key], behind=behind))

    def _change(self, before: Record, after: Record) -> None:
        key = self._key(before)
        now = self._state.draft.records.get(key)
        names = [name for name in after if name not in _OWN and before[name] != after[name]]
        hard = [name for name in names if name not in SOFT]
        if now is None:
            if hard:
                raise EditError(
                    "a record that was deleted by hand would change; undo its deletion first"
                )
            return
        if any(now[name] != before[name] for name in hard):
            raise self._by_hand(key)
        self.changes += [
            Change("set", key, name, now[name], after[name])
            for name in names
            if now[name] != after[name]
        ]

    def _add(self, record: Record, behind: str | None) -> None:
        key = self.aliases[record["key"]]
        new = {**record, "key": key, "id": self._ids[record["id"]]}
        self.changes.append(Change("add", key, new=new, behind=behind))

    def _by_hand(self, key: str) -> EditError:
        return EditError(
            f"{label_of(self._state, key)} was corrected by hand in what this would change; undo "
            "that first, or merge and split records instead"
        )

    def _parts(self) -> None:
        """Sections, unassigned text and the count of words, as they are read now."""
        parts = self._state.draft.parts
        for name in ("sections", "unassigned", "audit"):
            if self._plans.before[name] == self._plans.after[name]:
                continue
            new = self._plans.after[name]
            if name == "sections":
                new = [self._section(one) for one in new]
            if parts[name] != new:
                self.changes.append(Change("set", None, name, parts[name], new))

    def _section(self, section: dict[str, Any]) -> dict[str, Any]:
        joins = [
            {**join, "record": self._ids.get(join["record"], join["record"])}
            for join in section["joins"]
        ]
        return {**section, "joins": joins}


def _hard(record: Record) -> Iterator[str]:
    return (name for name in record if name not in SOFT | _OWN)


def pair(before: Sequence[Record], after: Sequence[Record]) -> dict[int, int]:
    """Return for places in `after` the place in `before` of the record that it stands for.

    Records of one key are the same. The others stand for each other if they share most of their
    words, the first with the first.
    """
    places = {record["key"]: at for at, record in enumerate(before)}
    pairs = {at: places[one["key"]] for at, one in enumerate(after) if one["key"] in places}
    taken = set(pairs.values())
    rest = [at for at in range(len(before)) if at not in taken]
    words = {at: _words(before[at]) for at in rest}
    for at, record in enumerate(after):
        if at in pairs:
            continue
        own = _words(record)
        found = next((one for one in rest if _alike(words[one], own)), None)
        if found is not None:
            pairs[at] = found
            rest.remove(found)
    return pairs


def _words(record: Record) -> Counter[str]:
    return Counter(word for row in record["cells"] for cell in row for word in cell.split())


def _alike(one: Counter[str], other: Counter[str]) -> bool:
    least = min(one.total(), other.total())
    return least > 0 and (one & other).total() >= _SHARED * least
