"""What an output folder holds, to be compared byte by byte with another one."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

LEFT_OUT = {"run.json", ".actionplan/lock"}
REFUSED = ".actionplan/refused/"
"""What spares a rerun the work; whether it is kept depends on how long ago a file was written."""
STAMPS = {"stamp", "result", "files"}
"""What is known of the times of files, beside their hashes."""
OF_THE_RUN = {"seconds", "attempts"}
"""Columns of ``failures.csv`` that tell how the run went."""


def contents(folder: Path) -> dict[str, bytes]:
    """Return all files of an output folder.

    What tells how and when a run went is left out: its report, its lock, times of files, and the
    time that a failed document took.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    named = {str(path.relative_to(folder)): path for path in files}
    return {name: _lasting(name, path) for name, path in named.items() if not _passing(name)}


def differences(one: Path, other: Path) -> list[str]:
    """Names of the files that are in one folder alone, or differ."""
    first, second = contents(one), contents(other)
    return sorted(
        name for name in first.keys() | second.keys() if first.get(name) != second.get(name)
    )


def _passing(name: str) -> bool:
    return name in LEFT_OUT or name.startswith(REFUSED)


def documents(folder: Path) -> list[dict[str, Any]]:
    """The documents of the last run, as its report tells them."""
    listed: list[dict[str, Any]] = json.loads((folder / "run.json").read_bytes())["documents"]
    return listed


def _lasting(name: str, path: Path) -> bytes:
    if name == "failures.csv":
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return repr(
            [{key: row[key] for key in row if key not in OF_THE_RUN} for row in rows]
        ).encode()
    data = path.read_bytes()
    if not name.startswith(".actionplan/") or path.suffix != ".json" or "/parts/" in name:
        return data
    known = json.loads(data)
    return json.dumps({key: known[key] for key in known if key not in STAMPS}).encode()
