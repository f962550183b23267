"""Limits of the desk, each with its unit and reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReviewSettings:
    """Limits of the desk.

    Attributes:
        states: documents held in memory; one of 600 records takes about 30 MB, and two reviewers
            work on two.
        tables: documents whose cells are held in memory, for the same reason.
        seconds: that reading a PDF again may take; 1,000 pages take a tenth of it.
        excerpt: characters of a record's text in a list: two lines.
        doubtful: severity from which a record counts as doubtful: that of a code that asks for a
            glance at the page.
        history: lines of a history that are shown.
    """

    states: int = 6
    tables: int = 3
    seconds: float = 300.0
    excerpt: int = 120
    doubtful: float = 0.1
    history: int = 50
