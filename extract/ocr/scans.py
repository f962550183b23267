"""The scanned pages of a document: found, drawn one by one, and read side by side."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import pypdfium2 as pdfium

from actionplan.extract.layout import PageLayout
from actionplan.extract.ocr.detect import Reading, needed_reading
from actionplan.extract.ocr.engine import EngineError, problem
from actionplan.extract.ocr.page import read_picture
from actionplan.extract.ocr.picture import PagePicture, TooLargeError, draw_page
from actionplan.extract.settings import ExtractSettings
from actionplan.schemas.tables import OcrResources, ReadOptions, Scan

Warnings = list[tuple[str, int, str]]
UNREAD = "scan-unread"


@dataclass(slots=True)
class Scans:
    """What came of the scanned pages of a document.

    Attributes:
        layouts: all pages, those that were recognised in place of what the file has of them.
        pages: numbers of the scanned pages, read or not.
        warnings: of pages that could not be read.
        missing: what is not installed, and how it is, where that is why.
        seconds: time from the first page to the last.
    """

    layouts: list[PageLayout]
    pages: list[int] = field(default_factory=list)
    warnings: Warnings = field(default_factory=list)
    missing: str = ""
    seconds: float = 0.0


class Recogniser:
    """Recognises the scanned pages of one document, each once."""

    def __init__(
        self,
        document: pdfium.PdfDocument | None,
        options: ReadOptions,
        resources: OcrResources,
        settings: ExtractSettings,
    ) -> None:
        """Take a document.

        Args:
            document: as pdfium opens it; None where it does not.
            options: whether and in which languages.
            resources: threads, and where to keep what was recognised.
            settings: thresholds.
        """
        self._document = document
        self._options = options
        self._resources = resources
        self._settings = settings
        self._done: dict[int, PageLayout] = {}

    def read(self, layouts: Sequence[PageLayout]) -> Scans:
        """Return the pages, those that are pictures recognised; `layouts` are as the file has."""
        return _read(
            layouts, self._document, self._options, self._resources, self._settings, self._done
        )


def _read(
    layouts: Sequence[PageLayout],
    document: pdfium.PdfDocument | None,
    options: ReadOptions,
    resources: OcrResources,
    settings: ExtractSettings,
    done: dict[int, PageLayout],
) -> Scans:
    """Recognise the pages that are pictures.

    pdfium is asked for one page at a time, by this thread alone; recognition runs beside it.

    Args:
        layouts: the pages as the file has them.
        document: pdfium's document; None where pdfium does not open it.
        options: whether and in which languages.
        resources: threads, and where to keep what was recognised.
        settings: thresholds.
        done: pages recognised before, by number; those of this call are added.
    """
    start = time.perf_counter()
    out = Scans(list(layouts))
    wanted = list(_wanted(layouts, document, options, settings))
    out.pages = [layouts[k].page for k, _ in wanted]
    if not wanted or document is None:
        return out
    out.missing = problem(options.ocr_languages)
    if out.missing:
        out.warnings = [_unread(page, out.missing) for page in out.pages]
        return out
    threads = resources.threads or os.cpu_count() or 1
    threads = resources.threads or os.cpu_count() or 1
    with ThreadPoolExecutor(min(threads, len(wanted)), "ocr") as pool:
        running: list[tuple[int, Future[PageLayout]]] = []
        for k, _ in wanted:
            page = layouts[k].page
            picture = None if page in done else _draw(document, layouts[k], settings, out)
            if picture is None:
                continue
            task = pool.submit(read_picture, picture, page, options.ocr_languages, settings)
            running.append((page, task))
            while len(running) > threads:  # a page's picture takes 10 to 50 MB
                _collect(*running.pop(0), done, out.warnings)
        for one in running:
            _collect(*one, done, out.warnings)
    out.layouts = [done.get(layout.page, layout) for layout in layouts]
    out.seconds = time.perf_counter() - start
    return out


def _wanted(
    layouts: Sequence[PageLayout],
    document: pdfium.PdfDocument | None,
    options: ReadOptions,
    settings: ExtractSettings,
) -> Iterator[tuple[int, Reading]]:
    if options.ocr == "never" or document is None:
        return
    for k, layout in enumerate(layouts):
        try:
            opened = partial(_opened, document, layout.page)
            reading = needed_reading(layout, opened, options.ocr, settings.ocr)
        except pdfium.PdfiumError:
            continue
        if reading:
            yield k, reading


def _draw(
    document: pdfium.PdfDocument, layout: PageLayout, settings: ExtractSettings, out: Scans
) -> PagePicture | None:
    """The page's picture; None, with a warning, where it cannot be drawn."""
    try:
        with _opened(document, layout.page) as page:
            turn = layout.turn if len(layout.words) else None
            return draw_page(page, turn, settings.ocr)
    except TooLargeError as error:
        out.warnings.append(_unread(layout.page, f"its picture has {error}"))
    except (pdfium.PdfiumError, MemoryError):
        out.warnings.append(_unread(layout.page, "its picture cannot be drawn"))
    return None


def _collect(
    page: int, task: Future[PageLayout], done: dict[int, PageLayout], warnings: Warnings
) -> None:
    try:
        done[page] = task.result()
    except EngineError as error:
        warnings.append(_unread(page, f"tesseract: {error}"))


def scan_of(layout: PageLayout) -> Scan | None:
    """Return what is known of a recognised page; None for a page of the file's own words."""
    confidence = layout.words.confidence
    if confidence is None:
        return None
    boxes = layout.words.boxes.tolist()
    level = layout.back is None or np.allclose(layout.back, np.eye(3))
    return Scan(
        text=tuple(layout.words.text),
        boxes=tuple((x0, y0, x1, y1) for x0, y0, x1, y1 in boxes),
        confidence=tuple(confidence.tolist()),
        back=None if level or layout.back is None else tuple(layout.back.ravel().tolist()),
    )


@contextmanager
def _opened(document: pdfium.PdfDocument, number: int) -> Iterator[pdfium.PdfPage]:
    page = document[number - 1]
    try:
        yield page
    finally:
        page.close()


def _unread(page: int, why: str) -> tuple[str, int, str]:
    return UNREAD, page, f"page {page} is a scan and was not read ({why})"
