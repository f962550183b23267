"""Mapping files: what ships is sound, and what is wrong in a file is told clearly."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from actionplan.normalise.export.fields import fields
from actionplan.normalise.export.mapping import FORMS, load_mapping, shipped
from actionplan.normalise.export.render import render
from actionplan.normalise.export.rows import export_row
from actionplan.normalise.export.select import select
from actionplan.schemas.plan import StatusValue
from tests.conftest import ROOT, Run
from tests.dataset.plans import full_plan, write


def file(folder: Path, text: str) -> str:
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("name", shipped())
def test_each_shipped_mapping_has_key_summary_and_source(name: str) -> None:
    mapping = load_mapping(name, None)
    held = {column.field for column in mapping.columns}
    if mapping.to != "ics":  # a calendar has them in its own properties
        assert {"key", "summary", "page", "row", "link", "due"} <= held
        assert held & {"description", "recommendation"}
    words = mapping.values.get("status")
    assert words is None or words.keys() == set(get_args(StatusValue))
    assert f"`{name}`" in (ROOT / "docs" / "export.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", FORMS)
def test_each_form_has_a_mapping_of_its_name(form: str) -> None:
    assert load_mapping(None, form).to == form


def test_each_field_is_described() -> None:
    for field in fields().values():
        assert field.kind in {"text", "date", "number", "code", "list", "link"}
        assert field.meaning.endswith(".")


def test_columns_are_renamed_dropped_and_added(tmp_path: Path) -> None:
    name = file(
        tmp_path,
        """
        base = "smartsheet"
        drop = ["Themes", "page"]
        [rename]
        "Lead" = "Officer"
        summary = "Primary"
        [[add]]
        header = "Programme"
        value = "Reviews"
        [[add]]
        header = "All progress"
        field = "updates"
        [values.status]
        ongoing = "Rolling"
        """,
    )
    mapping = load_mapping(name, None)
    base = load_mapping("smartsheet", None)
    table = render(mapping, [export_row(item) for item in select([full_plan()]).items])
    renamed = {"Task Name": "Primary", "Lead": "Officer"}
    kept = [renamed.get(c.header, c.header) for c in base.columns]
    assert table.headers == [
        *(header for header in kept if header not in ("Themes", "Page")),
        "Programme",
        "All progress",
    ]
    (row,) = (dict(zip(table.headers, one, strict=True)) for one in table.rows)
    assert row["Programme"] == "Reviews"
    assert row["All progress"] == "Update May 2014: It was held."
    assert row["Status"] == "Complete"
    assert mapping.values["status"] == {**base.values["status"], "ongoing": "Rolling"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("drop = ['Nothing']", "there is no column 'Nothing'; there are Key, Record key"),
        ("[rename]\n'Nothing' = 'x'", "there is no column 'Nothing'"),
        ("[rename]\n'Key' = 'Lead'", "two columns are called 'Lead'"),
        ("[rename]\n'Key' = 3", "no header"),
        ("[[add]]\nheader = 'x'\nfield = 'nothing'", "'nothing' is no field; choose from key"),
        ("[[add]]\nfield = 'key'", "a column has no header"),
        ("[[add]]\nheader = 'x'\nfield = 'key'\nvalue = 'y'", "both 'field' and 'value'"),
        ("[[add]]\nheader = 'x'\nlimit = 0", "'limit' is less than 1"),
        ("[[add]]\nheader = 'x'\nlimit = true", "'limit' is no whole number"),
        ("[[add]]\nheader = 'x'\nchoices = [1]", "'choices' are texts"),
        ("[[add]]\nheader = 'x'\ncolour = 'red'", "the key 'colour' is unknown"),
        ("add = 3", "'add' is no list"),
        ("colour = 'red'", "the key 'colour' is unknown"),
        ("base = 'nothing'", "'base' is 'nothing'; it is one of csv, excel"),
        ("to = 'word'\nbase = 'csv'", "'to' is 'word'; it is one of excel, jira, ics, csv"),
        ("base = 'csv'\n[[column]]\nheader = 'x'", "both 'base' and [[column]]"),
        ("column = []", "no column is left"),
        ("component = 'journal'", "'component' is event or todo"),
        ("[values.lead]\nx = 'y'", "only status, status_basis have other words"),
        ("[values.status]\ncompleted = 1", "[values.status] holds texts"),
        ("to = ", "is not TOML"),
    ],
)
def test_what_is_wrong_in_a_mapping_is_a_usage_error(
    run: Run, tmp_path: Path, text: str, told: str
) -> None:
    write(tmp_path / "plans", full_plan())
    name = file(tmp_path, text)
    ran = run(
        "export", tmp_path / "plans", "--to", "csv", "--mapping", name, "-o", tmp_path / "out"
    )
    assert ran.code == 2
    assert ran.out == ""
    assert told in ran.err
    assert "see docs/export.md" in ran.err
    assert ran.err.count("\n") == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--mapping", "nothing"], "no mapping is called 'nothing'; there are csv, excel"),
        ([], "name a form (excel, jira, ics, csv) or a mapping"),
        (["--to", "jira", "--mapping", "smartsheet"], "Jira needs a column with jira = 'summary'"),
        (["--to", "ics", "--mapping", "csv"], "'Key' is no property of a calendar entry"),
        (["--mapping", "absent.toml"], "absent.toml"),
        (["--mapping", "state.toml"], "STATUS takes the field status alone"),
        (["--to", "csv", "--known", "x.csv"], "--known goes with --to jira alone"),
    ],
)
def test_what_does_not_go_together_is_a_usage_error(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    told: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    state = "base = 'tasks'\ndrop = ['STATUS']\n[[add]]\nheader = 'STATUS'\nfield = 'key'\n"
    (tmp_path / "state.toml").write_text(state, encoding="utf-8")
    write(tmp_path / "plans", full_plan())
    ran = run("export", tmp_path / "plans", "-o", tmp_path / "out", *arguments)
    assert ran.code == 2
    assert told in ran.err


def test_too_many_rows_for_the_target_are_told() -> None:
    mapping = load_mapping("monday", None)
    (row,) = (export_row(item) for item in select([full_plan()]).items)
    table = render(mapping, [row] * 8001)
    assert len(table.rows) == 8001
    assert [note.message for note in table.notes if note.row is None] == [
        "8001 rows, and monday takes 8000 at once: import it in parts"
    ]
