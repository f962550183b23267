"""Inputs that no plan can be read from, made when they are needed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

PASSWORD = "lantern"


def text_pdf(*lines: str, encrypt: StandardEncryption | None = None) -> bytes:
    """A PDF of one page with a few lines and no table."""
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=encrypt)
    for number, line in enumerate(lines):
        canvas.drawString(72, 720 - 20 * number, line)
    canvas.save()
    return out.getvalue()


def word_file() -> bytes:
    """The beginning of a Word file: a ZIP archive with a document part."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:document/>")
    return out.getvalue()


def truncated() -> bytes:
    """The first bytes of a PDF: a header, and no page."""
    return text_pdf("Safer Harrowmere Partnership")[:120]


def protected() -> bytes:
    """A PDF that opens with `PASSWORD` alone."""
    return text_pdf("Action plan", encrypt=StandardEncryption(PASSWORD, ownerPassword="owner"))


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (bytes, "the file is empty"),
    "truncated": (truncated, "the PDF is damaged"),
    "word": (word_file, "not a PDF"),
    "protected": (protected, "protected by a password"),
}


def write_bad(folder: Path) -> list[Path]:
    """Write all bad files to `folder`, named ``KIND.pdf``."""
    paths = []
    for kind, (make, _) in BAD.items():
        paths.append(folder / f"{kind}.pdf")
        paths[-1].write_bytes(make())
    return paths
