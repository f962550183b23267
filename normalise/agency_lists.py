"""A text that lists bodies, taken apart: names as printed, and what beside them is no body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from actionplan.normalise.agency_context import AgencyContext
from actionplan.normalise.agency_gazetteer import find, name_key
from actionplan.normalise.agency_identity import is_body, resolve
from actionplan.normalise.agency_shape import body_type, looks_like_name, patterns
from actionplan.normalise.lead_words import phrases, placeholder, words

_HARD = re.compile(
    r"\s*[;|]\s*|\s*/(?!YOI\b)\s*|\s*,\s*(?:and\s+|&\s+)?|\s+[•●▪·✓➢]\s*"
    r"|\s+\(?\d{1,2}[.)]\s+(?=[A-Z])"
)
_AND = re.compile(r"\s+(?:and|&|\+|with|plus)\s+", re.IGNORECASE)
_LEADING = re.compile(r"(?:and|&|\+|plus|with)\s+")
_STRONG = frozenset({"with", "plus", "+"})
"""Joints that hardly ever stand inside a name."""
_DASH = re.compile(r"\s+[–—-]\s+|\s*:\s+")
_OPEN_BRACKET = re.compile(r"\s*\(")
_BRACKET = re.compile(r"\s*\((?P<inside>[^()]*)\)?\s*$")
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}$")
_NO_NAME = re.compile(r"^[\W_]*$")


@dataclass(frozen=True, slots=True)
class Listed:
    """A body in a list.

    Attributes:
        name: as printed.
        full: the name in full where the list shortens it ("Surrey" in "Surrey & Sussex Police").
    """

    name: str
    full: str


@dataclass(frozen=True, slots=True)
class Names:
    """What a text lists: bodies, and the words beside them that name persons or posts."""

    bodies: tuple[Listed, ...]
    rest: tuple[str, ...] = ()


def list_names(text: str, context: AgencyContext) -> Names | None:
    """Split a text of an agency column; None where it is no list of names.

    Labels ("Lead:", "Supported by") and roles ("(lead)", "– support") are left out of the names;
    persons and posts beside a body are `rest`. A name that nobody knows counts as a body's.
    """
    parts = _parts(text, context)
    if all(_is_plain(part) for part in parts):
        whole = split_bodies(text, context)
        if whole:
            return Names(tuple(whole))
    bodies: list[Listed] = []
    rest: list[str] = []
    for part in _with_units(parts):
        found = _part(part, context)
        if found is None:
            return None
        bodies += found.bodies
        rest += found.rest
    return Names(tuple(bodies), tuple(rest))


def _is_plain(part: str) -> bool:
    """Has a part no label before it and no role behind it?"""
    return without_label(part) == part and without_role(part)[0] == part


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


def _part(part: str, context: AgencyContext) -> Names | None:
    """One part of a list: bodies, a body with its person or post, a person or post, or a name."""
    part, person = without_role(without_label(part))
    rest = (person,) if person else ()
    if _NO_NAME.match(part) or placeholder(part):
        return Names((), rest)
    known = split_bodies(part, context)
    if known:
        return Names(tuple(known), rest)
    if rest:
        return Names((Listed(part, part),), rest) if looks_like_name(part) else None
    of_body = _post_with_body(part, context)
    if of_body:
        return of_body
    beside = _beside(part, context) or _unknown_with_known(part, context)
    if beside:
        return beside
    if is_person_or_post(part):
        return Names((), (part,))
    return Names((Listed(part, part),)) if looks_like_name(part) else None


def _post_with_body(part: str, context: AgencyContext) -> Names | None:
    """A post and its body run together ("Kent County Council Housing Manager")."""
    words_ = part.split()
    if not any(word.strip(",.()").casefold() in patterns().posts for word in words_):
        return None
    for at in range(len(words_) - 1, 0, -1):
        body, post = " ".join(words_[:at]), " ".join(words_[at:])
        marked = not (body[-1].isalnum() and post[0].isalnum())
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
    """Is the text one body that has posts, no department, landlord or kind of body?"""
    if not is_body(text, context) or any(not body.proper for body in find(text)):
        return False
    return resolve(text, context).agency.type not in {
        "council_department",
        "housing",
        "group",
        None,
    }


_LINKS = (frozenset({"at", "for", "from", "with"}), frozenset({"of", "in"}))
"""Words between a post and its body; "of" stands within posts, too, so it comes last."""


def _beside(part: str, context: AgencyContext) -> Names | None:
    """A body and, behind or before a dash or colon, its person, its post or its role."""
    for joint in _DASH.finditer(part):
        left, right = part[: joint.start()], part[joint.end() :]
        for body, other in ((left, right), (right, left)):
            names = split_bodies(body, context)
            if names and (is_role(other) or placeholder(other)):
                return Names(tuple(names))
            if names and is_person_or_post(other):
                return Names(tuple(names), (other,))
        both = split_bodies(left, context), split_bodies(right, context)
        if both[0] and both[1]:
            return Names((*both[0], *both[1]))
    return None


def _unknown_with_known(part: str, context: AgencyContext) -> Names | None:
    """A name that nobody knows beside a known one ("Kent Police & Freedom House")."""
    for joint in _AND.finditer(part):
        sides = part[: joint.start()], part[joint.end() :]
        known = any(_known(side, context) or body_type(side) for side in sides)
        strong = joint.group().split()[0].casefold() in _STRONG
        if all(map(_is_long_name, sides)) and (known or strong):
            split = (split_bodies(side, context) or [Listed(side, side)] for side in sides)
            return Names(tuple(one for names in split for one in names))
    return None


def _is_long_name(text: str) -> bool:
    return len(text.split()) > 1 and looks_like_name(text)


def _parts(text: str, context: AgencyContext) -> list[str]:
    """The parts of a list; what stands in brackets is not cut, nor is a known name."""
    cuts = [0]
    for mark in _marks(text):
        if not _inside_known(text, mark, context):
            cuts += [mark.start(), mark.end()]
    cuts.append(len(text))
    pairs = zip(cuts[::2], cuts[1::2], strict=True)
    found = (text[start:end].strip() for start, end in pairs)
    return [
        part.rstrip(")") if part.count(")") > part.count("(") else part for part in found if part
    ]


def _marks(text: str) -> Iterable[re.Match[str]]:
    """Marks that part a list: hard ones, and words that join bodies ("supported by")."""
    found = [*_HARD.finditer(text), *_joining().finditer(text)]
    end = 0
    for mark in sorted(found, key=lambda one: (one.start(), -one.end())):
        outside = text.count("(", 0, mark.start()) <= text.count(")", 0, mark.start())
        if mark.start() >= end and outside and mark.start():
            yield mark
            end = mark.end()


def joints(text: str) -> Iterator[re.Match[str]]:
    """All that may part names in `text`: marks of a list, "and", joining words, brackets."""
    for pattern in (_HARD, _AND, _joining(), _OPEN_BRACKET):
        yield from pattern.finditer(text)


def _inside_known(text: str, mark: re.Match[str], context: AgencyContext) -> bool:
    """Is a mark inside a known name ("Bournemouth, Christchurch and Poole Council")?"""
    starts = {0, *(one.end() for one in joints(text) if one.end() < mark.start())}
    ends = {len(text), *(one.start() for one in joints(text) if one.start() > mark.end())}
    return any(_known(text[start:end], context) for start in starts for end in ends)


def _known(text: str, context: AgencyContext) -> bool:
    return bool(find(text)) or text in context.names or name_key(text) in context.definitions


def split_bodies(text: str, context: AgencyContext) -> list[Listed] | None:
    """The bodies that `text` lists; None when any part of it is no known or likely body."""
    text = text.strip()
    if _known(text, context) or _bilingual(text, context) or _department(text, context):
        return [Listed(text, text)]
    parts = _parts(text, context)
    if len(parts) == 1:
        dashed = _DASH.split(text)
        parts = dashed if all(is_body(part, context) for part in dashed) else parts
    if len(parts) > 1:
        split = [_joined(part, context) for part in parts]
        if all(split):
            return [name for names in split for name in names or ()]
        if not _one_of_places(parts, context):
            return None
    return _joined(text, context)


def _joined(text: str, context: AgencyContext) -> list[Listed] | None:
    """One body, or several joined by "and"; None when `text` is no body."""
    if _known(text, context):
        return [Listed(text, text)]
    for joint in _AND.finditer(text):
        left, right = text[: joint.start()], text[joint.end() :]
        if _inside_name(text, joint.start(), joint.end()):
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
    if not _is_long_name(left):
        return False
    if joint.group().split()[0].casefold() in _STRONG:
        return True
    topical = left.split()[-1].casefold() in words("topics")
    return _is_proper(right) or (_known(right, context) and not topical)


def _inside_name(text: str, start: int, end: int) -> bool:
    """Is an "and" inside a known name ("Police and Crime Commissioner", "Devon and Cornwall")?"""
    words_ = list(re.finditer(r"\S+", text))
    firsts = [word.start() for word in words_ if word.start() < start]
    lasts = [word.end() for word in words_ if word.end() > end]
    return any(find(text[first:last]) for first in firsts for last in lasts)


def _shared_head(left: str, right: str) -> list[Listed] | None:
    """Two bodies with one kind word ("Surrey & Sussex Police", "Leeds and York Councils")."""
    words_ = right.split()
    for at in range(1, len(words_)):
        tail = " ".join(words_[at:])
        for kind in dict.fromkeys((tail, *_singular(tail))):
            first, second = f"{left} {kind}", " ".join([*words_[:at], kind])
            if _is_proper(first) and _is_proper(second):
                return [Listed(left, first), Listed(right, second)]
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
    joint = _AND.search(last)
    first = last[: joint.start()] if joint else ""
    if not joint or not all(_is_place(place, context) for place in (*places, first)):
        return False
    return body_type(f"{first} {last[joint.end() :]}") is not None


def _is_place(text: str, context: AgencyContext) -> bool:
    named = {word.casefold() for word in text.split()} & {*words("topics"), *words("plain_words")}
    return len(text.split()) <= _PLACE and not named and not _known(text, context)


_PLACE = 2
"""Words of a place in a list of places; "North East Lincolnshire" is rare in one."""


def has_label(text: str) -> bool:
    """Does a label or a joining word stand before the name ("Support:", "together with")?"""
    return bool(_label().match(text) or _joining().match(text))


def without_label(text: str) -> str:
    """The text without a label before it ("Lead agency:", "together with", "and")."""
    found = _label().match(text) or _joining().match(text) or _LEADING.match(text)
    return text[found.end() :].strip() if found else text.strip()


def without_role(part: str) -> tuple[str, str]:
    """A part without the role behind it ("(lead)", "– support"), and the person in brackets."""
    found = _BRACKET.search(part)
    if found and found.start():
        inside = found["inside"].strip()
        if is_role(inside):
            return part[: found.start()], ""
        labelled = _label().match(inside)
        if labelled or is_person_or_post(inside):
            return part[: found.start()], inside
    role = _role().search(part)
    return (part[: role.start()], "") if role and role.start() else (part, "")


def without_roles(text: str) -> str:
    """The text without roles in brackets, wherever they stand in it."""
    return _role_bracket().sub("", text)


def is_role(text: str) -> bool:
    """Does `text` only tell a body's part in the work ("lead", "in support")?"""
    return name_key(text) in patterns().roles


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
    if any(word in words("topics") for word in plain):
        return False
    title = plain[0].rstrip(".") in _honorifics()
    given = plain[0] in _given_names() and 1 < len(parts) <= _LONGEST_NAME
    return (title or given) and all(part[0].isupper() for part in parts)


_LONGEST_POST = 10
_LONGEST_NAME = 4
_OPEN = frozenset({"of", "for", "and", "&", "the", "in", "to"})


@cache
def _given_names() -> frozenset[str]:
    return words("first_names")


@cache
def _honorifics() -> frozenset[str]:
    return frozenset(one.casefold().rstrip(".") for one in phrases("honorifics"))


@cache
def _joining() -> re.Pattern[str]:
    """Words between two bodies that work together, the longest first."""
    ways = sorted(patterns().joining, key=len, reverse=True)
    return re.compile(rf"\s*[(,]?\s*\b(?:{'|'.join(map(re.escape, ways))})\b:?\s+", re.IGNORECASE)


@cache
def _label() -> re.Pattern[str]:
    ways = "|".join(sorted(map(re.escape, patterns().labels), key=len, reverse=True))
    return re.compile(rf"(?:{ways})(?:\s*\(s\))?\s*(?::|\s[–—-]\s)\s*", re.IGNORECASE)


@cache
def _role_bracket() -> re.Pattern[str]:
    ways = "|".join(sorted(map(re.escape, patterns().roles), key=len, reverse=True))
    return re.compile(rf"\s*\((?:{ways})\)", re.IGNORECASE)


@cache
def _role() -> re.Pattern[str]:
    ways = "|".join(sorted(map(re.escape, patterns().roles), key=len, reverse=True))
    return re.compile(
        rf"\s*(?:\s[–—-]\s|:)\s*(?:{ways})\.?$|\s+(?:as|to)\s+(?:{ways})$|\s+only$", re.I
    )


def bare_name(text: str) -> str:
    """A printed name without the marks of its list; the last dot of "F.H." stays."""
    text = text.strip(" ,;/")
    return text if _DOTTED.search(text) else text.rstrip(" .")
