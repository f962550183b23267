"""Rows split and joined by hand: no word is lost or doubled, whatever the table looks like."""

from __future__ import annotations

import copy
import random
from collections import Counter
from functools import cache

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from actionplan.api import read_tables
from actionplan.errors import EditError
from actionplan.review.structure import BY_HAND, join_rows, split_row
from actionplan.schemas.tables import (
    Cell,
    Evidence,
    Join,
    LogicalTable,
    Region,
    TableDocument,
)
from tests.conftest import ROOT
from tests.normalise.tables import cell, document, row, table
from tests.normalise.test_any_tables import random_table

SAMPLES = ("harrowmere-five-columns", "dunsterlow-broken-spans", "kettlesby-zebra")


@cache
def sample(name: str) -> TableDocument:
    """The tables of a sample."""
    return read_tables(ROOT / "samples" / f"{name}.pdf")


def lines(found: TableDocument) -> Counter[tuple[str, str, int, tuple[float, ...]]]:
    """All lines with their roles and places."""
    return Counter((role, one.text, one.page, one.bbox) for role, one in found.iter_lines())


def texts(found: LogicalTable) -> list[list[str]]:
    """The texts of all cells."""
    return [[one.text for one in each.cells] for each in found.rows]


def check_sound(before: TableDocument, after: TableDocument) -> None:
    """The same lines in the same roles; spans and decisions stay inside their tables."""
    assert lines(after) == lines(before)
    for each in after.tables:
        assert all(not one.covered or not one.lines for r in each.rows for one in r.cells)


@st.composite
def cuts(draw: st.DrawFn) -> tuple[TableDocument, int, int, int, float]:
    """A document, a row of it, and a place at one of the row's lines."""
    if draw(st.booleans()):
        found = sample(draw(st.sampled_from(SAMPLES)))
    else:
        rng = random.Random(draw(st.integers(0, 400)))
        found = document(*(random_table(rng) for _ in range(2)))
    places = [
        (at, index)
        for at, each in enumerate(found.tables)
        for index, one in enumerate(each.rows)
        if one.text
    ]
    assume(places)
    at, index = draw(st.sampled_from(places))
    printed = [x for one in found.tables[at].rows[index].cells for x in one.lines]
    line = draw(st.sampled_from(printed))
    return found, at, index, line.page, draw(st.sampled_from((0.0, line.bbox[1])))


@given(cuts())
def test_a_split_loses_no_word_and_joining_takes_it_back(
    cut: tuple[TableDocument, int, int, int, float],
) -> None:
    before, at, index, page, y = cut
    untouched = copy.deepcopy(before)
    try:
        after = split_row(before, at, index, page, y)
    except EditError:
        assert before == untouched
        return
    assert before == untouched
    check_sound(before, after)
    assert len(after.tables[at].rows) == len(before.tables[at].rows) + 1
    again = join_rows(after, at, index)
    check_sound(before, again)
    assert [r.text.split() for r in again.tables[at].rows] == [
        r.text.split() for r in before.tables[at].rows
    ] or any(
        one.glue != "space" for r in before.tables[at].rows for c in r.cells for one in c.lines
    )


@given(cuts())
def test_a_join_loses_no_word(cut: tuple[TableDocument, int, int, int, float]) -> None:
    before, at, index, _, _ = cut
    untouched = copy.deepcopy(before)
    try:
        after = join_rows(before, at, index)
    except EditError:
        assert before == untouched
        return
    assert before == untouched
    assert lines(after) == lines(before)
    assert len(after.tables[at].rows) == len(before.tables[at].rows) - 1


def two_pages() -> TableDocument:
    """A row over two pages, joined at the break, and another one below."""
    parts = [
        Cell([*one.lines, *other.lines], [*one.regions, *other.regions]) for one, other in PAGES
    ]
    made = table(["Recommendation", "Update"], [row(*parts), row("Second", "None", y=300, page=2)])
    reasons = (Evidence("key-empty", 4.5, "the first column is empty after the break"),)
    made.joins = [Join(2, 0, True, 4.5, 0.9, reasons), Join(3, 1, False, -2.0, 0.9, ())]
    return document(made)


PAGES = [
    (cell("Train all", page=1, y=500), cell("staff.", page=2, y=50)),
    (cell("Course book-", page=1, y=500, x=180), cell("ed in May.", page=2, y=50, x=180)),
]


def test_a_row_is_split_at_its_page_break() -> None:
    after = split_row(two_pages(), 0, 0, 2, 0.0)
    assert texts(after.tables[0]) == [
        ["Train all", "Course book-"],
        ["staff.", "ed in May."],
        ["Second", "None"],
    ]
    first, second = after.tables[0].joins
    assert (first.joined, first.row, first.confidence) == (False, 0, 1.0)
    assert [one.name for one in first.evidence] == [BY_HAND, "key-empty"]
    assert "set by hand" in first.evidence[0].detail
    assert (second.joined, second.row) == (False, 2)
    assert [r.page for r in after.tables[0].rows[0].cells[0].regions] == [1]


def test_rows_are_joined_over_their_page_break() -> None:
    split = split_row(two_pages(), 0, 0, 2, 0.0)
    after = join_rows(split, 0, 0)
    assert texts(after.tables[0])[0] == ["Train all staff.", "Course book- ed in May."]
    first, second = after.tables[0].joins
    assert (first.joined, first.row, first.evidence[0].name) == (True, 0, BY_HAND)
    assert (second.joined, second.row) == (False, 1)


def test_a_row_is_split_inside_a_page() -> None:
    made = document(table(["Action", "Lead"], [("One\nTwo", "Marlow\nDunn")]))
    after = split_row(made, 0, 0, 1, 112.0)
    assert texts(after.tables[0]) == [["One", "Marlow"], ["Two", "Dunn"]]
    upper, lower = (each.cells[0].regions[0] for each in after.tables[0].rows)
    assert upper == Region(1, (40.0, 100.0, 180.0, 112.0))
    assert lower == Region(1, (40.0, 112.0, 180.0, 124.0))


def test_a_cell_over_several_rows_stays_in_one_piece() -> None:
    spanned = cell("All of it", rowspan=2)
    rows = [row(spanned, "One\nTwo"), row(Cell(covered=True), "Three", y=130)]
    made = document(table(["Recommendation", "Action"], rows))
    after = split_row(made, 0, 0, 1, 112.0)
    assert texts(after.tables[0]) == [["All of it", "One"], ["", "Two"], ["", "Three"]]
    assert after.tables[0].rows[0].cells[0].rowspan == 3
    assert [each.cells[0].covered for each in after.tables[0].rows] == [False, True, True]
    again = join_rows(join_rows(after, 0, 1), 0, 0)
    assert texts(again.tables[0]) == [["All of it", "One Two Three"]]
    assert again.tables[0].rows[0].cells[0].rowspan == 1


@pytest.mark.parametrize(("at", "index"), [(1, 0), (0, 9), (-1, 0), (0, -1)])
def test_places_that_are_not_there_are_refused(at: int, index: int) -> None:
    with pytest.raises(EditError, match="no such"):
        split_row(two_pages(), at, index, 2, 0.0)
    with pytest.raises(EditError, match="no such"):
        join_rows(two_pages(), at, index)


def test_what_makes_no_two_rows_is_refused() -> None:
    with pytest.raises(EditError, match="one side"):
        split_row(two_pages(), 0, 0, 1, 0.0)
    with pytest.raises(EditError, match="no row below"):
        join_rows(two_pages(), 0, 1)
