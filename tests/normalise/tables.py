"""Hand-built logical tables for the tests of `normalise`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actionplan.schemas.tables import (
    Cell,
    Column,
    Line,
    LogicalTable,
    PageAudit,
    PageInfo,
    Region,
    Row,
    TableDocument,
)

PITCH = 12.0  # points from one line to the next
HEIGHT = 10.0  # points from a line's top to its bottom
WIDTH = 140.0  # points of a column


def line(
    text: str, *, x: float = 40.0, y: float = 100.0, page: int = 1, bold: bool = False
) -> Line:
    """Return a line of ten-point type; a character is five points wide."""
    box = (x, y, x + 5.0 * len(text), y + HEIGHT)
    return Line(text, page, box, size=10.0, bold=bold, bold_lead=len(text) if bold else 0)


def cell(
    text: str = "",
    *,
    x: float = 40.0,
    y: float = 100.0,
    page: int = 1,
    fill: tuple[int, int, int] | None = None,
    rowspan: int = 1,
    covered: bool = False,
) -> Cell:
    """Return a cell whose lines are the lines of `text`; an empty line leaves its space free."""
    lines = [
        line(
            part.strip(),
            x=x + 5.0 * (len(part) - len(part.lstrip())),
            y=y + PITCH * index,
            page=page,
        )
        for index, part in enumerate(text.split("\n"))
        if part.strip()
    ]
    height = PITCH * (text.count("\n") + 1)
    region = Region(page, (x, y, x + WIDTH, y + height))
    return Cell(lines, [region], rowspan=rowspan, covered=covered, fill=fill)


def row(*cells: str | Cell, y: float = 100.0, page: int = 1, kind: str = "body") -> Row:
    """Return a row; texts become cells side by side."""
    made = [
        item if isinstance(item, Cell) else cell(item, x=40.0 + WIDTH * index, y=y, page=page)
        for index, item in enumerate(cells)
    ]
    return Row(made, kind="band" if kind == "band" else "body")


def band(text: str, width: int, *, y: float = 100.0, page: int = 1) -> Row:
    """Return a band row over `width` columns."""
    first = cell(text, y=y, page=page)
    first.colspan = width
    return Row([first, *(Cell(covered=True) for _ in range(width - 1))], kind="band")


def columns(*headers: str) -> list[Column]:
    """Return columns of equal width; a newline in a header starts a new line of it."""
    return [
        Column(
            " ".join(header.split()),
            [line(part, x=40.0 + WIDTH * index, y=80.0) for part in header.split("\n") if part],
            40.0 + WIDTH * index,
            40.0 + WIDTH * (index + 1),
        )
        for index, header in enumerate(headers)
    ]


def table(headers: Sequence[str], rows: Sequence[Any], heading: str = "") -> LogicalTable:
    """Return a table; rows given as texts are placed one below the other."""
    placed: list[Row] = []
    y = 100.0
    for item in rows:
        made = item if isinstance(item, Row) else row(*item, y=y)
        placed.append(made)
        depth = max((len(one.lines) for one in made.cells), default=1)
        y += PITCH * (depth + 1)
    lines = [line(part, y=40.0 + PITCH * i) for i, part in enumerate(heading.split("\n")) if part]
    pages = sorted({page for item in placed for page in item.pages})
    return LogicalTable(columns(*headers), placed, heading=lines, pages=pages or [1])


def document(*tables: LogicalTable, notes: str = "", furniture: str = "") -> TableDocument:
    """Return a document of one page that holds `tables`."""
    doc = TableDocument(
        name="plan.pdf",
        sha256="0" * 64,
        size=1000,
        pages=[PageInfo(1, 842.0, 595.0)],
        tables=list(tables),
    )
    doc.unassigned = [line(part, y=10.0) for part in notes.split("\n") if part]
    doc.furniture = [line(part, y=580.0) for part in furniture.split("\n") if part]
    words = [(role, len(item.text.split())) for role, item in doc.iter_lines()]
    count = {role: sum(n for other, n in words if other == role) for role, _ in words}
    doc.audit = [
        PageAudit(
            1,
            sum(count.values()),
            count.get("cell", 0),
            count.get("heading", 0),
            count.get("header", 0),
            count.get("furniture", 0),
            count.get("unassigned", 0),
            0,
            0,
        )
    ]
    return doc
