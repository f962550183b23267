"""The structure tree decides page breaks that the text leaves open, and harms nowhere."""

from __future__ import annotations

import pytest

from actionplan.extract import read_tables
from actionplan.extract.pdfium import open_document
from actionplan.extract.read import read_pages
from actionplan.extract.tags import TagTree
from actionplan.schemas.tables import Join, ReadOptions, TableHints
from tests.extract.pages import ROOT
from tests.extract.tagged import Make, Piece, tagged_pdf

TAGGED = ["quillham-merged-themes", "wyndlesea-cover-and-narrative"]


def _piece(row: str, *cells: str) -> Piece:
    """A row's piece on a page; lines of a cell are parted by a bar."""
    return row, [cell.split("|") if cell else [] for cell in cells]


ROWS = [
    _piece(
        "a",
        "The partnership reviews its|lettings policy.",
        "Draft the policy|and consult on it.",
        "Head of Housing",
    ),
    _piece(
        "b",
        "The board publishes what|it has learned.",
        "Publish a summary|for all staff.",
        "Board manager",
    ),
]
# Every text ends with a full stop at the break and begins with a capital behind it.
BEFORE = _piece(
    "c",
    "Each agency reads its|records again.",
    "Look at twenty cases|from each team.",
    "All agencies",
)
AFTER = _piece(
    "c",
    "It tells the board what|it has found.",
    "Report in the spring|to the board.",
    "Chief officers",
)
NEXT: Piece = ("d", AFTER[1])
# A text that stops in mid-sentence, so that the break looks like a cut row.
OPEN = _piece(
    "c",
    "Each agency reads the|records that it has of",
    "Look at twenty cases|of each of the",
    "All agencies",
)
GOES_ON = _piece("c", "families it has known.", "teams in the borough.", "")
LAST = _piece(
    "e",
    "The trust trains its|reception staff.",
    "Book two sessions|in each clinic.",
    "Head of Training",
)


def _join(pages: list[list[Piece]], make: Make, *, use_tags: bool = True) -> Join:
    document = read_tables(tagged_pdf(pages, make), options=ReadOptions(use_tags=use_tags))
    (table,) = document.tables
    (join,) = table.joins
    assert all(page.lost == page.duplicated == 0 for page in document.audit)
    return join


def _heard(join: Join) -> list[float]:
    return [item.weight for item in join.evidence if item.name == "tags"]


def test_one_row_of_the_tree_joins_what_the_text_leaves_open() -> None:
    pages = [[*ROWS, BEFORE], [AFTER, LAST]]
    assert not _join(pages, "rows", use_tags=False).joined
    join = _join(pages, "rows")
    assert join.joined
    assert _heard(join) == [6.0]


def test_two_rows_of_one_table_speak_against_a_join() -> None:
    join = _join([[*ROWS, BEFORE], [NEXT, LAST]], "rows")
    assert not join.joined
    assert _heard(join) == [-3.0]


def test_a_table_for_each_page_proves_nothing() -> None:
    join = _join([[*ROWS, BEFORE], [AFTER, LAST]], "page-tables")
    assert _heard(join) == []


@pytest.mark.parametrize("make", ["lines", "one"])
@pytest.mark.parametrize("after", [AFTER, NEXT], ids=["cut row", "next row"])
def test_a_tree_that_is_not_the_grid_is_not_heard(make: Make, after: Piece) -> None:
    pages = [[*ROWS, BEFORE], [after, LAST]]
    join = _join(pages, make)
    assert _heard(join) == []
    assert join == _join(pages, make, use_tags=False)


def test_a_producer_that_closes_rows_at_the_page_does_not_part_a_plain_cut() -> None:
    join = _join([[*ROWS, OPEN], [GOES_ON, LAST]], "closed-rows")
    assert join.joined


def test_the_tree_is_asked_only_where_there_is_doubt() -> None:
    pieces = [*ROWS, BEFORE, AFTER]
    labelled: list[Piece] = [
        (name, [[f"Recommendation {k}", *cells[0]], *cells[1:]])
        for k, (name, cells) in enumerate(pieces, 1)
    ]
    pages = [labelled[:3], [labelled[3], LAST]]
    hints = TableHints(label_pattern=r"Recommendation (?P<number>\d+)")
    document = read_tables(tagged_pdf(pages, "rows"), hints=hints)
    (join,) = document.tables[0].joins
    assert join.score < -6
    assert _heard(join) == []


def test_places_name_the_same_element_on_two_pages() -> None:
    document = open_document(tagged_pdf([[*ROWS, BEFORE], [AFTER, LAST]]))
    layouts = [layout for _, layout in read_pages(document) if layout is not None]
    marks = {page.page: page.marks for page in layouts if page.marks is not None}
    tree = TagTree(document, marks)
    first, second = tree.page(1), tree.page(2)
    assert first is not None
    assert second is not None
    assert tree.page(3) is None
    shared = set(first.in_row) & set(second.in_row)
    assert len(shared) == 1
    assert len(first.in_row) == 3
    assert len(second.in_row) == 2
    (row,) = shared
    words = [
        word
        for word, place in zip(layouts[1].words.text, second.words, strict=True)
        if place is not None and place.rows == (row,)
    ]
    assert words[:5] == ["It", "tells", "the", "board", "what"]
    document.close()


@pytest.mark.parametrize("name", TAGGED)
def test_a_tagged_sample_reads_the_same_with_its_tree_and_without(name: str) -> None:
    path = ROOT / "samples" / f"{name}.pdf"
    read = [read_tables(path, options=ReadOptions(use_tags=tags)) for tags in (True, False)]
    assert all(document.tagged for document in read)
    rows = [
        [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
        for document in read
    ]
    assert rows[0] == rows[1]


def test_an_untagged_document_has_no_marks() -> None:
    document = open_document((ROOT / "samples" / "velmouth-web-style.pdf").read_bytes())
    assert [layout.marks for _, layout in read_pages(document) if layout] == [None, None]
    document.close()


def test_a_table_without_rules_is_read_from_its_tree_where_headers_are_unknown() -> None:
    rows = [
        _piece("h", "Ref", "Point that was made", "Step that was taken", "Person"),
        *(
            _piece(
                str(k),
                str(k),
                f"The trust should make sure of point {k}|and tell the board what was found.",
                "A card is kept at each desk.",
                "Ward managers",
            )
            for k in range(1, 7)
        ),
    ]
    pdf = tagged_pdf([rows], ruled=False)
    hints = TableHints(header_phrases=("ref", "reference", "person", "who", "lead"))
    document = read_tables(pdf, hints=hints)
    message = "the table of page 1 was read by the structure tree"
    assert document.warnings == [("second-reader", 1, message)]
    assert [len(table.rows) for table in document.tables] in ([6], [7])
    (table,) = document.tables
    assert table.rows[-1].cells[1].text.startswith("The trust should make sure of point 6 and tell")
    assert all(page.lost == page.duplicated == 0 for page in document.audit)
