"""Text that nobody sees, text printed twice, form fields, and pages of garbled letters."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Text
from reportlab.lib.utils import ImageReader

from actionplan.extract import read_tables
from actionplan.extract.glyphs import is_garbled
from actionplan.normalise.hints import plan_hints
from actionplan.schemas.tables import ReadOptions, TableDocument
from tests.extract.drawn import HEADER, Drawing

ROW = ["1. Write a pathway", "Group meets", "J Marrow", "May 2014", "Written"]


def _plan(draw: Callable[[Drawing], None]) -> TableDocument:
    """A page with one table and what `draw` adds to it."""
    drawing = Drawing()
    drawing.table([HEADER, ROW])
    draw(drawing)
    return read_tables(drawing.done(), hints=plan_hints())


def _cells(document: TableDocument) -> list[str]:
    (table,) = document.tables
    (row,) = table.rows
    return [cell.text for cell in row.cells]


def _codes(document: TableDocument) -> list[str]:
    return [code for code, _, _ in document.warnings]


def _write(drawing: Drawing, text: str, *, mode: int = 0, grey: float = 0.0) -> None:
    """Write a line into the first cell of the row."""
    canvas = drawing.canvas
    canvas.saveState()
    line = canvas.beginText(60, drawing.height - 88)
    line.setFont("Helvetica", 9)
    line.setFillGray(grey)
    line.setTextRenderMode(mode)
    line.textOut(text)
    canvas.drawText(line)
    canvas.restoreState()


@pytest.mark.parametrize(
    "draw",
    [
        pytest.param(lambda d: _write(d, "an earlier draft", mode=3), id="invisible ink"),
        pytest.param(lambda d: _write(d, "an earlier draft", mode=7), id="clip only"),
        pytest.param(lambda d: _write(d, "an earlier draft", grey=1.0), id="white on white"),
    ],
)
def test_hidden_text_is_in_no_cell_and_not_lost(draw: Callable[[Drawing], None]) -> None:
    document = _plan(draw)
    assert _cells(document) == ROW
    assert [line.text for line in document.unassigned] == ["an earlier draft"]
    assert _codes(document) == ["hidden-text"]
    assert all(page.lost == page.duplicated == 0 for page in document.audit)


def test_what_a_clip_cuts_off_is_hidden() -> None:
    drawing = Drawing()
    drawing.table([HEADER, ["1. Write a pathway", "", "", "May 2014", ""]], heights=[16, 20])
    canvas = drawing.canvas
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(240, drawing.height - 96, 180, 20)
    canvas.clipPath(path, stroke=0, fill=0)
    drawing.text(246, 90, "The group meets in May and writes to all who were not there that day")
    canvas.restoreState()
    document = read_tables(drawing.done(), hints=plan_hints())
    cells = _cells(document)
    assert cells[1].startswith("The group meets in May and writes to all")
    assert cells[2:] == ["", "May 2014", ""]
    (hidden,) = document.unassigned
    assert cells[1] + " " + hidden.text == (
        "The group meets in May and writes to all who were not there that day"
    )
    assert _codes(document) == ["hidden-text"]


def test_text_over_a_merged_cells_neighbour_that_is_clipped_stays_out_of_it() -> None:
    """Spreadsheets print all lines of an overfull cell and clip them to the cell."""

    def draw(drawing: Drawing) -> None:
        canvas = drawing.canvas
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(40, drawing.height - 300, 200, 100)
        canvas.clipPath(path, stroke=0, fill=0)
        drawing.text(60, 71, "Overfull line above the cell")
        canvas.restoreState()

    document = _plan(draw)
    assert [column.header for column in document.tables[0].columns] == HEADER
    assert [line.text for line in document.unassigned] == ["Overfull line above the cell"]


def test_white_text_on_a_dark_header_is_seen() -> None:
    drawing = Drawing()
    drawing.table([["", "", "", "", ""], ROW], heights=[16, 16])
    drawing.box(40, 60, 800, 76, grey=0.2)
    x = 45.0
    for text, width in zip(HEADER, [200, 180, 110, 90, 180], strict=True):
        drawing.canvas.setFillGray(1)
        drawing.text(x, 71, text, bold=True)
        x += width
    drawing.canvas.setFillGray(0)
    document = read_tables(drawing.done(), hints=plan_hints())
    assert [column.header for column in document.tables[0].columns] == HEADER
    assert document.warnings == []


def test_white_text_on_a_round_dark_box_is_seen() -> None:
    def draw(drawing: Drawing) -> None:
        drawing.canvas.setFillGray(0.1)
        drawing.canvas.roundRect(300, 400, 200, 40, 8, stroke=0, fill=1)
        drawing.canvas.setFillGray(1)
        drawing.text(320, drawing.height - 415, "Action plan")
        drawing.canvas.setFillGray(0)

    document = _plan(draw)
    assert document.warnings == []


def test_the_invisible_text_of_a_scan_is_what_the_reader_sees() -> None:
    drawing = Drawing()
    picture = io.BytesIO()
    Image.new("L", (80, 60), 230).save(picture, "PNG")
    drawing.canvas.drawImage(ImageReader(picture), 0, 0, 842, 595)
    drawing.table([HEADER, [""] * 5], heights=[16, 40])
    _write(drawing, "1. Write a pathway", mode=3)
    document = read_tables(drawing.done(), hints=plan_hints())
    assert document.tables[0].rows[0].cells[0].text == "1. Write a pathway"
    assert document.warnings == []


@pytest.mark.parametrize("shift", [0.2, 0.4, 0.6])
@pytest.mark.parametrize("letters", [False, True], ids=["lines", "letters"])
def test_overprinted_text_is_read_once_as_bold_and_counted(shift: float, letters: bool) -> None:
    def draw(drawing: Drawing) -> None:
        x = 60.0
        for piece in "Progress made" if letters else ["Progress made"]:
            drawing.text(x, 140, piece)
            drawing.text(x + shift, 140, piece)
            x += drawing.canvas.stringWidth(piece, "Helvetica", 9)

    document = _plan(draw)
    (line,) = document.unassigned
    assert (line.text, line.bold) == ("Progress made", True)
    (audit,) = document.audit
    assert (audit.overprinted, audit.lost, audit.duplicated) == (2, 0, 0)


def test_narrow_letters_side_by_side_are_not_printed_twice() -> None:
    def draw(drawing: Drawing) -> None:
        x = 60.0
        for letter in "illicit":
            drawing.text(x, 140, letter)
            x += drawing.canvas.stringWidth(letter, "Helvetica", 9)

    document = _plan(draw)
    (line,) = document.unassigned
    assert (line.text, line.bold, document.audit[0].overprinted) == ("illicit", False, 0)


def test_letters_that_are_filled_and_stroked_are_bold() -> None:
    def draw(drawing: Drawing) -> None:
        canvas = drawing.canvas
        for y, mode in ((400, 2), (300, 0)):
            line = canvas.beginText(60, y)
            line.setFont("Helvetica", 9)
            canvas._code.append(f"{mode} Tr")
            line.textOut("Agreed")
            canvas.drawText(line)

    document = _plan(draw)
    assert [(line.text, line.bold) for line in document.unassigned] == [
        ("Agreed", True),
        ("Agreed", False),
    ]


def test_a_form_field_is_text_and_a_sticky_note_is_not() -> None:
    drawing = Drawing()
    drawing.table([HEADER, ["", *ROW[1:]]], heights=[16, 30])
    drawing.canvas.acroForm.textfield(
        name="recommendation", x=46, y=drawing.height - 102, width=180, height=18,
        value="Write a pathway", borderWidth=0, fontSize=9,
    )  # fmt: skip
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(drawing.done())))
    writer.add_annotation(0, Text(rect=(300, 300, 320, 320), text="ask them again"))
    out = io.BytesIO()
    writer.write(out)
    document = read_tables(out.getvalue(), hints=plan_hints())
    assert _cells(document)[0] == "Write a pathway"
    assert "again" not in " ".join(line.text for _, line in document.iter_lines())


def _shifted(text: str) -> str:
    """Letters as a font without a table of their meaning gives them."""
    return "".join(chr(ord(c) + 3) if c.isalpha() else c for c in text)


def test_a_page_of_garbled_letters_is_reported() -> None:
    text = "The board will review the plan with all of its partners and report to the council"
    for letters, codes in ((text, []), (_shifted(text), ["garbled-text"])):
        drawing = Drawing()
        for k in range(20):
            drawing.text(60, 60 + 14 * k, letters)
        options = ReadOptions(ocr="never")  # else the letters are read from the page's picture
        assert _codes(read_tables(drawing.done(), options=options)) == codes


@pytest.mark.parametrize(
    ("words", "garbled"),
    [
        (["12", "May", "Marrow"] * 30, False),
        (["\ue012\ue013", "\ue001"] * 30, True),
        (["\ufffd\ufffd"] * 19, False),
        (["wkh", "erdug"] * 60, True),
        (["wkh", "erdug"] * 60 + ["the"], False),
        (["mae", "cynllun", "gweithredu"] * 60, False),
    ],
)
def test_when_letters_have_no_meaning(words: list[str], garbled: bool) -> None:
    assert is_garbled(words) is garbled
