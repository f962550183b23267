"""Leads: the hand-made table of cells, merging, and telling leads from other text."""

from __future__ import annotations

from dataclasses import replace
from textwrap import wrap
from typing import Any

import pytest

from actionplan.normalise.lead_blocks import spaced_before
from actionplan.normalise.leads import looks_like_lead, merge_leads, read_leads, same_lead
from actionplan.schemas.plan import Lead
from actionplan.schemas.tables import join_lines
from tests.normalise.lead_cells import cell, spaced, table
from tests.normalise.lead_cells_wrapped import ANY_WIDTH, Cell
from tests.normalise.lead_cells_wrapped import CELLS as WRAPPED

CELLS = [*table("leads")["first"], *table("leads")["second"]]


@pytest.mark.parametrize("entry", CELLS, ids=[entry["text"][:40] for entry in CELLS])
def test_cell(entry: dict[str, Any]) -> None:
    reading = read_leads(cell(entry["text"]))
    leads = [span.lead for span in reading.leads]
    found = [[lead.name or "", lead.post or "", lead.organisation or ""] for lead in leads]
    assert found == entry["leads"]
    assert join_lines(reading.misplaced) == entry.get("misplaced", "")


RIGHT = [pytest.param(*entry, id=entry[0][:40]) for entry in WRAPPED]


@pytest.mark.parametrize(("text", "expected"), RIGHT)
def test_wrapped_cell(text: str, expected: list[tuple[str, str, str]]) -> None:
    leads = [span.lead for span in read_leads(cell(text)).leads]
    found = [(lead.name or "", lead.post or "", lead.organisation or "") for lead in leads]
    assert found == expected


@pytest.mark.parametrize("width", range(8, 26))
@pytest.mark.parametrize("entry", ANY_WIDTH, ids=[entry[0][:40] for entry in ANY_WIDTH])
def test_reading_is_the_same_at_any_width(entry: Cell, width: int) -> None:
    text, expected = entry
    lines = wrap(text, width, break_long_words=False, break_on_hyphens=False)
    leads = [span.lead for span in read_leads(cell("\n".join(lines))).leads]
    assert [(x.name or "", x.post or "", x.organisation or "") for x in leads] == expected


def test_lines_belong_to_their_lead() -> None:
    lines = cell("Helen Tarrant\nDesignated Nurse\n\nMartin Oakes")
    first, second = read_leads(lines).leads
    assert first.lines == tuple(lines[:2])
    assert second.lines == (lines[2],)
    assert first.lead.text == "Helen Tarrant Designated Nurse"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Deputy\nManager,\nFamily\n|Lead\nMidwife",
            [(None, "Deputy Manager, Family", None), (None, "Lead Midwife", None)],
        ),
        (
            "Head of\nSafeguarding\n|Commissioning\nManager",
            [(None, "Head of Safeguarding", None), (None, "Commissioning Manager", None)],
        ),
        ("Joyce\nTemple\n|Team\nManager", [("Joyce Temple", "Team Manager", None)]),
    ],
)
def test_extra_leading_ends_a_title(text: str, expected: list[tuple[str | None, ...]]) -> None:
    found = [
        (span.lead.name, span.lead.post, span.lead.organisation)
        for span in read_leads(spaced(text)).leads
    ]
    assert found == expected


def test_uneven_lines_are_no_leading() -> None:
    lines = spaced("Head of\n|Safeguarding\nand\n|Quality", extra=0.8)
    assert [span.lead.post for span in read_leads(lines).leads] == [
        "Head of Safeguarding and Quality"
    ]
    assert spaced_before(lines) == [False] * 4


def test_a_step_shorter_by_chance_is_no_pitch() -> None:
    lines = cell("Contracts\n&\nProcurement\nOfficer")
    for at, down in ((1, 1.6), (2, 3.4), (3, 6.7)):
        x0, y0, x1, y1 = lines[at].bbox
        lines[at] = replace(lines[at], bbox=(x0, y0 + down, x1, y1 + down))
    lines.append(
        replace(lines[3], text="Adults", bbox=(x0, y0 + down + 12.2, x1, y1 + down + 12.2))
    )
    assert spaced_before(lines) == [False] * 5


def test_raised_letters_are_no_leading() -> None:
    lines = cell("Chief\nOfficer\nfor\nAdults")
    x0, y0, x1, y1 = lines[2].bbox
    lines[2] = replace(lines[2], bbox=(x0, y0 - 3.0, x1, y1))
    assert spaced_before(lines) == [False] * 4


def test_boxes_of_letters_are_no_leading() -> None:
    lines = cell("Community\nSafety\nManager")
    x0, y0, x1, y1 = lines[2].bbox
    lines[2] = replace(lines[2], bbox=(x0, y0, x1, y1 - 2.5))
    assert spaced_before(lines) == [False] * 3


def test_page_break_is_no_blank_line() -> None:
    lines = cell("Eastmarsh Home Group /") + cell("Strategic Coordinator", page=2, top=90.0)
    found = [(s.lead.post, s.lead.organisation) for s in read_leads(lines).leads]
    assert found == [(None, "Eastmarsh Home Group"), ("Strategic Coordinator", None)]


def test_word_cut_at_a_line_end_is_rejoined() -> None:
    lines = cell("Domestic Abuse Co-\nordinator")
    lines[0] = replace(lines[0], glue="keep")
    (span,) = read_leads(lines).leads
    assert span.lead.post == "Domestic Abuse Co-ordinator"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("TBC", "lead-open"),
        ("To be confirmed", "lead-open"),
        ("Redacted", "lead-redacted"),
        ("Designated Nurse (vacant)", "lead-vacant"),
        ("Quill Yarrow", "lead-doubtful"),
    ],
)
def test_issue(text: str, code: str) -> None:
    reading = read_leads(cell(text))
    assert [issue.code for issue in reading.issues] == [code]


def test_doubt_lowers_confidence() -> None:
    assert read_leads(cell("Helen Tarrant")).confidence == 1.0
    assert read_leads(cell("Quill Yarrow")).confidence < 1.0
    assert read_leads([]).leads == ()


@pytest.mark.parametrize(
    "text",
    [
        "Helen Tarrant",
        "Det Supt Head of PPU",
        "Helen Tarrant Designated Nurse",
        "Head of Housing",
        "Thirza Penhale Designated Nurse",
    ],
)
def test_looks_like_lead(text: str) -> None:
    assert looks_like_lead(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "TBC",
        "July 2014",
        "West Harrow Police",
        "Ongoing",
        "Review the policy",
        "All staff were briefed and the policy is now in use.",
        "Training for all front line staff",
        "Green",
        "Quill Yarrow",
    ],
)
def test_does_not_look_like_lead(text: str) -> None:
    assert not looks_like_lead(text)


def _lead(name: str | None, post: str | None = None) -> Lead:
    return Lead(name=name, post=post, organisation=None, text="")


def test_merge_keeps_order_and_the_fuller_printing() -> None:
    nurse = _lead("Helen Tarrant", "Designated Nurse")
    short = _lead("Martin Oakes", "Named GP")
    full = _lead("Martin Oakes", "Named GP Safeguarding")
    assert merge_leads([short, nurse, full, nurse]) == [full, nurse]


def test_same_lead() -> None:
    assert same_lead(_lead("Helen Tarrant", "Nurse"), _lead("HELEN TARRANT"))
    assert not same_lead(_lead("Helen Tarrant", "Nurse"), _lead("Helen Tarrant", "Chair"))
    assert not same_lead(_lead(None, "Nurse"), _lead(None, "Nurse Manager"))


def test_surname_first() -> None:
    found = [span.lead.name for span in read_leads(cell("Tarrant, Helen")).leads]
    assert found == ["Tarrant, Helen"]
