"""The report in a real browser: accessible, inert, found and ordered, small and printed."""

from __future__ import annotations

import io
import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.conftest import Run
from tests.dataset.plans import full_plan, plan, write
from tests.report.conftest import Open

NASTY = (
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onfocus=alert(1) autofocus='",
    "<!-- <script>",
    "]]></style><style>*{display:none}",
    "&lt;b&gt; &amp; <b>bold</b>",
    "javascript:alert(1)",
    "{{7*7}} ${7*7} `x`",
    "שלום <b>‮abc",
)


def rows(page: Page) -> list[str]:
    """The recommendations that are shown."""
    return page.locator("#rows .text").all_inner_texts()


def shown(page: Page) -> str:
    """The line below the table."""
    return page.locator("#shown").inner_text()


def violations(page: Page) -> str:
    """What axe finds, in words."""
    found = Axe().run(page)
    return found.generate_report() if found.violations_count else ""


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing(width: int, report: Path, visit: Open) -> None:
    page = visit(report, width)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    assert violations(page) == ""


def test_axe_would_find_a_picture_without_a_text(report: Path, visit: Open, tmp_path: Path) -> None:
    page = visit(report)
    page.evaluate("document.querySelector('img').removeAttribute('alt')")
    assert "image-alt" in violations(page)


def test_the_script_shows_the_rows_that_are_there_without_it(report: Path, visit: Open) -> None:
    with_script, without = visit(report), visit(report, script=False)
    pages = (with_script, without)
    ours, plain = (page.locator("#rows").evaluate("one => one.outerHTML") for page in pages)
    assert ours == plain
    assert without.locator("#rows tr").count() == 50
    assert "need JavaScript" in without.locator("noscript").inner_text()
    assert without.locator("#filters").is_hidden()


def test_markup_in_any_text_is_inert(tmp_path: Path, run: Run, visit: Open) -> None:
    facts = {"title": NASTY[0], "partnership": NASTY[1]}
    made = plan("nasty", NASTY, facts)
    made.document.name = f"{NASTY[4]}.pdf".replace("/", "")
    every = full_plan()
    for record in (*made.recommendations, *every.recommendations):
        record.number, record.label, record.outcome = NASTY[1], NASTY[2], NASTY[3]
        record.milestones, record.acceptance, record.confidence = NASTY[0], NASTY[5], 0.3
        record.agencies = [
            one.model_copy(update={"canonical": NASTY[2]}) for one in record.agencies
        ]
    write(tmp_path / "plans", every)
    (tmp_path / "plans" / "nasty.plan.json").write_text(made.model_dump_json(), encoding="utf-8")
    (tmp_path / "plans" / "about.toml").write_text(f"title = {json.dumps(NASTY[0])}", "utf-8")
    assert run("report", tmp_path / "plans", "-o", tmp_path / "report.html").code == 0
    page = visit(tmp_path / "report.html")
    assert page.title() == NASTY[0]
    assert set(page.locator("#rows .text").all_text_contents()) == {*NASTY, "Train all staff."}
    assert (
        page.locator("main svg[onload], main script, main style, main b, img[src=x]").count() == 0
    )
    page.fill("#search", "<b>bold</b>")
    expect(page.locator("#rows tr")).to_have_count(1)
    assert rows(page) == [NASTY[6]]


def test_rows_are_found_by_all_words_in_any_field(report: Path, visit: Open) -> None:
    page = visit(report)
    before = shown(page)
    page.fill("#search", "TRAINING staff")
    expect(page.locator("#shown")).not_to_have_text(before)
    page.click("#open")
    for row in page.locator("#rows tr").all_inner_texts():
        assert re.search("training", row, re.I) and re.search("staff", row, re.I)
    page.fill("#search", "nothing has these words")
    page.get_by_text("No recommendation fits").wait_for()
    assert rows(page) == []
    page.get_by_role("button", name="Clear").click()
    expect(page.locator("#shown")).to_have_text(before)


def test_rows_are_filtered(report: Path, visit: Open) -> None:
    page = visit(report)
    page.select_option("#status", "completed")
    status = page.locator("#rows td[data-label=Status]").all_inner_texts()
    assert status and set(status) == {"Completed"}
    page.get_by_label("To check only").check()
    assert page.locator("#rows tr").count() == page.locator("#rows .look").count()
    page.get_by_role("button", name="Clear").click()
    page.get_by_label("Past due only").check()
    assert page.locator("#rows tr").count() == page.locator("#rows .late").count() > 0
    page.get_by_label("Past due only").uncheck()
    agency = page.locator("#agency option").nth(1).get_attribute("value")
    assert agency
    page.select_option("#agency", agency)
    assert all(
        agency in text for text in page.locator("#rows td[data-label=Agencies]").all_inner_texts()
    )
    page.select_option("#agency", "")
    page.select_option("#document", label="marlingate-agency-tables.pdf")
    assert all("marlingate" in text for text in page.locator("#rows .source").all_inner_texts())
    page.select_option("#document", "")
    page.select_option("#theme", "training")
    assert 0 < page.locator("#rows tr").count() < 50


def test_doubtful_rows_come_first_and_other_orders_can_be_chosen(report: Path, visit: Open) -> None:
    page = visit(report)
    doubts = [bool(one) for one in page.locator("#rows tr").evaluate_all(
        "all => all.map(one => one.querySelectorAll('.look').length)"
    )]  # fmt: skip
    assert doubts == sorted(doubts, reverse=True) and True in doubts and False in doubts
    page.get_by_role("button", name="Due").focus()
    page.keyboard.press("Enter")
    assert page.locator("th[aria-sort]").inner_text().startswith("Due")
    assert page.input_value("#order") == "due"
    days = page.locator("#rows td[data-label=Due]").evaluate_all(
        "all => all.map(one => Date.parse(one.firstChild.textContent.replace('Sept', 'Sep')))"
    )
    known = [day for day in days if day]
    assert known == sorted(known) and len(known) > 10


def test_pages_are_turned_with_the_keyboard(report: Path, visit: Open) -> None:
    page = visit(report)
    total = int(shown(page).split(" of ")[1])
    page.select_option("#order", "plan")
    first = rows(page)
    page.locator("#next").press("Enter")
    assert shown(page) == f"51 to {total} of {total}"
    assert page.evaluate("document.activeElement.id") == "previous"  # the other one is switched off
    second = rows(page)
    page.locator("#previous").press("Enter")
    assert rows(page) == first
    page.select_option("#size", "0")
    assert rows(page) == first + second


def test_the_keyboard_reaches_everything_in_order(report: Path, visit: Open) -> None:
    page = visit(report)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert page.locator(".skip").bounding_box()["x"] == 0  # type: ignore[index]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("#by-status ~ details table").is_visible()
    shadow = "getComputedStyle(document.activeElement).boxShadow"
    assert page.evaluate(shadow) != "none"
    page.locator("#search").focus()
    seen = []
    for _ in range(9):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.id || document.activeElement.type"))
        assert page.evaluate(shadow) != "none" or page.evaluate(
            "getComputedStyle(document.activeElement).outlineStyle"
        ) not in ("none", "")
    assert seen == [
        "agency", "theme", "status", "document", "order", "size", "doubtful", "overdue", "reset"
    ]  # fmt: skip


def test_links_lead_to_the_page_of_the_document(report: Path, visit: Open) -> None:
    page = visit(report)
    link = page.locator("#checks .where a").first
    address, _, anchor = link.evaluate("one => one.href").partition("#")
    assert address.startswith("file:///") and address.endswith(".pdf")
    assert Path(address.removeprefix("file://")).is_file()
    assert re.fullmatch(r"page=\d+", anchor)


def test_rows_in_doubt_lead_to_their_pictures(report: Path, visit: Open) -> None:
    page = visit(report)
    row = page.locator("#rows tr").nth(2)
    text = row.locator(".text").inner_text()
    row.get_by_role("link", name="check").click()
    card = page.locator(".card:target")
    assert card.locator(".text").inner_text() == text
    assert card.locator("img").is_visible()


def test_pictures_are_loaded_and_show_a_frame(report: Path, visit: Open) -> None:
    page = visit(report)
    sizes = page.locator("#checks img").evaluate_all(
        "all => Promise.all(all.map(async one => {"
        " await one.decode(); return [one.naturalWidth, one.width]; }))"
    )
    assert len(sizes) > 5
    assert [one for one in sizes if min(one) < 400] == []


@pytest.mark.parametrize("width", [1280, 768, 320], ids=["desktop", "tablet", "400 per cent"])
def test_nothing_is_wider_than_the_window(
    width: int, report: Path, visit: Open, tmp_path: Path
) -> None:
    page = visit(report, width)
    page.screenshot(path=tmp_path / f"{width}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("width", [1280, 320])
def test_very_long_texts_stay_inside(width: int, tmp_path: Path, run: Run, visit: Open) -> None:
    made = full_plan()
    record = made.recommendations[0]
    record.text, record.number, record.confidence = "w" * 30_000, "1" * 300, 0.3
    record.agencies[0].canonical = record.leads[0].text = "x" * 3_000
    made.document.title, made.document.name = "y" * 300, "z" * 200
    write(tmp_path / "plans", made.model_copy(deep=True))
    assert run("report", tmp_path / "plans", "-o", tmp_path / "report.html").code == 0
    page = visit(tmp_path / "report.html", width)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_labels_of_columns_do_not_touch(report: Path, visit: Open) -> None:
    page = visit(report, 320)
    boxes = page.locator(".plot").evaluate_all(
        "all => all.map(one => [...one.querySelectorAll('.tick')]"
        ".map(tick => tick.getBoundingClientRect())"
        ".filter(box => box.width).map(box => [box.left, box.right]))"
    )
    assert boxes and all(boxes)
    for ticks in boxes:
        assert all(one[1] <= other[0] for one, other in pairwise(ticks))


def test_it_prints_with_charts_and_table(report: Path, visit: Open, tmp_path: Path) -> None:
    page = visit(report)
    data = page.pdf(format="A4", path=tmp_path / "print.pdf")
    texts = [one.extract_text() for one in PdfReader(io.BytesIO(data)).pages]
    whole = "\n".join(texts)
    assert "Status" in texts[0] and "Completed" in texts[0]
    heads = [text for text in texts if re.search(r"No\.\s+Recommendation\s+Agencies\s+Leads", text)]
    assert len(heads) > 1  # on each page of the table
    assert "Search" not in whole and "Skip to" not in whole and "Previous" not in whole


def test_bars_are_drawn_in_the_colours_of_the_key(report: Path, visit: Open) -> None:
    page = visit(report)
    key = page.locator(".key rect").evaluate_all(
        "all => all.map(one => [one.getAttribute('class'), getComputedStyle(one).fill])"
    )
    bars = page.locator(".bars rect").evaluate_all(
        "all => all.map(one => [one.getAttribute('class'), getComputedStyle(one).fill])"
    )
    colours = dict(map(tuple, key))
    assert len(set(colours.values())) >= 5
    assert all(colours[name] == colour for name, colour in bars)
    drawn = Image.open(io.BytesIO(page.locator(".bars").first.screenshot())).convert("RGB")
    assert (0, 112, 60) in {colour for _, colour in drawn.getcolors(1 << 20) or []}


def test_five_thousand_recommendations(tmp_path: Path, run: Run, visit: Open) -> None:
    texts = [f"The board should do thing number {at} with its partners." for at in range(5000)]
    write(tmp_path / "plans", *(plan(f"p{at}", texts[at * 50 : at * 50 + 50]) for at in range(100)))
    assert run("report", tmp_path / "plans", "-o", tmp_path / "report.html").code == 0
    page = visit(tmp_path / "report.html")
    assert shown(page) == "1 to 50 of 5,000"
    page.fill("#search", "number 4321 with")
    expect(page.locator("#rows tr")).to_have_count(1)
    assert rows(page) == [texts[4321]]
