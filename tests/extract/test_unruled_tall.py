"""Tables of which only header and columns are ruled; keys that stand beside a table."""

from __future__ import annotations

import pytest

from actionplan.extract import read_tables
from actionplan.extract.unruled_settings import UnruledSettings
from actionplan.extract.unruled_tall import shows_rows
from actionplan.normalise.hints import plan_hints
from actionplan.schemas.tables import TableDocument
from tests.extract.drawn import Drawing
from tests.extract.pages import fragment
from tests.extract.sparse import Look, Rules, draw
from tests.extract.test_unruled import HEADER, PROSE, ROWS, WIDTHS, Rows


def _read(data: bytes) -> TableDocument:
    document = read_tables(data, hints=plan_hints())
    assert all(page.lost == page.duplicated == 0 for page in document.audit)
    return document


def _rows(document: TableDocument) -> Rows:
    return [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]


@pytest.mark.parametrize("rules", ["head", "box"])
def test_rows_without_numbers_between_vertical_rules(rules: Rules) -> None:
    """Under a header that is shaded or ruled all around; one row has its texts in lower case."""
    rows = [list(row[1:]) for row in ROWS]
    rows[1][3] = "tbc"
    document = _read(draw(HEADER[1:], rows, WIDTHS[1:], Look(rules)))
    assert _rows(document) == rows


@pytest.mark.parametrize("rules", ["head", "box"])
def test_a_shaded_status_between_vertical_rules(rules: Rules) -> None:
    """Shades behind single cells are no rows of their own, nor is the drawn row one."""
    drawing = Drawing()
    xs = [40.0, 70.0, 300.0, 500.0, 650.0, 760.0]
    for text, x in zip(["No", "Recommendation", "Action", "Lead", "Status"], xs, strict=False):
        drawing.text(x + 5, 72, text, bold=True)
    for n in range(5):
        y = 80.0 + 40 * n
        drawing.box(xs[4], y, xs[5], y + 20, grey=0.7)
        texts = [str(n + 1), "Ask each tenant how things are", "Change the form", "R Fen", "Open"]
        for text, x in zip(texts, xs, strict=False):
            drawing.text(x + 5, y + 12, text)
        drawing.text(xs[1] + 5, y + 24, "at home, and write it down.")
    for y in (60.0, 80.0, 285.0) if rules == "box" else ():
        drawing.line(xs[0], y, xs[-1], y)
    if rules == "head":
        drawing.box(xs[0], 60, xs[-1], 80, grey=0.8)
    for x in xs:
        drawing.line(x, 60, x, 285)
    rows = _rows(_read(drawing.done()))
    assert [row[0] for row in rows] == ["1", "2", "3", "4", "5"]
    assert {row[4] for row in rows} == {"Open"}


def _one_row_a_page(lines: list[list[list[str]]], *, ruled: bool) -> bytes:
    """A ruled plan with one tall row on each page; texts stand at every line of their column."""
    drawing = Drawing()
    xs = [40.0, 240.0, 440.0, 560.0, 660.0, 790.0]
    header = ["Recommendation", "Action required", "Lead officer", "Target date", "Progress"]
    for page, columns in enumerate(lines):
        if page:
            drawing.page()
        for text, x in zip(header, xs, strict=False):
            drawing.text(x + 5, 72, text, bold=True)
        for column, x in zip(columns, xs, strict=False):
            for k, text in enumerate(column):
                drawing.text(x + 5, 95 + 12 * k, text)
        for y in (60.0, 80.0, 400.0) if ruled else (60.0, 80.0):
            drawing.line(xs[0], y, xs[-1], y)
        for x in xs:
            drawing.line(x, 60, x, 400)
    return drawing.done()


ACTIONS = [
    ["1. Draft the letter with the", "board's office.", "2. Send it to each practice.", "",
     "3. Ask for answers by June."],
    ["R Fen", "", "J Marrow", "", "R Fen"],
    ["May 2014", "", "June 2014", "", "July 2014"],
    ["Drafted.", "", "Sent to all forty.", "", "Not due."],
]  # fmt: skip
ASKED = [
    ["All practices should know of the", "helpline and put its number in", "their waiting rooms."],
    ["The helpline should be open at", "night.", "", "It should be staffed by people",
     "who know the county."],
    ["Recommendation 3", "Schools should be asked to say", "what they were told."],
]  # fmt: skip


@pytest.mark.parametrize("ruled", [True, False], ids=["closed", "open"])
@pytest.mark.parametrize("count", [1, 3])
def test_one_tall_row_on_each_page_stays_one(count: int, *, ruled: bool) -> None:
    """Actions, leads and dates stand level, the recommendation does not: a row is a page's."""
    pages = [[asked, *ACTIONS] for asked in ASKED[:count]]
    rows = _rows(_read(_one_row_a_page(pages, ruled=ruled)))
    assert [row[0] for row in rows] == [
        " ".join(" ".join(asked).split()) for asked in ASKED[:count]
    ]


def test_a_line_between_rows_on_any_page_rules_them() -> None:
    """A plan whose first page holds one row, and whose second parts two by a line."""
    columns = ["All practices should know.", "Write.", "R Fen", "May 2014", "Sent."]
    drawing = Drawing()
    xs = [40.0, 240.0, 380.0, 520.0, 660.0, 790.0]
    header = ["Recommendation", "Action required", "Lead officer", "Target date", "Progress"]
    for page in range(2):
        if page:
            drawing.page()
        for text, x in zip(header, xs, strict=False):
            drawing.text(x + 5, 72, text, bold=True)
        for top in (80, 200) if page else (80,):
            for text, x in zip(columns, xs, strict=False):
                for k, part in enumerate(["North", "", "South", "East", "West"]):
                    drawing.text(x + 5, top + 15 + 14 * k, part and f"{part} {page}{top}: {text}")
        for y in (60, 80, 200, 320) if page else (60, 80, 200):
            drawing.line(xs[0], y, xs[-1], y)
        for x in xs:
            drawing.line(x, 60, x, 320 if page else 200)
    assert len(_rows(_read(drawing.done()))) == 3


@pytest.mark.parametrize("left", [True, False], ids=["key at the right", "key at the left"])
def test_a_key_beside_a_table_is_no_column_of_it(*, left: bool) -> None:
    """Both have rules below their rows, at other heights; the table goes on over the page."""
    xs = [40.0, 240.0, 420.0, 520.0] if left else [240.0, 440.0, 620.0, 720.0]
    edge, key = (620.0, 660.0) if left else (800.0, 40.0)
    drawing = Drawing()
    for page in range(2):
        if page:
            drawing.page()
        else:
            drawing.text(xs[0], 40, "Action plan", 12, bold=True)
        texts = [["Recommendation", "Action", "Lead", "By when"]] + [
            [f"{5 * page + k + 1}. Train the team", f"Book course {k}", "R Fen", f"May 20{12 + k}"]
            for k in range(5)
        ]
        for r, row in enumerate(texts):
            for text, x in zip(row, xs, strict=True):
                drawing.text(x + 5, 72 + 30 * r, text, bold=r == 0)
            drawing.line(xs[0], 80 + 30 * r, edge, 80 + 30 * r)
        for r, pair in enumerate([] if page else ["Mark Means", "C complete", "L late", "S soon"]):
            for text, x in zip(pair.split(), (key, key + 60), strict=True):
                drawing.text(x + 5, 68 + 17 * r, text, 8)
            drawing.line(key, 73 + 17 * r, key + 120, 73 + 17 * r)
    document = _read(drawing.done())
    assert [row[0].split()[0] for row in _rows(document)] == [f"{n}." for n in range(1, 11)]
    assert {len(row) for row in _rows(document)} == {4}
    assert [line.text for line in document.tables[0].heading] == ["Action plan"]
    assert len(document.unassigned) == 4


@pytest.mark.parametrize("upright", [True, False], ids=["vertical rules", "no rules"])
def test_a_table_without_header_below_a_title(*, upright: bool) -> None:
    """Its columns are those of the table above, which ended; prose below a title is none."""
    drawing = Drawing()
    xs = [40.0, 240.0, 420.0, 520.0, 620.0]
    drawing.text(40, 40, "Fernby Council", 13, bold=True)
    for text, x in zip(["Recommendation", "Action", "Lead", "By when"], xs, strict=False):
        drawing.text(x + 5, 72, text, bold=True)
    tops = {"Fernby Homes": 190.0, "Fernby Surgery": 300.0}
    for top, place in ((85.0, "the council"), (205.0, "the homes"), (315.0, "the surgery")):
        for k in range(3):
            row = [f"R{k + 1}. Train the staff of", f"Book course {k}", "R Fen", f"May 20{12 + k}"]
            for text, x in zip(row, xs, strict=False):
                drawing.text(x + 5, top + 10 + 26 * k, text)
            drawing.text(xs[0] + 5, top + 21 + 26 * k, place)
        for x in xs if upright else ():
            drawing.line(x, top if top > 100 else 60, x, top + 78)
    for title, y in tops.items():
        drawing.text(40, y, title, 13, bold=True)
    drawing.text(40, 420, "What was not asked for", 13, bold=True)
    for k, text in enumerate(PROSE):
        drawing.text(40, 440 + 12 * k, text)
    document = _read(drawing.done())
    assert [[line.text for line in table.heading] for table in document.tables] == [
        ["Fernby Council"], ["Fernby Homes"], ["Fernby Surgery"],
    ]  # fmt: skip
    assert [row[0] for row in _rows(document)] == [
        f"R{k}. Train the staff of {place}"
        for place in ("the council", "the homes", "the surgery")
        for k in (1, 2, 3)
    ]
    assert [line.text for line in document.unassigned] == ["What was not asked for", *PROSE]


@pytest.mark.parametrize(("numbers", "shown"), [(["1", "2", "3"], True), (["1", "4", "2"], False)])
def test_rows_beside_which_later_actions_stand_level_with_leads(
    numbers: list[str], *, shown: bool
) -> None:
    """The first cell is empty beside them: it says nothing against rows that are numbered."""
    rows = [["No", "Action", "Lead"]]
    for number in numbers:
        rows += [[number, "1. Change it", "R Fen"], ["", "2. Tell all", "A Sedge"]]
    assert shows_rows([(fragment(rows), 1)], None, UnruledSettings()) is shown
