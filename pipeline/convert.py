"""One document in, its result files out: the work of one job, in whatever process."""

from __future__ import annotations

import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from actionplan import api, cache
from actionplan.errors import (
    ActionplanError,
    CannotReadError,
    ExitCode,
    MemoryLimitError,
    NoPlanError,
)
from actionplan.fetching import FetchOptions
from actionplan.inputs import PLAN_SUFFIX
from actionplan.limits import Limits
from actionplan.origins import Source
from actionplan.parts import have_parts, load_parts, parts_of, save_parts
from actionplan.refusals import Attempt, load_refusal, remembered
from actionplan.scanning import nothing_found, recogniser, resources, scan_facts
from actionplan.schemas.tables import ReadOptions
from actionplan.stores import Store

if TYPE_CHECKING:
    from actionplan.schemas.plan import Plan
    from actionplan.schemas.tables import TableDocument

State = Literal["converted", "unchanged", "nothing found", "failed"]

_CLOCK_STEP = 3.0
"""Seconds; the coarsest clock of a file system goes in steps of two."""
_SECOND_READER = "second-reader"


@dataclass(frozen=True, slots=True)
class Options:
    """What a user sets for a conversion.

    Attributes:
        columns: field by column header, from ``--columns``.
        password: opens protected PDFs; it does not change a result and is kept nowhere.
        bom: begin CSV files with a byte order mark.
        force: convert also what is unchanged.
        rehash: read also what looks unchanged by size and time, to be sure.
        reading: which reader, and what else it hears.
        fetch: how documents are had from elsewhere.
        limits: what one document may use.
        ocr_threads: scanned pages recognised at a time, 0 for as many as there are cores.
    """

    columns: dict[str, str] | None = None
    password: str | None = field(default=None, repr=False)
    bom: bool = False
    force: bool = False
    rehash: bool = False
    reading: ReadOptions = field(default_factory=ReadOptions)
    fetch: FetchOptions = field(default_factory=FetchOptions)
    limits: Limits = field(default_factory=Limits)
    ocr_threads: int = 0

    @property
    def settings(self) -> dict[str, Any]:
        """What of it changes a plan file."""
        return {"columns": self.columns, "reading": asdict(self.reading)}


@dataclass(frozen=True, slots=True)
class Job:
    """One document to work on: where it is, what its results are called, where they go."""

    source: Source
    name: str
    folder: Store
    options: Options


@dataclass(slots=True)
class Outcome:
    """What came of a job.

    Attributes:
        source: the input, as found.
        name: the name of its results.
        state: what happened.
        code: the exit code that it would give alone.
        message: one line for the user, empty unless there is something to say.
        facts: counts for the summary line.
        seconds: wall time.
        trace: traceback of an unexpected error, for ``--debug``.
        attempts: how often it was tried; again only if its process died.
        peak_megabytes: most memory that the process had that did it, 0 where nobody can say.
        error: class of the error that `message` tells, empty without one.
        parts: fingerprint of its rows in the tables over all, empty if it adds none.
    """

    source: Source
    name: str
    state: State
    code: ExitCode = ExitCode.OK
    message: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0
    trace: str = ""
    attempts: int = 1
    peak_megabytes: int = 0
    error: str = ""
    parts: str = ""


def guarded(work: Callable[[Job], Outcome], job: Job) -> Outcome:
    """Run `work`; any error becomes the outcome of this document alone."""
    start = time.perf_counter()
    try:
        outcome = work(job)
    except ActionplanError as error:
        outcome = failed(job, error)
    except MemoryError:
        outcome = failed(job, MemoryLimitError(job.source.name, job.options.limits.megabytes))
    except Exception as error:
        outcome = failed(job, CannotReadError(job.source.name, error))
        outcome.trace = traceback.format_exc()
    outcome.seconds = time.perf_counter() - start
    return outcome


def failed(job: Job, error: ActionplanError) -> Outcome:
    """The outcome of a document that `error` stopped."""
    state: State = "nothing found" if isinstance(error, NoPlanError) else "failed"
    kind = type(error).__name__
    return Outcome(job.source, job.name, state, error.exit_code, str(error), error=kind)


def convert(job: Job) -> Outcome:
    """Convert one document and write ``NAME.plan.json``; skip it if nothing has changed.

    A document without a plan writes no plan file; a file left by an earlier run is removed.

    Raises:
        UnreadableError: the input cannot be read.
        OutputError: the result cannot be written.
    """
    options = job.options
    stamp = _lasting_stamp(job)
    data = job.source.load(options.fetch, options.password)
    if job.source.path is None:
        stamp = job.source.stamp(options.fetch)  # known from the loading: no further request
    known = cache.Entry(
        job.source.key,
        cache.fingerprint(data, options.settings),
        written=None,
        base=cache.base(options.settings),
        stamp=stamp,
        columns=dict(job.source.columns),
        settings=options.settings,
    )
    entry = None if options.force else cache.load_entry(job.folder, job.name)
    if entry and _is_current(job, entry, known):
        return _confirm(job, entry, known)
    with remembered(job.folder, job.name, _attempt(job, known.base, stamp)):
        document = api.read_tables(
            data,
            name=job.source.name,
            password=options.password,
            options=options.reading,
            max_pages=options.limits.pages,
            resources=resources(job.folder, options.ocr_threads),
        )
    plan = api.plan_of(document, options.columns)
    known.summary = {
        "tables": len(document.tables),
        **_reading(document),
        **scan_facts(document),
        **summary(plan),
    }
    known.recogniser = _recogniser(job, known)
    return _write(job, plan, known)


def _recogniser(job: Job, entry: cache.Entry) -> str:
    """What the result depends on besides: what would read the scanned pages, if there are any."""
    return recogniser(job.options.reading) if "scanned_pages" in entry.summary else ""


def unchanged(job: Job) -> Outcome | None:
    """Return the outcome of a document that looks unchanged since the last run, else nothing.

    Neither the document nor its plan file is read: their sizes and times tell.
    """
    options = job.options
    if options.force or options.rehash:
        return None
    entry = cache.load_entry(job.folder, job.name)
    base = cache.base(options.settings)
    if entry is None or entry.source != job.source.key:
        return _refused_before(job, base)
    stamp = job.source.stamp(options.fetch) if entry.stamp else ""
    there = cache.looks_current(job.folder, job.name, entry, base, stamp)
    if not there or not have_parts(job.folder, job.name):
        return _refused_before(job, base)
    if entry.recogniser != _recogniser(job, entry):
        return None
    if entry.columns != dict(job.source.columns):
        entry.columns = dict(job.source.columns)
        cache.save_entry(job.folder, job.name, entry)
    return _outcome(job, entry, "unchanged")


def _refused_before(job: Job, base: str) -> Outcome | None:
    """The outcome of a document that an earlier run refused for what it is."""

    def attempt() -> Attempt:
        return _attempt(job, base, job.source.stamp(job.options.fetch))

    refusal = load_refusal(job.folder, job.name, attempt)
    if refusal is None:
        return None
    code = ExitCode(refusal.code)
    return Outcome(job.source, job.name, "failed", code, refusal.message, error=refusal.error)


def _attempt(job: Job, base: str, stamp: str) -> Attempt:
    return Attempt(job.source.key, base, stamp, job.options.limits.pages)


def _lasting_stamp(job: Job) -> str:
    """The stamp of a local file, unless it was changed so lately that another change may hide.

    Clocks of file systems go in steps of up to two seconds: within one, a second change of the
    same size leaves the same time.
    """
    path = job.source.path
    if path is None:
        return ""
    try:
        changed = path.stat().st_mtime
    except (OSError, ValueError):
        return ""
    return "" if time.time() - changed < _CLOCK_STEP else job.source.stamp(job.options.fetch)


def _is_current(job: Job, entry: cache.Entry, known: cache.Entry) -> bool:
    """Whether all that a run would write is there already."""
    return (
        cache.is_current(job.folder, job.name, entry, known.fingerprint)
        and entry.recogniser == _recogniser(job, entry)
        and load_parts(job.folder, job.name, entry.parts) is not None
    )


def _confirm(job: Job, entry: cache.Entry, known: cache.Entry) -> Outcome:
    """Keep the stamps of what was read through and found unchanged."""
    known.result = job.folder.stamp(f"{job.name}{PLAN_SUFFIX}") if entry.written else ""
    known.written, known.summary, known.parts = entry.written, entry.summary, entry.parts
    known.recogniser = entry.recogniser
    if entry != known:
        cache.save_entry(job.folder, job.name, known)
    return _outcome(job, entry, "unchanged")


def _write(job: Job, plan: Plan, entry: cache.Entry) -> Outcome:
    """Write the plan file where there is a plan, then what is known of the document."""
    target = f"{job.name}{PLAN_SUFFIX}"
    if plan.recommendations:
        data = (plan.model_dump_json(indent=2) + "\n").encode()
        job.folder.write(target, data)
        entry.written = cache.digest(data)
        entry.result = job.folder.stamp(target)
    else:
        plan = plan.model_copy(update={"unassigned": []})
        job.folder.delete(target)
    entry.parts = save_parts(job.folder, job.name, parts_of(plan))
    cache.save_entry(job.folder, job.name, entry)
    return _outcome(job, entry, "converted")


def _outcome(job: Job, entry: cache.Entry, state: State) -> Outcome:
    """The outcome of a document that was read, now or earlier."""
    if entry.written is None:
        outcome = failed(job, nothing_found(job.source.name, entry.summary))
    else:
        outcome = Outcome(job.source, job.name, state)
    outcome.facts, outcome.parts = entry.summary, entry.parts
    return outcome


def _reading(document: TableDocument) -> dict[str, Any]:
    """What read the document."""
    second = {page for code, page, _ in document.warnings if code == _SECOND_READER}
    return {"reader": document.reader, "second_reader_pages": len(second)}


def summary(plan: Plan) -> dict[str, Any]:
    """The counts of a plan that its summary line shows."""
    issues = Counter(issue.code for record in plan.recommendations for issue in record.issues)
    return {
        "pages": plan.document.pages,
        "words": plan.audit.words_on_plan_pages,
        "sections": len(plan.sections),
        "recommendations": len(plan.recommendations),
        "actions": sum(len(record.actions) for record in plan.recommendations),
        "updates": sum(len(record.updates) for record in plan.recommendations),
        "rejoined": sum(join.joined for section in plan.sections for join in section.joins),
        "doubtful": sum(bool(record.issues) for record in plan.recommendations),
        "issues": dict(sorted(issues.items())),
        "unassigned_words": plan.audit.unassigned,
    }


def as_json(outcome: Outcome) -> dict[str, Any]:
    """The outcome as one object of ``--json-lines``."""
    shown = asdict(outcome)
    del shown["trace"], shown["parts"]
    shown["source"] = str(outcome.source)
    shown["code"] = int(outcome.code)
    shown["seconds"] = round(outcome.seconds, 3)
    return shown
