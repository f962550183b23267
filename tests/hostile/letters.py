"""Letters that are none, and fonts that do not say what their letters are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from tests.hostile.bombs import FLATE, deflated
from tests.hostile.kinds import Shelf
from tests.hostile.no_pdf import NO_PLAN, TRAP
from tests.hostile.raw import EDGES, HELVETICA, Raw, plan, plan_file

shelf = Shelf("Letters and fonts")

NAMED = {
    "escape-signs": (
        "signs that steer a terminal, C0 and C1",
        "\x1b[31m\x1b]0;owned\x07\x9b2J\x90",
    ),
    "control-signs": (
        "all control characters",
        "".join(map(chr, [*range(1, 32), *range(127, 160)])),
    ),
    "turned-signs": (
        "signs that turn the reading direction",
        "\u202egnp.exe\u202c\u2066x\u2069\u200f",
    ),
    "signs-without-width": ("signs without width", "o\u200bn\u200ce\u200d \u2060t\ufeffw\u00ado"),
    "right-to-left": (
        "Hebrew and Arabic",
        "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    ),
    "stacked-marks": (
        "60 accents on each letter",
        "".join("a" + "\u0301\u0328" * 30 for _ in "abc"),
    ),
    "half-signs": ("halves of surrogate pairs", "\ud800a\udfffb"),
    "signs-of-nobody": ("private, unassigned and tag characters", "\ue000\uffff\ufdd0\U000e0041"),
    "line-signs": ("separators of lines and paragraphs", "one\u2028two\u2029three\x85four\x0bfive"),
    "markup-signs": (
        "what a terminal library takes for markup",
        "[red]a[/red] [link=x]b[/] :bomb:",
    ),
}


def _map(meanings: Sequence[str]) -> bytes:
    """A map from the codes 1, 2, 3... to texts."""
    rows = b"\n".join(
        b"<%02x> <%s>" % (code, text.encode("utf-16-be", "surrogatepass").hex().encode())
        for code, text in enumerate(meanings, 1)
    )
    return (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        b"1 begincodespacerange <00> <ff> endcodespacerange\n"
        b"%d beginbfchar\n%s\nendbfchar endcmap end end" % (len(meanings), rows)
    )


def with_letters(text: str) -> bytes:
    """A plan whose first cell also holds `text`, sign by sign, and whose title it is, too."""
    pdf = Raw()
    signs = list(dict.fromkeys(text))
    cmap = pdf.stream(_map(signs))
    widths = b"/FirstChar 1/LastChar %d/Widths[%s]" % (len(signs), b"500 " * len(signs))
    own = HELVETICA.replace(b">>", b"%s/ToUnicode %d 0 R>>" % (widths, cmap))
    fonts = b"<</Font<</F1 %d 0 R/F2 %d 0 R>>>>" % (pdf.add(HELVETICA), pdf.add(own))
    codes = bytes(signs.index(sign) + 1 for sign in text).hex().encode()
    drawn = b"\nBT /F2 5 Tf 1 0 0 1 %d 512 Tm <%s> Tj ET" % (EDGES[0] + 95, codes)
    title = b"\xfe\xff" + text.encode("utf-16-be", "surrogatepass")
    about = pdf.add(b"<</Title<%s>/Producer<%s>>>" % ((title.hex().encode(),) * 2))
    return pdf.done(pdf.tree([pdf.page(plan() + drawn, resources=fonts)]), info=about)


for name, (wrong, text) in NAMED.items():
    shelf.add(name, wrong, partial(with_letters, text))


def _with_font(font: bytes, *more: bytes) -> bytes:
    """The plan's table in a font of which `@1`, `@2`... are the numbers of further objects."""
    pdf = Raw()
    numbers = [pdf.room() for _ in more]
    own = pdf.room()
    numbers = [own, *numbers]
    for number, body in zip(numbers, (font, *more), strict=True):
        for k, other in enumerate(numbers):
            body = body.replace(b"@%d" % k, b"%d 0 R" % other)
        pdf.add(body, number)
    page = pdf.page(plan(), resources=b"<</Font<</F1 %d 0 R>>>>" % own)
    return pdf.done(pdf.tree([page]))


TYPE0 = b"<</Type/Font/Subtype/Type0/BaseFont/Odd/Encoding/Identity-H/DescendantFonts[@1]>>"
CID = (
    b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Odd/FontDescriptor @2"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>"
)
DESCRIPTOR = b"<</Type/FontDescriptor/FontName/Odd/Flags 4/FontBBox[0 0 9 9]>>"


@shelf.put(
    "font-without-map", "a font that does not say what its letters are", code=3, sees=NO_PLAN
)
def font_without_map() -> bytes:
    """Two bytes a letter, no file, no map."""
    return _with_font(TYPE0, CID, DESCRIPTOR)


@shelf.put("font-of-itself", "a font made of itself", code=3, sees=NO_PLAN)
def font_of_itself() -> bytes:
    """Its descendant is itself."""
    return _with_font(TYPE0.replace(b"@1", b"@0"))


@shelf.put("font-missing", "a font that is not there")
def font_missing() -> bytes:
    """The readers take another one."""
    pdf = Raw()
    return pdf.done(pdf.tree([pdf.page(plan(), resources=b"<</Font<</F1 999 0 R>>>>")]))


@shelf.put("font-damaged", "a font whose file is noise")
def font_damaged() -> bytes:
    """An embedded TrueType file of nothing."""
    pdf = Raw()
    noise = pdf.stream(bytes(k * k % 251 for k in range(5000)), b"/Length1 5000")
    about = pdf.add(DESCRIPTOR.replace(b"/Flags 4", b"/Flags 32/FontFile2 %d 0 R" % noise))
    font = pdf.add(
        b"<</Type/Font/Subtype/TrueType/BaseFont/Odd/Encoding/WinAnsiEncoding"
        b"/FontDescriptor %d 0 R>>" % about
    )
    return pdf.done(pdf.tree([pdf.page(plan(), resources=b"<</Font<</F1 %d 0 R>>>>" % font)]))


@shelf.put("font-of-300-mb", "a font whose file inflates to 300 MB", code=4, sees=TRAP)
def font_of_300_mb() -> bytes:
    """Of blanks."""
    pdf = Raw()
    file = pdf.stream(deflated(300), FLATE + b"/Length1 300000000")
    about = pdf.add(DESCRIPTOR.replace(b"/Flags 4", b"/Flags 32/FontFile2 %d 0 R" % file))
    font = pdf.add(
        b"<</Type/Font/Subtype/TrueType/BaseFont/Odd/Encoding/WinAnsiEncoding"
        b"/FontDescriptor %d 0 R>>" % about
    )
    return pdf.done(pdf.tree([pdf.page(plan(), resources=b"<</Font<</F1 %d 0 R>>>>" % font)]))


@shelf.put("letter-draws-itself", "a letter that is drawn by showing itself")
def letter_draws_itself() -> bytes:
    """A font of type 3."""
    pdf = Raw()
    font = pdf.room()
    glyph = pdf.stream(b"500 0 d0 BT /F1 9 Tf (a) Tj ET")
    pdf.add(
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.001 0 0 .001 0 0]"
        b"/CharProcs<</a %d 0 R>>/Encoding<</Differences[32 %s]>>/FirstChar 32/LastChar 126"
        b"/Widths[%s]/Resources<</Font<</F1 %d 0 R>>>>>>"
        % (glyph, b"/a " * 95, b"500 " * 95, font),
        font,
    )
    return pdf.done(pdf.tree([pdf.page(plan(), resources=b"<</Font<</F1 %d 0 R>>>>" % font)]))


@shelf.put("letter-of-thousands", "a map that makes 2,000 letters of each")
def letter_of_thousands() -> bytes:
    """500 of them on the page."""
    pdf = Raw()
    cmap = pdf.stream(_map(["x" * 2000]))
    own = HELVETICA.replace(b">>", b"/ToUnicode %d 0 R>>" % cmap)
    fonts = b"<</Font<</F1 %d 0 R/F2 %d 0 R>>>>" % (pdf.add(HELVETICA), pdf.add(own))
    drawn = b"\nBT /F2 1 Tf 45 300 Td <%s> Tj ET" % (b"01" * 500)
    return pdf.done(pdf.tree([pdf.page(plan() + drawn, resources=fonts)]))


for name, wrong, size in (
    ("letters-huge", "letters of 10^9 points", b"1000000000"),
    ("letters-flat", "letters of no size", b"0"),
    ("letters-upside-down", "letters of a negative size", b"-9"),
):
    shelf.add(
        name,
        f"{wrong} beside the plan",
        partial(plan_file, content=b"\nBT /F1 " + size + b" Tf 400 200 Td (Some more words) Tj ET"),
    )
