"""The gazetteer of bodies: names, short forms, types, predecessors and successors."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

_APOSTROPHES = re.compile(r"[’‘'`´]")
_NOT_WORD = re.compile(r"[^\w&]+")


@dataclass(frozen=True, slots=True)
class Body:
    """One body, or one kind of body that exists once per area.

    Attributes:
        id: stable slug, ``type:name``.
        name: canonical name.
        type: see ``data/agency_patterns.toml``.
        aliases: other names and short forms.
        employer: a post printed behind the name is a post with this body.
        unit: a department or service inside other bodies.
        start: day or year from which it existed, where known.
        end: day or year until which it existed, where known.
        successor: id of the body that took over.
    """

    id: str
    name: str
    type: str
    aliases: tuple[str, ...] = ()
    employer: bool = False
    unit: bool = False
    start: str | None = None
    end: str | None = None
    successor: str | None = None


@lru_cache(maxsize=1 << 14)
def name_key(name: str) -> str:
    """A name without letter case, apostrophes, punctuation and leading article.

    Kept: a document prints the same few names again and again, and each is looked up many times.
    """
    bare = _APOSTROPHES.sub("", name).replace("&", " and ").casefold()
    return " ".join(_NOT_WORD.sub(" ", bare).split()).removeprefix("the ")


@cache
def bodies() -> tuple[Body, ...]:
    """All bodies of ``data/bodies.toml``, in the file's order."""
    raw = files("actionplan.normalise").joinpath("data/bodies.toml").read_text("utf-8")
    out = []
    for entry in tomllib.loads(raw)["body"]:
        aliases = tuple(entry.pop("aliases", ()))
        out.append(Body(aliases=aliases, **entry))
    return tuple(out)


@cache
def index() -> Mapping[str, tuple[Body, ...]]:
    """Bodies by the key of each of their names; a key with several bodies is ambiguous."""
    out: dict[str, tuple[Body, ...]] = {}
    for body in bodies():
        for name in (body.name, *body.aliases):
            key = name_key(name)
            if body not in out.get(key, ()):
                out[key] = (*out.get(key, ()), body)
    return out


def find(name: str) -> tuple[Body, ...]:
    """The bodies that `name` as a whole may mean: none, one, or several."""
    return index().get(name_key(name), ())
