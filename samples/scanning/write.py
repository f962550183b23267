"""Write pictures of pages as a PDF, the way scanners and office machines do."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdf
from PIL import Image
from pypdf.generic import (
    BooleanObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

from samples.scanning.effects import Picture, grey_of

POINTS_PER_INCH = 72
STAMP = (36, 18)  # where an office prints its few words: points from the left and the top
STAMP_SIZE = 8


@dataclass(frozen=True)
class HiddenWord:
    """A word of an invisible text layer: its text, and where its line begins, in page points.

    `x` counts from the left, `y` from the top down to the base line; `size` is the type size.
    """

    text: str
    x: float
    y: float
    size: float


@dataclass(frozen=True)
class ScannedPage:
    """A page of a scan: one picture over all of it, and what text lies behind and over it."""

    picture: Picture
    dpi: float
    hidden: Sequence[HiddenWord] = ()
    stamped: str = ""


def add_page(
    writer: pypdf.PdfWriter, scanned: ScannedPage, *, quality: int, bits: int, colour: bool
) -> None:
    """Add a page of a scan; its picture is black and white as fax group 4, or else JPEG."""
    down, across = scanned.picture.shape[:2]
    width, height = (round(n * POINTS_PER_INCH / scanned.dpi, 2) for n in (across, down))
    page = writer.add_blank_page(width=width, height=height)
    drawn = _text_behind(scanned.hidden, height)
    drawn += f"q {width} 0 0 {height} 0 0 cm /Scan Do Q"
    if scanned.stamped:
        place = f"{STAMP[0]} {height - STAMP[1]:.1f}"
        drawn += f"\nBT /F1 {STAMP_SIZE} Tf 1 0 0 1 {place} Tm ({scanned.stamped}) Tj ET"
    image = _image(scanned.picture, quality=quality, bits=bits, colour=colour)
    font = _dictionary(Type="/Font", Subtype="/Type1", BaseFont="/Helvetica")
    font[NameObject("/Encoding")] = NameObject("/WinAnsiEncoding")
    page[NameObject("/Resources")] = _dictionary(
        XObject=_dictionary(Scan=writer._add_object(image)), Font=_dictionary(F1=font)
    )
    content = _stream(drawn.encode("cp1252", "replace"))
    page[NameObject("/Contents")] = writer._add_object(content.flate_encode())


def _dictionary(**entries: PdfObject | str | int) -> DictionaryObject:
    """Return a PDF dictionary; a text beginning with a slash is a name."""
    return DictionaryObject({NameObject(f"/{key}"): _object(e) for key, e in entries.items()})


def _object(entry: PdfObject | str | int) -> PdfObject:
    if isinstance(entry, PdfObject):
        return entry
    return NameObject(entry) if isinstance(entry, str) else NumberObject(entry)


def _stream(data: bytes, **entries: PdfObject | str | int) -> StreamObject:
    stream = StreamObject()
    stream.set_data(data)
    stream.update(_dictionary(**entries))
    return stream


def _image(picture: Picture, *, quality: int, bits: int, colour: bool) -> StreamObject:
    height, width = picture.shape[:2]
    said: dict[str, Any] = {
        "Type": "/XObject", "Subtype": "/Image", "Width": width, "Height": height,
        "BitsPerComponent": bits, "ColorSpace": "/DeviceRGB" if colour else "/DeviceGray",
    }  # fmt: skip
    if bits == 1:
        said |= {"Filter": "/CCITTFaxDecode", "DecodeParms": _dictionary(
            K=-1, BlackIs1=BooleanObject(True), Columns=width, Rows=height
        )}  # fmt: skip
        return _stream(group4(picture), **said)
    kept = picture if colour else grey_of(picture)
    done, data = cv2.imencode(".jpg", kept, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise ValueError("the picture cannot be encoded")
    return _stream(data.tobytes(), Filter="/DCTDecode", **said)


def group4(picture: Picture) -> bytes:
    """Return a picture in two tones, fax group 4, as one strip without a file around it."""
    tones = Image.fromarray(np.where(grey_of(picture) < 128, 0, 255).astype(np.uint8)).convert("1")
    held = io.BytesIO()
    tones.save(held, "TIFF", compression="group4", strip_size=-(-tones.width // 8) * tones.height)
    tags = Image.open(held).tag_v2  # type: ignore[attr-defined]  # of a TIFF alone
    (start,), (length,) = tags[273], tags[279]
    return held.getvalue()[start : start + length]


def _text_behind(words: Sequence[HiddenWord], height: float) -> str:
    """Return the drawing of words that nobody sees (text mode 3)."""
    if not words:
        return ""
    lines = ["BT 3 Tr"]
    for word in words:
        text = word.text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        place = f"1 0 0 1 {word.x:.1f} {height - word.y:.1f} Tm"
        lines.append(f"/F1 {word.size:.1f} Tf {place} ({text} ) Tj")
    return "\n".join([*lines, "0 Tr ET\n"])


def save(writer: pypdf.PdfWriter, path: Path) -> None:
    """Write the file, with the same bytes each time."""
    writer.metadata = {"/Producer": "Office scanner"}
    writer.write(path)
