"""Bytes to page layouts: the reader on pdfium's raw calls."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from actionplan.extract.glyphs import is_garbled
from actionplan.extract.layout import Floats, Note, PageLayout, box_array
from actionplan.extract.margins import mark_margins
from actionplan.extract.pdfium import drawn_page, page_frame, text_page
from actionplan.extract.rules import Drawn, find_drawn, merge_rules, on_shade, painted_boxes
from actionplan.extract.settings import ReaderSettings
from actionplan.extract.sight import hidden_words, invisible_words, overprinted
from actionplan.extract.spacing import mend_spaces
from actionplan.extract.tags import object_marks
from actionplan.extract.turns import Turn
from actionplan.extract.words import (
    cut_words,
    describe_words,
    find_words,
    reading_turn,
)

HIDDEN = "hidden-text"
GARBLED = "garbled-text"


def read_pages(
    document: pdfium.PdfDocument,
    settings: ReaderSettings | None = None,
    opened: dict[int, pdfium.PdfPage] | None = None,
) -> Iterator[tuple[int, PageLayout | None]]:
    """Yield each page's number and layout; None where pdfium cannot load the page.

    Args:
        document: pdfium's document.
        settings: thresholds.
        opened: gets the first pages of a tagged document, by number, which stay open then.
    """
    settings = settings or ReaderSettings()
    tagged = bool(raw.FPDFCatalog_IsTagged(document.raw))
    for index in range(len(document)):
        try:
            page = drawn_page(document, index)
        except pdfium.PdfiumError:
            yield index + 1, None
            continue
        try:
            yield index + 1, read_page(page, index + 1, settings, tagged=tagged)
        except pdfium.PdfiumError:
            yield index + 1, None
        finally:
            if tagged and opened is not None and len(opened) < settings.max_open:
                opened[index + 1] = page
            else:
                page.close()


def read_page(
    page: pdfium.PdfPage, number: int, settings: ReaderSettings, *, tagged: bool = False
) -> PageLayout:
    """Read words, rules, fills and images of one page.

    Args:
        page: pdfium's page.
        number: its number, from 1.
        settings: thresholds.
        tagged: keep the words' marks, by which the structure tree names them.

    Raises:
        pdfium.PdfiumError: the page's text cannot be loaded.
    """
    drawn = find_drawn(page.raw, settings)
    with text_page(page) as handle:
        words, whole = find_words(handle, settings.max_words)
        turn = Turn(page_frame(page), reading_turn(words, page.get_rotation()))
        lines = turn.boxes(box_array(drawn.lines))
        fills, colours = visible_fills(turn, drawn, settings)
        thin, paper = on_shade(turn.boxes(box_array(drawn.pale)), fills, settings)
        rules = merge_rules(np.concatenate((lines, thin)), np.concatenate((fills, paper)), settings)
        words, boxes = mend_spaces(handle, words, turn, settings.spacing)
        # The thousands of lines of a drawing are no borders between words.
        borders = (
            rules.vertical if len(rules.vertical) <= settings.max_borders else rules.vertical[:0]
        )
        words, boxes = cut_words(handle, words, boxes, turn, borders, settings)
        images = turn.boxes(box_array(drawn.images))
        described, printed = describe_words(words, boxes, turn)
        described.hidden, hidden = hidden_words(
            printed,
            boxes,
            turn,
            images,
            turn.boxes(box_array(drawn.fills)),
            lambda: turn.boxes(box_array(painted_boxes(page.raw, settings))),
            drawn.texts,
            settings,
        )
        doubled = overprinted(printed, drawn.texts, settings)
        veiled = invisible_words(printed, described.hidden)
        marks = object_marks(printed.objects)[printed.of_word] if tagged else None
    notes: list[Note] = []
    if hidden:
        notes.append((HIDDEN, f"{hidden} words on page {number} cannot be seen in print"))
    if is_garbled(described.text):
        notes.append((GARBLED, f"the letters of page {number} have no known meaning"))
    if described.hidden is not None:
        described.slanted |= described.hidden
    mark_margins(described, printed, rules, settings.margin)
    doubles = 0
    if doubled is not None:
        described.bold |= doubled[printed.of_word]
        doubles = int(doubled[printed.of_word].sum())
    width, height = turn.size
    return PageLayout(
        page=number,
        width=width,
        height=height,
        turn=turn.degrees,
        words=described,
        rules=rules,
        fills=fills,
        fill_colours=colours,
        images=images,
        complete=drawn.complete and whole,
        notes=notes,
        overprinted=doubles,
        veiled=veiled,
        marks=marks if marks is not None and len(marks) == len(described) else None,
    )


def visible_fills(
    turn: Turn, drawn: Drawn, settings: ReaderSettings
) -> tuple[Floats, np.ndarray[tuple[int, ...], np.dtype[np.uint8]]]:
    """Turn the fills upright; paper-white ones and page backgrounds are left out."""
    if not drawn.fills:
        return np.zeros((0, 4)), np.zeros((0, 3), dtype=np.uint8)
    boxes = turn.boxes(box_array(drawn.fills))
    colours = np.array(drawn.colours, dtype=np.uint8).reshape(-1, 3)
    width, height = turn.size
    area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    keep = (colours.min(axis=1, initial=255) < settings.white) & (
        area < settings.background * width * height
    )
    return boxes[keep], colours[keep]
