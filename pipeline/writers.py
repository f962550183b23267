"""Files written whole or not at all: JSON and CSV."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from actionplan.errors import OutputError, UsageError
from actionplan.normalise.csv_text import csv_text


def make_folder(folder: Path) -> Path:
    """Create `folder` and its parents.

    Raises:
        UsageError: a file is in the way, or the system refuses.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"{folder}: the folder cannot be made ({error.strerror}); name another one with -o"
        ) from error
    return folder


def write_bytes(path: Path, data: bytes) -> None:
    """Write `data` beside `path` and rename: a reader sees the old file or the new one.

    Raises:
        OutputError: the folder cannot be written to.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except BaseException as error:
        part.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise OutputError(path, error.strerror or str(error)) from error
        raise


def write_json(path: Path, value: Any) -> bytes:
    """Write `value` as indented UTF-8 JSON with a closing newline; return the bytes written."""
    data = json_bytes(value)
    write_bytes(path, data)
    return data


def json_bytes(value: Any) -> bytes:
    """Return `value` as indented UTF-8 JSON with a closing newline."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def write_csv(
    path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]], *, bom: bool = False
) -> None:
    """Write `rows` under a header of `columns`, UTF-8, with a byte order mark if `bom`.

    None becomes an empty field; a text that a spreadsheet would run as a formula is disarmed.
    """
    write_bytes(path, csv_bytes(columns, rows, bom=bom))


def csv_bytes(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, bom: bool = False
) -> bytes:
    """Return what `write_csv` writes."""
    return csv_text(columns, rows).encode("utf-8-sig" if bom else "utf-8")
