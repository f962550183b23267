"""The tables over all documents of a run: written when something in them has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from actionplan import cache
from actionplan.convert import Job, Outcome
from actionplan.errors import LostRowsError
from actionplan.parts import TableWriter, load_parts
from actionplan.stores import Store
from actionplan.writers import json_bytes

_PUBLISHED = f"{cache.FOLDER}/tables.json"


class Tables:
    """What goes into the tables over all, document by document.

    Args:
        folder: where results are.
        jobs: all documents; own columns of theirs go into ``documents.csv``.
        bom: begin each file with a byte order mark.
    """

    def __init__(self, folder: Store, jobs: Sequence[Job], *, bom: bool) -> None:
        self._folder, self._bom = folder, bom
        self._own = tuple(dict.fromkeys(name for job in jobs for name, _ in job.source.columns))
        self._documents: list[tuple[str, str, dict[str, str]]] = []
        self._failures: list[tuple[str, str]] = []
        self._sum = hashlib.sha256(repr((cache.program(), bom, self._own)).encode())

    def add(self, outcome: Outcome) -> None:
        """Add a document; one that failed is a row of ``check.csv``."""
        values = dict(outcome.source.columns)
        if outcome.parts:
            self._documents.append((outcome.name, outcome.parts, values))
        elif outcome.state == "failed":
            self._failures.append((outcome.source.name, outcome.message))
        seen = (outcome.name, outcome.parts, outcome.source.columns, outcome.message)
        self._sum.update(repr(seen).encode(errors="surrogateescape"))

    def are_published(self) -> bool:
        """Whether the tables in the folder are those that would be written."""
        try:
            known = json.loads(self._folder.read(_PUBLISHED))
            return known["tables"] == self._sum.hexdigest() and all(
                stamp and self._folder.stamp(name) == stamp
                for name, stamp in known["files"].items()
            )
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return False

    def note_published(self, names: Sequence[str]) -> None:
        """Keep what is known of the tables that are in the folder now."""
        stamps = {name: self._folder.stamp(name) for name in names}
        known = {"tables": self._sum.hexdigest(), "files": stamps}
        self._folder.write(_PUBLISHED, json_bytes(known))

    def write(self, stage: Path) -> list[str]:
        """Write the tables into `stage`; return the names of the files.

        Raises:
            LostRowsError: what a document adds is not there as it was written.
        """
        with TableWriter(stage, self._own, bom=self._bom) as writer:
            for failure in self._failures:
                writer.add_failure(*failure)
            for name, fingerprint, values in self._documents:
                parts = load_parts(self._folder, name, fingerprint)
                if parts is None:
                    cache.forget(self._folder, name)
                    raise LostRowsError(name)
                writer.add(parts, values)
            return writer.finish()
