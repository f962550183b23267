"""Files written whole or not at all: JSON and CSV."""

from __future__ import annotations

import itertools
import json
import os
import re
import secrets
import tempfile
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from actionplan.errors import OutputError, UsageError
from actionplan.normalise.csv_text import csv_text

PART_SUFFIX = ".part"
_PROCESS = secrets.token_hex(4)
_NUMBERS = itertools.count()
_PART = re.compile(r"\.(\d+)-[0-9a-f]{8}-\d+\.part")
_OLD = 24 * 3600.0
"""Seconds after which a half-written file is nobody's, whatever process has its number now."""


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


def write_bytes(path: Path, data: bytes, *, sync: bool = True) -> None:
    """Write `data` beside `path` and rename: a reader sees the old file or the new one.

    Args:
        path: the file.
        data: its content.
        sync: bring the content to the disk before the file gets its name, so that it is whole
            also after the power has failed.

    Raises:
        OutputError: the folder cannot be written to.
    """
    # Short, since the file's own name may be as long as names can be; and of this process alone,
    # also where machines share a folder.
    part = path.with_name(f".{os.getpid()}-{_PROCESS}-{next(_NUMBERS)}{PART_SUFFIX}")
    try:
        with part.open("wb") as file:
            file.write(data)
            if sync:
                file.flush()
                os.fsync(file.fileno())
        part.replace(path)
    except BaseException as error:
        part.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise OutputError(path, error.strerror or str(error)) from error
        raise


def scratch() -> IO[str]:
    """Return a file for text that is gone when it is closed."""
    return tempfile.TemporaryFile("w+", encoding="utf-8", newline="")


def drop_parts(folder: Path) -> None:
    """Remove half-written files of processes that are gone."""
    import psutil

    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as entries:
        for entry in entries:
            match = _PART.fullmatch(entry.name)
            if not match:
                continue
            with suppress(OSError):
                if not psutil.pid_exists(int(match[1])) or _is_old(entry):
                    Path(entry.path).unlink()


def _is_old(entry: os.DirEntry[str]) -> bool:
    return time.time() - entry.stat().st_mtime > _OLD


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
