"""What a report holds before it is a page."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from actionplan.normalise.dataset.about import About
from actionplan.normalise.report.checks import Check, checks
from actionplan.normalise.report.rows import Row, plan_rows, repeated
from actionplan.schemas.plan import Plan


class Source(NamedTuple):
    """A plan and the address of its PDF file as seen from the report; empty if it is unknown."""

    plan: Plan
    address: str = ""


class Entry(NamedTuple):
    """A document as the report lists it.

    Attributes:
        address: of the PDF file; empty if it is unknown.
        again: the document that holds the same plan and counts in its place; empty if it counts.
        left_out: recommendations that are counted elsewhere.
        to_check: recommendations to check.
    """

    id: str
    name: str
    title: str
    partnership: str
    date: str
    pages: int
    recommendations: int
    left_out: int
    to_check: int
    address: str
    again: str


class Picture(NamedTuple):
    """A part of a page as a PNG file; sizes in pixels."""

    data: bytes
    width: int
    height: int


class Report(NamedTuple):
    """All that the page shows.

    Attributes:
        about: what people say of the plans.
        day: of the report.
        program: version of this program.
        rows: the recommendations that count, document by document.
        checks: what to check first.
    """

    about: About
    day: datetime.date
    program: str
    documents: list[Entry]
    rows: list[Row]
    checks: list[Check]


def compose(sources: Sequence[Source], about: About, day: datetime.date, program: str) -> Report:
    """Return the report of `sources`; the order of the documents is that of their names.

    Of two sources with the same document the first counts.
    """
    firsts: dict[str, Source] = {}
    for source in sources:
        firsts.setdefault(source.plan.document.id, source)
    ordered = sorted(
        firsts.values(), key=lambda one: (one.plan.document.name, one.plan.document.id)
    )
    plans = [source.plan for source in ordered]
    links = repeated(plans)
    rows = [row for at, plan in enumerate(plans) for row in plan_rows(plan, at, day, links)]
    names = {plan.document.id: plan.document.name for plan in plans}
    of_document = defaultdict(list)
    for row in rows:
        of_document[row.document].append(row)
    documents = [
        _entry(source, of_document[at], links.documents, names) for at, source in enumerate(ordered)
    ]
    return Report(about, day, program, documents, rows, checks(plans, rows))


def _entry(
    source: Source, rows: Sequence[Row], again: dict[str, str], names: dict[str, str]
) -> Entry:
    facts, records = source.plan.document, source.plan.recommendations
    return Entry(
        facts.id,
        facts.name,
        facts.title or "",
        facts.partnership or "",
        facts.date.text if facts.date else "",
        facts.pages,
        len(records),
        len(records) - len(rows),
        sum(row.doubtful for row in rows),
        source.address,
        names.get(again.get(facts.id, ""), ""),
    )
