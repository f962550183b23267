"""Blocks of lines inside a cell: what blank lines, bullets and item numbers hold apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from actionplan.schemas.tables import Line

BULLET = re.compile(r"^\s*(?:[•●▪◦‣·\uf0b7○■□➢►✓*–—-](?=\s)|o(?=\s))\s*")
_DASH = re.compile(r"^\s*[–—-](?=\s)")
ITEM = re.compile(
    r"^\s*(?:\(?\d{1,2}[.)]|\(?[a-h]\)|\(?[ivx]{1,4}[.)]|(?:i{1,3}|iv|vi{1,3}|ix)(?=\s+[A-Z]))\s+"
)


@dataclass(frozen=True)
class BlockSettings:
    """Thresholds for blank lines.

    Attributes:
        loose: a step from line to line counts as blank when it is this many times the smallest
            step of the cell (1.0 = the same); paragraph spacing of half a line gives 1.5.
        alone: a step of this many font sizes is always blank. Single spacing is 1.2, double
            spacing 2.0 to 2.4 and so is a blank line: with one step only, the words decide.
        spaced: a step this many times the smallest is extra leading between paragraphs; 2 points
            on a pitch of 12 give 1.17, letters of another height in a line up to 1.07.
        even: the spaced steps must be within this multiple of each other, and so the rest:
            an uneven pitch says nothing.
    """

    loose: float = 1.4
    alone: float = 2.6
    spaced: float = 1.12
    even: float = 1.08


SETTINGS = BlockSettings()


def line_step(above: Line, below: Line) -> float | None:
    """Distance of the tops of two lines in points; None over a page break or sideways."""
    if above.page != below.page:
        return None
    step = below.bbox[1] - above.bbox[1]
    return step if step > 0.5 * _size(above) else None


def _size(line: Line) -> float:
    return line.size or max(line.bbox[3] - line.bbox[1], 1.0)


def blank_before(lines: Sequence[Line], settings: BlockSettings = SETTINGS) -> list[bool]:
    """For each line: does a blank line (or paragraph spacing) stand above it?"""
    steps = [line_step(a, b) for a, b in pairwise(lines)]
    known = [step for step in steps if step is not None]
    smallest = min(known, default=0.0)
    out = [False]
    for step, line in zip(steps, lines[1:], strict=False):
        if step is None:
            out.append(False)
            continue
        wide = step >= settings.alone * _size(line)
        out.append(wide or (len(known) > 1 and step >= settings.loose * smallest))
    return out[: len(lines)]


def spaced_before(lines: Sequence[Line], settings: BlockSettings = SETTINGS) -> list[bool]:
    """For each line: is there extra leading above it, less than a blank line?

    Only where the steps of the block fall in two clear groups, and tops and bottoms agree: a
    raised "st" moves the top of its line alone, and boxes may hold no more than the letters.
    """
    pairs = [(a, b) if line_step(a, b) is not None else None for a, b in pairwise(lines)]
    tops = [pair and pair[1].bbox[1] - pair[0].bbox[1] for pair in pairs]
    bottoms = [pair and pair[1].bbox[3] - pair[0].bbox[3] for pair in pairs]
    wide = _wide(tops, settings)
    for kind in (False, True):
        steps = [step for step, w in zip(tops, wide, strict=True) if step is not None and w is kind]
        if not steps or max(steps) > settings.even * min(steps):
            return [False] * len(lines)
    return [False, *(a and b for a, b in zip(wide, _wide(bottoms, settings), strict=True))]


def _wide(steps: Sequence[float | None], settings: BlockSettings) -> list[bool]:
    smallest = min((step for step in steps if step is not None), default=0.0)
    return [step is not None and step >= settings.spaced * smallest for step in steps]


def marker_length(text: str) -> int:
    """Length of a bullet or item number at the start of `text`, with the blank behind it."""
    found = BULLET.match(text) or ITEM.match(text)
    return found.end() if found else 0


def split_blocks(lines: Sequence[Line], *, lone_dash: bool = True) -> list[tuple[Line, ...]]:
    """Split a cell's lines at blank lines, bullets and item numbers; markers stay in the text.

    `lone_dash`: a dash at the start of one line only is a bullet, too; without it, it is the dash
    between a name and a job title ("Jo Temple / – Service Manager").
    """
    blocks: list[list[Line]] = []
    filled = [line for line in lines if line.text.strip()]
    dashes = [bool(_DASH.match(line.text)) for line in filled]
    joint = not lone_dash and sum(dashes) == 1
    for line, blank, dash in zip(filled, blank_before(filled), dashes, strict=True):
        if not blocks or blank or (marker_length(line.text) and not (joint and dash)):
            blocks.append([])
        blocks[-1].append(line)
    return [tuple(block) for block in blocks]


def without_marker(line: Line) -> Line:
    """The line without its bullet or item number."""
    return replace(line, text=line.text[marker_length(line.text) :].strip())
