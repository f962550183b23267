"""Documents of tables made by choices, for the interpretation."""

from __future__ import annotations

from actionplan.schemas.tables import (
    Cell,
    Column,
    Evidence,
    Glue,
    Join,
    Line,
    LogicalTable,
    PageAudit,
    PageInfo,
    Region,
    Row,
    TableDocument,
)
from fuzzing.choices import Choices

_HEADERS = (
    *("Recommendation", "Action", "Lead", "Target date", "Progress", "RAG", "No", "Agency", ""),
    *("Lead / Timescale", "Progress / RAG", "Update May 2014", "Theme", "Agency / Lead", "Scope"),
    *("Date of completion and outcome", "Key milestones achieved", "Action Required by Agency"),
    *("Revised date", "Accepted?", "Comments", "Evidence", "Status", "Local or national"),
)
_PIECES = (
    *("Recommendation 1", "R2", "1.2", "4a", "•", "a)", "Theme 3:", "Agency:", "Lead:", "By when:"),
    *(
        "Ann Marlow",
        "Det Supt",
        "Head of Housing,",
        "Northmoor Police",
        "/",
        "Dr Hale",
        "(interim)",
    ),
    *(
        "July 2014",
        "31/02/2014",
        "Q3 2017/18",
        "end of",
        "by",
        "Spring",
        "2013/14",
        "ongoing",
        "TBC",
    ),
    *("Update Feb 2014:", "12/03/15 -", "August 2013.", "completed", "not started", "Green", "RAG"),
    *("The Board should", "review its policy.", "Train staff", "within 6 months", "Yes", "N/A"),
    *(
        "Agreed",
        "in progress",
        "no later than",
        "December",
        "1st",
        "and",
        "of",
        "14",
        "24",
        ",",
        ";",
    ),
)
_GLUES: tuple[Glue, ...] = ("space", "space", "space", "keep", "drop", "cut")


def any_document(choices: Choices) -> TableDocument:
    """Return up to three tables and some text around them."""
    tables = [_table(choices) for _ in range(choices.whole(1, 3))]
    around = [_line(choices, page, 20.0) for page in (1, 2) for _ in range(choices.whole(0, 2))]
    return TableDocument(
        name="made.pdf",
        sha256="0" * 64,
        size=1,
        pages=[PageInfo(page, 842.0, 595.0) for page in (1, 2, 3)],
        tables=tables,
        unassigned=around,
        audit=[PageAudit(page, 0, 0, 0, 0, 0, 0, 0, 0) for page in (1, 2, 3)],
        title=choices.text(20) or None,
    )


def _table(choices: Choices) -> LogicalTable:
    width = choices.whole(0, 8)
    rows = [_row(choices, width) for _ in range(choices.whole(0, 8))]
    columns = [_column(choices, 100.0 * i) for i in range(width)]
    heading = [_line(choices, 1, 60.0) for _ in range(choices.whole(0, 2))]
    joins = [
        Join(2, choices.whole(0, 8), choices.chance(50), 0.5, 0.5, (Evidence("made", 0.5, ""),))
        for _ in range(choices.whole(0, 2))
    ]
    return LogicalTable(columns, rows, heading, [1, 2], joins)


def _column(choices: Choices, x: float) -> Column:
    header = choices.one_of(_HEADERS) if choices.chance(85) else choices.text(20)
    line = Line(header, 1, (x, 80.0, x + 90, 90.0), size=9.0, bold=True)
    return Column(" ".join(header.split()), [line] if header.strip() else [], x, x + 100)


def _row(choices: Choices, width: int) -> Row:
    off = choices.one_of((0, 0, 0, 0, 0, 0, -1, 1))
    cells = [_cell(choices, 100.0 * i) for i in range(max(0, width + off))]
    if cells and choices.chance(15):
        cells[0].colspan = len(cells)
        for cell in cells[1:]:
            cell.covered, cell.lines = True, []
        return Row(cells, "band")
    return Row(cells)


def _cell(choices: Choices, x: float) -> Cell:
    page = choices.whole(1, 3)
    lines = [
        _line(choices, page, 100.0 + 11 * i, x) for i in range(choices.one_of((0, 1, 1, 2, 3, 6)))
    ]
    region = Region(page, (x, 95.0, x + 100, 105.0 + 11 * len(lines)))
    fill = choices.one_of((None, None, (255, 0, 0), (0, 176, 80), (255, 192, 0)))
    return Cell(lines, [region], rowspan=choices.one_of((1, 1, 1, 2, 9)), fill=fill)


def _line(choices: Choices, page: int, y: float, x: float = 20.0) -> Line:
    parts = [
        choices.one_of(_PIECES) if choices.chance(90) else " ".join(choices.text(12).split())
        for _ in range(choices.whole(1, 7))
    ]
    text = " ".join(" ".join(parts).split()) or "-"
    glue: Glue = choices.one_of(_GLUES)
    bold = choices.chance(20)
    return Line(
        text,
        page,
        (x, y, x + 4.0 * len(text), y + 9),
        size=choices.one_of((9.0, 9.0, 12.0)),
        bold=bold,
        bold_lead=len(text) if bold else 0,
        first_width=20.0,
        glue=glue,
    )
