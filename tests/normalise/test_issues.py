"""Codes of doubt: each that the code gives is registered."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from actionplan.normalise.issues import ISSUES, cost, issue

ROOM = Path(__file__).parents[2] / "normalise"
SOURCES = {path.name: path.read_text(encoding="utf-8") for path in ROOM.glob("*.py")}
GIVEN = re.compile(
    r"(?:\bissue\(\s*|\bcode=)\"([a-z-]+)\"|^\s+\"\w+\": \(\"([a-z]+-[a-z-]+)\",", re.M
)


def codes_in(text: str) -> set[str]:
    """Return the codes that a source gives out."""
    return {one or other for one, other in GIVEN.findall(text)}


def test_every_code_given_is_registered() -> None:
    given = set().union(*map(codes_in, SOURCES.values()))
    assert len(given) > 10
    assert given - set(ISSUES) == set()


def test_every_registered_code_is_given_somewhere() -> None:
    others = "\n".join(text for name, text in SOURCES.items() if name != "issues.py")
    room = ROOM.parent / "extract"
    others += "\n".join(path.read_text(encoding="utf-8") for path in room.glob("*.py"))
    assert [code for code in ISSUES if f'"{code}"' not in others] == []


def test_a_code_takes_a_share_and_no_more() -> None:
    assert all(0 <= cost(code) < 1 for code in ISSUES)
    assert cost("of-another-stage") == 0.1


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(KeyError):
        issue("no-such-code", "text", "message")


def test_the_meaning_stands_in_for_a_message() -> None:
    assert issue("no-text", "text").message == ISSUES["no-text"].meaning
