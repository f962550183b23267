"""The reader's words against an independent parser's, on every sample."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pdfplumber
import pytest

from actionplan.extract.glyphs import clean_word, is_clean
from actionplan.extract.pdfium import load_bytes, open_document
from actionplan.extract.rawwords import RawWords
from actionplan.extract.read import read_pages
from actionplan.extract.turns import Turn
from actionplan.extract.words import _slanted
from tests.extract.pages import PDFS, WHOLE, plain, single_words

PAGES = 8  # of each sample: the other parser takes a twentieth of a second a page
ODD_SHARE = 0.03  # of the words of a page without marks across it that one of the two may part


@pytest.mark.parametrize("pdf", WHOLE, ids=lambda path: path.stem)
def test_words_equal_pdfplumbers(pdf: Path) -> None:
    """The letters are the same on every page; so are nearly all words, but for marks across it.

    The other parser joins words that stand close on both sides of a rule, parts raised letters from
    theirs, and mixes the letters of a watermark into the text.
    """
    document = open_document(load_bytes(pdf))
    with pdfplumber.open(pdf) as other:
        for (number, layout), page in zip(read_pages(document), other.pages[:PAGES], strict=False):
            assert layout is not None
            if not layout.words:
                continue  # what pdfium cannot read, the other reader does
            ours = Counter(map(plain, layout.words.text))
            theirs = Counter(plain(word["text"]) for word in single_words(page))
            assert _letters(ours) == _letters(theirs), f"page {number}"
            hidden = layout.words.hidden
            marked = layout.words.slanted & (True if hidden is None else ~hidden)
            if not marked.any() and not layout.overprinted:
                odd = (ours - theirs).total()
                assert odd <= ODD_SHARE * len(layout.words), f"page {number}: {ours - theirs}"
    document.close()


def _letters(words: Counter[str]) -> Counter[str]:
    return Counter("".join(words.elements()))


@pytest.mark.parametrize("pdf", PDFS, ids=lambda path: path.stem)
def test_boxes_lie_on_the_page_and_hold_pdfplumbers_middles(pdf: Path) -> None:
    """Each word that both parsers found has a box of ours over the middle of theirs."""
    document = open_document(load_bytes(pdf))
    with pdfplumber.open(pdf) as other:
        for (number, layout), page in zip(read_pages(document), other.pages[:PAGES], strict=False):
            assert layout is not None
            boxes = layout.words.boxes
            assert (boxes[:, 0] < boxes[:, 2]).all()
            assert (boxes[:, 1] < boxes[:, 3]).all()
            if layout.turn or page.rotation or page.bbox[:2] != (0, 0):
                continue
            found = {plain(word) for word in layout.words.text}
            for word in single_words(page):
                text = plain(word["text"])
                x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
                over = (boxes[:, 0] < x) & (boxes[:, 2] > x)
                over &= (boxes[:, 1] - 1 < y) & (boxes[:, 3] + 1 > y)
                texts = {plain(layout.words.text[i]) for i in over.nonzero()[0]}
                assert text not in found or any(text in mine for mine in texts), (
                    f"page {number}: {text}"
                )
    document.close()


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
