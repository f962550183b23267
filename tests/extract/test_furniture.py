"""Running headers, footers and page numbers."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from actionplan.extract.find import FoundPage
from actionplan.extract.furniture import split_furniture
from actionplan.schemas.tables import Line
from tests.extract.pages import found, fragment, line

TABLE = [["Recommendation", "Lead"], ["1. Write a pathway", "J Marrow"]]


def _pages(count: int, *outside: tuple[str, float], top: float = 100.0) -> list[FoundPage]:
    """A4 landscape pages with a table and lines (text, y); ``{}`` stands for the page number."""
    return [
        found(
            [fragment(TABLE, page=n, top=top)],
            [line(text.format(n), 40, y, page=n) for text, y in outside],
            page=n,
        )
        for n in range(1, count + 1)
    ]


def _texts(lines: list[Line]) -> list[str]:
    return [item.text for item in lines]


def test_lines_at_the_same_place_on_each_page() -> None:
    pages = _pages(4, ("Official: draft {}", 20), ("Brindlecombe partnership", 560))
    taken = split_furniture(pages)
    assert _texts(taken[3]) == ["Official: draft 3", "Brindlecombe partnership"]
    assert all(page.outside == [] for page in pages)


@pytest.mark.parametrize(
    "text", ["7", "Page 7", "page 7 of 24", "- 7 -", "7 | 24", "p. 7", "Pg 7", "vii", "7/24"]
)
def test_a_page_number_on_a_single_page(text: str) -> None:
    (page,) = _pages(1, (text, 565))
    assert _texts(split_furniture([page])[1]) == [text]


@pytest.mark.parametrize("text", ["7 actions", "Recommendation 7", "May 2014", "civil"])
def test_what_is_no_page_number(text: str) -> None:
    (page,) = _pages(1, (text, 565))
    assert split_furniture([page])[1] == []
    assert _texts(page.outside) == [text]


def test_a_number_in_the_middle_of_a_page_stays() -> None:
    (page,) = _pages(1, ("7", 300))
    assert split_furniture([page])[1] == []


def test_a_line_on_one_page_of_many_stays() -> None:
    pages = _pages(5)
    pages[2].outside.append(line("Health trust", 40, 20, page=3))
    split_furniture(pages)
    assert _texts(pages[2].outside) == ["Health trust"]


def test_a_footer_of_one_part_of_the_document() -> None:
    pages = _pages(20)
    for page in pages[8:12]:
        page.outside.append(line("Appendix B: action plan", 40, 560, page=page.page))
    taken = split_furniture(pages)
    assert [n for n in taken if taken[n]] == [9, 10, 11, 12]


def test_a_line_far_apart_on_two_pages_of_many_stays() -> None:
    pages = _pages(20)
    for n in (2, 15):
        pages[n].outside.append(line("Agreed by the board", 40, 560, page=n + 1))
    split_furniture(pages)
    assert _texts(pages[2].outside) == _texts(pages[15].outside) == ["Agreed by the board"]


def test_a_section_title_repeated_at_the_table_stays() -> None:
    """It stands where the table begins, at another height on each page."""
    pages = [
        found([fragment(TABLE, page=n, top=30 + 12.0 * n)],
              [line("Housing actions", 40, 12 + 12.0 * n, page=n)], page=n)
        for n in range(1, 6)
    ]  # fmt: skip
    split_furniture(pages)
    assert all(_texts(page.outside) == ["Housing actions"] for page in pages)


def _titled(titles: list[str]) -> list[list[str]]:
    """What is left outside the tables of pages with a running line and these titles below it."""
    pages = [
        found(
            [fragment(TABLE, page=n)],
            [line("Safer partnership", 40, 10, page=n), line(title, 40, 36, page=n)],
            page=n,
        )
        for n, title in enumerate(titles, 1)
    ]
    split_furniture(pages)
    return [_texts(page.outside) for page in pages]


def test_section_titles_repeated_at_the_same_place_stay() -> None:
    titles = ["Housing", "Housing", "Health trust", "Health trust", "Police"]
    assert _titled(titles) == [[title] for title in titles]


@pytest.mark.parametrize(
    "titles",
    [
        pytest.param(["Action plan"] * 4, id="on all pages"),
        pytest.param(["Safer partnership", "Action plan"] * 3, id="left and right pages"),
    ],
)
def test_running_lines_above_the_table_are_no_section_titles(titles: list[str]) -> None:
    assert _titled(titles) == [[]] * len(titles)


def test_a_line_between_two_tables_near_the_top_stays() -> None:
    pages = [
        found([fragment(TABLE[:1], page=n, top=10), fragment(TABLE, page=n, top=100)],
              [line("Housing actions", 40, 60, page=n)], page=n)
        for n in (1, 2, 3)
    ]  # fmt: skip
    split_furniture(pages)
    assert all(_texts(page.outside) == ["Housing actions"] for page in pages)


def test_a_footer_is_the_same_on_landscape_and_portrait_pages() -> None:
    wide = _pages(2, ("Brindlecombe partnership", 560))
    tall = [
        replace(
            found([], [line("Brindlecombe partnership", 40, 807, page=n)], page=n),
            width=595.0,
            height=842.0,
        )
        for n in (3, 4)
    ]
    taken = split_furniture([*wide, *tall])
    assert all(_texts(taken[n]) == ["Brindlecombe partnership"] for n in (1, 2, 3, 4))


def test_a_watermarks_letters_are_furniture() -> None:
    (page,) = _pages(1)
    page.slanted.append(line("DRAFT", 300, 300))
    assert _texts(split_furniture([page])[1]) == ["DRAFT"]


def test_the_labels_of_forms_on_their_pages_are_no_running_line() -> None:
    pages = _pages(4, ("Recommendation {}", 20), ("Draft {}", 560))
    taken = split_furniture(pages, label=re.compile(r"(?i)recommendation\s+\d+"))
    assert [_texts(taken[page.page]) for page in pages] == [[f"Draft {n}"] for n in range(1, 5)]
    assert [_texts(page.outside) for page in pages] == [
        [f"Recommendation {n}"] for n in range(1, 5)
    ]


def test_bold_titles_that_end_in_a_label_are_no_running_line() -> None:
    pages = _pages(3, ("Review of Adult M - Recommendation {}", 20))
    for page in pages:
        page.outside = [replace(item, bold=True) for item in page.outside]
    label = re.compile(r"(?i)\s*recommendation\s+\d+")
    assert all(taken == [] for taken in split_furniture(pages, label=label).values())
    plain = _pages(3, ("Reply to recommendation {}", 20))
    assert all(taken for taken in split_furniture(plain, label=label).values())
