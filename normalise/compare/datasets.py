"""Two versions of a dataset, compared: documents are paired, each pair as two plans are."""

from __future__ import annotations

import csv
import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from actionplan.normalise.compare.entries import TABLES, Paper, Row, papers
from actionplan.normalise.compare.match import pair_best, pair_unique
from actionplan.normalise.compare.model import DatasetDiff, Figures, Table
from actionplan.normalise.compare.plans import compare_papers, side
from actionplan.normalise.compare.settings import COMPARE
from actionplan.normalise.csv_text import read_rows
from actionplan.normalise.dataset.digest import plain_words
from actionplan.schemas.dataset import DATASET
from actionplan.schemas.tidy import ColumnType

_NEEDED = ("documents", "recommendations")
_KEYS = frozenset({"document_id", "record_key"})


class Contents(NamedTuple):
    """What is read of a dataset.

    Attributes:
        columns: of each table that is there, in order.
        rows: of each table that is compared row by row.
        counts: rows of each table.
    """

    name: str
    columns: Mapping[str, Sequence[str]]
    rows: Mapping[str, list[Row]]
    counts: Mapping[str, int]


def read_contents(folder: Path) -> Contents:
    """Read a dataset, also of another version: tables and columns may be missing or unknown.

    Raises:
        FileNotFoundError: the folder holds no dataset.
        OSError: a file cannot be read.
        ValueError: a file is no CSV file of a dataset.
    """
    for name in _NEEDED:
        if not (folder / f"{name}.csv").is_file():
            raise FileNotFoundError(f"{folder}: holds no {name}.csv")
    columns, rows, counts = {}, {}, {}
    for name in DATASET:
        path = folder / f"{name}.csv"
        if path.is_file():
            found = _read(path)
            columns[name] = header = next(found)
            if name in TABLES:
                rows[name] = list(_typed(name, path, header, found))
                counts[name] = len(rows[name])
            else:
                counts[name] = sum(1 for _ in found)
    return Contents(str(folder), columns, rows, counts)


def _read(path: Path) -> Iterator[list[str]]:
    """Yield the header of a table, then its rows."""
    data = path.read_bytes()
    try:
        rows = read_rows(data.decode("utf-8-sig"))
        header = next(rows, [])
        if not _KEYS & set(header) and path.stem in TABLES:
            raise ValueError("it has none of the columns of a dataset")
        yield header
        for at, row in enumerate(rows, 2):
            if len(row) != len(header):
                raise ValueError(f"row {at} has not the cells of its header")
            yield row
    except (csv.Error, ValueError) as error:
        raise ValueError(f"{path.name}: {error}") from error


def _typed(
    table: str, path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]
) -> Iterator[Row]:
    types = {column.name: column.type for column in DATASET[table].columns}
    readers = [_READERS[types.get(name, "string")] for name in header]
    for row in rows:
        try:
            yield {
                name: read(cell) if cell else None
                for name, read, cell in zip(header, readers, row, strict=True)
            }
        except ValueError as error:
            raise ValueError(f"{path.name}: {error}") from error


_READERS: dict[ColumnType, Callable[[str], object]] = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": str,
    "date": lambda cell: datetime.date.fromisoformat(cell).isoformat(),
}


def compare_datasets(old: Contents, new: Contents) -> DatasetDiff:
    """Return what differs between two datasets.

    Columns and tables that only one of them has are told, and not compared.
    """
    ones, others = papers(_common(old, new)), papers(_common(new, old))
    pairs = dict(_pair_documents(ones, others))
    diffs = [compare_papers(ones[one], others[other]) for one, other in sorted(pairs.items())]
    paired = set(pairs.values())
    return DatasetDiff(
        old.name,
        new.name,
        tuple(_tables(old, new)),
        tuple(side(paper) for at, paper in enumerate(others) if at not in paired),
        tuple(side(paper) for at, paper in enumerate(ones) if at not in pairs),
        tuple(diff for diff in diffs if not diff.empty),
        sum(diff.empty for diff in diffs),
        Figures.of(diffs),
    )


def _common(own: Contents, other: Contents) -> dict[str, list[Row]]:
    """The rows of the tables that both have, in the columns that both have."""
    found: dict[str, list[Row]] = {}
    for table, rows in own.rows.items():
        known = set(other.columns.get(table, ()))
        found[table] = [{k: v for k, v in row.items() if k in known} for row in rows if known]
    return found


def _tables(old: Contents, new: Contents) -> Iterator[Table]:
    for name in DATASET:
        before, after = old.columns.get(name, ()), new.columns.get(name, ())
        yield Table(
            name,
            old.counts.get(name),
            new.counts.get(name),
            tuple(column for column in before if column not in after),
            tuple(column for column in after if column not in before),
        )


def _pair_documents(old: Sequence[Paper], new: Sequence[Paper]) -> Iterator[tuple[int, int]]:
    """The same bytes first; then versions of one plan, by the texts that both have."""
    rest = (set(range(len(old))), set(range(len(new))))
    yield from pair_unique([paper.id for paper in old], [paper.id for paper in new], rest)
    texts = [{at: _texts(side_[at]) for at in rest[k]} for k, side_ in enumerate((old, new))]
    shared = _shared(*texts)
    names = [
        {at: plain_words(side_[at].facts.text("document")) for at in rest[k]}
        for k, side_ in enumerate((old, new))
    ]

    def score(one: int, other: int) -> float:
        smaller = min(texts[0][one].total(), texts[1][other].total())
        share = shared[one, other] / smaller if smaller else 0.0
        if names[0][one] == names[1][other]:
            return 1 + share if share >= COMPARE.named else 0.0
        enough = shared[one, other] >= min(COMPARE.least, smaller)
        return share if enough and share >= COMPARE.shared else 0.0

    yield from pair_best(rest, score, COMPARE.shared)


def _texts(paper: Paper) -> Counter[str]:
    """Texts of a document; in data without texts the fingerprints in their keys."""
    return Counter(
        plain_words(record.text("text")) or record.text("record_key").rpartition("-")[0]
        for record in paper.records
    )


def _shared(
    old: Mapping[int, Counter[str]], new: Mapping[int, Counter[str]]
) -> Counter[tuple[int, int]]:
    """How many texts each pair of documents has in common."""
    where: dict[str, list[int]] = {}
    for other, texts in new.items():
        for text in texts:
            where.setdefault(text, []).append(other)
    found: Counter[tuple[int, int]] = Counter()
    for one, texts in old.items():
        for text, count in texts.items():
            for other in where.get(text, ()):
                found[one, other] += min(count, new[other][text])
    return found
