"""Small files that ask for much: memory, time, depth."""

from __future__ import annotations

import struct
import zlib
from functools import cache

from tests.hostile.kinds import Shelf
from tests.hostile.no_pdf import CUT, MEMORY, MOST_PAGES, TRAP
from tests.hostile.raw import EDGES, HELVETICA, Raw, plan, plan_file, shown

MB = 1 << 20
shelf = Shelf("Files that ask for much")


@cache
def deflated(megabytes: int, fill: bytes = b"\x20") -> bytes:
    """`megabytes` of one sign, deflated: a block of one megabyte again and again."""
    packer = zlib.compressobj(9)
    head = packer.compress(fill * MB) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(fill * MB) + packer.flush(zlib.Z_FULL_FLUSH)
    # The last checksum is wrong: readers of PDF do not ask for it.
    return head + block * (megabytes - 1) + b"\x03\x00" + bytes(4)


@cache
def twice_deflated(megabytes: int) -> bytes:
    """The same, deflated once more: some kilobytes."""
    return zlib.compress(deflated(megabytes), 9)


FLATE = b"/Filter/FlateDecode"
TWICE = b"/Filter[/FlateDecode/FlateDecode]"


def _with_content(data: bytes, entries: bytes) -> bytes:
    """A page with a plan, and then a second content stream."""
    pdf = Raw()
    sound, bomb = pdf.stream(plan(), packed=1), pdf.stream(data, entries)
    font = pdf.add(HELVETICA)
    page = pdf.add(
        b"<</Type/Page/Parent @ 0 R/MediaBox[0 0 842 595]/Resources<</Font<</F1 %d 0 R>>>>"
        b"/Contents[%d 0 R %d 0 R]>>" % (font, sound, bomb)
    )
    return pdf.done(pdf.tree([page]))


@shelf.put("content-of-2-gb", "a content stream of 2 MB that inflates to 2 GB", code=4, sees=TRAP)
def content_of_2_gb() -> bytes:
    """Of blanks."""
    return _with_content(deflated(2048), FLATE)


@shelf.put(
    "content-of-8-gb", "a content stream of 20 KB that inflates twice, to 8 GB", code=4, sees=TRAP
)
def content_of_8_gb() -> bytes:
    """A deflated stream, deflated again."""
    return _with_content(twice_deflated(8192), TWICE)


@shelf.put("fifty-filters", "a content stream with 50 filters")
def fifty_filters() -> bytes:
    """Each makes a little more of it."""
    data = b"0 0 m 1 1 l S\n"
    for _ in range(50):
        data = data.hex().encode() if len(data) < 1000 else zlib.compress(data)
    return _with_content(data, b"/Filter[%s]" % (b"/ASCIIHexDecode" * 50))


@shelf.put("deflated-1200-times", "a stream said to be deflated 1,200 times", code=4, sees=TRAP)
def deflated_1200_times() -> bytes:
    """Whoever follows all of them is lost, however little there is."""
    data = zlib.compress(zlib.compress(b"0 0 m 1 1 l S\n"))
    return _with_content(data, b"/Filter[%s]" % (b"/Fl" * 1200))


@shelf.put("packed-runs", "a content stream of runs that grow to 64 times their length")
def packed_runs() -> bytes:
    """8 MB of them become 512 MB of blanks."""
    runs = b"\x81\x20" * (4 * MB) + b"\x80"
    return _with_content(zlib.compress(runs), b"/Filter[/FlateDecode/RunLengthDecode]")


@shelf.put("objects-of-4-gb", "a stream of objects that inflates to 4 GB", code=4, sees=TRAP)
def objects_of_4_gb() -> bytes:
    """It claims to hold the catalog."""
    pdf = Raw()
    pdf.stream(deflated(4096), FLATE + b"/Type/ObjStm/N 100000/First 10")
    return pdf.done(99)


@shelf.put("table-of-1-gb", "a cross-reference stream that inflates to 1 GB", code=4, sees=TRAP)
def table_of_1_gb() -> bytes:
    """Behind a file that is sound without it."""
    data = plan_file()
    start = len(data)
    packed = deflated(1024, b"\x01")
    head = b"99 0 obj\n<</Type/XRef/W[1 4 2]/Size 150000000/Root 5 0 R/Length %d%s>>stream\n"
    body = head % (len(packed), FLATE) + packed
    return data + body + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start


@shelf.put(
    "metadata-of-1-gb", "a description of the document that inflates to 1 GB", code=4, sees=TRAP
)
def metadata_of_1_gb() -> bytes:
    """Nobody asks for it."""
    pdf = Raw()
    about = pdf.stream(deflated(1024), FLATE + b"/Type/Metadata/Subtype/XML")
    return pdf.done(pdf.tree([pdf.page(plan())], entries=b"/Metadata %d 0 R" % about))


@shelf.put("map-of-1-gb", "a font whose map of letters inflates to 1 GB", code=4, sees=TRAP)
def map_of_1_gb() -> bytes:
    """The letters have no other meaning."""
    pdf = Raw()
    cmap = pdf.stream(deflated(1024), FLATE)
    font = pdf.add(HELVETICA.replace(b">>", b"/ToUnicode %d 0 R>>" % cmap))
    page = pdf.page(plan(), resources=b"<</Font<</F1 %d 0 R>>>>" % font)
    return pdf.done(pdf.tree([page]))


@shelf.put("deep-lists", "200,000 lists, each within the one before")
def deep_lists() -> bytes:
    """In the catalog, where every reader comes by."""
    return plan_file(entries=b"/X " + b"[" * 200_000 + b"]" * 200_000)


@shelf.put("deep-dictionaries", "100,000 dictionaries, each within the one before")
def deep_dictionaries() -> bytes:
    """In the page."""
    return plan_file(page=b"/X " + b"<</A" * 100_000 + b" 1" + b">>" * 100_000)


@shelf.put("deep-content", "lists within lists in the content of a page")
def deep_content() -> bytes:
    """Operands of an operator."""
    return plan_file(content=b"\n" + b"[" * 300_000 + b"]" * 300_000 + b" TJ\n")


@shelf.put("deep-brackets", "a text of a million brackets")
def deep_brackets() -> bytes:
    """Brackets in a string nest."""
    return plan_file(info=b"/Title " + b"(" * 1_000_000 + b")" * 1_000_000)


@shelf.put("deep-states", "500,000 graphics states kept, none given back")
def deep_states() -> bytes:
    """The operator q."""
    return plan_file(content=b"\n" + b"q " * 500_000)


@shelf.put("list-of-a-million", "a list of 1,000,000 numbers")
def list_of_a_million() -> bytes:
    """In the catalog."""
    return plan_file(entries=b"/X[" + b"1 " * 1_000_000 + b"]")


@shelf.put("numbers-without-end", "numbers of 5,000 digits, of 10^400, of nothing")
def numbers_without_end() -> bytes:
    """As coordinates, font sizes and matrices."""
    odd = [
        b"9" * 5000,
        b"-" + b"9" * 400,
        b"1e400",
        b"1.7976931348623157e308",
        b"NaN",
        b"inf",
        b"--5",
        b"+-.",
        b"0x41",
        b"." + b"0" * 3000 + b"1",
    ]
    parts = [b"%b %b m %b %b l S %b 0 0 %b 0 0 cm" % (n, n, n, n, n, n) for n in odd]
    texts = [b"BT /F1 %b Tf %b %b Td (word) Tj ET" % (n, n, n) for n in odd]
    return plan_file(content=b"\nq\n" + b"\n".join([*texts, *parts]) + b"\nQ")


@shelf.put("long-name", "a name of a million signs")
def long_name() -> bytes:
    """As a key and as a value."""
    return plan_file(page=b"/" + b"A" * MB + b" /" + b"B" * MB)


@shelf.put("forty-thousand-lines", "40,000 pieces of line on a page")
def forty_thousand_lines() -> bytes:
    """A drawing, beside the plan."""
    lines = [
        b"%d.%d %d m %d %d l S" % (k % 700 + 50, k % 10, k % 350 + 20, k * 7 % 700, k * 3 % 350)
        for k in range(40_000)
    ]
    return plan_file(content=b"\n" + b"\n".join(lines))


@shelf.put("lattice", "1,500 lines across and 1,500 down")
def lattice() -> bytes:
    """Two million cells."""
    across = [b"20 %.2f m 820 %.2f l S" % (20 + k / 4, 20 + k / 4) for k in range(1500)]
    down = [b"%.2f 20 m %.2f 395 l S" % (20 + k / 2, 20 + k / 2) for k in range(1500)]
    return plan_file(content=b"\n" + b"\n".join([*across, *down]))


@shelf.put("hatching", "250,000 filled boxes on a page", issue=CUT)
def hatching() -> bytes:
    """More objects than are looked at."""
    boxes = [b"%d %d 7 7 re f" % (k % 100 * 8, k // 100 % 40 * 8) for k in range(250_000)]
    return plan_file(content=b"\n.5 g\n" + b"\n".join(boxes))


@shelf.put("one-path", "one path of 300,000 points")
def one_path() -> bytes:
    """Drawn at the end."""
    points = [b"%d %d l" % (k * 7 % 800, k * 3 % 350) for k in range(300_000)]
    return plan_file(content=b"\n0 0 m\n" + b"\n".join(points) + b" S")


@shelf.put("million-words", "1,000,000 words on a page", issue=CUT)
def million_words() -> bytes:
    """More than are read."""
    lines = []
    for k in range(10_000):
        words = b" ".join(b"%x" % ((7 * k + j) % 4096) for j in range(100))
        lines.append(b"(%s) '" % words)
    rows = b"BT /F1 1 Tf 40 400 Td .035 TL\n" + b"\n".join(lines) + b"\nET"
    return plan_file(content=b"\n" + rows)


@shelf.put("million-letters", "one word of 1,000,000 letters")
def million_letters() -> bytes:
    """In a cell of the plan's table."""
    return plan_file(content=b"\nBT /F1 1 Tf 45 486 Td (" + b"m" * 1_000_000 + b") Tj ET")


@shelf.put("thousand-columns", "a table of 1,000 columns")
def thousand_columns() -> bytes:
    """One point wide each."""
    lines = [b"%d 100 m %d 300 l S" % (k, k) for k in range(20, 821)]
    lines += [b"%d.5 100 m %d.5 300 l S" % (k, k) for k in range(20, 220)]
    lines += [b"20 %d m 820 %d l S" % (k, k) for k in (100, 200, 300)]
    return plan_file(content=b"\n" + b"\n".join(lines))


@shelf.put("plan-of-6000-pages", "a plan of 6,000 pages", code=1, sees=MOST_PAGES)
def plan_of_6000_pages() -> bytes:
    """Sound, but long."""
    pdf = Raw()
    font = b"<</Font<</F1 %d 0 R>>>>" % pdf.add(HELVETICA)
    return pdf.done(pdf.tree([pdf.page(plan(), resources=font) for _ in range(6000)]))


def _nested_forms(levels: int, each: int) -> bytes:
    """Forms that show the next one `each` times, the last of which shows a word."""
    pdf = Raw()
    font = pdf.add(HELVETICA)
    forms = [pdf.room() for _ in range(levels)]
    for here, below in zip(forms, [*forms[1:], 0], strict=True):
        own = b"/XObject<</X %d 0 R>>" % below if below else b"/Font<</F1 %d 0 R>>" % font
        body = b"/X Do " * each if below else shown("word", x=20, y=20)
        head = b"/Type/XObject/Subtype/Form/BBox[0 0 842 595]/Resources<<%s>>" % own
        pdf.stream(body, head, number=here)
    resources = b"<</Font<</F1 %d 0 R>>/XObject<</X %d 0 R>>>>" % (font, forms[0])
    return pdf.done(pdf.tree([pdf.page(plan() + b"\n/X Do", resources=resources)]))


@shelf.put(
    "forms-of-a-billion",
    "30 forms that each show the next one twice: 10^9 words",
    code=1,
    sees=MEMORY,
)
def forms_of_a_billion() -> bytes:
    """The file has 5 KB."""
    return _nested_forms(30, 2)


@shelf.put("deep-forms", "2,000 forms, each within the one before")
def deep_forms() -> bytes:
    """Followed to a depth of 8."""
    return _nested_forms(2000, 1)


@shelf.put("form-of-itself", "a form that shows itself")
def form_of_itself() -> bytes:
    """And another pair that show each other."""
    pdf = Raw()
    a, b, c = pdf.room(), pdf.room(), pdf.room()
    head = b"/Type/XObject/Subtype/Form/BBox[0 0 842 595]/Resources<</XObject<</X %d 0 R>>>>"
    for here, below in ((a, a), (b, c), (c, b)):
        pdf.stream(b"0 0 m 9 9 l S /X Do", head % below, number=here)
    font = pdf.add(HELVETICA)
    own = b"<</Font<</F1 %d 0 R>>/XObject<</A %d 0 R/B %d 0 R>>>>" % (font, a, b)
    return pdf.done(pdf.tree([pdf.page(plan() + b"\n/A Do /B Do", resources=own)]))


def _with_picture(data: bytes, entries: bytes) -> bytes:
    pdf = Raw()
    font = pdf.add(HELVETICA)
    picture = pdf.stream(data, b"/Type/XObject/Subtype/Image" + entries)
    own = b"<</Font<</F1 %d 0 R>>/XObject<</I %d 0 R>>>>" % (font, picture)
    return pdf.done(
        pdf.tree([pdf.page(plan() + b"\nq 200 0 0 200 50 50 cm /I Do Q", resources=own)])
    )


@shelf.put("picture-of-10-gigapixels", "a picture of 100,000 by 100,000 points in 40 bytes")
def picture_of_10_gigapixels() -> bytes:
    """A fax whose lines are not there."""
    return _with_picture(
        b"\x00" * 40,
        b"/Width 100000/Height 100000/ColorSpace/DeviceGray/BitsPerComponent 1"
        b"/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 100000/Rows 100000>>",
    )


@shelf.put("picture-of-3-gb", "a picture in colour that inflates to 3 GB")
def picture_of_3_gb() -> bytes:
    """32,768 by 32,768 points."""
    return _with_picture(
        deflated(3072), b"/Width 32768/Height 32768/ColorSpace/DeviceRGB/BitsPerComponent 8" + FLATE
    )


@shelf.put("photograph-of-4-gigapixels", "a photograph that says it has 65,500 by 65,500 points")
def photograph() -> bytes:
    """A JPEG header, and no photograph behind it."""
    frame = struct.pack(">BHHB", 8, 65500, 65500, 3) + bytes((1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0))
    data = b"\xff\xd8\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame + b"\xff\xda\x00\x0c\xff"
    return _with_picture(
        data,
        b"/Width 65500/Height 65500/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode",
    )


@shelf.put("mask-of-itself", "a picture whose mask is itself")
def mask_of_itself() -> bytes:
    """A soft mask."""
    entries = b"/Width 9/Height 9/ColorSpace/DeviceGray/BitsPerComponent 8/SMask 2 0 R"
    return _with_picture(bytes(81), entries)


@shelf.put("fields-of-10000", "a form of 10,000 fields")
def fields_of_10000() -> bytes:
    """Each shows a word."""
    pdf = Raw()
    look = pdf.stream(b"", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    fields = [
        pdf.add(
            b"<</Type/Annot/Subtype/Widget/FT/Tx/T(%d)/Rect[%d %d %d %d]/AP<</N %d 0 R>>/F 4>>"
            % (k, k % 80 * 10, k // 80, k % 80 * 10 + 9, k // 80 + 9, look)
        )
        for k in range(10_000)
    ]
    named = b" ".join(b"%d 0 R" % field for field in fields)
    page = pdf.page(plan(), entries=b"/Annots[%s]" % named)
    return pdf.done(pdf.tree([page], entries=b"/AcroForm<</Fields[%s]>>" % named))


@shelf.put("cells-of-one-place", "20,000 words at one and the same place")
def cells_of_one_place() -> bytes:
    """In the first cell of the plan."""
    words = b"\n".join(
        b"BT /F1 9 Tf 1 0 0 1 %d 486 Tm (w%d) Tj ET" % (EDGES[0] + 5, k) for k in range(20_000)
    )
    return plan_file(content=b"\n" + words)
