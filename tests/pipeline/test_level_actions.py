"""Actions of a tall row that runs over a page, and what is printed level with each."""

from __future__ import annotations

import pytest

import actionplan
from actionplan.schemas.plan import Action, Plan
from tests.extract.drawn import Drawing

HEADER = ["No", "Recommendation", "Action", "Agency", "Lead", "Target date", "Status"]
WIDTHS = [25.0, 130.0, 230.0, 120.0, 110.0, 80.0, 80.0]
GAP = "\n" * 30  # lines between the second action and the third, at the foot of the page


def down(first: str, second: str, last: str) -> str:
    """Return a cell with something on its first, fourth and 34th line."""
    return f"{first}\n\n\n{second}{GAP}{last}"


def above_break() -> list[str]:
    """Return the row's part on the first page; a line of the actions is one of the column."""
    actions = (
        "1. Write the course with the help of others,\nand have it agreed by the Board.\n\n"
        f"2. Hold it six times.{GAP}3. Ask those who came what they do in"
    )
    return [
        "1",
        "Staff should be trained.",
        actions,
        down("Northmoor Police", "Northmoor Council", "Linden Housing Trust"),
        down("Ann Marlow", "Ben Tye", "Cleo Roe"),
        down("May 2019", "June 2019", "July 2019"),
        down("Completed", "In progress", "Not started"),
    ]


def page(drawing: Drawing, rows: list[list[str]], heights: list[float], top: float) -> None:
    """Draw the rules of a table and its header, then each cell line by line, blank ones too."""
    empty = [[""] * len(WIDTHS) for _ in rows]
    drawing.table([HEADER, *empty], widths=WIDTHS, top=top, heights=[16.0, *heights])
    y = top + 16.0
    for row, height in zip(rows, heights, strict=True):
        for column, text in enumerate(row):
            x = 40.0 + sum(WIDTHS[:column]) + 5.4
            for at, line in enumerate(text.split("\n")):
                drawing.text(x, y + 12.0 + 10.8 * at, line)
        y += height


@pytest.fixture(scope="module")
def plan() -> Plan:
    """Return the plan in a drawn file of two pages."""
    drawing = Drawing()
    drawing.text(40, 40, "Domestic Homicide Review: Action Plan", 14, bold=True)
    page(drawing, [above_break()], [400.0], 60.0)
    drawing.page()
    below = [
        "",
        "",
        "another way since then.\n\n4. Publish the paper.",
        "\n\nNorthmoor Council",
        "\n\nDora Pask",
        "\n\nAugust 2019",
        "\n\nNot started",
    ]
    second = ["2", "Keep notes.", "Change the form.", "", "Ben Tye", "May 2019", "Completed"]
    page(drawing, [below, second], [60.0, 40.0], 40.0)
    return actionplan.read(drawing.done())


def told(action: Action) -> tuple[str | None, list[str], list[str], str | None, str | None]:
    """Return number, agencies, leads, date and status of an action."""
    return (
        action.number,
        [one.name for one in action.agencies],
        [one.text for one in action.leads],
        action.target.edtf if action.target else None,
        action.status.value if action.status else None,
    )


def test_each_action_has_what_stands_level_with_it(plan: Plan) -> None:
    assert [told(action) for action in plan.recommendations[0].actions] == [
        ("1", ["Northmoor Police"], ["Ann Marlow"], "2019-05", "completed"),
        ("2", ["Northmoor Council"], ["Ben Tye"], "2019-06", "in_progress"),
        ("3", ["Linden Housing Trust"], ["Cleo Roe"], "2019-07", "not_started"),
        ("4", ["Northmoor Council"], ["Dora Pask"], "2019-08", "not_started"),
    ]


def test_an_action_goes_on_over_the_page(plan: Plan) -> None:
    text = plan.recommendations[0].actions[2].text
    assert text == "Ask those who came what they do in another way since then."


def test_the_record_has_all_and_the_next_is_its_own(plan: Plan) -> None:
    first, second = plan.recommendations
    assert len(first.leads) == 4
    assert (first.target.edtf, first.status.value) == (None, "in_progress")
    assert [action.text for action in second.actions] == ["Change the form."]
