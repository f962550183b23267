"""Records of scanned pages: what was recognised with low confidence, and where that stands."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from actionplan.normalise.issues import issue
from actionplan.schemas.plan import Place, Recommendation
from actionplan.schemas.tables import Box, Scan, TableDocument

CODE = "ocr-low-confidence"


@dataclass(frozen=True, slots=True)
class ScanSettings:
    """Which recognised words are doubtful.

    Attributes:
        doubtful: confidence of a word (0..1) below which it is named. Of words that tesseract gives
            less than 0.6, about half are misread; above 0.8 hardly any.
        shown: words that a message names.
    """

    doubtful: float = 0.6
    shown: int = 3


@dataclass(frozen=True, slots=True)
class _Word:
    page: int
    box: Box
    text: str
    confidence: float


def note_scans(
    doc: TableDocument, records: Sequence[Recommendation], settings: ScanSettings | None = None
) -> None:
    """Lower the confidence of records on scanned pages, and name their doubtful words.

    A record is as sure as its words are on average, by their letters. The boxes of its provenance
    become those on the page as it is shown: before, they were on the page made level.

    Args:
        doc: the document as read.
        records: its records, changed in place.
        settings: thresholds.
    """
    if not doc.scans:
        return
    settings = settings or ScanSettings()
    for record in records:
        words: dict[tuple[int, Box], _Word] = {}
        for field, places in record.provenance.items():
            found = list(_words(places, doc.scans))
            words.update(((word.page, word.box), word) for word in found)
            doubtful = [word for word in found if _is_doubtful(word, settings)]
            if doubtful:
                message = _message(doc, doubtful, settings)
                record.issues.append(issue(CODE, field, message))
        record.confidence = round(record.confidence * _mean(words.values()), 3)
        record.provenance = {
            field: [Place(page=one.page, bbox=doc.on_page(one.page, one.bbox)) for one in places]
            for field, places in record.provenance.items()
        }


def _words(places: Sequence[Place], scans: Mapping[int, Scan]) -> Iterator[_Word]:
    """The recognised words that stand in the places."""
    for place in places:
        scan = scans.get(place.page)
        if scan is None:
            continue
        x0, y0, x1, y1 = place.bbox
        for text, box, confidence in zip(scan.text, scan.boxes, scan.confidence, strict=True):
            x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            if x0 <= x <= x1 and y0 <= y <= y1:
                yield _Word(place.page, box, text, confidence)


def _is_doubtful(word: _Word, settings: ScanSettings) -> bool:
    return word.confidence < settings.doubtful and any(map(str.isalnum, word.text))


def _mean(words: Collection[_Word]) -> float:
    """Mean confidence of words by their letters; 1 without any."""
    letters = sum(len(word.text) for word in words)
    if not letters:
        return 1.0
    return sum(word.confidence * len(word.text) for word in words) / letters


def _message(doc: TableDocument, words: Sequence[_Word], settings: ScanSettings) -> str:
    """The least sure words with their places: ``page 2 (40, 80, 92, 91): “rn” (41 %)``."""
    worst = sorted(words, key=lambda word: word.confidence)[: settings.shown]
    named = []
    for word in worst:
        box = ", ".join(f"{value:.0f}" for value in doc.on_page(word.page, word.box))
        named.append(f"page {word.page} ({box}): “{word.text}” ({word.confidence:.0%})")
    more = len(words) - len(worst)
    return "; ".join(named) + (f"; and {more} more" if more else "")
