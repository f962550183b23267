"""Each scan gives the records of its plan, as well as ``floors.toml`` beside this says."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from actionplan.cli import main
from actionplan.normalise.scoring import FIELDS, Score, score_plan
from actionplan.schemas.plan import Plan
from samples.scanning.specs import load, sources

pytestmark = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="needs tesseract (apt-get install tesseract-ocr)"
)
SOURCES = {path.stem: path for path in sources()}
FLOORS: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "floors.toml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of one run over all scans."""
    folder = tmp_path_factory.mktemp("scans")
    pdfs = [str(path.with_suffix(".pdf")) for path in SOURCES.values()]
    assert main(["convert", *pdfs, "-o", str(folder), "--quiet"]) == 0
    return folder


def plan_of(name: str, folder: Path) -> dict[str, Any]:
    plan: dict[str, Any] = json.loads((folder / f"{name}.plan.json").read_bytes())
    return plan


def score_of(name: str, folder: Path) -> Score:
    truth = json.loads(SOURCES[name].with_suffix(".truth.json").read_bytes())
    return score_plan(plan_of(name, folder), truth)


def test_each_scan_has_a_floor() -> None:
    assert set(FLOORS) == set(SOURCES)


@pytest.mark.parametrize("name", SOURCES)
def test_a_scan_is_read_as_well_as_its_floor_says(name: str, read: Path) -> None:
    score, floor = score_of(name, read), FLOORS[name]
    record = score.counts["record"]
    assert record.right >= floor["records"], score.wrong
    assert record.predicted - record.right <= floor.get("invented", 0), score.wrong
    assert score.overall >= floor["overall"], score.wrong
    assert set(floor["right"]) <= set(FIELDS)
    assert not [field for field in floor["right"] if score.f1(field) < 1], score.wrong


@pytest.mark.parametrize("name", SOURCES)
def test_the_pages_that_were_recognised_are_named(name: str, read: Path) -> None:
    scan, plan = load(SOURCES[name]), Plan.model_validate(plan_of(name, read))
    pages = set(range(1, plan.document.pages + 1))
    assert plan.document.scanned_pages == sorted(pages - set(scan.digital))


@pytest.mark.parametrize("name", SOURCES)
def test_records_of_scans_are_less_sure_and_their_places_lie_on_the_page(
    name: str, read: Path
) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(SOURCES[name].with_suffix(".pdf"))
    try:
        sizes = [page.get_size() for page in document]
    finally:
        document.close()
    for record in Plan.model_validate(plan_of(name, read)).recommendations:
        assert record.confidence < 1
        for places in record.provenance.values():
            for place in places:
                long = max(sizes[place.page - 1])  # a page that was laid in askew is shown upright
                assert all(-5 <= value <= long + 5 for value in place.bbox)


@pytest.mark.parametrize("name", SOURCES)
def test_a_word_taken_for_another_one_is_told_and_holds_no_digit(name: str, read: Path) -> None:
    for change in Plan.model_validate(plan_of(name, read)).document.ocr_changes:
        assert change.raw != change.text
        assert not any(map(str.isdigit, change.raw + change.text))
