"""Sheets that show two pages, side by side or one above the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from actionplan.extract.layout import Bools, Floats, PageLayout, Rules
from actionplan.extract.page_settings import SheetSettings

_DIGITS = str.maketrans("0123456789", "##########")
_X, _Y = 0, 1


class Middle(NamedTuple):
    """Where two pages part: across x (0, side by side) or y (1, stacked), at a place in points."""

    axis: int
    at: float

    def before(self, boxes: Floats) -> Bools:
        """Which of the (n, 4) boxes have their middle on the first page?"""
        return np.asarray(boxes[:, self.axis] + boxes[:, self.axis + 2] < 2 * self.at, dtype=bool)


@dataclass(frozen=True, slots=True)
class Half:
    """One page of a sheet: its layout with its own origin, where that is, and its words there."""

    layout: PageLayout
    left: float
    top: float
    words: NDArray[np.intp]


def double_sheets(layouts: Sequence[PageLayout], settings: SheetSettings) -> dict[int, Middle]:
    """Find the sheets that show two pages; return by page number where these part.

    All sheets of one size with a free middle count together: the last may hold one page only.
    """
    groups: dict[tuple[int, int], list[tuple[PageLayout, Middle]]] = defaultdict(list)
    for layout in layouts:
        middle = _free_middle(layout, settings)
        if middle is not None:
            groups[round(layout.width), round(layout.height)].append((layout, middle))
    found: dict[int, Middle] = {}
    for group in groups.values():
        judged = [_repeats(*item, settings) for item in group if _has_both(*item)]
        if 2 * sum(judged) >= max(len(judged), 1):
            found.update((layout.page, middle) for layout, middle in group)
    return found


def _free_middle(layout: PageLayout, settings: SheetSettings) -> Middle | None:
    """Where is the middle of the sheet's longer side, if nothing crosses it?"""
    sides = (layout.width, layout.height)
    axis = _X if sides[_X] >= sides[_Y] else _Y
    if sides[axis] < settings.oblong * sides[1 - axis] or not len(layout.words):
        return None
    at = sides[axis] / 2
    low, high = at - settings.gutter, at + settings.gutter
    rules = layout.rules.horizontal if axis == _X else layout.rules.vertical
    if ((rules[:, 1] < low) & (rules[:, 2] > high)).any():
        return None
    boxes = layout.words.boxes
    across = (boxes[:, axis] < high) & (boxes[:, axis + 2] > low) & ~layout.words.slanted
    return None if across.any() else Middle(axis, at)


def _has_both(layout: PageLayout, middle: Middle) -> bool:
    before = middle.before(layout.words.boxes)
    return bool(before.any() and not before.all())


def _repeats(layout: PageLayout, middle: Middle, settings: SheetSettings) -> bool:
    """Does the second page show what the first shows, half a sheet further on?

    That is the first or the last line, digits apart, or, side by side, the same columns.
    """
    first, second = (_ends(half.layout, settings.drift) for half in halves(layout, middle))
    if any(_alike(a, b, settings.drift) for a, b in zip(first, second, strict=True)):
        return True
    return middle.axis == _X and _same_columns(layout, middle, settings)


_Mark = tuple[str, float, float]


def _ends(page: PageLayout, drift: float) -> tuple[list[_Mark], list[_Mark]]:
    """The words of the first and of the last line: text, digits apart, and place."""
    top, bottom = page.words.boxes[:, 1], page.words.boxes[:, 3]
    lines = (top < top.min() + drift, bottom > bottom.max() - drift)
    first, last = (
        [
            (page.words.text[i].translate(_DIGITS).casefold(), *page.words.boxes[i, :2].tolist())
            for i in np.flatnonzero(line).tolist()
        ]
        for line in lines
    )
    return first, last


def _alike(first: list[_Mark], second: list[_Mark], drift: float) -> bool:
    """Do most words of the shorter line stand at the same place of the other?"""
    same = sum(
        any(text == other and abs(x - u) <= drift and abs(y - v) <= drift for other, u, v in second)
        for text, x, y in first
    )
    return 2 * same > min(len(first), len(second))


def _same_columns(layout: PageLayout, middle: Middle, settings: SheetSettings) -> bool:
    """Do the vertical rules of the first page stand again, all of them, on the second?"""
    rules = layout.rules.vertical
    xs = rules[rules[:, 2] - rules[:, 1] > settings.long_rule, 0]
    left, right = xs[xs < middle.at], xs[xs > middle.at] - middle.at
    if not len(left) or not len(right):
        return False
    apart = np.abs(left[:, None] - right[None, :]) < settings.drift
    columns = int((np.diff(np.sort(left)) > settings.drift).sum())
    return columns >= settings.columns and bool(apart.any(axis=0).all() and apart.any(axis=1).all())


def halves(layout: PageLayout, middle: Middle) -> list[Half]:
    """Part a sheet into the two pages it shows, the left or upper one first."""
    before = middle.before(layout.words.boxes)
    out = []
    for second, mask in ((False, before), (True, ~before)):
        words = np.flatnonzero(mask)
        at = middle.at if second else 0.0
        left, top = (at, 0.0) if middle.axis == _X else (0.0, at)
        out.append(Half(_part(layout, middle, words, second), left, top, words))
    return out


def _part(layout: PageLayout, middle: Middle, words: NDArray[np.intp], second: bool) -> PageLayout:
    shift = np.zeros(4)
    shift[[middle.axis, middle.axis + 2]] = middle.at * second

    def cut(boxes: Floats) -> Bools:
        return np.asarray(middle.before(boxes) != second, dtype=bool)

    def lines(rules: Floats, positions: bool) -> Floats:
        """Rules of this page; is it their position that runs along the axis, or their ends?"""
        places = rules[:, [0, 0]] if positions else rules[:, 1:3]
        kept = rules[(places.sum(axis=1) < 2 * middle.at) != second].copy()
        kept[:, [0] if positions else [1, 2]] -= middle.at * second
        return np.asarray(kept, dtype=np.float64)

    taken = layout.words.take(words)
    taken.boxes = taken.boxes - shift
    fills = cut(layout.fills)
    return replace(
        layout,
        width=middle.at if middle.axis == _X else layout.width,
        height=middle.at if middle.axis == _Y else layout.height,
        words=taken,
        rules=Rules(
            lines(layout.rules.horizontal, middle.axis == _Y),
            lines(layout.rules.vertical, middle.axis == _X),
        ),
        fills=layout.fills[fills] - shift,
        fill_colours=layout.fill_colours[fills],
        images=layout.images[cut(layout.images)] - shift,
        overprinted=0 if second else layout.overprinted,
    )
