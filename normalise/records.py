"""Rows to records: which rows of a section are one recommendation, and the cells of each field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from actionplan.normalise.columns import ColumnRole, plain
from actionplan.normalise.issues import issue
from actionplan.normalise.labels import next_number as following
from actionplan.normalise.labels import number_cell, read_label
from actionplan.normalise.sections import PlanTable, RowRef, SectionDraft, split_heading
from actionplan.schemas.plan import Issue
from actionplan.schemas.tables import Cell, Line, LogicalTable, join_lines

_TOTAL = re.compile(r"(?:sub[\s-]?|grand\s+)?totals?\b", re.IGNORECASE)
_TOTAL_WORDS = 4  # words of the longest cell that names a total ("Total actions complete")
_SENTENCE = 8  # words from which a band or a theme column reads as a recommendation


@dataclass(frozen=True, slots=True)
class FieldCell:
    """A cell of one field of a record.

    Attributes:
        row: position of its (first) row in the record, from 0.
        role: the column.
        cell: the cell; a merged one stands once, at its first row.
        rows: rows of the record that it covers.
        inherited: it is printed in a row above the record and covers its rows as well.
    """

    row: int
    role: ColumnRole
    cell: Cell
    rows: int = 1
    inherited: bool = False


@dataclass(slots=True)
class RecordDraft:
    """The rows of one recommendation before its fields are read."""

    rows: list[RowRef]
    number: str | None = None
    label: str | None = None
    text_lines: list[Line] = field(default_factory=list)
    label_lines: list[Line] = field(default_factory=list)
    themes: list[Sequence[Line]] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    origins: Mapping[int, Mapping[tuple[int, int], int]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The recommendation without its label."""
        return join_lines(self.text_lines)

    def cells(self, *names: str) -> list[FieldCell]:
        """The cells of the columns that hold any of the fields `names`, row by row."""
        wanted, found = set(names), []
        for position, ref in enumerate(self.rows):
            if ref.row.kind == "band":
                continue
            for role in ref.source.roles:
                if not wanted.isdisjoint(role.fields) and (one := self._cell(position, role)):
                    found.append(one)
        return found

    def _cell(self, position: int, role: ColumnRole) -> FieldCell | None:
        ref = self.rows[position]
        row = ref.row
        if role.index >= len(row.cells):
            return None
        cell = row.cells[role.index]
        if not cell.covered:
            own = sum(
                self._origin(other, role) == ref.index
                for other in self.rows[position + 1 :]
                if other.source is ref.source
            )
            return FieldCell(position, role, cell, rows=1 + own)
        start = self._origin(ref, role)
        seen = any(other.index == start for other in self.rows if other.source is ref.source)
        if start is None or seen:
            return None
        first = not any(self._origin(other, role) == start for other in self.rows[:position])
        above = ref.source.table.rows[start].cells[role.index]
        return FieldCell(position, role, above, len(self.rows), inherited=True) if first else None

    def _origin(self, ref: RowRef, role: ColumnRole) -> int | None:
        return self.origins.get(ref.source.index, {}).get((ref.index, role.index))


def span_origins(table: LogicalTable) -> dict[tuple[int, int], int]:
    """Return for each place under a vertical span the row in which the span begins."""
    origins = {}
    for start, row in enumerate(table.rows):
        for column, cell in enumerate(row.cells):
            if row.kind == "band" or cell.covered:
                continue
            for below in range(start + 1, min(start + cell.rowspan, len(table.rows))):
                origins[below, column] = start
    return origins


def promote_key(table: PlanTable) -> tuple[PlanTable, str | None]:
    """Give a table without recommendations the column that stands for them.

    A column of findings or learning points with whole sentences does; else the actions are the
    records, unless band rows carry the recommendations. The second value is the promoted field.
    """
    labelled = split_heading(table.table.heading)[1] or _band_records(table)
    if table.column("recommendation") or labelled:
        return table, None
    themes = [role for role in table.column("theme") if _words(table, role) >= _SENTENCE]
    actions = [*table.column("action"), *table.column("action_agency")]
    chosen = (themes if actions else []) or actions
    if not chosen:
        return table, None
    role = replace(chosen[0], field="recommendation")
    roles = tuple(role if old.index == role.index else old for old in table.roles)
    return replace(table, roles=roles), chosen[0].field


def _band_records(table: PlanTable) -> bool:
    return any(
        row.kind == "band" and _is_record([line for cell in row.cells for line in cell.lines], True)
        for row in table.table.rows
    )


def _words(table: PlanTable, role: ColumnRole) -> float:
    cells = [row.cells[role.index] for row in table.table.rows if role.index < len(row.cells)]
    return median([len(cell.text.split()) for cell in cells if cell.lines] or [0])


def draft_records(section: SectionDraft) -> tuple[list[RecordDraft], list[Line]]:
    """Group the rows of a section into records; themes come from its band rows.

    The second value has the lines of the last bands, if no record follows them.
    """
    grouper = _Grouper({table.index: span_origins(table.table) for table in section.tables})
    for ref in section.rows:
        grouper.take(ref)
    for record in grouper.records:
        _take_centred_number(record)
    return grouper.records, grouper.unused


def _take_centred_number(record: RecordDraft) -> None:
    """Give a record without number the only one that stands beside its further rows."""
    if record.number is not None:
        return
    found = {number: ref for ref in record.rows[1:] if (number := _number_column(ref))}
    if len(found) == 1:
        record.number, ref = found.popitem()
        record.label_lines = _number_lines(ref)


class _Grouper:
    """Takes rows one by one; holds the open record and the bands above it."""

    def __init__(self, origins: Mapping[int, Mapping[tuple[int, int], int]]) -> None:
        self.records: list[RecordDraft] = []
        self._origins = origins
        self._bands: list[Sequence[Line]] = []
        self._totals: list[Line] = []
        self._after_band = False

    @property
    def unused(self) -> list[Line]:
        """Lines of bands that no record followed, and of totals."""
        bands = self._bands if self._after_band else []
        return [*(line for band in bands for line in band), *self._totals]

    def take(self, ref: RowRef) -> None:
        """Add a row: it opens a record, continues the open one, or is a band above the next."""
        if ref.row.kind == "band":
            self._band(ref)
        elif _is_total(ref):
            self._totals += [line for cell in ref.row.cells for line in cell.lines]
        elif self.records and self._continues(ref, self.records[-1]):
            self.records[-1].rows.append(ref)
            self._after_band = False
        else:
            self._open([ref], *_label_cells(ref, self._expected()))
            self._after_band = False

    def _band(self, ref: RowRef) -> None:
        lines = [line for cell in ref.row.cells for line in cell.lines]
        if _TOTAL.match(join_lines(lines)):
            self._totals += lines
            return
        if _is_record(lines, not ref.source.column("recommendation")):
            reading = read_label(lines, self._expected())
            self._open([ref], reading.label, reading.number, lines, list(reading.lines))
        elif self._after_band:
            self._bands.append(lines)
        else:
            self._bands = [lines]
        self._after_band = not _is_record(lines, not ref.source.column("recommendation"))

    def _open(
        self,
        rows: list[RowRef],
        label: str | None,
        number: str | None,
        label_lines: Sequence[Line],
        text_lines: Sequence[Line],
    ) -> None:
        draft = RecordDraft(rows, number, label, list(text_lines), list(label_lines))
        draft.themes = list(self._bands)
        draft.origins = self._origins
        own, printed = _number_column(rows[0]), number
        if own and printed and own != printed:
            message = f"the column has {own!r}, the text {printed!r}"
            draft.issues.append(issue("number-conflict", "number", message))
        draft.number = own or printed
        if own:
            draft.label_lines = _number_lines(rows[0])
        self.records.append(draft)

    def _expected(self) -> int:
        return following(self.records[-1].number if self.records else None)

    def _continues(self, ref: RowRef, record: RecordDraft) -> bool:
        """Is the row a further action of the open record?"""
        if self._after_band:
            return False
        if not ref.source.column("recommendation"):
            return record.rows[0].row.kind == "band"
        same_table = record.rows[-1].source is ref.source
        if any(_covered(ref, role) for role in ref.source.column("recommendation")):
            return same_table
        _, number, _, lines = _label_cells(ref, None)
        number = _number_column(ref) or number
        if lines:
            same_number = number is None or number == record.number
            return same_number and plain(join_lines(lines)) == plain(record.text)
        return _belongs(number, record.number)


def _is_total(ref: RowRef) -> bool:
    """Does the row only sum up those above ("Sub-total", "2 of 5 complete")?"""
    texts = [role for role in ref.source.roles if {"recommendation", "action"} & set(role.fields)]
    cells = ref.row.cells
    filled = [cell for cell in cells if cell.lines]
    told = {role.index for role in texts if role.index < len(cells) and cells[role.index].lines}
    first = filled[0].text if filled else ""
    own = not told or (len(told) == 1 and cells[min(told)] is filled[0])
    return own and bool(_TOTAL.match(first)) and len(first.split()) <= _TOTAL_WORDS


def _is_record(lines: Sequence[Line], alone: bool) -> bool:
    """Is a band row a recommendation: one with a label, or a sentence where no column has any?"""
    reading = read_label(lines)
    if reading.label and plain(reading.label).split()[-2:-1] != ["theme"]:
        words = plain(reading.label)
        return "rec" in words
    return alone and len(join_lines(lines).split()) >= _SENTENCE


def _belongs(number: str | None, record: str | None) -> bool:
    """Does a row with `number` but no recommendation text go with the record numbered `record`?"""
    if number is None or record is None or number == record:
        return True
    rest = number.removeprefix(record)
    return rest != number and not rest[:1].isdigit()


def _covered(ref: RowRef, role: ColumnRole) -> bool:
    cells = ref.row.cells
    return role.index < len(cells) and cells[role.index].covered


def _number_cells(ref: RowRef) -> list[Cell]:
    """Cells of the row's number columns that hold a number."""
    if ref.row.kind == "band":
        return []
    cells = ref.row.cells
    roles = [role for role in ref.source.column("number") if role.field == "number"]
    found = [cells[role.index] for role in roles if role.index < len(cells)]
    return [cell for cell in found if number_cell(cell.text)]


def _number_column(ref: RowRef) -> str | None:
    cells = _number_cells(ref)
    return number_cell(cells[0].text) if cells else None


def _number_lines(ref: RowRef) -> list[Line]:
    return [line for cell in _number_cells(ref)[:1] for line in cell.lines]


def _label_cells(
    ref: RowRef, expected: int | None
) -> tuple[str | None, str | None, list[Line], list[Line]]:
    """Label, number, all lines and the lines without the label of a row's recommendation."""
    cells = ref.row.cells
    lines = [
        line
        for role in ref.source.column("recommendation")
        if role.index < len(cells)
        for line in cells[role.index].lines
    ]
    own = [cells[role.index].text for role in ref.source.column("number") if role.field == "number"]
    reading = read_label(lines, expected)
    weak = reading.label is None and any(number_cell(text) for text in own)
    if weak and not _repeats(reading.number, own):
        # With a number column, "3 months" or "1." at the start of the text is no label.
        return _printed_label(own), None, lines, lines
    label = reading.label or _printed_label(own)
    return label, reading.number, lines, list(reading.lines)


def _repeats(number: str | None, own: Iterable[str]) -> bool:
    return any(number_cell(text) == number for text in own)


def _printed_label(own: Iterable[str]) -> str | None:
    """The label in a number column ("Rec 4"), where it says more than the number."""
    for text in own:
        number = number_cell(text)
        if number and _squeezed(text) != _squeezed(number):
            return " ".join(text.split()).strip(" .:")
    return None


def _squeezed(text: str) -> str:
    return plain(text).replace(" ", "")
