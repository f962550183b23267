"""Thresholds of finding rules in a picture, and of squaring a page by them; lengths are points."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SquareSettings:
    """How a page is squared that was photographed from one side."""

    dpi: float = 100.0
    """Resolution at which lines are looked for, dots an inch."""

    length: float = 36.0
    """Shorter lines are letters."""

    steep: float = 0.1
    """Level and upright lines are off by no more than this, 6 degrees."""

    few: int = 4
    """Lines that tell a direction, at least: the two edges of two rules."""

    same: float = 0.002
    """Slopes that differ by no more than this are one: 0.1 degrees."""

    least: float = 1.5
    """A page whose corners move by less stays as it is."""

    most: float = 0.2
    """So does one whose corners would move by more than this share of the page: something else was
    taken for its rules."""


@dataclass(frozen=True, slots=True)
class RasterRuleSettings:
    """What counts as a rule in a picture."""

    along: float = 9.0
    """Length over which a line's darkness is averaged, against noise."""

    beside: float = 2.2
    """A line is darker than what lies this far to each side of it."""

    contrast: float = 9.0
    """By at least this much (0..255), averaged: faint grey lines of old copies show 12."""

    horizontal: float = 24.0
    """Shorter horizontal runs are strokes of letters and underlined words."""

    vertical: float = 13.0
    """Shorter vertical runs are letters: a row of one line is 14 tall."""

    solid: float = 0.8
    """Share of a run's length that has to be dark in itself: a row of letters has 0.5."""

    long: float = 3.0
    """Runs from this many times the least length on are lines also if they are broken."""

    dash: float = 2.0
    """Gaps in a long level line that is broken or dotted: words stand further apart."""

    stroke: float = 3.0
    """Gaps in a long upright one: letters of one line and the next stand further apart."""

    margin: float = 1.4
    """Ground beside a line that is looked at for letters: cells leave 2 and more."""

    whole: float = 0.95
    """A long run that is dark for this share without any gap closed is a line, whatever stands
    beside it."""

    crossed: float = 0.4
    """Share of a run's length in which ink goes on beside it from which it is a row of letters."""

    thick: float = 6.5
    """What is thicker is a shade or a picture."""

    gap: float = 14.0
    """Breaks of a line up to this are closed, if it goes on for longer on both sides."""

    snap: float = 1.8
    """Pieces within this of each other's height are of one line."""

    reach: float = 6.0
    """A line that ends this close before one across it reaches it."""

    loose: tuple[float, float, float] = (0.0, 50.0, 150.0)
    """Least length of a line of which both ends, one, or none meet a line across."""

    over: float = 26.0
    """One that runs on by no more than this behind it ends there: the stems of a title's letters
    stand in line with it."""


@dataclass(frozen=True, slots=True)
class BrokenRuleSettings:
    """How upright rules are found of which only dots are left."""

    across: float = 100.0
    """Level rules from this length on part the rows of a table."""

    row: float = 9.0
    """Rows lower than this tell nothing."""

    dense: float = 0.3
    """Share of a row's height that is dark where such a rule runs."""

    gap: float = 7.0
    """It has no wider gap; lines of text are parted by 4 and more, at other places in each row."""

    tall: float = 30.0
    """Height of a row in which less is enough, where other rows show the rule."""

    thin: float = 0.15
    """Share that is dark there, and half of what has to be dark where no ink is beside it."""

    wide_gap: float = 18.0
    """Gaps there."""

    ink: int = 60
    """Shades (0..255) by which ink is darker than white."""

    near: float = 1.6
    """Ink is looked for beside a rule from here on,"""

    far: float = 6.0
    """up to here: text begins within it, or no text is there."""

    clear: float = 0.15
    """Share of a row's height without such ink from which the rule shows there."""

    enough: float = 0.5
    """Share of the rows' height in which it shows."""

    height: float = 60.0
    """Height of rows in which it shows, at least."""

    seed: float = 30.0
    """A found rule of this length counts for half of that."""

    apart: float = 6.0
    """Two of them stand further apart."""
