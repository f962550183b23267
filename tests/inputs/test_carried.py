"""Own columns of a manifest, all the way into the tables and the dataset."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import duckdb
import pytest
from frictionless import Package
from pyarrow import parquet

from tests.conftest import SAMPLES, Run


def table(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["document"]: row for row in csv.DictReader(file)}


@pytest.fixture
def plans(tmp_path: Path, run: Run) -> Path:
    """The output folder of two documents of a manifest, and one beside it."""
    manifest = tmp_path / "reviews.csv"
    with manifest.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["path", "Region", "title", "note"])
        writer.writerow([SAMPLES[0], "North", "=1+1", ""])
        writer.writerow([SAMPLES[1], "South", "My own title", "two\nlines"])
    ran = run("convert", SAMPLES[2], "--manifest", manifest, "-o", tmp_path / "out")
    assert ran.code == 0, ran.err
    return tmp_path / "out"


def test_they_stand_behind_the_columns_of_documents(plans: Path) -> None:
    rows = table(plans / "documents.csv")
    assert list(rows[SAMPLES[0].name])[-3:] == ["Region", "manifest_title", "note"]
    assert rows[SAMPLES[0].name]["Region"] == "North"
    assert rows[SAMPLES[0].name]["manifest_title"] == "'=1+1"  # disarmed as all texts are
    assert rows[SAMPLES[1].name]["note"] == "two\nlines"
    assert rows[SAMPLES[2].name]["Region"] == ""
    (one,) = [
        document
        for document in json.loads((plans / "run.json").read_text())["documents"]
        if document["document"] == SAMPLES[1].name
    ]
    assert one["manifest"]["manifest_title"] == "My own title"


def test_the_plan_file_is_the_same_without_them(plans: Path, run: Run, tmp_path: Path) -> None:
    assert run("convert", SAMPLES[0], "-o", tmp_path / "plain").code == 0
    name = f"{SAMPLES[0].stem}.plan.json"
    assert (plans / name).read_bytes() == (tmp_path / "plain" / name).read_bytes()


def test_a_change_of_them_alone_converts_nothing(plans: Path, run: Run) -> None:
    manifest = plans.parent / "reviews.csv"
    manifest.write_text(manifest.read_text().replace("North", "East"))
    ran = run("convert", "--manifest", manifest, "-o", plans)
    assert "2 unchanged" in ran.err
    assert table(plans / "documents.csv")[SAMPLES[0].name]["Region"] == "East"
    entry = json.loads((plans / f".actionplan/documents/{SAMPLES[0].stem}.json").read_text())
    assert entry["columns"]["Region"] == "East"


def test_they_come_into_the_dataset(plans: Path, run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "dataset"
    ran = run("dataset", "build", plans, "-o", folder)
    assert ran.code == 0, ran.err
    rows = table(folder / "documents.csv")
    assert rows[SAMPLES[1].name]["manifest_title"] == "My own title"
    assert {row["Region"] for row in rows.values()} == {"North", "South", ""}
    assert Package(str(folder / "datapackage.json")).validate().valid
    names = ["Region", "manifest_title", "note"]
    assert parquet.read_table(folder / "documents.parquet").column_names[-3:] == names
    with duckdb.connect(folder / "dataset.duckdb", read_only=True) as connection:
        query = "select region, manifest_title from counted_documents where region is not null"
        found = connection.execute(f"{query} order by region").fetchall()
    assert found == [("North", "=1+1"), ("South", "My own title")]
    assert "| `manifest_title` | string | Own column of a manifest. |" in (
        folder / "data_dictionary.md"
    ).read_text(encoding="utf-8")
    assert run("dataset", "diff", folder, folder).code == 0


@pytest.mark.parametrize("option", [["--people", "drop"], ["--no-text"]])
def test_they_are_left_out_where_names_are_seen_to(
    option: list[str], plans: Path, run: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "dataset"
    assert run("dataset", "build", plans, "-o", folder, *option).code == 0
    header = (folder / "documents.csv").read_text(encoding="utf-8").partition("\n")[0]
    assert "Region" not in header
