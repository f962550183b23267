"""The words of a target cell: what kind they tell, and how many tell something else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from actionplan.normalise.dates import FoundDate
from actionplan.normalise.dates_forms import PLAIN
from actionplan.normalise.phrases import any_phrase
from actionplan.normalise.vocabulary import load
from actionplan.schemas.plan import TargetKind

# Letters of the shortest key word that may be misspelt ("ongong"), and slips forgiven in one.
_MISSPELT, _SLIPS = 6, 1


class TargetWords(NamedTuple):
    """What the words of a target cell say beside its dates.

    Attributes:
        kind: the kind that the first key phrase tells, None without one.
        ongoing: it goes on.
        other: number of different words that are neither date, key phrase nor filler.
        says_none: the cell says that there is no target.
        is_done: the cell says that it is done.
        leads: a key phrase begins the cell and is set off from what follows.
        opens: a key phrase begins the cell.
    """

    kind: TargetKind | None
    ongoing: bool
    other: int
    says_none: bool
    is_done: bool
    leads: bool
    opens: bool

    @classmethod
    def of(cls, text: str, found: Sequence[FoundDate]) -> TargetWords:
        """Read `text`, whose dates are `found`."""
        plain = text.translate(PLAIN)
        rest = plain
        for date in reversed(found):
            rest = rest[: date.start] + " " + rest[date.end :]
        if not found:
            rest = _spelt(rest)
        matches = [match for match in _keys().finditer(rest) if match.lastgroup]
        kinds = [_kind_of(match) for match in matches if not _is_weak(match[0])]
        kinds += [_kind_of(match) for match in matches if _is_weak(match[0])]
        other = _FILLED.sub(" ", cls.without_fillers(_keys().sub(" ", rest)))
        bare = cls.without_fillers(rest).strip()
        return cls(
            kind=kinds[0] if kinds else _whole(plain),
            ongoing="ongoing" in kinds,
            other=len({word.casefold() for word in re.findall(r"[^\W\d_][\w'’-]*", other)}),
            says_none=_says_none(plain),
            leads=bool(_leading().match(bare)),
            is_done=bool(cls.pattern("words", "done", "").search(plain)),
            opens=bool(_keys().match(bare) or _keys().match(rest.strip())),
        )

    @staticmethod
    def without_fillers(text: str) -> str:
        """`text` without the words that may stand beside a date."""
        return _fillers().sub(" ", text)

    @staticmethod
    def kind_spans(text: str) -> list[tuple[int, int]]:
        """Offsets of the key phrases of `text`."""
        return [match.span() for match in _keys().finditer(text.translate(PLAIN))]

    @staticmethod
    def recurs(text: str) -> bool:
        """A key phrase of `text` says that it comes back."""
        keys = _keys().finditer(text.translate(PLAIN))
        return any(match.lastgroup and _kind_of(match) == "recurring" for match in keys)

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
    if kind in ("every", "ly", "rate"):
        return "recurring"
    if kind in ("coming", "counted", "relative"):
        return "relative"
    return _kinds()[re.sub(r"[\s-]+", " ", match[0].lower())]


@cache
def _kinds() -> dict[str, TargetKind]:
    """The kind of each set phrase."""
    kinds = load("targets")["kinds"].items()
    return {phrase.replace("-", " "): kind for kind, phrases in kinds for phrase in phrases}


def _is_weak(phrase: str) -> bool:
    return phrase.lower() in load("targets")["weak"]["conditional"]


def _says_none(text: str) -> bool:
    bare = re.sub(r"\s*/\s*", "/", text.strip(" .()[]").lower())
    return bare in load("targets")["none"] or not re.search(r"\w", text)


def _whole(text: str) -> TargetKind | None:
    """The kind of a cell that a single word fills which tells nothing among others ("Now")."""
    kinds: dict[str, TargetKind] = load("targets")["whole"]
    return kinds.get(text.strip(" .()[]!").lower())


def _spelt(text: str) -> str:
    """`text` with its misspelt key words set right."""
    return re.sub(r"[^\W\d_]+", lambda match: _key_meant(match[0].lower()) or match[0], text)


@cache
def _key_meant(word: str) -> str | None:
    from rapidfuzz.distance import OSA

    kinds = load("targets")["kinds"]
    names = [name for words in kinds.values() for name in words if name.isalpha()]
    if len(word) < _MISSPELT or word in names:
        return None
    near = [name for name in names if len(name) >= _MISSPELT and word[0] == name[0]]
    near = [name for name in near if OSA.distance(word, name, score_cutoff=_SLIPS) <= _SLIPS]
    return near[0] if near else None


@cache
def _keys() -> re.Pattern[str]:
    words = load("targets")
    recurring, coming = words["recurring"], words["coming"]
    units = any_phrase(recurring["units"])
    number = rf"(?:\d+|{any_phrase(words['relative']['numbers'])})"
    groups = [
        rf"(?P<every>(?:every|each)\s+{_each(number)})",
        rf"(?P<ly>{number}[\s-]+{any_phrase(recurring['adjectives'])})",
        rf"(?P<rate>(?:a|per|each)\s+{units}|alternate\s+{units}s)",
        rf"(?P<coming>{any_phrase(coming['words'])}\s+(?:{any_phrase(coming['kinds'])}\s+)*"
        rf"{any_phrase(coming['times'])})",
        rf"(?P<counted>{any_phrase(coming['counted'])}\s+(?:\d\d?|{number})(?!\d))",
        rf"(?P<relative>{any_phrase(coming['phrases'])})",
    ]
    groups.append(rf"(?P<phrase>{any_phrase(_kinds())})")
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups)})(?!\w)", re.IGNORECASE)


def _each(number: str) -> str:
    """What may follow "every": a unit, a month, a season, a day of the week, an occasion."""
    recurring, dates = load("targets")["recurring"], load("dates")
    units = any_phrase(recurring["units"])
    named = any_phrase([*dates["months"], *dates["seasons"], *dates["words"]["weekdays"]])
    return (
        rf"(?:(?:other|second|third|few|{number}(?:\s*(?:-|to)\s*{number})?)\s+)?"
        r"(?:(?:financial|academic|school|calendar|working)\s+)?"
        rf"(?:{units}s?|{named}|(?:\w+\s+)?{any_phrase(recurring['occasions'])}s?)"
    )


@cache
def _leading() -> re.Pattern[str]:
    return re.compile(rf"{_keys().pattern}\s*(?:[.:;,(–-]|$)", re.IGNORECASE)


@cache
def _fillers() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w){any_phrase(load('targets')['words']['filler'])}(?!\w)", re.IGNORECASE
    )
