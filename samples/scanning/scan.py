"""Scan a plan: pages to pictures, what happens to them, and pictures to a PDF."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pypdf
import pypdfium2

from samples.scanning import effects, marks, text_layer
from samples.scanning.effects import Picture
from samples.scanning.specs import Scan, Step
from samples.scanning.write import POINTS_PER_INCH, ScannedPage, add_page, save


def pictures_of(pdf: Path, dpi: float, password: str | None = None) -> list[Picture]:
    """Return each page of a PDF as a picture of `dpi` pixels an inch."""
    document = pypdfium2.PdfDocument(pdf, password=password)
    try:
        return [
            np.array(page.render(scale=dpi / POINTS_PER_INCH).to_numpy()[:, :, :3], np.uint8)
            for page in document
        ]
    finally:
        document.close()


def side_by_side(pictures: list[Picture]) -> list[Picture]:
    """Return pictures two by two on one; a last one alone beside white paper."""
    out = []
    for at in range(0, len(pictures), 2):
        left = pictures[at]
        right = pictures[at + 1] if at + 1 < len(pictures) else np.full_like(left, 255)
        if right.shape[0] != left.shape[0]:
            raise ValueError("pages side by side have to be of one height")
        out.append(np.concatenate([left, right], axis=1))
    return out


def happened(pictures: list[Picture], scan: Scan) -> list[Picture]:
    """Return the pictures after all steps of a scan."""
    out = list(pictures)
    for at, step in enumerate(scan.steps):
        before = list(out)
        for page in step.pages or range(1, len(out) + 1):
            out[page - 1] = _done(step, before, page, _random(scan.seed, at, page))
    return out


def _random(*parts: int) -> np.random.Generator:
    """A generator of its own for each step and page, so that one step changes no other."""
    digest = hashlib.sha256(repr(parts).encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "big"))


def _done(step: Step, pictures: list[Picture], page: int, random: np.random.Generator) -> Picture:
    picture = pictures[page - 1]
    if step.do == "show_through":
        behind = pictures[page % len(pictures)]
        return effects.show_through(picture, behind, random, **step.arguments)
    effect = getattr(effects, step.do, None) or getattr(marks, step.do)
    done: Picture = effect(picture, random, **step.arguments)
    return done


def make(pdf: Path, scan: Scan, target: Path) -> None:
    """Write the scan of the plan at `pdf`.

    Raises:
        FileNotFoundError: a font for notes and stamps is not installed.
    """
    if scan.no_map:
        text_layer.without_meaning(pdf, target)
        return
    pictures = pictures_of(pdf, scan.dpi)
    pictures = happened(side_by_side(pictures) if scan.two_up else pictures, scan)
    behind = text_layer.poor_layer(pdf, scan.hidden, scan.seed) if scan.hidden else []
    reader, writer = pypdf.PdfReader(pdf), pypdf.PdfWriter()
    for number, picture in enumerate(pictures, 1):
        if number in scan.digital:
            writer.add_page(reader.pages[number - 1])
            continue
        hidden = behind[number - 1] if behind else ()
        scanned = ScannedPage(picture, scan.dpi, hidden, scan.stamped.format(page=number))
        add_page(writer, scanned, quality=scan.quality, bits=scan.bits, colour=scan.colour)
    save(writer, target)
