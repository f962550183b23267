"""Regions of text to table fragments: words to columns, lines to rows, rows to cells."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from actionplan.extract.find import shade_cells
from actionplan.extract.fragments import FragmentCell, TableFragment
from actionplan.extract.lines import build_lines
from actionplan.extract.pieces import Piece, PieceLine
from actionplan.extract.unruled_headers import Header
from actionplan.extract.unruled_pages import PageText
from actionplan.extract.unruled_rows import Body, RowSplitter
from actionplan.extract.unruled_settings import UnruledSettings
from actionplan.extract.whitespace import Columns
from actionplan.schemas.tables import Line

_Part = tuple[PageText, Header | None, list[PieceLine]]
_Built = tuple[TableFragment, set[int]]
_SPACE = 2.0  # points between the letters and the outer row edges
_NEAR = 16.0  # points within which a rule closes the table above or below its letters


@dataclass(slots=True)
class _Sorted:
    """A region's words, sorted into columns.

    Attributes:
        header: header lines of each column.
        groups: lines over several header columns, with the first and last column.
        body: lines of each column.
        bands: lines over the full width.
    """

    header: list[list[Line]]
    groups: list[tuple[Line, int, int]]
    body: list[list[Line]]
    bands: list[list[Line]]


def build_fragments(
    parts: Sequence[_Part],
    header: Header,
    columns: Columns,
    label: re.Pattern[str] | None,
    settings: UnruledSettings,
) -> list[_Built]:
    """Build one fragment for each part of a table, with the words it holds.

    Args:
        parts: page, header if there is one on it, and lines of the body, in page order.
        header: the table's first header.
        columns: its columns.
        label: matches at the start of a cell that begins a row.
        settings: weights and thresholds.

    Returns:
        Nothing where the text is no table after all; else fragments, and the indices of their
        words, in the order of `parts`.
    """
    edges = columns.edges
    items = [_sort(part, columns) for part in parts]
    if not _is_table(items):
        return []
    rules = [_rules(part, edges, settings) for part in parts]
    bodies = [Body(item.body, between) for item, between in zip(items, rules, strict=True)]
    splitter = RowSplitter(bodies, edges, label, settings)
    rows = splitter.split()
    certainty = min(1.0, 0.5 + 0.5 * header.share) * _agreement(parts, columns)
    out: list[_Built] = []
    for part, item, between, found in zip(parts, items, rules, rows, strict=True):
        fragment = _fragment(part[0], item, edges, found.cuts, between if splitter.by_rules else [])
        fragment.confidence = round(certainty * (0.6 + 0.4 * found.certainty), 3)
        out.append((fragment, _words(fragment)))
    least = min((fragment.confidence for fragment, _ in out), default=0.0)
    for fragment, _ in out:
        fragment.confidence = least
    return out


def _is_table(items: Sequence[_Sorted]) -> bool:
    """Do at least two columns have text, side by side at least once?"""
    filled = [[any(lines) for lines in item.body] for item in items]
    return any(sum(row) >= 2 for row in filled)


def _agreement(parts: Sequence[_Part], columns: Columns) -> float:
    """Share of the body's lines that keep to the columns."""
    lines = [line for _, _, lines in parts for line in lines]
    crossing = sum(columns.across(line) for line in lines)
    return 1.0 - crossing / max(len(lines), 1)


def _sort(part: _Part, columns: Columns) -> _Sorted:
    """Give each word of a region to a header cell, a cell, or a band."""
    text, header, lines = part
    buckets: list[list[int]] = [[] for _ in range(len(columns))]
    bands: list[list[int]] = []
    for line in lines:
        if columns.across(line):
            bands.append([word for piece in line.pieces for word in piece.words])
            continue
        for piece in line.pieces:
            _drop(piece, columns, buckets)
    heads: list[list[int]] = [[] for _ in range(len(columns))]
    groups: list[tuple[Line, int, int]] = []
    if header is not None:
        skip = len(columns) - len(header.atoms)  # columns at the left without a header
        for column, atom in enumerate(header.atoms, skip):
            heads[column] += [word for piece in atom.pieces for word in piece.words]
        for piece in header.groups:
            first, last = columns.at(piece.x0 + 1), columns.at(piece.x1 - 1)
            groups += [(line, first, last) for line in _lines(text, piece.words)]
    return _Sorted(
        [_lines(text, words) for words in heads],
        groups,
        [_lines(text, words) for words in buckets],
        [_lines(text, words) for words in bands],
    )


def _drop(piece: Piece, columns: Columns, buckets: list[list[int]]) -> None:
    """Put a piece into its column: whole, for text may stick out over an edge by little.

    Texts of two columns that nearly touch are one piece: its words are sorted singly.
    """
    if columns.crossed(piece):
        for word, (x0, x1) in zip(piece.words, piece.spans, strict=True):
            buckets[columns.at((x0 + x1) / 2)].append(word)
    else:
        buckets[columns.at(piece.middle)] += piece.words


def _lines(text: PageText, words: Sequence[int]) -> list[Line]:
    """Lines of words given in any order."""
    boxes = text.table.boxes
    return build_lines(text.table, sorted(words, key=lambda w: (boxes[w][1], boxes[w][0])))


def _band_edges(item: _Sorted) -> list[float]:
    """Heights just above and below each band."""
    return [
        edge
        for lines in item.bands
        for edge in (min(line.bbox[1] for line in lines), max(line.bbox[3] for line in lines))
    ]


def _rules(part: _Part, edges: Sequence[float], settings: UnruledSettings) -> list[float]:
    """Heights of rules and shade edges over most of the table's width, beside its body."""
    text, header, lines = part
    if not lines:
        return []
    top = header_bottom(text, header) if header is not None else lines[0].y0 - 20.0
    bottom = max(line.y1 for line in lines) + 20.0
    covered: dict[float, float] = {}
    for y, x0, x1 in sorted(text.rules):
        if top - 2 < y < bottom:
            near = next((at for at in covered if abs(at - y) < 1.0), y)
            share = max(min(x1, edges[-1]) - max(x0, edges[0]), 0.0)
            covered[near] = covered.get(near, 0.0) + share
    width = edges[-1] - edges[0]
    return sorted(y for y, share in covered.items() if share >= settings.rule_share * width)


def header_bottom(text: PageText, header: Header) -> float:
    """Lowest edge of a header's letters."""
    return max(line.y1 for line in text.lines[header.first : header.stop])


@dataclass(slots=True)
class _RowLines:
    """Lines of one row by column; a band has one cell."""

    y0: float
    y1: float
    cells: list[list[Line]]


def _row(cells: list[list[Line]]) -> _RowLines:
    boxes = [line.bbox for lines in cells for line in lines]
    return _RowLines(min(box[1] for box in boxes), max(box[3] for box in boxes), cells)


def _fragment(
    text: PageText,
    item: _Sorted,
    edges: Sequence[float],
    cuts: Sequence[float],
    rules: Sequence[float],
) -> TableFragment:
    """Set rows one under the other; `rules` are those that part them."""
    head = [_row(item.header)] if any(item.header) else []
    rows = [*head, *_body_rows(item, cuts)]
    ys, top, bottom = _heights(rows, rules)
    groups = item.groups if head else []
    if groups:
        split = (max(line.bbox[3] for line, _, _ in groups) + rows[0].y0) / 2
        ys = [min(ys[0], *(line.bbox[1] - _SPACE for line, _, _ in groups)), split, *ys[1:]]
        grid = _grouped(rows[0], groups, edges, ys)
    else:
        grid = []
    for r in range(len(grid) // 2, len(rows)):
        grid.append(_cells(rows[r], len(grid), edges, ys))
    shade_cells(text.layout, list({id(cell): cell for row in grid for cell in row}.values()))
    return TableFragment(
        page=text.found.page,
        xs=list(edges),
        ys=ys,
        rows=grid,
        open_top=bool(rules) and not head and not top,
        open_bottom=bool(rules) and not bottom,
    )


def _body_rows(item: _Sorted, cuts: Sequence[float]) -> list[_RowLines]:
    """Part the body's lines at the cuts, and around each band."""
    places = sorted([*cuts, *_band_edges(item)])
    bands: list[list[Line]] = [[] for _ in range(len(places) + 1)]
    parts: list[list[list[Line]]] = [[[] for _ in item.body] for _ in range(len(places) + 1)]
    for lines in item.bands:
        for line in lines:
            bands[bisect_right(places, _middle(line))].append(line)
    for c, column in enumerate(item.body):
        for line in column:
            parts[bisect_right(places, _middle(line))][c].append(line)
    out: list[_RowLines] = []
    for band, part in zip(bands, parts, strict=True):
        if band:
            last = out[-1] if out else None
            if last is not None and len(last.cells) == 1 and band[0].bbox[1] - last.y1 < 6.0:
                out[-1] = _row([[*last.cells[0], *band]])
            else:
                out.append(_row([band]))
        if any(part):
            out.append(_row(part))
    return out


def _middle(line: Line) -> float:
    return (line.bbox[1] + line.bbox[3]) / 2


def _heights(rows: Sequence[_RowLines], rules: Sequence[float]) -> tuple[list[float], bool, bool]:
    """Row edges, at rules where there are such; and whether the first and last are drawn."""
    first, last = rows[0], rows[-1]
    above = [y for y in rules if first.y0 - _NEAR < y <= first.y0 + _SPACE]
    below = [y for y in rules if last.y1 - _SPACE <= y < last.y1 + _NEAR]
    ys = [above[-1] if above else first.y0 - _SPACE]
    for upper, lower in pairwise(rows):
        between = [y for y in rules if upper.y1 - _SPACE < y < lower.y0 + _SPACE]
        ys.append(between[0] if between else (upper.y1 + lower.y0) / 2)
    ys.append(below[0] if below else last.y1 + _SPACE)
    return ys, bool(above), bool(below)


def _cells(
    row: _RowLines, r: int, edges: Sequence[float], ys: Sequence[float]
) -> list[FragmentCell]:
    columns = len(edges) - 1
    if len(row.cells) == 1 and columns > 1:
        band = FragmentCell(r, 0, 1, columns, (edges[0], ys[r], edges[-1], ys[r + 1]), row.cells[0])
        return [band] * columns
    return [
        FragmentCell(r, c, 1, 1, (edges[c], ys[r], edges[c + 1], ys[r + 1]), lines)
        for c, lines in enumerate(row.cells)
    ]


def _grouped(
    row: _RowLines,
    groups: Sequence[tuple[Line, int, int]],
    edges: Sequence[float],
    ys: Sequence[float],
) -> list[list[FragmentCell]]:
    """Two header rows: groups over their columns; the other headers are as high as both."""
    lower = _cells(row, 1, edges, ys)
    upper = list(lower)
    for line, first, last in groups:
        if upper[first] is lower[first]:
            box = (edges[first], ys[0], edges[last + 1], ys[1])
            upper[first : last + 1] = [FragmentCell(0, first, 1, last + 1 - first, box)] * (
                last + 1 - first
            )
        upper[first].lines.append(line)
    for c, cell in enumerate(lower):
        if upper[c] is cell:
            cell.row, cell.rowspan = 0, 2
            cell.bbox = (edges[c], ys[0], edges[c + 1], ys[2])
    return [upper, lower]


def _words(fragment: TableFragment) -> set[int]:
    return {w for row in fragment.rows for cell in row for line in cell.lines for w in line.words}
