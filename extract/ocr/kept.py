"""What was recognised once is kept: a page costs a second, and a rerun has the same pictures."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from actionplan.extract.ocr.clean import Grey
from actionplan.extract.ocr.engine import Found, description, read_pictures
from actionplan.extract.ocr.settings import EngineSettings


def recognise(
    pictures: Sequence[Grey],
    layout: int,
    languages: str,
    dpi: int,
    settings: EngineSettings,
    folder: Path | None,
) -> list[Found]:
    """Read pictures as `read_pictures` does, or take what is kept of the same ones.

    What is kept hangs on every pixel, on how they are read, and on tesseract's version and
    languages. A file that is damaged or cannot be written costs no more than reading again.

    Args:
        pictures: dark on white.
        layout: tesseract's page segmentation mode.
        languages: as tesseract names them.
        dpi: their resolution.
        settings: limits.
        folder: where it is kept; None: nowhere.

    Raises:
        EngineError: tesseract is not there, fails, or takes too long.
    """
    if folder is None or not pictures:
        return read_pictures(pictures, layout, languages, dpi, settings)
    path = folder / f"{_key(pictures, layout, languages, dpi)}.json"
    with suppress(OSError, ValueError, TypeError):
        return [_found(row) for row in json.loads(path.read_bytes())]
    found = read_pictures(pictures, layout, languages, dpi, settings)
    with suppress(OSError):
        _write(path, json.dumps([_row(word) for word in found], ensure_ascii=False))
    return found


def _key(pictures: Sequence[Grey], layout: int, languages: str, dpi: int) -> str:
    sha = hashlib.sha256(f"{description()}\n{layout}\n{languages}\n{dpi}".encode())
    for picture in pictures:
        sha.update(f"\n{picture.shape}\n".encode())
        sha.update(picture.tobytes())
    return sha.hexdigest()


def _row(word: Found) -> list[object]:
    return [word.picture, *word.line, *word.box, word.confidence, word.text]


def _found(row: list[object]) -> Found:
    """A word as it was kept.

    Raises:
        ValueError, TypeError: it is not of that form.
    """
    numbers = [int(str(value)) for value in row[:8]]
    picture, block, paragraph, line, x0, y0, x1, y1 = numbers
    confidence, text = row[8:]
    return Found(
        picture, (block, paragraph, line), (x0, y0, x1, y1), float(str(confidence)), str(text)
    )


def _write(path: Path, text: str) -> None:
    """Write beside its place and rename: another process may read or write the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
