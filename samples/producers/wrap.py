"""Break text into lines by a font's widths, and pad cells so that their items stand level."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from samples.source import Para, Row, Table

FONTS = Path("/usr/share/fonts/truetype/liberation")
SOFT = "\u00ad"
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

    Breaks at spaces, behind hyphens and at soft hyphens, which show only where a line ends in one;
    a word wider than the column is cut without a hyphen.
    """
    lines: list[str] = []
    line = ""
    for word in pieces(text):
        if line and measure(shown(line + word), font, size) > width:
            lines.append(shown(line))
            line = ""
        while measure(shown(word), font, size) > width:
            fits = max(
                n
                for n in range(1, len(word) + 1)
                if n == 1 or measure(word[:n], font, size) <= width
            )
            lines.append(word[:fits])
            word = word[fits:]
        line += word
    return [*lines, shown(line)]


def softened(text: str) -> str:
    """Return `text` with soft hyphens where English words of seven letters and more may break."""
    from pyphen import Pyphen

    words = Pyphen(lang="en_GB")
    return re.sub(r"[A-Za-z]{7,}", lambda match: words.inserted(match[0], SOFT), text)


def measure(text: str, font: str, size: float) -> float:
    """Return the width of `text` in points."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, registered(font), size))


def shown(line: str) -> str:
    """Return a line as printed: a soft hyphen at its end is kept, the others are not."""
    end = SOFT if line.endswith(SOFT) else ""
    return line.replace(SOFT, "").rstrip() + end


def pieces(text: str) -> list[str]:
    """Return the parts between which a line may break, each with the space behind it."""
    out: list[str] = []
    for word in text.split(" "):
        out += [part for part in re.split(f"(?<=[-{SOFT}])(?=.)", word) if part]
        if out:
            out[-1] += " "
    return out


def levelled(table: Table, row: Row, font: str, size: float) -> dict[str, list[Para]]:
    """Return a row's cells, empty paragraphs put in so that items stand level with actions."""
    key = table.says.get("actions", "do")
    if not any(para.tag == "level" for cell in row.cells.values() for para in cell):
        return row.cells
    width = {k: (w - PADDING_CM) * 72 / 2.54 for k, w in zip(table.keys, table.widths, strict=True)}
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
