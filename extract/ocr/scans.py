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
from actionplan.extract.ocr.detect import needs_reading, own_words
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
    """Recognises the scanned pages of one document, each once.

    pdfium is asked for one page at a time, by one thread alone; recognition runs beside it.
    """

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
        start = time.perf_counter()
        out = Scans(list(layouts))
        wanted = self._wanted(out)
        if not wanted:
            return out
        out.missing = problem(self._options.ocr_languages)
        if out.missing:
            out.warnings += [_unread(layout.page, out.missing) for layout in wanted]
            return out
        self._recognise([layout for layout in wanted if layout.page not in self._done], out)
        out.layouts = [self._done.get(layout.page, layout) for layout in layouts]
        out.seconds = time.perf_counter() - start
        return out

    def _wanted(self, out: Scans) -> list[PageLayout]:
        """The pages whose words have to be recognised."""
        if self._options.ocr == "never" or self._document is None:
            return []
        wanted = []
        for layout in out.layouts:
            opened = partial(_opened, self._document, layout.page)
            try:
                if not needs_reading(layout, opened, self._options.ocr, self._settings.ocr):
                    continue
            except Exception as error:  # whatever a hostile page does costs that page alone
                if len(layout.images):  # it may be a scan, also with a stamp or a page number on it
                    out.warnings.append(_failed(layout.page, error))
                continue
            wanted.append(layout)
        out.pages = [layout.page for layout in wanted]
        return wanted

    def _recognise(self, wanted: Sequence[PageLayout], out: Scans) -> None:
        threads = self._resources.threads or os.cpu_count() or 1
        running: list[tuple[int, Future[PageLayout]]] = []
        with ThreadPoolExecutor(threads, "ocr") as pool:
            for layout in wanted:
                picture = self._draw(layout, out)
                if picture is None:
                    continue
                task = pool.submit(
                    read_picture,
                    picture,
                    layout.page,
                    self._options.ocr_languages,
                    self._settings,
                    self._resources.cache,
                    own_words(layout, self._options.ocr, self._settings.ocr.detect),
                )
                running.append((layout.page, task))
                while len(running) > threads:  # a page's picture takes 10 to 50 MB
                    self._collect(*running.pop(0), out)
            for one in running:
                self._collect(*one, out)

    def _draw(self, layout: PageLayout, out: Scans) -> PagePicture | None:
        """The page's picture; None, with a warning, where it cannot be drawn."""
        if self._document is None:
            return None
        try:
            with _opened(self._document, layout.page) as page:
                turn = layout.turn if len(layout.words) else None
                return draw_page(page, turn, self._settings.ocr)
        except TooLargeError as error:
            out.warnings.append(_unread(layout.page, f"its picture has {error}"))
        except Exception as error:  # as above
            out.warnings.append(_failed(layout.page, error))
        return None

    def _collect(self, page: int, task: Future[PageLayout], out: Scans) -> None:
        try:
            self._done[page] = task.result()
        except EngineError as error:
            out.warnings.append(_unread(page, f"tesseract: {error}"))
        except Exception as error:  # as above
            out.warnings.append(_failed(page, error))


def scan_of(layout: PageLayout) -> Scan | None:
    """Return what is known of a recognised page; None for a page of the file's own words."""
    confidence = layout.words.confidence
    if confidence is None:
        return None
    boxes = layout.words.boxes.tolist()
    level = layout.back is None or np.allclose(layout.back, np.eye(3))
    raw = layout.words.raw or []
    return Scan(
        text=tuple(layout.words.text),
        boxes=tuple((x0, y0, x1, y1) for x0, y0, x1, y1 in boxes),
        confidence=tuple(confidence.tolist()),
        back=None if level or layout.back is None else tuple(layout.back.ravel().tolist()),
        raw=tuple((k, read) for k, read in enumerate(raw) if read != layout.words.text[k]),
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


def _failed(page: int, error: Exception) -> tuple[str, int, str]:
    return _unread(page, f"it failed with {type(error).__name__}")
