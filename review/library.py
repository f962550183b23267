"""What lists need of every document, kept as long as its plan file and its log are the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from actionplan.errors import ActionplanError
from actionplan.review import queue, showing
from actionplan.review.model import DocumentRow, Progress, QueueItem
from actionplan.review.papers import Papers
from actionplan.review.shelf import Shelf
from actionplan.review.state import DocumentState


@dataclass(frozen=True, slots=True)
class _Known:
    stamp: object
    row: DocumentRow
    items: tuple[QueueItem, ...]


class Library:
    """All documents of an output folder, in short."""

    def __init__(self, shelf: Shelf, papers: Papers) -> None:
        self._shelf = shelf
        self._papers = papers
        self._known: dict[str, _Known] = {}

    def rows(self) -> list[DocumentRow]:
        """Return all documents by name."""
        return [one.row for one in self._every()]

    def queue(self, name: str | None = None) -> list[QueueItem]:
        """Return all records, the gravest first; of one document if `name` is given."""
        if name is not None:
            return queue.ordered(self._look(name).items)
        return queue.ordered([item for one in self._every() for item in one.items])

    def progress(self) -> Progress:
        """Return the counts over all documents."""
        rows = [row.progress for row in self.rows()]
        names = Progress.__dataclass_fields__
        return Progress(*(sum(getattr(row, name) for row in rows) for name in names))

    def _every(self) -> list[_Known]:
        names = self._shelf.names()
        self._known = {name: self._known[name] for name in names if name in self._known}
        return [self._look(name) for name in names]

    def _look(self, name: str) -> _Known:
        with self._shelf.lock:
            try:
                stamp = self._shelf.stamp(name)
                known = self._known.get(name)
                if known is None or known.stamp != stamp:
                    known = self._known[name] = self._summary(name)
            except ActionplanError as error:
                return _Known(None, DocumentRow(name, name, name, problem=str(error)), ())
            return known

    def _summary(self, name: str) -> _Known:
        state = self._shelf.state(name)
        items = queue.items_of(state, self._shelf.settings)
        row = _row(state, showing.progress(state, self._shelf.settings))
        row = replace(row, has_pdf=self._papers.seems_there(state))
        return _Known(self._shelf.stamp(name), row, tuple(items))


def _row(state: DocumentState, progress: Progress) -> DocumentRow:
    facts = state.draft.document
    records = state.draft.records.values()
    doubts = Counter(code for one in records for code in {x["code"] for x in one["issues"]})
    row = DocumentRow(
        name=state.name,
        title=facts["title"] or facts["name"],
        file=facts["name"],
        pages=facts["pages"],
        progress=progress,
        doubts=dict(doubts.most_common()),
        confidence=min((one["confidence"] for one in records), default=1.0),
        conflicts=len(state.conflicts),
        mark=state.mark(None),
        scanned=bool(facts["scanned_pages"]),
    )
    done = progress.records and progress.accepted == progress.records and not row.conflicts
    begun = progress.accepted or progress.flagged or progress.edited or state.seq
    return replace(row, state="reviewed" if done else "started" if begun else "new")
