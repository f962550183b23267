"""What links need of a plan: small enough to hold of all documents at once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from actionplan.normalise.dataset.settings import LINKS
from actionplan.normalise.keys import fingerprint

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from actionplan.schemas.plan import Plan, Recommendation

_NO_WORD = re.compile(r"[\W_]+")
_MASK = (1 << 64) - 1


class RecordDigest(NamedTuple):
    """A recommendation.

    Attributes:
        words: its text without case and punctuation, words parted by single spaces.
        marks: fingerprints of what else is printed: target, leads, actions.
    """

    key: str
    number: str | None
    words: str
    marks: tuple[str, ...]


class DocumentDigest(NamedTuple):
    """A document.

    Attributes:
        names: what it says of the review: case, pseudonym, title, partnership.
        day: last day of its date.
        updates: how many its recommendations have.
    """

    id: str
    name: str
    names: dict[str, str | None]
    day: str | None
    updates: int
    records: tuple[RecordDigest, ...]


def plan_digest(plan: Plan) -> DocumentDigest:
    """Return the digest of a plan."""
    facts = plan.document
    names = {
        "case": facts.case,
        "pseudonym": facts.pseudonym,
        "title": facts.title,
        "partnership": facts.partnership,
    }
    return DocumentDigest(
        facts.id,
        facts.name,
        {name: plain_words(value) or None for name, value in names.items() if value},
        facts.date.end if facts.date else None,
        sum(len(record.updates) for record in plan.recommendations),
        tuple(_record(record) for record in plan.recommendations),
    )


def _record(record: Recommendation) -> RecordDigest:
    printed = {
        "target": [record.target.edtf or record.target.text or ""],
        "leads": [lead.text for lead in record.leads],
        "actions": [action.text for action in record.actions],
    }
    marks = tuple(fingerprint([name, *texts]) for name, texts in printed.items() if any(texts))
    return RecordDigest(record.key, record.number, plain_words(record.text), marks)


def plain_words(text: str) -> str:
    """Return `text` in lower case, its words parted by single spaces, without punctuation."""
    return _NO_WORD.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def signatures(texts: Iterable[str]) -> NDArray[np.uint32]:
    """Return the MinHash signature of each of `texts`: one row of `bands * rows` numbers each.

    Method: A. Broder, "On the resemblance and containment of documents" (1997), over shingles of
    bytes. The hash functions are fixed, so that signatures can be kept from one build to the next.
    """
    import numpy as np

    size = LINKS.bands * LINKS.rows
    factors = np.array([_mixed(i) | 1 for i in range(size)], np.uint64)
    offsets = np.array([_mixed(i + size) for i in range(size)], np.uint64)
    rows = [_signature(text, factors, offsets) for text in texts]
    return np.array(rows, np.uint32).reshape(len(rows), size)


def _signature(
    text: str, factors: NDArray[np.uint64], offsets: NDArray[np.uint64]
) -> NDArray[np.uint32]:
    import numpy as np

    data = np.frombuffer(text.encode().ljust(LINKS.shingle), np.uint8).astype(np.uint64)
    count = len(data) - LINKS.shingle + 1
    shingles = sum(
        (data[start : start + count] << np.uint64(8 * start) for start in range(LINKS.shingle)),
        np.zeros(count, np.uint64),
    )
    shingles = np.unique(shingles)
    shingles ^= shingles >> np.uint64(23)  # neighbouring bytes have to reach the upper half
    hashes = shingles[:, None] * factors + offsets
    lowest: NDArray[np.uint32] = (hashes >> np.uint64(32)).min(axis=0).astype(np.uint32)
    return lowest


def _mixed(number: int) -> int:
    """Spread a small number over 64 bits (splitmix64)."""
    value = (number + 1) * 0x9E3779B97F4A7C15 & _MASK
    value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9 & _MASK
    value = (value ^ value >> 27) * 0x94D049BB133111EB & _MASK
    return value ^ value >> 31


def digest_from_json(value: Any) -> DocumentDigest:
    """Return a digest out of the lists that JSON makes of it.

    Raises:
        TypeError, ValueError: it is none.
    """
    id_, name, names, day, updates, records = value
    found = [
        RecordDigest(key, number, words, tuple(marks)) for key, number, words, marks in records
    ]
    return DocumentDigest(id_, name, names, day, updates, tuple(found))
