"""The report of a run: ``run.json`` for programs, ``failures.csv`` for people.

What is known of each document is written aside as it comes; totals are counted on the way, so that
a run over any number of documents needs the memory of one.
"""

from __future__ import annotations

import json
import platform
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from actionplan import __version__, cache
from actionplan.convert import Options, Outcome
from actionplan.errors import ExitCode, overall_code
from actionplan.writers import scratch

RUN_FILE = "run.json"
FAILURES_FILE = "failures.csv"
FORMAT = 1
"""Of ``run.json``; a change that old readers do not understand needs a new one."""

_COUNTED = ("pages", "words", "tables", "records", "actions", "updates", "doubtful")
_FAILURE_COLUMNS = ("document", "source", "error", "code", "reason")


@dataclass(slots=True)
class RunFacts:
    """What is known of a run as a whole.

    Attributes:
        command: ``convert`` or ``tables``.
        output: the output folder, as the user named it.
        documents: how many there are to do.
        workers: processes, or the address of a cluster.
        options: what the user set for each document.
    """

    command: str
    output: str
    documents: int
    workers: int | str
    options: Options


class RunReport:
    """Collects what came of each document; a context manager.

    Attributes:
        states: number of documents by state.
        codes: number of documents by exit code.
    """

    def __init__(self, facts: RunFacts) -> None:
        self.states: Counter[str] = Counter()
        self.codes: Counter[int] = Counter()
        self._facts = facts
        self._begun = datetime.now(UTC)
        self._totals: Counter[str] = Counter()
        self._issues: Counter[str] = Counter()
        self._failures: list[str] = []
        self._stack = ExitStack()
        self._documents = self._stack.enter_context(scratch())

    def __enter__(self) -> RunReport:
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    @property
    def done(self) -> int:
        """Number of documents that have an outcome."""
        return self.states.total()

    @property
    def code(self) -> ExitCode:
        """Exit code of the run so far."""
        seen = [code for code, count in self.codes.items() for _ in range(min(count, 2))]
        return overall_code(seen)

    def add(self, outcome: Outcome, *, earlier_result: bool = False) -> None:
        """Add a document.

        Args:
            outcome: what came of it.
            earlier_result: it failed, and a result of an earlier run stays.
        """
        from actionplan.normalise.csv_text import csv_line

        shown = document_facts(outcome)
        if earlier_result:
            shown["earlier_result"] = True
        self.states[outcome.state] += 1
        self.codes[int(outcome.code)] += 1
        for name in _COUNTED:
            self._totals[name] += shown.get(name) or 0
        self._issues.update(shown.get("issues") or {})
        comma = ",\n" if self.done > 1 else ""
        self._documents.write(f"{comma}    {json.dumps(shown, ensure_ascii=False)}")
        if outcome.state == "failed":
            row = shown | {"reason": outcome.message}
            self._failures.append(csv_line(row.get(name) for name in _FAILURE_COLUMNS))

    def write(self, folder: Path, *, bom: bool = False) -> None:
        """Write both files into `folder`."""
        from actionplan.normalise.csv_text import csv_line

        encoding = "utf-8-sig" if bom else "utf-8"
        lines = [csv_line(_FAILURE_COLUMNS), *self._failures]
        (folder / FAILURES_FILE).write_text("".join(lines), encoding=encoding, newline="")
        head = json.dumps(self.head(), ensure_ascii=False, indent=2)
        self._documents.seek(0)
        with (folder / RUN_FILE).open("w", encoding="utf-8", newline="") as file:
            file.write(head.removesuffix("\n}") + ',\n  "documents": [\n')
            file.writelines(iter(lambda: self._documents.read(1 << 20), ""))
            file.write("\n  ]\n}\n")

    def head(self) -> dict[str, Any]:
        """All of ``run.json`` but its documents."""
        ended = datetime.now(UTC)
        options = self._facts.options
        return {
            "format": FORMAT,
            "command": self._facts.command,
            "output": self._facts.output,
            "started": _moment(self._begun),
            "ended": _moment(ended),
            "seconds": round((ended - self._begun).total_seconds(), 3),
            "code": int(self.code),
            "workers": self._facts.workers,
            "versions": versions(),
            "program": cache.program(),
            "settings": options.settings | {"bom": options.bom, "force": options.force},
            "limits": asdict(options.limits),
            "totals": self.totals(),
        }

    def totals(self) -> dict[str, Any]:
        """Numbers over all documents so far."""
        return {
            "documents": self.done,
            "converted": self.states["converted"],
            "unchanged": self.states["unchanged"],
            "nothing_found": self.states["nothing found"],
            "failed": self.states["failed"],
            **{name: self._totals[name] for name in _COUNTED},
            "issues": dict(sorted(self._issues.items())),
        }


def document_facts(outcome: Outcome) -> dict[str, Any]:
    """Return what ``run.json`` says of one document."""
    facts = dict(outcome.facts)
    if "recommendations" in facts:
        facts["records"] = facts.pop("recommendations")
    return {
        "document": outcome.source.name,
        "name": outcome.name,
        "source": str(outcome.source),
        "state": outcome.state,
        "code": int(outcome.code),
        "error": outcome.error or None,
        "message": outcome.message or None,
        "attempts": outcome.attempts,
        "seconds": round(outcome.seconds, 3),
        "peak_megabytes": outcome.peak_megabytes,
        **_own(outcome),
        **facts,
    }


def _own(outcome: Outcome) -> Mapping[str, Any]:
    """Own columns of a manifest."""
    return {"manifest": dict(outcome.source.columns)} if outcome.source.columns else {}


def versions() -> dict[str, str]:
    """Return the versions of this program, of what it stands on, and of what changes output."""
    return {
        "actionplan": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        **{name: metadata.version(name) for name in cache.COMPONENTS},
    }


def _moment(when: datetime) -> str:
    return when.isoformat(timespec="milliseconds").replace("+00:00", "Z")
