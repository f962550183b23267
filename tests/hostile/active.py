"""Files that want something run, opened, sent or fetched."""

from __future__ import annotations

from functools import partial

from tests.hostile.kinds import Shelf
from tests.hostile.no_pdf import NO_PLAN
from tests.hostile.raw import HELVETICA, Raw, plan, plan_file, shown

HOST = b"http://127.0.0.1:9/"
"""The port of "discard": nothing answers, and nothing may ask."""

shelf = Shelf("Files that want something run, opened, sent or fetched")

SCRIPT = b"/S/JavaScript/JS(app.launchURL\\('%s'\\);this.exportDataObject\\({cName:'x'}\\))" % HOST

for name, wrong, entries, page in (
    ("script-on-opening", "JavaScript that runs on opening", b"/OpenAction<<%s>>" % SCRIPT, b""),
    (
        "script-on-page",
        "JavaScript that runs when a page is shown or closed",
        b"/AA<</WC<<%s>>/DS<<%s>>>>" % (SCRIPT, SCRIPT),
        b"/AA<</O<<%s>>/C<<%s>>>>" % (SCRIPT, SCRIPT),
    ),
    (
        "scripts-by-name",
        "JavaScript for the whole document",
        b"/Names<</JavaScript<</Names[(a)<<%s>>]>>>>" % SCRIPT,
        b"",
    ),
    (
        "launches",
        "a program that is to be launched",
        b"/OpenAction<</S/Launch/F(/bin/sh)/Unix(touch owned)/Win<</F(cmd.exe)/P(/c calc)>>>>",
        b"",
    ),
    (
        "goes-elsewhere",
        "another file that is to be opened",
        b"/OpenAction<</S/GoToR/F(/etc/passwd)/D[0/Fit]>>",
        b"",
    ),
    (
        "asks-the-net",
        "an address that is to be opened",
        b"/OpenAction<</S/URI/URI(%s)>>" % HOST,
        b"",
    ),
    (
        "sends-a-form",
        "a form that is to be sent",
        b"/OpenAction<</S/SubmitForm/F<</FS/URL/F(%s)>>/Fields[]/Flags 256>>" % HOST,
        b"",
    ),
    (
        "imports-data",
        "data that is to be read into it",
        b"/OpenAction<</S/ImportData/F(/etc/passwd)>>",
        b"",
    ),
    (
        "link-to-itself",
        "an action that follows itself",
        b"/OpenAction 9 0 R",
        b"/Annots[<</Subtype/Link/Rect[0 0 9 9]/A 9 0 R>>]",
    ),
):
    shelf.add(name, wrong, partial(plan_file, entries=entries, page=page))


@shelf.put("carries-files", "files embedded in it, one of them named ../../owned")
def carries_files() -> bytes:
    """An attachment, and the same as a note on the page."""
    pdf = Raw()
    inside = pdf.stream(b"#!/bin/sh\ntouch owned\n", b"/Type/EmbeddedFile")
    spec = b"<</Type/Filespec/F(../../owned)/UF(../../owned)/EF<</F %d 0 R>>>>" % inside
    note = b"/Annots[<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS%s>>]" % spec
    names = b"/Names<</EmbeddedFiles<</Names[(../../owned)%s]>>>>" % spec
    return pdf.done(pdf.tree([pdf.page(plan(), entries=note)], entries=names))


@shelf.put("fields-with-scripts", "fields that reckon by JavaScript, in a ring")
def fields_with_scripts() -> bytes:
    """The order of calculation names a field that is its own parent."""
    pdf = Raw()
    field = pdf.room()
    act = b"/AA<</C<<%s>>/K<<%s>>/F<<%s>>/V<<%s>>>>" % ((SCRIPT,) * 4)
    pdf.add(
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(1)/Rect[0 0 9 9]/Parent %d 0 R"
        b"/Kids[%d 0 R]%s>>" % (field, field, act),
        field,
    )
    entries = b"/AcroForm<</NeedAppearances true/Fields[%d 0 R]/CO[%d 0 R]>>" % (field, field)
    page = pdf.page(plan(), entries=b"/Annots[%d 0 R]" % field)
    return pdf.done(pdf.tree([page], entries=entries))


@shelf.put("xfa", "an XFA form with a script and an entity that names a file")
def xfa() -> bytes:
    """XFA is not read at all."""
    pdf = Raw()
    packet = pdf.stream(
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">'
        b'<!ENTITY b "&a;&a;&a;&a;">]><xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/">'
        b'<template xmlns="http://www.xfa.org/schema/xfa-template/3.3/"><subform>'
        b'<event activity="initialize"><script contentType="application/x-javascript">'
        b"xfa.host.gotoURL('%s')</script></event>&b;</subform></template></xdp:xdp>" % HOST
    )
    return pdf.done(
        pdf.tree([pdf.page(plan())], entries=b"/AcroForm<</Fields[]/XFA %d 0 R>>" % packet)
    )


@shelf.put("content-from-a-file", "a page whose content is to be read from /etc/passwd")
def content_from_a_file() -> bytes:
    """A stream may name a file; no reader of ours opens it."""
    pdf = Raw()
    sound = pdf.stream(plan(), packed=1)
    other = pdf.stream(b"", b"/F(/etc/passwd)/FFilter/FlateDecode")
    web = pdf.stream(b"", b"/F<</FS/URL/F(%s)>>" % HOST)
    font = pdf.add(HELVETICA)
    page = pdf.add(
        b"<</Type/Page/Parent @ 0 R/MediaBox[0 0 842 595]/Resources<</Font<</F1 %d 0 R>>>>"
        b"/Contents[%d 0 R %d 0 R %d 0 R]>>" % (font, sound, other, web)
    )
    return pdf.done(pdf.tree([page]))


@shelf.put("form-from-a-file", "a form, a picture and a font that are in other files")
def form_from_a_file() -> bytes:
    """A reference XObject, an alternate image, a font file."""
    pdf = Raw()
    head = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Ref<</F(/etc/passwd)/Page 0>>"
    form = pdf.stream(b"", head)
    picture = pdf.stream(
        b"",
        b"/Type/XObject/Subtype/Image/Width 9/Height 9/ColorSpace/DeviceGray/BitsPerComponent 8"
        b"/F<</FS/URL/F(%s)>>/OPI<</2.0<</Type/OPI/Version 2.0/F(/etc/passwd)>>>>" % HOST,
    )
    file = pdf.stream(b"", b"/F(/etc/passwd)")
    about = pdf.add(b"<</Type/FontDescriptor/FontName/Odd/Flags 32/FontFile2 %d 0 R>>" % file)
    odd = pdf.add(HELVETICA.replace(b">>", b"/FontDescriptor %d 0 R>>" % about))
    own = b"<</Font<</F1 %d 0 R/F2 %d 0 R>>/XObject<</X %d 0 R/I %d 0 R>>>>"
    content = plan() + b"\n/X Do /I Do BT /F2 9 Tf 400 200 Td (word) Tj ET"
    resources = own % (pdf.add(HELVETICA), odd, form, picture)
    return pdf.done(pdf.tree([pdf.page(content, resources=resources)]))


@shelf.put(
    "letters-from-a-file",
    "a font whose table of letters is named ../../owned",
    code=3,
    sees=NO_PLAN,
)
def letters_from_a_file() -> bytes:
    """A reader that looks tables up by name may be led to a file of another."""
    pdf = Raw()
    below = pdf.add(
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Odd"
        b"/CIDSystemInfo<</Registry(../../owned)/Ordering(../../../tmp/owned)/Supplement 0>>>>"
    )
    font = pdf.add(
        b"<</Type/Font/Subtype/Type0/BaseFont/Odd/Encoding/..#2F..#2Fowned"
        b"/DescendantFonts[%d 0 R]>>" % below
    )
    cmap = pdf.stream(b"/../../owned usecmap", b"/Type/CMap/CMapName/x/UseCMap/..#2Fowned")
    second = pdf.add(
        b"<</Type/Font/Subtype/Type0/BaseFont/Odd/Encoding %d 0 R/ToUnicode %d 0 R"
        b"/DescendantFonts[%d 0 R]>>" % (cmap, cmap, below)
    )
    own = b"<</Font<</F1 %d 0 R/F2 %d 0 R>>>>" % (font, second)
    content = plan() + b"\nBT /F2 9 Tf 400 200 Td (word) Tj ET"
    return pdf.done(pdf.tree([pdf.page(content, resources=own)]))


@shelf.put("plays-a-film", "a film and a sound, in other files")
def plays_a_film() -> bytes:
    """A Screen annotation that begins when the page is seen."""
    rendition = b"<</S/Rendition/OP 0/R<</S/MR/C<</S/MCD/D(%s)>>>>>>" % HOST
    notes = (
        b"/Annots[<</Subtype/Screen/Rect[0 0 9 9]/A%s/AA<</PV%s>>>>"
        b"<</Subtype/RichMedia/Rect[0 0 9 9]/RichMediaContent<</Assets<<>>>>>>"
        b"<</Subtype/Sound/Rect[0 0 9 9]/Sound<</F(/etc/passwd)>>>>]" % (rendition, rendition)
    )
    return plan_file(page=notes)


@shelf.put("note-shows-itself", "a note whose look is a form that shows itself")
def note_shows_itself() -> bytes:
    """Free text is printed: what it shows is read."""
    pdf = Raw()
    look = pdf.room()
    font = pdf.add(HELVETICA)
    head = (
        b"/Type/XObject/Subtype/Form/BBox[0 0 99 20]/Resources<</Font<</F1 %d 0 R>>"
        b"/XObject<</X %d 0 R>>>>" % (font, look)
    )
    pdf.stream(shown("a note", x=2, y=5) + b"/X Do", head, number=look)
    note = b"<</Type/Annot/Subtype/FreeText/Rect[50 50 149 70]/AP<</N %d 0 R>>/F 4>>" % look
    return pdf.done(pdf.tree([pdf.page(plan(), entries=b"/Annots[%s]" % note)]))
