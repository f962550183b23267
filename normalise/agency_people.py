"""Persons and posts beside the names of bodies, told by their words alone."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from actionplan.normalise.agency_gazetteer import find
from actionplan.normalise.agency_marks import BRACKET, is_role, label, role
from actionplan.normalise.agency_shape import body_type, patterns
from actionplan.normalise.lead_settings import FRONTS_OF_TITLES
from actionplan.normalise.lead_shape import is_place, is_plain, may_begin, may_end
from actionplan.normalise.lead_words import phrases, placeholder, words

_LONGEST_POST = 10
_LONGEST_NAME = 4
_DOING = ("ing", "ings")
_OPEN = frozenset({"of", "for", "and", "&", "the", "in", "to"})


@lru_cache(maxsize=4096)
def without_role(part: str) -> tuple[str, str]:
    """A part without the role behind it ("(lead)", "– support"), and the person in brackets."""
    found = BRACKET.search(part)
    if found and found.start():
        inside = found["inside"].strip()
        if is_role(inside) or placeholder(inside) or inside.isdigit():
            return part[: found.start()], ""
        labelled = label().match(inside)
        named = is_person_or_post(inside) and not role().search(inside)
        if labelled or named or _is_person_of(part[: found.start()], inside):
            return part[: found.start()], inside
    told = role().search(part) or _bare_role(part)
    return (part[: told.start()], "") if told and told.start() else (part, "")


def _bare_role(part: str) -> re.Match[str] | None:
    """A role with no mark before it, behind a body that is no department ("Kent Police lead")."""
    found = re.search(r"\s+(?:lead|leads|leading|support|supporting)$", part, re.IGNORECASE)
    body = part[: found.start()] if found else ""
    known = find(body)
    proper = known[0].proper or known[0].employer if known else body_type(body) in _WITH_ROLES
    return found if body and proper else None


_WITH_ROLES = frozenset({"police", "council", "nhs_trust", "nhs_commissioner", "probation"})


def _is_person_of(body: str, inside: str) -> bool:
    """Is a person named in brackets behind a body ("Torbay Council (O Brack)"), and no place?"""
    if not may_be_person(inside) or not (find(body) or body_type(body)):
        return False
    *_, given, surname = inside.split()
    return not is_place(given, surname)


def is_person_or_post(text: str) -> bool:
    """Does `text` name a person or a post, by its words alone ("DCI Hale", "Housing Manager")?"""
    text = without_role(text)[0]
    parts = [word.strip("().,:;").replace("’", "'") for word in text.split()]
    parts = [part for part in parts if part]
    if not parts or len(parts) > _LONGEST_POST or not parts[0][0].isupper():
        return False
    if body_type(text) or find(text):
        return False
    plain = [part.casefold() for part in parts]
    if any(word in patterns().posts for word in plain):
        return plain[-1] not in _OPEN
    if plain[0] in FRONTS_OF_TITLES and len(plain) > 1:
        return plain[-1] not in _OPEN
    if any(word in words("topics") for word in plain):
        return False
    title = plain[0].rstrip(".") in _honorifics()
    given = plain[0] in _given_names() and 1 < len(parts) <= _LONGEST_NAME
    return (title or given) and all(part[0].isupper() for part in parts)


def may_be_person(text: str) -> bool:
    """May `text` be a name whose words no list holds ("Ottoline Brack", "O. Brack")?"""
    parts = text.strip(" ().,").split()
    if not 1 < len(parts) <= _LONGEST_NAME or any(not part[0].isupper() for part in parts):
        return False
    if any(part.casefold() in words("topics") for part in parts) or body_type(text) or find(text):
        return False
    *given, surname = (part.strip(".") for part in parts)
    if is_plain(surname) or any(one.endswith(_DOING) for one in (*given, surname)):
        return False
    return may_end(surname) and all(len(one) == 1 or may_begin(one) for one in given)


@cache
def _given_names() -> frozenset[str]:
    return words("first_names")


@cache
def _honorifics() -> frozenset[str]:
    return frozenset(one.casefold().rstrip(".") for one in phrases("honorifics"))
