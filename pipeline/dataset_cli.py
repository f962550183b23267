"""The commands of ``actionplan dataset``; all but the arguments is imported when one runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from actionplan.console import finish
from actionplan.diff_cli import dataset_diff
from actionplan.privacy_cli import NoText, People, PeopleKey, PeopleOption
from actionplan.shared_options import CorrectionsFolder, Debug, PlansFolder, Quiet

dataset = typer.Typer(help="Build one dataset out of many plans.", no_args_is_help=True)
dataset.command("diff")(dataset_diff)


@dataset.callback()
def _root() -> None:
    """Build one dataset out of many plans."""


@dataset.command()
def build(
    plans: PlansFolder,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="Folder of the dataset.")
    ] = Path("dataset"),
    expect: Annotated[
        Path | None,
        typer.Option(
            "--expect", metavar="TOML", help="Least figures; without it OUTPUTS/expect.toml."
        ),
    ] = None,
    corrections: CorrectionsFolder = None,
    people: PeopleOption = People.KEEP,
    people_key: PeopleKey = None,
    no_text: NoText = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Build a dataset: CSV, Parquet and DuckDB tables with their descriptions."""

    def body() -> int:
        from actionplan.dataset import BuildOptions, build_dataset
        from actionplan.privacy import PrivacyOptions

        privacy = PrivacyOptions(people.value, people_key, no_text)
        return build_dataset(plans, output, BuildOptions(expect, corrections, quiet, privacy))

    finish(body, debug=debug)
