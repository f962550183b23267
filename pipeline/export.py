"""`actionplan export`: which plan files, in which form, into which files, and what is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from actionplan import __version__
from actionplan.console import say
from actionplan.errors import (
    ExitCode,
    MappingFileError,
    MissingComponentError,
    UsageError,
)
from actionplan.inputs import PLAN_SUFFIX
from actionplan.privacy import PrivacyOptions, load_privacy
from actionplan.sources import plan_files, read_plans
from actionplan.writers import make_folder, write_bytes, write_csv, write_json

if TYPE_CHECKING:
    from actionplan.normalise.export.fields import Row
    from actionplan.normalise.export.mapping import Mapping
    from actionplan.normalise.export.render import LimitNote, Table
    from actionplan.normalise.export.select import Item, Selection

_SUFFIXES = {"excel": ".xlsx", "jira": ".csv", "csv": ".csv", "ics": ".ics"}
_NAMES = {"excel": "actions", "csv": "actions", "ics": "actions"}
_LIMITS = ".limits.csv"
_SHOWN = 10  # lines about what was cut; all are in the file of limits


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What a user sets for an export.

    Attributes:
        to: the form; null: that of the mapping.
        mapping: name or file of the columns; null: those of the form.
        base_url: address of the folder that holds the documents.
        known: issues as Jira exports them, to be updated.
        pdfs: folder of the documents; null: where they were.
        pictures: pictures of the pages to check, beside a workbook.
        repeated: keep all versions of plans published twice.
        bom: begin CSV files with a byte order mark.
        password: opens protected PDFs.
        quiet: show errors alone.
        privacy: what becomes of names of people and of texts.
    """

    to: str | None = None
    mapping: str | None = None
    base_url: str = ""
    known: Path | None = None
    pdfs: Path | None = None
    pictures: bool = True
    repeated: bool = False
    bom: bool = False
    password: str | None = field(default=None, repr=False)
    quiet: bool = False
    privacy: PrivacyOptions = field(default_factory=PrivacyOptions)


class _Job(NamedTuple):
    """An export on its way to its file."""

    mapping: Mapping
    selection: Selection
    rows: list[Row]
    files: dict[str, Path]
    target: Path
    options: ExportOptions


def export_plans(plans: Path, output: Path, options: ExportOptions) -> ExitCode:
    """Write the actions of all plan files in `plans` (a folder, or one of them).

    Raises:
        UsageError: there is no plan file, or the arguments do not go together.
        MappingFileError: the mapping is not there or wrong.
        DatasetFileError: a correction beside the plan files is wrong.
        UnreadableError: no plan file can be read.
        MissingComponentError: the extra ``dataset`` is not installed.
        OutputError: a file cannot be written.
    """
    from actionplan.normalise.export.rows import export_row
    from actionplan.normalise.export.select import replaced, select

    mapping = _mapping(options)
    if mapping.to == "excel":
        _need_component()
    if options.known and mapping.to != "jira":
        raise UsageError("--known goes with --to jira alone; leave one of them out")
    privacy = load_privacy(options.privacy)
    target = _target(output, mapping, options)
    paths = [plans] if plans.is_file() else plan_files(plans)
    found = list(read_plans(paths, paths[0].parent / "corrections").items())
    plans_named = [privacy.named(plan) for _, plan in found]
    selection = select(plans_named, repeated=options.repeated)
    if privacy.no_text:
        selection = replaced(selection, [privacy.bare(plan) for plan in selection.plans])
    files = {plan.document.id: path for path, plan in reversed(found)}
    rows = [
        export_row(item, summary=mapping.summary, base_url=options.base_url)
        for item in selection.items
    ]
    make_folder(target.parent)
    job = _Job(mapping, selection, rows, files, target, options)
    with _mapping_errors():
        notes = _WRITERS[mapping.to](job)
    _tell_limits(notes, target)
    if not options.quiet:
        _tell(job)
    return ExitCode.SOME_FAILED if len(found) < len(paths) else ExitCode.OK


def _mapping(options: ExportOptions) -> Mapping:
    from actionplan.normalise.export.mapping import MappingError, load_mapping

    with _mapping_errors():
        try:
            return load_mapping(options.mapping, options.to)
        except OSError as error:
            raise MappingError(f"{error.filename}: cannot be read ({error.strerror})") from error


@contextmanager
def _mapping_errors() -> Iterator[None]:
    from actionplan.normalise.export.mapping import MappingError

    try:
        yield
    except MappingError as error:
        raise MappingFileError(str(error)) from error


def _need_component() -> None:
    from importlib.util import find_spec

    if find_spec("xlsxwriter") is None:
        raise MissingComponentError("xlsxwriter", "dataset")


def _target(output: Path, mapping: Mapping, options: ExportOptions) -> Path:
    """The file to write: `output` if it has the form's ending, else one in that folder."""
    ending = _SUFFIXES[mapping.to]
    if not output.is_dir() and output.suffix.lower() in _SUFFIXES.values():
        if output.suffix.lower() != ending:
            raise UsageError(f"{output}: this export is a {ending} file; name it so with -o")
        return output
    name = Path(options.mapping).stem if options.mapping else _NAMES.get(mapping.to, mapping.to)
    return output / f"{name}{ending}"


def _write_csv(job: _Job) -> Sequence[LimitNote]:
    from actionplan.normalise.export.render import render
    from actionplan.normalise.export.updates import update_table

    table = render(job.mapping, job.rows)
    _put_csv(job.target, table, job.options)
    if not job.mapping.updates:
        return table.notes
    updates = update_table(job.mapping, job.selection)
    _put_csv(job.target.with_name(f"{job.target.stem}-updates.csv"), updates, job.options)
    return [*table.notes, *updates.notes]


def _put_csv(path: Path, table: Table, options: ExportOptions) -> None:
    write_csv(path, table.headers, table.rows, bom=options.bom)


def _write_jira(job: _Job) -> Sequence[LimitNote]:
    """One file of new issues, and with ``--known`` another of those that Jira has."""
    from actionplan.normalise.export.jira import jira_config, with_issue_keys
    from actionplan.normalise.export.render import render

    keys = [item.key for item in job.selection.items]
    known = _known(job.options.known, keys)
    new = render(job.mapping, [row for row in job.rows if row["key"] not in known])
    old = render(job.mapping, [row for row in job.rows if row["key"] in known])
    old = with_issue_keys(old, [known[key] for key in keys if key in known])
    update = job.target.with_name(f"{job.target.stem}-update.csv")
    for path, table in ((job.target, new), (update, old)):
        config = path.with_suffix(".config.json")
        if path == update and not known:
            path.unlink(missing_ok=True)
            config.unlink(missing_ok=True)
            continue
        _put_csv(path, table, job.options)
        write_json(config, jira_config(job.mapping, table.columns, path.name))
    return [*new.notes, *old.notes]


def _known(path: Path | None, keys: Sequence[str]) -> dict[str, str]:
    from actionplan.normalise.export.jira import issue_keys

    if path is None:
        return {}
    try:
        return issue_keys(path.read_text(encoding="utf-8"), keys)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    except ValueError as error:
        raise UsageError(f"{path}: {error}; see docs/export.md") from error


def _write_ics(job: _Job) -> Sequence[LimitNote]:
    from actionplan.normalise.export.calendar import write_calendar

    calendar = write_calendar(job.mapping, job.rows, datetime.now(UTC), __version__)
    write_bytes(job.target, calendar.data)
    if calendar.without_day:
        say(
            f"{calendar.without_day} of {len(job.rows)} rows have no due day and are not in the "
            "calendar; --mapping tasks makes to-dos of all"
        )
    return []


def _write_excel(job: _Job) -> Sequence[LimitNote]:
    from actionplan.normalise.export.doubts import doubts
    from actionplan.normalise.export.render import render
    from actionplan.normalise.export.settings import EXPORT
    from actionplan.normalise.export.workbook import Book, write_workbook

    if len(job.rows) >= EXPORT.excel_rows:
        raise UsageError(f"{len(job.rows)} rows: a sheet takes fewer; export a part of the plans")
    table = render(job.mapping, job.rows)
    sources, pictures = _sources(job)
    pages = [(item.plan.document.id, row["page"]) for item, row in _pairs(job)]
    links = {
        place: f"{sources[document]}#page={page}" if page else sources[document]
        for place, (document, page) in enumerate(pages)
        if document in sources
    }
    counts = [
        (plan.document.name, plan.document.pages, sum(d == plan.document.id for d, _ in pages))
        for plan in job.selection.plans
    ]
    found = doubts(job.selection, table.notes, pictures, sources)
    book = Book(job.mapping, table, found, links, counts, __version__)
    write_bytes(job.target, write_workbook(book))
    return table.notes


def _pairs(job: _Job) -> Iterator[tuple[Item, Row]]:
    return zip(job.selection.items, job.rows, strict=True)


def _sources(job: _Job) -> tuple[dict[str, str], dict[tuple[str, int], str]]:
    """Where each document is, and the picture of each page to check, seen from the workbook."""
    from actionplan.export_pictures import find_document, relative, write_pictures
    from actionplan.normalise.export.doubts import doubtful_boxes
    from actionplan.normalise.export.rows import document_address

    boxes = doubtful_boxes(job.selection)
    here, folder = job.target.parent, job.target.with_name(f"{job.target.stem}-pages")
    sources: dict[str, str] = {}
    pictures: dict[tuple[str, int], str] = {}
    for plan in job.selection.plans:
        id_, file = plan.document.id, job.files[plan.document.id]
        path = find_document(file, plan.document, job.options.pdfs)
        if job.options.privacy.changes:
            path = None  # its pages show what the export leaves out
        if path:
            sources[id_] = relative(path, here)
        if job.options.base_url:
            sources[id_] = document_address(plan.document.name, job.options.base_url)
        if path and job.options.pictures:
            name = file.name.removesuffix(PLAN_SUFFIX)
            framed = {page: found for (document, page), found in boxes.items() if document == id_}
            drawn = write_pictures(path, name, framed, folder, job.options.password)
            pictures |= {
                (id_, page): f"{folder.name}/{picture.name}" for page, picture in drawn.items()
            }
    return sources, pictures


_WRITERS = {"csv": _write_csv, "jira": _write_jira, "ics": _write_ics, "excel": _write_excel}


def _tell_limits(notes: Sequence[LimitNote], target: Path) -> None:
    """Tell what was cut, and list it in a file beside the export; without any there is none."""
    path = target.with_suffix(_LIMITS)
    if not notes:
        path.unlink(missing_ok=True)
        return
    names = ("key", "document", "page", "row")
    rows = [
        [*((note.row or {}).get(name) for name in names), note.header, note.message]
        for note in notes
    ]
    write_csv(path, [*names, "column", "problem"], rows)
    for row in rows[:_SHOWN]:
        key, document, page, _, header, message = row
        where = f"{document}, page {page}, {key}, {header}: " if key else ""
        say(f"{where}{message}")
    more = f"{len(notes) - _SHOWN} more; " if len(notes) > _SHOWN else ""
    say(f"{more}all that the target does not take whole is listed in {path}")


def _tell(job: _Job) -> None:
    records, documents = len(job.selection.records), len(job.selection.plans)
    parts = [_count(len(job.rows), "row"), _count(records, "recommendation")]
    parts.append(_count(documents, "document"))
    if job.selection.repeated:
        parts.append(f"{job.selection.repeated} recommendations published again left out")
    say(f"{', '.join(parts)}, in {job.target}")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"
