"""What the desk knows of the record model is all of it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel

from actionplan.normalise.columns import vocabulary
from actionplan.normalise.issues import ISSUES
from actionplan.parsing import PARSED_FIELDS, column_fields, parse_text
from actionplan.review import paths
from actionplan.review.desk import Desk
from actionplan.review.fields import document_forms, field_of_column, record_forms
from actionplan.review.record_edits import merge_records
from actionplan.review.severity import severity_of
from actionplan.review.state import DocumentState
from actionplan.schemas.plan import Action, Agency, Document, Lead, Plan, Recommendation, Update
from tests.conftest import ROOT
from tests.dataset.plans import full_plan
from tests.review.made import made_folder

OF_THE_READING = {
    *("id", "section", "key", "level_evidence", "theme_evidence"),
    *("confidence", "issues", "provenance", "cells"),
}


def test_each_field_of_a_record_has_its_form() -> None:
    assert set(record_forms()) == set(Recommendation.model_fields) - OF_THE_READING
    assert set(document_forms()) <= set(Document.model_fields)


def test_each_field_of_a_column_leads_to_one_of_a_record() -> None:
    assert set(vocabulary().fields) - set(field_of_column()) == {"ignore", "unknown"}
    assert {part for one in column_fields() for part in one.split("+")} == set(vocabulary().fields)


def test_an_empty_item_has_all_parts() -> None:
    models: dict[str, type[BaseModel]] = {
        "leads": Lead,
        "agencies": Agency,
        "actions": Action,
        "updates": Update,
    }
    for name, model in models.items():
        assert paths.EMPTY_ITEMS[name].keys() == model.model_fields.keys()


def test_merging_forgets_no_field() -> None:
    """Two records that have all fields: nothing of the second one is lost."""
    plan = full_plan().model_dump(mode="json")
    first = plan["recommendations"][0]
    second = {**first, "id": "s1-r2", "key": "ffffffffffff-1"}
    for name, value in first.items():
        if name not in OF_THE_READING:
            second[name] = _other(value)
    plan["recommendations"].append(second)
    state = DocumentState.start("full", Plan.model_validate(plan).model_dump(mode="json"))
    state.draft.apply(merge_records(state, first["key"], second["key"]).changes)
    text = str(state.draft.records[first["key"]])
    kept_of_the_first = {"number", "label"}  # they are of the one alone
    for name, value in second.items():
        if name not in OF_THE_READING | kept_of_the_first:
            for word in _texts(value):
                assert word in text, name


def _other(value: object) -> object:
    if isinstance(value, str):
        return f"{value} too" if " " in value else value
    if isinstance(value, list):
        return [_other(one) for one in value]
    return {k: _other(v) for k, v in value.items()} if isinstance(value, dict) else value


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value] if " " in value else []
    values = list(value.values()) if isinstance(value, dict) else value
    return [text for one in values for text in _texts(one)] if isinstance(values, list) else []


def test_weights_are_of_known_doubts() -> None:
    source = (ROOT / "review" / "data" / "severity.toml").read_text(encoding="utf-8")
    own = tomllib.loads(source)["severity"]
    assert own.keys() <= ISSUES.keys()
    assert all(0 <= severity_of(code) <= 1 for code in ISSUES)
    assert max(ISSUES, key=severity_of) in ("ocr-low-confidence", "garbled-text")
    assert severity_of("a-code-of-another-stage") == 0.1


@pytest.mark.parametrize("field", sorted(PARSED_FIELDS))
def test_empty_text_is_no_value(field: str) -> None:
    value = parse_text(field, " \n ").value
    if isinstance(value, dict):
        value = value["text"] or None
    assert not value


READINGS = [
    ("target", "by end of March 2014", [("Day", "2014-03-31")]),
    ("target", "March 2014", [("Time", "2014-03-01 to 2014-03-31")]),
    ("target", "1st April 2013 and ongoing", [("Day", "2013-04-01"), ("Kind", "date and ongoing")]),
    ("target", "Ongoing", [("Kind", "ongoing")]),
    ("completion", "2 May 2016", [("Day", "2016-05-02")]),
    (
        "lead",
        "Ms Bo Dunn, Head of Housing",
        [("Person", "Ms Bo Dunn"), ("Post", "Head of Housing")],
    ),
    (
        "leads",
        "Head of Care\nHead of Housing",
        [("Post", "Head of Care"), ("Post", "Head of Housing")],
    ),
    (
        "actions",
        "1. Train staff.\n2. Tell all.",
        [("Action 1", "Train staff."), ("Action 2", "Tell all.")],
    ),
    ("update", "Feb 2014: Done.", [("Update 2014-02", "Done."), ("Status", "completed")]),
    ("status", "Not started", [("Status", "not started")]),
    ("agency", "HC", [("Agency", "Harrowmere Council"), ("Type", "council")]),
    ("text", "As  it stands", []),
]


@pytest.mark.parametrize(("field", "text", "parts"), READINGS)
def test_what_is_typed_is_read_as_a_cell_would_be(
    tmp_path: Path, field: str, text: str, parts: list[tuple[str, str]]
) -> None:
    with Desk(made_folder(tmp_path)) as desk:
        reading = desk.read_text(field, text, "marlow")
        assert list(reading.parts) == parts


@pytest.mark.parametrize(
    ("field", "text", "message"),
    [
        ("target", "31 June 2014", "There is no 31 June 2014"),
        ("target", "March 2014, revised to June 2014", "names a later date"),
        ("completion", "31 June 2014", "no calendar has that day"),
        ("leads", "The forms are kept in a safe place now.", "names no person, post or body"),
        ("leads", "Vacant", "vacant"),
    ],
)
def test_doubts_about_what_is_typed_are_told(
    tmp_path: Path, field: str, text: str, message: str
) -> None:
    with Desk(made_folder(tmp_path)) as desk:
        assert message in " ".join(desk.read_text(field, text).issues)


def test_nothing_typed_is_nothing_read(tmp_path: Path) -> None:
    with Desk(made_folder(tmp_path)) as desk:
        assert all(desk.read_text(field, " ").empty for field in (*PARSED_FIELDS, "text"))
        assert "theme" in desk.column_fields()
