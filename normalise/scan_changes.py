"""Misread words of scanned pages that were mended: told in full, and as issues of the records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from actionplan.normalise.issues import issue
from actionplan.schemas.plan import OcrChange, Place, Recommendation
from actionplan.schemas.tables import Box, TableDocument

CODE = "ocr-corrected"
_SHOWN = 3  # words that a message names
_LevelChange = tuple[int, Box, str, str]  # page, box on the level page, as read, as taken


def ocr_changes(doc: TableDocument) -> list[OcrChange]:
    """Return every word that was mended, with what was read and its box on the page as shown."""
    return [
        OcrChange(page=page, bbox=doc.on_page(page, box), raw=raw, text=text)
        for page, box, raw, text in _changes(doc)
    ]


def note_changes(doc: TableDocument, records: Sequence[Recommendation]) -> None:
    """Add an issue to each record for every field that holds a mended word.

    Signs that were taken for bullets are no words.

    Args:
        doc: the document as read.
        records: its records, changed in place; boxes of their provenance are on the level pages.
    """
    words = [one for one in _changes(doc) if any(map(str.isalpha, one[3]))]
    if not words:
        return
    for record in records:
        for field, places in record.provenance.items():
            found = [one for one in words if any(_is_in(one, place) for place in places)]
            if found:
                record.issues.append(issue(CODE, field, _message(doc, found)))


def _changes(doc: TableDocument) -> Iterator[_LevelChange]:
    for page, scan in sorted(doc.scans.items()):
        for k, raw in scan.raw:
            yield page, scan.boxes[k], raw, scan.text[k]


def _is_in(change: _LevelChange, place: Place) -> bool:
    page, (x0, y0, x1, y1), _, _ = change
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    left, top, right, bottom = place.bbox
    return page == place.page and left <= x <= right and top <= y <= bottom


def _message(doc: TableDocument, changes: Sequence[_LevelChange]) -> str:
    """The words and where: ``page 2 (40, 80, 92, 91): “toid” was read, “told” is taken``."""
    told = []
    for page, box, raw, text in changes[:_SHOWN]:
        place = ", ".join(f"{value:.0f}" for value in doc.on_page(page, box))
        told.append(f"page {page} ({place}): “{raw}” was read, “{text}” is taken")
    more = len(changes) - _SHOWN
    return "; ".join(told) + (f"; and {more} more" if more > 0 else "")
