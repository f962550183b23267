"""The PDFs of documents: where they are, and what stands on their pages."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from actionplan.cache import load_entry
from actionplan.errors import EditError, PdfMissingError
from actionplan.export_pictures import find_document, seems_there
from actionplan.review.model import PageTables
from actionplan.review.settings import ReviewSettings
from actionplan.review.shelf import Shelf
from actionplan.review.state import DocumentState
from actionplan.review.worker import Command, Paper, Reader, Reread
from actionplan.schemas.plan import Document
from actionplan.stores import LocalStore

GIVEN = Path(".actionplan") / "review-pdf"
STRUCTURE = ("split_row", "join_rows", "set_column")
"""Names of the edits that change tables."""
_Key = tuple[str, int, str]


class Papers:
    """PDFs, found and read again in a process of their own; thread-safe."""

    def __init__(self, shelf: Shelf, settings: ReviewSettings) -> None:
        self._shelf = shelf
        self._settings = settings
        self._reader = Reader(settings.seconds)
        self._lock = threading.Lock()
        self._found: dict[str, tuple[str, Path, int]] = {}
        self._pages: OrderedDict[_Key, Future[list[PageTables]]] = OrderedDict()

    def start(self) -> None:
        """Start the process that reads."""
        self._reader.start()

    def close(self) -> None:
        """Stop the process that reads."""
        self._reader.close()

    def find(self, state: DocumentState) -> Path | None:
        """Return the PDF of a document if it is there and still the same.

        It is looked for where it was converted, beside the plan file, among those that reviewers
        gave again, and beside the PDFs of other documents.
        """
        id_ = state.draft.document["id"]
        with self._lock:
            known = self._found.get(state.name)
        if known and known[0] == id_ and _modified(known[1]) == known[2]:
            return known[1]
        facts = Document.model_validate(state.draft.document)
        plan_file = self._shelf.path(state.name)
        given = self._given(id_)
        with self._lock:  # PDFs are moved together: look where others are found
            folders = dict.fromkeys(path.parent for _, path, _ in self._found.values())
        places = (find_document(plan_file, facts, folder) for folder in (None, *folders))
        path = given if _is(given, id_) else next((one for one in places if one), None)
        if path is not None:
            with self._lock:
                self._found[state.name] = (id_, path, _modified(path))
        return path

    def seems_there(self, state: DocumentState) -> bool:
        """Whether a file is where the PDF should be; `find` tells whether it is the same."""
        facts = Document.model_validate(state.draft.document)
        given = self._given(facts.id)
        return given.is_file() or seems_there(self._shelf.path(state.name), facts)

    def _given(self, id_: str) -> Path:
        return self._shelf.folder / GIVEN / f"{id_.removeprefix('sha256:')}.pdf"

    def attach(self, state: DocumentState, data: bytes) -> Path:
        """Keep the PDF of a document that a reviewer gives again.

        Raises:
            EditError: it is another file.
            OutputError: it cannot be written.
        """
        from actionplan.writers import make_folder, write_bytes

        id_ = state.draft.document["id"]
        if _id(data) != id_:
            raise EditError(
                f"this is not the file that {state.name} was read from; choose that one, or "
                "convert this one"
            )
        path = self._given(id_)
        make_folder(path.parent)
        write_bytes(path, data)
        return path

    def pages(self, state: DocumentState, *, wait: bool) -> list[PageTables] | None:
        """Return what stands on each page, None while the PDF is being read.

        Raises:
            PdfMissingError: the PDF is not found.
            EditError: it cannot be read again.
        """
        with self._shelf.lock:
            paper, commands = self._paper(state), structure_of(state)
        key = (paper.path, paper.stamp, repr(commands))
        with self._lock:
            future = self._pages.get(key)
            if future is None:
                future = self._pages[key] = self._reader.pages(paper, commands)
            self._pages.move_to_end(key)
            while len(self._pages) > self._settings.tables:
                self._pages.popitem(last=False)
        if not (wait or future.done()):
            return None
        try:
            return future.result()
        except Exception as error:
            with self._lock:
                self._pages.pop(key, None)
            raise EditError(f"the PDF cannot be read again ({error}); go on without it") from error

    def sizes(self, state: DocumentState) -> tuple[tuple[float, float], ...]:
        """Return width and height of each page, in points; nothing until the PDF was read."""
        with self._shelf.lock:
            path = self.find(state)
        with self._lock:
            found = [
                future.result()
                for key, future in self._pages.items()
                if key[0] == str(path) and future.done() and not future.exception()
            ]
        return tuple((one.width, one.height) for one in found[-1]) if found else ()

    def reread(self, state: DocumentState, more: Command) -> Reread:
        """Return the plan that the PDF gives before and after another change of its tables.

        Raises:
            PdfMissingError: the PDF is not found.
            EditError: it cannot be read again, or `more` cannot be done.
        """
        with self._shelf.lock:
            paper, commands = self._paper(state), structure_of(state)
        return self._reader.plans(paper, commands, more)

    def _paper(self, state: DocumentState) -> Paper:
        path = self.find(state)
        if path is None:
            raise PdfMissingError(state.name, "")
        entry = load_entry(LocalStore(self._shelf.folder), state.name)
        settings = json.dumps(entry.settings, sort_keys=True) if entry else ""
        return Paper(str(path), _modified(path), str(self._shelf.folder), settings)


def structure_of(state: DocumentState) -> list[dict[str, Any]]:
    """Return the changes of tables that stand, in order."""
    return [edit.command for edit in state.active() if edit.name in STRUCTURE]


def _id(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _is(path: Path, id_: str) -> bool:
    try:
        return _id(path.read_bytes()) == id_
    except OSError:
        return False


def _modified(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
