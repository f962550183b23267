"""Texts are cut at words, counted as the targets count, and never torn apart."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionplan.normalise.csv_text import csv_safe
from actionplan.normalise.export.calendar import fold
from actionplan.normalise.export.texts import (
    fit,
    label,
    printable,
    shorten,
    units,
    wiki_plain,
)


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("Train all staff", 15, "Train all staff"),
        ("Train all staff", 14, "Train all…"),
        ("Train all staff", 10, "Train all…"),
        ("Train all staff", 9, "Train…"),
        ("Safeguarding", 5, "Safe…"),
        ("🙂🙂🙂", 5, "🙂🙂…"),
        ("ae\u0301ae\u0301", 4, "ae\u0301…"),
        ("ae\u0301ae\u0301", 3, "a…"),
        ("👩🏽‍⚕️ nurse", 4, "…"),
    ],
)
def test_a_text_is_cut_at_a_word(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short


@given(st.text(), st.integers(1, 40))
def test_what_is_cut_is_short_enough_and_a_beginning(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert len(short.encode("utf-16-le", "surrogatepass")) // 2 <= limit or short == "…"
    assert units(text) == len(text) + sum(sign > "\uffff" for sign in text)
    if short == text:
        return
    assert units(text) > limit
    kept = short.removesuffix("…")
    assert text.startswith(kept)
    after = text[len(kept) :]
    assert not kept or not unicodedata.category(after[0]).startswith("M") or after[0].isspace()


@given(st.text(), st.integers(2, 40))
def test_the_guard_counts(text: str, limit: int) -> None:
    assert units(str(csv_safe(fit(text, limit)))) <= limit
    assert fit(text, None) == text


@given(st.text())
def test_what_is_printable_has_no_control_sign(text: str) -> None:
    clean = printable(text)
    bad = {s for s in clean if unicodedata.category(s) in ("Cc", "Cs") and s not in "\n\t"}
    assert not bad
    assert "\u2028" not in clean
    plain = [s for s in text if unicodedata.category(s) not in ("Cc", "Cs", "Zl", "Zp", "Cn")]
    assert [s for s in clean if s in set(plain)] == plain


@given(st.text(max_size=400))
def test_folded_lines_are_short_and_unfold(text: str) -> None:
    line = "X-TEXT:" + printable(text).replace("\n", "\\n")
    data = fold(line)
    assert all(len(one) <= 75 for one in data.split(b"\r\n"))
    assert data.endswith(b"\r\n")
    assert data.removesuffix(b"\r\n").replace(b"\r\n ", b"").decode() == line
    for one in data.split(b"\r\n"):
        one.decode()  # no character is cut in two


def test_markup_of_jira_does_nothing() -> None:
    assert wiki_plain("[~ann] {code} !x.png! Stop! Go") == r"\[~ann] \{code} \!x.png! Stop! Go"


@given(st.text())
def test_a_label_is_one_word(text: str) -> None:
    assert not re.search(r"[\s,;]", label(text))


def test_a_label_keeps_the_words() -> None:
    assert label("Children’s Services, Harrowmere") == "Children’s-Services-Harrowmere"
