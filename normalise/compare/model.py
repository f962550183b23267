"""What a comparison finds; `as_json` gives all of it as plain values.

A change has the printed values before and after. It is `minor` where both say the same: texts
that differ in case, spaces or punctuation, dates written otherwise, other words for one status.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any, Literal

DIFF_VERSION = "1.0"
State = Literal["added", "dropped", "changed"]
Piece = tuple[Literal["=", "-", "+"], str]
"""A run of words: in both, in the old text alone, in the new one alone."""


@dataclass(frozen=True, slots=True)
class Change:
    """A field that differs.

    Attributes:
        field: its name, as in the plan file.
        old, new: what is printed; for a status its value. Null: nothing.
        minor: both say the same.
        reading: not the plan's own words but what the program says of its reading.
        days: by how many days the last day of a date moved; negative: earlier.
        parts: of a date or status, the parts that differ, each with its old and new value.
        words: of a text, what is in both and in one of them, in order.
        items: of a list, what was added, dropped or changed in it.
    """

    field: str
    old: str | None = None
    new: str | None = None
    minor: bool = False
    reading: bool = False
    days: int | None = None
    parts: dict[str, tuple[object, object]] = dataclasses.field(default_factory=dict)
    words: tuple[Piece, ...] = ()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: an action, a lead, an update..."""

    state: State
    old: str | None
    new: str | None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Ref:
    """Where a recommendation is found; `section` is the heading or agency that it stands under."""

    key: str
    id: str
    number: str | None
    section: str | None
    text: str
    page: int | None


@dataclass(frozen=True, slots=True)
class RecordDiff:
    """A recommendation that was added, dropped or changed.

    Attributes:
        likeness: of the two texts, 0 to 1; 0 where one is missing.
    """

    state: State
    old: Ref | None
    new: Ref | None
    likeness: float
    changes: tuple[Change, ...]

    @property
    def minor(self) -> bool:
        """Nothing but small or reading changes."""
        return self.state == "changed" and all(one.minor or one.reading for one in self.changes)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two documents."""

    id: str
    name: str
    title: str | None
    date: str | None
    recommendations: int


@dataclass(frozen=True, slots=True)
class PlanDiff:
    """Two versions of a plan.

    Attributes:
        same_file: both were read from the same bytes; then what the program says of its reading
            (confidence, issues, places...) is compared, too.
        facts: changes of the document's facts.
        sections: sections that were added, dropped or renamed.
        records: in the order of the new plan, dropped ones after what they stood behind.
        unchanged: old and new key of each recommendation without any change.
    """

    old: Side
    new: Side
    same_file: bool
    facts: tuple[Change, ...]
    sections: tuple[Item, ...]
    records: tuple[RecordDiff, ...]
    unchanged: tuple[tuple[str, str], ...]

    @property
    def empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.facts or self.sections or self.records)

    def figures(self) -> Figures:
        """Return the counts of what differs."""
        return Figures.of([self])


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a table of a dataset, and its columns that only one of both has.

    The rows are null where there is no such table.
    """

    name: str
    old: int | None
    new: int | None
    only_old: tuple[str, ...] = ()
    only_new: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DatasetDiff:
    """Two versions of a dataset.

    Attributes:
        documents: pairs of documents in which something differs.
        unchanged: how many pairs of documents do not differ.
    """

    old: str
    new: str
    tables: tuple[Table, ...]
    added: tuple[Side, ...]
    dropped: tuple[Side, ...]
    documents: tuple[PlanDiff, ...]
    unchanged: int
    figures: Figures

    @property
    def empty(self) -> bool:
        """Whether no document differs and the tables have the same columns."""
        columns = any(table.only_old or table.only_new for table in self.tables)
        return not (self.added or self.dropped or self.documents or columns)


@dataclass(frozen=True, slots=True)
class FieldFigures:
    """In how many recommendations a field changed, and in how many of these only in small ways."""

    changed: int
    minor: int
    share: float
    """Of the recommendations that are in both, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts over one pair of documents or many.

    Attributes:
        paired: recommendations that are in both; `changed` and `unchanged` add up to it.
        minor: of the changed ones those with small changes alone.
        status: changes of status, as ``old > new``.
        dates: target dates ``later``, ``earlier``, ``set`` and ``removed``.
        days: median of the days by which target dates moved, earlier ones negative.
    """

    added: int
    dropped: int
    paired: int
    changed: int
    minor: int
    unchanged: int
    fields: dict[str, FieldFigures]
    status: dict[str, int]
    dates: dict[str, int]
    days: float | None

    @staticmethod
    def of(plans: Iterable[PlanDiff]) -> Figures:
        """Return the figures over `plans`."""
        plans = list(plans)
        records = [record for plan in plans for record in plan.records]
        changed = [record for record in records if record.state == "changed"]
        unchanged = sum(len(plan.unchanged) for plan in plans)
        paired = unchanged + len(changed)
        moved = [one for record in changed for one in record.changes if one.field == "target"]
        days = [one.days for one in moved if one.days]
        return Figures(
            added=sum(record.state == "added" for record in records),
            dropped=sum(record.state == "dropped" for record in records),
            paired=paired,
            changed=len(changed),
            minor=sum(record.minor for record in changed),
            unchanged=unchanged,
            fields=_by_field(changed, paired),
            status=_statuses(changed),
            dates=dict(sorted(Counter(filter(None, map(_move, moved))).items())),
            days=median(days) if days else None,
        )


def _by_field(changed: list[RecordDiff], paired: int) -> dict[str, FieldFigures]:
    """The most frequent first."""
    every = Counter(change.field for record in changed for change in record.changes)
    minor = Counter(change.field for record in changed for change in record.changes if change.minor)
    return {
        name: FieldFigures(count, minor[name], round(count / paired, 4))
        for name, count in sorted(every.items(), key=lambda pair: (-pair[1], pair[0]))
    }


def _statuses(changed: list[RecordDiff]) -> dict[str, int]:
    moves = Counter(
        f"{change.old} > {change.new}"
        for record in changed
        for change in record.changes
        if change.field == "status" and not change.minor
    )
    return dict(sorted(moves.items(), key=lambda pair: (-pair[1], pair[0])))


def _move(change: Change) -> str | None:
    if change.days:
        return "later" if change.days > 0 else "earlier"
    old, new = change.parts.get("end", (None, None))
    if (old is None) == (new is None):
        return None
    return "set" if old is None else "removed"


def as_json(diff: PlanDiff | DatasetDiff) -> dict[str, Any]:
    """Return a comparison as plain values for JSON: all attributes, and its figures.

    Of changes, attributes without a value are left out.
    """
    kind = "plans" if isinstance(diff, PlanDiff) else "datasets"
    value = {"diff_version": DIFF_VERSION, "kind": kind, "empty": diff.empty}
    if isinstance(diff, PlanDiff):
        value["figures"] = asdict(diff.figures())
    return value | asdict(diff, dict_factory=_plain)


def _plain(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if "minor" in value and "field" in value:
        keep = ("field", "old", "new")
        return {name: one for name, one in value.items() if name in keep or one}
    return value
