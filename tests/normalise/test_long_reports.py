"""Plans inside long reports: only the plan gives records."""

from __future__ import annotations

from actionplan.normalise.interpret import interpret
from actionplan.schemas.tables import LogicalTable
from tests.normalise.tables import document, table

TEXTS = [
    "The Council should review how officers record worries about adults.",
    "The partnership should publish a procedure for sharing information.",
    "The Trust should make sure that letters name the lead worker.",
]


def plan() -> LogicalTable:
    rows = [(f"{k}. {text}", "Write it.", "Ann Marlow", "May 2019")
            for k, text in enumerate(TEXTS, 1)]  # fmt: skip
    return table(["Recommendation", "Action", "Lead", "Target date"], rows, "Action plan")


def summary(texts: list[str]) -> LogicalTable:
    rows = [(f"R{k}", text, "Harrowmere Council") for k, text in enumerate(texts, 1)]
    return table(["No", "Recommendation", "Agency"], rows, "9. Recommendations")


NARRATIVE = [
    table(["Date", "Agency", "Event", "Action taken"],
          [("3/4/2016", "Police", "A call was made.", "Officers went to the house.")],
          "4. Chronology"),
    table(["No", "Terms of reference", "Lead"], [("1", "Was the policy followed?", "Chair")],
          "2. Terms of reference"),
    table(["Name", "Role", "Agency"], [("Ann Marlow", "Head of Safeguarding", "Council")],
          "3. Review panel"),
    table(["Term", "Meaning"], [("Action plan", "A table of actions"), ("Lead", "Who leads")],
          "Glossary"),
]  # fmt: skip


def test_only_the_plan_gives_records() -> None:
    doc = document(*NARRATIVE, plan(), notes="Domestic Homicide Review\nOverview report")
    result = interpret(doc)
    assert [record.text for record in result.recommendations] == TEXTS
    assert interpret(document(*NARRATIVE, notes="Overview report")).recommendations == []


def test_a_list_of_the_same_recommendations_is_not_counted_twice() -> None:
    result = interpret(document(summary(TEXTS), plan()))
    assert [record.text for record in result.recommendations] == TEXTS
    assert all(record.actions for record in result.recommendations)


def test_nor_is_a_list_in_blocks() -> None:
    """ "Recommendation 1 / Lead agency / Timescale" in a chapter, the plan in an appendix."""
    rows = [
        pair
        for number, text in enumerate(TEXTS, 1)
        for pair in (
            (f"Recommendation {number}", text),
            ("Lead agency", "Harrowmere Council"),
            ("Timescale", "May 2019"),
        )
    ]
    form = table(["", ""], rows, "9. Recommendations")
    assert len(interpret(document(form)).recommendations) == len(TEXTS)
    result = interpret(document(form, plan()))
    assert [len(record.actions) for record in result.recommendations] == [1, 1, 1]


def test_a_list_of_other_recommendations_is() -> None:
    others = [text.replace("should", "must now") for text in TEXTS]
    result = interpret(document(summary(others), plan()))
    assert [record.text for record in result.recommendations] == [*others, *TEXTS]


def test_a_list_alone_stays() -> None:
    assert len(interpret(document(summary(TEXTS))).recommendations) == len(TEXTS)
