"""The fields of a record: what they hold, and how several cells make one value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from actionplan.normalise import updates as progress
from actionplan.normalise.agencies import AgencyContext
from actionplan.normalise.dates import find_dates
from actionplan.normalise.legend import Legend
from actionplan.normalise.records import FieldCell
from actionplan.normalise.settings import NormaliseSettings
from actionplan.normalise.targets import TargetPart, TargetReading, merge_targets, read_target
from actionplan.schemas.plan import (
    Action,
    Agency,
    Date,
    Issue,
    Lead,
    Status,
    StatusValue,
    Target,
    Update,
)
from actionplan.schemas.tables import Line


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a record's fields depend on beside its own cells."""

    context: AgencyContext
    settings: NormaliseSettings
    section_agency: str | None = None
    agency_lines: tuple[Line, ...] = ()
    legend: Legend = field(default_factory=Legend)


@dataclass(slots=True)
class Fields:
    """The fields of one record; `lines` has the printed lines behind each."""

    agencies: list[Agency] = field(default_factory=list)
    leads: list[Lead] = field(default_factory=list)
    target: Target = field(default_factory=Target)
    revised_target: Target | None = None
    completion: Date | None = None
    milestones: str | None = None
    outcome: str | None = None
    scope: str | None = None
    acceptance: str | None = None
    actions: list[Action] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    status: Status = field(default_factory=Status)
    issues: list[Issue] = field(default_factory=list)
    certainty: float = 1.0
    lines: dict[str, list[Line]] = field(default_factory=dict)

    def cite(self, name: str, lines: Iterable[Line]) -> None:
        """Note `lines` as the source of a field."""
        self.lines.setdefault(name, []).extend(lines)


def once(agencies: Iterable[Agency]) -> list[Agency]:
    """Return `agencies` without those of the same name."""
    kept: dict[str, Agency] = {}
    for agency in agencies:
        kept.setdefault(" ".join(agency.name.casefold().split()), agency)
    return list(kept.values())


def merged_target(readings: Sequence[TargetReading]) -> Target:
    """Return the target of a record with these cells."""
    filled = [reading for reading in readings if reading.target.text]
    if len(filled) == 1:
        return filled[0].target
    return merge_targets(filled) if filled else Target()


def joined_target(parts: Sequence[TargetPart]) -> Target | None:
    """Return the target of an action with these parts; None without any."""
    if not parts:
        return None
    if len(parts) == 1:
        return parts[0].target
    return read_target([line for part in parts for line in part.lines]).target


def completion_date(one: FieldCell) -> Date | None:
    """Return the date of completion as printed: the one date of the cell's target-like reading.

    Else it is that of the cell's first dated piece; None where several dates compete.
    """
    reading = read_target(one.cell.lines).target
    if reading.kind == "date" and reading.edtf:
        same = (found.date for found in find_dates(one.cell.text))
        return next((date for date in same if date.edtf == reading.edtf), None)
    for piece in progress.split_updates(one.cell):
        if piece.update.date and piece.update.date.edtf:
            return piece.update.date
    return None


def common_status(found: Sequence[Status]) -> Status:
    """One status for several rows: the same, or what a mixture of them comes to."""
    values = [status.value for status in found]
    text = " ".join(dict.fromkeys(status.text for status in found if status.text))
    if len(set(values)) == 1:
        return Status(value=values[0], basis=found[0].basis, text=text)
    done = {"completed", "ongoing"}
    mixed: StatusValue = "ongoing" if set(values) == done else "in_progress"
    return Status(value=mixed, basis=found[0].basis, text=text)
