"""Thresholds of a dataset's links, each with its unit and reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """When two recommendations are the same or nearly so, and two documents the same plan."""

    shingle: int = 6
    """Bytes of a shingle: about one word of English, so that one changed word costs seven."""
    bands: int = 32
    rows: int = 4
    """Bands of the MinHash and hashes in each: 32 of 4 find 99 in 100 pairs that share 60 % of
    their shingles, 87 of those that share 50 %, and 1 in 20 of those that share 20 %."""
    estimate: float = 0.28
    """Share of equal hashes from which a pair is compared in full: of 1,280 made pairs of
    similarity 0.85 or more the lowest had 0.38."""
    neighbours: int = 32
    """Texts of one band that each is compared with: of larger families each member is linked with
    its neighbours, not with all, so that the work grows with the number of texts."""
    similar: float = 0.85
    """Share of characters in common, in order, from which two texts are linked: another body's
    name or another number in a sentence keeps it, another subject does not."""
    words: int = 5
    """Words from which a text is linked: shorter ones ("Staff training.") say too little."""
    same: float = 0.95
    """Share from which two texts are one recommendation printed twice: words cut or joined."""
    shared: float = 0.8
    """Share of the smaller document's recommendations that has to be in the other, for both to
    hold the same plan: some are reworded or left out from one version to the next."""
    least: int = 3
    """Recommendations in common that show the same plan by themselves; below, the documents have
    to agree in their case, pseudonym or title, too."""
    common: int = 40
    """Documents from which a text that all of them have says nothing about the same plan."""
    apart: float = 0.5
    """Share of the recommendations in common with other leads, targets and actions above which two
    documents are two plans with the same recommendations."""
    names: float = 0.8
    """Likeness from which two names of a case, person or partnership are the same."""


LINKS = LinkSettings()
