"""Time to make the report of many made-up plans, and to open it in Chromium.

    python benchmarks/report.py [--recommendations 5000]

Prints a Markdown table. Ready: the table can be searched, from the start of the navigation. Search,
order: from the input to the new rows on the screen.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from pathlib import Path
from statistics import median

from made_plans import write_plans
from playwright.sync_api import Page, sync_playwright

from actionplan.cli import main as run

_RUNS = 5
_SHOWN = """([id, value, kind]) => new Promise(done => {
  const field = document.getElementById(id), start = performance.now();
  new MutationObserver(() => requestAnimationFrame(() => setTimeout(
    () => done(performance.now() - start)))).observe(
    document.getElementById("rows"), {childList: true});
  field.value = value;
  field.dispatchEvent(new Event(kind, {bubbles: true}));
})"""


def opened(page: Page, path: Path) -> float:
    """Milliseconds from the start of the navigation until the table can be used."""
    page.goto(path.as_uri(), wait_until="commit")
    page.wait_for_selector("html[data-ready]", state="attached")
    mark: float = page.evaluate("performance.getEntriesByName('ready')[0].startTime")
    return mark


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Time to make and to open a report.")
    parser.add_argument("--recommendations", type=int, default=5000)
    count = parser.parse_args().recommendations
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        plans, path = Path(folder) / "plans", Path(folder) / "report.html"
        write_plans(plans, count)
        start = time.perf_counter()
        if code := run(["report", str(plans), "-o", str(path), "--no-pictures", "-q"]):
            raise SystemExit(code)
        made = time.perf_counter() - start
        browser = play.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        ready = median(opened(page, path) for _ in range(_RUNS))
        search = page.evaluate(_SHOWN, ["search", "record keeping", "input"])
        order = page.evaluate(_SHOWN, ["order", "agency", "input"])
        browser.close()
        size = path.stat().st_size / 1e6
    print("| recommendations | page | made | ready | first search | order |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: |")
    figures = f"{size:.1f} MB | {made:.1f} s | {ready:.0f} ms | {search:.0f} ms | {order:.0f} ms"
    print(f"| {count:,} | {figures} |")


if __name__ == "__main__":
    main()
