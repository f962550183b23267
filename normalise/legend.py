"""The key to colours and letters that a document prints: "Green = complete, A: in progress"."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise

from actionplan.normalise.columns import plain
from actionplan.normalise.sections import PlanTable
from actionplan.normalise.status_column import WHITE, status_from_column
from actionplan.schemas.tables import Cell, Colour, LogicalTable, TableDocument

_NAMES = "red|amber|orange|yellow|green|blue|purple|grey|gray|black|white"
_ENTRY = re.compile(
    rf"\b(?P<name>{_NAMES})\b(?:\s*\((?P<letter>[A-Z])\))?\s*(?:[=:–—-]+|\bmeans\b|\bis\b)\s*"
    rf"(?P<meaning>[^;,|.]+?)(?=\s*(?:[;,|.]|$|\b(?:{_NAMES})\b\s*(?:\([A-Z]\)\s*)?[=:–—-]))",
    re.IGNORECASE,
)
# A letter, or two ("IP", "NS"), and its meaning: up to a mark, a wide space, or the next code.
_CODE = r"(?<![\w/])\(?(?:[A-Z]{1,2}|[A-Z]/[A-Z])\)?"
_JOINT = r"\s*(?:[=:–—]|(?<![A-Z][A-Z])-|(?<=\s)-(?=\s))+\s*"
_LETTER = re.compile(
    rf"(?P<letter>{_CODE}){_JOINT}(?P<meaning>[A-Za-z][^;,|.]+?)"
    rf"(?=\s*(?:[;,|.]|$|\s{{3}}|{_CODE}{_JOINT}))"
)
# A figure and its meaning: "1 Done 2 Partly done 3 To do".
_FIGURE = re.compile(
    r"(?<![\w.,/])(?P<letter>\d)(?:\s*[=:–—.)-]\s*|\s+)(?P<meaning>[A-Za-z][^;,|.\d]+?)"
    r"(?=\s*(?:[;,|.]|$|\s\d\b))"
)
_KEY_START = re.compile(rf"\W*{_CODE}\s*=")
_KEY_LINE = re.compile(r"\b(?:key|legend|rag|brag|status)\b", re.IGNORECASE)
_HUES: tuple[tuple[float, str], ...] = (
    (18.0, "red"),
    (55.0, "amber"),
    (70.0, "yellow"),
    (170.0, "green"),
    (260.0, "blue"),
    (330.0, "purple"),
    (360.0, "red"),
)
_LONG = 60  # letters that the meaning of a code in a table has at most
_PALE = 0.15  # saturation, 0..1; below it a fill is white or grey
_WHITE, _BLACK = 242.0, 40.0  # mean of red, green and blue, 0..255, of what looks white or black
_SAME = {"orange": "amber", "yellow": "amber", "gray": "grey"}


@dataclass(slots=True)
class Legend:
    """What colours and words mean in one document.

    Attributes:
        colours: fill of a status cell to its meaning.
        words: letter or colour name in lower case to its meaning as printed.
    """

    colours: dict[Colour, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)


def colour_name(fill: Colour) -> str | None:
    """Return red, amber, yellow, green, blue or purple; None for white, grey and black."""
    hue, _, saturation = colorsys.rgb_to_hls(*(part / 255 for part in fill))
    spread = (max(fill) - min(fill)) / 255
    if saturation < _PALE or spread < _PALE:
        return None
    return next(name for limit, name in _HUES if hue * 360 <= limit)


def _neutral_name(fill: Colour) -> str:
    """White, grey or black, by how light the fill is."""
    light = sum(fill) / len(fill)
    return "white" if light >= _WHITE else "black" if light <= _BLACK else "grey"


def read_legend(doc: TableDocument, tables: Sequence[PlanTable], used: Set[int]) -> Legend:
    """Return the key of `doc`, for the fills that occur in the status columns of `tables`.

    A colour counts if a printed key explains it, in text or as a small table, or if it stands in
    a column whose header says RAG: there its name is its meaning.

    Args:
        doc: the document.
        tables: its plan tables.
        used: places in the document of the tables that went into them; a key is none of these.
    """
    legend = Legend()
    if not tables:
        return legend
    others = [table for index, table in enumerate(doc.tables) if index not in used]
    for text in _lines(doc):
        _read_text(text, legend)
    for table in others:
        _read_table(table, legend)
    for plan_table in tables:
        _add_fills(plan_table, legend)
    return legend


def _lines(doc: TableDocument) -> Iterator[str]:
    yield from (line.text for line in doc.unassigned)
    for table in doc.tables:
        yield from (line.text for line in table.heading)
        yield from (column.header for column in table.columns)
    yield from (line.text for line in doc.furniture)


def _read_text(text: str, legend: Legend) -> None:
    for entry in _ENTRY.finditer(text):
        name = entry["name"].casefold()
        meaning = " ".join(entry["meaning"].split())
        legend.words.setdefault(_SAME.get(name, name), meaning)
        if entry["letter"]:
            legend.words.setdefault(entry["letter"].casefold(), meaning)
    letters, figures = _codes(_LETTER, text), _codes(_FIGURE, text)
    if _KEY_LINE.search(text) or _KEY_START.match(text) or _are_statuses(letters):
        legend.words = {**letters, **legend.words}
    if _are_statuses(figures):
        legend.words = {**figures, **legend.words}


def _codes(pattern: re.Pattern[str], text: str) -> dict[str, str]:
    """Codes of a line in lower case, each with its meaning; of two meanings the first."""
    found: dict[str, str] = {}
    for entry in pattern.finditer(text):
        code = entry["letter"].strip("()").casefold()
        found.setdefault(code, " ".join(entry["meaning"].split()))
    return found


def _are_statuses(codes: Mapping[str, str]) -> bool:
    """Do two codes or more all stand for a status? A line that does not say so may be a key."""
    return len(codes) > 1 and all(_is_meaning(meaning) for meaning in codes.values())


def _read_table(table: LogicalTable, legend: Legend) -> None:
    """A small table: coloured cells that carry their meaning, or stand beside it; or codes."""
    for row in table.rows:
        for cell, beside in pairwise([*row.cells, Cell()]):
            if re.fullmatch(_CODE, cell.text) and _is_meaning(beside.text):
                legend.words.setdefault(cell.text.strip("()").casefold(), beside.text)
            name = colour_name(cell.fill) if cell.fill else None
            text = plain(cell.text)
            own = text and text != name and len(text) > 1
            meaning = cell.text if own else beside.text
            if name and cell.fill and meaning and len(meaning.split()) <= 12:
                legend.colours.setdefault(cell.fill, meaning)
                legend.words.setdefault(name, meaning)
                if len(text) == 1:
                    legend.words.setdefault(text, meaning)


def _is_meaning(text: str) -> bool:
    """Does a short text tell a status? Initials of people stand in tables, too."""
    return len(text) <= _LONG and status_from_column(text).value != "unknown"


def _add_fills(table: PlanTable, legend: Legend) -> None:
    """Explain the fills of the status cells by the key's words, or by RAG itself."""
    for role in table.column("status"):
        rag = re.search(r"rag\b|\br\s?a\s?g\b", plain(role.header)) is not None
        for fill in _fills(row.cells[role.index : role.index + 1] for row in table.table.rows):
            name = colour_name(fill)
            if fill in legend.colours:
                continue
            shown = name or _neutral_name(fill)
            meaning = legend.words.get(shown) or legend.words.get(_SAME.get(shown, shown))
            if meaning or (rag and name):
                legend.colours[fill] = meaning or _SAME.get(shown, shown)
    if "white" in legend.words:
        legend.colours.setdefault(WHITE, legend.words["white"])


def _fills(rows: Iterable[Sequence[Cell]]) -> set[Colour]:
    return {cell.fill for cells in rows for cell in cells if cell.fill}
