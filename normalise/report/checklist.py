"""The section "Check these first": each doubt with a picture of the page, the cell marked."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence

from actionplan.normalise.report.checks import Check
from actionplan.normalise.report.content import Picture, Report
from actionplan.normalise.report.listing import card_names, doubt_text, source_link
from actionplan.normalise.report.markup import Markup, element
from actionplan.normalise.report.words import count

Pictures = Mapping[tuple[int, str], Picture]
"""Of records, by the place of the document and the record's key."""


def checklist(report: Report, pictures: Pictures) -> Markup:
    """Return the section: the least sure recommendations first."""
    parts = [element("h2", "Check these first", id="checks-title"), *_lead(report, pictures)]
    if report.checks:
        cards = [_card(report, one, pictures) for one in report.checks]
        parts.append(element("ol", cards, class_="cards"))
    return element("section", *parts, id="checks", aria_labelledby="checks-title")


def _lead(report: Report, pictures: Pictures) -> Sequence[Markup]:
    doubtful = sum(row.doubtful for row in report.rows)
    if not doubtful:
        return [element("p", "No recommendation is in such doubt that it should be checked.")]
    text = (
        f"The program was unsure of {count(doubtful, 'recommendation')}. "
        "Compare each with its page before you rely on it."
    )
    if doubtful > len(report.checks):
        text += f" Here are the {len(report.checks)} least sure; the table below begins with all."
    if pictures:
        text += " A frame marks the cell in doubt."
    return [element("p", text)]


def _card(report: Report, check: Check, pictures: Pictures) -> Markup:
    row = check.row
    document = report.documents[row.document]
    page = check.view.page if check.view else row.page
    name = f"Recommendation {row.number}" if row.number else "Recommendation without number"
    reasons = [element("li", doubt_text(one.message, one.page), dir="auto") for one in row.doubts]
    read = [
        element("div", element("dt", f"Read as {label}"), element("dd", text, dir="auto"))
        for label, text in check.read
    ]
    body = element(
        "div",
        element("p", source_link(document, page), class_="where"),
        element("p", row.text or "(no text)", dir="auto", class_="text"),
        element("dl", read) if read else None,
        class_="words",
    )
    return element(
        "li",
        element("h3", name, " ", element("span", f"{row.percent}% sure")),
        element("ul", reasons, class_="reasons"),
        _picture(pictures.get((row.document, row.key)), name, document.name, page),
        body,
        class_="card",
        id=card_names(report)[row.document, row.key],
    )


def _picture(picture: Picture | None, name: str, document: str, page: int | None) -> Markup | None:
    if not picture:
        return None
    return element(
        "img",
        src=f"data:image/png;base64,{base64.b64encode(picture.data).decode()}",
        width=picture.width,
        height=picture.height,
        alt=f"{name} on page {page} of {document}, the cell in doubt in a frame",
        decoding="async",
    )
