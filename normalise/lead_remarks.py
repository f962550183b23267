"""What a lead cell says beside names, posts and bodies, taken out before the cell is read.

"TBC", "(vacant)", a blacked-out name, a telephone number, "Actions 1-3:" and the markers of a list
that runs on within a line name nobody. They are overwritten, so that every word keeps its place.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

_BLANKS = re.compile(r"[^\n]")
_BLACK = r"[█■▇▓▒░●]{2,}(?:\s*[█■▇▓▒░●]{2,})*|\b[Xx]{3,}\b|\*{3,}|_{3,}|\[\s*\]"
_LIST_SIGN = re.compile(r"(?<=\s)[•●▪◦‣\uf0b7□►](?=\s)")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_NUMBERED = (
    re.compile(r"(?:(?<=\s)|^)\(?(\d{1,2})[.)](?=\s*[A-Z])"),
    re.compile(r"(?:(?<=\s)|^)\(?([a-h])\)(?=\s*[A-Z])"),
    re.compile(r"(?:(?<=\s)|^)\(?([ivx]{1,4})[.)](?=\s*[A-Z])"),
)


@dataclass(frozen=True, slots=True)
class Remarks:
    """The text of a block without its remarks, each letter at its old place.

    Attributes:
        text: as long as the text before; remarks are blank, list markers and contact details a
            ";" or "," with blanks.
        meanings: of ``open``, ``vacant``, ``redacted``, what the remarks say.
        nobody: besides remarks nothing is there, or no more than "lead officer".
    """

    text: str
    meanings: tuple[str, ...]
    nobody: bool


@lru_cache(maxsize=4096)
def without_remarks(text: str, *, listed: bool = False) -> Remarks:
    """Overwrite the remarks in the text of a block; `listed`: an item marker stood before it."""
    patterns = _patterns()
    text = patterns.email.sub(_comma, text)
    text = patterns.telephone.sub(_comma, text)
    text = patterns.extension.sub(_comma, text)
    text = patterns.counted_label.sub(_semicolon, text)
    text = patterns.in_brackets.sub(_blank, text)
    text = patterns.others.sub(_blank, text)
    text = _without_list_signs(text, listed=listed)
    meanings = []
    for meaning, pattern in patterns.meanings:
        cleared = pattern.sub(_gone, text)
        if cleared != text:
            meanings.append(meaning)
            text = cleared
    rest = " ".join(re.findall(r"[\w'’-]+", text)).strip("- ").casefold()
    nobody = bool(meanings) and (not rest or rest in patterns.subjects)
    return Remarks(text, tuple(meanings), nobody)


@dataclass(frozen=True, slots=True)
class _Patterns:
    email: re.Pattern[str]
    telephone: re.Pattern[str]
    extension: re.Pattern[str]
    counted_label: re.Pattern[str]
    in_brackets: re.Pattern[str]
    others: re.Pattern[str]
    meanings: tuple[tuple[str, re.Pattern[str]], ...]
    subjects: frozenset[str]


@cache
def _patterns() -> _Patterns:
    """The patterns, made from the word lists once."""
    data = files("actionplan.normalise").joinpath("data", "lead_remarks.toml").read_text("utf-8")
    lists: dict[str, list[str]] = tomllib.loads(data)
    words = {name: _any(entries) for name, entries in lists.items()}
    # Of a long row of dashes no more is looked at: the time grows with its square.
    edge = r"[\s,–—-]{0,12}[(\[]?\s*"
    end = r"\s*[)\]]?[.:]?(?!\w)"
    numbers = r"\d+[a-z]?(?:\.\d+)?(?:\s*(?:,|&|and|to|-|–)\s*\d+[a-z]?(?:\.\d+)?)*"
    counted = rf"\b{words['counted']}\.?\s*(?:no\.?\s*)?{numbers}"
    link = rf"(?:\s+{words['open_links']}\b(?:[^;\n()]|\n(?=[a-z]))*)?"
    noun = words["vacant_nouns"]
    vacant = rf"(?:{noun}\s+(?:is\s+)?)?(?:currently\s+|now\s+)?{words['vacant']}(?:\s+{noun})?"
    hidden = rf"{_BLACK}|\b{words['redacted']}\b"
    hidden_inside = (
        rf"[(\[<]\s*(?:{_BLACK}|{words['redacted']}|{words['redacted_inside']})\s*[)\]>]"
    )
    said = {
        "open": rf"{edge}(?<!\w){words['open']}{link}{end}",
        "vacant": rf"{edge}\b{vacant}{end}",
        "redacted": rf"{hidden_inside}|{hidden}",
    }
    year = r"\([^()]*\b(?:19|20)\d\d\s*\)"
    return _Patterns(
        email=_compiled(rf"(?:\b{words['electronic']}\s*[:.]\s*)?[\w.+'-]+@\s*[\w.-]+"),
        telephone=_compiled(
            rf"\(?(?:\b{words['telephone']}\b[.:\s]*)?"
            r"(?:\+44(?:[\s()-]*\d){9,11}|\(?\b0\d(?:[\s()-]*\d){7,9})(?!\d)\)?"
        ),
        extension=_compiled(
            rf"\(?\b{words['extension']}[.:]?\s*(?:\d{{3,6}}|[A-Z]?\d{{1,2}}[./-]\d{{1,3}}[A-Z]?)(?!\w)\)?"
        ),
        counted_label=_compiled(rf"(?:(?<=\n)|^|(?<=;\s)){counted}\s*[:–-]"),
        in_brackets=_compiled(
            rf"\((?:for\s+)?(?:{counted}|{words['in_post']})\)|{year}"
            rf"|\((?-i:[A-Z])[^()]*?\s{words['gone']}\b[^()]*\)"
        ),
        others=_compiled(
            rf"\s(?:and|&|\+)\s(?:the\s|their\s)?{words['others']}\b(?!\s+\w)|\bet al\b\.?"
        ),
        meanings=tuple((meaning, _compiled(form)) for meaning, form in said.items()),
        subjects=frozenset(lists["subjects"]),
    )


def _any(entries: Iterable[str]) -> str:
    longest_first = sorted(entries, key=len, reverse=True)
    forms = (re.escape(entry).replace(r"\ ", r"\s+") for entry in longest_first)
    return f"(?:{'|'.join(forms)})"


def _compiled(form: str) -> re.Pattern[str]:
    return re.compile(form, re.IGNORECASE)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _gone(found: re.Match[str]) -> str:
    """Blanks; where the remark fills a line, a ";" on it: what follows is another's."""
    start, said = found.start(), found.group()
    lead = len(said) - len(said.lstrip(" \n"))
    own = said[:lead].endswith("\n") or start + lead == 0 or found.string[start - 1] == "\n"
    last = found.string[found.end() : found.end() + 1] in {"", "\n"}
    if not own or not last:
        return " " * len(said)
    return _BLANKS.sub(" ", said[:lead]) + ";" + " " * (len(said) - lead - 1)


def _comma(found: re.Match[str]) -> str:
    return "," + " " * (len(found.group()) - 1)


def _semicolon(found: re.Match[str]) -> str:
    return ";" + _BLANKS.sub(" ", found.group()[1:])


def _without_list_signs(text: str, *, listed: bool) -> str:
    """Markers of items that follow each other in order become ";" ("1. X 2. Y")."""
    text = _LIST_SIGN.sub(_semicolon, text)
    for pattern in _NUMBERED:
        found = list(pattern.finditer(text))
        if found and _in_order([match.group(1) for match in found], listed=listed):
            text = pattern.sub(_semicolon, text)
    return text


def _in_order(marks: list[str], *, listed: bool) -> bool:
    """Do the markers count up from the first (from the second, where one stood before)?"""
    if marks[0].isdigit():
        values = [int(mark) for mark in marks]
    elif all(mark in _ROMAN for mark in marks):
        values = [_ROMAN.index(mark) + 1 for mark in marks]
    else:
        values = [ord(mark) - ord("a") + 1 for mark in marks]
    first = 2 if listed else 1
    return (listed or len(values) > 1) and values == list(range(first, first + len(values)))
