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
def dictionary() -> frozenset[str]:
    """Return English words in lower case (British and American), from symspellpy's word list."""
    path = files("symspellpy") / "frequency_dictionary_en_82_765.txt"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return frozenset(line.partition(" ")[0] for line in lines)
