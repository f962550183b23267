"""The options `--engine`, `--verify` and `--no-tags`, from the command line to the results."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import actionplan
from actionplan.convert import Options
from actionplan.schemas.tables import Difference, ReadOptions
from tests.conftest import Run
from tests.extract.pages import ROOT

SAMPLES = ROOT / "samples"
DAMAGED = SAMPLES / "garsholt-wrong-byte.pdf"
SOUND = SAMPLES / "velmouth-web-style.pdf"


def _tables(path: Path) -> dict[str, list[dict[str, object]]]:
    value: dict[str, list[dict[str, object]]] = json.loads(path.read_bytes())
    return value


def test_each_option_changes_the_fingerprint() -> None:
    readings = [
        ReadOptions(),
        ReadOptions(engine="pdfplumber"),
        ReadOptions(engine="camelot"),
        ReadOptions(use_tags=False),
        ReadOptions(verify=True),
    ]
    settings = [json.dumps(Options(reading=one).settings) for one in readings]
    assert len(set(settings)) == len(settings)


@pytest.mark.parametrize("option", [["--engine", "pdfplumber"], ["--no-tags"], ["--verify"]])
def test_a_rerun_with_another_reading_converts_anew(
    option: list[str], tmp_path: Path, run: Run
) -> None:
    assert run("convert", SOUND, "-o", tmp_path).code == 0
    assert "(unchanged)" not in run("convert", SOUND, "-o", tmp_path, *option).err
    assert "(unchanged)" in run("convert", SOUND, "-o", tmp_path, *option).err


def test_the_reader_can_be_named(tmp_path: Path, run: Run) -> None:
    counts = {}
    for engine in ("pdfium", "auto", "pdfplumber"):
        folder = tmp_path / engine
        assert run("tables", DAMAGED, "-o", folder, "--engine", engine).code == 0
        value = _tables(folder / f"{DAMAGED.stem}.tables.json")
        counts[engine] = sum(len(table["rows"]) for table in value["tables"])  # type: ignore[arg-type, misc]
        codes = {(item["code"], item["page"]) for item in value["warnings"]}
        assert codes == ({("second-reader", 1)} if engine == "auto" else set())
    assert counts["pdfium"] < counts["auto"] == counts["pdfplumber"] == 8


def test_an_unknown_reader_is_a_usage_error(tmp_path: Path, run: Run) -> None:
    ran = run("convert", SOUND, "-o", tmp_path, "--engine", "tesseract")
    assert ran.code == 2


def test_records_of_a_page_by_the_second_reader_say_so(tmp_path: Path, run: Run) -> None:
    assert run("convert", DAMAGED, "-o", tmp_path).code == 0
    plan = json.loads((tmp_path / f"{DAMAGED.stem}.plan.json").read_bytes())
    marked = {
        record["id"]
        for record in plan["recommendations"]
        if any(issue["code"] == "second-reader" for issue in record["issues"])
    }
    on_page = {
        record["id"]
        for record in plan["recommendations"]
        if any(place["page"] == 1 for places in record["provenance"].values() for place in places)
    }
    assert marked == on_page
    assert 0 < len(marked) < len(plan["recommendations"])


def test_a_difference_becomes_an_issue_of_the_record_at_its_height(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("convert", SOUND, "-o", tmp_path / "plain").code == 0
    name = f"{SOUND.stem}.plan.json"
    record = json.loads((tmp_path / "plain" / name).read_bytes())["recommendations"][0]
    place = next(iter(record["provenance"].values()))[0]
    box = tuple(place["bbox"])
    seen = Difference(place["page"], box, "what is read", "what is read otherwise")
    monkeypatch.setattr(
        "actionplan.extract.readers.compare_pages",
        lambda first, second: [seen] if first.page == seen.page else [],
    )
    both = actionplan.read(SOUND, options=ReadOptions(verify=True))
    records = json.loads(both.model_dump_json())["recommendations"]
    issues = {r["id"]: [i for i in r["issues"] if i["code"] == "readers-differ"] for r in records}
    (issue,) = issues[record["id"]]
    assert f"page {seen.page}" in issue["message"]
    assert "what is read otherwise" in issue["message"]
    assert any(not found for found in issues.values())
    assert records[0]["confidence"] < record["confidence"]


def test_a_sound_file_verifies_without_a_difference(tmp_path: Path, run: Run) -> None:
    assert run("tables", SOUND, "-o", tmp_path, "--verify").code == 0
    value = _tables(tmp_path / f"{SOUND.stem}.tables.json")
    assert value["warnings"] == value["differences"] == []


def test_inspect_takes_them_too(run: Run) -> None:
    assert run("inspect", DAMAGED, "--engine", "pdfplumber", "--no-tags").code == 0
