"""Which body an unseen spelling names: by its words in any order and form, then by typing errors.

Two bodies that differ by a place or a direction are never one: words that only say the kind of a
body are left out, all others have to be the same, and a word is put right only if no name has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from actionplan.normalise.agency_forms import LONGEST, Core, Kind, forms, full_words, long_words
from actionplan.normalise.agency_gazetteer import (
    Body,
    bodies,
    by_id,
    current,
    find,
    plain_key,
)
from actionplan.normalise.agency_typing import right_words

LONG = 7
"""Letters of the shortest name of one word in which a slip is put right."""

_BRACKET = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_LIST = re.compile(r"[;|]|(?<!HMP)/(?!YOI\b|NHS\b)")
"""Marks between names; the words around one are never mixed."""
_LEVELS = frozenset({"county", "city", "borough", "district", "metropolitan", "london"})

_TRUSTS = frozenset({"nhs_trust"})
_OF_COUNTIES = frozenset({"police", "fire"})
_NATIONAL = frozenset({"national", "probation"})

Found = tuple[Body, ...]
Named = tuple[Body, Core]
"""A body, and all words of one of its names."""


@lru_cache(maxsize=1 << 13)
def match(name: str) -> Found:
    """The bodies that `name` as a whole may mean: none, one, or several that share the name.

    First as it stands; then without brackets, short form and officer ("Chief Constable of ..."),
    by its words in any order and form; at last with slips of typing put right.
    """
    if found := find(name):
        return found
    if len(name.split()) > LONGEST:
        return ()
    if _LIST.search(name):
        return _both(name)
    bare, kind = _without_officer(name)
    plain = _BRACKET.sub("", bare).strip()
    for form in dict.fromkeys((bare, plain, f"{plain} {kind}".strip())):
        if found := find(form) or _by_words(full_words(form)):
            return found
    return _beside_short_form(plain) or _in_region(plain) or _repaired(plain)


def _without_officer(name: str) -> tuple[str, str]:
    """A name without the officer before it, and the kind of body that the officer tells."""
    officer = forms().officer.match(name)
    if not officer:
        return name, ""
    return name[officer.end() :], forms().officers[officer[1].casefold()]


def _by_words(words: Sequence[str]) -> Found:
    """The bodies whose names have the same words, but for those that only say the kind."""
    for kind in forms().kinds:
        if kind.heads.isdisjoint(words) or (kind.types == _TRUSTS and _bare_nhs(words)):
            continue
        core = kind.core(words)
        for same in (_same, _shire, _whole, _shortened) if core - kind.heads else ():
            found = [body for body in same(core, words, kind) if _fits(body, words, kind)]
            if found:
                return _living(found)
    return _trust_alone(words)


def _trust_alone(words: Sequence[str]) -> Found:
    """The trust whose name of three words and more stands without its legal form."""
    kind = next(one for one in forms().kinds if one.types == _TRUSTS)
    core = kind.core(words)
    named = _cores(kind).get(core, ()) if len(core) > 2 else ()
    return tuple(dict.fromkeys(body for body, own in named if _whole_words(own) == core))


def _bare_nhs(words: Sequence[str]) -> bool:
    """Does "NHS" before a place name no trust? So commissioners and national bodies are called."""
    heads = forms().legal | forms().weak
    return words[0] == "nhs" and heads.isdisjoint(words[1:])


def _same(core: Core, words: Sequence[str], kind: Kind) -> Iterable[Body]:
    named = _cores(kind).get(core, ())
    whole = _whole_words(words)
    for body, own in [one for one in named if _whole_words(one[1]) == whole] or named:
        if "nhs_trust" not in kind.types or _same_trust(core, frozenset(words), (body, own), kind):
            yield body


def _whole_words(words: Iterable[str]) -> Core:
    """All words of a name but small ones and the legal form."""
    return frozenset(words) - forms().legal - forms().small


def _same_trust(core: Core, words: Core, trust: Named, kind: Kind) -> bool:
    """Do `words` name a trust of the same telling words?

    "Sheffield NHS Trust" is none of the trusts that Sheffield has; "Sheffield Teaching Hospitals"
    is one of them. Of a name that holds a single place all words but the legal form count.
    """
    body, own = trust
    weak, other = words & forms().weak, own & forms().weak
    if len(core) < 3 and "partnership" in core and words.isdisjoint(kind.heads - {"partnership"}):
        return False
    if _whole_words(words) == _whole_words(own):
        return True
    if len(core) == 1 and not words & forms().legal and len(weak & other) < 2:
        return False
    if weak & other or not (weak or other):
        return True
    longer = (one for form, found in _cores(kind).items() if core < form for one, _ in found)
    return all(current(one.id) == current(body.id) for one in longer)


def _shire(core: Core, words: Sequence[str], kind: Kind) -> Iterable[Body]:
    """A town for its county, or a county for its town, beside words that tell who is meant.

    Of police forces and fire services no town has one of its own.
    """
    if kind.types.isdisjoint({"nhs_trust", "nhs_commissioner", *_OF_COUNTIES}):
        return
    for key in (core, _whole_words(words)):
        if len(key) > 1 or kind.types <= _OF_COUNTIES:
            towns = frozenset(word.removesuffix("shire") for word in key)
            for body, own_words in _towns(kind).get(towns, ()):
                if kind.core(own_words) != core:
                    yield body


def _whole(core: Core, words: Sequence[str], kind: Kind) -> Iterable[Body]:
    """The one commissioner whose area has the place and others ("Cornwall ICB")."""
    if "nhs_commissioner" in kind.types and core - kind.heads - forms().direction:
        longer = [form for form in _cores(kind) if core < form]
        if not any((form - core) & forms().direction for form in longer):
            yield from _one_body(longer, kind)


def _shortened(core: Core, words: Sequence[str], kind: Kind) -> Iterable[Body]:
    """The one trust whose name has the words, and more that say what trusts do."""
    trust = "nhs_trust" in kind.types and not forms().legal.isdisjoint(words)
    if trust and len(core) > 1 and core not in _cores(kind):
        longer = [form for form in _cores(kind) if core < form]
        if all(form - core <= forms().work for form in longer):
            yield from _one_body(longer, kind)


def _one_body(cores: Iterable[Core], kind: Kind) -> Iterable[Body]:
    """The bodies of these names, if all are one today."""
    found = [body for core in cores for body, _ in _cores(kind)[core]]
    if len({current(body.id) for body in found}) == 1:
        yield from found


def _fits(body: Body, words: Sequence[str], kind: Kind) -> bool:
    """Is the level of a council the printed one? "Lincoln County Council" is no city's.

    A county printed with a place that has no county of its name is a slip of the pen.
    """
    printed = _LEVELS.intersection(words) if "council" in kind.types else ()
    if not printed:
        return True
    own = {word for name in (body.name, *body.aliases) for word in full_words(name)}
    if "county" in printed and "county" not in own:
        county = frozenset(f"{word}shire" for word in kind.core(words))
        return county not in _cores(kind)
    return "county" in printed or not ("county" in own and own.isdisjoint(_LEVELS - {"county"}))


def _living(found: Sequence[Body]) -> Found:
    """Bodies once each; of several with one name the only one that is still there."""
    once = tuple(dict.fromkeys(found))
    living = tuple(body for body in once if body.end is None)
    return living if len(living) == 1 else once


@cache
def _named(kind: Kind) -> tuple[tuple[Core, Named], ...]:
    """The telling words of each name of the bodies of a kind."""
    out = []
    for body in bodies():
        if body.type in kind.types and body.proper:
            for name in (body.name, *body.aliases):
                words = frozenset(full_words(name))
                out.append((kind.core(words), (body, words)))
    return tuple(out)


@cache
def _cores(kind: Kind) -> Mapping[Core, tuple[Named, ...]]:
    """Bodies of a kind by the words that tell them apart, each with all words of the name.

    A single word names a body only in a name that tells the kind.
    """
    out: dict[Core, tuple[Named, ...]] = {}
    for core, named in _named(kind):
        if len(core) > 1 or (core and not kind.heads.isdisjoint(named[1])):
            out[core] = (*out.get(core, ()), named)
    return out


@cache
def _towns(kind: Kind) -> Mapping[Core, tuple[Named, ...]]:
    """Bodies of a kind by telling words and by all, "shire" left out; one body to a key."""
    out: dict[Core, tuple[Named, ...]] = {}
    for core, named in _named(kind):
        for words in {core, _whole_words(named[1])}:
            key = frozenset(word.removesuffix("shire") for word in words)
            out[key] = (*out.get(key, ()), named)
    return {key: found for key, found in out.items() if len({body.id for body, _ in found}) == 1}


@lru_cache(maxsize=1 << 12)
def council_of(name: str) -> Body | None:
    """The council whose department `name` is: a department's name before or behind a place.

    ``"Kent Adult Social Care"`` is Kent County Council's; ``"Ipswich Adult Social Care"`` is no
    council's by its name, as Ipswich has the council of a district.
    """
    words = full_words(name)
    for end in range(1, len(words)):
        for department, place in ((words[:end], words[end:]), (words[end:], words[:end])):
            of_county = forms().departments.get(tuple(department))
            found = _by_words([*place, "council"]) if of_county is not None else ()
            if len(found) == 1 and not (of_county and _of_district(found[0])):
                return found[0]
    return None


def _of_district(council: Body) -> bool:
    """Does a county's council do a part of the work in this council's area?"""
    slug = council.id.partition(":")[2]
    counties = (f"council:{plain_key(area).replace(' ', '-')}-county" for area in council.areas)
    above = [by_id()[county] for county in counties if county in by_id()]
    return slug not in forms().unitary and any(county.end is None for county in above)


def _both(name: str) -> Found:
    """One body under two names with a stroke between them."""
    parts = [part.strip() for part in name.split("/") if part.strip()]
    if len(parts) != 2:
        return ()
    left, right = (match(part) for part in parts)
    return left if left == right else ()


def _in_region(name: str) -> Found:
    """A national body with the part of the country behind it ("NHS England North West")."""
    words = plain_key(name).split()
    for end in range(len(words) - 1, 0, -1):
        if words[end] not in forms().regions:
            break
        found = find(" ".join(words[:end]))
        if found:
            return tuple(body for body in found if body.type in _NATIONAL and body.proper)
    return ()


def _beside_short_form(name: str) -> Found:
    """A trust's short form with its legal form ("OUH NHS Trust"), or beside its full name."""
    words = name.split()
    if len(words) < 2:
        return ()
    rest = [word for word in words if full_words(word)[:1] != [] and not _is_legal(word)]
    if len(rest) == 1 and rest[0].isupper() and len(rest[0]) > 2:
        return tuple(body for body in find(rest[0]) if body.type == "nhs_trust")
    for short, others in ((words[-1], words[:-1]), (words[0], words[1:])):
        known = find(short) if short.isupper() else ()
        if known and known == match(" ".join(others)):
            return known
    return ()


def _is_legal(word: str) -> bool:
    return forms().legal.issuperset(full_words(word))


def _repaired(name: str) -> Found:
    """The bodies that the name means with slips of typing put right; none where it has none.

    Where a slip may be of several words, one way to put it right has to give a body, and one only.
    """
    found = set()
    for fixed in right_words(long_words(name)):
        words = full_words(" ".join(fixed))
        found.add(_by_words(words) or _in_any_order(words))
    found.discard(())
    return found.pop() if len(found) == 1 else ()


def _in_any_order(words: Sequence[str]) -> Found:
    """The bodies whose names have these words, in order or, of three and more, in any."""
    found = _ordered().get(" ".join(words), ())
    bag = frozenset(words) - forms().small - forms().legal
    return found or (_bags().get(bag, ()) if len(bag) > 2 else ())


@cache
def _ordered() -> Mapping[str, Found]:
    """Bodies that are of no kind with many forms of name, by the words of their names.

    Short names of a single word are left out.
    """
    formed = frozenset[str]().union(*(kind.types for kind in forms().kinds))
    out: dict[str, Found] = {}
    for body in bodies():
        if body.type in formed and body.proper:
            continue
        for name in (body.name, *body.aliases):
            form = " ".join(full_words(name))
            if " " in plain_key(name) or (len(form) >= LONG and body.proper):
                out[form] = tuple(dict.fromkeys((*out.get(form, ()), body)))
    return out


@cache
def _bags() -> Mapping[Core, Found]:
    """Proper bodies by the words of their names, without small ones."""
    out: dict[Core, Found] = {}
    for form, found in _ordered().items():
        bag = frozenset(form.split()) - forms().small - forms().legal
        proper = (body for body in found if body.proper)
        out[bag] = tuple(dict.fromkeys((*out.get(bag, ()), *proper)))
    return out
