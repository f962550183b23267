"""A record beside its pages: seen, lit up, corrected field by field, with mouse and with keys."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.review_app.conftest import Serve, Visit

NAME = "marlingate-agency-tables"


def record_key(folder: Path, text: str, name: str = NAME) -> str:
    """The key of the record whose text begins like `text`."""
    plan = json.loads((folder / f"{name}.plan.json").read_text(encoding="utf-8"))
    return next(str(one["key"]) for one in plan["recommendations"] if one["text"].startswith(text))


def at(key: str, name: str = NAME) -> str:
    return f"/documents/{name}/records/{key}"


def saved(page: Page, what: str = "") -> None:
    """Wait until the desk says that something was saved."""
    expect(page.locator("#told")).to_contain_text(re.compile(what or "Saved", re.I))


def fill(page: Page, path: str, text: str) -> None:
    """Type into the field at `path` and leave it."""
    field = page.locator(f"[data-path='{path}']")
    with page.expect_response(lambda one: one.url.endswith("/edit")):
        field.fill(text)
        field.press("Tab")


def plan_of(page: Page, name: str = NAME) -> dict[str, Any]:
    """The corrected plan, downloaded."""
    value = page.request.get(
        f"{page.url.partition('/documents')[0]}/documents/{name}/download/json"
    )
    assert value.ok
    found: dict[str, Any] = value.json()
    return found


def record_of(page: Page, key: str, name: str = NAME) -> dict[str, Any]:
    return next(one for one in plan_of(page, name)["recommendations"] if one["key"] == key)


def lit(page: Page, layer: str = "lit") -> list[str]:
    """The pages on which something is lit up."""
    return page.locator(f"g.{layer} rect").evaluate_all(
        "all => [...new Set(all.map(one => one.closest('.page').dataset.page))]"
    )


def test_a_field_lights_up_on_all_its_pages(outputs: Path, serve: Serve, visit: Visit) -> None:
    key = record_key(outputs, "Officers who attend")
    page = visit(serve(outputs, "--name", "A. Marlow"), at(key))
    expect(page.locator("h1")).to_have_text("Recommendation 1")
    field = page.locator("#field-text")
    assert lit(page) == []
    field.hover()
    assert lit(page, "hovered") == ["1", "2"]
    page.locator("#field-target").hover()
    assert lit(page, "hovered") == ["1"]
    field.locator("textarea").focus()
    assert lit(page) == ["1", "2"]
    expect(page.locator("#page-1 img")).to_have_js_property("complete", True)
    box = page.locator("#page-2 g.lit rect").bounding_box()
    assert box and box["width"] > 20


def test_a_place_on_the_page_leads_to_its_field(outputs: Path, serve: Serve, visit: Visit) -> None:
    key = record_key(outputs, "Officers who attend")
    page = visit(serve(outputs, "--name", "A. Marlow"), at(key))
    with page.expect_response(lambda one: "/pages/1/marks" in one.url):
        page.locator("#page-1").scroll_into_view_if_needed()
    click_on(page, page.locator("#field-leads"))
    expect(page.locator("[data-path='leads.0.text']")).to_be_focused()
    other = record_key(outputs, "Meetings about a person")
    place = json.loads((outputs / f"{NAME}.plan.json").read_text())["recommendations"][1]
    spot = place["provenance"]["target"][0]
    click_at(page, spot["page"], spot["bbox"])
    expect(page.locator("#record")).to_have_attribute("data-key", other)
    expect(page.locator("[data-path='target']")).to_be_focused()
    assert page.url.endswith(at(other))


def click_on(page: Page, field: Locator) -> None:
    """Click where the field is printed."""
    number, *box = json.loads(field.get_attribute("data-places") or "[]")[0]
    click_at(page, number, box)


def click_at(page: Page, number: int, box: list[float]) -> None:
    sheet = page.locator(f"#page-{number}")
    sheet.evaluate(
        "(one, y) => { const all = one.closest('.scroll');"
        " all.scrollTop = one.offsetTop + y * one.clientWidth / one.dataset.width - 200 }",
        box[1],
    )
    size = sheet.bounding_box()
    width = float(sheet.get_attribute("data-width") or 0)
    assert size
    scale = size["width"] / width
    x, y = (box[0] + box[2]) / 2 * scale, (box[1] + box[3]) / 2 * scale
    page.mouse.click(size["x"] + x, size["y"] + y)


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        ("number", "1a", "1a"),
        ("text", "Officers should record both.", "Officers should record both."),
        ("leads.0.post", "Chief Inspector", "Chief Inspector"),
        ("updates.0.text", "The prompt is live.", "The prompt is live."),
        ("actions.0.text", "Prompt on the device", "Prompt on the device"),
        ("agencies.0.name", "Marlingate Constabulary", "Marlingate Constabulary"),
        ("status.text", "live", "live"),
    ],
)
def test_a_part_is_corrected_and_kept(
    path: str, text: str, told: str, outputs: Path, serve: Serve, visit: Visit
) -> None:
    key = record_key(outputs, "Officers who attend")
    page = visit(serve(outputs, "--name", "A. Marlow"), at(key))
    fill(page, path, text)
    saved(page)
    value: Any = record_of(page, key)
    for step in path.split("."):
        value = value[int(step)] if step.isdecimal() else value[step]
    assert value == told
    head = path.partition(".")[0]
    expect(page.locator(f"#about-{head}")).to_contain_text("A. Marlow")
    page.reload()
    expect(page.locator(f"[data-path='{path}']")).to_have_value(text)
