"""A file that is cut off, or whose table of contents is lost, gets a new one.

A PDF names its pages in a catalog, which is found through the file's last lines. A download that
broke off has none of them, but pages that arrived are whole. They are looked for in the bytes, and
a catalog that names them is written behind. A page without all of its fonts would read as
nonsense: it is named, so that the pages keep their numbers, but left out.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

_OBJECT = re.compile(rb"(?<!\d)(\d{1,9})\s+\d{1,5}\s+obj\b")
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_REFERENCE = re.compile(rb"(?<!\d)(\d{1,9})\s+\d{1,5}\s+R\b")
_RESOURCES = re.compile(rb"/Resources\s+(\d+)\s+\d+\s+R")
_FONTS = re.compile(rb"/Font\s*(?:<<(?P<inside>[^>]*)>>|(?P<number>\d+)\s+\d+\s+R)")
_FONT_PARTS = re.compile(rb"/(?:ToUnicode|Encoding|DescendantFonts)\s*\[?\s*(\d+)\s+\d+\s+R")
_CONTENTS = re.compile(rb"/Contents\s*\[?\s*(\d+)\s+\d+\s+R")
_PACKED = re.compile(rb"/Type\s*/ObjStm")
_COUNT = re.compile(rb"/N\s+(\d+)")
_FIRST = re.compile(rb"/First\s+(\d+)")
_STREAM = re.compile(rb"stream\r?\n")
_ENCRYPTED = re.compile(rb"/Encrypt\s+\d+\s+\d+\s+R|/Filter\s*/Standard\b")
_HEADER = b"%PDF-"
_END = b"endobj"
_HEAD = 20_000  # bytes of an object that are searched: dictionaries are short, streams are not
_MAX_UNPACKED = 64_000_000  # bytes of one unpacked stream: more is a trap

Objects = dict[int, bytes]


def rebuild(data: bytes) -> bytes | None:
    """Return the file with a new catalog of the pages found in it.

    Objects that were packed into streams are written out, since the list of them is gone.

    Args:
        data: the bytes of a PDF that cannot be opened.

    Returns:
        None if no page is found that can be read, or if the file is encrypted: the key is lost
        with its end.
    """
    data = data[max(data.find(_HEADER), 0) :]
    if _ENCRYPTED.search(data):
        return None
    known, unpacked = _all_objects(data)
    pages = [number for number, body in known.items() if _PAGE.search(body[:_HEAD])]
    if not any(_is_legible(known[number], known) for number in pages):
        return None
    # What is behind the last whole object would swallow what is written next.
    whole = data[: data.rfind(_END) + len(_END)]
    return whole + b"\n" + b"".join(_new_end(pages, known, unpacked))


def _all_objects(data: bytes) -> tuple[Objects, Objects]:
    """All objects as they stand last in the file, and those of them that are packed."""
    known: Objects = {}
    unpacked: Objects = {}
    for number, body in _plain_objects(data):
        known[number] = body
        unpacked.pop(number, None)
        if _PACKED.search(body[:_HEAD]):
            inside = dict(_packed_objects(body))
            known.update(inside)
            unpacked.update(inside)
    return known, unpacked


def has_broken_objects(data: bytes) -> bool:
    """Do more objects end than begin, or begin than end? A sound file has as many of each.

    A page whose content is in such an object comes out blank.
    """
    return data.count(_END) != sum(1 for _ in _OBJECT.finditer(data))


def _new_end(pages: list[int], known: Objects, unpacked: Objects) -> Iterator[bytes]:
    """The packed objects, the list of pages, the catalog, and the trailer that names it."""
    for number, body in unpacked.items():
        yield b"%d 0 obj\n%s\nendobj\n" % (number, body)
    top = max(known) + 1
    missing = top + 2  # an object that is not there: the page keeps its place and is left out
    kids = [number if _is_legible(known[number], known) else missing for number in pages]
    names = b" ".join(b"%d 0 R" % number for number in kids)
    yield b"%d 0 obj\n<</Type/Pages/Count %d/Kids[%s]>>\nendobj\n" % (top, len(kids), names)
    yield b"%d 0 obj\n<</Type/Catalog/Pages %d 0 R>>\nendobj\n" % (top + 1, top)
    yield b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n0\n%%%%EOF\n" % (top + 2, top + 1)


def _plain_objects(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and body of each object that is there to its end."""
    match = _OBJECT.search(data)
    while match:
        end = data.find(_END, match.end())
        if end < 0:
            return
        yield int(match[1]), data[match.end() : end]
        match = _OBJECT.search(data, end)


def _packed_objects(body: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and body of each object in an object stream; none if it cannot be unpacked."""
    count, first, start = _COUNT.search(body), _FIRST.search(body), _STREAM.search(body)
    if not (count and first and start):
        return
    try:
        text = zlib.decompressobj().decompress(body[start.end() :], _MAX_UNPACKED)
        numbers = [int(part) for part in text[: int(first[1])].split()[: 2 * int(count[1])]]
    except (zlib.error, ValueError):
        return
    places = [*(int(first[1]) + place for place in numbers[1::2]), len(text)]
    for k, number in enumerate(numbers[: 2 * (len(places) - 1) : 2]):
        yield number, text[places[k] : places[k + 1]]


def _is_legible(page: bytes, known: Objects) -> bool:
    """Are the page's content and its fonts in the file, and all that tells letters from glyphs?"""
    contents = _CONTENTS.search(page)
    if contents is None or int(contents[1]) not in known:
        return False
    reference = _RESOURCES.search(page)
    resources = known.get(int(reference[1]), b"") if reference else page
    fonts = _FONTS.search(resources[:_HEAD])
    if fonts is None:
        return False
    inside = fonts["inside"]
    if inside is None:
        inside = known.get(int(fonts["number"]), b"")
    numbers = [int(number) for number in _REFERENCE.findall(inside)]
    return bool(numbers) and all(_is_whole_font(known.get(number), known) for number in numbers)


def _is_whole_font(font: bytes | None, known: Objects) -> bool:
    return font is not None and all(int(part) in known for part in _FONT_PARTS.findall(font))
