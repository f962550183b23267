"""Documents that were refused for what they are, so that a rerun need not try them again.

Only what the bytes decide is kept: no PDF, damaged, empty, made as a trap, too many pages. What the
machine decided (time, memory, access, a process that died), and what a password may change, is
tried again in each run.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from actionplan.cache import REFUSED
from actionplan.errors import (
    DamagedFileError,
    EmptyFileError,
    NotPdfError,
    PageLimitError,
    TrapError,
)
from actionplan.stores import Store
from actionplan.writers import json_bytes

LASTING = (DamagedFileError, EmptyFileError, NotPdfError, PageLimitError, TrapError)


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a refusal depends on.

    Attributes:
        source: what tells the input from all others.
        base: fingerprint of this program and of the settings.
        stamp: of the input, empty where it cannot tell a later change.
        pages: the limit of pages.
    """

    source: str
    base: str
    stamp: str
    pages: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a document was refused: class of the error, its exit code, the line that told it."""

    error: str
    code: int
    message: str


@contextmanager
def remembered(folder: Store, name: str, attempt: Attempt) -> Iterator[None]:
    """Keep a lasting refusal that is raised inside; drop one of an earlier run if nothing is.

    Nothing is kept of an input without a stamp: nobody could tell whether it is the same.
    """
    try:
        yield
    except LASTING as error:
        if attempt.stamp:
            refusal = Refusal(type(error).__name__, int(error.exit_code), str(error))
            kept = {"attempt": asdict(attempt), "refusal": asdict(refusal)}
            folder.write(_file(name), json_bytes(kept))
        raise
    folder.delete(_file(name))


def load_refusal(folder: Store, name: str, attempt: Callable[[], Attempt]) -> Refusal | None:
    """Return the refusal of an earlier run, if it still holds.

    `attempt` is called only where there is one: the stamp of a web document costs a request.
    """
    try:
        kept = json.loads(folder.read(_file(name)))
        return Refusal(**kept["refusal"]) if Attempt(**kept["attempt"]) == attempt() else None
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _file(name: str) -> str:
    return f"{REFUSED}/{name}.json"
