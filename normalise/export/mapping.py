"""Mapping files: which columns an export has, what they are called, and what the target can take.

    to = "csv"                 # the form: excel, jira, ics or csv
    base = "smartsheet"        # columns to start from; without it those of the form
    drop = ["Themes"]          # by header or field
    cell = 4000                # other settings: those of `Mapping`

    [rename]
    "Lead" = "Officer"         # a header (or field) and its new header

    [[add]]                    # a further column, behind the others
    header = "Programme"
    value = "Reviews"          # the same in each row; or: field = "..."

    [values.status]            # other words for what the record model calls it
    completed = "Done"

With `[[column]]` in place of `base`, the file lists all columns itself. The keys of a column are
those of `Column`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as Dict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from importlib import resources
from pathlib import Path
from typing import Any

from actionplan.normalise.export.fields import fields
from actionplan.normalise.export.settings import EXPORT

FORMS = ("excel", "jira", "ics", "csv")


class MappingError(ValueError):
    """A mapping is not there, or not of the form that this module describes."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an export.

    Attributes:
        header: what it is called there.
        field: where its values come from; null: `value`.
        value: the same in each row; empty: a column for people to fill.
        limit: most UTF-16 units of a cell.
        width: in a workbook, in characters.
        choices: values that a workbook offers.
        wiki: Jira reads markup in it.
        repeat: a list takes as many columns of this header as it has items.
        jira: Jira's name of the field; custom: the number of a custom field of Jira.
        meaning: for the legend of a workbook; empty: that of the field.
    """

    header: str
    field: str | None = None
    value: str = ""
    limit: int | None = None
    width: int = 16
    choices: tuple[str, ...] = ()
    wiki: bool = False
    repeat: bool = False
    jira: str = ""
    custom: str = ""
    meaning: str = ""

    @property
    def kind(self) -> str:
        """The kind of its field; text for a column of one value."""
        return fields()[self.field].kind if self.field else "text"


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping file.

    Attributes:
        name: of the file.
        to: the form.
        columns: in order.
        values: other words for codes, by field.
        cell: most UTF-16 units of any cell.
        rows: most rows of a file.
        summary: most UTF-16 units of a summary.
        component: of a calendar: event or todo.
        updates: write the updates as a table of their own, too.
        table: a workbook has its rows in a table called "Actions", as Power Automate needs.
        project: Jira's key of the project.
    """

    name: str
    to: str
    columns: tuple[Column, ...]
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    cell: int | None = None
    rows: int | None = None
    summary: int = EXPORT.summary
    component: str = "event"
    updates: bool = False
    table: bool = False
    project: str = ""


_COLUMN: dict[str, type] = {
    "header": str,
    "field": str,
    "value": str,
    "limit": int,
    "width": int,
    "choices": list,
    "wiki": bool,
    "repeat": bool,
    "jira": str,
    "custom": str,
    "meaning": str,
}
_SETTINGS: dict[str, type] = {
    "cell": int,
    "rows": int,
    "summary": int,
    "component": str,
    "updates": bool,
    "table": bool,
    "project": str,
}
_OTHERS: dict[str, type] = {
    "to": str,
    "base": str,
    "drop": list,
    "rename": dict,
    "add": list,
    "column": list,
    "values": dict,
}


def shipped() -> list[str]:
    """Return the names of the mappings that come with the package."""
    folder = resources.files("actionplan.normalise.export") / "mappings"
    return sorted(one.name.removesuffix(".toml") for one in folder.iterdir())


def load_mapping(name: str | None, to: str | None) -> Mapping:
    """Return the mapping `name` (shipped, or a TOML file); without one that of the form `to`.

    Raises:
        MappingError: there is none of that name, the file is wrong, or neither is given.
        OSError: the file cannot be read.
    """
    if name is None:
        if to is None:
            raise MappingError(f"name a form ({', '.join(FORMS)}) or a mapping")
        name = to
    data = _read(name)
    where = Path(name).name
    mapping = _mapping(where, data, to)
    mapping = replace(mapping, to=to or mapping.to)
    if mapping.to == "jira" and not any(one.jira == "summary" for one in mapping.columns):
        raise MappingError(f"{where}: Jira needs a column with jira = 'summary'")
    if mapping.to == "excel":
        mapping = replace(mapping, cell=min(mapping.cell or EXPORT.excel_cell, EXPORT.excel_cell))
    return mapping


def _read(name: str) -> dict[str, Any]:
    if name in shipped():
        source = resources.files("actionplan.normalise.export") / "mappings" / f"{name}.toml"
        text = source.read_bytes()
    elif Path(name).suffix == ".toml" or Path(name).is_file():
        text = Path(name).read_bytes()
    else:
        raise MappingError(f"no mapping is called {name!r}; there are {', '.join(shipped())}")
    try:
        return tomllib.loads(text.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise MappingError(f"{name}: is not TOML ({error})") from error


def _mapping(name: str, data: Dict[str, Any], to: str | None) -> Mapping:
    _check_keys(name, data, _SETTINGS | _OTHERS)
    start = _start(name, data, to)
    columns = _changed(name, start.columns, data)
    headers = [column.header for column in columns]
    if again := [one for one in headers if headers.count(one) > 1]:
        raise MappingError(f"{name}: two columns are called {again[0]!r}")
    if not columns:
        raise MappingError(f"{name}: no column is left")
    settings = {key: data[key] for key in _SETTINGS if key in data}
    form = data.get("to", start.to)
    if form not in FORMS:
        raise MappingError(f"{name}: 'to' is {form!r}; it is one of {', '.join(FORMS)}")
    if settings.get("component", "event") not in ("event", "todo"):
        raise MappingError(f"{name}: 'component' is event or todo")
    own = _values(name, data.get("values", {}))
    values = start.values | {key: start.values.get(key, {}) | own[key] for key in own}
    return replace(start, name=name, to=form, columns=columns, values=values, **settings)


def _start(name: str, data: Dict[str, Any], to: str | None) -> Mapping:
    """What a file changes: the columns that it lists, those of its base, or those of the form."""
    if "column" in data:
        if "base" in data:
            raise MappingError(f"{name}: has both 'base' and [[column]]; keep one")
        columns = tuple(_column(name, one) for one in data["column"])
        return Mapping(name, data.get("to", to or "csv"), columns)
    base = data.get("base") or data.get("to") or to
    if base not in shipped():
        known = ", ".join(shipped())
        raise MappingError(f"{name}: 'base' is {base!r}; it is one of {known}")
    return _mapping(base, _read(base), None)


def _changed(name: str, start: Sequence[Column], data: Dict[str, Any]) -> tuple[Column, ...]:
    columns = list(start)
    for which in data.get("drop", []):
        columns.remove(_named(name, columns, which))
    for which, header in data.get("rename", {}).items():
        if not isinstance(header, str) or not header:
            raise MappingError(f"{name}: {which!r} is renamed to {header!r}, which is no header")
        old = _named(name, columns, which)
        columns[columns.index(old)] = replace(old, header=header)
    return (*columns, *(_column(name, one) for one in data.get("add", [])))


def _named(name: str, columns: Sequence[Column], which: object) -> Column:
    """The column of a header, or else of a field."""
    for one in columns:
        if one.header == which:
            return one
    for one in columns:
        if one.field == which:
            return one
    known = ", ".join(one.header for one in columns)
    raise MappingError(f"{name}: there is no column {which!r}; there are {known}")


def _column(name: str, data: object) -> Column:
    if not isinstance(data, dict) or not data.get("header"):
        raise MappingError(f"{name}: a column has no header")
    where = f"{name}: column {data['header']!r}"
    _check_keys(where, data, _COLUMN)
    source = data.get("field")
    if source is not None and source not in fields():
        known = ", ".join(fields())
        raise MappingError(f"{where}: {source!r} is no field; choose from {known}")
    if source is not None and "value" in data:
        raise MappingError(f"{where}: has both 'field' and 'value'; keep one")
    if not all(isinstance(one, str) for one in data.get("choices", [])):
        raise MappingError(f"{where}: 'choices' are texts")
    return Column(**{**data, "choices": tuple(data.get("choices", []))})


def _values(name: str, data: Dict[str, Any]) -> dict[str, dict[str, str]]:
    for key, words in data.items():
        if key not in fields() or fields()[key].kind != "code":
            known = ", ".join(one.name for one in fields().values() if one.kind == "code")
            raise MappingError(f"{name}: [values.{key}]: only {known} have other words")
        if not isinstance(words, dict) or not all(isinstance(one, str) for one in words.values()):
            raise MappingError(f"{name}: [values.{key}] holds texts")
    return {key: dict(words) for key, words in data.items()}


def _check_keys(where: str, data: Dict[str, Any], known: Dict[str, type]) -> None:
    for key, value in data.items():
        if key not in known:
            raise MappingError(f"{where}: the key {key!r} is unknown; there are {', '.join(known)}")
        if not isinstance(value, known[key]) or (known[key] is int and isinstance(value, bool)):
            raise MappingError(f"{where}: {key!r} is no {_NAMES[known[key]]}")
        if isinstance(value, int) and not isinstance(value, bool) and value < 1:
            raise MappingError(f"{where}: {key!r} is less than 1")


_NAMES = {str: "text", int: "whole number", bool: "true or false", list: "list", dict: "table"}
