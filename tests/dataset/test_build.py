"""`actionplan dataset build`: the files agree, and stay whole whatever happens."""

from __future__ import annotations

import csv
import datetime
import hashlib
import json
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import yaml
from pyarrow import parquet

from actionplan.normalise.dataset import store
from actionplan.normalise.dataset.tables import arrow_rows, read_csv, read_dataset
from actionplan.publish import Publication
from actionplan.schemas.dataset import DATASET
from actionplan.schemas.plan import Plan
from tests.conftest import Run
from tests.dataset.plans import full_plan, identity, plan, write

TEXTS = [
    "=HYPERLINK('x') is what the Board should look at before it agrees.",
    'A "quoted" cell, with commas\r\nand a second line, - and dashes.',
    "🙂 שלום \u202eright to left, and NUL \x00 too, in one recommendation.",
    "long " * 6_000 + "end",
    "'@ begins with an apostrophe and a sign, and stays as it is.",
]


def build(run: Run, plans: Path, target: Path, *more: object) -> None:
    ran = run("dataset", "build", plans, "-o", target, "-q", *more)
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def files(folder: Path, *suffixes: str) -> dict[str, bytes]:
    """Bytes of the files of a dataset that are the same for the same inputs."""
    wanted = suffixes or (".csv", ".json", ".md", ".cff", ".parquet")
    return {
        path.name: path.read_bytes()
        for path in sorted(folder.iterdir())
        if path.suffix in wanted and path.is_file()
    }


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset of the full plan and one with texts that break files."""
    from actionplan.cli import main

    folder = tmp_path_factory.mktemp("nasty")
    write(folder / "plans", full_plan(), plan("nasty", TEXTS))
    target = folder / "dataset"
    assert main(["dataset", "build", str(folder / "plans"), "-o", str(target), "-q"]) == 0
    return target


def plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime.date) else value


@pytest.mark.parametrize("table", DATASET)
def test_csv_parquet_and_duckdb_hold_the_same(table: str, nasty: Path) -> None:
    rows = [tuple(row.values()) for row in read_csv(nasty / f"{table}.csv", table)]
    assert list(arrow_rows(parquet.read_table(nasty / f"{table}.parquet"))) == rows
    with duckdb.connect(nasty / "dataset.duckdb", read_only=True) as connection:
        found = connection.execute(f"from {table}").fetchall()
    assert [tuple(map(plain, row)) for row in found] == rows
    assert rows or table in ("links", "corrections")


def test_all_tables_are_read_at_once(nasty: Path) -> None:
    tables = read_dataset(nasty)
    assert {name: len(rows) for name, rows in tables.items()} == {
        name: parquet.read_metadata(nasty / f"{name}.parquet").num_rows for name in DATASET
    }


def test_the_texts_are_as_in_the_plan(nasty: Path) -> None:
    rows = read_csv(nasty / "recommendations.csv", "recommendations")
    texts = [row["text"] for row in rows if row["document"] == "nasty.pdf"]
    assert texts == TEXTS


def test_no_cell_starts_a_formula(nasty: Path) -> None:
    for path in nasty.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert not [cell for cell in cells if cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))]
    assert b"'=HYPERLINK" in (nasty / "recommendations.csv").read_bytes()


def test_lines_end_with_line_feeds_alone(nasty: Path) -> None:
    for name, data in files(nasty, ".csv").items():
        assert data.endswith(b"\n"), name
        assert name == "recommendations.csv" or b"\r" not in data


def kinds_of_error(path: Path, *, hashes: bool = True) -> list[str]:
    """What the validator finds wrong with a data package, also beside sizes and hashes."""
    if not hashes:
        package = json.loads(path.read_bytes())
        for one in package["resources"]:
            del one["hash"], one["bytes"]
        path.write_text(json.dumps(package))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import frictionless

        report = frictionless.validate(str(path))
    errors = [*report.errors, *(error for task in report.tasks for error in task.errors)]
    return [f"{error.type}: {error.message}" for error in errors]


def test_the_data_package_is_valid(nasty: Path) -> None:
    assert kinds_of_error(nasty / "datapackage.json") == []


def test_the_samples_give_a_valid_data_package(converted: Path, tmp_path: Path, run: Run) -> None:
    build(run, converted, tmp_path / "dataset")
    assert kinds_of_error(tmp_path / "dataset" / "datapackage.json") == []
    rows = read_csv(tmp_path / "dataset" / "recommendations.csv", "recommendations")
    with (converted / "recommendations.csv").open(encoding="utf-8", newline="") as file:
        assert len(rows) == sum(1 for _ in csv.reader(file)) - 1


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("completed", "finished", "constraint-error"),
        ("2014-03-31", "soon", "type-error"),
        ("12345,", "12.5,", "type-error"),
        (",0123456789ab-1,", ",,", "constraint-error"),
        (
            f"{identity('full')},full.pdf,0123456789ab-1,s1-r1,1",
            "x,full.pdf,k,s1-r1,1",
            "foreign-key",
        ),
    ],
)
def test_the_validator_would_see_a_wrong_value(
    old: str, new: str, kind: str, nasty: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "dataset"
    shutil.copytree(nasty, folder)
    count = 0
    for path in folder.glob("*.csv"):
        data = path.read_bytes()
        count += data.count(old.encode())
        path.write_bytes(data.replace(old.encode(), new.encode()))
    assert count
    assert any(kind in one for one in kinds_of_error(folder / "datapackage.json", hashes=False))


def test_the_validator_would_see_another_file(nasty: Path, tmp_path: Path) -> None:
    folder = tmp_path / "dataset"
    shutil.copytree(nasty, folder)
    path = folder / "recommendations.csv"
    path.write_bytes(path.read_bytes().replace(b"long long", b"long lone", 1))
    assert any("hash" in one for one in kinds_of_error(folder / "datapackage.json"))
    assert kinds_of_error(folder / "datapackage.json", hashes=False) == []


def test_the_package_describes_every_column(nasty: Path) -> None:
    package = json.loads((nasty / "datapackage.json").read_bytes())
    assert [one["name"] for one in package["resources"]] == list(DATASET)
    for one in package["resources"]:
        data = (nasty / one["path"]).read_bytes()
        assert (one["bytes"], one["hash"]) == (
            len(data),
            f"sha256:{hashlib.sha256(data).hexdigest()}",
        )
        assert [field["name"] for field in one["schema"]["fields"]] == list(
            DATASET[one["name"]].names
        )
        assert all(field["description"] for field in one["schema"]["fields"])


def test_the_dictionary_names_every_column(nasty: Path) -> None:
    text = (nasty / "data_dictionary.md").read_text(encoding="utf-8")
    for table in DATASET.values():
        section = text.partition(f"\n## {table.name}\n")[2].partition("\n## ")[0]
        for column in table.columns:
            assert f"| `{column.name}` | {column.type} | {column.description}" in section


def test_the_readme_counts(nasty: Path) -> None:
    text = (nasty / "README.md").read_text(encoding="utf-8")
    assert "| recommendations | 6 | 6 |" in text
    assert "- a lead: 16.7%" in text
    package = json.loads((nasty / "datapackage.json").read_bytes())
    assert package["id"] in text


def test_the_citation_can_be_read(tmp_path: Path, run: Run) -> None:
    write(tmp_path / "plans", full_plan())
    (tmp_path / "plans" / "about.toml").write_text(
        'title = "Plans: a \\"test\\""\nauthors = ["A. Marlow"]\nlicense = "OGL-UK-3.0"\n'
    )
    build(run, tmp_path / "plans", tmp_path / "dataset")
    cited = yaml.safe_load((tmp_path / "dataset" / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["title"] == 'Plans: a "test"'
    assert cited["authors"] == [{"name": "A. Marlow"}]
    assert (cited["type"], cited["license"]) == ("dataset", "OGL-UK-3.0")
    package = json.loads((tmp_path / "dataset" / "datapackage.json").read_bytes())
    assert package["title"] == cited["title"]
    assert package["contributors"] == [{"title": "A. Marlow", "role": "author"}]


def test_the_same_inputs_give_the_same_bytes(tmp_path: Path, run: Run) -> None:
    plans = [full_plan(), plan("one", TEXTS), plan("two", ["Another one, told apart by words."])]
    write(tmp_path / "a", *plans)
    write(tmp_path / "b", *reversed(plans))
    build(run, tmp_path / "a", tmp_path / "x")
    build(run, tmp_path / "b", tmp_path / "y")
    again = files(tmp_path / "x")
    build(run, tmp_path / "a", tmp_path / "x")
    assert files(tmp_path / "x") == again == files(tmp_path / "y")
    shutil.rmtree(tmp_path / "x" / ".actionplan")
    build(run, tmp_path / "a", tmp_path / "x")
    assert files(tmp_path / "x") == again


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the plans that are laid out, not found."""
    names: list[str] = []
    save = store.Store.save

    def counted(self: store.Store, key: str, made: Plan, *rest: object) -> object:
        names.append(made.document.name)
        return save(self, key, made, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(store.Store, "save", counted)
    return names


def test_another_file_changes_only_its_rows(tmp_path: Path, run: Run, laid_out: list[str]) -> None:
    plans, target = tmp_path / "plans", tmp_path / "dataset"
    write(plans, full_plan(), plan("one", TEXTS))
    build(run, plans, target)
    before = {table: read_csv(target / f"{table}.csv", table) for table in DATASET}
    laid_out.clear()
    write(plans, plan("two", ["Another recommendation that nobody else has made."]))
    build(run, plans, target)
    assert laid_out == ["two.pdf"]
    for table, rows in before.items():
        after = read_csv(target / f"{table}.csv", table)
        assert [row for row in after if row.get("document") != "two.pdf"] == rows
    (plans / "two.plan.json").unlink()
    laid_out.clear()
    build(run, plans, target)
    assert laid_out == []
    assert {table: read_csv(target / f"{table}.csv", table) for table in DATASET} == before
    assert len(list((target / ".actionplan" / "rows").iterdir())) == 2


def test_what_is_kept_and_damaged_is_made_again(
    tmp_path: Path, run: Run, laid_out: list[str]
) -> None:
    plans, target = tmp_path / "plans", tmp_path / "dataset"
    write(plans, full_plan(), plan("one", TEXTS))
    build(run, plans, target)
    good = files(target)
    for kept in (target / ".actionplan" / "rows").iterdir():
        data = bytearray(kept.read_bytes())
        at = data.index(b"s1-r1")  # in the rows of a table, whose checksum does not fit then
        data[at : at + 5] = b"s1-r9"
        kept.write_bytes(data)
    build(run, plans, target)
    assert files(target) == good
    for kept in (target / ".actionplan" / "rows").iterdir():
        kept.write_bytes(kept.read_bytes()[:100])
    build(run, plans, target)
    assert files(target) == good
    assert sorted(laid_out) == ["full.pdf"] * 3 + ["one.pdf"] * 3


_KILLED = """
import os, sys
from pathlib import Path
from actionplan.cli import main
replace, left = Path.replace, [int(sys.argv.pop(1))]
def counted(self, target):
    left[0] -= 1
    if left[0] < 0:
        os._exit(9)
    return replace(self, target)
Path.replace = counted
sys.exit(main(sys.argv[1:]))
"""


def killed(after: int, plans: Path, target: Path) -> int:
    """Exit code of a build that is killed after some files are in place."""
    command = [sys.executable, "-c", _KILLED, str(after), "dataset", "build", str(plans)]
    return subprocess.run([*command, "-o", str(target), "-q"], capture_output=True).returncode


@pytest.mark.parametrize("after", [0, 1, 3, 9])
def test_a_build_that_is_killed_leaves_the_old_or_goes_on(
    after: int, tmp_path: Path, run: Run
) -> None:
    plans, target, other = tmp_path / "plans", tmp_path / "dataset", tmp_path / "other"
    write(plans, full_plan())
    build(run, plans, target)
    old = files(target)
    write(plans, plan("one", TEXTS), plan("two", ["Another one, told apart by its words."]))
    assert killed(after, plans, target) == 9
    if after < 3:  # two rows and the list of what to move
        assert files(target) == old
        assert (len(list((target / ".actionplan" / "rows").glob("*.rows")))) == 1 + after
    else:
        assert files(target)["datapackage.json"] == old["datapackage.json"]
        assert (target / ".actionplan" / "moving.json").exists()
    build(run, plans, target)
    build(run, plans, other)
    assert files(target) == files(other)
    assert not (target / ".actionplan" / "moving.json").exists()


def test_what_was_left_to_move_is_moved_even_if_the_next_build_fails(
    tmp_path: Path, run: Run
) -> None:
    plans, target, other = tmp_path / "plans", tmp_path / "dataset", tmp_path / "other"
    write(plans, full_plan(), plan("one", TEXTS))
    build(run, plans, other)
    assert killed(9, plans, target) == 9
    (plans / "expect.toml").write_text("[minimum]\ndocuments = 3\n")
    assert run("dataset", "build", plans, "-o", target).code == 1
    assert files(target) == files(other)


def test_two_builds_do_not_collide(tmp_path: Path, run: Run) -> None:
    plans, target = tmp_path / "plans", tmp_path / "dataset"
    write(plans, full_plan())
    build(run, plans, target)
    good = files(target)
    write(plans, plan("one", TEXTS))
    with Publication(target, "datapackage.json"):
        ran = run("dataset", "build", plans, "-o", target)
    assert ran.code == 1
    assert "another run is writing here" in ran.err
    assert files(target) == good
    build(run, plans, target)
    assert files(target) != good


@pytest.fixture
def pair(tmp_path: Path, run: Run) -> Iterator[tuple[Path, Path]]:
    """Plan files and their dataset."""
    write(tmp_path / "plans", full_plan(), plan("one", TEXTS))
    build(run, tmp_path / "plans", tmp_path / "dataset")
    yield tmp_path / "plans", tmp_path / "dataset"


@pytest.mark.parametrize(
    ("expected", "told"),
    [
        ("[minimum]\ndocuments = 3", ["2 documents, expected at least 3"]),
        ("[minimum]\nrecommendations = 7\nactions = 1", ["6 recommendations"]),
        ("[share]\nlead = 0.5", ["16.7% of the recommendations have their lead", "50.0%"]),
        (
            "[share]\nlead = 0.5\nstatus = 1\n[minimum]\nupdates = 2",
            ["their lead", "status", "1 updates"],
        ),
    ],
)
def test_less_than_expected_fails_and_replaces_nothing(
    expected: str, told: list[str], pair: tuple[Path, Path], run: Run
) -> None:
    plans, target = pair
    good = files(target)
    (plans / "expect.toml").write_text(expected)
    write(plans, full_plan().model_copy(update={"unassigned": []}))
    ran = run("dataset", "build", plans, "-o", target)
    assert ran.code == 1
    for words in ["expect.toml", *told]:
        assert words in ran.err
    assert files(target) == good
    assert not (target / ".actionplan" / "new").exists()
    (plans / "expect.toml").write_text(
        "[minimum]\ndocuments = 2\nrecommendations = 6\n[share]\nlead = 0.16\nnumber = 1.0"
    )
    build(run, plans, target)
    assert files(target) != good


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("expect.toml", "[minimum]\npages = 3", "unknown figure 'pages'"),
        ("expect.toml", "[minimum]\ndocuments = 0.5", "not a whole number"),
        ("expect.toml", "[share]\nlead = 2", "from 0 to 1"),
        ("expect.toml", "[share]\nlead = true", "from 0 to 1"),
        ("expect.toml", "share = 1", "no table"),
        ("expect.toml", "[most]\nlead = 1", "[most] is unknown"),
        ("expect.toml", "x", "not TOML"),
        ("about.toml", "name = 'x'", "'name' is unknown"),
        ("about.toml", "title = 3", "'title' is no text"),
        ("about.toml", "authors = 'x'", "'authors' is no list"),
        ("about.toml", "\n= 3", "not TOML"),
        ("corrections/a.toml", "x = 3", "holds ['x']"),
        ("corrections/a.toml", "[[correction]]\nfeild = 'x'", "unknown key 'feild'"),
        ("corrections/a.toml", "[[correction]]\nfield = 'x'", "lacks 'document'"),
        ("corrections/a.toml", "correction = [3]", "is no table"),
        ("corrections/a.toml", "x", "not TOML"),
    ],
)
def test_a_file_that_is_wrong_is_an_error_of_usage(
    name: str, text: str, told: str, pair: tuple[Path, Path], run: Run
) -> None:
    plans, target = pair
    good = files(target)
    (plans / name).parent.mkdir(exist_ok=True)
    (plans / name).write_text(text)
    ran = run("dataset", "build", plans, "-o", target)
    assert ran.code == 2
    assert told in ran.err
    assert Path(name).name in ran.err
    assert ran.err.count("\n") == 1
    assert files(target) == good


def test_plan_files_that_cannot_be_read_are_named(pair: tuple[Path, Path], run: Run) -> None:
    plans, target = pair
    good = files(target)
    (plans / "cut.plan.json").write_bytes((plans / "one.plan.json").read_bytes()[:-40])
    (plans / "empty.plan.json").write_bytes(b"")
    (plans / "folder.plan.json").mkdir()
    wrong = full_plan()
    wrong.recommendations[0].target.end = "2014-02-30"
    wrong.document.name = "day.pdf"
    write(plans, wrong)
    ran = run("dataset", "build", plans, "-o", target, "-q")
    assert ran.code == 1
    for name in ("cut", "empty", "day"):
        assert f"{name}.plan.json: is no plan file" in ran.err
    assert "folder.plan.json: cannot be read" in ran.err
    assert files(target) == good


def test_if_none_can_be_read_nothing_is_replaced(pair: tuple[Path, Path], run: Run) -> None:
    plans, target = pair
    good = files(target)
    for path in plans.glob("*.plan.json"):
        path.write_bytes(b"{}")
    ran = run("dataset", "build", plans, "-o", target)
    assert ran.code == 4
    assert files(target) == good


def test_a_folder_without_plans_is_an_error_of_usage(tmp_path: Path, run: Run) -> None:
    for plans in (tmp_path, tmp_path / "missing"):
        ran = run("dataset", "build", plans, "-o", tmp_path / "dataset")
        assert ran.code == 2
    assert not (tmp_path / "dataset").exists()
    write(tmp_path / "plans", full_plan())
    ran = run("dataset", "build", tmp_path / "plans", "-o", tmp_path / "plans")
    assert ran.code == 2
    assert "name another folder" in ran.err
    ran = run("dataset", "build", tmp_path / "plans", "--expect", tmp_path / "none.toml")
    assert ran.code == 2


def test_the_same_pdf_under_two_names_is_one_document(pair: tuple[Path, Path], run: Run) -> None:
    plans, target = pair
    shutil.copy(plans / "one.plan.json", plans / "zcopy.plan.json")
    ran = run("dataset", "build", plans, "-o", target)
    assert "1 plan file of the same PDF left out" in ran.err
    rows = read_csv(target / "documents.csv", "documents")
    assert [row["copies"] for row in rows if row["document"] == "one.pdf"] == ["zcopy.plan.json"]
    assert len(rows) == 2


_LIMITED = """
import resource, sys
from actionplan.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
sys.exit(main(sys.argv[2:]))
"""


@pytest.mark.parametrize("limit", [2_000, 20_000, 200_000])
def test_a_full_disk_replaces_nothing(
    limit: int, pair: tuple[Path, Path], tmp_path: Path, run: Run
) -> None:
    plans, target = pair
    good = files(target)
    write(plans, plan("two", TEXTS[:3]))
    command = [sys.executable, "-c", _LIMITED, str(limit), "dataset", "build", str(plans)]
    done = subprocess.run([*command, "-o", str(target)], capture_output=True, text=True)
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert done.stderr.count("\n") == 1
    assert files(target) == good
    build(run, plans, target)
    build(run, plans, tmp_path / "other")
    assert files(target) == files(tmp_path / "other")


def test_a_missing_component_is_named(
    pair: tuple[Path, Path], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from importlib import util

    plans, target = pair
    find = util.find_spec
    monkeypatch.setattr(
        "importlib.util.find_spec", lambda name: None if name == "duckdb" else find(name)
    )
    ran = run("dataset", "build", plans, "-o", target)
    assert ran.code == 5
    assert "pip install 'actionplan[dataset]'" in ran.err
