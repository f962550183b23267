"""Trouble that reportlab pages can have: how letters are set, and what lies about the page.

``[page]`` may ask for:

    overprint = 0.35      bold text is regular text printed twice, so many points apart
    no_spaces = true      words are placed one by one, without any space glyph
    spaced = 3.0          points between the letters of headings
    white_header = true   header text in white
    hidden, outside       lines of text that no reader sees: invisible, or beside the paper
    line_numbers = 5      every fifth line of the page numbered in the left margin
    upright = "DRAFT"     a grey word standing upright in the middle of the page, over the text
    watermark_over = true the slanted `watermark` lies over the text
    notes                 small lines above the footer of every page
    sideways = true       the page's content is turned, the page is not
"""

from __future__ import annotations

from typing import Any

from samples.producers.wrap import measure, registered
from samples.source import runs

RAISED, RISE, SMALL = 0.62, 0.33, 0.78
"""Sizes of raised letters and small capitals, and how far the raised ones rise; times the size."""


def draw_text(canvas: Any, layout: Any, text: Any, white: bool) -> None:
    """Print one line as the page asks for."""
    settings = layout.page_settings
    faked = text.bold and "overprint" in settings
    font = f"{layout.font}:Bold" if text.bold and not faked else layout.font
    canvas.setFillGray(1.0 if white else 0.0)
    apart = settings.get("spaced", 0.0) if text.size > layout.size else 0.0
    for shift in (0.0, settings["overprint"]) if faked else (0.0,):
        x, y = text.x + shift, layout.height - text.y
        for mark, part in runs(text.text):
            x = draw_run(canvas, settings, mark, part, font, (x, y, text.size), apart)
    canvas.setFillGray(0.0)


def draw_run(
    canvas: Any,
    settings: dict[str, Any],
    mark: str,
    part: str,
    font: str,
    at: tuple[float, float, float],
    apart: float,
) -> float:
    """Print a run of letters at (x, y) in a size; return where the next one begins."""
    x, y, size = at
    if mark == "^":
        size, y = size * RAISED, y + size * RISE
    pieces = [(part, size)]
    if mark == "=":
        pieces = [(part[0].upper(), size), (part[1:].upper(), size * SMALL)]
    for piece, points in pieces:
        canvas.setFont(registered(font), points)
        words = piece.split(" ") if settings.get("no_spaces") else [piece]
        space = measure(" ", font, points)
        for word in words:
            if word:
                canvas.drawString(x, y, word, charSpace=apart)
            x += measure(word, font, points) + apart * len(word) + space
        x -= space
    return x


def draw_unseen(canvas: Any, layout: Any) -> None:
    """Print the lines that nobody sees: invisible ones, and ones beside the paper."""
    settings = layout.page_settings
    canvas.setFont(registered(layout.font), layout.size)
    for at, line in enumerate(settings.get("hidden", [])):
        text = canvas.beginText(layout.left + 40, layout.height - layout.top - 90 - 41 * at)
        text.setTextRenderMode(3)
        text.textLine(line)
        text.setTextRenderMode(0)
        canvas.drawText(text)
    for at, line in enumerate(settings.get("outside", [])):
        canvas.drawString(layout.left, -30 - 14 * at, line)
        canvas.drawString(layout.width + 12, layout.height / 2 + 14 * at, line)


def draw_margin(canvas: Any, layout: Any) -> None:
    """Number the lines of the page in the left margin, and print the notes at its foot."""
    settings = layout.page_settings
    step = settings.get("line_numbers", 0)
    canvas.setFont(registered(layout.font), 7)
    y, number = layout.top + layout.leading, 1
    while step and y < layout.bottom:
        if number % step == 0:
            canvas.drawRightString(layout.left - 14, layout.height - y, str(number))
        y, number = y + layout.leading, number + 1
    notes = settings.get("notes", [])
    for at, line in enumerate(notes):
        y = layout.height - layout.bottom - 12 - 9 * at
        x = layout.left
        for mark, part in runs(line):
            x = draw_run(canvas, {}, mark, part, layout.font, (x, y, 7.5), 0.0)


def draw_upright(canvas: Any, layout: Any) -> None:
    """Print a grey word that is read from below over the middle of the page."""
    settings = layout.page_settings
    if "upright" not in settings:
        return
    canvas.saveState()
    canvas.translate(layout.width * settings.get("upright_at", 0.5), layout.height / 2)
    canvas.rotate(90)
    canvas.setFillGray(0.6)
    canvas.setFillAlpha(0.5)
    canvas.setFont(registered(f"{layout.font}:Bold"), settings.get("upright_size", 64))
    canvas.drawCentredString(0, 0, settings["upright"])
    canvas.restoreState()
