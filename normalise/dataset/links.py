"""Links between recommendations of different documents: the same one, or nearly the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from actionplan.normalise.dataset.digest import DocumentDigest
from actionplan.normalise.dataset.duplicates import Duplicates, Place, find_duplicates
from actionplan.normalise.dataset.near import Near, near_texts, similarity
from actionplan.normalise.dataset.settings import LINKS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_DIGITS = 4  # of a similarity: more would be a show of exactness
Values = tuple[str, str, str, str, float, str, str]
"""A row of the table `links`."""


class Links(NamedTuple):
    """What links documents and records.

    Attributes:
        rows: of the table `links`, by document and record.
        documents: for a document that does not count the one that does, by id.
        records: for a record that does not count the one that does, as document id and key.
    """

    rows: list[Values]
    documents: dict[str, str]
    records: dict[tuple[str, str], tuple[str, str]]


class _Texts(NamedTuple):
    """Different texts, the places of each, and which are nearly the same."""

    words: list[str]
    places: list[list[Place]]
    near: list[Near]


def find_links(
    documents: Sequence[DocumentDigest], signatures: Sequence[NDArray[np.uint32]]
) -> Links:
    """Return the links between `documents`, each with the signatures of its records."""
    texts = _texts(documents, signatures)
    duplicates = find_duplicates(documents, _families(texts))
    found = dict(_similar(texts, duplicates))
    words = {
        place: text
        for text, places in zip(texts.words, texts.places, strict=True)
        for place in places
    }
    rows: list[Values] = []
    for one, other in duplicates.records.items():
        found[one, other] = (
            1.0 if words[one] == words[other] else similarity(words[one], words[other])
        )
    for (one, other), score in sorted(found.items()):
        relation = "duplicate" if duplicates.records.get(one) == other else "similar"
        method = "same-text" if words[one] == words[other] else "near-text"
        ends = (*_named(documents, one), *_named(documents, other))
        rows.append((*ends, round(score, _DIGITS), relation, method))
    return Links(
        rows,
        {documents[one].id: documents[other].id for one, other in duplicates.documents.items()},
        {
            _named(documents, one): _named(documents, other)
            for one, other in duplicates.records.items()
        },
    )


def _named(documents: Sequence[DocumentDigest], place: Place) -> tuple[str, str]:
    document, record = place
    return documents[document].id, documents[document].records[record].key


def _texts(documents: Sequence[DocumentDigest], signatures: Sequence[NDArray[np.uint32]]) -> _Texts:
    import numpy as np

    places: dict[str, list[Place]] = defaultdict(list)
    for document, one in enumerate(documents):
        for record, digest in enumerate(one.records):
            if digest.words:
                places[digest.words].append((document, record))
    firsts = [found[0] for found in places.values()]
    rows = [signatures[document][record] for document, record in firsts]
    size = LINKS.bands * LINKS.rows
    words = list(places)
    near = near_texts(words, np.array(rows, np.uint32).reshape(len(rows), size))
    return _Texts(words, list(places.values()), near)


def _families(texts: _Texts) -> list[list[Place]]:
    """Places of each text, with those of the texts that are the same but for slips."""
    parent = list(range(len(texts.words)))

    def root(text: int) -> int:
        while parent[text] != text:
            parent[text] = text = parent[parent[text]]
        return text

    for one, other, score in texts.near:
        if score >= LINKS.same:
            parent[max(root(one), root(other))] = min(root(one), root(other))
    families: dict[int, list[Place]] = defaultdict(list)
    for text, places in enumerate(texts.places):
        families[root(text)] += places
    return [sorted(places) for places in families.values()]


def _similar(texts: _Texts, duplicates: Duplicates) -> Iterator[tuple[tuple[Place, Place], float]]:
    """Pairs of records that count: of one text each with the first, of two texts the firsts."""
    counting = [[one for one in found if one not in duplicates.records] for found in texts.places]
    long = [len(words.split()) >= LINKS.words for words in texts.words]
    for text, places in enumerate(counting):
        for place in places if long[text] else ():
            if other := _elsewhere(places, place):
                yield _pair(place, other), 1.0
    for text, near, score in texts.near:
        if long[text] and long[near] and (pair := _apart(counting[text], counting[near])):
            yield _pair(*pair), score


def _apart(ones: Sequence[Place], others: Sequence[Place]) -> tuple[Place, Place] | None:
    """A place of each, in two documents, if there are such."""
    if not ones or not others:
        return None
    if other := _elsewhere(others, ones[0]):
        return ones[0], other
    one = _elsewhere(ones, others[0])
    return (one, others[0]) if one else None


def _elsewhere(places: Sequence[Place], place: Place) -> Place | None:
    """The first of `places` in another document than `place`."""
    return next((other for other in places if other[0] != place[0]), None)


def _pair(one: Place, other: Place) -> tuple[Place, Place]:
    return (one, other) if one < other else (other, one)
