"""One page's picture to its layout: level it, find rules and shades, recognise the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from actionplan.extract.layout import Bytes, Floats, PageLayout, Rules, Words
from actionplan.extract.ocr.areas import cell_boxes, cut_areas, without_lines
from actionplan.extract.ocr.clean import SMALLER, Grey, despeckle, off_paper, paper_of, whiten
from actionplan.extract.ocr.engine import Found
from actionplan.extract.ocr.kept import recognise
from actionplan.extract.ocr.letters import page_words, place
from actionplan.extract.ocr.lines import find_lines
from actionplan.extract.ocr.picture import PagePicture
from actionplan.extract.ocr.settings import OcrSettings
from actionplan.extract.ocr.shades import level_light, shades_of
from actionplan.extract.ocr.skew import slant, straighten, turned, way_back
from actionplan.extract.ocr.square import squared, squaring
from actionplan.extract.rules import merge_rules
from actionplan.extract.settings import ExtractSettings
from actionplan.schemas.tables import Box

_PAGE, _BLOCK = 3, 6  # page segmentation modes


@dataclass(slots=True)
class _Sheet:
    """A page made level: dark on white, its ground in even light, and the way back."""

    white: Grey
    ground: Bytes
    back: Floats
    turn: int


@dataclass(frozen=True, slots=True)
class _Reader:
    """How pictures are read."""

    languages: str
    settings: OcrSettings
    cache: Path | None

    def read(self, pictures: Sequence[Grey], layout: int, dpi: int) -> list[Found]:
        return recognise(pictures, layout, self.languages, dpi, self.settings.engine, self.cache)


def read_picture(
    picture: PagePicture,
    number: int,
    languages: str,
    settings: ExtractSettings,
    cache: Path | None = None,
    own: Words | None = None,
) -> PageLayout:
    """Read a page from its picture.

    Args:
        picture: the page as it is shown.
        number: its number, from 1.
        languages: as tesseract names them.
        settings: thresholds.
        cache: folder that keeps what was recognised; None: nothing is kept.
        own: words that the file itself puts on the picture, such as a stamp with a page number, in
            places of the page as it is shown; they are taken as they are.

    Raises:
        EngineError: tesseract cannot read it.
    """
    ocr, scale = settings.ocr, picture.scale
    sheet = _prepare(picture if own is None else _without(picture, own), ocr)
    level, upright = find_lines(sheet.white, scale, ocr)
    rules = _rules(level, upright, scale, settings)
    cells = cell_boxes(rules, settings.grid)
    fills, colours = shades_of(sheet.ground, scale / SMALLER, cells, ocr.shades)
    rules = _rules(level, upright, scale, settings, fills)
    found, corners = _recognise(
        without_lines(sheet.white, level, upright), cells, scale, _Reader(languages, ocr, cache)
    )
    words, confidence = page_words(place(found, corners, scale))
    words.confidence = np.array(confidence, dtype=np.float64)
    if own is not None:
        words = _with_own(words, own, _scaled(_inverse(sheet.back), 1 / scale))
    width, height = picture.size if sheet.turn % 180 == 0 else picture.size[::-1]
    return PageLayout(
        page=number,
        width=width,
        height=height,
        turn=(picture.turn + sheet.turn) % 360,
        words=words,
        rules=rules,
        fills=fills,
        fill_colours=colours,
        images=np.array([[0.0, 0.0, width, height]]),
        back=_scaled(sheet.back, 1 / scale),
    )


def _without(picture: PagePicture, words: Words) -> PagePicture:
    """The picture with paper where words of the file stand."""
    pixels = picture.pixels.copy()
    for x0, y0, x1, y1 in (words.boxes * picture.scale).round().astype(int).tolist():
        pixels[max(y0, 0) : max(y1, 0), max(x0, 0) : max(x1, 0)] = 255
    return replace(picture, pixels=pixels)


def _with_own(words: Words, own: Words, matrix: Floats) -> Words:
    """Recognised words and the file's own, which come in places of the page as it is shown."""
    corners = own.boxes[:, [0, 1, 2, 1, 2, 3, 0, 3]].reshape(-1, 4, 2)
    moved = np.concatenate([corners, np.ones((*corners.shape[:2], 1))], axis=2) @ matrix.T
    places = moved[:, :, :2] / moved[:, :, 2:]
    boxes = np.concatenate([places.min(axis=1), places.max(axis=1)], axis=1)
    fonts = [*words.fonts, *own.fonts]
    return Words(
        text=[*words.text, *own.text],
        boxes=np.concatenate([words.boxes, boxes]),
        size=np.concatenate([words.size, own.size]),
        font=np.concatenate([words.font, own.font + len(words.fonts)]),
        fonts=fonts,
        bold=np.concatenate([words.bold, own.bold]),
        colour=np.concatenate([words.colour, own.colour]),
        slanted=np.concatenate([words.slanted, own.slanted]),
        confidence=np.concatenate([words.confidence, np.ones(len(own))])
        if words.confidence is not None
        else None,
    )


def _prepare(picture: PagePicture, settings: OcrSettings) -> _Sheet:
    import cv2

    pixels, scale = picture.pixels, picture.scale
    grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    ground = paper_of(pixels, scale, settings.picture)
    paper = np.asarray(cv2.cvtColor(ground, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    white = despeckle(whiten(grey, paper), settings.picture)
    outside = off_paper(paper, settings.picture)
    if outside is not None:
        height, width = white.shape
        white[cv2.resize(outside.astype(np.uint8), (width, height)) > 0] = 255
        ground[outside] = 255
    ink = white < 255 - settings.picture.ink
    degrees = picture.quarter
    back = way_back(degrees, white.shape[1], white.shape[0])
    if degrees:
        white, ground = turned(white, degrees), turned(ground, degrees)
        ink = white < 255 - settings.picture.ink
    angle = slant(ink, settings.skew)
    if abs(angle) >= settings.skew.least:
        white, level = straighten(white, angle)
        ground, _ = straighten(ground, angle)
        back = back @ level
    matrix = squaring(white, scale, settings.square)
    if matrix is not None:
        white, ground = squared(white, matrix), squared(ground, _scaled(matrix, 1 / SMALLER))
        back = back @ _inverse(matrix)
    return _Sheet(white, level_light(ground), back, degrees)


def _rules(
    level: Floats,
    upright: Floats,
    scale: float,
    settings: ExtractSettings,
    fills: Floats | None = None,
) -> Rules:
    """The lines as rules of the page, points."""
    y, x0, x1 = level[:, :3].T / scale
    x, y0, y1 = upright[:, :3].T / scale
    lines = np.concatenate((np.stack([x0, y, x1, y], 1), np.stack([x, y0, x, y1], 1)))
    return merge_rules(lines, np.zeros((0, 4)) if fills is None else fills, settings.reader)


def _recognise(
    white: Grey, cells: list[Box], scale: float, reader: _Reader
) -> tuple[list[Found], list[tuple[float, float]]]:
    """Read each cell as one block, and what is around them as a page of its own."""
    areas = cut_areas(white, cells, scale, reader.settings.areas)
    dpi = round(72 * scale)
    found = reader.read(areas.cells, _BLOCK, dpi)
    corners = areas.corners
    if areas.rest is not None:
        found += [_moved(word, len(corners)) for word in reader.read([areas.rest], _PAGE, dpi)]
        corners = [*corners, (0.0, 0.0)]
    return found, corners


def _moved(word: Found, picture: int) -> Found:
    return Found(picture, word.line, word.box, word.confidence, word.text)


def _scaled(matrix: Floats, factor: float) -> Floats:
    """A matrix between places as one between the same places in units `factor` times as many."""
    size = np.diag([1 / factor, 1 / factor, 1.0])
    return np.asarray(_inverse(size) @ matrix @ size, dtype=np.float64)


def _inverse(matrix: Floats) -> Floats:
    return np.asarray(np.linalg.inv(matrix), dtype=np.float64)
