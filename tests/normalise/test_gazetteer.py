"""The gazetteer's data: ids, lives, successors, and counts of what there is in the country."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from actionplan.normalise.agency_gazetteer import (
    Body,
    bodies,
    by_id,
    current,
    find,
    index,
    name_key,
)

TYPES = {
    "police",
    "nhs_trust",
    "nhs_commissioner",
    "gp_practice",
    "council",
    "council_department",
    "probation",
    "prison",
    "partnership",
    "charity",
    "housing",
    "national",
    "fire",
    "other",
    "group",
}
_DAY = re.compile(r"\d{4}(-\d{2}){0,2}")


def test_ids_are_unique_slugs_of_known_types() -> None:
    ids = Counter(body.id for body in bodies())
    assert ids.most_common(1)[0][1] == 1
    assert {body.type for body in bodies()} == TYPES
    assert all(re.fullmatch(rf"{body.type}:[\w-]+", body.id) for body in bodies())


def test_kinds_and_successors_are_bodies() -> None:
    known = by_id()
    for body in bodies():
        assert body.kind is None or known[body.kind].general
        assert all(known[one] != body for one in body.successors)
        assert not body.successors or body.end, body.id
        assert known[current(body.id)]


def test_lives_begin_before_they_end() -> None:
    for body in bodies():
        assert all(_DAY.fullmatch(day) for day in (body.start, body.end) if day), body.id
        assert (body.start or "") <= (body.end or "9999"), body.id


def _living(kind: str) -> list[Body]:
    return [body for body in bodies() if body.kind == kind and body.end is None]


def test_all_forces_and_boards_there_are() -> None:
    others = {"scotland", "northern-ireland", "jersey", "guernsey", "isle-of-man"}
    others |= {"british-transport", "ministry-of-defence", "civil-nuclear", "royal-military"}
    forces = {body.id.removeprefix("police:") for body in _living("police:force")}
    assert len(forces - others) == 43
    assert len(_living("nhs_commissioner:icb")) == 42
    assert not _living("nhs_commissioner:ccg")


@pytest.mark.parametrize(
    ("nation", "count"),
    [("England", 317), ("Wales", 22), ("Scotland", 32), ("Northern Ireland", 11)],
)
def test_all_councils_there_are(nation: str, count: int) -> None:
    nations = {"Wales", "Scotland", "Northern Ireland"}
    found = [
        body
        for body in _living("council:local-authority")
        if (set(body.areas) & nations or {"England"}) == {nation}
    ]
    assert len(found) == count


def test_no_name_is_lost() -> None:
    for body in bodies():
        for name in (body.name, *body.aliases):
            assert body in index()[name_key(name)]


def test_a_successor_is_followed_to_the_last() -> None:
    assert current("nhs_commissioner:redditch-and-bromsgrove-ccg") == (
        "nhs_commissioner:herefordshire-and-worcestershire-icb"
    )
    assert current("probation:essex-crc") == "probation:probation-service"
    assert current("council:taunton-deane") == "council:somerset"
    assert current("national:dfes") == "national:dfe"


def test_work_that_was_divided_stays_with_the_old_body() -> None:
    assert current("council:cumbria-county") == "council:cumbria-county"
    assert current("nhs_trust:south-london-healthcare") == "nhs_trust:south-london-healthcare"


def test_current_of_no_body() -> None:
    with pytest.raises(KeyError):
        current("police:kelmouth")


def test_capitals_tell_short_forms_apart() -> None:
    assert [body.id for body in find("LAS")] == ["nhs_trust:london-ambulance"]
    assert [body.id for body in find("LAs")] == ["council:local-authority"]
    assert len(find("las")) == 2


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("The H.M.P. Kelmouth", "hmp kelmouth"),
        ("Kelmouth M.B.C", "kelmouth mbc"),
        ("Kelmouth I.C.B.", "kelmouth icb"),
        ("St. Wilfra’s & Kelmouth", "st wilfras and kelmouth"),
        ("e.g. Kelmouth", "eg kelmouth"),
        ("Cyngor Sir Ynys Môn", "cyngor sir ynys mon"),
    ],
)
def test_key_of_a_name(printed: str, key: str) -> None:
    assert name_key(printed) == key
