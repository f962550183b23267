"""Tidy tables, the list of what to check, data frames."""

from __future__ import annotations

from actionplan.normalise.interpret import interpret
from actionplan.normalise.tidy import check_rows, tidy_tables
from actionplan.schemas.plan import Plan
from actionplan.schemas.tidy import TABLES, column_names
from tests.normalise.tables import document, table

HEADERS = ("Recommendation", "Action", "Lead", "Target date", "Progress")


def plan() -> Plan:
    """Return a plan of two records, the second in doubt."""
    rows = [
        [
            "Recommendation 1 Act.",
            "1. Train all staff.\n\n2. Audit the files.",
            "Ann Marlow\n\nBen Tye",
            "March 2013\n\nApril 2013",
            "Update May 2013: Training was held.",
        ],
        ["Recommendation 3 Go.", "", "", "31 September 2014", ""],
    ]
    notes = "The Board looked at this plan"
    return interpret(document(table(HEADERS, rows, "Action plan"), notes=notes))


def test_every_table_has_its_columns_in_order() -> None:
    tables = tidy_tables([plan()])
    assert list(tables) == list(TABLES)
    for name, rows in tables.items():
        for row in rows:
            assert list(row) == column_names(name)


def test_column_names_are_unique() -> None:
    for name in [*TABLES, "check"]:
        names = column_names(name)
        assert len(names) == len(set(names))


def test_counts_and_keys() -> None:
    made = plan()
    tables = tidy_tables([made])
    counts = {name: len(rows) for name, rows in tables.items()}
    assert (counts["documents"], counts["sections"], counts["recommendations"]) == (1, 1, 2)
    assert (counts["actions"], counts["updates"]) == (2, 1)
    keys = {row["record_key"] for row in tables["recommendations"]}
    assert keys == {record.key for record in made.recommendations}
    for name in ("actions", "leads", "agencies", "updates", "issues"):
        assert {row["record_key"] for row in tables[name]} <= keys


def test_leads_say_which_action_they_belong_to() -> None:
    rows = tidy_tables([plan()])["leads"]
    assert [(row["name"], row["action"], row["position"]) for row in rows] == [
        ("Ann Marlow", None, 1),
        ("Ben Tye", None, 2),
        ("Ann Marlow", 1, 3),
        ("Ben Tye", 2, 4),
    ]


def test_dates_are_iso() -> None:
    (row,) = tidy_tables([plan()])["updates"]
    assert (row["date_edtf"], row["date_start"], row["date_end"]) == (
        "2013-05",
        "2013-05-01",
        "2013-05-31",
    )


def test_no_plans_give_empty_tables() -> None:
    assert all(rows == [] for rows in tidy_tables([]).values())
    assert check_rows([]) == []


def test_check_lists_the_worst_first() -> None:
    made = plan()
    made.recommendations[0].confidence = 0.3
    rows = check_rows([made])
    assert [list(row) for row in rows] == [column_names("check")] * len(rows)
    assert rows[0]["record"] == "s1-r1"
    assert rows[0]["reason"] == "The record as a whole is unsure."
    doubts = [row for row in rows if row["record"] == "s1-r2"]
    assert {row["code"] for row in doubts} == {"date-impossible", "number-gap"}
    assert doubts[0]["code"] == "date-impossible"
    assert rows[-1]["field"] == "unassigned"
    assert "The Board looked at this plan" in str(rows[-1]["reason"])


def test_sure_records_are_not_listed() -> None:
    made = plan()
    assert "s1-r1" not in {row["record"] for row in check_rows([made])}


def test_frame_has_one_row_a_record() -> None:
    frame = plan().to_frame()
    assert list(frame["id"]) == ["s1-r1", "s1-r2"]
    assert frame.loc[0, "actions"] == "1: Train all staff.\n2: Audit the files."
    assert frame.loc[0, "updates"] == "Update May 2013: Training was held."
    assert frame.loc[0, "leads"] == "Ann Marlow; Ben Tye"
    assert list(frame.columns)[:4] == ["document", "id", "section", "section_agency"]


def test_frame_of_an_empty_plan_has_its_columns() -> None:
    empty = interpret(document())
    assert len(empty.to_frame()) == 0
    assert "target_edtf" in empty.to_frame().columns
