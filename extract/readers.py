"""Which reader reads a document: pdfium, or pdfplumber where pdfium cannot.

opens with pdfium                          pdfium
a page that pdfium cannot load             pdfplumber for that page, if it counts as many pages
pdfium refuses the file                    pdfium on the file with its end rebuilt
and that is refused too                    pdfplumber
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from actionplan.extract.by_camelot import ask_camelot
from actionplan.extract.errors import ReadError
from actionplan.extract.find import FoundPage
from actionplan.extract.glyphs import is_garbled
from actionplan.extract.layout import PageLayout
from actionplan.extract.opinion_settings import TagSettings
from actionplan.extract.pdfium import open_document
from actionplan.extract.plumber import PlumberDocument
from actionplan.extract.read import GARBLED, read_page, read_pages
from actionplan.extract.salvage import has_broken_objects, rebuild
from actionplan.extract.settings import ExtractSettings, ReaderSettings
from actionplan.extract.tags import TagTree
from actionplan.extract.verify import compare_pages
from actionplan.extract.witness import TagWitness
from actionplan.schemas.tables import Difference, ReadOptions, TableHints

Warnings = list[tuple[str, int, str]]
SECOND = "second-reader"
DIFFER = "readers-differ"
INCOMPLETE = "incomplete"
_LONGEST = 1000  # characters of a title: the longest seen has 300
_BY_SECOND = "read by pdfplumber"


class Reader:
    """A document, opened by whichever reader can.

    Attributes:
        data: the bytes that are read: the file's, or those with a rebuilt end.
        document: pdfium's document; None where pdfium is not used.
        warnings: what was found on the way, for `TableDocument.warnings`.
        differences: what another reader read otherwise, if it is to be asked.
    """

    def __init__(
        self, data: bytes, password: str | None, options: ReadOptions, settings: ReaderSettings
    ) -> None:
        """Open the PDF held in `data`.

        Raises:
            ReadError: no reader can open it.
        """
        self.data = data
        self.warnings: Warnings = []
        self.differences: list[Difference] = []
        self.document: pdfium.PdfDocument | None = None
        self._password = password
        self._options = options
        self._settings = settings
        self._second: PlumberDocument | None = None
        self._check: pdfium.PdfDocument | None = None
        self._broken: bool | None = None
        self._tree: TagTree | None = None
        # Loading a page takes longer than asking its tree: those that are read stay open for it.
        self._opened: dict[int, pdfium.PdfPage] = {}
        if options.engine == "pdfplumber":
            self._open_second()
        else:
            self._open_first()
        self._opening = tuple(self.warnings)

    def _open_first(self) -> None:
        try:
            self.document = open_document(self.data, self._password)
            return
        except ReadError as error:
            if error.reason != "damaged" or self._options.engine == "pdfium":
                raise
            refused = error
        rebuilt = rebuild(self.data)
        if rebuilt is not None:
            with suppress(ReadError):
                self.document = open_document(rebuilt, self._password)
                self.data = rebuilt
                message = "the file is damaged: its pages were looked for one by one"
                self.warnings.append((INCOMPLETE, 0, message))
                return
        try:
            self._open_second()
        except ReadError:
            raise refused from None
        self.warnings.append((INCOMPLETE, 0, f"the file is damaged: {_BY_SECOND}"))

    def _open_second(self) -> None:
        self._second = PlumberDocument(self.data, self._password, self._settings)

    def second(self) -> PlumberDocument | None:
        """Return the document as pdfplumber opens it; None where it cannot."""
        if self._second is None:
            with suppress(ReadError):
                self._open_second()
        return self._second

    @property
    def name(self) -> str:
        """The library that reads the pages, but for those that a warning names."""
        return "pdfplumber" if self.document is None else "pdfium"

    @property
    def has_second(self) -> bool:
        """Is there another reader that may be asked for a page?"""
        return self.document is not None and self._options.engine != "pdfium"

    @property
    def count(self) -> int:
        """Number of pages."""
        if self.document is not None:
            return len(self.document)
        return self._second.count if self._second else 0

    @property
    def tagged(self) -> bool:
        """Does the document say that it has a structure tree?"""
        return self.document is not None and bool(raw.FPDFCatalog_IsTagged(self.document.raw))

    def layouts(self, distrusted: Collection[int] = ()) -> Iterator[tuple[int, PageLayout | None]]:
        """Yield each page's number and layout; None where no reader can load the page.

        Args:
            distrusted: pages that pdfplumber shall read, if it can.
        """
        self.warnings, self.differences = list(self._opening), []
        for number, layout in self._first_layouts():
            if layout is None or number in distrusted:
                yield number, self._second_layout(number) or layout
                continue
            better = self._better(number, layout)
            if self._options.verify and better is layout:
                self._verify(number, layout)
            yield number, better

    def _better(self, number: int, layout: PageLayout) -> PageLayout:
        """Pdfplumber's page in place of one that is blank by damage, or without known letters."""
        garbled = any(code == GARBLED for code, _ in layout.notes)
        if not garbled and not (_is_blank(layout) and self._damaged()):
            return layout
        second = self._same_pages() if self.has_second else None
        other = second.layout(number) if second else None
        if other is None or _is_blank(other) or (garbled and is_garbled(other.words.text)):
            return layout
        self._note_second(number)
        return other

    def _damaged(self) -> bool:
        """Is some object's beginning or end lost? Asked only where a page came out blank."""
        if self._broken is None:
            self._broken = has_broken_objects(self.data)
        return self._broken

    def _first_layouts(self) -> Iterator[tuple[int, PageLayout | None]]:
        if self.document is not None:
            self._close_pages()
            keep = self._opened if self._options.use_tags else None
            yield from read_pages(self.document, self._settings, keep)
        elif self._second is not None:
            for number in range(1, self._second.count + 1):
                yield number, self._second.layout(number)

    def _verify(self, number: int, layout: PageLayout) -> None:
        """Compare a page with what the other reader reads, and keep the differences."""
        other = self._other_layout(number)
        if other is None:
            message = f"page {number} could not be read a second time to compare"
            self.warnings.append((DIFFER, number, message))
            return
        self.differences += compare_pages(layout, other)

    def _other_layout(self, number: int) -> PageLayout | None:
        if self.document is not None:
            second = self._same_pages()
            return second.layout(number) if second else None
        try:
            self._check = self._check or open_document(self.data, self._password)
            page = self._check[number - 1]
            return read_page(page, number, self._settings)
        except (ReadError, IndexError, pdfium.PdfiumError):
            return None

    def _same_pages(self) -> PlumberDocument | None:
        """The second reader's document, if a number names the same page in both."""
        second = self.second()
        return second if second and second.count == self.count else None

    def _second_layout(self, number: int) -> PageLayout | None:
        """Return pdfplumber's layout in place of pdfium's, and note that."""
        second = self._same_pages() if self.has_second else None
        layout = second.layout(number) if second else None
        if layout is not None:
            self._note_second(number)
        return layout

    def _note_second(self, number: int) -> None:
        self.warnings.append((SECOND, number, f"page {number} was {_BY_SECOND}"))

    def witness(self, layouts: Sequence[PageLayout], settings: TagSettings) -> TagWitness | None:
        """Return the structure tree as a witness of joins; None in an untagged document.

        Args:
            layouts: the pages as `layouts` gave them.
            settings: how far the tree is believed.
        """
        marks = {page.page: page.marks for page in layouts if page.marks is not None}
        if self.document is None or not marks or not self._options.use_tags:
            return None
        self._tree = TagTree(self.document, marks, settings, self._opened)
        return TagWitness(self._tree, settings)

    def ask_camelot(
        self, pages: Sequence[FoundPage], hints: TableHints, settings: ExtractSettings
    ) -> None:
        """Let others read tables of which we are unsure; `pages` are changed in place."""
        asked = ask_camelot(
            pages, self.data, self._password, hints, settings, self._options, self._tree
        )
        for page, by in asked.taken:
            self.warnings.append((SECOND, page, f"the table of page {page} was read by {by}"))
        if asked.failed:
            page, error = asked.failed
            self.warnings.append((SECOND, page, f"camelot failed on page {page} ({error})"))

    def metadata(self, key: str) -> str | None:
        """Return an entry of the document's information ("Producer", "Title"), its beginning."""
        value = self._metadata(key)
        return value[:_LONGEST].strip() if value else None

    def _metadata(self, key: str) -> str | None:
        if self.document is None:
            return self._second.metadata(key) if self._second else None
        try:
            value: str = self.document.get_metadata_value(key).strip()
        except (pdfium.PdfiumError, UnicodeDecodeError):
            return None
        return value or None

    def _close_pages(self) -> None:
        for page in self._opened.values():
            page.close()
        self._opened.clear()

    def close(self) -> None:
        """Close what is open."""
        self._close_pages()
        if self.document is not None:
            self.document.close()
        if self._check is not None:
            self._check.close()
        if self._second is not None:
            self._second.close()


def _is_blank(layout: PageLayout) -> bool:
    """Is there nothing on the page: what pdfium gives for a page whose content it does not find?"""
    drawn = len(layout.rules.horizontal) + len(layout.rules.vertical) + len(layout.fills)
    return not (len(layout.words) or drawn or len(layout.images))
