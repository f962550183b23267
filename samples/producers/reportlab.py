"""Print a sample with reportlab, line by line, so that rows break where the source wants it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from samples.forms import unfold
from samples.narrative import told
from samples.producers import effects
from samples.producers.wrap import SOFT, levelled, measure, registered, softened, wrap
from samples.source import Para, Row, Sample, Table

CM = 72 / 2.54
PAD = 0.19 * CM
LEADING = 1.18


@dataclass
class Text:
    """One printed line."""

    x: float
    y: float
    text: str
    bold: bool = False
    size: float = 0.0
    white: bool = False


@dataclass
class Page:
    """What is drawn on one page: fills first, rules next, text last; y from the top."""

    fills: list[tuple[float, float, float, float, str]] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)


class Layout:
    """Fills pages from the top; a row that does not fit goes on behind the page break."""

    def __init__(self, sample: Sample) -> None:
        """Start on an empty first page."""
        self.page_settings = sample.page
        self.font = sample.page.get("font", "Liberation Sans")
        self.size = sample.page.get("size", 10)
        self.leading = self.size * sample.page.get("leading", LEADING)
        width, height = (29.7, 21.0) if sample.page.get("landscape") else (21.0, 29.7)
        top, side, bottom = sample.page.get("margins", [2.0, 2.0, 2.0])
        self.width, self.height = width * CM, height * CM
        self.left, self.top, self.bottom = side * CM, top * CM, self.height - bottom * CM
        self.pages = [Page()]
        self.y = self.top

    def new_page(self) -> None:
        """Go to the top of a new page."""
        self.pages.append(Page())
        self.y = self.top

    def prose(self, line: str) -> None:
        """Print a paragraph over the full width; ``# `` makes a heading, ``---`` a page break."""
        if line == "---":
            self.new_page()
            return
        heading = line.startswith("# ")
        size = self.size + (3 if heading else 0)
        font = f"{self.font}:Bold" if heading else self.font
        for text in wrap(line.removeprefix("# "), font, size, self.width - 2 * self.left):
            if self.y + size * LEADING > self.bottom:
                self.new_page()
            self.y += size * LEADING
            self.pages[-1].texts.append(Text(self.left, self.y, text, heading, size))
        self.y += size * 0.6

    def form(self, table: Table) -> None:
        """Print an unruled form: labels in bold, values beside them, a second pair to the right."""
        for row in table.rows:
            x, columns = self.left, []
            for at, key in enumerate(table.keys):
                heavy = key in row.says["labels"]
                room = sum(table.widths[at : at + row.says["across"].get(key, 1)]) * CM - 2 * PAD
                columns.append((x, self.lines(row.cells[key], room, heavy)))
                x += table.widths[at] * CM
            for at in range(max(len(lines) for _, lines in columns)):
                if self.y + self.leading > self.bottom:
                    self.new_page()
                self.y += self.leading
                for left, lines in columns:
                    if at < len(lines):
                        text, bold = lines[at]
                        self.pages[-1].texts.append(Text(left, self.y, text, bold, self.size))
            self.y += self.leading * 0.35
        self.y += self.leading

    def table(self, table: Table) -> None:
        """Print a table."""
        header = Row(
            {
                key: [Para(line) for line in column.split("\n")]
                for key, column in zip(table.keys, table.columns, strict=True)
            },
            {},
        )
        if table.says.get("header", True):
            self.row(table, header, bold=True, fill=table.says.get("shade", ""), whole=True)
        for row in table.rows:
            self.row(table, row, header=header)
        self.y += self.leading

    def row(
        self,
        table: Table,
        row: Row,
        bold: bool = False,
        fill: str = "",
        whole: bool = False,
        header: Row | None = None,
    ) -> None:
        """Print one row, over as many pages as it needs."""
        cells = levelled(table, row, self.font, self.size)
        lines = [
            self.lines(cells[key], width * CM - 2 * PAD, bold)
            for key, width in zip(table.keys, table.widths, strict=True)
        ]
        count, done = max(1, *map(len, lines)), 0
        while done < count:
            fits = int((self.bottom - self.y - PAD) / self.leading)
            if fits < (count if whole else 1):
                self.new_page()
                said = table.says
                if header and said.get("header", True) and said.get("repeat_header", True):
                    self.row(table, header, True, table.says.get("shade", ""), True)
                fits = int((self.bottom - self.y - PAD) / self.leading)
            take = min(fits, count - done)
            self.slice(
                table,
                [cell[done : done + take] for cell in lines],
                take,
                fill,
                row.says.get("fill", {}),
            )
            done += take

    def lines(self, paras: list[Para], width: float, bold: bool) -> list[tuple[str, bool]]:
        """Return a cell's lines with their weight; a label's first line is bold."""
        out, settings = [], self.page_settings
        for para in paras:
            heavy = bold or (para.tag == "label" and not para.text)
            font = f"{self.font}:Bold" if heavy else self.font
            text = softened(para.printed) if settings.get("hyphenate") else para.printed
            out += [
                (line.replace(SOFT, settings.get("hyphen", "-")), heavy)
                for line in wrap(text, font, self.size, width)
            ]
        return out

    def slice(
        self,
        table: Table,
        lines: list[list[tuple[str, bool]]],
        count: int,
        fill: str,
        fills: dict[str, str],
    ) -> None:
        """Print `count` lines of a row with the rules around them."""
        page, x, y = self.pages[-1], self.left, self.y
        height = count * self.leading + PAD
        for key, cell, width in zip(table.keys, lines, table.widths, strict=True):
            if colour := fills.get(key, fill):
                page.fills.append((x, y, width * CM, height, colour))
            for at, (text, bold) in enumerate(cell, start=1):
                if text:
                    white = bool(fill) and self.page_settings.get("white_header", False)
                    top = y + at * self.leading
                    page.texts.append(Text(x + PAD, top, text, bold, self.size, white))
            page.rules.append((x, y, x, y + height))
            x += width * CM
        page.rules.append((x, y, x, y + height))
        if not fill:
            page.rules.append((self.left, y + height, x, y + height))
            page.rules.append((self.left, y, x, y))
        self.y += height


def produce(sample: Sample, target: Path) -> None:
    """Write `sample` as a PDF to `target`."""
    from reportlab.pdfgen.canvas import Canvas

    layout = Layout(sample)
    for table in (part for whole in sample.tables for part in unfold(whole)):
        if table.says.get("new_page"):
            layout.new_page()
        for line in told(table.says.get("before", [])):
            layout.prose(line)
        if table.says.get("form") == "plain":
            layout.form(table)
        else:
            layout.table(table)
    for line in told(sample.after):
        layout.prose(line)
    canvas = Canvas(
        str(target), pagesize=(layout.width, layout.height), invariant=1, pageCompression=1
    )
    canvas.setTitle(sample.document.get("title", ""))
    for number, page in enumerate(layout.pages, start=1):
        draw_page(canvas, layout, page, number)
        canvas.showPage()
    canvas.save()


def draw_page(canvas: Any, layout: Layout, page: Page, number: int) -> None:
    """Draw one page, as it is, with a quarter turn, or from a form that lies aside."""
    settings, aside, name = layout.page_settings, 40.0, f"page{number}"
    if settings.get("form"):
        canvas.beginForm(name, -aside, -aside, layout.width, layout.height)
        canvas.translate(-aside, -aside)
        draw(canvas, layout, page, number)
        canvas.endForm()
    if settings.get("sideways"):
        canvas.setPageSize((layout.height, layout.width))
        canvas.transform(0, 1, -1, 0, layout.height, 0)
    if settings.get("turned"):
        canvas.setPageRotation(90)
        canvas.transform(0, 1, -1, 0, layout.height, 0)
    if settings.get("form"):
        canvas.translate(aside, aside)
        canvas.doForm(name)
    else:
        draw(canvas, layout, page, number)


def draw(canvas: Any, layout: Layout, page: Page, number: int) -> None:
    """Draw one page."""
    from reportlab.lib.colors import HexColor

    settings, height = layout.page_settings, layout.height
    if settings.get("watermark") and not settings.get("watermark_over"):
        draw_watermark(canvas, layout)
    for x, y, wide, high, colour in page.fills:
        canvas.setFillColor(HexColor(f"#{colour}"))
        canvas.rect(x, height - y - high, wide, high, stroke=0, fill=1)
    canvas.setFillColor(HexColor("#000000"))
    canvas.setLineWidth(settings.get("rule", 0.6))
    for x0, y0, x1, y1 in page.rules:
        if settings.get("rule_boxes"):
            canvas.rect(x0 - 0.3, height - y1 - 0.3, x1 - x0 + 0.6, y1 - y0 + 0.6, 0, 1)
        else:
            canvas.line(x0, height - y0, x1, height - y1)
    for text in page.texts:
        effects.draw_text(canvas, layout, text, text.white)
    effects.draw_unseen(canvas, layout)
    effects.draw_margin(canvas, layout)
    effects.draw_upright(canvas, layout)
    if settings.get("watermark_over"):
        draw_watermark(canvas, layout)
    draw_furniture(canvas, layout, number)


def draw_watermark(canvas: Any, layout: Layout) -> None:
    """Draw a slanted word under everything else."""
    from reportlab.lib.colors import HexColor

    canvas.saveState()
    canvas.translate(layout.width / 2, layout.height / 2)
    canvas.rotate(35)
    canvas.setFillColor(
        HexColor("#E4E4E4" if not layout.page_settings.get("watermark_over") else "#999999")
    )
    settings = layout.page_settings
    canvas.setFillAlpha(0.5 if settings.get("watermark_over") else 1.0)
    canvas.setFont(registered(layout.font), settings.get("watermark_size", 90))
    apart = settings.get("watermark_apart", 0.0)
    canvas.drawCentredString(0, -30, settings["watermark"], charSpace=apart)
    canvas.restoreState()


def draw_furniture(canvas: Any, layout: Layout, number: int) -> None:
    """Draw running header and footer; a tab sends what follows it to the right."""
    settings, count = layout.page_settings, len(layout.pages)
    canvas.setFont(registered(layout.font), 9)
    for key, y in (("header", layout.height - 1.2 * CM), ("footer", 1.0 * CM)):
        for part, place in zip(settings.get(key, "").split("\t"), ("l", "r"), strict=False):
            text = part.replace("{pages}", str(count)).replace("{page}", str(number))
            wide = measure(text, layout.font, 9)
            canvas.drawString(
                layout.left if place == "l" else layout.width - layout.left - wide, y, text
            )
