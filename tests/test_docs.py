"""The documentation names every command, option, exit code and issue code."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import Any

import pytest
import typer

import actionplan
from actionplan import errors
from actionplan.cli import app
from actionplan.normalise.issues import ISSUES
from tests.conftest import ROOT


@cache
def text(name: str) -> str:
    """A document of the project."""
    return (ROOT / name).read_text(encoding="utf-8")


def commands() -> dict[str, Any]:
    """The commands of the command line by name; those of a group as ``group command``."""
    found = {}
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        for below, inner in getattr(command, "commands", {"": command}).items():
            found[f"{name} {below}".strip()] = inner
    return found


def options(command: Any) -> set[str]:
    """The long and short options of a command."""
    return {
        name
        for parameter in command.params
        for name in parameter.opts
        if name.startswith("-") and name not in ("--help", "-h")
    }


@pytest.mark.parametrize("name", sorted(commands()))
def test_each_command_and_its_options_are_documented(name: str) -> None:
    sections = re.split(r"^## ", text("docs/cli.md"), flags=re.MULTILINE)
    (section,) = [part for part in sections if part.startswith(f"actionplan {name} ")]
    missing = {
        option for option in options(commands()[name]) if f"`{option}" not in text("docs/cli.md")
    }
    assert not missing
    own = {option for option in options(commands()[name]) if option.startswith("--")}
    assert {option for option in own if f"{option}" not in section} == set()


def test_no_option_is_documented_that_is_not_there() -> None:
    known = set().union(*(options(command) for command in commands().values()))
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text("docs/cli.md")))
    assert named - known == {"--version", "--help"}


def test_each_exit_code_and_error_is_documented() -> None:
    page = text("docs/errors.md")
    assert [code for code in errors.ExitCode if f"| {int(code)} | " not in page] == []
    classes: list[type[errors.ActionplanError]] = list(errors.ActionplanError.__subclasses__())
    for each in classes:
        classes += each.__subclasses__()
    for each in classes:
        row = rf"`{each.__name__}` \| {int(each.exit_code)} \|"
        assert re.search(row, page), each.__name__
        drawn = rf"── {each.__name__} +{int(each.exit_code)} "
        assert re.search(drawn + "|" + drawn.rstrip() + "$", errors.__doc__ or "", re.MULTILINE), (
            each
        )


def test_each_module_of_the_reading_is_in_the_map() -> None:
    modules = {path.stem for path in (ROOT / "extract").glob("*.py")} - {"__init__"}
    sections = re.split(r"^## ", text("docs/design.md"), flags=re.MULTILINE)
    (section,) = [part for part in sections if part.startswith("Modules of extract/")]
    assert modules - set(re.findall(r"`(\w+)`", section)) == set()


def test_each_issue_code_is_documented() -> None:
    assert [code for code in ISSUES if f"`{code}`" not in text("docs/issues.md")] == []


def test_version_changelog_and_citation_agree() -> None:
    version = actionplan.__version__
    newest = re.search(r"^## \[(\d[^\]]*)\]", text("CHANGELOG.md"), re.MULTILINE)
    assert newest and newest[1] == version
    assert re.search(rf"^version: {re.escape(version)}$", text("CITATION.cff"), re.MULTILINE)


@pytest.mark.parametrize(
    "page",
    sorted(str(path.relative_to(ROOT)) for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]),
)
def test_links_lead_somewhere(page: str) -> None:
    folder = (ROOT / page).parent
    for link in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", text(page)):
        assert (folder / link).exists(), link


def test_the_readme_names_the_commands_that_work() -> None:
    makefile = text("Makefile")
    for target in re.findall(r"^make (\w+)", text("README.md"), re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)
    for command in re.findall(r"^actionplan (\w+)", text("README.md"), re.MULTILINE):
        assert command in {name.partition(" ")[0] for name in commands()}


def test_the_supported_versions_agree() -> None:
    project = tomllib.loads(text("pyproject.toml"))["project"]
    assert project["requires-python"] == ">=3.11,<3.14"
    assert "(3, 11) <= sys.version_info[:2] <= (3, 13)" in text("Makefile")
    assert "3.11 to 3.13" in text("README.md")


def test_each_evidence_of_a_join_is_documented() -> None:
    source = text("extract/joins.py")
    plain = re.findall(r'Evidence\(\s*"([a-z-]+)"', source)
    of_columns = re.findall(r'Evidence\(f"\{name\}-([a-z-]+)"', source)
    of_columns += re.findall(r'Evidence\(f"column-\{column \+ 1\}-([a-z]+)"', source)
    names = {*plain, *(f"column-N-{name}" for name in of_columns)}
    assert len(names) >= 15
    assert {name for name in names if f"`{name}`" not in text("docs/reading.md")} == set()
