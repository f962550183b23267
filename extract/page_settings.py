"""Thresholds of reading pages: spaces between words, sheets, lines in the margin."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SpacingSettings:
    """How words are told that spaces part or join wrongly; gaps are shares of a letter's height."""

    ordinal_gap: float = 0.15
    """A smaller "st" this close behind a number belongs to it: a space is at least 0.2."""

    raised_gap: float = 0.06
    """Any smaller piece this close behind a word belongs to it."""

    letter_gap: float = 0.07
    """So does a piece of the same size this close: some programs draw letter by letter."""

    piece: int = 3
    """Letters of such a piece at most."""

    shared: float = 0.2
    """Share of the taller one's height that both have: raised letters stand in the upper half."""

    smaller: float = 0.85
    """Share of the height up to which a piece is smaller: small capitals and raised letters."""

    letters: int = 4
    """Single letters in a row from which they may be a word spaced out."""

    drop: float = 0.2
    """Such letters stand no further apart in height."""

    next_letter: float = 1.5
    """And follow each other within this: a column's gap is wider."""

    same_gap: float = 0.05
    """Fewer letters may be a word where their gaps differ by no more from those of a longer one."""

    spaced_gap: float = 0.06
    """Letters are spaced out if the usual gap between them is at least this."""

    spaced_more: float = 0.14
    """A gap this much wider than between the letters parts two words: the space itself."""

    wide_gap: float = 1.6
    """Or one this many times as wide, where the letters are typed with a space after each."""

    long_word: int = 11
    """Letters from which a word may be several: few words of a text are as long."""

    no_word: int = 18
    """Letters from which hardly any word is one."""

    tight_gap: float = 0.1
    """A gap between letters from which it may part two words: letters touch, spaces are 0.2."""

    tight_more: float = 0.08
    """And this much more than the usual gap in the word, which may be spaced out."""


@dataclass(frozen=True, slots=True)
class SheetSettings:
    """How several pages on one sheet, and unusual scales, are told."""

    oblong: float = 1.2
    """Two pages fill a sheet whose sides differ by at least this factor."""

    gutter: float = 8.0
    """Free space on each side of the middle between two pages, points: half of a narrow margin."""

    drift: float = 3.0
    """What both pages show stands at the same place of each, within this, points."""

    columns: int = 2
    """Columns that both pages must share where no line does."""

    long_rule: float = 20.0
    """Shorter vertical lines tell nothing of columns, points."""

    small: float = 6.0
    """Text of a smaller median size, on paper of no usual size, was printed smaller than life."""

    large: float = 13.0
    """Text of a larger median size, the same: larger than life."""

    usual: float = 9.5
    """Size that the text of such a page is brought to, if no size of paper tells the scale."""


@dataclass(frozen=True, slots=True)
class MarginSettings:
    """How line numbers and upright watermarks are told from text."""

    large: float = 28.0
    """Smaller words are no watermark, points."""

    larger: float = 2.5
    """Nor are words of less than this many times the usual size."""

    pale: int = 140
    """A colour with all channels from this on (0..255) is as pale as watermarks are."""

    opaque: int = 160
    """A word less opaque than this (0..255) is a watermark."""

    under: int = 3
    """Words that lie under a large one from which it is a watermark of any colour."""

    numbers: int = 3
    """Line numbers on a page, at least: 5, 10, 15."""

    column: float = 16.0
    """Width of the column that they stand in: four digits, points."""

    even_numbers: int = 8
    """The same where only their even distance speaks for them."""

    even: float = 2.0
    """Distances between line numbers that differ by no more are even, points."""

    least: float = 0.6
    """Lines that are printed for each line that is counted: blank lines are counted by some."""

    most: float = 1.5
    """The same at most: lines in tables are not counted by some."""
