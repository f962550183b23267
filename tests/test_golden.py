"""Each sample gives the records that its truth file states.

A case is a PDF with a truth file beside it; adding one needs no code. What is known to be wrong is
in ``samples/known_wrong.toml``: ``["NAME"]`` with ``reason``, and ``floor``, the overall F1 that
the sample has to reach all the same; ``found = false`` says that no plan is found in it. Once such
a sample is right, its entry has to go.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest
from _pytest.mark.structures import ParameterSet

from actionplan.normalise.scoring import FIELDS, HARD_FIELDS, score_plan
from tests.conftest import ROOT, SAMPLES

TRUTHS = sorted((ROOT / "samples").glob("*.truth.json"))
NAMES = [path.name.removesuffix(".truth.json") for path in TRUTHS]
KNOWN: dict[str, dict[str, Any]] = tomllib.loads(
    (ROOT / "samples" / "known_wrong.toml").read_text(encoding="utf-8")
)
NOT_FOUND = {name for name, entry in KNOWN.items() if not entry.get("found", True)}


def cases(wrong: Collection[str]) -> list[ParameterSet]:
    """One case a sample; those in `wrong` have to fail."""
    return [
        pytest.param(
            name, marks=pytest.mark.xfail(reason=KNOWN[name]["reason"]) if name in wrong else ()
        )
        for name in NAMES
    ]


def plan_of(name: str, converted: Path) -> dict[str, Any]:
    """The plan of a sample; one without records where none was found."""
    path = converted / f"{name}.plan.json"
    if not path.exists() and name in KNOWN:
        return {"sections": [], "recommendations": []}
    plan: dict[str, Any] = json.loads(path.read_bytes())
    return plan


def wrong_fields(name: str, converted: Path, fields: tuple[str, ...]) -> tuple[float, list[str]]:
    """The overall F1 of a sample and its wrong fields, each as ``field of record N``."""
    plan = plan_of(name, converted)
    truth = json.loads((ROOT / "samples" / f"{name}.truth.json").read_bytes())
    score = score_plan(plan, truth)
    wrong = [f"{field} of record {at + 1}" for at, field in score.wrong if field in fields]
    return score.overall, wrong + [
        f"{field}: {score.counts[field]}" for field in fields if score.f1(field) < 1
    ]


@pytest.mark.parametrize("name", cases(KNOWN))
def test_a_sample_gives_the_records_of_its_truth(name: str, converted: Path) -> None:
    _, wrong = wrong_fields(name, converted, HARD_FIELDS)
    assert not wrong


def test_samples_known_to_be_wrong_keep_their_floor(converted: Path) -> None:
    for name, entry in KNOWN.items():
        if name in NOT_FOUND:
            continue
        overall, wrong = wrong_fields(name, converted, FIELDS)
        assert overall >= entry["floor"], (name, wrong)


def test_each_sample_has_a_truth_and_no_entry_is_without_sample() -> None:
    assert [path.stem for path in SAMPLES] == NAMES
    assert set(KNOWN) <= set(NAMES)
    assert len(NAMES) >= 10


@pytest.mark.parametrize("name", cases(NOT_FOUND))
def test_the_audit_of_a_plan_adds_up(name: str, converted: Path) -> None:
    """Each word of the plan's pages is counted in one place; what is unassigned is listed."""
    plan = json.loads((converted / f"{name}.plan.json").read_bytes())
    audit = plan["audit"]
    places = ("in_cells", "in_headings", "in_headers", "in_furniture", "unassigned")
    assert sum(audit[place] for place in places) == audit["words_on_plan_pages"] > 0
    assert audit["duplicated"] == 0
    listed = sum(len(item["text"].split()) for item in plan["unassigned"])
    assert listed == audit["unassigned"]
