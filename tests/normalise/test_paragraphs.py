"""Paragraphs and list items out of printed lines."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionplan.normalise.paragraphs import split_paragraphs
from actionplan.normalise.running import run_on
from actionplan.schemas.tables import Cell, Line, Region, join_lines
from tests.normalise.cells import flow, make_cell, make_line


def texts(cell: Cell) -> list[str]:
    return [paragraph.text for paragraph in split_paragraphs(cell)]


def markers(cell: Cell) -> list[str | None]:
    return [paragraph.marker for paragraph in split_paragraphs(cell)]


def test_an_empty_cell_has_none() -> None:
    assert split_paragraphs(Cell()) == []
    assert split_paragraphs(Cell(lines=[make_line("  ")])) == []


WRAPPED = [
    # lower case goes on
    ["The Board will write to", "all its members"],
    # a capital goes on where it would not have fitted on the line before
    ["The form is sent to the", "Safeguarding Board"],
    # a sentence inside the line: the full stop at a line's end proves nothing
    ["Write a plan. Share it now.", "Then train all the team."],
    # numbers in running text
    ["as set out at clause and at", "4.13.1 in respect of data"],
    ["which was in place by March", "2013. It was then reviewed"],
    ["who met and agreed it on the", "12. The team meets at noon"],
    ["a course that was attended by", "2 cohorts each year of staff"],
    # a dash inside a sentence, an abbreviation at the end of the line
    ["the course for the new staff", "– enhanced awareness training"],
    ["all the agencies that work, e.g.", "Harbour House and the college"],
]


@pytest.mark.parametrize("lines", WRAPPED, ids=lambda lines: lines[1])
def test_a_wrapped_line_is_no_paragraph(lines: list[str]) -> None:
    assert texts(make_cell(*lines)) == [" ".join(lines)]


def test_a_paragraph_ends_where_the_next_word_would_have_fitted() -> None:
    cell = make_cell("Write a plan", "Train all staff", "Audit the files by spring", chars=26)
    assert texts(cell) == ["Write a plan", "Train all staff", "Audit the files by spring"]


def at_heights(*lines: tuple[str, float]) -> Cell:
    """A cell whose lines begin at the given heights; its edge is as far as its widest line."""
    return Cell(lines=[make_line(text, y0=y0) for text, y0 in lines])


def test_three_points_between_paragraphs_part_them() -> None:
    # Lines are 11 points high and 12 apart.
    cell = at_heights(
        ("Write a plan for the whole", 100), ("area of the two", 112), ("Council teams", 127)
    )
    assert texts(cell) == ["Write a plan for the whole area of the two", "Council teams"]


def test_a_cell_of_short_paragraphs_has_a_pitch_too() -> None:
    cell = at_heights(
        ("Plan written by the Board", 100), ("(Northmoor)", 112), ("Ann to train", 128)
    )
    assert texts(cell) == ["Plan written by the Board (Northmoor)", "Ann to train"]


def test_uneven_lines_are_no_paragraphs() -> None:
    cell = at_heights(
        ("The form is sent to the", 100),
        ("Safeguarding Board for", 112),
        ("Adults of the District", 125.5),
        ("Northmoor Borough Councils", 137),
    )
    assert len(texts(cell)) == 1


def test_a_full_stop_ends_a_paragraph_where_each_sentence_begins_a_line() -> None:
    cell = make_cell("Write a plan for the area.", "Train all of the new staff.")
    assert len(texts(cell)) == 2


def test_a_full_stop_at_a_lines_end_is_chance_once_sentences_begin_inside_lines() -> None:
    cell = make_cell("Write a plan. It is for all.", "Staff will be told about it", "by spring.")
    assert len(texts(cell)) == 1


def test_a_full_stop_at_a_lines_end_is_chance_in_lists_and_spaced_cells() -> None:
    assert texts(make_cell("1. Write the new plan.", "Publish it in the area")) == [
        "Write the new plan. Publish it in the area"
    ]
    spaced = make_cell("Write the new plan.", "Publish it in spring", "", "Train all staff")
    assert texts(spaced) == ["Write the new plan. Publish it in spring", "Train all staff"]


def test_extra_leading_parts_paragraphs_also_before_lower_case() -> None:
    cell = make_cell("the board to write", "to the members", "", "the lead to train", "the staff")
    assert texts(cell) == ["the board to write to the members", "the lead to train the staff"]


def test_evenly_spaced_paragraphs_of_one_line_are_parted() -> None:
    cell = make_cell("Write a plan for the area", "", "Train all of the staff now", "", "Audit it")
    assert len(texts(cell)) == 3


def test_wide_line_spacing_is_no_leading() -> None:
    lines = ["Write a report which", "", "shows the three of", "", "Them by street."]
    assert len(texts(make_cell(*lines, chars=20))) == 1


def test_a_page_change_says_nothing_by_itself() -> None:
    assert len(texts(make_cell("The Board will write to", "\f", "its members", chars=24))) == 1
    assert len(texts(make_cell("The form is sent to the", "\f", "Safeguarding Board"))) == 1
    assert len(texts(make_cell("Write a plan.", "\f", "Train all of the staff now"))) == 2


def test_a_cut_word_is_not_parted() -> None:
    cell = make_cell("A plan is com¬", "Missioned by the Board", chars=40)
    assert texts(cell) == ["A plan is comMissioned by the Board"]


def test_without_a_region_the_widest_line_tells_the_width() -> None:
    cell = make_cell("Write a plan", "Train all staff of the", "team", "Audit it", region=False)
    assert texts(cell) == ["Write a plan", "Train all staff of the team", "Audit it"]


LISTS = [
    (["1. Write it", "2. Train staff", "3. Audit"], ["1", "2", "3"]),
    (["1) Write it", "2) Train staff"], ["1", "2"]),
    (["(1) Write it", "(2) train staff"], ["1", "2"]),
    (["1: Write it", "2: Train staff"], ["1", "2"]),
    (["1 Write it", "2 Train staff"], ["1", "2"]),
    (["1 – Write it", "2 – Train staff"], ["1", "2"]),
    (["1.Write it", "2.Train staff"], ["1", "2"]),
    (["1. write it", "2. train staff"], ["1", "2"]),
    (["Action 1: Write it", "Action 2: Train"], ["1", "2"]),
    (["4.1 Write it", "4.2 Train staff"], ["4.1", "4.2"]),
    (["1. Write it", "1.1 To staff", "1.2 To others", "2. Audit"], ["1", "1.1", "1.2", "2"]),
    (["1. Write it", "2. Train", "2. Audit", "3. Tell"], ["1", "2", "2", "3"]),
    (["1. Write it", "2. Train", "4. Tell"], ["1", "2", "4"]),
    (["7. Write it", "8. Train"], ["7", "8"]),
    (["a) Write it", "b) Train staff"], ["a", "b"]),
    (["(a) Write it", "(b) Train staff"], ["a", "b"]),
    (["a. Write it", "b. Train staff"], ["a", "b"]),
    (["A. Write it", "B. Train staff"], ["A", "B"]),
    (["i. Write it", "ii. Train staff", "iii. Audit", "iv. Tell"], ["i", "ii", "iii", "iv"]),
    (["(i) Write it", "(ii) Train staff"], ["i", "ii"]),
    (["• Write it", "• train staff"], ["•", "•"]),
    (["\uf0b7 Write it", "\uf0b7 train staff"], ["\uf0b7", "\uf0b7"]),
    (["o Write it", "o train staff"], ["o", "o"]),
    (["- Write it", "- train staff"], ["-", "-"]),
    (["– Write it", "– train staff"], ["–", "–"]),
    (["▪ Write it", "▪ Train staff"], ["▪", "▪"]),
    (["• Write it:", "o to staff", "o to others", "• Audit"], ["•", "o", "o", "•"]),
]


@pytest.mark.parametrize(("lines", "expected"), LISTS, ids=lambda value: str(value[0]))
def test_markers_of_lists(lines: list[str], expected: list[str]) -> None:
    cell = make_cell(*lines, chars=24)
    assert markers(cell) == expected
    assert all(not text.startswith(tuple("0123456789(•-–")) for text in texts(cell))


NO_MARKERS = [
    "2013. The plan was agreed",
    "17.10.18 Agreed by the Board",
    "12 March 2014 agreed",
    "12 staff trained",
    "10 Staff were trained",
    "24 hours a day",
    "A. Person leads",
    "e.g. by letter",
    "i.e. by letter",
    "1st July: agreed",
    "3% of staff",
    "over all the areas",
    "Action 1 completed",
    "-",
]


@pytest.mark.parametrize("line", NO_MARKERS)
def test_what_is_no_marker(line: str) -> None:
    cell = make_cell("The Board has met.", line, chars=40)
    assert markers(cell)[-1] is None


def test_an_initial_is_no_marker_unless_a_list_goes_on() -> None:
    assert markers(make_cell("A. Person leads it", "C. Other", chars=30)) == [None, None]
    assert markers(make_cell("A. Train staff", "B. Audit", chars=30)) == ["A", "B"]


def test_wrapped_items_stay_whole() -> None:
    cell = make_cell(
        "1. Awareness raising of the",
        "    guidance",
        "",
        "2. Identification of a lead",
        "    for each practice.",
        "Report to the Board",
        chars=28,
    )
    assert texts(cell) == [
        "Awareness raising of the guidance",
        "Identification of a lead for each practice.",
        "Report to the Board",
    ]


def test_a_bullet_alone_on_its_line_belongs_to_the_next() -> None:
    assert texts(make_cell("•", "Write a plan", "•", "Train", chars=30)) == [
        "Write a plan",
        "Train",
    ]


def test_kinds_of_markers() -> None:
    cell = make_cell("1. Write", "a) to staff", "• soon", "Then stop", chars=30)
    assert [p.kind for p in split_paragraphs(cell)] == ["number", "letter", "bullet", None]


def test_the_raw_text_keeps_the_marker() -> None:
    (paragraph,) = split_paragraphs(make_cell("1. Write a", "plan"))
    assert (paragraph.raw, paragraph.text) == ("1. Write a plan", "Write a plan")


def test_paragraphs_of_several_sentences_come_back_from_their_wrapped_lines() -> None:
    paragraphs = [
        "The Board will review its policy. It will publish the result. Leads will be told.",
        "All staff will be trained in the new form by the spring of next year.",
        "An audit of all the files will then follow. It will be reported.",
    ]
    assert texts(flow(paragraphs, 36)) == paragraphs
    assert texts(flow(paragraphs, 36, between=[""])) == paragraphs


WORDS = st.lists(
    st.sampled_from(["Write", "the", "plan.", "1.", "2.", "a)", "•", "–", "2013.", "o", "Board:"]),
    min_size=1,
    max_size=6,
).map(" ".join)


@settings(deadline=None)  # the first call builds the expressions
@given(st.lists(st.one_of(WORDS, st.just(""), st.just("\f")), min_size=1, max_size=12))
def test_no_line_is_lost_or_doubled(lines: list[str]) -> None:
    cell = make_cell(*lines, chars=30)
    paragraphs = split_paragraphs(cell)
    assert [line for p in paragraphs for line in p.lines] == cell.lines
    assert " ".join(p.raw for p in paragraphs).split() == cell.text.split()
    for paragraph in paragraphs:
        assert paragraph.raw.endswith(paragraph.text)


GLUES = st.sampled_from(["space", "keep", "drop", "cut"])


@settings(deadline=None)  # the first call builds the expressions
@given(st.lists(st.tuples(st.text("ab -\u00e9", max_size=8).map(str.strip), GLUES), max_size=8))
def test_running_text_is_the_same_everywhere(pieces: list[tuple[str, str]]) -> None:
    lines: list[Line] = [make_line(text, glue=glue) for text, glue in pieces]
    running = run_on(lines)
    assert running.text.split() == join_lines(lines).split()
    assert len(running.starts) == len(lines)
    assert list(running.starts) == sorted(running.starts)


def test_boxes_that_hold_the_letters_alone_are_no_extra_leading() -> None:
    cell = make_cell("Letter from the", "Chair.", chars=18)
    for at, one in enumerate(cell.lines):
        one.size = 13.0  # set with a third of its size between the lines, boxes without it
        one.bbox = (one.bbox[0], 100.0 + 17.4 * at, one.bbox[2], 109.4 + 17.4 * at)
    assert texts(cell) == ["Letter from the Chair."]


def _halved(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    return box[0] / 2, box[1] / 2, box[2] / 2, box[3] / 2


def test_a_cell_that_goes_on_over_a_smaller_page_keeps_its_paragraphs() -> None:
    cell = make_cell(
        "• Briefing to all response",
        "shifts.",
        "• Video of thirty of the",
        "\f",
        "calls to be reviewed in",
        "each of the quarters by",
        "two of the sergeants",
        "from another district.",
    )
    for one in cell.lines:
        if one.page == 2:
            one.bbox, one.size = _halved(one.bbox), one.size / 2
            one.first_width /= 2
    cell.regions = [
        region if region.page == 1 else region._replace(bbox=_halved(region.bbox))
        for region in cell.regions
    ]
    assert texts(cell) == [
        "Briefing to all response shifts.",
        "Video of thirty of the calls to be reviewed in each of the quarters by two of the "
        "sergeants from another district.",
    ]


def test_rows_of_a_table_inside_a_cell_begin_no_paragraph() -> None:
    lines = [make_line("Add a fee for each review:")]
    for at, row in enumerate([("Reviews", "Fee"), ("1-20", "18.50"), ("21-60", "14.00")]):
        lines += [make_line(row[0], y0=112.0 + 12 * at)]
        lines += [make_line(row[1], x0=200.0, y0=112.0 + 12 * at)]
    assert texts(Cell(lines=lines)) == [
        "Add a fee for each review: Reviews Fee 1-20 18.50 21-60 14.00"
    ]


def test_two_points_of_leading_part_paragraphs_in_a_cell_of_even_lines() -> None:
    cell = make_cell(
        "Review of the interface by",
        "the crime registrar",
        "Briefing note for control",
        "room supervisors, once the",
        "Board has agreed",
        chars=26,
    )
    for at, one in enumerate(cell.lines):
        shift = 2.0 if at >= 2 else 0.0
        one.bbox = (one.bbox[0], one.bbox[1] + shift, one.bbox[2], one.bbox[3] + shift)
    assert texts(cell) == [
        "Review of the interface by the crime registrar",
        "Briefing note for control room supervisors, once the Board has agreed",
    ]


def test_a_raised_letter_is_no_leading() -> None:
    cell = make_cell(
        "Review of the interface by",
        "the registrar, and of what",
        "was sent to the Local",
        "Trust staff on the 1st in",
        "Boards by a letter that",
    )
    raised = cell.lines[3]
    raised.bbox = (raised.bbox[0], raised.bbox[1] - 2.5, raised.bbox[2], raised.bbox[3])
    assert len(texts(cell)) == 1


@pytest.mark.parametrize("last", [(334.7, 343.7, "guidance"), (334.7, 341.3, "areas")])
def test_a_last_line_without_tall_letters_is_no_paragraph(last: tuple[float, float, str]) -> None:
    """Boxes that hug the letters: such a line's top is lower, a "g" reaches further down."""
    printed = [(304.9, 316.1, "Agree the process and"), (318.7, 327.5, "write it in the local")]
    lines = [
        Line(text, 1, (221.2, top, 221.2 + 5.5 * len(text), bottom), size=12.0, first_width=25.0)
        for top, bottom, text in [*printed, last]
    ]
    cell = Cell(lines, [Region(1, (215.8, 300.0, 352.0, 400.0))])
    assert len(split_paragraphs(cell)) == 1
