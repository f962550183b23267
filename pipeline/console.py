"""What the user sees while a command runs: messages and progress on standard error."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from actionplan.errors import ActionplanError, ExitCode, SomeFailedError


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
def progress(total: int, *, quiet: bool, what: str = "Converting") -> Iterator[Report]:
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
        task = bar.add_task(what, total=total)

        def report(line: str = "") -> None:
            if line:
                bar.console.print(line, markup=False, highlight=False, soft_wrap=True)
            bar.advance(task)

        yield report


def finish(command: Callable[[], int], *, debug: bool) -> None:
    """Run a command's body; tell errors in one line and exit with their code.

    Raises:
        typer.Exit: always, with the exit code.
        Exception: what the body raised, if `debug`.
    """
    import typer

    if not debug:
        hush_libraries()
    try:
        code = command()
    except KeyboardInterrupt:
        typer.echo("interrupted", err=True)
        code = ExitCode.INTERRUPTED
    except ActionplanError as error:
        if debug:
            raise
        typer.echo(f"actionplan: {error}", err=True)
        code = error.exit_code
    except Exception as error:
        if debug:
            raise
        typer.echo(
            f"actionplan: unexpected error ({type(error).__name__}: {error}); "
            "run again with --debug and report what it prints",
            err=True,
        )
        code = SomeFailedError.exit_code
    raise typer.Exit(int(code))
