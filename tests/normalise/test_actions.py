"""Actions, and what the page ties to them."""

from __future__ import annotations

import pytest

from actionplan.normalise.actions import ActionDraft, level_groups, read_action_cell, tie
from actionplan.normalise.agencies import AgencyContext
from actionplan.normalise.settings import NormaliseSettings
from actionplan.schemas.tables import Cell, Line
from tests.normalise.tables import cell

CONTEXT = AgencyContext.build(["Linden Housing Association"])
SETTINGS = NormaliseSettings()


def texts(made: Cell) -> list[tuple[str | None, str]]:
    """Return number and text of each action of a cell."""
    return [(one.number, one.text) for one in read_action_cell(made, CONTEXT).actions]


def blocks(made: Cell) -> list[list[Line]]:
    """Return each line of a cell as a block of its own."""
    return [[one] for one in made.lines]


def actions(made: Cell) -> tuple[ActionDraft, ...]:
    """Return the actions of a cell."""
    return read_action_cell(made, CONTEXT).actions


def test_numbered_items_lose_their_numbers() -> None:
    made = cell("1. Train all staff\n   in the new form.\n2. Audit the files.")
    assert texts(made) == [("1", "Train all staff in the new form."), ("2", "Audit the files.")]


def test_a_cell_may_begin_with_a_later_letter() -> None:
    assert texts(cell("(b) Audit the files.")) == [("b", "Audit the files.")]
    assert texts(cell("c) Audit the files.\nd) Report.")) == [
        ("c", "Audit the files."),
        ("d", "Report."),
    ]
    assert texts(cell("B. Hill to audit the files.")) == [(None, "B. Hill to audit the files.")]


def test_bullets_leave_no_number() -> None:
    assert texts(cell("• Train all staff.\n• Audit the files.")) == [
        (None, "Train all staff."),
        (None, "Audit the files."),
    ]


def test_bullets_under_numbers_stay_with_them() -> None:
    made = cell("1. Report to\n   • the Board\n   • the Council\n2. Audit the files.")
    assert texts(made) == [
        ("1", "Report to • the Board • the Council"),
        ("2", "Audit the files."),
    ]


def test_one_paragraph_is_one_action() -> None:
    made = cell("Write to every school in the\ndistrict and ask for an answer.")
    assert texts(made) == [(None, "Write to every school in the district and ask for an answer.")]


def test_agency_alone_is_no_action() -> None:
    read = read_action_cell(cell("Northmoor Police"), CONTEXT)
    assert [span.agency.name for span in read.agencies] == ["Northmoor Police"]
    assert read.actions == ()


def test_agency_above_its_actions() -> None:
    made = cell("Northmoor Police\n\n1. Train all staff.\n2. Audit the files.")
    read = read_action_cell(made, CONTEXT)
    assert [span.agency.name for span in read.agencies] == ["Northmoor Police"]
    assert [one.number for one in read.actions] == ["1", "2"]


def test_action_that_names_an_agency_is_an_action() -> None:
    read = read_action_cell(cell("Ask Northmoor Police for their files."), CONTEXT)
    assert read.agencies == ()
    assert len(read.actions) == 1


@pytest.mark.parametrize("text", ["", "N/A", "TBC", "None", "-"])
def test_cell_that_says_nothing_has_nothing(text: str) -> None:
    read = read_action_cell(cell(text), CONTEXT)
    assert (read.agencies, read.actions) == ((), ())


TALL = "1. Train all staff.\n   in the form.\n\n2. Audit files.\n   each month.\n\n3. Report."


def test_blocks_level_with_actions_are_tied() -> None:
    leads = cell("Ann Marlow\n\n\nBen Tye\nHead of Housing\n\nCleo Roe", x=300.0)
    assert tie(blocks(leads), actions(cell(TALL)), leads, SETTINGS) == [0, 1, 1, 2]


def test_stacked_blocks_are_tied_to_none() -> None:
    leads = cell("Ann Marlow\nBen Tye\n\n\n\n\n\n", x=300.0)
    assert tie(blocks(leads), actions(cell(TALL)), leads, SETTINGS) == [None, None]


def test_lists_without_blank_lines_are_tied_to_numbered_actions_only() -> None:
    leads = cell("Ann Marlow\nHead of Housing\nBen Tye", x=300.0)
    numbered = actions(cell("1. Train all staff.\n   in the form.\n2. Audit files."))
    assert [len(numbered), len(blocks(leads))] == [2, 3]
    assert tie(blocks(leads), numbered, leads, SETTINGS) == [0, 0, 1]
    plain = actions(cell("• Train all staff.\n   in the form.\n• Audit files."))
    assert tie(blocks(leads), plain, leads, SETTINGS) == [None, None, None]


def block_list(made: Cell, *sizes: int) -> list[list[Line]]:
    """Return the lines of a cell in blocks of `sizes` lines."""
    lines = iter(made.lines)
    return [[next(lines) for _ in range(size)] for size in sizes]


SHORT = "1. Train all staff.\n2. Audit files.\n3. Report\n   to all.\n4. Ask staff."


LONG = "1. Train all\n   staff.\n2. Audit files.\n3. Report\n   to all.\n4. Ask staff."


def test_blocks_each_level_with_an_action_need_not_be_as_many() -> None:
    leads = cell("Ann Marlow\nHead of Care\nBen Tye\nCleo Roe", x=300.0)
    assert tie(block_list(leads, 2, 1, 1), actions(cell(LONG)), leads, SETTINGS) == [0, 1, 2]
    # One is level with no action, or there are but two, or single lines beside single lines.
    assert tie(block_list(leads, 1, 1, 1, 1), actions(cell(LONG)), leads, SETTINGS) == [None] * 4
    assert tie(block_list(leads, 2, 1), actions(cell(LONG)), leads, SETTINGS) == [None] * 2
    assert tie(block_list(leads, 1, 1, 1), actions(cell(SHORT)), leads, SETTINGS) == [None] * 3


def test_one_block_beside_a_later_action_is_tied() -> None:
    leads = cell("\n\n\n\n\n\nAnn Marlow", x=300.0)
    assert tie(blocks(leads), actions(cell(TALL)), leads, SETTINGS) == [2]


def test_one_block_in_the_middle_of_its_cell_is_not() -> None:
    leads = cell("\n\n\nAnn Marlow\n\n\n", x=300.0)
    assert tie(blocks(leads), actions(cell(TALL)), leads, SETTINGS) == [None]


def test_one_block_at_the_top_is_not() -> None:
    leads = cell("Ann Marlow\n\n\n\n\n\n", x=300.0)
    assert tie(blocks(leads), actions(cell(TALL)), leads, SETTINGS) == [None]


def test_one_action_takes_nothing() -> None:
    leads = cell("Ann Marlow", x=300.0)
    assert tie(blocks(leads), actions(cell("1. Train all staff.")), leads, SETTINGS) == [None]


def test_action_that_runs_over_the_page_keeps_what_stands_beside_it() -> None:
    drafts = actions(cell(TALL))
    leads = cell("Ann Marlow\n\n\nBen Tye\n\n\nCleo Roe", x=300.0)
    later = cell("Dora Pask", x=300.0, y=60.0, page=2)
    assert tie([*blocks(leads), *blocks(later)], drafts, leads, SETTINGS) == [0, 1, 2, 2]


def grouped(made: Cell, *, alone: bool = False) -> list[int]:
    """Return the sizes of the groups of a cell beside the three actions."""
    found = level_groups(made.lines, actions(cell(TALL)), SETTINGS, lambda lines: alone)
    return [len(group) for group in found]


def test_lines_beside_different_actions_are_parted() -> None:
    level = cell("Ann Marlow\nHead of\n\nBen Tye\n\n\nCleo Roe", x=300.0)
    assert grouped(level) == [2, 1, 1]
    other = cell("Ann Marlow\nHead of\n\n\nBen Tye", x=300.0)
    assert grouped(other) == [3]


def test_level_line_without_free_space_begins_a_group_if_it_can_stand_alone() -> None:
    made = cell("Ann Marlow\nHead of\nHousing\nBen Tye\n\n\nCleo Roe", x=300.0)
    assert grouped(made, alone=True) == [3, 1, 1]
    assert grouped(made, alone=False) == [4, 1]


def _spread(made: Cell, pitch: float) -> Cell:
    """The cell with its lines `pitch` points from each other."""
    for at, one in enumerate(made.lines):
        x0, y0, x1, y1 = one.bbox
        one.bbox = (x0, 100.0 + pitch * at, x1, 100.0 + pitch * at + y1 - y0)
    return made


def test_wide_spacing_of_all_lines_is_no_free_space() -> None:
    drafts = actions(_spread(cell("• Write to\n  all members.\n• Ask two firms."), 17.0))
    assert len(drafts) == 2
    wide = _spread(cell("Chair /\nPartnership\nManager", x=300.0), 17.0)
    assert [len(group) for group in level_groups(wide.lines, drafts, SETTINGS, lambda _: True)] == [
        3
    ]


def test_one_date_over_wide_lines_is_no_actions() -> None:
    made = _spread(cell("• Brief for\n  campaign\n• Test posters\n  twice"), 17.0)
    # A glyph below the line makes its box taller, and the gap under it smaller.
    date = _spread(cell("By end\nof March\n2017", x=300.0), 17.0)
    for one in (made.lines[2], date.lines[0]):
        one.bbox = (*one.bbox[:3], one.bbox[3] + 3.0)
    assert tie([date.lines], actions(made), date, SETTINGS) == [None]


def test_what_opens_a_list_is_no_action() -> None:
    made = cell("The Trust will:\n• Train all staff.\n• Audit files.")
    assert texts(made) == [(None, "The Trust will: Train all staff."), (None, "Audit files.")]
    made = cell("Three steps:\n1. Train all staff.\n2. Audit files.")
    assert texts(made) == [("1", "Three steps: Train all staff."), ("2", "Audit files.")]
    assert texts(cell("The Trust will:\n\nTrain all staff."))[0] == (None, "The Trust will:")


def test_cells_are_level_with_an_item_and_not_with_what_opens_its_list() -> None:
    made = cell("The Trust will:\n• Train all staff\n  in the form.\n\n• Audit files.")
    leads = cell("\nAnn Marlow\n\n\nBen Tye", x=300.0)
    assert tie(blocks(leads), actions(made), leads, SETTINGS) == [0, 1]


def test_numbers_keep_their_parents() -> None:
    made = cell(
        "1.1 Train all staff.\n1.2 Audit files.\n1.2.1 Report to the Board.\n1.3 Ask staff."
    )
    assert [number for number, _ in texts(made)] == ["1.1", "1.2", "1.2.1", "1.3"]
    made = cell("Action 1.1 Train all staff.\nAction 1.2 Audit files.")
    assert texts(made) == [("1.1", "Train all staff."), ("1.2", "Audit files.")]
    made = cell("1. Train staff:\n   a) new ones\n   b) managers\n2. Audit files.")
    assert texts(made) == [("1", "Train staff: a) new ones b) managers"), ("2", "Audit files.")]


def test_romans_between_letters() -> None:
    made = cell("a) Train staff:\n   i) new ones\n   ii) managers\nb) Audit files.\nc) Report.")
    assert texts(made) == [
        ("a", "Train staff: i) new ones ii) managers"),
        ("b", "Audit files."),
        ("c", "Report."),
    ]


def test_headings_inside_a_cell_open_their_lists() -> None:
    made = cell("Short term:\n• Train staff.\n• Audit files.\nLong term:\n• Report.")
    assert texts(made) == [
        (None, "Short term: Train staff."),
        (None, "Audit files."),
        (None, "Long term: Report."),
    ]


def over_pages(first: str, second: str) -> Cell:
    """Return a cell that goes on over a page."""
    made, more = cell(first, y=500.0), cell(second, y=60.0, page=2)
    made.lines += more.lines
    made.regions += more.regions
    return made


def test_an_action_goes_on_over_a_page() -> None:
    made = over_pages("1. Train all staff in\n   the use of the", "   form and report.\n2. Audit.")
    assert texts(made) == [
        ("1", "Train all staff in the use of the form and report."),
        ("2", "Audit."),
    ]
    made = over_pages("1. Train.\n2. Audit files", "2. (continued) each month.\n3. Ask.")
    assert texts(made) == [("1", "Train."), ("2", "Audit files each month."), ("3", "Ask.")]
    made = over_pages("• Train.\n• Audit files", "  each month.\n• Ask.")
    assert texts(made) == [(None, "Train."), (None, "Audit files each month."), (None, "Ask.")]


def agents(made: Cell) -> list[tuple[list[str], str]]:
    """Return for each action of a cell the agencies that it names, and its text."""
    found = read_action_cell(made, CONTEXT).actions
    return [([span.agency.name for span in one.agencies], one.text) for one in found]


def test_agencies_above_parts_of_a_list() -> None:
    made = cell("Northmoor Police:\n• Train staff.\n• Audit files.\nNorthmoor Council:\n• Ask.")
    assert agents(made) == [
        (["Northmoor Police"], "Train staff."),
        (["Northmoor Police"], "Audit files."),
        (["Northmoor Council"], "Ask."),
    ]
    read = read_action_cell(made, CONTEXT).agencies
    assert [span.agency.name for span in read] == ["Northmoor Police", "Northmoor Council"]


def test_bodies_that_end_an_action_answer_for_none() -> None:
    made = cell(
        "1. Train all staff.\n2. Report to:\n   Northmoor Police\n   Northmoor Council\n"
        "   Linden Housing Association"
    )
    read = read_action_cell(made, CONTEXT)
    assert read.agencies == ()
    assert [one.number for one in read.actions] == ["1", "2"]
    made = cell("Report in May to\n\nNorthmoor Police\n\nNorthmoor Council\n\nand to all.")
    assert read_action_cell(made, CONTEXT).agencies == ()


def test_an_agency_before_a_colon_answers_for_its_action() -> None:
    made = cell(
        "Northmoor Police: train all staff.\nNorthmoor Council: write to schools.\nBe it so: go."
    )
    assert agents(made) == [
        (["Northmoor Police"], "Northmoor Police: train all staff."),
        (["Northmoor Council"], "Northmoor Council: write to schools."),
        ([], "Be it so: go."),
    ]
    assert read_action_cell(made, CONTEXT).agencies == ()
