"""Tesseract, the system's program: which version, which languages, and what it reads."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from actionplan.extract.ocr.clean import Grey
from actionplan.extract.ocr.settings import EngineSettings

_STEPS = {
    "linux": "install it with: sudo apt install tesseract-ocr",
    "darwin": "install it with: brew install tesseract",
    "win32": "install it with: winget install UB-Mannheim.TesseractOCR",
}
_COLUMNS = 12
_WORD = "5"  # level of a word in the table of what was read


class EngineError(Exception):
    """Tesseract could not read a page: it is not there, failed, or took too long."""


@dataclass(frozen=True, slots=True)
class Found:
    """A word that was read.

    Attributes:
        picture: index of the picture that it stands in.
        block, paragraph, line: numbers of the line within the picture.
        box: x0, y0, x1, y1 in pixels of the picture.
        confidence: 0..1.
        text: as read.
    """

    picture: int
    line: tuple[int, int, int]
    box: tuple[int, int, int, int]
    confidence: float
    text: str


@cache
def program() -> str | None:
    """Return the path of tesseract; None where it is not installed."""
    return shutil.which("tesseract")


@cache
def description() -> str:
    """Return tesseract's version and languages, on which its results depend; empty without it."""
    if program() is None:
        return ""
    return f"{_asked('--version').partition(chr(10))[0]} {' '.join(sorted(languages()))}"


@cache
def languages() -> frozenset[str]:
    """Return the names of the languages that tesseract has data of."""
    _, *names = _asked("--list-langs").splitlines() or [""]
    return frozenset(name.strip() for name in names if name.strip())


def problem(wanted: str) -> str:
    """Return what is not installed to read `wanted` languages, and how it is; empty: all is there.

    Args:
        wanted: languages as tesseract names them, joined by plus signs.
    """
    if program() is None:
        return f"tesseract is not installed; {_STEPS.get(sys.platform, _STEPS['linux'])}"
    missing = [name for name in wanted.split("+") if name not in languages()]
    if not missing:
        return ""
    named = " and ".join(missing)
    return f"tesseract has no language data for {named}; {_language_step(missing[0])}"


def _language_step(name: str) -> str:
    if sys.platform == "darwin":
        return "install them with: brew install tesseract-lang"
    if sys.platform == "win32":
        return "run its installer again and choose them"
    return f"install them with: sudo apt install tesseract-ocr-{name.replace('_', '-')}"


def _asked(option: str) -> str:
    """What tesseract says of itself; empty where it does not answer."""
    try:
        done = subprocess.run(
            [program() or "tesseract", option], capture_output=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace")


def read_pictures(
    pictures: Sequence[Grey], layout: int, languages: str, dpi: int, settings: EngineSettings
) -> list[Found]:
    """Read pictures in one run.

    Args:
        pictures: dark on white.
        layout: tesseract's page segmentation mode: 3 a page of its own, 6 one block, 7 one line.
        languages: as tesseract names them, joined by plus signs.
        dpi: their resolution, which tells it how large letters are.
        settings: limits.

    Raises:
        EngineError: tesseract is not there, fails, or takes too long.
    """
    if not pictures:
        return []
    command = [program() or "tesseract", "stdin", "stdout", "-l", languages, "--dpi", str(dpi)]
    command += ["--psm", str(layout), "-c", "tessedit_create_tsv=1"]
    try:
        code, table, complaint = _run(command, _tiff(pictures), settings)
    except subprocess.TimeoutExpired as error:
        raise EngineError(f"it took more than {settings.seconds:.0f} seconds") from error
    except OSError as error:
        raise EngineError(error.strerror or str(error)) from error
    if code:
        raise EngineError(complaint or f"it ended with {code}")
    return _words(table)


def _run(command: list[str], data: bytes, settings: EngineSettings) -> tuple[int, str, str]:
    """Run tesseract within its limits; return its exit code, its output and its complaint.

    Raises:
        subprocess.TimeoutExpired: it took too long, and was killed.
        OSError: it cannot be started.
    """
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    ) as process:
        _limit_memory(process.pid, settings.memory)
        try:
            out, errors = process.communicate(data, settings.seconds)
        except BaseException:
            process.kill()
            raise
    text, complaint = (part.decode("utf-8", "replace") for part in (out, errors))
    return process.returncode, text, " ".join(complaint.split())[-200:]


def _limit_memory(process: int, most: int) -> None:
    """Hold a process to `most` bytes of address space, where the system can (Linux)."""
    if sys.platform == "linux":
        import resource

        with suppress(OSError, ValueError):
            resource.prlimit(process, resource.RLIMIT_AS, (most, most))


def _tiff(pictures: Sequence[Grey]) -> bytes:
    """All pictures as pages of one TIFF file, uncompressed."""
    from PIL import Image

    stream = io.BytesIO()
    first, *rest = (Image.fromarray(picture) for picture in pictures)
    first.save(stream, "TIFF", save_all=True, append_images=rest)
    return stream.getvalue()


def _words(table: str) -> list[Found]:
    found = []
    for row in csv.reader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        if len(row) != _COLUMNS or row[0] != _WORD or not row[11].strip():
            continue
        page, block, paragraph, line, _, x, y, w, h = (int(value) for value in row[1:10])
        found.append(
            Found(
                picture=page - 1,
                line=(block, paragraph, line),
                box=(x, y, x + w, y + h),
                confidence=min(max(float(row[10]) / 100, 0.0), 1.0),
                text=row[11].strip(),
            )
        )
    return found
