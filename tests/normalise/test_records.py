"""Rows to records."""

from __future__ import annotations

from actionplan.normalise.agencies import AgencyContext
from actionplan.normalise.columns import map_headers
from actionplan.normalise.records import RecordDraft, draft_records, promote_key
from actionplan.normalise.sections import PlanTable, build_sections
from actionplan.schemas.tables import LogicalTable, join_lines
from tests.normalise.tables import band, cell, row, table

HEADERS = ("No", "Recommendation", "Action", "Lead")


def drafts(made: LogicalTable) -> list[RecordDraft]:
    """Return the record drafts of one table."""
    plan, _ = promote_key(PlanTable(made, tuple(map_headers(made)), 0))
    (section,) = build_sections([plan], AgencyContext.build([]))
    return draft_records(section)[0]


def test_each_row_with_a_text_is_a_record() -> None:
    found = drafts(table(HEADERS, [["1", "Act", "", ""], ["2", "Go", "", ""]]))
    assert [(one.number, one.text) for one in found] == [("1", "Act"), ("2", "Go")]


def test_row_without_text_is_a_further_action() -> None:
    rows = [["1", "Act", "One", "A"], ["", "", "Two", "B"], ["2", "Go", "Three", "C"]]
    found = drafts(table(HEADERS, rows))
    assert [len(one.rows) for one in found] == [2, 1]
    assert [one.cell.text for one in found[0].cells("action")] == ["One", "Two"]
    assert [one.row for one in found[0].cells("action")] == [0, 1]


def test_merged_recommendation_is_one_record() -> None:
    made = table(
        HEADERS,
        [
            row(cell("1", rowspan=2), cell("Act", rowspan=2), cell("One"), cell("A")),
            row(cell(covered=True), cell(covered=True), cell("Two"), cell("B")),
        ],
    )
    (record,) = drafts(made)
    assert record.text == "Act"
    assert len(record.rows) == 2


def test_number_that_counts_within_the_recommendation_continues_it() -> None:
    rows = [["1", "Act", "One", ""], ["1.1", "", "Two", ""], ["2", "", "Three", ""]]
    found = drafts(table(HEADERS, rows))
    assert [(one.number, len(one.rows)) for one in found] == [("1", 2), ("2", 1)]


def test_repeated_text_continues_the_record() -> None:
    found = drafts(table(HEADERS, [["1", "Act", "One", ""], ["1", "Act", "Two", ""]]))
    assert [len(one.rows) for one in found] == [2]


def test_same_text_under_another_number_is_another_record() -> None:
    found = drafts(table(HEADERS, [["1", "Act", "One", ""], ["2", "Act", "Two", ""]]))
    assert [one.number for one in found] == ["1", "2"]


def test_code_wrapped_in_its_column_is_the_number_and_no_label() -> None:
    found = drafts(table(HEADERS, [["QRS\n1", "Act", "", ""], ["QRS\n2", "Go", "", ""]]))
    assert [(one.number, one.label) for one in found] == [("QRS1", None), ("QRS2", None)]


def test_themes_come_from_the_last_bands() -> None:
    rows = [
        band("Theme 1", 4),
        ["1", "Act", "", ""],
        ["2", "Go", "", ""],
        band("Theme 2", 4),
        band("Part A", 4),
        ["3", "Do", "", ""],
    ]
    found = drafts(table(HEADERS, rows))
    themes = [[join_lines(theme) for theme in one.themes] for one in found]
    assert themes == [["Theme 1"], ["Theme 1"], ["Theme 2", "Part A"]]


def test_a_row_after_a_band_begins_a_record_even_without_text() -> None:
    rows = [["1", "Act", "", ""], band("Theme 2", 4), ["", "", "Two", ""]]
    assert len(drafts(table(HEADERS, rows))) == 2


def test_band_with_a_label_is_a_recommendation() -> None:
    headers = ("Action", "Lead", "Target date")
    rows = [
        band("Recommendation 1: The Board should act", 3),
        ["One", "A", ""],
        ["Two", "B", ""],
        band("Recommendation 2: The Board should go", 3),
        ["Three", "C", ""],
    ]
    found = drafts(table(headers, rows))
    assert [(one.number, one.text) for one in found] == [
        ("1", "The Board should act"),
        ("2", "The Board should go"),
    ]
    assert [one.cell.text for one in found[0].cells("action")] == ["One", "Two"]


def test_actions_alone_become_records() -> None:
    plan = table(("Action", "Lead"), [["One", "A"], ["Two", "B"]])
    _, promoted = promote_key(PlanTable(plan, tuple(map_headers(plan)), 0))
    assert promoted == "action"
    assert [one.text for one in drafts(plan)] == ["One", "Two"]


def test_findings_in_sentences_stand_for_recommendations() -> None:
    finding = "Staff did not know whom to ring when the office was closed"
    plan = table(("Finding", "Action", "Lead"), [[finding, "Publish the number", "A"]])
    _, promoted = promote_key(PlanTable(plan, tuple(map_headers(plan)), 0))
    assert promoted == "theme"
    (record,) = drafts(plan)
    assert record.text == finding
    assert [one.cell.text for one in record.cells("action")] == ["Publish the number"]


def test_short_themes_stay_themes() -> None:
    plan = table(("Theme", "Action", "Lead"), [["Recording", "Publish the number", "A"]])
    assert promote_key(PlanTable(plan, tuple(map_headers(plan)), 0))[1] == "action"


def test_cell_over_several_recommendations_is_inherited() -> None:
    made = table(
        HEADERS,
        [
            row(cell("1"), cell("Act"), cell("One"), cell("A", rowspan=2)),
            row(cell("2"), cell("Go"), cell("Two"), cell(covered=True)),
        ],
    )
    first, second = drafts(made)
    assert [(one.cell.text, one.inherited) for one in first.cells("lead")] == [("A", False)]
    assert [(one.cell.text, one.inherited) for one in second.cells("lead")] == [("A", True)]


def test_cell_over_rows_of_one_record_is_given_once() -> None:
    made = table(
        HEADERS,
        [
            row(cell("1", rowspan=2), cell("Act", rowspan=2), cell("One"), cell("A", rowspan=2)),
            row(cell(covered=True), cell(covered=True), cell("Two"), cell(covered=True)),
        ],
    )
    (record,) = drafts(made)
    assert [(one.row, one.rows) for one in record.cells("lead")] == [(0, 2)]


def test_number_column_and_label_may_differ() -> None:
    (record,) = drafts(table(HEADERS, [["4", "Recommendation 3: Act", "", ""]]))
    assert (record.number, record.label, record.text) == ("4", "Recommendation 3", "Act")
    assert [one.code for one in record.issues] == ["number-conflict"]


def test_number_column_keeps_numbers_in_the_text() -> None:
    (record,) = drafts(table(HEADERS, [["4", "2. of the three wards should act", "", ""]]))
    assert (record.number, record.text) == ("4", "2. of the three wards should act")


def test_label_in_the_number_column() -> None:
    (record,) = drafts(table(HEADERS, [["Rec 4", "Act", "", ""]]))
    assert (record.number, record.label) == ("4", "Rec 4")


def test_row_without_number_has_none() -> None:
    (record,) = drafts(table(("Recommendation", "Lead"), [["The Board should act", ""]]))
    assert (record.number, record.label) == (None, None)


def test_label_is_cited_from_the_number_column() -> None:
    found = drafts(table(HEADERS, [["R4", "Act on it", "", ""]]))
    assert [[line.text for line in one.label_lines] for one in found] == [["R4"]]


def test_row_that_sums_up_belongs_to_no_record() -> None:
    rows = [
        ["1", "Act", "One", "A"],
        ["Sub-total", "", "", "1 of 1 complete"],
        ["2", "Total the costs of the scheme", "Two", "B"],
        ["", "", "Total number of visits to be counted each month", "C"],
        ["", "Total actions", "", "3"],
    ]
    made = table(HEADERS, rows)
    plan, _ = promote_key(PlanTable(made, tuple(map_headers(made)), 0))
    (section,) = build_sections([plan], AgencyContext.build([]))
    found, loose = draft_records(section)
    assert [len(one.rows) for one in found] == [1, 2]
    assert [line.text for line in loose] == ["Sub-total", "1 of 1 complete", "Total actions", "3"]


def test_number_in_the_middle_of_its_rows_is_the_records() -> None:
    rows = [
        ["", "Act", "One", "A"],
        ["4", "", "Two", "B"],
        ["", "", "Three", "C"],
        ["", "Go", "One", "A"],
        ["1", "", "Two", "B"],
        ["2", "", "Three", "C"],
    ]
    found = drafts(table(HEADERS, rows))
    assert [(one.number, len(one.rows)) for one in found] == [("4", 3), (None, 3)]
