"""Lines that begin with a label: a known phrase set off by a colon, bold type or a gap."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from actionplan.extract.form_settings import FormSettings
from actionplan.extract.layout import Words
from actionplan.schemas.tables import Line, TableHints

NUMBERED = "#"
_NO_WORD = re.compile(r"[^\w%]+")
_BRACKETS = re.compile(r"\([^)]*\)")
_COUNT = re.compile(r"\s*(?:\b(?:no|nr)\b)?\s*\d{1,2}[a-h]?$")
_CLOSING = (":", "\u2013", "\u2014", "-")
_HEAD = 60  # letters in which a label's colon stands


@dataclass(frozen=True, slots=True)
class Label:
    """The label that a line begins with.

    Attributes:
        key: the label without case, number and punctuation; `NUMBERED` for a row's own label.
        words: number of the line's words that are the label.
        alone: nothing else stands in the line.
        others: keys of further labels in the line.
    """

    key: str
    words: int
    alone: bool
    others: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all labels in the line."""
        return (self.key, *self.others)


class LabelFinder:
    """Finds labels at the start of lines."""

    def __init__(self, hints: TableHints, settings: FormSettings) -> None:
        """Take the phrases once for a document."""
        self._phrases, self._first = _phrases(tuple(hints.header_phrases))
        self._label = re.compile(hints.label_pattern) if hints.label_pattern else None
        self._settings = settings

    def may_begin(self, line: Line) -> bool:
        """Quickly: is the first word one that a phrase begins with?"""
        word = line.text.split(None, 1)[0]
        return word.casefold().strip(":-\u2013*\u2022") in self._first

    def label(self, line: Line, words: Words) -> Label | None:
        """Return the known phrase that `line` begins with, if something sets it off."""
        for count in self._ends(line, words):
            key = self.key(" ".join(words.text[word] for word in line.words[:count]))
            if key:
                first = Label(key, count, count == len(line.words))
                further = self.parts(line, first, words)[1:]
                heads = (" ".join(words.text[word] for word in head) for head, _ in further)
                return replace(first, others=tuple(self.key(head) or "" for head in heads))
        return None

    def key(self, head: str) -> str | None:
        """Return the known phrase that `head` is, also with a number or brackets behind it."""
        whole = plain(head)
        forms = (whole, _COUNT.sub("", whole), plain(_BRACKETS.sub(" ", head)))
        return next((form for form in forms if form in self._phrases), None)

    def numbered(self, line: Line, words: Words) -> Label | None:
        """Return a row's label ("Recommendation 3") where it is set off from what follows."""
        match = self._label.match(line.text) if self._label else None
        if match is None:
            return None
        count = len(line.text[: match.end()].split())
        rest = line.text[match.end() :]
        closed = rest.lstrip()[:1] in (":", ".", ")", "-", "\u2013", "\u2014")
        bold = match.end() <= line.bold_lead < len(line.text)
        if rest.strip() and not closed and not bold and count not in self._gaps(line, words):
            return None
        if closed and rest[0] == " ":
            count += 1  # a dash between blanks is a word
        return Label(NUMBERED, count, count >= len(line.words))

    def parts(self, line: Line, first: Label, words: Words) -> list[tuple[list[int], list[int]]]:
        """Cut a line at its labels ("Lead: Head of Housing   By when: May 2024").

        Args:
            line: a line that begins with a label.
            first: that label.
            words: the page's words.

        Returns:
            For each label its words and those of its value, as indices in `words`.
        """
        spans = [(0, first.words)]
        gaps = self._gaps(line, words, whole=True)
        for start in range(first.words, len(line.words)):
            count = self._inner(line, start, words, gaps) if start >= spans[-1][1] else 0
            if count:
                spans.append((start, start + count))
        stops = [*(start for start, _ in spans[1:]), len(line.words)]
        return [
            (list(line.words[start:end]), list(line.words[end:stop]))
            for (start, end), stop in zip(spans, stops, strict=True)
        ]

    def _inner(self, line: Line, start: int, words: Words, gaps: Sequence[int]) -> int:
        """Number of words of the label inside a line at `start`; 0 where there is none."""
        texts = [
            words.text[word] for word in line.words[start : start + self._settings.label_words]
        ]
        if texts[0].casefold().strip(":") not in self._first or not texts[0][0].isupper():
            return 0
        ends = {*gaps, len(line.words)}
        for count, text in enumerate(texts, 1):
            closed = text.endswith(":") or (start in gaps and start + count in ends)
            if closed:
                return count if self.key(" ".join(texts[:count])) else 0
        return 0

    def unknown(self, line: Line) -> Label | None:
        """Return a short beginning without a number: before a colon, or a whole line in bold."""
        head, colon, rest = line.text[:_HEAD].partition(":")
        words = head.split()
        if line.bold and not colon and line.text[-1].isalnum():
            head, colon = line.text, ":"
        if not colon or not 0 < len(words) <= self._settings.label_words:
            return None
        if not head[0].isupper() or any(sign.isdigit() for sign in head):
            return None
        return Label(plain(head), len(words), not rest.strip())

    def _ends(self, line: Line, words: Words) -> Iterator[int]:
        """Numbers of words after which a label may end, the clearest sign first."""
        most = self._settings.label_words
        head = [words.text[word] for word in line.words[: most + 1]]
        yield from [k for k, word in enumerate(head, 1) if word.endswith(_CLOSING)][:2]
        if 0 < line.bold_lead < len(line.text):
            yield len(line.text[: line.bold_lead].split())
        yield from self._gaps(line, words)[:1]
        # Nothing but bold type sets a label off that stands alone.
        if len(line.words) <= most and line.bold:
            yield len(line.words)

    def _gaps(self, line: Line, words: Words, *, whole: bool = False) -> list[int]:
        """Numbers of words before a wide gap, looked for where a first label may end."""
        least = self._settings.value_gap * max(line.size, 1.0)
        stop = None if whole else self._settings.label_words + 2
        boxes = words.boxes[list(line.words[:stop])]
        wide = boxes[1:, 0] - boxes[:-1, 2] > least
        return [int(k) + 1 for k in wide.nonzero()[0]]


@lru_cache(maxsize=8)
def _phrases(phrases: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """All phrases, and their first words."""
    known = frozenset(plain(phrase) for phrase in phrases) - {""}
    return known, frozenset(phrase.split()[0] for phrase in known)


def plain(text: str) -> str:
    """Return `text` in lower case without punctuation, ``&`` written out."""
    text = text.replace("&", " and ").replace("\u2019", "").replace("'", "")
    return " ".join(_NO_WORD.sub(" ", text.casefold()).split())


def common_start(starts: Sequence[float], reach: float) -> tuple[float, float]:
    """Return the place at which most of `starts` stand, and the share of them that do.

    Args:
        starts: places, points.
        reach: places no further apart than this are one.
    """
    if not starts:
        return 0.0, 0.0
    ordered = sorted(starts)
    best, first, low = (0, ordered[0]), 0, ordered[0]
    for k, start in enumerate(ordered):
        while start - ordered[first] > reach:
            first += 1
        low = ordered[first]
        best = max(best, (k - first + 1, low), key=lambda item: item[0])
    return best[1], best[0] / len(ordered)
