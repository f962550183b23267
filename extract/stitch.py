"""Fragments to logical tables: chains over pages, repeated headers dropped, cut rows joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from actionplan.extract.align import Fit, fit_columns, header_tail, split_tail, spread
from actionplan.extract.beside import names_another, over_another, part_titles
from actionplan.extract.find import FoundPage
from actionplan.extract.fragments import TableFragment, mark_beside, stands_beside
from actionplan.extract.glue import Gluer
from actionplan.extract.headers import HeaderFinder
from actionplan.extract.headings import HeadingFinder
from actionplan.extract.joins import JoinDecider
from actionplan.extract.rowjoin import TableBuilder
from actionplan.extract.settings import ExtractSettings
from actionplan.extract.stitch_settings import StitchSettings
from actionplan.extract.witness import TagWitness
from actionplan.schemas.tables import Line, LogicalTable, TableHints

_NOTES = 3  # lines in the margin from which they are a text of their own
_NUMBERS = re.compile(r"\d+")


@dataclass(slots=True)
class Chain:
    """Fragments of one logical table, in page order, and the lines that name it."""

    fragments: list[TableFragment]
    heading: list[Line] = field(default_factory=list)

    @property
    def headed(self) -> TableFragment:
        """The last fragment with a header; the first one where none has."""
        with_header = (f for f in reversed(self.fragments) if f.header_rows)
        return next(with_header, self.fragments[0])


@dataclass(slots=True)
class Stitched:
    """Logical tables, and the lines that belong to none of them."""

    tables: list[LogicalTable]
    rest: list[Line]


def stitch(
    pages: Sequence[FoundPage],
    hints: TableHints,
    settings: ExtractSettings,
    gluer: Gluer,
    witness: TagWitness | None = None,
) -> Stitched:
    """Join the fragments of a document into logical tables.

    Args:
        pages: all pages in order, running lines already taken out.
        hints: the caller's header phrases and label pattern.
        settings: thresholds and weights.
        gluer: decides how lines are joined.
        witness: the document's structure tree, if it is to be heard.
    """
    chains, rest = _chain(pages, hints, settings)
    label = re.compile(hints.label_pattern) if hints.label_pattern else None
    decider = JoinDecider(label, gluer, settings.stitch)
    bottoms = _page_bottoms(pages)
    tables = [
        TableBuilder(
            chain.fragments, chain.heading, decider, gluer, bottoms, settings.stitch, witness
        ).build()
        for chain in chains
    ]
    return Stitched(tables, rest)


def _chain(
    pages: Sequence[FoundPage], hints: TableHints, settings: ExtractSettings
) -> tuple[list[Chain], list[Line]]:
    finder = HeaderFinder(hints, settings.header)
    label = re.compile(hints.label_pattern) if hints.label_pattern else None
    headings = HeadingFinder(pages, settings.heading, label)
    chains: list[Chain] = []
    rest: list[Line] = []
    waiting: list[Line] = []  # lines since the last table: the next table's heading, or prose
    previous = 0  # the last page on which there is anything: a blank page ends no table
    for page in pages:
        mark_beside(page.tables)
        notes = [
            line
            for line in page.outside
            if _in_margin(line, page.tables) and not names_another(page, line)
        ]
        notes += _above_notes(page.outside, notes, page.tables)
        rest += notes
        lines = part_titles(page, _without(page.outside, notes))
        for fragment in page.tables:
            above = [
                line
                for line in lines
                if line.bbox[3] <= fragment.ys[0] + 2 and not over_another(page, fragment, line)
            ]
            lines = _without(lines, above)
            between = waiting + above
            found = _find_chain(chains, fragment, previous, between, finder, headings, settings)
            if found is not None:
                chain, piece = found
                chain.fragments.append(piece)
                rest += between
            else:
                heading, prose = headings.split(between)
                chains.append(Chain([fragment], heading))
                rest += prose
            waiting = []
        waiting += lines
        if page.tables or page.outside or page.image_share:
            previous = page.page
    return chains, rest + waiting


def _in_margin(line: Line, tables: Sequence[TableFragment]) -> bool:
    """Does the line stand in the margin beside a table? Such a note neither names nor ends one."""
    x0, y0, x1, y1 = line.bbox
    middle = (y0 + y1) / 2
    return any(
        table.ys[0] < middle < table.ys[-1] and (x0 >= table.xs[-1] - 2 or x1 <= table.xs[0] + 2)
        for table in tables
    )


def _above_notes(
    lines: Sequence[Line], notes: Sequence[Line], tables: Sequence[TableFragment]
) -> list[Line]:
    """Lines that stand above notes in the right margin, beyond all tables."""
    edge = max((table.xs[-1] for table in tables), default=0.0) - 2
    right = [line for line in notes if line.bbox[0] >= edge]
    if len(right) < _NOTES:
        return []
    left, top = min(line.bbox[0] for line in right), min(line.bbox[1] for line in right)
    taken = {id(line) for line in notes}
    return [
        line
        for line in lines
        if id(line) not in taken and line.bbox[3] <= top and line.bbox[0] >= left - 2
    ]


def _find_chain(
    chains: list[Chain],
    fragment: TableFragment,
    previous: int,
    between: list[Line],
    finder: HeaderFinder,
    headings: HeadingFinder,
    settings: ExtractSettings,
) -> tuple[Chain, TableFragment] | None:
    """Find the chain that `fragment` continues, and mark its header rows on the way.

    The last chain is asked first. An earlier one of the page before may go on behind a small table
    that stands on each page, but only under its own repeated header. Returned with the chain is the
    fragment in the columns of its table.
    """
    for chain in reversed(chains):
        last = chain.fragments[-1]
        if last.page < previous:
            break
        # Of tables side by side each goes on in its own place.
        moved = abs(last.xs[0] - fragment.xs[0]) > settings.stitch.edge_drift
        if stands_beside(last, fragment) or (last.beside and moved):
            continue
        piece, loose = _in_columns(chain, fragment, finder, settings)
        if piece is None:
            continue
        if chain is not chains[-1] and not (piece.repeated or last.beside):
            continue
        if loose and (piece.header_rows or between or fragment.page == last.page):
            continue
        if _continues(chain, piece, between, headings, settings.stitch):
            split_tail(piece, last)
            return chain, piece
    finder.mark(fragment, None)
    return None


def _in_columns(
    chain: Chain, fragment: TableFragment, finder: HeaderFinder, settings: ExtractSettings
) -> tuple[TableFragment | None, bool]:
    """The fragment in the chain's columns, its header rows marked, or None where it has others.

    Second: only the columns' number or right part is the same, and no repeated header says more.
    """
    last = chain.fragments[-1]
    tail = header_tail(chain.headed, fragment)
    if tail:
        piece = spread(fragment, last, tail)
        piece.header_rows, piece.repeated = tail, True
        return piece, False
    fit = fit_columns(last, fragment, settings.stitch)
    if fit is Fit.NONE:
        return None, False
    piece = spread(fragment, last)
    finder.mark(piece, chain.headed)
    return piece, fit is Fit.LOOSE and not piece.repeated


def _without(lines: list[Line], taken: list[Line]) -> list[Line]:
    gone = {id(line) for line in taken}
    return [line for line in lines if id(line) not in gone]


def _continues(
    chain: Chain,
    fragment: TableFragment,
    between: list[Line],
    headings: HeadingFinder,
    settings: StitchSettings,
) -> bool:
    """Does `fragment` go on with the chain's table, whose columns it has?"""
    last = chain.fragments[-1]
    if fragment.header_rows and not fragment.repeated:
        return False
    if fragment.title_rows and not _same_title(chain.fragments[0], fragment, settings):
        return False
    if not between:
        return True
    if _repeats_heading(chain.heading, between, settings.same_heading):
        return True
    # Notes under a table do not end it; a heading does, and so does text on the same page.
    return fragment.page != last.page and not headings.split(between)[0]


def _same_title(first: TableFragment, fragment: TableFragment, settings: StitchSettings) -> bool:
    """Does the title inside a fragment repeat that of the table's first one?"""
    ours, theirs = (
        " ".join(row[0].plain for row in part.rows[: part.title_rows]).casefold()
        for part in (fragment, first)
    )
    ours = ours.replace("(continued)", "").strip()
    return fuzz.ratio(ours, theirs) >= settings.same_heading


def _repeats_heading(heading: list[Line], between: list[Line], least: float) -> bool:
    ours = " ".join(line.text for line in between).casefold()
    theirs = " ".join(line.text for line in heading).casefold()
    # "Recommendation 2" is another heading than "Recommendation 1".
    if not theirs or _NUMBERS.findall(ours) != _NUMBERS.findall(theirs):
        return False
    return fuzz.ratio(ours.replace("(continued)", "").strip(), theirs) >= least


def _page_bottoms(pages: Sequence[FoundPage]) -> dict[int, float]:
    """Lowest table end on pages of the same size: where a full page ends."""
    lowest: dict[tuple[int, int], float] = {}
    for page in pages:
        size = round(page.width), round(page.height)
        for table in page.tables:
            lowest[size] = max(lowest.get(size, 0.0), table.ys[-1])
    return {
        page.page: lowest[round(page.width), round(page.height)] for page in pages if page.tables
    }
