"""What a scan's source says: which plan, at what resolution, and what happens to its pages.

``samples/scans/NAME.toml``::

    of = "skelmarsh-one-page"      the plan that is scanned; its truth is the scan's
    covers = "..."                 one line for the table in the README
    dpi = 200
    seed = 7                       of all that is random
    colour = true                  grey otherwise
    quality = 50                   of the JPEG in the file
    bits = 1                       black and white, fax group 4, instead of JPEG
    digital = [1, 2]               pages that stay as they are
    stamped = "Page {page}"        printed on each scanned page by whoever files it
    hidden = 0.3                   an old text layer behind the pictures, so many letters wrong
    two_up = true                  two pages side by side on one picture
    no_map = true                  no scan: the plan itself, its fonts without meaning

    [[step]]                       in order; a function of effects.py or marks.py and its arguments
    do = "skew"
    pages = [1]                    all pages if not said
    degrees = 0.7
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "scans"


@dataclass(frozen=True)
class Step:
    """One thing that happens to pages (from 1; none named: all): an effect and its arguments."""

    do: str
    pages: tuple[int, ...] = ()
    arguments: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Scan:
    """One scan; see the top of this module."""

    of: str
    covers: str = ""
    dpi: int = 200
    seed: int = 1
    colour: bool = False
    quality: int = 50
    bits: int = 8
    digital: tuple[int, ...] = ()
    stamped: str = ""
    hidden: float = 0.0
    two_up: bool = False
    no_map: bool = False
    steps: tuple[Step, ...] = ()


def load(path: Path) -> Scan:
    """Read a scan's source."""
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    steps = tuple(step_of(step) for step in said.pop("step", []))
    said["digital"] = tuple(said.get("digital", ()))
    return Scan(**said, steps=steps)


def step_of(said: dict[str, Any]) -> Step:
    """Return a step as TOML gives it."""
    rest = {key: value for key, value in said.items() if key not in ("do", "pages")}
    return Step(said["do"], tuple(said.get("pages", ())), rest)


def sources(names: list[str] | None = None) -> list[Path]:
    """Return the sources of all scans, or of those named.

    Raises:
        SystemExit: a name has no source.
    """
    found = sorted(FOLDER.glob("*.toml"))
    if unknown := set(names or ()) - {path.stem for path in found}:
        raise SystemExit(f"no source for {', '.join(sorted(unknown))} in samples/scans/")
    return [path for path in found if not names or path.stem in names]
