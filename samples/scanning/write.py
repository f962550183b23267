"""Write pictures of pages as a PDF, the way scanners and office machines do."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pypdf
from PIL import Image
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
)

from samples.scanning.effects import Picture, grey_of

POINTS_PER_INCH = 72


@dataclass(frozen=True)
class HiddenWord:
    """A word of an invisible text layer: its text, and where its line begins, in page points.

    `x` counts from the left, `y` from the top down to the base line; `size` is the type size.
    """

    text: str
    x: float
    y: float
    size: float


def picture_stream(picture: Picture, *, quality: int, bits: int, colour: bool) -> StreamObject:
    """Return a picture as a PDF image: black and white as fax group 4, all else as JPEG."""
    height, width = picture.shape[:2]
    stream = StreamObject()
    entries = {
        "/Type": NameObject("/XObject"),
        "/Subtype": NameObject("/Image"),
        "/Width": NumberObject(width),
        "/Height": NumberObject(height),
        "/BitsPerComponent": NumberObject(bits),
        "/ColorSpace": NameObject("/DeviceRGB" if colour else "/DeviceGray"),
    }
    if bits == 1:
        stream._data = group4(picture)
        kind = "/CCITTFaxDecode"
        entries["/DecodeParms"] = DictionaryObject(
            {
                NameObject("/K"): NumberObject(-1),
                NameObject("/BlackIs1"): BooleanObject(True),
                NameObject("/Columns"): NumberObject(width),
                NameObject("/Rows"): NumberObject(height),
            }
        )
    else:
        kept = picture if colour else grey_of(picture)
        done, data = cv2.imencode(".jpg", kept, [cv2.IMWRITE_JPEG_QUALITY, quality])
        if not done:
            raise ValueError("the picture cannot be encoded")
        stream._data = data.tobytes()
        kind = "/DCTDecode"
    entries["/Filter"] = NameObject(kind)
    stream.update({NameObject(key): value for key, value in entries.items()})
    return stream


def group4(picture: Picture) -> bytes:
    """Return a picture in two tones, fax group 4, as one strip without a file around it."""
    tones = Image.fromarray(np.where(grey_of(picture) < 128, 255, 0).astype(np.uint8)).convert("1")
    held = io.BytesIO()
    tones.save(held, "TIFF", compression="group4", strip_size=-(-tones.width // 8) * tones.height)
    tiff = Image.open(held)
    (start,), (length,) = tiff.tag_v2[273], tiff.tag_v2[279]
    return held.getvalue()[start : start + length]


def add_picture_page(
    writer: pypdf.PdfWriter, image: StreamObject, dpi: float, hidden: Sequence[HiddenWord] = ()
) -> None:
    """Add a page that shows one picture over all of it, with text behind it that nobody sees."""
    width, height = (image[key] * POINTS_PER_INCH / dpi for key in ("/Width", "/Height"))
    page = writer.add_blank_page(width=round(width, 2), height=round(height, 2))
    content = f"{_text_behind(hidden, height)}q {width:.2f} 0 0 {height:.2f} 0 0 cm /Scan Do Q"
    stream = StreamObject()
    stream._data = zlib.compress(content.encode("cp1252", "replace"))
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    page[NameObject("/Contents")] = writer._add_object(stream)
    shown = DictionaryObject({NameObject("/Scan"): writer._add_object(image)})
    resources = DictionaryObject({NameObject("/XObject"): shown})
    if hidden:
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
                NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
            }
        )
        resources[NameObject("/Font")] = DictionaryObject({NameObject("/F1"): font})
    page[NameObject("/Resources")] = resources


def _text_behind(words: Sequence[HiddenWord], height: float) -> str:
    """Return the drawing of invisible words (text mode 3)."""
    if not words:
        return ""
    lines = ["BT 3 Tr"]
    for word in words:
        text = word.text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        lines.append(
            f"/F1 {word.size:.1f} Tf 1 0 0 1 {word.x:.1f} {height - word.y:.1f} Tm ({text} ) Tj"
        )
    return "\n".join([*lines, "ET\n"])


def add_stamped_words(page: pypdf.PageObject, writer: pypdf.PdfWriter, text: str) -> None:
    """Print a few words on a page of a scan, as the office that files it does (a page number)."""
    height = float(page.mediabox.height)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    page["/Resources"][NameObject("/Font")] = DictionaryObject({NameObject("/F9"): font})
    drawn = StreamObject()
    drawn._data = f"\nBT /F9 8 Tf 1 0 0 1 36 {height - 18:.1f} Tm ({text}) Tj ET".encode("cp1252")
    first = writer._add_object(page["/Contents"])
    page[NameObject("/Contents")] = ArrayObject([first, writer._add_object(drawn)])


def save(writer: pypdf.PdfWriter, path: Path) -> None:
    """Write the file, with the same bytes each time."""
    writer.metadata = {"/Producer": "Office scanner"}
    writer.write(path)


__all__ = [
    "FloatObject",
    "HiddenWord",
    "add_picture_page",
    "add_stamped_words",
    "picture_stream",
    "save",
]
