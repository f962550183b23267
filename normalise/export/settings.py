"""Sizes of exports, each with its unit and reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExportSettings:
    """What is written, and what a workbook can hold.

    Lengths count UTF-16 code units, as Excel and Jira do: an emoji is two.
    """

    summary: int = 120
    """Units of a summary: two lines of a card on a board; the full text is in the description."""
    excel_cell: int = 32_767
    """Units of a cell (Excel specifications and limits)."""
    excel_rows: int = 1_048_576
    """Rows of a sheet, the header among them (the same)."""
    excel_links: int = 65_530
    """Hyperlinks of a sheet (the same)."""
    excel_url: int = 2_079
    """Characters of a hyperlink's address; Excel refuses the file if one is longer."""
    first_day: str = "1900-03-01"
    """From this day on Excel's serial numbers are right: it takes 1900 for a leap year."""
    row_height: float = 405.0
    """Points of the highest row; Excel takes 409. What is longer is read in the cell itself."""
    line_height: float = 15.0
    """Points of a line of the type used (Calibri 11)."""
    day_format: str = "dd mmm yyyy"
    """How days are shown: with the month as a word nobody reads them the wrong way round."""


EXPORT = ExportSettings()
