"""What of a page is recognised by itself: each ruled cell, and what is left around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from actionplan.extract.grid import find_grids
from actionplan.extract.layout import Floats, Rules
from actionplan.extract.ocr.clean import Grey
from actionplan.extract.ocr.settings import AreaSettings
from actionplan.extract.settings import GridSettings
from actionplan.schemas.tables import Box


@dataclass(slots=True)
class Areas:
    """Pieces of a page to recognise.

    Attributes:
        cells: pictures of cells, cut to their ink.
        corners: left and upper end of each on the page, pixels.
        rest: the page without its cells; None where nothing is left.
    """

    cells: list[Grey]
    corners: list[tuple[float, float]]
    rest: Grey | None


def cell_boxes(rules: Rules, settings: GridSettings) -> list[Box]:
    """Boxes of all cells that rules enclose, points; those inside others come last."""
    found = []
    for grid in find_grids(rules, settings):
        found += [grid.place_box(place) for place in range(grid.places)]
    return found


def without_lines(white: Grey, level: Floats, upright: Floats) -> Grey:
    """Return the page without its rules; where letters cross one, they stay.

    Args:
        white: (h, w) dark on white.
        level: (n, 4) level rules: position, start, end, thickness, pixels.
        upright: (m, 4) upright ones.
    """
    out = white.copy()
    for rule in level.tolist():
        _erase(out, white, rule)
    for rule in upright.tolist():
        _erase(out.T, white.T, rule)
    return out


def _erase(out: Grey, white: Grey, rule: Sequence[float]) -> None:
    """Whiten a level rule of `white` in `out`, its places that letters cross left as they are."""
    position, start, end, thickness = rule
    half = thickness / 2 + 2
    top, bottom = max(int(position - half), 0), int(position + half) + 1
    columns = slice(max(int(start) - 2, 0), int(end) + 2)
    reach = 3
    above = white[max(top - reach, 0) : top, columns]
    below = white[bottom : bottom + reach, columns]
    # Darkness on both sides or well into one is a letter's, not the rule's edge.
    crossed = np.zeros(white[0, columns].shape, dtype=bool)
    for beside in (above, below):
        if len(beside) == reach:
            crossed |= (beside < 128).all(axis=0)
    band = out[top:bottom, columns]
    band[:, ~crossed] = 255


def cut_areas(white: Grey, boxes: Sequence[Box], scale: float, settings: AreaSettings) -> Areas:
    """Cut the page into its cells and the rest.

    Args:
        white: (h, w) the page without rules.
        boxes: its cells, points.
        scale: pixels a point.
        settings: what counts as ink.
    """
    rest = white.copy()
    areas = Areas([], [], None)
    for x0, y0, x1, y1 in boxes:
        left, top, right, bottom = (round(value * scale) for value in (x0, y0, x1, y1))
        left, top = max(left, 0), max(top, 0)
        _add(areas, rest[top:bottom, left:right], left, top, scale, settings)
        rest[top:bottom, left:right] = 255
    others = Areas([], [], None)
    _add(others, rest, 0, 0, scale, settings)
    areas.rest = rest if others.cells else None
    return areas


def _add(
    areas: Areas, part: Grey, left: int, top: int, scale: float, settings: AreaSettings
) -> None:
    """Add a part of the page, cut to its ink, if it has any."""
    import cv2

    dark = (part < 255 - settings.ink).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    least = settings.speck * scale
    kept = [stats[k] for k in range(1, count) if max(stats[k][2:4]) >= least]
    if not kept:
        return
    boxes = np.array(kept)
    x0, y0 = boxes[:, 0].min(), boxes[:, 1].min()
    x1, y1 = (boxes[:, 0] + boxes[:, 2]).max(), (boxes[:, 1] + boxes[:, 3]).max()
    pad = settings.pad
    piece = cv2.copyMakeBorder(
        part[y0:y1, x0:x1], pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=255
    )
    areas.cells.append(np.asarray(piece, dtype=np.uint8))
    areas.corners.append((float(left + x0 - pad), float(top + y0 - pad)))
