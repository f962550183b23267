"""What an export can hold: the fields that a mapping chooses from, listed in ``fields.toml``."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib import resources
from typing import NamedTuple

Cell = str | float | date | list[str] | None
Row = dict[str, Cell]
"""The values of all fields of one row, by name."""


class Field(NamedTuple):
    """A field of a row.

    Attributes:
        kind: text, date, number, code, list or link.
        meaning: one sentence for the reader of an export.
    """

    name: str
    kind: str
    meaning: str


@cache
def fields() -> dict[str, Field]:
    """Return all fields by name."""
    source = resources.files("actionplan.normalise.export") / "fields.toml"
    found = tomllib.loads(source.read_text(encoding="utf-8"))
    return {name: Field(name, one["kind"], one["meaning"]) for name, one in found.items()}
