"""How the time grows: 1, 10 and 100 times the words, rules, pages or tables, on drawn pages.

python benchmarks/scaling.py [--only words] [--rounds N]

The exponent is the slope between the last two sizes: 1 is linear, 2 quadratic.
"""

from __future__ import annotations

import argparse
import io
import math
import os
import random
import time
from collections.abc import Callable
from statistics import median

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy's pool doubles CPU time of short runs

from reportlab.pdfgen.canvas import Canvas

from actionplan.extract import read_tables
from actionplan.normalise.hints import plan_hints
from actionplan.schemas.tables import TableDocument

SIZES = (1, 10, 100)
HEADER = ("Recommendation", "Action", "Lead", "Target date", "Progress")
TEXT = """the of and to in a for staff will be with on that is are by all training review policy
care ensure partners has been team risk police health work support plan report case meeting local
guidance agreed through board shared new safeguarding who each"""
WORDS = 4  # in a cell
ROW = 14.0  # height of a row, points
WIDE = 800.0
MARGIN = 40.0
STEP = (WIDE - 2 * MARGIN) / len(HEADER)  # width of a column
TALLEST = 14_000.0  # points; a PDF page is no higher


class Page:
    """A page of a PDF under construction, as high as its tables; y runs down."""

    def __init__(self, canvas: Canvas, height: float) -> None:
        """Begin a page of `height` points."""
        canvas.setPageSize((WIDE, height))
        self._canvas, self._height = canvas, height
        self._chance = random.Random(1)

    def table(self, top: float, rows: int, *, dash: float = 0.0) -> None:
        """Draw a ruled table of five columns with a header; its rules in pieces of `dash`."""
        self.cells(top, rows)
        low = top + (rows + 1) * ROW
        for at in range(rows + 2):
            self.rule(MARGIN, top + at * ROW, WIDE - MARGIN, top + at * ROW, dash)
        for column in range(len(HEADER) + 1):
            x = MARGIN + column * STEP
            self.rule(x, top, x, low, dash)

    def cells(self, top: float, rows: int) -> None:
        """Write the texts of such a table."""
        self._canvas.setFont("Helvetica", 7)
        for at in range(rows + 1):
            base = self._height - top - at * ROW - 0.7 * ROW
            for column, header in enumerate(HEADER):
                text = self._words(WORDS) if at else header
                if at and not column:
                    text = f"{at}. {text}"
                self._canvas.drawString(MARGIN + column * STEP + 2, base, text)

    def prose(self, top: float, lines: int) -> None:
        """Write lines over the full width."""
        self._canvas.setFont("Helvetica", 9)
        for at in range(lines):
            self._canvas.drawString(MARGIN, self._height - top - at * ROW, self._words(15))

    def _words(self, count: int) -> str:
        return " ".join(self._chance.choices(TEXT.split(), k=count)) + "."

    def rule(self, x0: float, y0: float, x1: float, y1: float, dash: float = 0.0) -> None:
        """One stroke, or many small ones, each an object of its own."""
        length = math.hypot(x1 - x0, y1 - y0)
        pieces = max(1, round(length / dash)) if dash else 1
        dx, dy = (x1 - x0) / pieces, (y1 - y0) / pieces
        part = 0.6 if dash else 1.0
        for at in range(pieces):
            x, y = x0 + at * dx, self._height - y0 - at * dy
            self._canvas.line(x, y, x + part * dx, y - part * dy)


def drawn(draw: Callable[[Canvas], None]) -> bytes:
    """Return the PDF that `draw` draws."""
    out = io.BytesIO()
    canvas = Canvas(out)
    draw(canvas)
    canvas.save()
    return out.getvalue()


def words(times: int) -> bytes:
    """One page with 10 rows of 20 words, 100, 1,000."""
    return drawn(lambda canvas: Page(canvas, 15 * ROW * times).table(20, 10 * times))


def rules(times: int) -> bytes:
    """One page with the same 28 rows, its rules in 400 pieces, 4,000, 40,000."""
    return drawn(lambda canvas: Page(canvas, 480).table(20, 28, dash=60.0 / times))


def drawing(times: int) -> bytes:
    """One page of prose with 400 short strokes anywhere over it, 4,000, 40,000."""

    def draw(canvas: Canvas) -> None:
        page, chance = Page(canvas, 600), random.Random(1)
        page.prose(40, 20)
        for _ in range(400 * times):
            x, y, length = chance.uniform(0, WIDE), chance.uniform(0, 600), chance.uniform(5, 30)
            across = chance.random() < 0.5
            page.rule(x, y, x + length * across, y + length * (not across))

    return drawn(draw)


def hatching(times: int) -> bytes:
    """One page of prose under a net of 400 lines from edge to edge, 4,000, 40,000."""

    def draw(canvas: Canvas) -> None:
        page, lines = Page(canvas, 600), 200 * times
        page.prose(40, 20)
        for at in range(lines):
            x, y = MARGIN + at * 720 / lines, 20 + at * 560 / lines
            page.rule(MARGIN, y, WIDE - MARGIN, y)
            page.rule(x, 20, x, 580)

    return drawn(draw)


def prose(times: int) -> bytes:
    """One page with 9 lines of 15 words, 90, 900."""
    return drawn(lambda canvas: Page(canvas, 80 + ROW * 9 * times).prose(40, 9 * times))


def borderless(times: int) -> bytes:
    """One page with 10 rows of 20 words without a rule, 100, 1,000."""
    return drawn(lambda canvas: Page(canvas, 15 * ROW * times).cells(20, 10 * times))


def pages(times: int) -> bytes:
    """3 pages with 20 rows each, 30, 300."""

    def draw(canvas: Canvas) -> None:
        for _ in range(3 * times):
            Page(canvas, 400).table(40, 20)
            canvas.showPage()

    return drawn(draw)


def tables(times: int) -> bytes:
    """One page with one table of two rows, 10, 100."""

    def draw(canvas: Canvas) -> None:
        page = Page(canvas, min(TALLEST, 200 + 100.0 * times))
        for at in range(times):
            page.table(40 + 100.0 * at, 2)

    return drawn(draw)


CASES = {
    case.__name__: case
    for case in (words, borderless, prose, rules, drawing, hatching, pages, tables)
}


def main() -> None:
    """Print a line for each case."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=CASES, help="one case")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print("| of what | ms at 1x | 10x | 100x | exponent | read at 100x |")
    print("| --- " * 6 + "|")
    for name, case in CASES.items():
        if options.only in (None, name):
            print(_line(name, case, options.rounds), flush=True)


def _line(name: str, case: Callable[[int], bytes], rounds: int) -> str:
    read_tables(case(1), hints=plan_hints())
    took = []
    for times in SIZES:
        data = case(times)
        results = [_timed(data) for _ in range(rounds)]
        took.append(median(seconds for seconds, _ in results))
    exponent = math.log10(took[-1] / took[-2])
    shown = " | ".join(f"{1000 * seconds:.1f}" for seconds in took)
    return f"| {name} | {shown} | {exponent:.2f} | {_summary(results[-1][1])} |"


def _timed(data: bytes) -> tuple[float, TableDocument]:
    start = time.process_time()
    document = read_tables(data, hints=plan_hints())
    return time.process_time() - start, document


def _summary(document: TableDocument) -> str:
    """What was found: a fast refusal is no reading."""
    rows = sum(len(table.rows) for table in document.tables)
    lost = sum(page.lost for page in document.audit)
    told = f", {document.warnings[0][2]}" if document.warnings else ""
    return f"{len(document.tables)} tables, {rows} rows, {lost} words lost{told}"


if __name__ == "__main__":
    main()
