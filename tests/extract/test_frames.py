"""Forms whose cells run on over pages, and frames that are no tables."""

from __future__ import annotations

from actionplan.extract import read_tables
from actionplan.normalise.hints import plan_hints
from actionplan.schemas.tables import TableDocument
from tests.extract.drawn import HEADER, HIGH, TOP, WIDE, Drawing, Style
from tests.extract.test_drawn import PLAIN, A, B, C

WIDTHS = [200.0, 300.0, 260.0]  # of the form on its first page
LATER = [380.0, 380.0]
TEXT = [f"members met for the {k}. time and looked at what had been done by the" for k in range(60)]
FULL = 44  # lines of a page
BOTTOM = 560.0


def _read(drawing: Drawing) -> TableDocument:
    document = read_tables(drawing.done(), hints=plan_hints())
    assert all(page.lost == page.duplicated == 0 for page in document.audit)
    return document


def _prose(drawing: Drawing, top: float, lines: list[str], x: float = 45.4) -> None:
    for k, text in enumerate(lines):
        drawing.text(x, top + 12 + 11 * k, text)


def _form(drawing: Drawing, lines: list[str]) -> None:
    """Fields, and a cell over the full width that reaches the page's end."""
    rows = [["Name", "Brindle House", "Harrow"], ["", "", ""]]
    style = Style(spans={(1, 0): (1, 3)})
    top = BOTTOM - 30 - 11 * len(lines) - 5
    drawing.table(rows, top=top, widths=WIDTHS, heights=[30, BOTTOM - top - 30], style=style)
    _prose(drawing, top + 30, lines)


def _frame(drawing: Drawing, bottom: float = BOTTOM) -> None:
    drawing.box(40, TOP, 800, bottom)


def test_a_cell_goes_on_in_frames_and_above_other_columns() -> None:
    drawing = Drawing()
    _form(drawing, TEXT[:3])
    drawing.page()
    _frame(drawing)
    _prose(drawing, TOP, TEXT[3 : 3 + FULL])
    drawing.page()
    rows = [["", ""], ["Next step", "Tell all members."]]
    drawing.table(rows, widths=LATER, heights=[80, 30], style=Style(spans={(0, 0): (1, 2)}))
    _prose(drawing, TOP, TEXT[3 + FULL : 8 + FULL])
    (table,) = _read(drawing).tables
    assert [[cell.text for cell in row.cells if cell.text] for row in table.rows] == [
        ["Name", "Brindle House", "Harrow"],
        [" ".join(TEXT[: 8 + FULL])],
        rows[1],
    ]
    assert [join.joined for join in table.joins] == [True, True]
    assert [column.x0 for column in table.columns] == [40, 240, 420, 540]


def test_a_table_in_a_frame_that_goes_on_is_text_of_its_cell() -> None:
    drawing = Drawing()
    _form(drawing, TEXT[:3])
    drawing.page()
    _frame(drawing)
    _prose(drawing, TOP, TEXT[3:6])
    drawing.table([["Visits", "12"], ["Calls", "15"]], top=120, x=60, widths=[100, 100])
    _prose(drawing, 200, TEXT[6:9])
    (table,) = _read(drawing).tables
    whole = [*TEXT[:6], "Visits 12 Calls 15", *TEXT[6:9]]
    assert table.rows[-1].text == " ".join(whole)


def test_a_box_of_prose_on_the_next_page_is_no_part_of_a_plan() -> None:
    drawing = Drawing()
    drawing.table([HEADER, A, B], style=PLAIN)
    drawing.page()
    _frame(drawing, 200)
    _prose(drawing, TOP, TEXT[:6])
    document = _read(drawing)
    assert len(document.tables[0].rows) == 2
    assert [line.text for line in document.unassigned] == TEXT[:6]


def test_a_frame_of_another_width_is_another_box() -> None:
    drawing = Drawing()
    _form(drawing, TEXT[:3])
    drawing.page()
    drawing.box(60, TOP, 780, BOTTOM)
    _prose(drawing, TOP, TEXT[3:6], x=66)
    document = _read(drawing)
    assert [table.pages for table in document.tables] == [[1]]
    assert len(document.unassigned) == 3


def test_a_border_round_each_page_is_no_table() -> None:
    drawing = Drawing()
    for n, rows in enumerate(([A, B], [C])):
        if n:
            drawing.page()
        drawing.box(20, 20, WIDE - 20, HIGH - 20)
        drawing.table([HEADER, *rows], style=PLAIN)
    (table,) = _read(drawing).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [A, B, C]


def test_short_bands_on_both_sides_of_a_break_stay_two() -> None:
    drawing = Drawing()
    band = ["Housing", "", "", "", ""]
    style = Style(spans={(3, 0): (1, 5)}, bold=frozenset({0, 3}))
    drawing.table([HEADER, A, B, band], style=style)
    drawing.page()
    below = Style(spans={(0, 0): (1, 5)}, bold=frozenset({0}))
    drawing.table([["Repairs", "", "", "", ""], C], style=below)
    (table,) = _read(drawing).tables
    assert [row.text for row in table.rows if row.kind == "band"] == ["Housing", "Repairs"]
