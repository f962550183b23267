"""A desk that runs as people start it, a headless browser, and pages that may log nothing."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright

from actionplan.cli import main
from tests.conftest import ROOT

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PATIENCE = 120_000  # milliseconds: the machine may have other things to do
SHOWN = ("marlingate-agency-tables", "tarrowdale-turned-and-cropped")
expect.set_options(timeout=PATIENCE)


@dataclass
class Served:
    """A running desk; its output is read all the time, so that it never waits for us."""

    folder: Path
    process: subprocess.Popen[str]
    link: str
    lines: list[str] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return self.link.partition("/?")[0]

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(60)


Serve = Callable[..., Served]


def start(folder: Path, *options: str) -> Served:
    """Run ``actionplan review`` and wait for its link."""
    command = [sys.executable, "-m", "actionplan", "review", str(folder), "--no-browser", *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr
    lines: list[str] = []
    found = None
    while not found:
        line = process.stderr.readline()
        assert line, "".join(lines)
        lines.append(line)
        found = re.search(r"http://127\.0\.0\.1:\d+/\?token=\S+", line)
    threading.Thread(target=_read, args=(process.stderr, lines), daemon=True).start()
    return Served(folder, process, found[0], lines)


def _read(stream: IO[str], lines: list[str]) -> None:
    lines.extend(stream)


@pytest.fixture(scope="session")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Plan files of two samples; tests work on copies."""
    folder = tmp_path_factory.mktemp("plans")
    samples = [str(ROOT / "samples" / f"{name}.pdf") for name in SHOWN]
    assert main(["convert", *samples, "-o", str(folder), "--quiet"]) == 0
    return folder


@pytest.fixture
def outputs(plans: Path, tmp_path: Path) -> Path:
    """An output folder of one's own."""
    return Path(shutil.copytree(plans, tmp_path / "outputs"))


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start desks; all are ended after the test, and none may have logged an error."""
    running: list[Served] = []

    def started(folder: Path, *options: str) -> Served:
        running.append(start(folder, *options))
        return running[-1]

    yield started
    for one in running:
        one.kill()
    assert [line for one in running for line in one.lines if "Traceback" in line] == []


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium; not for longer than a module, since its event loop is everybody's."""
    if not CHROMIUM:
        pytest.skip("needs Chromium: apt-get install chromium")
    with sync_playwright() as play:
        # As root, as in a container, Chromium runs without its own sandbox only.
        started = play.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-dev-shm-usage"],
            timeout=PATIENCE,
        )
        yield started
        started.close()


Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Open a desk in a browser of its own; what it logs, or asks of others, fails the test.

    `expected` are parts of messages that a test brings about on purpose.
    """
    contexts: list[BrowserContext] = []
    wrong: list[str] = []
    allowed: list[str] = []

    def opened(
        served: Served,
        path: str = "/",
        *,
        link: str = "",
        size: tuple[int, int] = (1280, 900),
        expected: tuple[str, ...] = (),
        touch: bool = False,
    ) -> Page:
        allowed.extend(expected)
        viewport = {"width": size[0], "height": size[1]}
        context = browser.new_context(viewport=viewport, has_touch=touch)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))

        def asked(one: Request) -> None:
            if not one.url.startswith((served.origin, "data:", "blob:")):
                wrong.append(one.url)

        page.on("request", asked)
        page.goto(link or served.link)
        page.wait_for_selector("html[data-ready]", state="attached")
        if path != "/":
            page.goto(served.origin + path)
            page.wait_for_selector("html[data-ready]", state="attached")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [line for line in wrong if not any(part in line for part in allowed)] == []
