"""However a page is turned, cropped, moved or scaled, it holds the same table."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from actionplan.extract import read_tables
from actionplan.normalise.hints import plan_hints
from actionplan.schemas.tables import TableDocument
from tests.extract.drawn import HEADER, Drawing
from tests.extract.pages import ROOT
from tests.extract.troubled import cropped, each_page, in_units, moved, scaled, turned, two_up

SAMPLES = ["ostlebury-left-column", "velmouth-web-style", "quillham-merged-themes"]
CHANGES: dict[str, Callable[[Any], object]] = {
    "rotate 90": turned(90, content=False),
    "rotate 180": turned(180, content=False),
    "rotate 270": turned(270, content=False),
    "content turned by 90": turned(90, content=True),
    "content turned by 180": turned(180, content=True),
    "content turned by 270": turned(270, content=True),
    "origin elsewhere": moved(100, 50),
    "negative origin": moved(-300, -200),
    "crop box": cropped,
    "half size": scaled(0.5),
    "double size": scaled(2),
    "three times": scaled(3),
    "user unit 2": in_units(2),
    "user unit 0.5": in_units(0.5),
}
Shape = list[tuple[list[str], list[tuple[str, list[str]]]]]


def shape(document: TableDocument) -> Shape:
    """Headers and cells of all tables."""
    return [
        (
            [column.header for column in table.columns],
            [(row.kind, [cell.text for cell in row.cells]) for row in table.rows],
        )
        for table in document.tables
    ]


@cache
def original(name: str) -> TableDocument:
    return read_tables(ROOT / "samples" / f"{name}.pdf", hints=plan_hints())


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("name", SAMPLES)
def test_a_changed_page_holds_the_same_table(name: str, change: str) -> None:
    data = each_page(ROOT / "samples" / f"{name}.pdf", CHANGES[change])
    document = read_tables(data, hints=plan_hints())
    assert shape(document) == shape(original(name))
    assert all(page.lost == page.duplicated == 0 for page in document.audit)


@pytest.mark.parametrize("stacked", [False, True], ids=["side by side", "stacked"])
@pytest.mark.parametrize("factor", [1.0, 0.7071, 0.5])
@pytest.mark.parametrize("name", SAMPLES)
def test_two_pages_on_a_sheet_are_read_one_after_the_other(
    name: str, factor: float, stacked: bool
) -> None:
    data = two_up(ROOT / "samples" / f"{name}.pdf", stacked=stacked, factor=factor)
    document = read_tables(data, hints=plan_hints())
    assert shape(document) == shape(original(name))
    assert all(page.lost == page.duplicated == 0 for page in document.audit)
    assert [page.page for page in document.pages] == list(range(1, len(document.pages) + 1))


@pytest.mark.parametrize("stacked", [False, True], ids=["side by side", "stacked"])
def test_provenance_is_on_the_sheet(stacked: bool) -> None:
    """What the second page shows lies on the first sheet, half of it further on."""
    name = SAMPLES[0]
    data = two_up(ROOT / "samples" / f"{name}.pdf", stacked=stacked, factor=0.5)
    sheets, pages = read_tables(data, hints=plan_hints()), original(name)
    wide, high = pages.pages[0].width / 2, pages.pages[0].height / 2
    ours = [line for row in sheets.tables[0].rows for cell in row.cells for line in cell.lines]
    theirs = [line for row in pages.tables[0].rows for cell in row.cells for line in cell.lines]
    assert len(ours) == len(theirs)
    for line, before in zip(ours, theirs, strict=True):
        assert (line.page, line.text) == ((before.page + 1) // 2, before.text)
        second = before.page % 2 == 0
        x = before.bbox[0] / 2 + wide * (second and not stacked)
        y = before.bbox[1] / 2 + high * (second and stacked)
        assert line.bbox[:2] == pytest.approx((x, y), abs=0.2)
    regions = [region for row in sheets.tables[0].rows for region in row.cells[0].regions]
    assert {region.page for region in regions} == set(sheets.tables[0].pages)
    assert all(page.words == page.in_cells + page.in_headers + page.in_headings +
               page.in_furniture + page.unassigned for page in sheets.audit)  # fmt: skip


def test_a_page_of_two_tables_side_by_side_is_no_sheet_of_two_pages() -> None:
    drawing = Drawing()
    drawing.text(40, 40, "Housing and health: what was agreed by both of them, and when it is due")
    for x in (40.0, 440.0):
        rows = [["Action", "Lead"], ["Write a pathway", "J Marrow"], ["Train all staff", "P Wold"]]
        drawing.table(rows, x=x, widths=[200, 160])
    drawing.text(300, 560, "agreed on the fourth of May by the partnership and its members")
    document = read_tables(drawing.done())
    assert [page.width for page in document.pages] == [842]
    assert len(document.tables) == 2


def test_a_table_in_the_left_half_of_a_wide_page_is_no_sheet_of_two_pages() -> None:
    drawing = Drawing()
    rows = [["Action", "Lead"], ["Write a pathway", "J Marrow"]]
    drawing.table(rows, x=40, widths=[200, 160])
    drawing.text(460, 80, "Agreed in May")
    (table,) = read_tables(drawing.done(), hints=plan_hints()).tables
    assert [[cell.text for cell in row.cells] for row in table.rows][-1:] == [rows[1]]


def test_words_outside_the_crop_box_are_accounted_for_in_no_table() -> None:
    drawing = Drawing()
    drawing.table([HEADER, ["1. Write a pathway", "Done", "J Marrow", "May 2014", "Written"]])
    drawing.text(60, 20, "job 4471 plate K")

    def crop(page: Any) -> None:
        page.cropbox.upper_right = (842, 560)

    document = read_tables(each_page(drawing.done(), crop), hints=plan_hints())
    assert [line.text for line in document.unassigned] == ["job 4471 plate K"]
    assert document.warnings == []
    (audit,) = document.audit
    assert (audit.unassigned, audit.lost) == (4, 0)


def test_list_numbers_are_cut_on_a_page_that_is_upside_down() -> None:
    drawing = Drawing()
    drawing.table([HEADER, ["", "", "J Marrow", "May 2014", "Written by the whole of the group"]])
    drawing.text(46, 92, "1.")
    drawing.text(54.7, 92, "Write a pathway")
    data = drawing.done()
    upright = read_tables(data, hints=plan_hints())
    upside = each_page(data, turned(180, content=True))
    first = upright.tables[0].rows[0].cells[0].text
    assert first == "1. Write a pathway"
    assert read_tables(upside, hints=plan_hints()).tables[0].rows[0].cells[0].text == first
