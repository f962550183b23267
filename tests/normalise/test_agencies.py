"""Agencies: cells, phrases and headings of the hand-made tables, and what a document defines."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

import pytest

from actionplan.normalise.agencies import (
    AgencyContext,
    heading_agency,
    is_agency,
    make_agency,
    read_agencies,
)
from actionplan.schemas.tables import join_lines
from tests.normalise.lead_cells import cell, spaced, table

NOTHING = AgencyContext.build([])


TABLE = table("agencies")
LISTS = table("agency_lists")["cell"]


@pytest.mark.parametrize("entry", TABLE["cell"], ids=[e["text"][:40] for e in TABLE["cell"]])
def test_cell(entry: dict[str, Any]) -> None:
    reading = read_agencies(cell(entry["text"]), NOTHING)
    assert [span.agency.name for span in reading.agencies] == entry["names"]
    assert join_lines(reading.rest) == entry.get("rest", "")


@pytest.mark.parametrize("entry", LISTS, ids=[entry["text"][:40] for entry in LISTS])
def test_list(entry: dict[str, Any]) -> None:
    reading = read_agencies(cell(entry["text"]), NOTHING)
    assert [span.agency.name for span in reading.agencies] == entry["names"]
    assert join_lines(reading.rest) == entry.get("rest", "")


@pytest.mark.parametrize("width", range(8, 26))
@pytest.mark.parametrize(
    "text",
    [
        "Kelmouth County Council Public Health",
        "NHS Kelmouth and the Dales Integrated Care Board",
        "Kelmouth Partnership NHS Trust",
        "Kelmouth University Hospitals NHS Trust",
        "Kelmouth Borough Council Adult Social Care",
        "Tarnwick Constabulary",
        "HM Prison and Probation Service",
    ],
)
def test_one_body_at_any_width(text: str, width: int) -> None:
    lines = wrap(text, width, break_long_words=False, break_on_hyphens=False)
    reading = read_agencies(cell("\n".join(lines)), NOTHING)
    assert [span.agency.name for span in reading.agencies] == [text]


@pytest.mark.parametrize("text", TABLE["phrases"]["bodies"])
def test_body(text: str) -> None:
    assert is_agency(text, NOTHING)


@pytest.mark.parametrize("text", TABLE["phrases"]["no_bodies"])
def test_no_body(text: str) -> None:
    assert not is_agency(text, NOTHING)


@pytest.mark.parametrize(("text", "name"), list(TABLE["headings"].items()))
def test_heading(text: str, name: str) -> None:
    assert (heading_agency(text, NOTHING) or "") == name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Pathways\nNorth\n|Heron\nFolk",
            ["Pathways North", "Heron Folk"],
        ),
        (
            "Kelmouth\nCouncil Early\nHelp\n|Tarnwick\nWomen's Aid",
            ["Kelmouth Council Early Help", "Tarnwick Women's Aid"],
        ),
        ("Kelmouth\nPolice\n|Adult\nSocial Care", ["Kelmouth Police", "Adult Social Care"]),
    ],
)
def test_extra_leading_parts_names(text: str, names: list[str]) -> None:
    reading = read_agencies(spaced(text), NOTHING)
    assert [span.agency.name for span in reading.agencies] == names


def test_ambiguous_short_form_stays_open() -> None:
    reading = read_agencies(cell("WMP"), NOTHING)
    (agency,) = (span.agency for span in reading.agencies)
    assert (agency.name, agency.canonical, agency.id) == ("WMP", None, None)
    assert [issue.code for issue in reading.issues] == ["agency-ambiguous"]


def test_document_settles_a_short_form() -> None:
    named = AgencyContext.build(["Officers of West Midlands Police were briefed."])
    assert make_agency("WMP", named).id == "police:west-midlands"
    defined = AgencyContext.build(["Wexcombe Mediation Panel (WMP) met once."])
    assert make_agency("WMP", defined).canonical == "Wexcombe Mediation Panel"


def test_definition_wins_over_gazetteer() -> None:
    context = AgencyContext.build(["the Crossfield Recovery Initiative (CRI) of Thornby"])
    assert make_agency("CRI", context).canonical == "Crossfield Recovery Initiative"
    assert make_agency("CRI", NOTHING).id == "charity:cri"


def test_mistyped_name_gets_the_usual_form() -> None:
    usual = "South Harrowmere Community Safety Partnership"
    context = AgencyContext.build([f"{usual} met.", f"The {usual} agreed."])
    assert make_agency("South Harrowmere Safety Community Partnership", context).canonical == usual
    other = make_agency("North Harrowmere Community Safety Partnership", context)
    assert other.canonical is None


def test_names_keep_their_printed_form() -> None:
    (span,) = read_agencies(cell("North Yorkshire police"), NOTHING).agencies
    assert span.agency.name == "North Yorkshire police"
    assert span.agency.canonical == "North Yorkshire Police"


KINDS = [
    # name, type, identity
    ("S. Wales Police", "police", "police:south-wales"),
    ("W. Midlands Police", "police", "police:west-midlands"),
    ("N. Yorks Police", "police", "police:north-yorkshire"),
    ("E Sussex County Council", "council", "council:east-sussex-county"),
    ("Leeds City Council – Finance", "council_department", "council:leeds"),
    ("Leeds City Council - Legal", "council_department", "council:leeds"),
    ("Safer Harrowmere", "partnership", None),
    ("Stronger Kelmouth", "partnership", None),
    ("Safer Neighbourhood Team", "police", None),
    ("Kelmouth Carers Trust", "charity", None),
    ("Tarnwick Families Trust", "charity", None),
    ("Kelmouth Hospitals Trust", "nhs_trust", None),
    ("Tai Glan Tarnwick (RSL)", "housing", None),
    ("Willow Voices (MARAC)", "partnership", None),
]


@pytest.mark.parametrize(("name", "kind", "identity"), KINDS, ids=[one[0] for one in KINDS])
def test_kinds_of_names(name: str, kind: str, identity: str | None) -> None:
    (span,) = read_agencies(cell(name), NOTHING).agencies
    assert (span.agency.name, span.agency.type) == (name, kind)
    if identity:
        assert span.agency.id == identity


SPLIT = [
    ("Probation, Housing and Safer\nKelmouth", ["Probation", "Housing", "Safer Kelmouth"], ""),
    ("Named GP, Tarnwick Surgery", ["Tarnwick Surgery"], "Named GP"),
    ("Designated GP / Kelmouth CCG", ["Kelmouth CCG"], "Designated GP"),
    ("Kelmouth Hos-\npital NHS Trust", ["Kelmouth Hospital NHS Trust"], ""),
    ("Multi-\nagency Safeguarding Hub", ["Multi-agency Safeguarding Hub"], ""),
]


@pytest.mark.parametrize(("text", "names", "rest"), SPLIT, ids=[one[0] for one in SPLIT])
def test_lists_with_posts_and_cut_words(text: str, names: list[str], rest: str) -> None:
    reading = read_agencies(cell(text), NOTHING)
    assert [span.agency.name for span in reading.agencies] == names
    assert join_lines(reading.rest) == rest


def test_a_short_form_stands_for_the_whole_name_before_it() -> None:
    context = AgencyContext.build(['Conwy County Borough Council ("CC") was the landlord.'])
    assert make_agency("CC", context).id == "council:conwy"
