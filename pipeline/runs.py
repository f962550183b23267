"""A run over many documents: jobs, lines for the user, tables over all, exit code."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from actionplan import batch, cache
from actionplan.console import event_if_json, logs_json, print_json, say, stoppable
from actionplan.convert import Job, Options, Outcome, State, as_json, convert, unchanged
from actionplan.errors import ExitCode, OutputError
from actionplan.inputs import PLAN_SUFFIX, TABLES_SUFFIX, find_inputs
from actionplan.naming import result_names
from actionplan.normalise.printable import printable
from actionplan.origins import Source
from actionplan.overall import Tables
from actionplan.progress import display
from actionplan.publish import Publishing, open_publication
from actionplan.run_report import FAILURES_FILE, RUN_FILE, RunFacts, RunReport
from actionplan.stores import Store, open_store
from actionplan.tables_json import write_tables

_WORDS: dict[State, str] = {
    "converted": "converted",
    "unchanged": "unchanged",
    "nothing found": "without a plan",
    "failed": "failed",
}
_ALL_TOLD = 20
"""Documents up to which those that are unchanged are told, too."""


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How a run goes and what it shows; nothing here changes a result.

    Attributes:
        jobs: worker processes, 0 for as many as pay.
        quiet: show errors alone.
        json_lines: print one JSON object per document on standard output.
        debug: print tracebacks.
        manifest: CSV file that names further inputs.
        cluster: address of a cluster to work on instead of this machine, empty for none.
    """

    jobs: int = 0
    quiet: bool = False
    json_lines: bool = False
    debug: bool = False
    manifest: Path | None = None
    cluster: str = ""


def find_sources(inputs: Sequence[str], folder: Store, manifest: Path | None) -> list[Source]:
    """Return the documents that `inputs` and the `manifest` name; make the output folder.

    Raises:
        UsageError: no input names anything, the manifest is wrong, or the output folder cannot
            be made.
    """
    sources = find_inputs(inputs, skip=folder.local, manifest=manifest)
    folder.make()
    return sources


def plan_jobs(sources: Sequence[Source], folder: Store, options: Options) -> list[Job]:
    """Return one job per document; each has a name of its own, the same in each run."""
    taken = {name: entry.source for name, entry in cache.load_entries(folder).items()}
    names = result_names(sources, taken)
    return [Job(*pair, folder, options) for pair in zip(sources, names, strict=True)]


@dataclass(frozen=True, slots=True)
class _Task:
    """One command over many documents.

    Attributes:
        command: its name.
        work: what is done with each document, in a worker.
        known: looks first whether there is anything to do.
        line: tells one document.
        with_tables: tables over all documents are written, too.
    """

    command: str
    work: Callable[[Job], Outcome]
    known: Callable[[Job], Outcome | None] | None
    line: Callable[[Outcome], str]
    with_tables: bool


def convert_all(inputs: Sequence[str], target: str, options: Options, run: RunOptions) -> ExitCode:
    """Convert all inputs, write the tables over all to `target`, say what came of it.

    Raises:
        UsageError: an input names nothing, or the output folder cannot be made.
        BusyError: another run is writing there.
        OutputError: the tables cannot be written.
    """
    folder = open_store(target)
    sources = find_sources(inputs, folder, run.manifest)
    line = partial(convert_line, folder=folder, alone=len(sources) == 1)
    if len(sources) > _ALL_TOLD:
        line = partial(_unless_unchanged, line=line)
    task = _Task("convert", convert, unchanged, line, with_tables=True)
    return _do(task, sources, folder, options, run)


def tables_all(inputs: Sequence[str], target: str, options: Options, run: RunOptions) -> ExitCode:
    """Write the tables of all inputs to `target`.

    Raises:
        UsageError: an input names nothing, or the output folder cannot be made.
        BusyError: another run is writing there.
        OutputError: the report of the run cannot be written.
    """
    folder = open_store(target)
    sources = find_sources(inputs, folder, run.manifest)
    task = _Task("tables", write_tables, None, tables_line, with_tables=False)
    return _do(task, sources, folder, options, run)


def _do(
    task: _Task, sources: Sequence[Source], folder: Store, options: Options, run: RunOptions
) -> ExitCode:
    """Do a command over all `sources`; only one run at a time has the folder."""
    total = len(sources)
    workers = batch.worker_count(run.jobs, total)
    facts = RunFacts(task.command, folder.shown(), total, run.cluster or workers, options)
    with RunReport(facts) as report, _write_errors(folder), stoppable():
        try:
            with open_publication(folder, RUN_FILE) as publication:
                jobs = plan_jobs(sources, folder, options)
                tables = Tables(folder, jobs, bom=options.bom) if task.with_tables else None
                event_if_json("run-started", documents=total, workers=workers, output=facts.output)
                _work_through(task, jobs, workers, run, report, tables)
                _publish(publication, report, tables, bom=options.bom)
        except KeyboardInterrupt:
            say(_interrupted(total - report.done, total))
            return ExitCode.INTERRUPTED
        event_if_json("run-finished", code=int(report.code), **report.totals())
        if task.with_tables and not run.quiet and total > 1 and not logs_json():
            say(_closing(report, folder))
        return report.code


def _work_through(
    task: _Task,
    jobs: Sequence[Job],
    workers: int,
    run: RunOptions,
    report: RunReport,
    tables: Tables | None,
) -> None:
    """Do all `jobs`, show and count each."""
    with ExitStack() as stack:
        shown = stack.enter_context(display(len(jobs), task.line, quiet=run.quiet))
        outcomes = _outcomes(task, jobs, workers, run, shown)
        for outcome in stack.enter_context(closing(outcomes)):
            report.add(outcome, earlier_result=_has_earlier(outcome, jobs[0].folder))
            if tables:
                tables.add(outcome)
            if run.json_lines:
                print_json(as_json(outcome))
            shown.show(outcome)
            if run.debug and outcome.trace:
                print(printable(outcome.trace), file=sys.stderr)


def _outcomes(
    task: _Task, jobs: Sequence[Job], workers: int, run: RunOptions, observer: batch.Observer
) -> Generator[Outcome]:
    """The outcome of each job, in order, worked on here or on a cluster."""
    if not run.cluster:
        yield from batch.run(task.work, jobs, workers, known=task.known, observer=observer)
        return
    from actionplan import cluster

    tell = _silent if run.quiet else say
    yield from cluster.run(task.work, jobs, run.cluster, tell, known=task.known, observer=observer)


def _silent(line: str) -> None:
    """Show nothing."""


def _has_earlier(outcome: Outcome, folder: Store) -> bool:
    """Whether a document that failed has a result of an earlier run."""
    return outcome.state == "failed" and folder.exists(f"{outcome.name}{PLAN_SUFFIX}")


def _publish(
    publication: Publishing, report: RunReport, tables: Tables | None, *, bom: bool
) -> None:
    """Replace the tables over all and the report of the run together."""
    stage = publication.stage()
    written = None if tables is None or tables.are_published() else tables.write(stage)
    report.write(stage, bom=bom)
    publication.publish()
    if tables and written is not None:
        tables.note_published(written)


def _interrupted(left: int, total: int) -> str:
    return (
        f"interrupted, {left} of {total} left; what is done stays, "
        "give the same command again to go on"
    )


@contextmanager
def _write_errors(folder: Store) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(error.filename or folder.shown(), error.strerror or str(error)) from error


def convert_line(outcome: Outcome, folder: Store, *, alone: bool) -> str:
    """The summary line of one document; it names the plan file where its name is not plain."""
    if outcome.state not in ("converted", "unchanged"):
        return outcome.message if outcome.state == "nothing found" else f"failed: {outcome.message}"
    facts = outcome.facts
    parts = [
        _count(facts["recommendations"], "recommendation"),
        _count(facts["pages"], "page"),
        f"{_count(facts['rejoined'], 'row')} rejoined",
        f"{facts['doubtful']} to check",
    ]
    if facts["unassigned_words"]:
        parts.append(f"{_count(facts['unassigned_words'], 'word')} unassigned")
    when = "unchanged" if outcome.state == "unchanged" else f"{outcome.seconds:.1f} s"
    where = ""
    if alone or outcome.name != outcome.source.stem:
        where = f" -> {folder.shown(outcome.name + PLAN_SUFFIX)}"
    return f"{outcome.source.name}: {', '.join(parts)} ({when}){where}"


def tables_line(outcome: Outcome) -> str:
    """The summary line of one document of the `tables` command."""
    if outcome.state != "converted":
        return outcome.message if outcome.state == "nothing found" else f"failed: {outcome.message}"
    facts = outcome.facts
    parts = [_count(facts[key], key.removesuffix("s")) for key in ("tables", "rows", "pages")]
    parts.append(f"{_count(facts['rejoined'], 'row')} rejoined")
    return f"{outcome.source.name}: {', '.join(parts)} -> {outcome.name}{TABLES_SUFFIX}"


def _unless_unchanged(outcome: Outcome, line: Callable[[Outcome], str]) -> str:
    """The line of a document, none if nothing was to be done: of thousands, nobody reads that."""
    return "" if outcome.state == "unchanged" else line(outcome)


def _closing(report: RunReport, folder: Store) -> str:
    parts = [
        f"{report.states[state]} {words}" for state, words in _WORDS.items() if report.states[state]
    ]
    where = f"in {folder.shown()}; what to check is in {folder.shown('check.csv')}"
    if report.states["failed"]:
        where += f", what failed in {folder.shown(FAILURES_FILE)}"
    return f"{', '.join(parts)}, {where}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"
