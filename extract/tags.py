"""What the structure tree of a tagged PDF says of its tables.

pdfium gives the tree of one page at a time, without identities. But the children of an element
keep their places in it, those on other pages too, so the path of places from the root names an
element, and the same path on two pages is the same element. Against a parser of the whole tree
this takes 1 to 2 ms a page instead of 10, and only for the pages that are asked about.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from ctypes import c_int, c_ulong, c_void_p
from dataclasses import dataclass, field

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from numpy.typing import NDArray

from actionplan.extract.calls import Address, address, marked_content, plain_call, quick_call
from actionplan.extract.opinion_settings import TagSettings

Path = tuple[int, ...]
_TYPE_BYTES = 64
_TABLE, _ROW = "Table".encode("utf-16-le"), "TR".encode("utf-16-le")
_CELLS = ("TH".encode("utf-16-le"), "TD".encode("utf-16-le"))


class _Element(c_void_p):
    """Pointer to an element: calls give and take it as it is, without conversion to a number."""


_child_count = quick_call(raw.FPDF_StructElement_CountChildren, c_int)
_child = quick_call(raw.FPDF_StructElement_GetChildAtIndex, _Element)
_child_mark = quick_call(raw.FPDF_StructElement_GetChildMarkedContentID, c_int)
_type = plain_call(raw.FPDF_StructElement_GetType, c_ulong, c_void_p, c_void_p, c_ulong)


@dataclass(frozen=True, slots=True)
class TagPlace:
    """Where in the tree a piece of content stands; the outermost of each kind comes first.

    Attributes:
        tables: paths of the tables around it.
        rows: paths of the rows around it.
        cells: paths of the cells around it.
    """

    tables: tuple[Path, ...] = ()
    rows: tuple[Path, ...] = ()
    cells: tuple[Path, ...] = ()


@dataclass(slots=True)
class PageTags:
    """The tree of one page.

    Attributes:
        words: for each word of the page its place in the tree; None where it has none.
        in_row: number of words of the page in each row of the tree.
    """

    words: list[TagPlace | None]
    in_row: Counter[Path] = field(default_factory=Counter)


def object_marks(text_objects: Sequence[Address]) -> NDArray[np.intp]:
    """Return the marked-content id of each text object, -1 for none."""
    marks = [marked_content(item) if item else -1 for item in text_objects]
    return np.array(marks, dtype=np.intp)


class TagTree:
    """The structure tree of a document, read page by page as it is asked for."""

    def __init__(
        self,
        document: pdfium.PdfDocument,
        marks: Mapping[int, NDArray[np.intp]],
        settings: TagSettings | None = None,
        opened: Mapping[int, pdfium.PdfPage] | None = None,
    ) -> None:
        """Take an open document.

        Args:
            document: pdfium's document; it stays open as long as the tree is asked.
            marks: for each page the marked-content id of each of its words, -1 for none.
            settings: how far the tree is believed.
            opened: pages that are still open, by number from 1: none of them is loaded again.
        """
        self._document = document
        self._opened = opened or {}
        self._marks = marks
        self._settings = settings or TagSettings()
        self._pages: dict[int, PageTags | None] = {}

    def page(self, number: int) -> PageTags | None:
        """Return the tree of a page, from 1; None where it has no table there."""
        if number not in self._pages:
            self._pages[number] = self._read(number)
        return self._pages[number]

    def _read(self, number: int) -> PageTags | None:
        marks = self._marks.get(number)
        if marks is None:
            return None
        places = self._places(number)
        words = marks.tolist()
        tags = PageTags([places.get(mark) for mark in words])
        for mark, count in Counter(words).items():
            if mark in places:
                for row in places[mark].rows:
                    tags.in_row[row] += count
        return tags if tags.in_row else None

    def _places(self, number: int) -> dict[int, TagPlace]:
        most = self._settings.max_elements
        if number in self._opened:
            return _page_places(self._opened[number], most)
        try:
            page = self._document[number - 1]
        except pdfium.PdfiumError:
            return {}
        try:
            return _page_places(page, most)
        finally:
            page.close()


def _page_places(page: pdfium.PdfPage, most: int) -> dict[int, TagPlace]:
    """The place in the tree of each marked content of a page; none where the tree is too large."""
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return {}
    places: dict[int, TagPlace] = {}
    try:
        for seen, (mark, place) in enumerate(_walk(tree)):
            if seen >= most:
                return {}
            if mark >= 0:
                places[mark] = place
    finally:
        raw.FPDF_StructTree_Close(tree)
    return places


def _walk(tree: raw.FPDF_STRUCTTREE) -> Iterator[tuple[int, TagPlace]]:
    """Each kid of each element: its marked content, or -1, and where it stands."""
    buffer = ctypes.create_string_buffer(_TYPE_BYTES)
    waiting: list[tuple[_Element, Path, TagPlace]] = []
    for k in range(raw.FPDF_StructTree_CountChildren(tree)):
        element = raw.FPDF_StructTree_GetChildAtIndex(tree, k)
        if element:
            waiting.append((_Element(address(element)), (k,), TagPlace()))
    while waiting:
        element, path, place = waiting.pop()
        place = _inside(_type_code(element, buffer), path, place)
        for k in range(_child_count(element)):
            child = _child(element, k)
            if child:
                waiting.append((child, (*path, k), place))
            yield -1 if child else _child_mark(element, k), place


def _type_code(element: _Element, buffer: ctypes.Array[ctypes.c_char]) -> bytes:
    """The type of an element in UTF-16, as pdfium writes it."""
    length = _type(element, ctypes.addressof(buffer), _TYPE_BYTES)
    return buffer.raw[: max(min(length, _TYPE_BYTES) - 2, 0)]


def _inside(code: bytes, path: Path, place: TagPlace) -> TagPlace:
    """The place of what is inside an element of type `code` at `path`."""
    if code == _TABLE:
        return TagPlace((*place.tables, path), place.rows, place.cells)
    if code == _ROW:
        return TagPlace(place.tables, (*place.rows, path), place.cells)
    if code in _CELLS:
        return TagPlace(place.tables, place.rows, (*place.cells, path))
    return place
