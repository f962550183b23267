"""Tagged PDFs written object by object: ruled tables whose structure tree is of a given make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Make = Literal["rows", "page-tables", "lines", "one", "closed-rows"]
Piece = tuple[str, list[list[str]]]  # the row's name; the lines of each of its cells on one page
WIDE, HIGH = 842, 595
EDGES = {3: (40, 240, 520, 800), 4: (40, 100, 420, 620, 800)}
LEADING = 12


@dataclass
class _Element:
    """An element of the structure tree: its type, its children, and marks as (page, id)."""

    kind: str
    children: list[_Element] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)

    def child(self, kind: str) -> _Element:
        self.children.append(_Element(kind))
        return self.children[-1]


def tagged_pdf(
    pages: Sequence[Sequence[Piece]], make: Make = "rows", *, ruled: bool = True
) -> bytes:
    """Draw pages of ruled rows; pieces of one name on two pages are one row.

    Args:
        pages: for each page its rows, top to bottom; the table fills the page's height.
        make: how the tree is made. ``rows``: a TR for each row, also over pages; ``closed-rows``: a
            TR for each piece; ``page-tables``: a Table for each page; ``lines``: a TR for each
            printed line; ``one``: all text in one cell.
        ruled: draw the rules.
    """
    root = _Element("Document")
    tree = _Tree(root, make)
    contents = [_page(number, rows, tree, ruled=ruled) for number, rows in enumerate(pages)]
    return _write(contents, root, tree.owners)


class _Tree:
    """Finds or makes the cell that a piece of text belongs to."""

    def __init__(self, root: _Element, make: Make) -> None:
        self._root = root
        self._make = make
        self._known: dict[object, _Element] = {}
        self.owners: list[list[_Element]] = []

    def mark(self, page: int, row: str, column: int, line: int) -> int:
        """Return a new marked-content id on `page`, given to the right cell."""
        table_key = page if self._make == "page-tables" else 0
        row_key = {
            "rows": (row,),
            "closed-rows": (row, page),
            "page-tables": (row, page),
            "lines": (row, page, line),
            "one": ("all",),
        }[self._make]
        cell_key = "all" if self._make == "one" else column
        table = self._get(("table", table_key), self._root, "Table")
        tr = self._get(("row", table_key, *row_key), table, "TR")
        cell = self._get(("cell", table_key, *row_key, cell_key), tr, "TD")
        while len(self.owners) <= page:
            self.owners.append([])
        number = len(self.owners[page])
        self.owners[page].append(cell)
        cell.marks.append((page, number))
        return number

    def _get(self, key: object, parent: _Element, kind: str) -> _Element:
        if key not in self._known:
            self._known[key] = parent.child(kind)
        return self._known[key]


def _page(number: int, rows: Sequence[Piece], tree: _Tree, *, ruled: bool) -> bytes:
    """Content of one page: rows with rules around them, each line marked."""
    edges = EDGES[len(rows[0][1])]
    y = HIGH - 40
    out = ["0.5 w"]
    lines_drawn = [f"{edges[0]} {y} m {edges[-1]} {y} l S"]
    for k, (name, cells) in enumerate(rows):
        tall = max(len(lines) for lines in cells) * LEADING + 8
        last = ruled and k == len(rows) - 1
        bottom = 40 if last else y - tall
        for c, lines in enumerate(cells):
            for i, text in enumerate(lines):
                mark = tree.mark(number, name, c, i)
                below = bottom + (len(lines) - i) * LEADING - 4
                base = below if last else y - (i + 1) * LEADING
                out.append(
                    f"/P <</MCID {mark}>> BDC BT /F1 9 Tf {edges[c] + 5} {base} Td ({text}) Tj "
                    "ET EMC"
                )
        lines_drawn.append(f"{edges[0]} {bottom} m {edges[-1]} {bottom} l S")
        y = bottom
    if ruled:
        out += [*lines_drawn, *(f"{x} {HIGH - 40} m {x} 40 l S" for x in edges)]
    return "\n".join(out).encode()


def _write(contents: list[bytes], root: _Element, owners: list[list[_Element]]) -> bytes:
    """Number the objects and write the file."""
    objects: list[bytes] = []

    def reserve() -> int:
        objects.append(b"")
        return len(objects)

    catalog, pages, font, tree, parents = (reserve() for _ in range(5))
    page_numbers = [reserve() for _ in contents]
    for k, content in enumerate(contents):
        stream = reserve()
        objects[stream - 1] = b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)
        objects[page_numbers[k] - 1] = (
            b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R/StructParents %d"
            b"/Resources<</Font<</F1 %d 0 R>>>>>>" % (pages, WIDE, HIGH, stream, k, font)
        )
    numbers: dict[int, int] = {}

    def number_of(element: _Element, parent: int) -> int:
        own = numbers[id(element)] = reserve()
        kids = [b"%d 0 R" % number_of(child, own) for child in element.children]
        kids += [
            b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (page_numbers[page], mark)
            for page, mark in element.marks
        ]
        objects[own - 1] = b"<</Type/StructElem/S/%s/P %d 0 R/K[%s]>>" % (
            element.kind.encode(), parent, b" ".join(kids))  # fmt: skip
        return own

    top = number_of(root, tree)
    lists = b" ".join(
        b"%d [%s]" % (k, b" ".join(b"%d 0 R" % numbers[id(cell)] for cell in cells))
        for k, cells in enumerate(owners)
    )
    kids = b" ".join(b"%d 0 R" % number for number in page_numbers)
    objects[catalog - 1] = (
        b"<</Type/Catalog/Pages %d 0 R/MarkInfo<</Marked true>>/StructTreeRoot %d 0 R>>"
        % (pages, tree)
    )
    objects[pages - 1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(contents), kids)
    objects[font - 1] = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    objects[tree - 1] = b"<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R>>" % (top, parents)
    objects[parents - 1] = b"<</Nums[%s]>>" % lists
    return _assemble(objects)


def _assemble(objects: list[bytes]) -> bytes:
    """Objects, the table of their places, and the trailer."""
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, start)  # fmt: skip
