"""Regular expressions out of lists of set phrases."""

from __future__ import annotations

from collections.abc import Iterable

from actionplan.normalise.vocabulary import alternatives


def any_phrase(phrases: Iterable[str]) -> str:
    """Return a regular expression that matches any of `phrases`, the longest first.

    A space in a phrase matches blanks and hyphens alike, so that "on going" covers "on-going".
    """
    return alternatives(phrases).replace(r"\ ", r"[\s-]+")
