"""Pages drawn over: cells, joins with their reasons, and the fields that were read from them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from actionplan.schemas.plan import Plan
from actionplan.schemas.shown import as_shown
from actionplan.schemas.tables import Box, Join, TableDocument

Colour = tuple[int, int, int]

# The palette of Okabe and Ito, told apart by people with any kind of colour vision.
BLUE: Colour = (0, 114, 178)
SKY: Colour = (86, 180, 233)
GREEN: Colour = (0, 158, 115)
ORANGE: Colour = (230, 159, 0)
VERMILION: Colour = (213, 94, 0)
PURPLE: Colour = (204, 121, 167)
INK: Colour = (30, 30, 30)
PAPER: Colour = (255, 255, 255)
GREY: Colour = (130, 130, 130)

LIGHT = 380  # sum of the channels from which dark type reads better on a colour than white


class Mark(NamedTuple):
    """How a kind of thing is drawn, and what the legend says of it."""

    colour: Colour
    legend: str


CELL = Mark(SKY, "cell")
HEADER = Mark(GREY, "header, heading")
UNASSIGNED = Mark(VERMILION, "unassigned text")
JOINED = Mark(GREEN, "row joined to the page before")
REFUSED = Mark(ORANGE, "new row after the page break")
FIELD = Mark(BLUE, "field of a record")
DOUBT = Mark(PURPLE, "field with an issue, marked ?")
LEGEND = (CELL, HEADER, UNASSIGNED, JOINED, REFUSED, FIELD, DOUBT)


@dataclass(frozen=True, slots=True)
class Style:
    """Sizes of the drawing.

    Attributes:
        scale: pixels a point of the page; 2 keeps 8 point type legible.
        panel: width of the panel at the right, in pixels; about 50 letters of its type.
        text: height of the panel's type, in pixels.
        tag: height of the type of field names on the page, in pixels.
        line: characters of a line in the panel.
        air: space between a text and the frame around it, in pixels.
    """

    scale: float = 2.0
    panel: int = 460
    text: int = 18
    tag: int = 15
    line: int = 46
    air: int = 3


@dataclass(slots=True)
class PageMarks:
    """What is drawn on one page; boxes in points of the upright page."""

    cells: list[Box] = field(default_factory=list)
    headers: list[Box] = field(default_factory=list)
    unassigned: list[Box] = field(default_factory=list)
    joins: list[tuple[Box, Join]] = field(default_factory=list)
    fields: dict[Box, dict[str, bool]] = field(default_factory=dict)


def page_marks(document: TableDocument, plan: Plan, page: int) -> PageMarks:
    """Collect what there is to draw on `page`.

    A field's box carries ``number: field`` of each record that cites it, and whether that field
    has an issue.
    """
    marks = PageMarks()
    document = as_shown(document)
    for table in document.tables:
        regions = [r for row in table.rows for cell in row.cells for r in cell.regions]
        marks.cells += [region.bbox for region in regions if region.page == page]
        extents = [region.bbox for region in regions if region.page == page]
        headers = [line for role, line in table.iter_lines() if role in ("header", "heading")]
        marks.headers += [line.bbox for line in headers if line.page == page]
        if extents:
            area = _union(extents)
            marks.joins += [(area, join) for join in table.joins if join.page == page]
    marks.unassigned = [line.bbox for line in document.unassigned if line.page == page]
    for tag, box, doubt in _fields(plan, page):
        at = marks.fields.setdefault(box, {})
        at[tag] = at.get(tag, False) or doubt
    return marks


def _fields(plan: Plan, page: int) -> Iterator[tuple[str, Box, bool]]:
    """Each cited field on `page`: its tag, box, and whether it is in doubt."""
    for record in plan.recommendations:
        doubtful = {issue.field for issue in record.issues}
        for name, places in record.provenance.items():
            for place in places:
                if place.page == page:
                    yield f"{record.number or record.id}: {name}", place.bbox, name in doubtful


def draw(picture: Image.Image, marks: PageMarks, title: str, style: Style) -> Image.Image:
    """Return `picture` (rendered at ``style.scale``) drawn over, with a panel at its right."""
    panel = _panel_lines(marks, title, style)
    height = max(picture.height, (len(panel) + 2) * (style.text + 6))
    canvas = Image.new("RGB", (picture.width + style.panel, height), PAPER)
    canvas.paste(picture.convert("RGB"), (0, 0))
    pen = ImageDraw.Draw(canvas, "RGBA")
    for box in marks.cells:
        pen.rectangle(_pixels(box, style.scale), outline=CELL.colour, width=2)
    for boxes, mark in ((marks.headers, HEADER), (marks.unassigned, UNASSIGNED)):
        for box in boxes:
            pen.rectangle(_around(box, style), outline=mark.colour, width=2)
    _draw_fields(pen, marks, style)
    _draw_joins(pen, marks, style)
    _draw_panel(pen, panel, picture.width, style)
    return canvas


def _draw_fields(pen: ImageDraw.ImageDraw, marks: PageMarks, style: Style) -> None:
    """A frame around each cited box; then, over the frames, the names of its fields."""
    font = ImageFont.load_default(style.tag)
    shown = {_around(box, style): tags for box, tags in marks.fields.items()}
    for box, tags in shown.items():
        pen.rectangle(box, outline=_field_colour(tags), width=1)
    for box, tags in shown.items():
        for number, tag in enumerate(reversed(_shared(tags))):
            width = pen.textlength(tag, font=font) + 8
            x, y = _tag_corner(box, width, marks.cells, style)
            _tag(pen, (x, y - number * (style.tag + 3)), tag, _field_colour(tags), font)


def _around(box: Box, style: Style) -> Box:
    """`box` in pixels, with some air around the text in it."""
    x0, y0, x1, y1 = _pixels(box, style.scale)
    return (x0 - style.air, y0 - style.air, x1 + style.air, y1 + style.air)


def _tag_corner(box: Box, width: float, cells: list[Box], style: Style) -> tuple[float, float]:
    """Where a tag hides least: right of a single line or below the text, if the cell has room."""
    x0, y0, x1, y1 = box
    height = style.tag + 6
    around = (_pixels(cell, style.scale) for cell in cells)
    holds = [c for c in around if c[0] <= x1 - style.air <= c[2] and c[1] <= (y0 + y1) / 2 <= c[3]]
    _, _, right, bottom = holds[0] if holds else box
    if y1 - y0 < 3 * style.tag and x1 + width <= right:
        return (x1 + width, (y0 + y1 + height) / 2)
    below = y1 + height if y1 + height <= bottom else y1 + height / 2
    return (max(x1, x0 + width), below)


def _field_colour(tags: Mapping[str, bool]) -> Colour:
    return DOUBT.colour if any(tags.values()) else FIELD.colour


def _shared(tags: Mapping[str, bool]) -> list[str]:
    """The fields of each record in one tag, doubt as ``?``: ``4: leads?, target``."""
    by_record: dict[str, list[str]] = {}
    for tag, doubt in tags.items():
        record, _, name = tag.partition(": ")
        by_record.setdefault(record, []).append(f"{name}?" if doubt else name)
    return [f"{record}: {', '.join(names)}" for record, names in by_record.items()]


def _tag(
    pen: ImageDraw.ImageDraw,
    corner: tuple[float, float],
    text: str,
    colour: Colour,
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
) -> None:
    """Write `text` on a label whose lower right corner is `corner`."""
    left, top, right, bottom = pen.textbbox((0, 0), text, font=font)
    width, height = right - left + 8, bottom - top + 6
    x, y = corner[0] - width, corner[1] - height
    pen.rectangle((x, y, *corner), fill=(*colour, 235))
    ink = INK if sum(colour) > LIGHT else PAPER
    pen.text((x + 4 - left, y + 3 - top), text, fill=ink, font=font)


def _draw_joins(pen: ImageDraw.ImageDraw, marks: PageMarks, style: Style) -> None:
    """A bar along the top of the table, numbered in the margin as in the panel."""
    font = ImageFont.load_default(style.text)
    for number, (area, join) in enumerate(marks.joins, 1):
        mark = JOINED if join.joined else REFUSED
        x0, y0, x1, _ = _pixels(area, style.scale)
        pen.rectangle((x0, y0 - 4, x1, y0 + 3), fill=(*mark.colour, 255))
        word = f"{number} joined" if join.joined else f"{number} new row"
        width = pen.textlength(word, font=font) + 8
        _tag(pen, (max(x0 - 2, width), y0 + style.text / 2), word, mark.colour, font)


def _panel_lines(marks: PageMarks, title: str, style: Style) -> list[tuple[str, Colour | None]]:
    """The panel's lines, each with the colour of its sign; None: no sign."""
    lines: list[tuple[str, Colour | None]] = [(title, None), ("", None)]
    lines += [(mark.legend, mark.colour) for mark in LEGEND]
    for number, (_, join) in enumerate(marks.joins, 1):
        mark = JOINED if join.joined else REFUSED
        what = "joined" if join.joined else "new row"
        lines += [("", None), (f"{number} {what}, score {join.score:+.1f}", mark.colour)]
        for item in join.evidence:
            text = f"{item.weight:+.1f} {item.name}: {item.detail}"
            lines += [(line, None) for line in textwrap.wrap(text, style.line)]
    return lines


def _draw_panel(
    pen: ImageDraw.ImageDraw, lines: list[tuple[str, Colour | None]], left: int, style: Style
) -> None:
    font = ImageFont.load_default(style.text)
    y = style.text
    for text, colour in lines:
        if colour:
            pen.rectangle((left + 16, y + 2, left + 32, y + style.text), fill=colour)
        pen.text((left + 42, y), text, fill=INK, font=font)
        y += style.text + 6


def _pixels(box: Box, scale: float) -> Box:
    x0, y0, x1, y1 = (value * scale for value in box)
    return (x0, y0, x1, y1)


def _union(boxes: list[Box]) -> Box:
    columns = list(zip(*boxes, strict=True))
    return (min(columns[0]), min(columns[1]), max(columns[2]), max(columns[3]))
