"""Themes and levels of recommendations, by their words."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from typing import Any

import pytest

from actionplan.normalise.interpret import interpret
from actionplan.normalise.levels import read_levels
from actionplan.normalise.phrase_index import PhraseIndex
from actionplan.normalise.themes import by_theme, find_themes, read_themes, vocabulary
from actionplan.schemas.plan import Recommendation
from tests.conftest import ROOT
from tests.normalise.tables import band, document, line, table

LEAST = (0.85, 0.90)
"""Precision and recall on each half of the evaluation set; docs/themes.md has the figures."""


def themes(text: str) -> dict[str, list[str]]:
    """Return the themes of a text, each with its words."""
    return by_theme(find_themes(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Training for all staff.", {"training": ["Training"]}),
        ("Staff are to be trained in it.", {"training": ["trained"]}),
        ("Mend the roof of the train station.", {}),
        ("Renew the insurance policy.", {}),
        ("Policies and protocols.", {"policy_procedure": ["Policies", "protocols"]}),
        ("Use of DASH", {"risk_assessment": ["DASH"]}),
        ("He made a dash for it.", {}),
        ("A joined-up response.", {"multi_agency": ["joined-up"]}),
        ("A joined up response.", {"multi_agency": ["joined up"]}),
        ("The carer’s assessment.", {"family_carers": ["carer’s"]}),
        ("Refer to section 5 of the report.", {}),
        ("Refer each case.", {"referral_pathway": ["Refer"]}),
    ],
)
def test_words_tell_a_theme(text: str, expected: dict[str, list[str]]) -> None:
    assert themes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Northmoor Mental Health Trust should open at eight.",
        "The Community Safety and Housing Directorate should open at eight.",
        "Calder Drug and Alcohol Service should open at eight.",
    ],
)
def test_the_name_of_a_body_is_no_theme(text: str) -> None:
    assert themes(text) == {}


def test_capitals_throughout_are_no_names() -> None:
    assert list(themes("ALL HOUSING STAFF TO ATTEND TRAINING BY THE BOARD")) == [
        "training",
        "housing",
    ]


def test_themes_stand_in_the_order_of_the_vocabulary() -> None:
    ids = [theme.id for theme in vocabulary()]
    found = list(themes("Audit the records, share them with schools, and train all staff."))
    assert found == sorted(found, key=ids.index)
    assert len(found) >= 4


def test_actions_count_only_where_the_text_tells_none() -> None:
    actions = [[line("Train all staff.")]]
    assert list(read_themes([[line("As for 4.")]], actions).evidence) == ["training"]
    assert list(read_themes([[line("Audit the cases.")]], actions).evidence) == ["audit_research"]


def test_evidence_is_cited_by_the_line_it_stands_in() -> None:
    lines = [line("Write to every member about the risk"), line("assessment of last year.", y=112)]
    assert read_themes([lines]).lines == lines
    assert read_themes([[line("Go on."), line("Audit it.", y=112)]]).lines[0].text == "Audit it."


def records(*rows: Any, headers: Iterable[str] = ("No", "Recommendation", "Lead")) -> Any:
    """Return the records of a table with a column of leads and a date."""
    made = table([*headers, "Target date"], list(rows), heading="Overview report action plan")
    return interpret(document(made)).recommendations


def test_a_printed_theme_stays_as_printed_and_counts() -> None:
    found: list[Recommendation] = records(
        band("Theme 2: Keeping records", 4),
        ["1", "Revise form B.", "Ann Marlow", "May 2019"],
        ["2", "Ask again.", "Ann Marlow", "May 2019"],
    )
    assert [one.printed_themes for one in found] == [["Theme 2: Keeping records"]] * 2
    assert [one.theme_evidence for one in found] == [{"record_keeping": ["records"]}] * 2
    assert found[0].provenance["themes"] == found[0].provenance["printed_themes"]


def test_records_carry_levels() -> None:
    headers = ("No", "Recommendation", "Scope of recommendation", "Lead")
    found = records(
        ["1", "Act on it.", "Local and regional", "Ann Marlow", "May 2019"],
        ["2", "The Home Office should act on it.", "", "Ann Marlow", "May 2019"],
        ["3", "Act on it.", "", "Ann Marlow", "May 2019"],
        headers=headers,
    )
    assert [one.levels for one in found] == [["local", "regional"], ["national"], []]
    assert [one.level_evidence for one in found] == ["Local and regional", "Home Office", None]


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("Local", ["local"]),
        ("NATIONAL", ["national"]),
        ("Local/Regional", ["local", "regional"]),
        ("National and local", ["local", "national"]),
        ("Local (not national)", ["local"]),
        ("☒ Local ☐ Regional ☐ National", ["local"]),
        ("Local ☐ Regional ☒ National ☑", ["regional", "national"]),
        ("[ ] Local [x] National", ["national"]),
        ("Trust-wide", ["local"]),
        ("N/A", []),
        ("See above", []),
    ],
)
def test_level_of_a_column(scope: str, expected: list[str]) -> None:
    assert read_levels(scope, "Act on it.").levels == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("That NHS England considers the matter.", ["national"]),
        ("The Ministry of Justice is asked to look at it.", ["national"]),
        ("Raise this at local and national level.", ["local", "national"]),
        ("Use a nationally recognised tool.", []),
        ("Write to the Home Office about it.", []),
        ("Local services should meet.", []),
        ("The Government’s strategy should be read by all.", []),
        ("Share the lessons regionally.", ["regional"]),
    ],
)
def test_level_of_a_text(text: str, expected: list[str]) -> None:
    assert read_levels(None, text).levels == expected


def test_level_of_what_stands_above() -> None:
    assert read_levels(None, "Act.", ["Rec 1", "National recommendations"]).levels == ["national"]
    assert read_levels("Local", "Act.", ["National recommendations"]).levels == ["local"]


def test_a_gap_ends_at_the_sentence() -> None:
    index = PhraseIndex([("a", "share ... information"), ("b", "sign|signs of the? end")])
    assert [one.tag for one in index.find("Share all the information.")] == ["a"]
    assert list(index.find("Share. The information is old.")) == []
    assert [one.tag for one in index.find("Signs of end, a sign of the end")] == ["b", "b"]


def test_a_phrase_may_not_begin_in_a_gap() -> None:
    with pytest.raises(ValueError, match="begins with"):
        PhraseIndex([("a", "the? end")])


@cache
def cells() -> list[dict[str, Any]]:
    """Return the cells of the evaluation set."""
    source = ROOT / "tests" / "evaluation" / "themes.toml"
    made: list[dict[str, Any]] = tomllib.loads(source.read_text(encoding="utf-8"))["cell"]
    return made


def found_in(cell: dict[str, Any]) -> set[str]:
    """Return the themes read from a cell."""
    told = [[line(text)] for text in (cell["text"], cell.get("printed", "")) if text]
    actions = [[line(text)] for text in cell.get("actions", ())]
    return set(read_themes(told, actions).evidence)


@pytest.mark.parametrize("half", [0, 1], ids=["study", "held-out"])
def test_evaluation_set(half: int) -> None:
    right = wrong = missed = 0
    for cell in cells()[half::2]:
        found, true = found_in(cell), set(cell["themes"])
        right += len(found & true)
        wrong += len(found - true - set(cell.get("may", ())))
        missed += len(true - found)
    assert right / (right + wrong) >= LEAST[0]
    assert right / (right + missed) >= LEAST[1]


def test_the_page_has_the_vocabulary() -> None:
    page = (ROOT / "docs" / "themes.md").read_text(encoding="utf-8")
    for theme in vocabulary():
        assert f"| `{theme.id}` | {theme.label} | {theme.definition} |" in page
