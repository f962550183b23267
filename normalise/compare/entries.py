"""Documents as a comparison sees them: rows of the tidy tables, each with the rows below it.

Plans and datasets give the same rows, so both are compared in one way.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from actionplan.normalise.tidy import table_rows

if TYPE_CHECKING:
    from actionplan.schemas.plan import Plan

Row = Mapping[str, object]
Tables = Mapping[str, Sequence[Row]]

TABLES = (
    "documents",
    "document_dates",
    "sections",
    "recommendations",
    "themes",
    "actions",
    "leads",
    "agencies",
    "updates",
)
"""The tables that are compared row by row."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row, and the rows below it by the name of their list."""

    row: Row
    lists: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)

    def text(self, column: str) -> str:
        """Return a column as text; empty where it has no value."""
        value = self.row.get(column)
        return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: its facts, its sections by id, its recommendations in order."""

    id: str
    facts: Entry
    sections: Mapping[str, Entry]
    records: tuple[Entry, ...]


def plan_paper(plan: Plan) -> Paper:
    """Return a plan as a `Paper`.

    Raises:
        ValueError: a recommendation names a section that is not there.
    """
    check_plan(plan)
    (paper,) = papers({name: list(table_rows(name, plan)) for name in TABLES})
    return paper


def check_plan(plan: Plan) -> None:
    """Check what the model of a plan leaves open.

    Raises:
        ValueError: a recommendation names a section that is not there.
    """
    missing = {one.section for one in plan.recommendations} - {one.id for one in plan.sections}
    if missing:
        raise ValueError(f"there is no section {min(missing)!r}")


def papers(tables: Tables) -> list[Paper]:
    """Return the documents of `tables`, in order; a table may be missing."""
    below = {name: _by_owner(name, tables.get(name, ())) for name in TABLES}
    return [_paper(_tidy(row), below) for row in tables["documents"]]


Owner = tuple[object, ...]
Below = Mapping[str, Mapping[Owner, list[Row]]]
_OF_DOCUMENT = ("document_dates", "sections", "recommendations")


def _by_owner(table: str, rows: Iterable[Row]) -> dict[Owner, list[Row]]:
    """Rows under the document or the recommendation that they belong to."""
    key = ("document_id",) if table in _OF_DOCUMENT else ("document_id", "record_key")
    found: dict[Owner, list[Row]] = defaultdict(list)
    for row in rows:
        found[tuple(row.get(name) for name in key)].append(_tidy(row))
    return found


def _tidy(row: Row) -> Row:
    """`row` with texts in NFC, white space collapsed, and None for empty ones."""
    return {name: _value(value) for name, value in row.items()}


def _value(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = value if value.isascii() else unicodedata.normalize("NFC", value)
    return " ".join(text.split()) or None


def _paper(facts: Row, below: Below) -> Paper:
    own = (facts["document_id"],)
    dates = tuple(map(Entry, below["document_dates"].get(own, ())))
    sections = {str(row.get("section_id")): Entry(row) for row in below["sections"].get(own, ())}
    records = tuple(_record(row, below) for row in below["recommendations"].get(own, ()))
    return Paper(str(*own), Entry(facts, {"dates": dates}), sections, records)


def _record(row: Row, below: Below) -> Entry:
    def of(name: str) -> list[Row]:
        return below[name].get((row["document_id"], row["record_key"]), [])

    owned: dict[str, dict[object, list[Entry]]] = {}
    for name in ("leads", "agencies"):
        owned[name] = defaultdict(list)
        for one in of(name):
            owned[name][one.get("action")].append(Entry(one))
    actions = tuple(
        Entry(
            one, {name: tuple(lists.get(one.get("position"), ())) for name, lists in owned.items()}
        )
        for one in of("actions")
    )
    lists = {name: tuple(found.get(None, ())) for name, found in owned.items()}
    for name in ("updates", "themes"):
        lists[name] = tuple(map(Entry, of(name)))
    return Entry(row, lists | {"actions": actions})
