"""Tables without full rules: found by their headers, followed while text keeps to columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from actionplan.extract.find import FoundPage
from actionplan.extract.fragments import TableFragment
from actionplan.extract.furniture import split_furniture
from actionplan.extract.pieces import Piece, PieceLine
from actionplan.extract.settings import ExtractSettings
from actionplan.extract.unruled_build import build_fragments
from actionplan.extract.unruled_headers import Header, HeaderSeeker
from actionplan.extract.unruled_pages import (
    PageText,
    free_lines,
    is_title,
    loose_fragments,
    may_hold_header,
    page_text,
    reach,
    side_by_side,
    split_text,
    stripes_top,
)
from actionplan.extract.unruled_settings import UnruledSettings
from actionplan.extract.unruled_sides import part_lines, ruled_apart
from actionplan.extract.unruled_tall import shows_rows, tall_fragments
from actionplan.extract.whitespace import Columns, common_places, find_columns
from actionplan.schemas.tables import TableHints

_TITLES = 2  # lines of a title between two tables of the same columns
_LEAST = 2  # lines of a table below it


@dataclass(slots=True)
class Region:
    """The lines of one table on one page: body from `start` to `stop`, and its header if any."""

    text: PageText
    header: Header | None
    start: int
    stop: int

    @property
    def lines(self) -> list[PieceLine]:
        """The lines of the body."""
        return self.text.lines[self.start : self.stop]


@dataclass(slots=True)
class Run:
    """One table without rules on all its pages, in page order."""

    header: Header
    regions: list[Region] = field(default_factory=list)
    columns: Columns | None = None


def add_unruled(pages: Sequence[FoundPage], hints: TableHints, settings: ExtractSettings) -> None:
    """Find tables without full rules among the lines outside; `pages` are changed in place.

    Args:
        pages: all pages of a document, running lines still among their outside lines.
        hints: the caller's header phrases and label pattern.
        settings: thresholds.
    """
    follower = _Follower(pages, hints, settings)
    label = re.compile(hints.label_pattern) if hints.label_pattern else None
    found: dict[int, list[TableFragment]] = {}
    texts: dict[int, PageText] = {}
    for run in follower.runs():
        tables = _tables(run, label, settings.unruled)
        tall = any(id(f) in follower.tall for text, built in tables for f in text.parts(built))
        if tall and not shows_rows(_with_headers(run, tables), label, settings.unruled):
            continue
        for text, fragment in tables:
            if tall or not text.is_ruled(fragment):
                found.setdefault(fragment.page, []).append(fragment)
                texts[fragment.page] = text
    for page, fragments in found.items():
        texts[page].finish(fragments)


def _tables(
    run: Run, label: re.Pattern[str] | None, settings: UnruledSettings
) -> list[tuple[PageText, TableFragment]]:
    """The run's fragments, if it is sure enough to be a table."""
    _measure(run, settings)
    if not run.regions or run.columns is None:
        return []
    built = build_fragments(
        [(region.text, region.header, region.lines) for region in run.regions],
        run.header,
        run.columns,
        label,
        settings,
    )
    if not built or not _enough(run, built) or built[0].confidence < settings.least:
        return []
    return [(region.text, fragment) for region, fragment in zip(run.regions, built, strict=True)]


def _with_headers(
    run: Run, tables: list[tuple[PageText, TableFragment]]
) -> list[tuple[TableFragment, int]]:
    """The run's fragments, each with the number of its header rows."""
    return [
        (fragment, 0 if region.header is None else 1 + bool(region.header.groups))
        for region, (_, fragment) in zip(run.regions, tables, strict=True)
    ]


def _enough(run: Run, built: list[TableFragment]) -> bool:
    """Has a table of two columns at least two rows with text in both? Else it is a label line."""
    if len(run.header.atoms) > 2:
        return True
    rows = [row for fragment in built for row in fragment.rows]
    return sum(all(cell.lines for cell in row) and row[0] is not row[-1] for row in rows) > 2


def _measure(run: Run, settings: UnruledSettings) -> None:
    """Set the run's column edges, and cut its regions where text runs across them."""
    for _ in range(2):
        body = [piece for region in run.regions for piece in _keeping(run, region)]
        headers = [(atom.x0, atom.x1) for atom in run.header.atoms]
        run.columns = find_columns(headers, body, _drawn(run), settings.pad, settings.cross)
        run.regions = _trimmed(run, settings)
        if not run.regions:
            return


def _keeping(run: Run, region: Region) -> list[Piece]:
    """The pieces of lines that do not run across columns."""
    crosses = _crosser(run)
    return [p for line in region.lines if not crosses(line) for p in line.pieces]


def _trimmed(run: Run, settings: UnruledSettings) -> list[Region]:
    crosses = _crosser(run)
    out: list[Region] = []
    for region in run.regions:
        stop = reach(region.text.lines, region.start, region.stop, crosses, settings)
        if stop == region.start and region.header is None:
            break
        out.append(replace(region, stop=stop))
        if stop < region.stop:
            # What follows on later pages is the table's only under its own header.
            rest = run.regions[len(out) :]
            later = next((k for k, item in enumerate(rest) if item.header is not None), len(rest))
            out += _trimmed(replace(run, regions=rest[later:]), settings)
            break
    return out


def _crosser(run: Run) -> Callable[[PieceLine], bool]:
    """Does a line run across columns: over edges where they are known, else over headers?"""
    if run.columns is not None:
        return run.columns.across
    middles = [atom.middle for atom in run.header.atoms]
    return lambda line: any(
        sum(piece.x0 < middle < piece.x1 for middle in middles) > 1 for piece in line.pieces
    )


def _drawn(run: Run) -> list[float]:
    """Places of vertical rules and shade edges that run along most of some region's body."""
    out: list[float] = []
    for region in run.regions:
        lines = region.lines
        if not lines:
            continue
        top, bottom = lines[0].y0, max(line.y1 for line in lines)
        for x, y0, y1, _ in region.text.layout.rules.vertical.tolist():
            if min(y1, bottom) - max(y0, top) > 0.6 * (bottom - top):
                out.append(x)
    return sorted(out)


class _Follower:
    """Walks through the pages and follows each table from its header on."""

    def __init__(
        self, pages: Sequence[FoundPage], hints: TableHints, settings: ExtractSettings
    ) -> None:
        self._pages = pages
        self._settings = settings
        self._label = re.compile(hints.label_pattern) if hints.label_pattern else None
        self._seeker = HeaderSeeker(hints, settings.unruled)
        self.tall = tall_fragments(pages, self._seeker, settings.unruled)
        self._running: dict[int, set[tuple[int, ...]]] | None = None
        self._runs: list[Run] = []
        self._open: Run | None = None
        # Of two tables side by side: where the right one begins, and the right one, if open.
        self._cut: float | None = None
        self._beside: Run | None = None

    def runs(self) -> list[Run]:
        """Return all tables, each with its regions."""
        unruled = self._settings.unruled
        for page in self._pages:
            loose = loose_fragments(page, self.tall) if page.tables else []
            if not page.outside and not loose:
                if page.tables:
                    self._open = self._beside = None
                continue
            if (
                self._open
                or self._beside
                or any(id(fragment) in self.tall for fragment in loose)
                or may_hold_header(page, page.outside, self._seeker, unruled, loose)
                or stripes_top(page, unruled) is not None
            ):
                free = free_lines(page, loose)
                text = page_text(
                    page, free, loose, self._furniture(page.page), self._seeker, unruled
                )
                if text is not None:
                    text.stops += [f.ys[-1] for f in loose if id(f) in self.tall]
                    text.stops.sort()
                    self._sides(text)
        return self._runs

    def _furniture(self, page: int) -> set[tuple[int, ...]]:
        """The words of a page's running lines; found once, when the first table is seen."""
        if self._running is None:
            copies = [replace(page, outside=list(page.outside)) for page in self._pages]
            taken = split_furniture(copies, self._settings.furniture, self._label)
            self._running = {
                number: {line.words for line in lines} for number, lines in taken.items()
            }
        return self._running.get(page, set())

    def _sides(self, text: PageText) -> None:
        """Read a page, or its two sides where tables stand side by side, also on later pages."""
        cut = side_by_side(text)
        last = self._cut
        if cut is None and last is not None and all(h.atoms[0].x0 >= last for h in text.headers):
            cut = last
        self._cut = cut
        if cut is None:
            self._beside = None
            self._apart(text)
            return
        left, right = split_text(text, cut, self._seeker)
        self._page(left)
        self._open, self._beside = self._beside, self._open
        self._page(right)
        self._open, self._beside = self._beside, self._open

    def _apart(self, text: PageText) -> None:
        """Read a page, or its two sides where rules say that a smaller table stands beside."""
        cut = ruled_apart(text)
        if cut is None:
            self._page(text)
            return
        text.free = part_lines(text, cut)
        sides = split_text(text, cut, self._seeker)
        if self._open is not None and self._open.header.atoms[0].x0 >= cut:
            sides.reverse()
        self._page(sides[0])
        kept, self._open = self._open, None
        self._page(sides[1])
        self._open = kept or self._open

    def _page(self, text: PageText) -> None:
        first = text.headers[0] if text.headers else None
        if self._open is not None and not (first and first.text == self._open.header.text):
            self._go_on(text, first.first if first else len(text.lines))
        for k, header in enumerate(text.headers):
            following = text.headers[k + 1].first if k + 1 < len(text.headers) else None
            limit = len(text.lines) if following is None else following
            if self._open is None or header.text != self._open.header.text:
                self._open = Run(header)
                self._runs.append(self._open)
            self._extend(text, header, header.stop, limit)

    def _go_on(self, text: PageText, limit: int) -> None:
        """Let the open table go on from the page's top, if text keeps to its columns there."""
        assert self._open is not None
        if not text.lines or any(stop <= text.lines[0].y0 for stop in text.stops):
            self._open = None
            return
        before = len(self._open.regions)
        run = self._open
        self._extend(text, None, 0, limit)
        if len(run.regions) > before and not _fits(run, run.regions[-1], self._settings.unruled):
            run.regions.pop()
            self._open = None

    def _extend(self, text: PageText, header: Header | None, start: int, limit: int) -> None:
        """Add a region to the open table; close it where the text ends before the page does."""
        run = self._open
        assert run is not None
        lines = text.lines
        top = lines[start - 1].y1 if start else 0.0
        below = [stop for stop in text.stops if stop > top]
        if below:
            limit = next((k for k in range(start, limit) if lines[k].y0 > below[0]), limit)
        unruled = self._settings.unruled
        stop = reach(lines, start, limit, _crosser(run), unruled)
        if stop > start or header is not None:
            run.regions.append(Region(text, header, start, stop))
        if stop < len(lines) or stop == start:
            self._open = None
        if start < stop < limit:
            self._part(text, run, stop, limit)

    def _part(self, text: PageText, run: Run, start: int, limit: int) -> None:
        """Begin a table without a header below a title, in the columns of the one that ended."""
        lines, unruled = text.lines, self._settings.unruled
        first = start
        while first < min(limit, start + _TITLES) and is_title(lines[first], lines[start - 1]):
            first += 1
        stop = reach(lines, first, limit, _crosser(run), unruled) if first > start else first
        if stop - first < _LEAST:
            return
        region = Region(text, None, first, stop)
        if not _fits(Run(run.header, [*run.regions, region]), region, unruled):
            return
        part = Run(run.header, [region])
        self._runs.append(part)
        if stop == len(lines):
            self._open = part
        elif stop < limit:
            self._part(text, part, stop, limit)


def _fits(run: Run, region: Region, settings: UnruledSettings) -> bool:
    """Do the pieces of a page without header stand where those of the table's columns do?"""
    known = [p for other in run.regions[:-1] for line in other.lines for p in line.pieces]
    pieces = [p for line in region.lines for p in line.pieces]
    if not known or not pieces:
        return False
    starts = common_places(p.x0 for p in known)
    middles = common_places(p.middle for p in known)
    hits = sum(round(p.x0) in starts or round(p.middle) in middles for p in pieces)
    return hits >= settings.aligned_share * len(pieces)
