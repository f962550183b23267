"""Tables without rules as others have them: asked where our own reading is unsure.

The structure tree of a tagged document is asked first, where its rows and columns stand apart on
the page. camelot's `network` and `hybrid` parsers find columns and lines of text, not rows. Its
columns and lines are filled with our own words here, and its lines are put together to rows: a line
with text in the first column, or behind a wide gap, begins one. The better score wins:

    score = words that no column edge cuts * (0.4 columns with a known header phrase
            + 0.3 rows with text in the first column + 0.3 places with text), each as a share
"""

from __future__ import annotations

import warnings as python_warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from statistics import median
from typing import Any

import numpy as np

from actionplan.extract.find import FoundPage
from actionplan.extract.fragments import FragmentCell, TableFragment
from actionplan.extract.headers import phrase_pattern
from actionplan.extract.lines import WordTable, build_lines, word_table
from actionplan.extract.opinion_settings import CamelotSettings
from actionplan.extract.settings import ExtractSettings
from actionplan.extract.tagged_tables import tagged_tables
from actionplan.extract.tags import TagTree
from actionplan.extract.unruled_headers import HeaderSeeker
from actionplan.extract.unruled_pages import may_hold_header
from actionplan.schemas.tables import ReadOptions, TableHints

_FLAVOURS = ("network", "hybrid")
_MIN_COLUMNS = 3


@dataclass(slots=True)
class Asked:
    """What came of asking.

    Attributes:
        pages: pages on which camelot was asked.
        taken: pages on which another's table was taken, and whose.
        failed: the last page on which it raised an error, and what; None if it did not.
    """

    pages: list[int]
    taken: list[tuple[int, str]]
    failed: tuple[int, str] | None = None


def ask_camelot(
    pages: Sequence[FoundPage],
    data: bytes,
    password: str | None,
    hints: TableHints,
    settings: ExtractSettings,
    options: ReadOptions,
    tree: TagTree | None = None,
) -> Asked:
    """Let the structure tree or camelot read tables of which our reading is unsure.

    The pages are changed in place. Whatever camelot raises costs nothing but its table.

    Args:
        pages: all pages, tables with and without rules found.
        data: the bytes of the PDF.
        password: opens it.
        hints: the caller's header phrases.
        settings: thresholds.
        options: with engine ``camelot`` it is asked on each page without a ruled table.
        tree: the document's structure tree, if it is to be heard.
    """
    forced = options.engine == "camelot"
    if forced:
        unsure = [page for page in pages if not _ruled(page)]
    else:
        unsure = _unsure(pages, hints, settings) if options.engine == "auto" else []
    few = settings.camelot.max_words
    unsure = [page for page in unsure if _is_upright(page) and page.word_count <= few]
    unsure = unsure[: settings.camelot.max_pages]
    asked = Asked([page.page for page in unsure], [])
    if not unsure:
        return asked
    heard = None if forced else tree
    reader = _Camelot(data, password, hints, settings.camelot, heard, forced=forced)
    for page in unsure:
        try:
            by = reader.improve(page)
            if by:
                asked.taken.append((page.page, by))
        except Exception as error:  # another program's parser: its failure is not the document's
            asked.failed = page.page, type(error).__name__
    return asked


def _is_upright(page: FoundPage) -> bool:
    """Is the page as camelot sees it: not turned by us, with text in no ruled table?"""
    return page.layout is not None and page.turn == 0 and bool(page.outside or page.tables)


def _ruled(page: FoundPage) -> bool:
    return any(table.confidence == 1.0 for table in page.tables)


def _unsure(
    pages: Sequence[FoundPage], hints: TableHints, settings: ExtractSettings
) -> list[FoundPage]:
    """Pages with an unsure table; where no page has any table, those that may hold a header."""
    least = settings.camelot.unsure
    if any(page.tables for page in pages):
        return [page for page in pages if any(t.confidence < least for t in page.tables)]
    seeker = HeaderSeeker(hints, settings.unruled)
    unruled = settings.unruled
    return [page for page in pages if may_hold_header(page, page.outside, seeker, unruled)]


class _Camelot:
    """Reads single pages with camelot."""

    def __init__(
        self,
        data: bytes,
        password: str | None,
        hints: TableHints,
        settings: CamelotSettings,
        tree: TagTree | None,
        *,
        forced: bool,
    ) -> None:
        self._data = data
        self._tree = tree
        self._password = password
        phrases = tuple(hints.header_phrases)
        self._pattern = phrase_pattern(phrases) if phrases else None
        self._settings = settings
        self._forced = forced

    def improve(self, page: FoundPage) -> str:
        """Give `page` another's table in place of our unsure ones, if its score is better.

        Returns:
            Whose table it is; empty if it is still ours.
        """
        least = self._settings.least
        old = [table for table in page.tables if table.confidence < 1.0]
        ours = max((self.score(table, page) for table in old), default=0.0)
        least = max(least, ours + self._settings.better) if not self._forced else 0.0
        least = max(least, self._settings.forced)
        free = _free_words(page, old)
        for by, tables in (("the structure tree", self._tagged), ("camelot", self._tables)):
            scored = ((self.score(table, page), table) for table in tables(page, free))
            score, best = max(scored, key=itemgetter(0), default=(0.0, None))
            if best is not None and score >= least:
                _put(page, best, old, free)
                return by
        return ""

    def _tagged(self, page: FoundPage, free: set[int]) -> Iterator[TableFragment]:
        tags = self._tree.page(page.page) if self._tree else None
        return tagged_tables(page, tags, free) if tags else iter(())

    def score(self, table: TableFragment, page: FoundPage) -> float:
        """Return the score (0..1) of a table; see the top of the module."""
        settings, layout = self._settings, page.layout
        words = [w for row in table.rows for cell in row for line in cell.lines for w in line.words]
        if layout is None or not words or len(table.rows) < 2:
            return 0.0
        boxes = layout.words.boxes[sorted(set(words))]
        inner = np.array(table.xs[1:-1])
        cut = (boxes[:, 0, None] < inner - settings.crossing) & (
            boxes[:, 2, None] > inner + settings.crossing
        )
        whole = 1.0 - float(cut.any(axis=1).mean())
        header, body = table.rows[0], table.rows[1:]
        known = sum(
            bool(self._pattern and self._pattern.search(c.plain.casefold())) for c in header
        )
        keyed = sum(bool(row[0].lines) for row in body) / len(body)
        filled = sum(bool(cell.lines) for row in body for cell in row) / (len(body) * table.width)
        return whole * (
            settings.phrases * known / table.width
            + settings.keyed * keyed
            + settings.filled * filled
        )

    def _tables(self, page: FoundPage, free: set[int]) -> Iterator[TableFragment]:
        from camelot.io import read_pdf

        for flavour in _FLAVOURS:
            with python_warnings.catch_warnings():
                python_warnings.simplefilter("ignore")
                found = read_pdf(
                    self._data,
                    pages=str(page.page),
                    password=self._password,
                    flavor=flavour,
                    suppress_stdout=True,
                )
            for one in found:
                table = _fragment(page, one, free, self._settings)
                if table is not None:
                    yield table


def _free_words(page: FoundPage, old: Sequence[TableFragment]) -> set[int]:
    """Words in no table, and those of the tables in question."""
    words = {word for line in page.outside for word in line.words}
    for table in old:
        words.update(w for row in table.rows for c in row for line in c.lines for w in line.words)
    return words


def _fragment(
    page: FoundPage, found: Any, free: set[int], settings: CamelotSettings
) -> TableFragment | None:
    """Fill camelot's columns and lines with our words; None if it is no table.

    Its coordinates count from the bottom of the page.
    """
    layout = page.layout
    if layout is None or len(found.cols) < _MIN_COLUMNS:
        return None
    xs = [float(left) for left, _ in found.cols] + [float(found.cols[-1][1])]
    tops = [page.height - float(max(row)) for row in found.rows]
    bottom = page.height - float(min(found.rows[-1]))
    table = word_table(layout)
    boxes = layout.words.boxes
    grid: list[list[list[int]]] = [[[] for _ in xs[1:]] for _ in tops]
    for word in table.order:
        x, y = (boxes[word, 0] + boxes[word, 2]) / 2, (boxes[word, 1] + boxes[word, 3]) / 2
        if word in free and xs[0] <= x < xs[-1] and tops[0] <= y < bottom:
            row = max(int(np.searchsorted(tops, y, side="right")) - 1, 0)
            grid[row][int(np.searchsorted(xs, x, side="right")) - 1].append(word)
    return _rows(page, table, xs, [*tops, bottom], grid, settings)


def _rows(
    page: FoundPage,
    table: WordTable,
    xs: list[float],
    ys: list[float],
    grid: list[list[list[int]]],
    settings: CamelotSettings,
) -> TableFragment | None:
    """Put lines of text together to rows; words come from top to bottom within each line."""
    begin = next((k for k, row in enumerate(grid) if 2 * sum(map(bool, row)) > len(row)), len(grid))
    ys, grid = ys[begin:], grid[begin:]  # lines above with text in few columns are a title
    steps = [b - a for a, b in pairwise(ys)]
    usual = median(steps) if steps else 0.0
    starts = [
        k
        for k, row in enumerate(grid)
        if k == 0 or row[0] or (steps[k - 1] > settings.row_gap * usual and any(row))
    ]
    if len(starts) < 2:
        return None
    edges = [ys[k] for k in starts] + [ys[-1]]
    rows = []
    for r, (first, stop) in enumerate(pairwise([*starts, len(grid)])):
        words = [[w for row in grid[first:stop] for w in row[c]] for c in range(len(xs) - 1)]
        rows.append(
            [
                FragmentCell(
                    r,
                    c,
                    1,
                    1,
                    (xs[c], edges[r], xs[c + 1], edges[r + 1]),
                    build_lines(table, group),
                )
                for c, group in enumerate(words)
            ]
        )
    return TableFragment(page.page, xs, edges, rows, confidence=settings.unsure)


def _put(
    page: FoundPage, table: TableFragment, old: Sequence[TableFragment], free: set[int]
) -> None:
    """Put `table` in place of the old ones; words in neither are lines outside again."""
    taken = {w for row in table.rows for cell in row for line in cell.lines for w in line.words}
    gone = {id(item) for item in old}
    page.tables = sorted(
        [item for item in page.tables if id(item) not in gone] + [table],
        key=lambda item: (item.ys[0], item.xs[0]),
    )
    if page.layout is not None:
        words = word_table(page.layout)
        left = free - taken
        page.outside = build_lines(words, [w for w in words.order if w in left])
