"""What the script needs to search, filter, order and page; hidden until it runs."""

from __future__ import annotations

from actionplan.normalise.report.listing import ORDERS
from actionplan.normalise.report.markup import Markup, element
from actionplan.normalise.report.words import STATUSES

_SIZES = {"50": "50", "200": "200", "1000": "1,000", "0": "All"}


def filters() -> Markup:
    """Return the form above the table."""
    fields = (
        element(
            "div",
            element("label", "Search", for_="search"),
            element("input", type="search", id="search", autocomplete="off", spellcheck="false"),
            class_="field wide",
        ),
        _select("agency", "Agency", {"": "All"}),
        _select("theme", "Theme", {"": "All"}),
        _select("status", "Status", {"": "All"} | dict(STATUSES.items())),
        _select("document", "Document", {"": "All"}),
        _select("order", "Order", ORDERS),
        _select("size", "Rows at a time", _SIZES),
        element("div", _box("doubtful", "To check only"), _box("overdue", "Past due only")),
        element(
            "div",
            element("button", "Clear", type="reset"),
            element("button", "Open all details", type="button", id="open", aria_pressed="false"),
            class_="buttons",
        ),
    )
    return element(
        "form", *fields, id="filters", hidden=True, role="search", aria_label="Recommendations"
    )


def _select(id_: str, label: str, choices: dict[str, str]) -> Markup:
    options = [element("option", text, value=value or "") for value, text in choices.items()]
    return element(
        "div", element("label", label, for_=id_), element("select", options, id=id_), class_="field"
    )


def _box(id_: str, label: str) -> Markup:
    return element(
        "div",
        element("input", type="checkbox", id=id_),
        element("label", label, for_=id_),
        class_="box",
    )


def pager() -> Markup:
    """Return the line below the table: what is shown, and the way to the next rows."""
    return element(
        "nav",
        element("button", "Previous", type="button", id="previous"),
        element("p", id="shown", role="status"),
        element("button", "Next", type="button", id="next"),
        id="pager",
        hidden=True,
        aria_label="Pages of the table",
    )
