"""Check that a printed sample shows what it is meant to show: where its rows and cells lie."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from samples.source import Para, Sample, edges

POINTS_PER_CM = 72 / 2.54
SLACK = 4.0
"""Points by which a word may begin left of its column's text edge."""

WATERMARK = 30.0
"""Type size, in points, from which letters are no text of the plan."""

Check = dict[str, Any]


@dataclass
class Stream:
    """The letters and digits of one column over all pages, each with its page and height."""

    text: str = ""
    pages: list[int] = field(default_factory=list)
    tops: list[float] = field(default_factory=list)


@dataclass
class Placed:
    """Where the text of one cell was found: a piece of its column's stream."""

    stream: Stream
    start: int
    end: int

    @property
    def pages(self) -> list[int]:
        """The pages that the cell's text touches."""
        return sorted(set(self.stream.pages[self.start : self.end]))


def letters(text: str) -> str:
    """Return letters and digits only, lower case, ligatures resolved."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower()


def printed(paras: Iterable[Para]) -> str:
    """Return what a cell prints."""
    return " ".join(para.printed for para in paras)


def column_streams(pdf: Path, sample: Sample, table: int) -> list[Stream]:
    """Return one stream per column of a table, its header taken away where it begins a page."""
    import pdfplumber

    top, side, bottom = (cm * POINTS_PER_CM for cm in sample.page.get("margins", [2.0, 2.0, 2.0]))
    grid = sample.tables[table]
    streams = [Stream() for _ in grid.keys]
    repeated = grid.says.get("repeat_header", True) and not grid.says.get("head_height")
    heads = [letters(column) if repeated else "" for column in grid.columns]
    with pdfplumber.open(pdf) as document:
        for number, page in enumerate(document.pages, start=1):
            starts = [side - SLACK + edge * POINTS_PER_CM for edge in edges(grid, number)]
            if not (grid.says.get("beside") or grid.says.get("beside_next")):
                starts[0], starts[-1] = 0.0, 10_000.0
            head = grid.says.get("head_height", 0.0) * POINTS_PER_CM if number > 1 else 0.0
            inner = page.crop((0, top + head, page.width, page.height - bottom))
            words = inner.filter(lambda it: it.get("size", 0) < WATERMARK).extract_words()
            for at, stream in enumerate(streams):
                x0, x1 = starts[at : at + 2]
                mine = [(w["text"], w["top"]) for w in words if x0 <= w["x0"] < x1]
                add_page(stream, mine, heads[at], number)
    return streams


def add_page(stream: Stream, words: list[tuple[str, float]], head: str, page: int) -> None:
    """Add a column's words of one page to its stream, without a repeated header."""
    text = "".join(letters(word) for word, _ in words)
    tops = [top for word, top in words for _ in letters(word)]
    skip = len(head) if head and text.startswith(head) and stream.text else 0
    stream.text += text[skip:]
    stream.tops += tops[skip:]
    stream.pages += [page] * (len(text) - skip)


def place(pdf: Path, sample: Sample, table: int, first: int = 1) -> list[dict[str, Placed]]:
    """Return, for each row of a table that begins on page `first` or later, where its cells lie.

    Raises:
        AssertionError: a cell's text is not on the pages, in order.
    """
    grid = sample.tables[table]
    rows: list[dict[str, Placed]] = [{} for _ in grid.rows]
    for key, stream in zip(grid.keys, column_streams(pdf, sample, table), strict=True):
        at = next((n for n, page in enumerate(stream.pages) if page >= first), 0)
        for number, row in enumerate(grid.rows):
            want = letters(printed(row.cells[key]))
            if not want:
                continue
            start = stream.text.find(want, at)
            near = stream.text[at : at + 60]
            assert start >= 0, f"{sample.name}: row {number} {key} not found: {want[:60]} / {near}"
            at = start + len(want)
            rows[number][key] = Placed(stream, start, at)
    return rows


def place_all(pdf: Path, sample: Sample) -> list[list[dict[str, Placed]]]:
    """Return where the cells of every table lie, table by table."""
    placed: list[list[dict[str, Placed]]] = []
    for at, table in enumerate(sample.tables):
        if not table.says.get("placed", True):
            placed.append([])
            continue
        last = [page for row in placed[-1] for page in row_pages(row)] if placed else []
        first = max(last, default=1) + bool(last and table.says.get("new_page"))
        first = 1 if table.says.get("beside") else first
        placed.append(place(pdf, sample, at, first))
    return placed


def row_pages(row: dict[str, Placed]) -> list[int]:
    """Return all pages of a row, gaps filled."""
    pages = {page for cell in row.values() for page in cell.pages}
    return list(range(min(pages), max(pages) + 1)) if pages else []


def cut_word(cell: Placed, text: str) -> str:
    """Return the printed word that a page break cuts, or nothing."""
    pages = cell.stream.pages[cell.start : cell.end]
    at = 0
    for word in text.split():
        size = len(letters(word))
        if size and len(set(pages[at : at + size])) > 1:
            return word
        at += size
    return ""


def level(row: dict[str, Placed], marks: dict[str, list[str]]) -> bool:
    """Say whether the n-th texts of each column in `marks` are printed on one level."""
    heights: list[list[tuple[int, float]]] = []
    for key, texts in marks.items():
        cell = row[key]
        at, found = cell.start, []
        for text in texts:
            if not text:
                found.append((0, 0.0))
                continue
            at = cell.stream.text.index(letters(text), at)
            found.append((cell.stream.pages[at], cell.stream.tops[at]))
            at += len(letters(text))
        heights.append(found)
    return all(
        a == (0, 0.0) or b == (0, 0.0) or (a[0] == b[0] and abs(a[1] - b[1]) < SLACK)
        for other in heights[1:]
        for a, b in zip(heights[0], other, strict=True)
    )


def fails(check: Check, sample: Sample, rows: list[dict[str, Placed]]) -> str:
    """Return what is wrong by one check, or nothing."""
    row = rows[check["row"]] if "row" in check else {}
    if "pages" in check:
        got = row[check["column"]].pages if "column" in check else row_pages(row)
        return "" if got == check["pages"] else f"lies on {got}"
    if "breaks" in check:
        got = row[check["column"]].pages if "column" in check else row_pages(row)
        return "" if len(got) == check["breaks"] + 1 else f"lies on {got}"
    if "break_after" in check:
        last, first = (row_pages(rows[check["break_after"] + n]) for n in (0, 1))
        return "" if last[-1] + 1 == first[0] else f"rows lie on {last} and {first}"
    if "only" in check:
        return only_columns(check, rows)
    if "cut" in check:
        paras = sample.tables[check.get("table", 0)].rows[check["row"]].cells[check["column"]]
        word = cut_word(row[check["column"]], printed(paras))
        return "" if letters(word) == letters(check["cut"]) else f"cut word is {word!r}"
    if "level" in check:
        return "" if level(row, check["level"]) else "not on one level"
    return "unknown check"


def only_columns(check: Check, rows: list[dict[str, Placed]]) -> str:
    """Check that a row's last page, or all of `page`, has text of it in the named columns only."""
    row = rows[check["row"]]
    page = row_pages(row)[-1] if "page" not in check else check["page"]
    got = [key for key, cell in row.items() if page in cell.pages]
    return "" if got == check["only"] else f"page {page} has text of {got}"


def unseen(check: Check, pdf: Path) -> str:
    """Check, for a sample whose columns are not plain strips of the page, what a page shows."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        if "page_count" in check:
            got = len(document)
            return "" if got == check["page_count"] else f"has {got} pages"
        text = letters(document[check["page"] - 1].get_textpage().get_text_range())
    finally:
        document.close()
    return "" if letters(check["shows"]) in text else "not on that page"


def run(pdf: Path, sample: Sample) -> list[str]:
    """Return a line per failed check of `sample`.

    Raises:
        AssertionError: a cell's text is not on the pages, in order.
    """
    if sample.page.get("free"):
        found = ((check, unseen(check, pdf)) for check in sample.checks)
        return [f"{sample.name}: {check}: {problem}" for check, problem in found if problem]
    placed = place_all(pdf, sample)
    wrong = []
    for check in sample.checks:
        problem = fails(check, sample, placed[check.get("table", 0)])
        if problem:
            wrong.append(f"{sample.name}: {check}: {problem}")
    return wrong


def page_map(pdf: Path, sample: Sample) -> str:
    """Return a line per row with the pages of each cell, for the author's eye."""
    if sample.page.get("free"):
        return "  columns are not plain strips of the page"
    lines = []
    for at, table in enumerate(place_all(pdf, sample)):
        for number, row in enumerate(table):
            cells = " ".join(f"{key}={cell.pages}" for key, cell in row.items())
            lines.append(f"  t{at} r{number} {row_pages(row)} {cells}")
    return "\n".join(lines)
