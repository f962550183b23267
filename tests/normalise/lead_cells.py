"""Cells for the tests of leads and agencies: printed text to lines with geometry."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

from actionplan.schemas.tables import Line

SIZE = 10.0  # points of type
PITCH = 12.2  # points from line to line
CHAR = 5.0  # points of width of each character


def cell(text: str, *, page: int = 1, top: float = 100.0) -> list[Line]:
    """Lines of a cell: one per printed line of `text`, a blank line moves the next one down."""
    lines: list[Line] = []
    y = top
    for printed in text.split("\n"):
        if printed.strip():
            first = CHAR * len(printed.split()[0])
            box = (100.0, y, 100.0 + CHAR * len(printed), y + SIZE)
            lines.append(Line(printed, page, box, size=SIZE, first_width=first))
        y += PITCH
    return lines


def spaced(text: str, extra: float = 2.0) -> list[Line]:
    """Lines of a cell; a ``|`` before a line moves it and those below `extra` points down."""
    lines = cell(text.replace("|", ""))
    moved = 0.0
    out = []
    for line, printed in zip(lines, text.split("\n"), strict=True):
        moved += extra * printed.startswith("|")
        x0, y0, x1, y1 = line.bbox
        out.append(replace(line, bbox=(x0, y0 + moved, x1, y1 + moved)))
    return out


def table(name: str) -> dict[str, Any]:
    """The hand-made table ``NAME.toml`` beside this file."""
    return tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text("utf-8"))
