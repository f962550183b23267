"""One document read by the project itself, against its truth."""

from __future__ import annotations

import json
import time
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from table_scores import Rows, Scored, TableScore, is_plain_truth, score_document

from actionplan import read_tables
from actionplan.api import plan_of
from actionplan.normalise.scoring import Score, score_plan
from actionplan.schemas.tables import TableDocument

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
CELL = 40  # characters of a wrong row's cells that are shown
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0001)
Seen = tuple[float, bool]


@dataclass(frozen=True)
class Measured:
    """What one document gave.

    Attributes:
        kinds: the kinds of table and page that the sample's source names.
        tables: table score, where the truth has tables of plain rows.
        plan: record score, where the truth has records.
        words: words of all pages; `lost` and `doubled` of them by the audit.
        cpu: seconds of processor time from path to tables.
        rows: confidence of each row compared, and whether it is right in every column.
        joins: the same of each decision at a page break: a join is right if its row holds no two
            true rows, a refusal if the two rows are not pieces of one.
        wrong: the rows read that are not right, each with its place and what is known of it.
    """

    name: str
    kinds: tuple[str, ...]
    pages: int
    tables: TableScore | None
    plan: Score | None
    words: int
    lost: int
    doubled: int
    cpu: float
    rows: list[Seen] = field(default_factory=list)
    joins: list[Seen] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def confidence(self) -> float | None:
        """Mean confidence of the rows compared."""
        return sum(sure for sure, _ in self.rows) / len(self.rows) if self.rows else None


def measure(path: Path) -> Measured:
    """Read the PDF at `path` and score it against the truth beside it."""
    truth = truth_of(path)
    start = time.process_time()
    document = read_tables(path)
    cpu = time.process_time() - start
    words, lost, doubled = (
        sum(getattr(page, name) for page in document.audit)
        for name in ("words", "lost", "duplicated")
    )
    scored = score_document(texts(document), truth) if is_plain_truth(truth) else None
    plan = plan_of(document).model_dump(mode="json") if "records" in truth else None
    return Measured(
        name=path.stem,
        kinds=kinds_of(path),
        pages=len(document.pages),
        tables=scored.score if scored else None,
        plan=score_plan(plan, truth) if plan is not None else None,
        words=words,
        lost=lost,
        doubled=doubled,
        cpu=cpu,
        rows=_rows_seen(document, scored) if scored else [],
        joins=_joins_seen(document, scored) if scored else [],
        wrong=_wrong(document, scored) if scored else [],
    )


def truth_of(path: Path) -> dict[str, Any]:
    """Return the truth beside a PDF; empty where there is none."""
    for ending in (".truth.json", ".gt.json"):
        beside = path.with_suffix(ending)
        if beside.exists():
            truth: dict[str, Any] = json.loads(beside.read_text(encoding="utf-8"))
            return truth
    return {}


def kinds_of(path: Path) -> tuple[str, ...]:
    """Return what a sample's source says of its kinds (``kinds = ["borderless"]``)."""
    source = path.parent / "sources" / f"{path.stem}.toml"
    if not source.exists():
        return ()
    return tuple(tomllib.loads(source.read_text(encoding="utf-8")).get("kinds", ()))


def texts(document: TableDocument) -> list[Rows]:
    """Return the cell texts of all tables; covered places are empty."""
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]


def _rows_seen(document: TableDocument, scored: Scored) -> list[Seen]:
    return [
        (row.confidence, (number, at) in scored.exact)
        for number, table in enumerate(document.tables)
        for at, row in enumerate(table.rows)
        if (number, at) in scored.counted
    ]


def _wrong(document: TableDocument, scored: Scored) -> list[str]:
    out = []
    for number, at in sorted(scored.counted - scored.exact):
        row = document.tables[number].rows[at]
        cells = " / ".join(cell.text[:CELL] for cell in row.cells)
        known = "merged, " if (number, at) in scored.merged else ""
        known += "split, " if (number, at) in scored.pieces else ""
        out.append(f"table {number + 1}, row {at + 1} ({known}pages {row.pages}): {cells}")
    return out


def _joins_seen(document: TableDocument, scored: Scored) -> list[Seen]:
    out = []
    for number, table in enumerate(document.tables):
        for join in table.joins:
            before, after = (number, join.row), (number, join.row + 1)
            if before not in scored.counted:
                continue
            whole = scored.pieces.get(before)
            torn = whole is not None and whole == scored.pieces.get(after)
            right = before not in scored.merged if join.joined else not torn
            out.append((join.confidence, right))
    return out


def reliability(title: str, seen: Sequence[Seen]) -> Iterable[str]:
    """Markdown lines: of what has a confidence in each bin, the share that is right."""
    yield f"| {title}: confidence | number | mean confidence | share right |"
    yield "| --- | --- | --- | --- |"
    for low, high in pairwise(BINS):
        inside = [item for item in seen if low <= item[0] < high]
        if inside:
            sure, right = (sum(item[at] for item in inside) / len(inside) for at in (0, 1))
            yield f"| {low:.2f} to {min(high, 1):.2f} | {len(inside)} | {sure:.3f} | {right:.3f} |"
    if seen:
        yield f"| all | {len(seen)} | | {sum(right for _, right in seen) / len(seen):.3f} |"
