"""Regions of text to table fragments: words to columns, lines to rows, rows to cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actionplan.extract.fragments import TableFragment
from actionplan.extract.lines import build_lines
from actionplan.extract.pieces import Piece, PieceLine
from actionplan.extract.unruled_cells import RowRule, SortedText, set_fragment
from actionplan.extract.unruled_headers import Header
from actionplan.extract.unruled_levels import Body
from actionplan.extract.unruled_pages import PageText
from actionplan.extract.unruled_rows import RowSplitter
from actionplan.extract.unruled_settings import UnruledSettings
from actionplan.extract.whitespace import Columns
from actionplan.schemas.tables import Line

_Part = tuple[PageText, Header | None, list[PieceLine]]
_AROUND = 20.0  # points above and below the body in which rules are the table's
_COVERED = 0.9  # share of a column's side that a rule through it covers


def build_fragments(
    parts: Sequence[_Part],
    header: Header,
    columns: Columns,
    label: re.Pattern[str] | None,
    settings: UnruledSettings,
) -> list[TableFragment]:
    """Build one fragment for each part of a table.

    Args:
        parts: page, header if there is one on it, and lines of the body, in page order.
        header: the table's first header.
        columns: its columns.
        label: matches at the start of a cell that begins a row.
        settings: weights and thresholds.

    Returns:
        Fragments in the order of `parts`; none where the text is no table after all.
    """
    edges = columns.edges
    items = [_sort(part, columns) for part in parts]
    if not _is_table(items):
        return []
    rules = [_rules(part, edges, settings) for part in parts]
    bodies = [
        Body(item.body, [rule.y for rule in between if len(rule.columns) == len(columns)])
        for item, between in zip(items, rules, strict=True)
    ]
    splitter = RowSplitter(bodies, edges, label, settings)
    rows = splitter.split()
    certainty = min(1.0, 0.5 + 0.5 * header.share) * _agreement(parts, columns)
    out: list[TableFragment] = []
    for part, item, between, found in zip(parts, items, rules, rows, strict=True):
        fragment = set_fragment(
            part[0].layout,
            item,
            edges,
            found,
            between if splitter.by_rules else [],
        )
        fragment.confidence = round(certainty * (0.6 + 0.4 * found.certainty), 3)
        out.append(fragment)
    least = min((fragment.confidence for fragment in out), default=0.0)
    for fragment in out:
        fragment.confidence = least
    return out


def _is_table(items: Sequence[SortedText]) -> bool:
    """Do at least two columns have text, side by side at least once?"""
    filled = [[any(lines) for lines in item.body] for item in items]
    return any(sum(row) >= 2 for row in filled)


def _agreement(parts: Sequence[_Part], columns: Columns) -> float:
    """Share of the body's lines that keep to the columns."""
    lines = [line for _, _, lines in parts for line in lines]
    crossing = sum(columns.across(line) for line in lines)
    return 1.0 - crossing / max(len(lines), 1)


def _sort(part: _Part, columns: Columns) -> SortedText:
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
    return SortedText(
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


def _rules(part: _Part, edges: Sequence[float], settings: UnruledSettings) -> list[RowRule]:
    """Rules and shade edges beside the body that run through at least two columns."""
    text, header, lines = part
    if not lines:
        return []
    top = header_bottom(text, header) if header is not None else lines[0].y0 - _AROUND
    bottom = max(line.y1 for line in lines) + _AROUND
    levels: list[tuple[float, list[tuple[float, float, bool]]]] = []
    for y, x0, x1, drawn in sorted(text.rules):
        if top - 2 < y < bottom:
            if not levels or y - levels[-1][0] >= 1.0:
                levels.append((y, []))
            levels[-1][1].append((x0, x1, drawn))
    out: list[RowRule] = []
    every = frozenset(range(len(edges) - 1))
    for y, items in levels:
        # Where a line is drawn in some columns, the edge of a shade is no border in the others.
        some = any(drawn for *_, drawn in items)
        spans = [(x0, x1) for x0, x1, drawn in items if drawn or not some]
        columns = frozenset(c for c in every if _along(edges[c], edges[c + 1], spans) >= _COVERED)
        if _along(edges[0], edges[-1], spans) >= settings.rule_share and len(columns) + 1 >= len(
            every
        ):
            columns = every
        if len(columns) >= 2:
            out.append(RowRule(y, columns))
    return out


def _along(low: float, high: float, spans: Sequence[tuple[float, float]]) -> float:
    """Share of the way from `low` to `high` that is covered."""
    covered, reached = 0.0, low
    for x0, x1 in sorted(spans):
        covered += max(min(x1, high) - max(x0, reached), 0.0)
        reached = max(reached, x1)
    return covered / max(high - low, 1.0)


def header_bottom(text: PageText, header: Header) -> float:
    """Lowest edge of a header's letters."""
    return max(line.y1 for line in text.lines[header.first : header.stop])
