"""Character repairs: ligatures, private-use bullets, control characters, line-end hyphens."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actionplan.extract.wordlists import word_list

# pdfium puts U+FFFE (older builds U+0002) where it takes a hyphen for a line-end hyphen, and
# leaves the line break out: the word ends there.
LINE_END_HYPHENS = "\ufffe\x02"
WORD = re.compile(rf"[^\s{LINE_END_HYPHENS}]+[{LINE_END_HYPHENS}]?")

# Symbol and Wingdings code points as Word and LibreOffice export them (Unicode private use).
_BULLETS = {
    0xF0B7: "•", 0xF0A7: "▪", 0xF06E: "■", 0xF0D8: "➢", 0xF076: "❖", 0xF0A8: "◻", 0xF06F: "□",
    0xF0FC: "✓", 0xF0FE: "☑", 0xF0E0: "→", 0xF02D: "-", 0xF0BE: "—", 0xF0FB: "✗", 0xF0FD: "☒",
    0xF0E8: "➔", 0xF0F0: "⇨", 0xF071: "❑", 0xF072: "❒", 0xF075: "◆", 0xF06C: "●", 0xF0A1: "○",
    0xF0AE: "→", 0xF0B3: "≥", 0xF0A3: "≤", 0xF0B1: "±", 0xF0B0: "°",
}  # fmt: skip
_LIGATURES = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st",
    0xFB06: "st",
}  # fmt: skip
_SPACES = {9, 10, 11, 12, 13, 28, 29, 30, 31, 0x85}  # these part words, they are in none
_CONTROLS: dict[int, str | None] = dict.fromkeys(
    {*range(32), 0x7F, *range(0x80, 0xA0), 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF} - _SPACES
)
_HYPHENS = {0xFFFE: "-", 0x2: "-"}
_TABLE: dict[int, str | None] = {**_CONTROLS, **_BULLETS, **_LIGATURES, **_HYPHENS}
_ODD = re.compile("[" + "".join(re.escape(chr(code)) for code in _TABLE) + "\u00ad]")


_COMMON = word_list("on_every_page")
_ENOUGH = 120  # words of letters from which one of the common ones must be among them
_WORD_OF_LETTERS = 3
_STRANGE = re.compile("[\x00-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")
_STRANGE_SHARE = 0.3
_STRANGE_COUNT = 20


def is_garbled(words: Sequence[str]) -> bool:
    """Do the words of a page make no sense, because its fonts do not say what their codes mean?

    Either many hold characters that stand for nothing, or none of many is a common word.
    """
    if not _COMMON.isdisjoint(map(str.casefold, words)):
        return False
    strange = sum(_STRANGE.search(word) is not None for word in words)
    if strange >= max(_STRANGE_COUNT, _STRANGE_SHARE * len(words)):
        return True
    letters = sum(len(word) >= _WORD_OF_LETTERS and word.isalpha() for word in words)
    return letters >= _ENOUGH


def is_clean(text: str) -> bool:
    """Is there no character in `text` that `clean_word` would change?"""
    return _ODD.search(text) is None


def clean_word(word: str) -> str:
    """Return `word` with odd characters repaired.

    A soft hyphen inside goes; one at the end stays, it says that the word goes on.
    """
    if word.isascii() and word.isprintable():
        return word
    word = word.translate(_TABLE)
    soft = word.endswith("\u00ad")
    return word.replace("\u00ad", "") + ("\u00ad" if soft and len(word) > 1 else "")
