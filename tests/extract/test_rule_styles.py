"""Rules drawn in the ways that producers draw them, and drawings that are no tables."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from itertools import pairwise

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from actionplan.extract import read_tables
from actionplan.normalise.hints import plan_hints
from actionplan.schemas.tables import TableDocument
from tests.extract.drawn import HEADER, PAD, TOP, WIDTHS, Drawing, Style, X
from tests.extract.test_drawn import BOLD, PLAIN, A, B, C

HEIGHTS = [20.0, 60.0, 60.0, 60.0]
XS = [X + sum(WIDTHS[:k]) for k in range(len(WIDTHS) + 1)]
YS = [TOP + sum(HEIGHTS[:k]) for k in range(len(HEIGHTS) + 1)]
SIDES = [(XS[0], y, XS[-1], y) for y in YS] + [(x, YS[0], x, YS[-1]) for x in XS]
CELLS = [(a, b, c, d) for a, c in pairwise(XS) for b, d in pairwise(YS)]
Draw = Callable[[Drawing, float, float, float, float], None]


def _read(drawing: Drawing) -> TableDocument:
    document = read_tables(drawing.done(), hints=plan_hints())
    assert all(page.lost == page.duplicated == 0 for page in document.audit)
    return document


def _check(drawing: Drawing) -> None:
    (table,) = _read(drawing).tables
    assert [column.header for column in table.columns] == HEADER
    assert [[cell.text for cell in row.cells] for row in table.rows] == [A, B, C]


def _texts(drawing: Drawing) -> None:
    drawing.table([HEADER, A, B, C], heights=HEIGHTS, style=Style(border="fills", bold=BOLD))


def _bar(half: float, grey: float = 0.0) -> Draw:
    def draw(d: Drawing, x0: float, y0: float, x1: float, y1: float) -> None:
        d.box(x0 - half, y0 - half, x1 + half, y1 + half, grey=grey)

    return draw


def _stroke(width: float, *, grey: float = 0.0) -> Draw:
    def draw(d: Drawing, x0: float, y0: float, x1: float, y1: float) -> None:
        d.canvas.setStrokeGray(grey)
        d.canvas.setLineWidth(width)
        d.line(x0, y0, x1, y1)

    return draw


def _slanted(d: Drawing, x0: float, y0: float, x1: float, y1: float) -> None:
    tan = math.tan(math.radians(0.1))
    d.line(x0, y0, x1 + (y1 - y0) * tan, y1 + (x1 - x0) * tan)


def _along(
    step: float, piece: Callable[[Drawing, float, float], None]
) -> Draw:  # one piece at each step
    def draw(d: Drawing, x0: float, y0: float, x1: float, y1: float) -> None:
        count = int(max(x1 - x0, y1 - y0) / step)
        for k in range(count + 1):
            piece(d, x0 + (x1 - x0) * k / count, y0 + (y1 - y0) * k / count)

    return draw


def _dashes(d: Drawing, x0: float, y0: float, x1: float, y1: float) -> None:
    count = int(max(x1 - x0, y1 - y0) / 5)
    for k in range(count):
        a, b = k / count, (k + 0.6) / count
        d.line(x0 + (x1 - x0) * a, y0 + (y1 - y0) * a, x0 + (x1 - x0) * b, y0 + (y1 - y0) * b)


def _round_caps(d: Drawing, x0: float, y0: float, x1: float, y1: float) -> None:
    d.canvas.setLineCap(1)
    d.canvas.setDash(0, 2)
    d.line(x0, y0, x1, y1)


def _double(d: Drawing, x0: float, y0: float, x1: float, y1: float) -> None:
    for k in (-1.5, 1.5):
        across, along = k * (x0 == x1), k * (y0 == y1)
        d.line(x0 + across, y0 + along, x1 + across, y1 + along)


def _dot(d: Drawing, x: float, y: float) -> None:
    d.canvas.circle(x, d.height - y, 0.5, stroke=0, fill=1)


def _square(d: Drawing, x: float, y: float) -> None:
    d.box(x - 0.5, y - 0.5, x + 0.5, y + 0.5, grey=0)


@pytest.mark.parametrize(
    "draw",
    [
        pytest.param(_bar(2), id="boxes 4 thick"),
        pytest.param(_bar(3), id="boxes 6 thick"),
        pytest.param(_stroke(5), id="strokes 5 thick"),
        pytest.param(_stroke(0), id="hairlines"),
        pytest.param(_slanted, id="slanted a tenth of a degree"),
        pytest.param(_along(2, _dot), id="round dots"),
        pytest.param(_along(2, _square), id="squares apart"),
        pytest.param(_along(1, _square), id="squares that touch"),
        pytest.param(_dashes, id="dashes one by one"),
        pytest.param(_round_caps, id="dashes of no length with round caps"),
        pytest.param(_double, id="double"),
    ],
)
def test_lines_of_many_kinds(draw: Draw) -> None:
    drawing = Drawing()
    _texts(drawing)
    for side in SIDES:
        draw(drawing, *side)
    _check(drawing)


@pytest.mark.parametrize("gap", [0.5, 1.0, 2.0, 3.0])
def test_cells_stroked_one_by_one_with_gaps_between(gap: float) -> None:
    drawing = Drawing()
    _texts(drawing)
    for x0, y0, x1, y1 in CELLS:
        drawing.box(x0 + gap / 2, y0 + gap / 2, x1 - gap / 2, y1 - gap / 2)
    _check(drawing)


def test_a_finished_cell_that_ends_before_its_row_does() -> None:
    """As where a page break cuts a row of cells with borders of their own."""
    drawing = Drawing()
    drawing.table(
        [HEADER, A, ["4.", *B[1:]]], heights=[20, 60, 100], style=Style(border="fills", bold=BOLD)
    )
    ends = [TOP, TOP + 20, TOP + 80, TOP + 180]
    for x0, x1 in pairwise(XS):
        for y0, y1 in pairwise(ends):
            short = x0 == XS[0] and y1 == ends[-1]
            drawing.box(x0 + 1, y0 + 1, x1 - 1, (y0 + 25 if short else y1) - 1)
    (table,) = _read(drawing).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [A, ["4.", *B[1:]]]
    assert {cell.rowspan for row in table.rows for cell in row.cells} == {1}


def test_cells_with_a_frame_in_their_frame() -> None:
    drawing = Drawing()
    _texts(drawing)
    for x0, y0, x1, y1 in CELLS:
        drawing.box(x0, y0, x1, y1)
        drawing.box(x0 + 2, y0 + 2, x1 - 2, y1 - 2)
    _check(drawing)


@pytest.mark.parametrize("pieces", [1, 100])
def test_all_lines_in_one_stroked_path(pieces: int) -> None:
    drawing = Drawing()
    _texts(drawing)
    path = drawing.canvas.beginPath()
    for x0, y0, x1, y1 in SIDES:
        path.moveTo(x0, drawing.height - y0)
        for k in range(1, pieces + 1):
            share = k / pieces
            path.lineTo(x0 + (x1 - x0) * share, drawing.height - y0 - (y1 - y0) * share)
    drawing.canvas.drawPath(path)
    _check(drawing)


def test_all_lines_in_one_filled_path() -> None:
    drawing = Drawing()
    _texts(drawing)
    path = drawing.canvas.beginPath()
    for x0, y0, x1, y1 in SIDES:
        path.rect(x0 - 0.25, drawing.height - y1 - 0.25, x1 - x0 + 0.5, y1 - y0 + 0.5)
    drawing.canvas.drawPath(path, stroke=0, fill=1)
    _check(drawing)


def test_frames_filled_between_two_outlines() -> None:
    drawing = Drawing()
    _texts(drawing)
    for x0, y0, x1, y1 in CELLS:
        path = drawing.canvas.beginPath()
        low = drawing.height - y1
        path.rect(x0, low, x1 - x0, y1 - y0)
        path.rect(x0 + 0.75, low + 0.75, x1 - x0 - 1.5, y1 - y0 - 1.5)
        drawing.canvas.drawPath(path, stroke=0, fill=1, fillMode=0)
    _check(drawing)
    (table,) = read_tables(drawing.canvas.getpdfdata(), hints=plan_hints()).tables
    assert {cell.fill for row in table.rows for cell in row.cells} == {None}


@pytest.mark.parametrize(
    "draw", [_stroke(1, grey=1), _bar(0.5, 1.0), _bar(0.5, 0.995), _bar(2, 1.0)]
)
def test_paper_white_lines_over_a_shade(draw: Draw) -> None:
    drawing = Drawing()
    drawing.box(XS[0], YS[0], XS[-1], YS[-1], grey=0.85)
    for side in SIDES:
        draw(drawing, *side)
    _texts(drawing)
    _check(drawing)


def test_paper_white_cells_over_a_dark_ground() -> None:
    drawing = Drawing()
    drawing.box(XS[0], YS[0], XS[-1], YS[-1], grey=0.4)
    for x0, y0, x1, y1 in CELLS:
        drawing.box(x0 + 0.7, y0 + 0.7, x1 - 0.7, y1 - 0.7, grey=1)
    _texts(drawing)
    _check(drawing)


def test_shaded_cells_with_paper_between() -> None:
    drawing = Drawing()
    for x0, y0, x1, y1 in CELLS:
        drawing.box(x0 + 1.5, y0 + 1.5, x1 - 1.5, y1 - 1.5, grey=0.85)
    _texts(drawing)
    _check(drawing)


def test_paper_white_boxes_on_paper_are_no_borders() -> None:
    drawing = Drawing()
    drawing.box(XS[0], YS[0], XS[1], YS[1], grey=0.9)  # some shade, elsewhere
    drawing.table([A, B], top=300, style=Style(border="white"))
    assert not [table for table in _read(drawing).tables if len(table.columns) > 1]


@pytest.mark.parametrize("moved", [-7.0, -5.0, 5.0, 7.0])
def test_a_column_edge_that_moves_in_one_row(moved: float) -> None:
    drawing = Drawing()
    y = TOP
    for k, row in enumerate([HEADER, A, B, C]):
        widths = list(WIDTHS)
        if k == 2:
            widths[1], widths[2] = widths[1] + moved, widths[2] - moved
        style = PLAIN if k == 0 else Style()
        y = drawing.table([row], top=y, widths=widths, style=style)
    _check(drawing)


def test_a_word_that_sticks_out_over_a_border_stays_with_its_line() -> None:
    drawing = Drawing()
    row = ["1. Write it", "", "J Marrow", "May 2014", "Done."]
    drawing.table([HEADER, row, C], heights=[20, 40, 60], style=PLAIN)
    text = "Agree it with all of the teams of"
    edge = XS[2] + 4.5  # of the last word's 7.5 points most are beyond the border
    drawing.text(edge - stringWidth(text, "Helvetica", 9), 92, text)
    (table,) = _read(drawing).tables
    assert [cell.text for cell in table.rows[0].cells] == [row[0], text, *row[2:]]


def _organisation(d: Drawing) -> None:
    def box(x: float, y: float, text: str) -> None:
        d.box(x, y, x + 120, y + 40)
        d.text(x + 10, y + 20, text)

    box(300, 60, "Director of the service")
    d.line(360, 100, 360, 120)
    d.line(160, 120, 560, 120)
    for k in range(3):
        d.line(160 + 200 * k, 120, 160 + 200 * k, 140)
        box(100 + 200 * k, 140, f"Head of team {k}")


def _steps_down(d: Drawing) -> None:
    for k in range(4):
        d.box(300, 60 + 80 * k, 440, 100 + 80 * k)
        d.text(310, 80 + 80 * k, f"Step of the work {k}")
        if k < 3:
            d.line(370, 100 + 80 * k, 370, 140 + 80 * k)


def _steps_across(d: Drawing) -> None:
    for k in range(4):
        d.box(60 + 180 * k, 60, 180 + 180 * k, 100)
        d.text(70 + 180 * k, 80, f"Step {k}")
        if k < 3:
            d.line(180 + 180 * k, 80, 240 + 180 * k, 80)


def _bars(d: Drawing) -> None:
    d.line(60, 60, 60, 400)
    for k in range(6):
        d.line(60, 400 - 60 * k, 600, 400 - 60 * k)
        d.box(80 + 80 * k, 400 - 40 * (k + 1), 120 + 80 * k, 400, grey=0.4 + 0.1 * k)
        d.text(85 + 80 * k, 410, f"Area {k}")
        d.text(90 + 80 * k, 390, str(7 * k))


def _framed_prose(d: Drawing) -> None:
    d.box(60, 60, 700, 300)
    for k in range(10):
        d.text(
            70, 80 + 14 * k, "The panel met on four occasions and heard from each of the agencies"
        )


@pytest.mark.parametrize("draw", [_organisation, _steps_down, _steps_across, _bars, _framed_prose])
def test_charts_and_framed_prose_are_no_tables(draw: Callable[[Drawing], None]) -> None:
    drawing = Drawing()
    draw(drawing)
    assert _read(drawing).tables == []


def _prose(d: Drawing) -> None:
    for k in range(40):
        d.text(
            40, 30 + 13 * k, "The panel met on four occasions and heard from each of the agencies"
        )


def _noise(d: Drawing, count: int) -> None:
    rng = random.Random(1)
    for _ in range(count):
        x, y, long = rng.uniform(20, 800), rng.uniform(20, 570), rng.uniform(5, 30)
        d.line(x, y, *((x + long, y) if rng.random() < 0.5 else (x, y + long)))
    _prose(d)


def _hatching(d: Drawing, count: int) -> None:
    lines = count // 2
    for k in range(lines):
        x, y = 20 + 780 * k / lines, 20 + 550 * k / lines
        d.line(20, y, 800, y)
        d.line(x, 20, x, 570)
    _prose(d)


def _mosaic(d: Drawing, count: int) -> None:
    rng = random.Random(1)
    for _ in range(count):
        x, y = rng.uniform(20, 800), rng.uniform(20, 570)
        d.box(x, y, x + rng.uniform(6, 12), y + rng.uniform(6, 12), grey=rng.uniform(0.2, 0.9))
    _prose(d)


@pytest.mark.parametrize("draw", [_noise, _hatching, _mosaic])
@pytest.mark.parametrize("count", [400, 4_000, 40_000])
def test_drawings_of_very_many_lines_are_passed_by(
    draw: Callable[[Drawing, int], None], count: int
) -> None:
    drawing = Drawing()
    draw(drawing, count)
    document = _read(drawing)
    assert document.tables == []
    assert all(page.lost == page.duplicated == 0 for page in document.audit)
    assert all(code == "incomplete" for code, _, _ in document.warnings)


def test_a_page_with_more_lines_than_are_compared_is_named() -> None:
    drawing = Drawing()
    _mosaic(drawing, 4_000)
    ((code, page, message),) = _read(drawing).warnings
    assert (code, page) == ("incomplete", 1)
    assert "lines: no table was looked for" in message


def test_a_table_of_forty_thousand_dots() -> None:
    drawing = Drawing()
    _texts(drawing)
    long = sum(max(c - a, d - b) for a, b, c, d in SIDES)
    for side in SIDES:
        _along(long / 40_000, lambda d, x, y: d.box(x - 0.1, y - 0.1, x + 0.1, y + 0.1, grey=0))(
            drawing, *side
        )
    (table,) = _read(drawing).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [A, B, C]


@pytest.mark.parametrize(("lower", "rows"), [(0.8, 2), (0.6, 1)], ids=["one colour", "two"])
def test_a_merged_cell_shaded_row_by_row(lower: float, rows: int) -> None:
    """Its pieces abut, and the line between the rows stops at its column."""
    drawing = Drawing()
    xs, ys = [X, X + 90, X + 300, X + 500], [60.0, 80.0, 120.0, 160.0, 200.0]
    for k, (top, bottom) in enumerate(pairwise(ys[1:])):
        drawing.box(xs[0], top, xs[1], bottom, grey=lower if k == 1 else 0.8)
    for k, y in enumerate(ys):
        drawing.line(xs[1] if k == 2 else xs[0], y, xs[-1], y)
    for x in xs:
        drawing.line(x, ys[0], x, ys[-1])
    for x, header in zip(xs, ("Theme", "Action", "Progress"), strict=False):
        drawing.text(x + PAD, ys[0] + 12, header, bold=True)
    for k, y in enumerate(ys[1:-1]):
        drawing.text(xs[1] + PAD, y + 12, f"Action {k}")
        drawing.text(xs[2] + PAD, y + 12, "Done.")
    drawing.text(xs[0] + PAD, ys[1] + 12, "Training")
    drawing.text(xs[0] + PAD, ys[3] + 12, "Policy")
    (table,) = _read(drawing).tables
    assert [row.cells[0].rowspan for row in table.rows[-3:]] == [rows, 1, 1]
