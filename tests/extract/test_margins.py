"""Line numbers in the margin and watermarks across the table."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from actionplan.extract import read_tables
from actionplan.normalise.hints import plan_hints
from actionplan.schemas.tables import TableDocument
from tests.extract.drawn import HEADER, HIGH, Drawing

ROWS = [
    ["1. Write a pathway", "Group meets each month", "J Marrow", "May 2014", "Written"],
    ["2. Train all staff", "Buy the course", "P Wold", "June 2014", "Half of them trained"],
    ["3. Tell the public", "Leaflet to all houses", "A Brindle", "July 2014", "Not begun"],
]


def _plan(draw: Callable[[Drawing], None]) -> TableDocument:
    drawing = Drawing()
    drawing.table([HEADER, *ROWS], heights=[16, 60, 60, 60])
    draw(drawing)
    return read_tables(drawing.done(), hints=plan_hints())


def _rows(document: TableDocument) -> list[list[str]]:
    (table,) = document.tables
    return [[cell.text for cell in row.cells] for row in table.rows]


def _furniture(document: TableDocument) -> list[str]:
    return sorted(word for line in document.furniture for word in line.text.split())


@pytest.mark.parametrize("step", [1, 5])
@pytest.mark.parametrize("x", [20.0, 815.0], ids=["left", "right"])
def test_line_numbers_are_furniture(step: int, x: float) -> None:
    numbers = [str(n) for n in range(step, 31, step)]

    def draw(drawing: Drawing) -> None:
        for number in numbers:
            drawing.text(x, 60 + 14 * int(number), number, 7)
        drawing.text(60, 300, "Agreed by the board on the first of May", 9)

    document = _plan(draw)
    assert _rows(document) == ROWS
    assert _furniture(document) == sorted(numbers)
    assert [line.text for line in document.unassigned] == [
        "Agreed by the board on the first of May"
    ]


def test_line_numbers_of_each_printed_line_at_uneven_distances() -> None:
    heights = [300, 312, 324, 350, 362, 374, 400]

    def draw(drawing: Drawing) -> None:
        for number, y in enumerate(heights, 1):
            drawing.text(20, y, str(number), 7)
            drawing.text(60, y, "The board agreed what is to be done and by whom", 9)

    drawing = Drawing()
    draw(drawing)
    document = read_tables(drawing.done())
    assert _furniture(document) == [str(n) for n in range(1, 8)]


def test_numbers_in_the_first_column_of_a_table_are_no_line_numbers() -> None:
    drawing = Drawing()
    rows = [[str(n), f"Action {n}", "J Marrow"] for n in range(1, 15)]
    drawing.table([["No", "Action", "Lead"], *rows], widths=[40, 300, 200])
    document = read_tables(drawing.done(), hints=plan_hints())
    assert _rows(document) == rows


def test_the_numbers_of_a_list_are_no_line_numbers() -> None:
    drawing = Drawing()
    for number in range(1, 6):
        y = 100 + 60 * number + 3 * (number % 2)
        drawing.text(60, y, str(number), 9)
        for k in range(3):
            drawing.text(80, y + 12 * k, "The board agreed what is to be done and by whom", 9)
    document = read_tables(drawing.done())
    assert document.furniture == []


@pytest.mark.parametrize("angle", [0, 35, 90])
@pytest.mark.parametrize("letters", [False, True], ids=["word", "letters"])
def test_a_watermark_is_in_no_cell(angle: int, letters: bool) -> None:
    def draw(drawing: Drawing) -> None:
        canvas = drawing.canvas
        canvas.saveState()
        canvas.translate(230, HIGH - 200)
        canvas.rotate(angle)
        canvas.setFillGray(0.8)
        canvas.setFont("Helvetica-Bold", 60)
        x = 0.0
        for piece in "DRAFT" if letters else ["DRAFT"]:
            canvas.drawString(x, 0, piece)
            x += canvas.stringWidth(piece, "Helvetica-Bold", 60)
        canvas.restoreState()

    document = _plan(draw)
    assert _rows(document) == ROWS
    assert sorted("".join(_furniture(document))) == sorted("DRAFT")


def test_a_large_title_is_text() -> None:
    drawing = Drawing()
    drawing.text(60, 50, "Action plan", 32)
    drawing.table([HEADER, *ROWS])
    document = read_tables(drawing.done(), hints=plan_hints())
    assert [line.text for line in document.tables[0].heading] == ["Action plan"]


@pytest.mark.parametrize("angle", [90, 270])
def test_words_that_stand_upright_in_a_narrow_cell_are_its_text(angle: int) -> None:
    drawing = Drawing()
    drawing.table(
        [["", *HEADER[1:]], ["", *ROWS[0][1:]]], heights=[70, 60], widths=[40, 250, 150, 120, 180]
    )
    canvas = drawing.canvas
    for text, y in (("Target date", 65), ("Green as agreed", 135)):
        canvas.saveState()
        canvas.translate(62 if angle == 90 else 56, HIGH - (y + 58 if angle == 90 else y))
        canvas.rotate(angle)
        canvas.setFont("Helvetica", 8)
        canvas.drawString(0, 0, text[:6])
        canvas.drawString(canvas.stringWidth(text[:6] + " ", "Helvetica", 8), 0, text[6:].strip())
        canvas.restoreState()
    document = read_tables(drawing.done(), hints=plan_hints())
    (table,) = document.tables
    assert table.columns[0].header == "Target date"
    assert table.rows[0].cells[0].text == "Green as agreed"
    assert document.furniture == []


def test_upright_words_drawn_letter_by_letter_are_words() -> None:
    drawing = Drawing()
    rows = [["", *HEADER[1:]], ["", *ROWS[0][1:]]]
    drawing.table(rows, heights=[40, 120], widths=[40, 250, 150, 120, 180])
    canvas = drawing.canvas
    canvas.saveState()
    canvas.translate(62, HIGH - 210)
    canvas.rotate(90)
    canvas.setFont("Helvetica", 9)
    x = 0.0
    for letter in "Listening to children":
        canvas.drawString(x, 0, letter)
        x += canvas.stringWidth(letter, "Helvetica", 9)
    canvas.restoreState()
    document = read_tables(drawing.done(), hints=plan_hints())
    assert document.tables[0].rows[0].cells[0].text == "Listening to children"
