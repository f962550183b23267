"""Tables drawn with few rules or none, over as many pages as they need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth

from tests.extract.drawn import HIGH, WIDE, Drawing

Rules = Literal[
    "none", "rows", "cells", "book", "upright", "frame", "header", "zebra", "shades", "head", "box",
    "shell",
]  # fmt: skip
X, TOP, BOTTOM = 40.0, 60.0, 540.0


@dataclass(frozen=True)
class Look:
    """How a table is set.

    Attributes:
        rules: `rows` a rule under each row, `cells` one under each cell, `book` three in all,
            `upright` vertical ones only, `frame` around the page's part, `header` a shade behind
            the header, `zebra` one behind each second row, `shades` one behind each cell; `head`
            vertical ones and a shade behind the header, `box` the same in a frame with a rule below
            the header and no shade, `shell` a frame and a rule below the header.
        size: font size, points.
        pad: space at both sides of a cell's text.
        above: space above and below a row's text.
        leading: line distance as a multiple of the font size.
        middle: texts stand in the middle of their rows.
        centred: headers are centred over their columns.
        low: the last lines of the headers stand at one height, else the first.
        repeat: the header stands on each page.
        bold: the header is bold.
    """

    rules: Rules = "none"
    size: float = 9.0
    pad: float = 5.4
    above: float = 3.0
    leading: float = 1.2
    middle: bool = False
    centred: bool = False
    low: bool = False
    repeat: bool = True
    bold: bool = True


class _Setter:
    """Sets one table line by line."""

    def __init__(self, drawing: Drawing, widths: Sequence[float], look: Look) -> None:
        self.drawing, self.look = drawing, look
        self.xs = [X]
        for width in widths:
            self.xs.append(self.xs[-1] + width)
        self.step = look.leading * look.size

    def wrap(self, texts: Sequence[str], font: str) -> list[list[str]]:
        pad, size = self.look.pad, self.look.size
        return [
            [
                line
                for paragraph in text.split("\n")
                for line in simpleSplit(paragraph, font, size, b - a - 2 * pad)
            ]
            for text, a, b in zip(texts, self.xs, self.xs[1:], strict=False)
        ]

    def header(self, texts: Sequence[str], y: float) -> float:
        look = self.look
        cells = self.wrap(texts, "Helvetica-Bold" if look.bold else "Helvetica")
        tall = max(map(len, cells))
        end = y + tall * self.step + 2 * max(look.above, 1.0)
        if look.rules in ("header", "zebra", "head"):
            self.drawing.box(self.xs[0], y, self.xs[-1], end, grey=0.8)
        if look.rules == "shades":
            self.shade_cells(y, end, 0.75)
        if look.rules in ("rows", "book"):
            self.rule(y)
            self.rule(end)
        if look.rules in ("box", "shell"):
            self.rule(end)
        for c, lines in enumerate(cells):
            for k, line in enumerate(lines):
                down = (k + (tall - len(lines) if look.low else 0)) * self.step
                self.put(c, y + max(look.above, 1.0) + down, line, bold=look.bold, head=True)
        return end

    def put(self, c: int, y: float, line: str, *, bold: bool = False, head: bool = False) -> None:
        x = self.xs[c] + self.look.pad
        if head and self.look.centred:
            font = "Helvetica-Bold" if bold else "Helvetica"
            x = (self.xs[c] + self.xs[c + 1] - stringWidth(line, font, self.look.size)) / 2
        self.drawing.text(x, y + 0.95 * self.look.size, line, self.look.size, bold)

    def piece(
        self, cells: list[list[str]], first: int, last: int, y: float, *, even: bool
    ) -> float:
        """Set lines `first` to `last` of a row; return where they end."""
        look = self.look
        end = y + (last - first) * self.step + 2 * look.above
        if look.rules == "zebra" and even:
            self.drawing.box(self.xs[0], y, self.xs[-1], end, grey=0.93)
        if look.rules == "shades":
            self.shade_cells(y + 0.75, end - 0.75, 0.93)
        tall = max(map(len, cells))
        for c, lines in enumerate(cells):
            whole = last - first == tall
            down = (tall - len(lines)) / 2 if look.middle and whole else 0
            for k, line in enumerate(lines[first:last]):
                self.put(c, y + look.above + (k + down) * self.step, line)
        return end

    def shade_cells(self, y0: float, y1: float, grey: float) -> None:
        for a, b in zip(self.xs, self.xs[1:], strict=False):
            self.drawing.box(a + 0.75, y0, b - 0.75, y1, grey=grey)

    def rule(self, y: float) -> None:
        self.drawing.line(self.xs[0], y, self.xs[-1], y)

    def close_row(self, y: float, *, last: bool) -> None:
        if self.look.rules == "rows" or (self.look.rules == "book" and last):
            self.rule(y)
        if self.look.rules == "cells" and not last:
            for a, b in zip(self.xs, self.xs[1:], strict=False):
                self.drawing.line(a + 3, y, b - 3, y)

    def close_page(self, top: float, y: float) -> None:
        if self.look.rules in ("frame", "box", "shell"):
            self.drawing.box(self.xs[0], top, self.xs[-1], y)
        if self.look.rules in ("upright", "head", "box"):
            for x in self.xs:
                self.drawing.line(x, top, x, y)


def draw(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    look: Look | None = None,
    *,
    before: Sequence[str] = (),
    after: Sequence[str] = (),
) -> bytes:
    """Draw a table; rows are cut where a page ends.

    Args:
        header: headers of the columns.
        rows: texts of the cells; a row of one text is a band over the full width.
        widths: widths of the columns.
        look: how it is set.
        before: lines above the table.
        after: lines below it.
    """
    look = look or Look()
    drawing = Drawing((WIDE, HIGH))
    setter = _Setter(drawing, widths, look)
    y = TOP
    for line in before:
        drawing.text(X, y + look.size, line, look.size)
        y += setter.step
    top = y = y + 10.0 if before else y
    y = setter.header(header, y)
    for r, row in enumerate(rows):
        if len(row) == 1:
            drawing.text(X + look.pad, y + look.above + look.size, row[0], look.size, bold=True)
            y += setter.step + 2 * look.above
            continue
        cells = setter.wrap(row, "Helvetica")
        done, tall = 0, max(map(len, cells))
        while done < tall:
            room = int((BOTTOM - y - 2 * look.above) / setter.step)
            take = min(room, tall - done)
            if take < min(2, tall - done):
                setter.close_page(top, y)
                drawing.page()
                top = y = TOP
                y = setter.header(header, y) if look.repeat else y
                continue
            y = setter.piece(cells, done, done + take, y, even=r % 2 == 0)
            done += take
        setter.close_row(y, last=r == len(rows) - 1)
    setter.close_page(top, y)
    for k, line in enumerate(after):
        drawing.text(X, y + 2 * setter.step + look.size + k * setter.step, line, look.size)
    return drawing.done()
