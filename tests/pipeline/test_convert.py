"""A run over documents: what is written, what is skipped, what is said."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

import actionplan
from actionplan import cache
from actionplan.schemas.tidy import TABLES, column_names
from tests.conftest import SAMPLES, Run

ALL = [*TABLES, "check"]
ENTRY = f"{cache.FOLDER}/documents/plan.json"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def out(tmp_path: Path, sample: Path, run: Run) -> Path:
    """The output folder of one converted sample, given as the copy ``in/plan.pdf``."""
    source = tmp_path / "in" / "plan.pdf"
    source.parent.mkdir()
    shutil.copy(sample, source)
    assert run("convert", source, "-o", tmp_path / "out").code == 0
    return tmp_path / "out"


def test_it_writes_the_plan_and_the_tables(out: Path) -> None:
    names = {path.name for path in out.iterdir()}
    tables = {f"{name}.csv" for name in ALL}
    assert names == {"plan.plan.json", ".actionplan", "run.json", "failures.csv", *tables}


@pytest.mark.parametrize("name", ALL)
def test_tables_have_their_columns_in_order(name: str, converted: Path) -> None:
    header = (converted / f"{name}.csv").read_text(encoding="utf-8").partition("\n")[0]
    assert header == ",".join(column_names(name))


def keys(path: Path) -> list[tuple[str, str]]:
    return [(row["document_id"], row["record_key"]) for row in rows(path)]


def test_tables_cover_all_inputs_and_share_their_keys(converted: Path) -> None:
    documents = {row["document_id"] for row in rows(converted / "documents.csv")}
    assert len(documents) == len(SAMPLES)
    records = keys(converted / "recommendations.csv")
    assert len(set(records)) == len(records)
    for name in ("actions", "leads", "agencies", "updates", "issues"):
        assert set(keys(converted / f"{name}.csv")) <= set(records)


def test_the_summary_goes_to_standard_error(tmp_path: Path, sample: Path, run: Run) -> None:
    ran = run("convert", sample, "-o", tmp_path)
    assert ran.out == ""
    assert ran.err.startswith(f"{sample.name}: ")
    assert f"-> {tmp_path / sample.stem}.plan.json" in ran.err
    assert ran.err.count("\n") == 1


def test_quiet_says_nothing(tmp_path: Path, sample: Path, run: Run) -> None:
    ran = run("convert", sample, "-o", tmp_path, "--quiet")
    assert (ran.out, ran.err) == ("", "")


def test_json_lines_are_the_only_output(tmp_path: Path, sample: Path, run: Run) -> None:
    ran = run("convert", sample, "-o", tmp_path, "--json-lines", "--quiet")
    (line,) = ran.out.splitlines()
    value = json.loads(line)
    assert value["state"] == "converted"
    assert value["code"] == 0
    plan = json.loads((tmp_path / f"{sample.stem}.plan.json").read_bytes())
    assert value["facts"]["recommendations"] == len(plan["recommendations"])


def test_a_rerun_skips_what_is_unchanged(out: Path, run: Run) -> None:
    source = out.parent / "in" / "plan.pdf"
    plan = out / "plan.plan.json"
    before = plan.stat().st_mtime_ns, {name: (out / f"{name}.csv").read_bytes() for name in ALL}
    assert "(unchanged)" in run("convert", source, "-o", out).err
    assert before == (
        plan.stat().st_mtime_ns,
        {name: (out / f"{name}.csv").read_bytes() for name in ALL},
    )
    assert "(unchanged)" not in run("convert", source, "-o", out, "--force").err


@pytest.mark.parametrize(
    "change", ["bytes", "settings", "version", "result", "missing", "entry", "rows", "lost rows"]
)
def test_a_rerun_converts_what_has_changed(change: str, out: Path, run: Run) -> None:
    source, plan = out.parent / "in" / "plan.pdf", out / "plan.plan.json"
    options: list[object] = []
    if change == "bytes":
        source.write_bytes(source.read_bytes() + b"\n")
    elif change == "settings":
        columns = out.parent / "map.toml"
        columns.write_text('[columns]\n"No such header" = "ignore"\n')
        options = ["--columns", columns]
    elif change == "version":
        entry = json.loads((out / ENTRY).read_bytes())
        (out / ENTRY).write_text(json.dumps(entry | {"fingerprint": "another", "base": "another"}))
    elif change == "result":
        plan.write_text(plan.read_text(encoding="utf-8") + " ", encoding="utf-8")
    elif change == "missing":
        plan.unlink()
    elif change == "rows":
        rows = out / cache.FOLDER / "parts" / "plan.json"
        rows.write_bytes(rows.read_bytes().replace(b"e", b"E"))
    elif change == "lost rows":
        (out / cache.FOLDER / "parts" / "plan.json").unlink()
    else:
        (out / ENTRY).write_text("{")
    assert "(unchanged)" not in run("convert", source, "-o", out, *options).err
    assert "(unchanged)" in run("convert", source, "-o", out, *options).err


def test_the_same_input_gives_the_same_bytes(tmp_path: Path, sample: Path, run: Run) -> None:
    for name in ("a", "b"):
        run("convert", sample, "-o", tmp_path / name, "--quiet")
    for path in (tmp_path / "a").glob("*.*"):
        if path.is_file() and path.name != "run.json":
            assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_workers_give_what_one_process_gives(tmp_path: Path, run: Run) -> None:
    some = SAMPLES[::4]
    one, two = tmp_path / "one", tmp_path / "two"
    assert run("convert", *some, "-o", one, "--jobs", 1).code == 0
    ran = run("convert", *some, "-o", two, "--jobs", 2)
    assert ran.code == 0
    said = [line.partition(":")[0] for line in ran.err.splitlines()]
    assert said[: len(some)] == [path.name for path in some]
    files = [path for path in one.iterdir() if path.is_file() and path.name != "run.json"]
    assert len(files) > len(some)
    for path in files:
        assert path.read_bytes() == (two / path.name).read_bytes()


def test_two_inputs_of_one_name_do_not_overwrite_each_other(tmp_path: Path, run: Run) -> None:
    for name, source in zip("ab", SAMPLES, strict=False):
        (tmp_path / name).mkdir()
        shutil.copy(source, tmp_path / name / "plan.pdf")
    out = tmp_path / "out"
    run("convert", tmp_path / "a", tmp_path / "b", "-o", out)
    texts = [
        json.loads((out / f"{name}.plan.json").read_bytes())["document"]["id"]
        for name in ("plan", "plan-2")
    ]
    assert len(set(texts)) == 2
    assert "(unchanged)" in run("convert", tmp_path / "b", "-o", out).err


def test_the_byte_order_mark_is_written_when_asked(tmp_path: Path, sample: Path, run: Run) -> None:
    run("convert", sample, "-o", tmp_path, "--bom")
    assert (tmp_path / "recommendations.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    run("convert", sample, "-o", tmp_path)
    assert not (tmp_path / "recommendations.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_no_field_of_a_table_is_a_formula(converted: Path) -> None:
    for name in ALL:
        for row in rows(converted / f"{name}.csv"):
            assert not [value for value in row.values() if value.startswith(("=", "+", "-", "@"))]


def test_python_gives_the_same_plan(converted: Path, sample: Path) -> None:
    text = (converted / f"{sample.stem}.plan.json").read_text(encoding="utf-8")
    for source in (sample, str(sample)):
        assert actionplan.read(source).model_dump_json(indent=2) + "\n" == text
    plan = actionplan.read(sample.read_bytes(), name=sample.name)
    assert plan.model_dump_json(indent=2) + "\n" == text
    assert len(plan.to_frame()) == len(plan.recommendations)
    assert actionplan.read_tables(sample).tables


def test_no_part_of_a_file_is_left(out: Path) -> None:
    assert not list(out.rglob("*.part"))
