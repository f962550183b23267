"""Whatever the tables hold, a plan comes out whole: random tables, fixed seeds."""

from __future__ import annotations

import random

import pytest

from actionplan.normalise.interpret import interpret
from actionplan.normalise.tidy import check_rows, tidy_tables
from actionplan.schemas.plan import Plan
from actionplan.schemas.tables import Join, LogicalTable, Row
from tests.normalise.tables import band, cell, document, row, table

HEADERS = (
    *("Recommendation", "Action", "Lead", "Target date", "Progress", "RAG", "No", "Agency"),
    *("Lead / Timescale", "Progress / RAG", "", "Update May 2014", "Theme", "Agency / Lead"),
    *("Date of completion and outcome", "Key milestones achieved", "Action Required by Agency"),
)
TEXTS = (
    *("", "1", "R1", "-", "?", "•", "N/A", "Green", "Ongoing", "May 2014", "31/02/2014"),
    *("Recommendation 1\nThe Board should act", "1. Train staff\n2. Audit files", "Theme 2"),
    *("Ann Marlow\nHead of Housing", "Northmoor Police", "Update Feb 2014: done"),
    *("Agency: Northmoor Police", "A long text of prose that says how the forms are kept now."),
)
HEADINGS = ("", "Action plan", "Agency: Northmoor Police", "Recommendation 2: Do it")


def random_row(rng: random.Random, width: int) -> Row:
    """Return a band or a row whose width may be off by one and whose spans may be odd."""
    if width and rng.random() < 0.15:
        return band(rng.choice(TEXTS), width)
    cells = []
    for _ in range(max(0, width + rng.choice((0, 0, 0, 0, -1, 1)))):
        covered = rng.random() < 0.1
        text = "" if covered else rng.choice(TEXTS)
        span = rng.choice((1, 1, 2, 3))
        cells.append(cell(text, rowspan=span, covered=covered, page=rng.choice((1, 2))))
    return row(*cells)


def random_table(rng: random.Random) -> LogicalTable:
    """Return a table of up to seven columns and six rows."""
    width = rng.randint(0, 7)
    rows = [random_row(rng, width) for _ in range(rng.randint(0, 6))]
    made = table([rng.choice(HEADERS) for _ in range(width)], rows, rng.choice(HEADINGS))
    made.joins = [Join(2, rng.randint(0, 8), rng.random() < 0.5, 0.0, 0.3, ())]
    return made


def random_plan(seed: int) -> Plan:
    """Interpret up to three random tables."""
    rng = random.Random(seed)
    return interpret(document(*(random_table(rng) for _ in range(rng.randint(1, 3)))))


@pytest.mark.parametrize("block", range(8))
def test_any_tables_give_a_sound_plan(block: int) -> None:
    found = 0
    for seed in range(50 * block, 50 * block + 50):
        plan = random_plan(seed)
        found += len(plan.recommendations)
        keys = [record.key for record in plan.recommendations]
        assert len(keys) == len(set(keys))
        assert {record.section for record in plan.recommendations} <= {s.id for s in plan.sections}
        for record in plan.recommendations:
            assert record.cells
            assert len(record.text.split()) <= sum(len(c.split()) for r in record.cells for c in r)
        assert Plan.model_validate_json(plan.model_dump_json()) == plan
        tidy_tables([plan])
        check_rows([plan])
    assert found > 20
