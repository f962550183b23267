"""The pace at which one host is asked."""

from __future__ import annotations

import os
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from actionplan import pacing


class Clock:
    """Time that passes only by waiting."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def time(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clock:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(pacing, "_own", {})
    clock = Clock()
    monkeypatch.setattr(time, "time", clock.time)
    monkeypatch.setattr(time, "sleep", clock.sleep)
    return clock


def turns(clock: Clock, host: str, rate: float, count: int = 4) -> list[float]:
    start, found = clock.now, []
    for _ in range(count):
        pacing.wait(host, rate)
        found.append(clock.now - start)
    return found


def test_requests_to_one_host_keep_their_distance(clock: Clock) -> None:
    assert turns(clock, "host.example", 2) == [0, 0.5, 1, 1.5]
    assert turns(clock, "other.example", 2) == [0, 0.5, 1, 1.5]
    assert turns(clock, "third.example", 0) == [0, 0, 0, 0]


def test_time_that_passes_otherwise_counts(clock: Clock) -> None:
    turns(clock, "host.example", 1)
    clock.sleep(100)
    assert turns(clock, "host.example", 1, 2) == [0, 1]


def test_a_pause_that_is_asked_for_holds_for_all(clock: Clock) -> None:
    pacing.hold("host.example", 30)
    assert turns(clock, "host.example", 0, 1) == [30]


def test_without_a_place_for_files_each_process_keeps_its_pace(
    clock: Clock, tmp_path: Path
) -> None:
    user = os.getuid() if hasattr(os, "getuid") else 0
    (tmp_path / f"actionplan-{user}").write_text("in the way")
    assert turns(clock, "host.example", 2) == [0, 0.5, 1, 1.5]


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="there are no owners of files here")
def test_a_folder_that_others_can_write_to_is_not_used(clock: Clock, tmp_path: Path) -> None:
    folder = tmp_path / f"actionplan-{os.getuid()}"
    folder.mkdir()
    folder.chmod(0o777)
    assert turns(clock, "host.example", 2) == [0, 0.5, 1, 1.5]
    assert not list(folder.iterdir())


@pytest.mark.parametrize("data", [b"", b"nonsense", b"1e300", b"nan"])
def test_a_file_that_makes_no_sense_counts_for_nothing(
    data: bytes, clock: Clock, tmp_path: Path
) -> None:
    pacing.wait("host.example", 1)
    (file,) = (path for path in tmp_path.rglob("*") if path.is_file())
    file.write_bytes(data)
    assert turns(clock, "host.example", 1) == [0, 1, 2, 3]


def test_a_host_that_gives_nothing_is_left_alone_for_a_while(clock: Clock) -> None:
    for _ in range(4):
        pacing.note("host.example", given=False)
    assert not pacing.is_given_up("host.example")
    pacing.note("host.example", given=False)
    assert pacing.is_given_up("host.example")
    assert not pacing.is_given_up("other.example")
    clock.sleep(61)
    assert not pacing.is_given_up("host.example")
    pacing.note("host.example", given=False)
    assert pacing.is_given_up("host.example")
    pacing.note("host.example", given=True)
    assert not pacing.is_given_up("host.example")


def test_no_turn_is_taken_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    due: list[float] = []

    def ask(_: int) -> None:
        with pacing._kept("host.example") as known:
            due.append(known.due)
            known.due += 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(ask, range(200)))
    assert sorted(due) == list(range(200))
