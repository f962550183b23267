"""Scanned pages as a run sees them: what they depend on, what is told of those left unread."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from actionplan.errors import ActionplanError, NoPlanError, OcrMissingError
from actionplan.schemas.tables import OcrResources, ReadOptions
from actionplan.stores import Store

if TYPE_CHECKING:
    from actionplan.schemas.tables import TableDocument

_CACHE = ".actionplan/ocr"


def recogniser(options: ReadOptions) -> str:
    """Name and version of what recognises words, with the languages it has; empty if nothing does.

    Results depend on it: with another version, scans are read anew.
    """
    if options.ocr == "never":
        return ""
    from actionplan.extract.ocr.engine import description

    return description()


def resources(folder: Store, threads: int = 0) -> OcrResources:
    """What recognition may use: what it recognised is kept beside the results.

    Args:
        folder: of the results; one that is not on this machine keeps nothing.
        threads: pages at a time; 0: as many as there are cores.
    """
    local = folder.local
    return OcrResources(threads, local / _CACHE if local else None)


def scan_facts(document: TableDocument) -> dict[str, Any]:
    """What is known of the scanned pages of a document; empty if it has none.

    ``unread_pages`` are scanned pages that were not read, ``ocr_missing`` says that all of the
    document would need what is not installed.
    """
    if not document.image_pages:
        return {}
    read = {audit.page for audit in document.audit if audit.words}
    unread = [page for page in document.image_pages if page not in document.scans]
    facts: dict[str, Any] = {
        "scanned_pages": len(document.image_pages),
        "unread_pages": len(unread),
        "ocr_seconds": round(document.ocr_seconds, 2),
    }
    if document.ocr_missing:
        facts["ocr_missing"] = document.ocr_missing
        facts["nothing_read"] = not read
    return facts


def nothing_found(name: str, facts: Mapping[str, Any]) -> ActionplanError:
    """The error of a document without a plan: none is in it, or nothing of it could be read."""
    missing = facts.get("ocr_missing", "")
    if missing and facts.get("nothing_read"):
        return OcrMissingError(name, missing)
    return NoPlanError(name, facts["tables"], facts.get("unread_pages", 0), missing)
