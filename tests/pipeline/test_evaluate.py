"""The `evaluate` command: pairs, figures, and the exit code."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT, SAMPLES, Run

TRUTH = ROOT / "samples"


def test_a_plan_against_itself_is_right(converted: Path, run: Run) -> None:
    ran = run("evaluate", converted, converted)
    assert ran.code == 0
    assert f"overall F1 1.0000 over {len(SAMPLES)} documents" in ran.out


def test_folders_are_paired_by_name(converted: Path, run: Run) -> None:
    value = json.loads(run("evaluate", TRUTH, converted, "--json").out)
    assert sorted(value["documents"]) == [path.stem for path in SAMPLES]
    assert 0.5 < value["overall"] <= 1
    assert set(value["fields"]["target_edtf"]) == {"right", "predicted", "true", "f1"}


def test_a_missing_plan_misses_all_its_records(tmp_path: Path, sample: Path, run: Run) -> None:
    truth = TRUTH / f"{sample.stem}.truth.json"
    ran = run("evaluate", truth, tmp_path, "--fail-under", 0.5)
    assert ran.code == 1
    assert "overall F1 0.0000" in ran.out
    assert "missed" in ran.out


def test_fail_under_is_met(converted: Path, run: Run) -> None:
    assert run("evaluate", converted, converted, "--fail-under", 1).code == 0


def test_two_files_are_a_pair_whatever_their_names(
    converted: Path, tmp_path: Path, sample: Path, run: Run
) -> None:
    plan, gold = converted / f"{sample.stem}.plan.json", tmp_path / "gold.json"
    shutil.copy(plan, gold)
    assert "overall F1 1.0000 over 1 document\n" in run("evaluate", gold, plan).out


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"tables": []}'])
def test_a_file_that_is_no_truth_is_refused(
    content: str, converted: Path, tmp_path: Path, sample: Path, run: Run
) -> None:
    gold = tmp_path / "gold.json"
    gold.write_text(content)
    ran = run("evaluate", gold, converted / f"{sample.stem}.plan.json")
    assert ran.code == 2
    assert "check" in ran.err


def test_a_folder_without_truth_or_plans_is_refused(
    tmp_path: Path, converted: Path, run: Run
) -> None:
    assert run("evaluate", tmp_path, converted).code == 2
    assert run("evaluate", converted, converted / "documents.csv").code == 2
