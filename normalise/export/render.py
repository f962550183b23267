"""Rows as a mapping wants them, and what the target could not take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from actionplan.normalise.csv_text import csv_safe
from actionplan.normalise.export.fields import Cell, Row
from actionplan.normalise.export.mapping import Column, Mapping
from actionplan.normalise.export.texts import fit, units, wiki_plain

Value = str | float | date | None


class LimitNote(NamedTuple):
    """What the target cannot take whole; nothing is cut without one.

    Attributes:
        row: the values of the row; None: the file as a whole.
        header: of the column that was cut.
        message: for people.
    """

    row: Row | None
    header: str
    message: str


class Table(NamedTuple):
    """A table for a file: its columns, its cells, and what had to be cut."""

    columns: list[Column]
    rows: list[list[Value]]
    notes: list[LimitNote]

    @property
    def headers(self) -> list[str]:
        """The header of each column."""
        return [column.header for column in self.columns]


def render(mapping: Mapping, rows: Sequence[Row]) -> Table:
    """Return `rows` in the columns of `mapping`, cut to what the target takes."""
    widths = {column.header: _width(column, rows) for column in mapping.columns}
    columns = [one for column in mapping.columns for one in [column] * widths[column.header]]
    notes: list[LimitNote] = []
    cells = [
        [
            _fitted(value, column, mapping, row, notes)
            for column in mapping.columns
            for value in _spread(cell_value(column, row, mapping), widths[column.header], column)
        ]
        for row in rows
    ]
    if mapping.rows and len(rows) > mapping.rows:
        message = (
            f"{len(rows)} rows, and {mapping.name} takes {mapping.rows} at once: import it in parts"
        )
        notes.insert(0, LimitNote(None, "", message))
    return Table(columns, cells, notes)


def cell_value(column: Column, row: Row, mapping: Mapping) -> Cell:
    """Return what a column has in a row: codes in the mapping's words, nothing cut."""
    if column.field is None:
        return column.value or None
    value = row[column.field]
    if column.kind == "code" and isinstance(value, str):
        return mapping.values.get(column.field, {}).get(value, value) or None
    return value


def _width(column: Column, rows: Sequence[Row]) -> int:
    """How many columns a list takes."""
    if not column.repeat or column.field is None:
        return 1
    lists = (row[column.field] for row in rows)
    return max((len(one) for one in lists if isinstance(one, list)), default=1) or 1


def _spread(value: Cell, width: int, column: Column) -> Iterator[Value]:
    if not isinstance(value, list):
        yield value
        yield from [None] * (width - 1)
    elif column.repeat:
        yield from value
        yield from [None] * (width - len(value))
    else:
        yield "; ".join(value) or None


def _fitted(
    value: Value, column: Column, mapping: Mapping, row: Row, notes: list[LimitNote]
) -> Value:
    if not isinstance(value, str):
        return value
    if column.wiki:
        value = wiki_plain(value)
    limit = min(filter(None, (column.limit, mapping.cell)), default=None)
    short = fit(value, limit)
    if limit and short != value:
        length = units(value) + (csv_safe(value) != value)
        message = f"cut: {length:,} characters, and {mapping.name} takes {limit:,}"
        notes.append(LimitNote(row, column.header, message))
    return short
