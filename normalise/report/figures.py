"""What the charts show: counts by status, agency, theme and time."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from actionplan.normalise.report.rows import Row
from actionplan.normalise.report.settings import SETTINGS
from actionplan.normalise.report.words import STATUSES
from actionplan.schemas.plan import StatusValue


class Group(NamedTuple):
    """Recommendations with something in common, by status."""

    label: str
    statuses: dict[StatusValue, int]
    documents: int

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.statuses.values())


class Period(NamedTuple):
    """A quarter, a year, or all time before or after: its name, and what lies in it.

    Attributes:
        label: in full.
        tick: what stands below the column; empty: nothing.
        values: one for each series.
    """

    label: str
    tick: str
    values: tuple[int, ...]


def groups(rows: Iterable[Row], names: Callable[[Row], Iterable[str]]) -> list[Group]:
    """Return `rows` by what `names` gives of each, the largest group first."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        for name in dict.fromkeys(names(row)):
            found.setdefault(name, []).append(row)
    made = [
        Group(
            name,
            dict(Counter(row.status for row in members)),
            len({row.document for row in members}),
        )
        for name, members in found.items()
    ]
    return sorted(made, key=lambda group: (-group.total, group.label.casefold(), group.label))


def by_status(rows: Sequence[Row]) -> list[Group]:
    """Return a group for each status, in their order, the empty ones too."""
    found = {group.label: group for group in groups(rows, lambda row: [row.status])}
    empty = Group("", {}, 0)
    return [found.get(name, empty)._replace(label=label) for name, label in STATUSES.items()]


def periods(*series: Iterable[str]) -> list[Period]:
    """Return the days of each of `series`, ISO, counted by quarters, or by years where these are
    too many; days far from the others are counted together at the ends.
    """
    dates = [[datetime.date.fromisoformat(day) for day in days] for days in series]
    every = sorted(day for days in dates for day in days)
    if not every:
        return []
    middle = every[len(every) // 2].year
    first, last = middle - SETTINGS.around, middle + SETTINGS.around
    inside = [day for day in every if first <= day.year <= last]
    quarters = _quarter(inside[-1]) - _quarter(inside[0]) < SETTINGS.quarters
    unit = _quarter if quarters else _year
    low, high = unit(inside[0]), unit(inside[-1])
    counts = [Counter(min(max(unit(day), low - 1), high + 1) for day in days) for days in dates]
    found = []
    for place in range(low - (every[0] < inside[0]), high + (every[-1] > inside[-1]) + 1):
        label = _label(place, low, high, quarters=quarters)
        found.append(Period(label, "", tuple(count[place] for count in counts)))
    return _ticked(found, quarters=quarters)


def _quarter(day: datetime.date) -> int:
    return day.year * 4 + (day.month - 1) // 3


def _year(day: datetime.date) -> int:
    return day.year


def _label(place: int, low: int, high: int, *, quarters: bool) -> str:
    if place < low:
        return f"before {_name(low, quarters=quarters)}"
    if place > high:
        return f"after {_name(high, quarters=quarters)}"
    return _name(place, quarters=quarters)


def _name(place: int, *, quarters: bool) -> str:
    return f"{place // 4} Q{place % 4 + 1}" if quarters else str(place)


def _ticked(found: Sequence[Period], *, quarters: bool) -> list[Period]:
    """Give as many columns a tick as fit; of quarters the first of each year."""
    marked = [
        at
        for at, one in enumerate(found)
        if one.label[0].isdigit() and (not quarters or one.label.endswith("Q1"))
    ]
    if quarters and not marked:  # less than a year: the first column that there is
        return [one._replace(tick=one.label if at == 0 else "") for at, one in enumerate(found)]
    step = -(-len(marked) // SETTINGS.labels) or 1
    shown = set(marked[::step])
    return [one._replace(tick=one.label[:4] if at in shown else "") for at, one in enumerate(found)]


_LATE = (
    ("more than 90 days early", -91),
    ("up to 90 days early", -1),
    ("on the day", 0),
    ("up to 90 days late", 90),
    ("91 to 365 days late", 365),
)
"""Classes of days from the target to completion, each with its last day."""
_LATEST = "more than a year late"


def lateness(rows: Iterable[Row]) -> list[tuple[str, int]]:
    """Return how many were completed how long before or after their target; empty if none was."""
    counts = Counter(
        _late_class((_day(row.done) - _day(row.due)).days) for row in rows if row.due and row.done
    )
    names = [name for name, _ in _LATE] + [_LATEST]
    return [(name, counts[name]) for name in names] if counts else []


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def _late_class(days: int) -> str:
    return next((name for name, last in _LATE if days <= last), _LATEST)
