"""What becomes a row, and what is in it."""

from __future__ import annotations

from datetime import date

from actionplan.normalise.export.fields import fields
from actionplan.normalise.export.rows import export_row
from actionplan.normalise.export.select import select
from actionplan.schemas.plan import Action, Agency, Date, Plan, Status, Target, Update
from tests.dataset.plans import day, full_plan, plan
from tests.export.made import LONG, rich_plan


def rows(*plans: Plan, base_url: str = "") -> list[dict[str, object]]:
    return [dict(export_row(item, base_url=base_url)) for item in select(plans).items]


def column(name: str, *plans: Plan) -> list[object]:
    return [row[name] for row in rows(*plans)]


def test_each_row_has_all_fields_that_are_described() -> None:
    for row in rows(full_plan(), rich_plan()):
        assert list(row) and row.keys() == fields().keys()


def test_there_is_a_row_for_each_action_or_recommendation() -> None:
    keys = [record.key for record in rich_plan().recommendations]
    assert column("key", rich_plan()) == [
        f"{keys[0]}-a1",
        f"{keys[0]}-a2",
        f"{keys[0]}-a3",
        f"{keys[1]}-a1",
        f"{keys[2]}-a1",
    ]
    assert column("summary", rich_plan()) == [
        "1 (1): Book a course.",
        "1.2: Send all staff.",
        "1 (action 3): Report to the Board.",
        "2: Read the policy.",
        "Share what was learnt.",
    ]


def test_an_action_has_no_lead_and_no_day_that_belongs_to_another() -> None:
    assert column("leads", rich_plan()) == [
        "Head of Care",
        "Ben",
        "Ben",
        "Head of Care; Ben",
        None,
    ]
    assert column("due", rich_plan()) == [
        date(2015, 3, 31),
        None,
        None,
        date(2015, 1, 10),
        None,
    ]
    assert column("due_basis", rich_plan()) == [
        "printed as a day",
        None,
        None,
        "revised target, counted from a date in the document",
        None,
    ]
    assert column("target", rich_plan()) == [
        "2015-03-31",
        "TBC",
        None,
        "July 2014; revised: within 6 months",
        "Ongoing",
    ]


def test_a_month_is_due_on_its_last_day() -> None:
    made = rich_plan()
    made.recommendations[1].revised_target = Target(text="TBC", kind="tbc")
    assert column("due", made)[3] == date(2014, 7, 31)
    assert column("due_basis", made)[3] == "last day of the printed period"


def test_a_day_that_no_calendar_has_is_no_day() -> None:
    made = plan("odd", ["One."])
    made.recommendations[0].target = Target(text="31/02/15", end="2015-02-31", kind="date")
    assert column("due", made) == column("due_basis", made) == [None]
    assert column("target", made) == ["31/02/15"]


def test_a_status_of_one_action_is_not_that_of_another() -> None:
    made = rich_plan()
    done, doing = Status(value="completed", basis="column"), Status(value="in_progress")
    made.recommendations[0].status = doing
    made.recommendations[1].status = doing
    made.recommendations[0].actions[1].status = done
    assert column("status", made) == [
        "unknown",
        "completed",
        "unknown",
        "in_progress",
        "unknown",
    ]


def test_the_day_of_completion_is_a_day_or_empty() -> None:
    made = rich_plan()
    made.recommendations[1].completion = day("2015-02-03")
    made.recommendations[2].completion = Date(
        text="May 2015", edtf="2015-05", start="2015-05-01", end="2015-05-31"
    )
    assert column("completed_on", made)[3:] == [date(2015, 2, 3), None]
    assert column("completion", made)[3:] == ["2015-02-03", "May 2015"]


def test_the_description_has_everything_in_full() -> None:
    made = plan("full-text", [LONG])
    record = made.recommendations[0]
    record.actions = [Action(number="a", text=LONG[::-1])]
    record.updates = [Update(label="May 2015", text="Held."), Update(text="Not yet.")]
    record.milestones, record.outcome = "Course booked.", "Staff know."
    record.agencies = [Agency(name="HC", canonical="Harrowmere Council")]
    record.status = Status(value="ongoing", basis="colour", text="Amber")
    text = str(column("description", made)[0])
    for part in (
        f"Recommendation 1: {LONG}",
        f"Action a: {LONG[::-1]}",
        "Agency: Harrowmere Council",
        "Status: ongoing (colour: Amber)",
        "Milestones: Course booked.",
        "Outcome: Staff know.",
        "Progress:\nMay 2015: Held.\nNot yet.",
        "Source: full-text.pdf, row s1-r1",
        f"Key: {record.key}-a1",
    ):
        assert part in text
    summary = str(column("summary", made)[0])
    assert len(summary) <= 120
    assert summary.endswith("…")


def test_a_row_without_words_is_called_by_its_place() -> None:
    made = plan("empty", [""])
    made.recommendations[0].number = None
    assert column("summary", made) == ["empty.pdf, row s1-r1"]


def test_labels_are_agencies_and_themes() -> None:
    made = full_plan()
    assert column("labels", made) == [["Harrowmere Council", "Training and learning"]]
    assert column("labels_and_key", made) == [
        ["Harrowmere-Council", "training", "0123456789ab-1-a1"]
    ]


def test_links_lead_to_the_page() -> None:
    made = rich_plan()
    made.document.name = "a plan #2.pdf"
    assert column("link", made)[3] == "a%20plan%20%232.pdf#page=4"
    (*_, row, _) = rows(made, base_url="https://example.org/plans/")
    assert row["link"] == "https://example.org/plans/a%20plan%20%232.pdf#page=4"
    assert (row["document"], row["page"], row["row"]) == ("a plan #2.pdf", 4, "s1-r2")


TEXTS = [f"Recommendation of the review that counts as number {n}." for n in range(5)]


def test_a_plan_that_is_there_twice_counts_once() -> None:
    old = plan("old", TEXTS, {"date": day("2014-01-01")})
    new = plan("new", TEXTS, {"date": day("2015-01-01")})
    chosen = select([old, new, new])
    assert {item.plan.document.name for item in chosen.items} == {"new.pdf"}
    assert (len(chosen.items), chosen.repeated) == (5, 5)
    assert [item.key for item in select([old]).items] == [item.key for item in chosen.items]
    everything = select([old, new], repeated=True)
    assert (len(everything.items), everything.repeated) == (10, 0)
    assert len({item.key for item in everything.items}) == 10


def test_keys_of_the_same_words_in_two_plans_differ_and_the_older_keeps_its_own() -> None:
    words = [*TEXTS[:1], "Quite another one of this plan.", "And a third of the same plan."]
    older = plan("older", words, {"date": day("2014-01-01"), "case": "A1"})
    newer = plan("newer", TEXTS, {"date": day("2015-01-01"), "case": "B2"})
    alone = {item.key for item in select([older]).items}
    for both in ([older, newer], [newer, older]):
        items = select(both).items
        assert len({item.key for item in items}) == len(items) == 8
        assert {item.key for item in items if item.plan is older} == alone
