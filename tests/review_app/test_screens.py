"""Every screen: accessible, inside the window at each size, and a picture of it to look at.

With ``ACTIONPLAN_PICTURES`` set to a folder the pictures are written there; docs/images has them.
"""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.review_app.conftest import Enter, Reader, Serve, Served
from tests.review_app.steps import (
    NAME,
    at,
    fill,
    key_of,
    part,
    pictures,
    plan_file,
    sent,
    violations,
)

SIZES = {"desktop": (1280, 900), "tablet": (768, 1024), "400 per cent": (320, 256)}


def picture(page: Page, name: str) -> None:
    """Keep a picture of the window; without the style that the driver would put into the page."""
    folder = os.environ.get("ACTIONPLAN_PICTURES")
    if folder:
        data = page.screenshot(caret="initial", animations="allow")
        shown = Image.open(io.BytesIO(data)).convert("RGB")
        shown.thumbnail((960, 960))
        shown.quantize(64).save(Path(folder) / f"review-{name}.png", optimize=True)


@pytest.fixture(scope="module")
def busy(served: Served, reader: Reader) -> str:
    """A record with all that a form can show: an edit, marks, open lists. Returns its address."""
    key = key_of(served.folder, "Officers who attend")
    page = reader.open(at(key))
    fill(page, "leads.0.post", "Chief Inspector")
    sent(page, lambda: page.locator("#flag").click(), "/mark")
    sent(page, lambda: page.locator("#ok-target").click(), "/mark")
    page.close()
    return at(key)


def open_all(page: Page) -> None:
    """Open every list that can be opened."""
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    if page.locator("#rows").count():
        page.wait_for_selector("#rows .row-of")
        page.wait_for_selector("#history .log, #history p")


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(
    size: tuple[int, int], served: Served, reader: Reader, busy: str
) -> None:
    for path in ("/", "/queue", "/settings", f"/documents/{NAME}", busy):
        page = reader.open(path, size)
        if path == busy:
            pictures(page)
        open_all(page)
        assert violations(page) == "", path
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], path
        page.close()


def test_axe_finds_nothing_while_something_is_open(
    served: Served, reader: Reader, busy: str
) -> None:
    page = reader.open(busy)
    pictures(page)
    field = part(page, "text")
    field.evaluate("one => { one.focus(); one.setSelectionRange(0, 8) }")
    expect(page.locator("#move")).to_be_visible()
    assert violations(page) == ""
    for opener, dialog in (("Keys", "#help"), ("Accept the rest", "#rest")):
        page.get_by_role("button", name=opener).click()
        expect(page.locator(dialog)).to_be_visible()
        assert violations(page) == ""
        page.keyboard.press("Escape")
    page.close()


def test_axe_would_find_an_input_without_a_name(served: Served, reader: Reader, busy: str) -> None:
    page = reader.open(busy)
    page.evaluate("document.querySelector('label[for=in-text]').remove()")
    assert "label" in violations(page)
    page.close()


def test_focus_is_seen_and_never_hidden_by_what_sticks(
    served: Served, reader: Reader, busy: str
) -> None:
    page = reader.open(busy)
    page.locator("#record-title").focus()
    hidden = []
    for _ in range(60):
        page.keyboard.press("Tab")
        told = page.evaluate(
            "() => { const one = document.activeElement, box = one.getBoundingClientRect();"
            " const style = getComputedStyle(one);"
            " const top = document.elementFromPoint(box.left + box.width / 2, box.top + 3);"
            " return [one.id || one.className, !!one.closest('.form'),"
            " one.contains(top) || !!top?.contains(one), style.outlineStyle !== 'none'] }"
        )
        if not told[1]:
            break
        if not (told[2] and told[3]):
            hidden.append(told)
    assert hidden == []
    page.close()


def test_targets_are_large_enough(served: Served, reader: Reader, busy: str) -> None:
    for path in ("/", f"/documents/{NAME}", busy):
        page = reader.open(path)
        small = page.evaluate(
            "() => [...document.querySelectorAll('button, select, input, summary')]"
            ".filter(one => one.getClientRects().length && one.type !== 'hidden')"
            ".map(one => [one.id || one.textContent.trim(), one.getBoundingClientRect()])"
            ".filter(([, box]) => box.width < 24 || box.height < 24).map(([name]) => name)"
        )
        assert small == [], path
        page.close()


def test_markup_in_any_text_is_inert(outputs: Path, serve: Serve, enter: Enter) -> None:
    nasty = (
        "</textarea><script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\"><svg onload=alert(1)>' onfocus=alert(1) autofocus='",
        "{{7*7}} {% raw %} ${7*7}",
        "javascript:alert(1)",
    )
    plan = plan_file(outputs)
    plan["document"].update(title=nasty[0], partnership=nasty[1], name=f"{nasty[1]}.pdf")
    for section in plan["sections"]:
        section["heading"] = nasty[2]
        for column in section["columns"]:
            column["header"] = nasty[0]
    record = plan["recommendations"][2]
    record.update(number=nasty[2], text=nasty[0], scope=nasty[3], acceptance=nasty[4])
    record["leads"][0].update(text=nasty[1], name=nasty[2], post=nasty[0])
    record["updates"][0].update(text=nasty[0], label=nasty[2])
    record["actions"][0]["text"] = nasty[1]
    record["issues"] = [{"code": "no-text", "field": "text", "message": nasty[1]}]
    (outputs / f"{NAME}.plan.json").write_text(json.dumps(plan), encoding="utf-8")
    running = serve(outputs, "--name", nasty[1])
    browser = enter(running.origin, running.link)
    for path in ("/", "/queue", "/settings", f"/documents/{NAME}", at(record["key"])):
        page = browser.open(path)
        if "/records/" in path:
            open_all(page)
            fill(page, "text", nasty[2])
            expect(part(page, "updates.0.text")).to_have_value(nasty[0])
            page.locator("#add-leads").fill(nasty[1])
            expect(page.locator("#field-leads .add .reading")).not_to_be_empty()
        found = "main script, main img[src=x], svg[onload], [onfocus], [onerror], [autofocus]"
        assert page.locator(found).count() == 0, path
        assert nasty[0] in page.content() or "&lt;" in page.content()


def test_pictures_of_every_screen(served: Served, reader: Reader, busy: str) -> None:
    """The screens as people meet them, for docs/review.md; looked at by eye."""
    for name, path in (("documents", "/"), ("queue", "/queue"), ("settings", "/settings")):
        page = reader.open(path)
        picture(page, name)
        page.close()
    page = reader.open(f"/documents/{NAME}")
    picture(page, "document")
    page.close()
    page = reader.open(busy)
    pictures(page)
    page.wait_for_selector(".page .cell")
    part(page, "text").focus()
    picture(page, "record")
    part(page, "target").fill("end of March 2020")
    expect(page.locator("#reading-target")).to_contain_text("2020")
    picture(page, "reading")
    part(page, "target").fill("Q3 2019/20")
    page.locator("#rows summary").click()
    page.wait_for_selector("#rows .join")
    page.locator("#rows").scroll_into_view_if_needed()
    page.locator("#rows .join button").focus()
    picture(page, "join")
    page.keyboard.press("Escape")
    page.locator("#record-title").focus()
    page.keyboard.press("?")
    picture(page, "keys")
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": 768, "height": 1024})
    pictures(page)
    picture(page, "tablet")
    assert page.locator(".page img[src]").count() > 0
    page.close()
