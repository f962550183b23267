"""Cross-references, page trees and other structures that are wrong, false or circular."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.hostile.kinds import Shelf
from tests.hostile.no_pdf import CUT, DAMAGED, MOST_PAGES
from tests.hostile.raw import HEADER, HELVETICA, Raw, plan, plan_file, shown, table, trailer_of

shelf = Shelf("Broken, false and circular structures")


@shelf.put("no-table", "no cross-reference table")
def no_table() -> bytes:
    """The table of objects is cut out."""
    data = plan_file()
    return data[: data.index(b"xref\n")] + data[data.index(b"trailer") :]


@shelf.put("wrong-places", "all places in the cross-reference table are wrong")
def wrong_places() -> bytes:
    """Each is off by 7 bytes."""
    return re.sub(rb"(\d{10}) 00000 n", lambda m: b"%010d 00000 n" % (int(m[1]) + 7), plan_file())


@shelf.put("table-loop", "a cross-reference table that follows itself")
def table_loop() -> bytes:
    """/Prev names the table that it stands in."""
    data = plan_file()
    start = data.rindex(b"xref\n0")
    return data.replace(b"/Root", b"/Prev %d/Root" % start)


@shelf.put("tables-in-a-ring", "two tables that follow each other")
def tables_in_a_ring() -> bytes:
    """Each is the other's /Prev."""
    pdf = Raw()
    root = pdf.tree([pdf.page(plan())])
    out = bytearray(HEADER)
    places = pdf.write(out, pdf.objects.items())
    first = len(out)
    out += table(places, pdf.top)
    second = (
        first
        + len(table(places, pdf.top))
        + len(trailer_of(pdf.top + 1, root, first, b"/Prev %010d" % 0))
    )
    out += trailer_of(pdf.top + 1, root, first, b"/Prev %010d" % second)
    out += table(places, pdf.top)
    out += trailer_of(pdf.top + 1, root, second, b"/Prev %010d" % first)
    return bytes(out)


@shelf.put("table-of-millions", "a table that claims 2,000,000,000 objects")
def table_of_millions() -> bytes:
    """Its rows end after ten."""
    data = plan_file()
    return re.sub(rb"xref\n0 \d+", b"xref\n0 2000000000", data).replace(
        b"/Size 7", b"/Size 2000000000"
    )


@shelf.put("far-object", "an object numbered 4,000,000,000")
def far_object() -> bytes:
    """Beyond what any reader keeps."""
    data = plan_file()
    return data.replace(b"xref\n0 ", b"4000000000 0 obj\n<</A 4000000000 0 R>>\nendobj\nxref\n0 ")


@shelf.put("no-catalog", "the trailer names no catalog", issue=CUT)
def no_catalog() -> bytes:
    """/Root is a number that is no object."""
    return re.sub(rb"/Root \d+ 0 R", b"/Root 99 0 R", plan_file())


@shelf.put("pages-of-itself", "a page tree that holds itself", code=4, sees=DAMAGED)
def pages_of_itself() -> bytes:
    """Its only child is itself."""
    pdf = Raw()
    tree = pdf.room()
    pdf.add(b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % tree, tree)
    return pdf.done(pdf.add(b"<</Type/Catalog/Pages %d 0 R>>" % tree))


@shelf.put(
    "pages-in-a-ring",
    "a page tree with a branch that leads back to its root",
    sees="4 recommendations",
)
def pages_in_a_ring() -> bytes:
    """pdfium counts two pages, and gives the one that is there for both."""
    pdf = Raw()
    tree, branch = pdf.room(), pdf.room()
    page = pdf.page(plan(), parent=tree)
    pdf.add(b"<</Type/Pages/Count 1/Parent %d 0 R/Kids[%d 0 R]>>" % (tree, tree), branch)
    pdf.add(b"<</Type/Pages/Count 2/Kids[%d 0 R %d 0 R]>>" % (page, branch), tree)
    return pdf.done(pdf.add(b"<</Type/Catalog/Pages %d 0 R>>" % tree))


@shelf.put("parents-in-a-ring", "a page whose parent is itself")
def parents_in_a_ring() -> bytes:
    """What a page inherits is looked for above it."""
    pdf = Raw()
    page = pdf.page(plan())
    pdf.objects[page] = pdf.objects[page].replace(b"/Parent @ 0 R", b"/Parent %d 0 R" % page)
    pdf.objects[page] = pdf.objects[page].replace(b"/MediaBox[0 0 842 595]", b"")
    return pdf.done(pdf.tree([page]))


@shelf.put("deep-pages", "a page tree of 20,000 levels", issue=CUT)
def deep_pages() -> bytes:
    """One child each."""
    pdf = Raw()
    levels = [pdf.room() for _ in range(20_000)]
    page = pdf.page(plan(), parent=levels[-1])
    for here, below in zip(levels, [*levels[1:], page], strict=True):
        pdf.add(b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % below, here)
    return pdf.done(pdf.add(b"<</Type/Catalog/Pages %d 0 R>>" % levels[0]))


@shelf.put("same-page", "one page 100,000 times", code=1, sees=MOST_PAGES)
def same_page() -> bytes:
    """The file is small, the document is not."""
    pdf = Raw()
    page = pdf.page(shown("A page"))
    tree = pdf.add(b"<</Type/Pages/Count 100000/Kids[%s]>>" % (b"%d 0 R " % page * 100_000))
    return pdf.done(pdf.add(b"<</Type/Catalog/Pages %d 0 R>>" % tree))


def _counted(count: bytes) -> bytes:
    pdf = Raw()
    return pdf.done(pdf.tree([pdf.page(plan())], count=count))


shelf.add(
    "count-100000",
    "one page, said to be 100,000",
    lambda: _counted(b"100000"),
    code=1,
    sees=MOST_PAGES,
)
shelf.add("count-huge", "one page, said to be 10^18", lambda: _counted(b"1" + b"0" * 18))
shelf.add("count-negative", "one page, said to be -5", lambda: _counted(b"-5"))
shelf.add("count-nothing", "one page, said to be none", lambda: _counted(b"0"))


@shelf.put("no-page", "a page tree without a page", code=4, sees=DAMAGED)
def no_page() -> bytes:
    """Sound but for that."""
    pdf = Raw()
    return pdf.done(pdf.tree([]))


@shelf.put("kids-of-all-kinds", "a page tree of numbers, names, fonts, and one page", issue=CUT)
def kids_of_all_kinds() -> bytes:
    """What is no page is passed over."""
    pdf = Raw()
    page, font, number = pdf.page(plan()), pdf.add(HELVETICA), pdf.add(b"4")
    root = pdf.tree([page, font, number, 999])
    tree = root - 1
    pdf.objects[tree] = pdf.objects[tree].replace(b"Kids[", b"Kids[null 3 /A (b) ")
    return pdf.done(root)


@shelf.put("twice-the-same-object", "objects that are there twice, with other content")
def twice_the_same_object() -> bytes:
    """The table names the second ones."""
    pdf = Raw()
    root = pdf.tree([pdf.page(plan())])
    out = bytearray(HEADER)
    wrong = Raw()
    wrong.tree([wrong.page(shown("Nothing to see here"))])
    pdf.write(out, wrong.objects.items())
    places = pdf.write(out, pdf.objects.items())
    start = len(out)
    return bytes(out + table(places, pdf.top) + trailer_of(pdf.top + 1, root, start))


@shelf.put("update-replaces", "an update at the end that replaces the pages")
def update_replaces() -> bytes:
    """What counts is the last state, as every viewer shows it."""
    before = Raw()
    root = before.tree([before.page(shown("A letter, and no plan at all"))])
    out = bytearray(before.done(root))
    first = out.rindex(b"xref\n0")
    after = Raw()
    after.top = before.top
    page = after.page(plan())
    tree = root - 1
    after.objects[page] = after.objects[page].replace(b"@", b"%d" % tree)
    after.add(b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % page, tree)
    places = after.write(out, after.objects.items())
    start = len(out)
    out += b"xref\n" + b"".join(
        b"%d 1\n%010d 00000 n \n" % (number, place) for number, place in sorted(places.items())
    )
    return bytes(out + trailer_of(after.top + 1, root, start, b"/Prev %d" % first))


@shelf.put("length-of-itself", "a stream whose length is the stream itself")
def length_of_itself() -> bytes:
    """Readers look for its end instead."""
    return _with_length(lambda number: b"%d 0 R" % number)


@shelf.put("length-huge", "a stream that claims to be 9 GB long")
def length_huge() -> bytes:
    """The same."""
    return _with_length(lambda _: b"9000000000")


@shelf.put("length-negative", "a stream that claims to be -1 byte long")
def length_negative() -> bytes:
    """The same."""
    return _with_length(lambda _: b"-1")


def _with_length(said: Callable[[int], bytes]) -> bytes:
    pdf = Raw()
    page = pdf.page(plan(), packed=0)
    (named,) = re.findall(rb"/Contents (\d+)", pdf.objects[page])
    number = int(named)
    length = said(number)
    pdf.objects[number] = re.sub(rb"/Length \d+", b"/Length " + length, pdf.objects[number])
    return pdf.done(pdf.tree([page]))


@shelf.put("objects-in-themselves", "a stream of objects that holds itself", code=4, sees=DAMAGED)
def objects_in_themselves() -> bytes:
    """And says that it goes on in itself."""
    pdf = Raw()
    number = pdf.room()
    body = b"%d 0 <</Type/Catalog/Pages %d 0 R>>" % (number, number)
    first = len(b"%d 0 " % number)
    pdf.stream(body, b"/Type/ObjStm/N 1/First %d/Extends %d 0 R" % (first, number), number=number)
    return pdf.done(number)


@shelf.put("bookmarks-in-a-ring", "bookmarks that follow each other in a ring")
def bookmarks_in_a_ring() -> bytes:
    """Bookmarks are not read."""
    pdf = Raw()
    top, a, b = pdf.room(), pdf.room(), pdf.room()
    pdf.add(b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count 2>>" % (a, b), top)
    pdf.add(b"<</Title(a)/Parent %d 0 R/Next %d 0 R/First %d 0 R>>" % (b, b, a), a)
    pdf.add(b"<</Title(b)/Parent %d 0 R/Next %d 0 R/First %d 0 R>>" % (a, a, b), b)
    return pdf.done(pdf.tree([pdf.page(plan())], entries=b"/Outlines %d 0 R" % top))


@shelf.put("tags-in-a-ring", "a structure tree that holds itself")
def tags_in_a_ring() -> bytes:
    """The tree is followed to a depth, and each part once."""
    pdf = Raw()
    tree, table_, row = pdf.room(), pdf.room(), pdf.room()
    pdf.add(b"<</Type/StructTreeRoot/K[%d 0 R]>>" % table_, tree)
    kids = b"/K[%d 0 R %d 0 R 0]" % (row, table_)
    pdf.add(b"<</Type/StructElem/S/Table/P %d 0 R%s>>" % (row, kids), table_)
    pdf.add(b"<</Type/StructElem/S/TR/P %d 0 R/K[%d 0 R]>>" % (table_, table_), row)
    entries = b"/MarkInfo<</Marked true>>/StructTreeRoot %d 0 R" % tree
    content = b"/P<</MCID 0>>BDC\n" + plan() + b"\nEMC"
    return pdf.done(pdf.tree([pdf.page(content, entries=b"/StructParents 0")], entries=entries))


@shelf.put("deep-tags", "a structure tree of 50,000 levels")
def deep_tags() -> bytes:
    """Each holds the next."""
    pdf = Raw()
    tree = pdf.room()
    levels = [pdf.room() for _ in range(50_000)]
    for above, here, below in zip([tree, *levels], levels, [*levels[1:], 0], strict=False):
        kids = b"/K %d 0 R" % below if below else b"/K 0"
        pdf.add(b"<</Type/StructElem/S/Div/P %d 0 R%s>>" % (above, kids), here)
    pdf.add(b"<</Type/StructTreeRoot/K %d 0 R>>" % levels[0], tree)
    entries = b"/MarkInfo<</Marked true>>/StructTreeRoot %d 0 R" % tree
    content = b"/P<</MCID 0>>BDC\n" + plan() + b"\nEMC"
    return pdf.done(pdf.tree([pdf.page(content, entries=b"/StructParents 0")], entries=entries))
