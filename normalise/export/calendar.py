"""iCalendar (RFC 5545): each row with a due day as an all-day event, or each row as a to-do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from actionplan.normalise.export.fields import Cell, Row
from actionplan.normalise.export.mapping import Column, Mapping, MappingError
from actionplan.normalise.export.render import cell_value
from actionplan.normalise.export.texts import printable

_OCTETS = 75  # of a line, its line break not counted (RFC 5545, 3.1)
_TEXTS = frozenset({"SUMMARY", "DESCRIPTION", "COMMENT", "CONTACT", "LOCATION", "RESOURCES"})
_LISTS = frozenset({"CATEGORIES"})
_ADDRESSES = frozenset({"URL"})
_STATUS = "STATUS"
_OWN = re.compile(r"X-[A-Z0-9-]+")
_STATES = ("NEEDS-ACTION", "IN-PROCESS", "COMPLETED", "CANCELLED")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:[!-~]+", re.IGNORECASE)


class Calendar(NamedTuple):
    """A calendar file, and how many rows have no due day and are not in it."""

    data: bytes
    without_day: int


def write_calendar(
    mapping: Mapping, rows: Sequence[Row], stamp: datetime, program: str
) -> Calendar:
    """Return `rows` as a calendar: events for those with a due day, or to-dos for all.

    An event's UID is made of the row's key alone, so that a calendar that has it already takes
    the new one in its place.

    Args:
        mapping: its headers are names of properties.
        rows: of the export.
        stamp: when the calendar is made, UTC.
        program: version of this program.

    Raises:
        MappingError: a header is no property that a row can have.
    """
    check_properties(mapping)
    dated = [row for row in rows if row["due"] is not None or mapping.component == "todo"]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//actionplan//actionplan {program}//EN",
        "CALSCALE:GREGORIAN",
    ]
    for row in dated:
        lines += _component(mapping, row, stamp)
    lines.append("END:VCALENDAR")
    data = b"".join(fold(line) for line in lines)
    return Calendar(data, len(rows) - len(dated))


def check_properties(mapping: Mapping) -> None:
    """Check that all headers are properties.

    Raises:
        MappingError: one is not.
    """
    known = _TEXTS | _LISTS | _ADDRESSES | ({_STATUS} if mapping.component == "todo" else set())
    for column in mapping.columns:
        if column.header not in known and not _OWN.fullmatch(column.header):
            raise MappingError(
                f"{mapping.name}: {column.header!r} is no property of a calendar entry; choose "
                f"from {', '.join(sorted(known))}, or a name of your own that begins with X-"
            )
        if column.header == _STATUS and column.field != "status":
            raise MappingError(f"{mapping.name}: STATUS takes the field status alone")


def _component(mapping: Mapping, row: Row, stamp: datetime) -> Iterator[str]:
    name = "VTODO" if mapping.component == "todo" else "VEVENT"
    yield f"BEGIN:{name}"
    yield f"UID:{_escaped(str(row['key']))}@actionplan"
    yield f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}"
    day = row["due"]
    if isinstance(day, date):
        yield from _days(name, day)
    for column in mapping.columns:
        yield from _property(column, cell_value(column, row, mapping))
    yield f"END:{name}"


def _days(name: str, day: date) -> Iterator[str]:
    """A to-do is due on a day; an event lasts until the day behind its last."""
    if name == "VTODO":
        yield f"DUE;VALUE=DATE:{_compact(day)}"
        return
    yield f"DTSTART;VALUE=DATE:{_compact(day)}"
    if day < date.max:
        yield f"DTEND;VALUE=DATE:{_compact(day + timedelta(days=1))}"
    yield "TRANSP:TRANSPARENT"


def _compact(day: date) -> str:
    return day.isoformat().replace("-", "")


def _property(column: Column, value: Cell) -> Iterator[str]:
    if value is None or value == []:
        return
    name = column.header
    if name in _LISTS:
        items = value if isinstance(value, list) else [str(value)]
        yield f"{name}:{','.join(map(_escaped, items))}"
        return
    text = "; ".join(value) if isinstance(value, list) else str(value)
    if name in _ADDRESSES:
        if _ADDRESS.fullmatch(text):
            yield f"{name}:{text}"
    elif name == _STATUS:
        if text in _STATES:
            yield f"{name}:{text}"
    else:
        yield f"{name}:{_escaped(text)}"


def _escaped(text: str) -> str:
    r"""A value of type TEXT: ``\``, ``;`` and ``,`` escaped, line breaks as ``\n``."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return printable(text).replace("\n", "\\n")


def fold(line: str) -> bytes:
    """Return a content line with its line break, folded at 75 octets between characters."""
    data = line.encode()
    out, start, room = [], 0, _OCTETS
    while len(data) - start > room:
        end = start + room
        while data[end] & 0xC0 == 0x80:  # the middle of a character
            end -= 1
        out.append(data[start:end])
        start, room = end, _OCTETS - 1  # a blank goes before
    out.append(data[start:])
    return b"\r\n ".join(out) + b"\r\n"
