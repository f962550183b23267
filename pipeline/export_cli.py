"""The command ``actionplan export``; all but the arguments is imported when it runs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from actionplan.console import finish
from actionplan.privacy_cli import NoText, People, PeopleKey, PeopleOption
from actionplan.shared_options import BaseUrl, Bom, Debug, Password, PdfFolder, Quiet


class Form(StrEnum):
    """Forms that `--to` names."""

    EXCEL = "excel"
    JIRA = "jira"
    ICS = "ics"
    CSV = "csv"


def export(
    plans: Annotated[
        Path,
        typer.Argument(metavar="OUTPUTS", help="Folder of plan files, or one NAME.plan.json."),
    ],
    to: Annotated[
        Form | None, typer.Option("--to", help="Form of the file; without it the mapping's.")
    ] = None,
    mapping: Annotated[
        str | None,
        typer.Option(
            "--mapping", metavar="NAME|TOML", help="Columns: smartsheet, planner... or a file."
        ),
    ] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="PATH", help="File, or folder for it.")
    ] = Path("export"),
    base_url: BaseUrl = "",
    known: Annotated[
        Path | None,
        typer.Option("--known", metavar="CSV", help="Issues that Jira has, as it exports them."),
    ] = None,
    pdfs: PdfFolder = None,
    no_pictures: Annotated[
        bool, typer.Option("--no-pictures", help="No pictures of pages beside a workbook.")
    ] = False,
    repeated: Annotated[
        bool, typer.Option("--repeated", help="Keep all versions of plans published twice.")
    ] = False,
    bom: Bom = False,
    password: Password = None,
    people: PeopleOption = People.KEEP,
    people_key: PeopleKey = None,
    no_text: NoText = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Write actions as other systems import them: a workbook, CSV, Jira, a calendar."""

    def body() -> int:
        from actionplan.export import ExportOptions, export_plans
        from actionplan.privacy import PrivacyOptions

        options = ExportOptions(
            to=to.value if to else None,
            mapping=mapping,
            base_url=base_url,
            known=known,
            pdfs=pdfs,
            pictures=not no_pictures,
            repeated=repeated,
            bom=bom,
            password=password,
            quiet=quiet,
            privacy=PrivacyOptions(people.value, people_key, no_text),
        )
        return export_plans(plans, output, options)

    finish(body, debug=debug)
