"""Edits of records: what each does, that it can be taken back, that it survives a restart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionplan.errors import EditError, NoSuchRecordError, NothingToDoError
from actionplan.review.desk import Desk
from actionplan.schemas.plan import Plan
from tests.review.made import field, keys_of, made_folder, made_plan

WHO: dict[str, Any] = {"seen": 10**6, "who": "A. Marlow"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk(made_folder(tmp_path)) as opened:
        yield opened


def first(desk: Desk) -> dict[str, Any]:
    """The first record as it is now."""
    value: dict[str, Any] = desk.record("marlow", keys_of(desk)[0]).value
    return value


Edit = Callable[[Desk, str, str], object]
LEAD = {"name": "Bo Dunn", "post": None, "organisation": "The Trust", "text": "Bo Dunn (Trust)"}
EDITS: dict[str, tuple[Edit, Callable[[dict[str, Any]], object], object]] = {
    "text": (
        lambda d, n, k: d.set_text(n, k, "text", "Train  all\nnurses.", **WHO),
        lambda r: r["text"],
        "Train all nurses.",
    ),
    "no text": (lambda d, n, k: d.set_text(n, k, "text", " ", **WHO), lambda r: r["text"], ""),
    "number": (
        lambda d, n, k: d.set_text(n, k, "number", "1a", **WHO),
        lambda r: r["number"],
        "1a",
    ),
    "no number": (
        lambda d, n, k: d.set_text(n, k, "number", "", **WHO),
        lambda r: r["number"],
        None,
    ),
    "label": (
        lambda d, n, k: d.set_text(n, k, "label", "Rec 1", **WHO),
        lambda r: r["label"],
        "Rec 1",
    ),
    "acceptance": (
        lambda d, n, k: d.set_text(n, k, "acceptance", "Partly agreed", **WHO),
        lambda r: r["acceptance"],
        "Partly agreed",
    ),
    "scope": (
        lambda d, n, k: d.set_text(n, k, "scope", "Local", **WHO),
        lambda r: r["scope"],
        "Local",
    ),
    "themes": (
        lambda d, n, k: d.set_field(n, k, "themes", ["training"], **WHO),
        lambda r: r["themes"],
        ["training"],
    ),
    "status value": (
        lambda d, n, k: d.set_field(n, k, "status.value", "ongoing", **WHO),
        lambda r: r["status"],
        {"value": "ongoing", "basis": "text", "text": "It was held."},
    ),
    "status as text": (
        lambda d, n, k: d.set_text(n, k, "status", "Not started", **WHO),
        lambda r: r["status"]["value"],
        "not_started",
    ),
    "target": (
        lambda d, n, k: d.set_text(n, k, "target", "by end of June 2015", **WHO),
        lambda r: (r["target"]["edtf"], r["target"]["text"]),
        ("2015-06-30", "by end of June 2015"),
    ),
    "target by its text": (
        lambda d, n, k: d.set_text(n, k, "target.text", "Ongoing", **WHO),
        lambda r: (r["target"]["edtf"], r["target"]["kind"]),
        (None, "ongoing"),
    ),
    "no target": (
        lambda d, n, k: d.set_text(n, k, "target", "", **WHO),
        lambda r: (r["target"]["text"], r["target"]["kind"]),
        (None, "none"),
    ),
    "revised target": (
        lambda d, n, k: d.set_text(n, k, "revised_target", "1 May 2016", **WHO),
        lambda r: r["revised_target"]["edtf"],
        "2016-05-01",
    ),
    "completion": (
        lambda d, n, k: d.set_text(n, k, "completion", "2 May 2016", **WHO),
        lambda r: r["completion"]["start"],
        "2016-05-02",
    ),
    "leads as text": (
        lambda d, n, k: d.set_text(n, k, "leads", "Ms Bo Dunn\nHead of Housing", **WHO),
        lambda r: [(one["name"], one["post"]) for one in r["leads"]],
        [("Ms Bo Dunn", None), (None, "Head of Housing")],
    ),
    "one lead as text": (
        lambda d, n, k: d.set_text(n, k, "leads.0", "Head of Housing", **WHO),
        lambda r: [(one["name"], one["post"]) for one in r["leads"]],
        [(None, "Head of Housing")],
    ),
    "a part of a lead": (
        lambda d, n, k: d.set_text(n, k, "leads.0.post", "Director", **WHO),
        lambda r: (r["leads"][0]["post"], r["leads"][0]["name"]),
        ("Director", "Ann Marlow"),
    ),
    "a lead added": (
        lambda d, n, k: d.add_item(n, k, "leads", LEAD, at=0, **WHO),
        lambda r: [one["name"] for one in r["leads"]],
        ["Bo Dunn", "Ann Marlow"],
    ),
    "a lead added as text": (
        lambda d, n, k: d.add_item(n, k, "leads", "Head of Housing", **WHO),
        lambda r: [one["post"] for one in r["leads"]],
        ["Head of Care", "Head of Housing"],
    ),
    "a lead of an action": (
        lambda d, n, k: d.add_item(n, k, "actions.1.leads", LEAD, **WHO),
        lambda r: [len(one["leads"]) for one in r["actions"]],
        [0, 1],
    ),
    "a lead taken out": (
        lambda d, n, k: d.remove_item(n, k, "leads", 0, **WHO),
        lambda r: r["leads"],
        [],
    ),
    "agencies": (
        lambda d, n, k: d.set_text(n, k, "agencies", "HC\nSouthwold Fire Brigade", **WHO),
        lambda r: next(one["canonical"] for one in r["agencies"]),
        "Harrowmere Council",
    ),
    "actions in another order": (
        lambda d, n, k: d.move_item(n, k, "actions", 1, 0, **WHO),
        lambda r: [one["number"] for one in r["actions"]],
        ["2", "1"],
    ),
    "the target of an action": (
        lambda d, n, k: d.set_text(n, k, "actions.0.target", "May 2015", **WHO),
        lambda r: r["actions"][0]["target"]["edtf"],
        "2015-05",
    ),
    "the status of an action": (
        lambda d, n, k: d.set_text(n, k, "actions.0.status", "Completed", **WHO),
        lambda r: r["actions"][0]["status"]["value"],
        "completed",
    ),
    "the text of an action": (
        lambda d, n, k: d.set_text(n, k, "actions.0.text", "Book two courses.", **WHO),
        lambda r: r["actions"][0]["text"],
        "Book two courses.",
    ),
    "the label of an update": (
        lambda d, n, k: d.set_text(n, k, "updates.0.label", "Update Feb 2014", **WHO),
        lambda r: (r["updates"][0]["label"], r["updates"][0]["date"]["edtf"]),
        ("Update Feb 2014", "2014-02"),
    ),
    "the text of an update": (
        lambda d, n, k: d.set_text(n, k, "updates.1.text", "Work is under way.", **WHO),
        lambda r: (r["updates"][1]["text"], r["updates"][1]["status"]["value"]),
        ("Work is under way.", "in_progress"),
    ),
    "updates as text": (
        lambda d, n, k: d.set_text(n, k, "updates", "June 2014: one\nJuly 2014: two", **WHO),
        lambda r: [one["label"] for one in r["updates"]],
        ["June 2014", "July 2014"],
    ),
    "text moved to the leads": (
        lambda d, n, k: d.move_text(n, k, "updates.0.text", "leads", 15, 35, **WHO),
        lambda r: (r["updates"][0]["text"], [one["text"] for one in r["leads"]][1:]),
        ("It was booked.", ["Sergeant Dunn leads."]),
    ),
    "all text moved": (
        lambda d, n, k: d.move_text(n, k, "updates.0.text", "outcome", 0, 999, **WHO),
        lambda r: (len(r["updates"]), r["outcome"]),
        (1, "It was booked. Sergeant Dunn leads."),
    ),
    "the target moved": (
        lambda d, n, k: d.move_text(n, k, "target", "updates", 0, 99, **WHO),
        lambda r: (r["target"]["text"], r["target"]["edtf"], len(r["updates"])),
        (None, None, 3),
    ),
    "text moved into the target": (
        lambda d, n, k: d.move_text(n, k, "updates.1.text", "target", 0, 6, **WHO),
        lambda r: (r["target"]["text"], r["updates"][1]["text"]),
        ("March 2014 It was", "held."),
    ),
    "a part of a lead moved": (
        lambda d, n, k: d.move_text(n, k, "leads.0", "scope", 10, 24, **WHO),
        lambda r: ([one["text"] for one in r["leads"]], r["leads"][0]["post"], r["scope"]),
        (["Ann Marlow"], None, ", Head of Care"),
    ),
    "a whole lead moved": (
        lambda d, n, k: d.move_text(n, k, "leads.0.text", "updates", 0, 99, **WHO),
        lambda r: (r["leads"], r["updates"][-1]["text"]),
        ([], "Ann Marlow, Head of Care"),
    ),
    "the text of an action left empty": (
        lambda d, n, k: d.set_text(n, k, "actions.0.text", "", **WHO),
        lambda r: r["actions"][0]["text"],
        "",
    ),
    "the name of a lead left empty": (
        lambda d, n, k: d.set_text(n, k, "leads.0.name", "", **WHO),
        lambda r: r["leads"][0]["name"],
        None,
    ),
    "text moved within an action": (
        lambda d, n, k: d.move_text(n, k, "actions.0.text", "actions.1.text", 0, 4, **WHO),
        lambda r: [one["text"] for one in r["actions"]],
        ["a course.", "Tell all. Book"],
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_each_edit_does_what_it_says_and_is_taken_back(
    desk: Desk, name: str, tmp_path: Path
) -> None:
    edit, look, wanted = EDITS[name]
    before = desk.plan("marlow")
    key = keys_of(desk)[0]
    saved = edit(desk, "marlow", key)
    assert look(first(desk)) == wanted
    Plan.model_validate(desk.plan("marlow").model_dump())
    with Desk(tmp_path) as again:
        assert again.plan("marlow") == desk.plan("marlow")
        assert again.record("marlow", key).version == getattr(saved, "version")  # noqa: B009
        again.undo("marlow", who="A. Marlow")
    assert desk.plan("marlow") == before
    desk.redo("marlow", who="A. Marlow")
    assert look(first(desk)) == wanted


REFUSED: dict[str, tuple[Edit, str]] = {
    "no such field": (lambda d, n, k: d.set_text(n, k, "colour", "x", **WHO), "no 'colour'"),
    "no such item": (
        lambda d, n, k: d.set_text(n, k, "leads.5.post", "x", **WHO),
        "no 'leads.5.post'",
    ),
    "no such value": (
        lambda d, n, k: d.set_field(n, k, "status.value", "x", **WHO),
        "status.value",
    ),
    "the key": (lambda d, n, k: d.set_text(n, k, "key", "x", **WHO), "not edited by hand"),
    "raw cells": (lambda d, n, k: d.set_field(n, k, "cells", [], **WHO), "not edited by hand"),
    "the same": (lambda d, n, k: d.set_text(n, k, "number", "1", **WHO), "nothing to save"),
    "no list": (lambda d, n, k: d.add_item(n, k, "text", "x", **WHO), "no list"),
    "no such place": (lambda d, n, k: d.remove_item(n, k, "leads", 3, **WHO), "no such place"),
    "no place to go": (lambda d, n, k: d.move_item(n, k, "leads", 0, 4, **WHO), "no such place"),
    "nothing selected": (
        lambda d, n, k: d.move_text(n, k, "text", "outcome", 4, 4, **WHO),
        "no text is selected",
    ),
    "the same field": (
        lambda d, n, k: d.move_text(n, k, "text", "text", 0, 4, **WHO),
        "stands there already",
    ),
    "no text there": (
        lambda d, n, k: d.move_text(n, k, "leads", "text", 0, 4, **WHO),
        "holds no text",
    ),
    "merged with none": (lambda d, n, k: d.merge_records(n, k, "x-1", **WHO), "not found"),
    "added below none": (lambda d, n, k: d.add_record(n, after="x-1", **WHO), "not found"),
    "merged with itself": (lambda d, n, k: d.merge_records(n, k, k, **WHO), "with itself"),
    "nothing split off": (lambda d, n, k: d.split_record(n, k, **WHO), "nothing is chosen"),
    "all split off": (
        lambda d, n, k: d.split_record(
            n, k, text_at=0, leads=(0,), agencies=(0,), actions=(0, 1), updates=(0, 1), **WHO
        ),
        "nothing is chosen",
    ),
    "no such section": (
        lambda d, n, k: d.add_record(n, after=k, section="s9", **WHO),
        "no such section",
    ),
    "no such mark": (lambda d, n, k: d.mark(n, k, "colour", "accepted", **WHO), "no 'colour'"),
    "nothing to undo": (lambda d, n, k: d.undo(n, who="A. Marlow"), "nothing to undo"),
    "nothing to redo": (lambda d, n, k: d.redo(n, who="A. Marlow"), "nothing to redo"),
    "no such record": (lambda d, n, k: d.set_text(n, "x-1", "text", "x", **WHO), "not found"),
    "no such document": (lambda d, n, k: d.set_text("x", k, "text", "x", **WHO), "not found"),
    "a path as a name": (lambda d, n, k: d.set_text(f"../{n}", k, "text", "x", **WHO), "not found"),
    "no field of the document": (
        lambda d, n, k: d.set_document_field(n, "bytes", "1", **WHO),
        "no 'bytes'",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_done_is_refused_and_changes_nothing(desk: Desk, name: str) -> None:
    edit, message = REFUSED[name]
    before = desk.plan("marlow")
    with pytest.raises(EditError, match=message):
        edit(desk, "marlow", keys_of(desk)[0])
    assert desk.plan("marlow") == before
    assert desk.history("marlow") == []


def test_moved_text_takes_its_place_on_the_page_along(desk: Desk) -> None:
    key = keys_of(desk)[0]
    desk.move_text("marlow", key, "updates.0.text", "leads", 15, 35, **WHO)
    leads = field(desk.record("marlow", key), "leads")
    assert [(one.page, one.bbox[0]) for one in leads.places] == [(1, 110), (2, 170)]


def test_a_field_tells_what_it_was_and_who_changed_it(desk: Desk) -> None:
    key = keys_of(desk)[0]
    desk.set_text("marlow", key, "number", "7", **WHO)
    number = field(desk.record("marlow", key), "number")
    assert (number.edited, number.original, number.value, number.who) == (
        True,
        "1",
        "7",
        "A. Marlow",
    )
    assert not field(desk.record("marlow", key), "text").edited
    assert [one.edited for one in desk.document("marlow").records] == [True, False, False, False]


def test_a_record_is_added_below_another_one(desk: Desk) -> None:
    keys = keys_of(desk)
    saved = desk.add_record("marlow", after=keys[1], text="Ask  for help.", **WHO)
    assert saved.reload
    assert keys_of(desk) == [*keys[:2], saved.key, *keys[2:]]
    view = desk.record("marlow", str(saved.key))
    assert (view.value["text"], view.added, view.section.id) == ("Ask for help.", True, "s1")
    top = desk.add_record("marlow", after=None, **WHO)
    assert keys_of(desk)[0] == top.key
    ids = [one.id for one in desk.document("marlow").records]
    assert len(set(ids)) == 6


def test_a_record_is_deleted_and_comes_back_where_it_was(desk: Desk) -> None:
    keys = keys_of(desk)
    saved = desk.remove_record("marlow", keys[2], **WHO)
    assert saved.key == keys[3]
    with pytest.raises(NoSuchRecordError):
        desk.record("marlow", keys[2])
    desk.undo("marlow", who="A. Marlow")
    assert desk.plan("marlow") == made_plan()


def words(plan: Plan) -> list[str]:
    """All words of the fields of a plan's records."""
    found = []
    for one in plan.recommendations:
        found += [one.text, *(x.text for x in one.leads), *(x.name for x in one.agencies)]
        found += [
            *(x.text for x in one.actions),
            *(x.text for x in one.updates),
            one.target.text or "",
        ]
    return sorted(" ".join(found).split())


def test_merging_keeps_all_words_in_the_order_of_the_plan(desk: Desk) -> None:
    before = desk.plan("marlow")
    keys = keys_of(desk)
    desk.merge_records("marlow", keys[1], keys[0], **WHO)
    after = desk.plan("marlow")
    assert [one.key for one in after.recommendations] == keys[1:]
    assert words(after) == words(before)
    merged = after.recommendations[0]
    assert merged.text == f"{before.recommendations[0].text} {before.recommendations[1].text}"
    assert (merged.number, merged.status.value) == ("2", "completed")
    assert merged.provenance["text"][-1].bbox == (10, 50, 100, 90)
    assert merged.cells == before.recommendations[0].cells
    assert [one.code for one in merged.issues] == ["join-doubtful"]


def test_splitting_moves_what_is_chosen_and_nothing_else(desk: Desk) -> None:
    before = desk.plan("marlow")
    key = keys_of(desk)[0]
    saved = desk.split_record("marlow", key, text_at=9, actions=(1,), updates=(0,), **WHO)
    one, other, *_ = desk.plan("marlow").recommendations
    assert (one.text, other.text) == ("Train all", "staff in the new policy.")
    assert [x.number for x in one.actions] == ["1"]
    assert [x.number for x in other.actions] == ["2"]
    assert (other.key, other.section, other.leads) == (saved.key, "s1", [])
    assert words(desk.plan("marlow")) == words(before)
    assert set(other.provenance) == {"text", "updates"}


def test_a_field_of_the_document_is_corrected(desk: Desk) -> None:
    desk.set_document_field("marlow", "title", "Review of  Adult M", **WHO)
    desk.set_document_field("marlow", "date", "May 2015", **WHO)
    plan = desk.plan("marlow")
    assert plan.document.title == "Review of Adult M"
    assert plan.document.date and plan.document.date.edtf == "2015-05"
    desk.set_document_field("marlow", "date", "", **WHO)
    assert desk.plan("marlow").document.date is None
    assert desk.documents()[0].title == "Review of Adult M"


def test_an_edit_without_effect_is_its_own_error(desk: Desk) -> None:
    key = keys_of(desk)[0]
    desk.mark("marlow", key, None, "accepted", **WHO)
    with pytest.raises(NothingToDoError):
        desk.mark("marlow", key, None, "accepted", **WHO)


MORE: dict[str, Callable[[Desk], object]] = {
    "undo": lambda d: d.undo("marlow", who=WHO["who"]),
    "redo": lambda d: d.redo("marlow", who=WHO["who"]),
    "remove": lambda d: d.remove_record("marlow", keys_of(d)[-1], **WHO),
    "merge": lambda d: d.merge_records("marlow", keys_of(d)[0], keys_of(d)[1], **WHO),
    "add": lambda d: d.add_record("marlow", after=keys_of(d)[0], text="More.", **WHO),
    "accept": lambda d: d.accept_rest("marlow", **WHO),
}
STEPS = st.tuples(st.sampled_from([*sorted(EDITS), *MORE, *MORE, *MORE]), st.integers(0, 3))


@settings(max_examples=40)
@given(st.lists(STEPS, max_size=9))
def test_any_edits_are_taken_back_one_by_one(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    folder = made_folder(tmp_path_factory.mktemp("any"))
    with Desk(folder) as desk:
        for name, at in steps:
            make_edit(desk, name, at)
        reached = desk.plan("marlow")
        with Desk(folder) as again:
            assert again.plan("marlow") == reached
            assert again.history("marlow") == desk.history("marlow")
            undone = 0
            while again.undo_text("marlow", "A. Marlow"):
                again.undo("marlow", who="A. Marlow")
                undone += 1
            assert again.plan("marlow") == made_plan()
            assert again.progress().accepted == 0
        assert desk.plan("marlow") == made_plan()
        for _ in range(undone):
            desk.redo("marlow", who="A. Marlow")
        assert desk.plan("marlow").model_dump_json() == reached.model_dump_json()


def make_edit(desk: Desk, name: str, at: int, who: str = "A. Marlow") -> None:
    """Make an edit; one that does not fit the record is refused, and that is all."""
    keys, usual = keys_of(desk), WHO["who"]
    WHO["who"] = who
    try:
        if name in MORE:
            MORE[name](desk)
        else:
            EDITS[name][0](desk, "marlow", keys[at % len(keys)])
    except (EditError, IndexError, ZeroDivisionError):
        pass
    finally:
        WHO["who"] = usual
