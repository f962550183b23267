"""The lines of a cell's block, grouped into names: where a name goes on, and where one begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from actionplan.normalise.agency_context import AgencyContext
from actionplan.normalise.agency_gazetteer import find, name_key
from actionplan.normalise.agency_marks import (
    bare_name,
    first_joint,
    has_label,
    is_prose,
    joints,
    without_label,
    without_roles,
)
from actionplan.normalise.agency_people import is_person_or_post, may_be_person, without_role
from actionplan.normalise.agency_shape import HEALTH, body_type, looks_like_name, patterns
from actionplan.normalise.agency_split import LONGEST, split_bodies
from actionplan.normalise.lead_blocks import spaced_before
from actionplan.normalise.lead_text import fits_behind
from actionplan.normalise.lead_words import placeholder, words
from actionplan.schemas.tables import Line, join_lines

_LEGAL_FORM = re.compile(r"(?:Hospitals?\s+)?(?:NHS\s+)?(?:(?:Foundation\s+)?Trust|FT)\b")
"""What ends names of bodies of the health service; alone it names none."""
_ENDS_OPEN = re.compile(r"(?:[(+&]|\b(?:and|with|plus))$", re.IGNORECASE)
_NAME_LINES = 7
"""Lines below that are looked at for the rest of a name; narrow columns give a word to a line."""
_PROSE_LOOKED_AT = 40
"""Words above a line that are looked at: a list of names that long has marks in between."""


def line_groups(
    lines: Sequence[Line], right: float, context: AgencyContext
) -> list[tuple[int, int]]:
    """Group the lines of a block: a new name may begin where the one before is complete.

    Extra leading parts names that no words tell apart.
    """
    spaced = spaced_before(lines)
    groups: list[tuple[int, int]] = []
    start = 0
    for at in range(1, len(lines)):
        above, below = lines[start:at], lines[at:]
        by_hand = fits_behind(above[-1], below[0], right)
        apart = spaced[at] and looks_like_name(join_lines(above)) and below[0].text[:1].isupper()
        if above[-1].glue == "space" and (apart or _breaks(above, below, context, by_hand=by_hand)):
            groups.append((start, at))
            start = at
    groups.append((start, len(lines)))
    return groups


def _breaks(
    above: Sequence[Line], below: Sequence[Line], context: AgencyContext, *, by_hand: bool
) -> bool:
    """Does a new name begin with the first line of `below`, under the complete name `above`?

    `by_hand`: its first word would have fitted on the line above, so that line was not full.
    """
    left = without_role(without_roles(without_label(join_lines(above))))[0]
    line, right = below[0].text, join_lines(below)
    if _ENDS_OPEN.search(left):
        return False
    if is_prose(_tail(left, _PROSE_LOOKED_AT)):
        return not left.endswith((";", ",")) and (bool(placeholder(line)) or has_label(line))
    if _known_over(_tail(left, LONGEST), below):
        return False
    if left.endswith((";", ",")):
        return _listed(left.rstrip(" ;,"), context)
    if placeholder(left) or placeholder(line) or has_label(line):
        return True
    if not line[:1].isupper():
        return False
    if is_person_or_post(left) or may_be_person(left):
        named = line.split()[0].casefold() not in words("topics")
        return named and bool({_type(line), _type(right)} & _WITH_PEOPLE)
    if not _complete(left, context) or name_key(_last(left)) in patterns().fronts:
        return False
    if is_person_or_post(_first(right)) or is_person_or_post(_first(line)):
        return " " in line or not _ends_department(left)  # "Council Housing" over "Manager"
    if _goes_on(left, below) or (not by_hand and _wraps(left, below, context)):
        return False
    if _listed(line, context) or _listed(right, context):
        return len(line.split()) > 1 or bool(find(line)) or _listed(right, context)
    if line.split()[0] == left.split()[0]:
        return looks_like_name(right)
    plain = all(word.casefold() in words("topics") for word in line.split())
    return not plain and len(line.split()) > 1 and looks_like_name(line) and _ends_name(left)


def _ends_name(left: str) -> bool:
    """Is the last word above what names of bodies end in ("Police", "Council", "CCG")?"""
    return name_key(left.split()[-1]) in patterns().heads


def _ends_department(left: str) -> bool:
    return patterns().heads.get(name_key(left.split()[-1])) in {"council_department", "housing"}


_WITH_PEOPLE = HEALTH | {"police", "council", "probation", "prison", "national"}
"""Types of body under whose people's names or posts the body's own name may stand."""


def _complete(left: str, context: AgencyContext) -> bool:
    """Does the text above list bodies, its last name a whole one ("Kent Police and Essex" not)?"""
    whole = bool(find(left)) or _last(left) == left
    return _listed(left, context) and (whole or _listed(_last(left), context))


def _first(text: str) -> str:
    """The first of a list of names."""
    return text[: first_joint(text)] or text


def _last(text: str) -> str:
    """The last of a list of names."""
    text = _tail(text, _PROSE_LOOKED_AT)
    return text[max((mark.end() for mark in joints(text)), default=0) :] or text


def _tail(text: str, count: int) -> str:
    """The last words of a text, as they stand."""
    words_ = text.split(" ")
    return text if len(words_) <= count else " ".join(words_[-count:])


def _known_over(left: str, below: Sequence[Line]) -> bool:
    """Does a known name go over the line's end ("Bath, Swindon" over "and Wiltshire ICB")?"""
    firsts = {0, *(mark.end() for mark in joints(left))}
    lasts = dict.fromkeys(_beginnings(below))
    return any(find(f"{left[first:]} {last}") for first in firsts for last in lasts)


def _beginnings(below: Sequence[Line]) -> Iterator[str]:
    """The first lines together, and their parts up to each mark of a list."""
    for end in range(1, min(len(below), _NAME_LINES) + 1):
        text = join_lines(below[:end])
        yield text
        yield from (text[: mark.start()] for mark in joints(text))


def _goes_on(left: str, below: Sequence[Line]) -> bool:
    """Is the next line the rest of the name above ("Trust", "NHS Foundation Trust")?"""
    line, last = _first(join_lines(below[:2]))[: len(below[0].text)].strip(), _last(left).split()
    ends = (" ".join([*last[at:], line]) for at in range(len(last)))
    if any(name_key(end) in patterns().heads for end in ends):
        return True
    if name_key(line) in patterns().ends:
        alike = _type(left) == _type(line) or (_type(left) is None and not find(left))
        return alike or not find(line)
    department = _type(line) == "council_department"
    if _type(left) == "council" and department:
        return True
    if any(find(join_lines(below[:end])) for end in range(1, min(len(below), _NAME_LINES) + 1)):
        return False
    plain = all(word.casefold() in words("topics") for word in line.split())
    return plain and not find(line) and body_type(f"{left} {line}") is not None


def _wraps(left: str, below: Sequence[Line], context: AgencyContext) -> bool:
    """Does the name `left`, above a full line's end, go on over the lines `below`?

    So it does into a legal form ("Hospitals" over "NHS" over "Foundation Trust"), into a longer
    name that the gazetteer has, from a council's name into its department's, and from "NHS" into
    the name of a body of the health service.
    """
    left = _last(left)
    starts = [join_lines(below[:end]) for end in range(1, min(len(below), _NAME_LINES) + 1)]
    if _LEGAL_FORM.match(join_lines(below)):
        of_health = _type(left) in {*HEALTH, "education", "partnership", None}
        return of_health and not _LEGAL_FORM.search(left)
    first = below[0].text.split()[0].casefold().replace("’", "'")
    if _type(left) == "council" and first in words("topics"):
        return any(
            _type(start) == "council_department" or any(body.unit for body in find(start))
            for start in starts
        )
    name = next((start for start in starts if _listed(start, context)), "")
    return name_key(left) == "nhs" and _type(name) in HEALTH and not find(name)


def _type(name: str) -> str | None:
    known = find(name)
    return known[0].type if known else body_type(name)


def _listed(text: str, context: AgencyContext) -> bool:
    return split_bodies(bare_name(text), context) is not None
