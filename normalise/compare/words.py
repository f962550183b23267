"""Which words of a text were taken out, which put in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actionplan.normalise.compare.model import Piece

_TOKEN = re.compile(r"\w+(?:['’\-]\w+)*|\s+|[^\w\s]")
_WORD = re.compile(r"\w")
_LONE = 4  # letters of words that do not part two changes longer than they are: "of the"
_FEW = 2  # such words in a row


def word_pieces(old: str, new: str) -> tuple[Piece, ...]:
    """Return the runs of words in both and in one of two texts, in order.

    The runs but the ``+`` give `old`, those but the ``-`` give `new`. Words and signs are compared
    as a whole (longest common subsequence); short runs in common between longer changes are
    shown as changed, so that what was written anew reads as one.
    """
    from rapidfuzz.distance import Indel

    left, right = _TOKEN.findall(old), _TOKEN.findall(new)
    runs: list[tuple[str, str, str]] = []
    for code in Indel.opcodes(left, right):
        one = "".join(left[code.src_start : code.src_end])
        other = "".join(right[code.dest_start : code.dest_end])
        runs.append((one, "", "") if code.tag == "equal" else ("", one, other))
    return tuple(_pieces(_folded(runs)))


def _folded(runs: Sequence[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Runs as (in both, old, new): short ones in both go into the changes around them."""
    found: list[tuple[str, str, str]] = []
    for at, (both, old, new) in enumerate(runs):
        inside = bool(found) and at + 1 < len(runs)
        if both and inside and _is_lone(both, max(map(len, found[-1][1:])), _reach(runs, at)):
            both, old, new = "", both, both
        if found and not both and not found[-1][0]:
            found[-1] = ("", found[-1][1] + old, found[-1][2] + new)
        else:
            found.append((both, old, new))
    return found


def _reach(runs: Sequence[tuple[str, str, str]], at: int) -> int:
    """Length of the change after the run in both at `at`, up to the next run in both."""
    old = new = 0
    for both, one, other in runs[at + 1 :]:
        if both:
            break
        old, new = old + len(one), new + len(other)
    return max(old, new)


def _is_lone(text: str, before: int, after: int) -> bool:
    if not _WORD.search(text):
        return True
    words = text.split()
    little = len(words) <= _FEW and all(len(word) <= _LONE for word in words)
    return little and len(text.strip()) < min(before, after)


def _pieces(runs: Sequence[tuple[str, str, str]]) -> list[Piece]:
    found: list[Piece] = []
    for both, old, new in runs:
        if both:
            found.append(("=", both))
            continue
        if old:
            found.append(("-", old))
        if new:
            found.append(("+", new))
    return found
