"""Break text into lines by a font's widths, and pad cells so that their items stand level."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from samples.source import Para, Row, Table

FONTS = Path("/usr/share/fonts/truetype/liberation")
PADDING_CM = 0.38
"""Left and right padding of a Word table cell, together."""


@cache
def registered(font: str) -> str:
    """Register a Liberation font with reportlab and return its name there.

    Raises:
        reportlab.pdfbase.ttfonts.TTFError: the font is not installed (fonts-liberation).
    """
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    family, _, style = font.partition(":")
    name = f"{family.replace(' ', '')}-{style or 'Regular'}"
    pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{name}.ttf")))
    return name


def wrap(text: str, font: str, size: float, width: float) -> list[str]:
    """Return the lines of `text` in a column of `width` points.

    Breaks at spaces and behind hyphens; a word wider than the column is cut without a hyphen.
    """
    from reportlab.pdfbase.pdfmetrics import stringWidth

    name = registered(font)
    lines: list[str] = []
    line = ""
    for word in pieces(text):
        if line and stringWidth((line + word).rstrip(), name, size) > width:
            lines.append(line.rstrip())
            line = ""
        while stringWidth(word.rstrip(), name, size) > width:
            fits = max(n for n in range(1, len(word) + 1)
                       if n == 1 or stringWidth(word[:n], name, size) <= width)
            lines.append(word[:fits])
            word = word[fits:]
        line += word
    return [*lines, line.rstrip()]


def pieces(text: str) -> list[str]:
    """Return words, each with the space behind it, and the parts of a hyphenated word."""
    out: list[str] = []
    for word in text.split(" "):
        parts = word.split("-")
        out += [part + "-" for part in parts[:-1] if part]
        out.append(parts[-1] + " ")
    return out


def levelled(table: Table, row: Row, font: str, size: float) -> dict[str, list[Para]]:
    """Return a row's cells, empty paragraphs put in so that items stand level with actions."""
    key = table.says.get("actions", "do")
    if not any(para.tag == "level" for cell in row.cells.values() for para in cell):
        return row.cells
    width = {k: (w - PADDING_CM) * 72 / 2.54
             for k, w in zip(table.keys, table.widths, strict=True)}
    starts, at = [], 0
    for para in row.cells[key]:
        if para.tag == "do":
            starts.append(at)
        at += len(wrap(para.printed, font, size, width[key]))
    cells = dict(row.cells)
    for column, paras in row.cells.items():
        if any(para.tag == "level" for para in paras):
            cells[column] = padded(paras, starts, font, size, width[column])
    return cells


def padded(
    paras: list[Para], starts: list[int], font: str, size: float, width: float
) -> list[Para]:
    """Return one cell's paragraphs with the empty ones put in."""
    out: list[Para] = []
    at = 0
    for para in paras:
        if para.tag == "level":
            gap = max(0, starts[int(para.arg) - 1] - at)
            out += [Para("")] * gap
            at += gap
        out.append(para)
        at += len(wrap(para.printed, font, size, width))
    return out
