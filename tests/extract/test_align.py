"""Tables whose columns change from page to page, drawn and read as PDFs."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from actionplan.extract import read_tables
from actionplan.extract.align import Fit, fit_columns, spread
from actionplan.extract.stitch_settings import StitchSettings
from actionplan.schemas.tables import LogicalTable, TableHints
from tests.extract.drawn import HEADER, WIDTHS, Drawing, Style
from tests.extract.pages import fragment

HINTS = TableHints(("recommendation", "action", "lead officer", "target date", "progress"))
ONE = ["Staff should know the pathway.", "Publish it.", "J Marrow", "May 2021", "It is published."]
CUT = ["Referrals need a named owner.", "Name one.", "A Sedge", "June 2021", "A post is agreed and"]
REST = ["", "", "", "", "will be filled by the end of the summer."]
TWO = ["Records should be shared.", "Agree a form.", "R Fen", "July 2021", "Drafted."]
BOTTOM = 480.0


def _read(
    first: Sequence[Sequence[str]],
    second: Sequence[Sequence[str]],
    widths: Sequence[float],
    *,
    x: float = 40.0,
    note: str = "",
) -> list[LogicalTable]:
    """Draw `first` down to the foot of page 1, `second` on page 2 in other columns; read both."""
    drawing = Drawing()
    heights = [20.0] + [(BOTTOM - 20.0) / (len(first) - 1)] * (len(first) - 1)
    heights[-1] = 30.0
    heights[1] += BOTTOM - sum(heights)
    drawing.table(first, heights=heights)
    drawing.page()
    if note:
        drawing.text(40, 40, note, bold=True, size=12)
    drawing.table(second, widths=widths, x=x)
    return read_tables(drawing.done(), hints=HINTS).tables


def _texts(table: LogicalTable) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


JOINED = [*CUT[:4], f"{CUT[4]} {REST[4]}"]
WIDER = [150.0, 220.0, 130.0, 80.0, 180.0]


def test_widths_that_change_with_the_page_end_no_table() -> None:
    tables = _read([HEADER, ONE, CUT], [REST, TWO], WIDER)
    assert [_texts(table) for table in tables] == [[ONE, JOINED, TWO]]


def test_widths_that_change_under_a_repeated_header() -> None:
    tables = _read([HEADER, ONE, CUT], [HEADER, REST, TWO], WIDER)
    assert [_texts(table) for table in tables] == [[ONE, JOINED, TWO]]


def test_a_page_printed_at_another_scale() -> None:
    tables = _read([HEADER, ONE, CUT], [REST, TWO], [0.8 * width for width in WIDTHS])
    assert [_texts(table) for table in tables] == [[ONE, JOINED, TWO]]


def test_one_edge_moves_by_some_points() -> None:
    moved = [WIDTHS[0] + 12, WIDTHS[1] - 12, *WIDTHS[2:]]
    tables = _read([HEADER, ONE, CUT], [REST, TWO], moved)
    assert [_texts(table) for table in tables] == [[ONE, JOINED, TWO]]


def test_a_page_without_the_left_column() -> None:
    tables = _read([HEADER, ONE, CUT], [REST[1:]], WIDTHS[1:], x=40.0 + WIDTHS[0])
    assert [_texts(table) for table in tables] == [[ONE, JOINED]]


def test_a_page_without_the_left_columns_under_the_rest_of_the_header() -> None:
    second = [HEADER[2:], REST[2:], TWO[2:], ["Signed off by the chair", "", ""]]
    drawing = Drawing()
    drawing.table([HEADER, ONE, CUT], heights=[20.0, BOTTOM - 50.0, 30.0])
    drawing.page()
    drawing.table(second, widths=[150.0, 150.0, 300.0], style=Style(spans={(3, 0): (1, 3)}))
    (table,) = read_tables(drawing.done(), hints=HINTS).tables
    assert _texts(table)[1] == JOINED
    assert _texts(table)[2][2:] == TWO[2:]
    assert [row.kind for row in table.rows] == ["body", "body", "body", "band"]
    assert [line.text for line in table.repeated_headers] == HEADER[2:]


def test_rows_on_a_page_without_the_left_column_stay_under_its_last_text() -> None:
    tables = _read([HEADER, ONE, CUT], [REST[1:], TWO[1:]], WIDTHS[1:], x=40.0 + WIDTHS[0])
    (table,) = tables
    assert _texts(table)[1][0] == CUT[0]
    assert [cell.covered for cell in table.rows[-1].cells] == [True, False, False, False, False]
    assert _texts(table)[-1][1:] == TWO[1:]


def test_another_table_on_the_next_page_stays_apart() -> None:
    other = [["Body", "Contact", "Telephone"], ["Fenmoor Council", "Duty desk", "none"]]
    tables = _read([HEADER, ONE, TWO], other, [200.0, 180.0, 380.0])
    assert len(tables) == 2


def test_a_heading_parts_tables_of_other_widths() -> None:
    tables = _read([HEADER, ONE, TWO], [ONE, TWO], WIDER, note="Agency: Fenmoor Council")
    assert len(tables) == 2


def _with_tail(tail: str, *, bold: bool = False) -> list[LogicalTable]:
    """A row cut by the page break whose rest is drawn without borders between its columns."""
    drawing = Drawing()
    drawing.table([HEADER, ONE, CUT], heights=[20.0, BOTTOM - 50.0, 30.0])
    drawing.page()
    empty = ["", "", "", "", ""]
    style = Style(spans={(1, 0): (1, 5)})
    drawing.table([HEADER, empty, TWO], heights=[20.0, 20.0, 40.0], style=style)
    drawing.text(40.0 + sum(WIDTHS[:4]) + 5.4, 60.0 + 20.0 + 11.5, tail, bold=bold)
    return read_tables(drawing.done(), hints=HINTS).tables


def test_the_rest_of_a_row_drawn_as_one_cell_is_no_band() -> None:
    (table,) = _with_tail("will be filled by summer.")
    assert [row.kind for row in table.rows] == ["body", "body", "body"]
    assert _texts(table)[1] == [*CUT[:4], f"{CUT[4]} will be filled by summer."]


def test_a_bold_title_in_one_cell_is_a_band_wherever_it_stands() -> None:
    (table,) = _with_tail("Theme 2", bold=True)
    assert [row.kind for row in table.rows] == ["body", "body", "band", "body"]


def test_the_last_line_of_a_form_alone_on_a_page_is_no_header() -> None:
    hints = TableHints(("recommendation", "lead", "target date", "status", "in progress"))
    form = [["Recommendation", ONE[0]], ["Lead", "J Marrow"], ["Target date", "May 2021"]]
    drawing = Drawing()
    drawing.table(form, widths=[150.0, 500.0], heights=[300.0, 100.0, 60.0])
    drawing.page()
    drawing.table([["Status", "In progress"]], widths=[150.0, 500.0])
    (table,) = read_tables(drawing.done(), hints=hints).tables
    assert _texts(table)[-1] == ["Status", "In progress"]


@pytest.mark.parametrize(
    ("edges", "fit"),
    [
        ([0, 100, 200, 300, 400], Fit.EXACT),
        ([30, 130, 230, 330, 430], Fit.EXACT),
        ([0, 50, 100, 150, 200], Fit.EXACT),
        ([0, 60, 200, 330, 400], Fit.LOOSE),
        ([100, 200, 300, 400], Fit.LOOSE),
        ([0, 100, 300, 400], Fit.NONE),
        ([0, 400], Fit.NONE),
        ([0, 150, 300, 400], Fit.NONE),
        ([0, 100, 150, 200, 300, 400], Fit.NONE),
    ],
)
def test_fits(edges: list[float], fit: Fit) -> None:
    known = fragment([["a", "b", "c", "d"]])
    known.xs = [0.0, 100.0, 200.0, 300.0, 400.0]
    other = fragment([["a"] * (len(edges) - 1)], page=2)
    other.xs = edges
    assert fit_columns(known, other, StitchSettings()) is fit


def test_a_fragment_moved_to_the_right_keeps_each_cell_once() -> None:
    known = fragment([["a", "b", "c", "d"]])
    known.xs = [0.0, 100.0, 200.0, 300.0, 400.0]
    other = fragment([["one", "two"], ["three", "four"]], page=2)
    other.xs = [200.0, 300.0, 400.0]
    wide = spread(other, known)
    assert [cell.plain for cell in wide.starts(0)] == ["", "one", "two"]
    assert [cell.plain for cell in wide.starts(1)] == ["three", "four"]
    assert [cell.column for cell in wide.starts(0)] == [0, 2, 3]
    assert wide.xs == known.xs
