"""Print a form with python-pptx and LibreOffice Impress: a slide for each block, in text boxes.

Each label stands in bold above its value; two pairs of one line stand side by side. ``[page]
card_heights`` gives the room of each line of boxes, in centimetres.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from samples.forms import unfold
from samples.producers.docx import STAMP
from samples.producers.slides import print_deck
from samples.source import Sample, Table

WIDTH_CM, HEIGHT_CM, LEFT_CM = 33.867, 19.05, 1.5
"""A slide of 16 to 9, and where its text begins."""


def produce(sample: Sample, target: Path) -> None:
    """Write `sample` as a PDF to `target`.

    Raises:
        RuntimeError: LibreOffice is missing or wrote nothing.
    """
    print_deck(deck(sample), sample.name, target)


def deck(sample: Sample) -> Any:
    """Return the presentation of `sample`."""
    import pptx
    from pptx.util import Cm

    made: Any = pptx.Presentation()
    made.slide_width, made.slide_height = Cm(WIDTH_CM), Cm(HEIGHT_CM)
    made.core_properties.title = sample.document.get("title", "")
    made.core_properties.created = made.core_properties.modified = STAMP
    made.core_properties.author = ""
    for table in (part for whole in sample.tables for part in unfold(whole)):
        slide = made.slides.add_slide(made.slide_layouts[6])
        for at, line in enumerate(table.says.get("before", [])):
            place = (LEFT_CM, 0.6 + 1.1 * at, 30.0, 1.1)
            box(slide, sample, place, [line.removeprefix("# ")], 22, True)
        cards(slide, sample, table)
        footer = sample.page.get("footer", "").replace("{page}", str(len(made.slides)))
        box(slide, sample, (LEFT_CM, 18.0, 30.0, 0.8), [footer], 10)
    return made


def cards(slide: Any, sample: Sample, table: Table) -> None:
    """Print one block: each label above its value, two pairs side by side."""
    top, size = 2.2, sample.page.get("size", 14)
    for row, high in zip(table.rows, sample.page["card_heights"], strict=True):
        left = LEFT_CM
        for label, value in zip(table.keys[::2], table.keys[1::2], strict=True):
            if not row.cells[label]:
                continue
            wide = 30.8 if row.says["across"] else 15.4
            name = [para.printed for para in row.cells[label]]
            box(slide, sample, (left, top, wide, 0.7), name, size, True)
            text = [para.printed for para in row.cells[value]]
            box(slide, sample, (left, top + 0.65, wide, high), text, size)
            left += wide
        top += high


def box(
    slide: Any,
    sample: Sample,
    place: tuple[float, float, float, float],
    lines: list[str],
    size: float,
    bold: bool = False,
) -> None:
    """Put a text box at (left, top, width, height), in centimetres."""
    from pptx.util import Cm, Pt

    frame = slide.shapes.add_textbox(*(Cm(value) for value in place)).text_frame
    frame.word_wrap = True
    for at, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text, run.font.size, run.font.bold = line, Pt(size), bold
        run.font.name = sample.page.get("font", "Liberation Sans")
