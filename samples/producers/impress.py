"""Print a sample with python-pptx and LibreOffice Impress: slides, each with a part of the table.

A table says `slides`, the number of rows on each of its slides, and `size`, the type size. A row
may say `split`, by column the words before which its text goes on on the next slide; it counts as
a row on both. `style` is the identifier of a built-in table style, `banding` false has no stripes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from samples.producers.docx import STAMP
from samples.producers.slides import print_deck
from samples.source import Para, Row, Sample, Table

Texts = dict[str, str]


def produce(sample: Sample, target: Path) -> None:
    """Write `sample` as a PDF to `target`.

    Raises:
        RuntimeError: LibreOffice is missing or wrote nothing.
    """
    print_deck(deck(sample), sample.name, target)


def deck(sample: Sample) -> Any:
    """Return the presentation of `sample`."""
    from pptx import Presentation
    from pptx.util import Cm

    made: Any = Presentation()
    made.core_properties.title = sample.document.get("title", "")
    made.core_properties.author = ""
    made.core_properties.created = made.core_properties.modified = STAMP
    made.slide_width, made.slide_height = Cm(33.87), Cm(19.05)
    for table in sample.tables:
        for line in table.says.get("before", []):
            if line.startswith("# "):
                titled(made, line.removeprefix("# "))
        first = 0
        parts = parts_of(table)
        for count in table.says["slides"]:
            add_slide(made, sample, table, parts[first : first + count])
            first += count
        if first != len(parts):
            raise ValueError(f"{sample.name}: {len(parts)} rows, {first} on slides")
    return made


def titled(made: Any, text: str) -> None:
    """Add a slide with a title alone."""
    from pptx.util import Cm

    slide = made.slides.add_slide(made.slide_layouts[5])
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = Cm(3.0), Cm(6.0), Cm(27.0), Cm(5.0)
    title.text = text
    set_size(title.text_frame, 32)


def parts_of(table: Table) -> list[tuple[Row, Texts]]:
    """Return the printed rows: a row that goes on on the next slide is two."""
    parts = []
    for row in table.rows:
        texts = {key: printed(row.cells[key]) for key in table.keys}
        cuts = row.says.get("split")
        if not cuts:
            parts.append((row, texts))
            continue
        rest = {key: texts[key][texts[key].index(words) :] for key, words in cuts.items()}
        head = {key: text[: len(text) - len(rest.get(key, ""))] for key, text in texts.items()}
        parts += [(row, head), (row, {key: rest.get(key, "") for key in table.keys})]
    return parts


def printed(paras: list[Para]) -> str:
    """Return a cell's text, a paragraph a line."""
    return "\n".join(para.printed for para in paras)


def add_slide(made: Any, sample: Sample, table: Table, parts: list[tuple[Row, Texts]]) -> None:
    """Add one slide: a title, the header and some rows."""
    from pptx.util import Cm

    slide = made.slides.add_slide(made.slide_layouts[5])
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = Cm(1.0), Cm(0.4), Cm(31), Cm(1.4)
    title.text = table.says.get("section", "")
    set_size(title.text_frame, 20)
    heads = 1 if table.says.get("header", True) else 0
    shape = slide.shapes.add_table(
        heads + len(parts), len(table.keys), Cm(1.0), Cm(2.2), Cm(sum(table.widths)), Cm(2.0)
    )
    set_style(shape, table)
    grid = shape.table
    for column, width in zip(grid.columns, table.widths, strict=True):
        column.width = Cm(width)
    if heads:
        for at, text in enumerate(table.columns):
            put(grid.cell(0, at), text, table)
    for line, (row, texts) in enumerate(parts, start=heads):
        grid.rows[line].height = Cm(0.8)
        if "band" in row.says:
            grid.cell(line, 0).merge(grid.cell(line, len(table.keys) - 1))
            put(grid.cell(line, 0), row.says["band"], table, bold=True)
            continue
        for at, key in enumerate(table.keys):
            put(grid.cell(line, at), texts[key], table)
    number = slide.shapes.add_textbox(Cm(26.0), Cm(17.9), Cm(7.0), Cm(0.8))
    number.text_frame.text = f"{sample.page.get('footer', '')} {len(made.slides)}"
    set_size(number.text_frame, 10)


def put(cell: Any, text: str, table: Table, bold: bool = False) -> None:
    """Write one cell."""
    from pptx.util import Cm

    cell.text = text
    cell.margin_left = cell.margin_right = Cm(0.15)
    cell.margin_top = cell.margin_bottom = Cm(0.08)
    set_size(cell.text_frame, table.says.get("size", 11), bold)


def set_size(frame: Any, size: float, bold: bool = False) -> None:
    """Set the type size of all of a frame's text."""
    from pptx.util import Pt

    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run.font.size = Pt(size)
            run.font.name = "Liberation Sans"
            if bold:
                run.font.bold = True


def set_style(shape: Any, table: Table) -> None:
    """Choose the built-in style and its stripes."""
    style = shape._element.graphic.graphicData.tbl.tblPr
    if "style" in table.says:
        style.find(
            "{http://schemas.openxmlformats.org/drawingml/2006/main}tableStyleId"
        ).text = table.says["style"]
    shape.table.horz_banding = table.says.get("banding", True)
