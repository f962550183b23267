"""Upright rules of dots, and what a fax leaves of fine ones: found from row to row of a table.

A single piece of such a rule is no more than specks, and the stems of letters below one another
look like it. But a column's edge stands at one place in most rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from actionplan.extract.ocr.clean import Grey
from actionplan.extract.ocr.rule_settings import BrokenRuleSettings

Segment = tuple[float, float, float, float]  # position, start, end, thickness


def broken_columns(
    white: Grey,
    core: NDArray[np.uint8],
    level: Sequence[Segment],
    upright: Sequence[Segment],
    scale: float,
    settings: BrokenRuleSettings,
) -> list[Segment]:
    """Return upright rules between level ones that were not found as lines.

    Args:
        white: (h, w) the page, dark on white.
        core: (h, w) places that are darker than what is left and right of them.
        level: level rules, pixels.
        upright: upright ones found so far.
        scale: pixels a point.
        settings: what is enough.
    """
    long = [line for line in level if line[2] - line[1] >= settings.across * scale]
    if len(long) < 2:
        return []
    edges = sorted({round(line[0]) for line in long})
    left = max(0, round(min(line[1] for line in long)))
    right = min(core.shape[1], round(max(line[2] for line in long)))
    wide = core.copy()
    wide[:, 1:] |= core[:, :-1]
    wide[:, :-1] |= core[:, 1:]
    bands = [
        (top, bottom) for top, bottom in pairwise(edges) if bottom - top >= settings.row * scale
    ]
    margin = max(1, round(scale))
    ink = white < 255 - settings.ink
    parts = {
        (top, bottom): _Band(
            wide[top + margin : bottom - margin], ink[top + margin : bottom - margin]
        )
        for top, bottom in bands
    }
    dense = {band: part.dark.mean(axis=0) >= settings.dense for band, part in parts.items()}
    hopeful = _shares(dense, core.shape[1]) >= settings.enough / 2  # spares the rest a closer look
    support = {
        band: _supported(part, dense[band] & hopeful, settings.gap, scale, settings)
        for band, part in parts.items()
    }
    share = _shares(support, core.shape[1])
    for position, start, end, _ in upright:
        if end - start >= settings.seed * scale:
            near = slice(max(0, round(position) - 2), round(position) + 3)
            share[near] += settings.enough / 2
    # In a low table, the stems of two lines of a header would be enough.
    share[share * sum(bottom - top for top, bottom in bands) < settings.height * scale] = 0
    found = list(_places(share, left, right, scale, settings))
    around = np.zeros(core.shape[1], dtype=bool)
    for x in found:
        around[max(0, x - 2) : x + 3] = True
    # Where a column is known to end, less shows its rule in a tall row.
    for band, part in parts.items():
        if len(part.dark) >= settings.tall * scale:
            thin = around & (part.dark.mean(axis=0) >= settings.thin)
            support[band] |= _supported(part, thin, settings.wide_gap, scale, settings)
    return [
        (float(x), float(top), float(bottom), 1.0)
        for x in found
        for (top, bottom), places in support.items()
        if places[max(0, x - 2) : x + 3].any()
        and not _known(x, top, bottom, upright, scale)
        and (_reached(x, top, long, scale) or _reached(x, bottom, long, scale))
    ]


class _Band(NamedTuple):
    """The height of a row: where a piece of a rule may be, and where ink is."""

    dark: NDArray[np.uint8]
    ink: NDArray[np.bool_]


def _supported(
    band: _Band,
    dense: NDArray[np.bool_],
    gap: float,
    scale: float,
    settings: BrokenRuleSettings,
) -> NDArray[np.bool_]:
    """At which columns of a row's height something like a broken rule runs from end to end.

    Of the columns that are `dense`, those without a gap wider than `gap` points, which are dark
    also where there is no ink beside them: between the lines of a text, stems of letters are not.
    """
    good = dense.copy()
    near, far = round(settings.near * scale), round(settings.far * scale)
    for x in np.flatnonzero(good).tolist():
        dark = np.flatnonzero(band.dark[:, x])
        gaps = np.diff(np.concatenate(([-1], dark, [len(band.dark)])))
        if gaps.max(initial=0) > gap * scale:
            good[x] = False
            continue
        left, right = (
            band.ink[:, max(0, x - far) : max(0, x - near)],
            band.ink[:, x + near : x + far],
        )
        clear = ~(left.any(axis=1) | right.any(axis=1))
        good[x] = clear.mean() >= settings.clear and band.dark[clear, x].mean() >= settings.thin * 2
    return good


def _shares(support: dict[tuple[int, int], NDArray[np.bool_]], width: int) -> NDArray[np.float64]:
    """Share of the rows' height in which a column, or one beside it, is supported."""
    out = np.zeros(width)
    whole = sum(bottom - top for top, bottom in support) or 1
    for (top, bottom), places in support.items():
        near = places.copy()
        for step in (1, 2):
            near[step:] |= places[:-step]
            near[:-step] |= places[step:]
        out += near * ((bottom - top) / whole)
    return out


def _places(
    share: NDArray[np.float64],
    left: int,
    right: int,
    scale: float,
    settings: BrokenRuleSettings,
) -> Iterator[int]:
    """Columns with enough support, the best of those close together."""
    rest = share.copy()
    rest[: max(0, left - 2)] = 0
    rest[right + 3 :] = 0
    apart = round(settings.apart * scale)
    while rest.max(initial=0.0) >= settings.enough:
        best = np.flatnonzero(rest == rest.max())
        x = int(best[: np.argmax(np.diff(np.append(best, best[-1] + 9)) > 1) + 1].mean())
        yield x
        rest[max(0, x - apart) : x + apart + 1] = 0


def _reached(x: int, y: int, level: Sequence[Segment], scale: float) -> bool:
    """Does a level rule at height `y` run over the column `x`?"""
    return any(
        abs(line[0] - y) <= scale and line[1] - 2 * scale <= x <= line[2] + 2 * scale
        for line in level
    )


def _known(x: int, top: int, bottom: int, upright: Sequence[Segment], scale: float) -> bool:
    """Does a rule run here that was found already?"""
    middle = (top + bottom) / 2
    return any(abs(line[0] - x) <= 2 * scale and line[1] <= middle <= line[2] for line in upright)
