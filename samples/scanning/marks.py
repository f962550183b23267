"""What people put on a printed page: stamps, notes by hand, ticks, circles, signatures.

Places are shares of the page (0 to 1, from the top left), sizes shares of its width. Colours are
blue green red. The script is URW Chancery (fonts-urw-base35), set wobbling, letter by letter.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from samples.scanning.effects import Picture, Random

INK = (120, 60, 30)
RED = (50, 40, 190)
SCRIPT = ("Z003-MediumItalic.otf", "Z003-MediumItalic.t1")
CAPITALS = ("LiberationSans-Bold.ttf",)
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts")


@cache
def _font_file(names: Sequence[str]) -> str:
    """Return the path of an installed font. Raises `FileNotFoundError` where there is none."""
    for folder in FONT_FOLDERS:
        for name in names:
            for path in sorted(Path(folder).rglob(name)):
                return str(path)
    raise FileNotFoundError(
        f"none of {', '.join(names)}: install fonts-urw-base35, fonts-liberation"
    )


def _laid(
    picture: Picture, mask: NDArray[np.uint8], colour: Sequence[int], cover: float
) -> Picture:
    """Lay ink of one colour over the picture where `mask` (0 to 255) has any: ink only darkens."""
    share = mask.astype(np.float32)[:, :, None] / 255 * cover
    ink = np.minimum(picture, np.array(colour, np.float32))
    return np.clip(picture * (1 - share) + ink * share, 0, 255).astype(np.uint8)


def stamp(
    picture: Picture,
    random: Random,
    *,
    lines: Sequence[str] = ("RECEIVED",),
    at: tuple[float, float] = (0.8, 0.1),
    size: float = 0.2,
    degrees: float = -9.0,
    colour: Sequence[int] = RED,
    cover: float = 0.8,
) -> Picture:
    """Stamp framed lines of capitals on the page, askew and unevenly inked."""
    height, width = picture.shape[:2]
    across = round(size * width)
    letter = max(8, round(across / max(map(len, lines)) * 1.25))
    down = round(letter * 1.35 * len(lines) + letter * 0.8)
    face = Image.new("L", (across, down), 0)
    draw = ImageDraw.Draw(face)
    draw.rectangle((2, 2, across - 3, down - 3), outline=255, width=max(2, letter // 9))
    font = ImageFont.truetype(_font_file(CAPITALS), letter)
    for number, line in enumerate(lines):
        middle = (across / 2, letter * (1.05 + 1.35 * number))
        draw.text(middle, line, fill=255, font=font, anchor="mm")
    turned = face.rotate(-degrees, expand=True, resample=Image.Resampling.BICUBIC)
    mask = _placed(turned, (width, height), at)
    worn = cv2.GaussianBlur(random.random((height, width)).astype(np.float32), (0, 0), letter / 6)
    worn = np.clip((worn - worn.mean()) / (worn.std() + 1e-6) * 0.35 + 0.8, 0.15, 1)
    return _laid(picture, (mask * worn).astype(np.uint8), colour, cover)


def _placed(face: Image.Image, size: tuple[int, int], at: tuple[float, float]) -> NDArray[np.uint8]:
    """Return a page-sized mask with `face` centred at a place."""
    sheet = Image.new("L", size, 0)
    left, top = round(at[0] * size[0] - face.width / 2), round(at[1] * size[1] - face.height / 2)
    sheet.paste(face, (left, top))
    return np.asarray(sheet, np.uint8)


def handwriting(
    picture: Picture,
    random: Random,
    *,
    lines: Sequence[str] = ("see over",),
    at: tuple[float, float] = (0.03, 0.5),
    size: float = 0.016,
    degrees: float = -4.0,
    colour: Sequence[int] = INK,
) -> Picture:
    """Write lines by hand, beginning at a place; letters jump and lean, lines drift."""
    height, width = picture.shape[:2]
    letter = max(9, round(size * width))
    font = ImageFont.truetype(_font_file(SCRIPT), letter)
    face = Image.new("L", (width, height), 0)
    for number, line in enumerate(lines):
        x, y = at[0] * width, at[1] * height + number * letter * 1.25
        for sign in line:
            glyph = Image.new("L", (letter * 2, letter * 2), 0)
            ImageDraw.Draw(glyph).text((letter / 2, letter / 2), sign, fill=255, font=font)
            glyph = glyph.rotate(random.normal(0, 4), resample=Image.Resampling.BICUBIC)
            place = (round(x - letter / 2), round(y - letter / 2 + random.normal(0, letter * 0.04)))
            face.paste(255, place, glyph)
            x += font.getlength(sign) * random.uniform(0.95, 1.12)
            y += letter * 0.01
    centre = (at[0] * width, at[1] * height)
    face = face.rotate(-degrees, center=centre, resample=Image.Resampling.BICUBIC)
    return _laid(picture, np.asarray(face, np.uint8), colour, 0.9)


def ring(
    picture: Picture,
    random: Random,
    *,
    at: tuple[float, float] = (0.5, 0.5),
    size: tuple[float, float] = (0.08, 0.02),
    colour: Sequence[int] = INK,
) -> Picture:
    """Draw a ring by hand around a place, half-axes `size`, not quite closed."""
    steps = np.linspace(0, 2 * math.pi * 1.06, 60)
    swell = 1 + 0.06 * np.sin(steps * 1.7 + random.uniform(0, 6)) + steps * 0.008
    points = np.stack([np.cos(steps) * size[0] * swell, np.sin(steps) * size[1] * swell], axis=1)
    return _stroke(picture, points + np.array(at), colour)


def tick(
    picture: Picture,
    random: Random,
    *,
    at: tuple[float, float] = (0.5, 0.5),
    size: float = 0.012,
    colour: Sequence[int] = INK,
) -> Picture:
    """Tick something off."""
    points = np.array([[-0.5, 0.0], [-0.1, 0.5], [0.15, 0.0], [0.9, -1.1]]) * size
    return _stroke(picture, points + np.array(at) + random.normal(0, size * 0.05, (4, 2)), colour)


def signature(
    picture: Picture,
    random: Random,
    *,
    at: tuple[float, float] = (0.7, 0.92),
    size: float = 0.14,
    colour: Sequence[int] = INK,
) -> Picture:
    """Sign: loops that grow flat, and a dash under them."""
    steps = np.linspace(0, 1, 160)
    loops = np.stack(
        [
            steps * size + 0.012 * np.sin(steps * 40),
            0.02 * np.cos(steps * 40 + 0.6) * (1.25 - steps) + 0.006 * np.sin(steps * 9),
        ],
        axis=1,
    )
    dash = np.array([[0.1 * size, 0.026], [1.1 * size, 0.019]]) + random.normal(0, 0.001, (2, 2))
    return _stroke(_stroke(picture, loops + np.array(at), colour), dash + np.array(at), colour)


def strike(
    picture: Picture,
    random: Random,
    *,
    start: tuple[float, float] = (0.1, 0.5),
    end: tuple[float, float] = (0.3, 0.5),
    colour: Sequence[int] = INK,
) -> Picture:
    """Draw a line by hand from one place to another: beneath words, or down a margin."""
    steps = np.linspace(0, 1, 30)[:, None]
    points = np.array(start) * (1 - steps) + np.array(end) * steps
    points += np.cumsum(random.normal(0, 0.00025, points.shape), axis=0)
    return _stroke(picture, points, colour)


def _stroke(
    picture: Picture, points: NDArray[np.float64], colour: Sequence[int], width: float = 0.0013
) -> Picture:
    """Draw one line of a pen through places."""
    height, across = picture.shape[:2]
    mask = np.zeros((height, across), np.uint8)
    fine = 16  # the points are handed over in sixteenths of a pixel
    places = np.rint(points * np.array([across, height]) * fine).astype(np.int32)
    thick = max(1, round(width * max(across, height)))
    cv2.polylines(mask, [places.reshape(-1, 1, 2)], False, 255, thick, cv2.LINE_AA, shift=4)
    return _laid(picture, cv2.GaussianBlur(mask, (3, 3), 0.6).astype(np.uint8), colour, 0.85)
