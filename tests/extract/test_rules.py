"""Pieces of lines to rules, each flagged as drawn or as the edge of a fill."""

from __future__ import annotations

import numpy as np
import pytest

from actionplan.extract.layout import Floats
from actionplan.extract.rules import merge_rules
from actionplan.extract.settings import ReaderSettings

SETTINGS = ReaderSettings()


def _boxes(*boxes: tuple[float, float, float, float]) -> Floats:
    return np.array(boxes, dtype=np.float64).reshape(-1, 4)


def _across(y: float, x0: float, x1: float, thick: float = 0.5) -> tuple[float, ...]:
    return x0, y - thick / 2, x1, y + thick / 2


def _horizontal(*pieces: tuple[float, ...], fills: Floats | None = None) -> list[list[float]]:
    lines = np.array(pieces, dtype=np.float64).reshape(-1, 4)
    out: list[list[float]] = merge_rules(
        lines, _boxes() if fills is None else fills, SETTINGS
    ).horizontal.tolist()
    return out


def test_nothing_drawn_is_no_rule() -> None:
    rules = merge_rules(_boxes(), _boxes(), SETTINGS)
    assert rules.horizontal.shape == rules.vertical.shape == (0, 4)


def test_a_thin_box_is_a_rule_along_its_longer_side() -> None:
    rules = merge_rules(_boxes((10, 99, 200, 100), (49, 10, 50, 300)), _boxes(), SETTINGS)
    assert rules.horizontal.tolist() == [[99.5, 10, 200, 1]]
    assert rules.vertical.tolist() == [[49.5, 10, 300, 1]]


def test_dashes_are_one_rule() -> None:
    dashes = [_across(50, x, x + 3) for x in range(0, 300, 6)]
    assert _horizontal(*dashes) == [[50, 0, 297, 1]]


def test_dots_too_short_for_a_rule_are_one_together() -> None:
    dots = [_across(50, x, x + 1, thick=1) for x in range(0, 120, 2)]
    assert _horizontal(*dots) == [[50, 0, 119, 1]]


def test_pieces_far_apart_are_two_rules() -> None:
    assert len(_horizontal(_across(50, 0, 100), _across(50, 110, 200))) == 2


@pytest.mark.parametrize("width", [0.5, 2.0, 3.9])
def test_a_tick_mark_is_no_rule(width: float) -> None:
    assert _horizontal(_across(50, 10, 10 + width, thick=0.2)) == []


def test_borders_of_neighbouring_cells_drawn_apart_are_one_at_the_longer_ones_place() -> None:
    assert _horizontal(_across(50.0, 0, 80), _across(51.0, 60, 300)) == [[51.0, 0, 300, 1]]


def test_parallel_rules_further_apart_stay_two() -> None:
    assert [rule[0] for rule in _horizontal(_across(50, 0, 100), _across(53, 0, 100))] == [50, 53]


def test_overlapping_pieces_in_any_order_are_one() -> None:
    pieces = [_across(50, 150, 300), _across(50, 0, 100), _across(50, 20, 60), _across(50, 90, 160)]
    assert _horizontal(*pieces) == [[50, 0, 300, 1]]


def test_the_four_edges_of_a_fill_are_flagged_as_edges() -> None:
    rules = merge_rules(_boxes(), _boxes((10, 20, 110, 40)), SETTINGS)
    assert rules.horizontal.tolist() == [[20, 10, 110, 0], [40, 10, 110, 0]]
    assert rules.vertical.tolist() == [[10, 20, 40, 0], [110, 20, 40, 0]]


def test_a_drawn_line_and_a_fills_edge_on_it_are_both_kept() -> None:
    fills = _boxes((10, 20, 110, 40))
    assert _horizontal(_across(20, 10, 300), fills=fills) == [
        [20, 10, 300, 1],
        [20, 10, 110, 0],
        [40, 10, 110, 0],
    ]


def test_fills_side_by_side_have_one_upper_edge() -> None:
    rules = merge_rules(_boxes(), _boxes((10, 20, 110, 40), (110.5, 20, 210, 40)), SETTINGS)
    assert rules.horizontal.tolist() == [[20, 10, 210, 0], [40, 10, 210, 0]]
    assert [rule[0] for rule in rules.vertical.tolist()] == [10, 110, 210]
