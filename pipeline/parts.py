"""What one document adds to the tables over all, kept as CSV text beside its result.

The tables over all documents are put together from these texts: no plan file is read again, and no
more than one document is in memory, however many there are.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from actionplan.cache import FOLDER, digest
from actionplan.stores import Store
from actionplan.writers import scratch

if TYPE_CHECKING:
    from actionplan.schemas.plan import Plan

CHECK = "check"
_FOLDER = f"{FOLDER}/parts"
_SORTED_AT_ONCE = 50_000
"""Rows of ``check.csv`` that are sorted in memory; more are sorted in pieces and merged."""


@dataclass(slots=True)
class Parts:
    """Rows of one document as CSV text.

    Attributes:
        tables: by the table's name, each with its header.
        check: header of ``check.csv``.
        doubts: of ``check.csv``, each with its place in the order: confidence, and weight.
        loose: of ``check.csv``, which stand last.
    """

    tables: dict[str, str] = field(default_factory=dict)
    check: str = ""
    doubts: list[tuple[float, float, str]] = field(default_factory=list)
    loose: str = ""


def parts_of(plan: Plan) -> Parts:
    """Return the rows of `plan`."""
    from actionplan.normalise.csv_text import csv_line, csv_text
    from actionplan.normalise.tidy import doubt_rows, loose_rows, tidy_tables
    from actionplan.schemas.tidy import column_names

    return Parts(
        {
            name: csv_text(column_names(name), (list(row.values()) for row in rows))
            for name, rows in tidy_tables([plan]).items()
        },
        csv_line(column_names(CHECK))[:-1],
        [(*order, csv_line(row.values())) for order, row in doubt_rows(plan)],
        "".join(csv_line(row.values()) for row in loose_rows(plan)),
    )


def save_parts(folder: Store, name: str, parts: Parts) -> str:
    """Write the rows of one document; return the fingerprint to know them by."""
    data = json.dumps(asdict(parts), ensure_ascii=False).encode()
    folder.write(_file(name), data)
    return digest(data)


def load_parts(folder: Store, name: str, fingerprint: str) -> Parts | None:
    """Return the rows of one document; nothing if they are not those of the `fingerprint`."""
    try:
        data = folder.read(_file(name))
    except OSError:
        return None
    return Parts(**json.loads(data)) if digest(data) == fingerprint else None


def have_parts(folder: Store, name: str) -> bool:
    """Whether the rows of a document are kept; they are not read."""
    return folder.exists(_file(name))


def _file(name: str) -> str:
    return f"{_FOLDER}/{name}.json"


class TableWriter:
    """Writes the tables over all documents, one document after the other; a context manager.

    Args:
        folder: where the files are written.
        own: names of further columns of ``documents.csv``, in order.
        bom: begin each file with a byte order mark.
    """

    def __init__(self, folder: Path, own: Sequence[str] = (), *, bom: bool = False) -> None:
        self._folder = folder
        self._own = tuple(own)
        self._encoding = "utf-8-sig" if bom else "utf-8"
        self._files: dict[str, IO[str]] = {}
        self._stack = ExitStack()
        self._doubts = _Sorter()
        self._failures: list[dict[str, str]] = []
        self._check = ""

    def __enter__(self) -> TableWriter:
        """Open what is needed."""
        self._loose = self._stack.enter_context(scratch())
        self._stack.enter_context(self._doubts)
        return self

    def __exit__(self, *error: object) -> None:
        """Close all files."""
        self._stack.close()

    def add(self, parts: Parts, values: dict[str, str]) -> None:
        """Add one document; `values` are its own columns."""
        for name, text in parts.tables.items():
            header, _, rows = text.partition("\n")
            if name == "documents" and self._own:
                header, rows = self._with_own(header, rows, values)
            if name not in self._files:
                self._open(name, header)
            self._files[name].write(rows)
        self._check = parts.check
        self._doubts.add(parts.doubts)
        self._loose.write(parts.loose)

    def _with_own(self, header: str, row: str, values: dict[str, str]) -> tuple[str, str]:
        """Header and the one row of ``documents.csv`` with own columns behind."""
        from actionplan.normalise.csv_text import csv_line

        names = csv_line(self._own)
        cells = csv_line(values.get(name) for name in self._own)
        return f"{header},{names[:-1]}", f"{row[:-1]},{cells}"

    def add_failure(self, document: str, reason: str) -> None:
        """Add a document that could not be read to ``check.csv``, where they stand first."""
        self._failures.append({"document": document, "reason": reason})

    def finish(self) -> list[str]:
        """Write what is written last: ``check.csv``, and tables that no document adds to.

        Returns:
            The names of all files.
        """
        from actionplan.normalise.csv_text import csv_line

        if not self._files:
            self._open_all()
        self._open(CHECK, self._check)
        names = self._check.split(",")
        failures = (csv_line(row.get(name) for name in names) for row in self._failures)
        self._loose.seek(0)
        self._files[CHECK].writelines(chain(failures, self._doubts.in_order(), self._loose))
        return [f"{name}.csv" for name in self._files]

    def _open_all(self) -> None:
        """Begin the tables of a run in which no document adds to any."""
        from actionplan.normalise.csv_text import csv_line
        from actionplan.schemas.tidy import TABLES, column_names

        for name in TABLES:
            own = self._own if name == "documents" else ()
            self._open(name, csv_line((*column_names(name), *own))[:-1])
        self._check = csv_line(column_names(CHECK))[:-1]

    def _open(self, name: str, header: str) -> None:
        file = (self._folder / f"{name}.csv").open("w", encoding=self._encoding, newline="")
        self._files[name] = self._stack.enter_context(file)
        file.write(header + "\n")


class _Sorter:
    """Texts with their place in an order, sorted; those of one place stay as they came."""

    def __init__(self) -> None:
        self._rows: list[tuple[float, float, str]] = []
        self._pieces: list[IO[str]] = []
        self._stack = ExitStack()

    def __enter__(self) -> _Sorter:
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """Add texts: two numbers and the text each."""
        self._rows += [(first, second, text) for first, second, text in rows]
        if len(self._rows) >= _SORTED_AT_ONCE:
            self._rows.sort(key=itemgetter(0, 1))
            piece = self._stack.enter_context(scratch())
            piece.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in self._rows)
            self._pieces.append(piece)
            self._rows = []

    def in_order(self) -> Iterator[str]:
        """Yield all texts."""
        self._rows.sort(key=itemgetter(0, 1))
        rows = [*map(_rows_of, self._pieces), iter(self._rows)]
        for _, _, text in heapq.merge(*rows, key=itemgetter(0, 1)):
            yield text


def _rows_of(piece: IO[str]) -> Iterator[tuple[float, float, str]]:
    piece.seek(0)
    for line in piece:
        first, second, text = json.loads(line)
        yield first, second, text
