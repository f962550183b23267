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


@dataclass(frozen=True, slots=True)
class TagSettings:
    """How far the structure tree of a tagged document is believed."""

    doubt: float = 6.0
    """The tree is asked about a page break only if the sum of the other evidence is nearer to 0
    than this: most breaks then cost nothing."""

    same_row: float = 6.0
    """Evidence for a join: one table row of the tree holds the text on both sides of the break."""

    other_row: float = -3.0
    """Evidence against: two rows of one table do. Less, since a producer may close a row at the
    page's end and open another."""

    share: float = 0.8
    """A row of the tree is a row of the grid if this share of the words of each lies in the other:
    bullets and numbers are often left out of the tree."""

    agreement: float = 0.7
    """Share of a page's rows that must be rows of the tree before it is heard at all: trees with a
    row for each line, or one row around everything, are common."""

    max_elements: int = 50_000
    """Elements of the tree walked on a page: more is no table of a plan."""


@dataclass(frozen=True, slots=True)
class CamelotSettings:
    """When camelot is asked about a table without rules, and when it is believed."""

    unsure: float = 0.6
    """It is asked where our own reading of the table is less sure than this (0..1)."""

    least: float = 0.6
    """Its table is taken where we read none, if its score (0..1) is at least this: two-column prose
    and contents pages stay below, since few of their lines hold header phrases."""

    better: float = 0.05
    """Its table replaces ours if its score is higher by this."""

    forced: float = 0.3
    """With ``--engine camelot`` a score of this is enough."""

    phrases: float = 0.4
    """Weight in the score of the columns whose header holds a known phrase."""

    keyed: float = 0.3
    """Weight of the rows with text in the first column."""

    filled: float = 0.3
    """Weight of the places with text."""

    crossing: float = 1.0
    """A word that runs over a column's edge by more than this many points is cut by it."""

    row_gap: float = 1.6
    """A gap between two lines of this many usual steps begins a new row."""

    max_pages: int = 40
    """Pages on which it is asked in one document: each takes 0.1 to 1 s."""

    max_words: int = 1_500
    """Words of a page beyond which it is not asked: its time grows with their square; 1,200 take it
    2 s, 3,000 minutes."""
