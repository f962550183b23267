"""What happens to a page between printer and file: each effect takes a picture and gives one.

Pictures are arrays of shape (height, width, 3), blue green red, 0 to 255. Lengths are given in
millimetres or as shares of the page, so that an effect looks the same at any resolution. What is
random comes from the generator that is handed in, so that the same seed gives the same picture.
"""

from __future__ import annotations

import math
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Random = np.random.Generator

PAPER = (255, 255, 255)


def grey_of(picture: Picture) -> Picture:
    """Return a picture's lightness, shape (height, width)."""
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)


def _picture(values: NDArray[Any]) -> Picture:
    out: Picture = np.clip(np.rint(values), 0, 255).astype(np.uint8)
    return out


def _cloud(shape: tuple[int, int], random: Random, cells: int) -> NDArray[np.float32]:
    """Return a soft random field, 0 to 1, with about `cells` light and dark places a side."""
    coarse = random.random((cells + 2, cells + 2)).astype(np.float32)
    field = cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)
    low, high = float(field.min()), float(field.max())
    return np.asarray((field - low) / (high - low), np.float32)


# Paper and ink


def faint_rules(
    picture: Picture, random: Random, *, keep: float = 0.4, gaps: float = 0.0
) -> Picture:
    """Fade ruling lines to the share `keep` of their ink, and break them over `gaps` of them.

    Lines are what stays dark over 12 mm of a width or height and is thinner than 1 mm.
    """
    height, width = picture.shape[:2]
    reach = max(30, round(width * 0.05))
    thick = max(5, round(width * 0.004))
    ink = 255 - grey_of(picture)
    filled = cv2.blur(ink, (reach // 2, reach // 2)) > 100
    out: NDArray[Any] = picture.astype(np.float32)
    for along in ((reach, 1), (1, reach)):
        run = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(along[::-1], np.uint8))
        across = (thick, 1) if along[1] == reach else (1, thick)
        wide = cv2.morphologyEx(run, cv2.MORPH_OPEN, np.ones(across[::-1], np.uint8))
        line = (run > 60) & (wide <= 60) & ~filled
        share: NDArray[Any] = np.where(line, keep, 1.0).astype(np.float32)
        if gaps:
            field = _cloud((height, width), random, cells=90)
            share = np.where(line & (field < np.quantile(field, gaps)), 0.0, share)
        share = cv2.GaussianBlur(share, (3, 3), 0.6)[:, :, None]
        out = 255 - (255 - out) * share
    return _picture(out)


def toner(picture: Picture, random: Random, *, strength: float = 0.4) -> Picture:
    """Let the print fade here and there, as an empty cartridge does: in stripes down the page."""
    height, width = picture.shape[:2]
    stripes = _cloud((1, width), random, cells=9)
    patches = _cloud((height, width), random, cells=7)
    share = 1 - strength * np.clip(0.6 * stripes + 0.6 * patches, 0, 1)
    return _picture(255 - (255 - picture.astype(np.float32)) * share[:, :, None])


def show_through(
    picture: Picture, behind: Picture, random: Random, *, strength: float = 0.18
) -> Picture:
    """Let the page printed on the back shine through: mirrored, blurred, shifted a little."""
    back = cv2.resize(behind, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_AREA)
    back = cv2.flip(back, 1)
    shift = random.uniform(-0.012, 0.012, 2) * picture.shape[1]
    move = np.array([[1, 0, shift[0]], [0, 1, shift[1]]], np.float32)
    size = (picture.shape[1], picture.shape[0])
    back = cv2.warpAffine(back, move, size, borderValue=PAPER)
    back = cv2.GaussianBlur(back, (0, 0), picture.shape[1] / 1100)
    return _picture(picture.astype(np.float32) * (1 - strength * (1 - back / 255.0)))


def folds(picture: Picture, random: Random, *, strength: float = 0.25) -> Picture:
    """Fold the sheet in three, as in an envelope: a dark and a light line across, at each fold."""
    height, width = picture.shape[:2]
    share = np.ones((height, 1), np.float32)
    rows = np.arange(height, dtype=np.float32)[:, None]
    for at in (1 / 3, 2 / 3):
        y = height * (at + random.uniform(-0.01, 0.01))
        soft = width / 900
        share -= strength * np.exp(-(((rows - y) / soft) ** 2))
        share -= strength * 0.25 * np.exp(-(np.abs(rows - y) / (soft * 14)))
    return _picture(picture * share[:, :, None])


def background(
    picture: Picture,
    random: Random,
    *,
    level: int = 215,
    unevenness: float = 14.0,
    grain: float = 9.0,
) -> Picture:
    """Print on grey paper: white becomes `level`, uneven and grainy by so many grey levels."""
    field = _cloud(picture.shape[:2], random, cells=6)
    fibres = random.normal(0, grain, picture.shape[:2]).astype(np.float32)
    paper = level + unevenness * (field - 0.5) + cv2.GaussianBlur(fibres, (0, 0), 1.2)
    return _picture(picture.astype(np.float32) * paper[:, :, None] / 255)


# How the sheet lies


def skew(picture: Picture, random: Random, *, degrees: float = 0.7) -> Picture:
    """Turn the sheet by `degrees`, clockwise, about its middle; bare corners get its colour."""
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    return np.asarray(
        cv2.warpAffine(
            picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=_edge(picture)
        ),
        np.uint8,
    )


def _edge(picture: Picture) -> tuple[int, ...]:
    """The colour of the paper at the edges of the sheet."""
    rim = np.concatenate([picture[:4].reshape(-1, 3), picture[-4:].reshape(-1, 3)])
    return tuple(int(value) for value in np.median(rim, axis=0))


def turn(picture: Picture, random: Random, *, degrees: int = 90) -> Picture:
    """Lay the sheet in by a quarter turn or two, clockwise."""
    return np.ascontiguousarray(np.rot90(picture, -degrees // 90))


def open_lid(
    picture: Picture, random: Random, *, width: float = 0.03, holes: bool = False
) -> Picture:
    """Scan with the lid open: black beyond the sheet's edges, unequal and askew, and in holes."""
    height, across = picture.shape[:2]
    out = picture.copy()
    rows, columns = np.mgrid[0:height, 0:across].astype(np.float32)
    sides = (
        (columns, rows, across),
        (across - columns, rows, across),
        (rows, columns, height),
        (height - rows, columns, height),
    )
    for inward, sideways, length in sides:
        depth = length * width * random.uniform(0.15, 1.0)
        out[inward < depth + random.uniform(-0.004, 0.004) * sideways] = (18, 18, 18)
    for share in (0.36, 0.64) if holes else ():
        centre = (round(across * (width + 0.012)), round(height * share))
        cv2.circle(out, centre, round(across * 0.009), (25, 25, 25), -1, cv2.LINE_AA)
    return np.asarray(cv2.GaussianBlur(out, (3, 3), 0.7), np.uint8)


def gutter(picture: Picture, random: Random, *, strength: float = 0.55) -> Picture:
    """Scan an opened booklet: a shadow down the middle of the sheet."""
    width = picture.shape[1]
    off = np.abs(np.arange(width, dtype=np.float32) - width / 2) / width
    share = 1 - strength * np.exp(-off * 90)
    return _picture(picture * share[None, :, None])


def curl(picture: Picture, random: Random, *, depth: float = 0.006) -> Picture:
    """Let lines rise and sink by `depth` of the page's height, as on a page that is not flat."""
    height, width = picture.shape[:2]
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    wave = np.sin(columns / width * math.pi * 1.3 + 0.4) * depth * height
    return np.asarray(
        cv2.remap(picture, columns, rows + wave.astype(np.float32), cv2.INTER_CUBIC,
                  borderMode=cv2.BORDER_CONSTANT, borderValue=_edge(picture)), np.uint8
    )  # fmt: skip


def photo(
    picture: Picture, random: Random, *, tilt: float = 0.05, degrees: float = 1.5, desk: int = 70
) -> Picture:
    """Photograph the sheet on a dark desk: its far edge shorter by `tilt`, a desk around it."""
    height, width = picture.shape[:2]
    margin = round(0.04 * width)
    size = (width + 2 * margin, height + 2 * margin)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    inward = np.array([[1, 0.5], [-1, 0.5], [-0.1, -0.1], [0.1, -0.1]], np.float32)
    jitter = random.uniform(0.6, 1.2, (4, 2)).astype(np.float32)
    seen = corners + inward * jitter * tilt * width + margin
    angle = math.radians(degrees)
    spin = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    middle = np.array(size, np.float32) / 2
    seen = ((seen - middle) @ spin.T * 0.985 + middle).astype(np.float32)
    view = cv2.getPerspectiveTransform(corners, seen)
    grain = random.normal(desk, 6, (size[1], size[0], 1)).astype(np.float32)
    wood = cv2.GaussianBlur(np.repeat(grain, 3, axis=2), (0, 0), 2) + np.array([-14, 0, 12])
    sheet = cv2.warpPerspective(picture, view, size, flags=cv2.INTER_CUBIC)
    cover = cv2.warpPerspective(np.ones((height, width), np.float32), view, size)[:, :, None]
    return _picture(sheet * cover + wood * (1 - cover))


# Light, lens and file


def light(picture: Picture, random: Random, *, strength: float = 0.35) -> Picture:
    """Light the page unevenly: bright towards one corner, a soft shadow across the other."""
    height, width = picture.shape[:2]
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    angle = random.uniform(0, 2 * math.pi)
    slope = (math.cos(angle) * columns / width + math.sin(angle) * rows / height) / 1.5
    shade = np.clip(0.5 + slope, 0, 1) * 0.7 + _cloud((height, width), random, cells=3) * 0.3
    return _picture(picture * (1.0 - strength * shade)[:, :, None])


def blur(picture: Picture, random: Random, *, mm: float = 0.08) -> Picture:
    """Blur by `mm` millimetres of an A4 page's long side (297 mm), as a lens out of focus does."""
    return np.asarray(
        cv2.GaussianBlur(picture, (0, 0), mm * max(picture.shape[:2]) / 297), np.uint8
    )


def noise(picture: Picture, random: Random, *, sigma: float = 6.0) -> Picture:
    """Add a sensor's noise of `sigma` grey levels."""
    grain = random.normal(0, sigma, picture.shape[:2]).astype(np.float32)[:, :, None]
    return _picture(picture.astype(np.float32) + grain)


def specks(picture: Picture, random: Random, *, share: float = 0.004) -> Picture:
    """Scatter salt and pepper: `share` of all places black or white, some specks larger."""
    out = picture.copy()
    height, width = picture.shape[:2]
    chance = random.random((height, width))
    out[chance < share / 2] = 0
    out[chance > 1 - share / 2] = 255
    for _ in range(round(share * height * width / 400)):
        centre = (int(random.integers(width)), int(random.integers(height)))
        cv2.circle(out, centre, int(random.integers(1, 3)), (40, 40, 40), -1)
    return out


def jpeg(picture: Picture, random: Random, *, quality: int = 40) -> Picture:
    """Save once as JPEG of this quality, and open again."""
    done, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise ValueError("the picture cannot be encoded")
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)


def fax(picture: Picture, random: Random, *, threshold: int = 150, ragged: float = 22.0) -> Picture:
    """Make every place black or white, with ragged edges: `ragged` grey levels of noise before."""
    grain = random.normal(0, ragged, picture.shape[:2]).astype(np.float32)
    edges = np.asarray(cv2.GaussianBlur(grain, (0, 0), 0.6)) * 1.6
    black = grey_of(picture).astype(np.float32) + edges < threshold
    return np.repeat(np.where(black, 0, 255).astype(np.uint8)[:, :, None], 3, axis=2)


def grey(picture: Picture, random: Random) -> Picture:
    """Scan without colour."""
    return np.repeat(grey_of(picture)[:, :, None], 3, axis=2)
