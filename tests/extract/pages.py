"""Lines, cells and fragments made by hand, for tests of the extract room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pdfplumber

from actionplan.extract.find import FoundPage
from actionplan.extract.fragments import FragmentCell, TableFragment
from actionplan.extract.glyphs import clean_word
from actionplan.extract.joins import Side
from actionplan.extract.layout import PageLayout, Rules, Words
from actionplan.schemas.tables import Line

ROOT = Path(__file__).resolve().parents[2]
PDFS = sorted(path for path in (ROOT / "samples").rglob("*.pdf") if path.parent.name != "scans")
DAMAGED = {"garsholt-wrong-byte"}  # a page of it comes out blank from pdfium
WHOLE = [path for path in PDFS if path.stem not in DAMAGED]
OTHERWISE_CUT = {
    "bramblecote-upright-themes",  # upright text is read backwards
    "hartlow-spreadsheet",  # words on both sides of a rule are one
    "nettleworth-draft-across",  # an upright watermark runs into the text
    "oldershaw-hard-letters",  # words on both sides of a tab are one
    "rothenby-hard-letters",  # words without space glyphs between them are one
    "wexcombe-sideways",  # turned text is read backwards
    "yarrowby-agency-sheets",  # words on both sides of a rule are one
}
"""Samples whose words the other parser cuts elsewhere than they are printed: letters agree."""
SIZE = 10.0
LEADING = 12.0
Word = tuple[str, float, float, float, float]
LETTER = 5.0  # width of a letter in these made-up lines, points


def plain(word: str) -> str:
    """A word with odd characters repaired; pdfium has one character for both line-end hyphens."""
    word = clean_word(word)
    return word.removesuffix("\u00ad") + "-" * word.endswith("\u00ad")


@dataclass(frozen=True)
class OtherPage:
    """A page as the other parser reads it.

    Attributes:
        words: text and middle (x, y) of each word.
        straight: the page is neither turned nor cropped, so that its places are ours.
    """

    words: list[tuple[str, float, float]]
    straight: bool


@cache
def other_pages(pdf: Path) -> list[OtherPage]:
    """Every page of a sample by the other parser; kept, since it takes most of the tests' time.

    A slanted watermark's letters, which it mixes into the text, are left out; of the samples in
    OTHERWISE_CUT they are kept, and what is printed twice to look bold is taken once.
    """
    with pdfplumber.open(pdf) as document:
        return [_other_page(page, pdf.stem in OTHERWISE_CUT) for page in document.pages]


def _other_page(page: pdfplumber.page.Page, once: bool) -> OtherPage:
    kept = page.dedupe_chars(tolerance=1) if once else page.filter(_along_an_axis)
    words = [
        (plain(word["text"]), (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2)
        for word in kept.extract_words()
    ]
    return OtherPage(words, not page.rotation and page.bbox[:2] == (0, 0))


def letters_of(words: Iterable[str]) -> Counter[str]:
    """How often each letter stands in the words, wherever these are cut."""
    return Counter("".join(words))


def _along_an_axis(item: dict[str, Any]) -> bool:
    if item["object_type"] != "char":
        return True
    a, b = map(abs, item["matrix"][:2])
    return bool(min(a, b) < 0.1 * max(a, b))


def line(
    text: str, x: float = 0.0, y: float = 0.0, *, page: int = 1, bold: bool = False, first: int = 0
) -> Line:
    """One line at (x, y), each letter five points wide; `first` is its first word's index."""
    words = text.split()
    return Line(
        text=text,
        page=page,
        bbox=(x, y, x + LETTER * len(text), y + SIZE),
        words=tuple(range(first, first + len(words))),
        size=SIZE,
        bold=bold,
        bold_lead=len(text) if bold else 0,
        first_width=LETTER * len(words[0]),
    )


def block(texts: list[str], x: float = 0.0, y: float = 0.0, *, page: int = 1) -> list[Line]:
    """Lines set one under the other."""
    return [line(text, x, y + k * LEADING, page=page) for k, text in enumerate(texts)]


def fragment(
    rows: list[list[str]], *, page: int = 1, top: float = 50.0, width: float = 120.0, bold: int = 0
) -> TableFragment:
    """A plain grid; cells hold one line a ``|``-separated piece; the first `bold` rows are bold."""
    heights = [max(len(cell.split("|")) for cell in row) * LEADING + 6 for row in rows]
    ys = [top]
    for height in heights:
        ys.append(ys[-1] + height)
    columns = len(rows[0])
    xs = [40.0 + width * c for c in range(columns + 1)]
    cells = [
        [
            FragmentCell(r, c, 1, 1, (xs[c], ys[r], xs[c + 1], ys[r + 1]),
                         _lines(text, xs[c] + 5, ys[r] + 3, page, r < bold))
            for c, text in enumerate(row)
        ]
        for r, row in enumerate(rows)
    ]  # fmt: skip
    return TableFragment(page, xs, ys, cells)


def merge(table: TableFragment, row: int, column: int, *, rows: int = 1, columns: int = 1) -> None:
    """Let the cell at (row, column) cover further rows and columns; the others' text goes."""
    cell = table.rows[row][column]
    cell.rowspan, cell.colspan = rows, columns
    cell.bbox = (*cell.bbox[:2], table.xs[column + columns], table.ys[row + rows])
    for r in range(row, row + rows):
        table.rows[r][column : column + columns] = [cell] * columns


def _lines(text: str, x: float, y: float, page: int, bold: bool) -> list[Line]:
    pieces = [piece for piece in text.split("|") if piece]
    return [line(p, x, y + k * LEADING, page=page, bold=bold) for k, p in enumerate(pieces)]


def found(
    tables: list[TableFragment] | None = None, outside: list[Line] | None = None, *, page: int = 1
) -> FoundPage:
    """An A4 landscape page."""
    return FoundPage(page, 842.0, 595.0, 0, tables or [], outside or [], [], 0, 0.0)


def side(cells: list[list[str]], *, page: int, top: float, bottom: float) -> Side:
    """One side of a break: each cell's lines from `top` on, columns 120 points wide."""
    lines = [block(texts, 45.0 + 120 * c, top + 3, page=page) for c, texts in enumerate(cells)]
    count = len(cells)
    right = [160.0 + 120 * c for c in range(count)]
    return Side(lines, top, bottom, right, False, [False] * count, [False] * count)


def layout(words: list[Word], bold: list[bool] | None = None) -> PageLayout:
    """A page of words given as text, x0, y0, x1, y1."""
    count = len(words)
    heights = np.array([y1 - y0 for _, _, y0, _, y1 in words], dtype=np.float64)
    none = np.zeros((0, 4))
    return PageLayout(
        page=1,
        width=600,
        height=800,
        turn=0,
        words=Words(
            text=[word[0] for word in words],
            boxes=np.array([word[1:] for word in words], dtype=np.float64).reshape(-1, 4),
            size=heights,
            font=np.zeros(count, dtype=np.intp),
            fonts=["Plain"],
            bold=np.array(bold or [False] * count, dtype=bool),
            colour=np.zeros((count, 3), dtype=np.uint8),
            slanted=np.zeros(count, dtype=bool),
        ),
        rules=Rules(none, none),
        fills=none,
        fill_colours=np.zeros((0, 3), dtype=np.uint8),
        images=none,
    )
