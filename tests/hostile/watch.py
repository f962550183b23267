"""What a process does, written down: loaded by each Python that finds it as `sitecustomize`.

The file named by ``WATCH_LOG`` gets one JSON list for each event of interest: what is opened for
writing or changed on the disk, what is read that no document may name, each connection and each
program started. Workers inherit the environment, so they are watched too.
"""

import json
import os
import socket
import sys
from pathlib import Path
from typing import Any

_LOG = os.environ.get("WATCH_LOG", "")
_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = frozenset(
    ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate",
     "os.chmod", "os.chown", "shutil.move", "shutil.rmtree", "tempfile.mkstemp", "tempfile.mkdtemp")
)  # fmt: skip
_PROGRAMS = frozenset(
    ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile",
     "webbrowser.open")
)  # fmt: skip
_NETWORK = frozenset(
    ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo",
     "socket.gethostbyname", "socket.gethostbyaddr", "urllib.Request", "http.client.connect",
     "ftplib.connect", "smtplib.connect")
)  # fmt: skip


def _is_local(event: str, arguments: tuple[Any, ...]) -> bool:
    """Do processes of one machine talk by a path? Or does urllib3, which comes with spaCy, look
    once, when it is loaded, whether there is IPv6?
    """
    if event == "socket.bind" and arguments[1] == ("::1", 0):
        return True
    return event.startswith("socket.") and getattr(arguments[0], "family", 0) == socket.AF_UNIX


def _kind(event: str, arguments: tuple[Any, ...]) -> str:
    if event == "open":
        path, _, flags = arguments
        if isinstance(path, int) or not path:
            return ""
        if flags & _WRITE:
            return "write"
        return "read" if any(word in os.fsdecode(path) for word in ("passwd", "owned")) else ""
    if event in _CHANGES:
        return "write"
    if event in _NETWORK:
        return "" if _is_local(event, arguments) else "network"
    return "program" if event in _PROGRAMS else ""


def _whole(event: str, arguments: tuple[Any, ...]) -> str:
    """The whole path of what is changed: it may be said from an open folder, as rmtree does."""
    path, folder = Path(os.fsdecode(arguments[0])), arguments[-1]
    if event != "open" and isinstance(folder, int) and folder > 2 and not path.is_absolute():
        path = Path(f"/proc/self/fd/{folder}").readlink() / path
    return str(Path.cwd() / path)


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open" and arguments[0] == _LOG:
        return
    kind = _kind(event, arguments)
    if kind:
        told = [_whole(event, arguments), *arguments[1:]] if kind == "write" else arguments
        line = json.dumps([kind, event, *map(str, told)]) + "\n"
        place = os.open(_LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.write(place, line.encode())
        os.close(place)


if _LOG:
    sys.addaudithook(_note)
