"""PDFs written object by object, so that each of them can be wrong in one way."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
A4 = b"[0 0 842 595]"


class Raw:
    """A PDF under construction. Objects are numbered from 1 in the order in which they come."""

    def __init__(self) -> None:
        """Begin without any object."""
        self.objects: dict[int, bytes] = {}
        self.top = 0

    def room(self) -> int:
        """Return the number of an object that is written later."""
        self.top += 1
        return self.top

    def add(self, body: bytes, number: int | None = None) -> int:
        """Add an object and return its number."""
        number = number or self.room()
        self.objects[number] = body
        return number

    def stream(
        self, data: bytes, entries: bytes = b"", *, packed: int = 0, number: int | None = None
    ) -> int:
        """Add a stream, deflated `packed` times."""
        for _ in range(packed):
            data = zlib.compress(data)
        if packed:
            entries += b"/Filter[%s]" % b" ".join([b"/FlateDecode"] * packed)
        head = b"<</Length %d%s>>" % (len(data), entries)
        return self.add(head + b"stream\n" + data + b"\nendstream", number)

    def page(
        self,
        content: bytes,
        *,
        box: bytes = A4,
        resources: bytes | None = None,
        entries: bytes = b"",
        packed: int = 1,
        parent: int = 0,
    ) -> int:
        """Add a page with its content; `parent` is filled in by `done` where it is 0."""
        if resources is None:
            resources = b"<</Font<</F1 %d 0 R>>>>" % self.add(HELVETICA)
        stream = self.stream(content, packed=packed)
        above = b"/Parent %d 0 R" % parent if parent else b"/Parent @ 0 R"
        return self.add(
            b"<</Type/Page%s/MediaBox%s/Resources%s/Contents %d 0 R%s>>"
            % (above, box, resources, stream, entries)
        )

    def tree(
        self, pages: Sequence[int], *, count: int | bytes | None = None, entries: bytes = b""
    ) -> int:
        """Add a page tree and a catalog over `pages`; return the catalog's number."""
        kids = b" ".join(b"%d 0 R" % page for page in pages)
        claimed = len(pages) if count is None else count
        said = claimed if isinstance(claimed, bytes) else b"%d" % claimed
        tree = self.add(b"<</Type/Pages/Count %s/Kids[%s]>>" % (said, kids))
        for page in pages:
            body = self.objects.get(page, b"")
            self.objects[page] = body.replace(b"/Parent @ 0 R", b"/Parent %d 0 R" % tree)
        return self.add(b"<</Type/Catalog/Pages %d 0 R%s>>" % (tree, entries))

    def done(self, root: int, *, info: int = 0, trailer: bytes = b"") -> bytes:
        """Return the file, with a cross-reference table that is right."""
        out = bytearray(HEADER)
        places = self.write(out, self.objects.items())
        start = len(out)
        out += table(places, self.top)
        about = b"/Info %d 0 R" % info if info else b""
        out += trailer_of(self.top + 1, root, start, about + trailer)
        return bytes(out)

    @staticmethod
    def write(out: bytearray, objects: Iterable[tuple[int, bytes]]) -> dict[int, int]:
        """Write objects behind `out`; return where each begins."""
        places = {}
        for number, body in objects:
            places[number] = len(out)
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        return places


def table(places: dict[int, int], top: int) -> bytes:
    """A cross-reference table of objects 0 to `top`."""
    rows = [b"xref\n0 %d\n0000000000 65535 f \n" % (top + 1)]
    for number in range(1, top + 1):
        if number in places:
            rows.append(b"%010d 00000 n \n" % places[number])
        else:
            rows.append(b"0000000000 00000 f \n")
    return b"".join(rows)


def trailer_of(size: int, root: int, start: int, entries: bytes = b"") -> bytes:
    """A trailer, and where the cross-reference table begins."""
    head = b"trailer\n<</Size %d/Root %d 0 R%s>>\n" % (size, root, entries)
    return head + b"startxref\n%d\n%%%%EOF\n" % start


def shown(*lines: str | bytes, x: int = 50, y: int = 550, size: int = 9) -> bytes:
    """Content that shows lines of text, one below the other."""
    parts = [b"BT /F1 %d Tf %d %d Td 12 TL" % (size, x, y)]
    for line in lines:
        data = line if isinstance(line, bytes) else line.encode("cp1252")
        for sign in (b"\\", b"(", b")"):
            data = data.replace(sign, b"\\" + sign)
        parts.append(b"(%s) Tj T*" % data)
    return b"\n".join([*parts, b"ET\n"])


HEADS = ("Recommendation", "Action", "Lead", "Target date", "Status")
ROWS = (
    ("1. Write one pathway", "Agree it with all", "Head of Housing", "May 2014", "Done"),
    ("2. Train all staff", "Book a course", "Training Manager", "June 2014", "Started"),
)
EDGES = (40, 240, 420, 560, 680, 800)


def plan(rows: Sequence[Sequence[str | bytes]] = ROWS, heads: Sequence[str] = HEADS) -> bytes:
    """Content that shows a ruled table of recommendations."""
    parts = []
    bottom = 540 - 20 * (len(rows) + 1)
    for y in range(540, bottom - 1, -20):
        parts.append(b"%d %d m %d %d l S" % (EDGES[0], y, EDGES[-1], y))
    for x in EDGES:
        parts.append(b"%d 540 m %d %d l S" % (x, x, bottom))
    for r, row in enumerate((heads, *rows)):
        for c, text in enumerate(row):
            parts.append(shown(text, x=EDGES[c] + 5, y=526 - 20 * r))
    return b"\n".join(parts)


def plan_file(
    rows: Sequence[Sequence[str | bytes]] = ROWS,
    *,
    entries: bytes = b"",
    page: bytes = b"",
    content: bytes = b"",
    info: bytes = b"",
) -> bytes:
    """A sound file of one page that holds a plan; with entries in its catalog, page, or info."""
    pdf = Raw()
    about = pdf.add(b"<<%s>>" % info) if info else 0
    root = pdf.tree([pdf.page(plan(rows) + content, entries=page)], entries=entries)
    return pdf.done(root, info=about)
