"""Where the time of reading goes: each step's share, beside what pdfium alone needs.

python benchmarks/steps.py PDF... [--rounds N]
"""

from __future__ import annotations

import argparse
import functools
import importlib
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from types import ModuleType
from typing import Any
from unittest.mock import patch

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy's pool doubles CPU time of short runs

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from actionplan.extract import read_tables
from actionplan.normalise.hints import plan_hints

# The modules whose calls are the steps: from bytes to tables, and from a page to its layout.
OUTLINES = ("actionplan.extract.document", "actionplan.extract.read")
PDFIUM = {"FPDF_LoadPage": "pdfium: load page", "FPDFText_LoadPage": "pdfium: load text"}
REST = "everything else"
SMALL = 0.01  # share of the time below which a step is counted with the rest


class Clock:
    """Processor time by step; a step inside another is taken off the outer one."""

    def __init__(self) -> None:
        """Start at nothing."""
        self.seconds: dict[str, float] = defaultdict(float)
        self._inner = [0.0]

    def wrap(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return `function` with its time added to step `name`."""

        @functools.wraps(function)
        def timed(*args: Any, **kwargs: Any) -> Any:
            start = time.process_time()
            self._inner.append(0.0)
            try:
                return function(*args, **kwargs)
            finally:
                spent = time.process_time() - start
                self.seconds[name] += spent - self._inner.pop()
                self._inner[-1] += spent

        return timed


def main() -> None:
    """Print one table for each file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pdf", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    for path in options.pdf:
        _report(path, options.rounds)


def _report(path: Path, rounds: int) -> None:
    data, hints = path.read_bytes(), plan_hints()
    pages = len(read_tables(data, hints=hints).pages)
    whole = median(_cpu(lambda: read_tables(data, hints=hints)) for _ in range(rounds))
    floor = median(_cpu(lambda: load_only(data)) for _ in range(rounds))
    print(f"\n{path.name}: {pages} pages, {1000 * whole / pages:.2f} ms a page", end="")
    print(
        f" ({pages / whole:.0f} pages/s); pdfium's loading of pages and their text alone,", end=""
    )
    print(f" called from Python: {1000 * floor / pages:.2f} ms ({pages / floor:.0f} pages/s)\n")
    print("| step | ms a page | share |\n| --- | --- | --- |")
    for name, seconds in _steps(data, whole, rounds):
        print(f"| {name} | {1000 * seconds / pages:.3f} | {seconds / whole:.0%} |")


def load_only(data: bytes) -> None:
    """Load every page and its text in pdfium, and read the text once: the floor of any reader."""
    document = pdfium.PdfDocument(data)
    for index in range(len(document)):
        page = document[index]
        handle = raw.FPDFText_LoadPage(page.raw)
        count = raw.FPDFText_CountChars(handle)
        buffer = (raw.c_ushort * (count + 1))()
        raw.FPDFText_GetText(handle, 0, count, buffer)
        raw.FPDFText_ClosePage(handle)
        page.close()
    document.close()


def _steps(data: bytes, whole: float, rounds: int) -> Iterator[tuple[str, float]]:
    """Steps with their seconds, longest first; scaled to `whole`, as the clock costs time too."""
    hints = plan_hints()
    clock = Clock()
    with _timed(clock):
        timed = sum(_cpu(lambda: read_tables(data, hints=hints)) for _ in range(rounds))
    scale = whole / timed
    large = {k: v * scale for k, v in clock.seconds.items() if v * scale >= SMALL * whole}
    yield from sorted(large.items(), key=lambda item: -item[1])
    yield REST, whole - sum(large.values())


@contextmanager
def _timed(clock: Clock) -> Iterator[None]:
    with ExitStack() as stack:
        for path in OUTLINES:
            module = importlib.import_module(path)
            for name, function in _wrapped(clock, module).items():
                stack.enter_context(patch.object(module, name, function))
        for name, step in PDFIUM.items():
            stack.enter_context(patch.object(raw, name, clock.wrap(step, getattr(raw, name))))
        yield


def _wrapped(clock: Clock, module: ModuleType) -> dict[str, Callable[..., Any]]:
    out = {}
    for name, value in vars(module).items():
        home = getattr(value, "__module__", "") or ""
        elsewhere = home.startswith("actionplan.") and home != module.__name__
        if elsewhere and callable(value) and not isinstance(value, type):
            out[name] = clock.wrap(f"{home.rpartition('.')[2]}.{name}", value)
    return out


def _cpu(work: Callable[[], object]) -> float:
    """Seconds of processor time: other work on the machine counts less than in wall time."""
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main()
