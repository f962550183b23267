"""Text of one page on two sides: where the rules of a small table beside another stand apart."""

from __future__ import annotations

from collections.abc import Sequence

from actionplan.extract.lines import build_lines
from actionplan.extract.unruled_pages import PageText
from actionplan.schemas.tables import Line

_APART = 12.0  # points of white between two tables, at least: cells' own rules stand closer
_LEVEL = 2.0  # points between the heights of rules that part one row
_FEW = 3  # rules from which they are those of a table
_SHARED = 0.4  # share of the heights at which both sides have rules, from which they are one table

_WIDE = 1.5  # times the font size: white inside a line of both sides

_Rule = tuple[float, float, float]


def ruled_apart(text: PageText) -> float | None:
    """Return where rules end on one side and others, at other heights, begin on the other.

    No text lies across, as far down as the shorter side reaches.
    """
    rules = sorted((x0, x1, y) for y, x0, x1, drawn in text.rules if drawn)
    if len(rules) < 2 * _FEW:
        return None
    reached = rules[0][1]
    for k, (x0, x1, _) in enumerate(rules):
        if x0 - reached >= _APART and _is_between(text, rules[:k], rules[k:]):
            return (reached + x0) / 2
        reached = max(reached, x1)
    return None


def part_lines(text: PageText, x: float) -> list[Line]:
    """Return the free lines, those on both sides of `x` cut there."""
    boxes = text.table.boxes
    out: list[Line] = []
    for line in text.free:
        left = [word for word in line.words if boxes[word][0] + boxes[word][2] < 2 * x]
        right = [word for word in line.words if boxes[word][0] + boxes[word][2] >= 2 * x]
        if left and right and boxes[right[0]][0] - boxes[left[-1]][2] > _WIDE * line.size:
            out += [*build_lines(text.table, left), *build_lines(text.table, right)]
        else:
            out.append(line)
    return out


def _is_between(text: PageText, left: Sequence[_Rule], right: Sequence[_Rule]) -> bool:
    """Have both sides rules of their own, and does no text lie across the white between them?"""
    ours, theirs = ({round(y / _LEVEL) for *_, y in side} for side in (left, right))
    few = min(ours, theirs, key=len)
    near = {level + d for level in max(theirs, ours, key=len) for d in (-1, 0, 1)}
    if len(few) < _FEW or len(few & near) > _SHARED * len(few):
        return False
    low = max(x1 for _, x1, _ in left)
    high = min(x0 for x0, *_ in right)
    bottom = min(max(y for *_, y in side) for side in (left, right))
    top = max(min(y for *_, y in side) for side in (left, right))
    return not any(
        piece.x0 < high and piece.x1 > low
        for line in text.lines
        if top < line.y1 and line.y0 < bottom
        for piece in line.pieces
    )
