"""Rows of a form to its parts: labelled values, grids inside the form, and bands between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from actionplan.normalise.columns import UNKNOWN
from actionplan.normalise.form_labels import FormLabel, side_label, strict_label
from actionplan.schemas.tables import Cell, Line, LogicalTable, Region, Row

_PITCH = 2.0  # points between the tops of a label and its value that stand in one printed row


@dataclass(slots=True)
class Entry:
    """A labelled value of a form.

    Attributes:
        label: the label.
        cell: the value; its regions hold the label's cell, too.
        rows: the printed rows that it takes: index of the table, index of the row; -1 for a row
            that was taken for a header.
        confidence: the least of its rows'.
    """

    label: FormLabel
    cell: Cell
    rows: list[tuple[int, int]] = field(default_factory=list)
    confidence: float = 1.0

    @property
    def field(self) -> str:
        """The field that the label names."""
        return self.label.field


@dataclass(slots=True)
class Inset:
    """A grid inside a form: labels side by side, and the rows under them."""

    labels: list[FormLabel]
    rows: list[list[Cell]] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)
    confidence: float = 1.0


@dataclass(slots=True)
class Band:
    """Text over the full width that has no label: an agency, a theme."""

    row: Row


Part = Entry | Inset | Band


def form_parts(table: LogicalTable, index: int) -> list[Part]:
    """Return the parts of a table that is a form, in reading order.

    Args:
        table: a logical table.
        index: its place in the document.
    """
    rows = printed_rows(table)
    places = {id(row): number for number, row in enumerate(table.rows)}
    # A label settles the break before it, however doubtful that was.
    joined = {join.row for join in table.joins if join.joined}
    refused = {r for join in table.joins if not join.joined for r in (join.row, join.row + 1)}
    settled = {id(table.rows[r]) for r in refused - joined if r < len(table.rows)}
    best = max((row.confidence for row in table.rows), default=1.0)
    reader = _RowReader(
        rows,
        [(index, places.get(id(row), -1)) for row in rows],
        [best if id(row) in settled else row.confidence for row in rows],
    )
    for position in range(len(rows)):
        reader.take(position)
    return reader.parts


def printed_rows(table: LogicalTable) -> list[Row]:
    """Return the rows of `table` with those put back that were taken for its header.

    A form on each page begins alike, as a repeated header does.
    """
    head = header_rows(table)
    rows = [*head, *table.rows]
    lines = sorted(table.repeated_headers, key=lambda line: (line.page, line.bbox[1]))
    if not lines or not head or is_grid_header(head[0]):
        return rows
    for page in dict.fromkeys(line.page for line in lines):
        back = _rows_of([line for line in lines if line.page == page], table)
        place = next((i for i, row in enumerate(rows) if min(row.pages, default=0) >= page), None)
        place = len(rows) if place is None else place
        rows[place:place] = back
    return rows


def header_rows(table: LogicalTable) -> list[Row]:
    """Return the header of `table` as rows; none without a header."""
    lines = {id(line): line for column in table.columns for line in column.lines}
    return _rows_of(list(lines.values()), table)


def is_grid_header(row: Row) -> bool:
    """Tell whether a row holds labels alone, as the header of a grid does."""
    labels = [strict_label(cell.lines) for cell in row.cells if cell.lines]
    return len(labels) > 1 and all(label and label.is_pure for label in labels)


def _rows_of(lines: Iterable[Line], table: LogicalTable) -> list[Row]:
    """Lines of header rows to rows again: each label in the first column begins one."""
    placed = [(line, _column_of(line, table)) for line in lines]
    first = [line for line, column in placed if column == 0]
    tops: list[float] = []
    for index, line in enumerate(first):
        if not index or strict_label([line]):
            tops.append(line.bbox[1])
    tops = tops or sorted(line.bbox[1] for line, _ in placed)[:1]
    rows = [Row([Cell() for _ in table.columns]) for _ in tops]
    for line, column in placed:
        above = [k for k, top in enumerate(tops) if top <= line.bbox[1] + _PITCH]
        cell = rows[above[-1] if above else 0].cells[column]
        cell.lines.append(line)
        cell.regions = _merged([*cell.regions, Region(line.page, line.bbox)])
    return rows


def _column_of(line: Line, table: LogicalTable) -> int:
    middle = line.bbox[0] + 1.0
    starts = [k for k, column in enumerate(table.columns) if column.x0 <= middle]
    return starts[-1] if starts else 0


class _RowReader:
    """Takes rows one by one; knows which label each column's values belong to."""

    def __init__(
        self, rows: Sequence[Row], places: Sequence[tuple[int, int]], certainty: Sequence[float]
    ) -> None:
        self.rows = rows
        self.places = places
        self.certainty = certainty
        self.parts: list[Part] = []
        self._columns: dict[int, Entry] = {}
        self._inset: Inset | None = None
        self._edges: list[tuple[int, int]] = []
        self._waiting: Entry | None = None

    def take(self, position: int) -> None:
        """Add a row to the parts."""
        row = self.rows[position]
        cells = [(c, cell) for c, cell in enumerate(row.cells) if not cell.covered]
        filled = [(c, cell) for c, cell in cells if cell.lines]
        if not filled:
            return
        if self._begins_inset(position, filled):
            labels = [strict_label(cell.lines) for _, cell in filled]
            self._inset = Inset([label for label in labels if label])
            self._columns = {}
            self._edges = [(c, c + cell.colspan) for c, cell in filled]
            self.parts.append(self._inset)
        elif self._inset and not _begins_entry(filled, len(row.cells)):
            self._inset_row(position, cells)
        else:
            self._inset = None
            self._entries(position, cells, filled)

    def _begins_inset(self, position: int, filled: Sequence[tuple[int, Cell]]) -> bool:
        """Are the cells labels side by side, with a row of values below?"""
        if len(filled) < 2 or not _side_by_side(filled):
            return False
        labels = [strict_label(cell.lines) for _, cell in filled]
        if not all(label and label.is_pure and label.number is None for label in labels):
            return False
        closed = sum(_is_closed(cell) for _, cell in filled)
        below = next((cell for cell in self._below(position) if cell.lines), None)
        if below is None or 0 < closed < len(filled):
            return False
        label = side_label(below.lines)
        return label is None or label.field == UNKNOWN

    def _below(self, position: int) -> list[Cell]:
        return self.rows[position + 1].cells if position + 1 < len(self.rows) else []

    def _inset_row(self, position: int, cells: Sequence[tuple[int, Cell]]) -> None:
        assert self._inset is not None
        row: list[Cell] = []
        for start, end in self._edges:
            under = [cell for c, cell in cells if start <= c < end]
            row.append(_joined(under))
        self._inset.rows.append(row)
        self._inset.places.append(self.places[position])
        self._inset.confidence = min(self._inset.confidence, self.rows[position].confidence)

    def _entries(
        self, position: int, cells: Sequence[tuple[int, Cell]], filled: Sequence[tuple[int, Cell]]
    ) -> None:
        """Read a row of labels and values from left to right."""
        entry: Entry | None = None
        expects = False  # a label stands to the left, and its value may follow
        for place, (c, cell) in enumerate(cells):
            if expects and entry and not _is_closed_label(cell):
                self._add(entry, cell, position)
                expects = False
                continue
            label = self._label(position, place, cells, len(filled))
            if label:
                entry = self._open(label, cell, position)
                expects = label.is_pure
            elif entry:
                self._add(entry, cell, position)
            elif cell.lines:
                self._loose(c, cell, position)
            if entry:
                self._columns[c] = entry
        # A label alone in its row has its value in the next one.
        if entry:
            self._waiting = entry if expects else None

    def _label(
        self, position: int, place: int, cells: Sequence[tuple[int, Cell]], filled: int
    ) -> FormLabel | None:
        """The label of a cell, with less asked of the first cell of a row."""
        cell = cells[place][1]
        strict = strict_label(cell.lines)
        first = place == 0 and filled > 1 and self.rows[position].kind != "band"
        later = _is_closed(cell) and place + 1 < len(cells)
        return side_label(cell.lines) if strict is None and (first or later) else strict

    def _open(self, label: FormLabel, cell: Cell, position: int) -> Entry:
        value = Cell(list(label.value), list(cell.regions), fill=cell.fill)
        entry = Entry(label, value, [self.places[position]], self.certainty[position])
        self.parts.append(entry)
        return entry

    def _add(self, entry: Entry, cell: Cell, position: int) -> None:
        own = entry.cell
        fill = cell.fill or own.fill
        entry.cell = Cell(
            [*own.lines, *cell.lines], _merged([*own.regions, *cell.regions]), fill=fill
        )
        if self.places[position] not in entry.rows:
            entry.rows.append(self.places[position])
        entry.confidence = min(entry.confidence, self.certainty[position])

    def _loose(self, column: int, cell: Cell, position: int) -> None:
        """Text without a label: the value below one, the rest of a value, or a band."""
        last = self.parts[-1] if self.parts else None
        row = self.rows[position]
        alone = sum(bool(other.lines) for other in row.cells) == 1
        if self._waiting:
            self._add(self._waiting, cell, position)
            self._waiting = None
        elif alone and (column == 0 or row.kind == "band") and not _is_prose(cell):
            self.parts.append(Band(row))
            self._columns = {}
        elif column in self._columns:
            self._add(self._columns[column], cell, position)
        elif isinstance(last, Entry):
            self._add(last, cell, position)
        else:
            self.parts.append(Band(row))


def _side_by_side(filled: Sequence[tuple[int, Cell]]) -> bool:
    ends = [c + cell.colspan for c, cell in filled]
    return all(end == c for end, (c, _) in zip(ends, filled[1:], strict=False))


def _begins_entry(filled: Sequence[tuple[int, Cell]], width: int) -> bool:
    """Does a row below a grid begin the next labelled value?"""
    label = strict_label(filled[0][1].lines)
    if label is None or filled[0][0] > 0:
        return False
    return label.number is not None or label.is_pure or len(filled) == 1 or width == 1


def _is_closed(cell: Cell) -> bool:
    return bool(cell.lines) and cell.lines[-1].text.rstrip().endswith(":")


def _is_closed_label(cell: Cell) -> bool:
    """Is the text a label with its colon? Without one it may be a value ("Completed")."""
    label = strict_label(cell.lines) if _is_closed(cell) else None
    return label is not None and label.is_pure


def _is_prose(cell: Cell) -> bool:
    text = cell.text
    return len(text.split()) > 12 or text.endswith(".")


def _joined(cells: Sequence[Cell]) -> Cell:
    """One cell with the lines of several."""
    if len(cells) == 1:
        return replace(cells[0], rowspan=1, colspan=1)
    lines = [line for cell in cells for line in cell.lines]
    regions = _merged([region for cell in cells for region in cell.regions])
    return Cell(lines, regions, fill=next((cell.fill for cell in cells if cell.fill), None))


def _merged(regions: Iterable[Region]) -> list[Region]:
    """One region for each page."""
    boxes: dict[int, Region] = {}
    for page, (x0, y0, x1, y1) in regions:
        a0, b0, a1, b1 = boxes[page].bbox if page in boxes else (x0, y0, x1, y1)
        boxes[page] = Region(page, (min(x0, a0), min(y0, b0), max(x1, a1), max(y1, b1)))
    return [boxes[page] for page in sorted(boxes)]
