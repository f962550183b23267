"""Labels and numbers, as plans print them."""

from __future__ import annotations

import re

import pytest

from actionplan.normalise.labels import LABEL_PATTERN, next_number, number_cell, read_label
from actionplan.schemas.tables import join_lines
from tests.normalise.tables import cell

LABELLED = [
    ("Recommendation No 1\nThe Board should act", "Recommendation No 1", "1"),
    ("Recommendation  No 6 \nThe Board should act", "Recommendation No 6", "6"),
    ("Recommendation 1: The Board should act", "Recommendation 1", "1"),
    ("Recommendation 10 – The Board should act", "Recommendation 10", "10"),
    ("Recommendation\n3\nThe Board should act", "Recommendation 3", "3"),
    ("Recommendation No\n3 The Board should act", "Recommendation No 3", "3"),
    ("Recommendation One\nThe Board should act", "Recommendation One", "1"),
    ("Recommendations 1 and 2: The Board should act", "Recommendations 1 and 2", "1 and 2"),
    ("Key recommendation 2. The Board should act", "Key recommendation 2", "2"),
    ("Rec 4a The Board should act", "Rec 4a", "4a"),
    ("Rec. 7 - The Board should act", "Rec. 7", "7"),
    ("IMR Rec 3 The Board should act", "IMR Rec 3", "3"),
    ("R1 The Board should act", "R1", "1"),
    ("R12\nThe Board should act", "R12", "12"),
    ("OR1: The Board should act", None, "OR1"),
    ("1. The Board should act", None, "1"),
    ("4a) The Board should act", None, "4a"),
    ("(2) The Board should act", None, "2"),
    ("5 – The Board should act", None, "5"),
    ("1.2 The Board should act", None, "1.2"),
    ("1(a)(ii) The Board should act", "1(a)(ii)", "1(a)(ii)"),
    ("Action 3: The Board should act", "Action 3", "3"),
]


@pytest.mark.parametrize(("text", "label", "number"), LABELLED)
def test_label_and_number_leave_the_text(text: str, label: str | None, number: str) -> None:
    reading = read_label(cell(text).lines)
    assert reading.number == number
    assert join_lines(reading.lines) == "The Board should act"
    if label:
        assert reading.label == label


@pytest.mark.parametrize(
    "text",
    [
        "The Board should act",
        "24 hour cover should be arranged",
        "12 Health visitors should be trained",
        "100% of staff should be trained",
        "1st July is the date",
        "12.03.2014 the Board met",
        "2014 was the year",
        "Recommendation 3 of the report was not met",
        "Action 3 will be taken",
        "A&E staff should be trained",
        "",
    ],
)
def test_sentences_have_no_label(text: str) -> None:
    lines = cell(text).lines
    reading = read_label(lines, expected=3)
    assert (reading.label, reading.number) == (None, None)
    assert reading.lines == tuple(lines)


def test_bare_number_is_a_label_only_in_sequence() -> None:
    lines = cell("3 The Board should act").lines
    assert read_label(lines, expected=3).number == "3"
    assert read_label(lines, expected=5).number is None


def test_label_in_mid_line_cuts_the_line_and_keeps_its_box() -> None:
    lines = cell("Recommendation 4: The Board\nshould act").lines
    rest = read_label(lines).lines
    assert [line.text for line in rest] == ["The Board", "should act"]
    assert rest[0].bbox == lines[0].bbox


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", "1"),
        ("1.", "1"),
        ("R1", "1"),
        ("Rec 1", "1"),
        ("Recommendation 3", "3"),
        ("4a", "4a"),
        ("1.2", "1.2"),
        ("a)", "a"),
        # Wrapped in a narrow column.
        ("QRS 1", "QRS1"),
        ("QRS- 12", "QRS-12"),
        ("R 3", "3"),
        ("4 a", "4a"),
        ("No. 7", "7"),
        ("Item 3", "3"),
        ("Jan 14", None),
        ("4 of 5", None),
        ("12 March", None),
        ("N/A", None),
        ("Staff training", None),
        ("", None),
    ],
)
def test_number_cell(text: str, number: str | None) -> None:
    assert number_cell(text) == number


def test_next_number() -> None:
    assert [next_number(value) for value in (None, "3", "4a", "1.2", "OR1")] == [1, 4, 5, 2, 1]


def test_hint_pattern_finds_labels_and_leaves_sentences() -> None:
    pattern = re.compile(LABEL_PATTERN)
    found = pattern.match("Recommendation No 4 The Board")
    assert found and found["number"] == "4"
    assert pattern.match("The Board considered recommendation 4") is None
