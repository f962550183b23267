"""The documents of an output folder as they stand: plan files, the log, and states in memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from actionplan.corrections import Base, own_corrections, own_files, read_base
from actionplan.errors import (
    EditError,
    NoSuchRecordError,
    PlanFileError,
    StaleEditError,
)
from actionplan.inputs import PLAN_SUFFIX
from actionplan.review.changes import Change, Mismatch, change_value
from actionplan.review.edits import Edited, label_of
from actionplan.review.log import Entry, Log
from actionplan.review.rebase import rebase
from actionplan.review.record_edits import renewed_marks
from actionplan.review.settings import ReviewSettings
from actionplan.review.state import DocumentState, Edit, inverse

LOG = Path(".actionplan") / "review.db"
Stamp = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Request:
    """An edit on its way.

    Attributes:
        name: of the document.
        who: the reviewer.
        seen: the version that the reviewer saw; None: whatever there is.
        command: what is asked for, as it is kept in the log.
        why: the reviewer's reason.
        resolves: the conflict that the edit settles.
        seen_also: versions of further records, by key.
    """

    name: str
    who: str
    seen: int | None
    command: dict[str, Any]
    why: str = ""
    resolves: str = ""
    seen_also: Mapping[str, int] = field(default_factory=dict)


class Shelf:
    """The documents of an output folder. Thread-safe, and safe beside other processes.

    Attributes:
        changed: a line was written since the desk was opened.

    Raises:
        OutputError, UnreadableError: the log cannot be opened.
    """

    def __init__(self, folder: Path, settings: ReviewSettings | None = None) -> None:
        self.folder = folder
        self.settings = settings or ReviewSettings()
        self.lock = threading.RLock()
        self.log = Log(folder / LOG)
        self._states: OrderedDict[str, tuple[object, DocumentState]] = OrderedDict()
        self._corrections: tuple[object, list[Any]] = (None, [])
        self.changed = False

    def close(self) -> None:
        """Close the log."""
        with self.lock:
            self.log.close()

    def names(self) -> list[str]:
        """Return the names of the documents that have a plan file."""
        found = self.folder.glob(f"*{PLAN_SUFFIX}")
        return sorted(path.name.removesuffix(PLAN_SUFFIX) for path in found)

    def edited_names(self) -> list[str]:
        """Return the names of the documents that were ever edited and are still there."""
        names = set(self.names())
        with self.lock:
            return [one.name for one in self.log.bases() if one.name in names]

    def path(self, name: str) -> Path:
        """Return the plan file of a document.

        Raises:
            NoSuchRecordError: there is none.
        """
        path = self.folder / f"{name}{PLAN_SUFFIX}"
        # A name comes with a request and must not lead out of the folder.
        if path.parent != self.folder or path.name != f"{name}{PLAN_SUFFIX}" or not path.is_file():
            raise NoSuchRecordError(f"document {name}")
        return path

    def stamp(self, name: str) -> object:
        """Return what changes when a document does: its plan file, corrections, or log."""
        path = self.path(name)
        base = self.log.base(name)
        last = self.log.last(base.id) if base else 0
        return _stamp(path), self._corrections_stamp(), last

    def state(self, name: str) -> DocumentState:
        """Return a document as it stands.

        After a reconversion its edits are first carried over.

        Raises:
            NoSuchRecordError: there is no such document.
            PlanFileError: its plan file is none of this version.
            UnreadableError, OutputError: the log cannot be read or written to.
        """
        with self.lock:
            path = self.path(name)
            stamp = (_stamp(path), self._corrections_stamp())
            known = self._states.get(name)
            if known is None or known[0] != stamp:
                known = (stamp, self._opened(name, path))
                self._states[name] = known
            self._states.move_to_end(name)
            while len(self._states) > self.settings.states:
                self._states.popitem(last=False)
            self._catch_up(known[1])
            return known[1]

    def _catch_up(self, state: DocumentState) -> None:
        """Take what other processes have written meanwhile."""
        base = self.log.base(state.name)
        if base is None:
            return
        for entry in self.log.entries(base.id, state.seq):
            if entry.kind == "rebase":  # another process met the new plan first
                self._replace(state, base.id)
                return
            state.take(entry)

    def _replace(self, state: DocumentState, document: int) -> None:
        entries = self.log.entries(document)
        fresh = DocumentState.replayed(state.name, self.log.base_plan(document), entries)
        for name in DocumentState.__slots__:
            setattr(state, name, getattr(fresh, name))

    def _opened(self, name: str, path: Path) -> DocumentState:
        try:
            plan = read_base(path, self._own_corrections())
        except OSError as error:
            raise PlanFileError(path.name, error.strerror or str(error)) from error
        base = self.log.base(name) or self._moved(name, plan)
        if base is None:
            return DocumentState.start(name, plan.value)
        if base.print != plan.print:
            self._rebase(base.id, base.print, plan)
        entries = self.log.entries(base.id)
        return DocumentState.replayed(name, self.log.base_plan(base.id), entries)

    def _moved(self, name: str, plan: Base) -> Any:
        """The log of the same PDF under another name, whose plan file is gone."""
        for one in self.log.bases():
            gone = one.pdf == plan.pdf and not (self.folder / f"{one.name}{PLAN_SUFFIX}").exists()
            if gone:
                with self.log.write():
                    self.log.rename(one.id, name)
                return self.log.base(name)
        return None

    def _rebase(self, document: int, print_: str, plan: Base) -> None:
        """Carry the edits of a document over to a plan that was read anew."""
        with self.log.write():
            base = next(one for one in self.log.bases() if one.id == document)
            if base.print == plan.print:  # another process was first
                return
            old = self.log.base_plan(document)
            state = DocumentState.replayed(base.name, old, self.log.entries(document))
            body = rebase(state, old, plan.value)
            self.log.move_base(document, plan.pdf, plan.print, plan.value)
            self.log.append(document, "rebase", now(), "", {**body, "from": print_})
            self.changed = True

    def _own_corrections(self) -> list[Any]:
        stamp = self._corrections_stamp()
        if self._corrections[0] != stamp:
            self._corrections = (stamp, own_corrections(self.folder))
        return self._corrections[1]

    def _corrections_stamp(self) -> tuple[object, ...]:
        return tuple((path.name, *_stamp(path)) for path in own_files(self.folder))

    def commit(
        self, request: Request, build: Callable[[DocumentState], Edited]
    ) -> tuple[DocumentState, Entry, Edited]:
        """Write an edit to the log, and return the state with it.

        `build` is called with the state as it stands; what it gives is written only if none of
        the records that it touches was changed since `request.seen`.

        Raises:
            StaleEditError: somebody else changed one of them.
            EditError: the edit cannot be done.
        """
        with self.lock:
            state = self.state(request.name)
            with self._writing(state):
                self._catch_up(state)
                if request.seen is not None and request.seen < state.since:
                    raise _stale(state, None, state.since)
                edited = build(state)
                self._check_seen(state, edited.changes, request)
                at = now()
                marks = renewed_marks(state, edited.changes, request.who, at)
                changes = [*edited.changes, *marks]
                body = {
                    "command": request.command,
                    "message": edited.message,
                    "why": request.why,
                    "resolves": request.resolves,
                    "changes": [change_value(one) for one in changes],
                }
                entry = self._append(state, "edit", at, request.who, body)
            return state, entry, edited

    def _append(
        self, state: DocumentState, kind: str, at: str, who: str, body: dict[str, Any]
    ) -> Entry:
        """Write a line, and take it; within a transaction."""
        base = self.log.base(state.name)
        if base is None:
            plan = read_base(self.path(state.name), self._own_corrections())
            document = self.log.add_base(state.name, plan.pdf, plan.print, plan.value)
        else:
            document = base.id
        entry = self.log.append(document, kind, at, who, body)
        self.changed = True
        try:
            state.take(entry)
        except Mismatch as error:
            raise EditError(_mismatch(error)) from error
        return entry

    @contextmanager
    def _writing(self, state: DocumentState) -> Iterator[None]:
        """A transaction; a state that took a line which then was not written is thrown away."""
        try:
            with self.log.write():
                yield
        except EditError:  # refused before anything was taken
            raise
        except BaseException:
            self._states.pop(state.name, None)
            raise

    def _check_seen(
        self, state: DocumentState, changes: Iterable[Change], request: Request
    ) -> None:
        if request.seen is None:
            return
        for change in changes:
            last = state.touched.get(change.record, 0)
            seen = request.seen_also.get(change.record or "", request.seen)
            if change.op != "add" and last > seen:
                raise _stale(state, change.record, last)

    def undo(self, name: str, who: str) -> tuple[DocumentState, Entry, Edit]:
        """Take back the last edit of a document by `who`.

        Raises:
            EditError: there is none, or somebody changed the same thing since.
        """
        return self._turn(name, who, "undo")

    def redo(self, name: str, who: str) -> tuple[DocumentState, Entry, Edit]:
        """Do again what `who` took back last.

        Raises:
            EditError: there is nothing, or somebody changed the same thing since.
        """
        return self._turn(name, who, "redo")

    def _turn(self, name: str, who: str, kind: str) -> tuple[DocumentState, Entry, Edit]:
        with self.lock:
            state = self.state(name)
            with self._writing(state):
                self._catch_up(state)
                edit = state.last_to_undo(who) if kind == "undo" else state.last_to_redo(who)
                if edit is None:
                    raise EditError(f"nothing to {kind}: you have made no edit that could be")
                self._check_turn(state, edit, kind)
                message = f"{'Undone' if kind == 'undo' else 'Done again'}: {edit.message}"
                body = {"of": edit.seq, "message": message}
                entry = self._append(state, kind, now(), who, body)
            return state, entry, edit

    def _check_turn(self, state: DocumentState, edit: Edit, kind: str) -> None:
        """Refuse to turn an edit round whose subject somebody changed since."""
        changes = inverse(edit.changes) if kind == "undo" else edit.changes
        try:
            state.draft.apply(changes)
        except Mismatch as error:
            last = state.touched.get(error.change.record, 0)
            what = _changed_by(state, last)
            raise EditError(
                f"“{edit.message}” cannot be {'undone' if kind == 'undo' else 'done again'}: "
                f"{what}; change the record by hand instead"
            ) from error
        state.draft.apply(inverse(list(changes)))


def now() -> str:
    """Return the time as ISO 8601, UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0).isoformat()


def _stamp(path: Path) -> Stamp:
    info = path.stat()
    return info.st_mtime_ns, info.st_size


def _stale(state: DocumentState, record: str | None, seq: int) -> StaleEditError:
    entry = next((one for one in state.history if one.seq == seq), None)
    what = "The document" if record is None else "The record"
    if record in state.draft.records:
        what = label_of(state, str(record))
    if entry is None or entry.kind == "rebase":
        when = _told(entry.at) if entry else "an unknown time"
        return StaleEditError(what, "a new conversion", when, "read anew")
    return StaleEditError(what, entry.who, _told(entry.at), entry.body["message"])


def _changed_by(state: DocumentState, seq: int) -> str:
    entry = next((one for one in state.history if one.seq == seq), None)
    if entry is None or not entry.who:
        return "the document was read anew since"
    when = _told(entry.at)
    return f"{entry.who} changed the same thing at {when} ({entry.body['message']})"


def _told(at: str) -> str:
    """A time of the log as it is on this machine's clock."""
    return datetime.fromisoformat(at).astimezone().strftime("%H:%M on %Y-%m-%d")


def _mismatch(error: Mismatch) -> str:
    what = f"its {error.change.field}" if error.change.field else "the record"
    return f"{what} is not as expected any more; look at it as it is now"
