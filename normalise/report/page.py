"""The report as one HTML page that loads nothing and runs nothing but its own script."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

from actionplan.normalise.report import charts, figures
from actionplan.normalise.report.charts import Chart
from actionplan.normalise.report.checklist import Pictures, checklist
from actionplan.normalise.report.content import Entry, Report
from actionplan.normalise.report.filters import filters, pager
from actionplan.normalise.report.listing import data, source_link, table
from actionplan.normalise.report.markup import Markup, element, joined, script_data
from actionplan.normalise.report.rows import Row
from actionplan.normalise.report.settings import SETTINGS
from actionplan.normalise.report.tables import Cell, data_table
from actionplan.normalise.report.words import count, day_text, share
from actionplan.normalise.themes import vocabulary

_SECTIONS = {
    "figures": "Figures",
    "checks": "Check these first",
    "recommendations": "All recommendations",
    "documents": "Documents",
    "notes": "How to read this",
}


def render(report: Report, pictures: Pictures) -> str:
    """Return the page.

    Args:
        report: what it shows.
        pictures: of records to check; there need not be any.
    """
    style, script = _own("report.css"), _own("report.js")
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_policy(style, script)),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", _title(report)),
        element("style", style),
    )
    body = element(
        "body",
        element("a", "Skip to the content", href="#main", class_="skip"),
        _header(report),
        element("main", *_sections(report, pictures), id="main", tabindex=-1),
        _footer(report),
        script_data(data(report), id="data"),
        element("script", script),
    )
    return f"<!doctype html>\n{element('html', head, body, lang='en-GB')}\n"


def _own(name: str) -> Markup:
    return Markup((files(__package__) / "data" / name).read_text("utf-8"))


def _policy(style: str, script: str) -> str:
    """Nothing may be loaded; only this style and this script count, known by their hashes."""
    return (
        "default-src 'none'; img-src data:; "
        f"style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _title(report: Report) -> str:
    return " ".join(report.about.title.split())


def _header(report: Report) -> Markup:
    counts = (
        f"{count(len(report.rows), 'recommendation')} in "
        f"{count(len(report.documents), 'document')}, as at {day_text(report.day)}"
    )
    links = [element("li", element("a", text, href=f"#{id_}")) for id_, text in _SECTIONS.items()]
    return element(
        "header",
        element("h1", _title(report)),
        element("p", counts, class_="lead"),
        element("p", report.about.description) if report.about.description else None,
        element("nav", element("ul", links), aria_label="Contents"),
    )


def _sections(report: Report, pictures: Pictures) -> list[Markup]:
    return [
        _figures(report),
        checklist(report, pictures),
        _recommendations(report),
        _documents(report),
        _notes(),
    ]


def _section(id_: str, *content: Markup | None) -> Markup:
    title = element("h2", _SECTIONS[id_], id=f"{id_}-title")
    return element("section", title, *content, id=id_, aria_labelledby=f"{id_}-title")


def _figures(report: Report) -> Markup:
    rows = report.rows
    if not rows:
        return _section("figures", element("p", "The plans hold no recommendation."))
    labels = {theme.id: theme.label for theme in vocabulary()}
    agencies = figures.groups(rows, lambda row: row.agencies)
    themes = figures.groups(rows, lambda row: (labels.get(one, one) for one in row.themes))
    none = sum(not row.agencies for row in rows)
    return _section(
        "figures",
        _key_figures(report),
        charts.status_chart(Chart("by-status", "Status"), figures.by_status(rows), len(rows)),
        charts.bar_chart(
            Chart("by-agency", "Agencies", f"{_many(none)} no agency. {_MORE}"),
            agencies,
            len(rows),
            "agency",
        ),
        charts.bar_chart(Chart("by-theme", "Themes", _MORE), themes, len(rows), "theme"),
        *_over_time(rows),
    )


_MORE = "A recommendation with several counts for each of them."


def _many(number: int) -> str:
    return f"{count(number, 'recommendation')} {'names' if number == 1 else 'name'}"


def _over_time(rows: list[Row]) -> list[Markup | None]:
    planned = figures.periods(
        [row.due for row in rows if row.due], [row.done for row in rows if row.done]
    )
    told = figures.periods([day for row in rows for day in row.told])
    late = figures.lateness(rows)
    due, done = sum(bool(row.due) for row in rows), sum(bool(row.done) for row in rows)
    note = f"{due:,} of {len(rows):,} have a day that they are due, {done:,} a day of completion."
    chart = Chart("over-time", "Due and completed", note)
    both = sum(number for _, number in late)
    to_end = Chart("lateness", "From target to completion", f"{both:,} have both days.")
    updates = Chart("updates", "Updates over time", "Dated updates alone.")
    return [
        charts.column_chart(chart, planned, ["Due", "Completed"]) if planned else None,
        charts.plain_bars(to_end, late, "Completed") if late else None,
        charts.column_chart(updates, told, ["Updates"]) if told else None,
    ]


def _key_figures(report: Report) -> Markup:
    rows = report.rows
    found = {
        "recommendations": len(rows),
        "recorded as completed": sum(row.status == "completed" for row in rows),
        f"due before {day_text(report.day)} and not recorded as completed": sum(
            row.overdue for row in rows
        ),
        "without a lead": sum(not row.leads for row in rows),
        "without a day that they are due": sum(not row.due for row in rows),
        "to check first": sum(row.doubtful for row in rows),
    }
    items = [
        element(
            "div",
            element("dt", label),
            element("dd", f"{number:,}", _of(number, len(rows)) if at else None),
        )
        for at, (label, number) in enumerate(found.items())
    ]
    return element("dl", items, class_="key-figures")


def _of(part: int, whole: int) -> Markup:
    return element("span", share(part, whole), class_="share")


def _recommendations(report: Report) -> Markup:
    total, shown = len(report.rows), min(len(report.rows), SETTINGS.rows)
    without = element(
        "noscript",
        element(
            "p",
            f"The first {shown:,} of {total:,} are shown, those to check first. Searching, and the "
            "others, need JavaScript; the CSV files of the same plans have all of them.",
        ),
    )
    return _section("recommendations", without, filters(), table(report), pager())


def _documents(report: Report) -> Markup:
    columns = (
        "Document", "Title", "Partnership", "Date", "Pages", "Recommendations", "To check", "Note"
    )  # fmt: skip
    rows = [_document(one) for one in report.documents]
    return _section("documents", data_table("Documents", columns, rows, headed=True))


def _document(one: Entry) -> list[Cell]:
    return [
        joined(source_link(one, None)),
        one.title,
        one.partnership,
        one.date,
        one.pages,
        one.recommendations,
        one.to_check,
        _note(one),
    ]


def _note(one: Entry) -> str:
    if one.again:
        return f"Holds the plan of {one.again} again; counted there."
    if one.left_out:
        return f"{count(one.left_out, 'recommendation')} counted in another document."
    return ""


def _notes() -> Markup:
    texts = (files(__package__) / "data" / "notes.txt").read_text("utf-8").strip().splitlines()
    return _section("notes", element("ul", [element("li", text) for text in texts if text]))


def _footer(report: Report) -> Markup:
    about = report.about
    facts = (
        f"Version {about.version}" if about.version else "",
        f"Licence {about.license}" if about.license else "",
        ", ".join(about.authors),
        f"Made with actionplan {report.program}",
    )
    return element("footer", element("p", " · ".join(fact for fact in facts if fact)))
