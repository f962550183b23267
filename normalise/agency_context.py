"""What one document says of bodies, and the identity of a name in the light of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, wraps
from typing import Any, TypeVar

from actionplan.normalise.agency_area import initials
from actionplan.normalise.agency_definitions import definitions
from actionplan.normalise.agency_gazetteer import Body, find, name_key
from actionplan.normalise.agency_shape import body_type

T = TypeVar("T")

_NAME_WORD = r"[A-Z][\w’'&.-]*"
_RUN = re.compile(rf"{_NAME_WORD}(?:\s+(?:(?:and|of|for|the|&)\s+)?{_NAME_WORD})+")
_JOINED = re.compile(r"\s+(?:and|&)\s+")
_BEFORE = frozenset({"of", "for", "the"})
_TITLE = re.compile(r"\b(?:partnership|board|council|reviews?|action\s+plan)\b", re.IGNORECASE)
_LONGEST_TITLE = 120
"""Letters of a line of a title; longer ones are prose."""


@dataclass(frozen=True)
class AgencyContext:
    """Bodies of one document; build it once with `AgencyContext.build`.

    Attributes:
        definitions: key of a short form -> the long form that the document gives for it.
        names: names of bodies in the document and how often each occurs.
        area: keys of the texts that say where the document is about: title, partnership.
    """

    definitions: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, int] = field(default_factory=dict)
    area: tuple[str, ...] = ()

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of `names`."""
        return frozenset(map(name_key, self.names))

    @cached_property
    def by_key(self) -> Mapping[str, tuple[str, int]]:
        """The commonest name of each key, and how often it occurs."""
        out: dict[str, tuple[str, int]] = {}
        for name, count in self.names.items():
            key = name_key(name)
            if count > out.get(key, ("", 0))[1]:
                out[key] = (name, count)
        return out

    @cached_property
    def sorted_keys(self) -> Mapping[str, str]:
        """The keys of `names`, each with its words in alphabetical order."""
        return {key: " ".join(sorted(key.split())) for key in self.by_key}

    @cached_property
    def by_initials(self) -> Mapping[str, list[str]]:
        """Names of several words by the ways to write them in initials."""
        out: dict[str, list[str]] = {}
        for name in self.names:
            for letters in initials(name) if " " in name else ():
                out.setdefault(letters, []).append(name)
        return out

    @cached_property
    def kept(self) -> dict[Callable[..., Any], dict[str, Any]]:
        """What the functions under `once_per_text` found, by text."""
        return {}

    @cached_property
    def bodies(self) -> tuple[Body, ...]:
        """The single bodies of the gazetteer that the document names in full."""
        found = (find(name) for name in self.names if " " in name)
        return tuple(dict.fromkeys(one[0] for one in found if len(one) == 1 and one[0].proper))

    @classmethod
    def build(cls, texts: Iterable[str], area: Iterable[str] = ()) -> AgencyContext:
        """Collect definitions ("Harrowmere Safety Board (HSB)") and names from running texts.

        `area`: texts that say where the document is about (title, partnership, cover).
        """
        defined: dict[str, Counter[str]] = {}
        names: Counter[str] = Counter()
        places = [text for text in area if text]
        for text in (*places, *texts):
            for short, long_form in definitions(text):
                defined.setdefault(name_key(short), Counter())[long_form] += 1
            names.update(_names(text))
        settled = {short: _settled(forms) for short, forms in defined.items()}
        chosen = {short: form for short, form in settled.items() if form}
        return cls(chosen, dict(names), tuple(map(name_key, places)))


def once_per_text(judge: Callable[[str, AgencyContext], T]) -> Callable[[str, AgencyContext], T]:
    """Keep what `judge` finds of a text as long as the document's context lives.

    A cell is looked at by several readers, and its parts by each of them.
    """

    @wraps(judge)
    def kept(text: str, context: AgencyContext) -> T:
        known: dict[str, T] = context.kept.setdefault(judge, {})
        if text not in known:
            known[text] = judge(text, context)
        return known[text]

    return kept


def _settled(forms: Counter[str]) -> str | None:
    """The long form that the document gives most often; None where two bodies share a short one."""
    (first, most), *others = forms.most_common()
    ids = {body.id for form in forms for body in find(form) if body.proper}
    tied = any(count == most and name_key(form) != name_key(first) for form, count in others)
    return None if tied and len(ids) != 1 else first


def area_texts(titles: Iterable[str], front: Iterable[str]) -> list[str]:
    """The texts that say where a document is about.

    Args:
        titles: its title and running lines.
        front: lines of its first pages, of which those that name its review or publisher count.
    """
    told = (line for line in front if len(line) <= _LONGEST_TITLE and _TITLE.search(line))
    return [text for text in (*titles, *told) if text]


def _names(text: str) -> Iterable[str]:
    for found in _RUN.finditer(text):
        yield from _bodies_in(found.group())


@lru_cache(maxsize=1 << 14)
def _bodies_in(run: str) -> tuple[str, ...]:
    """The bodies that a run of capitalised words is, or ends with; kept, as reports repeat them."""
    words = run.rstrip(".").removeprefix("The ").split()
    whole = " ".join(words)
    if len(words) < 2 or find(whole):
        return (whole,) if len(words) > 1 else ()
    for joint in _JOINED.finditer(whole):
        left, right = _bodies_in(whole[: joint.start()]), _bodies_in(whole[joint.end() :])
        if left and right:
            return (*left, *right)
    if body_type(whole):
        return (whole,)
    # "Officers of West Midlands Police": a name may end a longer run of capitals.
    suffixes = [(at, " ".join(words[at:])) for at in range(1, len(words) - 1)]
    known = next((suffix for _, suffix in suffixes if find(suffix)), None)
    behind = (suffix for at, suffix in suffixes if words[at - 1] in _BEFORE and body_type(suffix))
    name = known or next(behind, None)
    return (name,) if name else ()
