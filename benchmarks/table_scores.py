"""Scores of stitched tables against true ones; knows nothing of any reader.

How it counts:

- A cell is compared after soft hyphens are removed and white space is collapsed; case, dashes,
  quotes and ligatures must be right. Empty cells do not count, on either side.
- Rows are aligned in order, so that the sum of their similarities is greatest. The similarity of
  two rows is the mean of the normalised Levenshtein similarities of the columns in which either
  has text. A cell is right only if it stands in the same column of the aligned row.
- Predicted rows equal to a true header are left out, and so are wholly empty rows, columns that
  are empty in a whole table, and rows that are like a row of a table that is no plan.
- A true row is split if at least two predicted rows, none of them right, are made of its words for
  the most part; a predicted row is merged if it holds the most part of at least two true rows.
- A merged cell's text stands in its first row. A reader that repeats it in the others is scored
  with the repetitions left out, if that is better for it.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise, zip_longest
from typing import Any

from rapidfuzz.distance import Levenshtein

from actionplan.normalise.pairing import best_pairs

Rows = list[list[str]]
Origin = tuple[int, int]
Pair = tuple[int, int]

ALIKE = 0.8  # similarity (0..1) from which a row is one of a table that is no plan
MOST = 0.6  # share of a row's words that makes it a piece of another row


@dataclass(frozen=True)
class TableScore:
    """What was counted in one or more documents.

    Attributes:
        right: cells that are right.
        predicted: cells with text that were read.
        true: cells with text in the truth.
        exact: true rows that are right in every column.
        rows: true rows.
        split: true rows that were read as several.
        merged: rows read that hold several true ones.
        alike: sum over the true cells of the similarity (0..1) to the cell read in their place.
    """

    right: int = 0
    predicted: int = 0
    true: int = 0
    exact: int = 0
    rows: int = 0
    split: int = 0
    merged: int = 0
    alike: float = 0.0

    def plus(self, other: TableScore) -> TableScore:
        """Return the sum of both."""
        names = [field.name for field in fields(self)]
        return TableScore(*(getattr(self, name) + getattr(other, name) for name in names))

    @property
    def f1(self) -> float:
        """Exact-cell F1: harmonic mean of precision and recall; 1 where nothing was to be found."""
        total = self.predicted + self.true
        return 2 * self.right / total if total else 1.0

    @property
    def likeness(self) -> float:
        """Mean similarity (0..1) of true cells to those read in their place; 0 where none is."""
        return self.alike / self.true if self.true else 1.0

    @property
    def row_recall(self) -> float:
        """Share of the true rows that are right in every column."""
        return self.exact / self.rows if self.rows else 1.0


@dataclass(frozen=True)
class Scored:
    """A document's score with the verdict on each row that was read.

    Rows are named by their origin, ``(table, row)`` as given to `score_document`.

    Attributes:
        score: the counts.
        counted: rows that were compared with the truth.
        exact: rows that are right in every column.
        merged: rows that hold several true ones.
        pieces: the true row that a row is a piece of.
    """

    score: TableScore
    counted: frozenset[Origin]
    exact: frozenset[Origin]
    merged: frozenset[Origin]
    pieces: Mapping[Origin, int]


def norm(cell: object) -> str:
    """Return a cell's text as it is compared."""
    text = "" if cell is None else str(cell)
    return " ".join(unicodedata.normalize("NFC", text).replace("\u00ad", "").split())


def is_plain_truth(truth: Mapping[str, Any]) -> bool:
    """Whether `truth` holds tables of plain rows (a structure tree's has pages with each row)."""
    tables = truth.get("tables") or []
    return bool(tables) and all(isinstance(row, list) for table in tables for row in table["rows"])


def row_similarity(one: Sequence[str], other: Sequence[str]) -> float:
    """Return the mean similarity (0..1) of the columns in which either row has text."""
    likeness = [
        Levenshtein.normalized_similarity(a, b) if a and b else 0.0
        for a, b in zip_longest(one, other, fillvalue="")
        if a or b
    ]
    return sum(likeness) / len(likeness) if likeness else 1.0


def align(predicted: Rows, truth: Rows) -> list[Pair]:
    """Return index pairs in order with the largest summed similarity; gaps cost nothing."""
    alike = [[row_similarity(ours, theirs) for theirs in truth] for ours in predicted]
    return best_pairs(alike, len(truth), 0.0)


def score_document(tables: Sequence[Rows], truth: Mapping[str, Any]) -> Scored:
    """Score the tables of one document; see the top of this module for what counts."""
    true_rows, heads = _true_rows(truth)
    found = list(_predicted_rows(tables, heads))
    others = [row for table in truth.get("other_tables") or [] for row in _all_rows(table)]
    found = [item for item in found if not _belongs(item[1], others, true_rows)]
    origins, rows = [item[0] for item in found], [item[1] for item in found]
    pairs = align(rows, true_rows)
    exact = [pair for pair in pairs if _padded(rows[pair[0]], true_rows[pair[1]])]
    pieces, merged = _torn(rows, true_rows, exact)
    score = TableScore(
        right=sum(_right(rows[i], true_rows[j]) for i, j in pairs),
        predicted=sum(1 for row in rows for cell in row if cell),
        true=sum(1 for row in true_rows for cell in row if cell),
        exact=len(exact),
        rows=len(true_rows),
        split=len(set(pieces.values())),
        merged=len(merged),
        alike=sum(_alike(rows[i], true_rows[j]) for i, j in pairs),
    )
    return Scored(
        score,
        frozenset(origins),
        frozenset(origins[i] for i, _ in exact),
        frozenset(origins[i] for i in merged),
        {origins[i]: j for i, j in pieces.items()},
    )


def score_either(tables: Sequence[Rows], truth: Mapping[str, Any]) -> TableScore:
    """Score tables whose merged cells may repeat their text: the better of as read and without."""
    plain = score_document(tables, truth).score
    if plain.f1 == 1:
        return plain
    once = score_document([without_repeats(rows) for rows in tables], truth).score
    return max(plain, once, key=lambda score: score.f1)


def without_repeats(rows: Rows) -> Rows:
    """Return `rows` without texts that stand in the cell above or to the left already."""
    return [
        [
            "" if (at and cell == row[at - 1]) or cell == _at(above, at) else cell
            for at, cell in enumerate(row)
        ]
        for above, row in zip([[], *rows], rows, strict=False)
    ]


def _at(row: Sequence[str], at: int) -> str:
    return row[at] if at < len(row) else ""


def _right(one: Sequence[str], other: Sequence[str]) -> int:
    return sum(1 for a, b in zip(one, other, strict=False) if a and a == b)


def _alike(one: Sequence[str], other: Sequence[str]) -> float:
    cells = zip(one, other, strict=False)
    return sum(Levenshtein.normalized_similarity(a, b) for a, b in cells if a and b)


def _padded(one: Sequence[str], other: Sequence[str]) -> bool:
    return all(a == b for a, b in zip_longest(one, other, fillvalue=""))


def _all_rows(table: Mapping[str, Any]) -> Iterator[list[str]]:
    for row in [*table.get("rows", []), table.get("columns") or []]:
        cells = [norm(cell) for cell in row]
        if any(cells):
            yield cells


def _true_rows(truth: Mapping[str, Any]) -> tuple[Rows, set[tuple[str, ...]]]:
    heads, out = set(), []
    for table in truth["tables"]:
        rows = [row for cells in table["rows"] if any(row := [norm(cell) for cell in cells])]
        columns = [norm(column).lower() for column in table.get("columns") or []]
        keep = _filled(rows, max((len(row) for row in [*rows, columns]), default=0))
        heads.add(tuple(columns))
        heads.add(tuple(_at(columns, at) for at in keep if at < len(columns)))
        out += [[_at(row, at) for at in keep] for row in rows]
    return out, heads - {()}


def _predicted_rows(
    tables: Sequence[Rows], heads: set[tuple[str, ...]]
) -> Iterator[tuple[Origin, list[str]]]:
    for number, table in enumerate(tables):
        rows = [[norm(cell) for cell in row] for row in table]
        kept = [at for at, row in enumerate(rows) if any(row) and _lower(row) not in heads]
        keep = _filled([rows[at] for at in kept], max(map(len, rows), default=0))
        for at in kept:
            row = [_at(rows[at], column) for column in keep]
            if _lower(row) not in heads:
                yield (number, at), row


def _filled(rows: Rows, width: int) -> list[int]:
    return [at for at in range(width) if any(_at(row, at) for row in rows)]


def _lower(row: Sequence[str]) -> tuple[str, ...]:
    return tuple(cell.lower() for cell in row)


def _belongs(row: list[str], others: Rows, true_rows: Rows) -> bool:
    """Whether `row` is one of a table that is no plan."""
    if max((row_similarity(row, other) for other in others), default=0.0) < ALIKE:
        return False
    return max((row_similarity(row, true) for true in true_rows), default=0.0) < ALIKE


def _torn(predicted: Rows, truth: Rows, exact: Sequence[Pair]) -> tuple[dict[int, int], set[int]]:
    """Pieces of true rows, as predicted row: true row, and predicted rows that hold several."""
    pieces: dict[int, int] = {}
    merged: set[int] = set()
    stops = [(-1, -1), *exact, (len(predicted), len(truth))]
    for (i, j), (next_i, next_j) in pairwise(stops):
        ours = {at: _words(predicted[at]) for at in range(i + 1, next_i)}
        theirs = {at: _words(truth[at]) for at in range(j + 1, next_j)}
        for whole, parts in _shared_out(ours, theirs).items():
            pieces |= dict.fromkeys(parts, whole)
        merged |= set(_shared_out(theirs, ours))
    return pieces, merged


def _words(row: Sequence[str]) -> Counter[str]:
    return Counter(word for cell in row for word in cell.lower().split())


def _shared_out(
    parts: Mapping[int, Counter[str]], wholes: Mapping[int, Counter[str]]
) -> dict[int, list[int]]:
    """Wholes that are made of two or more parts, each part with the whole it has most of."""
    sizes = {
        (part, whole): (words & wholes[whole]).total()
        for part, words in parts.items()
        for whole in wholes
    }
    best = {part: max(wholes, key=lambda whole: sizes[part, whole]) for part in parts if wholes}
    out = {}
    for whole, words in wholes.items():
        left, held = words.copy(), []
        mine = [part for part in parts if best[part] == whole]
        for part in sorted(mine, key=lambda part: -sizes[part, whole]):
            taken = parts[part] & left
            if taken.total() >= MOST * parts[part].total():
                held.append(part)
                left -= taken
        if len(held) > 1:
            out[whole] = held
    return out
