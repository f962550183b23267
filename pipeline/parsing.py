"""Texts that somebody types, read as the cells of a plan are.

A text becomes a cell with a printed line for each of its lines, so the same code reads both.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from actionplan.schemas.tables import Cell, Line, Region

if TYPE_CHECKING:
    from actionplan.schemas.plan import Agency

# A page on which every letter is as wide as another, in points; only what a line leaves free
# beside the widest one tells anything.
_LETTER, _SIZE, _PITCH, _AIR = 5.0, 10.0, 12.0, 5.4


class Parsed(NamedTuple):
    """What a text says.

    Attributes:
        value: for the field, as in a plan file.
        issues: doubts, in sentences.
    """

    value: Any
    issues: tuple[str, ...] = ()


def parse_text(field: str, text: str, agencies: Sequence[Agency] = ()) -> Parsed:
    """Return what `text` says if it stands in the column of `field`; empty text is no value.

    Args:
        field: ``target``, ``revised_target``, ``completion``, ``date``, ``status``,
            ``leads``, ``agencies``, ``actions`` or ``updates``.
        text: as typed; line breaks count as printed ones.
        agencies: bodies of the document, known by their names as printed.

    Raises:
        KeyError: `field` is none of these.
    """
    parser = _PARSERS[field]
    return parser(typed_cell(text), list(agencies))


def typed_cell(text: str) -> Cell:
    """Return a cell of one printed line for each line of `text`."""
    texts = [" ".join(line.split()) for line in text.splitlines()]
    width = _LETTER * max(map(len, texts), default=0)
    lines = [_line(one, at) for at, one in enumerate(texts) if one]
    box = (0.0, 0.0, width + 2 * _AIR, _PITCH * len(texts))
    return Cell(lines, [Region(1, box)])


def _line(text: str, at: int) -> Line:
    top, width = _PITCH * at, _LETTER * len(text)
    return Line(
        text=text,
        page=1,
        bbox=(_AIR, top, _AIR + width, top + _SIZE),
        words=tuple(range(at * 1000, at * 1000 + len(text.split()))),
        size=_SIZE,
        first_width=_LETTER * len(text.split()[0]),
    )


def _target(cell: Cell, _: list[Agency]) -> Parsed:
    from actionplan.normalise.targets import read_target

    reading = read_target(cell)
    messages = [one.message for one in reading.issues]
    if reading.revised:
        messages.append(f"the text names a later date, too: {reading.revised.text}")
    return Parsed(reading.target.model_dump(mode="json"), tuple(messages))


def _date(cell: Cell, _: list[Agency]) -> Parsed:
    from actionplan.normalise.dates import date_problem, parse_date

    text = cell.text
    if not text:
        return Parsed(None)
    problem = date_problem(text)
    messages = (_DATE_PROBLEMS[problem],) if problem else ()
    return Parsed(parse_date(text).model_dump(mode="json"), messages)


_DATE_PROBLEMS = {
    "impossible": "no calendar has that day",
    "year-missing": "the year is missing",
    "unclear": "the date allows two readings",
    "several": "the text names several dates",
}


def _status(cell: Cell, _: list[Agency]) -> Parsed:
    from actionplan.normalise.status import status_from_text
    from actionplan.normalise.status_column import status_from_column

    status = status_from_column(cell.text)
    if status.value == "unknown":
        told = status_from_text(cell.text)
        status = told if told.value != "unknown" else status
    return Parsed(status.model_dump(mode="json"))


def _leads(cell: Cell, _: list[Agency]) -> Parsed:
    from actionplan.normalise.leads import merge_leads, read_leads
    from actionplan.schemas.plan import Lead

    leads: list[Lead] = []
    messages: list[str] = []
    for line in cell.lines:  # on a page a name may be wrapped; here a line is a lead
        reading = read_leads([line])
        leads += (span.lead for span in reading.leads)
        messages += (one.message for one in reading.issues)
        if reading.misplaced or not (reading.leads or reading.issues):
            leads.append(Lead(text=line.text))  # what somebody typed stays, whatever it is
            messages.append(f"“{line.text}” names no person, post or body")
    return Parsed([lead.model_dump(mode="json") for lead in merge_leads(leads)], tuple(messages))


def _agencies(cell: Cell, known: list[Agency]) -> Parsed:
    from actionplan.normalise.agencies import AgencyContext, make_agency, read_agencies

    context = AgencyContext.build(one.canonical or one.name for one in known)
    printed = {_loose(one.name): one for one in known}
    found: list[Agency] = []
    messages: list[str] = []
    for line in cell.lines:  # as with leads
        reading = read_agencies([line], context)
        found += (span.agency for span in reading.agencies)
        messages += (one.message for one in reading.issues)
        for rest in reading.rest:
            found.append(make_agency(rest.text, context))
            messages.append(f"“{rest.text}” does not look like the name of a body")
    values = [printed.get(_loose(one.name), one).model_dump(mode="json") for one in found]
    return Parsed(values, tuple(messages))


def _loose(name: str) -> str:
    return " ".join(name.casefold().split())


def _actions(cell: Cell, known: list[Agency]) -> Parsed:
    from actionplan.normalise.actions import read_action_cell
    from actionplan.normalise.agencies import AgencyContext
    from actionplan.schemas.plan import Action

    reading = read_action_cell(cell, AgencyContext.build(one.name for one in known))
    actions = [Action(number=one.number, text=one.text) for one in reading.actions]
    # The name of a body alone is no action on a page; whoever types it here means one.
    actions += [Action(text=span.agency.name) for span in reading.agencies if not actions]
    return Parsed([one.model_dump(mode="json") for one in actions])


def _updates(cell: Cell, _: list[Agency]) -> Parsed:
    from actionplan.normalise.updates import split_updates, update_issues

    readings = split_updates(cell)
    values = [one.update.model_dump(mode="json") for one in readings]
    return Parsed(values, tuple(one.message for one in update_issues(readings)))


_PARSERS: dict[str, Callable[[Cell, list[Agency]], Parsed]] = {
    "target": _target,
    "revised_target": _target,
    "completion": _date,
    "date": _date,
    "review_period": _date,
    "status": _status,
    "leads": _leads,
    "agencies": _agencies,
    "actions": _actions,
    "updates": _updates,
}
PARSED_FIELDS = frozenset(_PARSERS)
"""The fields that `parse_text` reads."""


def theme_names() -> dict[str, str]:
    """Return the titles of the themes by their ids."""
    from actionplan.normalise.themes import vocabulary

    return {theme.id: theme.label for theme in vocabulary()}


def column_fields() -> tuple[str, ...]:
    """Return the names of the fields that a column may hold."""
    from actionplan.normalise.columns import PAIRS, vocabulary

    return (*vocabulary().fields, *("+".join(pair) for pair in PAIRS))


def issue_kinds() -> dict[str, tuple[str, float]]:
    """Return what each code of doubt means, and the share of confidence that it takes."""
    from actionplan.normalise.issues import ISSUES

    return {code: (kind.meaning, kind.cost) for code, kind in ISSUES.items()}
