"""Forms that nothing rules, on real pages."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from reportlab.lib.utils import simpleSplit

from actionplan.extract.document import read_tables
from actionplan.schemas.tables import LogicalTable, TableDocument, TableHints
from tests.extract.drawn import Drawing

HINTS = TableHints(
    header_phrases=(
        *("recommendation", "action", "lead", "by when", "progress", "lead officer", "agency"),
        *("recommendation action", "target date for completion", "target date", "update"),
    ),
    label_pattern=r"(?i)\s*recommendation\s+(?P<number>\d+)",
)
TEXT = "The Board should see that all staff are trained in the joint procedure for concerns."
LONG = "The group met in January and agreed a plan of work with all of its partners. "
X, RIGHT, BOTTOM = 50.0, 540.0, 780.0


class Sheet(Drawing):
    """An upright page on which text runs down, over as many pages as it takes."""

    def __init__(self) -> None:
        """Begin at the top of the first page."""
        super().__init__((595.0, 842.0))
        self.y = 60.0

    def heading(self, text: str, size: float = 14.0) -> None:
        """Set a bold line with space around it."""
        self.y += 10
        self.text(X, self.y, text, size, True)
        self.y += 1.6 * size

    def field(
        self, label: str, value: str, *, bold: bool = True, hang: float = 0.0, gap: float = 6.0
    ) -> None:
        """Set a label and its value behind it; `hang` is where the value's column begins."""
        font = "Helvetica-Bold" if bold else "Helvetica"
        if label:
            self._line(X, label, bold)
        start = (
            X + hang if hang else X + self.canvas.stringWidth(f"{label} ", font, 9) * bool(label)
        )
        first, *rest = _lines(value, RIGHT - start) or [""]
        self.text(start, self.y, first)
        for text in _lines(" ".join(rest), RIGHT - X - hang):
            self.y += 11
            self._line(X + hang, text)
        self.y += 11 + gap

    def _line(self, x: float, text: str, bold: bool = False) -> None:
        if self.y > BOTTOM:
            self.page()
            self.y = 60.0
        self.text(x, self.y, text, 9, bold)


def _lines(text: str, width: float) -> list[str]:
    lines: list[str] = simpleSplit(text, "Helvetica", 9, width)
    return lines


def read(sheet: Sheet) -> TableDocument:
    """Read what was drawn; no word may be lost or doubled."""
    doc = read_tables(sheet.done(), hints=HINTS)
    assert all((page.lost, page.duplicated) == (0, 0) for page in doc.audit)
    return doc


def rows(tables: Sequence[LogicalTable]) -> list[tuple[str, str]]:
    """Label and value of each row."""
    return [(row.cells[0].text, row.cells[1].text) for table in tables for row in table.rows]


def fields(number: int, progress: str = LONG) -> list[tuple[str, str]]:
    return [
        (f"Recommendation {number}:", f"{number}. {TEXT}"),
        ("Action:", "Write a procedure and train staff."),
        ("Lead:", "Head of Housing"),
        ("By when:", "March 2024"),
        ("Progress:", progress.strip()),
    ]


@pytest.mark.parametrize("hang", [0.0, 110.0], ids=["behind the label", "in a column"])
@pytest.mark.parametrize("bold", [True, False], ids=["bold", "plain"])
def test_labels_with_a_colon(hang: float, bold: bool) -> None:
    sheet = Sheet()
    sheet.heading("Action plan")
    expected = [item for number in (1, 2, 3, 4) for item in fields(number, LONG * 4)]
    for label, value in expected:
        sheet.field(label, value, bold=bold, hang=hang)
    doc = read(sheet)
    assert rows(doc.tables) == expected
    assert doc.unassigned == []


@pytest.mark.parametrize("right", [False, True], ids=["left", "right"])
def test_cards_with_a_coloured_bar_at_one_side(right: bool) -> None:
    """The bar's edges and its card's make a grid of two columns, one of them without a word."""
    sheet = Sheet()
    expected = []
    for number in (1, 2, 3):
        top = sheet.y
        outer, inner = (RIGHT + 12.5, RIGHT + 8) if right else (X - 12.5, X - 8)
        other = X - 8 if right else RIGHT + 8
        sheet.box(min(outer, other), top, max(outer, other), top + 118)
        sheet.line(inner, top, inner, top + 118)
        sheet.box(min(inner, other), top, max(inner, other), top + 16, grey=0.7)
        sheet.text(X, top + 11, f"Recommendation {number}", 10, True)
        sheet.y += 32
        for label, value in fields(number)[1:]:
            sheet.field(label, value, hang=110)
            expected.append((label, value))
        sheet.y = top + 140
    doc = read(sheet)
    assert rows(doc.tables) == expected
    assert [table.heading[0].text for table in doc.tables] == [
        f"Recommendation {number}" for number in (1, 2, 3)
    ]


def test_a_value_cut_by_a_page() -> None:
    sheet = Sheet()
    sheet.heading("Action plan")
    expected = [item for number in (1, 2, 3) for item in fields(number, LONG * 25)]
    for label, value in expected:
        sheet.field(label, value)
    doc = read(sheet)
    assert len(doc.pages) > 1
    assert rows(doc.tables) == expected


def test_headings_over_the_blocks_and_prose_around_them() -> None:
    sheet = Sheet()
    sheet.heading("Action plan")
    sheet.field("", LONG * 3)
    for number in (1, 2, 3):
        sheet.heading(f"Recommendation {number}", 11)
        for label, value in fields(number)[1:]:
            sheet.field(label, value)
    sheet.y += 20
    sheet.field("", "The Board will look at this plan again in a year.")
    doc = read(sheet)
    assert [[line.text for line in table.heading][-1:] for table in doc.tables] == [
        [f"Recommendation {number}"] for number in (1, 2, 3)
    ]
    assert rows(doc.tables) == [item for number in (1, 2, 3) for item in fields(number)[1:]]
    text = " ".join(line.text for line in doc.unassigned)
    assert "again in a year." in text
    assert LONG.strip() in text


def test_a_value_behind_its_label_among_values_in_a_column() -> None:
    sheet = Sheet()
    expected = [item for number in (1, 2, 3) for item in fields(number, LONG * 3)]
    for label, value in expected:
        sheet.field(label, value, hang=0.0 if label.startswith("Rec") else 110.0)
    assert rows(read(sheet).tables) == expected


def test_labels_on_lines_of_their_own() -> None:
    sheet = Sheet()
    for number in (1, 2, 3):
        for label, value in fields(number):
            sheet.text(X, sheet.y, label.rstrip(":"), 9, True)
            sheet.y += 12
            sheet.field("", value)
    expected = [(label.rstrip(":"), value) for number in (1, 2, 3)
                for label, value in fields(number)]  # fmt: skip
    assert rows(read(sheet).tables) == expected


def test_a_column_of_labels_without_colons() -> None:
    sheet = Sheet()
    expected = []
    for number in (1, 2, 3):
        sheet.field("Recommendation", f"{TEXT} It is the {number}. of three.", hang=110)
        sheet.field("Action", "Train all staff.", hang=110)
        sheet.field("Lead officer", "Ann Marlow", hang=110)
        sheet.text(X, sheet.y, "Target date for", 9, True)
        sheet.text(X + 110, sheet.y, "May 2024")
        sheet.text(X, sheet.y + 11, "completion", 9, True)
        sheet.y += 28
        expected += [("Recommendation", f"{TEXT} It is the {number}. of three."),
                     ("Action", "Train all staff."),
                     ("Lead officer", "Ann Marlow"),
                     ("Target date for completion", "May 2024")]  # fmt: skip
    assert rows(read(sheet).tables) == expected


def test_two_labels_in_a_line_and_one_that_no_phrase_names() -> None:
    sheet = Sheet()
    expected = []
    for number in (1, 2, 3):
        own = fields(number)
        for label, value in own[:2]:
            sheet.field(label, value)
        sheet.field("Page of the report:", f"{number}7")
        sheet.text(X, sheet.y, "Lead:", 9, True)
        sheet.text(X + 26, sheet.y, "Head of Housing")
        sheet.text(X + 150, sheet.y, "By when:", 9, True)
        sheet.text(X + 192, sheet.y, "March 2024")
        sheet.y += 17
        expected += [*own[:2], ("Page of the report:", f"{number}7"), *own[2:4]]
    assert rows(read(sheet).tables) == expected


def test_a_heading_between_blocks_begins_a_new_table() -> None:
    sheet = Sheet()
    for name in ("Harrowmere Council", "Wexcombe Police"):
        sheet.heading(name, 12)
        for number in (1, 2):
            for label, value in fields(number):
                sheet.field(label, value)
    doc = read(sheet)
    assert [[line.text for line in table.heading] for table in doc.tables] == [
        ["Harrowmere Council"], ["Wexcombe Police"]
    ]  # fmt: skip
    assert rows(doc.tables[1:]) == [*fields(1), *fields(2)]


def _narrative() -> Sheet:
    sheet = Sheet()
    sheet.heading("Findings")
    for number in range(1, 9):
        sheet.field("", LONG * 3)
        sheet.field(f"Recommendation {number}:", TEXT)
    return sheet


def _glossary() -> Sheet:
    sheet = Sheet()
    sheet.heading("Glossary")
    for word in ("Action", "Agency", "Lead", "Progress", "Recommendation", "Target date"):
        sheet.field(f"{word}:", "A word that this report uses in its ordinary sense.")
    return sheet


def _contacts() -> Sheet:
    sheet = Sheet()
    sheet.heading("Contacts")
    for name in ("Ann Marlow", "Rose Ferrers", "Tom Quill"):
        sheet.field("Name:", name)
        sheet.field("Agency:", "Harrowmere Council")
        sheet.field("Telephone:", "01632 960001")
    return sheet


def _prose() -> Sheet:
    sheet = Sheet()
    for _ in range(6):
        sheet.field("", "Action was taken by the lead officer. Progress was slow: " + LONG * 3)
        sheet.field("", "Lead officers met. By when this was done nobody knew. " + LONG * 3)
    return sheet


@pytest.mark.parametrize("draw", [_narrative, _glossary, _contacts, _prose])
def test_what_is_no_form(draw: object) -> None:
    assert callable(draw)
    assert read(draw()).tables == []


def test_nothing_is_looked_for_without_hints() -> None:
    sheet = Sheet()
    for number in (1, 2):
        for label, value in fields(number):
            sheet.field(label, value)
    assert read_tables(sheet.done()).tables == []


ORDER = ("", "First", "Second", "Third")


def test_labels_side_by_side_above_their_values() -> None:
    sheet = Sheet()
    expected = []
    for number in (1, 2, 3):
        sheet.y = 100.0  # its label stands where running headers do
        sheet.text(X, 40, f"Review of Adult M - Recommendation {number}", 14, True)
        pairs = [(label.rstrip(":"), value) for label, value in fields(number)[1:]]
        sheet.text(X, sheet.y, "Recommendation", 9, True)
        sheet.text(X, sheet.y + 12, f"{ORDER[number]} {TEXT}")
        sheet.y += 30
        sheet.text(X, sheet.y, "What we are told", 9, True)
        sheet.text(X, sheet.y + 12, f"Staff of the {ORDER[number].lower()} team.")
        sheet.y += 40
        for (left, one), (right, other) in zip(pairs[::2], pairs[1::2], strict=True):
            for x, label, value in ((X, left, one), (X + 240, right, other)):
                sheet.text(x, sheet.y, label, 9, True)
                for k, text in enumerate(_lines(value, 220.0)):
                    sheet.text(x, sheet.y + 12 * (k + 1), text)
            sheet.y += 60
        expected.append(("Recommendation", f"{ORDER[number]} {TEXT}"))
        expected.append(("What we are told", f"Staff of the {ORDER[number].lower()} team."))
        expected += pairs
        if number < 3:
            sheet.page()
    doc = read(sheet)
    assert rows(doc.tables) == expected
    assert [[line.text for line in table.heading] for table in doc.tables] == [
        [f"Review of Adult M - Recommendation {number}"] for number in (1, 2, 3)
    ]


@pytest.mark.parametrize("shade", [False, True], ids=["on paper", "on a card"])
def test_four_labels_in_a_line_above_their_values_and_others_below_them(shade: bool) -> None:
    """Small labels in boxes, wrapped values; the last value holds two paragraphs on a card."""
    sheet = Sheet()
    expected = []
    places = (X + 6, X + 160, X + 270, X + 380)
    for number in (1, 2, 3):
        sheet.y = top = 60.0 + 230 * (number - 1)
        if shade:
            sheet.box(X - 8, top - 16, RIGHT + 8, top + 190, grey=0.95)
            for x, right in zip(places, (*places[1:], RIGHT + 6), strict=True):
                sheet.box(x - 6, top + 34, right - 14, top + 78, grey=1.0)
        sheet.text(X, top, f"Recommendation {number}", 11, True)
        sheet.text(X, top + 20, f"{ORDER[number]}: {TEXT}", 9)
        labels = ("Lead officer", "Agency", "Target date", "By when")
        lines = (["Head of Housing and", "Neighbourhoods"], ["Council"], ["May 2024"], ["June"])
        for x, label, values in zip(places, labels, lines, strict=True):
            sheet.text(x, top + 46, label, 8, True)
            for k, text in enumerate(values):
                sheet.text(x, top + 60 + 12 * k, text, 9)
        sheet.text(X, top + 96, "Action", 8, True)
        sheet.text(X, top + 108, f"Train team {number}.", 9)
        sheet.text(X, top + 132, "Progress", 8, True)
        sheet.text(X, top + 144, f"Team {number} was trained.", 9)
        if shade:
            sheet.text(X, top + 166, "All have the handbook.", 9)
        expected += [
            (f"Recommendation {number}", f"{ORDER[number]}: {TEXT}"),
            *zip(labels, map(" ".join, lines), strict=True),
            ("Action", f"Train team {number}."),
            ("Progress", f"Team {number} was trained." + " All have the handbook." * shade),
        ]
    assert rows(read(sheet).tables) == expected


def test_a_grid_of_actions_under_each_recommendation_stays_one() -> None:
    """Four headers with a row of values, and no label alone below them."""
    sheet = Sheet()
    for number in (1, 2, 3):
        sheet.heading(f"Recommendation {number}", 11)
        sheet.text(X, sheet.y, TEXT)
        sheet.y += 20
        for k, (label, value) in enumerate(fields(number)[1:]):
            sheet.text(X + 120 * k, sheet.y, label.rstrip(":"), 9, True)
            for n, text in enumerate(_lines(value, 100.0)):
                sheet.text(X + 120 * k, sheet.y + 14 + 11 * n, text)
        sheet.y += 90
    tables = read(sheet).tables
    assert [[column.header for column in table.columns] for table in tables] == [
        ["Action", "Lead", "By when", "Progress"]
    ] * 3
