"""What was made of each plan file, kept on disk from one build to the next.

One file for each document, named by a fingerprint of all that it depends on: the plan file's bytes,
the modules that lay it out, the corrections of the document. It is written beside its place,
brought to the disk and renamed, so that a build that was killed goes on from what is whole. A
damaged file counts as missing. Deleting the folder costs nothing but the time of a full build.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from actionplan.normalise.dataset.corrections import Correction, Result, correct
from actionplan.normalise.dataset.digest import (
    DocumentDigest,
    digest_from_json,
    plan_digest,
    signatures,
)
from actionplan.normalise.dataset.tables import Values, arrow_table, csv_rows, plan_rows
from actionplan.normalise.privacy.protect import Privacy

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    from actionplan.schemas.plan import Plan

_DATASET = "actionplan.normalise.dataset"
_LAYOUT = (
    "actionplan.schemas.plan",
    "actionplan.schemas.tidy",
    "actionplan.schemas.dataset",
    "actionplan.normalise.csv_text",
    "actionplan.normalise.keys",
    "actionplan.normalise.tidy",
    *(f"{_DATASET}.{name}" for name in ("corrections", "digest", "settings", "store", "tables")),
)
_SUFFIX = ".rows"
_STAMP = (1980, 1, 1, 0, 0, 0)  # of every member: nothing of a file depends on when it was made
_DAMAGED = (OSError, ValueError, TypeError, KeyError, EOFError, zipfile.BadZipFile)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is known of one plan file.

    Attributes:
        digest: what links need of it.
        signatures: of its records' texts.
        results: what came of each of the document's corrections.
        path: file that holds the rows of its tables.
    """

    digest: DocumentDigest
    signatures: NDArray[np.uint32]
    results: list[Result]
    path: Path


def store_key(data: bytes, *settings: str) -> str:
    """Return the name under which the layout of a plan file's `data` is kept.

    Args:
        data: the plan file.
        settings: what else decides how it is laid out.
    """
    parts = [hashlib.sha256(data).hexdigest(), _layout(), *settings]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@cache
def _layout() -> str:
    """Fingerprint of the modules that lay a plan out."""
    sha = hashlib.sha256()
    for module in _LAYOUT:
        room, name = module.rsplit(".", 1)
        sha.update((files(room) / f"{name}.py").read_bytes())
    return sha.hexdigest()


class Store:
    """A folder of prepared plan files, laid out as `privacy` says."""

    def __init__(self, folder: Path, privacy: Privacy | None = None) -> None:
        self.folder = folder
        self.privacy = privacy or Privacy()
        folder.mkdir(parents=True, exist_ok=True)

    def load(self, key: str) -> Prepared | None:
        """Return what is kept under `key`, if it is there and whole."""
        path = self._path(key)
        try:
            with zipfile.ZipFile(path) as kept:
                digest, results, _ = json.loads(kept.read("digest.json"))
                hashes = _read_array(kept.read("signatures.npy"))
                known = [Result(*one) for one in results]
                return Prepared(digest_from_json(digest), hashes, known, path)
        except _DAMAGED:
            return None

    def save(self, key: str, plan: Plan, corrections: Sequence[Correction]) -> Prepared:
        """Correct `plan`, see to its names and texts, lay it out, and keep that under `key`.

        What links need is taken from the texts, with names as the dataset has them.

        Raises:
            ValueError: a day of the plan is no day, or it names a section that is not there.
            OSError: the folder cannot be written to.
        """
        plan, results = correct(plan, corrections)
        if self.privacy.changes:
            plan = self.privacy.named(plan)
            results = [result._replace(found=None) for result in results]
        digest = plan_digest(plan)
        hashes = signatures(record.words for record in digest.records)
        index, rows = _packed(plan_rows(self.privacy.bare(plan)))
        members = {
            "digest.json": json.dumps([digest, results, index]).encode(),
            "signatures.npy": _array_bytes(hashes),
            "rows": rows,
        }
        path = self._path(key)
        write_durably(path, _zip(members))
        return Prepared(digest, hashes, results, path)

    def keep_only(self, keys: Collection[str]) -> None:
        """Delete what is kept under other keys, and what broken-off builds left."""
        names = {self._path(key).name for key in keys}
        for path in self.folder.iterdir():
            if path.name not in names:
                path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}{_SUFFIX}"


def read_tables(prepared: Prepared) -> dict[str, tuple[bytes, pa.Table]]:
    """Return the CSV rows and the Arrow table of each table that comes from single documents.

    Raises:
        OSError, zipfile.BadZipFile: the file is gone or damaged.
    """
    with zipfile.ZipFile(prepared.path) as kept:
        _, _, index = json.loads(kept.read("digest.json"))
        rows = memoryview(kept.read("rows"))
    found, start = {}, 0
    for name, text, table in index:
        middle, end = start + text, start + text + table
        found[name] = (bytes(rows[start:middle]), _read_table(rows[middle:end]))
        start = end
    return found


def write_durably(path: Path, data: bytes) -> None:
    """Write `data` beside `path`, bring it to the disk, and rename.

    Raises:
        OSError: the folder cannot be written to.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _packed(tables: dict[str, list[Values]]) -> tuple[list[tuple[str, int, int]], bytes]:
    """The rows of all tables in one piece, and the lengths of each table's CSV and Arrow rows."""
    index, parts = [], []
    for name, rows in tables.items():
        text, table = csv_rows(rows), _table_bytes(arrow_table(name, rows))
        index.append((name, len(text), len(table)))
        parts += [text, table]
    return index, b"".join(parts)


def _table_bytes(table: pa.Table) -> bytes:
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def _read_table(data: memoryview) -> pa.Table:
    import pyarrow as pa

    with pa.ipc.open_stream(pa.py_buffer(data)) as stream:
        return stream.read_all()


def _zip(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as kept:
        for name, data in members.items():
            kept.writestr(zipfile.ZipInfo(name, _STAMP), data)
    return buffer.getvalue()


def _array_bytes(array: NDArray[np.uint32]) -> bytes:
    import numpy as np

    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=False)
    return buffer.getvalue()


def _read_array(data: bytes) -> NDArray[np.uint32]:
    import numpy as np

    array: NDArray[np.uint32] = np.load(io.BytesIO(data), allow_pickle=False)
    return array
