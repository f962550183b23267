"""Numbers, letters and bullets at the start of a list's items."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from actionplan.normalise.dates import find_dates
from actionplan.normalise.phrases import any_phrase
from actionplan.normalise.vocabulary import load
from actionplan.schemas.tables import Line

_ROMAN = (
    *("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"),
    *("xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx"),
)

_LETTERS_BACK = 8  # letters and Roman numbers after which a list of letters may go on


class Marker(NamedTuple):
    """A marker at the start of a line.

    Attributes:
        text: as printed, without punctuation: "1", "a", "4.2", "•".
        kind: what it is.
        end: characters of the line that it takes, the space behind it included.
        bare: it stands alone on its line.
    """

    text: str
    kind: Literal["number", "letter", "bullet"]
    end: int
    bare: bool


@cache
def _bullet() -> re.Pattern[str]:
    glyphs = re.escape(load("paragraphs")["bullets"])
    return re.compile(rf"(?P<mark>[{glyphs}\uf000-\uf0ff]|o(?=\s+\S))\s*")


@cache
def _dash() -> re.Pattern[str]:
    return re.compile(rf"(?P<mark>[{re.escape(load('paragraphs')['dashes'])}])\s+(?=\S)")


@cache
def _number() -> re.Pattern[str]:
    words = any_phrase(load("paragraphs")["number_words"])
    return re.compile(
        rf"(?P<word>{words}\s+)?(?P<open>\()?(?P<mark>\d{{1,2}}(?:\.\d{{1,2}}){{0,3}})"
        r"(?:(?P<close>[.):]|\.\))(?![\d%])\s*|\s*(?P<dash>[-–—])\s+|\s+)(?P<next>\S?)",
        re.IGNORECASE,
    )


@cache
def _lead() -> re.Pattern[str]:
    words = load("paragraphs")
    glyphs = re.escape(words["bullets"] + words["dashes"])
    number = r"(?P<number>(?:\(?\d{1,2}[.)]|\(?[a-z]\))(?=\s))"
    return re.compile(rf"(?:[{glyphs}\uf000-\uf0ff]\s*|o\s+)*{number}?\s*")


def list_lead(text: str, at: int) -> tuple[int, str | None]:
    """Offset behind the bullets and the item's number at `at`, and that number as printed.

    Unlike `MarkerReader` this has no regard to what stands before.
    """
    match = _lead().match(text, at)
    return (match.end(), match["number"]) if match else (at, None)


_LETTER = re.compile(
    r"(?P<open>\()?(?P<mark>[A-Za-z]|[ivx]{2,5}|[IVX]{2,5})(?P<close>\)|\.(?!\w?\.))\s*(?P<next>\S?)"
)


class MarkerReader:
    """Reads the markers of one cell; remembers what came before, since numbers run in sequence."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._numbers: list[tuple[int, ...]] = []
        self._letters: list[str] = []
        # Numbers without punctuation at the start of a line: a list only if two follow each other.
        texts = [" ".join(line.text.split()) for line in lines]
        starts = map(_number().match, texts)
        self._plain = {match["mark"] for match in starts if match and not match["close"]}
        self._capitals = {text[0] for text in texts if re.match(r"[A-Z][.)]\s", text)}

    def read(self, line: Line, *, opens: bool, first: bool) -> Marker | None:
        """Return the marker at the start of `line`, or None.

        Args:
            line: the line.
            opens: the line before has ended, so that something new may begin here.
            first: the line is the cell's first.
        """
        text = " ".join(line.text.split())
        if match := _bullet().match(text):
            return _marker(match, "bullet", text)
        if opens and (match := _dash().match(text)):
            return _marker(match, "bullet", text)
        if (match := _number().match(text)) and self._number_runs(match, opens, first):
            return _marker(match, "number", text)
        if opens and (match := _LETTER.match(text)) and self._letter_runs(match, first):
            return _marker(match, "letter", text)
        return None

    def _number_runs(self, match: re.Match[str], opens: bool, first: bool) -> bool:
        """The number is an item's: it starts a count or goes on with it."""
        number = tuple(int(part) for part in match["mark"].split("."))
        if not match["close"] and not (opens and self._is_plain_item(match, number)):
            return False
        if _begins_with_date(match.string, match.end("mark")):
            return False
        if not (first or self._starts(number, opens) or self._goes_on(number, opens)):
            return False
        self._numbers.append(number)
        return True

    def _is_plain_item(self, match: re.Match[str], number: tuple[int, ...]) -> bool:
        """A number without stop or bracket: "1.2 Train", or "1 Train" where "2 Audit" follows."""
        following = match["next"]
        if match["word"] and not match["dash"] and len(number) == 1:
            return False
        if not (following.isupper() or following in "\"'“‘(["):
            return False
        near = {str(number[0] - 1), str(number[0] + 1)} & self._plain
        return len(number) > 1 or bool(match["word"] or near)

    def _starts(self, number: tuple[int, ...], opens: bool) -> bool:
        return opens and (number == (1,) or (len(number) == 2 and number[1] == 1))

    def _goes_on(self, number: tuple[int, ...], opens: bool) -> bool:
        if self._follows(number):
            return True
        # Plans miscount: "1, 2, 2, 3" and "1, 2, 4" are lists too.
        last = self._numbers[-1] if self._numbers else ()
        near = len(last) == len(number) == 1 and 0 <= number[0] - last[0] <= 2
        return opens and near

    def _follows(self, number: tuple[int, ...]) -> bool:
        """`number` is the successor of an accepted one, or its first child."""
        if not self._numbers:
            return False
        last = self._numbers[-1]
        heads = {(*last, 1)} | {(*last[:n], last[n] + 1) for n in range(len(last))}
        heads |= {(*last[:n], last[n] + 1, 1) for n in range(len(last))}
        return number in heads

    def _letter_runs(self, match: re.Match[str], first: bool) -> bool:
        low = match["mark"].lower()
        if match["mark"] == "A" and match["close"] == "." and "B" not in self._capitals:
            return False  # a person's initial
        last = self._letters[-1] if self._letters else ""
        # Roman numbers may stand between "a)" and "b)".
        in_turn = len(low) == 1 and chr(ord(low) - 1) in self._letters[-_LETTERS_BACK:]
        roman = low in _ROMAN and (low == "i" or last == _ROMAN[_ROMAN.index(low) - 1])
        # The row above may hold "(a)".
        bracketed = first and match["close"] == ")" and len(low) == 1 and match["mark"] == low
        if low == "a" or in_turn or roman or bracketed:
            self._letters.append(low)
            return True
        return False


def _begins_with_date(text: str, digits: int) -> bool:
    """`text` begins with a date ("17.10.18 Agreed") of which its first digits are a part."""
    found = find_dates(text[:40])
    return bool(found) and found[0].start == 0 and found[0].end >= digits


def _marker(
    match: re.Match[str], kind: Literal["number", "letter", "bullet"], text: str
) -> Marker | None:
    end = match.start("next") if "next" in match.re.groupindex else match.end()
    return Marker(match["mark"], kind, end, bare=not text[end:].strip())
