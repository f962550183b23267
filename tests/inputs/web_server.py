"""A web server on loopback that answers as it is told, and notes what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Answer:
    """What the server sends.

    Attributes:
        claimed: content length that it tells, if it is not that of the body.
        stalls: it sends half of the body, then nothing more until the server stops.
        cut: it closes the connection after half of the body.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    claimed: int | None = None
    stalls: bool = False
    cut: bool = False


@dataclass(frozen=True)
class Asked:
    """A request that came in."""

    method: str
    path: str
    headers: Mapping[str, str]


class WebServer(ThreadingHTTPServer):
    """Answers by path; of several answers each is given once, and the last one ever after."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        self.answers: dict[str, list[Answer]] = {}
        self.asked: list[Asked] = []
        self.stopping = threading.Event()
        self._lock = threading.Lock()
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def host(self) -> str:
        """Name and port."""
        return f"127.0.0.1:{self.server_port}"

    def url(self, path: str, *answers: Answer) -> str:
        """Set the answers of a path; return its address."""
        self.answers[path] = list(answers)
        return f"http://{self.host}{path}"

    def take(self, asked: Asked) -> Answer:
        """Note a request; return its answer."""
        with self._lock:
            self.asked.append(asked)
            answers = self.answers.get(asked.path, [Answer(status=404)])
            return answers.pop(0) if len(answers) > 1 else answers[0]

    def handle_error(self, request: object, client_address: object) -> None:
        """A client may leave when it wants."""


class _Handler(BaseHTTPRequestHandler):
    server: WebServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        answer = self.server.take(Asked(self.command, self.path, dict(self.headers)))
        self.send_response(answer.status)
        length = len(answer.body) if answer.claimed is None else answer.claimed
        headers = {"Content-Type": "application/pdf", "Content-Length": str(length)}
        for name, value in (headers | dict(answer.headers)).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "HEAD":
            return
        half = len(answer.body) // 2 if answer.cut or answer.stalls else len(answer.body)
        self.wfile.write(answer.body[:half])
        if answer.stalls:
            self.wfile.flush()
            self.server.stopping.wait(60)
        if answer.cut or answer.stalls or answer.claimed is not None:
            self.close_connection = True

    do_HEAD = do_GET  # noqa: N815 - the name that http.server looks for

    def log_message(self, format: str, *args: object) -> None:
        """Tests are quiet."""


@contextmanager
def web_server() -> Iterator[WebServer]:
    """Run a server."""
    server = WebServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join()
