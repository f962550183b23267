"""Word lists of ``data/``, loaded once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


def _read(name: str) -> str:
    return files("actionplan.normalise").joinpath("data", name).read_text("utf-8")


@cache
def phrases(name: str) -> tuple[str, ...]:
    """The entries of a list with one entry per line."""
    lines = (line.strip() for line in _read(f"{name}.txt").splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def words(name: str) -> frozenset[str]:
    """The casefolded words of a list whose entries are separated by blanks."""
    lines = (line for line in _read(f"{name}.txt").splitlines() if not line.startswith("#"))
    return frozenset(word.casefold() for line in lines for word in line.split())


@cache
def _placeholders() -> dict[str, str]:
    table = tomllib.loads(_read("placeholders.toml"))
    return {text: meaning for meaning, texts in table.items() for text in texts}


def placeholder(text: str) -> str | None:
    """What a cell text that names nobody means: ``open``, ``none``, ``redacted``, ``vacant``."""
    bare = " ".join(text.split()).casefold()
    known = _placeholders()
    return known.get(bare) or known.get(bare.rstrip(".:;,"))


def is_label(text: str) -> bool:
    """Does `text` only say that a lead follows ("Lead officer")?"""
    return _placeholders().get(" ".join(text.split()).casefold()) == "label"
