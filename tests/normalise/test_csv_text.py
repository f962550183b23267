"""CSV cells: no formula starts, and everything comes back as it was."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from actionplan.normalise.csv_text import csv_plain, csv_safe, csv_text, read_rows

FORMULAS = [
    "=1+1",
    "+44 1632 960000",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r1",
    "\nnext line",
    "＝1＋1",
    "－ item",
    "＋1",
    "＠name",
    "﹦1",
    "  =1+1",
    "\u00a0-1",
    "\ufeff=1",
    "\u200b=1",
    "\u202e=1",
    '=HYPERLINK("http://example.org","x")',
]
HARMLESS = ["", "a=b", "Done - see below", "'quoted'", "– dash", "• point", "1-2", "'s", " 1"]


@pytest.mark.parametrize("text", FORMULAS, ids=ascii)
def test_formulas_are_disarmed_and_come_back(text: str) -> None:
    safe = csv_safe(text)
    assert safe == "'" + text
    assert csv_plain(str(safe)) == text


@pytest.mark.parametrize("value", [*HARMLESS, 3, -1.5, None, True], ids=ascii)
def test_other_values_stay(value: object) -> None:
    assert csv_safe(value) is value
    assert not isinstance(value, str) or csv_plain(value) == value


@pytest.mark.parametrize("text", ["'=1", "''=1", "' -1", "'\t"], ids=ascii)
def test_a_text_that_looks_guarded_comes_back_too(text: str) -> None:
    assert csv_safe(text) == "'" + text
    assert csv_plain("'" + text) == text


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=4))
@example([["one\r\ntwo", 'say "x", then'], ["\r", "\x00\u2028\x85"], ["a" * 200_000, "🙂 ‏עברית"]])
@example([["'", "'="], [" ", "="], ["\n", "x "]])
def test_any_text_comes_back(rows: list[list[str]]) -> None:
    assert list(read_rows(csv_text(["a", "b"], rows))) == [["a", "b"], *rows]


@given(st.text(alphabet="'=+-@\t\r\n \"a＝\ufeff", max_size=6))
def test_no_cell_starts_a_formula(text: str) -> None:
    (row,) = csv.reader(io.StringIO(csv_text([text, "b"], []), newline=""))
    start = row[0].lstrip(" \ufeff")[:1]
    assert start not in set("=+-@\t\r\n＝")


def test_values_that_are_no_texts() -> None:
    assert csv_text(["a", "b", "c", "d"], [[None, True, 0.1, -2]]) == "a,b,c,d\n,true,0.1,-2\n"


def test_an_open_quote_is_an_error() -> None:
    with pytest.raises(csv.Error):
        list(read_rows('a,b\n"x,1\n'))
