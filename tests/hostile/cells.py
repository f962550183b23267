"""Plans whose text is meant for the program that reads the results."""

from __future__ import annotations

from functools import partial

from tests.hostile.kinds import Shelf
from tests.hostile.no_pdf import NO_PLAN
from tests.hostile.raw import EDGES, ROWS, plan_file

shelf = Shelf("Text meant for other programs, or for the interpretation")

FORMULAS = (
    "=1+2",
    "=HYPERLINK('http://127.0.0.1:9/','x')",
    "+1+2",
    "-1+2",
    "@SUM(A1)",
    "|calc",
    "%0a=1",
    "=cmd|' /c calc'!A1",
    "'=1+2",
)
MARKUP = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</td></table><b>x",
    "<!-- x",
    "]]>",
    "&lt;b&gt;",
    "javascript:alert(1)",
    "{{7*7}}",
    "${7*7}",
    "`id`",
    "$(id)",
    "'; DROP TABLE plans; --",
)


def with_cells(*texts: str) -> bytes:
    """A plan of one row for each text, which stands in all of its cells."""
    rows = [
        (f"{k}. {text}"[:40], text[:36], text[:26], text[:22], text[:22])
        for k, text in enumerate(texts, 1)
    ]
    return plan_file(rows, info=b"/Title(%s)" % texts[0].translate({40: 91, 41: 93}).encode())


shelf.add(
    "formulas",
    "cells that a spreadsheet would reckon",
    partial(with_cells, *FORMULAS),
    sees="9 recommendations",
)
shelf.add(
    "markup",
    "cells of HTML, scripts, commands and queries",
    partial(with_cells, *MARKUP),
    sees="12 recommendations",
)
shelf.add(
    "title-nul",
    "a title with NUL, and half a sign in UTF-16",
    partial(
        plan_file, info=b"/Title(\xfe\xff\x00A\x00\x00\xd8\x00\x00B\x00)/Producer(a\x00b\x1b[31m)"
    ),
)
shelf.add(
    "title-long",
    "a title of a million letters",
    partial(plan_file, info=b"/Title(" + b"m" * 1_000_000 + b")"),
)

LONG = {
    "dates": "1/1/",
    "brackets": "((((",
    "dashes": "----",
    "commas": "a, ",
    "ands": "and ",
    "addresses": "a@a.",
    "numbers": "1.1.",
    "colons": "a: ",
    "capitals": "A B ",
    "blanks": "a    ",
    "quotes": "''\"",
    "slashes": "a/b/",
    "months": "May ",
    "updates": "Update 1/2/14 ",
    "bullets": "\x95 a ",
    "initials": "A.B.C. ",
    "ofs": "Head of ",
    "digits": "1234",
}


def _filled(sign: str) -> bytes:
    """A plan whose cells each hold 6,000 letters of one kind, on lines that fit the cell."""
    text = (sign * 6000)[:6000]
    lines = [b"BT /F1 1 Tf 1.1 TL"]
    for left in EDGES[:-1]:
        lines.append(b"1 0 0 1 %d 519 Tm" % (left + 2))
        for k in range(0, len(text), 400):
            piece = text[k : k + 400].encode("latin-1")
            for special in (b"\\", b"(", b")"):
                piece = piece.replace(special, b"\\" + special)
            lines.append(b"(%s) Tj T*" % piece)
    return plan_file([("1.", "", "", "", ""), ROWS[1]], content=b"\n" + b"\n".join(lines) + b" ET")


_NUMBERED = {"bullets", "dates", "numbers", "slashes"}
_WITHOUT_BLANKS = {"addresses", "capitals", "digits"}
"""Words that run through all columns: the lines around them are taken for a drawing."""
for _name, _sign in LONG.items():
    shelf.add(
        f"cells-of-{_name}",
        f"five cells of 6,000 letters: `{_sign.encode('latin-1').decode('cp1252').strip()}` …",
        partial(_filled, _sign),
        code=3 if _name in _WITHOUT_BLANKS else 0,
        sees=NO_PLAN
        if _name in _WITHOUT_BLANKS
        else f"{5 if _name in _NUMBERED else 2} recommendations",
    )
