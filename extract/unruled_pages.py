"""The text outside ruled tables of one page, as lines of pieces, with what is drawn around it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from actionplan.extract.find import FoundPage
from actionplan.extract.fragments import TableFragment
from actionplan.extract.headers import is_band
from actionplan.extract.layout import PageLayout
from actionplan.extract.lines import WordTable, build_lines, word_table
from actionplan.extract.pieces import PieceLine, piece_line, space_width
from actionplan.extract.unruled_headers import Header, HeaderSeeker
from actionplan.extract.unruled_settings import UnruledSettings
from actionplan.extract.unruled_tall import is_shade, is_tall
from actionplan.schemas.tables import Box, Line

_Test = Callable[[PieceLine], bool]
_BESIDE = 5.4  # points left of a table's first header where the table begins
_WORDS = 4  # of a line that may be a row of the table
_NEAR = 0.6  # of the line height: space between lines of one text
_LARGER = 1.12  # times the body's font size from which a line is a title
_LEVEL = 1.5  # points between the edges of shades that are one
_BELOW = 45.0  # points below a boxed header or shaded row where text of the same table begins


@dataclass(slots=True)
class PageText:
    """One page's free text.

    Attributes:
        found: the page; its tables and outside lines are changed when a table is found.
        table: its words.
        lines: lines of pieces, top to bottom, running lines left out.
        headers: headers among them, top to bottom.
        shades: boxes of visible shading.
        rules: horizontal rules and edges of shades: height, start, end, and whether it is drawn.
        stops: tops of ruled tables, and the bottoms of loose ones below which nothing goes on.
        free: the lines of which `lines` are the pieces, running lines among them.
        loose: fragments of a single row whose lines are among the free ones.
    """

    found: FoundPage
    layout: PageLayout
    table: WordTable
    lines: list[PieceLine]
    headers: list[Header]
    shades: list[Box]
    rules: list[tuple[float, float, float, bool]]
    stops: list[float]
    free: list[Line]
    loose: list[TableFragment]

    def is_ruled(self, tables: TableFragment) -> bool:
        """Is a new table one of those found by rules, row by row?"""
        words = words_of(tables)
        if words & {word for line in self.found.outside for word in line.words}:
            return False
        parts = self.parts(tables)
        return len(parts) == 1 and (len(parts[0].rows) > 1 or len(tables.rows) == 1)

    def parts(self, tables: TableFragment) -> list[TableFragment]:
        """The loose fragments whose words a new table has."""
        words = words_of(tables)
        return [fragment for fragment in self.loose if words_of(fragment) & words]

    def finish(self, tables: list[TableFragment]) -> None:
        """Give the page its new tables, and take their words out of its outside lines."""
        taken = set[int]().union(*map(words_of, tables))
        gone = [f for f in self.loose if words_of(f) & taken]
        kept = {w for f in self.loose if not any(f is g for g in gone) for w in words_of(f)}
        rest = [f for f in self.found.tables if not any(f is g for g in gone)]
        self.found.tables = sorted([*rest, *tables], key=lambda f: (f.ys[0], f.xs[0]))
        self.found.outside = _without(self.free, taken | kept, self.table)


def loose_fragments(found: FoundPage, tall: Collection[int] = ()) -> list[TableFragment]:
    """Tables that may be part of a larger one with few rules.

    A boxed header or a shaded row has free text just below; of rows shaded by turns, only every
    second one has edges; where only vertical rules are drawn, the page's rows all stand in one.

    Args:
        found: the page.
        tall: ids of fragments of one drawn row under a header, which may hold several rows.
    """
    out = []
    for fragment in found.tables:
        single = len(fragment.rows) - is_band(fragment, 0) == 1
        apart = not single and not is_shade(found, fragment)
        rows = (single and is_tall(fragment)) or id(fragment) in tall
        if rows or (not apart and _text_beside(found, fragment)):
            out.append(fragment)
    return out


def _text_beside(found: FoundPage, fragment: TableFragment) -> bool:
    """Is there free text just above or below the table, between its sides?"""
    left, right, top, bottom = (
        fragment.xs[0],
        fragment.xs[-1],
        fragment.ys[0],
        fragment.ys[-1],
    )
    return any(
        (-2 < line.bbox[1] - bottom < _BELOW or -2 < top - line.bbox[3] < _BELOW)
        and line.bbox[2] > left
        and line.bbox[0] < right
        for line in found.outside
    )


def free_lines(found: FoundPage, loose: Sequence[TableFragment]) -> list[Line]:
    """The lines outside tables, those of the loose fragments among them, top to bottom."""
    if not loose or found.layout is None:
        return found.outside
    words = {word for fragment in loose for word in words_of(fragment)}
    words.update(word for line in found.outside for word in line.words)
    table = word_table(found.layout)
    return build_lines(table, [word for word in table.order if word in words])


def words_of(fragment: TableFragment) -> set[int]:
    """Indices of a fragment's words."""
    return {w for row in fragment.rows for cell in row for line in cell.lines for w in line.words}


def page_text(
    found: FoundPage,
    free: Sequence[Line],
    loose: list[TableFragment],
    running: set[tuple[int, ...]],
    seeker: HeaderSeeker,
    settings: UnruledSettings,
) -> PageText | None:
    """Cut a page's free lines into pieces and look for headers; None without a layout.

    Args:
        found: the page.
        free: its lines in no table, and those of `loose`.
        loose: fragments that may be part of a table without rules.
        running: the words of running lines on the page.
        seeker: finds headers.
        settings: distances.
    """
    layout = found.layout
    if layout is None:
        return None
    table = word_table(layout)
    space, _ = space_width(layout, free, settings.piece_gap)
    gap = max(settings.piece_gap, settings.space_factor * space)
    every = [piece_line(table, line, gap) for line in free]
    shades = _shades(layout)
    rules = [(y, x0, x1, drawn > 0) for y, x0, x1, drawn in layout.rules.horizontal.tolist()]
    headers = _headers(every, seeker, shades, rules)
    top = stripes_top(found, settings)
    striped = None if headers or top is None else seeker.striped_header(every, top)
    headers += [striped] if striped else []
    gone = {k for k, line in enumerate(free) if line.words in running and not _within(headers, k)}
    kept = [k for k in range(len(free)) if k not in gone or _touches(every, k, gone)]
    place = {k: n for n, k in enumerate(kept)}
    for header in headers:
        size = header.stop - header.first
        header.first = place[header.first]
        header.stop = header.first + size
    return PageText(
        found=found,
        layout=layout,
        table=table,
        lines=[every[k] for k in kept],
        headers=headers,
        shades=shades,
        rules=rules,
        stops=sorted(f.ys[0] for f in found.tables if not any(f is other for other in loose)),
        free=list(free),
        loose=loose,
    )


def _shades(layout: PageLayout) -> list[Box]:
    """Boxes of shading; those of cells side by side are one."""
    out: list[Box] = []
    for x0, y0, x1, y1 in sorted(layout.fills.tolist(), key=lambda f: (round(f[1]), f[0])):
        if out:
            left, top, right, bottom = out[-1]
            level = abs(y0 - top) <= _LEVEL and abs(y1 - bottom) <= _LEVEL
            if level and left <= x0 <= right + _LEVEL:
                out[-1] = left, top, max(right, x1), bottom
                continue
        out.append((x0, y0, x1, y1))
    return out


def may_hold_header(
    found: FoundPage,
    free: Sequence[Line],
    seeker: HeaderSeeker,
    settings: UnruledSettings,
    loose: Sequence[TableFragment] = (),
) -> bool:
    """Quickly: is there a line with wide gaps between words that header phrases have?

    Args:
        found: the page.
        free: its lines in no table.
        seeker: knows the phrases.
        settings: distances.
        loose: fragments whose cells may begin with a header.
    """
    for fragment in loose:
        # A boxed header has bands above it; a shaded one may have a shaded row below it.
        for row in {len(fragment.rows) - 1, int(is_band(fragment, 0))}:
            firsts = [cell.lines[0].text for cell in fragment.starts(row) if cell.lines]
            if len(firsts) > 1 and seeker.may_be_header(firsts):
                return True
    lines = [line for line in free if seeker.may_hold_header(line.text)]
    if found.layout is None or not lines:
        return False
    space, wide = space_width(found.layout, lines, settings.piece_gap)
    gap = max(settings.piece_gap, settings.space_factor * space)
    table = word_table(found.layout) if wide else None
    return table is not None and any(
        seeker.may_be_header([piece.text for piece in piece_line(table, lines[k], gap).pieces])
        for k in wide
    )


def side_by_side(text: PageText) -> float | None:
    """Where the second of two tables with the same headers begins beside the first one, if so."""
    for header in text.headers:
        names = [atom.text.casefold() for atom in header.atoms]
        for k in range(2, len(names) - 1):
            if names[k] == names[0] and names[k + 1] == names[1]:
                return header.atoms[k].x0 - _BESIDE
    return None


def split_text(text: PageText, x: float, seeker: HeaderSeeker) -> list[PageText]:
    """Return the text to the left and to the right of `x`, each with its own headers."""
    out = []
    for right in (False, True):
        lines = []
        for line in text.lines:
            pieces = [piece for piece in line.pieces if (piece.middle >= x) is right]
            if pieces:
                top, bottom = min(p.y0 for p in pieces), max(p.y1 for p in pieces)
                lines.append(PieceLine(top, bottom, pieces))
        headers = _headers(lines, seeker, text.shades, text.rules)
        out.append(replace(text, lines=lines, headers=headers))
    return out


def stripes_top(found: FoundPage, settings: UnruledSettings) -> float | None:
    """Where the first of many equal shades that stand one below the other begins, if there are."""
    layout = found.layout
    least = settings.stripe_levels
    if layout is None or len(layout.fills) < least or len(found.outside) < least:
        return None
    groups: dict[tuple[int, int, tuple[int, ...]], list[tuple[float, float]]] = {}
    for (x0, y0, x1, y1), colour in zip(
        layout.fills.tolist(), layout.fill_colours.tolist(), strict=True
    ):
        if x1 - x0 >= settings.stripe_width * layout.width and y1 - y0 <= settings.shaded_header:
            groups.setdefault((round(x0), round(x1), tuple(colour)), []).append((y0, y1))
    for spans in groups.values():
        spans.sort()
        apart = [b[0] > a[1] + 2 for a, b in pairwise(spans)]
        if len(spans) >= least and all(apart):
            return spans[0][0]
    return None


def _headers(
    lines: list[PieceLine],
    seeker: HeaderSeeker,
    shades: Sequence[Box],
    rules: Sequence[tuple[float, float, float, bool]],
) -> list[Header]:
    out: list[Header] = []
    heights = sorted(y for y, *_ in rules)
    stop = 0
    for k, line in enumerate(lines):
        if k < stop or len(line.pieces) < 2:
            continue
        if not seeker.may_be_header([piece.text for piece in line.pieces]):
            continue
        header = seeker.header_at(lines, k, shades, heights)
        if header is not None and header.first >= stop:
            out.append(header)
            stop = header.stop
    return out


def _touches(lines: Sequence[PieceLine], k: int, running: set[int]) -> bool:
    """Does a running line stand as near to one that is none as lines of one text do?

    Rows with the same words may end at one height of several pages. Page numbers are short.
    """
    line = lines[k]
    if sum(len(piece.words) for piece in line.pieces) < _WORDS:
        return False
    above, below = k - 1, k + 1
    near = _NEAR * line.height
    return (above >= 0 and above not in running and line.y0 - lines[above].y1 < near) or (
        below < len(lines) and below not in running and lines[below].y0 - line.y1 < near
    )


def _within(headers: Sequence[Header], k: int) -> bool:
    return any(header.first <= k < header.stop for header in headers)


def reach(
    lines: Sequence[PieceLine],
    start: int,
    limit: int,
    crosses: _Test,
    settings: UnruledSettings,
) -> int:
    """Return where the text that keeps to a table's columns ends.

    Args:
        lines: the page's lines.
        start: the first line below the header.
        limit: the line at which something else begins.
        crosses: does a line run across columns?
        settings: what may be a band, and what stands too far below.
    """
    k = start
    while k < limit:
        count = 0
        while k + count < limit and crosses(lines[k + count]):
            count += 1
        if count and not _is_band(lines, k, count, limit, crosses, settings):
            break
        if k > start and (_is_larger(lines[k], lines[start]) or _is_apart(lines, k, settings)):
            break
        k += max(count, 1)
    if k < len(lines):
        while k > start and _is_heading(lines, k - 1):
            k -= 1
    return k


def _is_band(
    lines: Sequence[PieceLine],
    k: int,
    count: int,
    limit: int,
    crosses: _Test,
    settings: UnruledSettings,
) -> bool:
    """Do few lines across the columns stand above a row that keeps to them?"""
    following = lines[k + count : min(k + count + 2, limit)]
    rows = any(len(line.pieces) > 1 and not crosses(line) for line in following)
    return count <= settings.band_lines and rows


def _is_larger(line: PieceLine, body: PieceLine) -> bool:
    """Is the line set larger than the body's first one? Then it is the title of what follows."""
    return len(line.pieces) == 1 and line.pieces[0].size > _LARGER * body.pieces[0].size


def is_title(line: PieceLine, body: PieceLine) -> bool:
    """Is a line below a table larger than its last one, or as the only one bold?"""
    return _is_larger(line, body) or (len(line.pieces) == 1 and line.bold and not body.bold)


def _is_apart(lines: Sequence[PieceLine], k: int, settings: UnruledSettings) -> bool:
    line = lines[k]
    gap = line.y0 - max(above.y1 for above in lines[max(k - 3, 0) : k])
    return len(line.pieces) == 1 and gap > settings.far_below * line.height


def _is_heading(lines: Sequence[PieceLine], k: int) -> bool:
    """Is the last line of what was taken rather the title of what follows?"""
    line = lines[k]
    if len(line.pieces) > 1 or k == 0:
        return False
    above = lines[k - 1]
    larger = line.pieces[0].size > _LARGER * above.pieces[0].size
    gap = line.y0 - max(other.y1 for other in lines[max(k - 3, 0) : k])
    return larger or (line.bold and not above.bold) or gap > 1.2 * line.height


def _without(lines: Sequence[Line], gone: set[int], table: WordTable) -> list[Line]:
    """The lines without the words that are `gone`."""
    out: list[Line] = []
    for line in lines:
        rest = [word for word in line.words if word not in gone]
        if len(rest) == len(line.words):
            out.append(line)
        elif rest:
            out += build_lines(table, rest)
    return out
