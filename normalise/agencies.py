"""Agencies: which bodies a cell or a heading names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from actionplan.normalise.agency_context import AgencyContext, resolve
from actionplan.normalise.agency_gazetteer import find, name_key
from actionplan.normalise.agency_heading import heading_agency
from actionplan.normalise.agency_shape import (
    HEALTH,
    body_type,
    looks_like_name,
    patterns,
    split_short_form,
)
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
    "split_names",
]

_HARD = re.compile(r"\s*(?:[;|]|/(?!YOI\b))\s*|\s*,\s*(?:and\s+)?")
_LEGAL_FORM = re.compile(r"(?:Hospitals?\s+)?(?:NHS\s+)?(?:(?:Foundation\s+)?Trust|FT)\b")
"""What ends names of bodies of the health service; alone it names none."""
_NAME_LINES = 7
"""Lines below that are looked at for the rest of a name; narrow columns give a word to a line."""
_AND = re.compile(r"\s+(?:and|&|with)\s+", re.IGNORECASE)


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

    `rest` has the lines that are no names of bodies (sentences, dates), in order.
    """
    spans: list[AgencySpan] = []
    rest: list[Line] = []
    issues: list[Issue] = []
    right = max((line.bbox[2] for line in lines), default=0.0)
    for block in split_blocks(lines):
        found = _block_agencies(block, right, context)
        if found is None:
            rest.extend(block)
        for name, source in found or ():
            resolved = resolve(name, context)
            spans.append(AgencySpan(resolved.agency, source))
            issues.extend(_issues(name, [body.name for body in resolved.ambiguous]))
    return AgencyReading(tuple(spans), tuple(rest), tuple(issues))


def is_agency(text: str, context: AgencyContext) -> bool:
    """Is `text` as a whole nothing but names of bodies ("Police / Harrowmere CCG")?"""
    bare = without_marker(Line(text, 1, (0, 0, 0, 0))).text.strip().rstrip(".")
    return bool(bare) and _bodies(bare, context) is not None


def make_agency(name: str, context: AgencyContext) -> Agency:
    """The agency of a heading or a line, with canonical name, id and type where known."""
    return resolve(name, context).agency


def _issues(name: str, candidates: Sequence[str]) -> list[Issue]:
    if not candidates:
        return []
    message = f"{name!r} may be {' or '.join(candidates)}"
    return [Issue(code="agency-ambiguous", field="agencies", message=message)]


def _is_body(name: str, context: AgencyContext) -> bool:
    long_form, short = split_short_form(name)
    if short and _is_body(long_form, context):
        return True
    if not name[:1].isupper() and not name[:1].isdigit() and not name.casefold().startswith("all "):
        return False
    known = find(name) or resolve(name, context).agency.canonical
    return bool(known) or name in context.names or body_type(name) is not None


def split_names(text: str, context: AgencyContext) -> list[str]:
    """Split a list of bodies; one name that holds "and", "/" or a comma stays whole."""
    names = _bodies(text, context)
    if names:
        return names
    parts = [part for part in _HARD.split(text) if part]
    return parts if all(looks_like_name(part) for part in parts) else [text]


def _bodies(text: str, context: AgencyContext) -> list[str] | None:
    """The bodies that `text` lists; None when any part of it is no known or likely body."""
    if find(text):
        return [text]
    parts = [part for part in _HARD.split(text) if part]
    split = [_and_parts(part, context) for part in parts]
    if len(parts) > 1 and all(split):
        return [name for names in split for name in names or ()]
    return _and_parts(text, context)


def _and_parts(text: str, context: AgencyContext) -> list[str] | None:
    """One body, or several joined by "and"; None when `text` is no body."""
    if find(text):
        return [text]
    for joint in _AND.finditer(text):
        left, right = text[: joint.start()], text[joint.end() :]
        if _inside_name(text, joint.start()):
            continue
        if _is_body(left, context) and _is_body(right, context):
            if _one_department(left, right, context):
                return [text]
            return [left, *(_and_parts(right, context) or [right])]
    return [text] if _is_body(text, context) else None


def _inside_name(text: str, at: int) -> bool:
    """Is `at` inside a known name at the end of `text` ("Police and Crime Commissioner")?"""
    return any(find(text[word.start() :]) for word in re.finditer(r"\S+", text[:at]))


def _one_department(left: str, right: str, context: AgencyContext) -> bool:
    """Are both halves of one department's name ("Children's Services and Education")?"""
    both = {make_agency(left, context).type, make_agency(right, context).type}
    return both == {"council_department"} and len(right.split()) == 1


def _block_agencies(
    block: Sequence[Line], right: float, context: AgencyContext
) -> list[tuple[str, tuple[Line, ...]]] | None:
    """Names and their lines of one block; None when it names no body."""
    clean = [without_marker(block[0]), *block[1:]]
    text = join_lines(clean).strip(" .")
    if placeholder(text):
        return []
    out: list[tuple[str, tuple[Line, ...]]] = []
    for start, end in _line_groups(clean, right, context):
        name = join_lines(clean[start:end]).strip(" .,;/")
        names = split_names(name, context)
        if not (_bodies(name, context) or all(looks_like_name(part) for part in names)):
            return None
        out.extend((part, tuple(block[start:end])) for part in names)
    return out


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
    if not line[:1].isupper() or not _listed(left, context):
        return False
    if _goes_on(left, below) or (not by_hand and _wraps(left, below, context)):
        return False
    if _listed(line, context) or _listed(right, context):
        return len(line.split()) > 1 or bool(find(line)) or _listed(right, context)
    return line.split()[0] == left.split()[0] and looks_like_name(right)


def _goes_on(left: str, below: Sequence[Line]) -> bool:
    """Is the next line the rest of the name above ("Trust", "NHS Foundation Trust")?"""
    line = _HARD.split(below[0].text)[0] or below[0].text
    if name_key(line) in patterns().ends:
        return not find(line) or _type(left) in {_type(line), None}
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
    return _bodies(text.strip(" ."), context) is not None
