"""How a line goes on into the next one: a space, a kept hyphen, a dropped one, a cut word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from actionplan.extract.settings import GlueSettings
from actionplan.extract.wordlists import dictionary, word_list
from actionplan.schemas.tables import Glue, Line

_PREFIXES = word_list("hyphen_parts")
_ALWAYS_HYPHENED = word_list("always_hyphened")
_SHORT = word_list("short_words")
_PUNCTUATION = "()[]{}.,;:!?'\"‘’“”"
_HYPHEN = re.compile("[-\u2010]")
_WORD_END = re.compile(r"(?:[^\W\d_]+[-\u2010])*(?P<last>[^\W\d_]+)[-\u2010]$")
_LAST_WORD = re.compile(r"([^\W\d_]+)$")
_CUT_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](\d{1,3})$")
_CUT_YEAR = re.compile(r"\d{1,3}(?!\S)")
_LOOSE_MARK = re.compile(r"[?!;:,.)](?!\S)")
_FIRST_WORD = re.compile(r"^([^\W\d_]+)")


class Gluer:
    """Decides line joins with the document's own words first, the dictionary second."""

    def __init__(
        self,
        vocabulary: Callable[[], frozenset[str]],
        hyphenated: Callable[[], bool],
        settings: GlueSettings | None = None,
    ) -> None:
        """Take what the document says of itself, worked out when first asked for.

        Args:
            vocabulary: returns the words that stand inside lines, in lower case.
            hyphenated: does the document divide words at line ends?
            settings: thresholds.
        """
        self._settings = settings or GlueSettings()
        self._vocabulary = vocabulary
        self._hyphenated = hyphenated

    def glue(self, line: Line, following: Line, right_edge: float) -> Glue:
        """Return how `line` goes on into `following`.

        Args:
            line: the earlier line.
            following: the next line of the same cell.
            right_edge: where text ends at the right of the cell of `line`, points.
        """
        if line.glue == "drop":
            return "drop"
        if line.text.endswith(("-", "\u2010")):
            return self._hyphen(line.text, following.text)
        if right_edge - line.bbox[2] < self._settings.full * line.size:
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
            # Before a number U+2010 is followed by a space, as the agenda systems that end lines in
            # the middle of codes have it in their own text.
            spaced = len(before) == 1 or before[-2] == " "
            spaced = spaced or (before[-1] == "\u2010" and after[:1].isdigit())
            return "space" if spaced or not after[:1].isalnum() else "keep"
        whole, head, tail = left.group().casefold(), left.group("last").casefold(), right.group(1)
        vocabulary, joined = self._vocabulary(), _HYPHEN.sub("", whole) + tail
        if whole + tail in vocabulary or whole[:-1] in _ALWAYS_HYPHENED:
            return "keep"
        if joined in vocabulary:
            return "drop"
        if not _is_compound(head, tail):
            return "drop" if joined in dictionary() or self._hyphenated() else "keep"
        # Two words: "before-|hand" is divided, "long-|standing" has a hyphen of its own.
        known = self._is_common(joined, head, tail) if head in _PREFIXES else joined in dictionary()
        return "drop" if self._hyphenated() and known else "keep"

    def _cut(self, before: str, after: str) -> Glue:
        token = before.rsplit(" ", 1)[-1]
        if _LOOSE_MARK.match(after) and before[-1].isalnum():
            return "cut"
        if _are_capitals(token, after.split(" ", 1)[0]):
            token, after = token.casefold(), after.casefold()
        elif not (before[-1].isalnum() and (after[0].islower() or after[0].isdigit())):
            return "space"
        date, year = _CUT_DATE.search(token), _CUT_YEAR.match(after)
        if date and year and _is_year(date.group(1) + year.group()):
            return "cut"
        left, right = _LAST_WORD.search(token), _FIRST_WORD.match(after)
        if left is None or right is None or not right.group(1)[0].islower():
            return "space"
        if token[: left.start()].endswith(("'", "’")):
            return "space"  # "Agnes’s|own": what follows an apostrophe ends its word
        head, tail, vocabulary = left.group(1).casefold(), right.group(1), self._vocabulary()
        if " " not in before and head + tail in vocabulary:
            return "cut"  # "The|me": a line that one word fills has no room for the next either way
        if head in vocabulary and tail in vocabulary:
            return "space"
        if _is_word(head) and _is_word(tail):
            # A word processor cuts a word only if it does not fit on a line of its own.
            alone = " " not in before and len(tail) > 2 and self._is_common(head + tail, head, tail)
            return "cut" if alone else "space"
        known = head + tail in vocabulary or head + tail in dictionary()
        # Two pieces that are no words alone make one even if nobody knows it ("Recommissi|oning").
        pieces = not _is_word(head) and not _is_word(tail) and len(head) + len(tail) > 6
        return "cut" if known or pieces else "space"

    def _is_common(self, joined: str, head: str, tail: str) -> bool:
        count = dictionary().get(joined, 0)
        rarer = min(dictionary().get(head, 1), dictionary().get(tail, 1))
        return count >= self._settings.common or count >= self._settings.common_share * rarer


def _are_capitals(head: str, tail: str) -> bool:
    """Are both words, or pieces of one, set in capitals?"""
    both = head + tail
    return len(head) > 1 and tail not in ("A", "I", "") and both.isalpha() and both.isupper()


def _is_word(text: str) -> bool:
    return text in _SHORT if len(text) < 3 else text in dictionary()


def _is_year(text: str) -> bool:
    """Are these the digits of a year, of which a line's end left some on each side?"""
    return len(text) == 2 or (len(text) == 4 and text[:2] in ("19", "20"))


def divides_words(texts: Iterable[tuple[str, str]]) -> bool:
    """Does any line end divide a word that nobody writes with a hyphen ("assess-|ment")?

    Args:
        texts: pairs of a line and the next line of the same cell or paragraph.
    """
    for before, after in texts:
        if not before.endswith(("-", "\u2010")):
            continue
        left, right = _WORD_END.search(before), _FIRST_WORD.match(after)
        if left is None or right is None:
            continue
        head, tail = left.group("last").casefold(), right.group(1)
        if head in _ALWAYS_HYPHENED or _is_compound(head, tail):
            continue  # the writer's own hyphen, also where the rest is no word ("co-|ordinated")
        if head + tail in dictionary():
            return True
    return False


def _is_compound(head: str, tail: str) -> bool:
    """May a writer have put a hyphen between the two?"""
    return _is_word(tail) and (_is_word(head) or head in _PREFIXES)


def inner_words(lines: Iterable[Line]) -> frozenset[str]:
    """Words that stand inside a line, in lower case: the first and last may be pieces."""
    texts = (line.text for line in lines)
    inside = [text[text.find(" ") + 1 : max(text.rfind(" "), 0)] for text in texts]
    words = set(" ".join(inside).casefold().split())
    return frozenset(word.strip(_PUNCTUATION) for word in words)
