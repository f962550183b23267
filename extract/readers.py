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

from actionplan.extract.errors import ReadError
from actionplan.extract.layout import PageLayout
from actionplan.extract.opinion_settings import TagSettings
from actionplan.extract.pdfium import open_document
from actionplan.extract.plumber import PlumberDocument
from actionplan.extract.read import read_pages
from actionplan.extract.salvage import rebuild
from actionplan.extract.settings import ReaderSettings
from actionplan.extract.tags import TagTree
from actionplan.extract.witness import TagWitness
from actionplan.schemas.tables import ReadOptions

Warnings = list[tuple[str, int, str]]
SECOND = "second-reader"
INCOMPLETE = "incomplete"
_BY_SECOND = "read by pdfplumber"


class Reader:
    """A document, opened by whichever reader can.

    Attributes:
        data: the bytes that are read: the file's, or those with a rebuilt end.
        document: pdfium's document; None where pdfium is not used.
        warnings: what was found on opening, for `TableDocument.warnings`.
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
        self.document: pdfium.PdfDocument | None = None
        self._password = password
        self._options = options
        self._settings = settings
        self._second: PlumberDocument | None = None
        if options.engine == "pdfplumber":
            self._open_second()
        else:
            self._open_first()

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
        if self.document is None:
            for number in range(1, self.count + 1):
                yield number, self._second.layout(number) if self._second else None
            return
        for number, layout in read_pages(self.document, self._settings):
            if layout is None or number in distrusted:
                yield number, self.second_layout(number) or layout
            else:
                yield number, layout

    def second_layout(self, number: int) -> PageLayout | None:
        """Return pdfplumber's layout in place of pdfium's, and note that."""
        if self._options.engine == "pdfium":
            return None
        second = self.second()
        # Where the two count different pages, a number does not name the same page.
        layout = second.layout(number) if second and second.count == self.count else None
        if layout is not None:
            self.warnings.append((SECOND, number, f"page {number} was {_BY_SECOND}"))
        return layout

    def witness(self, layouts: Sequence[PageLayout], settings: TagSettings) -> TagWitness | None:
        """Return the structure tree as a witness of joins; None in an untagged document.

        Args:
            layouts: the pages as `layouts` gave them.
            settings: how far the tree is believed.
        """
        marks = {page.page: page.marks for page in layouts if page.marks is not None}
        if self.document is None or not marks or not self._options.use_tags:
            return None
        return TagWitness(TagTree(self.document, marks, settings), settings)

    def metadata(self, key: str) -> str | None:
        """Return an entry of the document's information ("Producer", "Title")."""
        if self.document is None:
            return self._second.metadata(key) if self._second else None
        try:
            value: str = self.document.get_metadata_value(key).strip()
        except (pdfium.PdfiumError, UnicodeDecodeError):
            return None
        return value or None

    def close(self) -> None:
        """Close what is open."""
        if self.document is not None:
            self.document.close()
        if self._second is not None:
            self._second.close()
