"""The made-up plans of the benchmark, and its table."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import dataset
import pytest
from made_plans import made_plan, write_plans

from actionplan.normalise.dataset.tables import plan_rows
from actionplan.schemas.plan import Plan


def test_made_plans_are_plans_and_always_the_same(tmp_path: Path) -> None:
    made = made_plan(Random(3), "x", 4)
    assert made == made_plan(Random(3), "x", 4)
    plan = Plan.model_validate(made)
    rows = plan_rows(plan)
    assert len(rows["recommendations"]) == 4
    assert all(rows[name] for name in ("actions", "leads", "agencies", "updates", "provenance"))
    write_plans(tmp_path, 25, each=10)
    counts = [
        len(json.loads(path.read_bytes())["recommendations"]) for path in sorted(tmp_path.iterdir())
    ]
    assert counts == [10, 10, 5]


def test_the_table_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["dataset.py", "--recommendations", "40"])
    dataset.main()
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("40 recommendations in 2 plan files")
    assert [line.split(" | ")[0] for line in lines[4:]] == [
        "| first",
        "| nothing new",
        "| one file more",
        "| links alone (0 found)",
    ]
