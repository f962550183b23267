"""Progress on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.conftest import SAMPLES, Run
from tests.pipeline.bad_files import write_bad


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard error claims to be a terminal."""
    monkeypatch.setattr(type(sys.stderr), "isatty", lambda self: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")


def test_a_bar_counts_the_documents_on_a_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], terminal: None
) -> None:
    from actionplan.console import progress

    long = "first.pdf: a line that is longer than the terminal is wide, " * 3
    with progress(3, quiet=False) as report:
        report(long)
        report()
        report("third.pdf: [not markup]")
    err = capsys.readouterr().err
    assert "3/3" in err
    assert "third.pdf: [not markup]" in err
    assert long in err


def test_no_bar_for_one_document(tmp_path: Path, run: Run, sample: Path, terminal: None) -> None:
    assert "\x1b" not in run("convert", sample, "-o", tmp_path).err


def test_no_bar_when_piped(tmp_path: Path, run: Run) -> None:
    assert "\x1b" not in run("tables", *SAMPLES[:2], "-o", tmp_path).err


def test_quiet_still_tells_failures(tmp_path: Path, run: Run) -> None:
    write_bad(tmp_path)
    ran = run("convert", tmp_path, "-o", tmp_path / "out", "--quiet")
    assert ran.err.count("failed: ") == ran.err.count("\n") == 4
