"""Two readings of a page are compared by place; what differs is told with its box."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from actionplan.extract import read_tables
from actionplan.extract.layout import PageLayout, Rules
from actionplan.extract.pdfium import open_document
from actionplan.extract.read import read_pages
from actionplan.extract.verify import compare_pages
from actionplan.schemas.tables import ReadOptions
from tests.extract.pages import ROOT

SAMPLES = ROOT / "samples"
SOUND = ["ashenwick-cut-words", "fennimoor-turned-pages", "velmouth-web-style"]


def _first_page(name: str) -> PageLayout:
    document = open_document((SAMPLES / f"{name}.pdf").read_bytes())
    layout = next(layout for _, layout in read_pages(document) if layout is not None)
    document.close()
    return layout


def _with_text(layout: PageLayout, index: int, text: str) -> PageLayout:
    words = list(layout.words.text)
    words[index] = text
    return replace(layout, words=replace(layout.words, text=words))


def _without(layout: PageLayout, index: int) -> PageLayout:
    words = layout.words
    keep = np.arange(len(words)) != index
    return replace(
        layout,
        words=replace(
            words,
            text=[text for k, text in enumerate(words.text) if k != index],
            boxes=words.boxes[keep],
            size=words.size[keep],
            font=words.font[keep],
            bold=words.bold[keep],
            colour=words.colour[keep],
            slanted=words.slanted[keep],
        ),
    )


def test_a_page_does_not_differ_from_itself() -> None:
    layout = _first_page("velmouth-web-style")
    assert compare_pages(layout, layout) == []


def test_a_word_read_otherwise_is_told_with_its_cell() -> None:
    layout = _first_page("velmouth-web-style")
    index = layout.words.text.index("Recommendation") + 40
    (difference,) = compare_pages(layout, _with_text(layout, index, "otherwise"))
    x0, y0, x1, y1 = layout.words.boxes[index].tolist()
    left, top, right, bottom = difference.bbox
    assert left <= x0 < x1 <= right
    assert top <= y0 < y1 <= bottom
    assert layout.words.text[index] in difference.first
    assert "otherwise" in difference.second
    assert difference.page == 1


@pytest.mark.parametrize("lost_by", ["first", "second"])
def test_a_word_that_one_reader_lost_is_told(lost_by: str) -> None:
    layout = _first_page("velmouth-web-style")
    index = 60
    less = _without(layout, index)
    pair = (less, layout) if lost_by == "first" else (layout, less)
    (difference,) = compare_pages(*pair)
    assert len(difference.first) != len(difference.second)


def test_how_letters_are_parted_into_words_does_not_count() -> None:
    layout = _first_page("velmouth-web-style")
    index = next(k for k, text in enumerate(layout.words.text) if len(text) > 6)
    text = layout.words.text[index]
    assert compare_pages(layout, _with_text(layout, index, f"{text[:3]}-{text[3:]}")) == []


def test_a_table_that_one_reader_does_not_see_is_told() -> None:
    layout = _first_page("ashenwick-cut-words")
    none = np.zeros((0, 4))
    unruled = replace(layout, rules=Rules(none, none))
    assert "no such table" in {item.second for item in compare_pages(layout, unruled)}
    assert "no such table" in {item.first for item in compare_pages(unruled, layout)}
    fewer = replace(layout, rules=Rules(layout.rules.horizontal[:-2], layout.rules.vertical))
    shapes = [item for item in compare_pages(layout, fewer) if item.second.startswith("table of")]
    assert shapes


@pytest.mark.parametrize("name", SOUND)
def test_both_readers_agree_on_a_sound_sample(name: str) -> None:
    path = SAMPLES / f"{name}.pdf"
    for options in (ReadOptions(verify=True), ReadOptions(engine="pdfplumber", verify=True)):
        document = read_tables(path, options=options)
        assert document.differences == []
        assert document.warnings == []


def test_without_the_option_nothing_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("asked")

    monkeypatch.setattr("actionplan.extract.readers.compare_pages", refuse)
    assert read_tables(SAMPLES / "velmouth-web-style.pdf").differences == []


def test_a_document_that_pdfplumber_cannot_open_is_said_to_be_unverified(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ValueError("no")

    monkeypatch.setattr("pdfplumber.open", refuse)
    document = read_tables(SAMPLES / "velmouth-web-style.pdf", options=ReadOptions(verify=True))
    assert [(code, page) for code, page, _ in document.warnings] == [
        ("readers-differ", 1),
        ("readers-differ", 2),
    ]
    assert document.tables


@pytest.mark.parametrize(
    "name", ["tarrowdale-turned-and-cropped", "wexcombe-sideways", "nettleworth-draft-across"]
)
def test_turned_and_cropped_pages_and_marks_across_them_are_no_differences(name: str) -> None:
    document = read_tables(SAMPLES / f"{name}.pdf", options=ReadOptions(verify=True))
    assert document.differences == []
