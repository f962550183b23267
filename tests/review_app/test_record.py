"""A record beside its pages: seen, lit up, corrected field by field, with mouse and with keys."""

from __future__ import annotations

import json
import time
from typing import Any

from playwright.sync_api import Route, expect

from tests.review_app.conftest import Reader, Served
from tests.review_app.steps import (
    NAME,
    at,
    click_at,
    fill,
    key_of,
    lit,
    part,
    pictures,
    plan_file,
    record_of,
    sent,
    shown,
)


def test_a_field_lights_up_on_all_its_pages(served: Served, reader: Reader) -> None:
    page = reader.open(at(key_of(served.folder, "Officers who attend")))
    expect(page.locator("h1")).to_have_text("Recommendation 1")
    pictures(page)
    assert lit(page) == [] and lit(page, "here") == ["1", "2"]
    page.locator("#title-text").hover()
    assert lit(page, "hovered") == ["1", "2"]
    page.locator("#title-target").hover()
    assert lit(page, "hovered") == ["1"]
    part(page, "text").focus()
    assert lit(page) == ["1", "2"]
    box = page.locator("#page-2 g.lit rect").bounding_box()
    assert box and box["width"] > 20
    page.close()


def test_a_place_on_the_page_leads_to_its_field(served: Served, reader: Reader) -> None:
    page = reader.open(at(key_of(served.folder, "Officers who attend")))
    pictures(page)
    lead = json.loads(page.locator("#field-leads").get_attribute("data-places") or "[]")[0]
    click_at(page, lead[0], lead[1:])
    expect(part(page, "leads.0.text")).to_be_focused()
    other = plan_file(served.folder)["recommendations"][1]
    spot = other["provenance"]["target"][0]
    click_at(page, spot["page"], spot["bbox"])
    shown(page, other["key"])
    expect(part(page, "target")).to_be_focused()
    expect(page).to_have_url(served.origin + at(other["key"]))
    page.go_back()
    shown(page, key_of(served.folder, "Officers who attend"))
    page.close()


def test_each_kind_of_field_is_corrected_and_kept(served: Served, reader: Reader) -> None:
    key = key_of(served.folder, "The Board should agree")
    page = reader.open(at(key))
    edits = {
        "number": "1a",
        "text": "The Board should agree what self-neglect means.",
        "leads.0.post": "Business Manager",
        "updates.0.text": "The policy is agreed.",
        "updates.0.label": "September",
        "actions.0.text": "Task and finish group",
        "status.text": "agreed",
    }
    for path, text in edits.items():
        fill(page, path, text)
        expect(page.locator("#told")).to_contain_text("Saved")
    part(page, "number").fill("1b")
    sent(page, lambda: part(page, "number").press("Enter"))  # without leaving the field
    edits["number"] = "1b"
    sent(page, lambda: part(page, "status.value").select_option("ongoing"))
    value = record_of(page, key)
    for path, text in {**edits, "status.value": "ongoing"}.items():
        found: Any = value
        for step in path.split("."):
            found = found[int(step)] if step.isdecimal() else found[step]
        assert found == text, path
    expect(page.locator("#about-leads")).to_contain_text("A. Marlow")
    page.reload()
    for path, text in edits.items():
        expect(part(page, path)).to_have_value(text)
    page.close()


def test_what_is_read_in_a_text_is_shown_while_it_is_typed(served: Served, reader: Reader) -> None:
    key = key_of(served.folder, "The Board should agree")
    page = reader.open(at(key))
    target = part(page, "target")
    target.press_sequentially(" x")
    target.fill("end of June 2014")
    expect(page.locator("#reading-target")).to_contain_text("2014-06-30")
    assert record_of(page, key)["target"]["text"] == "Sept 2019"  # nothing is saved by typing
    sent(page, lambda: target.press("Tab"))
    expect(page.locator("#about-target")).to_contain_text("Read as 2014-06-30")
    assert record_of(page, key)["target"]["edtf"] == "2014-06-30"
    page.locator("#hand-target summary").click()
    fill(page, "target.edtf", "2014-07-01")
    assert record_of(page, key)["target"]["edtf"] == "2014-07-01"
    sent(page, lambda: page.locator("#back-target").click())
    expect(part(page, "target")).to_have_value("Sept 2019")
    assert record_of(page, key)["target"]["edtf"] == "2019-09"
    page.close()


def test_parts_are_added_moved_and_removed(served: Served, reader: Reader) -> None:
    key = key_of(served.folder, "Meetings about a person")
    page = reader.open(at(key))
    add = page.locator("#add-leads")
    add.fill("Det Supt Ada Wrenfield")
    expect(page.locator("#field-leads .add .reading")).to_contain_text("Det Supt")
    sent(page, lambda: add.press("Enter"))
    assert record_of(page, key)["leads"][1]["post"] == "Det Supt"
    expect(page.locator("#add-leads")).to_have_value("")
    expect(page.locator("#add-leads")).to_be_focused()
    sent(page, lambda: page.get_by_label("Move lead 2 up").click())
    assert record_of(page, key)["leads"][0]["name"] == "Ada Wrenfield"
    sent(page, lambda: page.get_by_label("Remove lead 1").click())
    assert len(record_of(page, key)["leads"]) == 1
    page.locator("#add-updates").fill("March 2020: The rota has ended.")
    sent(page, lambda: page.locator("#add-updates").press("Enter"))
    last = record_of(page, key)["updates"][-1]
    assert last["label"] == "March 2020" and last["text"] == "The rota has ended."
    page.close()


def test_a_selected_text_is_moved_to_another_field(served: Served, reader: Reader) -> None:
    key = key_of(served.folder, "Ward staff ought")
    page = reader.open(at(key))
    field = part(page, "actions.0.text")
    text = field.input_value()
    assert text.endswith("Pocket card.") or len(record_of(page, key)["actions"]) > 1
    words = record_of(page, key)["text"]
    cut = words.index("and that it may")
    recommendation = part(page, "text")
    recommendation.focus()
    recommendation.evaluate("(one, at) => one.setSelectionRange(at, one.value.length)", cut)
    bar = page.locator("#move")
    expect(bar).to_be_visible()
    bar.locator("select").select_option("updates")
    sent(page, lambda: bar.get_by_role("button").click())
    found = record_of(page, key)
    assert found["text"] == words[:cut].strip()
    assert any(one["text"] == words[cut:] for one in found["updates"])
    page.close()


def test_a_reviewer_needs_no_mouse(served: Served, reader: Reader) -> None:
    name = "tarrowdale-turned-and-cropped"
    page = reader.open(f"/documents/{name}")
    page.keyboard.press("n")
    page.wait_for_selector("html[data-ready=record]", state="attached")
    first = page.locator("#record").get_attribute("data-key") or ""
    sent(page, lambda: page.keyboard.press("a"), "/mark")
    expect(page.locator("#record")).not_to_have_attribute("data-key", first)
    expect(page.locator("#record-title")).to_be_focused()
    second = page.locator("#record").get_attribute("data-key") or ""
    sent(page, lambda: page.keyboard.press("f"), "/mark")
    expect(page.locator("#flag")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("e")
    focused = "document.activeElement.dataset.path"
    path = page.evaluate(focused)
    assert path
    page.keyboard.type("n")  # while typing, letters are letters
    assert page.locator("#record").get_attribute("data-key") == second
    sent(page, lambda: page.keyboard.press("Escape"))
    assert page.evaluate(focused) is None
    sent(page, lambda: page.keyboard.press("u"), "/undo")
    sent(page, lambda: page.keyboard.press("u"), "/undo")
    expect(page.locator("#flag")).to_have_attribute("aria-pressed", "false")
    sent(page, lambda: page.keyboard.press("r"), "/redo")
    expect(page.locator("#flag")).to_have_attribute("aria-pressed", "true")
    sent(page, lambda: page.keyboard.press("n"), "/step")
    expect(page.locator("#record")).not_to_have_attribute("data-key", second)
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("n")
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()
    page.keyboard.press("Shift+A")
    expect(page.locator("#rest")).to_be_visible()
    page.get_by_role("button", name="Accept", exact=False).locator("visible=true").last.focus()
    sent(page, lambda: page.locator("#rest .main-step").press("Enter"), "/accept-rest")
    expect(page.locator(".notice")).to_contain_text("Every record of this document")
    page.close()


def test_single_letters_can_be_turned_off(served: Served, reader: Reader) -> None:
    page = reader.open("/settings")
    page.get_by_label("Off").check()
    sent(page, lambda: page.get_by_role("button", name="Save settings").click(), "/settings")
    page.wait_for_selector("body[data-shortcuts=off]")
    key = key_of(served.folder, "Receptionists")
    other = reader.open(at(key))
    for letter in ("n", "a", "f", "?"):
        other.keyboard.press(letter)
    expect(other.locator("#help")).to_be_hidden()
    assert other.locator("#record").get_attribute("data-key") == key
    other.get_by_role("button", name="Keys").click()
    expect(other.locator("#help")).to_be_visible()
    page.get_by_label("On").check()
    sent(page, lambda: page.get_by_role("button", name="Save settings").click(), "/settings")
    page.close()
    other.close()


def test_pages_are_sharp_at_any_zoom_and_let_go_when_far(served: Served, reader: Reader) -> None:
    page = reader.open(at(key_of(served.folder, "The Board should agree")))
    pictures(page)
    sharp = "one => one.naturalWidth / one.clientWidth"
    image = page.locator("#page-1 img")
    assert image.evaluate(sharp) >= 0.99
    for _ in range(6):
        page.keyboard.press("+")
    page.wait_for_function(
        "() => { const one = document.querySelector('#page-1 img');"
        " return one.naturalWidth >= 0.99 * one.clientWidth"
        " && one.clientWidth > 3 * one.closest('.scroll').clientWidth }"
    )
    page.keyboard.press("0")
    expect(page.locator("#zoom")).to_have_text("100 %")
    page.close()


def test_a_page_that_lies_on_its_side_is_shown_upright(served: Served, reader: Reader) -> None:
    name = "tarrowdale-turned-and-cropped"
    record = plan_file(served.folder, name)["recommendations"][0]
    page = reader.open(at(record["key"], name))
    pictures(page)
    for number in page.locator(".page:has(img[src])").evaluate_all(
        "all => all.map(one => one.dataset.page)"
    ):
        size = page.locator(f"#page-{number} img").evaluate(
            "one => [one.naturalWidth / one.naturalHeight,"
            " one.closest('.page').clientWidth / one.closest('.page').clientHeight]"
        )
        assert abs(size[0] - size[1]) < 0.02
    assert name != NAME
    page.close()


def test_what_follows_a_change_at_once_waits_for_it(served: Served, reader: Reader) -> None:
    """The button is drawn anew by the answer to the change before; its press is not lost."""
    key = key_of(served.folder, "Home visits that")
    page = reader.open(at(key))

    def slow(route: Route) -> None:
        time.sleep(0.4)  # as long as a person needs to the next button
        route.continue_()

    page.route("**/edit", slow)
    part(page, "leads.0.post").fill("Partner")
    sent(page, lambda: page.locator("#accept").click(), "/mark")
    expect(page.locator("#record")).not_to_have_attribute("data-key", key)
    page.unroute("**/edit")
    page.goto(served.origin + at(key))
    expect(part(page, "leads.0.post")).to_have_value("Partner")
    expect(page.locator("#unaccept")).to_be_visible()
    page.close()


def test_each_script_is_loaded_once(served: Served, reader: Reader) -> None:
    """A second address of a module would be a second copy: each key would be pressed twice."""
    page = reader.open(at(key_of(served.folder, "Home visits that")))
    scripts = page.evaluate(
        "performance.getEntriesByType('resource').map(one => one.name.split('?')[0])"
        ".filter(name => name.endsWith('.js'))"
    )
    assert len(scripts) == len(set(scripts)) > 4
    page.close()
