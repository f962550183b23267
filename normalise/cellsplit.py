"""Cells that hold two fields, taken apart line by line: lead and date, agency and lead, status."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from actionplan.normalise.agencies import AgencyContext, AgencySpan, is_agency, make_agency
from actionplan.normalise.columns import plain
from actionplan.normalise.dates import find_dates
from actionplan.normalise.leads import LeadSpan, read_leads
from actionplan.normalise.status_column import status_word
from actionplan.normalise.targets import read_target
from actionplan.schemas.plan import Lead
from actionplan.schemas.tables import Cell, Line, join_lines

_GROUPS = frozenset({"subgroup", "network", "forum", "committee", "panel"})
_STATUS_WORDS = 4  # words; a longer line is progress, not a status


def split_dates(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Return the lines that are target dates, and the others; a date may end a line."""
    dates: list[Line] = []
    others: list[Line] = []
    for line in lines:
        if _is_date(line):
            dates.append(line)
            continue
        found = find_dates(line.text)
        if found and not line.text[found[-1].end :].strip(" .)"):
            at = found[-1].start
            before = line.text[:at].rstrip(" -–—,:;(/")
            others.append(replace(line, text=before))
            dates.append(replace(line, text=line.text[at:].strip(" )")))
        else:
            others.append(line)
    return dates, [line for line in others if line.text]


def _is_date(line: Line) -> bool:
    target = read_target([line]).target
    return target.kind not in ("none", "conditional")


def split_names(lines: Sequence[Line], context: AgencyContext) -> tuple[list[Line], list[Line]]:
    """Return the lines that name bodies, and the others; a name may run over several lines.

    A single word below other text ("Trust") ends a longer name and is no body.
    """
    bodies: list[Line] = []
    others: list[Line] = []
    at = 0
    while at < len(lines):
        ends = range(min(len(lines), at + 4), at, -1)
        end = next((e for e in ends if _is_body(lines[at:e], context)), None)
        if end == at + 1 and others and len(lines[at].text.split()) == 1:
            end = None
        if end is None:
            others.append(lines[at])
            at += 1
        else:
            bodies += lines[at:end]
            at = end
    return bodies, others


def split_agency_lead(
    lines: Sequence[Line], context: AgencyContext
) -> tuple[list[Line], list[AgencySpan]]:
    """Find the agencies in a cell of leads and agencies; its leads are read out of all its lines.

    Returns:
        Lines that are agencies' names; agencies out of the other lines, where a lead's line or a
        line break runs through their names ("Head of / Adult Social Care", "Manager, Northmoor
        Police"): there the leads' own reading decides.
    """
    bodies, others = split_names(lines, context)
    whole = read_leads(lines).leads
    groups = [span for span in whole if _is_group(span.lead)]
    if not groups and _people(read_leads(others).leads) == _people(whole):
        return bodies, []
    named = [span for span in whole if span.lead.organisation and span not in groups]
    spans = [
        AgencySpan(make_agency(span.lead.organisation, context), span.lines)
        for span in named
        if span.lead.organisation
    ]
    return [], spans


def _people(spans: Iterable[LeadSpan]) -> list[tuple[str | None, str | None]]:
    """Name and post of those leads that are no bodies."""
    found = [(span.lead.name, span.lead.post) for span in spans]
    return [one for one in found if any(one)]


def answers_for_itself(lead: Lead) -> bool:
    """Is `lead`, out of a column of agencies and leads, a person, a post, or a group of people?"""
    return bool(lead.name or lead.post) or _is_group(lead)


def _is_group(lead: Lead) -> bool:
    """A group of an agency or of several ("QA sub-group"): it leads, and is no agency."""
    words = plain(lead.organisation or "").replace("sub group", "subgroup").split()
    return not (lead.name or lead.post) and bool(words) and words[-1] in _GROUPS


def _is_body(lines: Sequence[Line], context: AgencyContext) -> bool:
    """Do `lines` name a body, and no person or post?"""
    if lines[0].text[:1].islower() or not is_agency(join_lines(lines), context):
        return False
    return not any(span.lead.name or span.lead.post for span in read_leads(lines).leads)


def split_status(cell: Cell) -> tuple[str, Cell]:
    """Return the status words of a progress cell (its first or last short line), and the rest."""
    for at in dict.fromkeys((0, len(cell.lines) - 1)):
        if not cell.lines:
            break
        text = cell.lines[at].text
        if len(text.split()) <= _STATUS_WORDS and status_word(text):
            kept = [line for index, line in enumerate(cell.lines) if index != at]
            return text, replace(cell, lines=kept)
    return "", cell
