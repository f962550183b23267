"""The evaluation set is complete and well-formed; nothing here measures the product."""

from __future__ import annotations

import calendar
import re
import tomllib
from collections import Counter
from collections.abc import Callable
from functools import cache
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pytest

from actionplan.schemas.plan import StatusBasis, StatusValue, TargetKind

HERE = Path(__file__).parent
QUOTA = {
    "leads": (300, 25),
    "targets": (300, 25),
    "updates": (200, 20),
    "statuses": (200, 15),
    "agencies": (200, 20),
    "themes": (200, 10),
    "people": (200, 15),
}
"""Least number of cells and of shapes in each file."""
PER_SHAPE = 8
CONTEXT = ("key", "header", "area", "document")
AGENCY_TYPES = {
    "police", "nhs_trust", "nhs_commissioner", "gp_practice", "council", "council_department",
    "probation", "prison", "partnership", "charity", "housing", "national", "education", "other",
    "",
}  # fmt: skip
KEYS = {
    "leads": {"shape", "text", "bold", "leads", "accept", "misplaced"},
    "targets": {
        "shape", "text", "edtf", "kind", "ongoing", "start", "end", "revised", "accept",
        "accept_kind", "misplaced",
    },
    "updates": {"shape", "header", "text", "bold", "updates", "accept"},
    "statuses": {"shape", "key", "text", "status", "basis", "acceptance", "accept"},
    "agencies": {"shape", "area", "document", "text", "agencies", "also", "ambiguous"},
    "themes": {"shape", "text", "printed", "actions", "themes", "may"},
    "people": {"shape", "leads", "subject", "text", "people", "may"},
}  # fmt: skip
POINT = re.compile(r"(\d{4}|XXXX)(?:-(\d{2})(?:-(\d{2}))?)?~?")
SEASONS = range(21, 25)


@cache
def cells(name: str) -> list[dict[str, Any]]:
    """Return one file's cells."""
    with (HERE / f"{name}.toml").open("rb") as file:
        found: list[dict[str, Any]] = tomllib.load(file)["cell"]
    return found


def running(text: str) -> str:
    """Return a cell's lines as running text, words cut by a line-end hyphen rejoined."""
    return " ".join(re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", text).split())


def words(text: str) -> set[str]:
    """Return the words of a text, without punctuation."""
    return set(re.findall(r"[^\W_]+", running(text)))


def is_point(text: str) -> bool:
    """Say whether an EDTF point (year, month, season or day) exists in the calendar."""
    match = POINT.fullmatch(text)
    if not match:
        return False
    year, month, day = match.groups()
    if month is None:
        return True
    if day is None:
        return 1 <= int(month) <= 12 or int(month) in SEASONS
    leap = 2000 if year == "XXXX" else int(year)
    return 1 <= int(month) <= 12 and 1 <= int(day) <= calendar.monthrange(leap, int(month))[1]


def is_edtf(text: str) -> bool:
    """Say whether a text is EDTF of the kinds that the set uses: a point or an interval."""
    ends = text.split("/")
    if len(ends) == 1:
        return is_point(text)
    known = [end for end in ends if end != ".."]
    return len(ends) == 2 and bool(known) and all(map(is_point, known)) and known == sorted(known)


@pytest.mark.parametrize("name", QUOTA)
def test_quotas(name: str) -> None:
    shapes = Counter(cell["shape"] for cell in cells(name))
    least, kinds = QUOTA[name]
    assert shapes.total() >= least
    assert len(shapes) >= kinds
    assert {shape: n for shape, n in shapes.items() if n < PER_SHAPE} == {}


@pytest.mark.parametrize("name", QUOTA)
def test_no_text_twice(name: str) -> None:
    seen = Counter(
        (running(cell["text"]), *(cell.get(key) for key in CONTEXT)) for cell in cells(name)
    )
    assert [text for text, n in seen.items() if n > 1] == []


@pytest.mark.parametrize("name", QUOTA)
def test_keys_are_known(name: str) -> None:
    assert set().union(*cells(name)) <= KEYS[name]


@pytest.mark.parametrize("name", QUOTA)
def test_the_readme_counts_the_shapes(name: str) -> None:
    readme = (HERE / "README.md").read_text(encoding="utf-8")
    section = readme.split(f"### {name}.toml", 1)[1].split("\n### ", 1)[0].split("\n## ", 1)[0]
    listed = {shape: int(n) for shape, n in re.findall(r"([a-z-]+) (\d+)[,.]", section)}
    assert listed == Counter(cell["shape"] for cell in cells(name))


def wrong(name: str, right: Callable[[dict[str, Any]], bool]) -> list[str]:
    """Return the texts of a file's cells that a check does not hold for."""
    return [running(cell["text"]) for cell in cells(name) if not right(cell)]


def leads_are_printed(cell: dict[str, Any]) -> bool:
    """Say whether leads are triples of printed words, each reading once."""
    readings = [cell["leads"], *cell.get("accept", [])]
    leads = [lead for leads in readings for lead in leads]
    return (
        all(len(lead) == 3 and any(lead) for lead in leads)
        and all(words(" ".join(lead)) <= words(cell["text"]) for lead in leads)
        and all(text in running(cell["text"]) for text in cell.get("bold", []))
        and running(cell.get("misplaced", "")) in running(cell["text"])
        and cell["leads"] not in cell.get("accept", [])
    )


def target_is_valid(cell: dict[str, Any]) -> bool:
    """Say whether kinds and dates of a target exist and agree with each other."""
    kinds, days = set(get_args(TargetKind)), [cell[k] for k in ("start", "end") if k in cell]
    dates = [cell["edtf"], *cell.get("accept", []), cell.get("revised", "")]
    return (
        cell["kind"] in kinds
        and set(cell.get("accept_kind", [])) <= kinds - {cell["kind"]}
        and all(not edtf or is_edtf(edtf) for edtf in dates)
        and cell["edtf"] not in cell.get("accept", [])
        and all(is_point(day) and len(day) == 10 for day in days)
        and days == sorted(days)
        and (not cell["edtf"] or cell["kind"] in ("date", "recurring"))
    )


def year_is_printed(cell: dict[str, Any]) -> bool:
    """Say whether a target's years, or for a financial year the one before, are printed."""
    printed = {int(digits) % 100 for digits in re.findall(r"\d+", cell["text"])}
    years = {int(year) % 100 for year in re.findall(r"(?:^|/)(\d{4})", cell["edtf"])}
    return all(year in printed or (year - 1) % 100 in printed for year in years)


def updates_follow_their_text(cell: dict[str, Any]) -> bool:
    """Say whether labels occur in order, texts as printed, and only labels have dates."""
    text, place = running(cell["text"]), 0
    labels = [label for label, _, _ in cell["updates"] if label]
    for label in labels[1:] if labels and labels[0] == cell.get("header") else labels:
        place = text.find(label, place) + len(label)
        if place < len(label):
            return False
    return set(cell.get("bold", [])) <= set(labels) and all(
        said in text and (not edtf or (bool(label) and is_edtf(edtf)))
        for label, edtf, said in cell["updates"]
    )


def no_word_is_lost(cell: dict[str, Any]) -> bool:
    """Say whether all words of a cell but the marks of its list are in its updates."""
    told = words(" ".join(f"{label} {said}" for label, _, said in cell["updates"]))
    left = {word for word in words(cell["text"]) - told if not re.fullmatch(r"\d|o", word)}
    return not left and told <= words(cell["text"]) | words(cell.get("header", ""))


def status_is_valid(cell: dict[str, Any]) -> bool:
    """Say whether a status and its basis exist and an acceptance is printed."""
    values = set(get_args(StatusValue))
    return (
        cell["status"] in values
        and set(cell.get("accept", [])) <= values - {cell["status"]}
        and cell["basis"] in get_args(StatusBasis)
        and cell.get("acceptance", "") in running(cell["text"])
    )


def agencies_are_printed(cell: dict[str, Any]) -> bool:
    """Say whether agencies are printed names of a known type, unresolved where ambiguous."""
    names = {name for name, _, _ in cell["agencies"]}
    return (
        all(name in running(cell["text"]) for name in names)
        and {kind for _, kind, _ in cell["agencies"]} <= AGENCY_TYPES
        and {name for name, _ in cell.get("also", [])} <= names
        and not (cell.get("ambiguous") and any(same for _, _, same in cell["agencies"]))
        and (bool(names) or cell["shape"] in ("no-agency", "heading"))
    )


def test_leads() -> None:
    assert wrong("leads", leads_are_printed) == []


def test_targets() -> None:
    assert wrong("targets", target_is_valid) == []


def test_no_year_of_a_target_is_made_up() -> None:
    assert wrong("targets", lambda it: it["shape"] == "untidy" or year_is_printed(it)) == []


def test_updates() -> None:
    assert wrong("updates", updates_follow_their_text) == []


def test_no_word_of_an_update_is_lost() -> None:
    assert wrong("updates", no_word_is_lost) == []


def test_updates_out_of_order_and_twice_are_there() -> None:
    dates = [[edtf for _, edtf, _ in cell["updates"] if edtf] for cell in cells("updates")]
    assert sum(any(a > b for a, b in pairwise(of_cell)) for of_cell in dates) >= 4
    assert sum(len(set(of_cell)) < len(of_cell) for of_cell in dates) >= 3


def test_statuses() -> None:
    assert wrong("statuses", status_is_valid) == []


@pytest.mark.parametrize("value", get_args(StatusValue))
def test_every_status_is_there(value: str) -> None:
    assert sum(cell["status"] == value for cell in cells("statuses")) >= 15


def test_agencies() -> None:
    assert wrong("agencies", agencies_are_printed) == []


@cache
def vocabulary() -> frozenset[str]:
    """Return the ids of the themes."""
    source = resources.files("actionplan.normalise") / "data" / "themes.toml"
    themes = tomllib.loads(source.read_text(encoding="utf-8"))["theme"]
    return frozenset(theme["id"] for theme in themes)


def themes_are_known(cell: dict[str, Any]) -> bool:
    """Say whether themes are of the vocabulary, each once."""
    named = [*cell["themes"], *cell.get("may", [])]
    return set(named) <= vocabulary() and len(named) == len(set(named))


def test_themes() -> None:
    assert wrong("themes", themes_are_known) == []


def test_every_theme_is_there() -> None:
    named = Counter(theme for cell in cells("themes") for theme in cell["themes"])
    assert {theme for theme in vocabulary() if named[theme] < PER_SHAPE} == set()


def people_are_printed(cell: dict[str, Any]) -> bool:
    """Say whether people are printed, in order, and traps name nobody."""
    place = 0
    for name in cell["people"]:
        place = cell["text"].find(name, place) + len(name)
        if place < len(name):
            return False
    nobody = str(cell["shape"]).startswith(("trap-", "no-"))
    return cell["shape"] == "contact" or bool(cell["people"]) != nobody


def test_people() -> None:
    assert wrong("people", people_are_printed) == []


@pytest.mark.parametrize(
    "text", ["2014-25", "2014-09-31", "2014-13", "2015/2014", "14-05", "../.."]
)
def test_no_wrong_date_passes(text: str) -> None:
    assert not is_edtf(text)
