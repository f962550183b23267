"""No PDF, half of one, or one that is locked."""

from __future__ import annotations

import io
import zipfile
from functools import cache, partial

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests.hostile.kinds import Shelf
from tests.hostile.raw import EDGES, HEADS, ROWS, Raw, plan, plan_file

PASSWORD = "lantern"
DAMAGED = "the PDF is damaged"
LOCKED = "protected by a password"
NOT_PDF = "not a PDF"
TRAP = "unpacks to more than any document needs"
MOST_PAGES = "more with --max-pages"
MEMORY = "more with --memory-limit"
NO_PLAN = "no plan found"
CUT = "incomplete"
"""The issue that records of a file read in part carry."""

shelf = Shelf("No PDF, half of one, or locked")

shelf.add("empty", "no byte", bytes, code=4, sees="the file is empty")
shelf.add("blank", "blanks and line ends", lambda: b" \r\n\t" * 500, code=4, sees="file is empty")
shelf.add("header-alone", "the first line of a PDF", lambda: b"%PDF-1.7\n", code=4, sees=DAMAGED)
shelf.add(
    "noise",
    "a first line, then noise",
    lambda: b"%PDF-1.7\n" + bytes(k * k % 251 for k in range(20_000)),
    code=4,
    sees=DAMAGED,
)
shelf.add(
    "web-page",
    "the page of an error, saved as a PDF",
    lambda: b"<!doctype html><title>Not found</title><script>alert(1)</script>",
    code=4,
    sees=NOT_PDF,
)
shelf.add("program", "a program", lambda: b"MZ\x90\x00" + bytes(4000), code=4, sees=NOT_PDF)
shelf.add("picture", "a picture", lambda: b"\x89PNG\r\n\x1a\n" + bytes(99), code=4, sees=NOT_PDF)
shelf.add(
    "junk-before", "900 bytes of junk before a sound file", lambda: b"\x00" * 900 + plan_file()
)
shelf.add(
    "far-header",
    "2,000 bytes of junk before it",
    lambda: b"\x01" * 2000 + plan_file(),
    code=4,
    sees=NOT_PDF,
)


@shelf.put("word", "a Word file", code=4, sees=NOT_PDF)
def word() -> bytes:
    """A ZIP archive with a document part."""
    return _archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"})


@shelf.put("archive-bomb", "a ZIP archive that unpacks to 50 MB", code=4, sees=NOT_PDF)
def archive_bomb() -> bytes:
    """It is never opened: its first bytes say what it is."""
    return _archive({"plan.pdf": bytes(50_000_000)})


def _archive(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


@cache
def _long_plan() -> bytes:
    """Six pages, each with its own two records and fonts."""
    pdf = Raw()
    pages = []
    for page in range(6):
        rows = [(f"{2 * page + k + 1}. {row[0][3:]}", *row[1:]) for k, row in enumerate(ROWS)]
        pages.append(pdf.page(plan(rows)))
    return pdf.done(pdf.tree(pages))


def _cut(percent: int) -> bytes:
    data = _long_plan()
    return data[: len(data) * percent // 100]


shelf.add("cut-at-10", "a download that broke off at 10 %", partial(_cut, 10), code=4, sees=DAMAGED)
shelf.add("cut-at-1", "the same at 1 %", partial(_cut, 1), code=4, sees=DAMAGED)
for _percent, _records in ((30, 4), (50, 6), (70, 8), (90, 12), (99, 12)):
    shelf.add(
        f"cut-at-{_percent}",
        f"the same at {_percent} %",
        partial(_cut, _percent),
        sees=f"{_records} recommendations",
        issue=CUT,
    )


def _locked(user: str, strength: int = 128) -> bytes:
    """A plan of two records, encrypted."""
    out = io.BytesIO()
    lock = StandardEncryption(user, ownerPassword="owner", canPrint=1, strength=strength)
    canvas = Canvas(out, pagesize=(842, 595), encrypt=lock, invariant=1)
    for y in (540, 520, 500, 480):
        canvas.line(EDGES[0], y, EDGES[-1], y)
    for x in EDGES:
        canvas.line(x, 540, x, 480)
    for r, row in enumerate((HEADS, *ROWS)):
        for c, text in enumerate(row):
            canvas.setFont("Helvetica", 9)
            canvas.drawString(EDGES[c] + 5, 526 - 20 * r, text)
    canvas.save()
    return out.getvalue()


shelf.add(
    "locked", "locked with a password, none given", partial(_locked, PASSWORD), code=4, sees=LOCKED
)
shelf.add(
    "locked-40-bit",
    "the same, with the oldest lock",
    partial(_locked, PASSWORD, 40),
    code=4,
    sees=LOCKED,
)
shelf.add(
    "wrong-password",
    "locked, with `--password other`",
    partial(_locked, PASSWORD),
    code=4,
    sees="the one given does not open it",
    options=("--password", "other"),
)
shelf.add(
    "right-password",
    "locked, with the right `--password`",
    partial(_locked, PASSWORD),
    options=("--password", PASSWORD),
)
shelf.add(
    "owner-password",
    "locked, with the owner's `--password`",
    partial(_locked, PASSWORD),
    options=("--password", "owner"),
)
shelf.add("owner-only", "only printing and copying are forbidden", partial(_locked, ""))


@shelf.put("unknown-lock", "encrypted in a way that nobody knows", code=4, sees=DAMAGED)
def unknown_lock() -> bytes:
    """A security handler of another name."""
    pdf = Raw()
    root = pdf.tree([pdf.page(plan())])
    lock = pdf.add(b"<</Filter/Lantern/V 9/R 9/O(x)/U(y)/P -1>>")
    return pdf.done(root, trailer=b"/Encrypt %d 0 R/ID[(a)(b)]" % lock)
