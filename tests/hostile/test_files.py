"""Each bad file costs itself alone: one line, its exit code, within limits of time and memory."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from actionplan import api
from actionplan.errors import DamagedFileError, PasswordError, overall_code
from tests.conftest import ROOT, SAMPLES
from tests.hostile.kinds import Bad
from tests.hostile.make import EVERY, write

ADDRESSES = 6_000_000_000
"""Bytes of addresses for the run and each of its workers: a bound behind the bounds."""
PATIENCE = 1_500
"""Seconds after which the run is taken for stuck, on however busy a machine."""
RUN = (
    "import resource, sys; from actionplan.cli import main;"
    f"resource.setrlimit(resource.RLIMIT_AS, ({ADDRESSES}, {ADDRESSES}));"
    "sys.exit(main(sys.argv[1:]))"
)
Results = dict[str, dict[str, Any]]


def convert(folder: Path, out: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Convert a folder in a process of its own."""
    command = [sys.executable, "-c", RUN, "convert", str(folder), "-o", str(out), "--jobs", "2"]
    return subprocess.run(
        [*command, *options],
        cwd=out.parent, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Results, str]]:
    """One run over all bad files for each set of options, with a sound file among them."""
    groups: dict[tuple[str, ...], list[Bad]] = defaultdict(list)
    for bad in EVERY.values():
        groups[bad.options].append(bad)
    found = {}
    for options, some in groups.items():
        base = tmp_path_factory.mktemp("hostile")
        write(base / "in", some)
        (base / "in" / "sound.pdf").write_bytes(min(SAMPLES).read_bytes())
        done = convert(base / "in", base / "out", *options)
        report = json.loads((base / "out" / "run.json").read_bytes())
        results = {one["name"]: one for one in report["documents"]}
        assert done.returncode == overall_code([one["code"] for one in results.values()])
        for bad in some:
            found[bad.name] = (base / "out", results, done.stderr)
    return found


@pytest.mark.parametrize("name", EVERY)
def test_what_comes_of_a_bad_file(name: str, ran: dict[str, tuple[Path, Results, str]]) -> None:
    bad = EVERY[name]
    out, results, _ = ran[name]
    result = results[name]
    assert result["code"] == bad.code, result
    if bad.code:
        message = result["message"]
        assert bad.sees in message
        assert message.startswith(f"{name}.pdf: ")
        assert "\n" not in message and "Traceback" not in message
        assert "unexpected error" not in message
        assert not (out / f"{name}.plan.json").exists()
        return
    plan = json.loads((out / f"{name}.plan.json").read_bytes())
    records = plan["recommendations"]
    assert f"{len(records)} recommendations" == bad.sees
    codes = [{issue["code"] for issue in record["issues"]} for record in records]
    assert all(bad.issue in own for own in codes if bad.issue)
    assert bad.issue == "incomplete" or not any("incomplete" in own for own in codes)


def test_the_sound_file_among_them_is_as_it_is_alone(
    ran: dict[str, tuple[Path, Results, str]], tmp_path: Path
) -> None:
    (tmp_path / "sound.pdf").write_bytes(min(SAMPLES).read_bytes())
    convert(tmp_path, tmp_path / "out")
    alone = (tmp_path / "out" / "sound.plan.json").read_bytes()
    for out in {str(out): out for out, *_ in ran.values()}.values():
        assert (out / "sound.plan.json").read_bytes() == alone


def test_each_failure_is_told_and_listed_once(
    ran: dict[str, tuple[Path, Results, str]],
) -> None:
    out, results, told = ran["empty"]
    failed = sorted(one["document"] for one in results.values() if one["state"] == "failed")
    with (out / "failures.csv").open(encoding="utf-8", newline="") as file:
        assert sorted(row["document"] for row in csv.DictReader(file)) == failed
    for name in failed:
        assert sum(line.startswith(f"failed: {name}: ") for line in told.splitlines()) == 1
    assert not list(out.rglob("*.part"))


def test_there_are_enough_of_each_kind() -> None:
    assert len(EVERY) > 150
    assert len({bad.group for bad in EVERY.values()}) == 7


def test_a_command_makes_the_same_files(
    ran: dict[str, tuple[Path, Results, str]], tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "tests.hostile.make", str(tmp_path / "made")]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    assert {path.stem for path in (tmp_path / "made").iterdir()} == set(EVERY)
    for path in (tmp_path / "made").iterdir():
        made = ran[path.stem][0].parent / "in" / path.name
        assert path.read_bytes() == made.read_bytes(), path.name


def test_a_locked_file_says_nothing_of_the_one_behind_it() -> None:
    """pdfium keeps the error of the file before where it sets none of its own."""
    with pytest.raises(PasswordError):
        api.read_tables(EVERY["locked"].make())
    with pytest.raises(DamagedFileError):
        api.read_tables(EVERY["objects-in-themselves"].make())


def test_of_an_endless_title_the_beginning_is_kept() -> None:
    assert api.read_tables(EVERY["title-long"].make()).title == "m" * 1000
