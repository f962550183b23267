"""Corrections survive a new conversion, or are shown as conflicts."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionplan.errors import EditError, StaleEditError
from actionplan.normalise.keys import record_keys
from actionplan.review.desk import Desk
from actionplan.schemas.plan import Lead, Place, Plan, Recommendation, Target
from tests.conftest import Run
from tests.review.made import field, keys_of, made_folder, made_plan, rewrite
from tests.review.test_edits import STEPS, make_edit

ANN, BEN = "A. Marlow", "B. Dunn"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk(made_folder(tmp_path)) as opened:
        yield opened


def other_edition() -> Plan:
    """The plan of another PDF: texts slightly other, so keys as well; a record in front."""
    made = made_plan()
    made.document.id = f"sha256:{hashlib.sha256(b'second edition').hexdigest()}"
    for record in made.recommendations:
        record.text = record.text.replace(".", " now.")
        for places in record.provenance.values():
            places[:] = [Place(page=one.page + 1, bbox=one.bbox) for one in places]
    new = Recommendation(id="s1-r9", section="s1", key="", text="Thank those who took part.")
    made.recommendations.insert(0, new)
    keys = record_keys([[one.text] for one in made.recommendations])
    for record, key in zip(made.recommendations, keys, strict=True):
        record.key = key
    return made


def test_corrections_are_made_again_on_another_edition(tmp_path: Path, desk: Desk) -> None:
    keys = keys_of(desk)
    desk.set_text("marlow", keys[0], "leads.0.post", "Director of Care", seen=9, who=ANN)
    desk.set_text("marlow", keys[1], "target", "May 2016", seen=9, who=ANN)
    desk.mark("marlow", keys[1], None, "accepted", seen=9, who=ANN)
    added = desk.add_record("marlow", after=keys[1], text="Ask for help.", seen=9, who=BEN)
    desk.set_text("marlow", str(added.key), "number", "2a", seen=9, who=BEN)
    desk.remove_record("marlow", keys[2], seen=9, who=ANN)
    desk.undo("marlow", who=ANN)
    desk.merge_records("marlow", keys[2], keys[3], seen=9, who=ANN)
    desk.undo("marlow", who=ANN)
    rewrite(tmp_path, other_edition())
    plan = desk.plan("marlow")
    assert [one.text.split()[0] for one in plan.recommendations] == [
        *("Thank", "Train", "Review", "Ask", "Publish", "Ask")
    ]
    assert plan.recommendations[1].leads[0].post == "Director of Care"
    assert plan.recommendations[2].target.edtf == "2016-05"
    assert plan.recommendations[3].number == "2a"
    assert plan.document == other_edition().document
    assert desk.conflicts("marlow") == []
    mark = desk.record("marlow", plan.recommendations[2].key).mark
    assert mark and mark.stale  # its text is another one
    assert desk.history("marlow")[0].kind == "rebase"
    with Desk(tmp_path) as again:
        assert again.plan("marlow") == plan
        again.undo("marlow", who=BEN)
        again.undo("marlow", who=BEN)
        assert len(again.plan("marlow").recommendations) == 5


def test_what_is_read_otherwise_now_is_a_conflict(desk: Desk, tmp_path: Path) -> None:
    keys = keys_of(desk)
    desk.set_text("marlow", keys[0], "target", "April 2014", seen=9, who=ANN)
    desk.set_text("marlow", keys[1], "number", "2b", seen=9, who=ANN)
    made = made_plan()
    made.recommendations[0].target = Target(text="May 2014", edtf="2014-05", kind="date")
    rewrite(tmp_path, made)
    (conflict,) = desk.conflicts("marlow")
    assert (conflict.key, conflict.label, conflict.field) == (
        keys[0],
        "Recommendation 1",
        "Target date",
    )
    assert (conflict.old["edtf"], conflict.found["edtf"], conflict.new["edtf"]) == (
        "2014-03",
        "2014-05",
        "2014-04",
    )
    assert "read otherwise now" in conflict.message
    assert desk.plan("marlow").recommendations[0].target.edtf == "2014-05"
    assert desk.plan("marlow").recommendations[1].number == "2b"
    assert desk.queue()[0].key == keys[0]
    assert desk.record("marlow", keys[0]).conflicts == (conflict,)
    assert desk.documents()[0].conflicts == 1


@pytest.mark.parametrize(("choice", "wanted"), [("mine", "2014-04"), ("found", "2014-05")])
def test_a_conflict_is_settled_either_way(
    desk: Desk, tmp_path: Path, choice: str, wanted: str
) -> None:
    key = keys_of(desk)[0]
    desk.set_text("marlow", key, "target", "April 2014", seen=9, who=ANN)
    made = made_plan()
    made.recommendations[0].target = Target(text="May 2014", edtf="2014-05", kind="date")
    rewrite(tmp_path, made)
    (conflict,) = desk.conflicts("marlow")
    desk.resolve("marlow", conflict.id, choice, who=BEN)
    with Desk(tmp_path) as again:
        for each in (desk, again):
            assert each.conflicts("marlow") == []
            assert each.plan("marlow").recommendations[0].target.edtf == wanted
    with pytest.raises(EditError, match="settled already"):
        desk.resolve("marlow", conflict.id, choice, who=BEN)
    if choice == "mine":
        desk.undo("marlow", who=BEN)
        assert desk.plan("marlow").recommendations[0].target.edtf == "2014-05"


def test_a_correction_in_two_steps_is_one_conflict(desk: Desk, tmp_path: Path) -> None:
    key = keys_of(desk)[0]
    desk.set_text("marlow", key, "number", "1a", seen=9, who=ANN)
    desk.set_text("marlow", key, "number", "1b", seen=9, who=BEN)
    made = made_plan()
    made.recommendations[0].number = "11"
    rewrite(tmp_path, made)
    (conflict,) = desk.conflicts("marlow")
    assert (conflict.old, conflict.found, conflict.new, conflict.who) == ("1", "11", "1b", BEN)


def test_a_correction_of_a_record_that_was_deleted_later_is_no_obstacle(
    desk: Desk, tmp_path: Path
) -> None:
    key = keys_of(desk)[0]
    desk.set_text("marlow", key, "target", "May 2014", seen=9, who=ANN)
    desk.remove_record("marlow", key, seen=9, who=ANN)
    made = made_plan()
    made.recommendations[0].target = Target(text="June 2014", edtf="2014-06", kind="date")
    rewrite(tmp_path, made)
    labels = [(one.label, one.field) for one in desk.conflicts("marlow")]
    assert labels == [("Recommendation 1", "Target date"), ("Recommendation 1", "")]
    desk.resolve("marlow", desk.conflicts("marlow")[1].id, "mine", who=ANN)
    assert key not in keys_of(desk)


def test_an_edit_of_two_fields_is_made_again_whole_or_not_at_all(
    desk: Desk, tmp_path: Path
) -> None:
    key = keys_of(desk)[0]
    desk.move_text("marlow", key, "updates.0.text", "outcome", 0, 14, seen=9, who=ANN)
    made = made_plan()
    made.recommendations[0].outcome = "All know."
    rewrite(tmp_path, made)
    assert desk.plan("marlow") == made  # no word is there twice
    (conflict,) = desk.conflicts("marlow")
    assert (conflict.field, conflict.found) == ("Outcome", "All know.")


def test_what_is_right_by_itself_now_is_no_conflict(desk: Desk, tmp_path: Path) -> None:
    key = keys_of(desk)[0]
    desk.set_text("marlow", key, "number", "1a", seen=9, who=ANN)
    made = made_plan()
    made.recommendations[0].number = "1a"
    rewrite(tmp_path, made)
    assert desk.conflicts("marlow") == []
    assert desk.plan("marlow") == made
    assert not field(desk.record("marlow", key), "number").edited
    assert desk.undo_text("marlow", ANN) == ""


def test_a_record_that_is_gone_is_a_conflict_until_somebody_looks(
    desk: Desk, tmp_path: Path
) -> None:
    keys = keys_of(desk)
    desk.set_text("marlow", keys[3], "number", "4a", seen=9, who=ANN)
    made = made_plan()
    made.recommendations.pop()
    rewrite(tmp_path, made)
    (conflict,) = desk.conflicts("marlow")
    assert (conflict.key, conflict.new) == (None, "4a")
    assert "no longer in the plan" in conflict.message
    with pytest.raises(EditError, match="no longer in the plan"):
        desk.resolve("marlow", conflict.id, "mine", who=ANN)
    rewrite(tmp_path, made.model_copy(update={"unassigned": []}))
    assert [one.id for one in desk.conflicts("marlow")] == [conflict.id]
    desk.resolve("marlow", conflict.id, "found", who=ANN)
    assert desk.conflicts("marlow") == []


def test_a_deleted_record_that_says_something_else_now_comes_back_as_conflict(
    desk: Desk, tmp_path: Path
) -> None:
    keys = keys_of(desk)
    desk.remove_record("marlow", keys[0], seen=9, who=ANN)
    desk.remove_record("marlow", keys[2], seen=9, who=ANN)
    made = made_plan()
    made.recommendations[0].leads = [Lead(name="Cy Reed", text="Cy Reed")]
    made.recommendations[2].confidence = 0.1
    rewrite(tmp_path, made)
    assert keys_of(desk) == [keys[0], keys[1], keys[3]]
    (conflict,) = desk.conflicts("marlow")
    desk.resolve("marlow", conflict.id, "mine", who=ANN)
    assert keys_of(desk) == [keys[1], keys[3]]


def test_whoever_saw_the_old_plan_is_told(desk: Desk, tmp_path: Path) -> None:
    keys = keys_of(desk)
    desk.set_text("marlow", keys[0], "number", "1a", seen=0, who=ANN)
    seen = desk.record("marlow", keys[1]).version
    made = made_plan()
    made.recommendations[1].number = "22"
    rewrite(tmp_path, made)
    with pytest.raises(StaleEditError, match="a new conversion"):
        desk.set_text("marlow", keys[1], "number", "2a", seen=seen, who=BEN)


def test_a_document_under_another_name_keeps_its_corrections(desk: Desk, tmp_path: Path) -> None:
    desk.set_text("marlow", keys_of(desk)[0], "number", "1a", seen=9, who=ANN)
    (tmp_path / "marlow.plan.json").rename(tmp_path / "renamed.plan.json")
    assert desk.plan("renamed").recommendations[0].number == "1a"
    assert [one.name for one in desk.documents()] == ["renamed"]


def test_a_copy_of_a_document_has_corrections_of_its_own(desk: Desk, tmp_path: Path) -> None:
    desk.set_text("marlow", keys_of(desk)[0], "number", "1a", seen=9, who=ANN)
    shutil.copy(tmp_path / "marlow.plan.json", tmp_path / "copy.plan.json")
    assert desk.plan("copy").recommendations[0].number == "1"
    assert desk.plan("marlow").recommendations[0].number == "1a"


def test_a_file_written_again_as_it_was_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    desk.set_text("marlow", keys_of(desk)[0], "number", "1a", seen=9, who=ANN)
    rewrite(tmp_path, made_plan())
    assert desk.undo_text("marlow", ANN)
    assert len(desk.history("marlow")) == 1


def test_corrections_by_hand_are_below_those_of_the_desk(desk: Desk, tmp_path: Path) -> None:
    keys = keys_of(desk)
    desk.set_text("marlow", keys[0], "number", "1a", seen=9, who=ANN)
    folder = tmp_path / "corrections"
    folder.mkdir(exist_ok=True)
    entry = f"""
[[correction]]
document = "{made_plan().document.id}"
record = "{keys[1]}"
field = "number"
old = "2"
new = "2b"
who = "C. Reed"
when = 2026-11-20
why = "Printed so."
"""
    (folder / "by-hand.toml").write_text(entry, encoding="utf-8")
    numbers = [one.number for one in desk.plan("marlow").recommendations]
    assert numbers == ["1a", "2b", "3", "4"]
    desk.write_corrections()
    path = folder / "marlow.review.toml"
    assert keys[1] not in path.read_text(encoding="utf-8")


@settings(max_examples=40)
@given(st.lists(STEPS, max_size=8))
def test_any_corrections_are_made_again_where_nothing_stands_in_their_way(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    """The plan is read anew with other boxes and doubts: all corrections fit."""
    folder = made_folder(tmp_path_factory.mktemp("any"))
    with Desk(folder) as desk:
        for name, at in steps:
            make_edit(desk, name, at)
        before = desk.plan("marlow")
        made = made_plan()
        made.audit.unassigned += 1
        for record in made.recommendations:
            record.confidence = 0.5
        rewrite(folder, made)
        after = desk.plan("marlow")
        assert desk.conflicts("marlow") == []
        assert told(after) == told(before)
        with Desk(folder) as again:
            assert again.plan("marlow") == after
            while again.undo_text("marlow", ANN):
                again.undo("marlow", who=ANN)
            assert told(again.plan("marlow")) == told(made)


def told(plan: Plan) -> list[dict[str, object]]:
    """What the records of a plan say, without what tells of their reading."""
    reading = {"confidence", "issues", "provenance", "cells", "theme_evidence", "id"}
    return [one.model_dump(exclude=reading) for one in plan.recommendations]


ROWS = [
    ["No", "Recommendation", "Lead", "Target date", "Progress"],
    ["1", "Staff should be trained in the new policy.", "Head of Care", "March 2016", "Done."],
    ["2", "Calls should be logged in one place.", "Ann Marlow", "May 2016", "Under way."],
    ["3", "Letters should be read by a patient first.", "Bo Dunn", "June 2016", "Not started."],
]


def draw(path: Path, rows: list[list[str]]) -> Path:
    """Draw a plan with these rows as a PDF."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    styles = getSampleStyleSheet()
    cells = [[Paragraph(text, styles["Normal"]) for text in row] for row in rows]
    grid = Table(cells, [40, 260, 120, 100, 200], style=[("GRID", (0, 0), (-1, -1), 1, "black")])
    heading = Paragraph("Action Plan", styles["Heading1"])
    SimpleDocTemplate(str(path), pagesize=landscape(A4)).build([heading, grid])
    return path


def test_another_edition_of_the_pdf_gets_the_corrections_of_the_first(
    tmp_path: Path, run: Run
) -> None:
    out = tmp_path / "out"
    pdf = draw(tmp_path / "plan.pdf", ROWS)
    assert run("convert", pdf, "-o", out, "-q").code == 0
    with Desk(out) as desk:
        keys = keys_of(desk, "plan")
        assert len(keys) == 3
        desk.set_text("plan", keys[0], "leads", "Director of Care", seen=0, who=ANN)
        desk.set_text("plan", keys[1], "target", "by June 2017", seen=0, who=ANN)
        desk.set_text("plan", keys[2], "leads.0.post", "Head of Housing", seen=0, who=ANN)
        desk.mark("plan", keys[2], "target", "accepted", seen=9, who=ANN)
        new = ["1", "Carers should be asked what they need.", "Cy Reed", "May 2016", "Begun."]
        later = [ROWS[0], new, *([str(n), *row[1:]] for n, row in enumerate(ROWS[1:], 2))]
        later[3] = [*later[3][:3], "August 2016", "Under way."]  # the date was put right in print
        later[4] = [*later[4][:1], "Letters should be read by a patient beforehand.", *later[4][2:]]
        draw(pdf, later)
        assert run("convert", pdf, "-o", out, "-q").code == 0
        plan = desk.plan("plan")
        assert [one.number for one in plan.recommendations] == ["1", "2", "3", "4"]
        assert [one.leads[0].post for one in plan.recommendations] == [
            *(None, "Director of Care", None, "Head of Housing")
        ]
        assert plan.recommendations[3].text.endswith("beforehand.")
        (conflict,) = desk.conflicts("plan")
        assert (conflict.label, conflict.field) == ("Recommendation 2", "Target date")
        assert (conflict.old["text"], conflict.found["text"], conflict.new["text"]) == (
            *("May 2016", "August 2016", "by June 2017"),
        )
        assert conflict.key == plan.recommendations[2].key
        mark = field(desk.record("plan", plan.recommendations[3].key), "target").mark
        assert mark and mark.state == "accepted" and not mark.stale
    done = run("dataset", "build", out, "-o", tmp_path / "dataset")
    assert "2 corrections applied" in done.err
