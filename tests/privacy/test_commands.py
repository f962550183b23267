"""What is passed on holds no names: datasets, exports and reports, byte by byte."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from pyarrow import parquet

from actionplan.normalise.dataset.tables import read_csv
from actionplan.schemas.dataset import DATASET
from actionplan.schemas.plan import Issue, Lead, Plan, Update
from tests.conftest import Run
from tests.dataset.plans import full_plan, plan, write

NAMES = ("Tarrant", "Okonjo", "Marlow", "Joan", "Anna")
TEXTS = [
    "All wards should have a link nurse who meets the lead once in each quarter of the year.",
    "The practice should ask each new patient about abuse at home, and note down the answer.",
    "Agencies should agree one form for referrals, and look at it again after a year in use.",
]


def named(name: str, **facts: str) -> Plan:
    """A plan that names people in many places."""
    one = plan(f"{name} Helen-Tarrant", TEXTS, {"title": "Plan of Helen Tarrant", **facts})
    for record in one.recommendations:
        record.leads = [Lead(name="Helen Tarrant", post="Matron", text="Helen Tarrant, Matron")]
        record.updates = [Update(text="Mrs Okonjo told her mother Joan. Tarrant to chase.")]
        record.issues = [
            Issue(code="lead-unclear", field="leads", message="Also: Helen Tarrant | Matron")
        ]
        record.cells = [[record.text, "Helen\nTarrant,\nMatron", "Mrs Okonjo rang Joan Okonjo."]]
    return one


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    folder = tmp_path / "plans"
    write(folder, named("a", case="Case 7"), named("b", case="Case 7"), full_plan())
    (folder / "copy Helen-Tarrant.plan.json").write_text(named("a").model_dump_json())
    (folder / "corrections").mkdir()
    (folder / "corrections" / "one.toml").write_text(
        f"""[[correction]]
document = "{full_plan().document.id}"
record = "0123456789ab-1"
field = "leads.0.name"
old = "Ann Marlow"
new = "Joan Marlow"
who = "Helen Tarrant"
when = 2026-01-01
why = "Anna Okonjo said so."
""",
        encoding="utf-8",
    )
    return folder


@pytest.fixture
def key(run: Run, tmp_path: Path) -> Path:
    assert run("people-key", tmp_path / "keys" / "key").code == 0
    return tmp_path / "keys" / "key"


def pieces(folder: Path) -> Iterator[tuple[str, bytes]]:
    """All files below a folder, and those packed inside."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        data = path.read_bytes()
        yield path.name, path.name.encode()
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                for name in packed.namelist():
                    yield f"{path.name}/{name}", packed.read(name)
        elif data[:2] == b"\x1f\x8b":
            yield path.name, gzip.decompress(data)
        yield path.name, data


def leaks(folder: Path, *words: str) -> list[tuple[str, str]]:
    return [
        (name, word)
        for name, data in pieces(folder)
        for word in words or NAMES
        if word.encode() in data
    ]


def values(folder: Path) -> str:
    """All values of a dataset's Parquet files and database, which are packed."""
    found: list[object] = []
    with duckdb.connect(folder / "dataset.duckdb", read_only=True) as connection:
        for table in DATASET:
            found += parquet.read_table(folder / f"{table}.parquet").to_pylist()
            found += connection.execute(f"from {table}").fetchall()
    return str(found)


@pytest.mark.parametrize("mode", ["pseudonymise", "drop"])
@pytest.mark.parametrize("more", [[], ["--no-text"]])
def test_a_dataset_has_no_names(
    run: Run, plans: Path, key: Path, tmp_path: Path, mode: str, more: list[str]
) -> None:
    target = tmp_path / "dataset"
    assert run("dataset", "build", plans, "-o", target, "-q").code == 0
    assert leaks(target), "the check finds names where they are kept"
    secret = ["--people-key", key] if mode == "pseudonymise" else []
    ran = run("dataset", "build", plans, "-o", target, "--people", mode, *secret, *more)
    assert ran.code == 0
    assert leaks(target) == []
    assert [name for name in NAMES if name in values(target)] == []
    leads = [row["name"] for row in read_csv(target / "leads.csv", "leads")]
    assert leads and all(leads)


def test_the_same_person_links_across_documents(
    run: Run, plans: Path, key: Path, tmp_path: Path
) -> None:
    options = ("--people", "pseudonymise", "--people-key", key, "-q")
    run("dataset", "build", plans, "-o", tmp_path / "dataset", *options)
    rows = [*read_csv(tmp_path / "dataset" / "leads.csv", "leads")]
    matrons = {row["name"] for row in rows if row["post"] == "Matron"}
    assert len(matrons) == 1
    assert len({row["document_id"] for row in rows if row["post"] == "Matron"}) == 2
    texts = {row["text"] for row in read_csv(tmp_path / "dataset" / "updates.csv", "updates")}
    assert any(f"{matrons.copy().pop()} to chase." in str(text) for text in texts)


@pytest.mark.parametrize("more", [[], ["--no-text"]])
def test_duplicates_and_links_are_found_as_with_names(
    run: Run, plans: Path, tmp_path: Path, more: list[str]
) -> None:
    kept, dropped = tmp_path / "kept", tmp_path / "dropped"
    run("dataset", "build", plans, "-o", kept, "-q")
    run("dataset", "build", plans, "-o", dropped, "-q", "--people", "drop", *more)
    links = (kept / "links.csv").read_bytes()
    assert links == (dropped / "links.csv").read_bytes()
    assert links.count(b"\n") > 1
    figures = [
        [
            row["duplicate_of_record"]
            for row in read_csv(one / "recommendations.csv", "recommendations")
        ]
        for one in (kept, dropped)
    ]
    assert figures[0] == figures[1]


def test_corrections_are_applied_to_what_is_printed_and_then_hidden(
    run: Run, plans: Path, key: Path, tmp_path: Path
) -> None:
    options = ("--people", "pseudonymise", "--people-key", key, "-q")
    run("dataset", "build", plans, "-o", tmp_path / "dataset", *options)
    (row,) = read_csv(tmp_path / "dataset" / "corrections.csv", "corrections")
    assert row["outcome"] == "applied"
    assert [row[name] for name in ("old", "new", "found", "who", "why")] == [None] * 5


def test_no_text_leaves_no_words(run: Run, plans: Path, tmp_path: Path) -> None:
    target = tmp_path / "dataset"
    run("dataset", "build", plans, "-o", target, "-q")
    assert run("dataset", "build", plans, "-o", target, "-q", "--no-text").code == 0
    words = ("link nurse", "abuse at home", "Matron", "Tarrant", "Train all staff")
    assert leaks(target, *words) == []
    assert [word for word in words if word in values(target)] == []


@pytest.mark.parametrize(
    "form", [["--to", "csv"], ["--to", "excel"], ["--to", "ics"], ["--mapping", "powerbi"]]
)
@pytest.mark.parametrize("more", [[], ["--no-text"]])
def test_an_export_has_no_names(
    run: Run, plans: Path, tmp_path: Path, form: list[str], more: list[str]
) -> None:
    whole, bare = tmp_path / "whole", tmp_path / "bare"
    assert run("export", plans, "-o", whole, "-q", *form).code == 0
    assert run("export", plans, "-o", bare, "-q", "--people", "drop", *form, *more).code == 0
    assert leaks(bare) == []
    assert {path.name for path in bare.iterdir()} == {path.name for path in whole.iterdir()}


def test_an_export_without_texts_has_the_same_rows(run: Run, plans: Path, tmp_path: Path) -> None:
    run("export", plans, "-o", tmp_path / "whole.csv", "-q", "--to", "csv")
    run("export", plans, "-o", tmp_path / "bare.csv", "-q", "--to", "csv", "--no-text")
    whole, bare = ((tmp_path / name).read_text("utf-8-sig") for name in ("whole.csv", "bare.csv"))
    assert keys(whole) == keys(bare)
    assert len(keys(bare)) == len(TEXTS) + 1


def keys(text: str) -> list[str]:
    """The keys of an export's rows."""
    return [row["Key"] for row in csv.DictReader(io.StringIO(text))]


@pytest.mark.parametrize("mode", ["pseudonymise", "drop"])
def test_a_report_has_no_names_pictures_or_links(
    run: Run, plans: Path, key: Path, tmp_path: Path, mode: str
) -> None:
    page = tmp_path / "page" / "report.html"
    secret = ["--people-key", key] if mode == "pseudonymise" else []
    assert run("report", plans, "-o", page, "-q", "--people", mode, *secret).code == 0
    assert leaks(page.parent) == []
    assert "data:image/png" not in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--people", "pseudonymise"], "people-key FILE"),
        (["--people", "pseudonymise", "--people-key", "none"], "no such file"),
        (["--people", "pseudonymise", "--people-key", "short"], "holds 5 bytes"),
        (["--people", "drop", "--people-key", "short"], "leave it out"),
    ],
)
def test_secrets_that_do_not_go(
    run: Run,
    plans: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
    told: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("short").write_text("short")
    for command in (["dataset", "build"], ["export", "--to", "csv"], ["report"]):
        ran = run(*command, plans, "-o", tmp_path / "out.html", *options)
        assert ran.code == 2
        assert told in ran.err
        assert not (tmp_path / "out.html").exists()


def test_a_secret_that_others_can_read_is_told(run: Run, plans: Path, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("0123456789abcdef")
    key.chmod(0o644)
    options = ("--people", "pseudonymise", "--people-key", key)
    ran = run("report", plans, "-o", tmp_path / "report.html", "-q", *options)
    assert ran.code == 0
    assert "chmod 600" in ran.err


def test_a_key_is_never_overwritten(run: Run, key: Path) -> None:
    before = key.read_bytes()
    ran = run("people-key", key)
    assert (ran.code, key.read_bytes()) == (2, before)
    assert "never overwritten" in ran.err
