"""PDFs given to the desk in the browser: kept in the output folder and converted in a worker."""

from __future__ import annotations

import secrets
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from actionplan.cache import digest, load_entries
from actionplan.convert import Job, Options, Outcome, convert
from actionplan.errors import EmptyFileError, NotPdfError, UsageError
from actionplan.inputs import PLAN_SUFFIX
from actionplan.isolation import close_workers, isolated
from actionplan.limits import Limits
from actionplan.naming import result_names
from actionplan.origins import file_source
from actionplan.stores import LocalStore
from actionplan.writers import make_folder, write_bytes

FOLDER = "uploaded"
"""Under the output folder: where uploaded PDFs stay, since pages are drawn from them."""

_TOP = 500
"""Bytes of a plan file in which its document's id stands."""

Stage = Literal["waiting", "converting", "ready", "failed"]


@dataclass(frozen=True, slots=True)
class UploadSettings:
    """What may be uploaded.

    Attributes:
        size: bytes of a file; scanned reports have up to 60 MB, and this is held in memory once.
        at_once: conversions at the same time; each may take a core.
        kept: finished uploads that can still be asked about.
        limits: of one conversion; a person waits for it, so ten minutes are enough.
    """

    size: int = 100_000_000
    at_once: int = 1
    kept: int = 100
    limits: Limits = field(default_factory=Limits)


@dataclass(slots=True)
class Upload:
    """One file on its way to a plan.

    Attributes:
        ident: in its address.
        file: name of the PDF.
        name: of its results.
        stage: how far it is.
        message: why it failed, one line.
        since: seconds of the monotonic clock when its stage began.
        seconds: that the conversion took.
        facts: counts of the result; empty if the PDF was here already.
    """

    ident: str
    file: str
    name: str
    stage: Stage = "waiting"
    message: str = ""
    since: float = field(default_factory=time.monotonic)
    seconds: float = 0.0
    facts: dict[str, object] = field(default_factory=dict)

    @property
    def elapsed(self) -> float:
        """Seconds in the present stage."""
        return time.monotonic() - self.since


class Uploads:
    """Files being converted; each in a thread that waits for its worker process."""

    def __init__(self, folder: Path, settings: UploadSettings | None = None) -> None:
        self.folder = folder
        self.settings = settings or UploadSettings()
        self._all: dict[str, Upload] = {}
        self._lock = threading.Lock()
        self._turn = threading.Semaphore(self.settings.at_once)

    def add(self, file: str, data: bytes) -> Upload:
        """Keep a PDF and begin to convert it.

        Raises:
            UsageError: its name is none for a PDF.
            UnreadableError: it is empty, or no PDF whatever its name says.
            OutputError: it cannot be kept.
        """
        check(file, data)
        if name := self._known(data):
            return self._kept(Upload(secrets.token_urlsafe(12), Path(file).name, name, "ready"))
        with self._lock:
            path = self._place(Path(file).name, data)
            name = self._result_name(path)
            upload = self._kept(Upload(secrets.token_urlsafe(12), path.name, name))
        threading.Thread(target=self._convert, args=(upload, path), daemon=True).start()
        return upload

    def get(self, ident: str) -> Upload | None:
        """Return an upload by its ident."""
        return self._all.get(ident)

    def close(self) -> None:
        """End the workers."""
        close_workers()

    def _kept(self, upload: Upload) -> Upload:
        """Hold an upload so that it can be asked about; the oldest finished ones are forgotten."""
        self._all[upload.ident] = upload
        for old in [one for one in self._all.values() if one.stage in ("ready", "failed")]:
            if len(self._all) > self.settings.kept:
                del self._all[old.ident]
        return upload

    def _known(self, data: bytes) -> str | None:
        """The name of a plan that was read from the same bytes: its id stands at the file's top."""
        ident = f"sha256:{digest(data)}".encode()
        for path in sorted(self.folder.glob(f"*{PLAN_SUFFIX}")):
            with suppress(OSError), path.open("rb") as file:
                if ident in file.read(_TOP):
                    return path.name.removesuffix(PLAN_SUFFIX)
        return None

    def _place(self, file: str, data: bytes) -> Path:
        """Write the PDF, beside another one of the same name; the same one again is kept once."""
        folder = make_folder(self.folder / FOLDER)
        stem = file_source(folder / file).stem.strip(". ")[:120] or "document"
        path, number = folder / f"{stem}.pdf", 1
        while path.exists() and path.read_bytes() != data:
            number += 1
            path = folder / f"{stem}-{number}.pdf"
        write_bytes(path, data)
        return path

    def _result_name(self, path: Path) -> str:
        taken = {
            name: entry.source for name, entry in load_entries(LocalStore(self.folder)).items()
        }
        waiting = {one.name: str(self.folder / FOLDER / one.file) for one in self._all.values()}
        return result_names([file_source(path)], {**waiting, **taken})[0]

    def _convert(self, upload: Upload, path: Path) -> None:
        with self._turn:
            upload.stage, upload.since = "converting", time.monotonic()
            options = Options(limits=self.settings.limits)
            job = Job(file_source(path), upload.name, LocalStore(self.folder), options)
            outcome = isolated(convert, job)
            self._finish(upload, outcome)

    def _finish(self, upload: Upload, outcome: Outcome) -> None:
        upload.seconds, upload.facts = outcome.seconds, outcome.facts
        upload.message = outcome.message
        upload.stage = "ready" if outcome.state in ("converted", "unchanged") else "failed"


def check(file: str, data: bytes) -> None:
    """Refuse what is no PDF before anything is written.

    Raises:
        UsageError: the name is none for a PDF.
        UnreadableError: the file is empty, or no PDF whatever its name says.
    """
    if not file.lower().endswith(".pdf"):
        raise UsageError(f"{file or 'the file'}: only PDF files can be read; save it as PDF first")
    if not data:
        raise EmptyFileError(file)
    if b"%PDF-" not in data[:1024]:  # where readers look for it
        raise NotPdfError(file)
