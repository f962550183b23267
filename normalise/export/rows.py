"""The values of a row: what the fields of ``fields.toml`` hold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from urllib.parse import quote

from actionplan.normalise.export.dates import Due, day, due
from actionplan.normalise.export.fields import Row
from actionplan.normalise.export.select import Item
from actionplan.normalise.export.settings import EXPORT
from actionplan.normalise.export.texts import label, one_line, shorten
from actionplan.normalise.themes import vocabulary
from actionplan.schemas.plan import Agency, Document, Lead, Status, Update

_PERCENT = {"completed": 100, "not_started": 0}


def export_row(item: Item, *, summary: int = EXPORT.summary, base_url: str = "") -> Row:
    """Return all values of a row.

    Args:
        item: what the row is about.
        summary: most UTF-16 units of the summary.
        base_url: address of the folder that holds the documents; empty: a link has their names.
    """
    record, document = item.record, item.plan.document
    when, status, page = due(item), _status(item), _page(item)
    themes = [_theme_names().get(theme, theme) for theme in record.themes]
    agencies = [_agency(one) for one in _agencies(item)]
    labels = _words([*agencies, *themes])
    where = _where(document.name, page, record.id)
    completion = record.completion
    updates = [_update(one) for one in record.updates]
    return {
        "key": item.key,
        "record_key": record.key,
        "summary": _summary(item, summary),
        "description": _description(item, when, status, where),
        "number": record.number,
        "action_number": item.action.number if item.action else None,
        "recommendation": record.text,
        "action": item.action.text if item.action else None,
        "leads": _joined(lead.text for lead in _leads(item)),
        "agencies": _joined(agencies),
        "themes": _joined(themes),
        "labels": labels,
        "labels_and_key": _words([*map(label, agencies), *record.themes, item.key]),
        "levels": _joined(record.levels),
        "printed_themes": _joined(record.printed_themes),
        "scope": record.scope,
        "acceptance": record.acceptance,
        "status": status.value,
        "status_basis": status.basis,
        "status_text": status.text or None,
        "percent": _PERCENT.get(status.value),
        "target": when.text,
        "due": when.day,
        "due_basis": when.basis,
        "completion": completion.text if completion else None,
        "completed_on": _completed_on(item),
        "latest_update": updates[-1] if updates else None,
        "updates": "\n".join(updates) or None,
        "milestones": record.milestones,
        "outcome": record.outcome,
        "section": _section(item),
        "page": page,
        "row": record.id,
        "place": where,
        "link": page_link(document_address(document.name, base_url), page),
        "confidence": record.confidence,
        "doubts": _joined(dict.fromkeys(one.message for one in record.issues)),
        **_facts(document),
    }


def _facts(document: Document) -> Row:
    return {
        "document": document.name,
        "document_id": document.id,
        "title": document.title,
        "review_type": document.review_type,
        "partnership": document.partnership,
    }


@cache
def _theme_names() -> dict[str, str]:
    return {theme.id: theme.label for theme in vocabulary()}


def _joined(texts: Iterable[str]) -> str | None:
    return "; ".join(texts) or None


def _words(labels: Iterable[str]) -> list[str]:
    """Each once, the empty ones left out."""
    return list(dict.fromkeys(filter(None, labels)))


def _agencies(item: Item) -> list[Agency]:
    own = item.action.agencies if item.action else []
    return own or item.record.agencies


def _agency(one: Agency) -> str:
    return one.canonical or one.name


def _leads(item: Item) -> list[Lead]:
    """The action's own leads, or else those of the recommendation that no action has."""
    if item.action and item.action.leads:
        return item.action.leads
    tied = {lead.text for action in item.record.actions for lead in action.leads}
    return [lead for lead in item.record.leads if lead.text not in tied]


def _status(item: Item) -> Status:
    """The action's own status, or else that of the recommendation if no action has its own."""
    if item.action and item.action.status:
        return item.action.status
    if any(action.status for action in item.record.actions):
        return Status()
    return item.record.status


def _completed_on(item: Item) -> date | None:
    """The day of completion, where one is printed: a month is none."""
    one = item.record.completion
    return day(one.end) if one and one.start == one.end else None


def _page(item: Item) -> int | None:
    """The page on which the text begins, or the first that anything of the record cites."""
    places = item.record.provenance
    text = places.get("text") or [place for found in places.values() for place in found]
    return min((place.page for place in text), default=None)


def _section(item: Item) -> str | None:
    sections = item.plan.sections
    return next((one.heading or None for one in sections if one.id == item.record.section), None)


def _where(name: str, page: int | None, row: str) -> str:
    return ", ".join([name, *([f"page {page}"] if page else []), f"row {row}"])


def page_link(address: str | None, page: int | None) -> str | None:
    """Return a link to a page of the document at `address`; to all of it without a page."""
    return f"{address}#page={page}" if address and page else address


def document_address(name: str, base_url: str) -> str:
    """Return where a document is: its name, in the folder `base_url` if there is one."""
    return f"{base_url.rstrip('/')}/{quote(name)}" if base_url else quote(name)


def _update(one: Update) -> str:
    return f"{one.label}: {one.text}" if one.label else one.text


def _summary(item: Item, limit: int) -> str:
    """Number and first words; the place in the document where there are no words."""
    action, record = item.action, item.record
    words = one_line((action.text if action else "") or record.text)
    words = words or record.label or _where(item.plan.document.name, _page(item), record.id)
    head = _numbers(item)
    return shorten(f"{head}: {words}" if head else words, limit)


def _numbers(item: Item) -> str:
    """The number of the recommendation, and which of its actions it is if there are several."""
    number = one_line(item.record.number or "")
    own = one_line(item.action.number or "") if item.action else ""
    if not own:
        own = f"action {item.place}" if len(item.record.actions) > 1 else ""
    if not own or not number:
        return number or own
    if own == number and len(item.record.actions) == 1:
        return number
    return own if own.startswith((f"{number}.", f"{number}(")) else f"{number} ({own})"


def _description(item: Item, when: Due, status: Status, where: str) -> str:
    """The full text, and everything that a tracker may have no column for."""
    record, action = item.record, item.action
    number = f" {record.number}" if record.number else ""
    parts = [f"Recommendation{number}: {record.text}"]
    if action:
        own = f" {action.number}" if action.number else ""
        parts.append(f"Action{own}: {action.text}")
    lines = {
        "Lead": _joined(lead.text for lead in _leads(item)),
        "Agency": _joined(_agency(one) for one in _agencies(item)),
        "Target": when.text,
        "Completion": record.completion.text if record.completion else None,
        "Status": _told(status),
        "Milestones": record.milestones,
        "Outcome": record.outcome,
    }
    parts.append("\n".join(f"{name}: {text}" for name, text in lines.items() if text))
    if record.updates:
        parts.append("\n".join(["Progress:", *(_update(one) for one in record.updates)]))
    parts.append(f"Source: {where}\nKey: {item.key}")
    return "\n\n".join(filter(None, parts))


def _told(status: Status) -> str | None:
    """A status in words, with what tells it."""
    if status.value == "unknown":
        return None
    word = status.value.replace("_", " ")
    return f"{word} ({status.basis}: {status.text})" if status.text else f"{word} ({status.basis})"
