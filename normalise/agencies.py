"""Agencies: which bodies a cell or a heading names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from actionplan.normalise.agency_context import AgencyContext
from actionplan.normalise.agency_gazetteer import find, name_key
from actionplan.normalise.agency_heading import heading_agency
from actionplan.normalise.agency_identity import resolve
from actionplan.normalise.agency_lists import (
    Listed,
    is_person_or_post,
    list_names,
    split_bodies,
    without_label,
)
from actionplan.normalise.agency_shape import HEALTH, body_type, looks_like_name, patterns
from actionplan.normalise.issues import issue
from actionplan.normalise.lead_blocks import spaced_before, split_blocks, without_marker
from actionplan.normalise.lead_text import fits_behind
from actionplan.normalise.lead_words import placeholder, words
from actionplan.schemas.plan import Agency, Issue
from actionplan.schemas.tables import Line, join_lines

__all__ = [
    "AgencyContext",
    "AgencyReading",
    "AgencySpan",
    "heading_agency",
    "is_agency",
    "make_agency",
    "read_agencies",
]

_HARD = re.compile(r"\s*(?:[;|]|/(?!YOI\b))\s*|\s*,\s*(?:and\s+)?")
_LEGAL_FORM = re.compile(r"(?:Hospitals?\s+)?(?:NHS\s+)?(?:(?:Foundation\s+)?Trust|FT)\b")
"""What ends names of bodies of the health service; alone it names none."""
_NAME_LINES = 7
"""Lines below that are looked at for the rest of a name; narrow columns give a word to a line."""
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}$")
_NAMED = 3
"""Bodies named in the message of a doubt."""


@dataclass(frozen=True, slots=True)
class AgencySpan:
    """An agency and the lines that print it."""

    agency: Agency
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class AgencyReading:
    """What an agency cell holds: agencies in printed order, and lines that name none."""

    agencies: tuple[AgencySpan, ...] = ()
    rest: tuple[Line, ...] = ()
    issues: tuple[Issue, ...] = ()


def read_agencies(lines: Sequence[Line], context: AgencyContext) -> AgencyReading:
    """Read a cell of an agency column; names that nobody knows are agencies too.

    `rest` has what names no bodies, in order: sentences, dates, and a lead person or post printed
    with a body (of whose line only these words are left).
    """
    spans: list[AgencySpan] = []
    rest: list[Line] = []
    issues: list[Issue] = []
    right = max((line.bbox[2] for line in lines), default=0.0)
    for block in split_blocks(lines):
        found = _block_agencies(block, right, context)
        rest += block if found is None else found.rest
        for listed, source in found.names if found else ():
            resolved = resolve(listed.name, context, listed.full)
            spans.append(AgencySpan(resolved.agency, source))
            issues += _issues(listed.name, resolved.ambiguous)
    return AgencyReading(tuple(spans), tuple(rest), tuple(issues))


def is_agency(text: str, context: AgencyContext) -> bool:
    """Is `text` as a whole nothing but names of bodies ("Police / Harrowmere CCG")?"""
    bare = _bare(without_marker(Line(text, 1, (0, 0, 0, 0))).text)
    return bool(bare) and split_bodies(bare, context) is not None


def make_agency(name: str, context: AgencyContext) -> Agency:
    """The agency of a heading or a line, with canonical name, id and type where known."""
    return resolve(name, context).agency


def _issues(name: str, candidates: Sequence[str]) -> list[Issue]:
    if not candidates:
        return []
    named = [*candidates[:_NAMED], *(["others"] if len(candidates) > _NAMED else [])]
    message = f"{name!r} may be {' or '.join(named)}"
    if len(candidates) == 1:
        message = f"{name!r} may be any body of its kind ({candidates[0]})"
    return [issue("agency-ambiguous", "agencies", message)]


def _bare(text: str) -> str:
    """A printed name without the marks of its list; the last dot of "F.H." stays."""
    text = text.strip(" ,;/")
    return text if _DOTTED.search(text) else text.rstrip(" .")


@dataclass(frozen=True, slots=True)
class _Block:
    names: tuple[tuple[Listed, tuple[Line, ...]], ...] = ()
    rest: tuple[Line, ...] = ()


def _block_agencies(block: Sequence[Line], right: float, context: AgencyContext) -> _Block | None:
    """Names and their lines of one block, and what is no name; None when it names no body."""
    clean = [without_marker(block[0]), *block[1:]]
    if placeholder(join_lines(clean).strip(" .")):
        return _Block()
    names: list[tuple[Listed, tuple[Line, ...]]] = []
    rest: list[Line] = []
    for start, end in _line_groups(clean, right, context):
        found = list_names(_bare(join_lines(clean[start:end])), context)
        if found is None:
            return None
        source = tuple(block[start:end])
        names += [(listed, source) for listed in found.bodies]
        if not found.bodies:
            rest += source if found.rest else ()
        else:
            rest += [replace(source[-1], text=part, glue="space") for part in found.rest]
    return _Block(tuple(names), tuple(rest)) if names else None


def _line_groups(
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
    left, line, right = join_lines(above), below[0].text, join_lines(below)
    if left.endswith((";", ",")):
        return _listed(left.rstrip(" ;,"), context)
    if placeholder(left) or without_label(line) != line.strip():
        return True
    if not line[:1].isupper():
        return False
    if is_person_or_post(left):
        return _type(line) in _WITH_PEOPLE or _type(right) in _WITH_PEOPLE
    if not _listed(left, context):
        return False
    if is_person_or_post(right) or is_person_or_post(line):
        return True
    if _goes_on(left, below) or (not by_hand and _wraps(left, below, context)):
        return False
    if _listed(line, context) or _listed(right, context):
        return len(line.split()) > 1 or bool(find(line)) or _listed(right, context)
    return line.split()[0] == left.split()[0] and looks_like_name(right)


_WITH_PEOPLE = HEALTH | {"police", "council", "probation", "prison", "national"}
"""Types of body under whose people's names or posts the body's own name may stand."""


def _goes_on(left: str, below: Sequence[Line]) -> bool:
    """Is the next line the rest of the name above ("Trust", "NHS Foundation Trust")?"""
    line = _HARD.split(below[0].text)[0] or below[0].text
    known = find(f"{_HARD.split(left)[-1]} {line}")
    if known and not any(body.proper for body in find(line)):
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
    left = _HARD.split(left)[-1]
    starts = [join_lines(below[:end]) for end in range(1, min(len(below), _NAME_LINES) + 1)]
    if any(find(f"{left} {start}") for start in starts):
        return True
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
    return split_bodies(_bare(text), context) is not None
