"""Thresholds of a comparison, each with its unit and reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CompareSettings:
    """When two records, actions, updates... of two versions are the same one.

    Likeness is that of the texts (0 to 1) plus what is added below.
    """

    record: float = 0.6
    """Least likeness of two recommendations: of 3,400 pairs of different ones of the same plans,
    one in a thousand has texts that are more than 0.47 alike."""
    item: float = 0.6
    """The same for actions, leads, agencies and updates."""
    number: float = 0.1
    """Added where both carry one number: a reworded one needs half of its text."""
    section: float = 0.05
    """Added where both stand in sections of one name."""
    marks: float = 0.2
    """Added where all else is the same: actions, leads, target, updates; a part of it for a part.
    With number and section it carries a text of which little more is left than chance gives."""
    label: float = 0.4
    """Added where two updates carry one label or date: they are often written anew."""
    identity: float = 0.6
    """Added where two agencies are the same body: its name may be printed otherwise."""
    order: float = 0.01
    """Added at most where both stand at the same place: decides between equals alone."""
    begins: float = 0.9
    """Likeness of a text that goes on where the other ends: progress is often added to."""
    words: int = 4
    """Words from which the beginning counts, and a text that is printed once says which it is."""
    shared: float = 0.5
    """Share of the texts of the smaller document that has to be in the other for both to be
    versions of one plan, where neither file nor name tell it."""
    named: float = 0.2
    """The same for documents of one file name."""
    least: int = 2
    """Texts in common that show it, where the names differ."""


COMPARE = CompareSettings()
"""What a comparison is made with."""
