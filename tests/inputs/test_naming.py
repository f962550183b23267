"""Names of results: safe from any name of an input, never two alike, the same in each run."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionplan.naming import MAX_BYTES, folded, result_names, safe_name
from actionplan.origins import Source

NAMES = st.text(st.characters(codec=None), max_size=300)


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("Plan 2014 (final) – v1.2", "Plan 2014 (final) – v1.2"),
        ("Überprüfung", "Überprüfung"),
        ("a/b\\c", "a_b_c"),
        ("a\nb\x1b[31m", "a_b_[31m"),
        ('what? "yes" <b>|*:', "what_ _yes_ _b____"),
        ("con", "_con"),
        ("COM1.old", "_COM1.old"),
        ("console", "console"),
        (".hidden", "_hidden"),
        ("..", "_document"),
        ("", "document"),
        ("v1. ", "v1"),
        ("bad \udce9 byte", "bad _ byte"),
    ],
)
def test_a_name_stays_as_it_is_unless_it_means_something(stem: str, name: str) -> None:
    assert safe_name(stem) == name


@given(NAMES)
def test_any_name_is_safe(stem: str) -> None:
    name = safe_name(stem)
    assert 0 < len(name.encode()) <= MAX_BYTES
    assert not set(name) & set('/\\:*?"<>|')
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in name)
    assert not name.startswith((".", " "))
    assert not name.endswith((".", " "))
    assert name.split(".")[0].casefold() not in ("con", "prn", "aux", "nul", "com1", "lpt9")
    assert safe_name(name) == name


def test_long_names_that_begin_alike_stay_different(tmp_path: Path) -> None:
    long = "é" * 100
    first, second = safe_name(f"{long}1"), safe_name(f"{long}2")
    assert first != second
    (tmp_path / f".{first}-12.table-123.csv.1234567.part").touch()


@given(st.lists(st.sampled_from(["a", "A", "a-2", "ä", "a\u0308", "con", "x/y", "x\\y", "\n"])))
def test_names_are_never_alike(stems: list[str]) -> None:
    sources = [Source("member", "x.zip", f"{at}/{stem}.pdf") for at, stem in enumerate(stems)]
    names = result_names(sources, {})
    assert len({folded(name) for name in names}) == len(names)
    taken = {name: source.key for name, source in zip(names, sources, strict=True)}
    urls = [Source("url", f"https://host.example/{at}/{stem}") for at, stem in enumerate(stems)]
    first = result_names(urls, {})
    known = {name: source.key for name, source in zip(first, urls, strict=True)}
    assert result_names(urls[::-1], known) == first[::-1]
    assert not taken.keys() - set(names)


def test_many_inputs_of_one_name_take_no_longer_each() -> None:
    sources = [Source("url", f"https://host.example/{number}/plan.pdf") for number in range(20_000)]
    assert result_names(sources, {})[-1] == "plan-20000"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://host.example/a/Plan%202.pdf?version=3#page=2", "Plan 2.pdf"),
        ("https://host.example/download?id=7", "download"),
        ("https://host.example/", "host.example"),
        ("https://jo:secret@host.example", "host.example"),
        ("https://host.example/a%2F..%2Fb.pdf", "b.pdf"),
        ("https://host.example/%00%0A.pdf", "\ufffd\ufffd.pdf"),
    ],
)
def test_the_name_of_a_document_of_the_web(url: str, name: str) -> None:
    assert Source("url", url).name == name
