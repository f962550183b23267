"""The same plan published twice, or alone and inside a report: seen by its recommendations.

Two documents hold the same plan if most recommendations of the smaller one are in the other, their
leads, targets and actions agree where both print them, and their case and pseudonym do not differ.
Of a recommendation in several of them one counts: that of the latest document; of the same day, of
the one with more recommendations, then with more updates. What only one of them has counts there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from actionplan.normalise.dataset.digest import DocumentDigest, RecordDigest
from actionplan.normalise.dataset.settings import LINKS

Pair = tuple[int, int]
Place = tuple[int, int]
"""Document and record, by their places in the lists."""


class Duplicates(NamedTuple):
    """For documents and records that do not count the one that counts in their place."""

    documents: dict[int, int]
    records: dict[Place, Place]


def find_duplicates(
    documents: Sequence[DocumentDigest], families: Sequence[Sequence[Place]]
) -> Duplicates:
    """Return which documents and records do not count.

    Args:
        documents: all documents.
        families: the records of each text, those with nearly the same text together.
    """
    twins: dict[int, list[tuple[int, list[Pair]]]] = defaultdict(list)
    order = sorted(range(len(documents)), key=lambda place: _rank(documents[place]))
    rank = {place: at for at, place in enumerate(order)}
    shared = _shared(families)
    for one, other in _candidates(documents, families):
        better, worse = sorted((one, other), key=rank.__getitem__)
        pairs = _pairs(documents, shared, worse, better)
        if _same_plan(documents[worse], documents[better], pairs):
            twins[worse].append((better, pairs))
    return _resolve(documents, order, rank, twins)


def _rank(document: DocumentDigest) -> tuple[object, ...]:
    """Sorts the document that counts first."""
    day = document.day or "0000-00-00"
    late = tuple(-int(part) for part in day.split("-"))
    return (late, -len(document.records), -document.updates, document.id)


def _resolve(
    documents: Sequence[DocumentDigest],
    order: Sequence[int],
    rank: dict[int, int],
    twins: dict[int, list[tuple[int, list[Pair]]]],
) -> Duplicates:
    found = Duplicates({}, {})
    for place in order:
        better = sorted(twins[place], key=lambda twin: rank[twin[0]])
        for other, pairs in better:
            for own, theirs in pairs:
                first = found.records.get((other, theirs), (other, theirs))
                found.records.setdefault((place, own), first)
        lost = sum((place, own) in found.records for own in range(len(documents[place].records)))
        if better and lost >= LINKS.shared * len(documents[place].records):
            main = max(better, key=lambda twin: (len(twin[1]), -rank[twin[0]]))[0]
            found.documents[place] = found.documents.get(main, main)
    return found


def _shared(families: Sequence[Sequence[Place]]) -> dict[int, dict[int, list[int]]]:
    """For each document its records by family, in order."""
    found: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for family, places in enumerate(families):
        for document, record in places:
            found[document][family].append(record)
    return found


def _candidates(
    documents: Sequence[DocumentDigest], families: Iterable[Sequence[Place]]
) -> Iterator[Pair]:
    """Pairs of documents with enough texts in common."""
    counts: Counter[Pair] = Counter()
    for places in families:
        each = Counter(document for document, _ in places)
        if len(each) < LINKS.common:
            for one, other in combinations(sorted(each), 2):
                counts[one, other] += min(each[one], each[other])
    for (one, other), count in sorted(counts.items()):
        smaller = min(len(documents[one].records), len(documents[other].records))
        if count >= LINKS.shared * smaller:
            yield one, other


def _pairs(
    documents: Sequence[DocumentDigest],
    shared: dict[int, dict[int, list[int]]],
    one: int,
    other: int,
) -> list[Pair]:
    """Records of both with the same text: of several, those of one number first."""
    found: list[Pair] = []
    for family, own in shared[one].items():
        rest = list(shared[other].get(family, ()))
        numbers = [documents[other].records[place].number for place in rest]
        later = []
        for place in own:
            number = documents[one].records[place].number
            if number in numbers:
                at = numbers.index(number)
                found.append((place, rest.pop(at)))
                numbers.pop(at)
            else:
                later.append(place)
        found += zip(later, rest, strict=False)
    return sorted(found)


def _same_plan(one: DocumentDigest, other: DocumentDigest, pairs: Sequence[Pair]) -> bool:
    alike = [_alike(one.names, other.names, name) for name in ("case", "pseudonym")]
    if False in alike:
        return False
    if len(pairs) < LINKS.least and True not in alike and not _same_title(one, other):
        return False
    told = [
        _agree(one.records[own], other.records[theirs])
        for own, theirs in pairs
        if one.records[own].marks and other.records[theirs].marks
    ]
    if not told:
        return _alike(one.names, other.names, "partnership") is not False
    return told.count(False) <= LINKS.apart * len(told)


def _same_title(one: DocumentDigest, other: DocumentDigest) -> bool:
    """Whether both have one title that says more than "Action plan"."""
    title = one.names.get("title") or ""
    return len(title.split()) >= LINKS.words and title == other.names.get("title")


def _agree(one: RecordDigest, other: RecordDigest) -> bool:
    return not set(one.marks).isdisjoint(other.marks)


def _alike(one: dict[str, str | None], other: dict[str, str | None], name: str) -> bool | None:
    """Whether two names are of the same; None if either is not known."""
    from rapidfuzz.fuzz import token_set_ratio

    left, right = one.get(name), other.get(name)
    if not left or not right:
        return None
    words, others = set(left.split()), set(right.split())
    if name == "pseudonym":
        return words <= others or others <= words
    if name == "case":
        words, others = _with_digits(words), _with_digits(others)
        if words and others:
            return words <= others or others <= words
    return token_set_ratio(left, right) >= 100 * LINKS.names


def _with_digits(words: Iterable[str]) -> set[str]:
    return {word for word in words if any(sign.isdigit() for sign in word)}
