"""`actionplan export`: what it reads, where it writes, and what it says."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.dataset.plans import full_plan, identity, plan, write
from tests.export.made import rich_plan
from tests.export.test_files import records


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    write(tmp_path / "plans", rich_plan(), full_plan())
    return tmp_path / "plans"


@pytest.mark.parametrize(
    ("arguments", "files"),
    [
        (["--to", "csv"], ["actions.csv"]),
        (["--to", "ics"], ["actions.ics"]),
        (["--to", "excel", "--no-pictures"], ["actions.xlsx"]),
        (["--to", "jira"], ["jira.config.json", "jira.csv"]),
        (["--mapping", "smartsheet"], ["smartsheet.csv"]),
        (["--mapping", "smartsheet", "--to", "excel"], ["smartsheet.xlsx"]),
        (["--mapping", "powerbi"], ["powerbi-updates.csv", "powerbi.csv"]),
        (["--mapping", "tasks"], ["tasks.ics"]),
    ],
)
def test_each_form_has_its_files(
    run: Run, plans: Path, tmp_path: Path, arguments: list[str], files: list[str]
) -> None:
    ran = run("export", plans, "-o", tmp_path / "out", *arguments)
    assert (ran.code, ran.out) == (0, "")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == files
    target = tmp_path / "out" / next(name for name in files[::-1] if "updates" not in name)
    assert ran.err.splitlines()[-1] == f"6 rows, 4 recommendations, 2 documents, in {target}"


def test_one_plan_file_and_a_file_of_ones_own(run: Run, plans: Path, tmp_path: Path) -> None:
    target = tmp_path / "deep" / "own.CSV"
    ran = run("export", plans / "full.plan.json", "-o", target, "--to", "csv")
    assert ran.code == 0
    assert len(records(target)) == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["absent"], "no such folder"),
        (["."], "the folder holds no plan file"),
        (["plans", "-o", "own.xlsx"], "this export is a .csv file"),
    ],
)
def test_wrong_arguments_are_told(
    run: Run,
    plans: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    told: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("export", *arguments, "--to", "csv")
    assert ran.code == 2
    assert told in ran.err


def test_a_broken_plan_file_costs_itself_alone(run: Run, plans: Path, tmp_path: Path) -> None:
    (plans / "broken.plan.json").write_text("{", encoding="utf-8")
    ran = run("export", plans, "-o", tmp_path / "out", "--to", "csv")
    assert ran.code == 1
    assert "broken.plan.json: is no plan file of this version" in ran.err
    assert len(records(tmp_path / "out" / "actions.csv")) == 6
    for name in ("rich", "full"):
        (plans / f"{name}.plan.json").unlink()
    ran = run("export", plans, "-o", tmp_path / "out", "--to", "csv")
    assert ran.code == 4
    assert "none of its plan files is whole" in ran.err


def test_a_folder_that_cannot_be_made_is_told(run: Run, plans: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    ran = run("export", plans, "-o", tmp_path / "file" / "out", "--to", "csv")
    assert ran.code == 2
    assert "the folder cannot be made" in ran.err


def test_without_its_component_the_workbook_says_what_to_install(
    run: Run, plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "xlsxwriter" else found(name)
    )
    ran = run("export", plans, "-o", tmp_path / "out", "--to", "excel")
    assert ran.code == 5
    assert "pip install 'actionplan[dataset]'" in ran.err
    assert not (tmp_path / "out").exists()
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    for form in ("csv", "jira", "ics"):
        assert run("export", plans, "-o", tmp_path / "out", "--to", form).code == 0


CORRECTION = """
[[correction]]
document = "{document}"
record = "0123456789ab-1"
field = "text"
old = "{old}"
new = "Train everybody."
who = "A. Marlow"
when = 2026-11-20
why = "The page says so."
"""


def test_corrections_beside_the_plans_are_applied(run: Run, plans: Path, tmp_path: Path) -> None:
    (plans / "corrections").mkdir()
    file = plans / "corrections" / "one.toml"
    text = CORRECTION.format(document=identity("full"), old="Train all staff.")
    file.write_text(text, encoding="utf-8")
    assert run("export", plans, "-o", tmp_path, "--to", "csv").code == 0
    (row, *_) = records(tmp_path / "actions.csv")
    assert row["Recommendation"] == "Train everybody."
    assert row["Key"] == "0123456789ab-1-a1"
    file.write_text(text.replace("Train all staff.", "Something else."), encoding="utf-8")
    ran = run("export", plans, "-o", tmp_path, "--to", "csv", "-q")
    assert ran.err == "one.toml, correction 1 (text): conflict\n"
    file.write_text("correction = 3", encoding="utf-8")
    assert run("export", plans, "-o", tmp_path, "--to", "csv").code == 2


def test_plans_published_again_are_told(run: Run, tmp_path: Path) -> None:
    texts = [f"Recommendation of the review that counts as number {n}." for n in range(4)]
    write(tmp_path / "plans", plan("old", texts), plan("new", texts))
    ran = run("export", tmp_path / "plans", "-o", tmp_path, "--to", "csv")
    assert "4 rows, 4 recommendations, 1 document, 4 recommendations published again" in ran.err
    ran = run("export", tmp_path / "plans", "-o", tmp_path, "--to", "csv", "--repeated")
    assert ran.err.startswith("8 rows, 8 recommendations, 2 documents, in ")
