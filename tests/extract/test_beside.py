"""Titles above tables that stand side by side."""

from __future__ import annotations

import pytest

from actionplan.extract import read_tables
from actionplan.normalise.hints import plan_hints
from tests.extract.drawn import Drawing

LEFT, RIGHT, WIDE = 40.0, 450.0, 340.0
HEADER = ["Recommendation", "Lead", "By when"]


def _table(drawing: Drawing, left: float, top: float, place: str) -> None:
    """A ruled table of two rows."""
    xs = [left, left + 180, left + 260, left + WIDE]
    for r, row in enumerate([HEADER, [f"1. Train {place}", "R Fen", "May 2012"],
                             [f"2. Ask {place}", "J Marrow", "June 2012"]]):  # fmt: skip
        drawing.line(left, top + 20 * r, left + WIDE, top + 20 * r)
        for text, x in zip(row, xs, strict=False):
            drawing.text(x + 5, top + 20 * r + 13, text, bold=r == 0)
    drawing.line(left, top + 60, left + WIDE, top + 60)
    for x in xs:
        drawing.line(x, top, x, top + 60)


def _headings(drawing: Drawing) -> list[list[str]]:
    document = read_tables(drawing.done(), hints=plan_hints())
    assert all(page.lost == page.duplicated == 0 for page in document.audit)
    return [[line.text for line in table.heading] for table in document.tables]


@pytest.mark.parametrize("shift", [0.0, 40.0], ids=["at the edges", "further in"])
def test_titles_on_one_line_name_each_its_table(shift: float) -> None:
    """The line over both is the left table's, as it begins above it."""
    drawing = Drawing()
    drawing.text(LEFT, 50, "Agency recommendations", 12, bold=True)
    for left, place in ((LEFT, "Fernby Council"), (RIGHT, "Fernby Homes")):
        drawing.text(left + shift, 80, f"Agency: {place}", bold=True)
        _table(drawing, left, 100, "the team")
    assert _headings(drawing) == [
        ["Agency recommendations", "Agency: Fernby Council"],
        ["Agency: Fernby Homes"],
    ]


def test_a_title_over_both_stays_whole() -> None:
    """Its words stand no further apart where the second table begins."""
    drawing = Drawing()
    title = "Recommendations of the two agencies that were asked for a report of their own on it"
    drawing.text(150, 80, title, 12, bold=True)
    for left in (LEFT, RIGHT):
        _table(drawing, left, 100, "the team")
    assert _headings(drawing) == [[title], []]


def test_titles_at_two_heights() -> None:
    """The right table begins further down, under a title of its own."""
    drawing = Drawing()
    for left, top, place in ((LEFT, 80, "Fernby Council"), (RIGHT, 110, "Fernby Homes")):
        drawing.text(left, top, f"Agency: {place}", bold=True)
        _table(drawing, left, top + 20, place)
    assert _headings(drawing) == [["Agency: Fernby Council"], ["Agency: Fernby Homes"]]
