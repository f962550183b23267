"""Headers to fields."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pytest

from actionplan.normalise.agencies import AgencyContext
from actionplan.normalise.column_guess import complete_roles, lift_header
from actionplan.normalise.columns import map_headers, match_header, same_widths, vocabulary
from actionplan.normalise.hints import plan_hints
from actionplan.normalise.sections import PlanTable
from actionplan.normalise.settings import NormaliseSettings
from actionplan.schemas.tables import Column
from tests.normalise.tables import band, columns, table

DOCS = Path(__file__).parents[2] / "docs" / "columns.md"
SETTINGS = NormaliseSettings()
CONTEXT = AgencyContext.build([])

HEADERS = [
    ("Recommendation", "recommendation"),
    ("RECOMMENDATION", "recommendation"),
    ("Recomendation", "recommendation"),
    ("Recommendatio n", "recommendation"),
    ("Recommendation\nWhat is the over-arching recommendation?", "recommendation"),
    ("Scope of recommendation (i.e. local or regional)", "scope"),
    ("Action Required by Agency", "action_agency"),
    ("Action to take", "action"),
    ("Action to be taken\nHow will agencies make it happen?", "action"),
    ("Action (in SMART format)", "action"),
    ("Action taken / planned", "action"),
    ("Actions taken and planned", "action"),
    ("Actions (completed or proposed)", "action"),
    ("Action taken and further action required", "action"),
    ("Action taken or to be taken", "action"),
    ("Steps planned or already taken", "action"),
    ("Actions required to be taken", "action"),
    ("RAG status of actions planned / completed", "status"),
    ("What needs to happen", "action"),
    ("Action taken", "progress"),
    ("Actions completed to date", "progress"),
    ("Lead Agency", "agency"),
    ("Implementation Lead", "lead"),
    ("Lead", "lead"),
    ("By whom?", "lead"),
    ("Recommendation owner", "lead"),
    ("Target date for\nCompletion", "target"),
    ("By When?", "target"),
    ("Timescale for action", "target"),
    ("Revised target date", "revised_target"),
    ("Key milestones achieved in enacting\nrecommendation", "milestones"),
    ("Key milestones to enact recommendation", "planned_milestones"),
    ("Success measures", "measures"),
    ("Summary of Action Taken & Date", "progress"),
    ("Key actions taken", "progress"),
    ("Progress against recommendation", "progress"),
    ("RAG", "status"),
    ("R/A/G", "status"),
    ("RAG Rating\nR A G", "status"),
    ("Recommendation status", "status"),
    ("Status of the recommendation", "status"),
    ("Progress indicator: Red Amber Green", "status"),
    ("Date of completion", "completion"),
    ("Date of completion and outcome", "completion_outcome"),
    ("Outcome", "outcome"),
    ("Agency response to recommendations", "acceptance"),
    ("No.", "number"),
    ("#", "number"),
    ("Rec No", "number"),
    ("Action No.", "action_number"),
    ("Progress / RAG status", "progress+status"),
    ("Progress\nRAG status", "progress+status"),
    ("Lead / Timescale", "lead+target"),
    ("Lead officer and target date", "lead+target"),
    ("Lead Agency / Lead Officer", "agency+lead"),
    ("Lead/Agency", "agency+lead"),
    ("Risk title", "unknown"),
    ("Current likelihood (1-5)", "unknown"),
    ("Date", "unknown"),
    ("", "unknown"),
]


@pytest.mark.parametrize(("header", "field"), HEADERS)
def test_header_names_its_field(header: str, field: str) -> None:
    assert match_header(columns(header)[0]).field == field


@pytest.mark.parametrize(
    ("header", "field", "label"),
    [
        ("Update 24/12/2018", "progress", "Update 24/12/2018"),
        ("Progress as at March 2015", "progress", "Progress as at March 2015"),
        ("Position at Q3 2017/18", "progress", "Position at Q3 2017/18"),
        ("Target date (31/03/2015)", "target", None),
    ],
)
def test_header_with_a_date_labels_its_updates(header: str, field: str, label: str | None) -> None:
    match = match_header(columns(header)[0])
    assert (match.field, match.label) == (field, label)


def test_exact_headers_are_surer_than_likely_ones() -> None:
    exact, within, alike = (
        match_header(columns(header)[0]).score
        for header in ("Target date", "Target date please", "Targert dates")
    )
    assert exact == 1.0
    assert 0 < within < exact
    assert 0 < alike < exact


def test_every_phrase_is_one_fields_only() -> None:
    source = resources.files("actionplan.normalise") / "data" / "columns.toml"
    lists = tomllib.loads(source.read_text(encoding="utf-8"))
    phrases = [p for group in lists.values() for part in group.values() for p in part]
    assert len(phrases) == len(set(phrases)) > 300


def test_number_between_recommendation_and_action_counts_the_actions() -> None:
    roles = map_headers(table(["Recommendation", "No.", "Action"], []))
    assert [role.field for role in roles] == ["recommendation", "action_number", "action"]
    roles = map_headers(table(["No.", "Recommendation", "Action"], []))
    assert roles[0].field == "number"


def test_actions_taken_and_planned_are_progress_beside_the_planned_ones() -> None:
    headers = ["Recommendation", "Action taken / planned", "Update"]
    roles = map_headers(table(headers, []))
    assert [role.field for role in roles] == ["recommendation", "action", "progress"]
    headers = ["Recommendation", "Action", "Action taken / planned"]
    roles = map_headers(table(headers, []))
    assert [role.field for role in roles] == ["recommendation", "action", "progress"]


def test_override_wins_by_header_or_by_place() -> None:
    made = table(["Recommendation", "Owner", ""], [["a", "b", "c"]])
    roles = map_headers(made, {"owner:": "agency", "3": "status"})
    assert [(role.field, role.basis) for role in roles] == [
        ("recommendation", "header"),
        ("agency", "override"),
        ("status", "override"),
    ]


def test_override_refuses_an_unknown_field() -> None:
    with pytest.raises(ValueError, match=r"no field 'colour'.*recommendation"):
        map_headers(table(["A"], []), {"A": "colour"})


def test_columns_without_header_are_told_by_their_cells() -> None:
    rows = [
        [
            "1",
            "The Board should review how it trains new staff each year.",
            "Northmoor Police",
            "Head of Housing",
            "March 2014",
            "Completed",
        ],
        [
            "2",
            "The Trust should make sure that all wards hold the new guidance.",
            "Harrowmere Council",
            "Director of Nursing",
            "Ongoing",
            "In progress",
        ],
    ]
    made = table([""] * 6, rows)
    roles = complete_roles(made, map_headers(made), CONTEXT, None, SETTINGS)
    assert [role.field for role in roles] == [
        "number",
        "recommendation",
        "agency",
        "lead",
        "target",
        "status",
    ]
    assert {role.basis for role in roles} == {"cells"}


def test_one_odd_header_among_known_ones_is_told_by_its_cells() -> None:
    rows = [["The Board should review how it trains staff.", "March 2014", "Head of Housing"]] * 2
    made = table(["What needs to change", "Date", "Lead"], rows)
    roles = complete_roles(made, map_headers(made), CONTEXT, None, SETTINGS)
    assert roles[1].field == "target"


def test_table_without_header_takes_the_columns_above_if_the_widths_agree() -> None:
    above = table(["Recommendation", "Lead"], [["Text", "Head of Housing"]])
    first = PlanTable(above, tuple(map_headers(above)), 0)
    below = table(["", ""], [["More text", "Head of Service"]])
    roles = complete_roles(below, map_headers(below), CONTEXT, first, SETTINGS)
    assert [(role.field, role.basis) for role in roles] == [
        ("recommendation", "above"),
        ("lead", "above"),
    ]
    below.columns[0].x1 = below.columns[1].x0 = 300.0
    assert not same_widths(above, below)


def test_first_row_of_headers_becomes_the_header() -> None:
    rows = [["Recommendation", "Lead", "Target date"], ["Text", "A", "May 2014"]]
    made = table(["", "", ""], rows)
    lifted = lift_header(made, SETTINGS)
    assert [column.header for column in lifted.columns] == ["Recommendation", "Lead", "Target date"]
    assert len(lifted.rows) == 1


def test_title_row_above_the_header_joins_the_heading() -> None:
    rows = [
        band("Overview Report Recommendations", 3),
        ["Recommendation", "Lead", "Target date"],
        ["Text", "A", "May 2014"],
    ]
    lifted = lift_header(table(["", "", ""], rows), SETTINGS)
    assert [line.text for line in lifted.heading] == ["Overview Report Recommendations"]
    assert lifted.columns[1].header == "Lead"
    assert len(lifted.rows) == 1


def test_first_row_of_text_stays() -> None:
    made = table(["", ""], [["The Board should act", "Lead"], ["Text", "A"]])
    assert lift_header(made, SETTINGS) is made


def test_hints_hold_the_phrases() -> None:
    assert {"target date", "lead agency"} <= set(plan_hints().header_phrases)


def test_every_field_is_documented() -> None:
    text = DOCS.read_text(encoding="utf-8")
    missing = [name for name in vocabulary().fields if f"`{name}`" not in text]
    assert missing == []


def test_a_column_headed_rec_that_holds_numbers_is_the_number() -> None:
    headers = ("Rec", "What the review recommended", "What will we do?", "Where are we now?")
    text = "The Board should send the new guidance to every practice in the district."
    made = table(headers, [["1", text, "Send it.", "Sent."], ["2", text, "Ask them.", "Asked."]])
    roles = complete_roles(made, map_headers(made), CONTEXT, None, SETTINGS)
    assert [role.field for role in roles] == ["number", "recommendation", "action", "progress"]


def _grouped(*headers: tuple[str, str]) -> list[Column]:
    """Columns below groups: (header with its group's words, the words that the column prints)."""
    return [
        replace(printed, header=header)
        for (header, _), printed in zip(
            headers, columns(*(printed for _, printed in headers)), strict=True
        )
    ]


GROUPED = [
    (
        [("Timescale Target", "Timescale\nTarget"), ("Timescale Revised", "Revised")],
        ["target", "revised_target"],
    ),
    (
        [
            ("Date Original", "Date\nOriginal"),
            ("Date Revised", "Revised"),
            ("Date Actual", "Actual"),
        ],
        ["target", "revised_target", "completion"],
    ),
    (
        [("Owner Name", "Owner\nName"), ("Owner Post", "Post"), ("Owner Tel ext", "Tel ext")],
        ["lead", "lead", "ignore"],
    ),
    (
        [
            ("Owner Agency", "Owner\nAgency"),
            ("Owner Responsible officer", "Responsible\nofficer"),
            ("Owner Email", "Email"),
        ],
        ["agency", "lead", "ignore"],
    ),
    # No group, though both headers begin alike: each prints all of its own.
    ([("Target date", "Target date"), ("Target met", "Target met")], ["target", "target"]),
]


@pytest.mark.parametrize(("headers", "fields"), GROUPED)
def test_columns_below_one_header_are_told_by_their_own_words(
    headers: list[tuple[str, str]], fields: list[str]
) -> None:
    made = table(["Recommendation"], [])
    made.columns = [*made.columns, *_grouped(*headers)]
    assert [role.field for role in map_headers(made)][1:] == fields


def test_an_agency_column_with_a_prompt_holds_no_leads_beside_a_column_of_these() -> None:
    headers = ["Recommendation", "Lead agency\nWho is accountable?", "Lead officer"]
    fields = [role.field for role in map_headers(table(headers, []))]
    assert fields == ["recommendation", "agency", "lead"]
    headers[1] = "Lead agency / officer"
    assert map_headers(table(headers, []))[1].field == "agency+lead"


@pytest.mark.parametrize(
    "header", ["Progress & evidence", "Evidence and progress", "Progress/Impact"]
)
def test_progress_with_its_evidence_is_progress(header: str) -> None:
    assert match_header(columns(header)[0]).field == "progress"


def test_short_actions_below_an_odd_header_stand_before_their_leads() -> None:
    rows = [["The Board should act on this.", "Small fund with a card", "Head of Housing"]] * 2
    made = table(["Recommendation", "Way forward", "Lead"], rows)
    roles = complete_roles(made, map_headers(made), CONTEXT, None, SETTINGS)
    assert roles[1].field == "action"
