"""Tables drawn with reportlab, stroke by stroke, in the ways that producers draw them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

Border = Literal["lines", "inner", "boxes", "cells", "dashed", "dotted", "double", "white", "fills"]
Place = tuple[int, int]
WIDE, HIGH = 842.0, 595.0
HEADER = ["Recommendation", "Action", "Lead officer", "Target date", "Progress"]
WIDTHS = [200.0, 180.0, 110.0, 90.0, 180.0]
X, TOP = 40.0, 60.0
PAD = 5.4  # Word's cell margin


@dataclass(frozen=True)
class Style:
    """How a table is drawn.

    Attributes:
        border: see `Drawing._border`.
        size: font size, points.
        spans: rows and columns covered by the cell at (row, column).
        fills: grey (0..1) behind the cell at (row, column).
        middle: text stands in the middle of its cell.
        open_bottom: no line along the bottom.
        open_top: no line along the top.
        bold: rows set in bold.
    """

    border: Border = "lines"
    size: float = 9.0
    spans: dict[Place, Place] = field(default_factory=dict)
    fills: dict[Place, float] = field(default_factory=dict)
    middle: bool = False
    open_bottom: bool = False
    open_top: bool = False
    bold: frozenset[int] = frozenset()


class Drawing:
    """A PDF under construction; y runs down from the page's top."""

    def __init__(self, size: tuple[float, float] = (WIDE, HIGH)) -> None:
        """Begin the first page."""
        self._out = io.BytesIO()
        self.canvas = Canvas(self._out, pagesize=size)
        self.height = size[1]

    def page(self) -> None:
        """Begin a new page."""
        self.canvas.showPage()

    def done(self) -> bytes:
        """Return the file."""
        self.canvas.showPage()
        self.canvas.save()
        return self._out.getvalue()

    def text(self, x: float, y: float, text: str, size: float = 9.0, bold: bool = False) -> None:
        """Set one line; `y` is its baseline."""
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        self.canvas.drawString(x, self.height - y, text)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Stroke a line."""
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def box(self, x0: float, y0: float, x1: float, y1: float, *, grey: float | None = None) -> None:
        """Fill a box, or stroke its outline without `grey`."""
        if grey is not None:
            self.canvas.setFillGray(grey)
        self.canvas.rect(
            x0, self.height - y1, x1 - x0, y1 - y0, stroke=grey is None, fill=grey is not None
        )
        self.canvas.setFillGray(0)

    def table(
        self,
        rows: Sequence[Sequence[str]],
        *,
        top: float = TOP,
        x: float = X,
        widths: Sequence[float] = tuple(WIDTHS),
        heights: Sequence[float] | None = None,
        style: Style | None = None,
    ) -> float:
        """Draw a table; text wraps in its cell. Return where it ends."""
        style = style or Style()
        xs = [x]
        for width in widths:
            xs.append(xs[-1] + width)
        ys = [top]
        for r, row in enumerate(rows):
            tall = [
                1.2 * style.size * len(_wrap(text, xs[c + across] - xs[c], style.size))
                for c, text in enumerate(row)
                for down, across in [style.spans.get((r, c), (1, 1))]
                if down == 1
            ]
            own = max([style.size, *tall]) + 6
            ys.append(ys[-1] + (heights[r] if heights else own))
        cells = _cells(len(rows), len(widths), style)
        for (r, c), (down, across) in cells.items():
            if (r, c) in style.fills:
                self.box(xs[c], ys[r], xs[c + across], ys[r + down], grey=style.fills[r, c])
        for (r, c), (down, across) in cells.items():
            ends = (r == 0, r + down == len(rows), c == 0, c + across == len(widths))
            self._border(xs[c], ys[r], xs[c + across], ys[r + down], style, ends)
            lines = _wrap(rows[r][c], xs[c + across] - xs[c], style.size)
            high = 1.2 * style.size * len(lines)
            y = ys[r] + ((ys[r + down] - ys[r] - high) / 2 if style.middle else 3)
            for k, text in enumerate(lines):
                self.text(xs[c] + PAD, y + style.size * (0.95 + 1.2 * k), text, style.size,
                          bold=r in style.bold)  # fmt: skip
        return ys[-1]

    def _border(
        self, x0: float, y0: float, x1: float, y1: float, style: Style,
        ends: tuple[bool, bool, bool, bool],
    ) -> None:  # fmt: skip
        if style.border == "fills":
            return
        if style.border == "cells":
            self.box(x0, y0, x1, y1)
            return
        first, last, left, right = ends
        sides = [
            (x0, y0, x1, y0, first and (style.border == "inner" or style.open_top)),
            (x0, y1, x1, y1, last and (style.border == "inner" or style.open_bottom)),
            (x0, y0, x0, y1, left and style.border == "inner"),
            (x1, y0, x1, y1, right and style.border == "inner"),
        ]
        for a, b, c, d, hidden in sides:
            if not hidden:
                self._side(a, b, c, d, style.border)

    def _side(self, x0: float, y0: float, x1: float, y1: float, border: Border) -> None:
        if border in ("boxes", "white"):
            grey = 1.0 if border == "white" else 0.0
            self.box(x0 - 0.24, y0 - 0.24, x1 + 0.24, y1 + 0.24, grey=grey)
            return
        if border == "dashed":
            self.canvas.setDash(3, 2)
        if border == "dotted":
            self.canvas.setDash(0.5, 1)
        self.canvas.setLineWidth(0.5)
        self.line(x0, y0, x1, y1)
        if border == "double":
            flat = y0 == y1
            self.line(
                x0 + 1.5 * (not flat), y0 + 1.5 * flat, x1 + 1.5 * (not flat), y1 + 1.5 * flat
            )
        self.canvas.setDash()


def _wrap(text: str, width: float, size: float) -> list[str]:
    lines: list[str] = simpleSplit(text, "Helvetica", size, width - 2 * PAD)
    return lines


def _cells(rows: int, columns: int, style: Style) -> dict[Place, Place]:
    """Each cell's place and the rows and columns it covers."""
    taken: set[Place] = set()
    cells: dict[Place, Place] = {}
    for r in range(rows):
        for c in range(columns):
            if (r, c) not in taken:
                down, across = cells[r, c] = style.spans.get((r, c), (1, 1))
                taken.update((r + i, c + k) for i in range(down) for k in range(across))
    return cells
