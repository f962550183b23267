"""Print a sample with reportlab in any style of table: rules of every kind or none, spans, nesting.

A table's `style` says how it looks:

    rules = "all" | "rows" | "columns" | "none"
    stroke = "line" | "boxes" | "dashed" | "dotted" | "double"
    head_rule = true          a line under the header although `rules` has none
    open_cuts = true          no rule where a page break cuts a row
    zebra, shade, band = "RRGGBB"      fills of every second row, of header and bands
    head_wrap = false         header lines run on over the column's edge
    head_align = "centre"
    gap = 4.0                 points of white between rows
    pad = 5.4                 points between a column's edge and its text
    keep = true               rows are never cut

The table itself says `widths_on` and `shift_on` (columns of single pages), `absent_on` (so many
left columns are not drawn on a page), `x` and `beside` (next to the table before, which says
`beside_next`), and `heading`, printed where the table begins.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from samples.producers.flow import Flow, Line
from samples.producers.reportlab import CM, PAD, Layout, Text, draw_furniture
from samples.producers.wrap import levelled, registered
from samples.source import Para, Row, Sample, Table, edges, head_cells

THIN = 0.6
Stroke = tuple[float, float, float, float, str]


@dataclass
class Sheet:
    """What is drawn on one page; y from the top."""

    fills: list[tuple[float, float, float, float, str]] = field(default_factory=list)
    strokes: dict[Stroke, None] = field(default_factory=dict)
    texts: list[Text] = field(default_factory=list)


@dataclass
class Span:
    """A cell over several rows: where its part on the current page begins."""

    flow: Flow
    key: str
    row: int
    last: int
    top: float
    first: bool = True


class Styled(Layout):
    """Fills pages with tables of any style."""

    def __init__(self, sample: Sample) -> None:
        """Start on an empty first page."""
        super().__init__(sample)
        if sample.page.get("paper") == "A3":
            self.width, self.height = 42.0 * CM, 29.7 * CM
            self.bottom = self.height - sample.page.get("margins", [2.0, 2.0, 2.0])[2] * CM
        self.pages: list[Any] = [Sheet()]
        self.at = 0
        self.spans: dict[str, Span] = {}
        self.began = (0, self.top)

    @property
    def sheet(self) -> Sheet:
        """The page that is being filled."""
        sheet: Sheet = self.pages[self.at]
        return sheet

    def new_page(self) -> None:
        """Go to the top of the next page."""
        self.at += 1
        if self.at == len(self.pages):
            self.pages.append(Sheet())
        self.y = self.top

    def columns(self, table: Table) -> dict[str, tuple[float, float]]:
        """Return the left and right edge of each column on the current page, in points."""
        found = [self.left + edge * CM for edge in edges(table, self.at + 1)]
        return dict(zip(table.keys, pairwise(found), strict=True))

    def absent(self, table: Table) -> set[str]:
        """Return the left columns that the current page does not draw."""
        return set(table.keys[: table.says.get("absent_on", {}).get(str(self.at + 1), 0)])

    def table(self, table: Table) -> None:
        """Print a table; one that stands `beside` another begins level with it."""
        end = (self.at, self.y)
        if table.says.get("beside"):
            self.at, self.y = self.began
        self.began = (self.at, self.y)
        self.style = {"rules": "all", "stroke": "line", **table.says.get("style", {})}
        self.pad = self.style.get("pad", PAD)
        self.shaded = False
        if heading := table.says.get("heading"):
            self.y += self.leading
            x = self.left + table.says.get("x", 0.0) * CM
            self.sheet.texts.append(Text(x, self.y, heading, True, self.size + 1))
            self.y += self.leading / 2
        if table.says.get("header", True):
            self.header(table)
        for at in range(len(table.rows)):
            self.printed_row(table, at)
        self.y += self.leading
        if table.says.get("beside"):
            self.at, self.y = max(end, (self.at, self.y))

    def header(self, table: Table) -> None:
        """Print the header; a cell over several rows is as high as they are."""
        cells, columns = head_cells(table), self.columns(table)
        places = [columns[key] for key in table.keys]
        rows = 1 + max(cell.row + cell.down - 1 for cell in cells)
        flows, heights = [], [0.0] * rows
        for cell in cells:
            x0, x1 = places[cell.column][0], places[cell.column + cell.across - 1][1]
            flow = Flow(
                [Para(line) for line in cell.text.split("\n")],
                bold=self.style.get("head_bold", True),
                centre=self.style.get("head_align") == "centre" or cell.across > 1,
                run_on=not self.style.get("head_wrap", True),
            )
            lines = flow.lines(x1 - x0 - 2 * self.pad, self.font, self.size)
            flows.append((cell, x0, x1, lines))
        for cell, _, _, lines in sorted(flows, key=lambda flow: flow[0].down):
            have = sum(heights[cell.row : cell.row + cell.down])
            heights[cell.row + cell.down - 1] += max(0, len(lines) * self.leading + PAD - have)
        tops = [self.y + sum(heights[:at]) for at in range(rows + 1)]
        for cell, x0, x1, lines in flows:
            if set(table.keys[: cell.column + 1]) <= self.absent(table):
                continue
            box = (x0, tops[cell.row], x1, tops[cell.row + cell.down])
            self.boxed(box, self.style.get("shade", ""), True, True)
            self.write(lines, x0 + self.pad, box[1])
            if self.style.get("head_rule"):
                self.stroke(x0, tops[-1], x1, tops[-1])
        self.y = tops[-1] + self.style.get("gap", 0.0)

    def printed_row(self, table: Table, at: int) -> None:
        """Print one row, over as many pages as it needs."""
        row = table.rows[at]
        if "band" in row.says:
            self.band_row(table, row)
            return
        cells = levelled(table, row, self.font, self.size)
        flows = {key: Flow(list(cells[key])) for key in table.keys if key not in self.spans}
        for key, count in row.says.get("span", {}).items():
            self.spans[key] = Span(flows.pop(key), key, at, at + count - 1, self.y)
        self.shaded = not self.shaded if not row.says.get("same") else self.shaded
        first = True
        while True:
            need = self.need(table, at, flows)
            fits = int((self.bottom - self.y - PAD) / self.leading)
            if fits < 1 or (self.style.get("keep") and fits < need):
                self.turn(table)
                continue
            take = min(fits, need)
            self.segment(table, row, flows, take, (first, take == need))
            first = False
            if take == need:
                break
            self.turn(table)
        for key in [key for key, span in self.spans.items() if span.last == at]:
            self.close(table, self.spans.pop(key), True)
        self.y += self.style.get("gap", 0.0)

    def need(self, table: Table, at: int, flows: dict[str, Flow]) -> int:
        """Return the number of lines that a row still needs, spans that end in it included."""
        columns = self.columns(table)
        wide = {key: x1 - x0 - 2 * self.pad for key, (x0, x1) in columns.items()}
        need = 1
        for key, flow in flows.items():
            need = max(need, len(flow.lines(wide[key], self.font, self.size)))
        for key, span in self.spans.items():
            if span.last == at:
                lines = len(span.flow.lines(wide[key], self.font, self.size))
                short = lines * self.leading - (self.y - span.top)
                need = max(need, int(-(-short // self.leading)))
        return need

    def segment(
        self,
        table: Table,
        row: Row,
        flows: dict[str, Flow],
        take: int,
        ends: tuple[bool, bool],
    ) -> None:
        """Print the next `take` lines of a row; `ends` says whether top and bottom are its own."""
        height = take * self.leading + PAD
        zebra = self.style.get("zebra", "") if self.shaded else ""
        absent = self.absent(table)
        for key, (x0, x1) in self.columns(table).items():
            if key not in flows or key in absent:
                continue
            fill = row.says.get("fill", {}).get(key, zebra)
            self.boxed((x0, self.y, x1, self.y + height), fill, *ends)
            wide = x1 - x0 - 2 * self.pad
            lines = flows[key].take(take, wide, self.font, self.size)
            self.write(lines, x0 + self.pad, self.y)
        self.y += height

    def turn(self, table: Table) -> None:
        """Close the spans at the page's end, and go on under a new header."""
        for span in self.spans.values():
            self.close(table, span, False)
        self.new_page()
        if table.says.get("header", True) and table.says.get("repeat_header", True):
            self.header(table)
        for span in self.spans.values():
            span.top, span.first = self.y, False

    def close(self, table: Table, span: Span, last: bool) -> None:
        """Print a span's part that ends at the current height."""
        x0, x1 = self.columns(table)[span.key]
        if self.y <= span.top or span.key in self.absent(table):
            return
        fill = table.rows[span.row].says.get("fill", {}).get(span.key, "")
        self.boxed((x0, span.top, x1, self.y), fill, span.first, last)
        count = int((self.y - span.top - PAD) / self.leading + 0.01)
        wide = x1 - x0 - 2 * self.pad
        count = 1000 if last else count
        self.write(span.flow.take(count, wide, self.font, self.size), x0 + self.pad, span.top)

    def band_row(self, table: Table, row: Row) -> None:
        """Print a band over the full width; it is never the last line of a page."""
        columns = list(self.columns(table).values())
        x0, x1 = columns[0][0], columns[-1][1]
        lines = Flow([Para(row.says["band"])], bold=row.says.get("band_bold", True)).lines(
            x1 - x0 - 2 * self.pad, self.font, self.size
        )
        height = len(lines) * self.leading + PAD
        if self.y + height + 2 * self.leading > self.bottom:
            self.turn(table)
        self.boxed((x0, self.y, x1, self.y + height), self.style.get("band", ""), True, True)
        self.write(lines, x0 + self.pad, self.y)
        self.y += height + self.style.get("gap", 0.0)
        self.shaded = False

    def boxed(
        self, box: tuple[float, float, float, float], fill: str, first: bool, last: bool
    ) -> None:
        """Fill a cell and draw those of its edges that the style rules."""
        x0, y0, x1, y1 = box
        if fill:
            self.sheet.fills.append((x0, y0, x1 - x0, y1 - y0, fill))
        rules, closed = self.style["rules"], not self.style.get("open_cuts")
        if rules in ("all", "rows"):
            if first or closed:
                self.stroke(x0, y0, x1, y0)
            if last or closed:
                self.stroke(x0, y1, x1, y1)
        if rules in ("all", "columns"):
            below = y1 + self.style.get("gap", 0.0) * last
            self.stroke(x0, y0, x0, below)
            self.stroke(x1, y0, x1, below)

    def stroke(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Remember a rule; one that two cells share is drawn once."""
        rounded = (round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2))
        self.sheet.strokes[(*rounded, self.style["stroke"])] = None

    def write(self, lines: list[Line], x: float, y: float) -> None:
        """Print a cell's lines from its top."""
        for at, line in enumerate(lines, start=1):
            base = y + at * self.leading
            for piece in line.pieces:
                if piece.text:
                    self.sheet.texts.append(
                        Text(x + piece.dx, base, piece.text, piece.bold, self.size)
                    )
            top, bottom = base - self.leading + PAD / 2, base + PAD / 2
            for edge in line.nest:
                self.sheet.strokes[(x + edge, top, x + edge, bottom, "line")] = None
            for height in (top, bottom) if line.nest else ():
                self.sheet.strokes[(x, height, x + line.nest[-1], height, "line")] = None


def produce(sample: Sample, target: Path) -> None:
    """Write `sample` as a PDF to `target`."""
    from reportlab.pdfgen.canvas import Canvas

    layout = Styled(sample)
    for table in sample.tables:
        if table.says.get("new_page"):
            layout.new_page()
        for line in table.says.get("before", []):
            layout.prose(line)
        layout.table(table)
    for line in sample.after:
        layout.prose(line)
    canvas = Canvas(
        str(target), pagesize=(layout.width, layout.height), invariant=1, pageCompression=1
    )
    canvas.setTitle(sample.document.get("title", ""))
    for number, sheet in enumerate(layout.pages, start=1):
        draw(canvas, layout, sheet, number)
        canvas.showPage()
    canvas.save()


def draw(canvas: Any, layout: Styled, sheet: Sheet, number: int) -> None:
    """Draw one page."""
    from reportlab.lib.colors import HexColor

    for x, y, wide, high, colour in sheet.fills:
        canvas.setFillColor(HexColor(f"#{colour}"))
        canvas.rect(x, layout.height - y - high, wide, high, stroke=0, fill=1)
    canvas.setFillColor(HexColor("#000000"))
    canvas.setLineWidth(THIN)
    for x0, y0, x1, y1, kind in sheet.strokes:
        draw_stroke(canvas, (x0, layout.height - y0, x1, layout.height - y1), kind)
    for text in sheet.texts:
        canvas.setFont(registered(f"{layout.font}:Bold" if text.bold else layout.font), text.size)
        canvas.drawString(text.x, layout.height - text.y, text.text)
    draw_furniture(canvas, layout, number)


def draw_stroke(canvas: Any, line: tuple[float, float, float, float], kind: str) -> None:
    """Draw one rule: as a line, a thin box, two lines, or in pieces that are objects each."""
    x0, y0, x1, y1 = line
    flat = y0 == y1
    if kind == "boxes":
        half = THIN / 2
        canvas.rect(x0 - half, min(y0, y1) - half, x1 - x0 + THIN, abs(y1 - y0) + THIN, 0, 1)
    elif kind == "double":
        for off in (-0.9, 0.9):
            move = (0, off, 0, off) if flat else (off, 0, off, 0)
            canvas.line(*(a + b for a, b in zip(line, move, strict=True)))
    elif kind in ("dashed", "dotted"):
        long, gap = (3.0, 2.0) if kind == "dashed" else (0.8, 1.6)
        length, at = abs(x1 - x0) + abs(y1 - y0), 0.0
        while at < length:
            end = min(at + long, length)
            if flat:
                canvas.line(x0 + at, y0, x0 + end, y1)
            else:
                canvas.line(x0, max(y0, y1) - at, x1, max(y0, y1) - end)
            at += long + gap
    else:
        canvas.line(x0, y0, x1, y1)
