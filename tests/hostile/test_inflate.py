"""Streams that unpack to too much are found, others are not looked at for long."""

from __future__ import annotations

import zlib

import pytest

from actionplan.extract.inflate import InflateSettings, is_trap
from actionplan.extract.pdfium import load_bytes
from tests.conftest import ROOT, SAMPLES
from tests.hostile.make import EVERY

SMALL = InflateSettings(most=10_000)


def stream(data: bytes, filters: bytes = b"/Filter/FlateDecode", more: bytes = b"") -> bytes:
    head = b"%%PDF-1.7\n1 0 obj\n<</Length %d%s%s>>stream\r\n" % (len(data), filters, more)
    return head + data + b"\nendstream\nendobj\n"


ZEROS = zlib.compress(bytes(20_000))


@pytest.mark.parametrize(
    ("data", "trap"),
    [
        (stream(ZEROS), True),
        (stream(zlib.compress(bytes(9_000))), False),
        (stream(zlib.compress(ZEROS), b"/Filter [ /FlateDecode /Fl ]"), True),
        (stream(zlib.compress(zlib.compress(bytes(9_000))), b"/Filter[/Fl/Fl]"), False),
        (stream(ZEROS + b"\n" * 5_000), True),
        (stream(zlib.compress(zlib.compress(b"x") + bytes(20_000)), b"/Filter[/Fl/Fl]"), True),
        (stream(zlib.compress(bytes(9_000)) + b"\n" * 5_000), False),
        (stream(ZEROS[:-10]), True),
        (stream(ZEROS, more=b"/Subtype/Image"), False),
        (stream(bytes(500)), False),
        (stream(ZEROS, b""), False),
        (stream(ZEROS, b"/Filter/DCTDecode"), False),
        (stream(ZEROS).replace(b"endstream", b""), True),
        (stream(b"q Q", b"") + stream(ZEROS), True),
        (b"%PDF-1.7 stream endstream stream", False),
    ],
)
def test_what_is_a_trap(data: bytes, trap: bool) -> None:
    assert is_trap(data, SMALL) is trap


@pytest.mark.parametrize("end", range(0, 400, 7))
def test_a_stream_cut_off_anywhere_is_judged_without_an_error(end: int) -> None:
    is_trap((stream(ZEROS) + stream(b"x"))[:end], SMALL)


def test_no_sample_is_a_trap() -> None:
    for path in [*SAMPLES, *(ROOT / "samples").glob("*/*.pdf")]:
        load_bytes(path)


@pytest.mark.parametrize("name", ["hatching", "packed-runs"])
def test_a_large_stream_that_is_no_trap_is_let_pass(name: str) -> None:
    assert not is_trap(EVERY[name].make())
