"""Lines that may tell the facts of a document: its front, its running lines, its control table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from actionplan.normalise.columns import plain
from actionplan.normalise.settings import NormaliseSettings
from actionplan.normalise.vocabulary import load
from actionplan.schemas.tables import Line, LogicalTable, TableDocument

_EDGE = 0.09  # share of a page's height, at its top and its foot, where running lines are printed
_CONTROL_ROWS = 25  # rows of the longest table of document control
_CONTROL_LABELS = 2  # labels that make a table one of document control


class FrontText(NamedTuple):
    """Lines that may tell a fact, the most telling first: front pages, then running lines."""

    front: tuple[str, ...]
    running: tuple[str, ...]

    def __iter__(self) -> Iterator[str]:  # type: ignore[override]
        yield from self.front
        yield from self.running


def front_text(
    doc: TableDocument, plan_pages: Sequence[int], settings: NormaliseSettings
) -> FrontText:
    """Return the lines of `doc` outside its plan that may tell its facts, without repeats.

    Args:
        doc: the document as read.
        plan_pages: pages of its plan tables, ascending; the first of them counts as a front page.
        settings: thresholds.
    """
    pages = set(range(1, settings.front_pages + 1)) | set(plan_pages[:1])
    lines: list[Line] = [line for table in doc.tables for line in table.heading]
    lines += doc.unassigned
    front = [line for line in lines if line.page in pages]
    front.sort(key=lambda line: (line.page, round(line.bbox[1]), line.bbox[0]))
    control = [
        text for table in doc.tables if pages & set(table.pages) for text in _control_lines(table)
    ]
    heights = {page.page: page.height for page in doc.pages}
    loose = (line for line in doc.unassigned if _at_edge(line, heights.get(line.page, 0.0)))
    running = [*doc.furniture, *loose]
    return FrontText(_once([*(x.text for x in front), *control]), _once(x.text for x in running))


def _at_edge(line: Line, height: float) -> bool:
    return line.bbox[3] < _EDGE * height or line.bbox[1] > (1 - _EDGE) * height


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    for text in texts:
        seen.setdefault(plain(text), " ".join(text.split()))
    seen.pop("", None)
    return tuple(seen.values())


def _control_lines(table: LogicalTable) -> list[str]:
    """What a table of document control says, as lines "Label: value"; none of other tables."""
    headers = [column.header for column in table.columns]
    rows = [[cell.text for cell in row.cells] for row in table.rows if row.kind == "body"]
    if not rows or len(rows) > _CONTROL_ROWS:
        return []
    if _labels(headers) >= _CONTROL_LABELS and _is_version(headers):
        return _pairs(headers, rows[-1])
    if _labels(rows[0]) >= _CONTROL_LABELS and _is_version(rows[0]) and len(rows) > 1:
        return _pairs(rows[0], rows[-1])
    whole = [headers, *rows] if any(headers) else rows
    labels = [row[at] for row in whole for at in range(0, len(row) - 1, 2)]
    if _labels(labels) < _CONTROL_LABELS:
        return []
    return [line for row in whole for line in _pairs(row[::2], row[1::2])]


def _labels(texts: Sequence[str]) -> int:
    """How many of `texts` are labels of document control; none beside those of a plan."""
    words = load("facts")["control"]
    keys = [plain(text) for text in texts]
    return 0 if set(keys) & set(words["plan"]) else sum(key in words["labels"] for key in keys)


def _is_version(labels: Sequence[str]) -> bool:
    """A history of versions, whose last row is about the document as it is."""
    keys = {plain(label) for label in labels}
    return bool(keys & set(load("facts")["control"]["version"])) and "date" in keys


def _pairs(labels: Sequence[str], values: Sequence[str]) -> list[str]:
    words = load("facts")["control"]
    lines = []
    for label, value in zip(labels, values, strict=False):
        key = plain(label)
        if not value or key not in words["labels"]:
            continue
        if key in words["title"]:
            lines.append(value)
        elif key in words["version"]:
            named = value[:1].isdigit()
            lines.append(f"Version {value}" if named else value)
        else:
            lines.append(f"{label.rstrip(' :')}: {value}")
    return lines
