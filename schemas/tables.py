"""Logical tables: what `extract` hands to `normalise`, free of any PDF library.

Pages are counted from 1. Boxes are ``(x0, y0, x1, y1)`` in page points, origin top left,
in the upright reading of the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

Box = tuple[float, float, float, float]
Colour = tuple[int, int, int]
Glue = Literal["space", "keep", "drop", "cut"]
RowKind = Literal["body", "band"]
Engine = Literal["auto", "pdfium", "pdfplumber", "camelot"]
OcrMode = Literal["auto", "never", "always"]
Role = Literal["cell", "header", "heading", "furniture", "unassigned"]


class Region(NamedTuple):
    """A box on a page."""

    page: int
    bbox: Box


@dataclass(slots=True, unsafe_hash=True)
class Line:
    """One printed line inside a cell, a header or a heading; made once, never changed.

    It is not `frozen`: that would double the time of making one, and a document has thousands.

    Attributes:
        text: the line as printed, a line-end hyphen kept as ``-``; words joined by one space.
        page: page number, from 1.
        bbox: union of the boxes of its words.
        words: indices of its words in the page's word list, in reading order.
        size: most frequent font size, in points.
        bold: every word is bold.
        bold_lead: number of leading characters of `text` that are bold.
        first_width: width of the first word, in points (would it have fitted on the line before?).
        colour: text colour of the first word, RGB 0..255.
        glue: how the line goes on into the next line of its cell. ``space``: a space between them;
            ``keep``: no space, the hyphen belongs to the word ("co-|ordinate"); ``drop``: no space
            and the hyphen goes ("infor-|mation"); ``cut``: no space, a word cut without a hyphen.
    """

    text: str
    page: int
    bbox: Box
    words: tuple[int, ...] = ()
    size: float = 0.0
    bold: bool = False
    bold_lead: int = 0
    first_width: float = 0.0
    colour: Colour = (0, 0, 0)
    glue: Glue = "space"


def join_lines(lines: Iterable[Line]) -> str:
    """Return the running text of `lines`: wrapped lines and cut words rejoined."""
    out: list[str] = []
    for line in lines:
        text = line.text
        if line.glue == "drop":
            out.append(text.removesuffix("-").removesuffix("\u2010"))
        elif line.glue == "space":
            out.append(text + " ")
        else:
            out.append(text)
    return " ".join("".join(out).split())


@dataclass(slots=True)
class Cell:
    """One logical cell; its lines may come from several pages.

    Attributes:
        lines: printed lines, in reading order.
        regions: the piece of each page that the cell covers, in page order.
        rowspan: number of logical rows covered, from this one down.
        colspan: number of columns covered, from this one to the right.
        covered: the place belongs to a span that starts above or to the left; it has no lines.
        fill: background colour where one is drawn, else None.
    """

    lines: list[Line] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    rowspan: int = 1
    colspan: int = 1
    covered: bool = False
    fill: Colour | None = None

    @property
    def text(self) -> str:
        """The cell's running text."""
        return join_lines(self.lines)


@dataclass(slots=True)
class Row:
    """One logical row: as many cells as the table has columns.

    A ``band`` row is one cell over the full width (theme, agency, group); it is no record.
    """

    cells: list[Cell]
    kind: RowKind = "body"
    confidence: float = 1.0

    @property
    def pages(self) -> list[int]:
        """The pages that the row touches, ascending."""
        return sorted({region.page for cell in self.cells for region in cell.regions})

    @property
    def text(self) -> str:
        """All text of the row, cell by cell."""
        return " ".join(text for cell in self.cells if (text := cell.text))


@dataclass(slots=True)
class Column:
    """A column of a logical table; `lines` is its header as printed (empty without a header)."""

    header: str
    lines: list[Line] = field(default_factory=list)
    x0: float = 0.0
    x1: float = 0.0


class Evidence(NamedTuple):
    """One reason for or against a join: its name, its weight, and what was seen."""

    name: str
    weight: float
    detail: str


@dataclass(frozen=True, slots=True)
class Join:
    """The decision at one page break inside a table.

    Attributes:
        page: the page on which the questioned row begins (the later one).
        row: index of the logical row that ends before the break.
        joined: the first row after the break continues that row.
        score: sum of the evidence, above 0 joins.
        confidence: 0..1, how far the score is from doubt.
        evidence: the reasons, strongest first.
    """

    page: int
    row: int
    joined: bool
    score: float
    confidence: float
    evidence: tuple[Evidence, ...]


@dataclass(slots=True)
class LogicalTable:
    """A table over all its pages.

    Attributes:
        columns: left to right.
        rows: body and band rows, without headers.
        heading: lines printed above the table that name it, top to bottom.
        pages: pages it touches, ascending.
        joins: one decision per page break.
        repeated_headers: header lines dropped on later pages.
        confidence: 0..1.
    """

    columns: list[Column]
    rows: list[Row]
    heading: list[Line] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    joins: list[Join] = field(default_factory=list)
    repeated_headers: list[Line] = field(default_factory=list)
    confidence: float = 1.0

    def iter_lines(self) -> Iterator[tuple[Role, Line]]:
        """Every line of the table with the role of its words."""
        for line in self.heading:
            yield "heading", line
        for column in self.columns:
            for line in column.lines:
                yield "header", line
        for line in self.repeated_headers:
            yield "header", line
        for row in self.rows:
            for cell in row.cells:
                for line in cell.lines:
                    yield "cell", line


@dataclass(frozen=True, slots=True)
class PageAudit:
    """Where the words of one page went; `lost` and `duplicated` are 0 unless there is a defect.

    `overprinted` words are printed twice, to look bold, and were read once.
    """

    page: int
    words: int
    in_cells: int
    in_headings: int
    in_headers: int
    in_furniture: int
    unassigned: int
    duplicated: int
    lost: int
    overprinted: int = 0


@dataclass(frozen=True, slots=True)
class PageInfo:
    """Size of a page in its upright reading, in points, and the clockwise turn to get it."""

    page: int
    width: float
    height: float
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """What a second reader read otherwise: the words of one cell or line, by place.

    Attributes:
        page: page number, from 1.
        bbox: where it stands.
        first: text of the reader whose result is used.
        second: text of the other one.
    """

    page: int
    bbox: Box
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Scan:
    """A page whose words were recognised in its picture, which was made level for that.

    Attributes:
        text: its words, by their index.
        boxes: where they stand on the level page.
        confidence: how sure each is, 0..1.
        back: matrix (by rows) from places on the level page to those on the page as it is shown,
            points; None: the page was level.
        raw: index and reading of each word that was mended; `text` has what it is taken for.
    """

    text: tuple[str, ...]
    boxes: tuple[Box, ...]
    confidence: tuple[float, ...]
    back: tuple[float, ...] | None = None
    raw: tuple[tuple[int, str], ...] = ()

    def on_page(self, box: Box) -> Box:
        """Return the box on the page as it is shown that holds `box` of the level page."""
        if self.back is None:
            return box
        a, b, c, d, e, f, g, h, i = self.back
        corners = [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
        found = [
            ((a * x + b * y + c) / (w := g * x + h * y + i), (d * x + e * y + f) / w)
            for x, y in corners
        ]
        xs, ys = zip(*found, strict=True)
        return min(xs), min(ys), max(xs), max(ys)


@dataclass(slots=True)
class TableDocument:
    """A document as `extract` sees it.

    Attributes:
        tables: logical tables in reading order.
        furniture: running headers, footers, page numbers, watermark letters.
        unassigned: all other lines outside tables (narrative, notes), page by page.
        warnings: ``(code, page or 0, message)`` of what went wrong while reading.
        differences: what a second reader read otherwise, where it was asked.
        reader: what read the pages, but for those that a warning names.
        scans: the pages that were recognised, by number. The boxes of their lines and cells are
            those of the level page.
        ocr_missing: what has to be installed to read the scans that were left out.
        ocr_seconds: time that recognition took.
    """

    name: str
    sha256: str
    size: int
    pages: list[PageInfo]
    tables: list[LogicalTable]
    furniture: list[Line] = field(default_factory=list)
    unassigned: list[Line] = field(default_factory=list)
    audit: list[PageAudit] = field(default_factory=list)
    producer: str | None = None
    title: str | None = None
    tagged: bool = False
    image_pages: list[int] = field(default_factory=list)
    warnings: list[tuple[str, int, str]] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    reader: str = "pdfium"
    scans: dict[int, Scan] = field(default_factory=dict)
    ocr_missing: str = ""
    ocr_seconds: float = 0.0

    def iter_lines(self) -> Iterator[tuple[Role, Line]]:
        """Every line of the document with the role of its words."""
        for table in self.tables:
            yield from table.iter_lines()
        for line in self.furniture:
            yield "furniture", line
        for line in self.unassigned:
            yield "unassigned", line

    def on_page(self, page: int, box: Box) -> Box:
        """Return a box of a line or cell as one of the page as it is shown."""
        scan = self.scans.get(page)
        return scan.on_page(box) if scan else box


@dataclass(frozen=True, slots=True)
class TableHints:
    """What the caller knows about its tables; `extract` knows nothing of recommendations.

    Attributes:
        header_phrases: casefolded phrases that occur in header cells ("target date").
        label_pattern: regular expression that matches at the start of a cell which begins a new
            row ("Recommendation No 4"), with the row's number in group ``number`` where it has one.
        vocabulary: gives the words of the field in lower case, for scanned pages alone.
    """

    header_phrases: Sequence[str] = ()
    label_pattern: str | None = None
    vocabulary: Callable[[], frozenset[str]] = frozenset


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a user may ask of the reading; the defaults are right for nearly all documents.

    Attributes:
        engine: ``auto``: pdfium, and another reader where it fails or is unsure; ``pdfium``: that
            alone; ``pdfplumber``: all pages by pdfplumber; ``camelot``: tables without rules by
            camelot, if it finds any.
        use_tags: hear the structure tree of tagged documents.
        verify: read all pages with pdfplumber too, and tell the differences.
        ocr: ``auto``: recognise the words of pages that are pictures; ``never``: leave those pages
            out; ``always``: recognise all pages.
        ocr_languages: as tesseract names them, joined by plus signs.
    """

    engine: Engine = "auto"
    use_tags: bool = True
    verify: bool = False
    ocr: OcrMode = "auto"
    ocr_languages: str = "eng"


@dataclass(frozen=True, slots=True)
class OcrResources:
    """What recognition may use; none of it changes a result.

    Attributes:
        threads: pages recognised at a time; 0: as many as there are cores.
        cache: folder that keeps what was recognised; None: nothing is kept.
    """

    threads: int = 0
    cache: Path | None = None
