"""Keys of records: the same after reconversion, and unmoved by what happens to other records."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

_NO_WORD = re.compile(r"[\W_]+")
_DIGITS = 12  # hexadecimal digits: 48 bits, one clash in 24 million records at even odds


def fingerprint(parts: Iterable[str]) -> str:
    """Return 12 hexadecimal digits of `parts`; case, spaces and punctuation do not count."""
    loose = (_NO_WORD.sub("", unicodedata.normalize("NFKC", part).casefold()) for part in parts)
    return hashlib.sha256("\x1f".join(loose).encode()).hexdigest()[:_DIGITS]


def record_keys(contents: Iterable[Iterable[str]]) -> list[str]:
    """Return a key for each record of a document, in order.

    Args:
        contents: for each record the texts that make it what it is (its text, its agency).

    The ordinal behind the fingerprint counts records of the same content only: "…-1" unless the
    same text was seen before.
    """
    seen: Counter[str] = Counter()
    keys = []
    for parts in contents:
        print_ = fingerprint(parts)
        seen[print_] += 1
        keys.append(f"{print_}-{seen[print_]}")
    return keys
