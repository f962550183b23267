"""Manifests: their forms, what they name, and own columns on their way into the tables."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionplan.errors import ExitCode, UsageError
from actionplan.inputs import find_inputs
from actionplan.manifest import read_manifest
from tests.conftest import Run
from tests.inputs.test_archives import make_zip

ROWS = "path,region,year\nplans/a.pdf,Nördlich,2014\nplans/b.pdf,South,2015\n"


@pytest.fixture
def folder(tmp_path: Path, sample: Path) -> Path:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "a.pdf").write_bytes(sample.read_bytes())
    (tmp_path / "plans" / "b.pdf").write_bytes(sample.read_bytes() + b"\n")
    return tmp_path


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "reviews.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def found(path: Path) -> dict[str, dict[str, str]]:
    return {source.name: dict(source.columns) for source in find_inputs([], manifest=path)}


FORMS = {
    "plain": ROWS.encode(),
    "with a mark": ROWS.encode("utf-8-sig"),
    "semicolons": ROWS.replace(",", ";").encode(),
    "tabs": ROWS.replace(",", "\t").encode(),
    "as Excel saves it": ("sep=;\r\n" + ROWS.replace(",", ";").replace("\n", "\r\n")).encode(
        "cp1252"
    ),
    "UTF-16": ROWS.replace(",", "\t").encode("utf-16"),
    "quoted": ROWS.replace("plans/a.pdf", '"plans/a.pdf"').encode(),
    "header in capitals": ROWS.replace("path", " Path ").encode(),
    "empty lines and cells": ROWS.replace("\n", "\n\n,,\n").encode(),
    "no line end": ROWS.rstrip().encode(),
    "backslashes": ROWS.replace("/", "\\").encode(),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_manifest_is_read_in_the_forms_that_programs_write(form: str, folder: Path) -> None:
    assert found(write(folder, FORMS[form])) == {
        "a.pdf": {"region": "Nördlich", "year": "2014"},
        "b.pdf": {"region": "South", "year": "2015"},
    }


def test_paths_count_from_the_manifest(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write(folder, ROWS)
    monkeypatch.chdir(folder / "plans")
    assert len(found(Path("../reviews.csv"))) == 2


def test_a_column_may_name_addresses(folder: Path) -> None:
    path = write(folder, "url,note\nhttps://host.example/a.pdf,x\nplans/a.pdf,y\n")
    sources = find_inputs([], manifest=path)
    assert [(source.kind, dict(source.columns)["note"]) for source in sources] == [
        ("file", "y"),
        ("url", "x"),
    ]


def test_beside_a_path_the_address_is_an_own_column(folder: Path) -> None:
    path = write(
        folder, "path,url\nplans/a.pdf,https://host.example/a.pdf\n,https://host.example/c.pdf\n"
    )
    sources = find_inputs([], manifest=path)
    assert [(source.kind, dict(source.columns)) for source in sources] == [
        ("file", {"url": "https://host.example/a.pdf"}),
        ("url", {"url": "https://host.example/c.pdf"}),
    ]


def test_a_row_may_name_a_folder_or_an_archive(folder: Path) -> None:
    make_zip(folder / "more.zip", ("c.pdf", b""), ("d.pdf", b""))
    path = write(folder, "path,region\nplans,North\nmore.zip,South\n")
    assert found(path) == {
        "a.pdf": {"region": "North"},
        "b.pdf": {"region": "North"},
        "c.pdf": {"region": "South"},
        "d.pdf": {"region": "South"},
    }


def test_the_columns_of_a_manifest_count_for_a_document_named_twice(folder: Path) -> None:
    path = write(folder, ROWS)
    sources = find_inputs([str(folder / "plans")], manifest=path)
    assert [dict(source.columns)["year"] for source in sources] == ["2014", "2015"]


def test_each_row_that_names_nothing_is_told(folder: Path, run: Run, tmp_path: Path) -> None:
    path = write(
        folder, ROWS + "plans/gone.pdf,East,2016\n,West,2017\nplans/a.pdf,x,y,z\nftp://h/x,,\n"
    )
    ran = run("convert", "--manifest", path, "-o", tmp_path / "out")
    assert ran.code == ExitCode.SOME_FAILED
    for told in (
        "gone.pdf: row 4 of reviews.csv: no such file or folder; check the path",
        "failed: row 5 of reviews.csv: names no document; fill in its path",
        "row 6 of reviews.csv has more cells than the header; put quotes around",
        "x: row 7 of reviews.csv: ftp: is not read; name files",
    ):
        assert told in ran.err
    assert "2 converted, 4 failed" in ran.err


def test_a_row_that_names_a_document_again_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(folder, ROWS + "plans/../plans/a.pdf,East,2016\n" * 12)
    assert found(path)["a.pdf"] == {"region": "Nördlich", "year": "2014"}
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "reviews.csv: row 4 names the same document as row 2 and is left out"
    assert lines[-1] == "reviews.csv: 2 more rows name a document again; left out too"
    assert len(lines) == 11


def test_columns_of_our_own_are_not_overwritten(folder: Path) -> None:
    path = write(folder, "path,Title,document_id\nplans/a.pdf,mine,7\n")
    assert found(path) == {"a.pdf": {"manifest_Title": "mine", "manifest_document_id": "7"}}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "no column is called path or url"),
        ("file,region\na.pdf,x\n", "no column is called path or url"),
        ("path,region,Region\na.pdf,x,y\n", "two columns are called 'Region'; rename one"),
        ("path,path\na.pdf,x\n", "two columns are called 'path'; rename one"),
        ("path,region\n", "names no document; add rows below its header"),
        (f'path,region\na.pdf,"{"x" * 1_100_000}', "no CSV file (field larger than field limit"),
    ],
)
def test_what_is_no_manifest_is_told(text: str, problem: str, folder: Path, run: Run) -> None:
    ran = run("convert", "--manifest", write(folder, text), "-o", folder / "out")
    assert ran.code == ExitCode.USAGE
    assert problem in ran.err
    assert ran.err.count("\n") == 1


def test_a_manifest_that_is_not_there_is_told(folder: Path, run: Run) -> None:
    ran = run("convert", "--manifest", folder / "gone.csv", "-o", folder / "out")
    assert ran.code == ExitCode.USAGE
    assert "gone.csv: cannot be read (No such file or directory); check the path" in ran.err


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1), st.sampled_from(",;\t|"))
def test_whatever_is_in_the_cells_comes_through(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], delimiter: str
) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(("path", "one", "two"))
    writer.writerows((f"{at}.pdf", *row) for at, row in enumerate(rows))
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(text.getvalue().encode())
    assert [(row.target, *(value for _, value in row.columns)) for row in read_manifest(path)] == [
        (f"{at}.pdf", *(cell.strip() for cell in row)) for at, row in enumerate(rows)
    ]


@given(st.binary(max_size=200))
def test_any_bytes_give_rows_or_one_line(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "bytes.csv"
    path.write_bytes(b"path," + data)
    try:
        read_manifest(path)
    except UsageError as error:
        assert "\n" not in str(error)
