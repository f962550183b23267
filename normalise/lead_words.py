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
def entries(name: str) -> frozenset[str]:
    """The same as a set, for looking up."""
    return frozenset(phrases(name))


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
    meaning = known.get(bare) or known.get(bare.rstrip(".:;,"))
    return None if meaning == "role" else meaning


def is_label(text: str) -> bool:
    """Does `text` only say that a lead follows ("Lead officer")?"""
    return _placeholders().get(" ".join(text.split()).casefold()) == "label"


def is_role(text: str) -> bool:
    """A title that says no more than who leads ("Lead Officer"), kept where there is no other."""
    return _placeholders().get(" ".join(text.split()).casefold()) == "role"


@cache
def _plural_heads() -> frozenset[str]:
    heads = (entry for name in ("post_heads", "ranks") for entry in phrases(name))
    return frozenset(f"{entry.split()[-1].casefold()}s" for entry in heads)


def is_plural_post(text: str) -> bool:
    """Do several people hold the post ("Team managers", "Heads of Service")?"""
    names = [word.casefold().strip(",()") for word in text.split()]
    links = [at for at, name in enumerate(names) if name in words("link_words")]
    head = names[: links[0]] if links else names
    return bool(head) and head[-1] in _plural_heads()
