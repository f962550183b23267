"""What went wrong while a document was read, noted on the records that it touches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from actionplan.normalise.issues import cost, issue
from actionplan.schemas.plan import Recommendation
from actionplan.schemas.tables import Difference, TableDocument

_CUT_BEFORE = frozenset({"incomplete", "scan-unread"})
"""Warnings of a page that is left out: the record before it may be cut."""
_SHOWN = 60  # characters of a differing text that a message shows


def note_reading(doc: TableDocument, records: Sequence[Recommendation]) -> None:
    """Add an issue to each record for each warning and difference that concerns its pages.

    A code takes its share of the confidence once, however often it occurs.
    """
    for record in records:
        extents = _extents(record)
        found = [*_warnings(doc, set(extents)), *_differences(doc.differences, extents)]
        for code, message in found:
            record.issues.append(issue(code, "text", message))
        for code in {code for code, _ in found}:
            record.confidence = round(record.confidence * (1.0 - cost(code)), 3)


def _extents(record: Recommendation) -> dict[int, tuple[float, float]]:
    """Upper and lower end of the record on each of its pages."""
    out: dict[int, tuple[float, float]] = {}
    for places in record.provenance.values():
        for place in places:
            _, top, _, bottom = place.bbox
            high, low = out.get(place.page, (top, bottom))
            out[place.page] = min(high, top), max(low, bottom)
    return out


def _warnings(doc: TableDocument, pages: set[int]) -> Iterator[tuple[str, str]]:
    """Warnings on the record's pages; page 0 stands for all pages."""
    for code, page, message in doc.warnings:
        if page == 0 or page in pages or (code in _CUT_BEFORE and page - 1 in pages):
            yield code, message


def _differences(
    differences: Sequence[Difference], extents: dict[int, tuple[float, float]]
) -> Iterator[tuple[str, str]]:
    """What a second reader read otherwise at the record's height."""
    for item in differences:
        high, low = extents.get(item.page, (0.0, -1.0))
        x0, top, x1, bottom = item.bbox
        if top < low and bottom > high:
            box = ", ".join(f"{value:.0f}" for value in (x0, top, x1, bottom))
            read = f"“{_short(item.first)}”, or “{_short(item.second)}”"
            yield "readers-differ", f"page {item.page} ({box}): {read}"


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
