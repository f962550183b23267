"""The stages keep their promises on bytes at random, and on those that once broke one."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from actionplan.extract import read_tables
from actionplan.normalise.hints import plan_hints
from fuzzing.choices import Choices
from fuzzing.drawing import broken_table, to_pdf
from fuzzing.mutate import mutated
from fuzzing.run import opened
from fuzzing.targets import TARGETS, BrokenPromise, check_audit

FINDINGS = sorted((Path(__file__).parent / "findings").glob("*/*"))
SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.mark.parametrize("finding", FINDINGS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_was_found_once_stays_mended(finding: Path) -> None:
    TARGETS[finding.parent.name](finding.read_bytes())


@pytest.mark.parametrize("target", ["grid", "joins", "interpretation"])
def test_a_stage_keeps_its_promises_on_any_bytes(target: str) -> None:
    for seed in range(60):
        random = Random(seed)
        TARGETS[target](random.randbytes(random.choice((0, 20, 200, 900))))


def test_the_reader_keeps_its_promises_on_changed_samples() -> None:
    first, second = (
        opened(SAMPLES / name, 1)
        for name in ("skelmarsh-one-page.pdf", "ostlebury-left-column.pdf")
    )
    for seed in range(40):
        TARGETS["reader"](mutated(first, seed, second))


def test_a_drawn_table_over_pages_has_rows_to_join() -> None:
    data = Random(1).randbytes(900)
    drawn = broken_table(Choices(data))
    document = read_tables(to_pdf(drawn.pages), hints=plan_hints())
    assert len(drawn.pages) > 1
    assert any(table.joins for table in document.tables)


def test_the_checks_can_fail() -> None:
    drawn = broken_table(Choices(Random(3).randbytes(900)))
    document = read_tables(to_pdf(drawn.pages))
    document.audit[0] = document.audit[0].__class__(1, 5, 4, 0, 0, 0, 0, 0, 1)
    with pytest.raises(BrokenPromise, match="1 words lost"):
        check_audit(document)


def test_the_same_bytes_give_the_same_choices() -> None:
    data = Random(1).randbytes(300)
    assert broken_table(Choices(data)) == broken_table(Choices(data))
