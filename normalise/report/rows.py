"""Recommendations as the report shows them: texts for people, days, what is in doubt."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from actionplan.normalise.dataset.digest import plan_digest, signatures
from actionplan.normalise.dataset.links import Links, find_links
from actionplan.normalise.issues import cost
from actionplan.normalise.report.settings import SETTINGS
from actionplan.normalise.report.words import STATUSES, day_text
from actionplan.normalise.tidy import issue_page
from actionplan.schemas.plan import (
    Action,
    Agency,
    Date,
    Plan,
    Recommendation,
    StatusValue,
    Target,
)

Pair = tuple[str, str]
"""A label, which may be empty, and a text."""


class Doubt(NamedTuple):
    """What is in doubt: a field, why, and the page to look at."""

    code: str
    field: str
    message: str
    page: int | None


class Row(NamedTuple):
    """A recommendation.

    Attributes:
        document: place of its document in the report.
        agencies: full names where known, those of its actions too.
        due: last day of the target: the revised one, else the target, else the latest of its
            actions.
        due_text: the target as printed.
        done: last day of the date of completion, else of the first update that tells of it.
        overdue: due before the day of the report and not known to be completed by then.
        told: last day of each dated update.
        doubtful: it is to be checked first.
        facts, actions, updates: what else is printed, each with its label.
    """

    document: int
    key: str
    record_id: str
    number: str
    text: str
    agencies: tuple[str, ...]
    leads: tuple[str, ...]
    themes: tuple[str, ...]
    due: str | None
    due_text: str
    done: str | None
    overdue: bool
    status: StatusValue
    told: tuple[str, ...]
    page: int | None
    confidence: float
    doubtful: bool
    doubts: tuple[Doubt, ...]
    facts: tuple[Pair, ...]
    actions: tuple[Pair, ...]
    updates: tuple[Pair, ...]

    @property
    def percent(self) -> int:
        """How sure the record is, in whole per cent."""
        return round(100 * self.confidence)

    def as_json(self) -> dict[str, Any]:
        """Return what the page's script needs, without what is empty."""
        value = {
            "d": self.document,
            "id": self.record_id,
            "n": self.number,
            "t": self.text,
            "a": self.agencies,
            "l": self.leads,
            "th": self.themes,
            "due": self.due,
            "dt": self.due_text if not self.due else "",
            "day": day_text(self.due),
            "o": self.overdue,
            "s": self.status,
            "p": self.page,
            "c": self.percent,
            "k": self.doubtful,
            "q": [(one.message, one.page) for one in self.doubts],
            "f": self.facts,
            "x": self.actions,
            "u": self.updates,
        }
        return {name: one for name, one in value.items() if one not in ("", None, False, [], ())}


def repeated(plans: Sequence[Plan]) -> Links:
    """Return which recommendations and documents are another one's again, as a dataset does."""
    digests = [plan_digest(plan) for plan in plans]
    hashes = [signatures(record.words for record in one.records) for one in digests]
    return find_links(digests, hashes)


def plan_rows(plan: Plan, document: int, day: datetime.date, links: Links) -> Iterator[Row]:
    """Yield the recommendations of `plan` that count, as printed.

    Args:
        plan: the plan.
        document: its place in the report.
        day: of the report: what is due before it is overdue.
        links: which recommendations do not count.
    """
    headings = {section.id: section.heading for section in plan.sections}
    for record in plan.recommendations:
        if (plan.document.id, record.key) not in links.records:
            yield _row(record, document, day, headings.get(record.section, ""))


def _row(record: Recommendation, document: int, day: datetime.date, heading: str) -> Row:
    due = _due(record)
    pages = [place.page for places in record.provenance.values() for place in places]
    return Row(
        document,
        record.key,
        record.id,
        record.number or "",
        record.text,
        tuple(dict.fromkeys(_bodies(record))),
        tuple(dict.fromkeys(_leads(record))),
        tuple(record.themes),
        due,
        record.target.text or "",
        _done(record),
        _overdue(record, due, day),
        record.status.value,
        tuple(one.date.end for one in record.updates if one.date and one.date.end),
        min(pages, default=None),
        record.confidence,
        is_doubtful(record),
        tuple(_doubts(record)),
        tuple(_facts(record, heading)),
        tuple(_action(action) for action in record.actions),
        tuple((update.label or "", update.text) for update in record.updates),
    )


def _bodies(record: Recommendation) -> Iterator[str]:
    """Names of all bodies, of the recommendation and of its actions."""
    lists = [record.agencies, *(action.agencies for action in record.actions)]
    return (one.canonical or one.name for found in lists for one in found)


def _leads(record: Recommendation) -> Iterator[str]:
    lists = [record.leads, *(action.leads for action in record.actions)]
    return (one.text for found in lists for one in found)


def _due(record: Recommendation) -> str | None:
    if record.revised_target and record.revised_target.end:
        return record.revised_target.end
    later = (one.target.end for one in record.actions if one.target and one.target.end)
    return record.target.end or max(later, default=None)


def _done(record: Recommendation) -> str | None:
    if record.completion and record.completion.end:
        return record.completion.end
    if record.status.value != "completed":
        return None
    told = (
        update.date.end
        for update in record.updates
        if update.status and update.status.value == "completed" and update.date and update.date.end
    )
    return min(told, default=None)


def _overdue(record: Recommendation, due: str | None, day: datetime.date) -> bool:
    now = day.isoformat()
    if not due or due >= now:
        return False
    done = record.completion.start if record.completion else None
    return record.status.value not in ("completed", "ongoing") or bool(done and done > now)


def is_doubtful(record: Recommendation) -> bool:
    """Whether a recommendation is to be checked first."""
    return record.confidence < SETTINGS.low or any(
        cost(one.code) >= SETTINGS.glance for one in record.issues
    )


def _doubts(record: Recommendation) -> Iterator[Doubt]:
    """All doubts, the heaviest first."""
    found = sorted(record.issues, key=lambda one: -cost(one.code))
    for one in found:
        yield Doubt(one.code, one.field, _sentence(one.message), issue_page(record, one))
    if not found and record.confidence < SETTINGS.low:
        yield Doubt("", "text", "The record as a whole is unsure.", None)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _facts(record: Recommendation, heading: str) -> Iterator[Pair]:
    yield from _filled(
        ("Section", heading),
        ("Label", record.label),
        ("Accepted", record.acceptance),
        ("Scope", record.scope),
        ("Theme as printed", "; ".join(record.printed_themes)),
        ("Target as printed", record.target.text),
        ("Revised target", _text(record.revised_target)),
        ("Date of completion", _text(record.completion)),
        ("Milestones", record.milestones),
        ("Outcome", record.outcome),
        ("Status read from", record.status.text),
    )


def _text(date: Date | Target | None) -> str | None:
    return date.text if date else None


def _filled(*pairs: tuple[str, str | None]) -> Iterator[Pair]:
    return ((label, text) for label, text in pairs if text)


def _action(action: Action) -> Pair:
    """An action: who and when as its label, behind its text."""
    parts = [
        "; ".join(one.text for one in action.leads),
        _names(action.agencies),
        _text(action.target),
        STATUSES[action.status.value] if action.status else None,
    ]
    numbered = f"{action.number} {action.text}" if action.number else action.text
    return " · ".join(part for part in parts if part), numbered


def _names(agencies: Iterable[Agency]) -> str:
    return "; ".join(one.name for one in agencies)
