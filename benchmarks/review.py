"""The review desk in Chromium: how soon a long plan is on the screen, how smoothly it scrolls, and
what a whole check takes in keystrokes and minutes.

    python benchmarks/review.py [--pages 120] [--walk FILE.pdf]

Prints Markdown tables. The walk-through goes over a document as a careful reviewer does, keyboard
alone: every record is read and compared with its page, the doubtful ones first; six fields that
were made wrong beforehand are found and set right; the result is downloaded as a workbook. Without
``--walk`` two sample plans of 12 pages are bound into one of 24.

Minutes are reckoned, not acted: 0.28 s for each keystroke (a typist of 40 words a minute), 1.35 s
for each decision (both from the Keystroke-Level Model of Card, Moran and Newell), reading at 240
words a minute, each word twice (form and page), and what the desk itself made the reviewer wait
for.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psutil
from made_pdfs import made
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).parent.parent
BOUND = ("harrowmere-five-columns", "corvenhithe-header-once")
WINDOW: ViewportSize = {"width": 1280, "height": 900}
RUNS, STEPS, SPOILT = 5, 900, 6
KEY, DECISION, WORDS = 0.28, 1.35, 240 / 60  # seconds, seconds, words a second
Wrong = dict[str, tuple[str, str]]

FIRST_IMAGE = """() => new Promise(done => {
  const look = () => {
    const one = [...document.querySelectorAll('.page img[src]')].find(one => one.complete);
    if (one) requestAnimationFrame(() => setTimeout(() => done(performance.now())));
    else setTimeout(look, 5);
  };
  look();
})"""
SCROLL = """async steps => {
  const pane = document.getElementById('pages'), frames = [], long = [];
  const seen = new PerformanceObserver(
    list => long.push(...list.getEntries().map(one => one.duration)));
  seen.observe({entryTypes: ['longtask']});
  let last = performance.now();
  for (let step = 0; step < steps; step++) {
    pane.scrollTop += 120;
    await new Promise(requestAnimationFrame);
    frames.push(performance.now() - last);
    last = performance.now();
  }
  seen.disconnect();
  return [frames, long];
}"""
COUNT_WORDS = """() => [...document.querySelectorAll('#fields [data-saved]')]
  .map(one => one.value).join(' ').split(/\\s+/).length"""
OTHER = "key => document.querySelector('#record')?.dataset.key !== key"
OPENING = (
    "pages", "records", "first page: first time", "again", "next record", "frames: median",
    "99 per cent", "tasks over 50 ms", "longest", "memory",
)  # fmt: skip
WALKING = (
    "pages", "records", "doubtful", "corrected", "keystrokes", "decisions", "words read", "waited",
    "minutes",
)  # fmt: skip


@dataclass
class Walk:
    """What a reviewer did: keystrokes, decisions, words read, seconds of waiting."""

    keys: int = 0
    decisions: int = 0
    words: int = 0
    waited: float = 0.0
    doubtful: int = 0
    records: int = 0
    corrected: int = 0

    @property
    def minutes(self) -> float:
        spent = self.keys * KEY + self.decisions * DECISION + self.words / WORDS + self.waited
        return spent / 60


@contextmanager
def desk(folder: Path) -> Iterator[tuple[str, psutil.Process]]:
    """A running desk: its link and its process."""
    command = [sys.executable, "-m", "actionplan", "review", str(folder), "--no-browser"]
    process = subprocess.Popen([*command, "--name", "Benchmark"], stderr=subprocess.PIPE, text=True)
    assert process.stderr
    found = None
    while not found:
        line = process.stderr.readline()
        if not line:
            raise SystemExit("the desk did not start")
        found = re.search(r"http://\S+", line)
    try:
        yield found[0], psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(60)


def convert(pdf: Path, folder: Path) -> Path:
    """Convert `pdf` into `folder`; return the plan file."""
    command = [sys.executable, "-m", "actionplan", "convert", str(pdf), "-o", str(folder), "-q"]
    subprocess.run(command, check=True)
    return folder / f"{pdf.stem}.plan.json"


def table(heads: Sequence[str], cells: Sequence[object]) -> None:
    """Print a table of one row."""
    print(f"| {' | '.join(heads)} |\n|{' ---: |' * len(heads)}")
    print(f"| {' | '.join(map(str, cells))} |\n")


def opened(page: Page, url: str) -> float:
    """Milliseconds from the start of the navigation to the first page on the screen."""
    page.goto(url, wait_until="commit")
    found: float = page.evaluate(FIRST_IMAGE)
    return found


def stepped(page: Page) -> float:
    """Milliseconds from a key to the next record."""
    key = page.locator("#record").get_attribute("data-key")
    start = time.perf_counter()
    page.keyboard.press("n")
    page.wait_for_function(OTHER, arg=key)
    return (time.perf_counter() - start) * 1000


def megabytes(process: psutil.Process) -> float:
    """Memory of the desk with its workers."""
    family = [process, *process.children(recursive=True)]
    return sum(one.memory_info().rss for one in family if one.is_running()) / 1e6


def measure_opening(browser: Browser, pages: int, folder: Path) -> None:
    """Open a long plan, scroll through it, step through its records."""
    pdf = folder / "long.pdf"
    pdf.write_bytes(made(3, pages, brief=True)[0])
    name = convert(pdf, folder / "long").name.partition(".")[0]
    with desk(folder / "long") as (link, process):
        page = browser.new_page(viewport=WINDOW)
        page.goto(link)
        time.sleep(3)  # a person looks at the list of documents first
        url = f"{link.partition('/?')[0]}/documents/{name}/start"
        first = opened(page, url)
        again = median(opened(page, url) for _ in range(RUNS))
        page.wait_for_load_state("networkidle")
        frames, long = page.evaluate(SCROLL, STEPS)
        frames.sort()
        steps = median(stepped(page) for _ in range(RUNS))
        records = re.findall(r"of (\d+)", page.locator(".figures").first.inner_text())[0]
        cells = (
            page.locator(".page").count(), records, f"{first:.0f} ms", f"{again:.0f} ms",
            f"{steps:.0f} ms", f"{median(frames):.0f} ms",
            f"{frames[int(len(frames) * 0.99)]:.0f} ms", len(long),
            f"{max(long, default=0):.0f} ms", f"{megabytes(process):.0f} MB",
        )  # fmt: skip
        page.close()
    table(OPENING, cells)


def bound(folder: Path) -> Path:
    """Two samples in one file of 24 pages."""
    from pypdf import PdfWriter

    writer = PdfWriter()
    for name in BOUND:
        writer.append(ROOT / "samples" / f"{name}.pdf")
    path = folder / "bound.pdf"
    writer.write(path)
    return path


def spoil(path: Path) -> Wrong:
    """Empty a part of six leads of the plan file; return part and right text by record."""
    plan = json.loads(path.read_text(encoding="utf-8"))
    found: Wrong = {}
    for record in plan["recommendations"][::3]:
        lead = record["leads"][0] if record["leads"] else {}
        part = next((one for one in ("post", "name", "organisation") if lead.get(one)), None)
        if part and len(found) < SPOILT:
            found[record["key"]] = (f"leads.0.{part}", lead[part])
            lead[part] = None
    path.write_text(json.dumps(plan), encoding="utf-8")
    return found


def press(page: Page, walk: Walk, key: str, answer: str = "") -> None:
    """Press a key; wait for the desk's answer where there is one."""
    walk.keys += 1
    if not answer:
        page.keyboard.press(key)
        return
    start = time.perf_counter()
    with page.expect_response(lambda one: answer in one.url):
        page.keyboard.press(key)
    page.wait_for_function("() => !document.querySelector('.htmx-request')")
    walk.waited += time.perf_counter() - start


def check_record(page: Page, walk: Walk, wrong: Wrong) -> None:
    """Read a record, look at each of its doubts, set right what is wrong, accept it."""
    key = page.locator("#record").get_attribute("data-key") or ""
    doubts = page.locator(".issues li").count()
    walk.records += 1
    walk.doubtful += bool(doubts)
    walk.words += 2 * page.evaluate(COUNT_WORDS)
    walk.decisions += 1 + doubts
    if key in wrong:
        correct(page, walk, *wrong[key])
    press(page, walk, "a", "/mark")
    page.wait_for_function(OTHER, arg=key)


def correct(page: Page, walk: Walk, path: str, text: str) -> None:
    """Go to a part of a field with the keyboard, and type."""
    press(page, walk, "e")
    while page.evaluate("document.activeElement.dataset.path") != path:
        press(page, walk, "Tab")
    page.keyboard.type(text)
    walk.keys += len(text)
    walk.corrected += 1
    walk.decisions += 1
    press(page, walk, "Escape", "/edit")


def measure_walk(browser: Browser, pdf: Path, folder: Path) -> None:
    """Check a whole document and download it."""
    path = convert(pdf, folder / "walk")
    wrong, walk = spoil(path), Walk()
    with desk(folder / "walk") as (link, _):
        page = browser.new_page(viewport=WINDOW)
        page.goto(link)
        start = time.perf_counter()
        page.goto(f"{link.partition('/?')[0]}/documents/{path.name.partition('.')[0]}/start")
        page.wait_for_selector("#record")
        walk.waited += time.perf_counter() - start
        pages = page.locator(".page").count()
        while page.locator("#record").count():
            check_record(page, walk, wrong)
        while page.evaluate("document.activeElement.textContent") != "XLSX":
            press(page, walk, "Tab")
        with page.expect_download() as begun:
            press(page, walk, "Enter")
        size = Path(begun.value.path()).stat().st_size
        page.close()
    cells = (
        pages, walk.records, walk.doubtful, walk.corrected, walk.keys, walk.decisions,
        f"{walk.words:,}", f"{walk.waited:.0f} s", f"{walk.minutes:.0f}",
    )  # fmt: skip
    table(WALKING, cells)
    print(f"The workbook has {size / 1000:.0f} kB.")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="The review desk in Chromium.")
    parser.add_argument("--pages", type=int, default=120)
    parser.add_argument("--walk", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, sync_playwright() as play:
        folder = Path(name)
        browser = play.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        measure_opening(browser, arguments.pages, folder)
        measure_walk(browser, arguments.walk or bound(folder), folder)
        browser.close()


if __name__ == "__main__":
    main()
