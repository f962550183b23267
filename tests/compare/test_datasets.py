"""Two versions of a dataset: which document is which, what is counted, other columns."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from actionplan.normalise.compare.datasets import compare_datasets, read_contents
from actionplan.normalise.compare.model import DatasetDiff, as_json
from actionplan.schemas.plan import Plan, Status
from tests.compare.versions import TEXTS, fields, first, only, rekey, second
from tests.conftest import Run
from tests.dataset.plans import full_plan, plan, target, write


class Datasets:
    """Builds datasets of plans."""

    def __init__(self, folder: Path, run: Run) -> None:
        self.folder, self.run = folder, run

    def build(self, name: str, *plans: Plan) -> Path:
        """Build a dataset and return its folder."""
        write(self.folder / f"{name}-plans", *plans)
        target_ = self.folder / name
        ran = self.run("dataset", "build", self.folder / f"{name}-plans", "-o", target_, "-q")
        assert ran.code == 0
        return target_


@pytest.fixture
def datasets(tmp_path: Path, run: Run) -> Datasets:
    return Datasets(tmp_path, run)


def compare(old: Path, new: Path) -> DatasetDiff:
    """The comparison of two folders."""
    return compare_datasets(read_contents(old), read_contents(new))


def other_plan(name: str) -> Plan:
    """A plan with other texts."""
    return plan(name, ["Buses should call at the clinic.", "Lifts should be mended in a day."])


def test_a_dataset_and_itself_do_not_differ(datasets: Datasets) -> None:
    folder = datasets.build("one", first(), full_plan())
    diff = compare(folder, folder)
    assert diff.empty
    assert diff.unchanged == 2
    assert diff.figures.unchanged == 7


def test_documents_come_and_go(datasets: Datasets) -> None:
    old = datasets.build("old", first(), other_plan("buses"))
    new = datasets.build("new", first(), full_plan())
    diff = compare(old, new)
    assert [side.name for side in diff.added] == ["full.pdf"]
    assert [side.name for side in diff.dropped] == ["buses.pdf"]
    assert (diff.documents, diff.unchanged) == ((), 1)
    back = compare(new, old)
    assert (back.added, back.dropped) == (diff.dropped, diff.added)


def test_two_versions_of_the_tool_are_compared_by_field(datasets: Datasets) -> None:
    after = first()
    after.recommendations[0].status = Status(value="completed", basis="text", text="was drafted")
    after.recommendations[1].confidence = 0.5
    after.recommendations[2].leads[0].organisation = "Harrowmere Homes"
    diff = compare(datasets.build("old", first()), datasets.build("new", after))
    (document,) = diff.documents
    assert document.same_file
    assert [fields(record) for record in document.records] == [
        ["status"],
        ["confidence"],
        ["leads", "actions"],
    ]
    assert {name: one.share for name, one in diff.figures.fields.items()} == {
        "status": 0.1667, "confidence": 0.1667, "leads": 0.1667, "actions": 0.1667,
    }  # fmt: skip
    assert diff.figures.status == {"in_progress > completed": 1}


def test_a_new_version_of_a_plan_under_another_name(datasets: Datasets) -> None:
    after = second()
    after.recommendations[0].text = TEXTS[0].replace("should", "must")
    after.recommendations[1].target = target("2021-02-28")
    old = datasets.build("old", first(), other_plan("buses"))
    new = datasets.build("new", rekey(after), other_plan("buses"))
    diff = compare(old, new)
    assert (diff.added, diff.dropped, diff.unchanged) == ((), (), 1)
    (document,) = diff.documents
    assert (document.old.name, document.new.name) == ("first.pdf", "second.pdf")
    assert [fields(record) for record in document.records] == [["text"], ["target"]]


def test_one_name_is_not_enough(datasets: Datasets) -> None:
    other = other_plan("another")
    other.document.name = "first.pdf"
    diff = compare(datasets.build("old", first()), datasets.build("new", other))
    assert (len(diff.added), len(diff.dropped), diff.documents) == (1, 1, ())


def test_of_two_versions_each_goes_with_its_own_name(datasets: Datasets) -> None:
    north, south = first("north"), first("south")
    south.recommendations[5].text = "Tenants should be told whom to ring at night."
    old = datasets.build("old", rekey(north), rekey(south))
    for one in (north, south):
        one.document.id = f"sha256:{'1' if one is north else '2'}" + "0" * 63
        one.recommendations[0].number = "1a"
    diff = compare(old, datasets.build("new", north, south))
    names = [(document.old.name, document.new.name) for document in diff.documents]
    assert sorted(names) == [("north.pdf", "north.pdf"), ("south.pdf", "south.pdf")]
    assert {tuple(fields(record)) for one in diff.documents for record in one.records} == {
        ("number",)
    }


def test_texts_that_begin_like_formulas_and_break_lines(datasets: Datasets) -> None:
    before = first()
    before.recommendations[0].text = '=SUM(A1), "quoted"\nand a second line; 🙂 مرحبا'
    after = before.model_copy(deep=True)
    after.recommendations[0].text = '=SUM(A2), "quoted"\nand a second line; 🙂 مرحبا'
    old, new = datasets.build("old", rekey(before)), datasets.build("new", rekey(after))
    record = only(compare(old, new).documents[0])
    assert record.old and record.old.text == '=SUM(A1), "quoted" and a second line; 🙂 مرحبا'
    assert [one for one in record.changes[0].words if one[0] != "="] == [("-", "A1"), ("+", "A2")]


def drop_column(path: Path, column: str) -> None:
    """Take a column out of a CSV file whose cells hold no commas or line feeds."""
    lines = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    at = lines[0].index(column)
    rows = [",".join([*cells[:at], *cells[at + 1 :]]) for cells in lines]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def test_columns_and_tables_of_another_version_are_told_and_not_compared(
    datasets: Datasets,
) -> None:
    short = plan("short", ["Train staff on the ward."])
    old = datasets.build("old", short)
    short.recommendations[0].acceptance = "Agreed"
    new = datasets.build("new", short)
    drop_column(old / "recommendations.csv", "acceptance")
    (old / "themes.csv").unlink()
    diff = compare(old, new)
    assert diff.documents == ()
    assert not diff.empty
    tables = {table.name: table for table in diff.tables}
    assert tables["recommendations"].only_new == ("acceptance",)
    assert (tables["themes"].old, tables["themes"].new) == (None, 0)


def test_data_without_texts_are_compared_by_key(datasets: Datasets) -> None:
    before = plan("bare", ["Train staff on the ward.", "Buy two lifts."])
    after = before.model_copy(deep=True)
    after.recommendations.reverse()
    after.recommendations[1].status = Status(value="completed")
    old, new = datasets.build("old", before), datasets.build("new", after)
    for folder in (old, new):
        drop_column(folder / "recommendations.csv", "text")
    record = only_with(compare(old, new), "status")
    assert record == [("in both", "1")]


def only_with(diff: DatasetDiff, field: str) -> list[tuple[str, str | None]]:
    """The numbers of the recommendations in which a field changed."""
    return [
        ("in both", record.new.number)
        for document in diff.documents
        for record in document.records
        if record.old and record.new and field in fields(record)
    ]


def test_folders_of_convert_are_compared_too(converted: Path) -> None:
    diff = compare(converted, converted)
    assert diff.empty
    assert diff.figures.unchanged > 300


def test_the_json_of_a_comparison(datasets: Datasets) -> None:
    after = first()
    after.recommendations[0].status = Status(value="completed")
    diff = compare(datasets.build("old", first()), datasets.build("new", after))
    value = json.loads(json.dumps(as_json(diff)))
    assert (value["kind"], value["empty"], value["diff_version"]) == ("datasets", False, "1.0")
    (record,) = value["documents"][0]["records"]
    assert record["changes"][0] == {
        "field": "status",
        "old": "in_progress",
        "new": "completed",
        "parts": {
            "status": ["in_progress", "completed"],
            "status_basis": ["text", "none"],
            "status_text": ["was drafted", None],
        },
    }
    assert value["figures"]["fields"]["status"] == {"changed": 1, "minor": 0, "share": 0.1667}
