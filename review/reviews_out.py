"""Who has checked what, as a table for analysts: ``review.csv`` beside the plan files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from actionplan.review.shelf import Shelf
from actionplan.review.state import DocumentState
from actionplan.writers import csv_bytes, write_bytes

NAME = "review.csv"
COLUMNS = (
    "document_id",
    "document",
    "record_key",
    "number",
    "field",
    "state",
    "current",
    "who",
    "when",
    "note",
)
Row = tuple[object, ...]


def review_rows(state: DocumentState) -> Iterator[Row]:
    """Yield the marks of a document: its own, then those of its records, in its order.

    `current` is false where the content has changed since.
    """
    keys = list(state.draft.records)
    places = {None: -1} | {key: at for at, key in enumerate(keys)}
    marked = [place for place in state.draft.marks if place[0] in places]
    for key, name in sorted(marked, key=lambda place: (places[place[0]], place[1] or "")):
        mark = state.mark(key, name)
        if mark is None:
            continue
        facts = state.draft.document
        number = state.draft.records[key]["number"] if key else None
        told = (mark.state, not mark.stale, mark.who, mark.when, mark.note or None)
        yield (facts["id"], facts["name"], key, number, name, *told)


def write_reviews(shelf: Shelf) -> Path | None:
    """Write the marks of all documents where they changed; without any there is no file.

    Returns:
        The file, if it was written or removed.

    Raises:
        OutputError: it cannot be written.
    """
    rows: list[Row] = []
    for name in shelf.edited_names():
        with shelf.lock:
            rows += review_rows(shelf.state(name))
    path = shelf.folder / NAME
    data = csv_bytes(COLUMNS, rows)
    known = path.read_bytes() if path.is_file() else None
    if data == known or not (rows or known):
        return None
    if rows:
        write_bytes(path, data)
    else:
        path.unlink()
    return path
