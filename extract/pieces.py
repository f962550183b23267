"""Printed lines to pieces: runs of words with nothing wider than a space between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from actionplan.extract.layout import PageLayout
from actionplan.extract.lines import WordTable
from actionplan.schemas.tables import Line

_SPACE = 0.3  # of the font size: an ordinary space


@dataclass(slots=True)
class Piece:
    """Words of one line without a wide gap.

    Attributes:
        words: their indices in the page's word list.
        spans: start and end of each of them, left to right.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    text: str
    words: list[int]
    size: float
    bold: bool
    spans: list[tuple[float, float]]

    @property
    def middle(self) -> float:
        """Middle of its width."""
        return (self.x0 + self.x1) / 2


@dataclass(slots=True)
class PieceLine:
    """Pieces at one height, left to right."""

    y0: float
    y1: float
    pieces: list[Piece]

    @property
    def height(self) -> float:
        """Height of the line's letters."""
        return max(self.y1 - self.y0, 1.0)

    @property
    def bold(self) -> bool:
        """Is all of it bold?"""
        return all(piece.bold for piece in self.pieces)


def space_width(layout: PageLayout, lines: Sequence[Line], least: float) -> tuple[float, list[int]]:
    """Return the page's usual space, as a share of the font size, and the lines with wide gaps.

    Returns:
        The median gap between words, and the indices of lines that hold a gap of more than `least`
        times the font size.
    """
    words = [word for line in lines for word in line.words]
    if len(words) < 2:
        return _SPACE, []
    boxes = layout.words.boxes[words].tolist()
    sizes = layout.words.size[words].tolist()
    usual: list[float] = []
    wide: list[int] = []
    k = 0
    for n, line in enumerate(lines):
        right = boxes[k][2]
        is_wide = False
        for i in range(k + 1, k + len(line.words)):
            gap = (boxes[i][0] - right) / max(sizes[i], 1.0)
            right = boxes[i][2]
            is_wide = is_wide or gap > least
            if 0.0 < gap < 1.0:
                usual.append(gap)
        k += len(line.words)
        if is_wide:
            wide.append(n)
    return median(usual) if wide and usual else _SPACE, wide


def piece_line(table: WordTable, line: Line, gap: float) -> PieceLine:
    """Cut a line where words stand further apart than `gap` times the font size."""
    boxes, sizes = table.boxes, table.size
    groups: list[list[int]] = [[line.words[0]]]
    right = boxes[line.words[0]][2]
    for word in line.words[1:]:
        if boxes[word][0] - right > gap * max(sizes[word], 1.0):
            groups.append([])
            right = boxes[word][2]
        groups[-1].append(word)
        right = max(right, boxes[word][2])
    pieces = [_piece(table, group) for group in groups]
    return PieceLine(line.bbox[1], line.bbox[3], pieces)


def _piece(table: WordTable, words: list[int]) -> Piece:
    boxes = [table.boxes[word] for word in words]
    return Piece(
        x0=min(box[0] for box in boxes),
        y0=min(box[1] for box in boxes),
        x1=max(box[2] for box in boxes),
        y1=max(box[3] for box in boxes),
        text=" ".join(table.text[word] for word in words),
        words=words,
        size=table.size[words[0]],
        bold=all(table.bold[word] for word in words),
        spans=[(box[0], box[2]) for box in boxes],
    )
