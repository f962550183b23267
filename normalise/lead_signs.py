"""Signs and capitals that are typed carelessly, read as what they stand for.

Every sign keeps its place, so that the offsets in the text of a block stay right.
"""

from __future__ import annotations

import re
from functools import cache

from actionplan.normalise.lead_tokens import word_labels
from actionplan.normalise.lead_words import phrases, words

_DASH = re.compile(r"(?<=[A-Za-z)])-(?=\s+(?!(?:and|or|to|&)\b))|(?<=\s)-(?=[A-Z(])")
_FULL_STOP = re.compile(r"(\b[A-Za-z]+)\.(?=[A-Z][a-z]|\s+[A-Z])")
# Full stops and dashes before the first word.
_DOTS = re.compile(r"^[.·_~-]+(?=\s*[A-Z])", re.MULTILINE)
_AMPERSAND = re.compile(r"(?<=[a-z])&(?=[A-Z][a-z])")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_SIGNS = str.maketrans({"\\": "/", "…": ",", "=": ":", "?": " ", "*": " ", "†": " ", "^": " "})


def with_plain_signs(text: str) -> str:
    """The text with dashes, commas and capitals where they are meant; as long as before.

    "Jo Temple- Matron" and "Jo Temple -Matron" have a dash, "Jo Temple.Matron" a comma,
    "Det.Supt.Lowick" no full stops, "jo temple" capitals.
    """
    text = _DASH.sub("–", _DOTS.sub(_blank, text.translate(_SIGNS)))
    text = _AMPERSAND.sub(";", text)
    text = _FULL_STOP.sub(_stopped, text)
    return _with_capitals(text) if text == text.lower() else text


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def as_printed(read: str, printed: str) -> str:
    """The characters of `printed` that `read` keeps; full stops behind short forms come back."""
    kept = (p if r != " " or p == "." else " " for r, p in zip(read, printed, strict=True))
    return " ".join("".join(kept).split())


@cache
def _short_ranks() -> frozenset[str]:
    """Words of ranks and forms of address, which a full stop may shorten."""
    entries = (*phrases("ranks"), *phrases("honorifics"))
    return frozenset(word.casefold() for entry in entries for word in entry.split())


def _stopped(found: re.Match[str]) -> str:
    """A full stop behind a short form says nothing; one between words without blank parts them."""
    word = found.group(1)
    if word.casefold() in _short_ranks():
        return f"{word} "
    glued = not found.string[found.end() : found.end() + 1].isspace()
    if not glued:
        return found.group()
    return f"{word}," if len(word) > 1 else f"{word} "  # "A.Wexley"


def _with_capitals(text: str) -> str:
    """Capitals for a text without any, if a given name is in it ("ann wexley, team manager")."""
    named = any("first_names" in word_labels(w.capitalize()) for w in _WORD.findall(text))
    return _WORD.sub(_capitalised, text) if named else text


def _capitalised(found: re.Match[str]) -> str:
    word = found.group()
    small = word in words("link_words") or word in words("prose") or len(word.upper()) != len(word)
    return word if small else word[0].upper() + word[1:]
