"""Names and places that are meant to lead a program elsewhere."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

NAMES = (
    b"new\nline.pdf",
    b"tab\tstop.pdf",
    b"\x1b]0;owned\x07.pdf",
    "\u202efdp.exe.pdf".encode(),
    b"-o.pdf",
    b"--help.pdf",
    b"...pdf",
    b"..\\..\\owned.pdf",
    b"C:\\owned.pdf",
    b"%2e%2e%2fowned.pdf",
    b"..%c0%af..%c0%afowned.pdf",
    b"=1+2.pdf",
    b"@SUM(A1).pdf",
    b"+1.pdf",
    b"-1+2.pdf",
    b"<script>alert(1)<script>.pdf",
    b"'; touch owned; '.pdf",
    b"$(touch owned).pdf",
    b"`touch owned`.pdf",
    b"| touch owned.pdf",
    b"a" * 251 + b".pdf",
    "\u00e9".encode() * 125 + b".pdf",
    b"CON.pdf",
    b"nul.pdf",
    b"com1.x.pdf",
    b" leading.pdf",
    b"trailing .pdf",
    b"trailing..pdf",
    "caf\u00e9.pdf".encode(),
    "cafe\u0301.pdf".encode(),
    b"Twice.pdf",
    b"twice.pdf",
    b"twice-2.pdf",
    b"\xff\xfe.pdf",
    b"\xed\xa0\x80.pdf",
    b"*.pdf",
    b"[a-z].pdf",
    b"~root.pdf",
    b"a.plan.json.pdf",
    b"check.csv.pdf",
    b"run.pdf",
    b"documents.pdf",
    "\u200b.pdf".encode(),
    "\u2028.pdf".encode(),
    "\U000e0041.pdf".encode(),
    b"a:b.pdf",
    b'a"b?.pdf',
    b"http:..pdf",
    b"s3:x.pdf",
)
"""Bytes, since a file system takes any; all are written into one folder."""


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _folder(path: Path) -> None:
    path.mkdir()


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _ring(path: Path) -> None:
    path.symlink_to(path.name)


def _nowhere(path: Path) -> None:
    path.symlink_to("nowhere")


def _socket(path: Path) -> None:
    """Bound by its name alone: a socket's path has 107 bytes at most."""
    before = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as ours:
            ours.bind(path.name)
    finally:
        os.chdir(before)


PLACES: dict[str, tuple[str, Callable[[Path], None], str]] = {
    "pipe": ("a pipe that nobody writes to", _pipe, "no plain file"),
    "folder": ("a folder", _folder, "the folder holds no PDF file"),
    "device": ("a link to a device without end", _device, "no plain file"),
    "ring": ("a link to itself", _ring, "cannot be opened"),
    "nowhere": ("a link to nothing", _nowhere, "cannot be opened"),
    "socket": ("a socket", _socket, "no plain file"),
}
"""By name: what it is, how it is made, and what the user sees."""
