"""The key to colours and letters."""

from __future__ import annotations

import pytest

from actionplan.normalise.columns import map_headers
from actionplan.normalise.legend import Legend, colour_name, read_legend
from actionplan.normalise.sections import PlanTable
from actionplan.schemas.tables import Colour, LogicalTable
from tests.normalise.tables import cell, document, row, table

GREEN, AMBER, RED = (0, 176, 80), (255, 192, 0), (255, 0, 0)


def legend(
    notes: str = "", header: str = "Status", fill: Colour = GREEN, *others: LogicalTable
) -> Legend:
    """Return the legend of a plan with one coloured status cell."""
    made = table(("Recommendation", header), [row(cell("Act."), cell(fill=fill))])
    plan = PlanTable(made, tuple(map_headers(made)), 0)
    return read_legend(document(made, *others, notes=notes), [plan], {0})


@pytest.mark.parametrize(
    ("fill", "name"),
    [
        (GREEN, "green"),
        ((146, 208, 80), "green"),
        ((198, 239, 206), "green"),
        (AMBER, "amber"),
        (RED, "red"),
        ((192, 0, 0), "red"),
        ((0, 112, 192), "blue"),
        ((255, 255, 255), None),
        ((217, 217, 217), None),
        ((0, 0, 0), None),
    ],
)
def test_colour_name(fill: Colour, name: str | None) -> None:
    assert colour_name(fill) == name


@pytest.mark.parametrize(
    "notes",
    [
        "Key: Red = not started; Amber = in progress; Green = complete",
        "Green - complete, Amber - in progress",
        "RAG key: Green (G): complete",
        "Green means complete",
    ],
)
def test_key_in_words(notes: str) -> None:
    assert legend(notes).colours == {GREEN: "complete"}


def test_letters_of_a_key() -> None:
    words = legend("Key: R = overdue, A = on track, G = done, B = closed").words
    assert words == {"r": "overdue", "a": "on track", "g": "done", "b": "closed"}


CODES = {"c": "complete", "ip": "in progress", "ns": "not started"}


@pytest.mark.parametrize(
    "notes",
    [
        "Status: C = complete   IP = in progress   NS = not started",
        "Status: C = complete IP = in progress NS = not started",
        "Key to status (C) = complete (IP) = in progress (NS) = not started",
        "Key: C: complete; IP: in progress; NS: not started",
        "Status - C - complete, IP - in progress, NS - not started",
        "C = complete, IP = in progress, NS = not started",
    ],
)
def test_codes_of_a_key(notes: str) -> None:
    """Whichever letters they are, one or two; an entry ends where the next code begins."""
    assert legend(notes).words == CODES


def test_codes_in_a_table_of_their_own() -> None:
    rows = [row(cell(code.upper()), cell(meaning)) for code, meaning in CODES.items()]
    assert legend("", "Status", GREEN, table(("", ""), rows)).words == CODES
    members = table(("", ""), [row(cell("G"), cell("Gwen Marlow, Head of Housing"))])
    assert legend("", "Status", GREEN, members).words == {}


def test_letters_elsewhere_are_no_key() -> None:
    assert legend("Annex A - list of members").words == {}


def test_key_in_a_table_of_its_own() -> None:
    rows = [row(cell(fill=GREEN), cell("Complete")), row(cell("Late", fill=RED), cell(""))]
    found = legend("", "Status", GREEN, table(("", ""), rows))
    assert found.colours == {GREEN: "Complete", RED: "Late"}


def test_colour_without_key_means_nothing() -> None:
    assert legend().colours == {}


def test_rag_column_is_its_own_key() -> None:
    assert legend(header="RAG rating", fill=AMBER).colours == {AMBER: "amber"}
    assert legend(header="RAG rating", fill=(255, 255, 255)).colours == {}


@pytest.mark.parametrize(
    ("notes", "words"),
    [
        ("D: done, P: partly done, T: to do", {"d": "done", "p": "partly done", "t": "to do"}),
        (
            "1 Complete 2 Under way 3 Not started",
            {"1": "Complete", "2": "Under way", "3": "Not started"},
        ),
        ("1 = not begun; 2 = begun; 3 = closed", {"1": "not begun", "2": "begun", "3": "closed"}),
        ("1 Introduction 2 Terms of reference 3 Findings", {}),
        ("A: Housing, B: Health", {}),
        ("The 2 wards and 3 homes were complete", {}),
    ],
)
def test_a_line_whose_codes_all_stand_for_a_status_is_a_key(
    notes: str, words: dict[str, str]
) -> None:
    assert legend(notes).words == words


@pytest.mark.parametrize(
    ("fill", "meaning"),
    [((255, 255, 255), "not begun"), ((191, 191, 191), "not due"), (GREEN, "done")],
)
def test_white_and_grey_where_the_key_names_them(fill: Colour, meaning: str) -> None:
    found = legend("Key: White = not begun; Grey = not due; Green = done", fill=fill)
    assert found.colours[fill] == meaning


def test_a_key_that_names_colours_inside_them() -> None:
    rows = [row(cell("Green – complete", fill=GREEN)), row(cell("Amber – started", fill=AMBER))]
    found = legend("", "Status", GREEN, table(("",), rows))
    assert found.colours == {GREEN: "Green – complete", AMBER: "Amber – started"}


@pytest.mark.parametrize("notes", ["", "The green paper was complete.", "Green Lane Surgery"])
def test_colours_in_prose_are_no_key(notes: str) -> None:
    assert legend(notes).colours == {}
