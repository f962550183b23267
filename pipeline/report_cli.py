"""The command ``actionplan report``; all but the arguments is imported when it runs."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from actionplan.console import finish
from actionplan.privacy_cli import People, PeopleKey, PeopleOption


def report(
    plans: Annotated[
        Path, typer.Argument(metavar="OUTPUTS", help="Folder of plan files, as convert writes it.")
    ],
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
    base_url: Annotated[
        str, typer.Option("--base-url", metavar="URL", help="Where the documents are, for links.")
    ] = "",
    pdfs: Annotated[
        Path | None, typer.Option("--pdfs", metavar="DIR", help="Where the PDF files are now.")
    ] = None,
    no_pictures: Annotated[
        bool, typer.Option("--no-pictures", help="No pictures of what to check.")
    ] = False,
    corrections: Annotated[
        Path | None,
        typer.Option(
            "--corrections", metavar="DIR", help="Corrections; without it OUTPUTS/corrections."
        ),
    ] = None,
    password: Annotated[
        str | None,
        typer.Option(
            "--password",
            metavar="TEXT",
            envvar="ACTIONPLAN_PASSWORD",
            help="Password of protected PDFs.",
        ),
    ] = None,
    people: PeopleOption = People.KEEP,
    people_key: PeopleKey = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show errors alone.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
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
