"""Rows of a dataset's tables, as CSV and as Arrow tables; and back.

An empty text is no value: it is empty in CSV and null everywhere else. Whole tables are read back
with `read_csv`, which undoes the guard against formulas.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from actionplan.normalise.csv_text import csv_line, read_rows
from actionplan.normalise.tidy import Row, table_rows
from actionplan.schemas.dataset import DATASET, PER_DOCUMENT, DatasetTable
from actionplan.schemas.tidy import ColumnType

if TYPE_CHECKING:
    import pyarrow as pa

    from actionplan.schemas.plan import Plan

Values = tuple[object, ...]
"""A row: one value for each column of its table, days as ISO texts."""


def plan_rows(plan: Plan) -> dict[str, list[Values]]:
    """Return the rows of one plan in each table that comes from single documents.

    Columns that need other documents (`duplicate_of`, `copies`) are empty.

    Raises:
        ValueError: a recommendation names a section that is not there.
    """
    missing = {one.section for one in plan.recommendations} - {one.id for one in plan.sections}
    if missing:
        raise ValueError(f"there is no section {min(missing)!r}")
    return {name: [_values(name, row) for row in table_rows(name, plan)] for name in PER_DOCUMENT}


def _values(table: str, row: Row) -> Values:
    return tuple(None if (value := row.get(name)) == "" else value for name in DATASET[table].names)


def csv_rows(rows: Iterable[Sequence[object]]) -> bytes:
    """Return `rows` as CSV without a header."""
    return "".join(map(csv_line, rows)).encode()


def csv_header(table: DatasetTable) -> bytes:
    """Return the header line of a table."""
    return csv_line(table.names).encode()


def arrow_schema(table: str) -> pa.Schema:
    """Return the Arrow schema of a table: types, and the descriptions as metadata of the fields."""
    return schema_of(DATASET[table])


@cache
def schema_of(table: DatasetTable) -> pa.Schema:
    """Return the same of a table that may have own columns."""
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
    }
    return pa.schema(
        pa.field(
            column.name,
            types[column.type],
            nullable=not column.required,
            metadata={"description": column.description},
        )
        for column in table.columns
    )


def arrow_table(table: str, rows: Sequence[Values]) -> pa.Table:
    """Return `rows` as an Arrow table.

    Raises:
        ValueError: a day is no day, or a value is missing that is never empty.
    """
    import pyarrow as pa

    schema = arrow_schema(table)
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [
        pa.array(map(_day, values) if pa.types.is_date(field.type) else values, field.type)
        for field, values in zip(schema, columns, strict=True)
    ]
    for field, array in zip(schema, arrays, strict=True):
        if array.null_count and not field.nullable:
            raise ValueError(f"a row of {table} has no {field.name}")
    return pa.Table.from_arrays(arrays, schema=schema)


def arrow_rows(table: pa.Table) -> Iterator[Values]:
    """Yield the rows of an Arrow table, as `arrow_table` was given them."""
    columns = [map(_iso, column.to_pylist()) for column in table.columns]
    return zip(*columns, strict=True)


def read_csv(path: Path, table: str) -> list[Row]:
    """Return the rows of a CSV file of a dataset, typed, with the guard against formulas undone.

    Raises:
        OSError: the file cannot be read.
        ValueError: its header is not that of the table, or a cell is not of its column's type.
    """
    rows = read_rows(path.read_bytes().decode("utf-8-sig"))
    columns = DATASET[table].columns
    header = next(rows, [])
    if header != list(DATASET[table].names):
        raise ValueError(f"{path.name}: its header is not that of the table {table}")
    readers = [_READERS[column.type] for column in columns]
    return [
        {
            name: read(cell) if cell else None
            for name, read, cell in zip(header, readers, row, strict=True)
        }
        for row in rows
    ]


def read_dataset(folder: Path) -> dict[str, list[Row]]:
    """Return the rows of all tables of a dataset, by the table's name.

    Raises:
        OSError: a CSV file is missing or cannot be read.
        ValueError: a CSV file is not of this version.
    """
    return {table: read_csv(folder / f"{table}.csv", table) for table in DATASET}


def _day(value: object) -> datetime.date | None:
    if value is None:
        return None
    try:
        day = datetime.date.fromisoformat(str(value))
    except ValueError:
        day = None
    if day is None or day.isoformat() != value:  # other forms would differ from file to file
        raise ValueError(f"{value!r} is no day of the form 2014-07-31")
    return day


def _iso(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime.date) else value


def _truth(cell: str) -> bool:
    if cell not in ("true", "false"):
        raise ValueError(f"{cell!r} is neither true nor false")
    return cell == "true"


_READERS: dict[ColumnType, Callable[[str], object]] = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": _truth,
    "date": lambda cell: datetime.date.fromisoformat(cell).isoformat(),
}
