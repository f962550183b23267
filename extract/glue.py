"""How a line goes on into the next one: a space, a kept hyphen, a dropped one, a cut word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from actionplan.extract.wordlists import dictionary, word_list
from actionplan.schemas.tables import Glue, Line

_PREFIXES = word_list("hyphen_parts")
_ALWAYS_HYPHENED = word_list("always_hyphened")
_SHORT = word_list("short_words")
_WORD_END = re.compile(r"([^\W\d_]+)[-\u2010]$")
_LAST_WORD = re.compile(r"([^\W\d_]+)$")
_FIRST_WORD = re.compile(r"^([^\W\d_]+)")


class Gluer:
    """Decides line joins with the document's own words first, the dictionary second."""

    def __init__(
        self, vocabulary: Callable[[], frozenset[str]], hyphenated: Callable[[], bool]
    ) -> None:
        """Take what the document says of itself, worked out when first asked for.

        Args:
            vocabulary: returns the words that stand inside lines, in lower case.
            hyphenated: does the document divide words at line ends?
        """
        self._vocabulary = vocabulary
        self._hyphenated = hyphenated

    def glue(self, line: Line, following: Line, right_edge: float) -> Glue:
        """Return how `line` goes on into `following`.

        Args:
            line: the earlier line.
            following: the next line of the same cell.
            right_edge: the right border of the cell of `line`, points.
        """
        if line.glue == "drop":
            return "drop"
        if line.text.endswith(("-", "\u2010")):
            return self._hyphen(line.text, following.text)
        if self._full(line, right_edge) and following.text[0].islower():
            return self._cut(line.text, following.text)
        return "space"

    def glue_lines(self, lines: Sequence[Line], right_edges: Sequence[float]) -> list[Line]:
        """Return `lines` with their glue set; `right_edges` has one border for each line."""
        out = []
        for k, line in enumerate(lines):
            glue: Glue = "space"
            if k + 1 < len(lines):
                glue = self.glue(line, lines[k + 1], right_edges[k])
            out.append(line if line.glue == glue else replace(line, glue=glue))
        return out

    def is_word_cut(self, before: str, after: str) -> bool:
        """Do the end of `before` and the start of `after` make one word cut without a hyphen?"""
        return self._cut(before, after) == "cut"

    def _hyphen(self, before: str, after: str) -> Glue:
        left, right = _WORD_END.search(before), _FIRST_WORD.match(after)
        if left is None or right is None or not right.group(1)[0].islower():
            # A dash between spaces, a range of numbers ("2013-|14"), or "Mid-" before a capital.
            # U+2010 stands in codes and dates of agenda systems, where a line may end anywhere.
            spaced = before.endswith((" -", "\u2010")) or before == "-"
            return "space" if spaced or not after[:1].isalnum() else "keep"
        head, tail = left.group(1).casefold(), right.group(1)
        if f"{head}-{tail}" in self._vocabulary():
            return "keep"
        joined = head + tail
        if joined in self._vocabulary():
            return "drop"
        if head in _PREFIXES and (head in _ALWAYS_HYPHENED or not self._hyphenated()):
            return "keep"
        return "drop" if joined in dictionary() else "keep"

    def _full(self, line: Line, right_edge: float) -> bool:
        """Is there no room for one more letter at the line's end?"""
        return right_edge - line.bbox[2] < 0.9 * line.size + 2.0

    def _cut(self, before: str, after: str) -> Glue:
        left, right = _LAST_WORD.search(before), _FIRST_WORD.match(after)
        if left is None or right is None:
            return "space"
        head, tail = left.group(1).casefold(), right.group(1)
        if not tail[0].islower():
            return "space"
        vocabulary = self._vocabulary()
        if head in vocabulary and tail in vocabulary:
            return "space"
        joined = head + tail
        if joined not in vocabulary and joined not in dictionary():
            return "space"
        return "space" if _is_word(head) and _is_word(tail) else "cut"


def _is_word(text: str) -> bool:
    return text in _SHORT if len(text) < 3 else text in dictionary()


def divides_words(texts: Iterable[tuple[str, str]]) -> bool:
    """Does any line end divide a word that nobody writes with a hyphen ("assess-|ment")?

    Args:
        texts: pairs of a line and the next line of the same cell or paragraph.
    """
    for before, after in texts:
        left, right = _WORD_END.search(before), _FIRST_WORD.match(after)
        if left is None or right is None:
            continue
        head, tail = left.group(1).casefold(), right.group(1)
        pieces = not _is_word(tail) or not (_is_word(head) or head in _PREFIXES)
        if pieces and head + tail in dictionary():
            return True
    return False


def inner_words(lines: Iterable[Line]) -> frozenset[str]:
    """Words that stand inside a line, in lower case: the first and last may be pieces."""
    out: set[str] = set()
    for line in lines:
        for word in line.text.split()[1:-1]:
            out.add(word.strip("()[]{}.,;:!?'\"‘’“”").casefold())
    return frozenset(out)
