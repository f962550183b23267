"""What the desk tells its pages: plain values, made anew for each question, never changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

State = Literal["accepted", "flagged"]
DocumentState = Literal["new", "started", "reviewed"]
Kind = Literal[
    "line",
    "text",
    "target",
    "date",
    "status",
    "leads",
    "agencies",
    "actions",
    "updates",
    "choice",
    "choices",
]
Box = tuple[float, float, float, float]
Json = Any
"""A value as the plan file has it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a reviewer thinks of a field, a record or a document.

    Attributes:
        state: accepted: as it should be; flagged: somebody has to look again.
        who: the reviewer.
        when: ISO 8601, UTC.
        note: why, in the reviewer's words.
        stale: the content has changed since.
    """

    state: State
    who: str
    when: str
    note: str = ""
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of records; `left` are neither accepted nor flagged."""

    records: int = 0
    accepted: int = 0
    flagged: int = 0
    edited: int = 0
    left: int = 0
    doubtful_left: int = 0


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A box on a page, in points of the upright page, origin top left."""

    page: int
    bbox: Box


@dataclass(frozen=True, slots=True)
class IssueView:
    """A doubt: its code, what it says here, what the code means, how much it weighs (0..1)."""

    code: str
    field: str
    message: str
    severity: float
    meaning: str


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field as a part of a form.

    Attributes:
        name: as in the plan file.
        title: for people.
        kind: what sort of input it takes.
        value: as the plan file has it, corrected.
        text: the value on one line or more.
        places: where it is printed.
        issues: doubts about it.
        mark: what a reviewer thinks of it.
        edited: it differs from what was read.
        original: what was read.
        who: who changed it last, empty if nobody did.
        when: when that was.
        choices: values that a choice may take.
    """

    name: str
    title: str
    kind: Kind
    value: Json
    text: str
    places: tuple[PlaceView, ...] = ()
    issues: tuple[IssueView, ...] = ()
    mark: Mark | None = None
    edited: bool = False
    original: Json = None
    who: str = ""
    when: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """A correction that no longer fits what a new conversion read.

    Attributes:
        id: for `Desk.resolve`.
        key: the record, as it is called now; None if it is gone or the document's own.
        label: what it is about, for people.
        field: the field; empty for a whole record.
        old: what had been read.
        found: what is read now.
        new: what the reviewer made of the old.
        who: the reviewer.
        when: ISO 8601, UTC.
        message: all this in a sentence.
    """

    id: str
    key: str | None
    label: str
    field: str
    old: Json
    found: Json
    new: Json
    who: str
    when: str
    message: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section: its heading, and its columns with the field of each."""

    id: str
    heading: str
    agency: str | None
    pages: tuple[int, ...]
    columns: tuple[tuple[str, str], ...]
    joins: tuple[Json, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A record in a list."""

    key: str
    id: str
    label: str
    text: str
    page: int | None
    severity: float
    confidence: float
    issues: int
    mark: Mark | None
    edited: bool
    section: str


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record as a form; `version` goes back with each edit of it."""

    name: str
    key: str
    version: int
    label: str
    position: int
    total: int
    section: SectionView
    confidence: float
    severity: float
    fields: tuple[FieldView, ...]
    mark: Mark | None
    value: Json
    pages: tuple[int, ...]
    before: str | None
    after: str | None
    issues: tuple[IssueView, ...]
    conflicts: tuple[Conflict, ...]
    added: bool


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in a list; `problem` tells why it cannot be opened."""

    name: str
    title: str
    file: str
    pages: int = 0
    progress: Progress = field(default_factory=Progress)
    doubts: dict[str, int] = field(default_factory=dict)
    confidence: float = 1.0
    conflicts: int = 0
    state: DocumentState = "new"
    mark: Mark | None = None
    has_pdf: bool = False
    scanned: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document: its own fields, its sections, a list of its records.

    `unassigned` is text of plan pages that is in no cell, header, heading or running line.
    """

    name: str
    version: int
    title: str
    file: str
    pages: int
    fields: tuple[FieldView, ...]
    sections: tuple[SectionView, ...]
    records: tuple[RecordRow, ...]
    conflicts: tuple[Conflict, ...]
    progress: Progress
    mark: Mark | None
    undo: str
    redo: str
    page_sizes: tuple[tuple[float, float], ...] = ()
    unassigned: tuple[tuple[PlaceView, str], ...] = ()


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A record that waits for a reviewer.

    Attributes:
        severity: what is still in doubt, 0 to 1.
        reasons: what is in doubt, the gravest first.
        position: of the record in its document, from 1.
        rank: severity as it was read; the order of the queue.
    """

    name: str
    document_title: str
    key: str
    label: str
    text: str
    severity: float
    confidence: float
    reasons: tuple[str, ...]
    mark: Mark | None
    page: int | None
    position: int
    edited: bool
    rank: float = 0.0


@dataclass(frozen=True, slots=True)
class FieldBox:
    """A field of a record on a page."""

    key: str
    field: str
    page: int
    bbox: Box
    doubtful: bool
    label: str


@dataclass(frozen=True, slots=True)
class CellView:
    """The piece of a cell on a page, and the field that it was read into.

    `id` is that of the whole cell: the same on all its pages.
    """

    id: str
    table: int
    row: int
    column: int
    bbox: Box
    text: str
    header: str
    key: str | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class JoinView:
    """The decision at the top of a page: does the first row go on with the last one before?

    Attributes:
        index: of the decision in its table, from 0.
        row: the row that ends before the break.
        bbox: the table's first row on the page.
        by_hand: a reviewer decided.
        evidence: name, weight and what was seen, the strongest first.
        key: the record of `row`, if it is known.
    """

    table: int
    index: int
    row: int
    page: int
    bbox: Box
    joined: bool
    by_hand: bool
    score: float
    confidence: float
    evidence: tuple[tuple[str, float, str], ...]
    key: str | None = None


@dataclass(frozen=True, slots=True)
class PageTables:
    """What was found on a page; `loose` is text in no table, heading or running line."""

    page: int
    width: float
    height: float
    cells: tuple[CellView, ...]
    headers: tuple[Box, ...]
    loose: tuple[Box, ...]
    joins: tuple[JoinView, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """What an edit did.

    Attributes:
        version: of the record (or document) after it.
        seq: of the edit in the log.
        message: for the reviewer.
        key: the record to show next; None: none in particular.
        keys: all records that it touched.
        reload: the list of records is another one.
    """

    version: int
    seq: int
    message: str
    key: str | None = None
    keys: tuple[str, ...] = ()
    reload: bool = False


@dataclass(frozen=True, slots=True)
class LogLine:
    """An edit in the history of a document."""

    seq: int
    when: str
    who: str
    message: str
    undone: bool
    kind: str
    key: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What the program reads out of a text.

    Attributes:
        value: for `Desk.set_field`.
        parts: name and text of each part, to be shown while somebody types.
        issues: doubts.
        empty: nothing was read.
    """

    value: Json
    parts: tuple[tuple[str, str], ...] = ()
    issues: tuple[str, ...] = ()
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Download:
    """A file for the reviewer."""

    filename: str
    media_type: str
    data: bytes
