"""`actionplan dataset build`: which files, in what order they are replaced, what is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from actionplan import __version__, cache
from actionplan.console import progress, say
from actionplan.errors import (
    DatasetFileError,
    ExitCode,
    ExpectationError,
    MissingComponentError,
    OutputError,
    UnreadableError,
    UsageError,
)
from actionplan.inputs import PLAN_SUFFIX
from actionplan.privacy import PrivacyOptions, load_privacy
from actionplan.publish import Publication
from actionplan.sources import plan_files
from actionplan.stores import LocalStore

if TYPE_CHECKING:
    from actionplan.normalise.dataset.build import Built, Source
    from actionplan.normalise.dataset.corrections import Correction
    from actionplan.normalise.dataset.own import OwnColumns
    from actionplan.normalise.dataset.store import Store

_COMPONENTS = ("pyarrow", "duckdb")
_SHOWN = 10  # lines about corrections that do not fit; all are in corrections.csv


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What a user sets for a build.

    Attributes:
        expect: file of expected figures; null: ``expect.toml`` beside the plans.
        corrections: folder of corrections; null: ``corrections`` beside the plans.
        quiet: show errors alone.
        privacy: what becomes of names of people and of texts.
    """

    expect: Path | None = None
    corrections: Path | None = None
    quiet: bool = False
    privacy: PrivacyOptions = field(default_factory=PrivacyOptions)


def build_dataset(plans: Path, target: Path, options: BuildOptions) -> ExitCode:
    """Build the dataset of all plan files in the folder `plans` into the folder `target`.

    What is there is replaced when all is written and no figure is less than expected.

    Raises:
        UsageError: there is no plan file, a file beside them is wrong, or `target` cannot be made.
        UnreadableError: no plan file can be read.
        ExpectationError: there is less than expected.
        BusyError: another build is writing to `target`.
        MissingComponentError: the extra ``dataset`` is not installed.
        OutputError: `target` cannot be written to.
    """
    _need_components()
    from actionplan.normalise.dataset.about import load_about
    from actionplan.normalise.dataset.build import PACKAGE, write_dataset
    from actionplan.normalise.dataset.corrections import load_corrections
    from actionplan.normalise.dataset.figures import load_expectations, shortfalls
    from actionplan.normalise.dataset.store import Store

    privacy = load_privacy(options.privacy)
    paths = plan_files(plans)
    if target.resolve() == plans.resolve():
        raise UsageError(f"{target}: holds the plan files; name another folder with -o")
    expect = options.expect or plans / "expect.toml"
    with _file_errors():
        if options.expect and not options.expect.is_file():
            raise DatasetFileError(f"{expect}: no such file")
        expected = load_expectations(expect)
        about = load_about(plans / "about.toml")
        corrections = load_corrections(options.corrections or plans / "corrections")
    with ExitStack() as files, _write_errors(target), Publication(target, PACKAGE) as publication:
        rows = publication.work / "rows"
        aside = files.enter_context(TemporaryDirectory()) if privacy.no_text else rows
        store = Store(Path(aside), privacy)  # links need the texts for the time of the build
        sources, failed = _prepare(paths, corrections, store, quiet=options.quiet)
        folder = publication.stage()
        own = _own_columns(sources)
        built = write_dataset(sources, corrections, about, store, folder, __version__, own)
        if missing := list(shortfalls(built.figures, expected)):
            raise ExpectationError(expect, missing)
        publication.publish()
        Store(rows).keep_only(() if privacy.no_text else {source.key for source in sources})
    _tell(built, sources, target, quiet=options.quiet)
    return ExitCode.SOME_FAILED if failed else ExitCode.OK


def _need_components() -> None:
    from importlib.util import find_spec

    missing = [name for name in _COMPONENTS if find_spec(name) is None]
    if missing:
        raise MissingComponentError(" and ".join(missing), "dataset")


@contextmanager
def _file_errors() -> Iterator[None]:
    """Tell what is wrong with a file that people write as an error of usage."""
    try:
        yield
    except ValueError as error:
        raise DatasetFileError(str(error)) from error
    except OSError as error:
        raise DatasetFileError(f"{error.filename}: cannot be read ({error.strerror})") from error


@contextmanager
def _write_errors(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(target, error.strerror or str(error)) from error


def _prepare(
    paths: Sequence[Path], corrections: Sequence[Correction], store: Store, *, quiet: bool
) -> tuple[list[Source], int]:
    """Lay out all plan files; tell which cannot be read, and how many these are."""
    from actionplan.normalise.dataset.build import prepare

    sources = []
    with progress(len(paths), quiet=quiet, what="Laying out") as report:
        for path in paths:
            problem = ""
            try:
                sources.append(prepare(path, corrections, store))
            except OSError as error:
                if error.filename != str(path):  # of the folder that is written to
                    raise
                problem = f"{path.name}: cannot be read ({error.strerror}); check its permissions"
            except ValueError as error:
                problem = (
                    f"{path.name}: is no plan file of this version ({_first_line(error)}); "
                    "convert its PDF again"
                )
            report(problem)
    if not sources:
        raise UnreadableError(str(paths[0].parent), "none of its plan files is whole")
    return sources, len(paths) - len(sources)


def _own_columns(sources: Sequence[Source]) -> OwnColumns:
    """What manifests said of the documents when they were converted."""
    from actionplan.normalise.dataset.own import OwnColumns

    values: dict[str, dict[str, str]] = {}
    for source in sources:
        name = source.path.name.removesuffix(PLAN_SUFFIX)
        entry = cache.load_entry(LocalStore(source.path.parent), name)
        if entry and entry.columns:
            values.setdefault(source.document, entry.columns)
    return OwnColumns(values)


def _first_line(error: ValueError) -> str:
    return str(error).partition("\n")[0]


def _tell(built: Built, sources: Sequence[Source], target: Path, *, quiet: bool) -> None:
    misfits = [(one, result) for one, result in built.corrections if result.outcome != "applied"]
    for one, result in misfits[:_SHOWN]:
        found = f", found {result.found!r}" if result.found is not None else ""
        say(f"{one.file}, correction {one.position} ({one.subject}): {result.outcome}{found}")
    if len(misfits) > _SHOWN:
        say(f"{len(misfits) - _SHOWN} more corrections were not applied: see corrections.csv")
    if quiet:
        return
    rows, counts = built.figures.rows, built.figures.counts
    documents, recommendations = rows["documents"], rows["recommendations"]
    parts = [_count(documents, "document"), _count(recommendations, "recommendation")]
    if again := recommendations - counts["recommendations"]:
        parts.append(f"{again} of them published twice")
    if copies := len(sources) - documents:
        parts.append(f"{_count(copies, 'plan file')} of the same PDF left out")
    if built.corrections:
        applied = len(built.corrections) - len(misfits)
        parts.append(f"{_count(applied, 'correction')} applied")
    say(f"{', '.join(parts)}, in {target}")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"
