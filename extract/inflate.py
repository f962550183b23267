"""Streams that unpack to far more than any document needs are found before anything opens them.

A deflated stream can grow to a thousand times its size, and one that is deflated twice to a million
times. A reader that opens such a file fills the memory before it can be asked anything. What is
packed in other ways grows less, or is met by the memory limit alone.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_FILTERS = re.compile(rb"/(?:Filter|F)\s*\[?((?:\s*/\w+)+)")
_FLATE = frozenset((b"FlateDecode", b"Fl"))
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_STREAM = b"stream"
_END = b"endstream"
_HEAD = 4_000  # bytes before a stream in which its dictionary is looked for
_PIECE = 1 << 20  # bytes unpacked at once


@dataclass(frozen=True, slots=True)
class InflateSettings:
    """When a stream is a trap."""

    most: int = 256_000_000
    """Bytes that one stream may unpack to: fonts of whole scripts have 30 MB, pages 5."""

    ratio: int = 1032
    """Times that deflating makes a text smaller at most."""

    times: int = 4
    """Times that a stream may be deflated: once is usual, twice is seen, more is of no use."""


def is_trap(data: bytes, settings: InflateSettings | None = None) -> bool:
    """Does a stream of the PDF unpack to more than a document needs?

    Pictures are not looked at: they may be large, and only drawing a page unpacks them. Nor are
    encrypted streams: what they hold does not unpack.

    Args:
        data: the bytes of the file.
        settings: how much is too much.
    """
    settings = settings or InflateSettings()
    for start, end, times in _packed(data):
        if times > settings.times:
            return True
        # Each step of the way is held in memory, also where less comes out at its end.
        for step in range(1, times + 1):
            grown = (end - start) * settings.ratio**step
            if grown > settings.most < _size(data, start, end, step, settings.most):
                return True
    return False


def _packed(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Where each deflated stream begins and ends, and how often it is deflated."""
    at = data.find(_STREAM)
    while at >= 0:
        begin = at + len(_STREAM)
        if data[at - 3 : at] != b"end":
            end = data.find(_END, begin)
            end = end if end >= 0 else len(data)
            times = _times(data[max(at - _HEAD, 0) : at])
            if times:
                yield begin + (data[begin : begin + 2] == b"\r\n") + 1, end, times
            begin = end
        at = data.find(_STREAM, begin)


def _times(head: bytes) -> int:
    """How often is a stream deflated, by what stands before it? 0 for other kinds and pictures."""
    own = head[head.rfind(b"obj") + 3 :]
    found = _FILTERS.search(own)
    if found is None or _PICTURE.search(own):
        return 0
    times = 0
    for name in found[1].split(b"/")[1:]:
        if name.strip() not in _FLATE:
            break
        times += 1
    return times


def _size(data: bytes, start: int, end: int, times: int, most: int) -> int:
    """Bytes that a stream unpacks to, counted until they are more than `most`."""
    pieces: Iterable[bytes] = (data[k : min(k + _PIECE, end)] for k in range(start, end, _PIECE))
    for _ in range(times):
        pieces = _inflated(pieces)
    size = 0
    try:
        for piece in pieces:
            size += len(piece)
            if size > most:
                break
    except zlib.error:
        pass  # what came before the fault is unpacked by a reader, too
    return size


def _inflated(pieces: Iterable[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj()
    for piece in pieces:
        while piece and not unpacker.eof:
            yield unpacker.decompress(piece, _PIECE)
            piece = unpacker.unconsumed_tail
