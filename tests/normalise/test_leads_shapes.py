"""Leads by the way that they are written, read by rules alone."""

from __future__ import annotations

import re
from typing import Any

import pytest

from actionplan.normalise import nlp
from actionplan.normalise.leads import read_leads
from actionplan.schemas.tables import join_lines
from tests.normalise.lead_cells import cell, table


@pytest.fixture(autouse=True)
def _rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nlp, "read", nlp.read_by_rules)


def _bare(text: str | None) -> str:
    return " ".join(re.findall(r"[\w'’&]+", (text or "").casefold()))


def _param(shape: str, entry: dict[str, Any]) -> object:
    reason = entry.get("wrong")
    marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
    return pytest.param(entry, id=f"{shape}: {entry['text'][:40]}", marks=marks)


CELLS = [
    _param(shape, entry) for shape, entries in table("lead_shapes").items() for entry in entries
]


@pytest.mark.parametrize("entry", CELLS)
def test_cell(entry: dict[str, Any]) -> None:
    reading = read_leads(cell(entry["text"]))
    leads = [span.lead for span in reading.leads]
    found = [[_bare(x.name), _bare(x.post), _bare(x.organisation)] for x in leads]
    assert found == [[_bare(field) for field in lead] for lead in entry["leads"]]
    if "misplaced" in entry:
        assert _bare(join_lines(reading.misplaced)) == _bare(entry["misplaced"])
