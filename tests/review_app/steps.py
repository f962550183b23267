"""What a reviewer does on the pages of the desk, and what is found there afterwards."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

NAME = "marlingate-agency-tables"


def plan_file(folder: Path, name: str = NAME) -> dict[str, Any]:
    """The plan as it was read."""
    value: dict[str, Any] = json.loads((folder / f"{name}.plan.json").read_text(encoding="utf-8"))
    return value


def key_of(folder: Path, text: str, name: str = NAME) -> str:
    """The key of the record whose text begins like `text`."""
    records = plan_file(folder, name)["recommendations"]
    return next(str(one["key"]) for one in records if one["text"].startswith(text))


def at(key: str, name: str = NAME) -> str:
    """The address of a record."""
    return f"/documents/{name}/records/{key}"


def corrected(page: Page, name: str = NAME) -> dict[str, Any]:
    """The corrected plan, downloaded."""
    base = re.match(r"https?://[^/]+", page.url)
    assert base
    answer = page.request.get(f"{base[0]}/documents/{name}/download/json")
    assert answer.ok
    found: dict[str, Any] = answer.json()
    return found


def record_of(page: Page, key: str, name: str = NAME) -> dict[str, Any]:
    """A corrected record."""
    return next(one for one in corrected(page, name)["recommendations"] if one["key"] == key)


def texts(page: Page, name: str = NAME) -> list[str]:
    """The beginnings of the texts of all records, in order."""
    return [one["text"][:20] for one in corrected(page, name)["recommendations"]]


def part(page: Page, path: str) -> Locator:
    """The input of a part of a field."""
    return page.locator(f"[data-path='{path}']")


def sent(page: Page, act: Any, end: str = "/edit") -> None:
    """Do something and wait for the answer of the desk to it, and until the page shows it."""
    with page.expect_response(lambda one: one.url.partition("?")[0].endswith(end)) as answer:
        act()
    assert answer.value.ok, answer.value.text()
    page.wait_for_function("() => !document.querySelector('.htmx-request, .htmx-added')")


def fill(page: Page, path: str, text: str) -> None:
    """Type into a part of a field and leave it."""
    field = part(page, path)
    field.fill(text)
    sent(page, lambda: field.press("Tab"))


def lit(page: Page, layer: str = "lit") -> list[str]:
    """The pages on which something is lit up."""
    found: list[str] = page.locator(f"g.{layer} rect").evaluate_all(
        "all => [...new Set(all.map(one => one.closest('.page').dataset.page))]"
    )
    return found


def click_at(page: Page, number: int, box: list[float]) -> None:
    """Click on the middle of a box of a page, given in points."""
    sheet = page.locator(f"#page-{number}")
    sheet.evaluate(
        "(one, y) => { const all = one.closest('.scroll');"
        " all.scrollTop = one.offsetTop + y * one.clientWidth / one.dataset.width - 200 }",
        box[1],
    )
    size = sheet.bounding_box()
    assert size
    scale = size["width"] / float(sheet.get_attribute("data-width") or 0)
    x, y = (box[0] + box[2]) / 2 * scale, (box[1] + box[3]) / 2 * scale
    page.mouse.click(size["x"] + x, size["y"] + y)


def shown(page: Page, key: str) -> None:
    """Wait until a record is shown."""
    expect(page.locator("#record")).to_have_attribute("data-key", key)


def pictures(page: Page) -> None:
    """Wait until the pages that can be seen are drawn."""
    page.wait_for_function(
        "() => document.querySelector('.page img[src]') && !document.querySelector('.page.loading')"
    )


def violations(page: Page) -> str:
    """What axe finds, in words."""
    found = Axe().run(page)
    return str(found.generate_report()) if found.violations_count else ""
