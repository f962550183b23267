"""The views of the DuckDB file answer the usual questions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from actionplan.cli import main
from actionplan.schemas.dataset import DATASET
from actionplan.schemas.plan import (
    Action,
    Agency,
    Date,
    Lead,
    Plan,
    Recommendation,
    Status,
    StatusValue,
    Target,
    Update,
)
from tests.dataset.plans import day, identity, plan, target, write

TEXTS = [f"The {word} should be reviewed by each of the partners." for word in "abcdefghi"]
POLICE = Agency(name="the Police", canonical="Thornshire Police")
HOMES = Agency(name="Harrowmere Homes")


def told(record: Recommendation, value: StatusValue) -> Recommendation:
    record.status = Status(value=value, basis="column", text=value)
    return record


def made() -> Plan:
    """Nine recommendations: overdue, completed late or early, without owner or date."""
    whole = plan("a", TEXTS, {"case": "7", "date": day("2014-01-01")})
    late, done, ongoing, revised, action, bare, soon, month, shown = whole.recommendations
    late.target = target("2014-03-31")
    told(late, "in_progress").leads = [Lead(name="Ann Marlow", text="Ann Marlow")]
    done.target = target("2014-03-31")
    told(done, "completed").completion = day("2014-04-10")
    done.agencies = [POLICE, HOMES]
    ongoing.target = target("2014-01-31")
    told(ongoing, "ongoing").themes = ["training"]
    revised.target = target("2014-01-31")
    revised.revised_target = target("2014-09-30")
    told(revised, "not_started").themes = ["training", "housing"]
    action.actions = [
        Action(text="First.", target=target("2014-02-28"), agencies=[POLICE]),
        Action(text="Then.", target=target("2014-05-31"), leads=[Lead(post="DI", text="DI")]),
    ]
    action.agencies = [Agency(name="Police", canonical="Thornshire Police")]
    bare.target = Target(text="Ongoing", kind="ongoing", ongoing=True)
    bare.printed_themes = ["Theme 1"]
    soon.target = target("2014-06-30")
    told(soon, "completed").completion = day("2014-06-01")
    month.target = Target(
        text="March 2014", edtf="2014-03", start="2014-03-01", end="2014-03-31", kind="date"
    )
    told(month, "completed").completion = Date(
        text="March 2014", edtf="2014-03", start="2014-03-01", end="2014-03-31"
    )
    shown.target = target("2013-12-31")
    told(shown, "completed").updates = [
        update("2014-03-01", "completed"),
        update("2014-01-28", "completed"),
        update("2013-11-11", "in_progress"),
    ]
    return whole


def update(when: str, value: StatusValue) -> Update:
    return Update(label=when, date=day(when), text=value, status=Status(value=value))


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    """A dataset of that plan, and of an older copy of it that must not count."""
    folder: Path = tmp_path_factory.mktemp("views")
    older = made()
    older.document = older.document.model_copy(
        update={"id": identity("b"), "name": "b.pdf", "date": day("2013-01-01")}
    )
    write(folder / "plans", made(), older)
    assert main(["dataset", "build", str(folder / "plans"), "-o", str(folder / "x"), "-q"]) == 0
    return duckdb.connect(folder / "x" / "dataset.duckdb", read_only=True)


def ask(base: duckdb.DuckDBPyConnection, query: str) -> list[Any]:
    return base.execute(query).fetchall()


def test_copies_do_not_count(base: duckdb.DuckDBPyConnection) -> None:
    assert ask(base, "select count(*) from recommendations") == [(18,)]
    assert ask(base, "select count(*), any_value(document) from counted_recommendations") == [
        (9, "a.pdf")
    ]
    assert ask(base, "select document from counted_documents") == [("a.pdf",)]
    assert ask(base, "select document, duplicate_of from documents where duplicate_of <> ''") == [
        ("b.pdf", identity("a"))
    ]


@pytest.mark.parametrize(
    ("day", "numbers"),
    [
        ("2014-03-31", []),
        ("2014-04-01", ["1", "2"]),  # completed on 10 April
        ("2014-04-10", ["1"]),
        ("2014-06-01", ["1", "5"]),  # the latest of its actions was due on 31 May
        ("2014-10-01", ["1", "4", "5"]),  # by its revised date
    ],
)
def test_overdue_at_a_day(day: str, numbers: list[str], base: duckdb.DuckDBPyConnection) -> None:
    rows = ask(base, f"select number, days_overdue from overdue('{day}')")
    assert sorted(number for number, _ in rows) == numbers
    assert all(days > 0 for _, days in rows)


def test_days_overdue(base: duckdb.DuckDBPyConnection) -> None:
    assert ask(base, "select number, days_overdue from overdue('2014-04-02')") == [
        ("1", 2),
        ("2", 2),
    ]


def test_a_month_is_completed_with_its_first_day(base: duckdb.DuckDBPyConnection) -> None:
    assert "8" not in {row[0] for row in ask(base, "select number from overdue('2014-04-02')")}


def test_per_agency_counts_each_recommendation_once(base: duckdb.DuckDBPyConnection) -> None:
    query = "select agency, recommendations, documents, completed, unknown from per_agency"
    assert ask(base, query) == [("Thornshire Police", 2, 1, 1, 1), ("Harrowmere Homes", 1, 1, 1, 0)]


def test_per_theme(base: duckdb.DuckDBPyConnection) -> None:
    query = "select basis, theme, recommendations, ongoing, not_started from per_theme"
    assert ask(base, query) == [
        ("vocabulary", "training", 2, 1, 1),
        ("vocabulary", "housing", 1, 0, 1),
        ("printed", "Theme 1", 1, 0, 0),
    ]


def test_without_owner_or_date(base: duckdb.DuckDBPyConnection) -> None:
    assert [row[0] for row in ask(base, "select number from no_owner")] == list("2346789")
    assert ask(base, "select number, target_kind from no_date") == [("6", "ongoing")]


def test_time_from_target_to_completion(base: duckdb.DuckDBPyConnection) -> None:
    assert ask(base, "select number, days_late, basis from completion_times") == [
        ("2", 10, "completion"),
        ("7", -29, "completion"),
        ("8", 0, "completion"),
        ("9", 28, "update"),
    ]


def test_the_columns_of_the_reviews_database(base: duckdb.DuckDBPyConnection) -> None:
    relation = base.execute("from dhrd_recommendations")
    assert [one[0] for one in relation.description or ()] == [
        "dhr_id",
        "rec_id",
        "rec_text",
        "rel_agency",
    ]
    rows = relation.fetchall()
    assert len({row[1] for row in rows}) == len(rows) == 9
    assert {row[0] for row in rows} == {identity("a")}
    assert [row[3] for row in rows if row[3]] == [
        "Thornshire Police; Harrowmere Homes",
        "Thornshire Police",
    ]


def test_tables_and_columns_say_what_they_are(base: duckdb.DuckDBPyConnection) -> None:
    tables = dict(ask(base, "select table_name, comment from duckdb_tables()"))
    assert tables == {name: table.description for name, table in DATASET.items()}
    views = ask(base, "select view_name, comment from duckdb_views() where not internal")
    assert len(views) >= 9
    assert [name for name, comment in views if not comment] == []
    columns = ask(
        base,
        "select table_name, column_name, comment from duckdb_columns() "
        f"where table_name in {tuple(DATASET)}",
    )
    assert {(table, name): text for table, name, text in columns} == {
        (table.name, column.name): column.description
        for table in DATASET.values()
        for column in table.columns
    }
