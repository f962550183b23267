"""Sections, and which tables are plans."""

from __future__ import annotations

import pytest

from actionplan.normalise.agencies import AgencyContext
from actionplan.normalise.columns import map_headers
from actionplan.normalise.recognise import plan_score
from actionplan.normalise.sections import PlanTable, SectionDraft, build_sections
from actionplan.normalise.settings import NormaliseSettings
from actionplan.schemas.tables import LogicalTable
from tests.normalise.tables import band, table

HEADERS = ("Recommendation", "Lead", "Target date", "Progress")
CONTEXT = AgencyContext.build([])


def sections(*tables: LogicalTable) -> list[SectionDraft]:
    """Return the sections of plan tables."""
    made = [PlanTable(one, tuple(map_headers(one)), index) for index, one in enumerate(tables)]
    return build_sections(made, CONTEXT)


def plan(*texts: str, heading: str = "", headers: tuple[str, ...] = HEADERS) -> LogicalTable:
    """Return a plan table with one row for each text."""
    return table(headers, [[text, "", "", ""][: len(headers)] for text in texts], heading)


@pytest.mark.parametrize(
    ("heading", "kind", "agency"),
    [
        ("Overview Report Recommendations", "overview", None),
        ("Harrowmere Community Safety Partnership\nACTION PLAN", "overview", None),
        ("Agency: Harrowmere Constabulary", "agency", "Harrowmere Constabulary"),
        ("Individual Management Review\nAgency:  Linden Trust", "agency", "Linden Trust"),
        ("Individual Management Review Recommendations", "agency", None),
        ("Harrowmere Police IMR recommendations", "agency", "Harrowmere Police"),
        ("Harrowmere Council\nOverview Report Recommendations", "overview", None),
    ],
)
def test_heading_tells_kind_and_agency(heading: str, kind: str, agency: str | None) -> None:
    (section,) = sections(plan("Act", heading=heading))
    assert (section.kind, section.agency) == (kind, agency)
    assert section.heading_text == " ".join(heading.split("\n"))


def test_each_heading_begins_a_section() -> None:
    found = sections(
        plan("Recommendation 1 Act", heading="Overview recommendations"),
        plan("Recommendation 1 Act", heading="Agency: Harrowmere Police"),
        plan("Recommendation 1 Act", heading="Agency: Linden Trust"),
    )
    assert [section.agency for section in found] == [None, "Harrowmere Police", "Linden Trust"]


def test_table_without_heading_goes_on_with_the_section() -> None:
    found = sections(
        plan("Recommendation 1 Act", heading="Agency: Harrowmere Police"),
        plan("Recommendation 2 Act"),
        plan("Recommendation 3 Act", heading="Agency: Harrowmere Police (continued)"),
    )
    assert [len(section.rows) for section in found] == [3]
    assert [one.index for one in found[0].tables] == [0, 1, 2]


def test_numbers_that_begin_again_begin_a_section() -> None:
    found = sections(
        plan("Recommendation 1 Act", "Recommendation 2 Act", heading="Overview"),
        plan("Recommendation 1 Act"),
    )
    assert [len(section.rows) for section in found] == [2, 1]
    assert found[1].agency is None


def test_other_columns_begin_a_section() -> None:
    other = plan("Act", headers=("Recommendation", "Agency", "Target date", "Progress"))
    assert len(sections(plan("Act", heading="Overview"), other)) == 2


def test_band_with_an_agency_begins_a_section_and_a_theme_does_not() -> None:
    made = table(
        HEADERS,
        [
            ["Recommendation 1 Act", "", "", ""],
            band("Theme 2: Recording", 4),
            ["Recommendation 2 Act", "", "", ""],
            band("Agency: Harrowmere Police", 4),
            ["Recommendation 1 Act", "", "", ""],
        ],
        "Overview recommendations",
    )
    first, second = sections(made)
    assert [ref.row.kind for ref in first.rows] == ["body", "band", "body"]
    assert (second.kind, second.agency, len(second.rows)) == ("agency", "Harrowmere Police", 1)


def test_band_above_all_rows_joins_the_heading() -> None:
    rows = [band("Overview Report Recommendations", 4), ["Recommendation 1 Act", "", "", ""]]
    (section,) = sections(table(HEADERS, rows, "Action plan"))
    assert section.heading_text == "Action plan Overview Report Recommendations"
    assert section.kind == "overview"


def test_repeated_header_rows_are_no_rows() -> None:
    (section,) = sections(table(HEADERS, [["Act", "", "", ""], list(HEADERS), ["Go", "", "", ""]]))
    assert [ref.index for ref in section.rows] == [0, 2]


OTHER_TABLES = [
    ("", ("Monday", "Tuesday", "Wednesday"), ["A. Marlow", "B. Tye", "C. Roe"]),
    ("Menu", ("Starter", "Main", "Dessert"), ["Soup", "Pie", "Plums"]),
    ("Contents", ("Section", "Page"), ["Introduction", "3"]),
    ("Chronology", ("Date", "Event", "Source"), ["3 May 2014", "Moved house", "Records"]),
    (
        "Corporate risk register",
        ("Risk title", "Likelihood", "Mitigating actions", "Risk owner", "Target date"),
        ["Flooding of the store", "3", "Move the boxes upstairs", "Head of Estates", "May 2014"],
    ),
    (
        "Equality impact assessment",
        ("Protected characteristic", "Impact", "Action", "Owner"),
        ["Age", "None", "None needed", "Head of Housing"],
    ),
    ("Budget", ("Item", "Budget", "Total"), ["Paper", "10", "12"]),
    ("", ("Question", "Answer"), ["What is the aim of the project?", "To learn."]),
    ("Minutes", ("Item", "Action", "Owner"), ["3", "Circulate the papers", "Clerk"]),
    ("Recommendations", ("Number", "Recommendation"), ["1", "The Board should act"]),
    ("Overview report", ("Chapter", "Recommendation", "Page"), ["1", "Introduction", "3"]),
]


@pytest.mark.parametrize(("heading", "headers", "cells"), OTHER_TABLES)
def test_other_tables_are_no_plan(heading: str, headers: tuple[str, ...], cells: list[str]) -> None:
    made = table(headers, [cells], heading)
    score = plan_score(made, map_headers(made))
    assert not score.is_plan(NormaliseSettings()), score


PLANS = [
    ("", ("Recommendation", "Lead", "Target date")),
    ("", ("Recommendation", "Lead Agency", "Progress")),
    ("Action plan", ("Action", "By whom", "By when")),
    ("", ("Action", "Lead", "Timescale", "Progress")),
    ("", ("Learning point", "Action", "Owner", "Deadline", "RAG")),
]


@pytest.mark.parametrize(("heading", "headers"), PLANS)
def test_plans_are_plans(heading: str, headers: tuple[str, ...]) -> None:
    made = table(headers, [["The Board should act"] * len(headers)], heading)
    score = plan_score(made, map_headers(made))
    assert score.is_plan(NormaliseSettings()), score
    assert sum(points for _, points in score.reasons) == score.total


def test_a_table_without_rows_is_no_plan() -> None:
    made = table(("Recommendation", "Lead", "Target date"), [], "Action plan")
    assert not plan_score(made, map_headers(made)).is_plan(NormaliseSettings())


def test_labels_stand_for_a_header() -> None:
    made = table(("", "Lead", "By when"), [["Recommendation No 1 Act", "", ""]])
    assert plan_score(made, map_headers(made)).reasons[0] == ("recommendation", 2.0)
