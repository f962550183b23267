"""A page to fragments: any words thrown at any rules, each in exactly one place."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from actionplan.extract.find import FoundPage, find_tables
from actionplan.extract.layout import PageLayout, Rules
from tests.extract.pages import Word, layout


def _ruled(
    words: list[Word],
    xs: list[float],
    ys: list[float],
    fills: list[tuple[float, float, float, float, int]] | None = None,
) -> PageLayout:
    """A page with a lattice of rules, and fills given as x0, y0, x1, y1, grey."""
    shades = np.array(fills or [], dtype=np.float64).reshape(-1, 5)
    rules = Rules(
        np.array([(y, xs[0], xs[-1], 1.0) for y in ys]).reshape(-1, 4),
        np.array([(x, ys[0], ys[-1], 1.0) for x in xs]).reshape(-1, 4),
    )
    grey = np.repeat(shades[:, 4:], 3, axis=1).astype(np.uint8)
    return replace(layout(words), rules=rules, fills=shades[:, :4], fill_colours=grey)


def _places(page: FoundPage) -> Counter[int]:
    cells = {id(cell): cell for table in page.tables for row in table.rows for cell in row}
    places: Counter[int] = Counter()
    for lines in [page.outside, page.slanted, *(cell.lines for cell in cells.values())]:
        for item in lines:
            places.update(item.words)
    return places


XS, YS = [50.0, 200.0, 350.0], [100.0, 140.0, 180.0]


def test_words_go_to_the_cell_that_holds_their_middle() -> None:
    words: list[Word] = [
        ("in", 60, 110, 80, 120), ("over", 180, 110, 215, 120), ("low", 210, 150, 240, 160),
        ("above", 60, 80, 90, 90),
    ]  # fmt: skip
    page = find_tables(_ruled(words, XS, YS))
    (table,) = page.tables
    assert [[cell.plain for cell in row] for row in table.rows] == [["in over", ""], ["", "low"]]
    assert [item.text for item in page.outside] == ["above"]


def test_a_grid_without_words_is_no_table() -> None:
    assert find_tables(_ruled([("far", 400, 400, 420, 410)], XS, YS)).tables == []


def test_a_slanted_word_is_in_no_cell() -> None:
    page = _ruled([("in", 60, 110, 80, 120), ("DRAFT", 60, 112, 300, 170)], XS, YS)
    page.words.slanted[1] = True
    out = find_tables(page)
    assert [item.text for item in out.slanted] == ["DRAFT"]
    assert [[cell.plain for cell in row] for row in out.tables[0].rows] == [["in", ""], ["", ""]]


def test_a_cells_colour_is_the_last_drawn_over_most_of_it() -> None:
    fills = [
        (50.0, 100.0, 350.0, 140.0, 200), (50.0, 100.0, 200.0, 140.0, 90),  # both over (0, 0)
        (210.0, 105.0, 230.0, 135.0, 10),  # a badge in (0, 1)
    ]  # fmt: skip
    (table,) = find_tables(_ruled([("in", 60, 110, 80, 120)], XS, YS, fills)).tables
    assert [[cell.fill for cell in row] for row in table.rows] == [
        [(90, 90, 90), (200, 200, 200)],
        [None, None],
    ]


def test_the_share_of_images() -> None:
    page = layout([])
    page.images = np.array([[0.0, 0.0, 600.0, 400.0]])
    assert find_tables(page).image_share == 0.5


_AT = st.integers(0, 560).map(float)
_WORDS = st.lists(st.tuples(_AT, _AT, st.integers(1, 80), st.integers(1, 20)), max_size=30)
_RULES = st.lists(st.tuples(st.booleans(), _AT, _AT, _AT), max_size=24)


@settings(max_examples=200, deadline=None)
@given(_WORDS, _RULES)
def test_each_word_of_any_page_has_one_place(
    boxes: list[tuple[float, float, int, int]],
    lines: list[tuple[bool, float, float, float]],
) -> None:
    words: list[Word] = [(f"w{k}", x, y, x + w, y + h) for k, (x, y, w, h) in enumerate(boxes)]
    rules = {
        flat: np.array(
            [(at, min(a, b), max(a, b), 1.0) for side, at, a, b in lines if side is flat]
        ).reshape(-1, 4)
        for flat in (True, False)
    }
    page = replace(layout(words), rules=Rules(rules[True], rules[False]))
    page.words.slanted[::7] = True
    out = find_tables(page)
    assert _places(out) == Counter(range(len(words)))
    assert out.word_count == len(words)
    for table in out.tables:
        assert len(table.rows) == len(table.ys) - 1
        assert all(len(row) == table.width for row in table.rows)
        for r, row in enumerate(table.rows):
            for c, cell in enumerate(row):
                assert cell.row <= r < cell.row + cell.rowspan
                assert cell.column <= c < cell.column + cell.colspan
