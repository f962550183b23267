"""How a run shows itself: a bar on a terminal, lines elsewhere, or one JSON object per event."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from actionplan.console import event, logs_json, say
from actionplan.convert import Job, Outcome, as_json
from actionplan.normalise.printable import printable_line

Line = Callable[[Outcome], str]
"""Makes the line of a document; an empty one is not shown."""

_NAMES = 3
"""Current files that the bar names; of more, the number."""
_SECONDS = 2.0
"""Seconds after which the time that a file has taken is shown."""


class Display(Protocol):
    """Is told what happens, as an `actionplan.batch.Observer` is, and what to show when."""

    def started(self, job: Job) -> None:
        """A worker begins this document."""

    def finished(self, outcome: Outcome) -> None:
        """This document is done."""

    def show(self, outcome: Outcome) -> None:
        """It is this document's turn to be told of."""


@contextmanager
def display(total: int, line: Line, *, quiet: bool) -> Iterator[Display]:
    """Choose how a run over `total` documents shows itself, and show it.

    Args:
        total: number of documents.
        line: makes the line of a document.
        quiet: show failures alone.
    """
    if logs_json():
        yield _Events()
    elif quiet or total < 2 or not sys.stderr.isatty():
        yield _Lines(line, quiet=quiet)
    else:
        with _Bar(total, line) as bar:
            yield bar


class _Lines:
    """One line per document, when it is its turn."""

    def __init__(self, line: Line, *, quiet: bool) -> None:
        self._line, self._quiet = line, quiet

    def started(self, job: Job) -> None:
        """Nothing to tell."""

    def finished(self, outcome: Outcome) -> None:
        """Nothing to tell before its turn."""

    def show(self, outcome: Outcome) -> None:
        """Print its line; of a quiet run, if it failed."""
        if self._quiet and outcome.state != "failed":
            return
        if text := self._line(outcome):
            say(text)


class _Events:
    """One JSON object per event."""

    def started(self, job: Job) -> None:
        """Tell it."""
        event("document-started", document=job.source.name, name=job.name, source=str(job.source))

    def finished(self, outcome: Outcome) -> None:
        """Tell it, with what came of it."""
        event("document-finished", document=outcome.source.name, **as_json(outcome))

    def show(self, outcome: Outcome) -> None:
        """Told already."""


class _Bar:
    """A bar with rate, time left and failures, the current files below, lines above."""

    def __init__(self, total: int, line: Line) -> None:
        from rich.console import Console
        from rich.live import Live
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )

        self._line = line
        self._running: dict[str, tuple[str, float]] = {}
        self._failures = self._pages = 0
        self._begun = time.monotonic()
        self._bar = Progress(
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeElapsedColumn(),
            TextColumn("gone,"),
            TimeRemainingColumn(),
            TextColumn("left"),
            TextColumn("{task.fields[failures]}"),
        )
        self._task = self._bar.add_task("", total=total, rate="", failures="")
        self._live = Live(
            console=Console(stderr=True),
            get_renderable=self._picture,
            transient=True,
            refresh_per_second=5,
        )

    def __enter__(self) -> _Bar:
        self._live.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._live.stop()

    def started(self, job: Job) -> None:
        """Name it below the bar."""
        self._running[job.name] = job.source.name, time.monotonic()

    def finished(self, outcome: Outcome) -> None:
        """Count it."""
        self._running.pop(outcome.name, None)
        self._failures += outcome.state == "failed"
        self._pages += 0 if outcome.state == "unchanged" else outcome.facts.get("pages", 0)
        pages = self._pages / max(time.monotonic() - self._begun, 1.0)
        self._bar.update(
            self._task,
            advance=1,
            rate=f"{pages:.0f} pages/s" if pages >= 1 else "",
            failures=f"{self._failures} failed" if self._failures else "",
        )

    def show(self, outcome: Outcome) -> None:
        """Print its line above the bar."""
        if text := self._line(outcome):
            shown = printable_line(text)
            self._live.console.print(shown, markup=False, highlight=False, soft_wrap=True)

    def _picture(self) -> Any:
        from rich.console import Group
        from rich.text import Text

        return Group(self._bar, Text(self._now(), no_wrap=True, overflow="ellipsis", style="dim"))

    def _now(self) -> str:
        """The current files, those first that have taken longest."""
        now = time.monotonic()
        running = sorted(self._running.copy().values(), key=lambda one: one[1])
        texts = []
        for name, begun in running[:_NAMES]:
            seconds = now - begun
            texts.append(f"{name} ({seconds:.0f} s)" if seconds >= _SECONDS else name)
        more = len(running) - _NAMES
        return printable_line(", ".join(texts)) + (f" and {more} more" if more > 0 else "")
