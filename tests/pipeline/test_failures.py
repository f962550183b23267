"""What cannot be read: one clear line, the right exit code, and the other files written."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import actionplan
from actionplan import batch
from actionplan.errors import (
    ActionplanError,
    ExitCode,
    FileAccessError,
    PasswordError,
    overall_code,
)
from tests.conftest import ROOT, Run
from tests.pipeline.bad_files import BAD, PASSWORD, protected, text_pdf, write_bad
from tests.pipeline.work import defective

NOT_PLANS = sorted((ROOT / "samples" / "other").glob("*.pdf"))


@pytest.mark.parametrize("kind", BAD)
@pytest.mark.parametrize("command", ["convert", "tables", "inspect"])
def test_an_unreadable_file_gives_one_line_and_code_4(
    kind: str, command: str, tmp_path: Path, run: Run
) -> None:
    make, problem = BAD[kind]
    path = tmp_path / "plan.pdf"
    path.write_bytes(make())
    rest = [] if command == "inspect" else ["-o", tmp_path / "out"]
    ran = run(command, path, *rest)
    assert ran.code == ExitCode.UNREADABLE
    assert problem in ran.err
    assert "plan.pdf" in ran.err
    assert ran.err.count("\n") == 1
    assert "; " in ran.err  # what to do next
    assert "Traceback" not in ran.err
    assert not list(tmp_path.glob("out/*.plan.json"))
    assert not list(tmp_path.glob("out/*.tables.json"))


def test_a_password_opens_a_protected_file(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(protected())
    assert run("tables", path, "-o", tmp_path, "--password", PASSWORD).code == ExitCode.NO_PLAN
    wrong = run("tables", path, "-o", tmp_path, "--password", "other")
    assert wrong.code == ExitCode.UNREADABLE
    assert "the one given does not open it" in wrong.err
    with pytest.raises(PasswordError, match="--password"):
        actionplan.read(path)


def test_the_other_files_of_a_batch_are_written(tmp_path: Path, run: Run, sample: Path) -> None:
    bad = write_bad(tmp_path)
    shutil.copy(sample, tmp_path / "good.pdf")
    out = tmp_path / "out"
    ran = run("convert", tmp_path, "-o", out)
    assert ran.code == ExitCode.SOME_FAILED
    assert sorted(path.name for path in out.glob("*.plan.json")) == ["good.plan.json"]
    for _, problem in BAD.values():
        assert problem in ran.err
    assert "1 converted, 4 failed" in ran.err
    with (out / "check.csv").open(encoding="utf-8", newline="") as file:
        listed = [row["document"] for row in csv.DictReader(file)]
    assert listed[: len(bad)] == sorted(path.name for path in bad)


def test_only_unreadable_files_give_code_4(tmp_path: Path, run: Run) -> None:
    write_bad(tmp_path)
    assert run("convert", tmp_path, "-o", tmp_path / "out").code == ExitCode.UNREADABLE


@pytest.mark.parametrize("path", NOT_PLANS, ids=lambda path: path.stem)
def test_a_document_without_a_plan_gives_code_3(path: Path, tmp_path: Path, run: Run) -> None:
    ran = run("convert", path, "-o", tmp_path)
    assert ran.code == ExitCode.NO_PLAN
    assert ran.err.startswith(f"{path.name}: no plan found")
    assert ran.err.count("\n") == 1
    assert not list(tmp_path.glob("*.plan.json"))
    with (tmp_path / "documents.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 1
    again = run("convert", path, "-o", tmp_path)
    assert (again.code, again.err) == (ran.code, ran.err)


def test_no_table_gives_code_3(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(text_pdf("Dear colleague,", "the plan will follow."))
    ran = run("convert", path, "-o", tmp_path / "out")
    assert ran.code == ExitCode.NO_PLAN
    assert "no plan found (no table)" in ran.err


def test_a_plan_among_documents_without_one_gives_code_0(
    tmp_path: Path, run: Run, sample: Path
) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(text_pdf("Dear colleague,"))
    ran = run("convert", path, sample, "-o", tmp_path / "out")
    assert ran.code == ExitCode.OK
    assert "1 converted, 1 without a plan" in ran.err


def test_arguments_that_cannot_be_right_give_code_2(tmp_path: Path, run: Run, sample: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    columns = tmp_path / "map.toml"
    columns.write_text('[columns]\n"By" = "nothing"\n')
    for arguments, problem in (
        (["convert"], "no document is named"),
        (["convert", tmp_path / "gone.pdf"], "no such file or folder"),
        (["convert", tmp_path / "*.pdf"], "no such file or folder"),
        (["convert", tmp_path / "empty"], "holds no PDF file"),
        (["convert", sample, "-o", tmp_path / "file"], "cannot be made"),
        (["convert", sample, "-o", tmp_path, "--columns", tmp_path / "no.toml"], "cannot be read"),
        (["convert", sample, "-o", tmp_path, "--columns", columns], "is no field"),
        (["inspect", sample, "--page", 999], "name one of them"),
        (["evaluate", tmp_path / "gone", sample], "no such file or folder"),
        (["nothing"], "No such command"),
    ):
        ran = run(*arguments)
        assert ran.code == ExitCode.USAGE, arguments
        assert problem in ran.err
        assert "Traceback" not in ran.err


def test_a_defect_inside_one_document_is_told_in_one_line(
    tmp_path: Path, run: Run, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("actionplan.runs.convert", defective)
    ran = run("convert", sample, "-o", tmp_path)
    assert ran.code == ExitCode.SOME_FAILED
    assert "unexpected error (ZeroDivisionError: a line and another)" in ran.err
    assert "Traceback" not in ran.err
    assert "Traceback" in run("convert", sample, "-o", tmp_path, "--debug").err


def test_workers_come_with_the_files_that_repay_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "_cores", lambda: 4)
    monkeypatch.setattr(batch, "FILES_PER_WORKER", 8)
    assert [batch.worker_count(0, files) for files in (1, 15, 16, 1000)] == [1, 1, 2, 4]
    assert [batch.worker_count(3, files) for files in (1, 1000)] == [1, 3]


def test_a_result_that_cannot_be_written_gives_code_1(
    tmp_path: Path, run: Run, sample: Path
) -> None:
    (tmp_path / f"{sample.stem}.plan.json").mkdir()
    ran = run("convert", sample, "-o", tmp_path)
    assert ran.code == ExitCode.SOME_FAILED
    assert "cannot be written" in ran.err
    assert not list(tmp_path.rglob("*.part"))


def test_a_file_that_may_not_be_read_gives_code_4(tmp_path: Path, run: Run) -> None:
    gone = tmp_path / "gone.pdf"
    with pytest.raises(FileAccessError, match="check that it exists"):
        actionplan.read(gone)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[columns", "is not TOML"),
        ("", "has no table [columns]"),
        ("[columns]\n", "has no table [columns]"),
        ("[columns]\nBy = 3\n", "is no field"),
        ('[columns]\nBy = "lead+nobody"\n', "is no field"),
    ],
)
def test_a_wrong_column_map_says_what_is_wrong(
    text: str, problem: str, tmp_path: Path, run: Run, sample: Path
) -> None:
    path = tmp_path / "map.toml"
    path.write_text(text)
    ran = run("inspect", sample, "--columns", path)
    assert ran.code == ExitCode.USAGE
    assert problem in ran.err
    assert "docs/cli.md" in ran.err


def test_ctrl_c_outside_a_run_gives_code_130(
    run: Run, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("actionplan.api.read_tables", stopped)
    assert run("inspect", sample).code == ExitCode.INTERRUPTED


def test_a_defect_of_the_program_is_told_in_one_line(
    run: Run, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a line")

    monkeypatch.setattr("actionplan.api.read_tables", broken)
    ran = run("inspect", sample)
    assert ran.code == ExitCode.SOME_FAILED
    assert ran.err.count("\n") == 1
    with pytest.raises(ZeroDivisionError):
        run("inspect", sample, "--debug")


def test_a_document_without_a_plan_can_be_inspected(tmp_path: Path, run: Run) -> None:
    ran = run("inspect", NOT_PLANS[0], "--png", tmp_path)
    assert ran.code == ExitCode.NO_PLAN
    assert list(tmp_path.glob("*.png"))


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ([0], 0),
        ([3], 3),
        ([4], 4),
        ([1], 1),
        ([5], 5),
        ([0, 0], 0),
        ([0, 3], 0),
        ([3, 3], 3),
        ([4, 4], 4),
        ([0, 4], 1),
        ([3, 4], 1),
        ([0, 1, 3], 1),
    ],
)
def test_the_code_of_a_run(codes: list[int], expected: int) -> None:
    assert overall_code(codes) == expected


def test_every_error_has_a_code_of_the_list() -> None:
    classes = [ActionplanError]
    for each in classes:
        classes += each.__subclasses__()
    assert len(classes) > 10
    assert all(each.exit_code in set(ExitCode) for each in classes)


@pytest.mark.parametrize("jobs", [1, 2])
def test_libraries_do_not_chat_on_the_terminal(tmp_path: Path, jobs: int) -> None:
    """A page's box that is no box: one library says so for each page that it is asked about."""
    sound = (ROOT / "samples" / "skelmarsh-one-page.pdf").read_bytes()
    data, count = re.subn(rb"/MediaBox \[[^\]]*\]", rb"/MediaBox [ a b ]", sound)
    assert count == 1
    for name in ("one", "two"):
        (tmp_path / f"{name}.pdf").write_bytes(data + name.encode())
    command = [sys.executable, "-m", "actionplan", "convert", str(tmp_path), "-o", "out"]
    command += ["--verify", "--jobs", str(jobs)]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    lines = ran.stderr.splitlines()
    assert lines
    assert all(line.startswith(("one.pdf", "two.pdf", "2 ")) for line in lines), ran.stderr
