"""Words as they are found on a text page, in the page's own space."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from actionplan.extract.calls import Address, char_boxes, text_objects
from actionplan.extract.layout import Floats


@dataclass(slots=True)
class RawWords:
    """Words in the page's own space (y up), with the character range of each.

    Attributes:
        spans: first and last character index of each word.
        first: (n, 4) loose box of the first character: left, bottom, right, top.
        last: (n, 4) the same for the last one.
        objects: the text object of the first character.
    """

    text: list[str]
    spans: list[tuple[int, int]]
    first: Floats
    last: Floats
    objects: list[Address]

    @property
    def extent(self) -> Floats:
        """(n, 4) box of each word: the union of its end characters' boxes."""
        low = np.minimum(self.first[:, :2], self.last[:, :2])
        high = np.maximum(self.first[:, 2:], self.last[:, 2:])
        return np.hstack([low, high])


def with_boxes(handle: Address, text: list[str], spans: list[tuple[int, int]]) -> RawWords:
    """Return words with the boxes of their end characters.

    Args:
        handle: pdfium text page.
        text: the words.
        spans: first and last character index of each.
    """
    starts = [span[0] for span in spans]
    first = char_boxes(handle, starts)
    last = char_boxes(handle, [span[1] for span in spans])
    return RawWords(text, spans, first, last, text_objects(handle, starts))
