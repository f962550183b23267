"""The commands ``actionplan diff`` and ``actionplan dataset diff``, alike but for their inputs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from actionplan.console import finish
from actionplan.shared_options import Debug, Password

if TYPE_CHECKING:
    from actionplan.diff import DiffOptions


class View(StrEnum):
    """What `--format` names."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


FormOption = Annotated[View, typer.Option("--format", help="What is printed on standard output.")]
JsonFile = Annotated[
    Path | None, typer.Option("--json", metavar="FILE", help="Write all of it as JSON, too.")
]
HtmlFile = Annotated[
    Path | None, typer.Option("--html", metavar="FILE", help="Write all of it as a page, too.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing: write files alone.")]


def _options(
    view: View, json: Path | None, html: Path | None, quiet: bool, password: str | None = None
) -> DiffOptions:
    from actionplan.diff import DiffOptions

    return DiffOptions(None if quiet else view.value, json, html, password)


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="A PDF, or a NAME.plan.json.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The same, of another version.")],
    form: FormOption = View.TEXT,
    json: JsonFile = None,
    html: HtmlFile = None,
    password: Password = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Compare two versions of a plan: what was added, dropped, reworded, moved."""

    def body() -> int:
        from actionplan.diff import diff_plans

        return diff_plans(old, new, _options(form, json, html, quiet, password))

    finish(body, debug=debug)


def dataset_diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="Folder of a dataset.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The same, of another version.")],
    form: FormOption = View.TEXT,
    json: JsonFile = None,
    html: HtmlFile = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Compare two versions of a dataset: what changed, by field and by document."""

    def body() -> int:
        from actionplan.diff import diff_datasets

        return diff_datasets(old, new, _options(form, json, html, quiet))

    finish(body, debug=debug)
