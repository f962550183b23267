"""Marks and words between, before and behind the names of a list of bodies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import islice, pairwise

from actionplan.normalise.agency_gazetteer import find, name_key
from actionplan.normalise.agency_shape import patterns

HARD = re.compile(
    r"\s*[;|>→]\s*|\s*/(?!YOI\b)\s*|\s*,\s*(?:and\s+|&\s+)?|\s*[•●▪·✓➢]\s*"
    r"|\s+\(?\d{1,2}[.)]\s+(?=[A-Z])|\s+\(?(?:[ivx]{1,4}|[a-h])\)\s+(?=[A-Z])"
    r"|(?<=[a-z]{4})\.\s+(?=[A-Z])"
)
"""Marks that part names."""
AND = re.compile(
    r"\s+(?:and|&|\+|with|plus)\s+|(?<=[a-z])\s?&(?=[^\W\d])|(?<=[a-z])&\s", re.IGNORECASE
)
"""Words that part names or stand inside one."""
STRONG = frozenset({"with", "plus", "+"})
"""Those of `AND` that hardly ever stand inside a name."""
DASH = re.compile(r"\s+[–—-]\s*|[–—-]\s+|\s*:\s+")
BRACKET = re.compile(r"\s*[(\[](?P<inside>[^()\[\]]*)[)\]]?\s*$")
"""A bracket behind a name."""
_OPEN_BRACKET = re.compile(r"\s*\(")
_LEADING = re.compile(r"(?:and|&|\+|plus|with|both|its|their)\s+", re.IGNORECASE)
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}$")
_TRAILING = re.compile(
    r"(?:[\s,;&+]|\band)*\s\(?(?:etc|others|other agencies)\)?\.?$|\s(?:and|&|\+|with)$",
    re.IGNORECASE,
)
_EDGE = " \t,;:/*†‡§?–—-→>=_•●▪◦‣·○■□➢►✓\uf0b7"
_QUOTES = (("‘", "’"), ("“", "”"), ('"', '"'), ("'", "'"), ("(", ")"), ("[", "]"))


_PROSE = 18
"""Words; the longest name in the gazetteer has 12."""
_MOST = 100
"""Marks; the time that names are sought in grows with their square and more."""


def joints(text: str) -> Iterator[re.Match[str]]:
    """All that may part names in `text`: marks of a list, "and", joining words, brackets."""
    for pattern in (HARD, AND, joining(), _OPEN_BRACKET):
        yield from pattern.finditer(text)


def first_joint(text: str) -> int:
    """Where the first of the `joints` begins, or the text's length; looks no further."""
    found = (pattern.search(text) for pattern in (HARD, AND, joining(), _OPEN_BRACKET))
    return min((mark.start() for mark in found if mark), default=len(text))


def is_prose(text: str) -> bool:
    """Does `text` run on for more words than any name of a body has, without a mark between them?

    Or has it more marks than any list of bodies? Looked at before anything else: to seek names in
    a long text takes time.
    """
    ends = sorted({0, len(text), *(mark.start() for mark in joints(text))})
    return len(ends) > _MOST or any(len(text[a:b].split()) > _PROSE for a, b in pairwise(ends))


def is_crowded(text: str) -> bool:
    """Has `text` more marks than any list of bodies?"""
    return next(islice(joints(text), _MOST, None), None) is not None


def list_marks(text: str) -> Iterable[re.Match[str]]:
    """Marks that part a list: hard ones, and words that join bodies ("supported by")."""
    found = [*HARD.finditer(text), *joining().finditer(text), *_inner_label().finditer(text)]
    end = 0
    for mark in sorted(found, key=lambda one: (one.start(), -one.end())):
        outside = text.count("(", 0, mark.start()) <= text.count(")", 0, mark.start())
        if mark.start() >= end and outside and mark.start():
            yield mark
            end = mark.end()


def has_label(text: str) -> bool:
    """Does a label or a joining word stand before the name ("Support:", "together with")?"""
    return bool(label().match(text) or joining().match(text))


def without_label(text: str) -> str:
    """The text without a label before it ("Lead agency:", "together with", "and")."""
    found = label().match(text) or joining().match(text) or _LEADING.match(text)
    return text[found.end() :].strip() if found and not find(text) else text.strip()


def without_roles(text: str) -> str:
    """The text without roles in brackets, wherever they stand in it."""
    return _role_bracket().sub("", text)


def is_role(text: str) -> bool:
    """Does `text` only tell a body's part in the work ("lead", "in support")?"""
    return name_key(text) in patterns().roles


@cache
def joining() -> re.Pattern[str]:
    """Words between two bodies that work together, the longest first."""
    ways = sorted(patterns().joining, key=len, reverse=True)
    return re.compile(rf"\s*[(,]?\s*\b(?:{'|'.join(map(re.escape, ways))})\b:?\s+", re.IGNORECASE)


@cache
def label() -> re.Pattern[str]:
    """A label before a name."""
    ways = "|".join(sorted(map(re.escape, patterns().labels), key=len, reverse=True))
    return re.compile(
        rf"(?:{ways})(?:\s*\(s\))?\s*(?::|\s[–—-]\s)\s*"
        rf"|(?:lead|supporting|partner|responsible)\s(?:agency|organisation)\s+(?=[A-Z])",
        re.IGNORECASE,
    )


@cache
def _inner_label() -> re.Pattern[str]:
    """The blank before a label within a text ("Lead: Kent Police Support: CPS")."""
    ways = "|".join(sorted(map(re.escape, patterns().labels), key=len, reverse=True))
    before = ("lead", "joint", "partner", "other", "key", "supporting", "responsible", "relevant")
    whole = "".join(rf"(?<!\b{word})" for word in before)  # not within "Partner agencies:"
    return re.compile(rf"{whole}\s+(?=(?:{ways})\s*(?::|\s[–—-])\s)", re.IGNORECASE)


@cache
def _role_bracket() -> re.Pattern[str]:
    ways = "|".join(sorted(map(re.escape, patterns().roles), key=len, reverse=True))
    return re.compile(rf"\s*\((?:{ways})\)", re.IGNORECASE)


@cache
def role() -> re.Pattern[str]:
    """A role behind a name."""
    ways = "|".join(sorted(map(re.escape, patterns().roles), key=len, reverse=True))
    return re.compile(
        rf"\s*(?:\s[–—-]\s|:)\s*(?:{ways})\.?$|\s+(?:as|to)\s+(?:{ways})$|\s+only$", re.I
    )


@lru_cache(maxsize=4096)
def bare_name(text: str) -> str:
    """A printed name without marks and quotes around it, "etc"; the last dot of "F.H." stays."""
    text = _TRAILING.sub("", text).strip(_EDGE)
    for first, last in _QUOTES:
        if text.startswith(first) and text.endswith(last) and len(text) > 1:
            text = text[1:-1].strip(_EDGE)
    return text if _DOTTED.search(text) else text.rstrip(" .")
