"""Plan PDFs made up in numbers, with what they say: for measurements of whole runs.

A plan is a ruled table of six columns on landscape A4, its rows cut wherever a page is full, the
header printed on each page; about 300 words stand on a page. Names of people and bodies are
invented; every text differs.
"""

from __future__ import annotations

import io
import json
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from random import Random

from made_plans import sentence, word
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

WIDE, HIGH = 842.0, 595.0
LEFT, TOP, BOTTOM = 36.0, 60.0, 555.0
FONT, SIZE, LEADING, PAD = "Helvetica", 10.0, 12.5, 5.4
COLUMNS = (
    ("Recommendation", 150.0),
    ("Action", 180.0),
    ("Lead officer", 90.0),
    ("Agency", 80.0),
    ("Target date", 60.0),
    ("Progress", 210.0),
)
_POSTS = (
    "Head of Safeguarding", "Detective Superintendent", "Service Manager", "Named GP",
    "Director of Nursing", "Designated Nurse", "Strategic Coordinator", "Housing Manager",
)  # fmt: skip
_BODIES = ("Police", "Council", "Hospital Trust", "Housing", "Community Safety Partnership")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Said:
    """What one recommendation says: the truth of a made plan."""

    number: str
    text: str
    action: str
    lead: str
    post: str
    agency: str
    target: str
    updates: tuple[tuple[str, str], ...]

    def cells(self) -> list[list[str]]:
        """The paragraphs of its cells, left to right."""
        return [
            [f"Recommendation {self.number}", self.text],
            [self.action],
            [self.lead, self.post],
            [self.agency],
            [self.target],
            [f"{label}: {text}" for label, text in self.updates],
        ]


def made(seed: int, pages: int, *, brief: bool = False) -> tuple[bytes, list[Said]]:
    """Return a plan of that many pages and what it says; the same for the same seed.

    A `brief` one has a sentence in each cell, and so some five rows on a page instead of one.
    """
    random = Random(seed)
    words = [word(random) for _ in range(60)]
    place = word(random)
    buffer = io.BytesIO()
    sheet = _Sheet(Canvas(buffer, (WIDE, HIGH), invariant=1), f"{place} Safety Partnership")
    said: list[Said] = []
    while sheet.number < pages or sheet.y < BOTTOM - 160:
        one = _said(random, words, place, len(said) + 1, long=pages > 1 and not brief)
        if brief:
            one = replace(one, updates=one.updates[:1])
        if not sheet.fits(one, pages):
            break
        sheet.draw(one)
        said.append(one)
    sheet.canvas.save()
    return buffer.getvalue(), said


def _said(random: Random, words: list[str], place: str, number: int, *, long: bool) -> Said:
    def prose(most: int) -> str:
        return " ".join(sentence(random, words) for _ in range(random.randint(1, most)))

    def date() -> str:
        return f"{random.choice(_MONTHS)} {random.randint(2012, 2024)}"

    return Said(
        str(number),
        prose(3 if long else 1),
        prose(9 if long else 1),
        f"{random.choice(words)} {random.choice(words)}",
        random.choice(_POSTS),
        f"{place} {random.choice(_BODIES)}",
        date(),
        tuple((f"Update {date()}", prose(8 if long else 1)) for _ in range(random.randint(1, 3))),
    )


class _Sheet:
    """A plan under construction; y runs down from the page's top."""

    def __init__(self, canvas: Canvas, partnership: str) -> None:
        self.canvas = canvas
        self.partnership = partnership
        self.number = 0
        self._turn()

    def fits(self, said: Said, pages: int) -> bool:
        """Would the row end within `pages`?"""
        room = BOTTOM - self.y + (pages - self.number) * (BOTTOM - TOP - 2 * LEADING - 8)
        return max(map(len, _wrapped(said))) * LEADING + 2 * LEADING < room

    def draw(self, said: Said) -> None:
        """Draw a row; what does not fit goes on over the page."""
        cells = _wrapped(said)
        while any(cells):
            room = int((BOTTOM - self.y - 2 * PAD) // LEADING)
            if room < 2:
                self._turn()
                continue
            self._row([cell[:room] for cell in cells])
            cells = [cell[room:] for cell in cells]

    def _turn(self) -> None:
        if self.number:
            self.canvas.showPage()
        self.number += 1
        self.canvas.setFont(FONT, SIZE)
        self.canvas.setLineWidth(0.5)
        title = f"{self.partnership} - Domestic Homicide Review action plan"
        self.canvas.drawString(LEFT, HIGH - 36, title)
        self.canvas.drawRightString(WIDE - LEFT, 24, f"Page {self.number}")
        self.y = TOP
        self._row([[header] for header, _ in COLUMNS])

    def _row(self, cells: list[list[str]]) -> None:
        height = max(map(len, cells)) * LEADING + 2 * PAD
        x = LEFT
        for (_, width), lines in zip(COLUMNS, cells, strict=True):
            self.canvas.rect(x, HIGH - self.y - height, width, height)
            text = self.canvas.beginText(x + PAD, HIGH - self.y - PAD - SIZE)
            text.setLeading(LEADING)
            text.textLines(lines)
            self.canvas.drawText(text)
            x += width
        self.y += height


def _wrapped(said: Said) -> list[list[str]]:
    """The lines of each cell."""
    return [
        [line for paragraph in cell for line in _split(paragraph, width - 2 * PAD)]
        for cell, (_, width) in zip(said.cells(), COLUMNS, strict=True)
    ]


@cache
def _split(text: str, width: float) -> list[str]:
    if stringWidth(text, FONT, SIZE) <= width:
        return [text]
    return list(simpleSplit(text, FONT, SIZE, width))


def make_folder(folder: Path, count: int, pages: int) -> Path:
    """Return `folder` with `count` plans of `pages` pages and ``truth.json``; made once."""
    truth = folder / "truth.json"
    if not truth.exists():
        folder.mkdir(parents=True, exist_ok=True)
        all_said = {}
        for seed in range(count):
            data, said = made(seed, pages)
            name = f"plan-{seed:05}"
            (folder / f"{name}.pdf").write_bytes(data)
            all_said[name] = [asdict(one) for one in said]
        truth.write_text(json.dumps(all_said), encoding="utf-8")
    return folder
