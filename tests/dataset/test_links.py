"""Links: plans published twice, recommendations that other reviews make too."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from actionplan.normalise.dataset.digest import plain_words, plan_digest, signatures
from actionplan.normalise.dataset.links import Links, find_links
from actionplan.normalise.dataset.near import near_texts, similarity
from actionplan.normalise.dataset.settings import LINKS
from actionplan.schemas.plan import Action, Lead, Plan, Update
from tests.dataset.plans import day, identity, plan, target

OWN = [
    "The Board should review how its members share information about adults at risk.",
    "Harrowmere Homes should train all housing officers to recognise economic abuse.",
    "Adult Social Care should audit thirty case files each quarter and report the results.",
    "The Trust should make sure that missed appointments are followed up within two days.",
    "General practices should record the names of all carers in the notes of the patient.",
]
OTHER = [
    "The Police should supervise every decision to take no further action.",
    "Schools should be told of incidents at home before the next school day.",
    "The Probation Service should check addresses with the council before release.",
    "Commissioners should fund advocacy for people who do not speak English.",
]


def links(*plans: Plan) -> Links:
    digests = sorted((plan_digest(one) for one in plans), key=lambda one: one.id)
    hashes = [signatures(record.words for record in one.records) for one in digests]
    return find_links(digests, hashes)


def duplicates(found: Links) -> dict[str, str]:
    names = {identity(name): name for name in "abcdefgh"}
    return {names[one]: names[other] for one, other in found.documents.items()}


def counted(found: Links, *plans: Plan) -> dict[str, int]:
    """How many recommendations of each document count."""
    return {
        one.document.name[0]: sum(
            (one.document.id, record.key) not in found.records for record in one.recommendations
        )
        for one in plans
    }


def dated(name: str, texts: Sequence[str], when: str | None, **facts: Any) -> Plan:
    return plan(name, texts, {"date": day(when) if when else None, **facts})


def detailed(made: Plan, lead: str, due: str) -> Plan:
    """The plan with a lead, a target and an action for each recommendation."""
    for at, record in enumerate(made.recommendations):
        record.leads = [Lead(post=f"{lead} {at}", text=f"{lead} {at}")]
        record.target = target(due)
        record.actions = [Action(text=f"{lead} writes a paper on item {at}.")]
    return made


def test_the_same_plan_twice_counts_once() -> None:
    old, new = dated("a", OWN, "2014-01-31"), dated("b", OWN, "2014-06-30")
    found = links(old, new)
    assert duplicates(found) == {"a": "b"}
    assert counted(found, old, new) == {"a": 0, "b": 5}
    assert {row[-2:] for row in found.rows} == {("duplicate", "same-text")}
    assert len(found.rows) == 5
    assert all(row[4] == 1.0 for row in found.rows)


def test_a_plan_inside_a_report_and_alone_counts_once() -> None:
    report = dated("a", OTHER + OWN, "2014-01-31")
    alone = dated("b", OWN, "2014-01-31")
    found = links(report, alone)
    assert duplicates(found) == {"b": "a"}
    assert counted(found, report, alone) == {"a": 9, "b": 0}


def test_of_a_report_the_newer_plan_counts_and_the_rest_of_the_report() -> None:
    report = dated("a", OTHER + OWN, "2014-01-31")
    alone = dated("b", OWN, "2015-01-31")
    found = links(report, alone)
    assert duplicates(found) == {}
    assert counted(found, report, alone) == {"a": 4, "b": 5}


def test_slips_of_reading_do_not_hide_a_duplicate() -> None:
    slips = [
        OWN[0].replace("information", "infor mation"),
        OWN[1].replace("officers", "oficers"),
        OWN[2].upper(),
        OWN[3].replace(" two", " 2"),
        OWN[4] + " Page 3",
    ]
    one, two = dated("a", OWN, None), dated("b", slips, "2014-06-30")
    found = links(one, two)
    assert duplicates(found) == {"a": "b"}
    assert counted(found, one, two) == {"a": 0, "b": 5}
    methods = sorted(row[6] for row in found.rows)
    assert methods == ["near-text"] * 4 + ["same-text"]
    assert all(0.9 < row[4] <= 1 for row in found.rows)


def test_what_a_newer_version_drops_or_adds_counts() -> None:
    old = dated("a", OWN, "2014-01-31")
    new = dated("b", OWN[:4] + OTHER[:1], "2015-01-31")
    found = links(old, new)
    assert duplicates(found) == {"a": "b"}
    assert counted(found, old, new) == {"a": 1, "b": 5}


def test_without_dates_the_one_with_more_updates_counts() -> None:
    one, two = dated("a", OWN, None), dated("b", OWN, None)
    two.recommendations[3].updates = [Update(text="It was done.")]
    assert duplicates(links(one, two)) == {"a": "b"}
    two.recommendations[3].updates = []
    one.recommendations[3].updates = [Update(text="It was done.")]
    assert duplicates(links(one, two)) == {"b": "a"}


@pytest.mark.parametrize(
    ("facts", "others"),
    [
        ({"case": "Case No 2"}, {"case": "Case No 3"}),
        ({"case": "DHR 2014/7"}, {"case": "DHR 2014/8"}),
        ({"pseudonym": "Anna"}, {"pseudonym": "Hanna"}),
        ({"pseudonym": "Mr S"}, {"pseudonym": "Mr T"}),
        ({"partnership": "Safer Harrowmere"}, {"partnership": "Thornby Safeguarding Board"}),
    ],
)
def test_two_reviews_with_the_same_recommendations_both_count(
    facts: dict[str, Any], others: dict[str, Any]
) -> None:
    one, two = plan("a", OWN, facts), plan("b", OWN, others)
    found = links(one, two)
    assert duplicates(found) == {}
    assert counted(found, one, two) == {"a": 5, "b": 5}
    assert {row[-2:] for row in found.rows} == {("similar", "same-text")}


@pytest.mark.parametrize(
    ("facts", "others"),
    [
        ({"case": "Case No 2"}, {"case": "2"}),
        ({"case": "Case No 2"}, {}),
        ({"pseudonym": "Anna"}, {"pseudonym": "‘Anna’"}),
        ({"pseudonym": "Mr S"}, {"pseudonym": "S"}),
        ({"partnership": "Safer Harrowmere"}, {"partnership": "Safer Harrowmere Partnership"}),
    ],
)
def test_names_printed_in_two_ways_are_one(facts: dict[str, Any], others: dict[str, Any]) -> None:
    assert duplicates(links(plan("a", OWN, facts), plan("b", OWN, others)))


def test_other_leads_and_targets_show_another_plan() -> None:
    one = detailed(plan("a", OWN), "Head of Care", "2014-01-31")
    two = detailed(plan("b", OWN), "Service Manager", "2016-05-31")
    assert duplicates(links(one, two)) == {}
    same = detailed(plan("c", OWN), "Head of Care", "2014-09-30")
    assert duplicates(links(one, same)) == {"c": "a"} or duplicates(links(one, same)) == {"a": "c"}
    bare = plan("d", OWN)
    assert duplicates(links(one, bare))


def test_three_versions_lead_to_the_last() -> None:
    plans = [dated(name, OWN, f"201{at}-01-31") for at, name in enumerate("abc", 3)]
    found = links(*plans)
    assert duplicates(found) == {"a": "c", "b": "c"}
    assert {other[0] for other in found.records.values()} == {identity("c")}
    assert counted(found, *plans) == {"a": 0, "b": 0, "c": 5}


def test_a_text_that_a_plan_has_twice_is_matched_by_its_number() -> None:
    texts = [OWN[0], OWN[1], OWN[0], OWN[2]]
    old, new = dated("a", texts, "2014-01-31"), dated("b", texts, "2015-01-31")
    found = links(old, new)
    matched = {
        record.key: other.key
        for record, other in zip(old.recommendations, new.recommendations, strict=True)
    }
    assert {own[1]: other[1] for own, other in found.records.items()} == matched


def test_one_or_two_recommendations_in_common_show_no_plan_alone() -> None:
    assert duplicates(links(plan("a", OWN[:2]), plan("b", OWN[:2]))) == {}
    title = {"title": "Review into the death of Anna in 2012"}
    assert duplicates(links(plan("a", OWN[:2], title), plan("b", OWN[:2], title)))
    plain = {"title": "Action plan"}
    assert duplicates(links(plan("a", OWN[:2], plain), plan("b", OWN[:2], plain))) == {}
    case = {"case": "Case 7"}
    assert duplicates(links(plan("a", OWN[:1], case), plan("b", OWN[:1], case)))


def test_a_few_recommendations_in_common_are_similar() -> None:
    one, two = plan("a", OWN), plan("b", [*OTHER, OWN[0].replace("The Board", "The Executive")])
    found = links(one, two)
    assert duplicates(found) == {}
    ((*ends, score, relation, method),) = found.rows
    assert {ends[0], ends[2]} == {identity("a"), identity("b")}
    assert ends[0] < ends[2]
    assert 0.85 <= score < 1
    assert (relation, method) == ("similar", "near-text")


def test_what_many_plans_say_is_linked_with_the_first_and_shows_no_plan() -> None:
    count = LINKS.common + 20
    plans = [
        plan(f"p{at}", [*OWN[:4], f"{word} {OTHER[at % 4]}"])
        for at, word in enumerate(f"w{at}" * 12 for at in range(count))
    ]
    found = links(*plans)
    assert found.documents == {}
    same = [row for row in found.rows if row[6] == "same-text"]
    assert len(same) == 4 * (count - 1)


def test_short_texts_and_one_document_are_not_linked() -> None:
    assert links(plan("a", ["Staff training.", *OTHER]), plan("b", ["Staff training."])).rows == []
    assert links(plan("a", [OWN[0], OWN[0]])).rows == []
    assert links(plan("a", ["", ""]), plan("b", ["", ""])).rows == []
    assert links() == Links([], {}, {})


def test_each_pair_is_there_once_and_in_order() -> None:
    rng = random.Random(5)
    plans = []
    for name in "abcdefgh":
        texts = [rng.choice(OWN + OTHER) + rng.choice(["", " Soon.", " Now."]) for _ in range(9)]
        plans.append(plan(name, texts))
    found = links(*plans)
    pairs = [frozenset([row[:2], row[2:4]]) for row in found.rows]
    assert len(set(pairs)) == len(pairs) > 20
    assert all(row[0] != row[2] for row in found.rows)
    again = links(*reversed(plans))
    assert again == found
    linked = {row[:2] for row in found.rows if row[5] == "duplicate"}
    assert linked == set(found.records)


WORDS = plain_words(
    "all staff should ensure review board training council health social care housing risk"
    " assessment domestic abuse information sharing agencies records guidance managers partnership"
    " adults children referral pathway awareness procedure report develop monitor provide within"
).split(" ")


def mutated(rng: random.Random, words: list[str]) -> str:
    changed = list(words)
    for _ in range(rng.randint(1, max(1, len(words) // 8))):
        changed[rng.randrange(len(changed))] = rng.choice(WORDS)
    return " ".join(changed)


def test_nearly_all_near_texts_are_found_and_none_other() -> None:
    rng = random.Random(11)
    texts = []
    for _ in range(300):
        words = [rng.choice(WORDS) for _ in range(rng.choice([8, 15, 30, 60]))]
        texts += [" ".join(words), mutated(rng, words)]
    texts = list(dict.fromkeys(texts))
    found = {(one, other): score for one, other, score in near_texts(texts, signatures(texts))}
    true = {
        (one, other): score
        for one in range(len(texts))
        for other in range(one + 1, len(texts))
        if (score := similarity(texts[one], texts[other])) >= LINKS.similar
    }
    assert found.items() <= true.items()
    assert len(true) > 200
    assert len(found) >= 0.98 * len(true)


def test_a_large_family_is_linked_without_all_its_pairs() -> None:
    base = " ".join(WORDS)
    texts = [f"{base} number {at}" for at in range(600)]
    found = near_texts(texts, signatures(texts))
    assert {place for one, other, _ in found for place in (one, other)} == set(range(600))
    assert len(found) <= 600 * LINKS.neighbours * 4


def test_signatures_stay_the_same() -> None:
    made = signatures(["the board should review", "", "é"])
    assert made.shape == (3, LINKS.bands * LINKS.rows)
    assert made.dtype == np.uint32
    assert made[0, :4].tolist() == [460492749, 123909106, 132391757, 44703076]


def test_words_are_compared_without_case_and_signs() -> None:
    assert (
        plain_words("  The “Board”—should\nREVIEW: it’s 3.5! ")
        == "the board should review it s 3 5"
    )
    assert plain_words("ﬁle Straße") == "file strasse"
