"""What a worker may be asked to do, good and bad; a worker imports it from here."""

from __future__ import annotations

import ctypes
import os
import re
import signal
import time
from pathlib import Path

from actionplan.convert import Job, Options, Outcome, convert
from actionplan.limits import Limits
from actionplan.origins import file_source
from actionplan.stores import LocalStore


def job(folder: Path, name: str = "x", limits: Limits | None = None) -> Job:
    """A job on a file that nobody reads."""
    options = Options(limits=limits or Limits(seconds=300.0))
    return Job(file_source(folder / f"{name}.pdf"), name, LocalStore(folder), options)


def fine(one: Job) -> Outcome:
    return Outcome(one.source, one.name, "converted", facts={"pid": os.getpid()})


def crashes(one: Job) -> Outcome:
    """A defect in native code."""
    ctypes.string_at(0)
    return fine(one)


def ends(one: Job) -> Outcome:
    os._exit(3)


def ends_as_if_done(one: Job) -> Outcome:
    os._exit(0)


def leaves(one: Job) -> Outcome:
    raise SystemExit(4)


def is_killed(one: Job) -> Outcome:
    os.kill(os.getpid(), signal.SIGKILL)
    return fine(one)


def is_killed_once(one: Job) -> Outcome:
    """What happens to an innocent document when the system is short of memory."""
    mark = one.folder.local
    assert mark is not None
    if not (mark / "killed").exists():
        (mark / "killed").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return fine(one)


def sleeps(one: Job) -> Outcome:
    time.sleep(3600)
    return fine(one)


def loops(one: Job) -> Outcome:
    """A loop in native code, which keeps the interpreter to itself and hears no signal handler."""
    re.match(r"(a+)+$", "a" * 60 + "b")
    return fine(one)


def fills_memory(one: Job) -> Outcome:
    """Page by page, so that each piece is granted."""
    pieces = []
    while True:
        pieces.append(bytearray(4_000_000))


def wants_memory(one: Job) -> Outcome:
    """More than any machine has, in one piece."""
    return Outcome(one.source, one.name, "converted", facts={"got": len(bytearray(1 << 45))})


def starts_another(one: Job) -> Outcome:
    """A process of the worker's own, as a recogniser of text is one; then a hang."""
    import subprocess

    child = subprocess.Popen(["sleep", "3600"])
    assert one.source.path is not None
    one.source.path.with_suffix(".child").write_text(str(child.pid))
    return sleeps(one)


def gives_no_outcome(one: Job) -> Outcome:
    return lambda: 1  # type: ignore[return-value]


def defective(one: Job) -> Outcome:
    raise ZeroDivisionError("a line\nand another")


def convert_slowly(one: Job) -> Outcome:
    """Convert, but of a name with ``slow`` in it not before someone says so.

    Beside the document, ``NAME.begun`` has the number of the worker that waits, and ``NAME.go``
    lets it go on; with ``NAME.stuck``, it never does, and hears nobody.
    """
    path = one.source.path
    assert path is not None
    if path.with_suffix(".stuck").exists():
        path.with_suffix(".begun").write_text(str(os.getpid()))
        return loops(one)
    if "slow" in path.name:
        begun = path.with_suffix(".begun")
        begun.with_suffix(".new").write_text(str(os.getpid()))
        begun.with_suffix(".new").replace(begun)
        while not path.with_suffix(".go").exists():
            time.sleep(0.02)
    return convert(one)
