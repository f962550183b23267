"""Agencies: which bodies a cell or a heading names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from actionplan.normalise.agency_context import AgencyContext
from actionplan.normalise.agency_heading import heading_agency
from actionplan.normalise.agency_identity import resolve_agency
from actionplan.normalise.agency_lines import line_groups
from actionplan.normalise.agency_lists import list_names
from actionplan.normalise.agency_marks import bare_name, is_crowded
from actionplan.normalise.agency_shape import patterns
from actionplan.normalise.agency_split import Listed, split_bodies
from actionplan.normalise.issues import issue
from actionplan.normalise.lead_blocks import split_blocks, without_marker
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

_CUT = re.compile(r"([^\W\d_]{2,})-$")
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
    for block in split_blocks(_rejoined(lines)):
        found = _block_agencies(block, right, context)
        rest += block if found is None else found.rest
        for listed, source in found.names if found else ():
            resolved = resolve_agency(listed.name, context, listed.full)
            spans.append(AgencySpan(resolved.agency, source))
            issues += _issues(listed.name, resolved.ambiguous)
    return AgencyReading(tuple(spans), tuple(rest), tuple(issues))


def _rejoined(lines: Sequence[Line]) -> list[Line]:
    """The lines; one that ends inside a word goes on without its hyphen ("Teach-" over "ing")."""
    out = list(lines)
    for at, (line, following) in enumerate(pairwise(lines)):
        first = following.text.split()[:1]
        cut = _CUT.search(line.text)
        if cut and line.glue == "space" and first and first[0].isalpha() and first[0].islower():
            small = first[0] in patterns().inside or cut.group(1).casefold() in words("prefixes")
            out[at] = replace(line, glue="keep" if small else "drop")
    return out


def is_agency(text: str, context: AgencyContext) -> bool:
    """Is `text` as a whole nothing but names of bodies ("Police / Harrowmere CCG")?"""
    bare = bare_name(without_marker(Line(text, 1, (0, 0, 0, 0))).text)
    return bool(bare) and split_bodies(bare, context) is not None


def make_agency(name: str, context: AgencyContext) -> Agency:
    """The agency of a heading or a line, with canonical name, id and type where known."""
    return resolve_agency(name, context).agency


def _issues(name: str, candidates: Sequence[str]) -> list[Issue]:
    if not candidates:
        return []
    named = [*candidates[:_NAMED], *(["others"] if len(candidates) > _NAMED else [])]
    message = f"{name!r} may be {' or '.join(named)}"
    if len(candidates) == 1:
        message = f"{name!r} may be any body of its kind ({candidates[0]})"
    return [issue("agency-ambiguous", "agencies", message)]


@dataclass(frozen=True, slots=True)
class _Block:
    names: tuple[tuple[Listed, tuple[Line, ...]], ...] = ()
    rest: tuple[Line, ...] = ()


def _block_agencies(block: Sequence[Line], right: float, context: AgencyContext) -> _Block | None:
    """Names and their lines of one block, and what is no name; None when it names no body."""
    clean = [without_marker(block[0]), *block[1:]]
    text = join_lines(clean).strip(" .()[]")
    if placeholder(text) or patterns().nobody.fullmatch(text):
        return _Block()
    if is_crowded(text):
        return None
    names: list[tuple[Listed, tuple[Line, ...]]] = []
    rest: list[Line] = []
    groups = line_groups(clean, right, context)
    texts = [bare_name(join_lines(clean[start:end])) for start, end in groups]
    for at, (start, end) in enumerate(groups):
        other = texts[1 - at] if len(texts) == 2 else ""
        beside = bool(other) and split_bodies(other, context) is not None
        found = list_names(texts[at], context, beside=beside)
        if found is None:
            return None
        source = tuple(block[start:end])
        names += [(listed, source) for listed in found.bodies]
        if not found.bodies:
            rest += source if found.rest else ()
        else:
            rest += [replace(source[-1], text=part, glue="space") for part in found.rest]
    return _Block(tuple(names), tuple(rest)) if names else None
