"""The scans are complete and what their sources say; the maker does what its steps are called."""

from __future__ import annotations

import math
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pytest

from samples.scanning import effects, marks
from samples.scanning.effects import Picture
from samples.scanning.scan import happened, make, pictures_of
from samples.scanning.specs import FOLDER, Scan, Step, load, sources
from samples.scanning.text_layer import misread
from tests.conftest import ROOT

SOURCES = sources()
SCANS = [pytest.param(path, id=path.stem) for path in SOURCES]
LARGEST, ALL_TOGETHER = 600_000, 4_500_000
PLAN = ROOT / "samples" / "skelmarsh-one-page.pdf"


def rng() -> np.random.Generator:
    return np.random.default_rng(1)


def ruled(height: int = 600, width: int = 800) -> Picture:
    """A page with one level line of ink right across it, three pixels high."""
    page = np.full((height, width, 3), 255, np.uint8)
    page[height // 2 - 1 : height // 2 + 2, 40 : width - 40] = 0
    return page


def characters(pdf: Path) -> list[int]:
    """How many characters of text each page of a PDF holds."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().count_chars() for page in document]
    finally:
        document.close()


@pytest.mark.parametrize("source", SCANS)
def test_each_scan_has_the_truth_of_its_plan_and_a_line_in_the_readme(source: Path) -> None:
    plan = ROOT / "samples" / f"{load(source).of}.truth.json"
    assert source.with_suffix(".truth.json").read_bytes() == plan.read_bytes()
    assert f"| `{source.stem}.pdf` |" in (FOLDER / "README.md").read_text(encoding="utf-8")


def test_each_scan_has_a_source_and_they_are_small() -> None:
    pdfs = sorted(FOLDER.glob("*.pdf"))
    assert [pdf.stem for pdf in pdfs] == [source.stem for source in SOURCES]
    sizes = [pdf.stat().st_size for pdf in pdfs]
    assert max(sizes) <= LARGEST and sum(sizes) <= ALL_TOGETHER


@pytest.mark.parametrize("source", SCANS)
def test_only_the_pages_that_the_source_names_have_text(source: Path) -> None:
    scan = load(source)
    for number, count in enumerate(characters(source.with_suffix(".pdf")), 1):
        if scan.no_map or scan.hidden or number in scan.digital:
            assert count > 100
        elif scan.stamped:
            assert count == len(scan.stamped.format(page=number))
        else:
            assert count == 0


def test_a_scan_made_again_looks_as_the_one_that_is_kept(tmp_path: Path) -> None:
    source = FOLDER / "skelmarsh-photo.toml"
    again = tmp_path / "again.pdf"
    make(PLAN, load(source), again)
    kept, made = (pictures_of(pdf, 72)[0] for pdf in (source.with_suffix(".pdf"), again))
    assert kept.shape == made.shape
    assert np.abs(kept.astype(int) - made).mean() < 3


def test_a_seed_gives_the_same_pictures_and_another_one_others() -> None:
    steps = (Step("noise", (), {"sigma": 20}),)
    one, same, other = (
        happened([ruled()], Scan(of="", seed=seed, steps=steps))[0] for seed in (1, 1, 2)
    )
    assert np.array_equal(one, same) and not np.array_equal(one, other)


def test_a_step_changes_only_its_pages() -> None:
    scan = Scan(of="", steps=(Step("turn", (2,), {"degrees": 90}),))
    first, second = happened([ruled(), ruled()], scan)
    assert np.array_equal(first, ruled()) and second.shape == (800, 600, 3)


@pytest.mark.parametrize("degrees", [-2.0, 0.7, 3.0])
def test_skew_turns_clockwise_by_its_degrees(degrees: float) -> None:
    ink = effects.grey_of(effects.skew(ruled(), rng(), degrees=degrees)) < 128
    ys, xs = np.nonzero(ink)
    slope = np.polyfit(xs, ys, 1)[0]
    assert math.degrees(math.atan(slope)) == pytest.approx(degrees, abs=0.05)


def test_faint_rules_fade_and_letters_stay() -> None:
    page = ruled()
    cv2.putText(page, "Lead", (100, 120), cv2.FONT_HERSHEY_SIMPLEX, 1, (0, 0, 0), 2)
    faded = effects.faint_rules(page, rng(), keep=0.3)
    assert np.array_equal(faded[80:140], page[80:140])
    assert faded[300, 100:700].mean() > 120
    broken = effects.faint_rules(page, rng(), keep=1.0, gaps=0.3)
    gone = float((broken[300, 60:740, 0] > 200).mean())
    assert 0.15 < gone < 0.45


def test_what_shines_through_is_mirrored_and_faint() -> None:
    behind = np.full((600, 800, 3), 255, np.uint8)
    behind[100:200, 50:250] = 0
    seen = effects.show_through(np.full_like(behind, 255), behind, rng(), strength=0.2)
    assert seen[150, 650].mean() == pytest.approx(255 * 0.8, abs=3)
    assert seen[150, 150].mean() == pytest.approx(255, abs=3)


def test_a_photograph_has_a_desk_around_the_sheet() -> None:
    photo = effects.photo(np.full((800, 600, 3), 255, np.uint8), rng(), desk=70)
    assert photo[:5].mean() < 100 and photo[400:420, 300:340].mean() > 250


def test_fax_pictures_come_back_from_the_file_as_they_went_in(tmp_path: Path) -> None:
    scan = Scan(of="", dpi=100, bits=1, steps=(Step("fax"),))
    target = tmp_path / "fax.pdf"
    make(PLAN, scan, target)
    document = pypdfium2.PdfDocument(target)
    try:
        (image,) = document[0].get_objects()
        tones = image.get_bitmap().to_numpy().reshape(*image.get_px_size()[::-1], -1)[:, :, 0]
    finally:
        document.close()
    expected = happened(pictures_of(PLAN, 100), scan)[0][:, :, 0]
    assert np.array_equal(tones, expected)


def test_letters_are_misread_at_the_rate_that_is_asked_for() -> None:
    text = "the officer who is named in the protocol " * 50
    wrong = misread(text, 0.3, rng())
    assert misread(text, 0.0, rng()) == text
    kept = sum(1 for word in wrong.split() if word in text.split()) / len(text.split())
    assert 0.1 < kept < 0.6


def test_pen_strokes_only_darken() -> None:
    page = np.full((600, 800, 3), 200, np.uint8)
    for stroke in (marks.tick, marks.ring, marks.signature, marks.strike):
        marked = stroke(page, rng())
        assert (marked <= page).all() and (marked < 150).any()
