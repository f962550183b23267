"""Word lists of the room, from `data/words.toml`, and the English dictionary."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _lists() -> dict[str, str]:
    text = (files("actionplan.extract") / "data" / "words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def word_list(name: str) -> frozenset[str]:
    """Return the list `name` of `data/words.toml`."""
    return frozenset(_lists()[name].split())


@cache
def dictionary() -> dict[str, int]:
    """Return English words in lower case (British and American) with their frequency.

    From symspellpy's word list: counts in a corpus of about 10^12 words.
    """
    path = files("symspellpy") / "frequency_dictionary_en_82_765.txt"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return {word: int(count) for word, _, count in (line.partition(" ") for line in lines)}
