"""Lists on standard input, and inputs of which some name nothing."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from actionplan.errors import ExitCode, UsageError
from actionplan.inputs import find_inputs
from tests.conftest import Run


@pytest.fixture
def folder(tmp_path: Path, sample: Path) -> Path:
    for name in ("a.pdf", "b b.pdf", "new\nline.pdf", "pattern [1].pdf"):
        (tmp_path / name).write_bytes(sample.read_bytes())
    return tmp_path


def listed(monkeypatch: pytest.MonkeyPatch, data: bytes) -> list[str]:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    return [
        f"{source.name}{': ' * bool(source.problem)}{source.problem}"
        for source in find_inputs(["-"])
    ]


def test_a_list_has_one_name_a_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = f"{folder}/b b.pdf\r\n\n{folder}/a.pdf\n{folder}/a.pdf\nhttps://host.example/x.pdf\n"
    assert listed(monkeypatch, data.encode()) == ["a.pdf", "b b.pdf", "x.pdf"]


def test_between_nul_characters_names_may_hold_line_ends(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = b"\0".join(os.fsencode(path) for path in folder.iterdir()) + b"\0"
    assert listed(monkeypatch, data) == ["a.pdf", "b b.pdf", "new\ufffdline.pdf", "pattern [1].pdf"]


def test_names_of_a_list_are_no_patterns(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = f"{folder}/pattern [1].pdf\n{folder}/*.pdf\n"
    assert listed(monkeypatch, data.encode()) == [
        "*.pdf: no such file or folder; check the path",
        "pattern [1].pdf",
    ]


def test_a_name_that_is_no_text_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = os.fsencode(tmp_path) + b"/plan \xe9.pdf"
    try:
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY))
    except OSError:
        pytest.skip("this file system takes names in UTF-8 alone")
    assert listed(monkeypatch, path + b"\n") == ["plan \ufffd.pdf"]
    (source,) = find_inputs([os.fsdecode(path)])
    source.key.encode()
    assert source.path == Path(os.fsdecode(path))


def test_a_list_is_read_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{folder}/a.pdf".encode())))
    assert len(find_inputs(["-", "-"])) == 1


def test_an_empty_list_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="standard input names no document; send one path"):
        listed(monkeypatch, b"\n \n")


def test_of_several_inputs_one_that_is_not_there_fails_alone(
    folder: Path, run: Run, tmp_path: Path
) -> None:
    ran = run("convert", folder / "gone.pdf", folder / "a.pdf", "-o", tmp_path / "out")
    assert ran.code == ExitCode.SOME_FAILED
    assert "failed: gone.pdf: no such file or folder; check the path" in ran.err
    assert (tmp_path / "out" / "a.plan.json").exists()


def test_no_input_at_all_is_told(run: Run) -> None:
    ran = run("convert")
    assert ran.code == ExitCode.USAGE
    assert ran.err == (
        "actionplan: no document is named; give files, folders or URLs, or --manifest\n"
    )


@pytest.mark.parametrize("name", ["x" * 300, "nul\0character"])
def test_what_can_be_no_path_is_told(name: str) -> None:
    with pytest.raises(UsageError, match=r"no such file or folder|no path that can be looked up"):
        find_inputs([name])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_is_no_document(tmp_path: Path, run: Run) -> None:
    os.mkfifo(tmp_path / "x.pdf")
    ran = run("convert", tmp_path / "x.pdf", "-o", tmp_path / "out")
    assert ran.code == ExitCode.UNREADABLE
    assert ran.err == (
        "failed: x.pdf: cannot be opened (no plain file); check that it exists and that you may "
        "read it\n"
    )


def test_a_file_too_large_is_not_read(folder: Path, run: Run, tmp_path: Path) -> None:
    ran = run("convert", folder / "a.pdf", "-o", tmp_path / "out", "--max-bytes", 1000)
    assert ran.code == ExitCode.UNREADABLE
    assert "a.pdf: larger than 1000 bytes; allow more with --max-bytes" in ran.err
