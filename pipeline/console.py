"""What the user sees while a command runs: messages and progress on standard error."""

from __future__ import annotations

import json
import logging
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Protocol

from actionplan.errors import ActionplanError, ExitCode, SomeFailedError
from actionplan.normalise.printable import printable_json, printable_line


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
    """Print one line on standard error, never wrapped; with ``--log-json`` as an event."""
    if logs_json():
        event("message", text=line)
    else:
        print(printable_line(line), file=sys.stderr, flush=True)


def event(kind: str, /, **facts: object) -> None:
    """Print an event as one JSON object on one line of standard error."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    line = json.dumps({"time": now, "event": kind, **facts}, ensure_ascii=False)
    print(printable_json(line), file=sys.stderr, flush=True)


def print_json(value: object, indent: int | None = None) -> None:
    """Print `value` as JSON on standard output; nothing in it steers a terminal."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    print(printable_json(text), flush=True)


def event_if_json(kind: str, /, **facts: object) -> None:
    """Print an event, if messages are events."""
    if logs_json():
        event(kind, **facts)


_json: ContextVar[bool] = ContextVar("json", default=False)


def logs_json() -> bool:
    """Whether messages are events of ``--log-json``."""
    return _json.get()


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
                shown = printable_line(line)
                bar.console.print(shown, markup=False, highlight=False, soft_wrap=True)
            bar.advance(task)

        yield report


@contextmanager
def stoppable() -> Iterator[None]:
    """Let the end that a system asks for (SIGTERM) be the same as Ctrl-C."""

    def stop(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def finish(command: Callable[[], int], *, debug: bool, log_json: bool = False) -> None:
    """Run a command's body; tell errors in one line and exit with their code.

    Args:
        command: the body; returns the exit code.
        debug: let errors through, with their traceback.
        log_json: let all that is told be events, see `event`.

    Raises:
        typer.Exit: always, with the exit code.
        Exception: what the body raised, if `debug`.
    """
    import typer

    if not debug:
        hush_libraries()
    token = _json.set(log_json)
    try:
        code = command()
    except KeyboardInterrupt:
        say("interrupted")
        code = ExitCode.INTERRUPTED
    except ActionplanError as error:
        if debug:
            raise
        say(f"actionplan: {error}")
        code = error.exit_code
    except Exception as error:
        if debug:
            raise
        say(
            f"actionplan: unexpected error ({type(error).__name__}: {error}); "
            "run again with --debug and report what it prints"
        )
        code = SomeFailedError.exit_code
    finally:
        _json.reset(token)
    raise typer.Exit(int(code))
