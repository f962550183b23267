"""The reader's words against an independent parser's, on every sample."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from actionplan.extract.glyphs import clean_word, is_clean
from actionplan.extract.layout import PageLayout
from actionplan.extract.pdfium import load_bytes, open_document
from actionplan.extract.rawwords import RawWords
from actionplan.extract.read import read_pages
from actionplan.extract.turns import Turn
from actionplan.extract.words import _slanted
from tests.extract.pages import OTHERWISE_CUT, WHOLE, letters_of, other_pages, plain

ODD_SHARE = 0.03  # of a page's words in OTHERWISE_CUT that one of the two parsers may part


@pytest.fixture(scope="module", params=WHOLE, ids=lambda path: path.stem)
def sample(request: pytest.FixtureRequest) -> Iterator[tuple[Path, list[PageLayout]]]:
    """A sample and its pages as we read them."""
    document = open_document(load_bytes(request.param))
    pages = [layout for _, layout in read_pages(document) if layout is not None]
    document.close()
    assert len(pages) == len(other_pages(request.param))
    yield request.param, pages


def test_words_equal_pdfplumbers(sample: tuple[Path, list[PageLayout]]) -> None:
    """The words are the same; where the other parser cuts them elsewhere, the letters are.

    There too nearly all words are, but on pages with words across or printed twice, whose letters
    it mixes or reads backwards.
    """
    pdf, pages = sample
    for layout, other in zip(pages, other_pages(pdf), strict=True):
        theirs = Counter(text for text, *_ in other.words)
        if pdf.stem not in OTHERWISE_CUT:
            assert _words(layout) - theirs == theirs - _words(layout) == Counter(), layout.page
            continue
        ours = Counter(map(plain, layout.words.text))
        assert letters_of(ours.elements()) == letters_of(theirs.elements()), layout.page
        hidden = layout.words.hidden
        marked = layout.words.slanted & (True if hidden is None else ~hidden)
        if not marked.any() and not layout.overprinted:
            assert (ours - theirs).total() <= ODD_SHARE * len(layout.words), layout.page


def _words(layout: PageLayout) -> Counter[str]:
    """The words that run with the page."""
    pairs = zip(layout.words.text, layout.words.slanted, strict=True)
    return Counter(plain(word) for word, slanted in pairs if not slanted)


def test_boxes_lie_on_the_page_and_hold_pdfplumbers_middles(
    sample: tuple[Path, list[PageLayout]],
) -> None:
    """Each word of the other parser has one of ours, with the same text, over its middle.

    Where it cuts words elsewhere, this holds for those that both have on the page.
    """
    pdf, pages = sample
    for layout, other in zip(pages, other_pages(pdf), strict=True):
        boxes = layout.words.boxes
        assert (boxes[:, 0] < boxes[:, 2]).all()
        assert (boxes[:, 1] < boxes[:, 3]).all()
        if layout.turn or not other.straight:
            continue
        found = {plain(word) for word in layout.words.text}
        for text, x, y in other.words:
            over = (boxes[:, 0] < x) & (boxes[:, 2] > x)
            over &= (boxes[:, 1] - 1 < y) & (boxes[:, 3] + 1 > y)
            texts = {plain(layout.words.text[i]) for i in over.nonzero()[0]}
            if pdf.stem in OTHERWISE_CUT:
                assert text not in found or any(text in mine for mine in texts), text
            else:
                assert text in texts, f"page {layout.page}: {text}"


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("\uf0b7", "•"),
        ("e\ufb03cient", "efficient"),
        ("in\u00adformation", "information"),
        ("infor\u00ad", "infor\u00ad"),
        ("co\ufffe", "co-"),
        ("zero\u200bwidth", "zerowidth"),
        ("bell\x07", "bell"),
        ("2013\u201014", "2013\u201014"),
    ],
)
def test_odd_characters_are_repaired(raw: str, clean: str) -> None:
    assert clean_word(raw) == clean


def test_plain_text_needs_no_repair() -> None:
    assert is_clean("Recommendation No 1\r\n‘Linden’ – £5 café")
    assert not is_clean("a\ufb01ne")


UPRIGHT = (9.0, 0.0, 0.0, 9.0, 0.0, 0.0)
AT_45 = (6.4, 6.4, -6.4, 6.4, 0.0, 0.0)


def raw_words(*ends: tuple[tuple[float, ...], tuple[float, ...]]) -> RawWords:
    """Words of two characters; boxes of the first and the last: left, bottom, right, top."""
    first, last = (np.array([pair[k] for pair in ends]) for k in (0, 1))
    spans = [(2 * k, 2 * k + 1) for k in range(len(ends))]
    return RawWords(["xx"] * len(ends), spans, first, last, list(range(len(ends))))


def test_a_bracket_that_reaches_down_does_not_slant_its_word() -> None:
    """ "(4": the bracket's box begins lower than the digit's, the word is only 4 points wide."""
    words = raw_words(
        ((50.0, 97.5, 53.0, 108.0), (53.0, 100.0, 58.0, 108.0)),
        ((60.0, 100.0, 65.0, 108.0), (65.0, 100.0, 70.0, 108.0)),
    )
    slanted = _slanted(words, Turn((0, 0, 595, 842), 0), np.array([UPRIGHT, UPRIGHT]))[0]
    assert slanted.tolist() == [False, False]


def test_a_watermarks_letters_are_slanted() -> None:
    words = raw_words(
        ((50.0, 100.0, 55.0, 108.0), (55.0, 100.0, 60.0, 108.0)),
        ((70.0, 100.0, 75.0, 108.0), (75.0, 100.0, 80.0, 108.0)),
        ((90.0, 200.0, 110.0, 230.0), (110.0, 220.0, 130.0, 250.0)),
    )
    slanted = _slanted(words, Turn((0, 0, 595, 842), 0), np.array([UPRIGHT, UPRIGHT, AT_45]))[0]
    assert slanted.tolist() == [False, False, True]
