"""Names of files lead nowhere else, and what is no plain file is not waited for."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pytest

from actionplan.naming import MAX_BYTES, safe_name
from tests.conftest import Run
from tests.hostile.places import NAMES, PLACES
from tests.hostile.raw import plan_file
from tests.hostile.steering import steering

FORMULA = tuple("=+-@\t\r\n")


def everything(folder: Path) -> set[str]:
    """All files and folders below `folder`."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


@pytest.fixture
def named(tmp_path: Path) -> list[Path]:
    """A folder with one and the same plan under all the names, and those of them it hides."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name in NAMES:
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_bytes(plan_file())
    return [folder, *folder.glob(".*")]


def test_results_stay_in_their_folder_whatever_the_files_are_called(
    named: list[Path], tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    before = everything(tmp_path)
    ran = run("convert", *named, "-o", "out", "--jobs", 2)
    assert ran.code == 0, ran.err
    assert not steering(ran.err)
    new = everything(tmp_path) - before
    assert all(path == "work/out" or path.startswith("work/out/") for path in new)
    plans = [path for path in new if path.endswith(".plan.json")]
    assert len(plans) == len(NAMES)
    for path in plans:
        name = Path(path).name.removesuffix(".plan.json")
        assert Path(path).parent == Path("work/out")
        assert safe_name(name) == name
        assert len(name.encode()) <= MAX_BYTES + 4  # "-2" of those that would be one
    again = run("convert", *named, "-o", "out", "--jobs", 2)
    assert f"{len(NAMES)} unchanged" in again.err
    assert everything(tmp_path) - before == new


def test_tables_over_all_hold_no_formula_whatever_the_files_are_called(
    named: list[Path], tmp_path: Path, run: Run
) -> None:
    out = tmp_path / "out"
    assert run("convert", *named, "-o", out, "--jobs", 2).code == 0
    for path in out.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert not [cell for cell in cells if cell.lstrip().startswith(FORMULA)]
    report = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert len({one["name"] for one in report["documents"]}) == len(NAMES)


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize("command", ["convert", "tables", "inspect"])
def test_what_is_no_plain_file_is_told(name: str, command: str, tmp_path: Path, run: Run) -> None:
    _, make, problem = PLACES[name]
    path = tmp_path / f"{name}.pdf"
    make(path)
    ran = run(command, path, *(() if command == "inspect" else ("-o", tmp_path / "out")))
    assert ran.code == (2 if name == "folder" and command != "inspect" else 4)
    assert ran.err.count("\n") == 1
    assert problem in ran.err or (name, command) == ("folder", "inspect")


def test_what_is_no_plain_file_costs_itself_alone(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, (_, make, _) in PLACES.items():
        make(folder / f"{name}.pdf")
    (folder / "sound.pdf").write_bytes(plan_file())
    (folder / "up").symlink_to("..")
    ran = run("convert", folder, "-o", tmp_path / "out", "--jobs", 1)
    assert ran.code == 1
    assert "sound.pdf: 2 recommendations" in ran.err
    assert f"1 converted, {len(PLACES) - 1} failed" in ran.err
