"""One plan as a file for somebody: the plan file, a table of its recommendations, a workbook."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from actionplan import __version__
from actionplan.errors import MissingComponentError

if TYPE_CHECKING:
    from actionplan.normalise.export.fields import Row
    from actionplan.normalise.export.mapping import Mapping
    from actionplan.normalise.export.select import Selection
    from actionplan.schemas.plan import Plan


def plan_json(plan: Plan) -> bytes:
    """Return a plan as ``convert`` writes it."""
    return (plan.model_dump_json(indent=2) + "\n").encode()


def plan_csv(plan: Plan) -> bytes:
    """Return one row for each action, as ``actionplan export --to csv`` writes it."""
    from actionplan.normalise.csv_text import csv_text
    from actionplan.normalise.export.render import render

    mapping, rows, _ = _rows(plan, "csv")
    table = render(mapping, rows)
    # With a byte order mark: such a file is opened in a spreadsheet first of all.
    return csv_text(table.headers, table.rows).encode("utf-8-sig")


def plan_workbook(plan: Plan) -> bytes:
    """Return the workbook of ``actionplan export --to excel``, without pictures.

    Raises:
        MissingComponentError: what writes workbooks is not installed.
    """
    if find_spec("xlsxwriter") is None:
        raise MissingComponentError("xlsxwriter", "review")
    from actionplan.normalise.export.doubts import doubts
    from actionplan.normalise.export.render import render
    from actionplan.normalise.export.workbook import Book, write_workbook

    mapping, rows, selection = _rows(plan, "excel")
    table = render(mapping, rows)
    found = doubts(selection, table.notes, {}, {})
    facts = plan.document
    book = Book(mapping, table, found, {}, [(facts.name, facts.pages, len(rows))], __version__)
    return write_workbook(book)


def _rows(plan: Plan, form: str) -> tuple[Mapping, list[Row], Selection]:
    from actionplan.normalise.export.mapping import load_mapping
    from actionplan.normalise.export.rows import export_row
    from actionplan.normalise.export.select import select

    mapping = load_mapping(None, form)
    selection = select([plan], repeated=True)
    rows = [export_row(item, summary=mapping.summary) for item in selection.items]
    return mapping, rows, selection
