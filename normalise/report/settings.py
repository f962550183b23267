"""Settings of the report, each with its unit and reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReportSettings:
    """What is shown, and how much of it."""

    glance: float = 0.1
    """Share of confidence that a doubt takes from which a record is to be checked: lesser ones
    are notes (a number left out) and would bury the others."""
    low: float = 0.7
    """Confidence below which a record is to be checked whatever its doubts: as in check.csv."""
    checks: int = 40
    """Records shown with their doubts in full: what people look through in one sitting; the table
    has the rest."""
    rows: int = 50
    """Rows of the table at a time, and without scripts: a few screens."""
    bars: int = 15
    """Agencies in the chart: with more, bars get too thin to compare; its table has all."""
    quarters: int = 24
    """Quarters up to which time is shown by quarters, beyond by years: more columns than that are
    too narrow on a small screen."""
    around: int = 15
    """Years before and after the middle day that have columns of their own: a mistyped year must
    not squeeze all others into one column."""
    labels: int = 8
    """Labels below columns at most, so that they do not touch at 320 pixels."""
    summary: int = 6
    """Bars that the text for those who do not see a chart names; the table behind it has all."""


SETTINGS = ReportSettings()
