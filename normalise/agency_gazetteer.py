"""The gazetteer of bodies: names, short forms, types, lives, predecessors and successors."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple
from unicodedata import combining, normalize

_APOSTROPHES = str.maketrans("", "", "’‘'`´")
_WORDS = re.compile(r"\w+")
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}[A-Za-z]?\b|\b(?:[A-Za-z]\.)+[A-Za-z]\b")
_FIELDS = 5


class Body(NamedTuple):
    """One body, or one kind of body that exists once per area.

    Attributes:
        id: stable slug, ``type:name``.
        name: canonical name.
        type: see ``docs/agencies.md``.
        aliases: other names and short forms, former names of the same body among them.
        kind: id of the general body that it is one of ("the CCG"), if there is one.
        general: a kind of body, which carries no area.
        employer: a post printed behind the name is a post with this body.
        unit: a department or service inside other bodies.
        start: day, month or year from which it existed, where known.
        end: day, month or year until which it existed, where known.
        successors: ids of the bodies that took over; several where it was divided.
        areas: counties and towns that it serves, where its name does not say.
    """

    id: str
    name: str
    type: str
    aliases: tuple[str, ...] = ()
    kind: str | None = None
    general: bool = False
    employer: bool = False
    unit: bool = False
    start: str | None = None
    end: str | None = None
    successors: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()

    @property
    def proper(self) -> bool:
        """Is this one body with a name of its own, no kind and no department?"""
        return not self.general and not self.unit


def plain_key(name: str) -> str:
    """A name without case, accents, apostrophes, punctuation, dots in short forms and article."""
    bare = name.casefold()
    if "'" in bare or "`" in bare or not bare.isascii():  # few names; it is slow
        bare = normalize("NFKD", bare.translate(_APOSTROPHES))
        bare = "".join(letter for letter in bare if not combining(letter))
    if "." in bare:
        bare = _DOTTED.sub(lambda found: found[0].replace(".", ""), bare)
    if "&" in bare:
        bare = bare.replace("&", " and ")
    return " ".join(_WORDS.findall(bare)).removeprefix("the ")


name_key = lru_cache(maxsize=1 << 14)(plain_key)
"""`plain_key`, kept: a document prints the same few names again and again."""


@cache
def bodies(*names: str) -> tuple[Body, ...]:
    """All bodies, or those of some files of ``data/bodies`` ("police"), in the files' order."""
    folder = files("actionplan.normalise").joinpath("data/bodies")
    chosen = [f"{name}.toml" for name in names] or sorted(path.name for path in folder.iterdir())
    out: list[Body] = []
    for name in chosen:
        if not name.endswith(".toml"):
            continue
        raw = tomllib.loads(folder.joinpath(name).read_text("utf-8"))
        for family in raw["family"]:
            out.extend(_family(family))
    return tuple(out)


def _family(family: Mapping[str, Any]) -> Iterable[Body]:
    """The bodies of one family; ``{}`` in its templates stands for a line's first field."""
    name, slug = family.get("name", "{}"), f"{family['type']}:{family.get('id', '{}')}"
    also, successors = tuple(family.get("also", ())), tuple(family.get("successors", ()))
    for line in family["bodies"].splitlines():
        if not line or line.startswith("#"):
            continue
        fields = [field.strip() for field in line.split("|")]
        first, aliases, lived, after, areas = fields + [""] * (_FIELDS - len(fields))
        own, _, first = first.rpartition(" = ")
        start, _, end = (lived or family.get("life", "/")).partition("/")
        yield Body(
            slug.format(own or plain_key(first).replace(" ", "-")),
            name.format(first),
            family["type"],
            (*_listed(aliases), *(form.format(first) for form in also)),
            family.get("kind"),
            family.get("general", False),
            family.get("employer", False),
            family.get("unit", False),
            start or None,
            end or None,
            tuple(one if ":" in one else f"{family['type']}:{one}" for one in _listed(after))
            or successors,
            _listed(areas),
        )


def _listed(field: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in field.split(";")) if field else ()


@cache
def index() -> Mapping[str, tuple[Body, ...]]:
    """Bodies by the key of each of their names; a key with several bodies is ambiguous."""
    out: dict[str, tuple[Body, ...]] = {}
    for body in bodies():
        for key in {plain_key(name) for name in (body.name, *body.aliases)}:
            out[key] = (*out[key], body) if key in out else (body,)
    return out


@cache
def by_id() -> Mapping[str, Body]:
    """Bodies by their ids."""
    return {body.id: body for body in bodies()}


@lru_cache(maxsize=1 << 14)
def find(name: str) -> tuple[Body, ...]:
    """The bodies that have `name` as one of their names: none, one, or several.

    Of several, those that write it in the same capitals ("LAs" and "LAS" are two).
    """
    found = index().get(name_key(name), ())
    if len(found) < 2:
        return found
    return tuple(body for body in found if name in (body.name, *body.aliases)) or found


def current(body_id: str) -> str:
    """The id of the body that does the work of `body_id` now, for counting over years.

    Follows successors to the last; a body whose work was divided among several, or that nobody
    took over, is its own. Names are never rewritten by this: a body and its successor are two.

    Raises:
        KeyError: no body has this id.
    """
    body = by_id()[body_id]
    while len(body.successors) == 1:
        body = by_id()[body.successors[0]]
    return body.id
