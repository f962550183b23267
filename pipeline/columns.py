"""The file of ``--columns``: which field each column holds."""

from __future__ import annotations

import tomllib
from pathlib import Path

from actionplan.errors import ColumnMapError
from actionplan.normalise.columns import vocabulary


def load_columns(path: Path) -> dict[str, str]:
    """Return field by column header from a TOML file with a table ``[columns]``.

    Raises:
        ColumnMapError: the file is missing, is no TOML, or names an unknown field.
    """
    try:
        value = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ColumnMapError(path, "cannot be read") from error
    except tomllib.TOMLDecodeError as error:
        raise ColumnMapError(path, f"is not TOML ({error})") from error
    columns = value.get("columns")
    if not isinstance(columns, dict) or not columns:
        raise ColumnMapError(path, "has no table [columns]")
    known = vocabulary().fields
    for header, field in columns.items():
        if not isinstance(field, str) or not set(field.split("+")) <= set(known):
            choice = ", ".join(known)
            raise ColumnMapError(
                path, f"{header!r} is given {field!r}, which is no field; choose from {choice}"
            )
    return columns
