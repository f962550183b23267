"""A sentence of a progress text while it is read, and what has been found in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from actionplan.normalise.status_tags import Tagged

Kind = Literal[
    "finished",
    "state",
    "done",
    "trial",
    "request",
    "begun",
    "moving",
    "part",
    "share",
    "unbegun",
    "open",
    "planned",
    "following",
    "practice",
    "habit",
    "fact",
    "ongoing",
    "continuing",
]
DONE: tuple[Kind, ...] = ("finished", "state", "done")
# Past participles and past tenses.
PAST = "PSTRBA"
# Letters of which only single readings know, and what they are to all others.
_PLAIN = str.maketrans("GIWE1ZU", ".....qd")
# A list without a full stop is cut after 300 words, so that time grows with the length alone.
_SENTENCE = re.compile(r"[^|;]{1,300}")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something said of progress, and the word of the text that says it."""

    kind: Kind
    at: int


@dataclass(slots=True)
class Sentence:
    """Words `begin` to `end` of a text; `tags` loses what has been read."""

    text: Tagged
    begin: int
    end: int
    tags: str
    found: list[Evidence] = field(default_factory=list)

    @property
    def printed(self) -> str:
        """The tags as the words have them, with the letters that few readings know."""
        return self.text.tags[self.begin : self.end]

    def add(self, kind: Kind, at: int) -> None:
        """Note evidence at word `at` of the sentence."""
        self.found.append(Evidence(kind, self.begin + at))

    def take(self, match: re.Match[str], kind: Kind | None) -> None:
        """Note `kind` and leave the words of `match` out of what is read next."""
        if kind is not None:
            self.add(kind, match.start())
        self.drop(match.start(), match.end())

    def drop(self, begin: int, end: int) -> None:
        """Leave words `begin` to `end` out of what is read next."""
        self.tags = self.tags[:begin] + "_" * (end - begin) + self.tags[end:]

    def words(self, begin: int = 0, end: int | None = None) -> Sequence[str]:
        """Words of the sentence."""
        last = self.end if end is None else min(self.begin + end, self.end)
        return self.text.words[self.begin + begin : last]

    def tells(self, *kinds: Kind) -> list[Evidence]:
        """What has been found of these kinds."""
        return [item for item in self.found if item.kind in kinds]


def sentence(text: Tagged, begin: int, end: int) -> Sentence:
    """Return words `begin` to `end` of `text`, nothing read yet."""
    return Sentence(text, begin, end, text.tags[begin:end].translate(_PLAIN))


def sentences(text: Tagged) -> Iterator[tuple[int, int]]:
    """First word of each sentence and the one behind its last; a semicolon ends one, too."""
    for match in _SENTENCE.finditer(text.tags):
        yield match.span()
