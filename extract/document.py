"""The room's public function: bytes to logical tables with their audit."""

from __future__ import annotations

import gc
import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

from actionplan.extract.audit import audit_words
from actionplan.extract.bands import mark_bands
from actionplan.extract.errors import TooManyPagesError
from actionplan.extract.find import FoundPage, find_tables
from actionplan.extract.forms import find_forms
from actionplan.extract.frames import join_frames
from actionplan.extract.furniture import split_furniture
from actionplan.extract.glue import Gluer, divides_words, inner_words
from actionplan.extract.layout import PageLayout
from actionplan.extract.ocr.mend import mend_pages
from actionplan.extract.ocr.scans import Recogniser, scan_of
from actionplan.extract.pdfium import load_bytes
from actionplan.extract.readers import INCOMPLETE, Reader, Warnings
from actionplan.extract.settings import ExtractSettings
from actionplan.extract.sheets import Place, arrange, restore
from actionplan.extract.stitch import stitch
from actionplan.extract.unruled import add_unruled
from actionplan.extract.witness import TagWitness
from actionplan.schemas.tables import (
    Line,
    OcrResources,
    PageInfo,
    ReadOptions,
    TableDocument,
    TableHints,
)

_TAIL = 2048
_SCAN_SHARE = 0.5


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Pause the search for reference cycles: thousands of lines and cells, none of which has one.

    Measured: the passes over them take a twentieth of the time of reading.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


@_collector_paused()
def read_tables(
    source: Path | bytes,
    *,
    name: str = "",
    hints: TableHints | None = None,
    settings: ExtractSettings | None = None,
    password: str | None = None,
    options: ReadOptions | None = None,
    max_pages: int = 0,
    resources: OcrResources | None = None,
) -> TableDocument:
    """Read a PDF into logical tables.

    Args:
        source: a path, or the bytes of the file.
        name: name to give the document; the path's own where it is empty.
        hints: header phrases and label pattern of the tables looked for.
        settings: thresholds.
        password: user or owner password.
        options: which reader, and what else it hears.
        max_pages: most pages that a document may have; 0: any number.
        resources: what the recognition of scanned pages may use.

    Raises:
        ReadError: the file is empty, no PDF, damaged beyond repair, or needs a password.
        TooManyPagesError: it has more than `max_pages` pages; none was read.
        OSError: the path cannot be read.
    """
    settings = settings or ExtractSettings()
    hints = hints or TableHints()
    data = load_bytes(source)
    options = options or ReadOptions()
    reader = Reader(data, password, options, settings.reader)
    recogniser = Recogniser(reader.document, options, resources or OcrResources(), settings)
    out = TableDocument(
        name=name or (source.name if isinstance(source, Path) else ""),
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        pages=[],
        tables=[],
        producer=reader.metadata("Producer"),
        title=reader.metadata("Title"),
        tagged=reader.tagged,
        reader=reader.name,
    )
    try:
        if max_pages and reader.count > max_pages:
            raise TooManyPagesError(reader.count)
        _interpret(out, reader, recogniser, hints, settings)
        failed = _failed(out)
        if failed and reader.has_second:
            again = replace(out)
            _interpret(again, reader, recogniser, hints, settings, failed)
            out = min(again, out, key=lambda one: len(_failed(one)))
    finally:
        reader.close()
    if b"%%EOF" not in data[-_TAIL:]:
        out.warnings.append((INCOMPLETE, 0, "the file is cut off: pages may be missing"))
    return out


def _failed(out: TableDocument) -> set[int]:
    """Pages whose audit failed: a word was lost, or stands in two places."""
    return {page.page for page in out.audit if page.lost or page.duplicated}


def _interpret(
    out: TableDocument,
    reader: Reader,
    recogniser: Recogniser,
    hints: TableHints,
    settings: ExtractSettings,
    distrusted: Collection[int] = (),
) -> None:
    """Read all pages and fill `out`; pages in `distrusted` are read by the second reader."""
    read, warnings = _read(reader, distrusted)
    scans = recogniser.read(read)
    scans.layouts = mend_pages(scans.layouts, hints.vocabulary, settings.ocr.mend)
    warnings += scans.warnings
    warnings += [(code, page.page, text) for page in scans.layouts for code, text in page.notes]
    warnings.sort(key=lambda warning: warning[1])
    layouts, places = arrange(scans.layouts, settings.sheet)
    pages = _find(layouts, places, warnings, settings)
    witness = None if places else reader.witness(layouts, settings.tags)
    out.pages = [PageInfo(page.page, page.width, page.height, page.turn) for page in pages]
    add_unruled(pages, hints, settings)
    out.differences = reader.differences
    _fill(out, pages, hints, settings, places, witness, reader)
    out.warnings = [*warnings, *reader.warnings]
    out.scans = {page.page: scan for page in scans.layouts if (scan := scan_of(page))}
    out.image_pages = sorted({*out.image_pages, *scans.pages})
    out.ocr_missing, out.ocr_seconds = scans.missing, scans.seconds


def _read(reader: Reader, distrusted: Collection[int]) -> tuple[list[PageLayout], Warnings]:
    layouts: list[PageLayout] = []
    warnings: Warnings = []
    for number, layout in reader.layouts(distrusted):
        if layout is None:
            message = f"page {number} is damaged and was left out"
            warnings.append((INCOMPLETE, number, message))
            continue
        if not layout.complete:
            message = f"page {number} is a drawing of very many objects: not all were looked at"
            warnings.append((INCOMPLETE, number, message))
        layouts.append(layout)
    return layouts, warnings


def _find(
    layouts: list[PageLayout], places: list[Place], warnings: Warnings, settings: ExtractSettings
) -> list[FoundPage]:
    """Find the tables of each page; drawings in which none was looked for are added to warnings."""
    pages = [find_tables(layout, settings.grid) for layout in layouts]
    for page in pages:
        number = places[page.page - 1].sheet.page if places else page.page
        for what in page.refused:
            message = f"page {number} has a drawing of {what}: no table was looked for in it"
            warnings.append((INCOMPLETE, number, message))
    return pages


def _fill(
    out: TableDocument,
    pages: list[FoundPage],
    hints: TableHints,
    settings: ExtractSettings,
    places: list[Place],
    witness: TagWitness | None,
    reader: Reader,
) -> None:
    label = re.compile(hints.label_pattern) if hints.label_pattern else None
    furniture = split_furniture(pages, settings.furniture, label)
    join_frames(pages, settings.frame)
    mark_bands(pages, label, settings.band)
    find_forms(pages, hints, settings.form, furniture)
    if not places:
        reader.ask_camelot(pages, hints, settings)

    @cache
    def vocabulary() -> frozenset[str]:
        words = inner_words(line for block in _blocks(pages) for line in block)
        return words.union(*(phrase.split() for phrase in hints.header_phrases))

    @cache
    def hyphenated() -> bool:
        return divides_words(
            (a.text, b.text) for block in _blocks(pages) for a, b in pairwise(block)
        )

    gluer = Gluer(vocabulary, hyphenated, settings.glue)
    stitched = stitch(pages, hints, settings, gluer, witness)
    out.tables = stitched.tables
    out.furniture = [line for page in pages for line in furniture[page.page]]
    hidden = [line for page in pages for line in page.hidden]
    out.unassigned = sorted([*stitched.rest, *hidden], key=lambda line: line.page)
    out.image_pages = [
        page.page for page in pages if not page.word_count and page.image_share > _SCAN_SHARE
    ]
    restore(out, places)
    counts: Counter[int] = Counter()
    overprinted: Counter[int] = Counter()
    for page in pages:
        number = places[page.page - 1].sheet.page if places else page.page
        counts[number] += page.word_count
        overprinted[number] += page.layout.overprinted if page.layout else 0
    out.audit = audit_words(out, counts, overprinted)


def _blocks(pages: list[FoundPage]) -> Iterator[list[Line]]:
    """Runs of lines: each cell, and the text outside tables of each page."""
    for page in pages:
        for table in page.tables:
            for r in range(len(table.rows)):
                for cell in table.starts(r):
                    yield cell.lines
        yield page.outside
