"""Print a sample with openpyxl and LibreOffice Calc: a spreadsheet, one sheet a table.

`[page]` may have `grid` (false: no borders), `fit` (pages wide), `title_rows` (repeat the header),
`one_sheet` (all tables under each other) and `head_fill`.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from samples.forms import unfold
from samples.producers.docx import STAMP, timeless
from samples.producers.office import convert
from samples.producers.wrap import wrap
from samples.source import Para, Row, Sample, Table, head_cells, runs

WIDTH_PER_CM = 4.7
"""Spreadsheet column units (digits of the standard font) to a centimetre."""

PAPERS = {"A4": 9, "A3": 8}


def produce(sample: Sample, target: Path) -> None:
    """Write `sample` as a PDF to `target`.

    Raises:
        RuntimeError: LibreOffice is missing or wrote nothing.
    """
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{sample.name}.xlsx"
        book(sample).save(str(source))
        target.write_bytes(timeless(convert(source, "pdf:calc_pdf_Export"), sample.name))


def book(sample: Sample) -> Any:
    """Return the workbook of `sample`."""
    import openpyxl

    made = openpyxl.Workbook()
    made.properties.title = sample.document.get("title", "")
    made.properties.created = made.properties.modified = STAMP
    made.properties.creator = ""
    sheet, line = made.active, 1
    for at, table in enumerate(part for whole in sample.tables for part in unfold(whole)):
        if at and not sample.page.get("one_sheet"):
            sheet, line = made.create_sheet(), 1
        if line == 1:
            set_up(sheet, sample, table)
        line = fill_sheet(sheet, sample, table, line)
    return made


def set_up(sheet: Any, sample: Sample, table: Table) -> None:
    """Set paper, margins, column widths, header and footer of a sheet."""
    from openpyxl.utils import get_column_letter

    page = sample.page
    sheet.page_setup.paperSize = PAPERS[page.get("paper", "A4")]
    sheet.page_setup.orientation = "landscape" if page.get("landscape") else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    top, side, bottom = (cm / 2.54 for cm in page.get("margins", [2.0, 2.0, 2.0]))
    sheet.page_margins.top, sheet.page_margins.bottom = top, bottom
    sheet.page_margins.left = sheet.page_margins.right = side
    for part, text in (
        (sheet.oddHeader, page.get("header")),
        (sheet.oddFooter, page.get("footer")),
    ):
        if text:
            part.left.text = text.replace("{pages}", "&N").replace("{page}", "&P")
    for at, width in enumerate(table.widths, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width * WIDTH_PER_CM


def fill_sheet(sheet: Any, sample: Sample, table: Table, line: int) -> int:
    """Print a table from `line` down; return the next free line."""
    for text in table.says.get("before", []):
        put(sheet, sample, line, 1, [Para(text.removeprefix("# "))], text.startswith("# "), "")
        sheet.cell(line, 1).alignment = sheet.cell(line, 1).alignment.copy(wrap_text=False)
        sheet.row_dimensions[line].height = sample.page.get("size", 10) * 1.3 + 2
        line += 1
    if table.says.get("header", True):
        line = fill_heads(sheet, sample, table, line)
    first = line
    for row in table.rows:
        fill_row(sheet, sample, table, row, line)
        line += 1
    make_room(sheet, sample, table, first)
    return line + 1


def make_room(sheet: Any, sample: Sample, table: Table, first: int) -> None:
    """Make the last row under a merged cell higher where its text needs more than its rows."""
    for at, row in enumerate(table.rows, start=first):
        for key, high in row.says.get("span", {}).items():
            alone = Row({k: row.cells[k] if k == key else [] for k in table.keys}, {})
            have = sum(sheet.row_dimensions[at + n].height for n in range(high))
            lack = height(sample, table, alone) - have
            sheet.row_dimensions[at + high - 1].height += max(0.0, lack)


def fill_heads(sheet: Any, sample: Sample, table: Table, line: int) -> int:
    """Print the header rows from `line` down; return the next free line."""
    cells, shade = head_cells(table), table.says.get("shade", "")
    rows = 1 + max(cell.row for cell in cells)
    for at in range(rows * len(table.keys)):
        put(sheet, sample, line + at % rows, 1 + at // rows, [], True, shade, True)
    for cell in cells:
        top, left = line + cell.row, 1 + cell.column
        paras = [Para(part) for part in cell.text.split("\n")]
        put(sheet, sample, top, left, paras, True, shade, True)
        if cell.down * cell.across > 1:
            bottom, right = top + cell.down - 1, left + cell.across - 1
            sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    for at in range(rows):
        mine = {cell.column: cell.text for cell in cells if cell.row == at and cell.down == 1}
        texts = [mine.get(column, "").split("\n") for column in range(len(table.keys))]
        paras_of = zip(table.keys, ([Para(text) for text in lines] for lines in texts), strict=True)
        sheet.row_dimensions[line + at].height = height(sample, table, Row(dict(paras_of), {}))
    if table.says.get("repeat_header", True):
        sheet.print_title_rows = f"{line}:{line + rows - 1}"
    return line + rows


def fill_row(sheet: Any, sample: Sample, table: Table, row: Row, line: int) -> None:
    """Print one row, or a band over all columns."""
    count = len(table.keys)
    if "band" in row.says:
        put(sheet, sample, line, 1, [Para(row.says["band"])], True, "D9D9D9", True)
        sheet.merge_cells(start_row=line, start_column=1, end_row=line, end_column=count)
        return
    labels, fills = row.says.get("labels", []), row.says.get("fill", {})
    for at, key in enumerate(table.keys, start=1):
        shade = table.says.get("label_shade", "") if key in labels else fills.get(key, "")
        put(sheet, sample, line, at, row.cells[key], key in labels, shade, True)
    for key, wide in row.says.get("across", {}).items():
        at = table.keys.index(key) + 1
        sheet.merge_cells(start_row=line, start_column=at, end_row=line, end_column=at + wide - 1)
    for key, high in row.says.get("span", {}).items():
        at = table.keys.index(key) + 1
        sheet.merge_cells(start_row=line, start_column=at, end_row=line + high - 1, end_column=at)
    sheet.row_dimensions[line].height = height(sample, table, row)


def height(sample: Sample, table: Table, row: Row) -> float:
    """Return the height in points of a row, which Calc does not find for what openpyxl wrote."""
    font, size = sample.page.get("font", "Liberation Sans"), sample.page.get("size", 10)
    most = 1
    for at, key in enumerate(table.keys):
        if row.says.get("span", {}).get(key, 1) > 1:
            continue
        wide = sum(table.widths[at : at + row.says.get("across", {}).get(key, 1)])
        room = (wide - 0.4) * 72 / 2.54
        most = max(most, sum(len(wrap(p.printed, font, size, room)) for p in row.cells[key]))
    return float(most * size * 1.22 + 4)


def put(
    sheet: Any,
    sample: Sample,
    line: int,
    column: int,
    paras: list[Para],
    bold: bool,
    shade: str,
    ruled: bool = False,
) -> None:
    """Write one cell."""
    from openpyxl.cell import MergedCell
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    cell = sheet.cell(line, column)
    if isinstance(cell, MergedCell):
        return
    text = "\n".join("".join(part for _, part in runs(para.printed)) for para in paras)
    cell.value, cell.data_type = text or None, "s" if text else "n"
    page = sample.page
    cell.font = Font(page.get("font", "Liberation Sans"), page.get("size", 10), bold=bold)
    cell.alignment = Alignment(wrap_text=True, vertical=page.get("vertical", "top"))
    if ruled and page.get("grid", True):
        side = Side(style=page.get("border", "thin"))
        cell.border = Border(left=side, right=side, top=side, bottom=side)
    if shade:
        cell.fill = PatternFill("solid", fgColor=shade)
