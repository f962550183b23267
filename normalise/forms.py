"""Forms to grids: plans that print one field under the other, a block for each recommendation.

A form becomes a table as a grid is: a column for each label, a row for each block, or one for each
of its actions. So the same code reads both. Forms that follow each other make one table; a grid of
actions printed under a form belongs to its last block.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from actionplan.normalise.columns import UNKNOWN, plain
from actionplan.normalise.form_blocks import grid_of
from actionplan.normalise.form_labels import may_begin_label, strict_label
from actionplan.normalise.form_rows import (
    Band,
    Entry,
    Inset,
    Part,
    form_parts,
    header_rows,
    is_grid_header,
)
from actionplan.normalise.recognise import heading_words
from actionplan.normalise.sections import split_heading
from actionplan.schemas.tables import Cell, Line, LogicalTable, join_lines

_FIELDS = 3  # known fields that a form has at least
_KNOWN = 0.5  # least share of its labels that are known
_SHARED = 0.5  # share of its labels that the next form has, too, if it goes on with the first
_TITLE = 6  # words; a longer heading over a grid begins something else
_ACTIONS = frozenset({"action", "action_agency"})


@dataclass(frozen=True, slots=True)
class Source:
    """A table to interpret, and the tables of the document that it was made of, by place."""

    table: LogicalTable
    index: int
    used: frozenset[int]
    is_form: bool = False


@dataclass(slots=True)
class _Run:
    """Forms that follow each other under one heading."""

    heading: list[Line]
    tables: dict[int, LogicalTable]
    parts: list[Part] = field(default_factory=list)

    @property
    def labels(self) -> set[str]:
        return {plain(part.label.header) for part in self.parts if isinstance(part, Entry)}


def read_forms(tables: Sequence[LogicalTable], title: str = "") -> list[Source]:
    """Return `tables` with forms turned into grids, the others as they are.

    Args:
        tables: all logical tables of a document.
        title: the document's title and the text near it; a form without any recommendation is
            read as a plan only where it, or the form's heading, speaks of one.
    """
    out: list[Source | _Run] = []
    for index, table in enumerate(tables):
        before = out[-1] if out and isinstance(out[-1], _Run) else None
        below = _inset(tables[index + 1], index + 1) if index + 1 < len(tables) else None
        run = _form(table, index, title, below)
        if run and before and _follows(before, run):
            before.parts += run.parts
            before.tables.update(run.tables)
        elif run:
            out.append(run)
        elif before and not _has_actions(before) and (inset := _inset(table, index)):
            before.parts.append(inset)
            before.tables[index] = table
        else:
            out.append(Source(table, index, frozenset({index})))
    return [one if isinstance(one, Source) else _source(one) for one in out]


def _source(run: _Run) -> Source:
    return Source(
        grid_of(run.parts, run.heading, run.tables),
        min(run.tables),
        frozenset(run.tables),
        is_form=True,
    )


def _form(table: LogicalTable, index: int, title: str, below: Inset | None) -> _Run | None:
    """Read `table` as a form, which a grid may follow; None if it is none."""
    heading, label = split_heading(table.heading)
    if not _may_be_form(table, bool(label)):
        return None
    parts = form_parts(table, index)
    if label and (named := strict_label(label)):
        parts.insert(0, Entry(named, Cell(list(named.value))))
    # A band above the first block names the form, unless later blocks have theirs.
    later = any(isinstance(part, Band) for part in parts[len(list(_leading(parts))) :])
    for band in list(_leading(parts))[: -1 if later else None]:
        heading = [*heading, *(line for cell in band.row.cells for line in cell.lines)]
        parts.remove(band)
    words = plain(f"{join_lines(heading)} {title}")
    whole = [*parts, below] if below else parts
    return _Run(heading, {index: table}, parts) if _is_form(whole, words) else None


def _leading(parts: Sequence[Part]) -> Iterator[Band]:
    """The bands at the top."""
    for part in parts:
        if not isinstance(part, Band):
            return
        yield part


def _may_be_form(table: LogicalTable, labelled: bool) -> bool:
    """Do the rows' first cells hold two known labels? A quick look, as most tables are no forms."""
    head = header_rows(table)
    if (head and is_grid_header(head[0]) and len(table.columns) > 2) or _names_columns(table):
        return False
    names = {"recommendation"} if labelled else set()
    for row in [*head, *table.rows]:
        first = next((cell for cell in row.cells if cell.lines), None)
        label = strict_label(first.lines) if first and may_begin_label(first.lines) else None
        if label:
            names.add(label.field)
            if len(names) > 1:
                return True
    return False


def _names_columns(table: LogicalTable) -> bool:
    """Is the header, column by column, made of labels? One may run over lines ("Rec. / No.")."""
    labels = [strict_label(column.lines) for column in table.columns if column.lines]
    pure = sum(label is not None and label.is_pure for label in labels)
    return pure >= _FIELDS and pure >= _KNOWN * len(labels)


def _is_form(parts: Sequence[Part], words: str) -> bool:
    entries = [part for part in parts if isinstance(part, Entry)]
    insets = [part for part in parts if isinstance(part, Inset)]
    known = [entry.field for entry in entries if entry.field != UNKNOWN]
    fields = {*known, *(label.field for inset in insets for label in inset.labels)}
    if not known or len(fields) < _FIELDS or len(known) < _KNOWN * len(entries):
        return False
    named = any("recommendation" in name for name in known)
    return named or (bool(_ACTIONS & set(known)) and heading_words("plan", words))


def _follows(before: _Run, run: _Run) -> bool:
    """Does a form go on with the block or the list of blocks before it?"""
    if run.heading and plain(join_lines(run.heading)) != plain(join_lines(before.heading)):
        return False
    return len(before.labels & run.labels) >= _SHARED * len(run.labels)


def _inset(table: LogicalTable, index: int) -> Inset | None:
    """A grid that may stand under a form: it has actions, and no recommendation of its own."""
    heading = join_lines(table.heading)
    if len(heading.split()) > _TITLE or (heading and "action" not in plain(heading)):
        return None
    labels = [strict_label(column.lines) for column in table.columns]
    fields = {label.field for label in labels if label}
    if not all(labels) or not fields & _ACTIONS or fields & {"recommendation", "theme"}:
        return None
    body = [(number, row) for number, row in enumerate(table.rows) if row.kind == "body"]
    return Inset(
        [label for label in labels if label],
        [[replace(cell) for cell in row.cells] for _, row in body],
        [(index, number) for number, _ in body],
        min((row.confidence for _, row in body), default=1.0),
    )


def _has_actions(run: _Run) -> bool:
    """Has the last block of `run` actions already?"""
    for part in reversed(run.parts):
        if isinstance(part, Inset) or (isinstance(part, Entry) and part.field in _ACTIONS):
            return True
        if isinstance(part, Entry) and part.field == "recommendation":
            return False
    return False
