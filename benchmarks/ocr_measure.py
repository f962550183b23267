"""One scan read, against the truth of its plan and the words of the plan as it was printed."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from table_scores import TableScore, is_plain_truth, score_document

from actionplan import read_tables
from actionplan.api import plan_of
from actionplan.normalise.scoring import Score, score_plan
from actionplan.schemas.tables import ReadOptions, TableDocument

Result = TypeVar("Result")
NEVER = ReadOptions(ocr="never")


class Words(NamedTuple):
    """Words read rightly, read, and true, each counted as often as it stands on the pages."""

    right: int = 0
    read: int = 0
    true: int = 0

    @property
    def recall(self) -> float:
        """Share of the true words that were read, 0..1."""
        return self.right / self.true if self.true else 1.0

    @property
    def precision(self) -> float:
        """Share of the words read that are true, 0..1."""
        return self.right / self.read if self.read else 1.0

    def plus(self, other: Words) -> Words:
        """Return the sum of both counts."""
        return Words(*(one + two for one, two in zip(self, other, strict=True)))


@dataclass(frozen=True)
class Measured:
    """What one scan gave; `seconds` is processor time, that of started programs included."""

    name: str
    pages: int
    words: Words
    tables: TableScore
    plan: Score
    seconds: float

    @property
    def per_page(self) -> float:
        """Seconds of processor time a page."""
        return self.seconds / self.pages


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """Return what `work` gives and the processor time that it took, programs started included."""
    before = os.times()
    result = work()
    after = os.times()
    return result, sum(after[:4]) - sum(before[:4])


def words_of(document: TableDocument) -> Counter[str]:
    """Return the words of a document, each with how often it stands there."""
    return Counter(word for _, line in document.iter_lines() for word in line.text.split())


def measure_scan(
    pdf: Path, truth: dict[str, Any], plan: Path, options: ReadOptions | None = None
) -> Measured:
    """Read the scan at `pdf` and score it.

    Args:
        pdf: the scan.
        truth: tables and records of the plan.
        plan: the plan's own file, read for its words.
        options: how the scan is read.
    """
    document, seconds = timed(lambda: read_tables(pdf, options=options))
    texts = [[[cell.text for cell in row.cells] for row in t.rows] for t in document.tables]
    true, read = words_of(read_tables(plan, options=NEVER)), words_of(document)
    return Measured(
        name=pdf.stem,
        pages=len(document.pages),
        words=Words((true & read).total(), read.total(), true.total()),
        tables=score_document(texts, truth).score if is_plain_truth(truth) else TableScore(),
        plan=score_plan(plan_of(document).model_dump(mode="json"), truth),
        seconds=seconds,
    )


def truth_at(path: Path) -> dict[str, Any]:
    """Return a truth file's content."""
    truth: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return truth
