"""Slips inside a date that leave no doubt what was meant, mended without moving a character.

Offsets into the mended text are offsets into the printed one: what is shorter is filled up with
blanks.
"""

from __future__ import annotations

import re
from functools import cache

from actionplan.normalise.phrases import any_phrase
from actionplan.normalise.vocabulary import load

# Shortest name of a month that may be misspelt; "June" is one letter from too many words.
_NAME = 6
_SHORT = 5

# "Ist", "2lst", "l5 March", "2O14", "20l4": letters that stand for figures.
_FIRST = re.compile(r"\b(?P<tens>[23]?)[Il](?=st\b)")
_FIGURE = re.compile(r"\b[IlO](?=\d(?:st|nd|rd|th)?\s+[A-Z][a-z]{2})")
_YEAR = re.compile(r"\b2[\dOo][\dOolI]{2}\b")
_NUMERIC = re.compile(
    r"(?<![\w./-])(?=.?.?\d)[\dOoIl]{1,2}([./-])[\dOoIl]{1,2}\1(?:2[\dOoIl]{3}|[\dOoIl]{2})(?![\w./-])"
)
_FIGURED = re.compile(r"\b(?=[A-Za-z]*[01])(?=[01]*[A-Za-z])[A-Za-z01]{3,9}\b")
_LETTERS = str.maketrans("OoIl", "0011")
# A word beside a day or a year.
_WORD = re.compile(
    r"(?:(?<=\d[\s./-])|(?<=\d[snrt][tdh]\s))(?P<behind>[A-Za-z]{3,10})(?![A-Za-z])"
    r"|(?<![A-Za-z])(?P<before>[A-Za-z]{3,10})(?=[\s.,/-]{0,3}'?\d)"
)


def mend(plain: str) -> str:
    """Return `plain` with misspelt and broken months and mistyped figures set right.

    Args:
        plain: text after `dates_forms.PLAIN`. The result has the same length.
    """
    if not any(map(str.isdigit, plain)):
        return plain
    text = _FIRST.sub(lambda m: m["tens"] + "1", plain)
    text = _FIGURE.sub(lambda m: m[0].translate(_LETTERS), text)
    text = _YEAR.sub(lambda m: m[0].translate(_LETTERS), text)
    text = _NUMERIC.sub(lambda m: m[0].translate(_LETTERS), text)
    text = _FIGURED.sub(_lettered, text)
    text = _parted_year().sub(lambda m: m[1] + m[2].replace(" ", "").ljust(len(m[2])), text)
    text = _broken().sub(_rejoined, text)
    return _WORD.sub(_spelt, text)


def word_end(plain: str, end: int) -> int:
    """Return the end of the word of `plain` that `end` lies in, else `end`."""
    while 0 < end < len(plain) and plain[end - 1].isalpha() and plain[end].isalpha():
        end += 1
    return end


def _lettered(match: re.Match[str]) -> str:
    """A month in which figures stand for letters ("Ju1y", "0ct")."""
    word = match[0].replace("1", "l").replace("0", "o")
    return word if word.lower() in load("dates")["months"] else match[0]


@cache
def _parted_year() -> re.Pattern[str]:
    """A month and a year with a blank inside ("March 20 15"); both readings lie in that month."""
    months = any_phrase(load("dates")["months"])
    return re.compile(
        rf"(?<![A-Za-z])({months}\.?\s+)(20\s\d\d|2\s0\d\d|20\d\s\d)(?![\d:/.]|\s+\d)",
        re.IGNORECASE,
    )


@cache
def _names() -> tuple[str, ...]:
    return tuple(name for name in load("dates")["months"] if len(name) >= _NAME)


@cache
def _broken() -> re.Pattern[str]:
    """A month's name with a blank or a hyphen at a line's end inside ("Octo ber", "Decem- ber")."""
    months = [name for name in load("dates")["months"] if len(name) > 3 and name.isalpha()]
    cuts = [rf"{name[:at]}-?\s{name[at:]}" for name in months for at in range(1, len(name))]
    return re.compile(rf"(?<![A-Za-z])(?:{'|'.join(cuts)})(?![A-Za-z])", re.IGNORECASE)


def _rejoined(match: re.Match[str]) -> str:
    return re.sub(r"[\s-]", "", match[0]).ljust(len(match[0]))


def _spelt(match: re.Match[str]) -> str:
    printed = match["behind"] or match["before"]
    # Short words in capitals are abbreviations of something ("OTC 12").
    short = printed.isupper() and len(printed) < _SHORT
    name = None if short else _month_meant(printed.lower())
    # The three letters stand for the name, as it may be longer than what is printed.
    return match[0].replace(printed, name[:3].ljust(len(printed))) if name else match[0]


@cache
def _month_meant(word: str) -> str | None:
    """The month that `word` is a misspelling of: one letter more, less, changed or moved."""
    from rapidfuzz.distance import OSA

    slips: dict[str, str] = load("dates")["slips"]
    if word in slips:
        return slips[word]
    if word in load("dates")["months"] or any(word.startswith(name) for name in _names()):
        return None
    near = {
        name[:3]: name for name in _names() if word[0] == name[0] and OSA.distance(word, name) == 1
    }
    return next(iter(near.values())) if len(near) == 1 else None
