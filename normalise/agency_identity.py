"""Who a printed name is: by the document's own words, by its area, then by the gazetteer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from actionplan.normalise.agency_area import in_area, spelled_by
from actionplan.normalise.agency_context import AgencyContext, once_per_text
from actionplan.normalise.agency_forms import forms, full_words
from actionplan.normalise.agency_gazetteer import Body, bodies, by_id, find, name_key
from actionplan.normalise.agency_match import council_of, match
from actionplan.normalise.agency_shape import (
    body_type,
    likely_type,
    may_be_misspelt,
    patterns,
    short_type,
    split_short_form,
)
from actionplan.normalise.agency_typing import right_kind
from actionplan.normalise.lead_words import placeholder, words
from actionplan.schemas.plan import Agency

SAME_NAME = 93.0
"""rapidfuzz token-sort ratio (0..100) from which two names of one document are one body: words in
another order give 100, one letter mistyped in 25 gives 96, another town in a like name below 90."""
_JOINT = re.compile(r"\s*,\s+|\s+[–—-]\s+|\s*:\s+|\s*\(\s*|\s+/\s+")
_LONGEST_SHORT = 8
_NO_CAPITAL = ("all ", "the ")


@dataclass(frozen=True, slots=True)
class Resolved:
    """An agency and, where its name fits several bodies, their names."""

    agency: Agency
    ambiguous: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Identity:
    canonical: str | None = None
    id: str | None = None
    type: str | None = None
    ambiguous: tuple[str, ...] = ()


def resolve(name: str, context: AgencyContext, full: str | None = None) -> Resolved:
    """The agency that `name` prints, with canonical name, id and type where they are known.

    The document's own definitions come first, then a body that it names in full, then the one of
    its area, then the gazetteer; a name that still fits several bodies stays open.

    Args:
        name: as printed.
        context: what the document says.
        full: the name in full, where a list shortens it ("Surrey" in "Surrey & Sussex Police").
    """
    found = _identity(full or name, context)
    agency = Agency(name=name, canonical=found.canonical, id=found.id, type=found.type)
    return Resolved(agency, found.ambiguous)


def resolve_agency(name: str, context: AgencyContext, full: str | None = None) -> Resolved:
    """Like `resolve`, for a name that is an agency's for sure: any word of it may tell its type."""
    found = resolve(name, context, full)
    if found.agency.type or found.ambiguous:
        return found
    told = found.agency.canonical or full or name
    kind = body_type(told.title()) if told.islower() else None
    kind = kind or likely_type(told)
    return replace(found, agency=found.agency.model_copy(update={"type": kind}))


@once_per_text
def is_body(name: str, context: AgencyContext) -> bool:
    """Is `name` as a whole a body: known, named by the document, or shaped as bodies' names are?"""
    long_form, short = split_short_form(name)
    if short and is_body(long_form, context):
        return True
    if find(name) or name_key(name) in context.definitions or name in context.names:
        return True
    start = name.lstrip("(‘'\"“[")[:1]
    if not (start.isupper() or start.isdigit() or name.casefold().startswith(_NO_CAPITAL)):
        return False
    if _shape(name) is not None:
        return True
    return may_be_misspelt(name) and bool(
        _alike(name, context) or _part_of(name, context) or match(name)
    )


@once_per_text
def _identity(text: str, context: AgencyContext) -> _Identity:
    long_form, short = split_short_form(text)
    if short and any(body.unit for body in find(short)):
        part = _part_of(text, context)  # "Torbay Council (ASC)"
        if part:
            return part
    turned = find(" ".join(reversed(_split(text)))) if len(_split(text)) == 2 else ()
    if len(turned) == 1 and turned[0].proper:
        return _of(turned[0])  # "Police (Kent)"
    for form in dict.fromkeys((text, long_form)):
        defined = context.definitions.get(name_key(form))
        if defined:
            return _defined(defined, context)
        candidates = _sharing(find(form), form)
        if candidates:
            return _settle(candidates, form, context)
    part = _part_of(text, context)
    if part:
        return part
    council = council_of(long_form)
    if council:
        return replace(_of(council), type="council_department")
    alike = _alike(long_form, context)
    if alike:
        return _defined(alike, context)
    candidates = match(long_form)
    if candidates:
        return _settle(candidates, long_form, context)
    opened = _spelled(long_form, context) if _is_short(long_form) else None
    return opened or _Identity(type=_shape(text) or (_shape(long_form) if short else None))


def _sharing(candidates: tuple[Body, ...], form: str) -> tuple[Body, ...]:
    """The bodies of a short form, with those of its type that it spells as well ("MFT")."""
    if len(candidates) != 1 or not candidates[0].proper or not _is_short(form):
        return candidates
    others = [body for body in spelled_by(form) if body.type == candidates[0].type]
    living = [body for body in others if body.end is None]
    return tuple(dict.fromkeys((*candidates, *living)))


def _defined(long_form: str, context: AgencyContext) -> _Identity:
    """The identity of a name that the document gives in full."""
    candidates = match(long_form)
    known = _settle(candidates, long_form, context) if candidates else _Identity()
    if known.canonical:
        return known
    part = _part_of(long_form, context)
    return part or _Identity(long_form, None, known.type or body_type(long_form))


def _of(body: Body) -> _Identity:
    return _Identity(body.name, body.id, body.type)


def _settle(candidates: Sequence[Body], text: str, context: AgencyContext) -> _Identity:
    """Choose between the bodies of one name; a kind of body is settled by document and area."""
    if len(candidates) == 1:
        (body,) = candidates
        return _of(body) if body.proper else _of_kind(body, text, context)
    chosen = _chosen(candidates, context)
    return _of(chosen) if chosen else _open(candidates)


def _chosen(candidates: Sequence[Body], context: AgencyContext) -> Body | None:
    """The only candidate that the document names in full, or else that serves its area."""
    named = [body for body in candidates if body in context.bodies]
    if len(named) != 1:
        named = list(in_area(named or candidates, context.area))
    return named[0] if len(named) == 1 else None


def _open(candidates: Iterable[Body]) -> _Identity:
    found = list(candidates)
    types = {body.type for body in found}
    return _Identity(
        type=types.pop() if len(types) == 1 else None,
        ambiguous=tuple(dict.fromkeys(body.name for body in found)),
    )


def _of_kind(kind: Body, text: str, context: AgencyContext) -> _Identity:
    """The body that a kind's name ("the CCG") means in this document; open where it has none."""
    unsettled = _Identity(id=kind.id, type=kind.type)
    if not kind.general or _is_plural(text):
        return unsettled
    names = _names_of_kind(kind.id, context)
    if len(names) == 1:
        return _defined(names[0], context)
    of_kind = [body for body in bodies() if body.kind == kind.id]
    chosen = _chosen(of_kind, context)
    if chosen:
        return _of(chosen)
    return replace(unsettled, id=None, ambiguous=(kind.name,)) if of_kind else unsettled


def _is_plural(text: str) -> bool:
    """Does the name stand for several ("CCGs", "All GP practices")?"""
    words = name_key(text).split()
    return words[0] == "all" or (words[-1].endswith("s") and words[-1] != "services")


@once_per_text
def _names_of_kind(kind_id: str, context: AgencyContext) -> Sequence[str]:
    """Bodies of a kind that the document names, one name for each."""
    kind = by_id()[kind_id]
    kinds = {_stems(name.casefold().removeprefix("local ")) for name in (kind.name, *kind.aliases)}
    out: dict[str, str] = {}
    for name in context.names:
        known = find(name)
        if known:
            if len(known) == 1 and known[0].proper and known[0].kind == kind.id:
                out.setdefault(known[0].id, name)
            continue
        words = _stems(name)
        fits = any(len(words) > len(one) and words[-len(one) :] == one for one in kinds)
        if fits and body_type(name) == kind.type:
            out.setdefault(" ".join(words), name)
    return list(out.values())


def _stems(name: str) -> tuple[str, ...]:
    return tuple(_stem(word) for word in name_key(name).split())


def _stem(word: str) -> str:
    return word.removesuffix("s") if len(word) > 3 else word


def _part_of(text: str, context: AgencyContext) -> _Identity | None:
    """A department or unit printed with its body ("Adult Social Care, Leeds City Council")."""
    parts = _split(text)
    run = text.split()
    pairs = [(parts[at], " ".join(parts[:at] + parts[at + 1 :])) for at in range(len(parts))]
    if len(parts) == 1:
        ends = reversed(range(2, len(run)))
        pairs = [(" ".join(run[:end]), " ".join(run[end:])) for end in ends]
        starts = range(1, len(run) - 1)
        pairs += [(" ".join(run[start:]), " ".join(run[:start])) for start in starts]
    for whole, part in pairs:
        known = match(whole)
        body = known[0] if len(known) == 1 else _chosen(known, context)
        if body is None or not body.proper:
            continue
        kind = _type(part)
        department = kind == "council_department" or tuple(full_words(part)) in forms().departments
        if department and body.type == "council":
            return replace(_of(body), type="council_department")
        if kind != "council_department" and _is_unit(part):
            return _of(body)
        welsh = name_key(part).startswith(patterns().welsh)
        alone = kind is None and find(whole) and _tells_unit(part)
        if len(parts) > 1 and (alone or welsh or match(part) == known):
            return _of(body)
    return None


def _split(text: str) -> list[str]:
    """A name at its commas, dashes and brackets."""
    return [part.strip(" )") for part in _JOINT.split(text) if part.strip(" )")]


def _tells_unit(text: str) -> bool:
    """Are the words those of departments, or a short form ("Public Protection", "PVP")?"""
    plain = {*words("topics"), "and", "of", "for", "&"}
    named = (word.strip(",&.").casefold().replace("’", "'") for word in text.split())
    return not placeholder(text) and (_is_short(text) or all(word in plain for word in named))


def _is_unit(text: str) -> bool:
    """A unit of a body, known or by its last word ("Safeguarding Team")."""
    last = text.split()[-1].casefold()
    return any(body.unit for body in find(text)) or last in words("unit_ends")


def _shape(text: str) -> str | None:
    """The type that the form of a name tells, the words of its kind misspelt or not."""
    return body_type(text) or body_type(right_kind(text))


def _type(text: str) -> str | None:
    known = find(text)
    return known[0].type if known else body_type(text)


def _is_short(text: str) -> bool:
    bare = text.replace(".", "").replace("&", "")
    return 1 < len(bare) <= _LONGEST_SHORT and bare.isalpha() and bare.isupper()


def _spelled(short: str, context: AgencyContext) -> _Identity | None:
    """A short form that nobody explains: the document's one body of these initials, or open."""
    letters = short.replace(".", "").casefold()
    named = context.by_initials.get(letters, [])
    if len({name_key(name) for name in named}) == 1:
        return _defined(named[0], context)
    candidates = spelled_by(short)
    chosen = _chosen(candidates, context)
    if chosen:
        return _of(chosen)
    kind = short_type(short)
    if candidates:
        opened = _open(candidates)
        return replace(opened, type=kind or opened.type)
    return _Identity(type=kind) if kind else None


def _alike(name: str, context: AgencyContext) -> str | None:
    """The document's usual form of a mistyped or reordered name."""
    from rapidfuzz.fuzz import ratio as likeness
    from rapidfuzz.process import extract

    key, own = name_key(name), context.names.get(name, 0)
    if " " not in key:
        return None
    own_words = " ".join(sorted(key.split()))
    names = context.sorted_keys
    found = extract(own_words, names, scorer=likeness, score_cutoff=SAME_NAME, limit=None)
    others = ((ratio, context.by_key[other]) for _, ratio, other in found if other != key)
    usual = [(ratio, count, form) for ratio, (form, count) in others if count > own]
    return max(usual)[2] if usual else None
