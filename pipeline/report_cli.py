"""The command ``actionplan report``; all but the arguments is imported when it runs."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from actionplan.console import finish
from actionplan.privacy_cli import People, PeopleKey, PeopleOption
from actionplan.shared_options import (
    BaseUrl,
    CorrectionsFolder,
    Debug,
    Password,
    PdfFolder,
    PlansFolder,
    Quiet,
)


def report(
    plans: PlansFolder,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The page.")
    ] = Path("report.html"),
    as_at: Annotated[
        datetime | None,
        typer.Option(
            "--as-at",
            formats=["%Y-%m-%d"],
            metavar="DAY",
            help="What is due before this day is past due; without it today.",
        ),
    ] = None,
    base_url: BaseUrl = "",
    pdfs: PdfFolder = None,
    no_pictures: Annotated[
        bool, typer.Option("--no-pictures", help="No pictures of what to check.")
    ] = False,
    corrections: CorrectionsFolder = None,
    password: Password = None,
    people: PeopleOption = People.KEEP,
    people_key: PeopleKey = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Write one web page about all plans: figures, charts, what to check, a table to search."""

    def body() -> int:
        from actionplan.privacy import PrivacyOptions
        from actionplan.report import ReportOptions, write_report

        privacy = PrivacyOptions(people.value, people_key)
        day = as_at.date() if as_at else None
        options = ReportOptions(
            day, pdfs, not no_pictures, corrections, password, quiet, base_url, privacy
        )
        return write_report(plans, output, options)

    finish(body, debug=debug)
