"""PDFs changed after they were made: turned, cropped, scaled, several pages on a sheet."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.generic import FloatObject, NameObject, RectangleObject

_BOXES = ("mediabox", "cropbox", "trimbox", "bleedbox", "artbox")


def _bytes(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def each_page(source: Path | bytes, change: Callable[[PageObject], object]) -> bytes:
    """Apply `change` to each page."""
    data = source if isinstance(source, bytes) else source.read_bytes()
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    for page in writer.pages:
        change(page)
    return _bytes(writer)


def turned(degrees: int, *, content: bool) -> Callable[[PageObject], object]:
    """Turn the page by its /Rotate, or turn its content."""

    def change(page: PageObject) -> None:
        page.rotate(degrees)
        if content:
            page.transfer_rotation_to_content()

    return change


def moved(dx: float, dy: float) -> Callable[[PageObject], object]:
    """Move all content and all boxes: the page's origin is elsewhere."""

    def change(page: PageObject) -> None:
        box = page.mediabox
        corners = (box.left + dx, box.bottom + dy, box.right + dx, box.top + dy)
        page.add_transformation(Transformation().translate(dx, dy))
        for name in _BOXES:
            setattr(page, name, RectangleObject(corners))

    return change


def cropped(page: PageObject) -> None:
    """Crop a little off each side, a different amount from each."""
    box = page.mediabox
    page.cropbox = RectangleObject((box.left + 10, box.bottom + 12, box.right - 8, box.top - 9))


def scaled(factor: float) -> Callable[[PageObject], object]:
    """Scale content and boxes."""
    return lambda page: page.scale_by(factor)


def in_units(unit: float) -> Callable[[PageObject], object]:
    """Write the page in user units of `unit` points: its numbers are smaller."""

    def change(page: PageObject) -> None:
        page.scale_by(1 / unit)
        page[NameObject("/UserUnit")] = FloatObject(unit)

    return change


def two_up(source: Path | bytes, *, stacked: bool = False, factor: float = 1.0) -> bytes:
    """Set two pages each on one sheet, side by side or one above the other."""
    data = source if isinstance(source, bytes) else source.read_bytes()
    pages = list(PdfReader(io.BytesIO(data)).pages)
    writer = PdfWriter()
    for start in range(0, len(pages), 2):
        width = float(pages[start].mediabox.width)
        height = float(pages[start].mediabox.height)
        sheet = PageObject.create_blank_page(
            width=width * factor * (1 if stacked else 2),
            height=height * factor * (2 if stacked else 1),
        )
        for k, page in enumerate(pages[start : start + 2]):
            x, y = (0.0, (1 - k) * height) if stacked else (k * width, 0.0)
            sheet.merge_transformed_page(page, Transformation().translate(x, y).scale(factor))
        writer.add_page(sheet)
    return _bytes(writer)
