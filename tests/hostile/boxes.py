"""Pages of absurd sizes."""

from __future__ import annotations

from functools import partial

from tests.hostile.kinds import Shelf
from tests.hostile.no_pdf import NO_PLAN
from tests.hostile.raw import Raw, plan

shelf = Shelf("Pages of absurd sizes")


def _boxed(box: bytes, entries: bytes = b"") -> bytes:
    pdf = Raw()
    return pdf.done(pdf.tree([pdf.page(plan(), box=box, entries=entries)]))


for name, wrong, box, more in (
    ("box-of-nothing", "a page of no size", b"[0 0 0 0]", b""),
    ("box-flat", "a page without height", b"[0 0 842 0]", b""),
    ("box-inside-out", "a page whose corners are changed", b"[842 595 0 0]", b""),
    ("box-huge", "a page of 10^9 by 10^9 points", b"[0 0 1000000000 1000000000]", b""),
    ("box-beyond", "a page of 10^38 points", b"[-1e38 -1e38 1e38 1e38]", b""),
    (
        "box-38-digits",
        "the same, written out",
        b"[0 0 1" + b"0" * 38 + b" 1" + b"0" * 38 + b"]",
        b"",
    ),
    ("box-no-number", "a page of NaN by inf points", b"[0 0 NaN inf]", b""),
    ("box-of-words", "a page of words", b"[(a) /b null true]", b""),
    ("box-of-two", "a page with two corners missing", b"[0 0]", b""),
    ("box-missing", "a page without a size", b" null", b""),
    ("box-dust", "a page of a millionth of a point", b"[0 0 .000001 .000001]", b""),
    (
        "crop-elsewhere",
        "a page cropped to where nothing is",
        b"[0 0 842 595]",
        b"/CropBox[5000 5000 6000 6000]",
    ),
    (
        "crop-huge",
        "a crop box of 10^9 points",
        b"[0 0 842 595]",
        b"/CropBox[-1000000000 -1000000000 1000000000 1000000000]",
    ),
    ("turn-by-45", "a page turned by 45 degrees", b"[0 0 842 595]", b"/Rotate 45"),
    ("turn-huge", "a page turned 10^9 times", b"[0 0 842 595]", b"/Rotate 90000000090"),
    ("unit-huge", "a unit of 10^9 points", b"[0 0 842 595]", b"/UserUnit 1000000000"),
    ("unit-negative", "a unit of less than nothing", b"[0 0 842 595]", b"/UserUnit -1"),
):
    _nothing = name in ("box-dust", "crop-elsewhere")
    shelf.add(
        name,
        wrong,
        partial(_boxed, box, more),
        code=3 if _nothing else 0,
        sees=NO_PLAN if _nothing else "2 recommendations",
    )
