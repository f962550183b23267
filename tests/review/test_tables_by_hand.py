"""Rows split and joined, columns given another field, on a real PDF: records follow at once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from actionplan.cli import main
from actionplan.errors import EditError, NoSuchRecordError, PdfMissingError
from actionplan.normalise.dataset.corrections import correct, load_corrections
from actionplan.review.desk import Desk
from actionplan.review.model import JoinView
from actionplan.schemas.plan import Plan
from tests.review.made import CUT_ROWS, copied, field, rewrite
from tests.review.made import keys_of as keys_of_document

ANN, BEN = "A. Marlow", "B. Dunn"
NAME = CUT_ROWS.stem


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("converted")
    shutil.copy(CUT_ROWS, folder)
    assert main(["convert", str(folder / CUT_ROWS.name), "-o", str(folder / "out"), "-q"]) == 0
    return folder / "out"


@pytest.fixture
def folder(outputs: Path, tmp_path: Path) -> Path:
    return copied(outputs, tmp_path / "out")


@pytest.fixture(scope="module")
def shared(outputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One desk, and so one process that reads PDFs, for tests that take back what they do."""
    with Desk(copied(outputs, tmp_path_factory.mktemp("shared") / "out")) as opened:
        yield opened


@pytest.fixture
def desk(shared: Desk) -> Iterator[Desk]:
    before = shared.plan(NAME)
    yield shared
    open_ = [one for one in shared.history(NAME, 1000) if one.kind == "edit" and not one.undone]
    for line in open_:  # the last one first, whoever made it
        shared.undo(NAME, who=line.who)
    assert shared.plan(NAME) == before


def keys_of(desk: Desk) -> list[str]:
    """The keys of the records in order."""
    return keys_of_document(desk, NAME)


def joins(desk: Desk) -> list[JoinView]:
    """The decisions at all page breaks."""
    found: list[JoinView] = []
    for page in range(1, desk.document(NAME).pages + 1):
        tables = desk.page_tables(NAME, page, wait=True)
        assert tables
        found += tables.joins
    return found


def now(desk: Desk) -> int:
    """The version of the document."""
    return desk.document(NAME).version


def words(plan: Plan) -> list[str]:
    """All words of the raw cells."""
    found = [c for one in plan.recommendations for row in one.cells for c in row]
    return sorted(" ".join(found).split())


def test_a_row_is_split_where_it_was_joined(desk: Desk) -> None:
    before = desk.plan(NAME)
    join = next(one for one in joins(desk) if one.joined)
    saved = desk.split_join(NAME, join.table, join.index, seen=now(desk), who=ANN)
    after = desk.plan(NAME)
    assert len(after.recommendations) == len(before.recommendations) + 1
    assert saved.reload
    assert words(after) == words(before)
    keys, old = keys_of(desk), [one.key for one in before.recommendations]
    assert [key for key in keys if key in old] == old
    (new,) = set(keys) - set(old)
    assert keys.index(new) == keys.index(str(join.key)) + 1
    assert all(place.page >= join.page for place in desk.record(NAME, new).fields[2].places)
    turned = joins(desk)[join.index]
    assert (turned.joined, turned.by_hand, turned.key) == (False, True, new)
    assert turned.evidence[0][2] == "split: set by hand"
    reason = after.sections[0].joins[join.index]
    assert (reason.joined, reason.record) == (False, None)
    assert "set by hand" in reason.evidence[0]
    with pytest.raises(EditError, match="split there already"):
        desk.split_join(NAME, join.table, join.index, seen=now(desk), who=ANN)


def test_joining_it_again_gives_the_records_as_before(desk: Desk) -> None:
    before = desk.plan(NAME)
    join = [one for one in joins(desk) if one.joined][3]
    saved = desk.split_join(NAME, join.table, join.index, seen=now(desk), who=ANN)
    assert saved.message == "Row split on page 5; the rows still make one recommendation"
    desk.join_join(NAME, join.table, join.index, seen=now(desk), who=BEN)
    after = desk.plan(NAME)
    assert [one.key for one in after.recommendations] == [one.key for one in before.recommendations]
    assert [one.text for one in after.recommendations] == [
        one.text for one in before.recommendations
    ]
    with pytest.raises(EditError, match="joined there already"):
        desk.join_join(NAME, join.table, join.index, seen=now(desk), who=ANN)


def test_two_rows_become_one(desk: Desk) -> None:
    before = desk.plan(NAME)
    join = next(one for one in joins(desk) if not one.joined)
    desk.join_join(NAME, join.table, join.index, seen=now(desk), who=ANN)
    after = desk.plan(NAME)
    assert len(after.recommendations) == len(before.recommendations) - 1
    assert words(after) == words(before)
    one, other = before.recommendations[-2:]
    assert after.recommendations[-1].key == one.key
    last = after.recommendations[-1]
    assert last.text.startswith(one.text) and other.text.split()[-1] in last.text
    assert {place.page for place in last.provenance["text"]} >= {join.page}


def test_a_row_is_split_inside_a_page_and_joined(desk: Desk) -> None:
    before = desk.plan(NAME)
    tables = desk.page_tables(NAME, 1, wait=True)
    assert tables
    cell = max(tables.cells, key=lambda one: len(one.text))
    middle = (cell.bbox[1] + cell.bbox[3]) / 2
    desk.split_row(NAME, cell.table, cell.row, 1, middle, seen=now(desk), who=ANN)
    assert words(desk.plan(NAME)) == words(before)
    assert len(desk.plan(NAME).recommendations) == len(before.recommendations) + 1
    desk.join_rows(NAME, cell.table, cell.row, seen=now(desk), who=ANN)
    assert [one.key for one in desk.plan(NAME).recommendations] == [
        one.key for one in before.recommendations
    ]


def test_a_column_gets_another_field_and_all_records_follow(desk: Desk) -> None:
    before = desk.plan(NAME)
    columns = desk.document(NAME).sections[0].columns
    at = next(place for place, (_, name) in enumerate(columns) if name == "progress")
    saved = desk.set_column(NAME, "s1", at, "outcome", seen=now(desk), who=ANN)
    after = desk.plan(NAME)
    assert [one.key for one in after.recommendations] == [one.key for one in before.recommendations]
    assert after.sections[0].columns[at].field == "outcome"
    assert all(one.outcome for one in after.recommendations if one.cells[0][at])
    assert not any(one.outcome for one in before.recommendations)
    assert words(after) == words(before)
    assert len(saved.keys) > 10
    cells = desk.page_tables(NAME, 1, wait=True)
    assert cells and "outcome" in {one.field for one in cells.cells}
    desk.undo(NAME, who=ANN)
    assert desk.plan(NAME) == before


def test_a_change_of_tables_keeps_corrections_or_is_refused(desk: Desk) -> None:
    join = next(one for one in joins(desk) if one.joined)
    keys = keys_of(desk)
    other = keys[-1]
    desk.set_text(NAME, other, "leads", "Head of Care", seen=now(desk), who=BEN)
    desk.split_join(NAME, join.table, join.index, seen=now(desk), who=ANN)
    assert desk.record(NAME, other).value["leads"][0]["post"] == "Head of Care"
    desk.undo(NAME, who=ANN)
    desk.set_text(NAME, str(join.key), "text", "All that was said.", seen=now(desk), who=BEN)
    with pytest.raises(EditError, match="was corrected by hand in what this would change"):
        desk.split_join(NAME, join.table, join.index, seen=now(desk), who=ANN)
    desk.undo(NAME, who=BEN)
    desk.remove_record(NAME, str(join.key), seen=now(desk), who=BEN)
    with pytest.raises(EditError, match="deleted by hand"):
        desk.split_join(NAME, join.table, join.index, seen=now(desk), who=ANN)


def test_a_correction_of_a_split_record_goes_along_with_the_next_change(desk: Desk) -> None:
    every = [one for one in joins(desk) if one.joined]
    first, last = every[0], every[-1]
    saved = desk.split_join(NAME, first.table, first.index, seen=now(desk), who=ANN)
    new = next(key for key in saved.keys if key != first.key)
    desk.set_text(NAME, new, "number", "2 b", seen=now(desk), who=ANN)
    desk.split_join(NAME, last.table, last.index, seen=now(desk), who=ANN)
    assert desk.record(NAME, new).value["number"] == "2 b"
    with pytest.raises(EditError, match="corrected by hand"):
        desk.join_join(NAME, first.table, first.index, seen=now(desk), who=ANN)


REFUSED = {
    "no such section": lambda d: d.set_column(NAME, "s9", 0, "lead", seen=now(d), who=ANN),
    "no such column": lambda d: d.set_column(NAME, "s1", 9, "lead", seen=now(d), who=ANN),
    "is no field": lambda d: d.set_column(NAME, "s1", 1, "colour", seen=now(d), who=ANN),
    "no such page break": lambda d: d.split_join(NAME, 0, 99, seen=now(d), who=ANN),
    "no such table": lambda d: d.join_rows(NAME, 7, 0, seen=now(d), who=ANN),
    "no row below": lambda d: d.join_rows(NAME, 0, 14, seen=now(d), who=ANN),
    "nothing changes": lambda d: d.set_column(NAME, "s1", 2, "lead", seen=now(d), who=ANN),
}


@pytest.mark.parametrize("message", REFUSED)
def test_what_cannot_be_done_is_refused(desk: Desk, message: str) -> None:
    with pytest.raises(EditError, match=message):
        REFUSED[message](desk)


def test_each_cell_knows_its_field(desk: Desk) -> None:
    plan = desk.plan(NAME)
    by_key = {one.key: one for one in plan.recommendations}
    wrong = []
    for page in range(1, desk.document(NAME).pages + 1):
        tables = desk.page_tables(NAME, page, wait=True)
        assert tables and tables.width > tables.height > 500
        for cell in tables.cells:
            assert cell.key
            row = next(r for r in by_key[cell.key].cells if cell.text == r[cell.column])
            wanted = {0: ("text", "number", "label"), 2: ("leads", "updates"), 3: ("target",)}
            if row and cell.text and cell.field not in wanted.get(cell.column, (cell.field,)):
                wrong.append((cell.id, cell.field))
    assert wrong == []


def test_the_sizes_of_pages_are_known_once_the_pdf_was_read(folder: Path) -> None:
    with Desk(folder) as desk:
        assert desk.page_sizes(NAME) == ()
        tables = desk.page_tables(NAME, 2, wait=True)
        sizes = desk.document(NAME).page_sizes
        assert tables and sizes[1] == (tables.width, tables.height)
        assert len(sizes) == desk.document(NAME).pages


def test_the_field_at_a_place_is_found(desk: Desk) -> None:
    key = keys_of(desk)[0]
    place = field(desk.record(NAME, key), "leads").places[0]
    x, y = place.bbox[0] + 2, place.bbox[1] + 2
    found = desk.field_at(NAME, place.page, x, y)
    assert found and (found.key, found.field) == (key, "leads")
    assert desk.field_at(NAME, place.page, 1, 1) is None
    with pytest.raises(NoSuchRecordError):
        desk.page_tables(NAME, 99, wait=True)


def test_without_its_pdf_a_document_is_reviewed_all_the_same(folder: Path) -> None:
    moved = CUT_ROWS.read_bytes()
    for entry in (folder / ".actionplan").rglob("*.json"):
        entry.unlink()
    with Desk(folder) as desk:
        key = keys_of(desk)[0]
        assert desk.pdf(NAME) is None
        assert not desk.documents()[0].has_pdf
        with pytest.raises(PdfMissingError, match="choose the file again"):
            desk.page_tables(NAME, 1)
        with pytest.raises(PdfMissingError):
            desk.join_rows(NAME, 0, 0, seen=0, who=ANN)
        desk.set_text(NAME, key, "number", "1a", seen=0, who=ANN)
        assert desk.page_fields(NAME, 1)
        with pytest.raises(EditError, match="not the file"):
            desk.attach_pdf(NAME, moved + b" ")
        path = desk.attach_pdf(NAME, moved)
        assert desk.pdf(NAME) == path
        assert path.is_relative_to(folder)
    with Desk(folder) as again:
        assert again.pdf(NAME) == path
        path.write_bytes(b"another file")
        assert again.pdf(NAME) is None


def test_a_document_is_read_again_as_it_was_converted(tmp_path: Path) -> None:
    columns = tmp_path / "columns.toml"
    columns.write_text('[columns]\n"Summary of Action Taken & Date" = "outcome"\n')
    out = tmp_path / "out"
    options = ["--columns", str(columns), "-o", str(out), "-q"]
    assert main(["convert", str(CUT_ROWS), *options]) == 0
    with Desk(out) as desk:
        before = desk.plan(NAME)
        assert before.recommendations[0].outcome
        join = next(one for one in joins(desk) if one.joined)
        saved = desk.split_join(NAME, join.table, join.index, seen=0, who=ANN)
        assert len(saved.keys) == 2
        after = desk.plan(NAME)
        (added,) = {one.key for one in after.recommendations} - {
            one.key for one in before.recommendations
        }
        new = next(one for one in after.recommendations if one.key == added)
        assert new.outcome
        assert after.recommendations[0] == before.recommendations[0]


def test_changes_of_tables_outlive_a_conversion_anew(folder: Path) -> None:
    with Desk(folder) as desk:
        first, second = [one for one in joins(desk) if one.joined and one.index in (0, 4)]
        desk.split_join(NAME, first.table, first.index, seen=0, who=ANN)
        before = desk.plan(NAME)
        made = Plan.model_validate_json((folder / f"{NAME}.plan.json").read_bytes())
        made.recommendations[-1].number = "99"
        rewrite(folder, made, NAME)
        after = desk.plan(NAME)
        assert desk.conflicts(NAME) == []
        assert after.recommendations[:-1] == before.recommendations[:-1]
        assert after.recommendations[-1].number == "99"
        desk.split_join(NAME, second.table, second.index, seen=now(desk), who=ANN)
        assert len(desk.plan(NAME).recommendations) == len(before.recommendations) + 1
        desk.write_corrections()
        made, results = correct(made, load_corrections(folder / "corrections"))
        assert {one.outcome for one in results} == {"applied"}
        assert made == desk.plan(NAME)
