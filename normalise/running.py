"""Running text of printed lines, with the way back from a character to its line."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from actionplan.schemas.tables import Line


class Running(NamedTuple):
    """Lines joined as `schemas.tables.join_lines` joins them.

    Attributes:
        text: the running text.
        starts: for each line the offset in `text` of its first character.
    """

    text: str
    starts: tuple[int, ...]

    def line_at(self, offset: int) -> int:
        """Index of the line that holds the character at `offset`."""
        return max(bisect_right(self.starts, offset) - 1, 0)


def run_on(lines: Sequence[Line]) -> Running:
    """Join `lines` to running text and remember where each begins."""
    text = ""
    starts: list[int] = []
    for line in lines:
        starts.append(len(text))
        printed = " ".join(line.text.split())
        text += printed.removesuffix("-") if line.glue == "drop" else printed
        if line.glue == "space" and text and not text.endswith(" "):
            text += " "
    return Running(text.rstrip(), tuple(starts))
