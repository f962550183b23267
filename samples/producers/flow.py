"""The text of a cell that is printed piece by piece, over pages whose columns may differ."""

from __future__ import annotations

from dataclasses import dataclass, field

from samples.producers.wrap import measure, wrap
from samples.source import Para

NEST_PAD = 2.0
"""Points between the edge of a nested table's column and its text."""


@dataclass
class Piece:
    """Text at a distance from its cell's left text edge."""

    dx: float
    text: str
    bold: bool = False


@dataclass
class Line:
    """One line of a cell; a row of a nested table has the edges of its columns."""

    pieces: list[Piece]
    nest: list[float] = field(default_factory=list)


@dataclass
class Flow:
    """The text of one cell that is still to be printed."""

    paras: list[Para]
    bold: bool = False
    centre: bool = False
    run_on: bool = False
    skip: int = 0
    """Letters of the first paragraph that are printed already."""

    def lines(self, width: float, font: str, size: float) -> list[Line]:
        """Return the remaining lines in a column of `width` points."""
        out: list[Line] = []
        for at, para in enumerate(self.paras):
            if para.tag == "nest":
                out.append(nested(para, width))
                continue
            heavy = self.bold or (para.tag == "label" and not para.text)
            face = f"{font}:Bold" if heavy else font
            text = rest_of(para.printed, self.skip if at == 0 else 0)
            for line in [text] if self.run_on else wrap(text, face, size, width):
                dx = (width - measure(line, face, size)) / 2 if self.centre else 0.0
                out.append(Line([Piece(dx, line, heavy)]))
        return out

    def take(self, count: int, width: float, font: str, size: float) -> list[Line]:
        """Return the next `count` lines and go on behind them."""
        lines = self.lines(width, font, size)[:count]
        for line in lines:
            size_of = letters_in("".join(piece.text for piece in line.pieces))
            whole = line.nest or letters_in(self.paras[0].printed) <= self.skip + size_of
            if whole:
                self.paras, self.skip = self.paras[1:], 0
            else:
                self.skip += size_of
        return lines


def letters_in(text: str) -> int:
    """Return the number of characters that are no space."""
    return sum(not char.isspace() for char in text)


def rest_of(text: str, skip: int) -> str:
    """Return `text` behind its first `skip` characters that are no space."""
    for at, char in enumerate(text):
        if not skip:
            return text[at:].lstrip()
        skip -= not char.isspace()
    return "" if not skip else text


def nested(para: Para, width: float) -> Line:
    """Return one row of a nested table, its columns as wide as its argument's shares say."""
    cells = [cell.strip() for cell in para.head.split("|")]
    shares = [float(share) for share in para.arg.split()] or [1.0] * len(cells)
    starts = [0.0]
    for share in shares:
        starts.append(starts[-1] + width * share / sum(shares))
    pieces = [
        Piece(start + NEST_PAD, text)
        for start, text in zip(starts[:-1], cells, strict=True)
        if text
    ]
    return Line(pieces, starts)
