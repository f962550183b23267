"""The pairing of rows: optimal, the same either way round, and quiet where nothing differs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actionplan.normalise.compare.match import assignment, in_order, pair_best
from actionplan.normalise.compare.model import PlanDiff
from actionplan.normalise.compare.plans import compare_plans
from actionplan.normalise.compare.records import moved
from actionplan.schemas.plan import Plan, Status
from tests.compare.versions import TEXTS, rekey, section
from tests.dataset.plans import plan, target

UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
_SQUARES = st.integers(1, 5).flatmap(
    lambda size: st.lists(st.integers(-9, 0), min_size=size * size, max_size=size * size)
)


@UNTIMED
@given(_SQUARES)
def test_the_assignment_costs_least(values: list[int]) -> None:
    size = round(len(values) ** 0.5)
    cost = np.array(values, float).reshape(size, size)

    def total(order: Sequence[int]) -> float:
        return float(sum(cost[row, order[row]] for row in range(size)))

    found = assignment(cost)
    assert sorted(found) == list(range(size))
    assert total(found) == min(map(total, permutations(range(size))))


def test_a_good_pair_is_not_given_up_for_two_poor_ones() -> None:
    scores = {(0, 0): 1.0, (0, 1): 0.7, (1, 0): 0.7, (1, 1): 0.1}
    pairs = dict(pair_best((range(2), range(2)), lambda *at: scores[at], 0.6))
    assert pairs == {0: 0}


def test_two_good_pairs_win_over_the_best_one() -> None:
    scores = {(0, 0): 0.9, (0, 1): 0.95, (1, 0): 0.2, (1, 1): 0.9}
    pairs = dict(pair_best((range(2), range(2)), lambda *at: scores[at], 0.6))
    assert pairs == {0: 0, 1: 1}


def test_in_order_puts_what_is_gone_behind_its_neighbour() -> None:
    assert list(in_order({1: 1, 2: 0}, 4, 3)) == [
        (0, None), (2, 0), (3, None), (1, 1), (None, 2),
    ]  # fmt: skip


def test_moved_is_the_least_that_explains_the_order() -> None:
    assert moved({0: 0, 1: 1, 2: 2}) == set()
    assert moved({0: 3, 1: 0, 2: 1, 3: 2}) == {0}
    assert moved({}) == set()


@st.composite
def plans(draw: st.DrawFn, name: str) -> Plan:
    """A plan of texts that come again, in any order and in either of two sections."""
    near = [text.replace("should", "must") for text in TEXTS]
    texts = draw(st.lists(st.sampled_from([*TEXTS[:4], *near[:4], "Training."]), max_size=7))
    made = plan(name, texts)
    made.sections = [
        section("s1", "overview", None, "Multi-agency plan"),
        section("s2", "agency", "Harrowmere Homes", "Harrowmere Homes"),
    ]
    for record in made.recommendations:
        record.section = draw(st.sampled_from(["s1", "s2"]))
        record.number = draw(st.sampled_from([None, "1", "2", "3"]))
        record.status = Status(value=draw(st.sampled_from(["completed", "unknown"])))
        if draw(st.booleans()):
            record.target = target(draw(st.sampled_from(["2020-01-31", "2021-01-31"])))
    return rekey(made)


@UNTIMED
@given(plans("old"))
def test_nothing_differs_from_itself(one: Plan) -> None:
    assert compare_plans(one, one).empty
    other = one.model_copy(deep=True)
    other.document.id = f"sha256:{'1' * 64}"
    assert compare_plans(one, other).empty


def pairs_of(diff: PlanDiff) -> set[tuple[str | None, str | None]]:
    """Which key is which; None for those without a counterpart."""
    return set(diff.unchanged) | {
        (r.old.key if r.old else None, r.new.key if r.new else None) for r in diff.records
    }


@UNTIMED
@given(plans("old"), plans("new"))
def test_either_way_round_the_same_differs(old: Plan, new: Plan) -> None:
    there, back = compare_plans(old, new), compare_plans(new, old)
    assert pairs_of(there) == {(one, other) for other, one in pairs_of(back)}
    one, other = there.figures(), back.figures()
    assert (one.added, one.dropped, one.paired) == (other.dropped, other.added, other.paired)
    assert one.fields.get("order") == other.fields.get("order")


@UNTIMED
@given(plans("old"), plans("new"))
def test_each_recommendation_is_told_once(old: Plan, new: Plan) -> None:
    diff = compare_plans(old, new)
    befores = [r.old.key for r in diff.records if r.old] + [pair[0] for pair in diff.unchanged]
    afters = [r.new.key for r in diff.records if r.new] + [pair[1] for pair in diff.unchanged]
    assert sorted(befores) == sorted(record.key for record in old.recommendations)
    assert sorted(afters) == sorted(record.key for record in new.recommendations)
    assert all(record.changes for record in diff.records)
