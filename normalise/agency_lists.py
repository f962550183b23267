"""A cell's text that lists bodies: names as printed, and what beside them is no body."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from actionplan.normalise.agency_context import AgencyContext
from actionplan.normalise.agency_gazetteer import find, name_key
from actionplan.normalise.agency_identity import is_body, resolve
from actionplan.normalise.agency_marks import (
    AND,
    BRACKET,
    DASH,
    STRONG,
    bare_name,
    is_role,
    role,
    without_label,
)
from actionplan.normalise.agency_people import is_person_or_post, may_be_person, without_role
from actionplan.normalise.agency_shape import body_type, looks_like_name, patterns
from actionplan.normalise.agency_split import (
    Listed,
    inside_name,
    is_known,
    is_long_name,
    parts_of,
    split_bodies,
)
from actionplan.normalise.lead_words import placeholder, words

_SMALL_NAME = 6
"""Words of the longest name in small letters; longer texts are sentences."""
_NO_EMPLOYER = frozenset({"council_department", "housing", "group", None})
_LINKS = (frozenset({"at", "for", "from", "with"}), frozenset({"of", "in"}))
"""Words between a post and its body; "of" stands within posts, too, so it comes last."""


@dataclass(frozen=True, slots=True)
class Names:
    """What a text lists: bodies, and the words beside them that name persons or posts."""

    bodies: tuple[Listed, ...]
    rest: tuple[str, ...] = ()


def list_names(text: str, context: AgencyContext, *, beside: bool = False) -> Names | None:
    """Split a text of an agency column; None where it is no list of names.

    Labels ("Lead:", "Supported by") and roles ("(lead)", "– support") are left out of the names;
    persons and posts beside a body are `rest`. A name that nobody knows counts as a body's, but
    not where the text stands `beside` a body and may as well be a person's name.
    """
    parts = parts_of(text, context)
    if all(_is_plain(part, context) for part in parts):
        whole = split_bodies(text, context)
        if whole:
            return Names(tuple(whole))
    bodies: list[Listed] = []
    rest: list[str] = []
    for part in _with_units(parts):
        found = _part(part, context, beside=beside or _is__body_id(parts, part, context))
        if found is None:
            return None
        bodies += found.bodies
        rest += found.rest
    return Names(tuple(bodies), tuple(rest))


def _is__body_id(parts: Sequence[str], part: str, context: AgencyContext) -> bool:
    """Is the other one of two parts a body, so that a strange name beside it is a person's?"""
    others = [other for other in parts if other != part]
    return len(parts) == 2 and len(others) == 1 and is_body(others[0], context)


def _is_plain(part: str, context: AgencyContext) -> bool:
    """Has a part no label before it and no role behind it?"""
    settled = _settled(part) == part and bare_name(without_label(part)) == part
    people = any(is_person_or_post(side) for side in DASH.split(part)[1:])
    alone = without_role(part)[0] == part and not _bracketed(part, context)[1]
    return settled and alone and not people


def _with_units(parts: Sequence[str]) -> Iterable[str]:
    """The parts, a department behind a post joined to it ("Service Manager, Early Help")."""
    above = ""
    for part in parts:
        post = is_person_or_post(above) and without_role(above)[0] == above
        if post and body_type(part) == "council_department":
            above = f"{above}, {part}"
            continue
        if above:
            yield above
        above = part
    yield above


def _part(part: str, context: AgencyContext, *, beside: bool = False) -> Names | None:
    """One part of a list: bodies, a body with its person or post, a person or post, or a name.

    `beside`: the part stands beside one body, and a name of strange words is a person's.
    """
    part, person = without_role(bare_name(without_label(_settled(part))))
    part, led = _bracketed(bare_name(part), context)
    rest = (person,) if person else ()
    if not part or placeholder(part):
        return Names(led, rest)
    people = None if _is_plain(part, context) else _beside(part, context)
    if people and people.rest:
        return people
    known = split_bodies(part, context)
    if known:
        return Names((*known, *led), rest)
    if rest or led:
        return Names((Listed(part, part), *led), rest) if looks_like_name(part) else None
    found = (
        _post_with_body(part, context)
        or _beside(part, context)
        or _unknown_with_known(part, context)
    )
    if found:
        return found
    if is_person_or_post(part) or (beside and may_be_person(part)):
        return Names((), (part,))
    named = looks_like_name(part) or _is_small_name(part)
    return Names((Listed(part, part),)) if named else None


def _is_small_name(part: str) -> bool:
    """Is the part a body's name in small letters ("tarnford refuge"), and no sentence?"""
    run = part.split()
    plain = not set(run) & (words("prose") | patterns().action)
    return plain and 1 < len(run) <= _SMALL_NAME and body_type(part.title()) is not None


def _settled(part: str) -> str:
    """A part without "TBC" and its like before or behind a dash or colon."""
    sides = DASH.split(part)
    kept = [side for side in sides if not placeholder(side)]
    return kept[0] if len(kept) == 1 < len(sides) else part


def _bracketed(part: str, context: AgencyContext) -> tuple[str, tuple[Listed, ...]]:
    """A part without another body in brackets ("All agencies (Kent Police to lead)"), and that."""
    found = BRACKET.search(part)
    if not found or not found.start():
        return part, ()
    inside = found["inside"].strip()
    leader = role().sub("", inside)
    first, second = (_body_id(text) for text in (part[: found.start()], without_label(inside)))
    two = first and second and first != second
    names = split_bodies(without_label(leader), context) if leader != inside or two else None
    return (part[: found.start()], tuple(names)) if names else (part, ())


def _body_id(text: str) -> str | None:
    """The id of the one body of the gazetteer that `text` names in full."""
    known = find(text)
    return known[0].id if len(known) == 1 and known[0].proper else None


def _post_with_body(part: str, context: AgencyContext) -> Names | None:
    """A post and its body run together ("Kent County Council Housing Manager")."""
    words_ = part.split()
    titled = is_person_or_post(" ".join(words_[:2]))
    if not (titled or any(word.strip(",.()").casefold() in patterns().posts for word in words_)):
        return None
    for at in range(len(words_) - 1, 0, -1):
        body, post = " ".join(words_[:at]), " ".join(words_[at:])
        marked = not (body[-1].isalnum() and post[0].isalnum()) or DASH.search(body)
        if not marked and is_person_or_post(post) and _employs(body, context):
            return Names((Listed(body, body),), (post,))
    for links in _LINKS:
        for at in range(2, len(words_)):
            post, body = " ".join(words_[: at - 1]), " ".join(words_[at:])
            linked = words_[at - 1].casefold() in links and is_person_or_post(post)
            if linked and _employs(body, context):
                return Names((Listed(body, body),), (part,))
    return None


def _employs(text: str, context: AgencyContext) -> bool:
    """Is the text one body, or kind of body, that has posts: no department or landlord?"""
    known = find(text)
    if not is_body(text, context) or any(not (one.proper or one.employer) for one in known):
        return False
    last = patterns().heads.get(name_key(text.split()[-1]), "other")
    return not {last, resolve(text, context).agency.type} & _NO_EMPLOYER


def _beside(part: str, context: AgencyContext) -> Names | None:
    """A body and, behind a dash, colon or bracket or before it, its person, its post or role."""
    bracket = BRACKET.search(part)
    pairs = [(part[: one.start()], part[one.end() :]) for one in DASH.finditer(part)]
    if bracket and bracket.start():
        pairs.append((part[: bracket.start()], bracket["inside"].strip()))
    for left, right in pairs:
        for body, other in ((left, right), (right, left)):
            names = split_bodies(body, context)
            if names and (is_role(other) or placeholder(other)):
                return Names(tuple(names))
            if names and (is_person_or_post(other) or may_be_person(other)):
                return Names(tuple(names), (other,))
        first, second = split_bodies(left, context), split_bodies(right, context)
        if first and second:
            return Names((*first, *second))
    return None


def _unknown_with_known(part: str, context: AgencyContext) -> Names | None:
    """A name that nobody knows beside a known one ("Kent Police & Freedom House")."""
    for joint in AND.finditer(part):
        sides = part[: joint.start()], part[joint.end() :]
        if inside_name(part, joint):
            continue
        known = any(is_known(side, context) or body_type(side) for side in sides)
        strong = joint.group().split()[0].casefold() in STRONG
        if all(map(is_long_name, sides)) and (known or strong):
            split = (split_bodies(side, context) or [Listed(side, side)] for side in sides)
            return Names(tuple(one for names in split for one in names))
    return None
