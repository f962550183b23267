"""The words of a target cell: what kind they tell, and how many tell something else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from actionplan.normalise.dates import FoundDate
from actionplan.normalise.phrases import any_phrase
from actionplan.normalise.vocabulary import load
from actionplan.schemas.plan import TargetKind


class TargetWords(NamedTuple):
    """What the words of a target cell say beside its dates.

    Attributes:
        kind: the kind that the first key phrase tells, None without one.
        ongoing: it goes on.
        other: number of words that are neither date, key phrase nor filler.
        says_none: the cell says that there is no target.
        is_done: the cell says that it is done.
        leads: a key phrase begins the cell and is set off from what follows.
    """

    kind: TargetKind | None
    ongoing: bool
    other: int
    says_none: bool
    is_done: bool
    leads: bool

    @classmethod
    def of(cls, text: str, found: Sequence[FoundDate]) -> TargetWords:
        """Read `text`, whose dates are `found`."""
        rest = text
        for date in reversed(found):
            rest = rest[: date.start] + " " + rest[date.end :]
        matches = [match for match in _keys().finditer(rest) if match.lastgroup]
        kinds = [_kind_of(match) for match in matches]
        other = _FILLED.sub(" ", cls.without_fillers(_keys().sub(" ", rest)))
        return cls(
            kind=kinds[0] if kinds else None,
            ongoing="ongoing" in kinds,
            other=len(re.findall(r"[^\W\d_][\w'’-]*", other)),
            says_none=text.strip(" .()[]").lower() in _none_words() or not re.search(r"\w", text),
            leads=bool(_leading().match(cls.without_fillers(text).strip())),
            is_done=bool(cls.pattern("words", "done", "").search(text)),
        )

    @staticmethod
    def without_fillers(text: str) -> str:
        """`text` without the words that may stand beside a date."""
        return _fillers().sub(" ", text)

    @staticmethod
    def kind_spans(text: str) -> list[tuple[int, int]]:
        """Offsets of the key phrases of `text`."""
        return [match.span() for match in _keys().finditer(text)]

    @staticmethod
    def vocabulary(table: str) -> dict[str, Any]:
        """A table of the word list."""
        words: dict[str, Any] = load("targets")[table]
        return words

    @staticmethod
    @cache
    def pattern(table: str, name: str, tail: str) -> re.Pattern[str]:
        """Whole words of the list `name`, followed by the expression `tail`."""
        words = any_phrase(load("targets")[table][name])
        return re.compile(rf"(?<!\w){words}(?!\w){tail}", re.IGNORECASE)


# List numbers and ordinals' letters that dates leave behind.
_FILLED = re.compile(r"\b(?:\d+|st|nd|rd|th|[a-z])\b", re.IGNORECASE)


def _kind_of(match: re.Match[str]) -> TargetKind:
    kind = match.lastgroup or ""
    return "recurring" if kind in ("every", "ly") else kind  # type: ignore[return-value]


@cache
def _none_words() -> frozenset[str]:
    return frozenset(load("targets")["none"])


@cache
def _keys() -> re.Pattern[str]:
    words = load("targets")
    units = any_phrase(words["recurring"]["units"])
    ly = any_phrase(words["recurring"]["adjectives"])
    number = rf"(?:\d+|{any_phrase(words['relative']['numbers'])})"
    groups = [
        rf"(?P<every>(?:every|each)\s+(?:{number}\s+)?{units}s?)",
        rf"(?P<ly>{number}[\s-]+{ly})",
        rf"(?P<relative>{any_phrase(words['relative']['phrases'])})",
    ]
    groups += [f"(?P<{kind}>{any_phrase(list_)})" for kind, list_ in words["kinds"].items()]
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups)})(?!\w)", re.IGNORECASE)


@cache
def _leading() -> re.Pattern[str]:
    return re.compile(rf"{_keys().pattern}\s*(?:[.:;,(–-]|$)", re.IGNORECASE)


@cache
def _fillers() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w){any_phrase(load('targets')['words']['filler'])}(?!\w)", re.IGNORECASE
    )
