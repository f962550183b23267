"""Tables with few rules or none: the same rows, whatever is drawn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actionplan.extract import read_tables
from actionplan.normalise.hints import plan_hints
from actionplan.schemas.tables import TableDocument, TableHints
from tests.extract.drawn import HEADER as DRAWN_HEADER
from tests.extract.drawn import Drawing, Style
from tests.extract.sparse import Look, Rules, draw

Rows = list[list[str]]
HEADER = ["No", "Recommendation", "Action required", "Lead officer", "Target date for completion",
          "Progress to date"]  # fmt: skip
WIDTHS = [34.0, 190.0, 190.0, 100.0, 75.0, 170.0]
RULES: list[Rules] = [
    "none", "rows", "cells", "book", "upright", "frame", "header", "zebra", "shades", "head",
    "box", "shell",
]  # fmt: skip
ROWS = [
    ["1", "The Board should write a pathway for all staff who meet families at the front door.",
     "Draft the pathway with health and housing. Agree it with the partners and put it on all of "
     "the intranets, with a note on who is to be rung out of hours.",
     "J Marrow", "May 2014", "The pathway is agreed and in use since April."],
    ["2", "Health visitors and midwives should be trained in the use of the pathway and its forms, "
     "and the training should be repeated for new staff at least twice in each year.",
     "Book a trainer for each quarter.", "Anneke Sedge, Head of Learning", "End of June 2014", ""],
    ["3", "The public should be told about the helpline.", "Print a leaflet.", "R Fen", "",
     "Not begun. The helpline's hours are to change in the spring and the leaflet would be out of "
     "date within weeks, so that it was thought better to wait; the wording is ready."],
    ["4", "Housing officers should ask each tenant who reports damage whether all is well at home, "
     "and write down the answer.",
     "Change the repairs form. Tell the contractors.", "Head of Housing", "Ongoing",
     "Form changed."],
    ["5", "The Board should ask in a year whether any of this has helped.", "Audit of ten cases.",
     "Board Manager", "2015", "Planned for the autumn."],
]  # fmt: skip
WHERE = ["In the north: ", "In the south: ", "In the east: ", "In the west: "]
LONG = [["", where + row[1], *row[2:]] for where in WHERE for row in ROWS]
PROSE = [
    "The plan was agreed by the Board at its meeting in March and is looked at again at each of "
    "its meetings, when those who lead on an",
    "action are asked to say what has been done since, and what has not been done and why, in as "
    "few words as they can.",
]


def _read(data: bytes) -> TableDocument:
    document = read_tables(data, hints=plan_hints())
    assert all(page.lost == page.duplicated == 0 for page in document.audit)
    return document


def _rows(document: TableDocument) -> Rows:
    return [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]


def _headers(document: TableDocument) -> Rows:
    return [[column.header for column in table.columns] for table in document.tables]


@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize(
    "look",
    [
        Look(),
        Look(above=0.0),
        Look(size=8.0, leading=1.3, above=6.0, low=True, repeat=False),
        Look(size=10.0, pad=2.7, above=1.0, centred=True),
        Look(bold=False, above=4.0, repeat=False),
    ],
    ids=["usual", "tight", "airy", "near", "plain"],
)
def test_the_same_rows_whatever_is_drawn(rules: Rules, look: Look) -> None:
    """One table over several pages, its rows cut by them."""
    rows = [[str(k + 1), *row[1:]] for k, row in enumerate(LONG)]
    document = _read(draw(HEADER, rows, WIDTHS, replace(look, rules=rules)))
    assert _headers(document) == [HEADER]
    assert _rows(document) == rows
    assert document.tables[0].pages == [1, 2, 3][: len(document.tables[0].pages)]
    assert len(document.tables[0].pages) > 1
    assert not document.unassigned


@pytest.mark.parametrize("rules", ["none", "frame", "book", "header"])
def test_texts_in_the_middle_of_their_rows(rules: Rules) -> None:
    """The number stands beside the middle of the row's longest text."""
    document = _read(draw(HEADER, ROWS, WIDTHS, Look(rules, middle=True, above=5.0)))
    assert _rows(document) == ROWS


def test_prose_around_a_table_stays_outside() -> None:
    """The table begins and ends in mid-page."""
    document = _read(draw(HEADER, ROWS, WIDTHS, before=PROSE, after=PROSE))
    assert _rows(document) == ROWS
    assert [line.text for line in document.unassigned] == PROSE * 2


def test_rows_without_numbers_parted_by_leading() -> None:
    """Without numbers, wider leading through all columns parts rows."""
    rows = [row[1:] for row in ROWS]
    document = _read(draw(HEADER[1:], rows, WIDTHS[1:], Look(above=4.0)))
    assert _rows(document) == rows


def test_rows_without_numbers_or_leading() -> None:
    """Nothing parts them but that texts begin again."""
    rows = [row[1:] for row in ROWS]
    document = _read(draw(HEADER[1:], rows, WIDTHS[1:], Look(above=0.0)))
    assert _rows(document) == rows


def test_a_label_begins_a_row() -> None:
    """A label above the recommendation's own text."""
    rows = [[f"Recommendation {row[0]}\n{row[1]}", *row[2:]] for row in ROWS]
    expected = [[row[0].replace("\n", " "), *row[1:]] for row in rows]
    document = _read(draw(HEADER[1:], rows, WIDTHS[1:], Look(above=0.0)))
    assert _rows(document) == expected


def test_paragraphs_with_space_between_stay_in_their_row() -> None:
    """A blank line in one cell runs through columns that have ended; no row begins there."""
    rows = [list(row) for row in ROWS]
    rows[0][5] = "April: agreed.\n \nMay: in use.\n \nJune: looked at again; see the minutes."
    rows[2][2] = "Print a leaflet.\n \nPut it in libraries."
    expected = [[" ".join(text.split()) for text in row] for row in rows]
    assert _rows(_read(draw(HEADER, rows, WIDTHS, Look(above=3.0)))) == expected


def test_bands_between_rows() -> None:
    """Lines over the columns that rows follow; they are no rows."""
    bands = ["Theme 1: what families are told, and by whom, and when they are told it",
             "Theme 2: what is written down"]  # fmt: skip
    drawn = [[bands[0]], *ROWS[:3], [bands[1]], *ROWS[3:]]
    document = _read(draw(HEADER, drawn, WIDTHS, Look(above=4.0)))
    (table,) = document.tables
    assert [row.cells[0].text for row in table.rows if row.kind == "band"] == bands
    assert [[c.text for c in row.cells] for row in table.rows if row.kind == "body"] == ROWS


def test_a_column_that_is_empty_on_a_page() -> None:
    """No text in the progress column of later pages: it is a column of the table all the same."""
    rows = [[str(k + 1), *row[1:5], row[5] if k < 3 else ""] for k, row in enumerate(LONG)]
    document = _read(draw(HEADER, rows, WIDTHS, Look(repeat=False)))
    assert _rows(document) == rows


def test_numbers_without_a_header() -> None:
    """The numbers' column has none."""
    header, widths = HEADER[1:], WIDTHS[1:]
    drawing = Drawing()
    x = 80.0
    for text, width in zip(header[:3], widths, strict=False):
        drawing.text(x, 70, text, bold=True)
        for k, row in enumerate(ROWS):
            cell = row[1 + header.index(text)]
            drawing.text(x, 90 + 15 * k, cell[:30].rsplit(" ", 1)[0])
        x += width
    for k in range(len(ROWS)):
        drawing.text(60, 90 + 15 * k, f"{k + 1}.")
    (table,) = _read(drawing.done()).tables
    assert [column.header for column in table.columns] == ["", *header[:3]]
    assert [row.cells[0].text for row in table.rows] == ["1.", "2.", "3.", "4.", "5."]


def test_a_grouped_header() -> None:
    """A header over two columns stands over the headers of both."""
    drawing = Drawing()
    places = [40.0, 250.0, 330.0, 430.0]
    drawing.text(270, 60, "Timescale", bold=True)
    for x, text in zip(places, ["Recommendation", "Target", "Revised", "Lead"], strict=True):
        drawing.text(x, 72, text, bold=True)
    for k in range(4):
        for x, text in zip(
            places, [f"{k + 1}. Train the staff", "May 2014", "June 2015", "R Fen"], strict=True
        ):
            drawing.text(x, 92 + 15 * k, text)
    drawing.line(250, 62, 400, 62)
    (table,) = _read(drawing.done()).tables
    assert len(table.columns) == 4
    assert [len(row.cells) for row in table.rows] == [4] * 4


def test_confidence_is_told() -> None:
    """A ruled table is sure, one by white space less so or as sure, none above 1."""
    sure = _read(draw(HEADER, ROWS, WIDTHS)).tables[0]
    assert 0.9 < sure.confidence <= 1.0
    crossed = [[row[0], row[1], row[2], row[3], row[4], row[5]] for row in ROWS]
    bands = [["A line that runs over all the columns of the table, in bold, as a theme does"]]
    doubtful = _read(draw(HEADER, [*bands, crossed[0], *bands, crossed[1]], WIDTHS)).tables[0]
    assert doubtful.confidence < sure.confidence
    assert all(row.confidence == doubtful.confidence for row in doubtful.rows)


def _page(*lines: tuple[float, float, str]) -> bytes:
    drawing = Drawing((595.0, 842.0))
    for x, y, text in lines:
        drawing.text(x, y, text)
    return drawing.done()


def _two_columns() -> bytes:
    left = "The lead agency will report to the Board on each action at its meetings in the spring"
    return _page(
        *((x, 100 + 12 * k, " ".join(left.split()[k % 5 : k % 5 + 8]))
          for x in (50.0, 310.0) for k in range(30)),
    )  # fmt: skip


def _contents() -> bytes:
    items = ["Recommendations", "Action plan", "Progress", "Findings", "Lessons learned"]
    return _page(
        (60, 80, "Section"), (500, 80, "Page"),
        *((60, 100 + 15 * k, text) for k, text in enumerate(items)),
        *((505, 100 + 15 * k, str(3 + 4 * k)) for k in range(len(items))),
    )  # fmt: skip


def _address() -> bytes:
    left = ["Board Manager", "Kestle House", "12 Mill Lane", "Harrowmere"]
    right = ["Date: 12 May 2014", "Reference: KB/12", "Status: final", "Page 1"]
    return _page(
        *((60, 80 + 12 * k, text) for k, text in enumerate(left)),
        *((350, 80 + 12 * k, text) for k, text in enumerate(right)),
    )


def _rota() -> bytes:
    days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
    return _page(
        *((60 + 90 * k, 80, day) for k, day in enumerate(days)),
        *((60 + 90 * k, 95 + 14 * n, f"Team {(k + n) % 3}") for k in range(5) for n in range(8)),
    )


@pytest.mark.parametrize(
    "data",
    [_two_columns(), _contents(), _address(), _rota()],
    ids=["two columns of prose", "contents", "addresses", "rota"],
)
def test_what_is_no_table_of_the_callers_stays_outside(data: bytes) -> None:
    """Without a header of known phrases, white space makes no table."""
    document = _read(data)
    assert not document.tables
    assert document.unassigned


def test_without_hints_white_space_makes_no_table() -> None:
    """Nobody said what headers look like."""
    document = read_tables(draw(HEADER, ROWS, WIDTHS), hints=TableHints())
    assert not document.tables


def test_another_header_begins_another_table() -> None:
    """Two tables on one page, each with a title."""
    drawing = Drawing()
    for top, agency in ((60.0, "Harrowmere Council"), (200.0, "Kestle Partnership")):
        drawing.text(40, top, agency, size=12, bold=True)
        for x, text in ((40, "Recommendation"), (300, "Lead"), (450, "By when")):
            drawing.text(x, top + 25, text, bold=True)
            for k in range(3):
                word = {40: f"{k + 1}. Train the staff", 300: "R Fen", 450: "May 2014"}[x]
                drawing.text(x, top + 45 + 15 * k, word)
    tables = _read(drawing.done()).tables
    assert [table.heading[-1].text for table in tables] == [
        "Harrowmere Council", "Kestle Partnership",
    ]  # fmt: skip
    assert [len(table.rows) for table in tables] == [3, 3]


@pytest.mark.parametrize("hints", [TableHints(), plan_hints()], ids=["no hints", "hints"])
def test_shaded_rows_are_a_table_whatever_its_header_says(hints: TableHints) -> None:
    """Rows shaded by turns over two pages, under headers that no caller knows."""
    header = ["Name of vessel", "Built", "Tons", "Where she lies", "Surveyor", "Seen"]
    names = ["Harebell", "Ragged Robin", "Campion", "Tansy", "Yarrow", "Betony", "Woundwort"]
    rows = [
        [f"{name} {place}", str(1900 + 7 * k), str(40 + k), f"{place} basin", "R Fen", "yes"]
        for place in ("North", "South", "East", "West", "Mill", "Ferry")
        for k, name in enumerate(names)
    ]
    data = draw(header, rows, WIDTHS[::-1], Look("zebra"))
    document = read_tables(data, hints=hints)
    assert _headers(document) == [header]
    assert _rows(document) == rows
    assert document.tables[0].pages == [1, 2]


def test_a_title_in_bold_begins_a_row_of_its_own() -> None:
    """A short bold line in the first column, between numbered rows between vertical rules."""
    drawn = [*ROWS[:2], ["Learning point 2"], *ROWS[2:]]
    document = _read(draw(HEADER, drawn, WIDTHS, Look("upright", above=4.0)))
    assert [text for text, *_ in _rows(document)] == ["1", "2", "Learning point 2", "3", "4", "5"]


def test_actions_under_one_recommendation() -> None:
    """The recommendation's text goes on beside the second action, whose lead and date begin."""
    drawing = Drawing()
    places = {"No": 40.0, "Recommendation": 70.0, "Action": 250.0, "Lead": 420.0, "By when": 520.0,
              "Progress": 620.0}  # fmt: skip
    for text, x in places.items():
        drawing.text(x, 60, text, bold=True)
    for n in range(3):
        y = 80.0 + 80 * n
        drawing.text(40, y, str(n + 1))
        for k, text in enumerate(
            ["Services that meet families at the front", "door should ask how things are at home",
             "and should write down the answer that", "was given, whatever it was."]
        ):  # fmt: skip
            drawing.text(70, y + 12 * k, text)
        for k, action in enumerate(["Ask at booking.", "Ask at each visit."]):
            for x, text in ((250, action), (420, "R Fen"), (520, f"May 201{k}"), (620, "Done.")):
                drawing.text(x, y + 24 * k, text)
    (table,) = _read(drawing.done()).tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert [row[0] for row in rows] == ["1", "", "2", "", "3", ""]
    assert [row[2:] for row in rows[:2]] == [
        ["Ask at booking.", "R Fen", "May 2010", "Done."],
        ["Ask at each visit.", "R Fen", "May 2011", "Done."],
    ]
    assert rows[0][1].endswith("whatever it was.")
    assert table.rows[0].cells[1].rowspan == 2


def test_two_tables_side_by_side() -> None:
    """The same headers stand twice on one line; the right table goes on over the page alone."""
    drawing = Drawing()
    headers = ["Recommendation", "Lead", "By when"]
    for page, sides in enumerate([(40.0, 450.0), (450.0,)]):
        if page:
            drawing.page()
        for left in sides:
            for x, text in zip((left, left + 200, left + 270), headers, strict=True):
                drawing.text(x, 70, text, bold=True)
            for k in range(4):
                number = 4 * page + k + 1
                row = [f"{number}. Train the staff of the team", "R Fen", f"May 20{number + 10}"]
                for x, text in zip((left, left + 200, left + 270), row, strict=True):
                    drawing.text(x, 95 + 16 * k, text)
    rows = [
        [row.cells[0].text.split()[0] for row in table.rows]
        for table in _read(drawing.done()).tables
    ]
    assert [number for table in rows for number in table] == [
        *("1.", "2.", "3.", "4."), *("1.", "2.", "3.", "4."), *("5.", "6.", "7.", "8."),
    ]  # fmt: skip


def test_a_shaded_header_above_shaded_odd_rows() -> None:
    """Boxes behind header and first row touch: a table of two rows, and free text below it."""
    drawing = Drawing()
    rows = [["Long ago", *["all the rest"] * 4]] * 4
    rows = [[text.replace("rest", f"rest {n}") for text in row] for n, row in enumerate(rows)]
    fills = {(0, c): 0.3 for c in range(5)} | {(r, c): 0.9 for r in (1, 3) for c in range(5)}
    style = Style(border="fills", fills=fills, bold=frozenset({0}))
    drawing.table([DRAWN_HEADER, *rows], style=style)
    document = _read(drawing.done())
    assert _headers(document) == [DRAWN_HEADER]
    assert _rows(document) == rows


@pytest.mark.parametrize("code", ["R{}", "SR {}.", "LP{}"])
def test_a_code_begins_a_row(code: str) -> None:
    """It stands alone above a blank line and the text, beside which nothing stands."""
    rows = [
        [f"{code.format(row[0])}\n \n{row[1]}", "Write.", "R Fen", "May", "Done."] for row in ROWS
    ]
    rows[2][1:] = ["", "Board", "", ""]
    expected = [[" ".join(text.split()) for text in row] for row in rows]
    document = _read(draw(HEADER[1:], rows, WIDTHS[1:], Look(above=0.0)))
    assert _rows(document) == expected
