"""The workbook: what to check first, the rows, and what its columns mean."""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Mapping as Dict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from actionplan.normalise.csv_text import csv_safe
from actionplan.normalise.export.fields import fields
from actionplan.normalise.export.mapping import Column, Mapping
from actionplan.normalise.export.render import Table, Value
from actionplan.normalise.export.settings import EXPORT
from actionplan.normalise.export.texts import fit, printable

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

CHECK, ROWS, LEGEND = "Check these first", "Actions", "Legend"
_MADE = datetime(1980, 1, 1)  # of every workbook: nothing of a file depends on when it was made
_OWNERS = 200  # cells of the legend that take the names of owners
_OWNER = 3  # the column of these cells
_LEGEND_WIDTHS = (34, 100, 3, 42)
_BLUE, _PALE, _GREY = "#1F3A5F", "#EAF0F7", "#BFC7D1"
_TINTS = {
    "completed": "#DDEFDD",
    "in_progress": "#FFF1CC",
    "ongoing": "#DCEBF7",
    "not_started": "#F7DCDC",
}


class Doubt(NamedTuple):
    """A row of the first sheet.

    Attributes:
        place: number of the row it is about in the sheet of rows, from 0; None: none.
        picture: the page's picture, relative to the workbook; None: there is none.
        link: the source, relative to the workbook, or an address; None: it was not found.
    """

    document: str
    row: str | None
    number: str | None
    field: str
    reason: str
    page: int | None
    confidence: float | None
    key: str | None
    place: int | None = None
    picture: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """What a workbook holds.

    Attributes:
        mapping: of the rows.
        table: the rows.
        doubts: what to check, worst first.
        links: target of each row's link, by its place; those without one have text alone.
        documents: name, pages and rows of each document.
        program: version of this program.
    """

    mapping: Mapping
    table: Table
    doubts: Sequence[Doubt] = ()
    links: Dict[int, str] = field(default_factory=dict)
    documents: Sequence[tuple[str, int, int]] = ()
    program: str = ""


_CHECK_COLUMNS = (
    Column("Document", width=30),
    Column("Row", width=9),
    Column("No", width=8),
    Column("Field", width=14),
    Column("Reason", width=70),
    Column("Page", width=7),
    Column("Picture of the page", width=44),
    Column("Confidence", width=12),
    Column("Checked", width=12, choices=("right", "corrected", "to ask")),
    Column("Key", width=24),
)


def write_workbook(book: Book) -> bytes:
    """Return the bytes of a workbook (XLSX).

    Each text is written as a text, guarded as in CSV files, so that no cell is a formula, also
    not once the file is saved as CSV. The same book gives the same bytes.
    """
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "default_date_format": EXPORT.day_format}
    with xlsxwriter.Workbook(stream, options) as workbook:
        workbook.set_properties(
            {"title": "Actions of reviews", "comments": f"actionplan {book.program}"}
            | {"created": _MADE}
        )
        styles = _styles(workbook)
        sheets = {name: workbook.add_worksheet(name) for name in (CHECK, ROWS, LEGEND)}
        _check_sheet(_Sheet(sheets[CHECK], styles), book)
        _row_sheet(_Sheet(sheets[ROWS], styles), book)
        _legend_sheet(_Sheet(sheets[LEGEND], styles), book)
        sheets[CHECK].activate()
    return _with_slashes(stream.getvalue())


def _with_slashes(data: bytes) -> bytes:
    """Paths of links with slashes for the library's backslashes: every system knows them."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename.endswith(".rels"):
                content = content.replace(b"\\", b"/")
            new.writestr(member, content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _styles(workbook: Workbook) -> dict[str, Format]:
    cell = {"valign": "top", "border": 1, "border_color": _GREY}
    head = {"bold": True, "font_color": "white", "bg_color": _BLUE, "text_wrap": True}
    found = {
        "text": cell | {"text_wrap": True, "num_format": "@"},
        "number": cell | {"align": "left"},
        "share": cell | {"num_format": "0%", "align": "left"},
        "date": cell | {"num_format": EXPORT.day_format, "align": "left"},
        "link": cell | {"font_color": "#0B5394", "underline": 1, "text_wrap": True},
        "fill": cell | {"text_wrap": True, "bg_color": _PALE},
        "head": head | {"valign": "vcenter", "border": 1, "border_color": _GREY},
        "title": {"bold": True, "font_size": 14, "font_color": _BLUE},
        "plain": {"text_wrap": True, "valign": "top"},
    }
    tints = {f"tint {name}": {"bg_color": tint} for name, tint in _TINTS.items()}
    return {name: workbook.add_format(one) for name, one in (found | tints).items()}


class _Sheet:
    """A sheet that writes texts as texts and counts its links."""

    def __init__(self, sheet: Worksheet, styles: Dict[str, Format]) -> None:
        self.sheet = sheet
        self.styles = styles
        self._links = 0

    def text(self, row: int, column: int, value: str | None, style: str = "text") -> None:
        """Write a text; an empty one as a blank cell of the style."""
        if value:
            self.sheet.write_string(row, column, _safe(value), self.styles[style])
        else:
            self.sheet.write_blank(row, column, None, self.styles[style])

    def link(self, row: int, column: int, target: str | None, text: str) -> None:
        """Write a text that leads to `target`; alone where Excel takes no more links."""
        can = target and len(target) <= EXPORT.excel_url and self._links < EXPORT.excel_links
        if not target or not can:
            self.text(row, column, text)
            return
        self._links += 1
        self.sheet.write_url(row, column, target, self.styles["link"], _safe(text))

    def value(self, row: int, column: int, value: Value, style: str = "number") -> None:
        """Write a day, a number or a text."""
        if isinstance(value, date):
            if value.isoformat() >= EXPORT.first_day:
                self.sheet.write_datetime(row, column, _midnight(value), self.styles["date"])
            else:
                self.text(row, column, value.isoformat())
        elif isinstance(value, str) or value is None:
            self.text(row, column, value)
        else:
            self.sheet.write_number(row, column, value, self.styles[style])

    def head(
        self,
        columns: Sequence[Column],
        rows: int,
        *,
        frozen: int,
        across: int,
        table: bool = False,
    ) -> None:
        """Write the header, frozen and with a filter; set the sheet up for `across` papers."""
        headers = [_safe(column.header) for column in columns]
        last = (max(rows, 1), len(columns) - 1)
        if table and len({header.casefold() for header in headers}) == len(headers):
            named = [{"header": header} for header in headers]
            self.sheet.add_table(0, 0, *last, {"name": ROWS, "columns": named, "style": None})
        else:
            self.sheet.autofilter(0, 0, *last)
        for place, column in enumerate(columns):
            self.text(0, place, column.header, "head")
            self.sheet.set_column(place, place, column.width)
        self.sheet.set_row(0, 2 * EXPORT.line_height)
        self.sheet.freeze_panes(1, frozen)
        self.sheet.set_landscape()
        self.sheet.set_paper(8)  # A3: the columns of a plan are wide
        self.sheet.fit_to_pages(across, 0)
        self.sheet.repeat_rows(0)
        self.sheet.repeat_columns(0, frozen - 1)
        self.sheet.set_footer("&L&A&RPage &P of &N")


def _safe(text: str) -> str:
    """A text that a cell can hold, guarded; what is cut here was not cut, and told, before."""
    return str(csv_safe(fit(printable(text), EXPORT.excel_cell)))


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def _check_sheet(out: _Sheet, book: Book) -> None:
    columns = _CHECK_COLUMNS
    out.head(columns, len(book.doubts), frozen=2, across=1)
    if not book.doubts:
        out.text(1, 0, "Nothing is in doubt.", "plain")
    for row, one in enumerate(book.doubts, 1):
        out.link(row, 0, _address(one.link), one.document)
        here = f"internal:'{ROWS}'!A{one.place + 2}" if one.place is not None else None
        out.link(row, 1, here, one.row or "")
        texts = {2: one.number, 3: one.field, 4: one.reason, 9: one.key}
        for place, text in texts.items():
            out.text(row, place, text)
        out.value(row, 5, one.page)
        out.link(row, 6, _address(one.picture), (one.picture or "").rpartition("/")[2])
        out.value(row, 7, one.confidence, "share")
        out.text(row, 8, None, "fill")
        shown = [one.document, one.row, one.number, one.field, one.reason]
        out.sheet.set_row(row, _height(columns, shown))
    _choices(out, columns, len(book.doubts))


def _row_sheet(out: _Sheet, book: Book) -> None:
    columns, rows = book.table.columns, book.table.rows
    out.head(columns, len(rows), frozen=1, across=2, table=book.mapping.table)
    for row, values in enumerate(rows, 1):
        for place, (column, value) in enumerate(zip(columns, values, strict=True)):
            if column.kind == "link" and isinstance(value, str):
                out.link(row, place, _address(book.links.get(row - 1)), value)
            elif column.field is None and value is None:
                out.text(row, place, None, "fill")
            else:
                out.value(row, place, value, "share" if column.field == "confidence" else "number")
        out.sheet.set_row(row, _height(columns, values))
    _choices(out, columns, len(rows))
    _tints(out, book, len(rows))


def _choices(out: _Sheet, columns: Sequence[Column], rows: int) -> None:
    """Lists to choose from; another value is asked about and then taken."""
    for place, column in enumerate(columns):
        if not column.choices or not rows:
            continue
        source: Any = list(column.choices)
        if source == ["owners"]:
            source = f"='{LEGEND}'!$D$4:$D${_OWNERS + 3}"
        options = {
            "validate": "list",
            "source": source,
            "error_type": "information",
            "error_title": column.header[:32],
            "error_message": f"This is not in the list of {LEGEND!r}. Keep it?",
        }
        out.sheet.data_validation(1, place, rows, place, options)


def _tints(out: _Sheet, book: Book, rows: int) -> None:
    """A colour for each status, which its word tells, too."""
    words = book.mapping.values.get("status", {})
    for place, column in enumerate(book.table.columns):
        if column.field != "status" or not rows:
            continue
        for code in _TINTS:
            rule = {"type": "cell", "criteria": "==", "value": f'"{words.get(code, code)}"'}
            rule["format"] = out.styles[f"tint {code}"]
            out.sheet.conditional_format(1, place, rows, place, rule)


def _legend_sheet(out: _Sheet, book: Book) -> None:
    for place, width in enumerate(_LEGEND_WIDTHS):
        out.sheet.set_column(place, place, width)
    out.text(0, 0, "What the columns mean", "title")
    out.text(0, _OWNER, "Owners", "title")
    out.text(1, _OWNER, "Names written here can be chosen as owners.", "plain")
    out.text(2, _OWNER, "Name", "head")
    for row in range(3, _OWNERS + 3):
        out.text(row, _OWNER, None, "fill")
    last = _pairs(out, 2, [("Column", "Meaning"), *_meanings(book)])
    out.text(last + 1, 0, "Documents", "title")
    lines = [(name, f"{pages} pages, {rows} rows") for name, pages, rows in book.documents]
    _pairs(out, last + 3, [("Name", "Size"), *lines])
    out.sheet.set_landscape()
    out.sheet.fit_to_pages(1, 0)


def _pairs(out: _Sheet, first: int, lines: Sequence[tuple[str, str]]) -> int:
    """Write a table of two columns from row `first` on, the header first; return its end."""
    columns = [Column("", width=width) for width in _LEGEND_WIDTHS[:2]]
    for row, line in enumerate(lines, first):
        style = "head" if row == first else "text"
        for place, text in enumerate(line):
            out.text(row, place, text, style)
        out.sheet.set_row(row, _height(columns, line))
    return first + len(lines)


def _meanings(book: Book) -> list[tuple[str, str]]:
    """What each column means, and what else the reader needs to know."""
    found: dict[str, str] = {}
    for column in book.table.columns:
        fixed = "The same in each row." if column.value else "To fill in."
        own = fields()[column.field].meaning if column.field else fixed
        found.setdefault(column.header, column.meaning or own)
    words = book.mapping.values.get("status", {})
    told = ", ".join(words.get(one, one) for one in (*_TINTS, "unknown") if words.get(one, one))
    found["(status)"] = f"{told}. Unknown: the plan does not tell it."
    found["(a text that begins with an apostrophe)"] = (
        "It begins like a formula; the apostrophe keeps spreadsheets from running it."
    )
    found[f"({CHECK})"] = (
        "What the reading is unsure of, the worst first. Compare it with the page, or with its "
        "picture, on which the cells in doubt are framed."
    )
    found["(made by)"] = f"actionplan {book.program}, by program: check before you rely on it."
    return list(found.items())


def _height(columns: Sequence[Column], values: Sequence[Value]) -> float:
    """Points that the longest text of a row needs in its column, up to the highest row."""
    lines = 1
    for column, value in zip(columns, values, strict=False):
        if isinstance(value, str) and value:
            parts = printable(value).split("\n")
            lines = max(lines, sum(max(1, math.ceil(len(p) / column.width)) for p in parts))
    return min(EXPORT.row_height, (lines + 0.3) * EXPORT.line_height)


def _address(target: str | None) -> str | None:
    """A link to a file beside the workbook, or to an address, as the library wants it."""
    if target is None or "://" in target:
        return target
    path, mark, place = target.partition("#")
    return f"external:{quote(path, safe='/:')}{mark}{place}"
