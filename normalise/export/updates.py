"""The updates as a table of their own, joined to the rows by document and record key."""

from __future__ import annotations

from collections.abc import Sequence

from actionplan.normalise.export.fields import Row
from actionplan.normalise.export.mapping import Column, Mapping
from actionplan.normalise.export.render import LimitNote, Table, Value
from actionplan.normalise.export.select import Selection
from actionplan.normalise.export.texts import fit, units
from actionplan.schemas.plan import Date

UPDATE_COLUMNS = (
    "record_key",
    "document_id",
    "document",
    "position",
    "label",
    "date_edtf",
    "date_start",
    "date_end",
    "status",
    "text",
)


def update_table(mapping: Mapping, selection: Selection) -> Table:
    """Return one row for each update of the recommendations that are exported."""
    rows: list[list[Value]] = []
    notes: list[LimitNote] = []
    for plan in selection.plans:
        for record in plan.recommendations:
            if (plan.document.id, record.key) not in selection.records:
                continue
            for position, one in enumerate(record.updates, 1):
                row: Row = {"key": record.key, "document": plan.document.name, "row": record.id}
                rows.append(
                    [
                        record.key,
                        plan.document.id,
                        plan.document.name,
                        position,
                        one.label,
                        *_date(one.date),
                        one.status.value if one.status else None,
                        _text(one.text, mapping, row, notes),
                    ]
                )
    return Table([Column(name) for name in UPDATE_COLUMNS], rows, notes)


def _date(one: Date | None) -> Sequence[str | None]:
    return (one.edtf, one.start, one.end) if one else (None, None, None)


def _text(text: str, mapping: Mapping, row: Row, notes: list[LimitNote]) -> str:
    short = fit(text, mapping.cell)
    if short != text:
        message = f"cut: {units(text):,} characters, and {mapping.name} takes {mapping.cell:,}"
        notes.append(LimitNote(row, "text of the update", message))
    return short
