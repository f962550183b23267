"""Headings above a table, told from prose."""

from __future__ import annotations

import re
from dataclasses import replace

from actionplan.extract.headings import HeadingFinder
from actionplan.extract.settings import HeadingSettings
from actionplan.schemas.tables import Line
from tests.extract.pages import block, found, fragment, line

PROSE = [
    "The panel met four times between March and November of that year, and heard from all of the",
    "agencies named in the terms of reference; its findings are set out in the chapters above and",
    "the plan below answers each of them.",
]


def _split(lines: list[Line]) -> tuple[list[str], list[str]]:
    finder = HeadingFinder([found([fragment([["a", "b"]])])], HeadingSettings())
    heading, prose = finder.split(lines)
    assert sorted(map(id, [*prose, *heading])) == sorted(map(id, lines))
    return [item.text for item in heading], [item.text for item in prose]


def test_nothing_above() -> None:
    assert _split([]) == ([], [])


def test_a_bold_line() -> None:
    assert _split([line("Action Plan", bold=True)]) == (["Action Plan"], [])


def test_a_short_plain_line() -> None:
    assert _split([line("Brindlecombe Council")]) == (["Brindlecombe Council"], [])


def test_prose_is_no_heading() -> None:
    assert _split(block(PROSE)) == ([], PROSE)


def test_prose_before_the_heading() -> None:
    lines = [*block(PROSE), line("Action Plan", y=60, bold=True), line("Overview", y=75, bold=True)]
    assert _split(lines) == (["Action Plan", "Overview"], PROSE)


def test_a_short_introduction_between_title_and_table() -> None:
    title = line("Action Plan", bold=True)
    lines = [*block(PROSE, y=-60), title, *block(PROSE[:2], y=20)]
    assert _split(lines) == (["Action Plan"], [*PROSE, *PROSE[:2]])


def test_a_long_introduction_ends_the_search() -> None:
    lines = [line("Action Plan", bold=True), *block(PROSE * 3, y=20)]
    assert _split(lines)[0] == []


def test_the_end_of_a_paragraph_is_no_heading() -> None:
    wrapped = block([PROSE[0], "agencies that took part"])
    assert _split(wrapped)[0] == []


def test_a_larger_line_ends_with_a_full_stop_and_is_a_heading_still() -> None:
    large = replace(line("Actions for all agencies."), size=14.0)
    assert _split([large]) == (["Actions for all agencies."], [])
    assert _split([line("Actions for all agencies.")]) == ([], ["Actions for all agencies."])


def test_a_long_bold_line_is_prose() -> None:
    text = " ".join(["word"] * 20)
    assert _split([line(text, bold=True)]) == ([], [text])


LABEL = re.compile(r"Recommendation (?P<number>\d+)")
LABELLED = [
    "Recommendation 2: The Board should write a leaflet which says how concerns can be raised by a",
    "family member out of hours, and what will be done with them, including where no consent has",
    "been given.",
]


def _split_labelled(lines: list[Line]) -> tuple[list[str], list[str]]:
    page = found([fragment([["a", "b"]])])
    heading, prose = HeadingFinder([page], HeadingSettings(), LABEL).split(lines)
    return [item.text for item in heading], [item.text for item in prose]


def test_a_labelled_paragraph_names_the_table_below_it() -> None:
    assert _split_labelled(block(LABELLED)) == (LABELLED, [])
    assert _split_labelled([*block(PROSE), *block(LABELLED, y=100)]) == (LABELLED, PROSE)


def test_a_label_within_a_sentence_names_nothing() -> None:
    lines = [
        "Recommendation 2 was accepted by the Board and is therefore left out of the table",
        *PROSE,
    ]
    assert _split_labelled(block(lines)) == ([], lines)


def test_a_labelled_paragraph_further_up_names_nothing() -> None:
    lines = [*block(LABELLED), *block(PROSE, y=100)]
    assert _split_labelled(lines)[0] == []


def test_a_heading_below_a_labelled_paragraph_names_the_table() -> None:
    lines = [
        line("Recommendation 2. The Board should offer again what was declined.", y=700),
        line("The others are set out in the plan.", y=712),
        line("Appendix 1. Action plan", y=60, page=2, bold=True),
    ]
    heading, prose = _split_labelled(lines)
    assert heading == ["Appendix 1. Action plan"]
    assert len(prose) == 2
