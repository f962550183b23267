"""The agency that a heading over a table names."""

from __future__ import annotations

import re

from actionplan.normalise.agency_context import AgencyContext
from actionplan.normalise.agency_gazetteer import find
from actionplan.normalise.agency_identity import resolve
from actionplan.normalise.agency_people import without_role
from actionplan.normalise.agency_shape import body_type, split_short_form

_LABEL = re.compile(
    r"^(?:name\s+of\s+(?:the\s+)?)?(?:(?:lead|single|individual|responsible)\s+)?"
    r"(?:agency|organisation)(?:\s+name)?\s*[:–—-]\s*",
    re.IGNORECASE,
)
_NOT_ONE_AGENCY = re.compile(
    r"\boverview(?:\s+report)?\b|^\W*(?:must|should)\s+do\b|\bmulti[\s-]?agency\s+(?:recommendations?|action)|\btheme\b"
    r"|\b(?:homicide|adults?|case|practice)\s+review\b(?!\s+recommendations?\s+for)",
    re.IGNORECASE,
)
# What stands around the agency's name; taken off both ends again and again.
_PAPER = (
    r"(?:(?:individual|internal|agency|single|management|independent|service)\s+)*"
    r"(?:imrs?|iomr|management\s+reviews?|agency\s+reviews?|reports?|reviews?|single\s+agency"
    r"|individual\s+agency)"
)
_WHAT = r"(?:recommendations?|action\s+plans?|actions?|learning|responses?)"
_FRONT = re.compile(
    rf"^(?:(?:appendix|annex|section|table|part)\s+\w{{1,3}}\b|\(?\d{{1,2}}(?:\.\d{{1,2}})*[.):]?(?=\s)"
    rf"|{_PAPER}\b|(?:agency\s+)?{_WHAT}\b|(?:for|from|by|to|of|the|and)\b|[\s:.–—,|/-]+)\s*",
    re.IGNORECASE,
)
_BACK = re.compile(
    rf"(?:\s|[:–—,(-])+(?:{_PAPER}|{_WHAT}(?:\s+\d{{4}}(?:[/-]\d{{2,4}})?)?|and|only|continued|cont(?:['’]?d)?\.?)\)?\s*$|[\s:.–—,-]+$",
    re.IGNORECASE,
)
_OWNER = re.compile(r"(?<=\w)['’]s$")
_PER_AGENCY = re.compile(
    r"\bimrs?\b|\biomr\b|management\s+review|agency|recommendations?", re.IGNORECASE
)


def heading_agency(text: str, context: AgencyContext) -> str | None:
    """The body whose table `text` heads, as printed, or None.

    ``"Agency: West Harrow Police"`` and ``"West Harrow Police IMR recommendations"`` give
    ``"West Harrow Police"``; ``"Overview Report Recommendations"`` and the title of a
    partnership's whole plan give None.
    """
    line = " ".join(text.split())
    label = _LABEL.match(line)
    if label:
        return line[label.end() :].strip(" .:") or None
    if not line or _NOT_ONE_AGENCY.search(line):
        return None
    name = _core(line)
    kind = _one_body(name, context)
    if kind is None or kind == "group":
        return None
    # A partnership's own name is the title of the whole plan, unless the heading says otherwise.
    return None if kind == "partnership" and not _PER_AGENCY.search(line) else name


def _core(line: str) -> str:
    """`line` without the words that say what the table is."""
    while True:
        shorter = _FRONT.sub("", line, count=1)
        shorter = _BACK.sub("", shorter, count=1)
        if shorter == line:
            return without_role(_OWNER.sub("", line.strip()))[0]
        line = shorter


def _one_body(name: str, context: AgencyContext) -> str | None:
    if not name[:1].isupper():
        return None
    agency = resolve(name, context).agency
    known = find(name)
    if known:
        return agency.type or known[0].type
    return agency.type or body_type(split_short_form(name)[0])
