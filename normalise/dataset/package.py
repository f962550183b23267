"""``datapackage.json``: the Frictionless Data Package of a dataset."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from actionplan.normalise.dataset.about import About
from actionplan.schemas.dataset import DATASET, DATASET_VERSION, DatasetTable, Reference
from actionplan.schemas.plan import SCHEMA_VERSION
from actionplan.schemas.tidy import TidyColumn

NAME = "review-action-plans"
GUARD = (
    "A text that begins like a formula has one more apostrophe in front in the CSV files; it is "
    "not there in Parquet and DuckDB."
)
_FORMATS = {"boolean": {"trueValues": ["true"], "falseValues": ["false"]}}


class WrittenFile(NamedTuple):
    """A file as it was written: its size in bytes and its SHA-256 in hexadecimal."""

    size: int
    sha256: str


def data_package(
    written: Mapping[str, WrittenFile],
    about: About,
    program: str,
    fingerprint: str,
    tables: Mapping[str, DatasetTable] = DATASET,
) -> dict[str, Any]:
    """Return the descriptor of a dataset.

    Method: Data Package and Table Schema, version 1 (https://specs.frictionlessdata.io).

    Args:
        written: the CSV file of each table.
        about: what people say of the dataset.
        program: version of this program.
        fingerprint: of the data.
        tables: their columns.
    """
    said = {
        "title": about.title,
        "description": " ".join(filter(None, [about.description, GUARD])),
        "version": about.version,
        "homepage": about.url,
        "licenses": [{"name": about.license}] if about.license else [],
        "contributors": [{"title": name, "role": "author"} for name in about.authors],
    }
    return {
        "profile": "tabular-data-package",
        "name": NAME,
        "id": fingerprint,
        **{key: value for key, value in said.items() if value},
        "generator": {
            "name": "actionplan",
            "version": program,
            "datasetSchema": DATASET_VERSION,
            "planSchema": SCHEMA_VERSION,
        },
        "resources": [_resource(table, written[name]) for name, table in tables.items()],
    }


def _resource(table: DatasetTable, file: WrittenFile) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True},
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "schema": table_schema(table),
    }


def table_schema(table: DatasetTable) -> dict[str, Any]:
    """Return the Table Schema of a table."""
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if table.references:
        schema["foreignKeys"] = [_foreign(table.name, one) for one in table.references]
    return schema


def _field(column: TidyColumn) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": column.type,
        "description": column.description,
        **_FORMATS.get(column.type, {}),
    }
    if column.unit:
        field["unit"] = column.unit
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.enum:
        constraints["enum"] = list(column.enum)
    return field | ({"constraints": constraints} if constraints else {})


def _foreign(table: str, one: Reference) -> dict[str, Any]:
    resource = "" if one.table == table else one.table
    return {
        "fields": list(one.columns),
        "reference": {"resource": resource, "fields": list(one.target)},
    }
