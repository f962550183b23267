"""No word lost, none twice: on every sample, counted by the audit and by an independent parser."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from actionplan.extract import read_tables
from actionplan.extract.audit import audit_words
from actionplan.extract.pdfium import load_bytes, open_document
from actionplan.extract.read import read_pages
from actionplan.normalise.hints import plan_hints
from actionplan.schemas.tables import TableDocument
from tests.extract.pages import OTHERWISE_CUT, PDFS, letters_of, other_pages, plain


@pytest.fixture(scope="module", params=PDFS, ids=lambda path: path.stem)
def read(request: pytest.FixtureRequest) -> tuple[Path, TableDocument]:
    return request.param, read_tables(request.param, hints=plan_hints())


def test_each_word_has_exactly_one_place(read: tuple[Path, TableDocument]) -> None:
    _, document = read
    for page in document.audit:
        assert page.lost == 0, page
        assert page.duplicated == 0, page
        assert page.words == (
            page.in_cells + page.in_headings + page.in_headers + page.in_furniture + page.unassigned
        )


def test_the_lines_hold_the_words_of_the_page(read: tuple[Path, TableDocument]) -> None:
    """The audit counts indices; this counts the text itself, as another parser reads it."""
    path, document = read
    ours: dict[int, Counter[str]] = {page.page: Counter() for page in document.pages}
    letters_only = path.stem in OTHERWISE_CUT
    slanted = set() if letters_only else _slanted(path)
    for _, line in document.iter_lines():
        assert len(line.text.split()) == len(line.words), line
        if (line.page, line.words[0]) in slanted:
            continue
        ours[line.page].update(plain(word) for word in line.text.split())
    for number, other in enumerate(other_pages(path), 1):
        theirs = Counter(text for text, *_ in other.words)
        if letters_only:
            assert letters_of(ours[number].elements()) == letters_of(theirs.elements()), number
        else:
            assert ours[number] == theirs, f"page {number}"


def _slanted(path: Path) -> set[tuple[int, int]]:
    """Page and index of each word of a watermark; the other parser's count leaves them out."""
    source = open_document(load_bytes(path))
    pages = [layout for _, layout in read_pages(source) if layout is not None]
    source.close()
    return {(page.page, int(i)) for page in pages for i in page.words.slanted.nonzero()[0]}


def test_the_audit_sees_a_word_lost_and_a_word_twice() -> None:
    document = read_tables(PDFS[0], hints=plan_hints())
    counts = {page.page: page.words for page in document.audit}
    cell = next(
        cell for row in document.tables[0].rows for cell in row.cells if len(cell.lines) > 1
    )
    first, second = cell.lines[:2]
    cell.lines[0] = replace(first, words=first.words[:-1])
    cell.lines[1] = replace(second, words=(*second.words, second.words[0]))
    audit = {page.page: page for page in audit_words(document, counts)}[first.page]
    assert (audit.lost, audit.duplicated) == (1, 1)
