"""What a reader of the page sees of its text: what is hidden, and what is printed twice.

Hidden are words outside the page, in invisible ink, white on white, or clipped away. They stay
among the page's words and are accounted for, but enter no table. Invisible words over a picture are
the text of a scan: the reader sees them in the picture.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from actionplan.extract.calls import Address, clip_boxes, object_boxes, object_matrices
from actionplan.extract.layout import Bools, Floats
from actionplan.extract.settings import ReaderSettings
from actionplan.extract.turns import Turn

# Text render modes: neither filled nor stroked, the second also clips what follows.
_INVISIBLE, _INVISIBLE_CLIP = 3, 7
_NEAR = 50  # objects at the place of one that are compared with it: a second print is one
_PAIRS = 50_000  # points and boxes compared all at once


@dataclass(frozen=True, slots=True)
class Printed:
    """The text objects behind a page's words.

    Attributes:
        objects: n distinct text objects.
        of_word: index into `objects` for each word.
        colours: (n, 4) fill colour and alpha, 0..255.
        modes: (n,) text render modes.
        matrices: (n, 6) text matrices.
        sizes: (n,) font sizes, the matrix applied, points.
    """

    objects: list[Address]
    of_word: NDArray[np.intp]
    colours: NDArray[np.uint32]
    modes: NDArray[np.intp]
    matrices: Floats
    sizes: Floats


def hidden_words(
    printed: Printed,
    boxes: Floats,
    turn: Turn,
    pictures: Floats,
    shades: Floats,
    painted: Callable[[], Floats],
    plain: Collection[Address],
    settings: ReaderSettings,
) -> tuple[Bools | None, int]:
    """Find the words that nobody sees.

    Args:
        printed: the words' text objects.
        boxes: (n, 4) the words' boxes in the upright page.
        turn: the page's turn.
        pictures: (i, 4) boxes of images, upright.
        shades: (s, 4) boxes of shading.
        painted: returns the (k, 4) upright boxes of all that is painted and not white; asked for
            where white text stands on none of the others.
        plain: text objects outside forms: those inside have a space of their own.
        settings: what is white.

    Returns:
        A flag for each word, None where all are seen; and the number of those hidden on the page
        itself, not outside it.
    """
    modes = printed.modes
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    hidden = np.zeros(len(boxes), dtype=bool)
    invisible = (modes == _INVISIBLE) | (modes == _INVISIBLE_CLIP)
    if invisible.any():
        words = np.flatnonzero(invisible[printed.of_word])
        hidden[words] = ~_over(x[words], y[words], pictures)
    white = (printed.colours[:, :3].min(axis=1, initial=255) >= settings.white) & ~invisible
    if white.any():
        words = np.flatnonzero((white & (modes == 0))[printed.of_word])
        words = words[~_over(x[words], y[words], np.vstack([shades, pictures]))]
        if len(words):
            hidden[words] = ~_over(x[words], y[words], painted())
    for words, clip in _clips(printed, plain):
        x0, y0, x1, y1 = turn.boxes(clip[None])[0] + (-1, -1, 1, 1)
        hidden[words] |= (x[words] < x0) | (x[words] > x1) | (y[words] < y0) | (y[words] > y1)
    on_page = int(hidden.sum())
    outside = outside_page(boxes, turn.size)
    if outside is not None:
        on_page = int((hidden & ~outside).sum())
        hidden |= outside
    return (hidden if hidden.any() else None), on_page


def outside_page(boxes: Floats, size: tuple[float, float]) -> Bools | None:
    """Return which boxes have their middle outside a page of `size`; None where none has.

    Outside is also a middle that is no number, and a word ten times as large as the page: broken
    matrices give both.
    """
    width, height = size
    furthest = boxes.max(axis=0, initial=0)
    if boxes.min(initial=0) >= 0 and furthest[2] <= width and furthest[3] <= height:
        return None
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    outside = ~((x >= 0) & (x <= width) & (y >= 0) & (y <= height))
    outside |= boxes[:, 2] - boxes[:, 0] > 10 * width
    return outside if outside.any() else None


def invisible_words(printed: Printed, hidden: Bools | None) -> Bools | None:
    """Return which words are in invisible ink over a picture; None where none is.

    Args:
        printed: the words' text objects.
        hidden: those that nobody sees, not even in a picture.
    """
    invisible = (printed.modes == _INVISIBLE) | (printed.modes == _INVISIBLE_CLIP)
    if not invisible.any():
        return None
    found = np.asarray(invisible[printed.of_word], dtype=bool)
    return found if hidden is None else found & ~hidden


def _over(x: Floats, y: Floats, boxes: Floats) -> Bools:
    """Does a box lie under each of the points?"""
    if len(x) * len(boxes) <= _PAIRS:
        x0, y0, x1, y1 = boxes.T
        x, y = x[:, None], y[:, None]
        within = (x > x0) & (x < x1) & (y > y0) & (y < y1)
        return np.asarray(within.any(axis=1), dtype=bool)
    found = np.zeros(len(x), dtype=bool)
    for x0, y0, x1, y1 in boxes.tolist():
        found |= (x > x0) & (x < x1) & (y > y0) & (y < y1)
    return found


def _clips(
    printed: Printed, plain: Collection[Address]
) -> Iterator[tuple[NDArray[np.intp], Floats]]:
    """Words of each object that reaches out of its clip, and the box of the clip.

    pdfium itself drops the clip of an object that lies inside it. An object in a form has a space
    of its own: it counts, with a box that holds nothing, where all of it is outside.
    """
    clipped = clip_boxes(printed.objects)
    if not clipped:
        return
    plain = frozenset(plain)
    order = np.argsort(printed.of_word, kind="stable")
    of_word = printed.of_word[order]
    own = object_boxes([printed.objects[k] for k in clipped])
    for (k, clip), box in zip(clipped.items(), own, strict=True):
        area = np.array(clip)
        if printed.objects[k] not in plain:
            if (box[:2] <= area[2:]).all() and (box[2:] >= area[:2]).all():
                continue
            area = np.full(4, -np.inf)
        first, last = np.searchsorted(of_word, [k, k + 1])
        yield order[first:last], area


def overprinted(printed: Printed, drawn: list[Address], settings: ReaderSettings) -> Bools | None:
    """Find text that is printed twice with a small shift to look bold; pdfium reads it once.

    Args:
        printed: the words' text objects.
        drawn: all text objects of the page, those that pdfium left out among them.
        settings: the greatest shift.

    Returns:
        A flag for each of `printed.objects`, or None where nothing was left out.
    """
    known = set(printed.objects)
    others = [item for item in drawn if item not in known]
    if not others or not len(printed.objects):
        return None
    places = object_matrices(others)[:, 4:]
    reach = settings.overprint * printed.sizes
    found = np.zeros(len(printed.objects), dtype=bool)
    order = np.argsort(places[:, 1], kind="stable")
    first, last = _within(places[order, 1], printed.matrices[:, 5], reach)
    # On each line some object stands at the height of others: few stand at their left end too.
    left, right = _within(np.sort(places[:, 0]), printed.matrices[:, 4], reach)
    for k in np.flatnonzero((last > first) & (right > left)).tolist():
        near = order[first[k] : last[k]]
        near = near[np.abs(places[near, 0] - printed.matrices[k, 4]) <= reach[k]]
        found[k] = any(_same_extent(printed.objects[k], others[i]) for i in near[:_NEAR].tolist())
    return found if found.any() else None


def _within(
    places: Floats, middles: Floats, reach: Floats
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """First and last + 1 of the sorted places that are within `reach` of each middle."""
    first = places.searchsorted(middles - reach)
    return first, places.searchsorted(middles + reach, side="right")


def _same_extent(one: Address, other: Address) -> bool:
    first, second = object_boxes([one, other])
    sides = np.abs((first[2:] - first[:2]) - (second[2:] - second[:2]))
    return bool(first[2] > first[0] and (sides < 1).all())
