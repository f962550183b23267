"""`actionplan report`: which plan files, which pictures, where the page goes, what is told."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from actionplan import __version__
from actionplan.console import progress, say
from actionplan.errors import DatasetFileError, ExitCode, UsageError
from actionplan.privacy import PrivacyOptions, load_privacy
from actionplan.sources import plan_files, read_plans
from actionplan.writers import make_folder, write_bytes

if TYPE_CHECKING:
    from actionplan.normalise.dataset.about import About
    from actionplan.normalise.report.checks import Check
    from actionplan.normalise.report.content import Picture, Report
    from actionplan.schemas.plan import Plan


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What a user sets for a report.

    Attributes:
        day: what is due before it is overdue; null: today.
        pdfs: folder of the documents; null: where they were.
        pictures: pictures of what to check.
        corrections: folder of corrections; null: ``corrections`` beside the plans.
        password: opens protected PDFs.
        quiet: show errors alone.
        base_url: address of the folder that holds the documents, for links in place of the files.
        privacy: what becomes of names of people; without them no pictures, nor links to the PDFs.
    """

    day: datetime.date | None = None
    pdfs: Path | None = None
    pictures: bool = True
    corrections: Path | None = None
    password: str | None = field(default=None, repr=False)
    quiet: bool = False
    base_url: str = ""
    privacy: PrivacyOptions = field(default_factory=PrivacyOptions)


def write_report(plans: Path, target: Path, options: ReportOptions) -> ExitCode:
    """Write one HTML page about all plan files in the folder `plans`.

    Raises:
        UsageError: there is no plan file, `target` is a folder or cannot be made.
        DatasetFileError: ``about.toml`` or a correction is wrong.
        UnreadableError: no plan file can be read.
        OutputError: the page cannot be written.
    """
    from actionplan.normalise.report.content import Source, compose
    from actionplan.normalise.report.page import render

    if target.is_dir():
        raise UsageError(f"{target}: is a folder; name a file with -o, such as report.html")
    privacy = load_privacy(options.privacy)
    paths = plan_files(plans)
    about = _about(plans)
    found = read_plans(paths, options.corrections or plans / "corrections")
    pdfs = {} if privacy.changes else _pdfs(found, options.pdfs)
    make_folder(target.parent)
    sources = [
        Source(
            privacy.named(plan), "" if privacy.changes else _address(plan, pdfs, target, options)
        )
        for plan in found.values()
    ]
    report = compose(sources, about, options.day or datetime.date.today(), __version__)
    wanted = options.pictures and not privacy.changes
    pictures = _pictures(report, pdfs, options) if wanted else {}
    write_bytes(target, render(report, pictures).encode())
    if not options.quiet:
        _tell(report, len(pictures), target)
    return ExitCode.SOME_FAILED if len(found) < len(paths) else ExitCode.OK


def _about(plans: Path) -> About:
    from actionplan.normalise.dataset.about import load_about

    try:
        return load_about(plans / "about.toml")
    except (ValueError, OSError) as error:
        raise DatasetFileError(str(error)) from error


def _pdfs(found: Mapping[Path, Plan], folder: Path | None) -> dict[str, Path]:
    """The PDF files that are still there, by the document's id."""
    from actionplan.export_pictures import find_document

    return {
        plan.document.id: path
        for file, plan in found.items()
        if (path := find_document(file, plan.document, folder))
    }


def _address(plan: Plan, pdfs: Mapping[str, Path], target: Path, options: ReportOptions) -> str:
    """Where the page finds the document of a plan; empty if it is not there."""
    from actionplan.export_pictures import relative
    from actionplan.normalise.export.rows import document_address

    if options.base_url:
        return document_address(plan.document.name, options.base_url)
    path = pdfs.get(plan.document.id)
    return relative(path, target.parent) if path else ""


def _pictures(
    report: Report, pdfs: Mapping[str, Path], options: ReportOptions
) -> dict[tuple[int, str], Picture]:
    """Pictures of what to check first, by document and record."""
    from actionplan.report_pictures import cut_pictures

    wanted: dict[int, list[Check]] = defaultdict(list)
    for one in report.checks:
        wanted[one.row.document].append(one)
    found: dict[tuple[int, str], Picture] = {}
    with progress(len(wanted), quiet=options.quiet, what="Looking up pages") as done:
        for at, members in sorted(wanted.items()):
            document = report.documents[at]
            path = pdfs.get(document.id)
            if path:
                cuts = cut_pictures(path, members, options.password)
                found |= {(at, key): picture for key, picture in cuts.items()}
            missing = f"{document.name}: is not where it was converted from, so there are no "
            done("" if path else f"{missing}pictures of it; name its folder with --pdfs")
    return found


def _tell(report: Report, pictures: int, target: Path) -> None:
    size = target.stat().st_size / 1e6
    parts = [
        f"{len(report.documents)} documents",
        f"{len(report.rows)} recommendations",
        f"{sum(row.doubtful for row in report.rows)} to check",
        f"{pictures} pictures",
    ]
    say(f"{', '.join(parts)}, in {target} ({size:.1f} MB)")
