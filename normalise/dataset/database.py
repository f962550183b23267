"""The DuckDB file of a dataset: its tables, with comments, and views for the usual questions."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from actionplan.normalise.dataset.figures import SHARES, Figures
from actionplan.schemas.dataset import DATASET, DatasetTable
from actionplan.schemas.tidy import ColumnType, TidyColumn

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

_TYPES: dict[ColumnType, str] = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
}
_LIMITS = "SET memory_limit = '512MB'; SET threads = 2;"  # a laptop has other things to do, too
_BELOW = ("actions", "leads", "agencies", "updates", "themes", "issues")


def ddl(table: DatasetTable) -> str:
    """Return the statements that make a table: columns, values allowed, descriptions.

    Keys are left to the data package: an index of each would triple the file.
    """
    body = ",\n    ".join(_column(column) for column in table.columns)
    notes = [f"COMMENT ON TABLE {_name(table.name)} IS {_text(table.description)};"]
    for column in table.columns:
        place = f"{_name(table.name)}.{_name(column.name)}"
        notes.append(f"COMMENT ON COLUMN {place} IS {_text(column.description)};")
    return "\n".join([f"CREATE TABLE {_name(table.name)} (\n    {body}\n);", *notes])


def _column(column: TidyColumn) -> str:
    parts = [_name(column.name), _TYPES[column.type]]
    if column.required:
        parts.append("NOT NULL")
    if column.enum:
        values = ", ".join(map(_text, column.enum))
        parts.append(f"CHECK ({_name(column.name)} IN ({values}))")
    return " ".join(parts)


def write_database(
    path: Path, tables: Mapping[str, pa.Table], known: Mapping[str, DatasetTable] = DATASET
) -> Figures:
    """Write a DuckDB file of all `tables`, which must not be there yet, and count what it holds.

    Args:
        path: of the file.
        tables: the rows.
        known: the columns and what they mean.

    Raises:
        OSError: the file cannot be written.
        duckdb.Error: a row has a value that its column does not allow.
    """
    import duckdb

    try:
        return _write(path, tables, known)
    except (duckdb.OperationalError, duckdb.FatalException) as error:
        raise OSError(errno.EIO, str(error), str(path)) from error


def _write(
    path: Path, tables: Mapping[str, pa.Table], known: Mapping[str, DatasetTable]
) -> Figures:
    import duckdb

    with duckdb.connect(path) as connection:
        connection.execute(_LIMITS)
        connection.begin()  # one for all: each by itself would wait for the disk
        for table in known.values():
            connection.execute(ddl(table))
            connection.register("incoming", tables[table.name])
            connection.execute(f"INSERT INTO {_name(table.name)} SELECT * FROM incoming")
            connection.unregister("incoming")
        connection.execute((files(__package__) / "data" / "views.sql").read_text("utf-8"))
        connection.commit()
        connection.execute("CHECKPOINT")  # closing would do that, but not tell of a full disk
        return _figures(connection)


def _figures(connection: duckdb.DuckDBPyConnection) -> Figures:
    rows = {name: _number(connection, f"SELECT count(*) FROM {_name(name)}") for name in DATASET}
    counts = {
        name: _number(connection, f"SELECT count(*) FROM counted_{name}")
        for name in ("documents", "recommendations")
    }
    for name in _BELOW:
        join = f"{_name(name)} JOIN counted_recommendations USING (document_id, record_key)"
        counts[name] = _number(connection, f"SELECT count(*) FROM {join}")
    means = ", ".join(f"coalesce(avg(CAST(has_{one} AS INTEGER)), 0)" for one in SHARES)
    shares = connection.execute(f"SELECT {means} FROM recommendation_facts").fetchone() or ()
    return Figures(rows, counts, dict(zip(SHARES, shares, strict=True)))


def _number(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def _name(text: str) -> str:
    """A name in SQL."""
    return '"' + text.replace('"', '""') + '"'


def _text(text: str) -> str:
    """A text in SQL."""
    return "'" + text.replace("'", "''") + "'"
