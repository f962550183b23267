"""A comparison in words: the lines that both views, terminal and HTML, show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from actionplan.normalise.compare.model import (
    Change,
    DatasetDiff,
    Figures,
    Item,
    PlanDiff,
    RecordDiff,
    Side,
    State,
)

Style = Literal["=", "-", "+", "note"]
Run = tuple[Style, str]
STATES: dict[State, str] = {"added": "Added", "dropped": "Dropped", "changed": "Changed"}
_AROUND = 8  # words shown to either side of a change in a long text
_EMPTY = "nothing"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
SLIGHTLY = "Slightly: the plan says the same, in other spelling or as it was read."
_PARTS = {
    "edtf": "date",
    "start": "first day",
    "end": "last day",
    "status_basis": "read from",
    "status_text": "words",
    "last_page": "last page",
    "bbox": "box",
}


class Line(NamedTuple):
    """A line of a view.

    Attributes:
        label: name of the field; empty on further lines of one field.
        runs: texts, each in both, in the old, in the new, or a note.
        depth: 1 for what is said of an item of a list.
        small: nothing that the plan says has changed.
    """

    label: str
    runs: tuple[Run, ...]
    depth: int = 0
    small: bool = False


def words(name: str) -> str:
    """Return the name of a field or value as words."""
    return name.replace("_", " ")


def record_lines(record: RecordDiff) -> list[Line]:
    """Return the lines of a recommendation; its number and text stand above them.

    What is not in one version is shown with all that the other says of it.
    """
    rest = [one for one in record.changes if one.field not in ("number", "text")]
    if record.state == "changed":
        return [line for change in rest for line in change_lines(change)]
    lines = [line for change in rest if _says(change) for line in change_lines(change)]
    return [line._replace(runs=_plain(line.runs)) for line in lines]


def _plain(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Runs of what is as a whole in one version only: nothing in it is marked."""
    return tuple(("=", text) for style, text in runs if style != "note")


def _says(change: Change) -> bool:
    value = change.old or change.new
    return not change.reading and bool(change.items or (value and value != "unknown"))


def change_lines(change: Change, depth: int = 0) -> Iterator[Line]:
    """Yield the lines of a change: one, or for a list one or more for each item."""
    small = change.minor or change.reading
    if not change.items:
        yield Line(words(change.field), tuple(_runs(change)), depth, small)
    label = words(change.field)
    for item in change.items:
        for line in _item_lines(label, item, depth):
            yield line._replace(small=line.small or small)
        label = ""


def _item_lines(label: str, item: Item, depth: int) -> Iterator[Line]:
    if item.state == "added":
        yield Line(label, (("note", "added "), ("+", item.new or _EMPTY)), depth)
    elif item.state == "dropped":
        yield Line(label, (("note", "dropped "), ("-", item.old or _EMPTY)), depth)
    elif len(item.changes) == 1 and item.changes[0].words:
        yield Line(label, (("note", "changed "), *_runs(item.changes[0])), depth)
    else:
        name = short(item.new or item.old or _EMPTY)
        yield Line(label, (("note", "changed "), ("=", name)), depth)
        for change in item.changes:
            yield from change_lines(change, depth + 1)


def _runs(change: Change) -> Iterator[Run]:
    if change.words:
        yield from in_context(change.words)
    elif change.old == change.new:
        yield "note", "; ".join(_part(*part) for part in change.parts.items())
        return
    else:
        old, new = _value(change, change.old), _value(change, change.new)
        if old:
            yield "-", old
        if old and new:
            yield "=", " → "
        if new:
            yield "+", new
    if note := _note(change):
        yield "note", f" ({note})"


def _value(change: Change, value: str | None) -> str:
    return words(value or "") if change.field == "status" else value or ""


def _part(name: str, values: tuple[object, object]) -> str:
    old, new = (_EMPTY if value is None else str(value) for value in values)
    return f"{_PARTS.get(name, words(name))}: {old} → {new}"


def _note(change: Change) -> str:
    if change.days:
        days = abs(change.days)
        return f"{days} day{'s' * (days != 1)} {'later' if change.days > 0 else 'earlier'}"
    if change.minor:
        return "the same date" if change.parts else "the same words"
    kinds = change.parts.get("kind", (None, None))
    return f"{kinds[0]} → {kinds[1]}" if None not in kinds else ""


def in_context(pieces: Sequence[Run]) -> Iterator[Run]:
    """Yield the pieces of a text, long ones that are in both cut to a few words at changes."""
    last = len(pieces) - 1
    if not last:
        yield pieces[0][0], pieces[0][1] if pieces[0][0] != "=" else short(pieces[0][1])
        return
    for at, (style, text) in enumerate(pieces):
        if style != "=":
            yield style, text
            continue
        tokens = text.split(" ")
        head = _AROUND if at else 0
        tail = _AROUND if at < last else 0
        if len(tokens) <= head + tail + 2:
            yield style, text
        else:
            parts = [*tokens[:head], "…", *tokens[len(tokens) - tail :]]
            yield style, " ".join(parts)


def short(text: str, length: int = 110) -> str:
    """Return `text`, cut at a word if it is longer than `length` characters."""
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0] + " …"


def headline(figures: Figures) -> str:
    """Return the counts of recommendations in one line."""
    changed = f"{figures.changed} changed"
    if figures.minor:
        changed += f" ({figures.minor} only slightly)"
    return (
        f"{figures.added} added, {figures.dropped} dropped, {changed}, "
        f"{figures.unchanged} unchanged"
    )


def field_rows(figures: Figures) -> list[tuple[str, str, str, str]]:
    """Return name, changed, of these small, and share in per cent of each field."""
    return [
        (words(name), str(one.changed), str(one.minor or ""), f"{one.share:.1%}")
        for name, one in figures.fields.items()
    ]


def notes(figures: Figures) -> list[str]:
    """Return what the figures say of statuses and target dates, a line each."""
    found = []
    if figures.status:
        moves = (
            f"{words(name).replace(' > ', ' → ')} {count}" for name, count in figures.status.items()
        )
        found.append(f"Status: {', '.join(moves)}")
    if figures.dates:
        moves = (f"{count} {name}" for name, count in figures.dates.items())
        middle = "" if figures.days is None else f"; median {figures.days:+g} days"
        found.append(f"Target dates: {', '.join(moves)}{middle}")
    return found


def safe(text: str) -> str:
    """Return `text` without signs that would steer a terminal or the direction of a page."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def side_line(one: Side) -> str:
    """Return a document in one line."""
    facts = [one.name, one.title or "", one.date or ""]
    count = f"{one.recommendations} recommendation{'s' * (one.recommendations != 1)}"
    return ", ".join([*(fact for fact in facts if fact), count])


def document_headline(diff: DatasetDiff) -> str:
    """Return the counts of documents in one line."""
    return (
        f"Documents: {len(diff.added)} added, {len(diff.dropped)} dropped, "
        f"{len(diff.documents)} changed, {diff.unchanged} unchanged"
    )


def number(record: RecordDiff) -> str:
    """Return the number of a recommendation: "3", or "3 → 4" where it has another one."""
    numbers = [ref.number or "none" for ref in (record.old, record.new) if ref]
    return " → ".join(dict.fromkeys(numbers)).replace("none", "no number")


def text_runs(record: RecordDiff) -> tuple[Run, ...]:
    """Return the text of a recommendation, as a whole, with what changed in it."""
    for change in record.changes:
        if change.field == "text" and record.state == "changed":
            note: tuple[Run, ...] = (("note", f" ({_note(change)})"),) if change.minor else ()
            return (*(change.words or _swapped(change)), *note)
    ref = record.new or record.old
    return (("=", ref.text if ref else ""),)


def _swapped(change: Change) -> tuple[Run, ...]:
    return ("-", change.old or _EMPTY), ("+", change.new or _EMPTY)


def by_section(diff: PlanDiff) -> list[tuple[str, list[RecordDiff]]]:
    """Return the recommendations that differ under the names of their sections, in order."""
    found: dict[str, list[RecordDiff]] = {}
    for record in diff.records:
        ref = record.new or record.old
        found.setdefault((ref.section if ref else None) or "", []).append(record)
    return list(found.items())
