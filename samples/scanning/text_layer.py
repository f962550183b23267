"""Text layers that mislead: old readings behind pictures, fonts whose codes mean nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pdfplumber
import pypdf
from pypdf.generic import NameObject

from samples.scanning.write import HiddenWord

# What a poor reading makes of letters and pairs of letters.
MISREAD = {
    "a": "o", "b": "h", "c": "e", "d": "cl", "e": "c", "f": "t", "g": "q", "h": "b", "i": "l",
    "l": "1", "m": "rn", "n": "ii", "o": "0", "r": "i", "s": "5", "t": "f", "u": "n", "v": "y",
    "w": "vv", "A": "4", "B": "8", "D": "O", "E": "F", "G": "C", "I": "l", "O": "0", "S": "5",
    "T": "I", "0": "O", "1": "l", "2": "Z", "3": "8", "4": "A", "5": "S", "6": "b", "8": "B",
}  # fmt: skip


def poor_layer(pdf: Path, share: float, seed: int) -> list[list[HiddenWord]]:
    """Return, page by page, the words of a PDF as a poor reading has them.

    `share` of the letters are misread, every ninth word is lost, every seventh is cut in two, and
    none stands quite where it is printed.
    """
    random = np.random.default_rng(seed)
    with pdfplumber.open(pdf) as document:
        pages = [page.extract_words(extra_attrs=["size"]) for page in document.pages]
    out = []
    for words in pages:
        kept = []
        for word in words:
            if random.random() < 1 / 9:
                continue
            text = misread(word["text"], share, random)
            x, y = word["x0"] + random.normal(0, 3), word["bottom"] + random.normal(0, 1.5)
            size = min(max(word["size"], 6.0), 30.0)
            if random.random() < 1 / 7 and len(text) > 3:
                kept.append(HiddenWord(text[:2], x, y, size))
                text, x = text[2:], x + size * 1.5
            kept.append(HiddenWord(text, x, y, size))
        out.append(kept)
    return out


def misread(text: str, share: float, random: np.random.Generator) -> str:
    """Return a text with about `share` of its letters misread."""
    return "".join(
        MISREAD.get(sign, sign) if random.random() < share else sign for sign in text
    ).encode("cp1252", "replace").decode("cp1252")  # fmt: skip


def without_meaning(pdf: Path, target: Path) -> None:
    """Copy a PDF, its fonts without a table of what their codes mean: it looks as before."""
    writer = pypdf.PdfWriter(clone_from=pdf)
    for held in writer._objects:
        if isinstance(held, pypdf.generic.DictionaryObject) and held.get("/Type") == "/Font":
            held.pop("/ToUnicode", None)
            if "/BaseFont" in held:
                held[NameObject("/BaseFont")] = NameObject("/ABCDEF+Unnamed")
    writer.metadata = None
    writer.write(target)
