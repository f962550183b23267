"""Words that the spaces of a page part or join wrongly.

A raised "st" behind a number, letters spaced out to a heading, and words set so close that no space
was seen between them.
"""

from __future__ import annotations

import re
from itertools import accumulate, islice, pairwise
from statistics import median

import numpy as np

from actionplan.extract.calls import Address, char_boxes, object_matrices, text_objects
from actionplan.extract.layout import Floats
from actionplan.extract.page_settings import SpacingSettings
from actionplan.extract.rawwords import RawWords, parted
from actionplan.extract.turns import Turn

_ORDINAL = re.compile(r"(?:st|nd|rd|th)[.,;:)]*")


def mend_spaces(
    handle: Address, words: RawWords, turn: Turn, settings: SpacingSettings
) -> tuple[RawWords, Floats]:
    """Join what is one word and part what is several.

    Args:
        handle: pdfium text page.
        words: the words found, in content order.
        turn: the page's turn.
        settings: gaps, as shares of the letters' height.

    Returns:
        The words, and their (n, 4) boxes in the upright page.
    """
    words = _part_tight(handle, words, turn, settings)
    boxes = turn.boxes(words.extent)
    runs = _touching(words, boxes, settings)
    if runs:
        words = _joined(words, runs)
        boxes = turn.boxes(words.extent)
    runs = _spaced_out(handle, words, turn, boxes, settings)
    if runs:
        words = _joined(words, runs)
        boxes = turn.boxes(words.extent)
    for degrees in (90, 270) if _any_across(words, turn) else ():
        chosen = _across(words, turn, degrees)
        if len(chosen):
            beside = Turn(turn.frame, (turn.degrees + degrees) % 360)
            runs = _touching(words, beside.boxes(words.extent), settings)
            words = _joined(words, [run for run in runs if chosen.issuperset(run)])
            boxes = turn.boxes(words.extent)
    return words, boxes


def _any_across(words: RawWords, turn: Turn) -> bool:
    """Does any word run across the page's reading direction?"""
    steps = np.abs(words.last[:, :2] - words.first[:, :2])
    along, across = steps.T if turn.degrees in (0, 180) else steps.T[::-1]
    return bool((across > 2 * along).any())


def _across(words: RawWords, turn: Turn, degrees: int) -> frozenset[int]:
    """Words that a quarter turn makes upright, single letters by the direction of the others."""
    beside = Turn(turn.frame, (turn.degrees + degrees) % 360)
    steps = (beside.boxes(words.last) - beside.boxes(words.first))[:, :2]
    several = steps[:, 0] > 2 * np.abs(steps[:, 1])
    matrices = object_matrices(words.objects)
    angles = np.degrees(np.arctan2(matrices[:, 1], matrices[:, 0])).round() % 360
    return frozenset(np.flatnonzero(np.isin(angles, angles[several])).tolist())


def _joined(words: RawWords, runs: list[range]) -> RawWords:
    """Join each run of words to one."""
    inside = {i for run in runs for i in run[1:]}
    heads = [i for i in range(len(words.text)) if i not in inside]
    text, spans, last = list(words.text), list(words.spans), words.last.copy()
    for run in runs:
        end = run[-1]
        text[run[0]] = "".join(words.text[i] for i in run)
        spans[run[0]] = words.spans[run[0]][0], words.spans[end][1]
        last[run[0]] = words.last[end]
    return RawWords(
        [text[i] for i in heads],
        [spans[i] for i in heads],
        words.first[heads],
        last[heads],
        [words.objects[i] for i in heads],
    )


def _touching(words: RawWords, boxes: Floats, settings: SpacingSettings) -> list[range]:
    """Runs of pieces right behind each other: "1" and a raised "st", letters drawn one by one."""
    heights = boxes[:, 3] - boxes[:, 1]
    gaps = np.abs(boxes[1:, 0] - boxes[:-1, 2])
    close = gaps < settings.ordinal_gap * np.maximum(heights[:-1], heights[1:])
    out: list[range] = []
    if not close.any():
        return out
    low, high = np.minimum(heights[:-1], heights[1:]), np.maximum(heights[:-1], heights[1:])
    shared = np.minimum(boxes[:-1, 3], boxes[1:, 3]) - np.maximum(boxes[:-1, 1], boxes[1:, 1])
    smaller = low < settings.smaller * high
    for i in np.flatnonzero(close & (shared > settings.shared * high)).tolist():
        gap = float(gaps[i] / high[i])
        if not _is_one(words.text[i], words.text[i + 1], gap, bool(smaller[i]), settings):
            continue
        if out and out[-1][-1] == i:
            out[-1] = range(out[-1][0], i + 2)
        else:
            out.append(range(i, i + 2))
    return out


def _is_one(head: str, tail: str, gap: float, smaller: bool, settings: SpacingSettings) -> bool:
    """Are two pieces one word? Is one smaller, a raised "st" or a mark, or one a letter or two?"""
    if not smaller:
        return gap < settings.letter_gap and min(len(head), len(tail)) <= settings.piece
    if head[-1].isdigit() and tail[0].isdigit():
        return False  # a year and the mark of a footnote make no number
    if head[-1].isdigit() and _ORDINAL.fullmatch(tail):
        return True
    return gap < settings.raised_gap


def _spaced_out(
    handle: Address, words: RawWords, turn: Turn, boxes: Floats, settings: SpacingSettings
) -> list[range]:
    """Pieces of capitals, or single letters, set with even gaps: "L E A D", "AGEN C Y"."""
    capitals = [
        i
        for i, word in enumerate(words.text)
        if word.isupper() or (len(word) == 1 and not word.isdigit())
    ]
    runs: list[range] = []
    for before, i in pairwise(capitals):
        if i != before + 1 or not _level(boxes, i, settings):
            continue
        if runs and runs[-1][-1] == before:
            runs[-1] = range(runs[-1][0], i + 1)
        else:
            runs.append(range(before, i + 1))
    out: list[range] = []
    known: list[float] = []
    for run in sorted(runs, key=len, reverse=True):  # short ones tell less: "C Y"
        out += _spaced_words(handle, words, turn, run, known, settings)
    return sorted(out, key=lambda found: found[0])


def _level(boxes: Floats, i: int, settings: SpacingSettings) -> bool:
    """Does a word stand behind the one before it on its line?"""
    before, after = boxes[i - 1 : i + 1].tolist()
    height = after[3] - after[1]
    near = 0 < after[0] - before[2] < settings.next_letter * height
    return bool(near and abs(before[1] - after[1]) < settings.drop * height)


def _spaced_words(
    handle: Address,
    words: RawWords,
    turn: Turn,
    run: range,
    known: list[float],
    settings: SpacingSettings,
) -> list[range]:
    """Runs of pieces that are one word, by the gaps between the letters of `run`.

    Args:
        handle: pdfium text page.
        words: the words.
        turn: the page's turn.
        run: words in capitals behind each other on a line.
        known: gaps between the letters of words spaced out, as shares of the height; added to.
        settings: gaps.
    """
    spans = [words.spans[i] for i in run]
    chars = [index for start, stop in spans for index in range(start, stop + 1)]
    boxes = turn.boxes(char_boxes(handle, chars)).tolist()
    height = max(median(y1 - y0 for _, y0, _, y1 in boxes), 1.0)
    gaps = [(after[0] - before[2]) / height for before, after in pairwise(boxes)]
    ends = [end - 1 for end in accumulate(stop - start + 1 for start, stop in spans)][:-1]
    between = [gaps[k] for k in ends]
    borders = set(ends)
    inside = [gap for k, gap in enumerate(gaps) if k not in borders]
    if inside:
        usual = median(inside)
        widest = usual + settings.spaced_more
    else:
        usual = median(between)
        widest = settings.wide_gap * usual
        if len(run) < settings.letters and all(
            abs(usual - gap) > settings.same_gap for gap in known
        ):
            return []
    if usual < settings.spaced_gap:
        return []
    known.append(usual)
    wide = [k + 1 for k, gap in zip(run, between, strict=False) if gap > widest]
    cuts = [run[0], *wide, run[-1] + 1]
    return [range(a, b) for a, b in pairwise(cuts) if b - a > 1]


def _part_tight(
    handle: Address, words: RawWords, turn: Turn, settings: SpacingSettings
) -> RawWords:
    """Part words between which a space is too narrow for pdfium to see.

    Only long words drawn by several objects are looked at, and all others once there is one.
    """
    long = [i for i, word in enumerate(words.text) if len(word) >= settings.long_word]
    if not long:
        return words
    pieces = _tight_pieces(handle, words, turn, long, settings)
    if not pieces:
        return words
    rest = [i for i, word in enumerate(words.text) if 4 <= len(word) < settings.long_word]
    pieces.update(_tight_pieces(handle, words, turn, rest, settings))
    return parted(handle, words, pieces)


def _tight_pieces(
    handle: Address, words: RawWords, turn: Turn, chosen: list[int], settings: SpacingSettings
) -> dict[int, list[tuple[int, int]]]:
    """First and last character of the pieces of each chosen word that falls into several."""
    ends = text_objects(handle, [words.spans[i][1] for i in chosen])
    asked = []
    for i, end in zip(chosen, ends, strict=True):
        (start, stop), length = words.spans[i], len(words.text[i])
        drawn_as_one = end == words.objects[i] and length < settings.no_word
        if length == stop - start + 1 and not drawn_as_one:
            asked.append((i, start, stop))
    every = [index for _, start, stop in asked for index in range(start, stop + 1)]
    chars = iter(turn.boxes(char_boxes(handle, every)).tolist())
    out = {}
    for i, start, stop in asked:
        boxes = islice(chars, stop - start + 1)
        gaps = [(b[0] - a[2]) / max(a[3] - a[1], 1.0) for a, b in pairwise(boxes)]
        least = max(settings.tight_gap, median(gaps) + settings.tight_more)
        cuts = [start + k for k, gap in enumerate(gaps, 1) if gap >= least]
        if cuts:
            bounds = [start, *cuts, stop + 1]
            out[i] = [(a, b - 1) for a, b in pairwise(bounds)]
    return out
