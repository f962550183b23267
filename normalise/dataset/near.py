"""Texts that are nearly the same, found without comparing each with each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from actionplan.normalise.dataset.settings import LINKS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Near = tuple[int, int, float]
"""Places of two texts, the first before the second, and their similarity."""

_CHUNK = 50_000  # pairs compared at once: bounds the memory, not the result


def near_texts(texts: Sequence[str], signatures: NDArray[np.uint32]) -> list[Near]:
    """Return the pairs of `texts` that are at least `LINKS.similar` alike, in order.

    Candidates share a band of their MinHash signatures (locality-sensitive hashing, P. Indyk and
    R. Motwani 1998) and enough of all hashes; each pair is then compared in full, by the share of
    characters that a longest common subsequence keeps (normalised Indel similarity).

    Args:
        texts: different from each other.
        signatures: one row for each of them.
    """
    import numpy as np
    from rapidfuzz.distance import Indel
    from rapidfuzz.process import cpdist

    left, right = _candidates(signatures)
    found: list[Near] = []
    for start in range(0, len(left), _CHUNK):
        one, other = left[start : start + _CHUNK], right[start : start + _CHUNK]
        scores = cpdist(
            [texts[i] for i in one],
            [texts[i] for i in other],
            scorer=Indel.normalized_similarity,
            score_cutoff=LINKS.similar,
            dtype=np.float64,
        )
        alike = np.flatnonzero(scores >= LINKS.similar)
        found += zip(
            one[alike].tolist(), other[alike].tolist(), scores[alike].tolist(), strict=True
        )
    return found


def similarity(one: str, other: str) -> float:
    """Return the similarity of two texts, from 0 to 1."""
    from rapidfuzz.distance import Indel

    return float(Indel.normalized_similarity(one, other))


def _candidates(signatures: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of places that share a band and look alike as a whole, each once, sorted."""
    import numpy as np

    count = max(len(signatures), 1)
    codes = [np.empty(0, np.int64)]
    for band in range(LINKS.bands):
        keys = _band_keys(signatures[:, band * LINKS.rows : (band + 1) * LINKS.rows])
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        for step in range(1, min(LINKS.neighbours, count - 1) + 1):
            same = keys[step:] == keys[:-step]
            if not same.any():
                break
            codes.append(order[:-step][same] * count + order[step:][same])
    pairs = np.sort(np.concatenate(codes))
    pairs = pairs[np.append(True, pairs[1:] != pairs[:-1])[: len(pairs)]]
    left, right = np.divmod(pairs, count)
    alike = _share_equal(signatures, left, right) >= LINKS.estimate
    return left[alike], right[alike]


def _share_equal(
    signatures: NDArray[np.uint32], left: NDArray[np.int64], right: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Share of hashes that the texts of each pair have in common: estimates that of shingles."""
    import numpy as np

    bytes_ = signatures.astype(np.uint8)  # the lowest byte tells hashes apart well enough
    shares = np.empty(len(left))
    for start in range(0, len(left), _CHUNK):
        one, other = bytes_[left[start : start + _CHUNK]], bytes_[right[start : start + _CHUNK]]
        shares[start : start + _CHUNK] = np.count_nonzero(one == other, axis=1)
    shares /= max(signatures.shape[1], 1)
    return shares


def _band_keys(block: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """One number for the hashes of a band."""
    import numpy as np

    keys = np.zeros(len(block), np.uint64)
    for column in block.T:
        keys = (keys ^ column) * np.uint64(0x9E3779B97F4A7C15)
        keys ^= keys >> np.uint64(29)
    return keys
