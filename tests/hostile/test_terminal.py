"""Whatever a file holds or is called, nothing that is printed steers the terminal."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionplan.errors import ActionplanError, CannotReadError, NotPdfError
from actionplan.normalise.printable import printable, printable_json, printable_line
from tests.conftest import Run
from tests.hostile import cells, letters, no_pdf, raw
from tests.hostile.kinds import Bad
from tests.hostile.steering import steering

PRINTED = [*letters.shelf.values(), cells.shelf["markup"], cells.shelf["title-nul"]]
NAME = "\x1b]0;owned\x07\u202efdp\x9b2J\r\ninnocent.pdf"


@pytest.mark.parametrize("bad", PRINTED, ids=lambda bad: bad.name)
def test_inspect_prints_no_sign_that_steers(bad: Bad, tmp_path: Path, run: Run) -> None:
    path = tmp_path / f"{bad.name}.pdf"
    path.write_bytes(bad.make())
    ran = run("inspect", path)
    assert ran.code == bad.code
    assert not steering(ran.out + ran.err)


def test_inspect_shows_the_text_around_such_signs(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(letters.with_letters("\x1b[31mred\x1b[0m"))
    out = run("inspect", path).out
    assert "[31mred" in out
    path.write_bytes(letters.with_letters("[bold]not markup[/bold]"))
    assert "[bold]not markup[/bold]" in run("inspect", path).out


@pytest.fixture
def named(tmp_path: Path) -> Path:
    """A folder with a sound file and one that is no PDF, both under names that steer."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / NAME).write_bytes(raw.plan_file())
    (folder / f"\x9b{NAME}").write_bytes(no_pdf.word())
    return folder


@pytest.mark.parametrize("option", ["--quiet", "--json-lines", "--log-json", "--debug"])
@pytest.mark.parametrize("command", ["convert", "tables"])
def test_names_of_files_steer_nothing(
    command: str, option: str, named: Path, tmp_path: Path, run: Run
) -> None:
    ran = run(command, named, "-o", tmp_path / "out", "--jobs", 1, option)
    assert ran.code == 1
    assert not steering(ran.out + ran.err)
    assert "owned" in ran.out + ran.err
    lines = ran.err.splitlines() if option == "--log-json" else ran.out.splitlines()
    if option.endswith(("json", "lines")):
        assert len([json.loads(line) for line in lines]) >= 2


def test_diff_prints_no_sign_that_steers(tmp_path: Path, run: Run) -> None:
    for name, text in (("old", "\x1b[2Jold\u202e"), ("new", "\x9bnew\u2066")):
        (tmp_path / f"{name}\x1b.pdf").write_bytes(letters.with_letters(text))
    assert run("convert", tmp_path, "-o", tmp_path / "out", "--jobs", 1).code == 0
    first, second = sorted((tmp_path / "out").glob("*.plan.json"))
    for form in ("text", "json"):
        ran = run("diff", first, second, "--format", form)
        assert ran.code == 0
        assert "new" in ran.out
        assert not steering(ran.out + ran.err)


def on_terminal(*arguments: object) -> bytes:
    """What a command writes to a terminal of 100 columns."""
    leader, follower = pty.openpty()
    environment = os.environ | {"TERM": "xterm-256color", "COLUMNS": "100"}
    command = [sys.executable, "-m", "actionplan", *map(str, arguments)]
    with subprocess.Popen(command, stdout=follower, stderr=follower, env=environment) as process:
        os.close(follower)
        written = b""
        while select.select([leader], [], [], 600)[0]:
            try:
                piece = os.read(leader, 65536)
            except OSError:  # the other side is closed
                break
            if not piece:
                break
            written += piece
        process.wait(600)
    os.close(leader)
    return written


OUR_OWN = re.compile(rb"\x1b\[[0-9;?]*[A-HJKmhl]|\r")
"""What our progress and colours are made of: no titles, no answers, no clipboard."""


def test_a_terminal_is_steered_by_our_own_signs_alone(named: Path, tmp_path: Path) -> None:
    for arguments in (
        ("convert", named, "-o", tmp_path / "out", "--jobs", 1),
        ("inspect", named / NAME),
    ):
        written = on_terminal(*arguments)
        assert b"owned" in written
        assert not steering(OUR_OWN.sub(b"", written).decode())


@pytest.mark.parametrize("kind", [NotPdfError, CannotReadError])
def test_errors_are_one_line(kind: type[ActionplanError]) -> None:
    error = CannotReadError("x", ValueError(NAME)) if kind is CannotReadError else kind(NAME, NAME)
    assert not steering(printable_line(f"{error}")) and "\n" not in printable_line(f"{error}")


@given(st.text(st.characters(categories=None)))
def test_what_is_printable_keeps_all_other_signs(text: str) -> None:
    shown, line, value = printable(text), printable_line(text), {text: [text]}
    assert not steering(shown) and not steering(line) and "\n" not in line and "\t" not in line
    assert len(shown) == len(text)
    assert printable(shown) == shown
    written = printable_json(json.dumps(value, ensure_ascii=False))
    assert not steering(written)
    assert json.loads(written) == value
