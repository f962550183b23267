"""Character repairs: ligatures, private-use bullets, control characters, line-end hyphens."""

from __future__ import annotations

import re

# pdfium puts U+FFFE (older builds U+0002) where it takes a hyphen for a line-end hyphen, and
# leaves the line break out: the word ends there.
LINE_END_HYPHENS = "\ufffe\x02"
WORD = re.compile(rf"[^\s{LINE_END_HYPHENS}]+[{LINE_END_HYPHENS}]?")

# Symbol and Wingdings code points as Word and LibreOffice export them (Unicode private use).
_BULLETS = {
    0xF0B7: "•", 0xF0A7: "▪", 0xF06E: "■", 0xF0D8: "➢", 0xF076: "❖", 0xF0A8: "◻", 0xF06F: "□",
    0xF0FC: "✓", 0xF0FE: "☑", 0xF0E0: "→", 0xF02D: "-", 0xF0BE: "—",
}  # fmt: skip
_LIGATURES = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st",
    0xFB06: "st",
}  # fmt: skip
_SPACES = {9, 10, 11, 12, 13, 28, 29, 30, 31, 0x85}  # these part words, they are in none
_CONTROLS: dict[int, str | None] = dict.fromkeys(
    {*range(32), 0x7F, *range(0x80, 0xA0), 0x200B, 0x200C, 0x200D, 0xFEFF} - _SPACES
)
_HYPHENS = {0xFFFE: "-", 0x2: "-"}
_TABLE: dict[int, str | None] = {**_CONTROLS, **_BULLETS, **_LIGATURES, **_HYPHENS}
_ODD = re.compile("[" + "".join(re.escape(chr(code)) for code in _TABLE) + "\u00ad]")


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
