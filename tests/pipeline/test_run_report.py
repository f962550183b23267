"""What a run tells of itself: run.json, failures.csv, events; and what a rerun leaves alone."""

from __future__ import annotations

import csv
import json
import os
import shutil
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from actionplan import parts
from actionplan.normalise.csv_text import csv_text
from actionplan.normalise.tidy import check_rows, tidy_tables
from actionplan.parts import TableWriter, parts_of
from actionplan.schemas.plan import Plan
from actionplan.schemas.tidy import column_names
from tests.conftest import ROOT, SAMPLES, Ran, Run
from tests.pipeline.bad_files import text_pdf

SCHEMA = json.loads((ROOT / "schemas" / "run.schema.json").read_bytes())


def report(folder: Path) -> dict[str, Any]:
    value: dict[str, Any] = json.loads((folder / "run.json").read_bytes())
    Draft202012Validator(SCHEMA).validate(value)
    return value


def failures(folder: Path) -> list[dict[str, str]]:
    with (folder / "failures.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def inputs(tmp_path: Path, sample: Path) -> Path:
    """A plan, a letter, and a file that is no PDF; all of them from long ago."""
    folder = tmp_path / "in"
    folder.mkdir()
    shutil.copy(sample, folder / "a.pdf")
    (folder / "b.pdf").write_bytes(text_pdf("Dear colleague,"))
    (folder / "c.pdf").write_bytes(b"no PDF")
    for path in folder.iterdir():
        age(path)
    return folder


def age(path: Path) -> None:
    """Let a file look as if it was written a while ago, at the same moment each time."""
    os.utime(path, (1_700_000_000, 1_700_000_000))


def test_the_report_says_what_came_of_each_document(inputs: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "out"
    assert run("convert", inputs, "-o", out).code == 1
    told = report(out)
    assert (told["command"], told["code"], told["output"]) == ("convert", 1, str(out))
    plan, letter, bad = told["documents"]
    data = json.loads((out / "a.plan.json").read_bytes())
    assert (plan["state"], plan["reader"], plan["attempts"]) == ("converted", "pdfium", 1)
    assert plan["records"] == len(data["recommendations"])
    assert plan["pages"] == data["document"]["pages"]
    assert plan["words"] == data["audit"]["words_on_plan_pages"]
    assert sum(plan["issues"].values()) == sum(len(r["issues"]) for r in data["recommendations"])
    assert plan["peak_megabytes"] > 20
    assert (letter["state"], letter["error"], letter["code"]) == ("nothing found", "NoPlanError", 3)
    assert (bad["state"], bad["error"], bad["code"]) == ("failed", "NotPdfError", 4)
    assert bad["message"] == "c.pdf: not a PDF; save or print it as PDF first"
    totals = told["totals"]
    counted = {key: totals[key] for key in ("converted", "unchanged", "nothing_found", "failed")}
    assert counted == {"converted": 1, "unchanged": 0, "nothing_found": 1, "failed": 1}
    assert totals["records"] == plan["records"]
    assert totals["issues"] == plan["issues"]


def test_what_failed_is_listed_with_its_reason(inputs: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "out"
    ran = run("convert", inputs, "-o", out)
    (row,) = failures(out)
    assert (row["document"], row["error"], row["code"]) == ("c.pdf", "NotPdfError", "4")
    assert row["source"] == str(inputs / "c.pdf")
    assert row["reason"] in ran.err
    assert f"what failed in {out / 'failures.csv'}" in ran.err
    (inputs / "c.pdf").unlink()
    assert "what failed" not in run("convert", inputs, "-o", out).err
    assert failures(out) == []


def test_tables_have_a_report_too(inputs: Path, tmp_path: Path, run: Run) -> None:
    run("tables", inputs, "-o", tmp_path / "out")
    told = report(tmp_path / "out")
    assert told["command"] == "tables"
    assert [item["state"] for item in told["documents"]] == ["converted", "nothing found", "failed"]


def test_a_failure_says_that_an_earlier_result_stays(
    inputs: Path, tmp_path: Path, run: Run
) -> None:
    out = tmp_path / "out"
    run("convert", inputs, "-o", out)
    (inputs / "a.pdf").write_bytes(b"overwritten")
    run("convert", inputs, "-o", out)
    first, _, last = report(out)["documents"]
    assert (first["state"], first["earlier_result"]) == ("failed", True)
    assert "earlier_result" not in last


def test_too_many_pages_are_not_read(tmp_path: Path, run: Run) -> None:
    plan = SAMPLES[0]
    ran = run("convert", plan, "-o", tmp_path, "--max-pages", 1)
    assert ran.code == 1
    assert "more than the limit of 1; allow more with --max-pages" in ran.err
    (told,) = report(tmp_path)["documents"]
    assert told["error"] == "PageLimitError"
    assert run("tables", plan, "-o", tmp_path, "--max-pages", 1).code == 1
    assert run("convert", plan, "-o", tmp_path, "--max-pages", 0).code == 0


def events(ran: Ran) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ran.err.splitlines()]


@pytest.mark.parametrize("jobs", [1, 2])
def test_events_are_all_that_is_told(jobs: int, inputs: Path, tmp_path: Path, run: Run) -> None:
    ran = run("convert", inputs, "-o", tmp_path / "out", "--log-json", "-j", jobs)
    assert (ran.code, ran.out) == (1, "")
    first, *middle, last = events(ran)
    assert (first["event"], first["documents"], first["workers"]) == ("run-started", 3, jobs)
    assert (last["event"], last["code"], last["failed"]) == ("run-finished", 1, 1)
    for kind in ("document-started", "document-finished"):
        told = [one["document"] for one in middle if one["event"] == kind]
        assert sorted(told) == ["a.pdf", "b.pdf", "c.pdf"]
    assert len(middle) == 6
    assert all(one["time"].endswith("Z") for one in (first, *middle, last))


def test_errors_are_events_too(tmp_path: Path, run: Run) -> None:
    (told,) = events(run("convert", tmp_path / "gone.pdf", "-o", tmp_path, "--log-json"))
    assert told["event"] == "message"
    assert "no such file or folder" in told["text"]
    assert run("convert", tmp_path / "gone.pdf").err.startswith("actionplan: ")


def test_a_rerun_reads_nothing_that_looks_unchanged(inputs: Path, tmp_path: Path, run: Run) -> None:
    """Bytes that change behind the back of size and time are seen when they are asked for."""
    out = tmp_path / "out"
    run("convert", inputs, "-o", out)
    path = inputs / "a.pdf"
    path.write_bytes(path.read_bytes()[:-1] + b"%")
    age(path)
    assert "a.pdf" in run("convert", inputs, "-o", out).err
    assert report(out)["documents"][0]["state"] == "unchanged"
    run("convert", inputs, "-o", out, "--rehash")
    assert report(out)["documents"][0]["state"] == "converted"


def test_what_was_refused_for_what_it_is_is_told_again_without_being_read(
    inputs: Path, tmp_path: Path, run: Run
) -> None:
    out, path = tmp_path / "out", inputs / "c.pdf"
    plan = (inputs / "a.pdf").read_bytes()
    path.write_bytes(b"no PDF".ljust(len(plan)))
    age(path)
    first = run("convert", inputs, "-o", out)
    told = failures(out)
    path.write_bytes(plan)  # behind the back of size and time: nobody looks
    age(path)
    assert (run("convert", inputs, "-o", out).code, failures(out)) == (first.code, told)
    assert run("convert", inputs, "-o", out, "--rehash").code == 0
    assert not list((out / ".actionplan" / "refused").iterdir())


def test_a_member_of_an_archive_is_remembered_too(tmp_path: Path, run: Run) -> None:
    archive, out = tmp_path / "plans.zip", tmp_path / "out"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("bad.pdf", b"no PDF")
    assert run("convert", archive, "-o", out).code == 4
    (kept,) = (out / ".actionplan" / "refused").iterdir()
    kept.write_text(kept.read_text("utf-8").replace("not a PDF", "as it was told"), "utf-8")
    assert "as it was told" in run("convert", archive, "-o", out).err


def test_a_limit_that_was_raised_is_tried(inputs: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "out"
    assert run("convert", inputs / "a.pdf", "-o", out, "--max-pages", 1).code == 1
    assert run("convert", inputs / "a.pdf", "-o", out, "--max-pages", 1).code == 1
    assert run("convert", inputs / "a.pdf", "-o", out).code == 0


def test_a_file_that_was_just_written_is_compared_by_its_bytes(
    inputs: Path, tmp_path: Path, run: Run
) -> None:
    """Within one step of the clock, a second change may leave the same size and time."""
    out, path = tmp_path / "out", inputs / "a.pdf"
    now = time.time() + 60
    os.utime(path, (now, now))
    run("convert", inputs, "-o", out)
    path.write_bytes(path.read_bytes()[:-1] + b"%")
    os.utime(path, (now, now))
    run("convert", inputs, "-o", out)
    assert report(out)["documents"][0]["state"] == "converted"


def test_tables_that_would_be_the_same_are_left_alone(
    inputs: Path, tmp_path: Path, run: Run
) -> None:
    out = tmp_path / "out"
    run("convert", inputs, "-o", out)
    times = {path.name: path.stat().st_mtime_ns for path in out.glob("*.csv")}
    whole = {path.name: path.read_bytes() for path in out.glob("*.csv")}
    run("convert", inputs, "-o", out)
    del times["failures.csv"]
    assert times == {name: (out / name).stat().st_mtime_ns for name in times}
    (out / "actions.csv").write_text("changed")
    (out / "leads.csv").unlink()
    run("convert", inputs, "-o", out)
    assert {path.name: path.read_bytes() for path in out.glob("*.csv")} == whole


def test_rows_that_were_changed_are_told_and_read_anew(
    inputs: Path, tmp_path: Path, run: Run
) -> None:
    out = tmp_path / "out"
    run("convert", inputs, "-o", out)
    kept = out / ".actionplan" / "parts" / "a.json"
    whole = kept.read_bytes()
    kept.write_bytes(whole.replace(b"e", b"E"))
    (inputs / "c.pdf").unlink()
    ran = run("convert", inputs, "-o", out)
    assert ran.code == 1
    assert "actionplan: a: what is kept of it in .actionplan was changed" in ran.err
    assert run("convert", inputs, "-o", out).code == 0
    assert kept.read_bytes() == whole


@pytest.mark.parametrize("at_once", [1, 7, 50_000])
def test_tables_are_put_together_as_from_all_plans_at_once(
    at_once: int, converted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "_SORTED_AT_ONCE", at_once)
    files = sorted(converted.glob("*.plan.json"))[:12]
    plans = [Plan.model_validate_json(path.read_bytes()) for path in files]
    with TableWriter(tmp_path) as writer:
        for plan in plans:
            writer.add(parts_of(plan), {})
        names = writer.finish()
    expected = tidy_tables(plans) | {"check": check_rows(plans)}
    assert sorted(names) == sorted(f"{name}.csv" for name in expected)
    for name, rows in expected.items():
        text = csv_text(column_names(name), (list(row.values()) for row in rows))
        assert (tmp_path / f"{name}.csv").read_text(encoding="utf-8") == text


def test_own_columns_stand_behind_those_of_documents(converted: Path, tmp_path: Path) -> None:
    files = sorted(converted.glob("*.plan.json"))[:2]
    with TableWriter(tmp_path, ("region", "note")) as writer:
        for path, region in zip(files, ("North", "=1+1"), strict=True):
            plan = Plan.model_validate_json(path.read_bytes())
            writer.add(parts_of(plan), {"region": region})
        writer.finish()
    with (tmp_path / "documents.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["region"] for row in rows] == ["North", "'=1+1"]
    assert [row["note"] for row in rows] == ["", ""]
    assert list(rows[0]) == [*column_names("documents"), "region", "note"]
