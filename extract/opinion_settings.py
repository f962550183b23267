"""Thresholds of the second opinions: another reader, the structure tree, camelot."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SecondReaderSettings:
    """How pdfplumber's letters become words; lengths are shares of the letters' height."""

    gap: float = 0.18
    """A wider gap ends a word: a space is 0.25 wide, kerning moves letters by less than 0.1."""

    back: float = 0.5
    """A letter that stands further back than this begins a new word; accents stand back by less."""

    ruled_gap: float = 0.12
    """A vertical rule in a gap of at least this width ends a word: as for the first reader."""

    same_line: float = 0.4
    """Letters that share less of their height are on two lines; raised ones share about half."""

    double: float = 0.7
    """The same letter no further away than this, in points, is printed twice to look bold."""

    slant: float = 6.0
    """Letters turned by more than this against the page's reading direction, in degrees, are a
    watermark's."""
