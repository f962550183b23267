"""What status cells, colours and answers say of progress."""

from __future__ import annotations

import pytest

from actionplan.normalise.interpret import interpret
from actionplan.normalise.status_column import (
    acceptance,
    is_answer,
    status_from_colour,
    status_from_column,
    status_word,
)
from actionplan.normalise.status_mixed import asked, labelled, ticked
from actionplan.schemas.tables import Colour
from tests.normalise.tables import document, table

COLUMN = [
    ("G", "completed"),
    ("A", "in_progress"),
    ("R", "not_started"),
    ("B", "completed"),
    ("Green", "completed"),
    ("RED", "not_started"),
    ("Amber", "in_progress"),
    ("Amber – on track", "in_progress"),
    ("Green - on track", "in_progress"),
    ("Red: not on track", "in_progress"),
    ("100%", "completed"),
    ("75% complete", "in_progress"),
    ("0 per cent", "not_started"),
    ("Complete", "completed"),
    ("Delivered", "completed"),
    ("Closed", "completed"),
    ("Achieved", "completed"),
    ("Not achieved", "in_progress"),
    ("Partially complete", "in_progress"),
    ("On Track to deliver", "in_progress"),
    ("Some issues – narrative disclosure", "in_progress"),
    ("Behind schedule", "in_progress"),
    ("Overdue", "in_progress"),
    ("Open", "in_progress"),
    ("Pending", "not_started"),
    ("Not started", "not_started"),
    ("Not yet commenced", "not_started"),
    ("Ongoing", "ongoing"),
    ("Agreed", "unknown"),
    ("N/A", "unknown"),
    ("", "unknown"),
    ("Lead", "unknown"),
]


@pytest.mark.parametrize(("text", "value"), COLUMN)
def test_columns(text: str, value: str) -> None:
    status = status_from_column(text)
    assert (status.value, status.text) == (value, text)
    assert status.basis == ("none" if value == "unknown" else "column")


SENTENCES = [
    ("Not due to start until April", "not_started"),
    ("Complete apart from the leaflet, which is with the printers", "in_progress"),
    ("Amber: awaiting sign off by the Board", "in_progress"),
    ("Green – all wards have been visited", "completed"),
    ("Red, nothing has been done", "not_started"),
    ("Training delivered and now part of induction", "completed"),
    # slips of the typist
    ("Complted", "completed"),
    ("In progess", "in_progress"),
    ("Ongong", "ongoing"),
    ("Overude", "in_progress"),
    ("in prog.", "in_progress"),
    ("W.I.P", "in_progress"),
    ("n/s", "not_started"),
]


@pytest.mark.parametrize(("text", "value"), SENTENCES)
def test_sentences_and_slips_in_a_column(text: str, value: str) -> None:
    assert status_from_column(text).value == value


@pytest.mark.parametrize(
    "text", ["Training to be arranged", "Review of policy", "Jo Ash", "Competed", "Planted", ""]
)
def test_sentences_are_no_status_words(text: str) -> None:
    assert status_word(text) is None


def test_a_meaning_of_two_kinds_is_the_first_of_them() -> None:
    key = {"r": "not begun or at risk", "g": "done or on track"}
    assert status_from_column("R", key).value == "not_started"
    assert status_from_column("G", key).value == "completed"


def test_the_documents_own_key_wins() -> None:
    key = {"g": "On track", "r": "Completed late"}
    assert status_from_column("G", key).value == "in_progress"
    assert status_from_column(" r ", key).value == "completed"
    assert status_from_column("A", key).value == "in_progress"


GREEN: Colour = (0, 176, 80)
AMBER: Colour = (255, 192, 0)
KEY = {GREEN: "Complete", AMBER: "In progress"}

COLOURS = [
    (GREEN, KEY, "completed"),
    ((10, 180, 90), KEY, "completed"),
    (AMBER, KEY, "in_progress"),
    ((255, 0, 0), KEY, "unknown"),
    ((255, 255, 255), KEY, "unknown"),
    (None, KEY, "unknown"),
    (GREEN, {}, "unknown"),
    (GREEN, {GREEN: "Housing directorate"}, "unknown"),
]


@pytest.mark.parametrize(("fill", "key", "value"), COLOURS)
def test_colours_need_a_key(fill: Colour | None, key: dict[Colour, str], value: str) -> None:
    status = status_from_colour(fill, key)
    assert status.value == value
    assert status.basis == ("none" if value == "unknown" else "colour")


ACCEPTANCE = [
    ("Agreed", "Agreed"),
    ("AGREED. We will act.", "Agreed"),
    ("Agree", "Agree"),
    ("Fully agreed", "Fully agreed"),
    ("Partly Agreed", "Partly Agreed"),
    ("Partially agreed - see note", "Partially agreed"),
    ("Agreed in principle", "Agreed in principle"),
    ("Not agreed", "Not agreed"),
    ("Not-agreed", "Not-agreed"),
    ("Accepted", "Accepted"),
    ("Partly\naccepted", "Partly accepted"),
    ("Not accepted", "Not accepted"),
    ("Rejected", "Rejected"),
    (
        "Accepted, subject to the views of the family. Work has begun.",
        "Accepted, subject to the views of the family",
    ),
    ("Agreed with reservations", "Agreed with reservations"),
    ("Agreement was reached", None),
    ("It was agreed", None),
    ("Completed", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "answer"), ACCEPTANCE)
def test_acceptance_is_no_progress(text: str, answer: str | None) -> None:
    assert acceptance(text) == answer


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("Partly agreed.", True),
        ("Accepted in principle", True),
        ("Agreed: one third each.", False),
        ("Accepted by all homes", False),
        ("", False),
    ],
)
def test_an_answer_stands_alone(text: str, answers: bool) -> None:
    assert is_answer(text) == answers


def test_white_may_be_in_the_key() -> None:
    key: dict[Colour, str] = {GREEN: "In place", (255, 255, 255): "Not in place"}
    assert status_from_colour(None, key).value == "not_started"
    assert status_from_colour((255, 255, 255), key).value == "not_started"


MIXED = [
    ("Progress: leaflet drafted RAG: Green", "completed"),
    ("Status – complete Evidence: audit of May 2016", "completed"),
    ("Update: form drafted. Status: on track", "in_progress"),
    ("RAG rating Green Date closed 4 May", "completed"),
    ("Complete: Y", "completed"),
    ("Completed (Y/N): N", "in_progress"),
    ("Started? No", "not_started"),
    ("Yes", "completed"),
    ("Yes - March 2015", "completed"),
    ("Yes, ongoing", "ongoing"),
    ("No – awaiting funds", "not_started"),
    ("✓", "completed"),
    ("☐ Complete ☑ In progress ☐ Not started", "in_progress"),
    ("Complete ☐ In progress ☑ Not started ☐", "in_progress"),
    ("[x] Done [ ] Under way [ ] To do", "completed"),
    ("☐ Complete ☐ In progress", "unknown"),
    ("Complete / In progress / Not started", "unknown"),
    ("G – on track", "in_progress"),
    ("R (overdue)", "in_progress"),
    ("A - two wards to go", "in_progress"),
    ("Agreed, subject to funding", "unknown"),
    ("Agreed and completed", "completed"),
    ("Accepted. In progress.", "in_progress"),
    ("Nearly finished", "in_progress"),
    ("Met in part", "in_progress"),
    ("Not yet fully met", "in_progress"),
    ("80% – two wards to go", "in_progress"),
    ("Cancelled", "unknown"),
    ("Transferred to business as usual", "ongoing"),
]


@pytest.mark.parametrize(("text", "value"), MIXED)
def test_mixed_cells(text: str, value: str) -> None:
    assert status_from_column(text).value == value


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("☑ Yes ☐ No", "Yes"),
        ("Yes ☐ No ☒", "No"),
        ("( ) Done (x) Open", "Open"),
        ("☑ Yes ☑ No", None),
        ("☐ Yes ☐ No", ""),
        ("☑ Done", None),
        ("Done", None),
    ],
)
def test_the_ticked_option(text: str, option: str | None) -> None:
    assert ticked(text) == option


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("RAG: Amber", "Amber"),
        ("Lead: HR Status: closed Evidence: minutes", "closed"),
        ("BRAG rating - blue", "blue"),
        ("The status of the post is unclear", None),
        ("Status:", None),
    ],
)
def test_what_stands_behind_a_label(text: str, part: str | None) -> None:
    assert labelled(text) == part


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Complete: Y", ("complete", True)),
        ("Started? no", ("started", False)),
        ("Complete: in May", None),
        ("Agreed: Y", None),
    ],
)
def test_questions_and_their_answers(text: str, answer: tuple[str, bool] | None) -> None:
    assert asked(text) == answer


@pytest.mark.parametrize(
    ("figure", "value"), [("100", "completed"), ("25", "in_progress"), ("0", "not_started")]
)
def test_bare_figures_below_a_header_that_says_per_cent(figure: str, value: str) -> None:
    headers = ["Ref", "Recommendation", "Agreed action", "Responsible officer", "% complete"]
    told = table(
        headers, [("22.1", "Review the pathway.", "Brief staff.", "Head of Service", figure)]
    )
    (record,) = interpret(document(told)).recommendations
    assert (record.status.value, record.status.basis) == (value, "column")


def test_a_key_whose_first_meaning_is_late() -> None:
    assert status_from_column("Red", {"red": "Missed or not begun"}).value == "in_progress"
    assert status_from_column("Green", {"green": "On plan"}).value == "in_progress"
