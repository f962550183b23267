"""Plans to rows: every field is in some table, and every value comes back from every file."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pyarrow import parquet
from pydantic import ValidationError

from actionplan.normalise.csv_text import csv_text
from actionplan.normalise.dataset.database import ddl
from actionplan.normalise.dataset.tables import (
    Values,
    arrow_rows,
    arrow_schema,
    arrow_table,
    plan_rows,
    read_csv,
)
from actionplan.schemas.dataset import DATASET, LEFT_OUT, PER_DOCUMENT
from actionplan.schemas.plan import Plan
from actionplan.schemas.tidy import TidyColumn
from tests.dataset.plans import full_plan, plan

OTHERS = [
    "other words", "national", "partial", "report", "relative", "none", "other", "not_started",
    "2011-11-11", f"sha256:{'0' * 64}", "s1",
]  # fmt: skip


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of all values of a plan file that hold no further ones."""
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in items:
            yield from leaves(item, (*path, key))
    else:
        yield path


def changed(path: tuple[Any, ...]) -> Plan:
    """The full plan with another value at `path`."""
    value = full_plan().model_dump(mode="json")
    holder = value
    for step in path[:-1]:
        holder = holder[step]
    old = holder[path[-1]]
    if isinstance(old, bool):
        candidates: list[Any] = [not old]
    else:
        candidates = OTHERS if isinstance(old, str) else [old + 1, old / 2]
    for new in candidates:
        holder[path[-1]] = new
        try:
            made = Plan.model_validate(value)
        except ValidationError:
            continue
        if made != full_plan():
            return made
    raise AssertionError(f"{path}: no other value is valid")


def named(path: tuple[Any, ...]) -> str:
    """A path without places in lists."""
    return ".".join(str(step) for step in path if isinstance(step, str))


def left_out(path: tuple[Any, ...]) -> bool:
    return any(f"{named(path)}.".startswith(f"{name}.") for name in LEFT_OUT)


# Not to be changed alone: the key that joins sections and records. The others are empty.
SKIPPED = {"sections.id", "recommendations.section", "sections.joins.record"}
PATHS = [path for path in leaves(full_plan().model_dump(mode="json")) if named(path) not in SKIPPED]


def test_the_full_plan_fills_every_field() -> None:
    def empty(value: Any) -> bool:
        return value in (None, "", []) or (isinstance(value, dict) and not value)

    def walk(value: Any, path: str) -> Iterator[str]:
        if empty(value):
            yield path
        elif isinstance(value, dict):
            for key, item in value.items():
                yield from walk(item, f"{path}.{key}")
        elif isinstance(value, list):
            for item in value:
                yield from walk(item, path)

    assert list(walk(full_plan().model_dump(mode="json"), "")) == [
        ".sections.joins.record",
        ".sections.joins.evidence",
    ]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: ".".join(map(str, path)))
def test_each_field_is_in_a_table_or_left_out_with_a_reason(path: tuple[Any, ...]) -> None:
    assert (plan_rows(changed(path)) == plan_rows(full_plan())) == left_out(path)


def test_what_is_left_out_is_there_to_leave_out() -> None:
    names = {named(path) for path in PATHS}
    for name in LEFT_OUT:
        assert any(f"{one}.".startswith(f"{name}.") for one in names), name


def test_keys_and_references_name_columns() -> None:
    for table in DATASET.values():
        assert set(table.key) <= set(table.names)
        assert len(set(table.names)) == len(table.names)
        for one in table.references:
            assert set(one.columns) <= set(table.names)
            assert set(one.target) <= set(DATASET[one.table].names)


def test_an_empty_text_is_no_value() -> None:
    made = plan("a", [""])
    (row,) = plan_rows(made)["recommendations"]
    assert row[DATASET["recommendations"].names.index("text")] is None


def test_a_value_that_is_never_empty_is_asked_for() -> None:
    made = full_plan()
    made.recommendations[0].key = ""
    with pytest.raises(ValueError, match="no record_key"):
        arrow_table("recommendations", plan_rows(made)["recommendations"])


def test_a_section_that_is_not_there_is_an_error() -> None:
    made = full_plan()
    made.recommendations[0].section = "s9"
    with pytest.raises(ValueError, match="no section 's9'"):
        plan_rows(made)


def test_a_day_that_is_none_is_an_error() -> None:
    for wrong in ("2014-02-30", "20140228", "soon"):
        made = full_plan()
        made.recommendations[0].target.end = wrong
        with pytest.raises(ValueError, match=wrong):
            for name, rows in plan_rows(made).items():
                arrow_table(name, rows)


NASTY = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "=1+1", "'=1", "＝1", "-", "\t", "\r\n", 'a "quoted", cell\r\nand\na line',
            "a" * 30_000, "🙂👩\u200d👧", "שלום עולם", "\u202ertl", "\x00", "\u2028\x85\x0b",
            " x ", "NULL", "nan", "0", "true", "2014-01-01", '"', "'", ",",
        ]
    ),
)  # fmt: skip
BY_TYPE = {
    "string": NASTY,
    "integer": st.integers(-(2**63), 2**63 - 1),
    "number": st.floats(allow_nan=False),
    "boolean": st.booleans(),
    "date": st.dates().map(lambda one: one.isoformat()),
}


def rows_of(table: str) -> st.SearchStrategy[list[Values]]:
    """Any rows of a table."""
    columns = [
        _required(column) if column.required else st.none() | _required(column)
        for column in DATASET[table].columns
    ]
    return st.lists(st.tuples(*columns), max_size=3)


def _required(column: TidyColumn) -> st.SearchStrategy[object]:
    kind = st.sampled_from(column.enum) if column.enum else BY_TYPE[column.type]
    return kind.filter(lambda value: value != "")


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@pytest.mark.parametrize("table", ["recommendations", "provenance", "updates", "corrections"])
@given(data=st.data())
def test_any_row_comes_back_from_csv_parquet_and_duckdb(
    table: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rows = data.draw(rows_of(table))
    folder = tmp_path_factory.mktemp("rows")
    path = folder / f"{table}.csv"
    path.write_bytes(csv_text(DATASET[table].names, rows).encode())
    assert [tuple(row.values()) for row in read_csv(path, table)] == rows
    made = arrow_table(table, rows)
    parquet.write_table(made, folder / "x.parquet")
    assert list(arrow_rows(parquet.read_table(folder / "x.parquet"))) == rows
    with duckdb.connect() as connection:
        connection.execute(ddl(DATASET[table]))
        connection.register("incoming", made)
        connection.execute(f"insert into {table} from incoming")
        found = connection.execute(f"from {table}").fetchall()
    assert [tuple(map(plain, row)) for row in found] == rows


def plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime.date) else value


TEXTS = st.builds(
    lambda texts: plan("x", texts),
    st.lists(NASTY.filter(lambda text: "\ud800" not in text), max_size=3),
)


@settings(max_examples=30, deadline=None)
@given(TEXTS)
@example(full_plan())
def test_any_plan_comes_back_from_its_file(made: Plan) -> None:
    assert Plan.model_validate_json(made.model_dump_json(indent=2)) == made


def test_schemas_agree_with_the_columns() -> None:
    for name, table in DATASET.items():
        schema = arrow_schema(name)
        assert schema.names == list(table.names)
        for field, column in zip(schema, table.columns, strict=True):
            assert field.metadata == {b"description": column.description.encode()}
            assert pa.types.is_date(field.type) == (column.type == "date")


@pytest.mark.parametrize(
    ("text", "problem"),
    [("a,b\n", "header"), ("", "header"), ("HEAD\n" + "x," * 19, "argument|convert|literal")],
)
def test_another_file_is_refused(text: str, problem: str, tmp_path: Path) -> None:
    names = DATASET["links"].names
    path = tmp_path / "links.csv"
    path.write_text(text.replace("HEAD", ",".join(names)))
    with pytest.raises(ValueError, match=problem):
        read_csv(path, "links")


def test_a_cell_of_another_type_is_refused(tmp_path: Path) -> None:
    (row,) = plan_rows(full_plan())["documents"]
    path = tmp_path / "documents.csv"
    good = csv_text(DATASET["documents"].names, [row])
    path.write_text(good)
    assert [tuple(one.values()) for one in read_csv(path, "documents")] == [row]
    for old, new in ((",true,", ",yes,"), (",2013-06-01,", ",June,"), (",12345,", ",12.5,")):
        assert old in good
        path.write_text(good.replace(old, new))
        with pytest.raises(ValueError, match=new.strip(",")):
            read_csv(path, "documents")


def test_tables_of_documents_come_before_those_below() -> None:
    order = list(DATASET)
    for name, table in DATASET.items():
        for one in table.references:
            assert order.index(one.table) <= order.index(name)
    assert set(PER_DOCUMENT) == set(DATASET) - {"links", "corrections"}
