"""Bad files get nothing done: no connection, no program, no file but below the output folder."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile import active, cells, letters, no_pdf
from tests.hostile.make import write
from tests.hostile.raw import plan_file

SOME = [
    *active.shelf.values(),
    *(letters.shelf[name] for name in ("control-signs", "font-damaged", "letter-draws-itself")),
    *(cells.shelf[name] for name in ("formulas", "markup")),
    *(no_pdf.shelf[name] for name in ("archive-bomb", "cut-at-50", "web-page")),
]
Events = list[list[str]]


def watched(tmp_path: Path, *arguments: object) -> Events:
    """Run a command in `tmp_path`/work and return what it and its workers did."""
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    shutil.copy(Path(__file__).with_name("watch.py"), hooks / "sitecustomize.py")
    log = tmp_path / "log"
    log.touch()
    work = tmp_path / "work"
    work.mkdir()
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(hooks), os.environ.get("PYTHONPATH", "")]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "WATCH_LOG": str(log),
        "TMPDIR": str(work),
        "HOME": str(work),
    }
    command = [sys.executable, "-m", "actionplan", *map(str, arguments)]
    done = subprocess.run(
        command, cwd=work, env=environment, capture_output=True, text=True, timeout=900, check=False
    )
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode in (0, 1), done.stderr
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("engine", ["auto", "pdfplumber"])
def test_bad_files_get_nothing_done(engine: str, tmp_path: Path) -> None:
    write(tmp_path / "in", SOME)
    out = tmp_path / "out"
    events = watched(
        tmp_path, "convert", tmp_path / "in", "-o", out, "--jobs", 2, "--engine", engine,
        "--ocr", "never",
    )  # fmt: skip
    by_kind = {kind: [event for event in events if event[0] == kind] for kind in
               ("network", "program", "read", "write")}  # fmt: skip
    assert by_kind["write"], "nothing was watched"
    assert by_kind["network"] == []
    assert by_kind["program"] == []
    assert by_kind["read"] == []
    allowed = (str(out), str(tmp_path / "work"), "/dev/null", "/dev/shm")
    places = [event[2] for event in by_kind["write"]]
    assert [place for place in places if not place.startswith(allowed)] == []
    # What workers put beside the results meanwhile (sockets) is gone.
    assert list((tmp_path / "work").rglob("*")) == []
    assert not list(tmp_path.rglob("*owned*"))


def test_the_watch_sees_what_it_has_to(tmp_path: Path) -> None:
    """A connection, a program and a file elsewhere, in the process and in one that it forks."""
    deeds = (
        "import multiprocessing, socket, subprocess, sys\n"
        "def deed(place):\n"
        "    subprocess.run(['true'])\n"
        "    open(place, 'w').close()\n"
        "    open('/etc/passwd').close()\n"
        "    try: socket.create_connection(('127.0.0.1', 9), 1)\n"
        "    except OSError: pass\n"
        "if __name__ == '__main__':\n"
        "    one = multiprocessing.get_context('forkserver').Process(target=deed, args=['b'])\n"
        "    deed('a'); one.start(); one.join()\n"
    )
    (tmp_path / "deeds.py").write_text(deeds, encoding="utf-8")
    shutil.copy(Path(__file__).with_name("watch.py"), tmp_path / "sitecustomize.py")
    log = tmp_path / "log"
    log.touch()
    environment = os.environ | {"PYTHONPATH": str(tmp_path), "WATCH_LOG": str(log)}
    subprocess.run(
        [sys.executable, "deeds.py"], cwd=tmp_path, env=environment, check=True, timeout=300
    )
    events = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    kinds = [event[0] for event in events]
    assert {place for kind, _, place, *_ in events if kind == "write"} >= {
        str(tmp_path / "a"),
        str(tmp_path / "b"),
    }
    assert all(kinds.count(kind) >= 2 for kind in ("network", "program", "read", "write"))


def test_nothing_is_asked_of_the_net_by_any_command(tmp_path: Path) -> None:
    """Not even where a document's address answers: nobody comes."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        port = server.getsockname()[1]
        address = b"http://127.0.0.1:%d/" % port
        entries = b"/OpenAction<</S/URI/URI(%s)>>" % address
        folder = tmp_path / "in"
        folder.mkdir()
        (folder / "plan.pdf").write_bytes(plan_file(entries=entries, info=b"/Title(%s)" % address))
        for name, arguments in {
            "one": ("convert", folder, "-o", tmp_path / "out"),
            "two": ("inspect", folder / "plan.pdf", "--png", tmp_path / "png"),
            "three": ("report", tmp_path / "out", "-o", tmp_path / "report.html"),
        }.items():
            (tmp_path / name).mkdir()
            assert not [one for one in watched(tmp_path / name, *arguments) if one[0] == "network"]
        with pytest.raises(TimeoutError):
            server.accept()
