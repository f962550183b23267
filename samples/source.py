"""Read a sample's source (TOML) into the parts that the producers print and the truth cites.

A cell is written one paragraph a line. A line may begin with a tag that says what it is:

    [label 4] Recommendation No 4            a recommendation's label, its bare number
    [label 4] Rec 4[:] Staff should ...      the same, text on the same line
    [do 1] 1.[] Write a protocol             an action, its number; printed head before the text
    [do] Write a protocol                    an action without number or bullet
    [update 2014-02] Feb 2014[:] Drafted     an update, its EDTF date, its printed label
    [behind 2014-05] Drafted[ (]May 2014[)]  an update whose label stands behind its text
    [level 2] March 2014                     printed level with the second action of its row
    [nest] May | 14 | two late               one row of a small table inside the cell

``{^st}`` is raised text, ``{=Name}`` small capitals, in any line.
What stands in the second pair of brackets is printed but belongs to neither label nor text.
A line without a tag goes on with the item above it; an empty line is an empty paragraph.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TAG = re.compile(r"\[(label|do|update|behind|level|nest)(?: ([^\]]*))?\] ?(.*)", re.DOTALL)
CLOSE = re.compile(r"(.*?)\[([^\]]*)\](.*)", re.DOTALL)
MARKED = re.compile(r"\{([\^=])([^}]*)\}")
BULLETS = ("•", "-", "o", "▪")


@dataclass(frozen=True)
class Para:
    """One paragraph of a cell.

    Attributes:
        printed: what the page shows.
        tag: ``label``, ``do``, ``update``, ``behind``, ``level``, ``nest`` or empty.
        arg: the tag's argument: a number or an EDTF date; empty for none.
        head: the label, number or bullet as printed, without what closes it.
        text: what is left.
        opening: printed characters of the head with what closes it (for bold labels).
    """

    printed: str
    tag: str = ""
    arg: str = ""
    head: str = ""
    text: str = ""
    opening: str = ""


@dataclass(frozen=True)
class Row:
    """One printed row: paragraphs by column key, and what its author says it means."""

    cells: dict[str, list[Para]]
    says: dict[str, Any]


@dataclass(frozen=True)
class Table:
    """One printed table with the rows in order; `keys` name the columns, left to right."""

    columns: list[str]
    keys: list[str]
    widths: list[float]
    rows: list[Row]
    says: dict[str, Any]


@dataclass(frozen=True)
class HeadCell:
    """One cell of a header: its place in the grid of header rows and columns, and its span."""

    row: int
    column: int
    down: int
    across: int
    text: str


def head_cells(table: Table) -> list[HeadCell]:
    """Return the header's cells, one row of them unless the source writes `head_rows`.

    A row of `head_rows` lists its cells as ``"text"``, or ``"text|2"`` for one over two columns,
    ``"text|1|2"`` for one over two rows.
    """
    rows = table.says.get("head_rows", [table.columns])
    taken: set[tuple[int, int]] = set()
    cells = []
    for at, row in enumerate(rows):
        column = 0
        for written in row:
            while (at, column) in taken:
                column += 1
            text, across, down = [*written.split("|"), "1", "1"][:3]
            cells.append(HeadCell(at, column, int(down), int(across), text))
            taken |= {(at + d, column + a) for d in range(int(down)) for a in range(int(across))}
    return cells


def edges(table: Table, page: int) -> list[float]:
    """Return where a table's columns begin and end on a page, in centimetres from the margin."""
    widths = table.says.get("widths_on", {}).get(str(page), table.widths)
    out = [float(table.says.get("x", 0.0))]
    for width in widths:
        out.append(out[-1] + width)
    shifts = table.says.get("shift_on", {}).get(str(page), [0.0] * len(out))
    return [edge + shift for edge, shift in zip(out, shifts, strict=True)]


@dataclass(frozen=True)
class Sample:
    """One document: page settings, tables, checks of where page breaks fall."""

    name: str
    producer: str
    covers: str
    page: dict[str, Any]
    document: dict[str, Any]
    tables: list[Table]
    checks: list[dict[str, Any]] = field(default_factory=list)
    after: list[str] = field(default_factory=list)


def runs(text: str) -> list[tuple[str, str]]:
    """Return `text` cut at its marks: (mark, text), the mark ``^``, ``=`` or empty."""
    parts = MARKED.split(text)
    found = [("", parts[0])]
    for at in range(1, len(parts), 3):
        found += [(parts[at], parts[at + 1]), ("", parts[at + 2])]
    return [(mark, part) for mark, part in found if part]


def parse_line(line: str) -> Para:
    """Return the paragraph written in one line of a cell.

    Raises:
        ValueError: a dated update does not say where its label ends.
    """
    match = TAG.fullmatch(line)
    if not match:
        return Para(printed=line, text=line)
    tag, arg, rest = match[1], match[2] or "", match[3]
    if tag == "behind":
        text, between, label, after = re.fullmatch(
            r"(.*?)\[([^\]]*)\](.*?)(?:\[([^\]]*)\])?", rest, re.DOTALL
        ).groups()  # type: ignore[union-attr]  # a source that does not match is an error
        return Para(text + between + label + (after or ""), tag, arg, label, text)
    if tag == "level":
        return Para(rest, tag, arg, text=rest)
    if tag == "nest":
        joined = " ".join(cell.strip() for cell in rest.split("|"))
        return Para(joined, tag, arg, head=rest, text=joined)
    parts = CLOSE.fullmatch(rest)
    if not parts:
        if tag == "update" and arg:
            raise ValueError(f"mark where the label ends, as in 'May 2014[:] text': {line}")
        head, text = (rest, "") if tag == "label" else ("", rest)
        return Para(rest, tag, arg, head, text, opening=head)
    head, close, text = parts[1], parts[2], parts[3].strip()
    opening = head + close
    return Para(f"{opening} {text}".strip(), tag, arg, head, text, opening)


def parse_cell(text: str) -> list[Para]:
    """Return the paragraphs of a cell; a trailing newline is no paragraph."""
    text = text.removesuffix("\n")
    return [parse_line(line) for line in text.split("\n")] if text else []


def parse_table(raw: dict[str, Any]) -> Table:
    """Return a table; the keys of a row that name no column are what its author says of it."""
    keys = raw["keys"]
    rows = []
    for row in raw.get("row", []):
        cells = {key: parse_cell(row.get(key, "")) for key in keys}
        rows.append(Row(cells, {k: v for k, v in row.items() if k not in keys}))
    says = {k: v for k, v in raw.items() if k not in ("columns", "keys", "widths", "row")}
    return Table(raw["columns"], keys, raw["widths"], rows, says)


def load(path: Path) -> Sample:
    """Return the sample written in the TOML file `path`."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return Sample(
        name=path.stem,
        producer=raw["producer"],
        covers=raw["covers"],
        page=raw.get("page", {}),
        document=raw.get("document", {}),
        tables=[parse_table(table) for table in raw.get("table", [])],
        checks=raw.get("check", []),
        after=raw.get("after", []),
    )
