"""Who made a dataset and what it is called: an optional file ``about.toml`` beside the plans.

title = "Action plans of the reviews of three counties"
description = "All plans published from 2012 to 2024."
version = "2"
license = "OGL-UK-3.0"
url = "https://example.org/plans"
authors = ["A. Marlow", "The Harrowmere Observatory"]
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple


class AboutFileError(ValueError):
    """A file about a dataset is not of the form that this module describes."""


class About(NamedTuple):
    """What people say of their dataset; nothing is filled in that they do not say."""

    title: str = "Recommendations of review action plans"
    description: str = ""
    version: str = ""
    license: str = ""
    url: str = ""
    authors: tuple[str, ...] = ()


def load_about(path: Path) -> About:
    """Return what a TOML file says; the defaults if there is no such file.

    Raises:
        AboutFileError: it is no TOML, has an unknown key or a wrong value.
        OSError: it cannot be read.
    """
    if not path.exists():
        return About()
    try:
        value = tomllib.loads(path.read_bytes().decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise AboutFileError(f"{path}: is not TOML ({error})") from error
    if unknown := sorted(value.keys() - set(About._fields)):
        known = ", ".join(About._fields)
        raise AboutFileError(f"{path}: the key {unknown[0]!r} is unknown; there are {known}")
    authors = value.pop("authors", [])
    if not isinstance(authors, list) or not all(isinstance(one, str) for one in authors):
        raise AboutFileError(f"{path}: 'authors' is no list of texts")
    if wrong := [key for key, text in value.items() if not isinstance(text, str)]:
        raise AboutFileError(f"{path}: {wrong[0]!r} is no text")
    return About(**value, authors=tuple(authors))
