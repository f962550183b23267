"""Servers on loopback for tests of inputs from elsewhere."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator

import pytest

from actionplan import pacing
from actionplan.objects import file_system
from tests.conftest import Ran, Run
from tests.inputs.web_server import WebServer, web_server

_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


@pytest.fixture
def run_apart() -> Run:
    """Run the command line in a process of its own.

    Workers have the environment of the first run of a process, whatever was set since; what tells
    them where the servers of a test are has to be set before.
    """

    def command(*arguments: object) -> Ran:
        ran = subprocess.run(
            [sys.executable, "-m", "actionplan", *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        return Ran(ran.returncode, ran.stdout, ran.stderr)

    return command


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[WebServer]:
    """A web server; nothing stands between it and the test, and nobody else keeps its pace."""
    for name in _PROXIES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pacing, "_own", {})
    # A short path: sockets of worker processes lie there, whose paths may have 100 letters.
    with tempfile.TemporaryDirectory(prefix="web-") as folder, web_server() as server:
        monkeypatch.setenv("TMPDIR", folder)
        monkeypatch.setattr(tempfile, "tempdir", folder)
        yield server


@pytest.fixture(scope="session")
def store_server() -> Iterator[str]:
    """An object store on this machine; yields its address."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(
    store_server: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> str:
    """An empty bucket of its own for a test; yields its URL. All of it is on loopback."""
    for name in _PROXIES:
        monkeypatch.delenv(name, raising=False)
    for name, value in {
        "AWS_ENDPOINT_URL": store_server,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    }.items():
        monkeypatch.setenv(name, value)
    name = f"bucket-{hashlib.sha256(request.node.nodeid.encode()).hexdigest()[:12]}"
    file_system("s3://").mkdir(name)
    return f"s3://{name}"
