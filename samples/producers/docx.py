"""Print a sample with python-docx and LibreOffice: the closest to an export from Word."""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from samples.forms import unfold
from samples.narrative import told
from samples.producers.office import convert
from samples.producers.wrap import levelled, softened
from samples.source import BULLETS, Para, Row, Sample, Table, runs

STAMP = datetime(2019, 1, 7, 9, 0, 0)
WRITTEN = b"20190107090000"


def produce(sample: Sample, target: Path) -> None:
    """Write `sample` as a PDF to `target`.

    Raises:
        RuntimeError: LibreOffice is missing or wrote nothing.
    """
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{sample.name}.docx"
        build(sample).save(str(source))
        says = {
            "UseTaggedPDF": bool(sample.page.get("tagged", False)),
            "ExportNotes": bool(sample.page.get("comments", False)),
        }
        values = {key: {"type": "boolean", "value": str(on).lower()} for key, on in says.items()}
        pdf = convert(source, "pdf:writer_pdf_Export:" + json.dumps(values, separators=(",", ":")))
        target.write_bytes(timeless(pdf, sample.name))


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
    for table in (part for whole in sample.tables for part in unfold(whole)):
        if "landscape" in table.says:
            turn_paper(document, sample, table.says["landscape"])
        elif table.says.get("new_page"):
            document.add_page_break()
        for line in told(table.says.get("before", [])):
            add_line(document, line, sample.page)
        if table.says.get("form") == "plain":
            add_lines(document, table, sample.page)
        else:
            add_table(document, table, sample.page)
        for line in table.says.get("notes", []):
            add_note(document, line)
        document.add_paragraph()
    for line in told(sample.after):
        add_line(document, line, sample.page)
    return document


def turn_paper(document: Any, sample: Sample, landscape: bool) -> None:
    """Begin a new section on paper that lies or stands."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    section = document.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    size = (Cm(29.7), Cm(21.0)) if landscape else (Cm(21.0), Cm(29.7))
    section.page_width, section.page_height = size


def add_lines(document: Any, table: Table, page: dict[str, Any]) -> None:
    """Print an unruled form: each label in bold, its value behind it on the same line."""
    from docx.shared import Cm, Pt

    for row in table.rows:
        pairs = [(row.cells[a], row.cells[b]) for a, b in batched(table.keys) if row.cells[a]]
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(5)
        if page.get("hang"):
            paragraph.paragraph_format.left_indent = Cm(table.widths[0])
            paragraph.paragraph_format.first_line_indent = Cm(-table.widths[0])
            paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(table.widths[0]))
        for at, (label, value) in enumerate(pairs):
            between = "\t" if at or page.get("hang") else " "
            if at:
                paragraph.add_run(between)
            paragraph.add_run(label[0].printed).bold = True
            paragraph.add_run("\t" if page.get("hang") else " ")
            for number, para in enumerate(value):
                if number:
                    paragraph.add_run().add_break()
                add_runs(paragraph, para.printed)


def batched(keys: list[str]) -> list[tuple[str, str]]:
    """Return the keys of labels and values in pairs."""
    return list(zip(keys[::2], keys[1::2], strict=True))


def add_note(document: Any, line: str) -> None:
    """Print a small line under a table."""
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    add_runs(paragraph, line)
    for run in paragraph.runs:
        run.font.size = Pt(8)


def add_runs(paragraph: Any, text: str, bold: bool | None = None) -> None:
    """Add `text`, raised where it is marked ``^``, in small capitals where it is marked ``=``."""
    for mark, part in runs(text):
        run = paragraph.add_run(part)
        run.bold = bold
        run.font.superscript = mark == "^" or None
        run.font.small_caps = mark == "=" or None


def spread(paragraph: Any, points: float) -> None:
    """Set a paragraph's letters apart by `points`."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for run in paragraph.runs:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), str(round(points * 20)))
        run._r.get_or_add_rPr().append(spacing)


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


def add_line(document: Any, line: str, page: dict[str, Any]) -> None:
    """Add a line of prose; ``# `` makes a heading, ``---`` a page break."""
    from docx.shared import Pt

    if line == "---":
        document.add_page_break()
        return
    paragraph = document.add_paragraph()
    heading = line.startswith("# ")
    add_runs(paragraph, line.removeprefix("# "), heading or None)
    if heading:
        for run in paragraph.runs:
            run.font.size = Pt(13)
        if page.get("spaced"):
            spread(paragraph, page["spaced"])
    paragraph.paragraph_format.space_after = Pt(6)


def add_table(document: Any, table: Table, page: dict[str, Any]) -> None:
    """Add `table` with fixed column widths."""
    from docx.shared import Cm

    from samples.producers import word_table

    says = table.says
    if "word" in says:
        word_table.add_styled(document, table, page)
        return
    grid = document.add_table(rows=0, cols=len(table.keys), style="Table Grid")
    grid.autofit = False
    if says.get("header", True):
        add_header(grid, table, page)
    for row in table.rows:
        add_row(grid, table, row, page)
    merge_down(grid, table)
    for column, width in zip(grid.columns, table.widths, strict=True):
        column.width = Cm(width)


def add_header(grid: Any, table: Table, page: dict[str, Any]) -> None:
    """Add the header row."""
    header = grid.add_row()
    for cell, text in zip(header.cells, table.columns, strict=True):
        fill_cell(cell, [Para(printed=line) for line in text.split("\n")], page, bold=True)
        if table.says.get("shade"):
            set_shade(cell, table.says["shade"])
        if page.get("spaced") and table.says.get("spaced"):
            spread(cell.paragraphs[0], page["spaced"])
    if table.says.get("repeat_header", True):
        flag(header, "w:tblHeader")


def add_row(grid: Any, table: Table, row: Row, page: dict[str, Any]) -> None:
    """Add one row, or a band over the full width."""
    from docx.oxml.ns import qn

    added = grid.add_row()
    if row.says.get("keep", table.says.get("keep_rows", False)):
        flag(added, "w:cantSplit")
    if "band" in row.says:
        cell = added.cells[0].merge(added.cells[-1])
        fill_cell(cell, [Para(printed=row.says["band"])], page, bold=True)
        set_shade(cell, "D9E2F3")
        return
    cells = levelled(table, row, page.get("font", "Liberation Sans"), page.get("size", 11))
    labels = row.says.get("labels", [])
    for key, cell in zip(table.keys, added.cells, strict=True):
        fill_cell(cell, cells[key], page, bold=key in labels)
        if key in row.says.get("fill", {}):
            set_shade(cell, row.says["fill"][key])
        if key in labels and table.says.get("label_shade"):
            set_shade(cell, table.says["label_shade"])
        if key in table.says.get("vertical", []):
            stand_up(cell)
    for key, said in row.says.get("comments", {}).items():
        runs_of = added.cells[table.keys.index(key)].paragraphs[0].runs
        note = grid.part.document.add_comment(runs_of, said, author="Reviewer", initials="R")
        note._comment_elm.set(qn("w:date"), "2019-01-07T09:00:00Z")
    for key, count in row.says.get("across", {}).items():
        merge_across(added, table.keys.index(key), count)


def merge_across(row: Any, first: int, count: int) -> None:
    """Merge `count` cells of a row, all but the first of them empty."""
    merged = row.cells[first].merge(row.cells[first + count - 1])
    for paragraph in merged.paragraphs[1:]:
        if not paragraph.text:
            paragraph._p.getparent().remove(paragraph._p)


def stand_up(cell: Any) -> None:
    """Turn a cell's text by a quarter, to be read from below."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    way = OxmlElement("w:textDirection")
    way.set(qn("w:val"), "btLr")
    cell._tc.get_or_add_tcPr().append(way)


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
            add_runs(paragraph, soft(para.text))
            continue
        marked = page.get("bold_labels", True) and para.tag in ("label", "update")
        opening = para.opening if marked and para.opening else ""
        add_runs(paragraph, opening, True)
        add_runs(paragraph, soft(para.printed[len(opening) :]), bold or None)


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
