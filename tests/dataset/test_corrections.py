"""Corrections: applied where the old value is there, reported where it is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from actionplan.normalise.dataset.corrections import (
    Correction,
    CorrectionsError,
    correct,
    digest,
    load_corrections,
)
from actionplan.normalise.dataset.tables import read_csv
from tests.conftest import Run
from tests.dataset.plans import full_plan, identity, write

KEY = "0123456789ab-1"
ENTRY = """
[[correction]]
document = "{document}"
{record}
field = "{field}"
{values}
who = "A. Marlow"
when = 2026-11-20
why = "The Board confirmed it."
"""


def entry(field: str, values: str, document: str = "full", record: str | None = KEY) -> str:
    key = f'record = "{record}"' if record else ""
    return ENTRY.format(document=identity(document), record=key, field=field, values=values)


def one(field: str, old: Any, new: Any, record: str | None = KEY) -> Correction:
    return Correction("a.toml", 1, identity("full"), record, field, old, new, "A", "2026-11-20", "")


@pytest.mark.parametrize(
    ("field", "old", "new", "record"),
    [
        ("text", "Train all staff.", "Train all staff well.", KEY),
        ("status.value", "ongoing", "completed", KEY),
        ("leads.0.post", "Head of Care", None, KEY),
        ("actions.0.leads.0.name", "Ann Marlow", "Ann Marlowe", KEY),
        ("target.ongoing", True, False, KEY),
        ("confidence", 0.75, 1, KEY),
        ("themes", ["training"], ["training", "housing"], KEY),
        ("acceptance", "Agreed", None, KEY),
        ("provenance.text.0.page", 4, 5, KEY),
        ("title", "Review into the death of Anna", "Review", None),
        ("scanned_pages", [3], [], None),
    ],
)
def test_a_value_is_replaced(field: str, old: Any, new: Any, record: str | None) -> None:
    plan, before = full_plan(), full_plan()
    made, (result,) = correct(plan, [one(field, old, new, record)])
    assert result == ("applied", None)
    assert plan == before
    value: Any = made.document if record is None else made.recommendations[0]
    for step in field.split("."):
        value = (
            value[int(step)]
            if isinstance(value, list)
            else (value[step] if isinstance(value, dict) else getattr(value, step))
        )
    assert value == new
    again, (back,) = correct(made, [one(field, new, old, record)])
    assert (again, back.outcome) == (before, "applied")


@pytest.mark.parametrize(
    ("correction", "outcome", "found"),
    [
        (one("status.value", "unknown", "completed"), "conflict", "ongoing"),
        (one("status.value", "unknown", "ongoing"), "already", "ongoing"),
        (one("text", "x", "y", "ffffffffffff-1"), "no-record", None),
        (one("colour", "x", "y"), "invalid", "no such field"),
        (one("text.0", "x", "y"), "invalid", "no such field"),
        (one("leads.7.post", "x", "y"), "invalid", "no such field"),
        (one("leads.-1.post", "Head of Care", "y"), "invalid", "no such field"),
        (one("leads.x", "x", "y"), "invalid", "no such field"),
        (one("status.value", "ongoing", "finished"), "invalid", "Input should be"),
        (one("text", "Train all staff.", None), "invalid", "valid string"),
        (one("key", KEY, "x"), "invalid", "keys cannot be corrected"),
        (one("id", identity("full"), "x", None), "invalid", "keys cannot be corrected"),
    ],
)
def test_what_does_not_fit_is_reported(
    correction: Correction, outcome: str, found: str | None
) -> None:
    made, (result,) = correct(full_plan(), [correction])
    assert made == full_plan()
    assert result.outcome == outcome
    assert result.found is None if found is None else found in str(result.found)


def whole(change: str, key: str, values: dict[str, Any], after: str | None = None) -> Correction:
    """A correction that adds or removes a recommendation."""
    old, new = (None, values) if change == "add" else (values, None)
    plain = one("", old, new, key)
    return plain._replace(change=change, after=after)


NEW = {"id": "s1-n1", "section": "s1", "text": "Ask for help."}


@pytest.mark.parametrize(("after", "place"), [(None, 0), (KEY, 1), ("gone-1", 1)])
def test_a_recommendation_is_added(after: str | None, place: int) -> None:
    made, (result,) = correct(full_plan(), [whole("add", "ffffffffffff-1", NEW, after)])
    assert result.outcome == "applied"
    assert len(made.recommendations) == 2
    added = made.recommendations[place]
    assert (added.key, added.text, added.leads) == ("ffffffffffff-1", "Ask for help.", [])
    again, (second,) = correct(made, [whole("add", "ffffffffffff-1", NEW, after)])
    assert (again, second.outcome) == (made, "already")
    back, (third,) = correct(made, [whole("remove", "ffffffffffff-1", {"text": "Ask for help."})])
    assert (back, third.outcome) == (full_plan(), "applied")


@pytest.mark.parametrize(
    ("correction", "outcome", "found"),
    [
        (whole("add", KEY, NEW), "conflict", "Train all staff."),
        (whole("add", "f-1", {**NEW, "id": "s1-r1"}), "conflict", "there is a record s1-r1"),
        (whole("add", "f-1", {**NEW, "section": "s9"}), "invalid", "no such section"),
        (whole("add", "f-1", {"text": "Ask."}), "invalid", "Field required"),
        (whole("remove", KEY, {"text": "x"}), "conflict", "Train all staff."),
        (whole("remove", "f-1", {"text": "x"}), "already", None),
        (one("heading", "Plan", "A", None)._replace(section="s1"), "conflict", "Action plan"),
        (one("heading", "Plan", "A", None)._replace(section="s9"), "no-record", None),
        (one("kind", "agency", "x", None)._replace(section="s1"), "invalid", "Input should be"),
        (one("section", "s1", "s9"), "invalid", "no such section"),
        (one("audit.unassigned", 0, 1, None), "conflict", "6"),
    ],
)
def test_whole_recommendations_and_sections_that_do_not_fit(
    correction: Correction, outcome: str, found: str | None
) -> None:
    made, (result,) = correct(full_plan(), [correction])
    assert made == full_plan()
    assert result.outcome == outcome
    assert result.found is None if found is None else found in str(result.found)


def test_sections_and_other_parts_are_corrected() -> None:
    corrections = [
        one("columns.0.field", "actions", "outcome", None)._replace(section="s1"),
        one("sections.0.heading", "Action plan", "Plan", None),
        one(
            "unassigned",
            [{"page": 7, "bbox": [11.0, 12.0, 13.0, 14.0], "text": "Loose words"}],
            [],
            None,
        ),
    ]
    made, results = correct(full_plan(), corrections)
    assert [result.outcome for result in results] == ["applied"] * 3
    assert made.sections[0].columns[0].field == "outcome"
    assert (made.sections[0].heading, made.unassigned) == ("Plan", [])


def test_what_a_table_leaves_out_is_null() -> None:
    lead = {"name": "Ann Marlow", "post": "Head of Care", "organisation": "The Trust"}
    corrections = [
        one("leads", [{**lead, "text": "A. Marlow"}], [{"text": "Head of Care"}]),
        one("leads.0.post", None, "Head of Care"),
    ]
    made, results = correct(full_plan(), corrections)
    assert [result.outcome for result in results] == ["applied", "applied"]
    assert made.recommendations[0].leads[0].post == "Head of Care"
    assert made.recommendations[0].leads[0].name is None


def test_corrections_follow_each_other() -> None:
    first, second = one("number", "1", "2"), one("number", "2", "3")
    made, results = correct(full_plan(), [first, second])
    assert made.recommendations[0].number == "3"
    assert [result.outcome for result in results] == ["applied", "applied"]


def test_a_digest_tells_what_is_corrected_not_by_whom() -> None:
    first = one("number", "1", "2")
    assert digest([first]) == digest([first._replace(who="B", why="y", file="b.toml")])
    assert digest([first]) != digest([first._replace(new="3")])
    assert digest([first]) != digest([])


def test_corrections_are_part_of_the_dataset(tmp_path: Path, run: Run) -> None:
    plans, target = tmp_path / "plans", tmp_path / "dataset"
    write(plans, full_plan())
    folder = plans / "corrections"
    folder.mkdir()
    (folder / "a.toml").write_text(
        entry("status.value", 'old = "ongoing"\nnew = "completed"')
        + entry("leads.0.post", 'old = "Head of Care"')
        + entry("title", 'new = "Review"', record=None)
    )
    (folder / "b.toml").write_text(
        entry("text", 'old = "x"\nnew = "y"', document="gone")
        + entry("themes", 'old = ["training"]\nnew = ["=housing"]')
    )
    ran = run("dataset", "build", plans, "-o", target)
    assert ran.code == 0
    told = ran.err.splitlines()
    assert told[:2] == [
        "a.toml, correction 3 (title): conflict, found 'Review into the death of Anna'",
        "b.toml, correction 1 (text): no-document",
    ]
    assert "3 corrections applied" in told[2]
    (record,) = read_csv(target / "recommendations.csv", "recommendations")
    assert (record["status"], record["themes"], record["record_key"]) == (
        "completed",
        "=housing",
        KEY,
    )
    assert read_csv(target / "leads.csv", "leads")[0]["post"] is None
    rows = read_csv(target / "corrections.csv", "corrections")
    assert [(row["file"], row["position"], row["outcome"]) for row in rows] == [
        ("a.toml", 1, "applied"),
        ("a.toml", 2, "applied"),
        ("a.toml", 3, "conflict"),
        ("b.toml", 1, "no-document"),
        ("b.toml", 2, "applied"),
    ]
    assert (rows[1]["old"], rows[1]["new"], rows[1]["when"]) == ("Head of Care", None, "2026-11-20")
    assert rows[4]["new"] == '["=housing"]'


def test_a_correction_taken_back_is_undone(tmp_path: Path, run: Run) -> None:
    plans, target = tmp_path / "plans", tmp_path / "dataset"
    write(plans, full_plan())
    (plans / "mine").mkdir()
    path = plans / "mine" / "a.toml"
    numbers = []
    for text in ("", entry("number", 'old = "1"\nnew = "2"'), ""):
        path.write_text(text)
        ran = run("dataset", "build", plans, "-o", target, "-q", "--corrections", plans / "mine")
        assert ran.code == 0
        (record,) = read_csv(target / "recommendations.csv", "recommendations")
        numbers.append(record["number"])
    assert numbers == ["1", "2", "1"]


def test_files_are_read_by_name_and_times_become_days(tmp_path: Path) -> None:
    for name in ("b.toml", "a.toml"):
        (tmp_path / name).write_text(entry("x", "new = 2020-01-02"))
    (tmp_path / "a.toml").write_text(entry("x", "").replace("2026-11-20", "2026-11-20T10:00:00"))
    first, second = load_corrections(tmp_path)
    assert (first.file, first.when, first.new) == ("a.toml", "2026-11-20", None)
    assert (second.file, second.new) == ("b.toml", "2020-01-02")
    assert load_corrections(tmp_path / "none") == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('who = "A. Marlow"', "who = 3", "'who' is no text"),
        ("when = 2026-11-20", 'when = "2026-11-20"', "'when' is no day"),
        ('why = "', 'because = "', "unknown key 'because'"),
        ("when = 2026-11-20", "", "lacks 'when'"),
    ],
)
def test_an_entry_that_is_wrong_is_named(old: str, new: str, told: str, tmp_path: Path) -> None:
    text = entry("number", 'new = "2"')
    (tmp_path / "a.toml").write_text(text + text.replace(old, new))
    with pytest.raises(CorrectionsError, match=f"a.toml: correction 2.*{told}"):
        load_corrections(tmp_path)


def test_of_many_that_do_not_fit_some_are_told_and_all_listed(tmp_path: Path, run: Run) -> None:
    plans, target = tmp_path / "plans", tmp_path / "dataset"
    write(plans, full_plan())
    (plans / "corrections").mkdir()
    wrong = entry("number", 'old = "x"\nnew = "y"')
    (plans / "corrections" / "a.toml").write_text(wrong * 13)
    told = run("dataset", "build", plans, "-o", target, "-q").err.splitlines()
    assert len(told) == 11
    assert told[-1] == "3 more corrections were not applied: see corrections.csv"
    rows = read_csv(target / "corrections.csv", "corrections")
    assert [row["outcome"] for row in rows] == ["conflict"] * 13
