"""The command line. Everything but the arguments is imported when a command runs."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from actionplan import __version__
from actionplan.console import finish
from actionplan.dataset_cli import dataset
from actionplan.diff_cli import diff
from actionplan.errors import ExitCode
from actionplan.export_cli import export
from actionplan.fetching import FetchOptions
from actionplan.limits import Limits
from actionplan.privacy_cli import people_key
from actionplan.report_cli import report
from actionplan.review_cli import review
from actionplan.shared_options import (
    Bom,
    Cluster,
    Debug,
    LogJson,
    Manifest,
    MaxBytes,
    MaxPages,
    MemoryLimit,
    Ocr,
    OcrChoice,
    OcrLanguage,
    Password,
    Quiet,
    Rate,
    Rehash,
    TimeLimit,
)

app = typer.Typer(
    name="actionplan",
    help="Turn published review action plans (PDF) into records.",
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(dataset, name="dataset")
app.command()(diff)
app.command()(export)
app.command()(report)
app.command()(review)
app.command("people-key")(people_key)


class Engine(StrEnum):
    """Readers that `--engine` names."""

    AUTO = "auto"
    PDFIUM = "pdfium"
    PDFPLUMBER = "pdfplumber"
    CAMELOT = "camelot"


Inputs = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="INPUT",
        help="PDF files, folders, patterns like 'a/**/*.pdf', ZIP archives, https:// or s3:// "
        "addresses; -: a list of these on standard input.",
    ),
]
OutputFolder = Annotated[
    str,
    typer.Option("--output", "-o", metavar="DIR", help="Folder or s3:// address for results."),
]
ColumnsFile = Annotated[
    Path | None,
    typer.Option("--columns", metavar="TOML", help="Which field each column holds, by its header."),
]
Jobs = Annotated[
    int,
    typer.Option("--jobs", "-j", min=0, metavar="N", help="Worker processes; 0: as many as pay."),
]
JsonLines = Annotated[
    bool, typer.Option("--json-lines", help="Print one JSON object per document.")
]
EngineName = Annotated[
    Engine,
    typer.Option("--engine", help="Reader to use; auto: pdfium, another where it fails."),
]
Verify = Annotated[
    bool,
    typer.Option("--verify", help="Read all pages twice and tell the differences (slow)."),
]
NoTags = Annotated[
    bool, typer.Option("--no-tags", help="Do not hear the structure tree of tagged PDFs.")
]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line with `argv` (without the program's name) and return its exit code."""
    try:
        app(args=None if argv is None else list(argv), prog_name="actionplan")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(bool(stop.code))
    return ExitCode.OK


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"actionplan {__version__}")
        raise typer.Exit()


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Turn published review action plans (PDF) into records."""


def _reading(engine: Engine, verify: bool, no_tags: bool, ocr: OcrChoice, ocr_language: str) -> Any:
    """The options of reading."""
    from actionplan.schemas.tables import ReadOptions

    return ReadOptions(
        engine=engine.value,
        use_tags=not no_tags,
        verify=verify,
        ocr=ocr.value,
        ocr_languages=ocr_language,
    )


def _options(columns: Path | None, **rest: Any) -> Any:
    """The conversion options, with the column map read."""
    from actionplan.columns import load_columns
    from actionplan.convert import Options

    return Options(columns=load_columns(columns) if columns else None, **rest)


@app.command()
def convert(
    inputs: Inputs = None,
    manifest: Manifest = None,
    output: OutputFolder = "outputs",
    columns: ColumnsFile = None,
    jobs: Jobs = 0,
    cluster: Cluster = "",
    force: Annotated[
        bool, typer.Option("--force", help="Convert also what is unchanged since the last run.")
    ] = False,
    rehash: Rehash = False,
    quiet: Quiet = False,
    json_lines: JsonLines = False,
    log_json: LogJson = False,
    bom: Bom = False,
    password: Password = None,
    time_limit: TimeLimit = Limits.seconds,
    memory_limit: MemoryLimit = Limits.megabytes,
    max_pages: MaxPages = Limits.pages,
    max_bytes: MaxBytes = FetchOptions.max_bytes,
    rate: Rate = FetchOptions.rate,
    engine: EngineName = Engine.AUTO,
    verify: Verify = False,
    no_tags: NoTags = False,
    ocr: Ocr = OcrChoice.AUTO,
    ocr_language: OcrLanguage = "eng",
    debug: Debug = False,
) -> None:
    """Convert plans into records: NAME.plan.json each, CSV tables over all, and check.csv."""

    def body() -> int:
        from actionplan.runs import RunOptions, convert_all

        reading = _reading(engine, verify, no_tags, ocr, ocr_language)
        options = _options(
            columns,
            password=password,
            bom=bom,
            force=force,
            rehash=rehash,
            reading=reading,
            fetch=FetchOptions(max_bytes, rate),
            limits=Limits(time_limit, memory_limit, max_pages),
        )
        run = RunOptions(jobs, quiet, json_lines, debug, manifest, cluster)
        return convert_all(inputs or [], output, options, run)

    finish(body, debug=debug, log_json=log_json)


@app.command()
def tables(
    inputs: Inputs = None,
    manifest: Manifest = None,
    output: OutputFolder = "outputs",
    jobs: Jobs = 0,
    quiet: Quiet = False,
    json_lines: JsonLines = False,
    log_json: LogJson = False,
    bom: Bom = False,
    password: Password = None,
    time_limit: TimeLimit = Limits.seconds,
    memory_limit: MemoryLimit = Limits.megabytes,
    max_pages: MaxPages = Limits.pages,
    max_bytes: MaxBytes = FetchOptions.max_bytes,
    rate: Rate = FetchOptions.rate,
    engine: EngineName = Engine.AUTO,
    verify: Verify = False,
    no_tags: NoTags = False,
    ocr: Ocr = OcrChoice.AUTO,
    ocr_language: OcrLanguage = "eng",
    debug: Debug = False,
) -> None:
    """Write the tables of any document, joined over its pages: NAME.tables.json and CSV."""

    def body() -> int:
        from actionplan.runs import RunOptions, tables_all

        reading = _reading(engine, verify, no_tags, ocr, ocr_language)
        options = _options(
            None,
            password=password,
            bom=bom,
            reading=reading,
            fetch=FetchOptions(max_bytes, rate),
            limits=Limits(time_limit, memory_limit, max_pages),
        )
        run = RunOptions(jobs, quiet, json_lines, debug, manifest)
        return tables_all(inputs or [], output, options, run)

    finish(body, debug=debug, log_json=log_json)


@app.command()
def inspect(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A PDF file.")],
    page: Annotated[
        int | None, typer.Option("--page", min=1, metavar="N", help="Only this page, from 1.")
    ] = None,
    png: Annotated[
        Path | None,
        typer.Option("--png", metavar="DIR", help="Write pictures of the pages, drawn over."),
    ] = None,
    columns: ColumnsFile = None,
    password: Password = None,
    engine: EngineName = Engine.AUTO,
    verify: Verify = False,
    no_tags: NoTags = False,
    ocr: Ocr = OcrChoice.AUTO,
    ocr_language: OcrLanguage = "eng",
    debug: Debug = False,
) -> None:
    """Show a plan in the terminal, and its pages with cells, joins and fields drawn over."""

    def body() -> int:
        from actionplan.inspection import inspect_file

        reading = _reading(engine, verify, no_tags, ocr, ocr_language)
        options = _options(columns, password=password, reading=reading)
        return inspect_file(file, options, page=page, png=png)

    finish(body, debug=debug)


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Truth: a file or a folder.")],
    predicted: Annotated[Path, typer.Argument(metavar="PRED", help="Plans: a file or a folder.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    fail_under: Annotated[
        float,
        typer.Option("--fail-under", min=0, max=1, metavar="F1", help="Exit with 1 below this."),
    ] = 0.0,
    debug: Debug = False,
) -> None:
    """Score plans against their truth, field by field."""

    def body() -> int:
        from actionplan import evaluation

        each, total = evaluation.score_all(evaluation.find_pairs(gold, predicted))
        typer.echo(evaluation.report(each, total, as_json=as_json))
        return ExitCode.SOME_FAILED if total.overall < fail_under else ExitCode.OK

    finish(body, debug=debug)
