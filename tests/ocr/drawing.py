"""Pictures of pages made for the tests: rules, letters, slants; and PDFs that hold a picture."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from shutil import which

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

Grey = NDArray[np.uint8]
SCALE = 200 / 72  # pixels a point
SIZE = (595, 842)

needs_tesseract = pytest.mark.skipif(
    which("tesseract") is None, reason="tesseract is not installed (apt-get install tesseract-ocr)"
)


def blank(width: int = SIZE[0], height: int = SIZE[1], level: int = 255) -> Grey:
    """A page of paper, points wide and high."""
    return np.full((round(height * SCALE), round(width * SCALE)), level, dtype=np.uint8)


def rule(page: Grey, x0: float, y0: float, x1: float, y1: float, ink: int = 0) -> None:
    """Draw a rule between two places in points."""
    start, end = (round(x0 * SCALE), round(y0 * SCALE)), (round(x1 * SCALE), round(y1 * SCALE))
    cv2.line(page, start, end, ink, 2)


def write(page: Grey, x: float, y: float, text: str, size: float = 11) -> None:
    """Write a line with its baseline at `y` points."""
    place = (round(x * SCALE), round(y * SCALE))
    cv2.putText(page, text, place, cv2.FONT_HERSHEY_DUPLEX, size * SCALE / 30, 0, 2, cv2.LINE_AA)


def grid(page: Grey, xs: Sequence[float], ys: Sequence[float], ink: int = 0) -> None:
    """Draw all rules of a table."""
    for y in ys:
        rule(page, xs[0], y, xs[-1], y, ink)
    for x in xs:
        rule(page, x, ys[0], x, ys[-1], ink)


def turned(page: Grey, degrees: float) -> Grey:
    """The page turned about its middle, against the clock where `degrees` is above 0."""
    height, width = page.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return np.asarray(cv2.warpAffine(page, matrix, (width, height), borderValue=255), np.uint8)


def pdf(path: Path, *pages: Grey | str) -> Path:
    """Write a PDF whose pages are pictures, or lines of its own text where a string is given."""
    canvas = Canvas(str(path), pagesize=SIZE)
    for page in pages:
        if isinstance(page, str):
            for k, line in enumerate(page.splitlines()):
                canvas.drawString(60, 780 - 14 * k, line)
        else:
            stream = io.BytesIO()
            Image.fromarray(page).save(stream, "PNG")
            canvas.drawImage(ImageReader(stream), 0, 0, *SIZE)
        canvas.showPage()
    canvas.save()
    return path


TEXT = (
    "Managers should look at the notes of each visit",
    "and agree with the family what is to be done next",
    "before the end of the month in which it took place.",
    "The group will ask for a report every three months",
    "and publish what it has learnt on its own pages.",
)


def letter() -> Grey:
    """A page of text without rules."""
    page = blank()
    for k in range(30):
        write(page, 60, 80 + 20 * k, TEXT[k % len(TEXT)])
    return page
