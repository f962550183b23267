"""What one document says of bodies: its definitions of short forms and the names it uses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from actionplan.normalise.agency_gazetteer import Body, find, name_key
from actionplan.normalise.agency_shape import body_type
from actionplan.schemas.plan import Agency

_NAME_WORD = r"[A-Z][\w’'&.-]*"
_DEFINITION = re.compile(
    rf"((?:{_NAME_WORD}|and|of|for|the|&|on|in)(?:\s+(?:{_NAME_WORD}|and|of|for|the|&|on|in)){{0,9}})"
    r"\s*\(\s*[‘'“\"]?([A-Z][A-Za-z&]{1,9})[’'”\"]?\s*\)"
)
_RUN = re.compile(rf"{_NAME_WORD}(?:\s+(?:(?:and|of|for|the|&)\s+)?{_NAME_WORD})+")
SAME_NAME = 93.0
"""rapidfuzz token-sort ratio (0..100) from which two names of one document are one body: words in
another order give 100, one letter mistyped in 25 gives 96, another town in a like name below 90."""


@dataclass(frozen=True)
class AgencyContext:
    """Bodies of one document; build it once with `AgencyContext.build`.

    Attributes:
        definitions: key of a short form -> the long form that the document gives for it.
        names: names of bodies in the document and how often each occurs.
    """

    definitions: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of `names`."""
        return frozenset(map(name_key, self.names))

    @classmethod
    def build(cls, texts: Iterable[str]) -> AgencyContext:
        """Collect definitions ("Harrowmere Safety Board (HSB)") and names from running texts."""
        definitions: dict[str, str] = {}
        names: Counter[str] = Counter()
        for text in texts:
            for found in _DEFINITION.finditer(text) if "(" in text else ():
                long_form = _long_form(found.group(1), found.group(2))
                if long_form:
                    definitions.setdefault(name_key(found.group(2)), long_form)
            names.update(_names(text))
        return cls(definitions, dict(names))


def _long_form(words: str, short: str) -> str | None:
    """The last words whose initials spell the short form; small words may be left out."""
    parts = words.split()
    letters = [c for c in short.casefold() if c.isalpha()]
    for start in range(len(parts) - 1, -1, -1):
        chosen = parts[start:]
        big = [w for w in chosen if w[0].isupper()]
        initials = ([w[0].casefold() for w in big], [w[0].casefold() for w in chosen if w != "&"])
        if parts[start][0].isupper() and letters in initials:
            return " ".join(chosen)
    return None


def _names(text: str) -> Iterable[str]:
    for found in _RUN.finditer(text):
        if name := _body_in(found.group()):
            yield name


@lru_cache(maxsize=1 << 14)
def _body_in(run: str) -> str | None:
    """The body that a run of capitalised words is, or ends with; kept, as reports repeat them."""
    words = run.rstrip(".").removeprefix("The ").split()
    suffixes = [" ".join(words[at:]) for at in range(len(words) - 1)]
    # "Officers of West Midlands Police": a known name may end a longer run of capitals.
    if suffixes and (find(suffixes[0]) or body_type(suffixes[0])):
        return suffixes[0]
    return next(filter(find, suffixes), None)


@dataclass(frozen=True, slots=True)
class Resolved:
    """An agency and, if its short form fits several bodies, those bodies."""

    agency: Agency
    ambiguous: tuple[Body, ...] = ()


def resolve(name: str, context: AgencyContext) -> Resolved:
    """The agency that `name` prints, with canonical name, id and type where they are known.

    The document's own definitions come before the gazetteer; a short form that fits several
    bodies is settled only by a body that the document names in full.
    """
    long_form = context.definitions.get(name_key(name))
    if long_form:
        known = _settle(find(long_form), context)
        return Resolved(known.agency_as(name) if known else _defined(name, long_form))
    candidates = find(name)
    known = _settle(candidates, context)
    if known:
        return Resolved(known.agency_as(name))
    if candidates:
        return Resolved(Agency(name=name), candidates)
    return Resolved(Agency(name=name, canonical=_alike(name, context), type=body_type(name)))


def _defined(name: str, long_form: str) -> Agency:
    return Agency(name=name, canonical=long_form, type=body_type(long_form))


def _settle(candidates: tuple[Body, ...], context: AgencyContext) -> _Known | None:
    if len(candidates) == 1:
        return _Known(candidates[0])
    named = [body for body in candidates if name_key(body.name) in context.keys]
    return _Known(named[0]) if len(named) == 1 else None


@dataclass(frozen=True, slots=True)
class _Known:
    body: Body

    def agency_as(self, name: str) -> Agency:
        body = self.body
        return Agency(name=name, canonical=body.name, id=body.id, type=body.type)


def _alike(name: str, context: AgencyContext) -> str | None:
    """The document's usual form of a mistyped or reordered name."""
    from rapidfuzz.fuzz import token_sort_ratio

    key, own = name_key(name), context.names.get(name, 0)
    best: tuple[float, int, str] | None = None
    for other, count in context.names.items():
        if name_key(other) == key or count <= own:
            continue
        ratio = token_sort_ratio(key, name_key(other))
        if ratio >= SAME_NAME and (best is None or (ratio, count) > best[:2]):
            best = (ratio, count, other)
    return best[2] if best else None
