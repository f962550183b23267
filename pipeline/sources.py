"""The plan files of an output folder, and the PDF files that they were made from."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from actionplan.cache import digest, load_entry
from actionplan.errors import UsageError
from actionplan.inputs import PLAN_SUFFIX


def plan_files(folder: Path) -> list[Path]:
    """Return the plan files in `folder`, by name.

    Raises:
        UsageError: there is none, or no such folder.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder; name the one that convert wrote to")
    found = sorted(folder.glob(f"*{PLAN_SUFFIX}"))
    if not found:
        raise UsageError(
            f"{folder}: the folder holds no plan file (NAME{PLAN_SUFFIX}); "
            "make some with `actionplan convert`"
        )
    return found


class PdfFinder:
    """Finds the PDF files that plan files were made from, if they are still there unchanged.

    Args:
        folders: where to look, too: at any depth, for PDF files with the bytes of a plan's.
    """

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        self._folders = folders
        self._ids: dict[Path, str | None] = {}

    def find(self, plan: Path, document: str) -> Path | None:
        """Return the PDF file of a plan file: where it was converted from, or in the folders.

        Args:
            plan: the plan file.
            document: id of its document, ``sha256:…``.
        """
        name = plan.name.removesuffix(PLAN_SUFFIX)
        entry = load_entry(plan.parent, name)
        nearest = [Path(entry.source)] if entry else []
        rest = sorted(self._below, key=lambda path: path.stem != name)
        return next((one for one in [*nearest, *rest] if self._identity(one) == document), None)

    @cached_property
    def _below(self) -> list[Path]:
        """All PDF files in the folders."""
        found = (path for folder in self._folders for path in folder.rglob("*"))
        return sorted(path for path in found if path.suffix.lower() == ".pdf" and path.is_file())

    def _identity(self, path: Path) -> str | None:
        if path not in self._ids:
            try:
                self._ids[path] = f"sha256:{digest(path.read_bytes())}"
            except OSError:
                self._ids[path] = None
        return self._ids[path]
