"""Documents to plans: all stages together, on tables built by hand."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from actionplan.normalise.interpret import interpret
from actionplan.schemas.plan import Plan, Recommendation
from actionplan.schemas.tables import Evidence, Join, TableDocument
from tests.normalise.tables import band, cell, document, row, table

FIVE = (
    "Recommendation",
    "Action Required by Agency",
    "Implementation Lead",
    "Target date for Completion",
    "Summary of Action Taken & Date",
)
STATUTORY = (
    "Recommendation",
    "Scope of recommendation (i.e. local or regional)",
    "Action to take",
    "Lead Agency",
    "Key milestones achieved in enacting recommendation",
    "Target Date",
    "Date of completion and outcome",
)


def read(*rows: Any, headers: tuple[str, ...] = FIVE, heading: str = "Action plan") -> Plan:
    """Interpret a document of one table."""
    return interpret(document(table(headers, rows, heading)))


def only(plan: Plan) -> Recommendation:
    """Return the one record of a plan."""
    (record,) = plan.recommendations
    return record


def test_five_columns() -> None:
    record = only(
        read(
            [
                "Recommendation No 1\nThe Council should train its staff.",
                "Harrowmere Council",
                "Ann Marlow\nHead of Housing",
                "July 2014",
                "August 2013.\nTraining was planned.\nUpdate Feb 2014:\nTraining is under way.",
            ]
        )
    )
    assert (record.id, record.number, record.label) == ("s1-r1", "1", "Recommendation No 1")
    assert record.text == "The Council should train its staff."
    assert [agency.name for agency in record.agencies] == ["Harrowmere Council"]
    assert record.actions == []
    assert [(lead.name, lead.post) for lead in record.leads] == [("Ann Marlow", "Head of Housing")]
    assert (record.target.text, record.target.edtf) == ("July 2014", "2014-07")
    assert [(one.label, one.text) for one in record.updates] == [
        ("August 2013", "Training was planned."),
        ("Update Feb 2014", "Training is under way."),
    ]
    assert (record.status.value, record.status.basis) == ("in_progress", "text")


def test_statutory_template() -> None:
    record = only(
        read(
            [
                "1. The Trust should share its guidance.",
                "Local",
                "Send the guidance to all wards.",
                "Linden Trust",
                "Guidance sent to the wards.",
                "May 2018",
                "June 2018. The wards have it.",
            ],
            headers=STATUTORY,
        )
    )
    assert (record.number, record.scope) == ("1", "Local")
    assert [action.text for action in record.actions] == ["Send the guidance to all wards."]
    assert [agency.name for agency in record.agencies] == ["Linden Trust"]
    assert record.milestones == "Guidance sent to the wards."
    assert record.outcome == "June 2018. The wards have it."
    assert record.completion and record.completion.edtf == "2018-06"
    assert [one.text for one in record.updates] == [
        "Guidance sent to the wards.",
        "The wards have it.",
    ]


@pytest.mark.parametrize(
    ("text", "printed", "edtf"),
    [
        ("March 2019", "March 2019", "2019-03"),
        ("Completed March 2019. Calls rose by a fifth.", "March 2019", "2019-03"),
        ("04/05/2018 - all staff were told.", "04/05/2018", "2018-05-04"),
        ("All staff were told.", None, None),
        ("", None, None),
    ],
)
def test_date_of_completion(text: str, printed: str | None, edtf: str | None) -> None:
    record = only(read(["1. Act.", "", "", "", "", "", text], headers=STATUTORY))
    date = record.completion
    assert (date.text if date else None, date.edtf if date else None) == (printed, edtf)
    assert record.outcome == (text or None)


def test_prose_in_the_lead_column_becomes_the_last_update() -> None:
    prose = "Staff now ask at the first visit whether there is\na safer place to meet."
    record = only(read(["Recommendation 1 Act.", "", prose, "", "All teams were told."]))
    assert record.leads == []
    assert [one.text for one in record.updates] == [
        "All teams were told.",
        "Staff now ask at the first visit whether there is a safer place to meet.",
    ]
    assert record.updates[-1].label is None
    assert "misplaced-text" in {one.code for one in record.issues}
    assert record.confidence < 1


def test_actions_leads_and_dates_level_with_each_other() -> None:
    actions = "1. Train all staff in the\n   new form.\n\n2. Audit the files.\n\n3. Report."
    leads = "Ann Marlow\n\n\nBen Tye\n\nCleo Roe"
    dates = "March 2013\n\n\nApril 2013\n\nMay 2013"
    record = only(read(["Recommendation 1 Act.", actions, leads, dates, ""]))
    assert [action.number for action in record.actions] == ["1", "2", "3"]
    assert [[lead.name for lead in action.leads] for action in record.actions] == [
        ["Ann Marlow"],
        ["Ben Tye"],
        ["Cleo Roe"],
    ]
    assert [action.target.edtf for action in record.actions if action.target] == [
        "2013-03",
        "2013-04",
        "2013-05",
    ]
    assert [lead.name for lead in record.leads] == ["Ann Marlow", "Ben Tye", "Cleo Roe"]
    assert record.target.text == "March 2013 April 2013 May 2013"
    assert (record.target.kind, record.target.edtf) == ("date", None)


def test_rows_under_one_recommendation() -> None:
    headers = ("Recommendation", "Action", "Lead", "Target date", "Progress", "RAG")
    plan = read(
        ["1. Act.", "Train all staff.", "Ann Marlow", "March 2013", "Done.", "Green"],
        ["", "Audit the files.", "Ben Tye", "April 2013", "Not yet begun.", "Red"],
        headers=headers,
    )
    record = only(plan)
    assert [action.text for action in record.actions] == ["Train all staff.", "Audit the files."]
    assert [action.leads[0].name for action in record.actions] == ["Ann Marlow", "Ben Tye"]
    assert [a.target.edtf for a in record.actions if a.target] == ["2013-03", "2013-04"]
    assert [a.status.value for a in record.actions if a.status] == ["completed", "not_started"]
    assert (record.status.value, record.status.basis) == ("in_progress", "column")
    assert [one.text for one in record.updates] == ["Done.", "Not yet begun."]
    assert len(record.cells) == 2


def test_one_action_leaves_lead_and_date_with_the_recommendation() -> None:
    headers = ("Recommendation", "Action", "Lead", "Target date")
    record = only(read(["1. Act.", "Train all staff.", "Ann Marlow", "May 2013"], headers=headers))
    assert [action.leads for action in record.actions] == [[]]
    assert record.actions[0].target is None
    assert [lead.name for lead in record.leads] == ["Ann Marlow"]


def test_section_agency_stands_in_for_a_missing_one() -> None:
    headers = ("Recommendation", "Lead", "Target date")
    plan = read(["1. Act.", "", ""], headers=headers, heading="Agency: Harrowmere police")
    assert [(one.kind, one.agency) for one in plan.sections] == [("agency", "Harrowmere police")]
    assert [agency.name for agency in only(plan).agencies] == ["Harrowmere police"]


def test_dated_header_labels_its_updates() -> None:
    headers = ("Recommendation", "Lead", "Update 24/12/2018", "Update March 2019")
    record = only(read(["1. Act.", "", "Training began.", "Training ended."], headers=headers))
    found = [(one.label, one.date.edtf if one.date else None) for one in record.updates]
    assert found == [("Update 24/12/2018", "2018-12-24"), ("Update March 2019", "2019-03")]


def test_status_column_comes_before_the_text() -> None:
    headers = ("Recommendation", "Lead", "Progress", "Status")
    record = only(read(["1. Act.", "", "All work is completed.", "In progress"], headers=headers))
    assert (record.status.value, record.status.basis) == ("in_progress", "column")


def test_colour_needs_a_key() -> None:
    headers = ("Recommendation", "Lead", "Target date", "Status")
    made = table(headers, [row(cell("1. Act."), cell(), cell(), cell(fill=(0, 176, 80)))])
    plain = only(interpret(document(made)))
    assert plain.status.basis == "none"
    keyed = only(interpret(document(made, notes="Key: Green = complete; Red = not started")))
    assert (keyed.status.value, keyed.status.basis) == ("completed", "colour")


def test_colour_in_a_rag_column_explains_itself() -> None:
    headers = ("Recommendation", "Lead", "Target date", "RAG")
    made = table(headers, [row(cell("1. Act."), cell(), cell(), cell(fill=(255, 192, 0)))])
    record = only(interpret(document(made)))
    assert (record.status.value, record.status.basis) == ("in_progress", "colour")


def test_acceptance_is_no_progress() -> None:
    headers = ("Recommendation", "Agency response to recommendations", "Lead", "Target date")
    record = only(read(["1. Act.", "Partly agreed", "", ""], headers=headers))
    assert record.acceptance
    assert record.status.value == "unknown"


def test_cells_with_two_fields() -> None:
    headers = ("Recommendation", "Lead / Timescale", "Progress / RAG")
    row_ = ["1. Act.", "Head of Housing\nMarch 2014", "Green\nTraining was held."]
    record = only(read(row_, headers=headers))
    assert [lead.post for lead in record.leads] == ["Head of Housing"]
    assert record.target.edtf == "2014-03"
    assert [one.text for one in record.updates] == ["Training was held."]
    assert (record.status.value, record.status.basis) == ("completed", "column")


def test_band_that_stops_short_of_the_last_column() -> None:
    headers = ("Recommendation", "Lead", "Target date", "RAG")
    wide = row(cell("Theme 1: Recording"), cell(covered=True), cell(covered=True), cell())
    wide.cells[0].colspan = 3
    record = only(read(wide, ["1. Act.", "", "", "Green"], headers=headers))
    assert record.printed_themes == ["Theme 1: Recording"]


def test_rows_shorter_and_longer_than_the_header() -> None:
    headers = ("Recommendation", "Lead", "Target date")
    plan = read(["1. Act."], ["2. Go.", "", "May 2014", "more"], headers=headers)
    assert [one.text for one in plan.recommendations] == ["Act.", "Go."]
    assert plan.recommendations[1].cells == [["2. Go.", "", "May 2014", "more"]]


def test_agency_and_lead_in_one_cell() -> None:
    headers = ("Recommendation", "Agency / Lead Officer", "Target date")
    record = only(
        read(["1. Act.", "Harrowmere Council\nAnn Marlow, Head of Housing", ""], headers=headers)
    )
    assert [agency.name for agency in record.agencies] == ["Harrowmere Council"]
    assert [(lead.name, lead.post) for lead in record.leads] == [("Ann Marlow", "Head of Housing")]


@pytest.mark.parametrize(
    ("text", "agencies", "lead"),
    [
        ("Board Manager", [], (None, "Board Manager", None)),
        (
            "Ann Marlow, Head of\nAdult Social Care",
            [],
            ("Ann Marlow", "Head of Adult Social Care", None),
        ),
        (
            "Prevention Manager,\nHarrowmere Fire\nand Rescue",
            ["Harrowmere Fire and Rescue"],
            (None, "Prevention Manager", "Harrowmere Fire and Rescue"),
        ),
        ("QA sub-group", [], (None, None, "QA sub-group")),
    ],
)
def test_agency_and_lead_in_one_name(
    text: str, agencies: list[str], lead: tuple[str | None, str | None, str | None]
) -> None:
    record = only(
        read(["1. Act.", text, ""], headers=("Recommendation", "Lead officer / agency", "When"))
    )
    assert [agency.name for agency in record.agencies] == agencies
    assert [(one.name, one.post, one.organisation) for one in record.leads] == [lead]


def test_numbered_actions_in_a_column_of_their_own() -> None:
    headers = ("Recommendation", "No.", "Action", "Lead")
    plan = read(
        ["Recommendation 1\nAct.", "1.1", "Train all staff.", "Ann Marlow"],
        ["", "1.2", "Audit the files.", "Ben Tye"],
        headers=headers,
    )
    record = only(plan)
    assert (record.number, [action.number for action in record.actions]) == ("1", ["1.1", "1.2"])


def test_a_table_for_each_recommendation() -> None:
    headers = ("Action", "Lead", "Timescale")
    first = table(
        headers,
        [["Train all staff.", "", ""], ["Audit the files.", "", ""]],
        "Action plan\nRecommendation 1: The Board should act.",
    )
    second = table(headers, [["Report.", "", ""]], "Recommendation 2: The Board should go.")
    plan = interpret(document(first, second))
    assert len(plan.sections) == 1
    assert [(one.number, one.text, len(one.actions)) for one in plan.recommendations] == [
        ("1", "The Board should act.", 2),
        ("2", "The Board should go.", 1),
    ]


def test_themes_of_band_rows() -> None:
    headers = ("Recommendation", "Lead", "Target date")
    plan = read(band("Theme 1: Recording", 3), ["1. Act.", "", ""], headers=headers)
    assert only(plan).printed_themes == ["Theme 1: Recording"]


def test_nothing_found_is_a_plan_without_records() -> None:
    plan = interpret(document(table(("Monday", "Tuesday"), [["A. Marlow", "B. Tye"]], "Rota")))
    assert (plan.recommendations, plan.sections) == ([], [])
    assert plan.audit.words_on_plan_pages == 0


def test_column_map_wins() -> None:
    made = document(table(("Theme", "Accountable", "When"), [["Act.", "Ann Marlow", "May 2014"]]))
    plan = interpret(made, column_map={"Theme": "recommendation", "accountable": "lead"})
    assert only(plan).text == "Act."
    assert [lead.name for lead in only(plan).leads] == ["Ann Marlow"]
    with pytest.raises(ValueError, match="no field"):
        interpret(made, column_map={"Theme": "colour"})


def test_a_column_of_one_table_is_given_another_field() -> None:
    rows = [("Train all staff in the policy.", "Ann Marlow", "It was held.")]
    made = document(
        table(["Recommendation", "Lead", "Progress"], rows, "Plan of the Board"),
        table(["Recommendation", "Lead", "Progress"], rows, "Plan of the Trust"),
    )
    plan = interpret(made, column_map={"Progress": "progress"}, by_table={1: {2: "outcome"}})
    assert [one.outcome for one in plan.recommendations] == [None, "It was held."]
    with pytest.raises(ValueError, match="there is no field 'colour'"):
        interpret(made, by_table={0: {1: "colour"}})


def test_provenance_is_one_box_a_page() -> None:
    made = table(FIVE, [["Recommendation 1\nAct now\nand later.", "", "", "May 2014", ""]])
    made.rows[0].cells[0].lines += cell("in all teams.", y=50.0, page=2).lines
    record = only(interpret(document(made)))
    assert [place.page for place in record.provenance["text"]] == [1, 2]
    first = record.provenance["text"][0].bbox
    assert (first[1], first[3]) == (112.0, 134.0)
    assert record.text == "Act now and later. in all teams."
    assert "leads" not in record.provenance


def test_raw_cells_are_kept() -> None:
    record = only(read(["Recommendation 1 Act.", "", "", "May 2014", ""]))
    assert record.cells == [["Recommendation 1 Act.", "", "", "May 2014", ""]]


def two_records() -> TableDocument:
    """Return a document with two records and a doubtful break between its pages."""
    rows = [["Recommendation 1 Act.", "", "", "", ""], ["Recommendation 3 Go.", "", "", "", ""]]
    made = table(FIVE, rows)
    evidence = (Evidence("capital", -0.4, "begins with a capital"),)
    made.joins = [Join(2, 0, False, -0.4, 0.3, evidence)]
    return document(made)


def test_doubtful_joins_and_gaps_are_marked() -> None:
    plan = interpret(two_records())
    codes = [[one.code for one in record.issues] for record in plan.recommendations]
    assert codes == [[], ["number-gap", "split-doubtful"]]
    (join,) = plan.sections[0].joins
    assert (join.page, join.joined, join.record) == (2, False, None)
    assert join.evidence == ["capital -0.40: begins with a capital"]


def test_joined_record_is_named() -> None:
    doc = two_records()
    doc.tables[0].joins = [Join(2, 1, True, 2.0, 0.95, ())]
    assert interpret(doc).sections[0].joins[0].record == "s1-r2"


def test_damaged_page_marks_the_records_beside_it() -> None:
    doc = two_records()
    doc.warnings = [("incomplete", 2, "page 2 is damaged and was left out")]
    plan = interpret(doc)
    assert all("incomplete" in {i.code for i in r.issues} for r in plan.recommendations)


def test_keys_do_not_depend_on_other_records() -> None:
    first = interpret(two_records())
    doc = two_records()
    del doc.tables[0].rows[0]
    second = interpret(doc)
    assert second.recommendations[0].key == first.recommendations[1].key
    assert second.recommendations[0].id != first.recommendations[1].id


def test_audit_and_unassigned_of_the_plans_pages() -> None:
    doc = document(table(FIVE, [["Recommendation 1 Act.", "", "", "", ""]]), notes="A note here")
    plan = interpret(doc)
    assert plan.audit.words_on_plan_pages == doc.audit[0].words
    assert plan.audit.in_cells == 3
    assert [one.text for one in plan.unassigned] == ["A note here"]


def test_prompt_row_below_the_header_is_no_record() -> None:
    headers = ("Recommendation", "Scope of recommendation", "Action to be taken", "Lead Agency")
    plan = read(
        [
            "What is the over-arching recommendation?",
            "Local, regional, or national level?",
            "How will the agency make this happen?",
            "",
        ],
        ["1. Act.", "Local", "Train all staff.", "Linden Trust"],
        headers=headers,
    )
    assert only(plan).text == "Act."


def test_plan_survives_its_json() -> None:
    plan = read(["Recommendation 1 Act.", "", "Ann Marlow", "May 2014", "Done."])
    assert Plan.model_validate_json(plan.model_dump_json()) == plan


def words_of(plan: Plan) -> Counter[str]:
    """Return every word that a plan holds outside its fields."""
    texts = [cell for record in plan.recommendations for row in record.cells for cell in row]
    texts += [theme for record in plan.recommendations for theme in record.printed_themes]
    texts += [section.heading for section in plan.sections]
    texts += [column.header for section in plan.sections for column in section.columns]
    texts += [one.text for one in plan.unassigned]
    return Counter(word for text in texts for word in text.split())


def test_no_word_of_a_plan_table_is_lost() -> None:
    rows = [
        band("Overview recommendations", 5),
        ["Recommendation 1 Act.", "Train.", "", "", "Done."],
        list(FIVE),
        band("Theme 2: Recording", 5),
        ["Recommendation 2 Go.", "", "", "", ""],
        band("Agency: Linden Trust", 5),
        band("Monitored every quarter by the Board", 5),
    ]
    doc = document(table(FIVE, rows, "Action plan"))
    found = words_of(interpret(doc))
    printed = Counter(w for row in doc.tables[0].rows for c in row.cells for w in c.text.split())
    assert [word for word in printed if found[word] == 0] == []
    assert found["Monitored"] == 1
