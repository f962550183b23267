"""Forms: labels beside, before or above their values, a block for each recommendation."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from actionplan.normalise.form_labels import side_label, strict_label
from actionplan.normalise.forms import read_forms
from actionplan.normalise.interpret import interpret
from actionplan.schemas.plan import Plan
from actionplan.schemas.tables import Cell, Join, LogicalTable, Row
from tests.normalise.tables import band, cell, document, line, row, table

TEXT = "The Board should see that staff are trained in the joint procedure."
PLAN = "Safeguarding adult review: action plan"


def bare(*rows: Any, heading: str = PLAN) -> LogicalTable:
    """A table without any header."""
    width = max(len(item.cells) if isinstance(item, Row) else len(item) for item in rows)
    return table([""] * width, rows, heading)


def block(number: int | str, **other: str) -> list[tuple[str, str]]:
    """The rows of one recommendation in two columns."""
    values = {
        f"Recommendation {number}": f"{number}: {TEXT}" if isinstance(number, str) else TEXT,
        "Action": "Write the procedure.",
        "Lead": "Head of Housing",
        "By when": "March 2024",
        "Progress": "Update Jan 2024: a draft was agreed.",
    }
    return [*{**values, **other}.items()]


def read(*tables: LogicalTable, title: str = "") -> Plan:
    """Interpret a document of these tables."""
    return interpret(document(*tables, notes=title))


def facts(plan: Plan) -> list[tuple[str | None, str, list[str], str | None, int]]:
    """Number, text, leads, target and number of updates of each record."""
    return [
        (one.number, one.text, [lead.text for lead in one.leads], one.target.text, len(one.updates))
        for one in plan.recommendations
    ]


EXPECTED = [(str(n), TEXT, ["Head of Housing"], "March 2024", 1) for n in (1, 2, 3)]


def test_one_long_table_with_the_labels_repeating() -> None:
    plan = read(bare(*block(1), *block(2), *block(3)))
    assert facts(plan) == EXPECTED
    (section,) = plan.sections
    assert [(column.header, column.field) for column in section.columns] == [
        ("Recommendation", "recommendation"),
        ("Action", "action"),
        ("Lead", "lead"),
        ("By when", "target"),
        ("Progress", "progress"),
    ]


def test_a_table_for_each_recommendation() -> None:
    plan = read(bare(*block(1)), bare(*block(2), heading=""), bare(*block(3), heading=""))
    assert facts(plan) == EXPECTED
    assert len(plan.sections) == 1


def test_a_heading_over_each_table_gives_the_number() -> None:
    rows = [("Recommendation", TEXT), *block(1)[1:]]
    plan = read(*(bare(*rows, heading=f"Recommendation {n}") for n in (1, 2, 3)))
    assert facts(plan) == EXPECTED


def test_a_title_that_ends_in_the_number() -> None:
    rows = [("Recommendation", TEXT), *block(1)[1:]]
    plan = read(*(bare(*rows, heading=f"Review of Adult M - Recommendation {n}") for n in (1, 2)))
    assert facts(plan) == EXPECTED[:2]
    assert [section.heading for section in plan.sections] == ["Review of Adult M"]


def test_a_number_in_a_row_of_its_own() -> None:
    blocks = [[("Recommendation No", str(n)), ("Recommendation", TEXT), *block(1)[1:]]
              for n in (1, 2, 3)]  # fmt: skip
    plan = read(bare(*(item for rows in blocks for item in rows)))
    assert [one.number for one in plan.recommendations] == ["1", "2", "3"]


def test_what_stands_before_the_recommendation_belongs_to_it() -> None:
    rows = [("Theme", "Training"), *block(1), ("Theme", "Records"), *block(2)]
    plan = read(bare(*rows))
    assert [one.printed_themes for one in plan.recommendations] == [["Training"], ["Records"]]


def test_a_title_behind_the_number_is_the_theme() -> None:
    rows = [("Recommendation 1:", "Training"), ("Recommendation", TEXT), *block(1)[1:]]
    (record,) = read(bare(*rows)).recommendations
    assert (record.number, record.text, record.printed_themes) == ("1", TEXT, ["Training"])


def test_four_columns() -> None:
    def rows(number: int) -> list[Row]:
        wide = cell(TEXT)
        wide.colspan = 3
        return [
            Row([cell(f"Recommendation {number}"), wide, Cell(covered=True), Cell(covered=True)]),
            row("Action", "Write the procedure.", "Progress", "Update Jan 2024: a draft."),
            row("Lead:", "Head of Housing", "By when:", "March 2024"),
            row("Status", "Completed", "Agreed", "Accepted"),
        ]

    plan = read(bare(*rows(1), *rows(2), *rows(3)))
    assert facts(plan) == EXPECTED
    assert {one.status.value for one in plan.recommendations} == {"completed"}


def test_an_empty_value_stays_empty() -> None:
    rows = [
        row("Recommendation 1", TEXT, "", ""),
        row("Lead", "", "Target date", "March 2024"),
        row("Action", "Train staff.", "Progress", ""),
    ]
    (record,) = read(bare(*rows)).recommendations
    assert (record.leads, record.target.text, record.updates) == ([], "March 2024", [])


def test_labels_above_their_values() -> None:
    rows: list[Row] = []
    for number in (1, 2, 3):
        rows += [
            band(f"Recommendation {number}", 3),
            band(TEXT, 3),
            row("Lead", "By when", "Progress"),
            row("Head of Housing", "March 2024", "Update Jan 2024: a draft."),
        ]
    assert facts(read(bare(*rows))) == EXPECTED


def test_labels_and_values_in_one_cell() -> None:
    rows: list[Row] = []
    for number in (1, 2, 3):
        rows += [
            band(f"Recommendation {number}\n{TEXT}", 2),
            row("Lead\nHead of Housing", "By when: March 2024"),
            band("Progress: Update Jan 2024: a draft.", 2),
        ]
    got = facts(read(bare(*rows)))
    assert [(number, text, leads, target) for number, text, leads, target, _ in got] == [
        item[:4] for item in EXPECTED
    ]


def test_a_grid_of_actions_inside_the_form() -> None:
    rows: list[Any] = []
    for number in (1, 2):
        wide = cell(TEXT)
        wide.colspan = 2
        rows += [
            Row([cell(f"Recommendation {number}"), wide, Cell(covered=True)]),
            row("Action", "Lead", "By when"),
            row("Write the procedure.", "Head of Housing", "March 2024"),
            row("Train staff.", "Ann Marlow", "May 2024"),
        ]
    plan = read(bare(*rows))
    assert [one.number for one in plan.recommendations] == ["1", "2"]
    for one in plan.recommendations:
        assert [(a.text, [x.text for x in a.leads], a.target and a.target.text)
                for a in one.actions] == [
            ("Write the procedure.", ["Head of Housing"], "March 2024"),
            ("Train staff.", ["Ann Marlow"], "May 2024"),
        ]  # fmt: skip


def test_a_grid_of_actions_under_each_form() -> None:
    head = ["Action", "Lead", "By when"]
    tables: list[LogicalTable] = []
    for number in (1, 2):
        tables.append(bare((f"Recommendation {number}", TEXT), ("Theme", "Training"),
                           heading=PLAN * (number == 1)))  # fmt: skip
        tables.append(table(head, [("Write the procedure.", "Head of Housing", "March 2024"),
                                   ("Train staff.", "Ann Marlow", "May 2024")]))  # fmt: skip
    plan = read(*tables)
    assert [one.number for one in plan.recommendations] == ["1", "2"]
    assert [len(one.actions) for one in plan.recommendations] == [2, 2]
    assert plan.recommendations[1].actions[1].leads[0].text == "Ann Marlow"


def test_numbered_actions_each_with_lead_and_date() -> None:
    rows = [
        ("Recommendation 1", TEXT),
        ("Action 1", "Write the procedure."),
        ("Lead", "Head of Housing"),
        ("By when", "March 2024"),
        ("Action 2", "Train staff."),
        ("Lead", "Ann Marlow"),
        ("By when", "May 2024"),
        ("Progress", "Both are under way."),
    ]
    (record,) = read(bare(*rows)).recommendations
    assert [(a.text, a.leads[0].text, a.target and a.target.text) for a in record.actions] == [
        ("Write the procedure.", "Head of Housing", "March 2024"),
        ("Train staff.", "Ann Marlow", "May 2024"),
    ]
    assert [update.text for update in record.updates] == ["Both are under way."]


def test_rows_taken_for_a_header_come_back() -> None:
    """Forms on three pages begin alike, as tables with a repeated header do."""
    form = table(
        ["Agency", "Harrowmere Council"],
        [row(*pair, page=page) for page in (1, 2, 3) for pair in block(page)],
        PLAN,
    )
    form.repeated_headers = [
        line(text, x=x, y=80.0, page=page)
        for page in (2, 3)
        for text, x in (("Agency", 40.0), ("Harrowmere Council", 180.0))
    ]
    plan = read(form)
    assert facts(plan) == EXPECTED
    assert [[agency.name for agency in one.agencies] for one in plan.recommendations] == [
        ["Harrowmere Council"]
    ] * 3


def test_an_agency_named_once_stands_over_the_blocks_below() -> None:
    rows = [
        ("Agency", "Harrowmere Council"), *block(1), *block(2),
        ("Agency", "Wexcombe Police"), *block(1), *block(2),
    ]  # fmt: skip
    plan = read(bare(*rows))
    names = [[agency.name for agency in one.agencies] for one in plan.recommendations]
    assert names == [["Harrowmere Council"]] * 2 + [["Wexcombe Police"]] * 2
    assert [section.agency for section in plan.sections] == [
        "Harrowmere Council",
        "Wexcombe Police",
    ]


def test_a_row_cut_by_a_page_keeps_its_join() -> None:
    form = bare(*block(1), *block(2))
    form.joins = [Join(2, 4, True, 3.0, 0.95, ()), Join(3, 5, False, -3.0, 0.95, ())]
    (section,) = read(form).sections
    assert [(join.page, join.joined, join.record) for join in section.joins] == [(2, True, "s1-r1")]


def test_provenance_is_that_of_the_value() -> None:
    (record,) = read(bare(*block(1))).recommendations
    ((place,),) = [record.provenance["target"]]
    assert place.bbox == (180.0, 172.0, 230.0, 182.0)


def test_the_publishers_name_over_the_form_is_no_agency() -> None:
    doc = document(bare(*block(1), heading="Wexcombe Hospitals NHS Foundation Trust\n" + PLAN))
    doc.pages = doc.pages * 2
    doc.furniture = [line("Wexcombe Hospitals NHS Foundation Trust", page=n) for n in (1, 2)]
    plan = interpret(doc)
    assert [section.agency for section in plan.sections] == [None]


RISK = [
    ("Hazard", "Wet floor in the entrance"),
    ("Likelihood", "3"),
    ("Action", "Put down mats."),
    ("Lead", "Caretaker"),
    ("Review date", "May 2024"),
]


@pytest.mark.parametrize(
    ("rows", "heading"),
    [
        (RISK, "Risk assessment"),
        ([("Agency", "Body that takes part"), ("Action", "What is done"), ("Lead", "Who does it"),
          ("Target", "When it is done"), ("Review", "A look back")], "Glossary"),
        ([("Lead officer", "Ann Marlow"), ("Service", "Housing"), ("Telephone", "01632 960001")],
         "Contacts"),
        ([("Date", "3 May 2023"), ("Time", "10 am"), ("Action", "Chair to write to members"),
          ("Lead", "Chair"), ("By when", "June 2023")], "Minutes of the meeting"),
        ([("Review", "Adult M"), ("Author", "Ann Marlow"), ("Agency", "Housing"),
          ("Recommendations", "12")], "Key facts"),
        ([("Question", "Was the action clear?"), ("Lead", "All"), ("Action", "None")], "Survey"),
    ],
)  # fmt: skip
def test_what_is_no_plan(rows: list[tuple[str, str]], heading: str) -> None:
    assert read(bare(*rows, heading=heading)).recommendations == []


def test_a_grid_stays_as_it_is() -> None:
    grid = table(
        ["Recommendation", "Action", "Lead"],
        [("Recommendation 1", "Action: train staff", "Lead: Ann Marlow"),
         ("Recommendation 2", "Progress: none", "Status: open"),
         ("Theme", "Review", "Service")],
    )  # fmt: skip
    (source,) = read_forms([grid])
    assert source.table is grid


def test_a_label_over_two_lines_of_a_header_makes_no_form() -> None:
    """Both "Rec." and "No." are labels by themselves, too."""
    last = "Date of completion and\noutcome"
    headers = ["Rec.\nNo.", "Recommendation", "Action", "Lead officer", "Target date", last]
    told = ["Review the pathway.", "Brief staff.", "Head of Service", "May 2019", "Course held"]
    grid = table(headers, [(str(number), *told) for number in (1, 2)])
    for column in (grid.columns[0], grid.columns[-1]):
        x0, y0, x1, y1 = column.lines[1].bbox
        column.lines[1] = replace(column.lines[1], bbox=(x0, y0 + 12.0, x1, y1 + 12.0))
    (source,) = read_forms([grid])
    assert source.table is grid


@pytest.mark.parametrize(
    ("text", "header", "value"),
    [
        ("Lead officer:", "Lead officer", ""),
        ("Lead officer: Ann Marlow", "Lead officer", "Ann Marlow"),
        ("By when?", "By when?", ""),
        ("Action 2: Train staff", "Action", "Train staff"),
        ("Update 24/12/2018: all done", "Update 24/12/2018", "all done"),
        ("Progress\nAll staff were trained", "Progress", "All staff were trained"),
        ("Target date for\ncompletion\nMay 2024", "Target date for completion", "May 2024"),
        ("Recommendation 4: Train staff", "Recommendation", "Train staff"),
    ],
)
def test_labels(text: str, header: str, value: str) -> None:
    label = strict_label(cell(text).lines)
    assert label is not None
    assert (label.header, " ".join(item.text for item in label.value)) == (header, value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The lead was told",
        "Head of Housing",
        "At 10:30 the action was agreed",
        "MUST DO - Wards",
        "Recommendation 3 of the report was accepted",
    ],
)
def test_no_labels(text: str) -> None:
    assert strict_label(cell(text).lines) is None


def test_beside_a_value_a_label_need_not_be_known() -> None:
    label = side_label(cell("Paragraph in the report").lines)
    assert label is not None
    assert label.header == "Paragraph in the report"
    assert side_label(cell("The Board should see to it.").lines) is None


def test_a_label_settles_a_doubtful_page_break() -> None:
    form = bare(*block(1), *block(2))
    form.joins = [Join(2, 4, False, 0.0, 0.5, ())]
    form.rows[5].confidence = 0.5
    assert [record.confidence for record in read(form).recommendations] == [1.0, 1.0]
    form.joins = [Join(2, 5, True, 0.0, 0.5, ())]
    assert read(form).recommendations[1].confidence < 0.6
