"""A desk that runs as people start it, a headless browser, and pages that may log nothing."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request

from actionplan.cli import main
from tests.browsers import PATIENCE
from tests.browsers import browser as browser
from tests.conftest import ROOT

SHOWN = ("marlingate-agency-tables", "tarrowdale-turned-and-cropped")


@dataclass
class Served:
    """A running desk; its output is read all the time, so that it never waits for us."""

    folder: Path
    process: subprocess.Popen[str]
    link: str
    lines: list[str]
    reader: threading.Thread

    @property
    def origin(self) -> str:
        return self.link.partition("/?")[0]

    def kill(self) -> None:
        """End it as a crash would."""
        self.process.kill()
        self.process.wait()
        self.reader.join()
        assert self.process.stderr
        self.process.stderr.close()


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
    reader = threading.Thread(target=lines.extend, args=(process.stderr,), daemon=True)
    reader.start()
    return Served(folder, process, found[0], lines, reader)


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
        if one.process.poll() is None:
            one.kill()
    assert [line for one in running for line in one.lines if "Traceback" in line] == []


def ready(page: Page) -> None:
    """Wait until the scripts of a page run: a record has one more."""
    page.wait_for_function(
        "() => document.documentElement.dataset.ready =="
        " (document.getElementById('record') ? 'record' : '')"
    )


class Reader:
    """A browser with a session of a desk; what its pages log, or ask of others, is noted."""

    def __init__(self, browser: Browser, origin: str, link: str) -> None:
        self.origin = origin
        self.wrong: list[str] = []
        self.allowed: list[str] = []
        self.context = browser.new_context(viewport={"width": 1280, "height": 900})
        self.context.set_default_timeout(PATIENCE)
        self.context.on("console", lambda message: self.wrong.append(message.text))
        self.context.on("weberror", lambda error: self.wrong.append(str(error.error)))
        self.context.on("request", self._asked)
        page = self.context.new_page()
        page.goto(link)
        page.wait_for_selector("html[data-ready]", state="attached")
        page.close()

    def _asked(self, one: Request) -> None:
        if not one.url.startswith((self.origin, "data:", "blob:")):
            self.wrong.append(one.url)

    def open(self, path: str = "/", size: tuple[int, int] = (1280, 900)) -> Page:
        """Open a page of the desk and wait until its script is ready."""
        page = self.context.new_page()
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.goto(self.origin + path)
        ready(page)
        return page

    def close(self) -> None:
        """End it; fails if something was noted that was not expected."""
        self.context.close()
        noted = [line for line in self.wrong if not any(part in line for part in self.allowed)]
        assert noted == []


@pytest.fixture(scope="module")
def served(plans: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One desk for the tests of a module: they keep to records of their own."""
    folder = Path(shutil.copytree(plans, tmp_path_factory.mktemp("desk") / "outputs"))
    running = start(folder, "--name", "A. Marlow")
    yield running
    running.kill()
    assert [line for line in running.lines if "Traceback" in line] == []


@pytest.fixture(scope="module")
def reader(served: Served, browser: Browser) -> Iterator[Reader]:
    """A browser that has opened the desk."""
    made = Reader(browser, served.origin, served.link)
    yield made
    made.close()


Enter = Callable[..., Reader]


@pytest.fixture
def enter(browser: Browser) -> Iterator[Enter]:
    """Open desks in further browsers."""
    made: list[Reader] = []

    def entered(origin: str, link: str) -> Reader:
        made.append(Reader(browser, origin, link))
        return made[-1]

    yield entered
    for one in made:
        one.close()
