"""Weights and thresholds of joining over pages; lengths are page points unless said otherwise."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StitchSettings:
    """How fragments are chained and rows joined; weights are added, a sum above 0 joins.

    Set on the samples: each weight is the least that decides the plain cases for it alone.
    """

    edge_drift: float = 8.0
    """Column edges of two fragments that differ by no more than this are the same columns."""

    loose_columns: int = 3
    """Columns from which a table without header may go on in columns of other widths."""

    kept_edges: float = 0.6
    """Share of the column edges that a page must draw to go on with the table."""

    same_heading: float = 90.0
    """rapidfuzz ratio (0..100) from which a heading repeats the table's own."""

    full_page: float = 3.6
    """Lines of free space under the last row up to which the page counts as full: a paragraph of
    three lines is not cut by word processors (widows and orphans)."""

    touch_bottom: float = 1.9
    """A cell's text goes down to the break if its last line is this many line heights above it."""

    near_top: float = 2.5
    """Text that starts lower than this many font sizes under the break is set level with something
    else: it begins nothing at the break."""

    cell_margin: float = 6.0
    """Space at the right of a cell that no word takes, points: 5.4 in Word."""

    max_margin: float = 9.0
    """Wider left margins of a cell come from indents or centred text, points."""

    short_words: int = 5
    """A text of no more words is a field (lead, date), not prose."""

    label: float = -8.0
    """The first cell begins with a row label ("Recommendation No 4")."""

    no_label: float = 4.0
    """The rows before all begin with a label, this one does not."""

    labelled_share: float = 0.8
    """Share of the rows with a label from which all rows count as having one."""

    labelled_rows: int = 2
    """Rows that must have begun before anything is said of labels."""

    label_only: float = 6.0
    """The row before the break holds nothing but a label in its first cell."""

    sequence: float = -6.0
    """The first cell begins with the next number of the sequence."""

    key_empty: float = 4.5
    """The first column, filled in the row before, is empty after the break, and in no other row."""

    key_empty_common: float = 0.8
    """The same in a table whose rows share first cells or leave them empty: less than what one
    finished text says against it."""

    blank_keys: float = 0.1
    """Share of rows with an empty first cell above which a table is such a one."""

    field_empty: float = 1.5
    """A field that all rows have, this one before the break too, is empty after it; for each of at
    most two such fields."""

    regular_share: float = 0.85
    """Share of the rows with text in a column from which all rows count as having it: the last row
    of a page may hold no more than its label."""

    regular_rows: int = 3
    """Rows begun inside pages from which anything is said of all rows."""

    few_share: float = 0.3
    """Share of the texts with a full stop at their end up to which hardly any has one."""

    empty_row: float = -5.0
    """There is no text at all after the break: an empty row, joined or not, loses nothing."""

    empty_rest: float = 2.0
    """The same where all rows have text in some column: the space below the text of a row."""

    new_column: float = -2.0
    """There is text after the break in a column that was empty in the row before it."""

    one_cell: float = 2.0
    """On both sides of the break there is one cell over the full width, with paragraphs in it."""

    prose_lines: int = 3
    """Lines of such a paragraph; shorter cells are bands, which no break cuts."""

    open_border: float = 1.5
    """No line is drawn at the break although all other rows have one."""

    page_not_full: float = -4.0
    """There was room for more lines on the page before the break."""

    no_column_at_bottom: float = -3.0
    """No column with text after the break had text down to the break."""

    unfinished: float = 1.6
    """A text stops without a full stop and goes on in lower case in the same column."""

    unfinished_weak: float = 0.6
    """A text stops without a full stop, and the next piece begins with a capital."""

    unfinished_sentence: float = 3.0
    """The same, or a word after which no sentence can end, where nearly all texts of the column end
    with a full stop."""

    unfinished_note: float = 1.0
    """The same where hardly any text of the column ends with a full stop."""

    hanging: float = 2.0
    """A text stops at a word, comma or hyphen after which no sentence can end."""

    finished: float = -1.0
    """A text ends with a full stop, or in a line with room for the next word, and the next piece
    begins with a capital."""

    finished_lower: float = -0.3
    """A text ends with a full stop, the next begins in lower case: style, not continuation."""

    every_column: float = -2.0
    """The row after the break has text in every column that rows have, short ones included."""

    short_again: float = -1.5
    """A short field (lead, date) that is complete before the break has text again after it; or any
    text that ended on an earlier page than the one before the break."""

    column_cap: float = 4.0
    """Most that the sentence evidence of all columns may add up to."""
