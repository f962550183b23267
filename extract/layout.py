"""What is on a page: words, rules, fills and images, as arrays.

Coordinates are page points, origin top left, in the upright reading of the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Bytes = NDArray[np.uint8]
Note = tuple[str, str]


def box_array(boxes: Sequence[Sequence[float]]) -> Floats:
    """Return boxes as an (n, 4) array; also none of them."""
    return np.array(boxes, dtype=np.float64).reshape(-1, 4)


@dataclass(slots=True)
class Words:
    """The words of a page in content order.

    Attributes:
        text: n strings.
        boxes: (n, 4) x0, y0, x1, y1.
        size: (n,) font size in points, the text matrix applied.
        font: (n,) index into `fonts`.
        fonts: base font names.
        bold: (n,) set in a bold font.
        colour: (n, 3) fill colour, RGB 0..255.
        slanted: (n,) no part of the text: a watermark's letters, line numbers, hidden words.
        hidden: (n,) nobody sees them: outside the page, invisible, clipped away; None: none is.
        turned: (n,) clockwise quarter turn (90, 270) that makes a word upright which stands across
            the page's reading direction, as in narrow header cells; None: none does.
        confidence: (n,) how sure each word is, 0..1, where it was recognised in a picture; None:
            the words are the file's own.
        raw: n strings as they were read, where misread words were mended; None: none was.
    """

    text: list[str]
    boxes: Floats
    size: Floats
    font: NDArray[np.intp]
    fonts: list[str]
    bold: Bools
    colour: Bytes
    slanted: Bools
    hidden: Bools | None = None
    turned: NDArray[np.intp] | None = None
    confidence: Floats | None = None
    raw: list[str] | None = None

    def __len__(self) -> int:
        """Return the number of words."""
        return len(self.text)

    def take(self, indices: NDArray[np.intp]) -> Words:
        """Return the words at `indices`, in that order."""
        return Words(
            text=[self.text[i] for i in indices.tolist()],
            boxes=self.boxes[indices],
            size=self.size[indices],
            font=self.font[indices],
            fonts=self.fonts,
            bold=self.bold[indices],
            colour=self.colour[indices],
            slanted=self.slanted[indices],
            hidden=None if self.hidden is None else self.hidden[indices],
            turned=None if self.turned is None else self.turned[indices],
            confidence=None if self.confidence is None else self.confidence[indices],
            raw=None if self.raw is None else [self.raw[i] for i in indices.tolist()],
        )


@dataclass(slots=True)
class Rules:
    """Merged ruling lines: drawn lines, thin boxes, and edges of filled boxes.

    Attributes:
        horizontal: (n, 4) y, x0, x1, and 1 for a drawn line, 0 for the edge of a fill.
        vertical: (m, 4) x, y0, y1, and the same.
    """

    horizontal: Floats
    vertical: Floats


@dataclass(slots=True)
class PageLayout:
    """One page as `read` sees it.

    Attributes:
        page: number, from 1.
        width: points, upright.
        height: points, upright.
        turn: clockwise turn in degrees from the page's own space to the upright reading.
        fills: (k, 4) boxes of visible shading, in drawing order.
        fill_colours: (k, 3) their colours.
        images: (i, 4) boxes of images.
        complete: False where the page had more objects than are read.
        marks: (n,) marked-content id of each word, -1 for none; None in an untagged document.
        veiled: (n,) words in invisible ink over a picture: an older reading of a scan; None: none.
        back: (3, 3) matrix from places of this layout to those of the page as it is shown, points,
            where a picture was made level before it was read; None: they are the same.
    """

    page: int
    width: float
    height: float
    turn: int
    words: Words
    rules: Rules
    fills: Floats
    fill_colours: Bytes
    images: Floats
    complete: bool = True
    notes: list[Note] = field(default_factory=list)
    overprinted: int = 0
    marks: NDArray[np.intp] | None = None
    veiled: Bools | None = None
    back: Floats | None = None
