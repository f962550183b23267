"""Vocabulary of ``data/*.toml``, read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The tables of ``data/NAME.toml``."""
    source = resources.files("actionplan.normalise") / "data" / f"{name}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


def alternatives(words: Iterable[str]) -> str:
    """A regular expression group that matches any of `words`, the longest first."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word) for word in longest_first) + ")"
