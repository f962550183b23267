"""Thresholds for forms that nothing rules; lengths are page points unless said otherwise."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FormSettings:
    """How labels down the side of a page become a table of two columns."""

    label_words: int = 9
    """A label has no more words."""

    value_gap: float = 0.9
    """Space between a label and its value, as a share of the font size, that sets them apart
    without a colon: a word space is 0.25 to 0.33 wide, justified text stretches it to 0.6."""

    fields: int = 3
    """Different labels that a form has at least."""

    fields_numbered: int = 2
    """The same where one is a numbered label of a row: a grid of actions may stand below."""

    repeated: int = 2
    """Labels that must come back; a form without a numbered label has two blocks at least."""

    aligned: float = 3.0
    """Labels that begin this close to each other stand in one column."""

    paragraph: float = 0.6
    """Free space above a line, as a share of its height, that begins a paragraph."""

    larger: float = 1.08
    """A line larger than the labels by this factor is a heading."""

    side_share: float = 0.6
    """Share of the labels whose values begin at one place, from which values are a column."""

    pad: float = 5.4
    """Space between a column's edge and its text: Word's cell margin."""
