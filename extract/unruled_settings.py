"""Thresholds for tables without full rules; lengths are page points unless said otherwise."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UnruledSettings:
    """How columns and rows are found where no full grid is drawn."""

    piece_gap: float = 0.42
    """Words further apart than this share of the font size are two pieces: a space is 0.25 to 0.33
    wide, columns that nearly touch stand 5 points apart."""

    space_factor: float = 1.5
    """Or further apart than this many of the page's usual spaces (typewriter fonts, justified
    text)."""

    max_header_words: int = 9
    """A header piece has no more words in one line."""

    header_lines: int = 4
    """Most lines of a header."""

    marked_header_lines: int = 7
    """Most lines of a header that a rule or its bold type ends: narrow columns cut it often."""

    header_leading: float = 0.75
    """Lines of one header cell stand no further apart than this share of their height."""

    header_share: float = 0.6
    """Share of a header's pieces that must hold a known phrase."""

    shaded_header: float = 90.0
    """A shaded box behind a header is no higher."""

    rule_below: float = 14.0
    """A rule that ends a header stands no further below its last line."""

    rule_bonus: float = 15.0
    """Letters that a header which ends at a rule may hold outside known phrases."""

    cross: float = 4.0
    """A piece that runs over a column edge by more on both sides lies across the columns."""

    band_lines: int = 2
    """Lines across the columns that may be a band inside a table; more are prose."""

    far_below: float = 3.2
    """Text further below the table than this many line heights, and not in columns, is no part of
    it."""

    aligned: float = 3.0
    """Lines that begin this close to the leftmost one of their column begin at its edge."""

    aligned_share: float = 0.5
    """Share of the pieces of a page without header that must begin, end or be centred where those
    of the table's columns do."""

    pad: float = 5.4
    """Space between a column's edge and its text, at most: Word's cell margin."""

    rule_share: float = 0.6
    """A horizontal rule over this share of the table's width parts rows."""

    stripe_levels: int = 5
    """Equal shades apart from each other from which they are rows of a table whose header, just
    above, need hold no known phrase."""

    stripe_width: float = 0.4
    """Least width of such shades, as a share of the page."""

    stripe_above: float = 60.0
    """Such a header stands no higher above the first shade."""

    same_level: float = 0.35
    """Lines whose bottoms differ by less than this share of their height stand at one level."""

    overlap: float = 0.35
    """Share of the line height by which letter boxes of tightly set lines may overlap."""

    extra: float = 0.18
    """Leading wider than that inside cells by this share of the line height is extra."""

    key: float = 6.0
    """Score of a row's number or label; a level with a positive sum begins a row."""

    no_key: float = -5.0
    """A level without one, in a table whose rows are numbered."""

    restart: float = 1.0
    """A column has text again that had none in the line before; at most three count."""

    key_restart: float = 2.0
    """The same of the first column."""

    ended: float = 0.7
    """The line before had room for the next word: the text in the column had ended there."""

    wrapped: float = -1.3
    """It had not: the text goes on."""

    sentence: float = 1.0
    """The line before ended with a full stop, and this one begins with a capital."""

    again: int = 3
    """Columns that begin again beside a text that goes on: a row under a cell over several."""

    lower: float = -1.5
    """A text goes on in lower case after no full stop."""

    extra_leading: float = 2.5
    """There is extra leading through all columns."""

    no_extra: float = -2.0
    """There is none, in a table that sets its rows apart by it."""

    alone: float = -3.0
    """Only one column, not the first, has text."""

    no_first: float = -2.5
    """The first column, filled in nearly all rows, has no text."""

    threshold: float = 0.5
    """Score above which a level begins a row."""

    clear_share: float = 0.8
    """Share of the rows found by text in one drawn row that must begin beyond doubt; else the drawn
    row is one."""

    level_share: float = 0.6
    """Share of a row's texts that begin at the height of its first one, where it does so."""

    least: float = 0.35
    """Tables surer than this are given; else their words stay outside."""
