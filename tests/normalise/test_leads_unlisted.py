"""Leads whose given names no list holds: read by place and form."""

from __future__ import annotations

import pytest

from actionplan.normalise.lead_shape import is_place, may_begin, may_end
from actionplan.normalise.lead_tokens import word_labels
from actionplan.normalise.lead_words import words
from actionplan.normalise.leads import read_leads
from tests.normalise.lead_cells import cell
from tests.normalise.lead_cells_unlisted import CELLS, PEOPLE


@pytest.mark.parametrize(("text", "expected"), CELLS, ids=[text[:40] for text, _ in CELLS])
def test_cell(text: str, expected: list[tuple[str, str, str]]) -> None:
    leads = [span.lead for span in read_leads(cell(text)).leads]
    found = [(lead.name or "", lead.post or "", lead.organisation or "") for lead in leads]
    assert found == expected


@pytest.mark.parametrize("text", [text for text, _ in PEOPLE])
def test_cell_has_an_unlisted_name(text: str) -> None:
    leads = next(leads for printed, leads in PEOPLE if printed == text)
    names = [name.removeprefix("Dr ").split()[0] for name, _, _ in leads if name]
    assert any("first_names" not in word_labels(name) for name in names)


def test_list_is_of_common_names_and_no_words_of_posts() -> None:
    listed = words("first_names")
    assert {"susan", "mohammed", "agnieszka", "siobhan", "oluwaseun", "viv"} <= listed
    assert not listed & (words("topics") - {"faith"})
    assert not listed & {"major", "justice", "west", "ward", "page", "chase"}


@pytest.mark.parametrize("text", ["Siân", "Łukasz", "SUSAN", "Anne-Marie", "Zoë"])
def test_marks_and_letter_case_do_not_count(text: str) -> None:
    assert "first_names" in word_labels(text)


@pytest.mark.parametrize("text", ["DoN", "susan", "Thirza"])
def test_no_listed_name(text: str) -> None:
    assert "first_names" not in word_labels(text)


def test_words_of_a_name() -> None:
    assert may_begin("Thirza")
    assert may_end("Bright")
    assert not may_begin("Bright")
    assert not may_begin("Manager")
    assert not may_end("Futures")
    assert not may_begin("SARC")
    assert is_place("Kelmouth", "Eastside")
    assert not is_place("Thirza", "Penhale")
