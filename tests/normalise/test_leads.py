"""Leads: the hand-made table of cells, merging, and telling leads from other text."""

from __future__ import annotations

import pytest

from actionplan.normalise.leads import read_leads
from actionplan.schemas.tables import join_lines
from tests.normalise.lead_cells import LEADS, Triple, cell


@pytest.mark.parametrize(("text", "leads", "misplaced"), LEADS)
def test_cell(text: str, leads: list[Triple], misplaced: str) -> None:
    reading = read_leads(cell(text))
    found = [(s.lead.name, s.lead.post, s.lead.organisation) for s in reading.leads]
    assert found == leads
    assert join_lines(reading.misplaced) == misplaced
