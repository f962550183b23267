"""Changes to a PDF that keep most of it whole, so that they reach what lies behind the parser."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

_NUMBER = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
_NUMBERS = (
    *(b"0", b"-1", b"1", b"2", b"0.0001", b"-0.5", b"255", b"65535", b"65536", b"99999"),
    *(b"2147483647", b"-2147483648", b"4294967296", b"1e9", b"999999999999999999999", b"842"),
)
_TOKENS = (
    *(b" q ", b" Q ", b" BT ", b" ET ", b" re f ", b" m ", b" l S ", b" h ", b" W n ", b" 3 Tr "),
    *(
        b" 0 1 -1 0 300 300 cm ",
        b" 1000 0 0 1000 0 0 cm ",
        b" 0 0 0 0 0 0 cm ",
        b" 90 Tz ",
        b" (x) Tj ",
    ),
    *(b"/Rotate 90", b"/Rotate 45", b"/UserUnit 9", b"/MediaBox[0 0 0 0]", b"/CropBox[9 9 9 9]"),
    *(b"<<", b">>", b"[", b"]", b"endobj\n", b"stream\n", b"endstream\n", b" 1 0 R ", b" null "),
    *(b"\x00", b"\xfe\xff", b"(\\033[31m)", b"(\xe2\x80\xae)", b"/Filter/FlateDecode", b"xref\n"),
)


def mutated(data: bytes, seed: int, other: bytes) -> bytes:
    """Return `data` with one to four changes; `other` is a PDF to take pieces from."""
    random = Random(seed)
    for _ in range(random.randint(1, 4)):
        change = random.choice(_CHANGES)
        data = change(data, random, other)
    return data


def _number(data: bytes, random: Random, other: bytes) -> bytes:
    """Another number in place of one: half the time one near it."""
    found = list(_NUMBER.finditer(data))
    if not found:
        return data
    old = random.choice(found)
    near = b"%d" % (int(float(old[0])) + random.choice((-10, -1, 1, 10, 100)))
    new = near if random.random() < 0.5 else random.choice(_NUMBERS)
    return data[: old.start()] + new + data[old.end() :]


def _token(data: bytes, random: Random, other: bytes) -> bytes:
    at = random.randint(0, len(data))
    return data[:at] + random.choice(_TOKENS) + data[at:]


def _piece(data: bytes, random: Random, other: bytes) -> bytes:
    """Some lines of the other PDF in place of some lines."""
    theirs = _span(other, random)
    start, end = _ends(data, random)
    return data[:start] + theirs + data[end:]


def _again(data: bytes, random: Random, other: bytes) -> bytes:
    """Some lines a second time, elsewhere."""
    at, _ = _ends(data, random)
    return data[:at] + _span(data, random) + data[at:]


def _out(data: bytes, random: Random, other: bytes) -> bytes:
    start, end = _ends(data, random)
    return data[:start] + data[end:]


def _cut(data: bytes, random: Random, other: bytes) -> bytes:
    return data[: random.randint(0, len(data))] if random.random() < 0.2 else data


def _byte(data: bytes, random: Random, other: bytes) -> bytes:
    if not data:
        return data
    at = random.randrange(len(data))
    return data[:at] + bytes([random.randrange(256)]) + data[at + 1 :]


def _ends(data: bytes, random: Random) -> tuple[int, int]:
    """Where up to eight lines begin and end."""
    start = data.find(b"\n", random.randint(0, len(data))) + 1
    end = start
    for _ in range(random.randint(1, 8)):
        end = data.find(b"\n", end) + 1 or len(data)
    return start, max(start, end)


def _span(data: bytes, random: Random) -> bytes:
    start, end = _ends(data, random)
    return data[start:end]


_CHANGES: tuple[Callable[[bytes, Random, bytes], bytes], ...] = (
    *(_number, _number, _number, _token, _token),
    *(_piece, _again, _out, _cut, _byte),
)
