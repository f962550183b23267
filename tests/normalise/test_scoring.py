"""Scores: the definitions, field by field."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from actionplan.normalise.scoring import (
    FIELDS,
    HARD_FIELDS,
    Count,
    align,
    loose_text,
    score_pairs,
    score_plan,
    tidy_text,
)

RECORD: dict[str, Any] = {
    "section_agency": None,
    "number": "1",
    "recommendation": "Harrowmere Council should train its staff in all teams.",
    "agencies": ["Harrowmere Council"],
    "leads": [{"name": "Ann Marlow", "post": "Head of Housing", "organisation": None}],
    "target": {"raw": "May 2013", "edtf": "2013-05", "kind": "date"},
    "actions": [{"number": None, "text": "Do it", "leads": ["Ann Marlow"], "target": "May 2013"}],
    "updates": [{"label": "Update", "date": "2014-02", "text": "Done."}],
    "status": "completed",
}


def records(*items: dict[str, Any]) -> dict[str, Any]:
    """Return a truth file of `items`."""
    return {"records": list(items)}


def changed(**fields: Any) -> dict[str, Any]:
    """Return `RECORD` with other values."""
    return copy.deepcopy(RECORD) | fields


def test_a_plan_equals_itself() -> None:
    score = score_plan(records(RECORD), records(RECORD))
    assert score.overall == 1.0
    assert score.wrong == []
    assert all(score.f1(name) == 1.0 for name in FIELDS)


def test_nothing_found_scores_nothing() -> None:
    score = score_plan(records(), records(RECORD))
    assert score.overall == 0.0
    assert score.counts["leads"] == Count(0, 0, 1)


def test_nothing_there_and_nothing_found_is_right() -> None:
    assert score_plan(records(), records()).overall == 1.0


def test_an_invented_record_makes_all_its_fields_wrong() -> None:
    invented = changed(recommendation="Something that nobody ever wrote in a plan.", number="9")
    score = score_plan(records(RECORD, invented), records(RECORD))
    assert score.counts["record"] == Count(1, 2, 1)
    assert score.counts["agencies"] == Count(1, 2, 1)
    assert score.counts["target_kind"] == Count(1, 2, 1)
    assert score.overall < 0.75


def test_wrong_fields_are_named() -> None:
    bad = changed(leads=[], target={"raw": "May 2013", "edtf": None, "kind": "date"})
    score = score_plan(records(bad), records(RECORD))
    assert {(0, "leads"), (0, "target_edtf")} <= set(score.wrong)
    assert score.counts["leads"] == Count(0, 0, 1)
    assert score.counts["target_text"] == Count(1, 1, 1)


def test_plan_json_is_read_in_its_own_shape() -> None:
    plan = {
        "sections": [{"id": "s1", "agency": "Harrowmere Council"}],
        "recommendations": [
            {
                "section": "s1",
                "number": "1",
                "text": RECORD["recommendation"],
                "agencies": [{"name": "Harrowmere Council"}],
                "leads": RECORD["leads"],
                "target": {"text": "May 2013", "edtf": "2013-05", "kind": "date"},
                "actions": [
                    {
                        "number": None,
                        "text": "Do it",
                        "leads": [{"name": None, "post": "Head of Housing"}],
                        "target": None,
                    }
                ],
                "updates": [{"label": "Update", "date": {"edtf": "2014-02"}, "text": "Done."}],
                "status": {"value": "completed"},
            }
        ],
    }
    score = score_plan(plan, records(changed(section_agency="Harrowmere council")))
    assert {name for _, name in score.wrong} == {"action_leads", "action_target"}


@pytest.mark.parametrize(
    ("field", "value", "right"),
    [
        ("agencies", ["HARROWMERE  council."], True),
        ("agencies", ["Harrowmere"], False),
        ("number", "1 ", True),
        ("number", "2", False),
        ("status", "ongoing", False),
        ("recommendation", "Harrowmere Council should train its staff in all team.", False),
        ("updates", [{"label": None, "date": "2014-02", "text": "• done"}], True),
    ],
)
def test_what_counts_as_the_same(field: str, value: Any, right: bool) -> None:
    name = {"updates": "update_texts"}.get(field, field)
    score = score_plan(records(changed(**{field: value})), records(RECORD))
    assert (score.f1(name) == 1.0) is right


def test_other_accepted_dates_are_right() -> None:
    ours = changed(target={"raw": "X", "edtf": "2013-05-31", "kind": "date"})
    other = {"raw": "X", "edtf": "2013-05", "kind": "date", "accept": ["2013-05-31"]}
    truth = changed(target=other)
    assert score_plan(records(ours), records(truth)).f1("target_edtf") == 1.0


def test_alignment_skips_a_missing_record_and_keeps_order() -> None:
    names = ("training", "housing", "recording")
    truth = [changed(recommendation=f"The Board to review {n} at once.", number=n) for n in names]
    assert align([truth[0], truth[2]], truth) == [(0, 0), (1, 2)]


def test_soft_fields_do_not_count_overall() -> None:
    score = score_plan(records(changed(status="ongoing")), records(RECORD))
    assert score.f1("status") == 0.0
    assert score.overall == 1.0
    assert "status" not in HARD_FIELDS


def test_pairs_are_summed() -> None:
    total = score_pairs([(records(RECORD), records(RECORD)), (records(), records(RECORD))])
    assert total.documents == 2
    assert total.counts["record"] == Count(1, 1, 2)


def test_texts_are_compared_without_bullets_soft_hyphens_and_case() -> None:
    assert tidy_text("• one\u00a0two  thr\u00adee") == "one two three"
    assert loose_text("One – two, (three)!") == "one two three"


def test_unknown_field_is_an_error() -> None:
    with pytest.raises(KeyError):
        score_plan(records(), records()).f1("colour")
