"""Short forms that a document explains itself: "Wexcombe Police (WP)", "hereafter the Trust"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from actionplan.normalise.agency_gazetteer import find, name_key
from actionplan.normalise.agency_shape import body_type, patterns

_WORD = r"[A-Z][\w’'&.-]*"
_SMALL = r"(?:and|of|for|the|&|on|in|upon|with)"
_RUN = rf"{_WORD}(?:,?\s+(?:{_SMALL}\s+){{0,3}}{_WORD}){{0,11}}"
_QUOTE = r"[‘'“\"]?"
_END_QUOTE = r"[’'”\"]?"
_SHORT = (
    rf"{_QUOTE}(?P<short>(?:[Tt]he\s+)?[A-Z][A-Za-z&./-]{{0,11}}(?:\s[A-Z][a-z]+)?){_END_QUOTE}"
)
_LEAD_IN = (
    r"(?:(?:also\s+|formerly\s+|or\s+|commonly\s+|locally\s+)?known\s+as|here(?:in)?after"
    r"(?:\s+(?:called|known\s+as|referred\s+to\s+as))?|(?:which\s+is\s+|to\s+be\s+)?referred\s+to"
    r"(?:\s+(?:here|below|in\s+this\s+\w+|throughout))?\s+as|abbreviated\s+(?:to|as)|from\s+here\s+on"
    r"|or|short(?:ened)?\s+to)[,:]?\s+"
)
_ALSO = rf"(?:\s*(?:,|/|\bor\b)\s*{_SHORT.replace('short', 'also')})?"
_BRACKET = re.compile(rf"(?P<long>{_RUN})\s*\(\s*(?:{_LEAD_IN})?{_SHORT}{_ALSO}\s*\)")
_KNOWN_AS = re.compile(rf"(?P<long>{_RUN})\s*,?\s+\(?(?!or\b){_LEAD_IN}{_SHORT}")
_TURNED = re.compile(rf"\b(?P<short>[A-Z][A-Za-z&]{{1,9}})\s*\((?P<long>{_RUN})\)")
_ENTRY = re.compile(
    rf"^\W*(?P<short>[A-Z][A-Za-z&/]{{1,9}})\s*(?:[:=–—\t|]|\s-\s|\s{{3,}}|\sstands\s+for\s|\smeans\s)"
    rf"\s*(?:the\s+)?(?P<long>{_RUN})\W*$"
)


def definitions(text: str) -> Iterator[tuple[str, str]]:
    """Short forms and their long forms that `text` gives, as printed.

    Read are brackets in both orders, "X, known as Y", "X, hereafter the Y", and a line of a list of
    abbreviations ("WMP – West Mercia Police"). A long form has to spell the short one, or to be a
    body's name whose kind the short one is ("the Partnership").
    """
    if "(" in text:
        for found in _BRACKET.finditer(text):
            for short in filter(None, (found["short"], found["also"])):
                yield from _pair(short, found["long"])
        for found in _TURNED.finditer(text):
            yield from _pair(found["short"], found["long"], whole=True)
    if any(word in text for word in _cues()):
        for found in _KNOWN_AS.finditer(text):
            yield from _pair(found["short"], found["long"])
    entry = _ENTRY.match(text) if len(text) < _LONGEST_ENTRY else None
    if entry:
        yield from _pair(entry["short"], entry["long"], whole=True)


_PLACE = 2
"""Words of a place before the name of a kind of body."""
_LONGEST_ENTRY = 140
"""Letters of the longest line of a list of abbreviations."""


def _cues() -> tuple[str, ...]:
    return ("known as", "ereafter", "ereinafter", "referred to", "abbreviated", "from here on",
            "short")  # fmt: skip


def _pair(short: str, words: str, *, whole: bool = False) -> Iterable[tuple[str, str]]:
    long_form = long_form_of(short, words.split(), whole=whole)
    if long_form and name_key(long_form) != name_key(short):
        yield short, long_form


def long_form_of(short: str, words: list[str], *, whole: bool = False) -> str | None:
    """The last words of `words` that `short` stands for, or None.

    `whole`: only all of the words may be the long form.
    """
    starts = [0] if whole else [at for at in reversed(range(len(words))) if words[at][0].isupper()]
    chosen = [words[at:] for at in starts]
    letters = "".join(c for c in short.casefold() if c.isalpha())
    plain = short.casefold().removeprefix("the ")
    if not short[-2:].isupper() or short.casefold().startswith("the "):
        fitting = [one for one in chosen if _is_called(plain, one)]
        return " ".join(fitting[-1]) if fitting else None
    exact = next((one for one in chosen if letters in _initials(one)), None)
    named = any(body.proper for body in find(" ".join(words)))
    loose = exact or (words if named and _spells(letters, words) else None)
    loose = loose or next((one for one in chosen if _spells(letters, one)), None)
    return _with_place(loose, words) if loose else None


def _with_place(chosen: list[str], words: list[str]) -> str:
    """The long form with the place before it where it is only a kind ("Thornby Adult Services")."""
    text = " ".join(chosen).rstrip(".,")
    whole = " ".join(words).removeprefix("The ").rstrip(".,")
    kind = any(not body.proper for body in find(text))
    short = len(words) - len(chosen) <= _PLACE
    return whole if kind and short and _is_body(whole) else text


def _initials(words: list[str]) -> tuple[str, ...]:
    """The first letters of the words: without small words, with them, and short forms whole."""
    big = "".join(word[0] for word in words if word[0].isupper())
    known = "".join(word if word.isupper() else word[0] for word in words if word[0].isupper())
    every = "".join(word[0] for word in words if word != "&")
    return big.casefold(), every.casefold(), known.casefold()


def _spells(letters: str, words: list[str]) -> bool:
    """Do the letters begin words of a body's name in their order, some of its words left out?"""
    initials = _initials(words)[1]
    if not letters or initials[:1] != letters[0]:
        return False
    rest = iter(initials)
    return all(letter in rest for letter in letters) and _is_body(" ".join(words))


def _is_called(plain: str, words: list[str]) -> bool:
    """May the body `words` be called `plain` for short ("the Partnership", "the Force")?"""
    text = " ".join(words)
    kind = body_type(text) if not find(text) else find(text)[0].type
    if kind is None or len(words) < 2:
        return False
    own = {word.casefold().strip(",.") for word in words}
    return set(plain.split()) <= own or kind in _kinds_called().get(plain, ())


@cache
def _kinds_called() -> dict[str, frozenset[str]]:
    return {word: frozenset(kinds) for word, kinds in patterns().called.items()}


def _is_body(text: str) -> bool:
    return bool(find(text)) or body_type(text) is not None
