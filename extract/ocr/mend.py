"""Misread words of scanned pages, mended from the words that the document and its field use.

Nothing is made up: a word changes only if recognition was unsure of it, no list knows it, and one
known word alone is a likely misreading away. What was read stays beside it. A word that holds a
digit is never touched: a date or a number is as read, and doubtful where it is doubtful.
"""

from __future__ import annotations

import tomllib
from calendar import day_name, month_name
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from actionplan.extract.layout import PageLayout, Words
from actionplan.extract.ocr.settings import MendSettings
from actionplan.extract.wordlists import dictionary

Vocabulary = Callable[[], frozenset[str]]
_EDGES = "()[]{}.,;:!?'\"‘’“”«»|*"
_BULLET = "•"
_HYPHENS = ("-", "\u2010", "~", "=", "_", "—")  # also as recognition misreads one
_STUMPS = frozenset("‘“|*'\"«»")  # in front of a word also what is left of a first letter
_ARTICLES = frozenset({"a", "an", "the"})
_NAMED = frozenset(name.casefold() for name in (*month_name, *day_name) if name)
"""Words that are printed with a capital alone."""


@dataclass(frozen=True, slots=True)
class _Lists:
    """Signs and words of `data/misread.toml`."""

    letters: tuple[tuple[str, str], ...]
    bullets: frozenset[str]
    joined: frozenset[str]


@cache
def _lists() -> _Lists:
    source = files("actionplan.extract") / "data" / "misread.toml"
    told = tomllib.loads(source.read_text(encoding="utf-8"))
    pairs = tuple(
        (read, meant) for read, _, meant in (pair.partition(" ") for pair in told["letters"])
    )
    return _Lists(pairs, frozenset(told["bullets"].split()), frozenset(told["joined"].split()))


def mend_pages(
    pages: Sequence[PageLayout], vocabulary: Vocabulary, settings: MendSettings
) -> list[PageLayout]:
    """Return the pages with the misread words of recognised ones mended.

    Args:
        pages: all pages of a document.
        vocabulary: words of the field, in lower case; asked for only where pages were recognised.
        settings: thresholds.
    """
    scans = [page for page in pages if page.words.confidence is not None]
    if not scans:
        return list(pages)
    mender = Mender(scans, vocabulary(), settings)
    return [page if page.words.confidence is None else _mended(page, mender) for page in pages]


def _mended(page: PageLayout, mender: Mender) -> PageLayout:
    words = page.words
    if words.confidence is None:
        return page
    sure, text = words.confidence.tolist(), list(words.text)
    for k, read in enumerate(words.text):
        ends = _ends_line(page, k)
        if ends and k + 1 < len(words.text) and mender.is_cut(read, words.text[k + 1]):
            continue
        if k and _ends_line(page, k - 1) and mender.is_cut(words.text[k - 1], read):
            continue
        text[k] = mender.mend(read, sure[k], ends_line=ends) or read
    for k in _bullets(page, mender.settings):
        text[k] = _BULLET
    if text == words.text:
        return page
    return replace(page, words=replace(words, text=text, raw=list(words.text)))


def _ends_line(page: PageLayout, k: int) -> bool:
    """Does the word after `k` stand on another line?"""
    boxes = page.words.boxes
    return k + 1 >= len(boxes) or bool(
        abs(boxes[k][3] - boxes[k + 1][3]) > 0.5 * page.words.size[k]
        or boxes[k + 1][0] < boxes[k][0]
    )


class Mender:
    """The words of one document and its field, and what misread words may have been."""

    def __init__(
        self, pages: Iterable[PageLayout], field: frozenset[str], settings: MendSettings
    ) -> None:
        """Take the words that recognition was sure of, several times, and those of the field.

        Args:
            pages: the recognised pages.
            field: words of the field, in lower case.
            settings: thresholds.
        """
        self.settings = settings
        self._field = field
        self._own = Counter(_sure_words(pages, settings))
        self._english = dictionary()

    def is_cut(self, word: str, following: str) -> bool:
        """Are the last word of a line and the first of the next the halves of a known one?"""
        first, second = word.strip(_EDGES), following.strip(_EDGES)
        if first.endswith(_HYPHENS):
            return True
        return (first + second).isalpha() and self._is_known(first + second)

    def mend(self, word: str, sure: float, *, ends_line: bool = False) -> str | None:
        """Return what was printed for `word`; None if it stays as it was read.

        Args:
            word: as read.
            sure: recognition's confidence, 0..1.
            ends_line: it is the last one of its line, where a word may be cut.
        """
        core = word.strip(_EDGES)
        stump = word[0] in _STUMPS
        if stump or any(map(str.isdigit, word)) or len(core) < 2 or self._is_known(core):
            return None
        long = len(core) >= self.settings.least_letters
        single = self._read_for(core) if long and sure < self.settings.unsure else None
        parted = self._parted(core, ends_line=ends_line)
        if parted and not word.endswith(core) and parted.rpartition(" ")[2] in _ARTICLES:
            parted = None  # no stop stands behind an article: some other word was misread
        if single and not parted:
            return word.replace(core, single, 1)
        sure_enough = sure < self.settings.unsure_joined and len(core) > self.settings.least_letters
        if parted and not single and sure_enough:
            return word.replace(core, parted, 1)
        return None

    def _is_known(self, core: str) -> bool:
        """Is it a word, also one of several joined by hyphens, strokes or an apostrophe?"""
        low = core.casefold().replace("’", "'")
        return all(
            not part or self._knows(part)
            for piece in low.replace("/", "-").split("-")
            for part in [piece.removesuffix("'s")]
        )

    def _knows(self, low: str) -> bool:
        return (
            low in self._english
            or low in self._field
            or self._own[low] >= self.settings.often
            or "'" in low
        )

    def _read_for(self, core: str) -> str | None:
        """The one known word that is likeliest to be read as `core`."""
        capitals = core.isupper() and len(core) >= self.settings.least_capitals
        if not (core[1:].islower() or capitals):
            return None
        forms, reach = {core}, {core}
        for step in range(self.settings.steps if len(core) >= self.settings.least_far else 1):
            reach = {form for one in reach for form in _variants(one)} - forms
            forms |= reach
            weights = {form: w for form in reach if (w := self._weight(form, far=step > 0))}
            best = sorted(weights, key=lambda form: weights[form], reverse=True)[:2]
            if best:
                clear = len(best) == 1 or weights[best[0]] >= self.settings.clear * weights[best[1]]
                return best[0] if clear else None
        return None

    def _weight(self, form: str, *, far: bool) -> int:
        """How likely a word is here, as times that it would stand in the dictionary's corpus.

        One that only English has is believed in small letters alone: a capital may begin a name.
        With more than one misreading only the document's own words are believed.
        """
        low = form.casefold()
        if self._own[low] >= self.settings.often:
            return self.settings.own_weight
        if far:
            return 0
        weight = self._english.get(low, 0)
        if low in self._field and not (form.islower() and low in _NAMED):
            return max(weight, self.settings.field_weight)
        believed = form.islower() and low not in _NAMED and weight >= self._least(low)
        return weight if believed else 0

    def _least(self, low: str) -> int:
        """Times that an English word stands in the corpus, to be believed: more for short ones."""
        letters, least = len(low), self.settings.common
        return least[min(letters, len(least) - 1)]

    def _parted(self, core: str, *, ends_line: bool) -> str | None:
        """Words that were read as one, for want of white between them; one way alone."""
        if not core.isalpha() or not core[1:].islower():
            return None
        ways = list(self._ways(core, self.settings.parts))
        if len(ways) != 1:
            return None
        (way,) = ways
        if ends_line and len(way[-1]) < self.settings.least_end:
            return None  # the first half of a word that goes on in the next line
        if core[0].isupper() and len(way) == 2 and way[0] != "A":
            return None  # a name
        return " ".join(way)

    def _ways(self, rest: str, parts: int) -> Iterator[list[str]]:
        """Ways to part `rest` into common words, every other one of them a short one."""
        lists = _lists()
        for at in range(1, len(rest)):
            first, second = rest[:at], rest[at:]
            if not self._is_common(first) or not _may_follow(first, second):
                continue
            short = first.casefold() in lists.joined, second in lists.joined
            if self._is_common(second) and any(short):
                yield [first, second]
            if parts > 2 and short[0]:
                yield from ([first, *more] for more in self._ways(second, parts - 1))

    def _is_common(self, word: str) -> bool:
        low = word.casefold()
        if low in _lists().joined:
            return True
        if self._own[low] >= self.settings.often and len(low) >= self.settings.least_letters:
            return True
        return self._english.get(low, 0) >= max(self._least(low), self.settings.common[-1])


def _may_follow(first: str, second: str) -> bool:
    """May `second` stand behind `first`? After a and an not every sound does."""
    low = first.casefold()
    if low == "an":
        return second[0] in "aeiouh"
    return len(low) > 1 or (low == "a" and second[0] not in "aeio")


def _sure_words(pages: Iterable[PageLayout], settings: MendSettings) -> Iterator[str]:
    for page in pages:
        sure = page.words.confidence
        if sure is None:
            continue
        for word, s in zip(page.words.text, sure.tolist(), strict=True):
            core = word.strip(_EDGES)
            if s >= settings.trusted and core.isalpha():
                yield core.casefold()


def _variants(word: str) -> Iterator[str]:
    """What may have been printed where `word` was read: one misreading away."""
    lists = _lists()
    for read, meant in lists.letters:
        at = word.find(read)
        while at >= 0:
            yield word[:at] + meant + word[at + len(read) :]
            at = word.find(read, at + 1)


def _bullets(page: PageLayout, settings: MendSettings) -> list[int]:
    """Signs alone in front of lines that recognition was unsure of; a single one may be a star."""
    words = page.words
    if words.confidence is None:
        return []
    found = [
        k
        for k, text in enumerate(words.text)
        if text in _lists().bullets
        and words.confidence[k] < settings.unsure
        and not _is_near(words, k - 1, settings)
        and _is_near(words, k, settings)
    ]
    return found if len(found) > 1 else []


def _is_near(words: Words, k: int, settings: MendSettings) -> bool:
    """Does the word after `k` stand close behind it on its line?"""
    if not 0 <= k < len(words.text) - 1:
        return False
    (_, _, right, bottom), (left, _, _, below) = words.boxes[k], words.boxes[k + 1]
    level = abs(bottom - below) < 0.5 * words.size[k]
    return bool(level and 0 <= left - right < settings.indent * words.size[k])
