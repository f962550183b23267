"""Servers on loopback for tests of inputs from elsewhere."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from actionplan import pacing
from tests.inputs.web_server import WebServer, web_server

_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WebServer]:
    """A web server; nothing stands between it and the test, and nobody else keeps its pace."""
    for name in _PROXIES:
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "temp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temp"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(pacing, "_own", {})
    with web_server() as server:
        yield server
