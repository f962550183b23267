"""Header rows: by known words, by looks, by repetition."""

from __future__ import annotations

import pytest

from actionplan.extract.fragments import TableFragment
from actionplan.extract.headers import HeaderFinder, column_headers, is_band
from actionplan.extract.settings import HeaderSettings
from actionplan.schemas.tables import TableHints
from tests.extract.pages import fragment, merge

PHRASES = ("recommendation", "action", "lead", "lead officer", "target date", "progress")
HINTS = TableHints(PHRASES, r"(?:Recommendation\s*)?(?P<number>\d+)[.:]?(?=\s|$)")
HEADER = ["Recommendation", "Action", "Lead Officer", "Target Date"]
BODY = ["1. Write a pathway", "Draft it", "J Marrow", "May 2014"]
MORE = ["2. Train all staff", "Book a trainer", "A Sedge", "June 2014"]


def _mark(
    table: TableFragment, known: TableFragment | None = None, hints: TableHints = HINTS
) -> tuple[int, int, bool]:
    HeaderFinder(hints, HeaderSettings()).mark(table, known)
    return table.title_rows, table.header_rows, table.repeated


def test_a_header_by_its_words() -> None:
    assert _mark(fragment([HEADER, BODY, MORE])) == (0, 1, False)


def test_a_header_wrapped_over_lines() -> None:
    header = ["Recommen-dation", "Action", "Lead|Officer", "Target|Date"]
    assert _mark(fragment([header, BODY, MORE])) == (0, 1, False)


def test_no_header() -> None:
    assert _mark(fragment([BODY, MORE])) == (0, 0, False)
    assert _mark(fragment([BODY, MORE]), hints=TableHints()) == (0, 0, False)


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(["1. Lead", "Action", "Progress", "Target date"], id="begins with a label"),
        pytest.param(
            ["Action on the lead " + "and more words " * 6, "Lead", "J Marrow", "Progress"],
            id="a long cell",
        ),
        pytest.param(["Action", "", "", ""], id="one filled cell"),
        pytest.param(
            ["Appoint a lead for the board", "Action is under way", "Lead", "May 2014"],
            id="words of the header among others",
        ),
    ],
)
def test_body_rows_that_hold_header_words(row: list[str]) -> None:
    assert _mark(fragment([row, BODY, MORE])) == (0, 0, False)


def test_a_bold_row_over_a_plain_one() -> None:
    rows = [["Item", "Step", "Who", "When"], BODY, MORE]
    assert _mark(fragment(rows, bold=1), hints=TableHints()) == (0, 1, False)
    assert _mark(fragment(rows, bold=3), hints=TableHints()) == (0, 0, False)
    assert _mark(fragment(rows), hints=TableHints()) == (0, 0, False)


def test_a_shaded_row_over_a_plain_one() -> None:
    table = fragment([["Item", "Step", "Who", "When"], BODY, MORE])
    for cell in table.rows[0]:
        cell.fill = (200, 200, 200)
    assert _mark(table, hints=TableHints()) == (0, 1, False)
    for row in table.rows:
        for cell in row:
            cell.fill = (200, 200, 200)
    assert _mark(table, hints=TableHints()) == (0, 0, False)


def test_a_header_row_all_alone_needs_known_words() -> None:
    assert _mark(fragment([HEADER])) == (0, 1, False)
    assert _mark(fragment([["Item", "Step", "Who", "When"]], bold=1)) == (0, 0, False)


def test_titles_over_the_header() -> None:
    rows = [["Action plan", "", "", ""], ["Brindlecombe Council", "", "", ""], HEADER, BODY]
    table = fragment(rows)
    merge(table, 0, 0, columns=4)
    merge(table, 1, 0, columns=4)
    assert is_band(table, 0)
    assert _mark(table) == (2, 3, False)
    assert [[line.text for line in lines] for lines in column_headers(table)] == [
        [text] for text in HEADER
    ]


def test_a_band_without_a_header_below_is_no_title() -> None:
    table = fragment([["Theme 1: Training", "", "", ""], BODY, MORE])
    merge(table, 0, 0, columns=4)
    assert _mark(table) == (0, 0, False)


def test_a_header_of_two_rows_with_a_group_over_two_columns() -> None:
    rows = [["Recommendation", "Progress", "", "Lead"], ["", "Action", "Target date", ""], BODY]
    table = fragment(rows)
    merge(table, 0, 0, rows=2)
    merge(table, 0, 1, columns=2)
    merge(table, 0, 3, rows=2)
    assert _mark(table) == (0, 2, False)
    assert [" ".join(line.text for line in lines) for lines in column_headers(table)] == [
        "Recommendation",
        "Progress Action",
        "Progress Target date",
        "Lead",
    ]


def _first(rows: list[list[str]] | None = None) -> TableFragment:
    table = fragment(rows or [HEADER, BODY], page=1)
    _mark(table)
    return table


def test_a_repeated_header() -> None:
    assert _mark(fragment([HEADER, MORE], page=2), _first()) == (0, 1, True)


@pytest.mark.parametrize(
    "header",
    [
        pytest.param(["Recommendation", "Action", "Lead Offcer", "Target Date"], id="a slip"),
        pytest.param(["RECOMMENDATION", "ACTION", "LEAD OFFICER", "TARGET DATE"], id="capitals"),
        pytest.param(["Recommendation", "Action", "Lead", "Target Date"], id="cut"),
    ],
)
def test_a_header_repeated_with_a_difference(header: list[str]) -> None:
    assert _mark(fragment([header, MORE], page=2), _first()) == (0, 1, True)


def test_another_header_is_no_repetition() -> None:
    other = ["Action", "Progress", "Lead", "Recommendation"]
    assert _mark(fragment([other, MORE], page=2), _first()) == (0, 1, False)


def test_the_ends_of_cut_lines_are_no_header() -> None:
    """Known words at the start of a page, in lower case, below a header that begins in capitals."""
    rest = ["", "action", "", "progress"]
    assert _mark(fragment([rest, MORE])) == (0, 1, False)
    assert _mark(fragment([rest, MORE], page=2), _first()) == (0, 0, False)


def test_only_the_first_of_two_header_rows_is_repeated() -> None:
    second = ["Recommendation", "Action", "Lead", "Progress"]
    first = fragment([HEADER, second, BODY])
    first.header_rows = 2
    assert _mark(fragment([HEADER, MORE], page=2), first) == (0, 1, True)
    assert _mark(fragment([HEADER, second, MORE], page=2), first) == (0, 2, True)


def test_rows_that_two_pages_begin_with_are_a_header_without_any_hint() -> None:
    header = ["Item", "Step", "Who", "When"]
    first, second = fragment([header, BODY], page=1), fragment([header, MORE], page=2)
    assert _mark(first, hints=TableHints()) == (0, 0, False)
    assert _mark(second, first, TableHints()) == (0, 1, True)
    assert first.header_rows == 1


def test_two_common_first_rows_without_any_hint() -> None:
    stacked = [["Item", "Step", "Who", "When"], ["what", "how", "name", "month"]]
    first, second = fragment([*stacked, BODY], page=1), fragment([*stacked, MORE], page=2)
    _mark(first, hints=TableHints())
    assert _mark(second, first, TableHints()) == (0, 2, True)
    assert first.header_rows == 2


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(["1", "2", "3", "4"], id="numbers"),
        pytest.param(["Item", "", "", ""], id="one filled cell"),
    ],
)
def test_common_first_rows_that_are_no_header(row: list[str]) -> None:
    first, second = fragment([row, BODY], page=1), fragment([row, MORE], page=2)
    assert _mark(second, first, TableHints()) == (0, 0, False)
    assert first.header_rows == 0


def test_equal_tables_all_over_have_no_header() -> None:
    first, second = fragment([BODY, MORE], page=1), fragment([BODY, MORE], page=2)
    assert _mark(second, first, TableHints())[2] is False


PROMPTS = ["What is the recommendation?", "What will be done?", "Who leads?", "By when?"]


def test_prompts_below_a_header_are_repeated_with_it() -> None:
    known = fragment([HEADER, PROMPTS, BODY])
    assert _mark(known) == (0, 2, False)
    assert _mark(fragment([HEADER, PROMPTS, MORE], page=2), known) == (0, 2, True)
    assert _mark(fragment([HEADER, BODY, MORE], page=3), known) == (0, 1, True)


def test_rows_that_stand_below_each_header_are_header_on_the_first_page_too() -> None:
    legend = ["as agreed", "what is done", "post or name", "month and year"]
    known = fragment([HEADER, legend, BODY])
    assert _mark(known) == (0, 1, False)
    assert _mark(fragment([HEADER, legend, MORE], page=2), known) == (0, 2, True)
    assert known.header_rows == 2


def test_a_row_that_is_like_the_first_in_part_is_no_prompt() -> None:
    known = fragment([HEADER, BODY, MORE])
    assert _mark(known) == (0, 1, False)
    again = [BODY[0], *MORE[1:]]
    assert _mark(fragment([HEADER, again, MORE], page=2), known) == (0, 1, True)


def test_a_header_with_one_cell_of_another_name_heads_another_table() -> None:
    known = _first([["Police", "Lead officer", "Target date", "Progress"], BODY, MORE])
    table = fragment([["Council", "Lead officer", "Target date", "Progress"], BODY, MORE], page=2)
    assert _mark(table, known) == (0, 1, False)
