"""One chain of fragments to one logical table: cells copied, breaks decided, cut rows joined."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from actionplan.extract.bands import without_continued
from actionplan.extract.fragments import FragmentCell, TableFragment
from actionplan.extract.glue import Gluer
from actionplan.extract.headers import column_headers, is_band
from actionplan.extract.joins import (
    JoinDecider,
    Side,
    Surroundings,
    Witness,
    ends_sentence,
    leading_number,
)
from actionplan.extract.stitch_settings import StitchSettings
from actionplan.extract.witness import TagWitness
from actionplan.schemas.tables import (
    Cell,
    Column,
    Join,
    Line,
    LogicalTable,
    Region,
    Row,
    RowKind,
    join_lines,
)


class TableBuilder:
    """Builds one logical table."""

    def __init__(
        self,
        fragments: Sequence[TableFragment],
        heading: list[Line],
        decider: JoinDecider,
        gluer: Gluer,
        bottoms: dict[int, float],
        settings: StitchSettings,
        witness: TagWitness | None = None,
    ) -> None:
        """Take the table's fragments in page order, and where a full page ends."""
        self._witness = witness
        self._settings = settings
        self._regular = regular_columns(fragments, settings)
        self._stops = stopped_columns(fragments, settings)
        self._fragments = fragments
        self._heading = heading
        self._decider = decider
        self._gluer = gluer
        self._bottoms = bottoms
        self._rows: list[Row] = []
        # The cell in which text at (row, column) is kept: the origin of a span.
        self._origins: list[list[Cell]] = []
        self._limits: dict[tuple[int, int], float] = {}
        self._joins: list[Join] = []
        self._begun = 0
        self._labelled = 0
        self._bare = False
        self._last_number: str | None = None
        self._inner_rows = 0
        self._blank_keys = 0

    def build(self) -> LogicalTable:
        """Copy the fragments' rows, decide each break, and glue the lines of each cell."""
        first = self._fragments[0]
        drop_repeated_bands(self._fragments)
        repeated: list[Line] = []
        for k, fragment in enumerate(self._fragments):
            self._add(fragment, self._fragments[k - 1] if k else None)
            if k:
                repeated += _header_lines(fragment)
        heading = self._heading + _title_lines(first)
        self._glue()
        return LogicalTable(
            columns=self._columns(first),
            rows=self._rows,
            heading=heading,
            pages=sorted({fragment.page for fragment in self._fragments}),
            joins=self._joins,
            repeated_headers=repeated,
            confidence=min(
                [fragment.confidence for fragment in self._fragments]
                + [join.confidence for join in self._joins]
            ),
        )

    def _columns(self, fragment: TableFragment) -> list[Column]:
        columns = []
        seen: set[tuple[int, int]] = set()
        widest = self._settings.max_margin
        for c, lines in enumerate(column_headers(fragment)):
            edge = fragment.xs[c + 1]
            region = Region(fragment.page, (fragment.xs[c], 0.0, edge, 0.0))
            glued = self._gluer.glue_lines(lines, [text_edge(lines, region, widest)] * len(lines))
            # A header over several columns names each of them, but its words are kept once.
            own = [ln for ln in glued if ln.words and (ln.page, ln.words[0]) not in seen]
            seen.update((line.page, line.words[0]) for line in own)
            columns.append(Column(join_lines(glued), own, fragment.xs[c], edge))
        return columns

    def _add(self, fragment: TableFragment, before: TableFragment | None) -> None:
        start = fragment.header_rows
        if start >= len(fragment.rows):
            return
        copies: dict[int, Cell] = {}
        join = self._decide(fragment, before, start, copies) if before is not None else None
        for r in range(start, len(fragment.rows)):
            if r > start or join is None or not join.joined:
                self._append(fragment, r, copies)
            if r > start:
                self._inner_rows += 1
                self._blank_keys += not self._rows[-1].cells[0].lines
            elif join is not None:
                # Of two rows that were left apart both are in doubt; a joined one was counted.
                self._rows[-1].confidence *= 1.0 if join.joined else join.confidence

    def _decide(
        self,
        fragment: TableFragment,
        before: TableFragment,
        start: int,
        copies: dict[int, Cell],
    ) -> Join | None:
        """Let the row at `start`, or spans in it, continue the last row; None if nothing is asked.

        The decision is kept, and lowers the last row's confidence.
        """
        if not self._rows or fragment.page == before.page or start in fragment.groups:
            return None
        bands = self._rows[-1].kind == "band", is_band(fragment, start)
        if any(bands) and not (all(bands) and self._is_prose(fragment, start)):
            return None
        after = _side(fragment, start, fragment.open_top)
        last = _side(before, len(before.rows) - 1, before.open_bottom)
        around = Surroundings(
            labelled=self._labelled / self._begun if self._begun else 0.0,
            rows=self._begun,
            bare_labels=self._bare,
            blank_keys=self._blank_keys / self._inner_rows if self._inner_rows else 0.0,
            free_space=self._bottoms[before.page] - before.ys[-1],
            last_number=self._last_number,
            key=self._origins[-1][0].lines,
            filled=[bool(cell.lines) for cell in self._origins[-1]],
            regular=self._regular,
            stops=self._stops,
        )
        join = self._decider.decide(
            fragment.page,
            len(self._rows) - 1,
            last,
            after,
            around,
            self._hear(before, fragment, start),
        )
        self._joins.append(join)
        self._rows[-1].confidence *= join.confidence
        columns = (
            range(fragment.width) if join.joined else self._decider.carried(last, after, around)
        )
        self._extend(fragment, start, copies, columns)
        return join

    def _is_prose(self, fragment: TableFragment, start: int) -> bool:
        """Do paragraphs stand on both sides of the break, in one cell over the full width?"""
        least = self._settings.prose_lines
        before = self._origins[-1][0].lines
        return len(before) >= least and len(fragment.rows[start][0].lines) >= least

    def _hear(self, before: TableFragment, fragment: TableFragment, start: int) -> Witness | None:
        witness = self._witness
        if witness is None:
            return None
        return lambda score: witness.at_break(before, len(before.rows) - 1, fragment, start, score)

    def _append(self, fragment: TableFragment, r: int, copies: dict[int, Cell]) -> None:
        """Add row `r` of the fragment as a logical row of its own."""
        cells, origins = [], []
        for source in fragment.rows[r]:
            origin = copies.get(id(source))
            if origin is None:
                origin = copies[id(source)] = _copy(fragment.page, source, r)
                self._limit(fragment.page, source)
                cells.append(origin)
            else:
                cells.append(Cell(covered=True))
            origins.append(origin)
        if self._rows and self._rows[-1].kind == "body":  # now it is whole
            self._bare |= self._decider.only_label(self._rows[-1].cells[0].lines)
        band = is_band(fragment, r) or r in fragment.groups
        kind: RowKind = "band" if band else "body"
        self._rows.append(Row(cells, kind, fragment.confidence))
        self._origins.append(origins)
        key = cells[0].lines
        if key and self._rows[-1].kind == "body":
            self._begun += 1
            self._labelled += self._decider.has_label(key)
            self._last_number = leading_number(key[0].text)

    def _extend(
        self, fragment: TableFragment, r: int, copies: dict[int, Cell], columns: Iterable[int]
    ) -> None:
        """Let the cells of row `r` in `columns` continue those of the last logical row."""
        columns = list(columns)
        whole = len(columns) == fragment.width
        for c in columns:
            source = fragment.rows[r][c]
            if id(source) in copies:
                continue
            origin = copies[id(source)] = self._origins[-1][c]
            origin.lines.extend(source.lines)
            self._limit(fragment.page, source)
            origin.regions.append(Region(fragment.page, source.bbox))
            origin.fill = origin.fill or source.fill
            # A joined row is no new one; below it, and for a carried cell, the span grows.
            origin.rowspan += source.row + source.rowspan - r - (1 if whole else 0)

    def _glue(self) -> None:
        widest = self._settings.max_margin
        for row in self._rows:
            for cell in row.cells:
                if len(cell.lines) > 1:
                    edges = {
                        region.page: text_edge(cell.lines, region, widest)
                        for region in cell.regions
                    }
                    ends = [edges[line.page] for line in cell.lines]
                    if self._limits:
                        places = [(line.page, line.words[0]) for line in cell.lines]
                        ends = [self._limits.get(at, x) for at, x in zip(places, ends, strict=True)]
                    cell.lines = self._gluer.glue_lines(cell.lines, ends)

    def _limit(self, page: int, source: FragmentCell) -> None:
        """Note where the lines of a table inside a cell end."""
        for word, end in source.limits.items():
            self._limits[page, word] = end


def drop_repeated_bands(fragments: Sequence[TableFragment]) -> None:
    """Count a band that stands again at the top of a later page as a header of that page."""
    last = ""
    for k, fragment in enumerate(fragments):
        for r in range(fragment.header_rows, len(fragment.rows)):
            if not is_band(fragment, r):
                continue
            text = without_continued(fragment.rows[r][0].plain.casefold())
            if k and r == fragment.header_rows and text == last and r + 1 < len(fragment.rows):
                fragment.header_rows += 1
            last = text


def regular_columns(fragments: Sequence[TableFragment], settings: StitchSettings) -> list[bool]:
    """Return for each column whether nearly all rows that begin inside a page have text in it."""
    rows = [
        [bool(cell.lines) and cell.row == r for cell in fragment.rows[r]]
        for k, fragment in enumerate(fragments)
        # The first row of a later page may be the rest of one.
        for r in range(fragment.header_rows + bool(k), len(fragment.rows))
        if not is_band(fragment, r)
    ]
    if len(rows) < settings.regular_rows:
        return [False] * fragments[0].width
    return [sum(column) >= settings.regular_share * len(rows) for column in zip(*rows, strict=True)]


def stopped_columns(
    fragments: Sequence[TableFragment], settings: StitchSettings
) -> list[bool | None]:
    """Return for each column whether its texts end with a full stop; None if nobody can tell."""
    out: list[bool | None] = []
    for column in range(fragments[0].width):
        ends = [
            ends_sentence(cell.lines[-1].text)
            for fragment in fragments
            # The last row of a page may be cut.
            for r in range(fragment.header_rows, len(fragment.rows) - 1)
            if (cell := fragment.rows[r][column]).lines and cell.row + cell.rowspan == r + 1
        ]
        share = sum(ends) / len(ends) if len(ends) >= settings.regular_rows else 0.5
        known = share >= settings.regular_share or share <= settings.few_share
        out.append(share >= settings.regular_share if known else None)
    return out


def text_edge(lines: Sequence[Line], region: Region, widest: float) -> float:
    """Return where text ends at the right of a cell: its margin there is as wide as at the left."""
    # A group's name over several columns begins in the first of them.
    inside = (line for line in lines if line.page == region.page)
    starts = [line.bbox[0] for line in inside if line.bbox[0] >= region.bbox[0]]
    margin = min(starts) - region.bbox[0] if starts else 0.0
    return region.bbox[2] - min(max(margin, 0.0), widest)


def _copy(page: int, source: FragmentCell, row: int) -> Cell:
    return Cell(
        lines=list(source.lines),
        regions=[Region(page, source.bbox)],
        rowspan=source.row + source.rowspan - row,
        colspan=source.colspan,
        fill=source.fill,
    )


def _side(fragment: TableFragment, row: int, is_open: bool) -> Side:
    lines: list[list[Line]] = []
    covered = []
    spans = []
    for c, cell in enumerate(fragment.rows[row]):
        first = cell.column == c
        lines.append(cell.lines if first else [])
        covered.append(not first or (cell.row != row and cell.row >= fragment.header_rows))
        spans.append(cell.rowspan > 1)
    top, bottom = fragment.ys[row], fragment.ys[row + 1]
    return Side(lines, top, bottom, fragment.xs[1:], is_open, covered, spans)


def _header_lines(fragment: TableFragment) -> list[Line]:
    seen: dict[int, FragmentCell] = {}
    for row in fragment.rows[: fragment.header_rows]:
        for cell in row:
            if cell.row + cell.rowspan <= fragment.header_rows:  # others run on into the body
                seen.setdefault(id(cell), cell)
    return [line for cell in seen.values() for line in cell.lines]


def _title_lines(fragment: TableFragment) -> list[Line]:
    rows = fragment.rows[: fragment.title_rows]
    return [line for r, row in enumerate(rows) if row[0].row == r for line in row[0].lines]
