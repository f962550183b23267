"""The word lists of ``training/words/``, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("words")


@cache
def lines(name: str) -> tuple[str, ...]:
    """The entries of a list with one entry per line."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    stripped = (line.strip() for line in text.splitlines())
    return tuple(line for line in stripped if line and not line.startswith("#"))


@cache
def words(name: str) -> tuple[str, ...]:
    """The entries of a list whose entries are separated by blanks."""
    return tuple(word for line in lines(name) for word in line.split())


@cache
def kinds(name: str, kind: str) -> tuple[str, ...]:
    """The entries of the lines of a list that begin with `kind`."""
    found = (line.split() for line in lines(name))
    return tuple(word for first, *rest in found if first == kind for word in rest)
