"""What no geometry may depend on: order, place on the page, direction, and how it is reckoned."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import accumulate, pairwise

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from actionplan.extract import rules as rules_module
from actionplan.extract.find import FoundPage, find_tables
from actionplan.extract.layout import Floats, PageLayout, Rules
from actionplan.extract.rules import merge_rules, on_shade
from actionplan.extract.settings import ReaderSettings
from actionplan.extract.turns import Turn
from tests.extract.pages import Word, layout

READER = ReaderSettings()
AT = st.integers(0, 2240).map(lambda k: k / 4)  # quarters of a point: sums of them are exact
THIN = st.integers(0, 8).map(lambda k: k / 4)
LONG = st.integers(1, 1600).map(lambda k: k / 4)
LINES = st.lists(st.tuples(st.booleans(), AT, AT, LONG, THIN), min_size=1, max_size=24)
FILLS = st.lists(st.tuples(AT, AT, LONG, LONG), max_size=6)
MOVES = st.tuples(*[st.integers(-700, 700).map(float)] * 2)


def lines_of(drawn: list[tuple[bool, float, float, float, float]]) -> Floats:
    """Thin boxes along an axis, none of them square."""
    boxes = [
        (x, y, x + long, y + thin) if flat else (x, y, x + thin, y + long)
        for flat, x, y, long, thin in drawn
        if long > thin
    ]
    return np.array(boxes).reshape(-1, 4)


def fills_of(drawn: list[tuple[float, float, float, float]]) -> Floats:
    return np.array([(x, y, x + w, y + h) for x, y, w, h in drawn]).reshape(-1, 4)


def rows(rules: Floats) -> list[list[float]]:
    """Rules in one order, whatever theirs is."""
    return sorted(rules.tolist())


@settings(max_examples=150)
@given(LINES, FILLS)
def test_the_order_of_lines_changes_no_rule(
    drawn: list[tuple[bool, float, float, float, float]],
    shades: list[tuple[float, float, float, float]],
) -> None:
    lines, fills = lines_of(drawn), fills_of(shades)
    merged = merge_rules(lines, fills, READER)
    backwards = merge_rules(lines[::-1], fills[::-1], READER)
    assert rows(merged.horizontal) == rows(backwards.horizontal)
    assert rows(merged.vertical) == rows(backwards.vertical)


@settings(max_examples=150)
@given(LINES, FILLS)
def test_rules_of_a_page_on_its_side_are_the_same_on_their_side(
    drawn: list[tuple[bool, float, float, float, float]],
    shades: list[tuple[float, float, float, float]],
) -> None:
    lines, fills = lines_of(drawn), fills_of(shades)
    merged = merge_rules(lines, fills, READER)
    turned = merge_rules(lines[:, [1, 0, 3, 2]], fills[:, [1, 0, 3, 2]], READER)
    assert rows(merged.horizontal) == rows(turned.vertical)
    assert rows(merged.vertical) == rows(turned.horizontal)


@settings(max_examples=150)
@given(LINES)
def test_each_line_is_part_of_a_rule_and_no_rule_is_longer_than_its_lines(
    drawn: list[tuple[bool, float, float, float, float]],
) -> None:
    lines = lines_of(drawn)
    merged = merge_rules(lines, np.zeros((0, 4)), READER)
    for flat, found in ((True, merged.horizontal), (False, merged.vertical)):
        own = lines if flat else lines[:, [1, 0, 3, 2]]
        own = own[own[:, 2] - own[:, 0] > own[:, 3] - own[:, 1]]
        for x0, y0, x1, y1 in own.tolist():
            if x1 - x0 < READER.min_rule:
                continue
            near = np.abs(found[:, 0] - (y0 + y1) / 2) <= 4 * READER.snap
            assert (near & (found[:, 1] <= x0) & (found[:, 2] >= x1)).any()
        for _, start, end, _ in found.tolist():
            assert start in own[:, 0] and end in own[:, 2]
            assert end - start >= READER.min_rule


@settings(max_examples=100)
@given(st.lists(st.tuples(AT, AT, LONG, LONG), min_size=1, max_size=12), FILLS)
def test_shades_are_the_same_on_a_raster_and_one_by_one(
    places: list[tuple[float, float, float, float]],
    shades: list[tuple[float, float, float, float]],
) -> None:
    pale, fills = fills_of(places), fills_of(shades)
    one_by_one = on_shade(pale, fills, READER)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rules_module, "_PAIRS", -1)
        raster = on_shade(pale, fills, READER)
    for first, second in zip(one_by_one, raster, strict=True):
        np.testing.assert_array_equal(first, second)


XS = st.lists(st.integers(10, 560).map(float), min_size=2, max_size=7, unique=True).map(sorted)
BOXES = st.lists(st.tuples(AT, AT, st.integers(4, 80), st.integers(6, 12)), max_size=25)


APART = st.lists(st.integers(14, 120), min_size=2, max_size=6).map(
    lambda gaps: [10.0, *(10.0 + at for at in accumulate([*gaps, 80]))]
)
"""Edges of columns and rows that are no closer than any is wide."""


def page_of(
    xs: list[float], ys: list[float], boxes: list[tuple[float, float, int, int]]
) -> PageLayout:
    """A page with a lattice of rules and words anywhere."""
    words: list[Word] = [(f"w{k}", x, y, x + w, y + h) for k, (x, y, w, h) in enumerate(boxes)]
    ruled = Rules(
        np.array([(y, xs[0], xs[-1], 1.0) for y in ys]).reshape(-1, 4),
        np.array([(x, ys[0], ys[-1], 1.0) for x in xs]).reshape(-1, 4),
    )
    return replace(layout(words), rules=ruled)


def placed(page: FoundPage) -> Counter[tuple[tuple[int, ...], frozenset[str]]]:
    """Table, row and column of each cell with its words; and the words outside."""
    out: Counter[tuple[tuple[int, ...], frozenset[str]]] = Counter()
    for t, table in enumerate(page.tables):
        for cell in {id(cell): cell for row in table.rows for cell in row}.values():
            words = frozenset(word for line in cell.lines for word in line.text.split())
            out[(t, cell.row, cell.column), words] += 1
    out[(), frozenset(word for line in page.outside for word in line.text.split())] += 1
    return out


@settings(max_examples=150)
@given(XS, XS, BOXES, st.permutations(range(25)))
def test_the_order_of_words_and_rules_changes_no_cell(
    xs: list[float],
    ys: list[float],
    boxes: list[tuple[float, float, int, int]],
    order: list[int],
) -> None:
    page = page_of(xs, ys, boxes)
    indices = np.array([k for k in order if k < len(boxes)], dtype=np.intp)
    mixed = replace(
        page,
        words=page.words.take(indices),
        rules=Rules(page.rules.horizontal[::-1], page.rules.vertical[::-1]),
    )
    assert placed(find_tables(mixed)) == placed(find_tables(page))


@settings(max_examples=150)
@given(XS, XS, BOXES, MOVES)
@example([10.0, 11.0], [10.0, 11.0], [], (0.0, 0.0))  # two lines that are one edge
def test_a_table_is_the_same_wherever_it_stands(
    xs: list[float],
    ys: list[float],
    boxes: list[tuple[float, float, int, int]],
    move: tuple[float, float],
) -> None:
    dx, dy = move
    before = find_tables(page_of(xs, ys, boxes))
    after = find_tables(
        page_of(
            [x + dx for x in xs],
            [y + dy for y in ys],
            [(x + dx, y + dy, w, h) for x, y, w, h in boxes],
        )
    )
    assert placed(after) == placed(before)
    for one, other in zip(before.tables, after.tables, strict=True):
        assert [x + dx for x in one.xs] == other.xs
        assert [y + dy for y in one.ys] == other.ys


@settings(max_examples=150)
@given(APART, APART, BOXES)
def test_a_word_within_a_cell_is_in_that_cell(
    xs: list[float], ys: list[float], boxes: list[tuple[float, float, int, int]]
) -> None:
    """Where edges are no closer than any row is high, and no word reaches over one."""
    inner = [
        (x, y, w, h)
        for x, y, w, h in boxes
        if any(a + 2 < x and x + w < b - 2 for a, b in pairwise(xs))
        and any(a + 2 < y and y + h < b - 2 for a, b in pairwise(ys))
    ]
    assume(inner)
    (table,) = find_tables(page_of(xs, ys, inner)).tables
    for row in table.rows:
        for cell in row:
            x0, y0, x1, y1 = cell.bbox
            for line in cell.lines:
                assert x0 <= line.bbox[0] and line.bbox[2] <= x1
                assert y0 <= line.bbox[1] and line.bbox[3] <= y1


@given(
    st.sampled_from([0, 90, 180, 270]),
    st.lists(st.tuples(AT, AT, LONG, LONG), min_size=1, max_size=9),
    MOVES,
)
def test_a_moved_origin_changes_no_upright_box(
    degrees: int, boxes: list[tuple[float, float, float, float]], move: tuple[float, float]
) -> None:
    own = fills_of(boxes)
    frame = (0.0, 0.0, 600.0, 800.0)
    dx, dy = move
    there = Turn((dx, dy, 600.0 + dx, 800.0 + dy), degrees)
    np.testing.assert_array_equal(
        there.boxes(own + np.array([dx, dy, dx, dy])), Turn(frame, degrees).boxes(own)
    )
