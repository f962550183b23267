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

A whole record is added or removed likewise:

    [[correction]]
    document = "sha256:…"
    change = "add"
    record = "aa00bb11cc22-1"   # the key that it gets, of no other record
    after = "0123456789ab-1"    # the record before it; left out: it is the first
    new = { id = "s1-n1", section = "s1", text = "The Board should …" }

    [[correction]]
    document = "sha256:…"
    change = "remove"
    record = "0123456789ab-1"
    old = { text = "Page 4 of 12" }  # fields that it has to have still

With `section` in place of `record`, `field` is one of a section (``columns.2.field``). Without
either it is one of the document, or begins with ``sections``, ``unassigned`` or ``audit``.

A correction is applied only where the plan has the old value; what is left out of a table is null.
One that no longer fits is reported, never forced: its outcome is a row of the table `corrections`.
A record keeps its key, whatever is corrected in it.
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

REVIEWED = ".review.toml"
"""How the names of files end that the review desk writes; they are applied last."""
_TEXTS = ("document", "record", "section", "change", "after", "field", "who", "why")
_KEYS = frozenset({*_TEXTS, "old", "new", "when"})
_ALWAYS = ("document", "who", "when", "why")
_NEEDED = {"set": ("field",), "add": ("record", "new"), "remove": ("record", "old")}
_ALLOWED = {
    "set": _KEYS - {"change", "after"},
    "add": _KEYS - {"old", "field", "section"},
    "remove": _KEYS - {"new", "field", "section", "after"},
}
_PARTS = frozenset({"sections", "unassigned", "audit"})
_CODES = frozenset({"value", "basis", "kind", "ongoing", "edtf", "start", "end", "canonical"})
_FIXED = frozenset({"id", "key"})  # they join the tables


class CorrectionsError(ValueError):
    """A file of corrections is not of the form that this module describes."""


class Correction(NamedTuple):
    """One correction; `position` counts from 1 in its file, `old` and `new` are JSON values.

    `change` is set, add or remove; `after` the key of the record before one that is added.
    """

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
    section: str | None = None
    change: str = "set"
    after: str | None = None

    @property
    def subject(self) -> str:
        """What it is about, in a word or two."""
        return self.field or f"{self.change} a recommendation"


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
    paths = folder.glob("*.toml") if folder.is_dir() else ()
    # What the review desk writes is made on what people wrote by hand.
    ordered = sorted(paths, key=lambda path: (path.name.endswith(REVIEWED), path.name))
    return [one for path in ordered for one in load_file(path)]


def load_file(path: Path) -> list[Correction]:
    """Return the corrections of one TOML file; errors as for `load_corrections`."""
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
    _check(where, one)
    when = one["when"]
    day = when.date() if isinstance(when, datetime.datetime) else when
    return Correction(
        path.name,
        place,
        one["document"],
        one.get("record"),
        one.get("field", ""),
        _plain(one.get("old")),
        _plain(one.get("new")),
        one["who"],
        day.isoformat(),
        one["why"],
        one.get("section"),
        one.get("change", "set"),
        one.get("after"),
    )


def _check(where: str, one: dict[str, Any]) -> None:
    """Check that an entry has the keys of its kind, and no others."""
    if wrong := [key for key in _TEXTS if not isinstance(one.get(key, "x"), str)]:
        raise CorrectionsError(f"{where}: {wrong[0]!r} is no text")
    change = one.get("change", "set")
    if change not in _NEEDED:
        raise CorrectionsError(f"{where}: there is no change {change!r}; choose add or remove")
    if unknown := sorted(one.keys() - _ALLOWED[change] - {"change"}):
        raise CorrectionsError(f"{where} has the unknown key {unknown[0]!r}")
    if missing := [key for key in (*_ALWAYS[:1], *_NEEDED[change], *_ALWAYS[1:]) if key not in one]:
        raise CorrectionsError(f"{where} lacks {missing[0]!r}")
    if "record" in one and "section" in one:
        raise CorrectionsError(f"{where} names both a record and a section")
    if not isinstance(one["when"], datetime.date):
        raise CorrectionsError(f"{where}: 'when' is no day; write it without quotes")
    table = {"add": "new", "remove": "old"}.get(change)
    if table and not isinstance(one[table], dict):
        raise CorrectionsError(f"{where}: {table!r} is no table")


def _plain(value: Any) -> Any:
    """A TOML value as a JSON value: days become ISO texts."""
    return json.loads(json.dumps(value, default=str))


def digest(corrections: Sequence[Correction]) -> str:
    """Return a fingerprint of all that decides what `corrections` do to a plan."""
    facts = [
        [one.document, one.record, one.section, one.field, one.old, one.new, one.change, one.after]
        for one in corrections
    ]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def correct(plan: Plan, corrections: Sequence[Correction]) -> tuple[Plan, list[Result]]:
    """Apply `corrections`, all of this document, one after the other.

    Returns:
        The corrected plan (`plan` itself is left as it is), and the result of each correction.
    """
    value = plan.model_dump(mode="json")
    results = [_CHANGES[one.change](value, one) for one in corrections]
    if any(result.outcome == "applied" for result in results):
        plan = type(plan).model_validate(value)
    return plan, results


def _set(plan: Any, one: Correction) -> Result:
    item, kind = _item(plan, one)
    if item is None:
        return Result("no-record")
    path = one.field.split(".")
    try:
        holder, last = _walk(item, path)
        found = holder[last]
    except (KeyError, IndexError, TypeError, ValueError):
        return Result("invalid", "no such field")
    if path[0] in _FIXED:
        return Result("invalid", "keys cannot be corrected")
    if _bare(found) != _bare(one.old):
        same = _bare(found) == _bare(one.new)
        return Result("already" if same else "conflict", as_text(found))
    if path == ["section"] and one.new not in {section["id"] for section in plan["sections"]}:
        return Result("invalid", "no such section")
    holder[last] = one.new
    problem = _completed(item, kind)
    if problem:
        holder[last] = found
    return Result("invalid", problem) if problem else Result("applied")


def _item(plan: Any, one: Correction) -> tuple[Any, str]:
    """The table that a correction is about, and the name of its model."""
    if one.record is not None:
        return _record(plan, one.record), "Recommendation"
    if one.section is not None:
        found = (section for section in plan["sections"] if section["id"] == one.section)
        return next(found, None), "Section"
    if one.field.partition(".")[0] in _PARTS:
        return plan, "Plan"
    return plan["document"], "Document"


def _completed(item: dict[str, Any], kind: str) -> str | None:
    """Give a table all that its model has; return what is wrong with it, if anything is."""
    from pydantic import ValidationError

    from actionplan.schemas import plan as models

    try:
        whole = getattr(models, kind).model_validate(item).model_dump(mode="json")
    except ValidationError as error:
        return str(error.errors()[0]["msg"])
    item.update(whole)
    return None


def _add(plan: Any, one: Correction) -> Result:
    record = {**one.new, "key": one.record}
    found = _record(plan, one.record)
    if problem := _completed(record, "Recommendation"):
        return Result("invalid", problem)
    if found is not None:
        return Result("already" if found == record else "conflict", found["text"])
    if record["section"] not in {section["id"] for section in plan["sections"]}:
        return Result("invalid", "no such section")
    records = plan["recommendations"]
    if any(other["id"] == record["id"] for other in records):
        return Result("conflict", f"there is a record {record['id']}")
    records.insert(_place(records, one.after, record["section"]), record)
    return Result("applied")


def _place(records: Sequence[Any], after: str | None, section: str) -> int:
    """Where a new record goes: below `after`; where that is gone, to the end of its section."""
    if after is None:
        return 0
    keys = [record["key"] for record in records]
    if after in keys:
        return keys.index(after) + 1
    own = [at for at, record in enumerate(records) if record["section"] == section]
    return own[-1] + 1 if own else len(records)


def _remove(plan: Any, one: Correction) -> Result:
    found = _record(plan, one.record)
    if found is None:
        return Result("already")
    for name, value in one.old.items():
        if _bare(found.get(name)) != _bare(value):
            return Result("conflict", as_text(found.get(name)))
    plan["recommendations"].remove(found)
    return Result("applied")


_CHANGES = {"set": _set, "add": _add, "remove": _remove}


def _record(plan: Any, key: str | None) -> Any:
    return next((one for one in plan["recommendations"] if one["key"] == key), None)


def _bare(value: Any) -> Any:
    """A value without what is null in its tables: TOML has no null."""
    if isinstance(value, dict):
        return {name: _bare(one) for name, one in value.items() if one is not None}
    return [_bare(one) for one in value] if isinstance(value, list) else value


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
            one.section,
            one.change,
            one.field or None,
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
