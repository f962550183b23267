"""Words as they are found on a text page, in the page's own space."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
        out = np.zeros((len(self.text), 4))
        np.minimum(self.first[:, :2], self.last[:, :2], out=out[:, :2])
        np.maximum(self.first[:, 2:], self.last[:, 2:], out=out[:, 2:])
        return out


def parted(
    handle: Address, words: RawWords, pieces: Mapping[int, Sequence[tuple[int, int]]]
) -> RawWords:
    """Return words of which some are cut into pieces; only the boxes of these are read.

    Args:
        handle: pdfium text page.
        words: the words; those that are cut have one letter for each character.
        pieces: by index of a word, the first and last character of each of its pieces.
    """
    cut = [(i, span) for i, spans in pieces.items() for span in spans]
    starts = [(words.text[i], words.spans[i][0]) for i, _ in cut]
    text = [
        word[a - start : b - start + 1]
        for (word, start), (_, (a, b)) in zip(starts, cut, strict=True)
    ]
    new = with_boxes(handle, text, [span for _, span in cut])
    places: dict[int, list[int]] = {}
    for k, (i, _) in enumerate(cut, len(words.text)):
        places.setdefault(i, []).append(k)
    order = [k for i in range(len(words.text)) for k in places.get(i, (i,))]
    every = [*words.text, *new.text], [*words.spans, *new.spans], [*words.objects, *new.objects]
    return RawWords(
        [every[0][k] for k in order],
        [every[1][k] for k in order],
        np.concatenate((words.first, new.first))[order],
        np.concatenate((words.last, new.last))[order],
        [every[2][k] for k in order],
    )


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
