"""What is known from earlier runs, so that a rerun skips what is unchanged.

Beside the results, the folder ``.actionplan/`` holds one small file per document, written after
its result: where it came from, the fingerprint of everything the result depends on, and what came
out. A result is unchanged if the fingerprint is the same and its file is as it was written. Size
and time of the input and of the result tell most that is unchanged, without reading either.
Deleting the folder only costs the time of a full run.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from actionplan import __version__
from actionplan.inputs import PLAN_SUFFIX
from actionplan.stores import Store
from actionplan.writers import json_bytes

FOLDER = ".actionplan"
_ENTRIES = f"{FOLDER}/documents"
REFUSED = f"{FOLDER}/refused"
_ROOMS = ("extract", "normalise", "schemas")
COMPONENTS = (
    "pypdfium2",
    "pdfplumber",
    "camelot-py",
    "spacy",
    "dateparser",
    "symspellpy",
    "rapidfuzz",
)


@dataclass(slots=True)
class Entry:
    """What is known of one document.

    Attributes:
        source: what tells the input from all others: its absolute path, or its URL.
        fingerprint: of bytes, version and settings.
        written: SHA-256 of the plan file as it was written, null if there is no plan.
        summary: the facts of the summary line.
        parts: SHA-256 of what the document adds to the tables over all.
        base: fingerprint of version and settings alone.
        stamp: of the input when it was read, empty where it cannot tell a later change.
        result: stamp of the plan file, empty without one.
        columns: own columns of a manifest.
        recogniser: what would read its scanned pages, empty if it has none.
        settings: what the user set that changes a plan, to read the document again likewise.
    """

    source: str
    fingerprint: str
    written: str | None
    summary: dict[str, Any] = field(default_factory=dict)
    parts: str = ""
    base: str = ""
    stamp: str = ""
    result: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    recogniser: str = ""
    settings: dict[str, Any] = field(default_factory=dict)


def fingerprint(data: bytes, settings: Mapping[str, Any]) -> str:
    """Hash of `data`, of this program with its components, and of `settings`."""
    return digest(f"{digest(data)}\n{base(settings)}".encode())


def base(settings: Mapping[str, Any]) -> str:
    """Hash of this program with its components and of `settings`."""
    return digest(f"{program()}\n{json.dumps(settings, sort_keys=True)}".encode())


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


@cache
def program() -> str:
    """Version and content of our own files, and the versions of the components."""
    sha = hashlib.sha256(__version__.encode())
    for item in _own_files():
        sha.update(item.read_bytes())
    for name in COMPONENTS:
        sha.update(f"{name} {metadata.version(name)}".encode())
    return sha.hexdigest()


def _own_files() -> Iterator[Path]:
    """Code and data of the package, in a fixed order; in a checkout the rooms lie apart.

    The rooms are looked for, not imported: that would take longer than all else here.
    """
    yield from _files_in(Path(__file__).parent, deep=False)
    for room in _ROOMS:
        spec = find_spec(f"actionplan.{room}")
        for place in (spec and spec.submodule_search_locations) or ():
            yield from _files_in(Path(place), deep=True)


def _files_in(folder: Path, *, deep: bool) -> Iterator[Path]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_file():
            yield item
        elif deep and item.name != "__pycache__":
            yield from _files_in(item, deep=True)


def known_names(folder: Store) -> set[str]:
    """Return the names of the results of which something is known; nothing is read."""
    files = {*folder.names(_ENTRIES), *folder.names(REFUSED)}
    return {file.removesuffix(".json") for file in files}


def load_entries(folder: Store) -> dict[str, Entry]:
    """Return what is known in the output folder, by result name."""
    return {
        file.removesuffix(".json"): entry
        for file, data in folder.contents(_ENTRIES)
        if file.endswith(".json") and (entry := _entry(data))
    }


def load_entry(folder: Store, name: str) -> Entry | None:
    """Return what is known of one result; nothing if its file is missing or damaged."""
    try:
        return _entry(folder.read(_entry_file(name)))
    except OSError:
        return None


def _entry(data: bytes) -> Entry | None:
    try:
        return Entry(**json.loads(data))
    except (ValueError, TypeError):
        return None


def save_entry(folder: Store, name: str, entry: Entry) -> None:
    """Write what is known of one document; its result has to be on the disk already."""
    folder.write(_entry_file(name), json_bytes(asdict(entry)))


def forget(folder: Store, name: str) -> None:
    """Drop what is known of one document: the next run reads it again."""
    folder.delete(_entry_file(name))


def _entry_file(name: str) -> str:
    return f"{_ENTRIES}/{name}.json"


def is_current(folder: Store, name: str, entry: Entry, print_: str) -> bool:
    """Whether the result of `entry` still stands for the fingerprint `print_`; it is read."""
    if entry.fingerprint != print_:
        return False
    if entry.written is None:
        return True
    try:
        return digest(folder.read(f"{name}{PLAN_SUFFIX}")) == entry.written
    except OSError:
        return False


def looks_current(folder: Store, name: str, entry: Entry, base_: str, stamp: str) -> bool:
    """Whether size and time of input and result are those of the last run; nothing is read."""
    if not stamp or (entry.base, entry.stamp) != (base_, stamp):
        return False
    if entry.written is None:
        return True
    return bool(entry.result) and folder.stamp(f"{name}{PLAN_SUFFIX}") == entry.result
