"""Pages drawn by choices, as plain PDF: rules and words anywhere, or a table over several pages."""

from __future__ import annotations

from dataclasses import dataclass, field

from fuzzing.choices import Choices

WIDE, HIGH = 842, 595
SIZE, LEADING = 9, 11
LETTER = 0.6 * SIZE  # width of a letter of Courier, points
_STEMS = (
    *("review", "train", "staff", "policy", "Board", "audit", "all", "agencies", "share", "risk"),
    *("Head", "Safety", "Ongoing", "Completed", "May", "2014", "Update", "the", "of", "1.", "-"),
)
_HEADERS = (
    *("Recommendation", "Action", "Lead", "Target date", "Progress", "RAG", "No", "Agency"),
    *("Outcome", "Update", "Timescale", "Responsible"),
)


@dataclass
class Page:
    """The content of one page, y down from its top."""

    parts: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, words: str) -> None:
        """Write `words` with their baseline at y."""
        plain = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        self.parts.append(f"BT /F {SIZE} Tf {x:.2f} {HIGH - y:.2f} Td ({plain}) Tj ET")

    def rule(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5) -> None:
        """Draw a line."""
        ends = f"{x0:.2f} {HIGH - y0:.2f} m {x1:.2f} {HIGH - y1:.2f} l S"
        self.parts.append(f"{width:.2f} w {ends}")

    def fill(self, x0: float, y0: float, x1: float, y1: float, grey: float) -> None:
        """Fill a box."""
        box = f"{x0:.2f} {HIGH - y1:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re f"
        self.parts.append(f"{grey:.2f} g {box} 0 g")


def to_pdf(pages: list[Page]) -> bytes:
    """Return the pages as a PDF without compression, all in Courier."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]/MediaBox[0 0 {WIDE} {HIGH}]"
        "/Resources<</Font<</F 3 0 R>>>>>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>",
    ]
    for number, page in enumerate(pages):
        content = "\n".join(page.parts)
        objects.append(f"<</Type/Page/Parent 2 0 R/Contents {5 + 2 * number} 0 R>>")
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
    out, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode("cp1252", "replace")
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    tail = f"trailer<</Size {len(places) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{rows}{tail}".encode()


def any_page(choices: Choices) -> Page:
    """Rules, shades and words at places that often fall on a coarse grid, as in a table."""
    page = Page()
    while choices and len(page.parts) < 300:
        x, y = _place(choices, WIDE), _place(choices, HIGH)
        kind = choices.whole(0, 4)
        if kind == 0:
            page.rule(x, y, _place(choices, WIDE), y, choices.part(0, 4))
        elif kind == 1:
            page.rule(x, y, x, _place(choices, HIGH), choices.part(0, 4))
        elif kind == 2:
            page.fill(x, y, _place(choices, WIDE), _place(choices, HIGH), choices.part(0, 1))
        else:
            words = [choices.one_of(_STEMS) for _ in range(choices.whole(1, 5))]
            page.text(x + 3, y + SIZE, " ".join(words))
    return page


def _place(choices: Choices, most: int) -> float:
    on_grid = choices.chance(75)
    return 40.0 * choices.whole(0, most // 40) if on_grid else choices.part(-20, most + 20)


@dataclass
class Drawn:
    """A table over pages, and the words that were written, in the order of writing."""

    pages: list[Page]
    words: list[str]


class TableDrawer:
    """Draws one table over pages, its rows cut where a page is full."""

    _TOP, _BOTTOM, _LEFT = 50.0, 545.0, 40.0
    _WIDTHS = (84.0, 128.0)  # of columns, points: the longest header fits

    def __init__(self, choices: Choices) -> None:
        self.choices = choices
        width = choices.whole(2, 6)
        self.edges = [self._LEFT]
        for _ in range(width):
            self.edges.append(self.edges[-1] + choices.part(*self._WIDTHS))
        self.headers = [choices.one_of(_HEADERS) for _ in range(width)]
        self.again = choices.chance(50)
        self.ruled = choices.chance(80)
        self.number = 0
        self.drawn = Drawn([], [])
        self.turn_page(first=True)

    def turn_page(self, *, first: bool = False) -> None:
        """Begin a page; its header is printed on the first one, and on later ones by choice."""
        self.page = Page()
        self.drawn.pages.append(self.page)
        self.y = self._TOP
        self._across()
        if first or self.again:
            self._lines([[header] for header in self.headers])
            self._across()

    def row(self) -> None:
        """Draw a row; what does not fit goes on over the page."""
        cells = [self._cell(i) for i in range(len(self.headers))]
        while any(cells):
            room = int((self._BOTTOM - self.y) // LEADING) - 1
            if room < 1:
                self.turn_page()
                continue
            self._lines([cell[:room] for cell in cells])
            cells = [cell[room:] for cell in cells]
            self._across()
            if any(cells):
                self.turn_page()

    def _cell(self, column: int) -> list[str]:
        """Lines of a cell, each word of it unlike any other: none can pass for a double."""
        most = int((self.edges[column + 1] - self.edges[column] - 6) / LETTER)
        lines = []
        for _ in range(self.choices.whole(0, 12) if self.choices.chance(70) else 0):
            self.number += 1
            word = f"{self.choices.one_of(_STEMS)}{self.number}"
            lines.append(word[:most])
        return lines

    def _lines(self, cells: list[list[str]]) -> None:
        for column, lines in enumerate(cells):
            for i, line in enumerate(lines):
                self.page.text(self.edges[column] + 3, self.y + (i + 1) * LEADING, line)
                self.drawn.words += line.split()
        height = max(map(len, cells), default=0) * LEADING + 4
        if self.ruled:
            for x in self.edges:
                self.page.rule(x, self.y, x, self.y + height)
        self.y += height

    def _across(self) -> None:
        self.page.rule(self.edges[0], self.y, self.edges[-1], self.y)


def broken_table(choices: Choices) -> Drawn:
    """A table of up to 12 rows over as many pages as they take."""
    drawer = TableDrawer(choices)
    for _ in range(choices.whole(1, 12)):
        drawer.row()
    return drawer.drawn
