"""A text that is nothing but names of bodies, split into them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from actionplan.normalise.agency_context import AgencyContext, once_per_text
from actionplan.normalise.agency_gazetteer import find, name_key
from actionplan.normalise.agency_identity import is_body, resolve
from actionplan.normalise.agency_marks import AND, DASH, STRONG, is_prose, joints, list_marks
from actionplan.normalise.agency_match import match
from actionplan.normalise.agency_shape import body_type, looks_like_name, patterns
from actionplan.normalise.lead_words import words

_PLACE = 2
"""Words of a place in a list of places; "North East Lincolnshire" is rare in one."""

LONGEST = 12
"""Words of the longest name in the gazetteer."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A body in a list.

    Attributes:
        name: as printed.
        full: the name in full where the list shortens it ("Surrey" in "Surrey & Sussex Police").
    """

    name: str
    full: str


@once_per_text
def split_bodies(text: str, context: AgencyContext) -> Sequence[Listed] | None:
    """The bodies that `text` lists; None when any part of it is no known or likely body."""
    text = text.strip()
    if is_prose(text):
        return None
    if is_known(text, context) or _bilingual(text, context) or _department(text, context):
        return [Listed(text, text)]
    parts = parts_of(text, context)
    if len(parts) == 1:
        dashed = DASH.split(text)
        parts = dashed if all(is_body(part, context) for part in dashed) else parts
    if len(parts) > 1:
        split = [_joined(part, context) for part in parts]
        if all(split):
            return [name for names in split for name in names or ()]
        if not _one_of_places(parts, context):
            return None
    return _joined(text, context)


@once_per_text
def _joined(text: str, context: AgencyContext) -> Sequence[Listed] | None:
    """One body, or several joined by "and"; None when `text` is no body."""
    if is_known(text, context):
        return [Listed(text, text)]
    for joint in AND.finditer(text):
        left, right = text[: joint.start()], text[joint.end() :]
        if inside_name(text, joint):
            continue
        shared = _shared_head(left, right)
        if shared:
            return shared
        rest = _joined(right, context)
        if rest and not is_body(left, context) and not _unknown_before(joint, context):
            continue
        if rest:
            whole = _one_department(left, right, context) or _subgroup(right)
            return [Listed(text, text)] if whole else [Listed(left, left), *rest]
    return [Listed(text, text)] if is_body(text, context) else None


def _unknown_before(joint: re.Match[str], context: AgencyContext) -> bool:
    """Does a name that nobody knows stand before a known one ("Freedom House & Kent Police")?"""
    left, right = joint.string[: joint.start()], joint.string[joint.end() :]
    if not is_long_name(left):
        return False
    if joint.group().split()[0].casefold() in STRONG:
        return True
    topical = left.split()[-1].casefold() in words("topics")
    return _is_proper(right) or (is_known(right, context) and not topical)


def inside_name(text: str, joint: re.Match[str]) -> bool:
    """Is an "and" inside a known name ("Police and Crime Commissioner", "Devon and Cornwall")?"""
    run = list(re.finditer(r"\S+", text))
    firsts = [word.start() for word in run if word.start() < joint.start()][-LONGEST:]
    lasts = [word.end() for word in run if word.end() > joint.end()][:LONGEST]
    return any(find(text[first:last]) for first in firsts for last in lasts)


def _shared_head(left: str, right: str) -> list[Listed] | None:
    """Two bodies with one kind word ("Surrey & Sussex Police", "Leeds and York Councils")."""
    words_, firsts = right.split(), left.split()
    for at in range(1, len(words_)):
        tail = " ".join(words_[at:])
        for kind in dict.fromkeys((tail, *_singular(tail))):
            first, second = f"{left} {kind}", " ".join([*words_[:at], kind])
            if _is_proper(first) and _is_proper(second):
                return [Listed(left, first), Listed(right, second)]
    for at in range(1, len(firsts)):  # "Kent Police & Essex"
        second = " ".join([right, *firsts[at:]])
        if _is_proper(left) and len(words_) <= _PLACE and not find(right) and _is_proper(second):
            return [Listed(left, left), Listed(right, second)]
    return None


def _singular(text: str) -> tuple[str, ...]:
    if text.endswith("ies"):
        return (f"{text[:-3]}y",)
    return (text[:-1],) if text.endswith("s") else ()


def _is_proper(name: str) -> bool:
    return any(body.proper for body in find(name))


def _bilingual(text: str, context: AgencyContext) -> bool:
    """Is the text one body's name in two languages ("South Wales Police / Heddlu De Cymru")?"""
    parts = [part for part in re.split(r"\s*/\s*|\s+[–—-]\s+|\n", text) if part]
    if len(parts) != 2:
        return False
    first, second = (resolve(part, context).agency for part in parts)
    if first.id and first.canonical and first.id == second.id:
        return True
    welsh = [name_key(part).startswith(patterns().welsh) for part in parts]
    return sum(welsh) == 1 and bool(first.type or second.type)


def _department(text: str, context: AgencyContext) -> bool:
    """Is the text a department with its council ("Adult Social Care, Leeds City Council")?"""
    parts = re.split(r"\s*,\s+|\s+[–—-]\s+|\s*:\s+|\s*\(", text)
    if len(parts) != 2:
        return False
    types = {_type(part.strip(" )"), context): part for part in parts}
    if set(types) != {"council", "council_department"}:
        return False
    plain = {*words("topics"), "and", "&", "of", "for"}
    unit = types["council_department"].replace("’", "'").casefold().strip(" )")
    return all(word.strip(",") in plain for word in unit.split())


def _type(text: str, context: AgencyContext) -> str | None:
    return resolve(text, context).agency.type if is_body(text, context) else None


def _one_department(left: str, right: str, context: AgencyContext) -> bool:
    """Are both halves of one department's name ("Children's Services and Education")?"""
    both = {_type(left, context), _type(right, context)}
    return both == {"council_department"} and len(right.split()) == 1


def _subgroup(right: str) -> bool:
    """Is a name behind "and" only the rest of a group's ("Harrow SAB & Learning Sub Group")?"""
    *topic, last = name_key(right).replace("sub group", "subgroup").split()
    named = any(find(word) for word in topic)
    return last == "subgroup" and not named and all(word in words("topics") for word in topic)


def _one_of_places(parts: Sequence[str], context: AgencyContext) -> bool:
    """Are the commas between the places of one name ("Bath, Swindon and Wiltshire CCG")?"""
    *places, last = parts
    joint = AND.search(last)
    first = last[: joint.start()] if joint else ""
    if not joint or not all(_is_place(place, context) for place in (*places, first)):
        return False
    return body_type(f"{first} {last[joint.end() :]}") is not None


def _is_place(text: str, context: AgencyContext) -> bool:
    named = {word.casefold() for word in text.split()} & {*words("topics"), *words("plain_words")}
    return len(text.split()) <= _PLACE and not named and not is_known(text, context)


@once_per_text
def parts_of(text: str, context: AgencyContext) -> Sequence[str]:
    """The parts of a list; what stands in brackets is not cut, nor is a known name."""
    cuts = [0]
    for mark in list_marks(text):
        if not _inside_known(text, mark, context):
            cuts += [mark.start(), mark.end()]
    cuts.append(len(text))
    pairs = zip(cuts[::2], cuts[1::2], strict=True)
    found = (text[start:end].strip() for start, end in pairs)
    return [
        part.rstrip(")") if part.count(")") > part.count("(") else part for part in found if part
    ]


def _inside_known(text: str, mark: re.Match[str], context: AgencyContext) -> bool:
    """Is a mark inside a known name ("Bournemouth, Christchurch and Poole Council")?"""
    starts = {0, *(one.end() for one in joints(text) if one.end() < mark.start())}
    ends = {len(text), *(one.start() for one in joints(text) if one.start() > mark.end())}
    return any(is_known(text[start:end], context) for start in starts for end in ends)


@once_per_text
def is_known(text: str, context: AgencyContext) -> bool:
    """Is `text` a name of the gazetteer, in whatever spelling, or of the document?"""
    return bool(match(text)) or text in context.names or name_key(text) in context.definitions


def is_long_name(text: str) -> bool:
    """May `text` be a name of several words that nobody knows?"""
    return len(text.split()) > 1 and looks_like_name(text)
