"""Fragments to logical tables over pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionplan.extract.audit import audit_words
from actionplan.extract.find import FoundPage
from actionplan.extract.fragments import TableFragment
from actionplan.extract.furniture import split_furniture
from actionplan.extract.glue import Gluer
from actionplan.extract.rowjoin import regular_columns, stopped_columns
from actionplan.extract.settings import ExtractSettings
from actionplan.extract.stitch import Stitched, stitch
from actionplan.schemas.tables import Line, LogicalTable, TableDocument, TableHints
from tests.extract.pages import block, found, fragment, line, merge

HINTS = TableHints(
    ("recommendation", "action", "lead", "progress"),
    r"(?:Recommendation\s*)?(?P<number>\d+)[.:]?(?=\s|$)",
)
HEADER = ["Recommendation", "Lead", "Progress"]
ONE = ["1. Write a pathway.", "J Marrow", "It is in place."]
TWO = ["2. Train all staff.", "A Sedge", "A trainer is booked."]
THREE = ["3. Tell the public.", "R Fen", "Not begun."]
OPEN = ["2. Train all staff.", "A Sedge", "A trainer is booked for the"]
REST = ["", "", "spring of that year."]
NARRATIVE = [
    "The panel met four times between March and November of that year, and heard from all of the",
    "agencies named in the terms of reference; its findings are set out in the chapters above.",
]


def _stitch(pages: list[FoundPage], hints: TableHints = HINTS) -> Stitched:
    return stitch(pages, hints, ExtractSettings(), Gluer(frozenset, lambda: False))


def _at_bottom(table: TableFragment, bottom: float = 520.0) -> TableFragment:
    """Move a fragment down so that its last row ends where a full page ends."""
    shift = bottom - table.ys[-1]
    table.ys = [y + shift for y in table.ys]
    for cell in {id(cell): cell for row in table.rows for cell in row}.values():
        x0, y0, x1, y1 = cell.bbox
        cell.bbox = (x0, y0 + shift, x1, y1 + shift)
        cell.lines = [_moved(item, shift) for item in cell.lines]
    return table


def _moved(item: Line, shift: float) -> Line:
    x0, y0, x1, y1 = item.bbox
    return replace(item, bbox=(x0, y0 + shift, x1, y1 + shift))


def _rows(table: LogicalTable) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def _two_pages(
    first: list[list[str]], second: list[list[str]], between: Iterable[Line] = ()
) -> Stitched:
    lines = list(between)
    return _stitch(
        [
            found([_at_bottom(fragment(first))], [x for x in lines if x.page == 1]),
            found([fragment(second, page=2)], [x for x in lines if x.page == 2], page=2),
        ]
    )


def test_a_table_on_one_page() -> None:
    out = _stitch([found([fragment([HEADER, ONE, TWO])], [line("Action Plan", 40, 30, bold=True)])])
    (table,) = out.tables
    assert [column.header for column in table.columns] == HEADER
    assert _rows(table) == [ONE, TWO]
    assert [item.text for item in table.heading] == ["Action Plan"]
    assert out.rest == []


@pytest.mark.parametrize("repeated", [False, True])
def test_a_table_over_two_pages_with_a_row_cut(repeated: bool) -> None:
    second = [HEADER, REST, THREE] if repeated else [REST, THREE]
    (table,) = _two_pages([HEADER, ONE, OPEN], second).tables
    assert _rows(table) == [ONE, [*OPEN[:2], f"{OPEN[2]} {REST[2]}"], THREE]
    assert [item.text for item in table.repeated_headers] == (HEADER if repeated else [])
    assert [(join.page, join.row, join.joined) for join in table.joins] == [(2, 1, True)]
    assert table.rows[1].pages == [1, 2]
    assert table.pages == [1, 2]


def test_a_table_over_two_pages_with_a_break_between_rows() -> None:
    (table,) = _two_pages([HEADER, ONE, TWO], [HEADER, THREE]).tables
    assert _rows(table) == [ONE, TWO, THREE]
    assert [(join.row, join.joined) for join in table.joins] == [(1, False)]


def test_a_row_over_three_pages() -> None:
    middle = ["", "", "summer, the autumn and the winter of the year, and in the"]
    pages = [
        found([_at_bottom(fragment([HEADER, OPEN]))]),
        found([_at_bottom(fragment([middle], page=2))], page=2),
        found([fragment([REST, THREE], page=3)], page=3),
    ]
    (table,) = _stitch(pages).tables
    assert len(table.rows) == 2
    assert table.rows[0].cells[2].text == f"{OPEN[2]} {middle[2]} {REST[2]}"
    assert [region.page for region in table.rows[0].cells[2].regions] == [1, 2, 3]


def test_a_new_section_with_the_same_header() -> None:
    heading = line("Housing", 40, 30, page=2, bold=True)
    out = _two_pages([HEADER, ONE, TWO], [HEADER, ONE], [heading])
    first, second = out.tables
    assert _rows(first) == [ONE, TWO]
    assert _rows(second) == [ONE]
    assert [item.text for item in second.heading] == ["Housing"]
    assert [column.header for column in second.columns] == HEADER
    assert second.repeated_headers == []


@pytest.mark.parametrize("suffix", ["", " (continued)"])
def test_the_tables_own_heading_repeated_on_each_page(suffix: str) -> None:
    pages = [
        found([_at_bottom(fragment([HEADER, ONE, TWO]))], [line("Housing", 40, 30, bold=True)]),
        found([fragment([HEADER, THREE], page=2)],
              [line(f"Housing{suffix}", 40, 30, page=2, bold=True)], page=2),
    ]  # fmt: skip
    out = _stitch(pages)
    assert [_rows(table) for table in out.tables] == [[ONE, TWO, THREE]]
    assert [item.text for item in out.rest] == [f"Housing{suffix}"]


def test_a_note_under_a_table_does_not_end_it() -> None:
    note = line("* agreed by the panel in the second of its meetings.", 40, 540)
    out = _two_pages([HEADER, ONE, OPEN], [REST, THREE], [note])
    assert len(out.tables) == 1
    assert len(out.tables[0].rows) == 3
    assert out.rest == [note]


def test_a_table_after_prose_on_the_same_page_is_another() -> None:
    prose = block(NARRATIVE, 40, 200)
    lower = fragment([HEADER, THREE], top=300)
    out = _stitch([found([fragment([HEADER, ONE]), lower], prose)])
    assert [_rows(table) for table in out.tables] == [[ONE], [THREE]]


def test_other_columns_are_another_table() -> None:
    wide = fragment([["Who", "When"], ["J Marrow", "May"]], page=2, width=200)
    out = _stitch([found([_at_bottom(fragment([HEADER, ONE]))]), found([wide], page=2)])
    assert [len(table.columns) for table in out.tables] == [3, 2]


def test_columns_moved_sideways_together_are_the_same() -> None:
    moved = fragment([REST, THREE], page=2)
    moved.xs = [x + 30 for x in moved.xs]
    out = _stitch([found([_at_bottom(fragment([HEADER, OPEN]))]), found([moved], page=2)])
    assert len(out.tables) == 1


def test_a_page_of_text_ends_the_table() -> None:
    pages = [
        found([fragment([HEADER, ONE])]),
        found([], block(NARRATIVE, 40, 200, page=2), page=2),
        found([fragment([HEADER, TWO], page=3)], page=3),
    ]
    assert len(_stitch(pages).tables) == 2


def test_a_blank_page_does_not_end_the_table_but_a_picture_does() -> None:
    def pages(picture: float) -> list[FoundPage]:
        return [
            found([fragment([HEADER, ONE])]),
            replace(found(page=2), image_share=picture),
            found([fragment([HEADER, TWO], page=3)], page=3),
        ]

    assert len(_stitch(pages(0.0)).tables) == 1
    assert len(_stitch(pages(0.9)).tables) == 2


def test_a_small_table_on_each_page_does_not_end_the_large_one() -> None:
    def box(page: int) -> TableFragment:
        return fragment([["Version", "Draft"]], page=page, top=10, width=150)

    pages = [
        found([box(1), _at_bottom(fragment([HEADER, ONE, OPEN]))]),
        found([box(2), fragment([HEADER, REST, THREE], page=2, top=60)], page=2),
    ]
    out = _stitch(pages)
    large = [table for table in out.tables if len(table.columns) == 3]
    assert [len(table.rows) for table in large] == [3]


def test_a_band_row_is_kept_as_one() -> None:
    band = ["Theme 2: training", "", ""]
    table = fragment([HEADER, ONE, band, TWO])
    merge(table, 2, 0, columns=3)
    (out,) = _stitch([found([table])]).tables
    assert [row.kind for row in out.rows] == ["body", "band", "body"]
    assert out.rows[1].cells[0].text == "Theme 2: training"
    assert [cell.covered for cell in out.rows[1].cells] == [False, True, True]


def test_a_break_before_a_band_row_joins_nothing() -> None:
    lower = fragment([["Theme 2: training", "", ""], THREE], page=2)
    merge(lower, 0, 0, columns=3)
    out = _stitch([found([_at_bottom(fragment([HEADER, OPEN]))]), found([lower], page=2)])
    (table,) = out.tables
    assert [row.kind for row in table.rows] == ["body", "band", "body"]
    assert table.joins == []


def test_a_span_goes_on_over_a_break_between_its_rows() -> None:
    """One recommendation over three actions, the break before the third."""
    rows = [HEADER, ["1. Write a pathway.", "J Marrow", "Done."], ["", "A Sedge", "Done."]]
    first = fragment(rows)
    merge(first, 1, 0, rows=2)
    second = fragment([["", "R Fen", "Not begun."], THREE], page=2)
    (table,) = _stitch([found([_at_bottom(first)]), found([second], page=2)]).tables
    assert _rows(table) == [
        ["1. Write a pathway.", "J Marrow", "Done."],
        ["", "A Sedge", "Done."],
        ["", "R Fen", "Not begun."],
        THREE,
    ]
    assert table.rows[0].cells[0].rowspan == 3
    assert [row.cells[0].covered for row in table.rows] == [False, True, True, False]


def test_a_word_cut_by_the_break_is_whole_again() -> None:
    before = ["2. Train all staff.", "A Sedge", "All of it is commissione"]
    pages = [
        found([_at_bottom(fragment([HEADER, ONE, before], width=130))]),
        found([fragment([["", "", "d by the board."], THREE], page=2, width=130)], page=2),
    ]
    (table,) = _stitch(pages).tables
    assert table.rows[1].cells[2].text == "All of it is commissioned by the board."


def test_a_repeated_header_whose_lower_border_is_missing_in_a_column() -> None:
    """Its cell runs on into the body there: the words stay in the body, once."""
    second = fragment([HEADER, ["3. Tell the public.", "R Fen", ""]], page=2)
    merge(second, 0, 2, rows=2)
    pages = [found([_at_bottom(fragment([HEADER, ONE, TWO]))]), found([second], page=2)]
    counts = _numbered(pages)
    out = _stitch(pages)
    assert _rows(out.tables[0])[-1] == ["3. Tell the public.", "R Fen", "Progress"]
    document = TableDocument("", "", 0, [], out.tables)
    assert all(page.duplicated == page.lost == 0 for page in audit_words(document, counts))


_CELL = st.sampled_from(
    ["", "1.", "2. Write", "write it|and share", "Lead", "Progress", "May 2014", "in place."]
)
_TABLES = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(_CELL, min_size=width, max_size=width), min_size=1, max_size=4)
)
_OUTSIDE = st.lists(st.sampled_from(["Housing", "7", NARRATIVE[0], "Page 2 of 4"]), max_size=3)
_PAGES = st.lists(st.tuples(st.lists(_TABLES, max_size=2), _OUTSIDE, st.booleans()), max_size=5)


def _numbered(pages: list[FoundPage]) -> dict[int, int]:
    """Give each word of each page an index of its own; return the number of words."""
    counts = {}
    for page in pages:
        count = 0
        cells = {id(c): c for t in page.tables for row in t.rows for c in row}.values()
        for lines in [page.outside, *(cell.lines for cell in cells)]:
            for k, item in enumerate(lines):
                words = tuple(range(count, count + len(item.words)))
                lines[k] = replace(item, words=words)
                count += len(words)
        counts[page.page] = page.word_count = count
    return counts


@settings(max_examples=150, deadline=None)
@given(_PAGES, st.booleans())
def test_each_word_of_any_document_gets_one_place(
    drawn: list[tuple[list[list[list[str]]], list[str], bool]], hinted: bool
) -> None:
    pages = []
    for n, (tables, outside, merged) in enumerate(drawn, 1):
        fragments, top = [], 70.0
        for rows in tables:
            table = fragment(rows, page=n, top=top)
            if merged and len(rows) > 1:
                merge(table, 0, 0, rows=2)
            elif merged:
                merge(table, 0, 0, columns=table.width)
            fragments.append(table)
            top = table.ys[-1] + 30
        lines = [line(text, 40, y, page=n) for text, y in zip(outside, (20, 45, 570), strict=False)]
        pages.append(found(fragments, lines, page=n))
    counts = _numbered(pages)
    furniture = split_furniture(pages)
    out = _stitch(pages, HINTS if hinted else TableHints())
    document = TableDocument("", "", 0, [], out.tables)
    document.furniture = [item for lines in furniture.values() for item in lines]
    document.unassigned = out.rest
    for page in audit_words(document, counts):
        assert (page.lost, page.duplicated) == (0, 0), page
    for logical in out.tables:
        assert all(len(row.cells) == len(logical.columns) for row in logical.rows)
        for r, row in enumerate(logical.rows):
            for c, cell in enumerate(row.cells):
                assert r + cell.rowspan <= len(logical.rows), (r, c)
                assert c + cell.colspan <= len(logical.columns), (r, c)


def test_columns_that_nearly_all_rows_have_text_in() -> None:
    band = fragment([HEADER, ["Theme 2", "", ""], ["", "J Marrow", ""], TWO, ["", "R Fen", "x"]])
    band.header_rows = 1
    merge(band, 1, 0, columns=3)
    later = fragment([["", "", "goes on"], ["4. Write", "A Sedge", ""]], page=2)
    settings = ExtractSettings().stitch
    # Four rows count: the band does not, nor the first of the later page.
    assert regular_columns([band, later], settings) == [False, True, False]
    assert regular_columns([later], settings) == [False] * 3  # too few to tell


def test_columns_whose_texts_end_with_a_full_stop() -> None:
    rows = [["Write it.", "J Marrow", "a."], ["Train all.", "R Fen", "b"], ["Tell all.", "CCG", ""]]
    last = ["Cut in the", "A Sedge.", "c"]
    settings = ExtractSettings().stitch
    # The last row of a page may be cut; of the third column too few texts are known.
    assert stopped_columns([fragment([*rows, last])], settings) == [True, False, None]
    assert stopped_columns([fragment(rows)], settings) == [None] * 3


def _titled(title: str, row: list[str], *, page: int, top: float = 50.0) -> TableFragment:
    """A table whose first row, over the full width, names it."""
    made = fragment([[title, "", ""], HEADER, row], page=page, top=top)
    merge(made, 0, 0, columns=3)
    return made


def test_a_title_of_its_own_begins_a_new_table() -> None:
    first = _at_bottom(
        _titled("Recommendation 1: Write it down.", ["Draft", "J Marrow", "Done."], page=1)
    )
    second = _titled("Recommendation 2: Tell the staff.", ["Email", "A Sedge", "Sent."], page=2)
    tables = _stitch([found([first]), found([second], page=2)]).tables
    assert [[item.text for item in table.heading] for table in tables] == [
        ["Recommendation 1: Write it down."],
        ["Recommendation 2: Tell the staff."],
    ]


def test_a_repeated_title_goes_on_with_the_table() -> None:
    first = _at_bottom(
        _titled("Recommendation 1: Write it down.", ["Draft", "J Marrow", "Done."], page=1)
    )
    second = _titled("Recommendation 1: Write it down.", ["Print", "A Sedge", "Sent."], page=2)
    assert len(_stitch([found([first]), found([second], page=2)]).tables) == 1


def test_a_row_is_as_sure_as_the_breaks_in_it() -> None:
    (table,) = _two_pages([HEADER, ONE, OPEN], [REST, THREE]).tables
    (join,) = table.joins
    assert join.joined
    assert [row.confidence for row in table.rows] == [1.0, join.confidence, 1.0]


def test_two_rows_left_apart_are_both_in_doubt() -> None:
    (table,) = _two_pages([HEADER, ONE, TWO], [THREE]).tables
    (join,) = table.joins
    assert not join.joined
    assert [row.confidence for row in table.rows] == [1.0, join.confidence, join.confidence]
