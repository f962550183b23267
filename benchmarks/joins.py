"""The board of joins: page breaks inside rows, against truth taken from structure trees.

python benchmarks/joins.py FOLDER

FOLDER holds `NAME.pdf` with `NAME.truth.json`, in which each row of each table has its `pages`. A
row over several pages is a true join at each page but its first. A "row" that repeats its text on
each page is a header, and an empty piece after a break proves nothing: both are left out.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from actionplan import read_tables
from actionplan.schemas.tables import LogicalTable, ReadOptions


@dataclass(slots=True)
class Joins:
    """What became of the page breaks of one document.

    Attributes:
        true: pages that begin with the rest of a row.
        found: pages on which a row was joined.
        asked: pages on which the structure tree spoke.
    """

    true: set[int]
    found: set[int]
    asked: set[int]


def main() -> None:
    """Print the board as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    print("| document | reading | true joins | joined right | missed | wrong | the tree spoke |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for use_tags in (False, True):
        total = Joins(set(), set(), set())
        for k, path in enumerate(sorted(folder.glob("*.truth.json"))):
            joins = _measure(path, use_tags=use_tags)
            _print(path.name.partition(".")[0], joins, use_tags=use_tags)
            shift = 10_000 * k  # pages of all documents in one set
            for one, all_ in zip(_parts(joins), _parts(total), strict=True):
                all_.update(page + shift for page in one)
        _print("**all**", total, use_tags=use_tags)


def _parts(joins: Joins) -> tuple[set[int], set[int], set[int]]:
    return joins.true, joins.found, joins.asked


def _print(name: str, joins: Joins, *, use_tags: bool) -> None:
    right = joins.true & joins.found
    cells = (
        name,
        "with tags" if use_tags else "--no-tags",
        len(joins.true),
        len(right),
        len(joins.true - joins.found),
        len(joins.found - joins.true),
        len(joins.asked),
    )
    print("| " + " | ".join(map(str, cells)) + " |")


def _measure(truth: Path, *, use_tags: bool) -> Joins:
    pdf = truth.with_name(truth.name.replace(".truth.json", ".pdf"))
    tables = read_tables(pdf, options=ReadOptions(use_tags=use_tags)).tables
    joins = [join for table in tables for join in table.joins]
    return Joins(
        true=_true_joins(json.loads(truth.read_text(encoding="utf-8"))),
        found={page for table in tables for page in _joined(table)},
        asked={join.page for join in joins if any(e.name == "tags" for e in join.evidence)},
    )


def _joined(table: LogicalTable) -> list[int]:
    """Pages on which a row was joined, and had text to join."""
    return [
        join.page
        for join in table.joins
        if join.joined and any(e.name == "empty-row" for e in join.evidence) is False
    ]


def _true_joins(truth: dict[str, Any]) -> set[int]:
    rows = [row for table in truth["tables"] for row in table["rows"]]
    return {page for row in rows if not _repeats(row) for page in row["pages"][1:]}


def _repeats(row: dict[str, Any]) -> bool:
    """Is the row's text the same on each of its pages: a header?"""
    pages = len(row["pages"])
    texts = [cell.split() for cell in row["cells"] if cell.split()]
    return all(
        len(words) % pages == 0 and words[: len(words) // pages] * pages == words for words in texts
    )


if __name__ == "__main__":
    main()
