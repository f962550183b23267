"""The workbook, read back by another library and compared with the plan files."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfWriter

from actionplan.normalise.csv_text import csv_plain
from actionplan.normalise.export import settings as export_settings
from actionplan.normalise.export import workbook
from actionplan.normalise.export.mapping import load_mapping
from actionplan.normalise.export.render import render
from actionplan.normalise.export.rows import export_row
from actionplan.normalise.export.select import select
from actionplan.normalise.export.settings import EXPORT
from actionplan.normalise.export.texts import printable
from actionplan.normalise.export.workbook import Book, write_workbook
from tests.conftest import SAMPLES, Run
from tests.dataset.plans import full_plan, plan, target, write
from tests.export.made import LONG, NASTY, due_day, expected, plan_values, rich_plan

FORMULA = re.compile(r"[\s\x00-\x1f\u200b]*[=+\-@＝＋－＠]")


def opened(path: Path) -> Any:
    """A workbook, after a look at each of its cells."""
    book = openpyxl.load_workbook(path)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert not (isinstance(cell.value, str) and FORMULA.match(cell.value))
        assert not sheet.merged_cells.ranges
    return book


def plain(value: object) -> object:
    """The value of a cell as it was before it was written."""
    if isinstance(value, datetime):
        assert value.time().isoformat() == "00:00:00"
        return value.date().isoformat()
    if not isinstance(value, str):
        return value
    return csv_plain(value)


def records(sheet: Any) -> list[dict[str, Any]]:
    header, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(header, map(plain, row), strict=True)) for row in rows]


def exported(run: Run, plans: Path, target: Path, *more: object) -> Any:
    ran = run("export", plans, "-o", target, "-q", "--to", "excel", *more)
    assert (ran.code, ran.out) == (0, ""), ran.err
    return opened(target if target.suffix else target / "actions.xlsx")


def test_all_of_the_samples_is_in_the_workbook(run: Run, converted: Path, tmp_path: Path) -> None:
    book = exported(run, converted, tmp_path, "--repeated", "--no-pictures")
    assert book.sheetnames == ["Check these first", "Actions", "Legend"]
    assert book.active.title == "Check these first"
    wanted = expected(plan_values(converted))
    rows = records(book["Actions"])
    assert len(rows) == len(wanted)
    for row, (document, record, action) in zip(rows, wanted, strict=True):
        assert row["Recommendation"] == (record["text"] or None)
        assert row["Action"] == ((action["text"] if action else "") or None)
        assert row["No"] == record["number"]
        assert row["Due date"] == due_day(record, action)
        assert row["Document"] == document["name"]
        assert row["Row"] == record["id"]
        assert row["Key"].startswith(record["key"])
        assert row["Confidence"] == record["confidence"]
        assert row["Owner"] is None
        assert row["Checked"] is None
        for update in record["updates"]:
            assert update["text"] in (row["Progress"] or "")
    doubts = [
        (record["id"], one["message"])
        for document, record in {
            (doc["name"], rec["key"]): (doc, rec) for doc, rec, _ in wanted
        }.values()
        for one in record["issues"]
    ]
    shown = records(book["Check these first"])
    assert sorted((r["Row"], r["Reason"]) for r in shown if r["Row"]) == sorted(doubts)
    sure = [row["Confidence"] for row in shown if row["Confidence"] is not None]
    assert sure == sorted(sure)


def test_the_sheets_are_made_to_work_with(run: Run, converted: Path, tmp_path: Path) -> None:
    book = exported(run, converted, tmp_path, "--no-pictures")
    for name, corner in (("Check these first", "C2"), ("Actions", "B2")):
        sheet = book[name]
        assert sheet.freeze_panes == corner
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.print_title_rows == "$1:$1"
        assert all(cell.alignment.wrap_text for cell in sheet[2] if cell.data_type == "s")
    sheet = book["Actions"]
    header = [cell.value for cell in sheet[1]]
    (due, *_) = (row[header.index("Due date")] for row in sheet.iter_rows(min_row=2))
    assert due.is_date
    assert due.number_format == "dd mmm yyyy"
    checks = {
        next(iter(rule.sqref.ranges)).min_col: rule
        for rule in sheet.data_validations.dataValidation
    }
    choices = {header[place - 1]: rule.formula1 for place, rule in checks.items()}
    assert choices == {
        "Owner": "'Legend'!$D$4:$D$203",
        "Status": '"Completed,In progress,Ongoing,Not started,Unknown"',
        "Checked": '"right,corrected,to ask"',
    }
    legend = [row[0] for row in book["Legend"].iter_rows(values_only=True)]
    assert set(header) <= set(legend)
    names = {one["document"]["name"] for one in plan_values(converted)}
    assert names <= set(legend)


def test_texts_that_break_files_come_back_as_they_were(run: Run, tmp_path: Path) -> None:
    made = plan("nasty", [*NASTY, LONG[:32_000]])
    made.recommendations[0].target = target("1812-03-31")
    made.recommendations[0].issues = full_plan().recommendations[0].issues
    made.recommendations[0].issues[0].message = NASTY[0]
    write(tmp_path / "plans", made)
    book = exported(run, tmp_path / "plans", tmp_path / "own.xlsx")
    rows = records(book["Actions"])
    texts = [row["Recommendation"] for row in rows]
    assert texts == [printable(text) for text in [*NASTY, LONG[:32_000]]]
    assert rows[0]["Due date"] == "1812-03-31"
    assert records(book["Check these first"])[0]["Reason"] == NASTY[0]


def test_what_excel_cannot_hold_is_cut_told_and_checked_first(run: Run, tmp_path: Path) -> None:
    made = plan("long", ["Short.", LONG])
    write(tmp_path / "plans", made)
    ran = run("export", tmp_path / "plans", "-o", tmp_path, "--to", "excel", "-q")
    assert ran.code == 0
    assert "Recommendation: cut: 41,000 characters, and excel takes 32,767" in ran.err
    assert (tmp_path / "actions.limits.csv").is_file()
    book = opened(tmp_path / "actions.xlsx")
    short = records(book["Actions"])[1]["Recommendation"]
    assert 32_700 < len(short) <= 32_767
    assert short.endswith("…")
    first = records(book["Check these first"])[0]
    assert first["Field"] == "Recommendation"
    assert first["Row"] == "s1-r2"
    assert first["Reason"].startswith("cut: 41,000 characters")
    link = book["Check these first"]["B2"].hyperlink
    assert link.location == "'Actions'!A3"


def test_an_emoji_counts_as_two(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "plans", plan("wide", ["🙂" * 16_384]))
    ran = run("export", tmp_path / "plans", "-o", tmp_path, "--to", "excel", "-q")
    assert "cut: 32,768 characters, and excel takes 32,767" in ran.err
    (row,) = records(opened(tmp_path / "actions.xlsx")["Actions"])
    assert row["Recommendation"] == "🙂" * 16_383 + "…"


def test_a_plan_without_doubts_says_so(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "plans", plan("sure", ["Train all staff."]))
    book = exported(run, tmp_path / "plans", tmp_path)
    assert book["Check these first"]["A2"].value == "Nothing is in doubt."


def test_the_same_plans_give_the_same_bytes(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "plans", rich_plan(), full_plan())
    for name in ("a.xlsx", "b.xlsx"):
        exported(run, tmp_path / "plans", tmp_path / name, "--no-pictures")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_planner_has_its_own_columns(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "plans", full_plan())
    ran = run("export", tmp_path / "plans", "-o", tmp_path, "--mapping", "planner", "-q")
    assert ran.code == 0
    sheet = opened(tmp_path / "planner.xlsx")["Actions"]
    (row,) = records(sheet)
    table = sheet.tables["Actions"]
    assert table.ref == sheet.dimensions
    assert table.column_names == [cell.value for cell in sheet[1]]
    assert sheet.auto_filter.ref is None
    assert row["Task Name"] == "1.1: Book a course."
    assert row["Bucket Name"] == "Harrowmere Council"
    assert row["Labels"] == "Harrowmere Council; Training and learning"
    assert row["Progress"] == "Completed"
    assert row["Assigned To"] is None
    assert "Train all staff." in row["Description"]


@pytest.fixture(scope="module")
def doubtful(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a sample with doubts was converted, beside its PDF."""
    from actionplan.cli import main

    folder = tmp_path_factory.mktemp("doubtful")
    (source,) = (path for path in SAMPLES if path.stem == "brindlecombe-dates-and-leads")
    shutil.copy(source, folder / source.name)
    plans = folder / "plans"
    assert main(["convert", str(folder / source.name), "-o", str(plans), "--quiet"]) == 0
    return folder


def test_pages_to_check_have_pictures_and_rows_lead_to_the_document(
    run: Run, doubtful: Path, tmp_path: Path
) -> None:
    target = doubtful / "made" / "check.xlsx"
    book = exported(run, doubtful / "plans", target)
    sheet = book["Check these first"]
    header = [cell.value for cell in sheet[1]]
    rows = records(sheet)
    assert len(rows) > 5
    for at, row in enumerate(rows, 2):
        name = f"brindlecombe-dates-and-leads-page-{row['Page']:03}.png"
        assert row["Picture of the page"] == name
        link = sheet.cell(at, header.index("Picture of the page") + 1).hyperlink
        assert link.target == f"check-pages/{name}"
        with Image.open(target.parent / link.target) as picture:
            red, _, blue = picture.convert("RGB").split()
            frames = sum(
                r > 180 and b < 60 for r, b in zip(red.tobytes(), blue.tobytes(), strict=True)
            )
        assert frames > 100
        first = sheet.cell(at, 1).hyperlink
        assert first.target == "../brindlecombe-dates-and-leads.pdf"
        assert first.location == f"page={row['Page']}"
    links = [cell.hyperlink for cell in book["Actions"]["U"][1:]]
    assert {link.target for link in links} == {"../brindlecombe-dates-and-leads.pdf"}


def test_a_document_that_is_gone_or_changed_leaves_the_page_number(
    run: Run, doubtful: Path, tmp_path: Path
) -> None:
    shutil.copytree(doubtful / "plans", tmp_path / "plans")
    entry = next((tmp_path / "plans" / ".actionplan" / "documents").glob("*.json"))
    moved = json.loads(entry.read_bytes()) | {"source": str(tmp_path / "gone.pdf")}
    entry.write_text(json.dumps(moved), encoding="utf-8")
    name = "brindlecombe-dates-and-leads.pdf"
    (tmp_path / "plans" / name).write_bytes(b"%PDF-1.7 another one")
    book = exported(run, tmp_path / "plans", tmp_path / "out")
    rows = records(book["Check these first"])
    assert all(row["Page"] and not row["Picture of the page"] for row in rows)
    assert book["Check these first"]["A2"].hyperlink is None
    assert not (tmp_path / "out" / "actions-pages").exists()
    again = exported(run, tmp_path / "plans", tmp_path / "out", "--pdfs", doubtful)
    assert all(row["Picture of the page"] for row in records(again["Check these first"]))
    away = exported(run, tmp_path / "plans", tmp_path / "o", "--base-url", "https://example.org/p")
    link = away["Check these first"]["A2"].hyperlink
    assert link.target == f"https://example.org/p/{name}"


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=200), min_size=1, max_size=5))
def test_any_text_survives_the_workbook(texts: list[str]) -> None:
    import io

    mapping = load_mapping("excel", None)
    made = plan("any", texts)
    rows = [export_row(item) for item in select([made]).items]
    data = write_workbook(Book(mapping, render(mapping, rows)))
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Actions"]
    found = [plain(row[2]) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert found == [printable(text) or None for text in texts]
    assert not [c for row in sheet.iter_rows() for c in row if c.data_type == "f"]


def test_days_are_days(tmp_path: Path) -> None:
    made = plan("days", ["One.", "Two."])
    made.recommendations[0].target = target("1900-03-01")
    made.recommendations[1].target = target("9999-12-31")
    mapping = load_mapping("excel", None)
    rows = [export_row(item) for item in select([made]).items]
    path = tmp_path / "days.xlsx"
    path.write_bytes(write_workbook(Book(mapping, render(mapping, rows))))
    assert [row["Due date"] for row in records(opened(path)["Actions"])] == [
        date(1900, 3, 1).isoformat(),
        "9999-12-31",
    ]


def test_a_protected_document_has_pictures_with_its_password(
    run: Run, doubtful: Path, tmp_path: Path
) -> None:
    source = doubtful / "brindlecombe-dates-and-leads.pdf"
    writer = PdfWriter(clone_from=source)
    writer.encrypt("let me in", algorithm="RC4-128")
    writer.write(tmp_path / "closed.pdf")
    given = ("--password", "let me in")
    plans = tmp_path / "plans"
    assert run("convert", tmp_path / "closed.pdf", "-o", plans, "-q", *given).code == 0
    without = records(exported(run, plans, tmp_path / "out")["Check these first"])
    assert all(row["Page"] and not row["Picture of the page"] for row in without)
    book = exported(run, plans, tmp_path / "out", *given)
    assert all(row["Picture of the page"] for row in records(book["Check these first"]))


def test_more_rows_than_a_sheet_takes_are_refused(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_settings, "EXPORT", replace(EXPORT, excel_rows=5))
    write(tmp_path / "plans", rich_plan())
    ran = run("export", tmp_path / "plans", "-o", tmp_path, "--to", "excel")
    assert ran.code == 2
    assert "5 rows: a sheet takes fewer" in ran.err
    assert not (tmp_path / "actions.xlsx").exists()


def test_more_links_than_a_sheet_takes_are_texts(
    run: Run, doubtful: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "EXPORT", replace(EXPORT, excel_links=4))
    sheet = exported(run, doubtful / "plans", tmp_path, "--no-pictures")["Actions"]
    links = [row[20].hyperlink is not None for row in sheet.iter_rows(min_row=2)]
    assert links == [True] * 4 + [False] * (len(links) - 4)
    texts = [row["Link"] for row in records(sheet)]
    assert all(text.startswith("brindlecombe-dates-and-leads.pdf#page=") for text in texts)
