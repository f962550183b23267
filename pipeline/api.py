"""From a PDF to its tables and its plan: the public functions of the package."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from actionplan.errors import FileAccessError, PageLimitError, from_reason

if TYPE_CHECKING:
    from actionplan.schemas.plan import Plan
    from actionplan.schemas.tables import OcrResources, ReadOptions, TableDocument

Source = str | Path | bytes


def read_tables(
    source: Source,
    *,
    name: str = "",
    password: str | None = None,
    options: ReadOptions | None = None,
    max_pages: int = 0,
    resources: OcrResources | None = None,
) -> TableDocument:
    """Return the logical tables of `source`, joined over its pages.

    Args:
        source: a path, or the bytes of a PDF.
        name: what to call the document; the file's name where there is one.
        password: opens a protected PDF.
        options: which reader, and what else it hears; the defaults are right for nearly all.
        max_pages: most pages that a document may have; 0: any number.
        resources: what the recognition of scanned pages may use.

    Raises:
        UnreadableError: the input is empty, no PDF, damaged, protected, or cannot be opened.
        PageLimitError: it has more than `max_pages` pages.
    """
    from actionplan.extract import read_tables as extract_tables
    from actionplan.extract.errors import ReadError, TooManyPagesError
    from actionplan.normalise.hints import plan_hints

    name = name or ("document.pdf" if isinstance(source, bytes) else Path(source).name)
    data = source if isinstance(source, bytes) else load(Path(source))
    try:
        return extract_tables(
            data,
            name=name,
            hints=plan_hints(),
            password=password,
            options=options,
            max_pages=max_pages,
            resources=resources,
        )
    except TooManyPagesError as error:
        raise PageLimitError(name, error.pages, max_pages) from error
    except ReadError as error:
        raise from_reason(name, error.reason, password_given=password is not None) from error


def read(
    source: Source,
    *,
    name: str = "",
    password: str | None = None,
    columns: Mapping[str, str] | None = None,
    options: ReadOptions | None = None,
) -> Plan:
    """Return the plan in `source`; a document without one gives a plan without recommendations.

    Args:
        source: a path, or the bytes of a PDF.
        name: what to call the document; the file's name where there is one.
        password: opens a protected PDF.
        columns: fields by column header, where the header alone is not understood.
        options: as for `read_tables`.

    Raises:
        UnreadableError: the input is empty, no PDF, damaged, protected, or cannot be opened.
    """
    document = read_tables(source, name=name, password=password, options=options)
    return plan_of(document, columns)


def plan_of(
    document: TableDocument,
    columns: Mapping[str, str] | None = None,
    by_table: Mapping[int, Mapping[int, str]] | None = None,
) -> Plan:
    """Return the plan in a document that `read_tables` gave.

    Args:
        document: the document's tables.
        columns: as for `read`.
        by_table: field by the place of a column (from 0) in single tables of the document (by
            their place, from 0), where `columns` would be too much.
    """
    from actionplan.normalise.interpret import interpret

    return interpret(document, column_map=columns, by_table=by_table)


def load(path: Path) -> bytes:
    """Return the bytes of the file at `path`.

    Raises:
        FileAccessError: the system does not let us read it, or it is no plain file: a pipe or a
            device would never end.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise FileAccessError(path.name, "no plain file")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        problem = getattr(error, "strerror", None) or str(error)
        raise FileAccessError(path.name, problem) from error
