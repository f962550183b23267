"""Nothing is asked of the network unless an address is given: seen from inside all processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.inputs.test_archives import make_zip
from tests.inputs.web_server import Answer, WebServer

WATCH = '''
"""Runs as each Python process starts, workers too: notes what would leave the machine."""
import os, sys

def note(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        if isinstance(address, tuple):
            write(f"{event} {address[0]}")
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        write(f"{event} {arguments[0]}")

def write(line):
    file = os.open(os.environ["WATCH_FILE"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(file, f"{line}\\n".encode())
    os.close(file)

sys.addaudithook(note)
'''


def seen(tmp_path: Path, *arguments: object) -> list[str]:
    """Run a conversion with two workers; return what its processes asked of the network."""
    (tmp_path / "watch").mkdir(exist_ok=True)
    (tmp_path / "watch" / "sitecustomize.py").write_text(WATCH)
    file = tmp_path / "watch" / "seen"
    file.write_text("")
    command = [sys.executable, "-m", "actionplan", "convert", *map(str, arguments)]
    command += ["-o", str(tmp_path / "out"), "--jobs", "2", "--rate", "0", "--force"]
    ran = subprocess.run(
        command,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path / "watch"), "WATCH_FILE": str(file)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return file.read_text().splitlines()


def test_without_an_address_nothing_is_asked_of_the_network(
    tmp_path: Path, sample: Path, web: WebServer
) -> None:
    data = sample.read_bytes()
    for name in ("a.pdf", "b.pdf"):
        (tmp_path / name).write_bytes(data)
    make_zip(tmp_path / "plans.zip", ("c.pdf", data))
    manifest = tmp_path / "reviews.csv"
    manifest.write_text("path,url\na.pdf,https://host.example/a.pdf\n")
    local = (tmp_path / "b.pdf", tmp_path / "plans.zip", "--manifest", manifest)
    assert seen(tmp_path, *local) == []
    # The watch does see: with an address, the workers ask its host and no other.
    url = web.url("/d.pdf", Answer(data))
    hosts = {line.rpartition(" ")[2] for line in seen(tmp_path, *local, url)}
    assert hosts == {"127.0.0.1"}
