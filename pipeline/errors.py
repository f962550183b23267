"""What can go wrong, and the exit code of each.

    ActionplanError                    1
    ├── SomeFailedError                1   one or more documents of several failed
    ├── CannotReadError                1   an unexpected error inside one document
    ├── LimitError                     1   a limit of one document was reached
    │   ├── TimeLimitError             1   it took too long
    │   ├── MemoryLimitError           1   it needed too much memory
    │   └── PageLimitError             1   it has too many pages
    ├── WorkerDiedError                1   the process that worked on one document died
    ├── OutputError                    1   a result cannot be written
    ├── LostRowsError                  1   what is kept of a document was changed
    ├── BusyError                      1   another run is writing to the same folder
    ├── ClusterError                   1   a cluster cannot be used, or not any longer
    ├── ExpectationError               1   a dataset holds less than expected of it
    ├── EditError                      1   an edit of the review desk that cannot be done
    │   ├── StaleEditError             1   somebody else changed the same record meanwhile
    │   ├── NoSuchRecordError          1   there is no such document or record
    │   ├── PdfMissingError            1   the PDF of a document is not where it was
    │   └── NothingToDoError           1   what was sent is what stands there already
    ├── UsageError                     2   arguments that cannot be right
    │   ├── ColumnMapError             2   a file given with --columns is wrong
    │   ├── MappingFileError           2   a mapping of an export is not there or wrong
    │   └── DatasetFileError           2   expect.toml, about.toml or a correction is wrong
    ├── NoPlanError                    3   a result, not a failure: the document holds no plan
    ├── MissingComponentError          5   an optional component is not installed
    │   └── OcrMissingError            5   all pages are scans, and tesseract is not installed
    └── UnreadableError                4
        ├── EmptyFileError             4   no bytes, or a PDF without pages
        ├── NotPdfError                4   some other kind of file
        ├── DamagedFileError           4   a PDF, but nothing of it can be read
        ├── PasswordError              4   protected by a password, none or a wrong one given
        ├── TrapError                  4   made to fill the memory of whoever opens it
        ├── FileAccessError            4   the system does not let us read it
        ├── InputRefusedError          4   an input that is not there, too large, or not had
        ├── PlanFileError              4   no plan file, or one of another version
        └── TableFileError             4   a table of a dataset is damaged

Every message is one line and ends with what to do next.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path


class ExitCode(IntEnum):
    """Exit codes of the command line."""

    OK = 0
    SOME_FAILED = 1
    USAGE = 2
    NO_PLAN = 3
    UNREADABLE = 4
    MISSING_COMPONENT = 5
    INTERRUPTED = 130


class ActionplanError(Exception):
    """Base of all errors that are told to the user in one line."""

    exit_code = ExitCode.SOME_FAILED


class SomeFailedError(ActionplanError):
    """One or more documents of several failed; the others are written."""


class CannotReadError(ActionplanError):
    """An unexpected error inside one document; a defect of this program."""

    def __init__(self, name: str, error: BaseException) -> None:
        super().__init__(
            f"{name}: unexpected error ({type(error).__name__}: {_one_line(str(error))}); "
            "run again with --debug and report what it prints"
        )


class LimitError(ActionplanError):
    """A limit of one document was reached; the others go on."""


class TimeLimitError(LimitError):
    """One document took too long."""

    def __init__(self, name: str, seconds: float) -> None:
        super().__init__(
            f"{name}: stopped after {seconds:g} s; "
            "look at the file in a PDF viewer, or allow more with --time-limit"
        )


class MemoryLimitError(LimitError):
    """One document needed too much memory."""

    def __init__(self, name: str, megabytes: int) -> None:
        super().__init__(
            f"{name}: stopped, it needs more than {megabytes} MB of memory; "
            "look at the file in a PDF viewer, or allow more with --memory-limit"
        )


class PageLimitError(LimitError):
    """One document has too many pages."""

    def __init__(self, name: str, pages: int, limit: int) -> None:
        super().__init__(
            f"{name}: has {pages} pages, more than the limit of {limit}; "
            "allow more with --max-pages, or split the file"
        )


class WorkerDiedError(ActionplanError):
    """The process that worked on one document died, each time it was tried."""

    def __init__(self, name: str, cause: str, attempts: int) -> None:
        times = f" {attempts} times" if attempts > 1 else ""
        super().__init__(
            f"{name}: the process that read it died{times} ({cause}); "
            "print the file to PDF anew, or report it"
        )


class OutputError(ActionplanError):
    """A result cannot be written."""

    def __init__(self, path: Path | str, problem: str) -> None:
        super().__init__(
            f"{path}: cannot be written ({problem}); free some space or name another folder with -o"
        )


class LostRowsError(ActionplanError):
    """What is kept of a document for the tables over all is not as it was written."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}: what is kept of it in .actionplan was changed; "
            "give the same command again, then it is read anew"
        )


class BusyError(ActionplanError):
    """Another run is writing to the same folder."""

    def __init__(self, folder: Path | str) -> None:
        super().__init__(
            f"{folder}: another run is writing here; wait for it, or name another folder with -o"
        )


class ClusterError(ActionplanError):
    """A cluster cannot be used, or not any longer."""

    def __init__(self, problem: str) -> None:
        super().__init__(_one_line(problem, 600))


class ExpectationError(ActionplanError):
    """A dataset holds less than is expected of it; nothing of it was written."""

    def __init__(self, path: Path, shortfalls: Sequence[str]) -> None:
        super().__init__(
            f"{path}: {'; '.join(shortfalls)}; nothing was replaced, so look for missing plans or "
            "lower the figures"
        )


class MissingComponentError(ActionplanError):
    """An optional component that a command needs is not installed."""

    exit_code = ExitCode.MISSING_COMPONENT

    def __init__(self, component: str, extra: str) -> None:
        super().__init__(
            f"{component} is not installed; install it with: pip install 'actionplan[{extra}]'"
        )


class OcrMissingError(MissingComponentError):
    """All that a document holds is pictures of pages, and nothing is there to recognise them."""

    def __init__(self, name: str, missing: str) -> None:
        Exception.__init__(self, f"{name}: all pages are scans, and {missing}")


class EditError(ActionplanError):
    """An edit of the review desk that cannot be done; nothing was changed."""


class StaleEditError(EditError):
    """An edit of what somebody else changed meanwhile."""

    def __init__(self, what: str, who: str, when: str, change: str) -> None:
        super().__init__(
            f"{what} was changed by {who} at {when} ({_one_line(change)}); "
            "look at it as it is now, then make your change again"
        )


class NoSuchRecordError(EditError):
    """A document or record that is not there, or no longer."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}: not found; it may be deleted, so go back to the list")


class NothingToDoError(EditError):
    """An edit that changes nothing; not worth a line in the log."""


class PdfMissingError(EditError):
    """The PDF of a document is not where it was when it was converted."""

    def __init__(self, name: str, path: str) -> None:
        super().__init__(
            f"{name}: its PDF is not at {path or 'any known place'}; choose the file again, "
            "or go on without pages"
        )


class UsageError(ActionplanError):
    """Arguments that cannot be right."""

    exit_code = ExitCode.USAGE


class ColumnMapError(UsageError):
    """The file given with ``--columns`` is missing or says something unknown."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}; see docs/cli.md for the form of a column map")


class DatasetFileError(UsageError):
    """A file that people write beside the plans is not of its form."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"{_one_line(problem)}; see docs/dataset.md for its form")


class MappingFileError(UsageError):
    """A mapping of an export is not there, or not of its form."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"{_one_line(problem, 600)}; see docs/export.md for its form")


class NoPlanError(ActionplanError):
    """The document was read and holds no plan."""

    exit_code = ExitCode.NO_PLAN

    def __init__(self, name: str, tables: int, unread: int = 0, missing: str = "") -> None:
        many = f"{tables} table{'s' * (tables != 1)}, none of recommendations"
        seen = many if tables else "no table"
        if unread:
            seen += f"; {unread} scanned page{'s' * (unread != 1)} not read"
        step = (
            "look at its tables with `actionplan tables`, or name their columns with --columns"
            if tables
            else "look at the pages with `actionplan inspect --png`"
        )
        step = missing or step
        super().__init__(f"{name}: no plan found ({seen}); {step}")


class UnreadableError(ActionplanError):
    """The input cannot be read at all."""

    exit_code = ExitCode.UNREADABLE
    problem = "cannot be read"
    step = "open it in a PDF viewer to see whether it is whole"

    def __init__(self, name: str, detail: str = "") -> None:
        detail = f" ({_one_line(detail)})" if detail else ""
        super().__init__(f"{name}: {self.problem}{detail}; {self.step}")


class EmptyFileError(UnreadableError):
    """No bytes, or a PDF without pages."""

    problem = "the file is empty"
    step = "download or export it again"


class NotPdfError(UnreadableError):
    """Some other kind of file, whatever its name says."""

    problem = "not a PDF"
    step = "save or print it as PDF first"


class DamagedFileError(UnreadableError):
    """A PDF, but nothing of it can be read."""

    problem = "the PDF is damaged"
    step = "download or export it again"


class PasswordError(UnreadableError):
    """Protected by a password, and none or a wrong one was given."""

    problem = "protected by a password"
    step = "give it with --password"


class TrapError(UnreadableError):
    """A stream in it unpacks to gigabytes: made to fill the memory of whoever opens it."""

    problem = "unpacks to more than any document needs"
    step = "do not open it; if it was sound once, export it again"


class FileAccessError(UnreadableError):
    """The system does not let us read the file."""

    problem = "cannot be opened"
    step = "check that it exists and that you may read it"


class InputRefusedError(UnreadableError):
    """An input of several that names nothing, is too large, or cannot be had from where it is."""

    def __init__(self, name: str, problem: str) -> None:
        self.problem = _one_line(problem, 600)
        ActionplanError.__init__(self, f"{_one_line(name)}: {self.problem}")

    @classmethod
    def too_large(cls, name: str, limit: int) -> InputRefusedError:
        """Return the error for a document of more than `limit` bytes."""
        return cls(name, f"larger than {limit} bytes; allow more with --max-bytes")


class PlanFileError(UnreadableError):
    """No plan file, or one of another version."""

    problem = "is no plan file of this version"
    step = "convert its PDF again"


class TableFileError(UnreadableError):
    """A table of a dataset is damaged."""

    problem = "a table of the dataset cannot be read"
    step = "build the dataset again"


_BY_REASON: dict[str, type[UnreadableError]] = {
    "empty": EmptyFileError,
    "not-pdf": NotPdfError,
    "damaged": DamagedFileError,
    "password": PasswordError,
    "trap": TrapError,
}


def from_reason(name: str, reason: str, *, password_given: bool = False) -> UnreadableError:
    """Return the error for the reader's `reason`; an unknown one is plainly unreadable."""
    detail = "the one given does not open it" if reason == "password" and password_given else ""
    return _BY_REASON.get(reason, UnreadableError)(name, detail)


def overall_code(codes: Sequence[int]) -> ExitCode:
    """Exit code of a run from the exit codes of its documents.

    One document gives its own code. Of several: all unreadable 4, any failed 1, else 0 if one was
    converted and 3 if none holds a plan.
    """
    if len(codes) == 1:
        return ExitCode(codes[0])
    if codes and all(code == ExitCode.UNREADABLE for code in codes):
        return ExitCode.UNREADABLE
    if any(code not in (ExitCode.OK, ExitCode.NO_PLAN) for code in codes):
        return ExitCode.SOME_FAILED
    return ExitCode.OK if ExitCode.OK in codes else ExitCode.NO_PLAN


def _one_line(text: str, limit: int = 200) -> str:
    """White space collapsed, long texts cut: a message is one line."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
