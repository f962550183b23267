"""What reviewers correct reaches datasets, exports and downloads."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionplan.corrections import corrections_text
from actionplan.errors import ActionplanError, EditError
from actionplan.normalise.dataset.corrections import correct, load_corrections
from actionplan.review.desk import Desk
from actionplan.review.shelf import Shelf
from actionplan.review.state import DocumentState
from actionplan.schemas.plan import Plan, Section
from tests.conftest import Run
from tests.review.made import keys_of, made_folder, made_plan, rewrite
from tests.review.test_edits import STEPS, make_edit

ANN: dict[str, Any] = {"seen": 10**6, "who": "A. Marlow"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk(made_folder(tmp_path)) as opened:
        yield opened


def corrected(folder: Path, plan: Plan) -> Plan:
    """The plan file with the corrections beside it; each has to be applied."""
    entries = load_corrections(folder / "corrections")
    made, results = correct(plan, entries)
    assert [one.outcome for one in results] == ["applied"] * len(entries)
    return made


@settings(max_examples=40)
@given(st.lists(STEPS, max_size=7))
def test_the_corrections_file_gives_the_plan_of_the_desk(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    folder = made_folder(tmp_path_factory.mktemp("any"))
    with Desk(folder) as desk:
        for name, at in steps:
            make_edit(desk, name, at)
        desk.write_corrections()
        assert corrected(folder, made_plan()) == desk.plan("marlow")


def test_an_entry_says_who_when_and_why(desk: Desk, tmp_path: Path) -> None:
    keys = keys_of(desk)
    desk.set_text("marlow", keys[0], "number", "1a", why="Printed so on page 2.", **ANN)
    desk.set_text("marlow", keys[0], "number", "1b", seen=99, who="B. Dunn")
    desk.set_text("marlow", keys[0], "scope", "“Local”\n\x7f\x01 \\", **ANN)
    path = tmp_path / "corrections" / "marlow.review.toml"
    number, scope = tomllib.loads(path.read_text(encoding="utf-8"))["correction"]
    assert (number["old"], number["new"], number["who"]) == ("1", "1b", "B. Dunn")
    assert number["why"] == "Number of Recommendation 1a changed (review desk)"
    assert number["when"].isoformat() == desk.history("marlow")[0].when[:10]
    assert scope["new"] == "“Local” \x7f\x01 \\"
    assert "old" not in scope


def test_the_file_goes_along_with_each_edit_and_ends_with_the_last_correction(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "corrections" / "marlow.review.toml"
    desk.mark("marlow", keys_of(desk)[0], None, "accepted", **ANN)
    assert not path.exists()
    desk.set_text("marlow", keys_of(desk)[0], "number", "1a", **ANN)
    assert path.exists()
    assert desk.write_corrections("marlow") == []
    path.unlink()
    assert desk.write_corrections("marlow") == [path]
    desk.undo("marlow", who="A. Marlow")
    assert not path.exists()
    desk.redo("marlow", who="A. Marlow")
    assert path.exists()


def test_an_edit_is_saved_also_where_the_file_cannot_be_written(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "corrections").write_text("in the way", encoding="utf-8")
    desk.set_text("marlow", keys_of(desk)[0], "number", "1a", **ANN)
    assert desk.plan("marlow").recommendations[0].number == "1a"
    with pytest.raises(ActionplanError, match="corrections"):
        desk.write_corrections()
    (tmp_path / "corrections").unlink()
    with Desk(tmp_path) as again:
        assert len(again.write_corrections()) == 1


def test_values_of_all_kinds_survive_toml() -> None:
    value = {"a b": 1, "c": [1.5, True, {"d": None, "e": "f"}], "g": {}, "h": [], "i": None}
    text = corrections_text([{"new": value, "old": None}], "A comment.")
    assert tomllib.loads(text)["correction"] == [
        {"new": {"a b": 1, "c": [1.5, True, {"e": "f"}], "g": {}, "h": []}}
    ]


def all_edits(desk: Desk) -> None:
    """Make edits of every kind that corrections tell apart."""
    keys = keys_of(desk)
    desk.set_text("marlow", keys[0], "target", "30 June 2016", **ANN)
    desk.set_text("marlow", keys[0], "leads", "Ms Bo Dunn, Head of Housing", **ANN)
    desk.set_document_field("marlow", "case", "Case 12", **ANN)
    desk.split_record("marlow", keys[0], actions=(1,), **ANN)
    desk.add_record("marlow", after=keys[2], text="Ask for help.", **ANN)
    desk.merge_records("marlow", keys[1], keys[2], **ANN)
    desk.remove_record("marlow", keys[3], **ANN)


def test_a_dataset_has_the_corrected_values(desk: Desk, tmp_path: Path, run: Run) -> None:
    all_edits(desk)
    desk.write_corrections()
    wanted = desk.plan("marlow")
    done = run("dataset", "build", tmp_path, "-o", tmp_path / "dataset")
    assert done.code == 0
    rows = table(tmp_path, "recommendations")
    assert [one["record_key"] for one in rows] == [one.key for one in wanted.recommendations]
    assert [one["text"] for one in rows] == [one.text for one in wanted.recommendations]
    assert rows[0]["target_start"] == "2016-06-30"
    assert [one["post"] for one in table(tmp_path, "leads")] == ["Head of Housing"]
    assert table(tmp_path, "documents")[0]["case"] == "Case 12"
    told = table(tmp_path, "corrections")
    assert {one["outcome"] for one in told} == {"applied"}
    assert {one["change"] for one in told} == {"set", "add", "remove"}
    assert {one["file"] for one in told} == {"marlow.review.toml"}
    assert f"{len(told)} corrections applied" in done.err


def table(folder: Path, name: str) -> list[dict[str, str]]:
    """A table of the dataset."""
    text = (folder / "dataset" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def test_exports_have_the_corrected_values(desk: Desk, tmp_path: Path, run: Run) -> None:
    all_edits(desk)
    desk.write_corrections()
    target = tmp_path / "actions.csv"
    assert run("export", tmp_path, "--to", "csv", "-o", target, "--quiet").code == 0
    text = target.read_text(encoding="utf-8")
    assert "Head of Housing" in text
    assert "Ask for help." in text
    assert made_plan().recommendations[3].text not in text


def test_a_plan_is_downloaded_as_it_is_now(desk: Desk) -> None:
    all_edits(desk)
    plan = desk.plan("marlow")
    file = desk.download("marlow", "json")
    assert file.filename == "marlow.plan.json"
    assert Plan.model_validate_json(file.data) == plan
    assert json.loads(file.data)["document"]["case"] == "Case 12"
    rows = list(
        csv.DictReader(io.StringIO(desk.download("marlow", "csv").data.decode("utf-8-sig")))
    )
    assert len(rows) == sum(max(len(one.actions), 1) for one in plan.recommendations)
    book = openpyxl.load_workbook(io.BytesIO(desk.download("marlow", "xlsx").data))
    cells = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value]
    assert any("Head of Housing" in one for one in cells)
    with pytest.raises(EditError, match="no form"):
        desk.download("marlow", "docx")


def test_the_command_writes_what_the_desk_would(desk: Desk, tmp_path: Path, run: Run) -> None:
    desk.set_text("marlow", keys_of(desk)[0], "number", "1a", **ANN)
    path = tmp_path / "corrections" / "marlow.review.toml"
    path.unlink()
    done = run("review", tmp_path, "--write")
    assert (done.code, done.out) == (0, "")
    assert done.err == f"written: {path}\n"
    assert run("review", tmp_path / "none", "--write").code == 2


def test_sections_are_corrected_one_by_one_or_as_a_whole(desk: Desk, tmp_path: Path) -> None:
    """What a change of tables does to sections: other columns, or other sections."""
    from actionplan.review.changes import Change
    from actionplan.review.corrections_out import correction_entries
    from actionplan.review.edits import Edited
    from actionplan.review.shelf import Request

    shelf: Shelf = desk._shelf
    old = shelf.state("marlow").draft.parts["sections"]
    column = {"header": "Action", "field": "outcome"}
    other = [{**old[0], "columns": [column]}]
    more = [*other, Section(id="s2", kind="other", heading="B", pages=[2], columns=[]).model_dump()]

    def edit(before: Any, after: Any) -> None:
        def build(state: DocumentState) -> Edited:
            return Edited([Change("set", None, "sections", before, after)], "Columns changed")

        shelf.commit(Request("marlow", "A. Marlow", None, {"name": "test"}), build)

    edit(old, other)
    (entry,) = correction_entries(shelf.state("marlow"))
    assert (entry["section"], entry["field"]) == ("s1", "columns")
    desk.write_corrections()
    assert corrected(tmp_path, made_plan()) == desk.plan("marlow")
    edit(other, more)
    key = keys_of(desk)[3]
    desk.set_field("marlow", key, "text", "It is in the other one.", **ANN)
    desk.add_record("marlow", after=key, section="s2", text="New.", **ANN)
    desk.write_corrections()
    made = corrected(tmp_path, made_plan())
    assert made == desk.plan("marlow")
    assert [one.id for one in made.sections] == ["s1", "s2"]


def test_corrections_that_no_longer_fit_are_reported(desk: Desk, tmp_path: Path, run: Run) -> None:
    keys = keys_of(desk)
    desk.remove_record("marlow", keys[3], **ANN)
    desk.set_text("marlow", keys[0], "leads", "Head of Housing", **ANN)
    desk.write_corrections()
    made = made_plan()
    made.recommendations[0].leads = []
    made.recommendations[3].text = "It says something else now."
    rewrite(tmp_path, made)
    done = run("dataset", "build", tmp_path, "-o", tmp_path / "dataset")
    assert done.code == 0
    assert [one["outcome"] for one in table(tmp_path, "corrections")] == ["conflict", "conflict"]
    assert "marlow.review.toml, correction 1" in done.err


def test_who_has_checked_what_is_a_table(desk: Desk, tmp_path: Path) -> None:
    keys = keys_of(desk)
    desk.mark("marlow", keys[1], None, "accepted", **ANN)
    desk.mark("marlow", keys[0], "leads", "flagged", note="=Who is it?", **ANN)
    desk.mark("marlow", None, None, "accepted", **ANN)
    desk.set_text("marlow", keys[1], "number", "2a", seen=99, who="B. Dunn")
    path = tmp_path / "review.csv"
    assert path in desk.write_corrections()
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    assert [(one["record_key"], one["field"], one["state"], one["current"]) for one in rows] == [
        ("", "", "accepted", "false"),
        (keys[0], "leads", "flagged", "true"),
        (keys[1], "", "accepted", "false"),
    ]
    assert rows[1]["note"] == "'=Who is it?"
    assert {one["who"] for one in rows} == {"A. Marlow"}
    assert desk.write_corrections() == []
    for _ in range(3):
        desk.undo("marlow", who="A. Marlow")
    assert desk.write_corrections() == [path]
    assert not path.exists()
