"""The commands `diff` and `dataset diff`: inputs, files written, exit codes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import actionplan
from actionplan.schemas.plan import Plan
from tests.compare.versions import TEXTS, first, rekey, second
from tests.conftest import ROOT, Run
from tests.dataset.plans import write


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """Two plan files that differ in a word."""
    new = second()
    new.recommendations[0].text = TEXTS[0].replace("should", "must")
    write(tmp_path, first(), rekey(new))
    return tmp_path / "first.plan.json", tmp_path / "second.plan.json"


def test_two_plan_files(pair: tuple[Path, Path], run: Run) -> None:
    ran = run("diff", *pair)
    assert ran.code == 0
    assert "0 added, 0 dropped, 1 changed, 5 unchanged" in ran.out
    assert "[-should-]{+must+}" in ran.out
    assert ran.err == ""


def test_nothing_differs_is_no_other_code(pair: tuple[Path, Path], run: Run) -> None:
    ran = run("diff", pair[0], pair[0])
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "Nothing differs.")


def test_all_forms(pair: tuple[Path, Path], tmp_path: Path, run: Run) -> None:
    files = tmp_path / "d.json", tmp_path / "d.html"
    ran = run("diff", *pair, "--json", files[0], "--html", files[1], "-q")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    value = json.loads(files[0].read_text(encoding="utf-8"))
    assert value["figures"]["changed"] == 1
    assert value == json.loads(run("diff", *pair, "--format", "json").out)
    assert files[1].read_text(encoding="utf-8") == run("diff", *pair, "--format", "html").out


def test_a_pdf_and_a_plan_file_made_from_it(tmp_path: Path, sample: Path, run: Run) -> None:
    plan = actionplan.read(sample)
    path = tmp_path / "plan.json"
    path.write_text(plan.model_dump_json(), encoding="utf-8")
    assert "Nothing differs." in run("diff", sample, path).out
    changed = Plan.model_validate_json(path.read_bytes())
    changed.recommendations.pop(0)
    path.write_text(changed.model_dump_json(), encoding="utf-8")
    assert "0 added, 1 dropped, 0 changed" in run("diff", sample, path).out


def test_datasets(pair: tuple[Path, Path], tmp_path: Path, run: Run) -> None:
    for at, path in enumerate(pair):
        (tmp_path / f"plans{at}").mkdir()
        shutil.copy(path, tmp_path / f"plans{at}")
        assert run("dataset", "build", tmp_path / f"plans{at}", "-o", tmp_path / f"d{at}").code == 0
    page = tmp_path / "d.html"
    ran = run("dataset", "diff", tmp_path / "d0", tmp_path / "d1", "--html", page)
    assert ran.code == 0
    assert "Documents: 0 added, 0 dropped, 1 changed, 0 unchanged" in ran.out
    assert "must" in page.read_text(encoding="utf-8")
    value = json.loads(
        run("dataset", "diff", tmp_path / "d0", tmp_path / "d1", "--format", "json").out
    )
    assert value["documents"][0]["new"]["name"] == "second.pdf"


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (b"", 4, "the file is empty"),
        (b"Not a PDF at all.", 4, "not a PDF"),
        (b'{"recommendations": []}', 4, "no plan file of this version"),
        (b'{"recommendations"', 4, "no plan file of this version"),
        (b"\xff\xfe{", 4, "not a PDF"),
    ],
)
def test_files_that_are_no_plans(
    content: bytes, code: int, said: str, pair: tuple[Path, Path], tmp_path: Path, run: Run
) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(content)
    for arguments in ((bad, pair[0]), (pair[0], bad)):
        ran = run("diff", *arguments)
        assert ran.code == code
        assert said in ran.err
        assert ran.out == ""
        assert len(ran.err.splitlines()) == 1


def test_a_plan_file_with_a_section_that_is_not_there(
    pair: tuple[Path, Path], tmp_path: Path, run: Run
) -> None:
    value = json.loads(pair[0].read_text(encoding="utf-8"))
    value["sections"] = []
    bad = tmp_path / "bad.plan.json"
    bad.write_text(json.dumps(value), encoding="utf-8")
    ran = run("diff", pair[0], bad)
    assert ran.code == 4
    assert "there is no section 's1'" in ran.err


def test_a_pdf_without_a_plan(pair: tuple[Path, Path], run: Run) -> None:
    ran = run("diff", pair[0], ROOT / "samples" / "other" / "not-a-plan-rota.pdf")
    assert ran.code == 3
    assert "no plan found" in ran.err


def test_paths_that_cannot_be_right(pair: tuple[Path, Path], tmp_path: Path, run: Run) -> None:
    assert "no such file" in (ran := run("diff", pair[0], tmp_path / "none.pdf")).err
    assert ran.code == 2
    assert "is a folder" in (ran := run("diff", tmp_path, pair[0])).err
    assert ran.code == 2
    assert "holds no documents.csv" in (ran := run("dataset", "diff", tmp_path, tmp_path)).err
    assert ran.code == 2
    assert run("diff", pair[0]).code == 2
    assert run("diff", *pair, "--format", "xml").code == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("recommendations.csv", b'document_id,record_key\n"a'),
        ("recommendations.csv", b"document_id,record_key\na\n"),
        ("recommendations.csv", b"\xff\xfe\x00"),
        ("recommendations.csv", b""),
        ("documents.csv", b"name,size\nx,1\n"),
        ("documents.csv", b"document_id,date_end\na,soon\n"),
    ],
)
def test_a_table_that_is_damaged(name: str, content: bytes, tmp_path: Path, run: Run) -> None:
    write(tmp_path / "plans", first())
    folder = tmp_path / "dataset"
    assert run("dataset", "build", tmp_path / "plans", "-o", folder).code == 0
    (folder / name).write_bytes(content)
    ran = run("dataset", "diff", folder, folder)
    assert ran.code == 4
    assert name in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_result_that_cannot_be_written(pair: tuple[Path, Path], tmp_path: Path, run: Run) -> None:
    ran = run("diff", *pair, "--json", tmp_path / "none" / "d.json")
    assert ran.code == 1
    assert "cannot be written" in ran.err
