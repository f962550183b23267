"""What a dataset holds, in figures, and what is expected of it.

[minimum]
documents = 40
recommendations = 600

[share]          # of the recommendations, 0 to 1
agency = 0.9
date = 0.6
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SHARES = ("agency", "lead", "date", "status", "action", "update", "theme", "number")
"""What a recommendation can have; `status`: another one than unknown."""
COUNTS = (
    "documents", "recommendations", "actions", "leads", "agencies", "updates", "themes", "issues"
)  # fmt: skip


class ExpectationsFileError(ValueError):
    """A file of expectations is not of the form that this module describes."""


class Figures(NamedTuple):
    """Counts and shares of a dataset.

    Attributes:
        rows: all rows of each table.
        counts: documents and recommendations that count, and the rows below these recommendations.
        shares: of the recommendations that count those that have an agency, a lead..., 0 to 1.
    """

    rows: dict[str, int]
    counts: dict[str, int]
    shares: dict[str, float]


class Expectations(NamedTuple):
    """Least counts, and least shares from 0 to 1."""

    minimum: dict[str, int]
    share: dict[str, float]


def load_expectations(path: Path) -> Expectations:
    """Return the expectations of a TOML file; none if there is no such file.

    Raises:
        ExpectationsFileError: it is no TOML, or names an unknown figure, or has a wrong value.
        OSError: it cannot be read.
    """
    if not path.exists():
        return Expectations({}, {})
    try:
        value = tomllib.loads(path.read_bytes().decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ExpectationsFileError(f"{path}: is not TOML ({error})") from error
    for name, known in (("minimum", COUNTS), ("share", SHARES)):
        table = value.get(name, {})
        if not isinstance(table, dict) or (wrong := sorted(table.keys() - set(known))):
            what = f"the unknown figure {wrong[0]!r}" if isinstance(table, dict) else "no table"
            raise ExpectationsFileError(
                f"{path}: [{name}] has {what}; there are {', '.join(known)}"
            )
        for key, least in table.items():
            if not _is_figure(least, whole=name == "minimum"):
                kind = "a whole number" if name == "minimum" else "a number from 0 to 1"
                raise ExpectationsFileError(f"{path}: [{name}] {key} is not {kind}")
    if further := sorted(value.keys() - {"minimum", "share"}):
        raise ExpectationsFileError(f"{path}: [{further[0]}] is unknown; use [minimum] and [share]")
    return Expectations(value.get("minimum", {}), value.get("share", {}))


def _is_figure(value: object, *, whole: bool) -> bool:
    if isinstance(value, bool):
        return False
    if whole:
        return isinstance(value, int) and value >= 0
    return isinstance(value, int | float) and 0 <= value <= 1


def shortfalls(figures: Figures, expected: Expectations) -> Iterator[str]:
    """Yield one line for each figure that is less than expected."""
    for name, least in expected.minimum.items():
        if figures.counts[name] < least:
            yield f"{figures.counts[name]} {name}, expected at least {least}"
    for name, share in expected.share.items():
        if figures.shares[name] < share:
            yield (
                f"{figures.shares[name]:.1%} of the recommendations have their {name}, "
                f"expected at least {share:.1%}"
            )
