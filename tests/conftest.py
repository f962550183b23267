"""Fixtures that several test modules share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from actionplan.cli import main

# The same examples in each run, however long one takes on a busy machine; time is no result here.
settings.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")

ROOT = Path(__file__).parent.parent
SAMPLES = sorted((ROOT / "samples").glob("*.pdf"))


@dataclass(frozen=True)
class Ran:
    """What a command gave: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command line in this process."""

    def command(*arguments: object) -> Ran:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        return Ran(code, *capsys.readouterr())

    return command


SECOND = {"garsholt-wrong-byte", "thornlea-own-words"}


@pytest.fixture(scope="session")
def sample() -> Path:
    """A committed sample plan, the smallest one that needs no second reader: those are slow."""
    own = [path for path in SAMPLES if path.stem not in SECOND]
    return min(own, key=lambda path: path.stat().st_size)


@pytest.fixture(scope="session")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of one run over all samples."""
    folder = tmp_path_factory.mktemp("outputs")
    assert main(["convert", *map(str, SAMPLES), "-o", str(folder), "--quiet"]) == 0
    return folder
