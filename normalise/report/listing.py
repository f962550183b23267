"""The table of recommendations: its first rows as markup, all of them as data for the script.

The script makes the same markup of the data; a test compares both.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from actionplan.normalise.report.content import Entry, Report
from actionplan.normalise.report.markup import Markup, element
from actionplan.normalise.report.rows import Pair, Row
from actionplan.normalise.report.settings import SETTINGS
from actionplan.normalise.report.words import STATUSES, count, day_text
from actionplan.normalise.themes import vocabulary


class Column(NamedTuple):
    """A column of the table and, if it can be sorted by, the name of the order."""

    title: str
    order: str = ""


COLUMNS = (
    Column("No.", "plan"),
    Column("Recommendation"),
    Column("Agencies", "agency"),
    Column("Leads", "lead"),
    Column("Due", "due"),
    Column("Status", "status"),
    Column("Sure", "sure"),
    Column("Source"),
)
ORDERS = {
    "sure": "To check first",
    "plan": "As in the plans",
    "due": "Due first",
    "agency": "Agency",
    "lead": "Lead",
    "status": "Status",
}


def table(report: Report) -> Markup:
    """Return the table with its first rows, those to check first before the others."""
    first = sorted(report.rows, key=lambda row: (not row.doubtful, row.percent))
    cards = card_names(report)
    rows = [
        _row(row, report.documents[row.document], cards.get((row.document, row.key), ""))
        for row in first[: SETTINGS.rows]
    ]
    heads = [_head(column) for column in COLUMNS]
    # The roles keep it a table for those who hear it where narrow screens show rows as blocks.
    return element(
        "table",
        element("caption", "Recommendations"),
        element("thead", element("tr", heads, role="row"), role="rowgroup"),
        element("tbody", rows, id="rows", role="rowgroup"),
        class_="listing",
        id="listing",
        role="table",
    )


def _head(column: Column) -> Markup:
    sorts = {"data_order": column.order, "data_title": column.title} if column.order else {}
    return element("th", column.title, scope="col", role="columnheader", **sorts)


def card_names(report: Report) -> dict[tuple[int, str], str]:
    """Return the names of the places below "Check these first", by document and record."""
    return {
        (one.row.document, one.row.key): f"check-{place}"
        for place, one in enumerate(report.checks, 1)
    }


def _row(row: Row, document: Entry, card: str) -> Markup:
    number = row.number or "–"
    cells = (
        element("th", number, scope="row", role="rowheader", data_label="No.", class_="no"),
        _cell("Recommendation", _what(row), name="what"),
        _cell("Agencies", _list(row.agencies)),
        _cell("Leads", _list(row.leads)),
        _cell("Due", _due(row)),
        _cell("Status", STATUSES[row.status]),
        _cell("Sure", _sure(row, card)),
        _cell("Source", source_link(document, row.page), name="source"),
    )
    return element("tr", cells, role="row")


def _cell(label: str, *content: Any, name: str = "") -> Markup:
    return element("td", *content, role="cell", data_label=label, class_=name or None)


def _list(texts: Sequence[str]) -> Markup | str:
    if not texts:
        return "–"
    return element("ul", [element("li", text, dir="auto") for text in texts], class_="plain")


def _due(row: Row) -> list[Markup | str]:
    if row.due:
        late = element("span", "past", class_="tag late") if row.overdue else None
        return [day_text(row.due), *([" ", late] if late else [])]
    return [element("span", row.due_text, dir="auto")] if row.due_text else ["–"]


def _sure(row: Row, card: str) -> list[Markup | str]:
    share = f"{row.percent}%"
    if not row.doubtful:
        return [share]
    if card:
        return [share, " ", element("a", "check", class_="tag look", href=f"#{card}")]
    return [share, " ", element("span", "check", class_="tag look")]


def source_link(document: Entry, page: int | None) -> list[Markup | str]:
    """Return the name of the document and the page, linked where the file is known."""
    place = f", page\u00a0{page}" if page else ""
    if not document.address:
        return [f"{document.name}{place}"]
    anchor = f"{document.address}#page={page}" if page else document.address
    return [element("a", f"{document.name}{place}", href=anchor)]


def _what(row: Row) -> list[Markup]:
    """The text, and what else there is of it, folded."""
    parts = [element("p", row.text or "(no text)", dir="auto", class_="text")]
    counts = (
        (row.doubts, "doubt"),
        (row.actions, "action"),
        (row.updates, "update"),
        (row.facts, "detail"),
    )
    said = [count(len(found), noun) for found, noun in counts if found]
    if said:
        body = [_doubts(row), _facts(row.facts), _items("Actions", row.actions)]
        body.append(_items("Updates", row.updates))
        parts.append(element("details", element("summary", ", ".join(said)), *body))
    return parts


def _doubts(row: Row) -> Markup | None:
    if not row.doubts:
        return None
    items = [element("li", doubt_text(one.message, one.page), dir="auto") for one in row.doubts]
    return element("div", element("h3", "In doubt"), element("ul", items))


def doubt_text(message: str, page: int | None) -> str:
    """Return what is in doubt and where."""
    return f"{message} (page\u00a0{page})" if page else message


def _facts(facts: Sequence[Pair]) -> Markup | None:
    if not facts:
        return None
    pairs = [
        element("div", element("dt", label), element("dd", text, dir="auto"))
        for label, text in facts
    ]
    return element("dl", pairs)


def _items(title: str, pairs: Sequence[Pair]) -> Markup | None:
    if not pairs:
        return None
    items = [
        element(
            "li",
            element("strong", label, dir="auto") if label else None,
            element("p", text, dir="auto"),
        )
        for label, text in pairs
    ]
    return element("div", element("h3", title), element("ol", items))


def data(report: Report) -> dict[str, Any]:
    """Return what the page's script needs."""
    cards = card_names(report)
    return {
        "documents": [[one.name, one.address] for one in report.documents],
        "statuses": STATUSES,
        "themes": {theme.id: theme.label for theme in vocabulary()},
        "size": SETTINGS.rows,
        "rows": [_data(row, cards.get((row.document, row.key), "")) for row in report.rows],
    }


def _data(row: Row, card: str) -> dict[str, Any]:
    return row.as_json() | ({"h": card} if card else {})
