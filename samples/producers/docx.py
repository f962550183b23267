"""Print a sample with python-docx and LibreOffice: the closest to an export from Word."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from samples.producers.wrap import levelled, softened
from samples.source import BULLETS, Para, Row, Sample, Table

STAMP = datetime(2019, 1, 7, 9, 0, 0)
WRITTEN = b"20190107090000"


def produce(sample: Sample, target: Path) -> None:
    """Write `sample` as a PDF to `target`.

    Raises:
        RuntimeError: LibreOffice is missing or wrote nothing.
    """
    soffice = shutil.which("soffice")
    if not soffice:
        raise RuntimeError("soffice not found: apt-get install libreoffice-writer")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{sample.name}.docx"
        build(sample).save(str(source))
        export = "pdf:writer_pdf_Export"
        if not sample.page.get("tagged", False):
            export += ':{"UseTaggedPDF":{"type":"boolean","value":"false"}}'
        command = [soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        subprocess.run(
            [*command, "--convert-to", export, "--outdir", folder, str(source)],
            check=True,
            capture_output=True,
            timeout=180,
        )
        result = source.with_suffix(".pdf")
        if not result.exists():
            raise RuntimeError(f"{sample.name}: LibreOffice wrote no PDF")
        target.write_bytes(timeless(result.read_bytes(), sample.name))


def timeless(pdf: bytes, name: str) -> bytes:
    """Return `pdf` with a fixed date and a file id made from its name, no byte moved."""
    mark = hashlib.md5(name.encode(), usedforsecurity=False).hexdigest().upper().encode()
    pdf = re.sub(rb"/CreationDate\(D:\d{14}", b"/CreationDate(D:" + WRITTEN, pdf)
    start = pdf.rindex(b"trailer")
    return pdf[:start] + re.sub(rb"\b[0-9A-F]{32}\b", mark, pdf[start:])


def build(sample: Sample) -> Any:
    """Return the Word document of `sample`."""
    import docx
    from docx.shared import Pt

    document: Any = docx.Document()
    document.core_properties.author = ""
    document.core_properties.title = sample.document.get("title", "")
    document.core_properties.created = document.core_properties.modified = STAMP
    normal = document.styles["Normal"]
    normal.font.name = sample.page.get("font", "Liberation Sans")
    normal.font.size = Pt(sample.page.get("size", 11))
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.line_spacing = sample.page.get("line_spacing", 1.0)
    set_page(document, sample)
    for table in sample.tables:
        if table.says.get("new_page"):
            document.add_page_break()
        for line in table.says.get("before", []):
            add_line(document, line)
        add_table(document, table, sample.page)
        document.add_paragraph()
    for line in sample.after:
        add_line(document, line)
    return document


def set_page(document: Any, sample: Sample) -> None:
    """Set paper, margins, running header and footer."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    page, section = sample.page, document.sections[0]
    width, height = Cm(21.0), Cm(29.7)
    if page.get("landscape"):
        section.orientation = WD_ORIENT.LANDSCAPE
        width, height = height, width
    section.page_width, section.page_height = width, height
    top, side, bottom = page.get("margins", [2.0, 2.0, 2.0])
    section.top_margin, section.bottom_margin = Cm(top), Cm(bottom)
    section.left_margin = section.right_margin = Cm(side)
    section.header_distance = section.footer_distance = Cm(1.0)
    for part, text in ((section.header, page.get("header")), (section.footer, page.get("footer"))):
        if text:
            for at, line in enumerate(text.split("\n")):
                paragraph = part.paragraphs[0] if at == 0 else part.add_paragraph()
                add_fields(paragraph, line, page.get("furniture_size", 9))


def add_fields(paragraph: Any, line: str, size: float) -> None:
    """Add a furniture line; ``{page}`` and ``{pages}`` become fields."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    marked = line.replace("{pages}", "\0NUMPAGES\0").replace("{page}", "\0PAGE\0")
    for at, piece in enumerate(marked.split("\0")):
        if at % 2 == 0:
            paragraph.add_run(piece).font.size = Pt(size)
            continue
        for kind in ("begin", None, "end"):
            run = paragraph.add_run()
            run.font.size = Pt(size)
            element = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                element.set(qn("w:fldCharType"), kind)
            else:
                element.text = piece
            run._r.append(element)


def add_line(document: Any, line: str) -> None:
    """Add a line of prose; ``# `` makes a heading, ``---`` a page break."""
    from docx.shared import Pt

    if line == "---":
        document.add_page_break()
        return
    paragraph = document.add_paragraph()
    heading = line.startswith("# ")
    run = paragraph.add_run(line.removeprefix("# "))
    run.bold = heading
    if heading:
        run.font.size = Pt(13)
    paragraph.paragraph_format.space_after = Pt(6)


def add_table(document: Any, table: Table, page: dict[str, Any]) -> None:
    """Add `table` with fixed column widths."""
    from docx.shared import Cm

    says = table.says
    grid = document.add_table(rows=0, cols=len(table.keys), style="Table Grid")
    grid.autofit = False
    header = grid.add_row()
    for cell, text in zip(header.cells, table.columns, strict=True):
        fill_cell(cell, [Para(printed=line) for line in text.split("\n")], page, bold=True)
        if says.get("shade"):
            set_shade(cell, says["shade"])
    if says.get("repeat_header", True):
        flag(header, "w:tblHeader")
    for row in table.rows:
        add_row(grid, table, row, page)
    merge_down(grid, table)
    for column, width in zip(grid.columns, table.widths, strict=True):
        column.width = Cm(width)


def add_row(grid: Any, table: Table, row: Row, page: dict[str, Any]) -> None:
    """Add one row, or a band over the full width."""
    added = grid.add_row()
    if row.says.get("keep", table.says.get("keep_rows", False)):
        flag(added, "w:cantSplit")
    if "band" in row.says:
        cell = added.cells[0].merge(added.cells[-1])
        fill_cell(cell, [Para(printed=row.says["band"])], page, bold=True)
        set_shade(cell, "D9E2F3")
        return
    cells = levelled(table, row, page.get("font", "Liberation Sans"), page.get("size", 11))
    for key, cell in zip(table.keys, added.cells, strict=True):
        fill_cell(cell, cells[key], page)
        if key in row.says.get("fill", {}):
            set_shade(cell, row.says["fill"][key])


def merge_down(grid: Any, table: Table) -> None:
    """Merge the cells of the columns that a row's ``span`` names with the rows under it."""
    for at, row in enumerate(table.rows, start=1):
        for key, count in row.says.get("span", {}).items():
            column = table.keys.index(key)
            first, last = grid.cell(at, column), grid.cell(at + count - 1, column)
            merged = first.merge(last)
            for paragraph in merged.paragraphs[1:]:
                if not paragraph.text:
                    paragraph._p.getparent().remove(paragraph._p)


def fill_cell(cell: Any, paras: list[Para], page: dict[str, Any], bold: bool = False) -> None:
    """Print paragraphs in a cell."""
    from docx.shared import Pt

    soft = softened if page.get("hyphenate") else str
    for at, para in enumerate(paras):
        paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        if page.get("list_bullets") and para.head in BULLETS:
            paragraph.style = "List Bullet"
            paragraph.paragraph_format.left_indent = Pt(14)
            paragraph.paragraph_format.first_line_indent = Pt(-12)
            paragraph.add_run(soft(para.text))
            continue
        marked = page.get("bold_labels", True) and para.tag in ("label", "update")
        opening = para.opening if marked and para.opening else ""
        if opening:
            paragraph.add_run(opening).bold = True
        paragraph.add_run(soft(para.printed[len(opening) :])).bold = bold or None


def flag(row: Any, name: str) -> None:
    """Set a yes/no property of a table row."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(name))


def set_shade(cell: Any, colour: str) -> None:
    """Fill a cell's background with a six-digit colour."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(shade)
