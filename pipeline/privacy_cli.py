"""The options about names of people, and the command ``actionplan people-key``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from actionplan.console import finish
from actionplan.shared_options import Debug


class People(StrEnum):
    """What `--people` names."""

    KEEP = "keep"
    PSEUDONYMISE = "pseudonymise"
    DROP = "drop"


PeopleOption = Annotated[
    People, typer.Option("--people", help="Names of people: as printed, pseudonyms, or none.")
]
PeopleKey = Annotated[
    Path | None,
    typer.Option("--people-key", metavar="FILE", help="Secret that pseudonyms are made with."),
]
NoText = Annotated[bool, typer.Option("--no-text", help="Codes and dates only, no texts.")]


def people_key(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="New file, for its owner alone.")],
    debug: Debug = False,
) -> None:
    """Make a new secret for pseudonyms of people; a file that is there is left as it is."""

    def body() -> int:
        from actionplan.privacy import make_key

        return make_key(file)

    finish(body, debug=debug)
