"""Cells beside several actions: by number, by level, by row."""

from __future__ import annotations

import pytest

from actionplan.normalise.action_numbers import numbered_blocks
from actionplan.normalise.interpret import interpret
from actionplan.schemas.plan import Action, Recommendation
from tests.normalise.tables import cell, document, table


def parts(text: str, *numbers: str | None) -> list[tuple[list[str | None], str]]:
    """Return the numbers and the text of each part of a cell."""
    blocks = numbered_blocks(cell(text).lines, numbers)
    return [
        ([numbers[at] for at in one.owners], " ".join(line.text for line in one.lines))
        for one in blocks
    ]


@pytest.mark.parametrize(
    "text",
    [
        "1. Ann Marlow\n2. Ben Tye",
        "1) Ann Marlow\n2) Ben Tye",
        "(1) Ann Marlow\n(2) Ben Tye",
        "1: Ann Marlow\n2: Ben Tye",
        "1 - Ann Marlow\n2 – Ben Tye",
        "1.Ann Marlow\n2.Ben Tye",
        "Action 1: Ann Marlow\nAction 2: Ben Tye",
        "Action 1 - Ann Marlow\nAction 2 - Ben Tye",
        "1. Ann Marlow 2. Ben Tye",
        "1. Ann\nMarlow 2. Ben\nTye",
        "1.\nAnn Marlow\n2.\nBen Tye",
    ],
)
def test_numbers_say_whose_a_part_is(text: str) -> None:
    assert parts(text, "1", "2") == [(["1"], "Ann Marlow"), (["2"], "Ben Tye")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 & 2: May 2019\n3: June 2019", [["1", "2"], ["3"]]),
        ("1, 2 and 3 - May 2019\n4 - June 2019", [["1", "2", "3"], ["4"]]),
        ("1-3: May 2019\n4: June 2019", [["1", "2", "3"], ["4"]]),
        ("Actions 1 to 3: May 2019\nAction 4: June 2019", [["1", "2", "3"], ["4"]]),
        ("1. May 2019\n3. June 2019", [["1"], ["3"]]),
    ],
)
def test_a_part_may_be_of_several_actions(text: str, expected: list[list[str]]) -> None:
    found = parts(text, "1", "2", "3", "4")
    assert [owners for owners, _ in found] == expected
    assert [said for _, said in found] == ["May 2019", "June 2019"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ann Marlow",
        "1. Ann Marlow",
        "Ann Marlow\n1. Ben Tye\n2. Cleo Roe",
        "1. Ann Marlow\n7. Ben Tye",
        "2. Ann Marlow\n1. Ben Tye",
        "1. Ann Marlow\n1. Ben Tye",
        "1 May 2019\n2 June 2019",
        "1.5.2019\n2.6.2019",
        "1/5/2019\n2/6/2019",
        "1.May 2019\n3.June 2019",
        "1-2 weeks",
    ],
)
def test_what_is_no_list_of_the_actions(text: str) -> None:
    assert parts(text, "1", "2", "3") == []


def test_letters_and_parents() -> None:
    assert parts("a) Ann\nb) Ben", "a", "b") == [(["a"], "Ann"), (["b"], "Ben")]
    assert parts("1.1 - Ann\n1.2 - Ben", "1.1", "1.2") == [(["1.1"], "Ann"), (["1.2"], "Ben")]
    assert parts("i. Ann\nii. Ben", "i", "ii") == [(["i"], "Ann"), (["ii"], "Ben")]
    assert parts("1. Ann\n2. Ben", None, None) == []
    assert parts("1. Ann\n2. Ben", "1", "1") == []


HEADERS = ("No", "Recommendation", "Action", "Agency", "Lead", "Target date", "Status")
THREE = "1. Train staff in\n   the form.\n\n2. Audit files\n   each month.\n\n3. Report."


def record(*rows: list[str]) -> Recommendation:
    """Return the record of one recommendation with these cells from the third column on."""
    whole = [["1" if not at else "", "Act." if not at else "", *row] for at, row in enumerate(rows)]
    made = document(table(HEADERS, whole, heading="Overview report action plan"))
    (found,) = interpret(made).recommendations
    return found


def told(action: Action) -> tuple[list[str], list[str], str | None, str | None]:
    """Return agencies, leads, date and status of an action."""
    return (
        [one.name for one in action.agencies],
        [one.text for one in action.leads],
        action.target.edtf if action.target else None,
        action.status.value if action.status else None,
    )


EACH = [
    (["Northmoor Police"], ["Ann Marlow"], "2019-05", "completed"),
    (["Northmoor Council"], ["Ben Tye"], "2019-06", "in_progress"),
    (["Linden Housing Association"], ["Cleo Roe"], "2019-07", "not_started"),
]


@pytest.mark.parametrize("sign", ["{}. ", "({}) ", "Action {}: ", "{} - "])
def test_numbered_cells(sign: str) -> None:
    def listed(*said: str) -> str:
        return "\n".join(sign.format(at) + one for at, one in enumerate(said, 1))

    found = record(
        [
            THREE.replace("\n\n", "\n"),
            listed("Northmoor Police", "Northmoor Council", "Linden Housing Association"),
            listed("Ann Marlow", "Ben Tye", "Cleo Roe"),
            listed("May 2019", "June 2019", "July 2019"),
            listed("Completed", "In progress", "Not started"),
        ]
    )
    assert [told(action) for action in found.actions] == EACH
    assert found.status.value == "in_progress"
    assert len(found.agencies) == len(found.leads) == 3


def test_level_cells() -> None:
    found = record(
        [
            THREE,
            "Northmoor Police\n\n\nNorthmoor Council\n\n\nLinden Housing Association",
            "Ann Marlow\n\n\nBen Tye\n\n\nCleo Roe",
            "May 2019\n\n\nJune 2019\n\n\nJuly 2019",
            "Green\n\n\nAmber\n\n\nRed",
        ]
    )
    assert [told(action)[:3] for action in found.actions] == [one[:3] for one in EACH]
    assert [action.status is None for action in found.actions] == [False] * 3


def test_cells_of_rows() -> None:
    found = record(
        ["1.1 Train.", "Northmoor Police", "Ann Marlow", "May 2019", "Completed"],
        ["1.2 Audit.", "Northmoor Council", "Ben Tye", "June 2019", "In progress"],
        ["1.3 Report.", "Linden Housing Association", "Cleo Roe", "July 2019", "Not started"],
    )
    assert [told(action) for action in found.actions] == EACH
    assert [action.number for action in found.actions] == ["1.1", "1.2", "1.3"]


def test_what_is_not_tied_stays_with_the_recommendation() -> None:
    found = record([THREE, "Northmoor Police", "Ann Marlow", "May 2019", "Completed"])
    assert [told(action) for action in found.actions] == [([], [], None, None)] * 3
    assert (found.target.edtf, found.status.value) == ("2019-05", "completed")


def test_no_day_is_made_of_a_list_number() -> None:
    found = record([THREE, "", "Ann Marlow", "1.May 2019\n2.June 2019\n3.July 2019", ""])
    assert [told(action)[2] for action in found.actions] == ["2019-05", "2019-06", "2019-07"]
    assert found.target.edtf is None


def test_a_fill_alone_is_level_with_no_action() -> None:
    """Three actions in one cell, and a status that is only a colour: it is the record's."""
    action = cell("1. Brief staff.\n2. Review the form.\n3. Tell partners.", x=180.0)
    status = cell("", x=460.0, fill=(0, 176, 80))
    rows = [("1", "Review the pathway.", action, "Head of Service", status)]
    told = table(["No", "Recommendation", "Action", "Lead", "RAG"], rows)
    (record,) = interpret(document(told, notes="Green: completed")).recommendations
    assert [one.status for one in record.actions] == [None, None, None]
    assert record.status.value == "completed"
