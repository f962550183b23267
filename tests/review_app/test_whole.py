"""The desk from end to end: tables re-read, records, reviewers, conversions, uploads, a crash."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from actionplan.cli import main
from actionplan.review.uploads import FOLDER
from tests.conftest import ROOT
from tests.review_app.conftest import Enter, Reader, Serve, Served, ready
from tests.review_app.steps import (
    NAME,
    at,
    corrected,
    fill,
    key_of,
    part,
    record_of,
    sent,
    texts,
)

TARROWDALE = "tarrowdale-turned-and-cropped"


def open_rows(page: Page) -> None:
    """Open the list of rows and wait until the tables of the PDF were read."""
    page.locator("#rows summary").click()
    page.wait_for_selector("#rows .row-of")


def test_a_row_joined_over_a_page_is_split_and_joined_again(served: Served, reader: Reader) -> None:
    key = key_of(served.folder, "Officers who attend")
    page = reader.open(at(key))
    before = texts(page)
    open_rows(page)
    join = page.locator("#rows .join.joined")
    expect(join.locator(".reasons li").first).to_be_visible()  # why it was joined
    sent(page, lambda: join.get_by_role("button", name="Split here").click(), "/structure")
    page.wait_for_selector("#record")
    assert len(texts(page)) == len(before) + 1
    found = next(one for one in texts(page) if one.startswith("record both"))
    assert found
    page.locator("#rows summary").click()
    again = page.locator("#rows .join.refused")
    expect(again).to_contain_text("Set by hand")
    sent(page, lambda: again.get_by_role("button", name="Join these").click(), "/structure")
    assert texts(page) == before
    sent(page, lambda: page.keyboard.press("u"), "/undo")
    sent(page, lambda: page.keyboard.press("u"), "/undo")
    assert texts(page) == before
    page.close()


def test_a_row_is_split_at_a_line_and_rows_are_joined(served: Served, reader: Reader) -> None:
    key = key_of(served.folder, "The association should know")
    page = reader.open(at(key))
    before = texts(page)
    open_rows(page)
    slider = page.locator("#rows [data-cut]").first
    slider.focus()
    slider.press("ArrowLeft")
    expect(page.locator("g.cut rect")).to_have_count(1)  # the line is on the page
    button = page.get_by_role("button", name="Split the row at the line").first
    sent(page, button.click, "/structure")
    assert len(texts(page)) == len(before) + 1
    sent(page, lambda: page.keyboard.press("u"), "/undo")
    assert texts(page) == before
    open_rows(page)
    button = page.get_by_role("button", name="Join with the row below").first
    sent(page, button.click, "/structure")
    assert len(texts(page)) == len(before) - 1
    sent(page, lambda: page.keyboard.press("u"), "/undo")
    assert texts(page) == before
    page.close()


def test_records_are_added_split_merged_and_deleted(served: Served, reader: Reader) -> None:
    key = key_of(served.folder, "Receptionists should")
    page = reader.open(at(key))
    before = texts(page)
    page.locator("#whole summary").click()
    sent(page, lambda: page.get_by_role("button", name="Add a record below").click(), "/add")
    expect(page.locator("#record")).not_to_have_attribute("data-key", key)
    page.locator("#empty > summary").click()
    fill(page, "text", "Letters should be answered.")
    assert len(texts(page)) == len(before) + 1
    page.locator("#whole summary").click()
    page.get_by_role("button", name="Delete this record").click()
    sent(page, lambda: page.locator("#delete").get_by_text("Delete", exact=True).click(), "/delete")
    assert texts(page) == before
    page.goto(served.origin + at(key))
    ready(page)
    page.locator("#whole summary").click()
    field = part(page, "text")
    field.evaluate("one => { one.focus(); one.setSelectionRange(15, 15) }")
    expect(page.locator("#text-at-shown")).to_contain_text("before")
    sent(page, lambda: page.get_by_role("button", name="Split", exact=True).click(), "/split")
    assert len(texts(page)) == len(before) + 1
    sent(page, lambda: page.keyboard.press("u"), "/undo")
    page.wait_for_selector("#record")
    page.locator("#whole summary").click()
    sent(page, lambda: page.get_by_role("button", name="Merge with the").click(), "/merge")
    assert len(texts(page)) == len(before) - 1
    sent(page, lambda: page.keyboard.press("u"), "/undo")
    assert texts(page) == before
    page.close()


def test_a_column_is_given_another_field(served: Served, reader: Reader) -> None:
    page = reader.open(f"/documents/{TARROWDALE}")
    ids = page.locator("[id^=column-]").evaluate_all(
        "all => all.filter(one => one.value === 'progress').map(one => one.id)"
    )
    assert ids
    before = corrected(page, TARROWDALE)["recommendations"]
    with page.expect_navigation():
        page.locator(f"#{ids[0]}").select_option("outcome")
    after = corrected(page, TARROWDALE)["recommendations"]
    assert sum(bool(one["outcome"]) for one in after) > sum(bool(one["outcome"]) for one in before)
    ready(page)
    with page.expect_navigation():
        page.keyboard.press("u")
    assert corrected(page, TARROWDALE)["recommendations"] == before
    page.close()


def test_two_reviewers_do_not_overwrite_each_other(
    served: Served, reader: Reader, enter: Enter
) -> None:
    settings = reader.open("/settings")
    sent(settings, lambda: settings.get_by_role("button", name="Make a link").click(), "/links")
    other = enter(served.origin, settings.locator("#link").input_value())
    other.allowed.append("409 (Conflict)")
    named = other.open("/settings")
    named.get_by_label("Your name").fill("B. Farthing")
    sent(named, lambda: named.get_by_role("button", name="Save settings").click(), "/settings")
    key = key_of(served.folder, "Staff in the call centre")
    mine, theirs = reader.open(at(key)), other.open(at(key))
    fill(mine, "text", "Call handlers should see an alert.")
    late = part(theirs, "text")
    late.fill("Nobody should see an alert.")
    late.press("Tab")
    refused = theirs.locator("#refused")
    expect(refused).to_contain_text("was changed by A. Marlow")
    expect(late).to_have_value("Nobody should see an alert.")  # to be copied from
    assert record_of(mine, key)["text"] == "Call handlers should see an alert."
    theirs.on("dialog", lambda dialog: dialog.accept())
    with theirs.expect_navigation():
        refused.get_by_text("Load the page as it is now").click()
    ready(theirs)
    expect(part(theirs, "text")).to_have_value("Call handlers should see an alert.")
    fill(theirs, "text", "Staff should see an alert.")
    assert record_of(mine, key)["text"] == "Staff should see an alert."
    for page in (settings, mine):
        page.close()


def test_corrections_survive_a_new_conversion_and_conflicts_are_shown(
    served: Served, reader: Reader
) -> None:
    path = served.folder / f"{NAME}.plan.json"
    key = key_of(served.folder, "Gas servicing visits")
    page = reader.open(at(key))
    fill(page, "leads.0.post", "Head of Compliance and Safety")
    fill(page, "target", "30 November 2019")
    plan = json.loads(path.read_text(encoding="utf-8"))
    record = next(one for one in plan["recommendations"] if one["key"] == key)
    record["target"] = {**record["target"], "text": "31/12/2019", "edtf": "2019-12-31"}
    record["target"].update(start="2019-12-31", end="2019-12-31")
    path.write_text(json.dumps(plan), encoding="utf-8")
    page.goto(f"{served.origin}/documents/{NAME}")
    ready(page)
    conflict = page.locator(".conflict")
    expect(conflict).to_have_count(1)
    for text in ("31/10/2019", "31/12/2019", "30 November 2019"):
        expect(conflict).to_contain_text(text)
    assert record_of(page, key)["leads"][0]["post"] == "Head of Compliance and Safety"
    assert record_of(page, key)["target"]["text"] == "31/12/2019"
    with page.expect_navigation():
        conflict.get_by_role("button", name="Use the correction").click()
    expect(page.locator(".conflict")).to_have_count(0)
    assert record_of(page, key)["target"]["text"] == "30 November 2019"
    page.close()


def test_an_upload_is_converted_reviewed_and_downloaded(served: Served, reader: Reader) -> None:
    page = reader.open("/")
    source = ROOT / "samples" / "brindlecombe-dates-and-leads.pdf"
    page.locator("#file").set_input_files(source)
    page.get_by_role("link", name="Check the records").wait_for()
    expect(page.locator("#told")).to_contain_text("31 records")
    page.get_by_role("link", name="Check the records").click()
    page.wait_for_selector("html[data-ready=record]", state="attached")
    assert (served.folder / FOLDER / source.name).read_bytes() == source.read_bytes()
    name = source.stem
    key = page.locator("#record").get_attribute("data-key") or ""
    fill(page, "text", "=SUM(A1:A9) is a text here.")
    page.goto(f"{served.origin}/documents/{name}")
    for form in ("JSON", "CSV", "XLSX"):
        with page.expect_download() as begun:
            page.get_by_role("link", name=form, exact=True).click()
        data = Path(begun.value.path()).read_bytes()
        assert begun.value.suggested_filename.startswith(name)
        if form == "JSON":
            found = {one["key"]: one for one in json.loads(data)["recommendations"]}
            assert found[key]["text"] == "=SUM(A1:A9) is a text here."
        elif form == "CSV":
            rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
            assert "'=SUM(A1:A9) is a text here." in [cell for row in rows for cell in row]
        else:
            sheets = load_workbook(io.BytesIO(data)).worksheets
            cells = [cell for one in sheets for row in one.iter_rows() for cell in row]
            hit = [one for one in cells if "SUM(A1:A9) is a text" in str(one.value)]
            assert hit and all(one.data_type == "s" for one in hit)
    page.close()


def test_a_dropped_file_that_is_no_pdf_is_refused(
    served: Served, reader: Reader, tmp_path: Path
) -> None:
    page = reader.open("/")
    page.evaluate(
        "() => { const data = new DataTransfer();"
        " data.items.add(new File(['hello'], '<b>notes</b>.txt'));"
        " document.dispatchEvent(new DragEvent('drop',"
        " {dataTransfer: data, bubbles: true, cancelable: true})) }"
    )
    expect(page.locator(".upload .warning")).to_contain_text("<b>notes</b>.txt is no PDF")
    reader.allowed.append("415 (Unsupported Media Type)")
    false = tmp_path / "false.pdf"
    false.write_bytes(b"no PDF at all")
    page.locator("#file").set_input_files(false)
    expect(page.locator(".upload .warning").last).to_contain_text("not a PDF")
    page.close()


def test_a_damaged_pdf_tells_why_it_is_not_converted(
    served: Served, reader: Reader, tmp_path: Path
) -> None:
    page = reader.open("/")
    damaged = tmp_path / "damaged.pdf"
    damaged.write_bytes(b"%PDF-1.7\n" + b"\x00\xff" * 500)
    page.locator("#file").set_input_files(damaged)
    expect(page.locator(".upload .warning")).to_contain_text("damaged")
    page.close()


def test_corrections_reach_the_dataset(served: Served, reader: Reader, tmp_path: Path) -> None:
    key = key_of(served.folder, "The discharge lounge")
    page = reader.open(at(key))
    fill(page, "text", "The lounge should not be used for people who are lost.")
    page.close()
    assert main(["review", str(served.folder), "--write"]) == 0
    built = tmp_path / "dataset"
    assert main(["dataset", "build", str(served.folder), "-o", str(built), "--quiet"]) == 0
    text = (built / "recommendations.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    found = next(one for one in rows if one["record_key"] == key)
    assert found["text"] == "The lounge should not be used for people who are lost."


def test_a_crash_loses_at_most_the_field_being_typed(
    outputs: Path, serve: Serve, enter: Enter
) -> None:
    first = serve(outputs, "--name", "A. Marlow")
    browser = enter(first.origin, first.link)
    browser.allowed += ["ERR_CONNECTION", "htmx:"]  # which request had no answer
    key = key_of(outputs, "Meetings about a person")
    page = browser.open(at(key))
    fill(page, "text", "Meetings should have minutes.")
    part(page, "number").fill("99")
    first.kill()
    part(page, "number").press("Tab")
    expect(page.locator("#told")).to_contain_text("does not answer")
    expect(part(page, "number")).to_have_value("99")
    second = serve(outputs, "--name", "A. Marlow")
    again = enter(second.origin, second.link).open(at(key))
    expect(part(again, "text")).to_have_value("Meetings should have minutes.")
    expect(part(again, "number")).to_have_value("2")
    sent(again, lambda: again.keyboard.press("u"), "/undo")  # undo knows what was before
    expect(part(again, "text")).to_have_value(re.compile("minuted by someone"))


def test_a_pdf_that_was_moved_is_asked_for(tmp_path: Path, serve: Serve, enter: Enter) -> None:
    source = tmp_path / "here" / f"{NAME}.pdf"
    source.parent.mkdir()
    shutil.copy(ROOT / "samples" / f"{NAME}.pdf", source)
    outputs = tmp_path / "outputs"
    assert main(["convert", str(source), "-o", str(outputs), "--quiet"]) == 0
    moved = source.rename(tmp_path / "elsewhere.pdf")
    running = serve(outputs)  # without a name: the first page asks for it
    browser = enter(running.origin, running.link)
    browser.allowed.append("409 (Conflict)")
    page = browser.open("/")
    expect(page.locator("table")).to_contain_text("PDF not found")
    page.get_by_label("Your name").fill("C. Hale")
    with page.expect_navigation():
        page.get_by_role("button", name="Save name").click()
    expect(page.locator(".who")).to_have_text("C. Hale")
    page.goto(running.origin + at(key_of(outputs, "Ward staff")))
    ready(page)
    fill(page, "text", "Ward staff should know.")  # the texts can be worked on all the same
    page.locator("#pdf").set_input_files(ROOT / "samples" / f"{TARROWDALE}.pdf")
    expect(page.locator("#attached")).not_to_be_empty()
    with page.expect_navigation():
        page.locator("#pdf").set_input_files(moved)
    page.wait_for_selector(".page img[src]")
    expect(page.locator("#about-text")).to_contain_text("C. Hale")


def test_the_queue_leads_through_all_documents(outputs: Path, serve: Serve, enter: Enter) -> None:
    running = serve(outputs, "--name", "A. Marlow")
    page = enter(running.origin, running.link).open("/queue")
    rows = page.locator("tbody tr").count()
    assert rows > 15
    seen = [float(one) for one in page.locator("td[data-label=Confidence]").all_inner_texts()]
    assert seen[0] < seen[-1]
    page.get_by_role("link", name="Check the first").click()
    visited = set()
    for _ in range(rows):
        page.wait_for_selector("html[data-ready=record]", state="attached")
        record = page.locator("#record")
        key = record.get_attribute("data-key")
        visited.add((record.get_attribute("data-name"), key))
        page.keyboard.press("a")
        page.wait_for_function(
            "key => document.querySelector('#record')?.dataset.key !== key"
            " && document.documentElement.dataset.ready !== undefined",
            arg=key,
        )
    assert len({name for name, _ in visited}) == 2 and len(visited) == rows
    expect(page.locator("main")).to_contain_text("Every record has been checked")
