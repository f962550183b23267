"""Rules to grids: cells, spans, missing borders, and what is no border."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionplan.extract.grid import Grid, Span, find_grids
from actionplan.extract.layout import Rules
from actionplan.extract.rules import merge_rules
from actionplan.extract.settings import GridSettings, ReaderSettings

Box = tuple[float, float, float, float]
SETTINGS = GridSettings()


def _rules(lines: list[Box], fills: list[Box] | None = None) -> Rules:
    return merge_rules(
        np.array(lines, dtype=np.float64).reshape(-1, 4),
        np.array(fills or [], dtype=np.float64).reshape(-1, 4),
        ReaderSettings(),
    )


def _frame(box: Box) -> list[Box]:
    x0, y0, x1, y1 = box
    return [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]


def _lattice(xs: list[float], ys: list[float]) -> list[Box]:
    return [(xs[0], y, xs[-1], y) for y in ys] + [(x, ys[0], x, ys[-1]) for x in xs]


def _one(lines: list[Box], fills: list[Box] | None = None) -> Grid:
    grids = find_grids(_rules(lines, fills), SETTINGS)
    assert len(grids) == 1
    return grids[0]


XS, YS = [50.0, 150.0, 250.0, 350.0], [100.0, 130.0, 160.0, 190.0]


def test_a_lattice_is_found_with_its_edges() -> None:
    grid = _one(_lattice(XS, YS))
    assert (grid.xs, grid.ys, grid.shape) == (XS, YS, (3, 3))
    assert grid.spans == [Span(r, c, 1, 1) for r in range(3) for c in range(3)]
    assert not grid.open_top
    assert not grid.open_bottom


def test_a_cell_over_two_rows_and_one_over_two_columns() -> None:
    cells: list[Box] = [
        (50, 100, 150, 160), (150, 100, 350, 130), (150, 130, 250, 160), (250, 130, 350, 160),
    ]  # fmt: skip
    grid = _one([line for cell in cells for line in _frame(cell)])
    assert grid.spans == [Span(0, 0, 2, 1), Span(0, 1, 1, 2), Span(1, 1, 1, 1), Span(1, 2, 1, 1)]
    assert grid.owner.tolist() == [[0, 1, 1], [0, 2, 3]]


def test_missing_outer_borders_at_the_sides() -> None:
    lines: list[Box] = [(50, y, 350, y) for y in YS] + [(x, 100, x, 190) for x in XS[1:-1]]
    grid = _one(lines)
    assert grid.xs == XS
    assert grid.shape == (3, 3)


@pytest.mark.parametrize(("top", "bottom"), [(True, False), (False, True), (True, True)])
def test_open_ends(top: bool, bottom: bool) -> None:
    inner = YS[top : len(YS) - bottom]
    grid = _one([(50, y, 350, y) for y in inner] + [(x, 100, x, 190) for x in XS])
    assert (grid.open_top, grid.open_bottom) == (top, bottom)
    assert grid.ys == YS


def test_a_border_drawn_a_little_short_is_closed() -> None:
    grid = _one([(50, y, 350, y) for y in YS] + [(x, 102, x, 188) for x in XS])
    assert (grid.open_top, grid.open_bottom, grid.shape) == (False, False, (3, 3))


def test_a_shaded_paragraph_and_an_underline_in_a_cell_are_no_borders() -> None:
    paragraph: Box = (156, 136, 244, 148)  # Word leaves the cell margins free
    underline: Box = (155, 118, 243, 118)
    grid = _one([*_lattice(XS, YS), underline], [paragraph])
    assert [(s.rowspan, s.colspan) for s in grid.spans] == [(1, 1)] * 9


def test_stripes_behind_a_spanning_cell_do_not_cut_it() -> None:
    """Rows shaded in turn over the full width, with one cell over two of them drawn on top."""
    lines = [(50.0, y, 350.0, y) for y in (YS[0], YS[2], YS[3])]
    lines += [(150.0, YS[1], 350.0, YS[1])] + [(x, 100.0, x, 190.0) for x in XS]
    grid = _one(lines, [(50, 100, 350, 130), (50, 160, 350, 190)])
    assert grid.spans[0] == Span(0, 0, 2, 1)
    assert len(grid.spans) == 8


def test_a_column_of_shaded_cells_beside_ruled_ones_has_a_cell_in_each_row() -> None:
    lines = [(XS[1], y, XS[-1], y) for y in YS] + [(x, 100.0, x, 190.0) for x in XS[1:]]
    fills = [(XS[0], top, XS[1], low) for top, low in pairwise(YS)]
    assert len(_one(lines, fills).spans) == 9


def test_stripes_alone_are_row_borders() -> None:
    lines: list[Box] = [(50, 100, 350, 100), (50, 190, 350, 190)]
    lines += [(x, 100, x, 190) for x in XS]
    assert _one(lines, [(50, 130, 350, 160)]).ys == YS


def test_shaded_cells_without_any_line() -> None:
    fills = [(a, top, b - 0.5, low) for a, b in pairwise(XS) for top, low in pairwise(YS)]
    assert _one([], fills).shape == (3, 3)


def test_double_borders_make_no_thin_cells() -> None:
    lines = [(50.0, y + d, 350.0, y + d) for y in YS for d in (0, 2.5)]
    lines += [(x + d, 100.0, x + d, 190.0) for x in XS for d in (0, 2.5)]
    assert _one(lines).shape == (3, 3)


def test_two_grids_on_a_page_come_top_down() -> None:
    lower = [y + 200 for y in YS]
    grids = find_grids(_rules(_lattice(XS, lower) + _lattice(XS[:3], YS)), SETTINGS)
    assert [(grid.ys[0], grid.shape) for grid in grids] == [(100, (3, 2)), (300, (3, 3))]


def test_two_grids_side_by_side_stay_apart() -> None:
    right = [x + 330 for x in XS]
    grids = find_grids(_rules(_lattice(XS, YS) + _lattice(right, YS)), SETTINGS)
    assert [grid.xs for grid in grids] == [XS, right]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(_frame((50, 100, 350, 190)), id="a frame round text"),
        pytest.param(_lattice([50, 60, 70], [100, 110, 120]), id="check boxes"),
        pytest.param([(50.0, 100.0, 350.0, 100.0)], id="one line"),
        pytest.param([(50.0, 10.0, 50.0, 500.0), (80.0, 10.0, 80.0, 500.0)], id="margin lines"),
    ],
)
def test_what_is_no_table(lines: list[Box]) -> None:
    assert find_grids(_rules(lines), SETTINGS) == []


def test_a_drawing_of_very_many_lines_is_no_table() -> None:
    rules = _rules(_lattice(XS, YS))
    refused: list[str] = []
    assert find_grids(rules, replace(SETTINGS, max_meets=15), refused) == []
    assert refused == ["8 lines"]
    assert find_grids(rules, replace(SETTINGS, max_cells=8), refused) == []
    assert refused == ["8 lines", "9 cells"]
    assert find_grids(rules, replace(SETTINGS, max_meets=16, max_cells=9), refused) != []


@st.composite
def _partitions(draw: st.DrawFn) -> tuple[list[float], list[float], list[Span]]:
    """Edges, and a cut of the lattice into rectangles."""
    gaps = st.integers(min_value=12, max_value=90)
    widths = draw(st.lists(gaps, min_size=2, max_size=6).filter(lambda w: sum(w) > 101))
    heights = draw(st.lists(gaps, min_size=1, max_size=7))
    columns, rows = len(widths), len(heights)
    taken: set[tuple[int, int]] = set()
    spans = []
    for r in range(rows):
        for c in range(columns):
            if (r, c) in taken:
                continue
            down, right = 1, 1
            if draw(st.booleans()):
                right = draw(st.integers(1, columns - c))
                while any((r, k) in taken for k in range(c, c + right)):
                    right -= 1
                down = draw(st.integers(1, rows - r))
            spans.append(Span(r, c, down, right))
            taken.update((r + i, c + k) for i in range(down) for k in range(right))
    xs = np.cumsum([50.0, *widths]).tolist()
    ys = np.cumsum([60.0, *heights]).tolist()
    return xs, ys, spans


def _visible(
    xs: list[float], ys: list[float], spans: list[Span]
) -> tuple[list[float], list[float], list[Span]]:
    """The same without edges at which no cell ends: nobody can see them."""
    columns = sorted({s.column for s in spans} | {s.column + s.colspan for s in spans})
    rows = sorted({s.row for s in spans} | {s.row + s.rowspan for s in spans})
    moved = [
        Span(
            rows.index(s.row),
            columns.index(s.column),
            rows.index(s.row + s.rowspan) - rows.index(s.row),
            columns.index(s.column + s.colspan) - columns.index(s.column),
        )
        for s in spans
    ]
    return [xs[c] for c in columns], [ys[r] for r in rows], moved


def _has_inner_table(spans: list[Span]) -> bool:
    """Is there a block of cells with edges in both directions that no cell outside has?"""
    rows = max(s.row + s.rowspan for s in spans)
    columns = max(s.column + s.colspan for s in spans)

    def edges(cells: list[Span]) -> tuple[set[int], set[int]]:
        across = {s.row for s in cells} | {s.row + s.rowspan for s in cells}
        down = {s.column for s in cells} | {s.column + s.colspan for s in cells}
        return across, down

    for (top, bottom), (left, right) in product(
        combinations(range(rows + 1), 2), combinations(range(columns + 1), 2)
    ):
        inside = [
            s
            for s in spans
            if top <= s.row and s.row + s.rowspan <= bottom
            and left <= s.column and s.column + s.colspan <= right
        ]  # fmt: skip
        outside = [s for s in spans if s not in inside]
        if sum(s.rowspan * s.colspan for s in inside) == (bottom - top) * (right - left):
            (across, down), others = edges(inside), edges(outside)
            across, down = across - others[0] - {top, bottom}, down - others[1] - {left, right}
            if outside and across and down:
                return True
    return False


@settings(max_examples=200, deadline=None)
@given(
    _partitions().filter(lambda drawn: not _has_inner_table(drawn[2])),
    st.sampled_from(["lines", "fills"]),
)
def test_any_grid_is_found_again(
    drawn: tuple[list[float], list[float], list[Span]], kind: str
) -> None:
    xs, ys, spans = _visible(*drawn)
    boxes = [(xs[s.column], ys[s.row], xs[s.column + s.colspan], ys[s.row + s.rowspan])
             for s in spans]  # fmt: skip
    lines = [line for box in boxes for line in _frame(box)] if kind == "lines" else []
    # A pixel of paper is left between shaded cells, as producers do: each has its own edges.
    fills = [(a, b, c - 0.75, d - 0.75) for a, b, c, d in boxes] if kind == "fills" else []
    grids = find_grids(_rules(lines, fills), SETTINGS)
    if len(xs) < 3:
        assert grids == []
        return
    assert len(grids) == 1
    grid = grids[0]
    assert grid.xs == pytest.approx(xs, abs=0.8)
    assert grid.ys == pytest.approx(ys, abs=0.8)
    assert grid.spans == spans
    cells = {(r, c): k for k, s in enumerate(spans)
             for r in range(s.row, s.row + s.rowspan)
             for c in range(s.column, s.column + s.colspan)}  # fmt: skip
    assert {place: int(grid.owner[place]) for place in cells} == cells


def test_a_thin_band_under_a_shaded_header_has_no_borders_of_its_neighbours() -> None:
    """The header's verticals are there twice, as strokes and as edges of its shades; the band row
    of 11 points below it has none, and the body's begin 3 points short of it."""
    ys = [80.0, 103.0, 114.0, 160.0]
    lines: list[Box] = [(XS[0], y, XS[-1], y) for y in ys]
    lines += [(x, 80, x, 104) for x in XS] + [(x, 115, x, 160) for x in XS]
    lines += [(XS[0], 80, XS[0], 160), (XS[-1], 80, XS[-1], 160)]
    fills: list[Box] = [(a, 80, b, 103.9) for a, b in pairwise(XS)]
    grid = _one(lines, fills)
    assert [span for span in grid.spans if span.row == 1] == [Span(1, 0, 1, 3)]
