"""CSV, Jira and calendar files, read back by other readers and compared with the plan files."""

from __future__ import annotations

import csv
import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionplan.normalise.csv_text import csv_plain
from actionplan.normalise.export.calendar import write_calendar
from actionplan.normalise.export.mapping import load_mapping, shipped
from actionplan.normalise.export.rows import export_row
from actionplan.normalise.export.select import select
from actionplan.normalise.export.texts import printable
from actionplan.schemas.plan import Update
from tests.conftest import Run
from tests.dataset.plans import plan, target, write
from tests.export.made import LONG, NASTY, due_day, expected, plan_values, rich_plan

FORMULA = re.compile(r"[\s\x00-\x1f\u200b]*[=+\-@＝＋－＠]")
STAMP = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def table(path: Path) -> tuple[list[str], list[list[str]]]:
    """Header and rows of a CSV file, the guard taken off."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file, strict=True)
    assert {len(row) for row in rows} <= {len(header)}
    assert not [cell for row in rows for cell in row if FORMULA.match(cell)]
    return header, [[csv_plain(cell) for cell in row] for row in rows]


def records(path: Path) -> list[dict[str, str]]:
    header, rows = table(path)
    return [dict(zip(header, row, strict=True)) for row in rows]


def exported(run: Run, plans: Path, target: Path, *more: object) -> str:
    ran = run("export", plans, "-o", target, "-q", *more)
    assert (ran.code, ran.out) == (0, "")
    return ran.err


@pytest.fixture
def nasty(tmp_path: Path) -> Path:
    """A folder of plan files with texts that break files."""
    made = plan("nasty", [*NASTY, LONG])
    for record in made.recommendations:
        record.target = target("2015-03-31")
    write(tmp_path / "plans", made, rich_plan())
    return tmp_path / "plans"


def test_all_of_the_samples_is_in_the_csv_file(run: Run, converted: Path, tmp_path: Path) -> None:
    exported(run, converted, tmp_path, "--to", "csv", "--repeated")
    wanted = expected(plan_values(converted))
    rows = records(tmp_path / "actions.csv")
    assert len(rows) == len(wanted) > 400
    assert len({row["Key"] for row in rows}) == len(rows)
    for row, (document, record, action) in zip(rows, wanted, strict=True):
        assert row["Record key"] == record["key"]
        assert row["Recommendation"] == record["text"]
        assert row["Action"] == (action["text"] if action else "")
        assert row["Number"] == (record["number"] or "")
        assert row["Due date"] == (due_day(record, action) or "")
        assert row["Document"] == document["name"]
        assert row["Row"] == record["id"]
        assert row["Owner"] == ""
        assert record["text"] in row["Description"]
        assert all(update["text"] in row["Progress"] for update in record["updates"])
        assert row["Link"].endswith(f"#page={row['Page']}")
        places = [p["page"] for found in record["provenance"].values() for p in found]
        assert int(row["Page"]) in places


def test_a_second_export_has_the_same_keys(run: Run, nasty: Path, tmp_path: Path) -> None:
    exported(run, nasty, tmp_path / "one", "--to", "csv")
    before = (tmp_path / "one" / "actions.csv").read_bytes()
    changed = rich_plan()
    changed.recommendations[0].actions[0].text = "Book two courses."
    changed.recommendations[1].updates = []
    changed.recommendations.append(plan("x", ["A new one."]).recommendations[0])
    write(nasty, changed)
    exported(run, nasty, tmp_path / "two", "--to", "csv")
    old = [row["Key"] for row in records(tmp_path / "one" / "actions.csv")]
    new = [row["Key"] for row in records(tmp_path / "two" / "actions.csv")]
    assert [key for key in new if key in old] == old
    assert len(new) == len(old) + 1
    write(nasty, rich_plan())
    exported(run, nasty, tmp_path / "two", "--to", "csv")
    assert (tmp_path / "two" / "actions.csv").read_bytes() == before


def test_texts_that_break_files_come_back_as_they_were(
    run: Run, nasty: Path, tmp_path: Path
) -> None:
    exported(run, nasty, tmp_path, "--to", "csv", "--bom")
    assert (tmp_path / "actions.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    header, rows = table(tmp_path / "actions.csv")
    place = header.index("Recommendation")
    assert [row[place] for row in rows[: len(NASTY) + 1]] == [*NASTY, LONG]


@pytest.mark.parametrize("name", [n for n in shipped() if load_mapping(n, None).to == "csv"])
def test_what_the_target_cannot_take_is_cut_and_told(
    run: Run, nasty: Path, tmp_path: Path, name: str
) -> None:
    mapping = load_mapping(name, None)
    told = exported(run, nasty, tmp_path, "--mapping", name)
    limits = tmp_path / f"{name}.limits.csv"
    longest = max(len(cell) for row in table(tmp_path / f"{name}.csv")[1] for cell in row)
    if mapping.cell is None:
        assert longest > len(LONG)
        assert told == ""
        assert not limits.exists()
        return
    assert mapping.cell - 60 < longest <= mapping.cell
    assert f"{name} takes {mapping.cell:,}" in told
    assert told.splitlines()[-1].endswith(f"is listed in {limits}")
    cut = records(limits)
    assert {row["document"] for row in cut} == {"nasty.pdf"}
    assert all(row["problem"].startswith("cut: 4") for row in cut if row["column"])
    (tmp_path / "few").mkdir()
    write(tmp_path / "few", rich_plan())
    exported(run, tmp_path / "few", tmp_path, "--mapping", name)
    assert not limits.exists()


def test_of_many_cuts_the_first_are_shown_and_all_are_listed(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "plans", plan("long", [f"{n} {LONG}" for n in range(12)]))
    own = tmp_path / "own.toml"
    own.write_text("cell = 100\n[[column]]\nheader = 'Text'\nfield = 'recommendation'\n")
    told = exported(run, tmp_path / "plans", tmp_path, "--to", "csv", "--mapping", own)
    lines = told.splitlines()
    assert len(lines) == 11
    assert lines[0].endswith("Text: cut: 41,002 characters, and own.toml takes 100")
    assert lines[-1].startswith("2 more; ")
    cut = records(tmp_path / "own.limits.csv")
    assert [row["row"] for row in cut] == [f"s1-r{n}" for n in range(1, 13)]


def test_updates_are_cut_and_told_too(run: Run, tmp_path: Path) -> None:
    made = plan("long", ["Short."])
    made.recommendations[0].updates = [Update(label="May 2015", text=LONG)]
    write(tmp_path / "plans", made)
    told = exported(run, tmp_path / "plans", tmp_path, "--mapping", "powerbi")
    assert "text of the update: cut: 41,000 characters, and powerbi takes 32,766" in told
    (row,) = records(tmp_path / "powerbi-updates.csv")
    assert 32_700 < len(row["text"]) <= 32_766


def test_power_bi_has_the_updates_beside(run: Run, converted: Path, tmp_path: Path) -> None:
    exported(run, converted, tmp_path, "--mapping", "powerbi", "--repeated")
    rows = records(tmp_path / "powerbi-updates.csv")
    wanted = [
        (one["document"]["id"], record["key"], str(place), update["label"] or "", update["text"])
        for one in plan_values(converted)
        for record in one["recommendations"]
        for place, update in enumerate(record["updates"], 1)
    ]
    names = ("document_id", "record_key", "position", "label", "text")
    assert [tuple(row[name] for name in names) for row in rows] == wanted
    keys = {(row["document_id"], row["record_key"]) for row in records(tmp_path / "powerbi.csv")}
    assert {(row["document_id"], row["record_key"]) for row in rows} <= keys


def jira_rows(path: Path) -> list[dict[str, Any]]:
    """Rows of a file for Jira; labels, which have several columns, as a list."""
    header, rows = table(path)
    found = []
    for cells in rows:
        row: dict[str, Any] = dict(zip(header, cells, strict=True))
        pairs = zip(header, cells, strict=True)
        row["Labels"] = [cell for name, cell in pairs if name == "Labels" and cell]
        found.append(row)
    return found


def test_jira_gets_short_summaries_full_texts_and_no_accounts(
    run: Run, converted: Path, tmp_path: Path
) -> None:
    told = exported(run, converted, tmp_path, "--to", "jira", "--repeated")
    assert told == ""
    rows = jira_rows(tmp_path / "jira.csv")
    wanted = expected(plan_values(converted))
    assert len(rows) == len(wanted)
    for row, (document, record, action) in zip(rows, wanted, strict=True):
        assert 0 < len(row["Summary"]) <= 255
        assert "\n" not in row["Summary"]
        full = re.sub(r"\\([\[{!])", r"\1", row["Description"])
        assert record["text"] in full
        assert (action["text"] if action else "") in full
        assert row["Assignee"] == ""
        assert row["Due date"] == (due_day(record, action) or "")
        assert row["Record key"] in row["Labels"]
        assert row["Record key"].startswith(record["key"])
        assert not [label for label in row["Labels"] if " " in label or len(label) > 255]
        assert row["Document"] == document["name"]
        assert row["Status"] in {"", "Done", "In Progress", "To Do"}


def test_the_configuration_of_the_import_fits_the_file(
    run: Run, nasty: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        "base = 'jira'\nproject = 'DHR'\n[[add]]\nheader = 'Progress'\nfield = 'updates'\n"
        "custom = '10047'\n",
        encoding="utf-8",
    )
    exported(run, nasty, tmp_path / "due.csv", "--to", "jira", "--mapping", own)
    config = json.loads((tmp_path / "due.config.json").read_bytes())
    header, _ = table(tmp_path / "due.csv")
    assert not [name for name in header if re.search(r"[^A-Za-z ]", name)]
    mapped = config["config.field.mappings"]
    assert mapped.keys() <= set(header)
    assert {name: one.get("jira.field") for name, one in mapped.items()} == {
        "Summary": "summary",
        "Issue Type": "issuetype",
        "Status": "status",
        "Description": "description",
        "Assignee": "assignee",
        "Due date": "duedate",
        "Labels": "labels",
        "Progress": None,
    }
    assert mapped["Progress"]["existing.custom.field"] == "10047"
    assert config["config.version"] == "2.0"
    assert config["config.delimiter"] == ","
    assert config["config.encoding"] == "UTF-8"
    assert config["config.date.format"] == "yyyy-MM-dd"
    assert config["config.file.name"] == "due.csv"
    assert config["config.project"]["project.key"] == "DHR"


def test_markup_for_jira_is_inert_and_long_texts_are_cut(
    run: Run, nasty: Path, tmp_path: Path
) -> None:
    told = exported(run, nasty, tmp_path, "--to", "jira")
    assert "Description: cut: 41," in told
    rows = jira_rows(tmp_path / "jira.csv")
    assert max(len(row["Description"]) for row in rows) <= 32767
    (marked,) = (row["Description"] for row in rows if "script" in row["Description"])
    assert not re.search(r"(?<!\\)(?:\[|\{|!\S)", marked)


def test_issues_that_jira_has_are_updated(run: Run, nasty: Path, tmp_path: Path) -> None:
    exported(run, nasty, tmp_path, "--to", "jira")
    before = jira_rows(tmp_path / "jira.csv")
    known = tmp_path / "issues.csv"
    with known.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["Summary", "Issue key", "Labels", "Labels"])
        out.writerow(["x", "DHR-7", "Training", before[2]["Record key"]])
        out.writerow(["y", "DHR-8", f"Care {before[0]['Record key']}", ""])
        out.writerow(["z", "DHR-9", "of-somebody-else", ""])
    exported(run, nasty, tmp_path, "--to", "jira", "--known", known)
    update = jira_rows(tmp_path / "jira-update.csv")
    assert [(row["Issue key"], row["Record key"]) for row in update] == [
        ("DHR-8", before[0]["Record key"]),
        ("DHR-7", before[2]["Record key"]),
    ]
    config = json.loads((tmp_path / "jira-update.config.json").read_bytes())
    assert config["config.field.mappings"]["Issue key"]["jira.field"] == "issuekey"
    new = [row["Record key"] for row in jira_rows(tmp_path / "jira.csv")]
    assert new == [row["Record key"] for at, row in enumerate(before) if at not in (0, 2)]
    exported(run, nasty, tmp_path, "--to", "jira")
    assert not (tmp_path / "jira-update.csv").exists()
    assert not (tmp_path / "jira-update.config.json").exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"Summary\nx\n", "has no column 'Issue key'"),
        (b'Issue key\n"x', "is no CSV file"),
        (b"\xff", "docs/export.md"),
    ],
)
def test_a_wrong_file_of_issues_is_a_usage_error(
    run: Run, nasty: Path, tmp_path: Path, content: bytes, told: str
) -> None:
    (tmp_path / "issues.csv").write_bytes(content)
    ran = run("export", nasty, "-o", tmp_path, "--to", "jira", "--known", tmp_path / "issues.csv")
    assert ran.code == 2
    assert told in ran.err
    ran = run("export", nasty, "-o", tmp_path, "--to", "jira", "--known", tmp_path / "none.csv")
    assert ran.code == 2
    assert "cannot be read" in ran.err


def entries(path: Path, name: str = "VEVENT") -> list[icalendar.Component]:
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    assert not calendar.errors
    return calendar.walk(name)


def test_the_calendar_has_an_all_day_event_on_each_due_day(
    run: Run, converted: Path, tmp_path: Path
) -> None:
    told = exported(run, converted, tmp_path, "--to", "ics", "--repeated")
    wanted = expected(plan_values(converted))
    dated = [one for one in wanted if due_day(*one[1:])]
    assert told.startswith(f"{len(wanted) - len(dated)} of {len(wanted)} rows have no due day")
    found = entries(tmp_path / "actions.ics")
    assert len(found) == len(dated) > 300
    for event, (document, record, action) in zip(found, dated, strict=True):
        day = date.fromisoformat(due_day(record, action) or "")
        assert event.decoded("DTSTART") == day
        assert event.decoded("DTEND") == day + timedelta(days=1)
        assert str(event["UID"]).startswith(record["key"])
        assert record["text"] in str(event["DESCRIPTION"])
        assert (action["text"] if action else "") in str(event["DESCRIPTION"])
        assert document["name"] in str(event["DESCRIPTION"])
        assert "URL" not in event
    uids = [str(event["UID"]) for event in found]
    assert len(set(uids)) == len(uids)
    exported(run, converted, tmp_path, "--to", "ics", "--base-url", "https://example.org/p")
    (first, *_) = entries(tmp_path / "actions.ics")
    assert str(first["URL"]).startswith("https://example.org/p/")
    assert str(first["UID"]) in uids


def test_lines_of_a_calendar_are_short_and_texts_are_inert(
    run: Run, nasty: Path, tmp_path: Path
) -> None:
    exported(run, nasty, tmp_path, "--to", "ics")
    data = (tmp_path / "actions.ics").read_bytes()
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    found = entries(tmp_path / "actions.ics")
    texts = [str(event["DESCRIPTION"]) for event in found]
    assert len(found) == len(NASTY) + 1 + 2
    for text, wanted in zip(texts, [*NASTY, LONG], strict=False):
        assert printable(wanted) in text


def test_tasks_have_all_rows_with_their_status(run: Run, converted: Path, tmp_path: Path) -> None:
    assert exported(run, converted, tmp_path, "--mapping", "tasks", "--repeated") == ""
    wanted = expected(plan_values(converted))
    found = entries(tmp_path / "tasks.ics", "VTODO")
    assert len(found) == len(wanted)
    for task, (_, record, action) in zip(found, wanted, strict=True):
        day = due_day(record, action)
        assert (task.decoded("DUE").isoformat() if "DUE" in task else None) == day
        assert str(task.get("STATUS", "")) in {"", "NEEDS-ACTION", "IN-PROCESS", "COMPLETED"}
    assert {"COMPLETED", "IN-PROCESS"} <= {str(task.get("STATUS", "")) for task in found}


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_text_survives_the_calendar(text: str, number: str) -> None:
    made = plan("any", [text])
    made.recommendations[0].number = number
    made.recommendations[0].target = target("2015-03-31")
    items = select([made]).items
    mapping = load_mapping("ics", None)
    done = write_calendar(mapping, [export_row(item) for item in items], STAMP, "1.0")
    (event,) = icalendar.Calendar.from_ical(done.data).walk("VEVENT")
    assert not event.errors
    wanted = printable(f"Recommendation{f' {number}' if number else ''}: {text}")
    assert str(event["DESCRIPTION"]).startswith(wanted)
    assert event.decoded("DTSTART") == date(2015, 3, 31)
