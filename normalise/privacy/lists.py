"""Word lists of ``data/people.toml``, loaded once."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _lists() -> dict[str, Any]:
    source = files("actionplan.normalise.privacy").joinpath("data/people.toml")
    return tomllib.loads(source.read_text("utf-8"))


@cache
def listed(name: str) -> frozenset[str]:
    """The words of a list, casefolded; those of ``letters`` and ``numbered`` as written."""
    found = _lists()[name].split()
    return frozenset(found if name in {"letters", "numbered"} else map(str.casefold, found))


@cache
def shortened() -> dict[str, list[str]]:
    """Short forms of given names that are no beginnings of them, and what they stand for."""
    return {short: names.split() for short, names in _lists()["short"].items()}


@cache
def things() -> re.Pattern[str]:
    """What is called after people: names of firms and charities, and any "X's Law"."""
    names = sorted(_lists()["things"], key=len, reverse=True)
    called = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names)
    law = r"\b[A-Z]\w+['’]s?\s+(?:Law|Rule)\b"
    asked = r"\b[Aa]sk\s+for\s+[A-Z][a-z]+\b"  # "Ask for Angela"
    return re.compile(rf"\b(?:{called})\b|{law}|{asked}")
