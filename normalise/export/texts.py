"""Texts as other systems take them: cut at a word, counted in UTF-16, free of control signs."""

from __future__ import annotations

import re
import unicodedata

from actionplan.normalise.csv_text import csv_safe

ELLIPSIS = "…"
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# What XML 1.0 cannot hold and a calendar may not: control signs, surrogates, noncharacters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_JOINER = "\u200d"
_WORD = re.compile(r"[\w&'’]+")


def units(text: str) -> int:
    """Return the length of `text` in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def shorten(text: str, limit: int) -> str:
    """Return `text`, or its first words and an ellipsis, in at most `limit` UTF-16 units.

    A word longer than that is cut, but no sign is parted from the marks that belong to it.
    """
    if units(text) <= limit:
        return text
    end, length = 0, 1  # the ellipsis
    while (length := length + 1 + (text[end] > "\uffff")) <= limit:
        end += 1
    cut = text[:end] if text[end].isspace() else text[:end].rpartition(" ")[0]
    if not cut.strip():
        while end and _belongs(text, end):
            end -= 1
        cut = text[:end]
    return cut.rstrip() + ELLIPSIS


def _belongs(text: str, place: int) -> bool:
    """Whether the sign at `place` is one with the sign before it: an accent, part of an emoji."""
    sign = text[place]
    joined = sign == _JOINER or text[place - 1] == _JOINER or "\U0001f3fb" <= sign <= "\U0001f3ff"
    return joined or unicodedata.category(sign).startswith("M")


def fit(text: str, limit: int | None) -> str:
    """Return `text` in at most `limit` units, the guard against formulas counted in."""
    if limit is None:
        return text
    return shorten(text, limit - (csv_safe(text) != text))


def printable(text: str) -> str:
    """Return `text` with line feeds alone for breaks, and U+FFFD for what cannot be printed."""
    return _UNPRINTABLE.sub("\ufffd", _BREAKS.sub("\n", text))


def one_line(text: str) -> str:
    """Return `text` with single spaces for white space."""
    return " ".join(text.split())


def label(text: str) -> str:
    """Return `text` as one word, as labels have to be: words joined by hyphens, no other signs."""
    return "-".join(_WORD.findall(text))


_WIKI = re.compile(r"[\[{]|!(?=\S)")


def wiki_plain(text: str) -> str:
    r"""Return `text` so that Jira's wiki markup in it does nothing: ``[``, ``{`` and ``!`` escaped.

    Links, mentions, macros and pictures begin with one of them; the rest is mere type.
    """
    return _WIKI.sub(r"\\\g<0>", text)
