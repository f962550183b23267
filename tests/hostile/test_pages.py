"""docs/hostile.md and SECURITY.md say what is so."""

from __future__ import annotations

import re
import tomllib

import actionplan
from tests.conftest import ROOT
from tests.hostile.tables import PAGE, written


def test_the_tables_are_those_of_the_files() -> None:
    """If not: ``python -m tests.hostile.tables``."""
    page = PAGE.read_text(encoding="utf-8")
    assert written(page) == page


def _name(requirement: str) -> str:
    found: str = re.findall(r"^[\w.-]+", requirement)[0]
    return found.casefold().replace("_", "-")


def test_each_component_is_named_with_the_version_that_is_tested() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    needed = {_name(one) for one in project["dependencies"]}
    for extra in extras.keys() - {"all", "dev", "samples"}:
        needed |= {_name(one) for one in extras[extra]}
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = dict(line.split("==") for line in lines if "==" in line)
    versions = {_name(name): version for name, version in pinned.items()}
    page = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([\w.-]+) \| (\d[\w.]*) \| ([^|]+) \|", page, re.MULTILINE)
    named = {name: version for name, version, licence in rows if licence.strip() != "yes"}
    assert named == {name: versions[name] for name in needed}


def test_the_supported_version_is_this_one() -> None:
    page = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert f"| {actionplan.__version__.rpartition('.')[0]} | yes |" in page
