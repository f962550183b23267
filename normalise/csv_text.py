"""CSV as text: one way to write a cell, which `read_rows` undoes.

A spreadsheet runs a cell that begins like a formula. Such a text gets an apostrophe in front; so
does one that begins with apostrophes and then like a formula, so that taking one away gives back
every text as it was. Rows end with a line feed; None and an empty text are an empty cell.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

# Signs and control characters that begin a formula, with their full-width and small forms, also
# behind white space or signs without width that a spreadsheet drops.
_BLANK = "[\\s\x00-\x1f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*"
_STARTS = "[=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\t\r\n]"
_FORMULA = re.compile(f"'*{_BLANK}{_STARTS}")
_GUARDED = re.compile(f"'+{_BLANK}{_STARTS}")
_QUOTED = re.compile('[",\r\n]|^\\s|\\s$')
_LONGEST = 2**31 - 1  # characters of a cell; the csv module stops at 131,072 by default


def csv_safe(value: object) -> object:
    """Return `value` so that no spreadsheet runs it as a formula: numbers and most texts as is."""
    if isinstance(value, str) and _FORMULA.match(value):
        return "'" + value
    return value


def csv_plain(text: str) -> str:
    """Undo `csv_safe`: return the text that it was given."""
    return text[1:] if _GUARDED.match(text) else text


def csv_line(values: Iterable[object]) -> str:
    """Return one row with its line feed; None is empty, a truth value ``true`` or ``false``."""
    return ",".join(map(_cell, values)) + "\n"


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return `rows` under a header of `columns`."""
    return "".join(map(csv_line, (columns, *rows)))


def read_rows(text: str) -> Iterator[list[str]]:
    """Yield the rows of a CSV text, the header first, with the guard taken off.

    Raises:
        csv.Error: a quoted cell is not closed, or goes on behind its closing quote.
    """
    csv.field_size_limit(_LONGEST)
    for row in csv.reader(io.StringIO(text, newline=""), strict=True):
        yield [csv_plain(cell) for cell in row]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return str(value)
    if _FORMULA.match(value):
        value = "'" + value
    if _QUOTED.search(value):
        return '"' + value.replace('"', '""') + '"'
    return value
