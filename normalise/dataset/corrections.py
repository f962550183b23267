"""Corrections as data: what people found wrong, applied on each build by document and record key.

    [[correction]]
    document = "sha256:…"       # as in documents.csv
    record = "0123456789ab-1"   # the record key; left out: a field of the document itself
    field = "status.value"      # a path; numbers count lists from 0: "leads.0.post"
    old = "unknown"             # left out: empty (null)
    new = "completed"           # left out: empty (null)
    who = "A. Marlow"
    when = 2026-11-20
    why = "Confirmed by the Board."

A correction is applied only where the plan has the old value. One that no longer fits is reported,
never forced: its outcome is a row of the table `corrections`. A record keeps its key, whatever is
corrected in it.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from actionplan.schemas.dataset import Outcome

if TYPE_CHECKING:
    from actionplan.schemas.plan import Plan

_TEXTS = ("document", "record", "field", "who", "why")
_KEYS = frozenset({*_TEXTS, "old", "new", "when"})
_NEEDED = ("document", "field", "who", "when", "why")
_CODES = frozenset({"value", "basis", "kind", "ongoing", "edtf", "start", "end", "canonical"})
_FIXED = frozenset({"id", "key", "section"})  # they join the tables


class CorrectionsError(ValueError):
    """A file of corrections is not of the form that this module describes."""


class Correction(NamedTuple):
    """One correction; `position` counts from 1 in its file, `old` and `new` are JSON values."""

    file: str
    position: int
    document: str
    record: str | None
    field: str
    old: Any
    new: Any
    who: str
    when: str
    why: str


class Result(NamedTuple):
    """What came of a correction, and where it was not applied the value found instead."""

    outcome: Outcome
    found: str | None = None


def load_corrections(folder: Path) -> list[Correction]:
    """Return the corrections of all TOML files in `folder`, by file name and place.

    Raises:
        CorrectionsError: a file is no TOML, or an entry lacks a key or has an unknown one.
        OSError: a file cannot be read.
    """
    paths = sorted(folder.glob("*.toml")) if folder.is_dir() else []
    return [one for path in paths for one in _load(path)]


def _load(path: Path) -> Iterable[Correction]:
    try:
        value = tomllib.loads(path.read_bytes().decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CorrectionsError(f"{path}: is not TOML ({error})") from error
    entries = value.pop("correction", [])
    if value or not isinstance(entries, list):
        raise CorrectionsError(f"{path}: holds {[*value]} beside lists of [[correction]]")
    return [_entry(path, place, one) for place, one in enumerate(entries, 1)]


def _entry(path: Path, place: int, one: Any) -> Correction:
    where = f"{path}: correction {place}"
    if not isinstance(one, dict):
        raise CorrectionsError(f"{where} is no table")
    if unknown := sorted(one.keys() - _KEYS):
        raise CorrectionsError(f"{where} has the unknown key {unknown[0]!r}")
    if missing := [key for key in _NEEDED if key not in one]:
        raise CorrectionsError(f"{where} lacks {missing[0]!r}")
    if wrong := [key for key in _TEXTS if not isinstance(one.get(key, "x"), str)]:
        raise CorrectionsError(f"{where}: {wrong[0]!r} is no text")
    when = one["when"]
    if not isinstance(when, datetime.date):
        raise CorrectionsError(f"{where}: 'when' is no day; write it without quotes")
    day = when.date() if isinstance(when, datetime.datetime) else when
    return Correction(
        path.name,
        place,
        one["document"],
        one.get("record"),
        one["field"],
        _plain(one.get("old")),
        _plain(one.get("new")),
        one["who"],
        day.isoformat(),
        one["why"],
    )


def _plain(value: Any) -> Any:
    """A TOML value as a JSON value: days become ISO texts."""
    return json.loads(json.dumps(value, default=str))


def digest(corrections: Sequence[Correction]) -> str:
    """Return a fingerprint of all that decides what `corrections` do to a plan."""
    facts = [[one.document, one.record, one.field, one.old, one.new] for one in corrections]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def correct(plan: Plan, corrections: Sequence[Correction]) -> tuple[Plan, list[Result]]:
    """Apply `corrections`, all of this document, one after the other.

    Returns:
        The corrected plan (`plan` itself is left as it is), and the result of each correction.
    """
    results = []
    for one in corrections:
        plan, result = _correct(plan, one)
        results.append(result)
    return plan, results


def _correct(plan: Plan, one: Correction) -> tuple[Plan, Result]:
    from pydantic import ValidationError

    value = plan.model_dump(mode="json")
    item = _item(value, one.record)
    if item is None:
        return plan, Result("no-record")
    path = one.field.split(".")
    try:
        holder, last = _walk(item, path)
        found = holder[last]
    except (KeyError, IndexError, TypeError, ValueError):
        return plan, Result("invalid", "no such field")
    if path[0] in _FIXED:
        return plan, Result("invalid", "keys cannot be corrected")
    if found != one.old:
        return plan, Result("already" if found == one.new else "conflict", as_text(found))
    holder[last] = one.new
    try:
        return type(plan).model_validate(value), Result("applied")
    except ValidationError as error:
        return plan, Result("invalid", error.errors()[0]["msg"])


def _item(plan: Any, record: str | None) -> Any:
    if record is None:
        return plan["document"]
    return next((one for one in plan["recommendations"] if one["key"] == record), None)


def _walk(item: Any, path: Sequence[str]) -> tuple[Any, str | int]:
    """The list or table that holds the field, and the field's place in it."""
    for step in path[:-1]:
        item = item[_step(item, step)]
    return item, _step(item, path[-1])


def _step(item: Any, step: str) -> str | int:
    if not isinstance(item, dict | list):
        raise TypeError("neither list nor table")
    if isinstance(item, dict):
        return step
    if not step.isdecimal():
        raise ValueError("no place in a list")
    return int(step)


def as_text(value: Any) -> str | None:
    """Return a value for a cell: a text as it is, anything else as JSON, None for null."""
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def hidden(one: Correction, result: Result) -> tuple[Correction, Result]:
    """A correction and its result without what may be a text or a name; codes stay."""
    code = one.field.rpartition(".")[2] in _CODES
    told = one if code else one._replace(old=None, new=None)
    return told._replace(who="", why=""), result._replace(found=None)


def correction_rows(pairs: Iterable[tuple[Correction, Result]]) -> list[tuple[object, ...]]:
    """Return the rows of the table `corrections`, in the order of files and places."""
    return [
        (
            one.file,
            one.position,
            one.document,
            one.record,
            one.field,
            as_text(one.old) or None,
            as_text(one.new) or None,
            one.who or None,
            one.when,
            one.why or None,
            result.outcome,
            result.found or None,
        )
        for one, result in sorted(pairs, key=lambda pair: pair[0][:2])
    ]
