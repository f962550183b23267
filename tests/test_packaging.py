"""The rooms are packaged, linked for the type checker, and walled off as designed."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

import actionplan

ROOT = Path(__file__).parent.parent
TYPING = ROOT / ".typing" / "actionplan"
STAGES = ("extract", "normalise", "review", "schemas")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SOURCES = [path for room in ("pipeline", *STAGES) for path in sorted((ROOT / room).rglob("*.py"))]
OWN = {
    "actionplan",
    "fuzzing",
    "tests",
    "samples",
    "training",
    *(path.stem for path in (ROOT / "benchmarks").glob("*.py")),
}


def distributions(*extras: str) -> set[str]:
    """Names of what the package needs, and of what its `extras` add."""
    project = PROJECT["project"]
    wanted = list(project["dependencies"])
    for extra in extras:
        wanted += project["optional-dependencies"][extra]
    return {re.split(r"[<>=]", one)[0] for one in wanted if not one.startswith("actionplan[")}


def test_every_package_folder_is_listed() -> None:
    tool = PROJECT["tool"]["setuptools"]
    found = {
        ".".join([name, *init.parent.relative_to(ROOT / folder).parts])
        for name, folder in tool["package-dir"].items()
        for init in (ROOT / folder).rglob("__init__.py")
    }
    assert found == set(tool["packages"])


def test_every_data_file_is_packaged() -> None:
    tool = PROJECT["tool"]["setuptools"]
    packaged = {
        path
        for package, patterns in tool["package-data"].items()
        for pattern in patterns
        for path in folder_of(package).glob(pattern)
    }
    rooms = [ROOT / folder for folder in tool["package-dir"].values()]
    files = {path for room in rooms for path in room.rglob("*") if path.is_file()}
    assert {path for path in files if path.suffix not in {".py", ".pyc"}} <= packaged
    assert ROOT / "normalise" / "models" / "leads.npz" in packaged


def folder_of(package: str) -> Path:
    """The folder that a package, perhaps inside a room, is made of."""
    folders = PROJECT["tool"]["setuptools"]["package-dir"]
    room = next(name for name in sorted(folders, reverse=True) if package.startswith(name))
    return ROOT.joinpath(folders[room], *package.removeprefix(room).split(".")[1:])


def test_nothing_imports_a_stage_by_its_bare_name() -> None:
    for name in ("cli", "runs", *STAGES):
        importlib.import_module(f"actionplan.{name}")
    assert not set(STAGES) & sys.modules.keys()


def test_each_module_of_pipeline_and_each_room_has_its_link() -> None:
    modules = {
        path.name for path in (ROOT / "pipeline").iterdir() if path.suffix in (".py", ".typed")
    }
    assert {path.name for path in TYPING.iterdir()} == modules | set(STAGES)
    for name in modules:
        assert (TYPING / name).resolve() == ROOT / "pipeline" / name
    for name in STAGES:
        assert (TYPING / name).resolve() == ROOT / name


def test_each_module_of_pipeline_is_behind_the_pdf_wall() -> None:
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    (wall,) = [c for c in contracts if "pypdfium2" in c.get("forbidden_modules", ())]
    modules = {f"actionplan.{path.stem}" for path in (ROOT / "pipeline").glob("*.py")}
    assert modules - {"actionplan.__init__"} <= set(wall["source_modules"])


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400
    long = [
        node.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= 80
    ]
    assert not long


def test_the_package_gives_its_names_without_loading_them() -> None:
    code = (
        "import sys, actionplan; assert actionplan.__version__; assert 'read' in dir(actionplan);"
        "heavy = {'numpy', 'pandas', 'pydantic', 'pypdfium2', 'spacy'} & sys.modules.keys();"
        "assert not heavy, heavy; assert callable(actionplan.read)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = actionplan.nothing


@pytest.mark.parametrize("argument", ["--version", "--help"])
def test_the_command_line_answers_without_heavy_imports(argument: str) -> None:
    code = (
        "import sys; from actionplan.cli import main; assert main([sys.argv[1]]) == 0;"
        "heavy = {'numpy', 'pandas', 'pypdfium2', 'spacy', 'PIL'} & sys.modules.keys();"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code, argument], check=True, capture_output=True)


def test_what_changes_output_is_pinned_exactly_and_constraints_agree() -> None:
    constraints = dict(
        line.split("==")
        for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    )
    names = {name.lower().replace("_", "-"): version for name, version in constraints.items()}
    for pinned in ("pypdfium2", "pdfplumber", "camelot-py", "spacy", "dateparser"):
        assert f"{pinned}=={names[pinned]}" in PROJECT["project"]["dependencies"]
    extras = PROJECT["project"]["optional-dependencies"]
    assert distributions(*extras) <= names.keys()


def test_the_extra_all_is_all_that_users_may_want() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    named = sorted(extras.keys() - {"all", "dev", "samples"})
    assert extras["all"] == [f"actionplan[{','.join(named)}]"]


def test_tests_and_code_import_nothing_that_is_not_asked_for() -> None:
    for paths, asked in (
        (SOURCES, distributions("cluster", "dataset", "remote", "review")),
        ((ROOT / "tests").rglob("*.py"), distributions("dev")),
    ):
        trees = [ast.parse(path.read_text(encoding="utf-8")) for path in paths]
        nodes = [node for tree in trees for node in ast.walk(tree)]
        names = {
            alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names
        }
        names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
        others = {name.partition(".")[0] for name in names} - sys.stdlib_module_names - OWN
        known = metadata.packages_distributions()
        unknown = [
            name
            for name in sorted(others)
            if not asked & {one.lower().replace("_", "-") for one in known.get(name, ())}
        ]
        assert unknown == []


def test_constraints_name_no_registry() -> None:
    assert "//" not in (ROOT / "constraints.txt").read_text(encoding="utf-8")


def test_the_package_runs_as_a_module() -> None:
    command = [sys.executable, "-m", "actionplan", "--version"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stdout == f"actionplan {actionplan.__version__}\n"
