"""The review desk: all that its pages ask for and do, in one place."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from actionplan.errors import ActionplanError, NoSuchRecordError
from actionplan.parsing import column_fields, parse_text
from actionplan.review import edits, places, queue, showing
from actionplan.review.corrections_out import write_corrections
from actionplan.review.desk_tables import DeskTables
from actionplan.review.downloads import download
from actionplan.review.library import Library
from actionplan.review.model import (
    Conflict,
    DocumentRow,
    DocumentView,
    Download,
    FieldBox,
    LogLine,
    PageTables,
    Progress,
    QueueItem,
    Reading,
    RecordView,
)
from actionplan.review.papers import Papers
from actionplan.review.readings import reading
from actionplan.review.reviews_out import write_reviews
from actionplan.review.settings import ReviewSettings
from actionplan.review.shelf import Shelf

if TYPE_CHECKING:
    from actionplan.schemas.plan import Plan


class Desk(DeskTables):
    """The review desk of an output folder.

    Thread-safe; several desks, also in other processes, may work on one folder. `seen` is the
    version that a reviewer saw, `who` the reviewer's name.

    Args:
        folder: of plan files, as ``convert`` writes it.
        settings: limits.

    Raises:
        OutputError, UnreadableError: the log of edits cannot be opened.
    """

    def __init__(self, folder: Path, settings: ReviewSettings | None = None) -> None:
        self.folder = folder
        self.settings = settings or ReviewSettings()
        self._shelf = Shelf(folder, self.settings)
        self._papers = Papers(self._shelf, self.settings)
        self._library = Library(self._shelf, self._papers)

    def __enter__(self) -> Desk:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Write what goes beside the plan files, stop the process that reads PDFs, close the log.

        What cannot be written now is written by the next desk, or by ``review --write``.
        """
        if self._shelf.changed:
            with suppress(ActionplanError, OSError):
                self.write_corrections()
        self._papers.close()
        self._shelf.close()

    def warm_up(self) -> None:
        """Load what the first reading of a text or of a PDF would wait for."""
        self._papers.start()
        parse_text("leads", "Head of Service")

    # Lists

    def documents(self) -> list[DocumentRow]:
        """Return all documents by name."""
        return self._library.rows()

    def progress(self) -> Progress:
        """Return the counts over all documents."""
        return self._library.progress()

    def queue(self, name: str | None = None, *, open_only: bool = True) -> list[QueueItem]:
        """Return records, doubtful ones first: of one document or of all, those that wait or all.

        Raises:
            NoSuchRecordError: there is no such document.
        """
        if name is not None:
            self._shelf.path(name)
        found = self._library.queue(name)
        return [one for one in found if queue.waits(one)] if open_only else found

    def next_item(self, name: str, key: str, *, within: str | None = None) -> QueueItem | None:
        """Return the next record of the queue that waits; after the last the first."""
        return queue.neighbour(self._library.queue(within), (name, key), step=1)

    def previous_item(self, name: str, key: str, *, within: str | None = None) -> QueueItem | None:
        """Return the record before it in the queue that waits; before the first the last."""
        return queue.neighbour(self._library.queue(within), (name, key), step=-1)

    # One document

    def document(self, name: str) -> DocumentView:
        """Return a document with a list of its records.

        Raises:
            NoSuchRecordError: there is no such document.
            PlanFileError: its plan file is none of this version.
        """
        with self._shelf.lock:
            view = showing.document_view(self._shelf.state(name), self.settings)
        return replace(view, page_sizes=self.page_sizes(name))

    def page_sizes(self, name: str) -> tuple[tuple[float, float], ...]:
        """Return width and height of each page, in points; nothing until the PDF was read."""
        with self._shelf.lock:
            return self._papers.sizes(self._shelf.state(name))

    def record(self, name: str, key: str) -> RecordView:
        """Return a record as a form.

        Raises:
            NoSuchRecordError: there is no such document or record.
        """
        with self._shelf.lock:
            state = self._shelf.state(name)
            edits.record_of(state, key)
            return showing.record_view(state, key)

    def page_fields(self, name: str, page: int) -> list[FieldBox]:
        """Return the boxes of all fields on a page; they need no PDF."""
        with self._shelf.lock:
            return places.page_fields(self._shelf.state(name), page)

    def field_at(self, name: str, page: int, x: float, y: float) -> FieldBox | None:
        """Return the field at a place on a page, in points; the smallest around it."""
        with self._shelf.lock:
            return places.field_at(self._shelf.state(name), page, x, y)

    def history(self, name: str, limit: int | None = None) -> list[LogLine]:
        """Return the latest edits of a document, the last one first."""
        with self._shelf.lock:
            lines = showing.history(self._shelf.state(name))
        return lines[: limit or self.settings.history]

    def undo_text(self, name: str, who: str) -> str:
        """Return what `undo` would take back; empty if nothing."""
        with self._shelf.lock:
            edit = self._shelf.state(name).last_to_undo(who)
        return edit.message if edit else ""

    def redo_text(self, name: str, who: str) -> str:
        """Return what `redo` would do again; empty if nothing."""
        with self._shelf.lock:
            edit = self._shelf.state(name).last_to_redo(who)
        return edit.message if edit else ""

    def pdf(self, name: str) -> Path | None:
        """Return the PDF of a document if it is there and still the same."""
        with self._shelf.lock:
            state = self._shelf.state(name)
        return self._papers.find(state)

    def attach_pdf(self, name: str, data: bytes) -> Path:
        """Keep the PDF of a document that was moved.

        Raises:
            EditError: it is another file.
        """
        with self._shelf.lock:
            state = self._shelf.state(name)
        return self._papers.attach(state, data)

    def page_tables(self, name: str, page: int, *, wait: bool = False) -> PageTables | None:
        """Return cells, joins and loose text of a page; None while the PDF is being read.

        Raises:
            PdfMissingError: the PDF is not found.
            EditError: it cannot be read again, or has no such page.
        """
        with self._shelf.lock:
            state = self._shelf.state(name)
        pages = self._papers.pages(state, wait=wait)
        if pages is None:
            return None
        if not 1 <= page <= len(pages):
            raise NoSuchRecordError(f"page {page} of {name}")
        with self._shelf.lock:
            return places.with_fields(pages[page - 1], state)

    # Conflicts, readings, results

    def conflicts(self, name: str) -> list[Conflict]:
        """Return the corrections that no longer fit what a new conversion read."""
        with self._shelf.lock:
            return list(showing.conflicts(self._shelf.state(name)))

    def read_text(self, field: str, text: str, name: str | None = None) -> Reading:
        """Return what the program reads out of a text; bodies as document `name` calls them."""
        known = []
        if name is not None and field in ("agencies", "agency"):
            with self._shelf.lock:
                known = edits.known_agencies(self._shelf.state(name))
        return reading(field, text, known)

    def column_fields(self) -> tuple[str, ...]:
        """Return what `set_column` takes."""
        return column_fields()

    def plan(self, name: str) -> Plan:
        """Return the corrected plan of a document."""
        from actionplan.schemas.plan import Plan

        with self._shelf.lock:
            value = self._shelf.state(name).draft.value()
        return Plan.model_validate(value)

    def download(self, name: str, form: str) -> Download:
        """Return the corrected plan of a document as a file.

        Args:
            name: of the document.
            form: ``json``: the plan file; ``csv``: a row for each action; ``xlsx``: the workbook
                of ``actionplan export``.

        Raises:
            EditError: there is no such form.
            MissingComponentError: what writes workbooks is not installed.
        """
        return download(self.plan(name), name, form)

    def write_corrections(self, name: str | None = None) -> list[Path]:
        """Write the files of corrections that are not up to date; return them.

        Args:
            name: of a document; None: all that were ever edited, and the table of what was
                reviewed.

        Raises:
            OutputError: a file cannot be written.
        """
        if name is not None:
            found = [write_corrections(self._shelf, name)]
        else:
            found = [write_corrections(self._shelf, one) for one in self._shelf.edited_names()]
            found.append(write_reviews(self._shelf))
        return [path for path in found if path is not None]
