"""Two versions of a plan: which recommendation is which, and what changed in it."""

from __future__ import annotations

from actionplan.normalise.compare.fields import SHAPES
from actionplan.normalise.compare.plans import compare_plans
from actionplan.schemas.dataset import DATASET
from actionplan.schemas.plan import Date, DocumentDate, Issue, Lead, Status, Target
from tests.compare.versions import (
    TEXTS,
    added,
    change,
    fields,
    first,
    only,
    rekey,
    second,
    section,
    texts,
    update,
)
from tests.dataset.plans import full_plan, target


def test_a_plan_and_itself_do_not_differ() -> None:
    for one in (first(), full_plan()):
        diff = compare_plans(one, one)
        assert diff.empty
        assert diff.same_file
        assert [pair[0] for pair in diff.unchanged] == [r.key for r in one.recommendations]


def test_the_same_plan_in_another_file_does_not_differ() -> None:
    diff = compare_plans(first(), second())
    assert diff.empty
    assert not diff.same_file


def test_added_and_dropped() -> None:
    new = second()
    del new.recommendations[1]
    new.recommendations.insert(0, added("Ward sisters should know whom to ring at night."))
    diff = compare_plans(first(), rekey(new))
    assert [record.state for record in diff.records] == ["added", "dropped"]
    assert texts(diff, "dropped") == [TEXTS[1]]
    assert texts(diff, "added") == ["Ward sisters should know whom to ring at night."]
    figures = diff.figures()
    assert (figures.added, figures.dropped, figures.paired) == (1, 1, 5)


def test_a_dropped_one_says_all_that_it_had() -> None:
    new = second()
    del new.recommendations[0]
    dropped = only(compare_plans(first(), new))
    assert set(fields(dropped)) == {
        "number", "text", "target", "status", "agencies", "leads", "actions", "updates",
    }  # fmt: skip
    assert all(one.new is None for one in dropped.changes)
    assert [item.old for item in change(dropped.changes, "actions").items] == [
        "1.1: Write guidance for team 1, and publish it.",
        "1.2: Sample 10 files each quarter.",
    ]


def test_reworded_by_words() -> None:
    new = second()
    new.recommendations[0].text = TEXTS[0].replace("should agree", "must agree in writing")
    reworded = only(compare_plans(first(), rekey(new)))
    assert fields(reworded) == ["text"]
    assert [piece for piece in reworded.changes[0].words if piece[0] != "="] == [
        ("-", "should"),
        ("+", "must"),
        ("+", " in writing"),
    ]
    assert 0.7 < reworded.likeness < 1
    assert reworded.old and reworded.new and reworded.old.key != reworded.new.key


def test_other_spelling_is_a_small_change() -> None:
    new = second()
    new.recommendations[0].text = TEXTS[0].upper().replace("SELF-NEGLECT", "SELF NEGLECT")
    record = only(compare_plans(first(), new))
    assert record.minor
    assert record.changes[0].minor


def test_a_moved_date_tells_its_days() -> None:
    new = second()
    new.recommendations[2].target = target("2020-05-28")
    moved = only(compare_plans(first(), new)).changes[0]
    assert (moved.field, moved.old, moved.new, moved.days) == (
        "target", "2020-03-28", "2020-05-28", 61,
    )  # fmt: skip
    assert not moved.minor
    back = only(compare_plans(new, first())).changes[0]
    assert back.days == -61


def test_a_date_printed_otherwise_is_a_small_change() -> None:
    new = second()
    new.recommendations[2].target.text = "28th March 2020"
    changed = only(compare_plans(first(), new)).changes[0]
    assert changed.minor
    assert changed.days is None
    assert set(changed.parts) == {"text"}


def test_another_day_behind_the_same_words_is_told() -> None:
    new = first()
    new.recommendations[2].target.edtf = "2020-03-29"
    changed = only(compare_plans(first(), new)).changes[0]
    assert changed.old == changed.new == "2020-03-28"
    assert changed.parts == {"edtf": ("2020-03-28", "2020-03-29")}
    assert not changed.minor


def test_prose_in_place_of_a_date_is_no_small_change() -> None:
    old, new = first(), second()
    old.recommendations[0].target = Target(text="When staff are in post", kind="conditional")
    new.recommendations[0].target = Target(text="When money is found", kind="conditional")
    assert not only(compare_plans(old, new)).changes[0].minor
    new.recommendations[0].target = Target(text="when staff are in post.", kind="conditional")
    assert only(compare_plans(old, new)).changes[0].minor


def test_dates_that_are_set_or_removed_are_counted() -> None:
    old, new = first(), second()
    old.recommendations[0].target = Target(text="TBC", kind="tbc")
    new.recommendations[1].target = Target(text="Ongoing", kind="ongoing", ongoing=True)
    new.recommendations[2].target = target("2020-02-28")
    figures = compare_plans(old, new).figures()
    assert figures.dates == {"earlier": 1, "removed": 1, "set": 1}
    assert figures.days == -29


def test_a_status_that_changed_is_counted_by_its_move() -> None:
    new = second()
    new.recommendations[0].status = Status(value="completed", basis="column", text="Green")
    new.recommendations[1].status = Status(value="in_progress", basis="column", text="Amber")
    diff = compare_plans(first(), new)
    assert [one.minor for record in diff.records for one in record.changes] == [False, True]
    figures = diff.figures()
    assert figures.status == {"in_progress > completed": 1}
    assert figures.fields["status"].changed == 2
    assert figures.fields["status"].minor == 1
    assert figures.minor == 1


def test_leads_agencies_and_actions() -> None:
    new = second()
    record = new.recommendations[0]
    record.leads = [Lead(name="Ann Marlow", post="Director", text="Ann Marlow, Director")]
    record.agencies[0].name = "Harrowmere Homes"
    record.actions[0].text += " It is read out at each induction."
    record.actions[1].target = target("2020-12-31")
    record.actions.append(record.actions[1].model_copy(update={"number": "1.3", "text": "Stop."}))
    changes = only(compare_plans(first(), new)).changes
    assert [(i.state, i.old, i.new) for i in change(changes, "leads").items] == [
        ("dropped", "Manager 1", None),
        ("added", None, "Ann Marlow, Director"),
    ]
    (agency,) = change(changes, "agencies").items
    assert (agency.state, agency.old, agency.new) == ("changed", "HH", "Harrowmere Homes")
    actions = change(changes, "actions").items
    assert [(i.state, [c.field for c in i.changes]) for i in actions] == [
        ("changed", ["text"]),
        ("changed", ["target"]),
        ("added", []),
    ]


def test_a_lead_of_an_action() -> None:
    new = second()
    new.recommendations[0].actions[1].leads = [Lead(name="Ann Marlow", text="Ann Marlow")]
    (item,) = change(only(compare_plans(first(), new)).changes, "actions").items
    assert [c.field for c in item.changes] == ["leads"]


def test_updates_are_added_and_gone_on_with() -> None:
    new = second()
    new.recommendations[0].updates[0].text += " It went to the Board in March and was agreed."
    new.recommendations[0].updates.append(update("2020-06-30", "All teams have it."))
    (change_,) = only(compare_plans(first(), new)).changes
    assert [item.state for item in change_.items] == ["changed", "added"]
    assert change_.items[1].new == "2020-06-30: All teams have it."


def test_an_update_written_anew_under_its_label_is_the_same_one() -> None:
    new = second()
    new.recommendations[0].updates[0].text = "In January a first draft of the paper was ready."
    (change_,) = only(compare_plans(first(), new)).changes
    assert [item.state for item in change_.items] == ["changed"]


def test_a_renumbered_plan() -> None:
    new = second()
    new.recommendations.insert(0, added("Ward sisters should know whom to ring.", number="1"))
    for at, record in enumerate(new.recommendations, 1):
        record.number = str(at)
    diff = compare_plans(first(), rekey(new))
    assert texts(diff, "added") == ["Ward sisters should know whom to ring."]
    changed = [record for record in diff.records if record.state == "changed"]
    assert [fields(record) for record in changed] == [["number"]] * 6
    assert diff.figures().dropped == 0


def test_renumbered_and_reworded_at_once() -> None:
    new = second()
    new.recommendations.reverse()
    for at, record in enumerate(new.recommendations, 1):
        record.number = str(at)
        record.text = record.text.replace("should", "must").replace(".", ", without delay.")
    diff = compare_plans(first(), rekey(new))
    figures = diff.figures()
    assert (figures.added, figures.dropped, figures.changed) == (0, 0, 6)
    for found in diff.records:
        assert found.old and found.new
        assert found.old.text.split()[:2] == found.new.text.split()[:2]


def test_another_order_alone() -> None:
    new = second()
    new.recommendations.insert(2, new.recommendations.pop(0))
    moved = only(compare_plans(first(), new))
    assert moved.new and moved.new.text == TEXTS[0]
    assert [(one.old, one.new) for one in moved.changes] == [("place 1", "place 3")]


def test_a_section_moved_to_the_front() -> None:
    new = second()
    new.sections = [
        section("s1", "agency", "Harrowmere Homes", "Harrowmere Homes"),
        section("s2", "overview", None, "Multi-agency plan"),
    ]
    new.recommendations = new.recommendations[3:] + new.recommendations[:3]
    for record in new.recommendations:
        record.section = "s1" if record.section == "s2" else "s2"
    diff = compare_plans(first(), rekey(new))
    assert diff.sections == ()
    assert {name for record in diff.records for name in fields(record)} == {"order"}
    assert len(diff.records) == 3


def test_a_renamed_section_is_told_once() -> None:
    new = second()
    new.sections[0].heading = "Partnership recommendations"
    diff = compare_plans(first(), new)
    assert diff.records == ()
    (item,) = diff.sections
    assert (item.state, item.old, item.new) == (
        "changed", "Multi-agency plan", "Partnership recommendations",
    )  # fmt: skip


def test_a_recommendation_in_another_section() -> None:
    new = second()
    new.recommendations[5].section = "s1"
    diff = compare_plans(first(), new)
    assert diff.sections == ()
    assert [(one.field, one.old, one.new) for one in only(diff).changes] == [
        ("section", "Harrowmere Homes", "Multi-agency plan")
    ]


def test_sections_that_come_and_go() -> None:
    new = second()
    new.sections[1] = section("s2", "agency", "Northmoor Trust", "Northmoor Trust")
    del new.recommendations[3:]
    new.recommendations.append(added("Ward sisters should know whom to ring.", "s2"))
    diff = compare_plans(first(), rekey(new))
    assert sorted((item.state, item.old or item.new) for item in diff.sections) == [
        ("added", "Northmoor Trust"),
        ("dropped", "Harrowmere Homes"),
    ]


def test_equal_texts_are_told_apart_by_number_and_content() -> None:
    old = first()
    for record in old.recommendations[:3]:
        record.text = "Train all staff on the new procedure."
    new = second(rekey(old))
    new.recommendations[1].status = Status(value="completed")
    del new.recommendations[0]
    diff = compare_plans(old, rekey(new))
    assert [record.state for record in diff.records] == ["dropped", "changed"]
    assert diff.records[0].old and diff.records[0].old.number == "1"
    assert diff.records[1].new and diff.records[1].new.number == "2"


def test_another_recommendation_under_the_same_number_is_another_one() -> None:
    new = second()
    new.recommendations[1] = added(
        "The Trust should publish how many visits were missed.", number="2"
    )
    diff = compare_plans(first(), rekey(new))
    assert texts(diff, "dropped") == [TEXTS[1]]
    assert texts(diff, "added") == ["The Trust should publish how many visits were missed."]


def test_a_recommendation_written_anew_is_known_by_all_else() -> None:
    new = second()
    new.recommendations[1].text = "A note taker with no part in the case should attend meetings."
    record = only(compare_plans(first(), rekey(new)))
    assert record.state == "changed"
    assert fields(record) == ["text"]


def test_what_the_program_says_is_compared_for_one_file_alone() -> None:
    new = first()
    new.recommendations[0].confidence = 0.5
    new.recommendations[0].issues = [Issue(code="number-gap", field="number", message="?")]
    record = only(compare_plans(first(), new))
    assert fields(record) == ["confidence", "issues"]
    assert record.minor
    assert compare_plans(first(), second(new)).empty


def test_facts_of_the_document() -> None:
    new = second()
    new.document.version = "2"
    new.document.title = "Review of the care of Winifred and Mabel"
    new.document.dates = [DocumentDate(role="updated", **Date(text="June 2021").model_dump())]
    diff = compare_plans(first(), new)
    assert [one.field for one in diff.facts] == ["title", "version", "dates"]
    assert diff.facts[2].items[0].new == "updated: June 2021"


_HELD_OTHERWISE = {
    # identity, and what is counted from the lists
    "documents": {
        "document_id", "document", "bytes", "pages", "sections", "recommendations", "copies",
    },
    "sections": {"section_id", "first_page", "last_page", "recommendations"},
    "recommendations": {
        "section_id", "section_kind", "section_agency", "themes", "printed_themes", "agencies",
        "leads", "actions", "updates", "duplicate_of_document",
    },
    "actions": {"leads", "agencies"},
    "leads": {"action"},
    "agencies": {"action"},
}  # fmt: skip


def test_each_column_is_compared_or_left_out_on_purpose() -> None:
    for name, shape in SHAPES.items():
        table = "document_dates" if name == "dates" else name
        columns = set(DATASET[table].names) - {"record_key", "record_id", "position"}
        columns -= {"document_id", "document"} if table != "documents" else set()
        known = {column for field in shape.fields for column in field.all_columns}
        assert known - columns == set(), name
        assert columns - known == _HELD_OTHERWISE.get(name, set()), name
