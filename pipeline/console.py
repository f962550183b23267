"""What the user sees while a command runs: messages and progress on standard error."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Report(Protocol):
    """Takes one line to show, and counts one document as done."""

    def __call__(self, line: str = "") -> None:
        """Show `line` unless it is empty, and count."""


_CHATTY = ("camelot", "pdfminer", "pdfplumber", "playa")


def hush_libraries() -> None:
    """Keep what PDF libraries log of damaged files off the terminal: our own messages tell it.

    For programs of ours alone: who uses the package decides about logging for himself.
    """
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.CRITICAL)


def say(line: str) -> None:
    """Print one line on standard error, never wrapped."""
    print(line, file=sys.stderr, flush=True)


@contextmanager
def progress(total: int, *, quiet: bool) -> Iterator[Report]:
    """Show a bar over `total` documents on a terminal; elsewhere lines alone.

    The yielded function is called once per document, with its line or without.
    """
    if quiet or total < 2 or not sys.stderr.isatty():

        def plain(line: str = "") -> None:
            if line:
                say(line)

        yield plain
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Converting", total=total)

        def report(line: str = "") -> None:
            if line:
                bar.console.print(line, markup=False, highlight=False, soft_wrap=True)
            bar.advance(task)

        yield report
