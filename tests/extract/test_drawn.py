"""Tables drawn in the ways that producers draw them: read again, word for word."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas

from actionplan.extract import read_tables
from actionplan.normalise.hints import plan_hints
from actionplan.schemas.tables import TableDocument
from tests.extract.drawn import HEADER, HIGH, TOP, WIDE, Border, Drawing, Style

Rows = list[list[str]]

A = [
    "1. Write a pathway for all staff who meet families at the front door of the service.",
    "Draft the pathway with health and housing; agree it.",
    "J Marrow",
    "May 2014",
    "The pathway is agreed and in use across the partnership since April.",
]
B = [
    "2. Train all staff in the use of the pathway and its forms.",
    "Book a trainer for each quarter of the year.",
    "A Sedge",
    "June 2014",
    "Two of four courses have been held so far.",
]
C = [
    "3. Tell the public about the helpline and its hours.",
    "Print a leaflet.",
    "R Fen",
    "July 2014",
    "Not begun.",
]
BEGUN = (
    "The pathway is in use across the partnership since April and all of the agencies have been "
    "asked to report on how often it is used and by whom, so that the board can see what"
)
ENDED = "has changed for families and what has not; the next report is due in the autumn."
CUT, REST, WHOLE = [*A[:4], BEGUN], ["", "", "", "", ENDED], [*A[:4], f"{BEGUN} {ENDED}"]
BOLD = frozenset({0})
PLAIN = Style(bold=BOLD)


def _read(data: bytes) -> TableDocument:
    document = read_tables(data, hints=plan_hints())
    assert all(page.lost == page.duplicated == 0 for page in document.audit)
    return document


def _rows(data: bytes) -> Rows:
    tables = _read(data).tables
    return [[cell.text for cell in row.cells] for table in tables for row in table.rows]


def _pages(*pages: tuple[Rows, Style]) -> bytes:
    drawing = Drawing()
    for n, (rows, style) in enumerate(pages):
        if n:
            drawing.page()
        drawing.table(rows, style=style)
    return drawing.done()


GREY = {(r, c): 0.8 for r in range(4) for c in range(5)}
DARK = GREY | {(0, c): 0.3 for c in range(5)} | {(r, 0): 0.3 for r in range(4)}
STRIPES = {(r, c): 0.8 if r % 2 else 0.95 for r in range(4) for c in range(5)}


@pytest.mark.parametrize("size", [6.0, 9.0])
@pytest.mark.parametrize(
    ("border", "fills"),
    [
        ("lines", {}),
        ("inner", {}),
        ("boxes", {}),
        ("cells", {}),
        ("dashed", {}),
        ("dotted", {}),
        ("double", {}),
        ("white", GREY),
        ("white", DARK),
        ("fills", STRIPES),
    ],
)
def test_borders(border: Border, fills: dict[tuple[int, int], float], size: float) -> None:
    rows = [HEADER, A, B, C]
    document = _read(_pages((rows, Style(border=border, fills=fills, bold=BOLD, size=size))))
    (table,) = document.tables
    assert [column.header for column in table.columns] == HEADER
    assert [[cell.text for cell in row.cells] for row in table.rows] == rows[1:]


def test_a_table_of_one_row() -> None:
    assert _rows(_pages(([HEADER, A], PLAIN))) == [A]
    assert _rows(_pages(([A], Style()))) == [A]


def test_a_shaded_paragraph_and_an_underline_as_wide_as_the_column() -> None:
    drawing = Drawing()
    drawing.box(245.4, 84, 414.6, 96, grey=0.8)
    drawing.table([HEADER, A, B], heights=[20, 70, 70], style=PLAIN)
    for y in (93, 104):
        drawing.line(245.4, y, 414.6, y)
    assert _rows(drawing.done()) == [A, B]


def test_a_table_inside_a_cell_is_text_of_the_cell() -> None:
    drawing = Drawing()
    count = ["4. Count", "", "R Fen", "July", "Done."]
    drawing.table([HEADER, A, count, C], heights=[20, 60, 100, 60], style=PLAIN)
    drawing.table([["Q1", "12"], ["Q2", "15"]], top=160, x=255, widths=[60, 60])
    count = [count[0], "Q1 12 Q2 15", *count[2:]]
    assert _rows(drawing.done()) == [A, count, C]


def test_a_table_inside_a_cell_that_touches_its_border() -> None:
    drawing = Drawing()
    count = ["4. Count", "", "R Fen", "July", "Done."]
    drawing.table([HEADER, A, count, C], heights=[20, 60, 100, 60], style=PLAIN)
    drawing.table([["Q1", "12"], ["Q2", "15"]], top=160, x=300, widths=[60, 60])
    assert _rows(drawing.done()) == [A, [count[0], "Q1 12 Q2 15", *count[2:]], C]


def test_every_other_row_without_inner_borders() -> None:
    drawing = Drawing()
    ends = [TOP]
    for row in (HEADER, A, B, C):
        style = Style(border="fills" if row is B else "lines")  # no line at all round the second
        ends.append(drawing.table([row], top=ends[-1], style=style))
    drawing.line(40, TOP, 40, ends[-1])
    drawing.line(800, TOP, 800, ends[-1])
    assert _rows(drawing.done()) == [A, B, C]


def test_tables_side_by_side() -> None:
    left = [["Action", "Lead"], ["Draft it", "J Marrow"], ["Share it", "A Sedge"]]
    right = [["Risk", "Owner"], ["Delay", "R Fen"], ["Cost", "R Fen"]]
    drawing = Drawing()
    drawing.table(left, widths=[150, 100], style=PLAIN)
    drawing.table(right, x=320, widths=[150, 100], style=PLAIN)
    document = _read(drawing.done())
    assert [[column.header for column in table.columns] for table in document.tables] == [
        left[0],
        right[0],
    ]
    assert [
        [cell.text for cell in row.cells] for table in document.tables for row in table.rows
    ] == [
        *left[1:],
        *right[1:],
    ]


def test_a_list_number_set_by_a_tab() -> None:
    drawing = Drawing()
    drawing.table([HEADER, ["", "", "J Marrow", "May", "Done."]], heights=[20, 60], style=PLAIN)
    for x, text in ((45.4, "1."), (54, "Write it"), (245.4, "(a)"), (259, "Draft it")):
        drawing.text(x, 92, text)
    row = ["1. Write it", "(a) Draft it", "J Marrow", "May", "Done."]
    assert _rows(drawing.done()) == [row]


def test_text_that_runs_over_its_cells_border_and_text_close_to_it() -> None:
    drawing = Drawing()
    row = ["1. Write", "Draft", "", "", "Done."]
    drawing.table([HEADER, row, row], heights=[20, 40, 40], style=PLAIN)
    drawing.text(425.4, 92, "head.of.housing@harrow.example")
    drawing.text(496, 132, "Sedge")
    drawing.text(531.5, 132, "May")
    assert _rows(drawing.done()) == [
        [*row[:2], "head.of.housing@harrow.example", "", "Done."],
        [*row[:2], "Sedge", "May", "Done."],
    ]


def test_a_header_with_a_group_over_two_columns() -> None:
    upper = ["Recommendation", "Action", "Progress", "", "Lead"]
    lower = ["", "", "Update", "Date", ""]
    row = ["1. Write", "Draft", "It is in use", "May 2014", "J Marrow"]
    spans = {(0, 0): (2, 1), (0, 1): (2, 1), (0, 2): (1, 2), (0, 4): (2, 1)}
    document = _read(_pages(([upper, lower, row], Style(bold=frozenset({0, 1}), spans=spans))))
    (table,) = document.tables
    assert [column.header for column in table.columns] == [
        "Recommendation",
        "Action",
        "Progress Update",
        "Progress Date",
        "Lead",
    ]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [row]


@pytest.mark.parametrize("repeated", [True, False])
@pytest.mark.parametrize("is_open", [True, False])
def test_a_row_cut_in_its_last_column(repeated: bool, is_open: bool) -> None:
    second = [HEADER, REST, C] if repeated else [REST, C]
    data = _pages(
        ([HEADER, B, CUT], Style(bold=BOLD, open_bottom=is_open)),
        (second, Style(bold=BOLD if repeated else frozenset(), open_top=is_open)),
    )
    assert _rows(data) == [B, WHOLE, C]


def test_open_ends_at_a_break_between_rows() -> None:
    data = _pages(([HEADER, A, B], Style(bold=BOLD, open_bottom=True)), ([C], Style(open_top=True)))
    assert _rows(data) == [A, B, C]


def test_a_header_on_some_pages_only() -> None:
    assert _rows(_pages(([HEADER, A], PLAIN), ([B], Style()), ([HEADER, C], PLAIN))) == [A, B, C]


def test_rows_in_lower_case_without_numbers() -> None:
    one = ["write a pathway for staff.", "draft it.", "J Marrow", "May 2014", "it is in place."]
    two = ["train all staff.", "book a trainer.", "A Sedge", "June 2014", "not begun."]
    assert _rows(_pages(([HEADER, one], PLAIN), ([two], Style()))) == [one, two]


def test_an_empty_page_inside_a_table() -> None:
    drawing = Drawing()
    drawing.table([HEADER, A, CUT], style=PLAIN)
    drawing.page()
    drawing.page()
    drawing.table([HEADER, REST, C], style=PLAIN)
    document = _read(drawing.done())
    assert len(document.tables) == 1
    assert document.tables[0].pages == [1, 3]
    assert [row.cells[4].text for row in document.tables[0].rows] == [A[4], WHOLE[4], C[4]]


def test_a_page_of_text_inside_a_table_ends_it() -> None:
    drawing = Drawing()
    drawing.table([HEADER, A, B], style=PLAIN)
    drawing.page()
    drawing.text(40, 300, "This chapter describes the meetings of the panel.")
    drawing.page()
    drawing.table([HEADER, C], style=PLAIN)
    assert len(_read(drawing.done()).tables) == 2


def test_a_footnote_under_a_cut_table() -> None:
    drawing = Drawing()
    bottom = drawing.table([HEADER, B, CUT], style=PLAIN)
    drawing.text(40, bottom + 12, "1 Agreed by the board at its meeting in March.", 7)
    drawing.page()
    drawing.table([HEADER, REST, C], style=PLAIN)
    document = _read(drawing.done())
    assert len(document.tables) == 1
    assert len(document.tables[0].rows) == 3
    assert [line.text for line in document.unassigned] == [
        "1 Agreed by the board at its meeting in March."
    ]


def test_a_section_title_above_the_table_on_each_page() -> None:
    drawing = Drawing()
    for n, rows in enumerate(([A, B], [C], [A])):
        if n:
            drawing.page()
        drawing.text(40, 40, "Brindlecombe Council", 12, bold=True)
        drawing.table([HEADER, *rows], style=PLAIN)
    document = _read(drawing.done())
    assert [len(table.rows) for table in document.tables] == [4]


def test_sections_whose_titles_are_repeated_on_each_page() -> None:
    drawing = Drawing()
    plan = [("Housing", [A, B]), ("Housing", [C]), ("Health trust", [A]), ("Health trust", [B])]
    for n, (title, rows) in enumerate(plan):
        if n:
            drawing.page()
        drawing.text(40, 20, "Safer partnership", 8)
        drawing.text(40, 40, title, 12, bold=True)
        drawing.table([HEADER, *rows], style=PLAIN)
    document = _read(drawing.done())
    assert [[line.text for line in table.heading] for table in document.tables] == [
        ["Housing"],
        ["Health trust"],
    ]
    assert [len(table.rows) for table in document.tables] == [3, 2]
    assert {line.text for line in document.furniture} == {"Safer partnership"}


FIRST = [
    "1. Write a pathway for all staff who meet families at the front door and for the",
    "Draft it with health.",
    "J Marrow",
    "May 2014",
    "It has been drafted and was shared with them in June of that year.",
]
SECOND = ["", "Agree it.", "A Sedge", "June 2014", "It was agreed at the meeting in the same year."]
THIRD = ["", "Train the staff.", "R Fen", "July 2014", "Courses are booked for all of the teams."]
FOURTH = ["", "Review its use.", "R Fen", "May 2015", "Not begun."]


@pytest.mark.parametrize("ending", ["", "managers of each team."])
def test_a_merged_recommendation_with_a_break_between_its_actions(ending: str) -> None:
    data = _pages(
        ([HEADER, FIRST, SECOND, THIRD], Style(bold=BOLD, spans={(1, 0): (3, 1)})),
        ([HEADER, [ending, *FOURTH[1:]], C], PLAIN),
    )
    document = _read(data)
    whole = [f"{FIRST[0]} {ending}".strip(), *FIRST[1:]]
    assert _rows(data) == [whole, SECOND, THIRD, FOURTH, C]
    assert document.tables[0].rows[0].cells[0].rowspan == 4


def test_a_merged_recommendation_with_a_break_inside_an_action() -> None:
    cut = ["", "Train all of the staff in the", "R Fen", "July 2014", "Courses are booked for the"]
    rest = ["", "use of it.", "", "", "autumn and the spring."]
    data = _pages(
        ([HEADER, FIRST, SECOND, cut], Style(bold=BOLD, spans={(1, 0): (3, 1)})),
        ([HEADER, rest, FOURTH, C], Style(bold=BOLD, spans={(1, 0): (2, 1)})),
    )
    joined = ["", f"{cut[1]} {rest[1]}", *cut[2:4], f"{cut[4]} {rest[4]}"]
    assert _rows(data) == [FIRST, SECOND, joined, FOURTH, C]
    assert _read(data).tables[0].rows[0].cells[0].rowspan == 4


def _turned(content: int, rotate: int) -> bytes:
    """Two pages whose content is turned by `content` degrees and shown by `rotate`."""
    size = (HIGH, WIDE) if content in (90, 270) else (WIDE, HIGH)
    drawing = Drawing()
    out = io.BytesIO()
    # reportlab takes the size as shown, and swaps it for a page that is shown sideways.
    drawing.canvas = Canvas(out, pagesize=size[::-1] if rotate in (90, 270) else size)
    for n, rows in enumerate(([HEADER, B, CUT], [HEADER, REST, ["4.", "", "R Fen", "July", "-"]])):
        if n:
            drawing.canvas.showPage()
        drawing.canvas.setPageRotation(rotate)
        drawing.canvas.translate(
            *{0: (0, 0), 90: (HIGH, 0), 180: (WIDE, HIGH), 270: (0, WIDE)}[content]
        )
        drawing.canvas.rotate(content)
        bottom = drawing.table(rows, style=PLAIN)
    drawing.text(55, bottom - 16.8 + 3 + 9 * 0.95, "Tell the public")
    drawing.canvas.showPage()
    drawing.canvas.save()
    return out.getvalue()


# Turned so that it reads upright as shown, or drawn sideways on a page shown as it is.
@pytest.mark.parametrize(
    ("content", "rotate"),
    [(0, 0), (90, 90), (180, 180), (270, 270), (90, 0), (270, 0), (0, 90), (0, 270)],
)
def test_turned_pages(content: int, rotate: int) -> None:
    last = ["4. Tell the public", "", "R Fen", "July", "-"]
    assert _rows(_turned(content, rotate)) == [B, WHOLE, last]


def _scaled(drawing: Drawing) -> None:
    drawing.canvas.translate(30, -10)
    drawing.canvas.scale(0.7, 0.7)
    drawing.table([HEADER, A, B], style=PLAIN)


def _form(drawing: Drawing) -> None:
    drawing.canvas.beginForm("plan", 0, 0, 2000, 2000)
    drawing.table([HEADER, A, B], style=PLAIN)
    drawing.canvas.endForm()
    drawing.canvas.translate(10, 20)
    drawing.canvas.scale(0.8, 0.8)
    drawing.canvas.doForm("plan")


def _form_in_form(drawing: Drawing) -> None:
    drawing.canvas.beginForm("plan", 0, 0, 2000, 2000)
    drawing.table([HEADER, A, B], style=PLAIN)
    drawing.canvas.endForm()
    drawing.canvas.beginForm("outer", 0, 0, 2000, 2000)
    drawing.canvas.scale(0.5, 0.5)
    drawing.canvas.doForm("plan")
    drawing.canvas.endForm()
    drawing.canvas.scale(1.6, 1.6)
    drawing.canvas.doForm("outer")


@pytest.mark.parametrize("draw", [_scaled, _form, _form_in_form])
def test_scaled_content(draw: Callable[[Drawing], None]) -> None:
    drawing = Drawing()
    draw(drawing)
    assert _rows(drawing.done()) == [A, B]


def test_a_form_turned_on_its_page() -> None:
    drawing = Drawing((HIGH, WIDE))
    drawing.height = HIGH
    drawing.canvas.beginForm("plan", 0, 0, 2000, 2000)
    drawing.table([HEADER, A, B], style=PLAIN)
    drawing.canvas.endForm()
    drawing.canvas.translate(HIGH, 0)
    drawing.canvas.rotate(90)
    drawing.canvas.doForm("plan")
    assert _rows(drawing.done()) == [A, B]


def test_boxes_count_from_the_visible_part_of_a_cropped_page() -> None:
    drawing = Drawing()
    out = io.BytesIO()
    crop = (100, 100, WIDE + 100, HIGH + 100)
    drawing.canvas = Canvas(out, pagesize=(WIDE + 200, HIGH + 200), cropBox=crop)
    drawing.canvas.translate(100, 100)
    drawing.table([HEADER, A, B], style=PLAIN)
    drawing.canvas.showPage()
    drawing.canvas.save()
    document = _read(out.getvalue())
    assert (document.pages[0].width, document.pages[0].height) == (WIDE, HIGH)
    x0, y0, _, _ = document.tables[0].rows[0].cells[0].regions[0].bbox
    assert (x0, y0) == pytest.approx((40, TOP + 10.8 + 6), abs=1)
