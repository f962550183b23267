"""What is seen in a picture without recognising a word: direction, slant, rules, shades."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from actionplan.extract.ocr.clean import despeckle, paper_of, whiten
from actionplan.extract.ocr.lines import find_lines
from actionplan.extract.ocr.settings import OcrSettings
from actionplan.extract.ocr.shades import level_light, shades_of
from actionplan.extract.ocr.skew import slant, straighten, turned, way_back
from actionplan.extract.ocr.upright import quarter
from tests.ocr import drawing
from tests.ocr.drawing import SCALE, Grey, blank, grid, letter, rule, write

SETTINGS = OcrSettings()
XS, YS = (60.0, 200.0, 340.0, 530.0), (100.0, 140.0, 300.0, 420.0)


def table() -> Grey:
    page = blank()
    grid(page, XS, YS)
    for k, line in enumerate(("Agree a form", "with the trust", "and use it.")):
        for x in XS[:-1]:
            write(page, x + 6, 160 + 14 * k, line, 9)
    return page


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_the_direction_of_a_text_is_seen(degrees: int) -> None:
    page = turned(letter(), degrees)
    assert quarter(page < 128, SCALE, SETTINGS.upright) == -degrees % 360


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_the_way_back_of_a_turn_leads_to_the_place_before(degrees: int) -> None:
    page = np.zeros((30, 50), dtype=np.uint8)
    page[7, 11] = 255
    y, x = np.argwhere(turned(page, degrees))[0]
    found = way_back(degrees, 50, 30) @ (x + 0.5, y + 0.5, 1)
    assert found[:2] == pytest.approx((11.5, 7.5))


@pytest.mark.parametrize("degrees", [-4.5, -0.7, 0.0, 0.3, 3.0])
def test_a_slant_is_measured_and_undone(degrees: int) -> None:
    page = drawing.turned(table(), degrees)
    angle = slant(page < 128, SETTINGS.skew)
    assert angle == pytest.approx(-degrees, abs=0.05)
    level, back = straighten(page, angle)
    assert abs(slant(level < 128, SETTINGS.skew)) < 0.05
    corner = back @ (level.shape[1] / 2, level.shape[0] / 2, 1)
    assert corner[:2] == pytest.approx((page.shape[1] / 2, page.shape[0] / 2))


def _positions(page: Grey) -> tuple[list[float], list[float]]:
    level, upright = find_lines(page, SCALE, SETTINGS)
    return sorted(level[:, 0] / SCALE), sorted(upright[:, 0] / SCALE)


@pytest.mark.parametrize("ink", [0, 120, 225])
def test_all_rules_of_a_table_are_found_however_faint(ink: int) -> None:
    page = blank()
    grid(page, XS, YS, ink)
    level, upright = _positions(page)
    assert level == pytest.approx(YS, abs=1)
    assert upright == pytest.approx(XS, abs=1)


def test_broken_rules_are_put_together() -> None:
    page = table()
    rng = np.random.default_rng(1)
    for y in rng.integers(0, page.shape[0], 60).tolist():
        page[y : y + 8] = np.maximum(
            page[y : y + 8], np.where(rng.random(page.shape[1]) < 0.5, 255, 0)
        )
    level, upright = _positions(page)
    assert level == pytest.approx(YS, abs=1)
    assert upright == pytest.approx(XS, abs=1)


def test_upright_rules_of_dots_are_found_row_by_row() -> None:
    page = blank()
    for y in YS:
        rule(page, XS[0], y, XS[-1], y)
    for x in XS:
        for y in np.arange(YS[0], YS[-1], 3.2).tolist():
            rule(page, x, y, x, y + 0.4)
    _, upright = _positions(page)
    assert sorted({round(x) for x in upright}) == pytest.approx(XS, abs=1)


def test_letters_are_no_rules() -> None:
    page = letter()
    for k in range(20):
        write(page, 40, 80 + 14 * k, "FHLTIEl", 12)
    assert _positions(page) == ([], [])


def test_stems_below_one_another_beside_a_rule_are_none() -> None:
    page = blank()
    grid(page, XS, YS)
    for k in range(8):
        write(page, XS[0] + 7, 154 + 14 * k, "Hill", 10)
    assert _positions(page)[1] == pytest.approx(XS, abs=1)


def test_uneven_light_becomes_white_paper_and_letters_stay_dark() -> None:
    page = letter().astype(np.float64)
    light = np.linspace(0.55, 1.0, page.shape[1])
    dim = (page * light).astype(np.uint8)
    white = whiten(dim, paper_of(dim, SCALE, SETTINGS.picture))
    assert np.median(white) > 245
    assert (white < 100).sum() > 0.7 * (letter() < 100).sum()


def test_specks_go_where_there_are_many_and_a_clean_page_stays_as_it_is() -> None:
    page = letter()
    assert despeckle(page, SETTINGS.picture) is page
    rng = np.random.default_rng(2)
    dirty = np.where(rng.random(page.shape) < 0.02, 0, page).astype(np.uint8)
    clean = despeckle(dirty, SETTINGS.picture)
    off = (clean < 128) & (cv2.erode(page, np.ones((7, 7), np.uint8)) > 200)
    assert (
        off.sum()
        < 0.05 * ((dirty < 128) & (cv2.erode(page, np.ones((7, 7), np.uint8)) > 200)).sum()
    )


def test_the_colour_of_a_cell_is_measured_in_uneven_light() -> None:
    page = np.full((400, 600, 3), 255.0)
    page[40:80, 100:200] = (255, 190, 60)
    page *= np.linspace(0.7, 1.0, 600)[None, :, None]
    level = level_light(page.astype(np.uint8))
    cells = [(100.0, 40.0, 200.0, 80.0), (300.0, 40.0, 400.0, 80.0)]
    boxes, colours = shades_of(level, 1.0, cells, SETTINGS.shades)
    assert boxes.tolist() == [[100, 40, 200, 80]]
    assert colours[0].tolist() == pytest.approx([255, 190, 60], abs=12)
