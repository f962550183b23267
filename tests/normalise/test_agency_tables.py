"""A table for each agency: where the agency's name stands, and columns without any header."""

from __future__ import annotations

from dataclasses import replace

from actionplan.normalise.interpret import interpret
from actionplan.schemas.plan import Plan
from actionplan.schemas.tables import Line, LogicalTable, TableDocument
from tests.normalise.tables import document, line, table

HEADER = ("Recommendation", "Action", "Lead officer", "Target date")
ROWS = [
    ("1. The service should review how it shares information about adults at risk.",
     "Write a procedure and train all teams in its use.", "Head of Housing", "May 2024"),
    ("2. The service should see that each adult at risk has a named worker at all times.",
     "Name a worker for each adult and tell the partners.", "Ann Marlow", "June 2024"),
]  # fmt: skip
NAMES = ["Wexcombe Police", "Harrowmere Council"]
TITLE = "Domestic homicide review: action plan"


def agencies(plan: Plan) -> list[str | None]:
    return [section.agency for section in plan.sections]


def moved(made: LogicalTable, down: float) -> LogicalTable:
    """The same table further down the page."""

    def shifted(one: Line) -> Line:
        x0, y0, x1, y1 = one.bbox
        return replace(one, bbox=(x0, y0 + down, x1, y1 + down))

    for row in made.rows:
        for cell in row.cells:
            cell.lines = [shifted(one) for one in cell.lines]
            cell.regions = [region._replace(bbox=(x0, y0 + down, x1, y1 + down))
                            for region in cell.regions
                            for x0, y0, x1, y1 in [region.bbox]]  # fmt: skip
    made.heading = [shifted(one) for one in made.heading]
    return made


def bottom(made: LogicalTable) -> float:
    return max(region.bbox[3] for cell in made.rows[-1].cells for region in cell.regions)


def captioned(*, last: bool = True) -> TableDocument:
    """Two tables, each with a caption below it; the lower one's was read with the upper one's."""
    first = table(HEADER, ROWS, TITLE)
    second = moved(table(HEADER, ROWS), 200.0)
    second.heading = [line("Table 1: Wexcombe Police", y=bottom(first) + 4)]
    doc = document(first, second)
    if last:
        doc.unassigned = [line("Table 2: Harrowmere Council", y=bottom(second) + 4)]
    return doc


def test_captions_under_the_tables() -> None:
    assert agencies(interpret(captioned())) == NAMES


def test_a_title_over_the_second_table_alone_stays_there() -> None:
    assert agencies(interpret(captioned(last=False))) == [None, "Wexcombe Police"]


def test_an_agency_in_the_first_header_cell() -> None:
    tables = [table([f"{name} recommendations", *HEADER[1:]], ROWS, TITLE * (not k))
              for k, name in enumerate(NAMES)]  # fmt: skip
    plan = interpret(document(*tables))
    assert agencies(plan) == NAMES
    assert [[agency.name for agency in one.agencies] for one in plan.recommendations] == [
        [NAMES[0]], [NAMES[0]], [NAMES[1]], [NAMES[1]]
    ]  # fmt: skip


def test_different_columns_and_none_named() -> None:
    """The second table has no header and other widths: its cells tell what the columns hold."""
    first = table(HEADER, ROWS, f"{TITLE}\n{NAMES[0]}")
    second = table([""] * 3, [(row[0], row[2], row[3]) for row in ROWS], NAMES[1])
    plan = interpret(document(first, second))
    assert agencies(plan) == NAMES
    assert [column.field for column in plan.sections[1].columns] == [
        "recommendation", "lead", "target"
    ]  # fmt: skip
    assert [one.number for one in plan.recommendations] == ["1", "2", "1", "2"]
    guessed = [{one.code for one in record.issues} for record in plan.recommendations[2:]]
    assert guessed == [{"column-guessed"}] * 2
    assert all(record.confidence < 1.0 for record in plan.recommendations[2:])


def test_numbers_that_begin_again_beside_each_recommendation_count_actions() -> None:
    rows = [
        ("1", ROWS[0][0][3:], "Write a procedure.", "Ann Marlow", "May 2024"),
        ("2", "", "Train all staff.", "Tom Quill", "June 2024"),
        ("1", ROWS[1][0][3:], "Name a worker.", "Ann Marlow", "May 2024"),
        ("2", "", "Write to all teams.", "Tom Quill", "June 2024"),
    ]
    plan = interpret(document(table(["No", *HEADER], rows, TITLE)))
    assert [one.number for one in plan.recommendations] == [None, None]
    assert [[action.number for action in one.actions] for one in plan.recommendations] == [
        ["1", "2"], ["1", "2"]
    ]  # fmt: skip


def test_numbers_that_go_on_are_those_of_recommendations() -> None:
    rows = [(str(k), text[3:], *rest) for k, (text, *rest) in enumerate(ROWS, 1)]
    plan = interpret(document(table(["No", *HEADER], rows, TITLE)))
    assert [one.number for one in plan.recommendations] == ["1", "2"]


def test_a_prose_column_before_the_actions_is_the_recommendation() -> None:
    rows = [("3.1", text[3:], *rest) for text, *rest in ROWS]
    header = ["Ref", "What the inspectors want", *HEADER[1:]]
    plan = interpret(document(table(header, rows, TITLE)))
    assert [column.field for column in plan.sections[0].columns][:3] == [
        "number", "recommendation", "action"
    ]  # fmt: skip


def test_a_question_answered_in_prose_tells_the_progress() -> None:
    def field(*answers: str) -> str:
        rows = [(*row, answer) for row, answer in zip(ROWS, answers, strict=True)]
        plan = interpret(document(table([*HEADER, "Completed?"], rows, TITLE)))
        return plan.sections[0].columns[-1].field

    assert field("Yes - 14 Sept 2015", "In part. The letter went out in July.") == "progress"
    assert field("Yes", "No") == "status"
