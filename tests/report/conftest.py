"""A headless browser, and reports to open in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page

from actionplan.cli import main
from tests.browsers import PATIENCE
from tests.browsers import browser as browser
from tests.conftest import ROOT

SHOWN = (
    "brindlecombe-dates-and-leads",
    "marlingate-agency-tables",
    "tarrowdale-turned-and-cropped",
)
"""Samples with doubts of many kinds, several agencies, and pages that are turned."""

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Plan files of a few samples."""
    folder = tmp_path_factory.mktemp("outputs")
    samples = [str(ROOT / "samples" / f"{name}.pdf") for name in SHOWN]
    assert main(["convert", *samples, "-o", str(folder), "--quiet"]) == 0
    return folder


@pytest.fixture(scope="session")
def report(outputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report about them."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    assert main(["report", str(outputs), "-o", str(path), "--as-at", "2024-06-30", "-q"]) == 0
    return path


@pytest.fixture
def visit(browser: Browser) -> Iterator[Open]:
    """Open a page; whatever it logs, asks for or throws fails the test."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def refused(dialog: Dialog) -> None:
        wrong.append(dialog.message)
        dialog.dismiss()

    def visited(path: Path, width: int = 1280, height: int = 900, *, script: bool = True) -> Page:
        size = {"width": width, "height": height}
        context = browser.new_context(viewport=size, java_script_enabled=script)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", refused)
        page.on("request", lambda one: None if is_own(one.url, path) else wrong.append(one.url))
        page.goto(path.as_uri())
        if script:
            page.wait_for_selector("html[data-ready]", state="attached")
        return page

    yield visited
    for context in contexts:
        context.close()
    assert wrong == []


def is_own(url: str, path: Path) -> bool:
    """Whether a request is for the page itself or for what it carries."""
    return url.startswith(("data:", path.as_uri()))
