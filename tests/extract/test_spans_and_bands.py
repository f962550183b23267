"""Cells over several rows, headers of several rows, bands, inner tables, tables side by side."""

from __future__ import annotations

import pytest
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth

from actionplan.extract import read_tables
from actionplan.normalise.hints import plan_hints
from actionplan.schemas.tables import TableDocument
from tests.extract.drawn import HEADER, PAD, TOP, WIDTHS, Drawing, Style
from tests.extract.test_drawn import BOLD, CUT, PLAIN, REST, WHOLE, A, B, C

Rows = list[list[str]]
Page = tuple[Rows, Style]
SPAN = (1, 5)


def _read(drawing: Drawing) -> TableDocument:
    document = read_tables(drawing.done(), hints=plan_hints())
    assert all(page.lost == page.duplicated == 0 for page in document.audit)
    return document


def _pages(*pages: Page) -> TableDocument:
    drawing = Drawing()
    for n, (rows, style) in enumerate(pages):
        if n:
            drawing.page()
        drawing.table(rows, style=style)
    return _read(drawing)


def _headers(document: TableDocument) -> Rows:
    return [[column.header for column in table.columns] for table in document.tables]


def _rows(document: TableDocument) -> list[list[str] | str]:
    """The texts of each row; of a band its own."""
    return [
        row.text if row.kind == "band" else [cell.text for cell in row.cells]
        for table in document.tables
        for row in table.rows
    ]


def _steps(count: int) -> Rows:
    fields = ["J Marrow", "May 2014", "It was done in full by then."]
    return [["", f"Step {k} of the work is done by the team.", *fields] for k in range(count)]


LONG = (
    "1. Write a pathway for all staff who meet families at the front door of the service and for "
    "those who visit them at home, and see to it that every team in the area knows of it and has "
    "been told where to find it, whom to ask, and what the forms are for and how they are filled "
    "in, by whom they are read, and where they are kept after the case has been closed."
)


@pytest.mark.parametrize("repeated", [True, False])
def test_a_span_that_two_breaks_cut_in_mid_sentence(repeated: bool) -> None:
    lines = simpleSplit(LONG, "Helvetica", 9, WIDTHS[0] - 2 * PAD)
    steps = _steps(9)
    for row, first in ((0, 0), (3, 4), (6, 8)):
        steps[row][0] = " ".join(lines[first : first + 4] if row < 6 else lines[first:])
    pages: list[Page] = []
    for k in range(3):
        header = [HEADER] if repeated or not k else []
        bold = BOLD if header else frozenset[int]()
        last = [C] if k == 2 else []
        style = Style(bold=bold, spans={(len(header), 0): (3, 1)})
        pages.append(([*header, *steps[3 * k : 3 * k + 3], *last], style))
    document = _pages(*pages)
    assert _rows(document) == [[LONG, *steps[0][1:]], *_steps(9)[1:], C]
    assert document.tables[0].rows[0].cells[0].rowspan == 9


def test_a_span_that_two_breaks_cut_after_its_text() -> None:
    steps = _steps(9)
    steps[0][0] = "1. Write a pathway for all."
    document = _pages(
        ([HEADER, B, *steps[:3]], Style(bold=BOLD, spans={(2, 0): (3, 1)})),
        (steps[3:6], Style(spans={(0, 0): (3, 1)})),
        ([*steps[6:], C], Style(spans={(0, 0): (3, 1)})),
    )
    assert _rows(document) == [B, *steps, C]
    assert document.tables[0].rows[1].cells[0].rowspan == 9


UPPER = ["Recommendation", "Action", "Responsibility", "", "Progress"]
LOWER = ["", "", "Lead", "Date", ""]
GROUPED = {(0, 0): (2, 1), (0, 1): (2, 1), (0, 2): (1, 2), (0, 4): (2, 1)}
ALL_UPPER = ["What we will do", "", "Who and when", "", "How far we are"]
ALL_LOWER = ["Recommendation", "Action", "Lead", "Target date", "Progress"]
ALL_GROUPED = {(0, 0): (1, 2), (0, 2): (1, 2)}


@pytest.mark.parametrize("bold", [True, False])
@pytest.mark.parametrize("repeated", [True, False])
def test_a_grouped_header(bold: bool, repeated: bool) -> None:
    rows = frozenset({0, 1}) if bold else frozenset[int]()
    style = Style(bold=rows, spans=GROUPED)
    second: Page = ([UPPER, LOWER, C], style) if repeated else ([C], Style())
    document = _pages(([UPPER, LOWER, A, B], style), second)
    names = ["Recommendation", "Action", "Responsibility Lead", "Responsibility Date", "Progress"]
    assert _headers(document) == [names]
    assert _rows(document) == [A, B, C]


@pytest.mark.parametrize("bold", [True, False])
@pytest.mark.parametrize("repeated", [True, False])
def test_two_header_rows_over_each_other(bold: bool, repeated: bool) -> None:
    rows = frozenset({0, 1}) if bold else frozenset[int]()
    style = Style(bold=rows, spans=ALL_GROUPED)
    second: Page = ([ALL_UPPER, ALL_LOWER, C], style) if repeated else ([C], Style())
    document = _pages(([ALL_UPPER, ALL_LOWER, A, B], style), second)
    groups = ["What we will do"] * 2 + ["Who and when"] * 2 + ["How far we are"]
    assert _headers(document) == [[f"{a} {b}" for a, b in zip(groups, ALL_LOWER, strict=True)]]
    assert _rows(document) == [A, B, C]


PROMPTS = [
    "What is the over-arching recommendation?",
    "What will be done?",
    "Who will lead?",
    "By when will it be done?",
    "How far has the work come?",
]
PROMPTED = [f"{a} {b}" for a, b in zip(HEADER, PROMPTS, strict=True)]


@pytest.mark.parametrize("bold", [{0}, {0, 1}])
@pytest.mark.parametrize("again", [0, 1, 2])
def test_a_second_header_row_of_prompts(bold: set[int], again: int) -> None:
    style = Style(bold=frozenset(bold))
    second = Style(bold=frozenset(row for row in bold if row < again))
    document = _pages(([HEADER, PROMPTS, A, B], style), ([*[HEADER, PROMPTS][:again], C], second))
    assert _headers(document) == [PROMPTED]
    assert _rows(document) == [A, B, C]


def test_a_title_inside_the_grid_above_the_header() -> None:
    title = ["Overview action plan", "", "", "", ""]
    style = Style(bold=frozenset({0, 1}), spans={(0, 0): SPAN})
    document = _pages(([title, HEADER, A, B], style), ([title, HEADER, C], style))
    assert [line.text for line in document.tables[0].heading] == ["Overview action plan"]
    assert (_headers(document), _rows(document)) == ([HEADER], [A, B, C])


@pytest.mark.parametrize("bold", [True, False])
def test_a_header_that_a_page_break_cuts(bold: bool) -> None:
    style = Style(bold=BOLD if bold else frozenset())
    drawing = Drawing()
    drawing.text(40, 400, "The plan follows.")
    upper = ["Recommendation and", "Action to be", "Lead officer", "Target", "Progress and"]
    drawing.table([upper], top=560, style=style)
    drawing.page()
    drawing.table([["its source", "taken", "", "date", "outcome"], A, B], style=style)
    drawing.page()
    drawing.table([C], style=Style())
    document = _read(drawing)
    assert _headers(document) == [
        ["Recommendation and its source", "Action to be taken", "Lead officer", "Target date",
         "Progress and outcome"]
    ]  # fmt: skip
    assert _rows(document) == [A, B, C]


def _one(text: str) -> list[str]:
    return [text, "", "", "", ""]


def test_bands_over_the_full_width_and_their_repetition() -> None:
    first = Style(bold=frozenset({0, 1, 3}), spans={(1, 0): SPAN, (3, 0): SPAN})
    second = Style(bold=frozenset({0, 1}), spans={(1, 0): SPAN})
    document = _pages(
        ([HEADER, _one("Housing"), A, _one("Health"), B], first),
        ([HEADER, _one("Health (continued)"), C], second),
    )
    assert _rows(document) == ["Housing", A, "Health", B, C]


@pytest.mark.parametrize("mark", ["", " (continued)", " – cont.", " (cont'd)"])
def test_a_row_is_joined_over_the_repetition_of_its_band(mark: str) -> None:
    style = Style(bold=frozenset({0, 1}), spans={(1, 0): SPAN})
    document = _pages(
        ([HEADER, _one("Housing"), A, CUT], style),
        ([HEADER, _one(f"Housing{mark}"), REST, C], style),
    )
    assert _rows(document) == ["Housing", A, WHOLE, C]


def test_a_new_band_after_the_break_is_one() -> None:
    style = Style(bold=frozenset({0, 1}), spans={(1, 0): SPAN})
    document = _pages(
        ([HEADER, _one("Housing"), A, B], style), ([HEADER, _one("Health"), C], style)
    )
    assert _rows(document) == ["Housing", A, B, "Health", C]


@pytest.mark.parametrize("bold", [True, False])
def test_bands_in_the_first_of_their_cells(bold: bool) -> None:
    rows = [HEADER, _one("Housing"), A, _one("Learning point 2"), B, C]
    style = Style(bold=frozenset({0, 1, 3}))
    if not bold:
        style = Style(bold=BOLD, fills={(r, c): 0.8 for r in (1, 3) for c in range(5)})
    assert _rows(_pages((rows, style))) == ["Housing", A, "Learning point 2", B, C]


def test_bands_set_in_the_middle_over_the_borders_of_their_cells() -> None:
    drawing = Drawing()
    blank = _one("")
    drawing.table(
        [HEADER, blank, A, blank, B], heights=[20, 18, 60, 18, 60], style=Style(bold=BOLD)
    )
    texts = [f"Recommendations for the {name} services of the city" for name in ("land", "water")]
    for y, text in zip((93, 171), texts, strict=True):
        drawing.text(330, y, text, 9, bold=True)
    assert _rows(_read(drawing)) == [texts[0], A, texts[1], B]


def test_a_recommendation_alone_in_its_row_is_no_band() -> None:
    steps = [["", "Draft", "J Marrow", "May", "x"], ["", "Book", "A Sedge", "June", "y"]]
    rows = [HEADER, _one("Recommendation 1: Write it"), steps[0], _one("2. Train"), steps[1]]
    assert _rows(_pages((rows, Style(bold=frozenset({0, 1, 3}))))) == rows[1:]


def test_rows_in_the_stripe_of_every_other_one_are_no_bands() -> None:
    rows = [HEADER, A, _one("2. Train all staff."), C, A]
    fills = {(r, c): 0.8 for r in (2, 4) for c in range(5)}
    assert _rows(_pages((rows, Style(bold=BOLD, fills=fills)))) == rows[1:]


def test_the_last_words_of_a_row_after_a_break_are_no_band() -> None:
    rest = ["", "", "", "", "has changed."]
    fills = {(0, c): 0.8 for c in range(5)}
    document = _pages(([HEADER, B, CUT], PLAIN), ([rest, C], Style(fills=fills)))
    assert _rows(document) == [B, [*CUT[:4], f"{CUT[4]} has changed."], C]


def test_totals_and_numbered_groups_are_bands_in_their_own_cells() -> None:
    group = ["1", "Housing", "", "", ""]
    rows = [
        HEADER, group, ["1.1", *A[1:]], ["1.2", *B[1:]], ["Sub-total", "", "", "", "1 of 2 done"],
    ]  # fmt: skip
    document = _pages((rows, PLAIN))
    assert _rows(document) == ["1 Housing", *rows[2:4], "Sub-total 1 of 2 done"]
    assert [cell.text for cell in document.tables[0].rows[0].cells] == group


def test_an_inner_table_is_read_row_by_row_with_the_text_around_it() -> None:
    inner = [["Quarter one of the year", "12 held"], ["Quarter two of the year", "15 held so far"]]
    words = "Quarter one of the year 12 held Quarter two of the year 15 held so far"
    count = ["4. Count", "", "R Fen", "July", "Done."]
    drawing = Drawing()
    drawing.table([HEADER, A, count, C], heights=[20, 60, 140, 60], style=PLAIN)
    drawing.text(245.4, 152, "As shown here:")
    drawing.table(inner, top=160, x=255, widths=[60, 60])
    drawing.text(245.4, 272, "and so on.")
    whole = [count[0], f"As shown here: {words} and so on.", *count[2:]]
    assert _rows(_read(drawing)) == [A, whole, C]


def test_an_inner_table_that_fills_its_cell() -> None:
    inner = [["Quarter one of the year", "12 held"], ["Quarter two of the year", "15 held so far"]]
    words = "Quarter one of the year 12 held Quarter two of the year 15 held so far"
    count = ["4. Count", "", "R Fen", "July", "Done."]
    drawing = Drawing()
    drawing.table([HEADER, A, count, C], heights=[20, 60, 60, 60], style=PLAIN)
    drawing.table(inner, top=140, x=240, widths=[90, 90], heights=[30, 30])
    assert _rows(_read(drawing)) == [A, [count[0], words, *count[2:]], C]


def test_a_word_cut_in_a_narrow_cell_of_an_inner_table() -> None:
    count = ["4. Count", "", "R Fen", "July", "Done in September."]
    wide = stringWidth("Septem", "Helvetica", 9) + 2 * PAD + 2
    drawing = Drawing()
    drawing.table([HEADER, A, count, C], heights=[20, 60, 100, 60], style=PLAIN)
    drawing.table([["", "12"], ["", "15"]], top=160, x=255, widths=[wide, 40], heights=[30, 30])
    for x, y, text in ((0, 170, "Septem"), (0, 181, "ber"), (0, 200, "Week"), (0, 211, "end")):
        drawing.text(255 + PAD + x, y, text)
    row = [count[0], "September 12 Week end 15", *count[2:]]
    assert _rows(_read(drawing)) == [A, row, C]


def test_inner_tables_that_page_breaks_cut_at_both_ends_of_a_cell() -> None:
    """Their lines begin at the cell's upper border, or end at its lower one."""
    count = ["4. Count", "", "R Fen", "July", "Done."]
    drawing = Drawing()
    drawing.table([count], top=TOP, heights=[200], style=Style())
    upper, lower = [["Jan", "12"], ["Feb", "15"]], [["Mar", "11"], ["Apr", "19"]]
    drawing.table(upper, top=TOP, x=246, widths=[75, 75], heights=[20, 20])
    drawing.text(245.4, 130, "The same since then:")
    drawing.table(lower, top=TOP + 160, x=246, widths=[75, 75], heights=[20, 20])
    words = "Jan 12 Feb 15 The same since then: Mar 11 Apr 19"
    assert _rows(_read(drawing)) == [[count[0], words, *count[2:]]]


def test_one_merged_recommendation_under_a_band_is_no_inner_table() -> None:
    rows = [_one("Housing"), *_steps(3)]
    rows[1][0] = "1. Write it."
    document = _pages((rows, Style(spans={(0, 0): SPAN, (1, 0): (3, 1)})))
    assert _rows(document) == ["Housing", *rows[1:]]
    assert document.tables[0].rows[1].cells[0].rowspan == 3


@pytest.mark.parametrize("header", [True, False])
def test_tables_side_by_side_over_two_pages(header: bool) -> None:
    columns = [["Action", "Lead"]]
    left = [[f"Draft paper {k}.", "J Marrow"] for k in range(6)]
    right = [[f"Share note {k}.", "A Sedge"] for k in range(6)]
    drawing = Drawing()
    for n in range(2):
        if n:
            drawing.page()
        above = columns if header or not n else []
        style = PLAIN if above else Style()
        for rows, x in ((left, 40), (right, 320)):
            drawing.table(
                above + rows[3 * n : 3 * n + 3], x=x, top=TOP, widths=[150, 100], style=style
            )
    document = _read(drawing)
    assert _headers(document) == columns * 2
    assert _rows(document) == left + right
