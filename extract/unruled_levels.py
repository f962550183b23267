"""Lines of several columns by height: levels, the white between them, and what stands above."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from actionplan.extract.unruled_settings import UnruledSettings
from actionplan.schemas.tables import Line

# A row's code: "R1", "SR 2.", "LP3:"; "Q1" is a quarter.
_CODE = re.compile(r"(?!Q)[A-Z]{1,3} ?(?P<number>\d{1,2}(?:\.\d{1,2})?)[.:)]?(?= |$)")
_WIDE = 25.0  # points short of its edge from which a column's longest line is not full
_MARGIN = 10.0  # points between a column's edge and its text, if no line is full
_FEW = 4  # lines from which the longest one is taken to be full


@dataclass(slots=True)
class Body:
    """The body of a table on one page.

    Attributes:
        columns: lines of each column, top to bottom.
        rules: heights at which a rule or the edge of a shade parts rows, ascending.
    """

    columns: list[list[Line]]
    rules: list[float]


@dataclass(slots=True)
class Level:
    """Lines that stand at one height.

    Attributes:
        lines: by column.
        gap: points of white through all columns above it; negative where letters overlap.
        rule: a rule runs through that white.
        before: the last line above the level, by column.
    """

    y0: float
    y1: float
    lines: dict[int, Line]
    gap: float = 0.0
    rule: bool = False
    before: dict[int, Line] = field(default_factory=dict)


def levels_of(body: Body, settings: UnruledSettings) -> list[Level]:
    """Group the lines of all columns by height; measure the white above each level."""
    items = sorted(
        ((line, c) for c, column in enumerate(body.columns) for line in column),
        key=lambda item: item[0].bbox[3],
    )
    levels: list[Level] = []
    for line, c in items:
        height = line.bbox[3] - line.bbox[1]
        near = levels and line.bbox[3] - levels[-1].y1 <= settings.same_level * height
        if near and c not in levels[-1].lines:
            levels[-1].lines[c] = line
            levels[-1].y0 = min(levels[-1].y0, line.bbox[1])
        else:
            levels.append(Level(line.bbox[1], line.bbox[3], {c: line}))
    _measure(levels, body.rules)
    return levels


def _measure(levels: list[Level], rules: Sequence[float]) -> None:
    low = float("inf")
    tops = []
    for level in reversed(levels):
        low = min(low, level.y0)
        tops.append(low)
    tops.reverse()
    bottom = float("-inf")
    last: dict[int, Line] = {}
    for k, level in enumerate(levels):
        if k:
            bottom = max(bottom, *(line.bbox[3] for line in levels[k - 1].lines.values()))
            level.gap = tops[k] - bottom
            upper = (levels[k - 1].y0 + levels[k - 1].y1) / 2
            lower = (level.y0 + level.y1) / 2
            level.rule = any(upper < rule < lower for rule in rules)
        level.before = dict(last)
        last.update(level.lines)


def cut_above(levels: list[Level], k: int) -> float:
    """Return the height between level `k` and those above it."""
    above = max(
        line.bbox[3] for level in levels[max(k - 3, 0) : k] for line in level.lines.values()
    )
    return (above + levels[k].y0) / 2


def text_limit(bodies: Sequence[Body], column: int, edges: Sequence[float]) -> float:
    """Return where a column's text ends: at its longest line's end, or short of its edge."""
    lines = [line for body in bodies for line in body.columns[column]]
    longest = max((line.bbox[2] for line in lines), default=edges[column])
    edge = edges[column + 1]
    full = edge - longest < _WIDE and len(lines) >= _FEW
    return longest if full else max(longest, edge - _MARGIN)


def row_code(text: str) -> str | None:
    """Return the number in the code with which a row begins ("R1", "LP 3:"), or None."""
    match = _CODE.match(text)
    return match.group("number") if match else None


def follow_on(numbers: Sequence[str]) -> bool:
    """Do most numbers follow the one before, or begin anew?"""
    steps = list(pairwise(numbers))
    good = sum(_next(a, b) for a, b in steps)
    return good >= 0.6 * len(steps)


def _next(a: str, b: str) -> bool:
    heads = [re.match(r"\d+", text) for text in (a, b)]
    if heads[0] is None or heads[1] is None:
        return True  # "one", "two": labels by their words
    first, second = (int(head.group()) for head in heads if head)
    return second - first in (0, 1) or second == 1
