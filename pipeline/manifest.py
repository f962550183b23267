"""Manifests: a CSV file that names documents, with columns of one's own beside them."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from actionplan.errors import UsageError
from actionplan.origins import Columns, printable
from actionplan.schemas.dataset import DATASET

PATH, URL = "path", "url"
_FORM = "see docs/inputs.md for the form of a manifest"
_DELIMITERS = ",;\t|"
_TAKEN = frozenset(DATASET["documents"].names)
_PREFIX = "manifest_"
_LONGEST = 1_000_000
"""Characters of one cell; a quote that is never closed makes one of the whole file."""


@dataclass(frozen=True, slots=True)
class Row:
    """One document of a manifest.

    Attributes:
        line: line of the file on which the row ends, from 1.
        target: path or URL as written.
        columns: own columns with their values.
        problem: why the row names nothing, ending with what to do next; else empty.
    """

    line: int
    target: str
    columns: Columns
    problem: str = ""


def read_manifest(path: Path) -> list[Row]:
    """Return the rows of a manifest, empty ones left out.

    Its header names a column ``path``, ``url`` or both (the path is read then, and the URL is an
    own column); all others are own columns. Fields are separated by what separates the header's.

    Raises:
        UsageError: it cannot be read, or its header is not of this form.
    """
    try:
        text = _decode(path.read_bytes())
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    lines = iter(text.splitlines(keepends=True))
    skipped, first = 0, next(lines, "")
    while first and (not first.strip() or first.lower().startswith("sep=")):  # a mark of Excel's
        skipped, first = skipped + 1, next(lines, "")
    reader = csv.reader(
        io.StringIO(first + "".join(lines), newline=""), delimiter=_delimiter(first)
    )
    limit = csv.field_size_limit(_LONGEST)
    try:
        header = _Header.read(path, next(reader, []))
        return [
            header.row(cells, reader.line_num + skipped)
            for cells in reader
            if any(cell.strip() for cell in cells)
        ]
    except csv.Error as error:
        line = reader.line_num + skipped
        raise UsageError(f"{path}: no CSV file ({error}, line {line}); {_FORM}") from error
    finally:
        csv.field_size_limit(limit)


def _decode(data: bytes) -> str:
    """The text of a file: by its byte order mark, else UTF-8, else what Windows writes."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return data.removeprefix(mark).decode(encoding, errors="replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _delimiter(header: str) -> str:
    """What separates the columns of this header: it parts a known one off, and most of them."""

    def columns(delimiter: str) -> tuple[bool, int]:
        cells = next(csv.reader([header], delimiter=delimiter), [])
        return any(cell.strip().casefold() in (PATH, URL) for cell in cells), len(cells)

    return max(_DELIMITERS, key=columns)


@dataclass(frozen=True, slots=True)
class _Header:
    """The columns of a manifest: places of path and URL, and of own columns by name."""

    path: int | None
    url: int | None
    own: tuple[tuple[int, str], ...]
    width: int

    @classmethod
    def read(cls, file: Path, cells: Sequence[str]) -> _Header:
        """Return what a header says.

        Raises:
            UsageError: it names neither path nor URL, or a column twice.
        """
        names = [" ".join(printable(cell).split()) for cell in cells]
        folded = [name.casefold() for name in names]
        if PATH not in folded and URL not in folded:
            raise UsageError(f"{file}: no column is called {PATH} or {URL}; {_FORM}")
        path = folded.index(PATH) if PATH in folded else None
        url = folded.index(URL) if URL in folded else None
        main = url if path is None else path
        own = [(at, _own(name)) for at, name in enumerate(names) if name and at != main]
        seen: set[str] = {folded[main]} if main is not None else set()
        for at, name in own:
            if name.casefold() in seen:
                raise UsageError(f"{file}: two columns are called {names[at]!r}; rename one")
            seen.add(name.casefold())
        return cls(path, url, tuple(own), len(names))

    def row(self, cells: Sequence[str], line: int) -> Row:
        """Return what a line says; missing cells at its end are empty."""
        padded = [cell.strip() for cell in cells] + [""] * (self.width - len(cells))
        columns = tuple((name, padded[at]) for at, name in self.own)
        target = next(
            (padded[at] for at in (self.path, self.url) if at is not None and padded[at]), ""
        )
        if any(padded[self.width :]):
            problem = "has more cells than the header; put quotes around cells with separators"
            return Row(line, target, columns, problem)
        return Row(line, target, columns, "" if target else "names no document; fill in its path")


def _own(name: str) -> str:
    """The name of an own column; not that of a column which the table of documents has already."""
    return f"{_PREFIX}{name}" if name.casefold() in _TAKEN else name
