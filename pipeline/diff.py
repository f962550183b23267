"""`actionplan diff` and `actionplan dataset diff`: what is compared, and where it is told."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from actionplan import api
from actionplan.console import print_json
from actionplan.errors import (
    ExitCode,
    FileAccessError,
    NoPlanError,
    PlanFileError,
    TableFileError,
    UsageError,
)
from actionplan.writers import write_bytes, write_json

if TYPE_CHECKING:
    from rich.console import Console

    from actionplan.normalise.compare.model import DatasetDiff, PlanDiff
    from actionplan.schemas.plan import Plan

_PIPED = 120  # columns where the output is no terminal


@dataclass(frozen=True, slots=True)
class DiffOptions:
    """Where a comparison is told.

    Attributes:
        form: what goes to standard output; null: nothing.
        json: file for all of it as JSON.
        html: file for all of it as a page.
        password: opens protected PDF files.
    """

    form: Literal["text", "json", "html"] | None = "text"
    json: Path | None = None
    html: Path | None = None
    password: str | None = None


def diff_plans(old: Path, new: Path, options: DiffOptions) -> ExitCode:
    """Compare two plans, each a PDF or a plan file, and tell what differs.

    Raises:
        UsageError: there is no such file, or it is a folder.
        UnreadableError: a file is neither a PDF that can be read nor a whole plan file.
        NoPlanError: a PDF holds no plan.
        OutputError: a result cannot be written.
    """
    from actionplan.normalise.compare.plans import compare_plans

    for path in (old, new):
        _check_file(path)
    _tell(compare_plans(*(_load_plan(path, options.password) for path in (old, new))), options)
    return ExitCode.OK


def diff_datasets(old: Path, new: Path, options: DiffOptions) -> ExitCode:
    """Compare two datasets, as `dataset build` writes them, and tell what differs.

    Raises:
        UsageError: a folder is missing or holds no dataset.
        UnreadableError: a table cannot be read.
        OutputError: a result cannot be written.
    """
    from actionplan.normalise.compare.datasets import compare_datasets, read_contents

    contents = []
    for folder in (old, new):
        try:
            contents.append(read_contents(folder))
        except FileNotFoundError as error:
            raise UsageError(f"{error}; name a folder of `actionplan dataset build`") from error
        except OSError as error:
            raise FileAccessError(str(error.filename), error.strerror or str(error)) from error
        except ValueError as error:
            raise TableFileError(str(folder), str(error)) from error
    _tell(compare_datasets(*contents), options)
    return ExitCode.OK


def _check_file(path: Path) -> None:
    if path.is_dir():
        raise UsageError(
            f"{path}: is a folder; name a PDF or plan file, or compare datasets with "
            "`actionplan dataset diff`"
        )
    if not path.exists():
        raise UsageError(f"{path}: no such file; check the path")


def _load_plan(path: Path, password: str | None) -> Plan:
    from actionplan.normalise.compare.entries import check_plan
    from actionplan.schemas.plan import Plan

    data = api.load(path)
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _read_pdf(path, data, password)
    try:
        plan = Plan.model_validate_json(data.removeprefix(b"\xef\xbb\xbf"))
        check_plan(plan)
    except ValueError as error:
        first = str(error).partition("\n")[0]
        raise PlanFileError(path.name, first) from error
    return plan


def _read_pdf(path: Path, data: bytes, password: str | None) -> Plan:
    document = api.read_tables(data, name=path.name, password=password)
    plan = api.plan_of(document)
    if not plan.recommendations:
        raise NoPlanError(path.name, len(document.tables))
    return plan


def _tell(diff: PlanDiff | DatasetDiff, options: DiffOptions) -> None:
    from actionplan.normalise.compare.model import as_json

    if options.json:
        write_json(options.json, as_json(diff))
    if options.html:
        write_bytes(options.html, _page(diff).encode())
    if options.form == "json":
        print_json(as_json(diff), indent=2)
    elif options.form == "html":
        print(_page(diff), end="")
    elif options.form == "text":
        _show(diff)


def _page(diff: PlanDiff | DatasetDiff) -> str:
    from actionplan.normalise.compare.html import datasets_page, plans_page
    from actionplan.normalise.compare.model import PlanDiff

    return plans_page(diff) if isinstance(diff, PlanDiff) else datasets_page(diff)


def _show(diff: PlanDiff | DatasetDiff) -> None:
    """Print on the terminal; elsewhere without the blanks that fill lines up."""
    from rich.console import Console

    if sys.stdout.isatty():
        _print(diff, Console(highlight=False))
        return
    console = Console(width=_PIPED, highlight=False, no_color=True)
    with console.capture() as capture:
        _print(diff, console)
    print("\n".join(line.rstrip() for line in capture.get().split("\n")), end="")


def _print(diff: PlanDiff | DatasetDiff, console: Console) -> None:
    from actionplan.normalise.compare.model import PlanDiff
    from actionplan.normalise.compare.terminal import print_datasets, print_plans

    if isinstance(diff, PlanDiff):
        print_plans(diff, console)
    else:
        print_datasets(diff, console)
