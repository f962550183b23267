"""Cells for tests, made from text: lines with plausible boxes, pages and leading.

Every character is `ADVANCE` points wide, so that what fits on a line can be counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from actionplan.schemas.tables import Cell, Line, Region

ADVANCE = 5.0
SIZE = 10.0
PITCH = 12.0
PADDING = 5.4
X0 = 100.0


def make_line(
    text: str,
    *,
    page: int = 1,
    x0: float = X0 + PADDING,
    y0: float = 100.0,
    bold: bool = False,
    bold_lead: int = 0,
    glue: str = "space",
) -> Line:
    """One printed line; its box follows from its text."""
    words = text.split()
    return Line(
        text=text,
        page=page,
        bbox=(x0, y0, x0 + ADVANCE * len(text), y0 + SIZE * 1.1),
        size=SIZE,
        bold=bold,
        bold_lead=len(text) if bold else bold_lead,
        first_width=ADVANCE * len(words[0]) if words else 0.0,
        glue=glue,  # type: ignore[arg-type]
    )


def make_cell(*texts: str, chars: int | None = None, region: bool = True) -> Cell:
    """A cell of printed lines, `chars` characters wide (default: the longest line).

    ``""`` is an empty line (extra leading), ``"\\f"`` a page break, leading blanks an indent;
    a part in ``**`` at the start of a line is bold; a line that ends in ``\\u00ac`` was cut inside
    a word.
    """
    widest = max((len(text.strip().replace("*", "")) for text in texts), default=1)
    width = ADVANCE * (chars or widest) + 2 * PADDING
    page, y0, lines, tops = 1, 100.0, [], {1: 100.0}
    for text in texts:
        if text == "\f":
            page, y0 = page + 1, 80.0
            tops[page] = y0
            continue
        if text.strip():
            lines.append(_printed(text, page, y0))
        y0 += PITCH
    pages = sorted({line.page for line in lines})
    regions = [Region(n, (X0, tops[n] - 3, X0 + width, 700.0)) for n in pages] if region else []
    return Cell(lines=lines, regions=regions)


def _printed(text: str, page: int, y0: float) -> Line:
    indent = len(text) - len(text.lstrip())
    text = text.strip()
    lead = 0
    if text.startswith("**"):
        bold, _, rest = text[2:].partition("**")
        text, lead = bold + rest, len(bold)
    glue = "space"
    if text.endswith("\u00ac"):
        text, glue = text[:-1], "cut"
    return make_line(
        text,
        page=page,
        x0=X0 + PADDING + ADVANCE * indent,
        y0=y0,
        bold=0 < lead == len(text),
        bold_lead=lead,
        glue=glue,
    )


def wrap(text: str, chars: int) -> list[str]:
    """Set `text` in lines of at most `chars` characters, as a word processor does."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= chars:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines


def flow(paragraphs: Iterable[str], chars: int, *, between: Sequence[str] = ()) -> Cell:
    """A cell of wrapped paragraphs; `between` is put between each two ("" for an empty line)."""
    texts: list[str] = []
    for paragraph in paragraphs:
        if texts:
            texts.extend(between)
        texts.extend(wrap(paragraph, chars))
    return make_cell(*texts, chars=chars)
