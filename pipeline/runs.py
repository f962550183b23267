"""A run over many documents: jobs, lines for the user, tables over all, exit code."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from actionplan import batch, cache
from actionplan.console import Report, progress, say
from actionplan.convert import Job, Options, Outcome, State, as_json, convert
from actionplan.errors import ExitCode, overall_code
from actionplan.inputs import PLAN_SUFFIX, TABLES_SUFFIX, find_inputs
from actionplan.naming import result_names
from actionplan.stores import Store, open_store
from actionplan.tables_json import write_tables
from actionplan.writers import csv_bytes

if TYPE_CHECKING:
    from actionplan.schemas.plan import Plan

_WORDS: dict[State, str] = {
    "converted": "converted",
    "unchanged": "unchanged",
    "nothing found": "without a plan",
    "failed": "failed",
}


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How a run goes and what it shows; nothing here changes a result.

    Attributes:
        jobs: worker processes, 0 for as many as pay.
        quiet: show errors alone.
        json_lines: print one JSON object per document on standard output.
        debug: print tracebacks.
        manifest: CSV file that names further inputs.
    """

    jobs: int = 0
    quiet: bool = False
    json_lines: bool = False
    debug: bool = False
    manifest: Path | None = None


def plan_jobs(
    inputs: Sequence[str], folder: Store, options: Options, manifest: Path | None = None
) -> list[Job]:
    """Return one job per document that `inputs` and the `manifest` name.

    Raises:
        UsageError: no input names anything, the manifest is wrong, or the output folder cannot
            be made.
    """
    sources = find_inputs(inputs, skip=folder.local, manifest=manifest)
    folder.make()
    taken = {name: entry.source for name, entry in cache.load_entries(folder).items()}
    names = result_names(sources, taken)
    return [Job(*pair, folder, options) for pair in zip(sources, names, strict=True)]


def work_through(
    work: Callable[[Job], Outcome],
    jobs: Sequence[Job],
    run: RunOptions,
    line: Callable[[Outcome], str],
) -> tuple[list[Outcome], bool]:
    """Do all `jobs`; return their outcomes and whether Ctrl-C cut the run short."""
    outcomes: list[Outcome] = []
    with progress(len(jobs), quiet=run.quiet) as report:
        try:
            for outcome in batch.run(work, jobs, batch.worker_count(run.jobs, len(jobs))):
                outcomes.append(outcome)
                _show(outcome, run, report, line)
        except KeyboardInterrupt:
            return outcomes, True
    return outcomes, False


def _show(
    outcome: Outcome, run: RunOptions, report: Report, line: Callable[[Outcome], str]
) -> None:
    if run.json_lines:
        print(json.dumps(as_json(outcome), ensure_ascii=False), flush=True)
    if outcome.state == "failed" and run.quiet:
        say(f"failed: {outcome.message}")
    report("" if run.quiet else line(outcome))
    if run.debug and outcome.trace:
        print(outcome.trace, file=sys.stderr)


def convert_all(inputs: Sequence[str], target: str, options: Options, run: RunOptions) -> ExitCode:
    """Convert all inputs, write the tables over all to `target`, say what came of it.

    Raises:
        UsageError: an input names nothing, or the output folder cannot be made.
        OutputError: the tables cannot be written.
    """
    folder = open_store(target)
    jobs = plan_jobs(inputs, folder, options, run.manifest)
    line = partial(convert_line, folder=folder, alone=len(jobs) == 1)
    outcomes, interrupted = work_through(convert, jobs, run, line)
    write_tables_over_all(outcomes, folder, bom=options.bom)
    if not run.quiet and len(jobs) > 1:
        say(_closing(outcomes, folder))
    return _code(outcomes, len(jobs), interrupted)


def tables_all(inputs: Sequence[str], target: str, options: Options, run: RunOptions) -> ExitCode:
    """Write the tables of all inputs to `target`.

    Raises:
        UsageError: an input names nothing, or the output folder cannot be made.
    """
    jobs = plan_jobs(inputs, open_store(target), options, run.manifest)
    outcomes, interrupted = work_through(write_tables, jobs, run, tables_line)
    return _code(outcomes, len(jobs), interrupted)


def _code(outcomes: Sequence[Outcome], jobs: int, interrupted: bool) -> ExitCode:
    if interrupted:
        left = jobs - len(outcomes)
        say(f"interrupted, {left} of {jobs} left; what is done stays, run again to go on")
        return ExitCode.INTERRUPTED
    return overall_code([outcome.code for outcome in outcomes])


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


def _closing(outcomes: Sequence[Outcome], folder: Store) -> str:
    states = Counter(outcome.state for outcome in outcomes)
    parts = [f"{states[state]} {words}" for state, words in _WORDS.items() if states[state]]
    return (
        f"{', '.join(parts)}, in {folder.shown()}; what to check is in {folder.shown('check.csv')}"
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


def write_tables_over_all(outcomes: Sequence[Outcome], folder: Store, *, bom: bool) -> None:
    """Write the CSV tables over the documents of this run, and ``check.csv``."""
    from actionplan.normalise.tidy import check_rows, tidy_tables
    from actionplan.schemas.tidy import column_names

    plans = [plan for outcome in outcomes if (plan := load_plan(outcome, folder))]
    failures: list[dict[str, Any]] = [
        {"document": outcome.source.name, "reason": outcome.message}
        for outcome in outcomes
        if outcome.state == "failed"
    ]
    for name, rows in (tidy_tables(plans) | {"check": failures + check_rows(plans)}).items():
        columns = column_names(name)
        values = ([row.get(column) for column in columns] for row in rows)
        folder.write(f"{name}.csv", csv_bytes(columns, values, bom=bom))


def load_plan(outcome: Outcome, folder: Store) -> Plan | None:
    """Return the plan that an outcome stands for: its file, or what was kept where none is."""
    from actionplan.schemas.plan import Plan

    if outcome.state in ("converted", "unchanged"):
        return Plan.model_validate_json(folder.read(f"{outcome.name}{PLAN_SUFFIX}"))
    entry = cache.load_entry(folder, outcome.name) if outcome.state == "nothing found" else None
    return Plan.model_validate(entry.plan) if entry and entry.plan else None
