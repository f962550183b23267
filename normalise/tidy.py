"""Plans to tidy tables; their columns are listed in `actionplan.schemas.tidy`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from actionplan.normalise.issues import cost
from actionplan.schemas.plan import (
    Agency,
    Date,
    Issue,
    Lead,
    Place,
    Plan,
    Recommendation,
    Target,
    Update,
)
from actionplan.schemas.tidy import TABLES, column_names

Row = dict[str, object]

_LOW = 0.7  # confidence from which downwards a record without a code is listed for checking


def tidy_tables(plans: Sequence[Plan]) -> dict[str, list[Row]]:
    """Return the rows of each tidy table over all `plans`, by the table's name.

    Every row has all the table's columns, in their order. Texts are as in the plan; what a CSV
    file guards is in `actionplan.normalise.csv_text`.
    """
    makers: dict[str, Callable[[Plan], Iterator[Row]]] = {
        "documents": _documents,
        "sections": _sections,
        "recommendations": _recommendations,
        "actions": _actions,
        "leads": _leads,
        "agencies": _agencies,
        "updates": _updates,
        "issues": _issues,
    }
    return {
        name: [_ordered(name, row) for plan in plans for row in makers[name](plan)]
        for name in TABLES
    }


def _ordered(table: str, row: Row) -> Row:
    names = column_names(table)
    if set(row) != set(names):
        raise ValueError(f"{table}: {sorted(set(row) ^ set(names))} do not match its columns")
    return {name: row[name] for name in names}


def _document(plan: Plan) -> Row:
    return {"document_id": plan.document.id, "document": plan.document.name}


def _record(plan: Plan, record: Recommendation) -> Row:
    return _document(plan) | {"record_key": record.key, "record_id": record.id}


def _date(prefix: str, date: Date | Target | None) -> Row:
    return {
        f"{prefix}_text": date.text if date else None,
        f"{prefix}_edtf": date.edtf if date else None,
        f"{prefix}_start": date.start if date else None,
        f"{prefix}_end": date.end if date else None,
    }


def _joined(texts: Iterable[object]) -> str | None:
    return "; ".join(str(text) for text in texts) or None


def _documents(plan: Plan) -> Iterator[Row]:
    facts = plan.document
    yield (
        _document(plan)
        | _date("date", facts.date)
        | _date("review_period", facts.review_period)
        | {
            "title": facts.title,
            "partnership": facts.partnership,
            "review_type": facts.review_type,
            "case": facts.case,
            "pseudonym": facts.pseudonym,
            "version": facts.version,
            "marking": facts.marking,
            "producer": facts.producer,
            "bytes": facts.bytes,
            "pages": facts.pages,
            "tagged": facts.tagged,
            "scanned_pages": _joined(facts.scanned_pages),
            "sections": len(plan.sections),
            "recommendations": len(plan.recommendations),
            "words_on_plan_pages": plan.audit.words_on_plan_pages,
            "words_unassigned": plan.audit.unassigned,
            "words_duplicated": plan.audit.duplicated,
        }
    )


def _sections(plan: Plan) -> Iterator[Row]:
    for section in plan.sections:
        yield _document(plan) | {
            "section_id": section.id,
            "kind": section.kind,
            "agency": section.agency,
            "heading": section.heading,
            "columns": _joined(f"{one.header}={one.field}" for one in section.columns),
            "first_page": min(section.pages, default=None),
            "last_page": max(section.pages, default=None),
            "recommendations": sum(r.section == section.id for r in plan.recommendations),
        }


def _recommendations(plan: Plan) -> Iterator[Row]:
    sections = {section.id: section for section in plan.sections}
    for record in plan.recommendations:
        section = sections[record.section]
        row = _record(plan, record) | _date("target", record.target)
        row |= _date("revised_target", record.revised_target)
        row |= _date("completion", record.completion)
        yield (
            row
            | _places(record)
            | {
                "section_id": section.id,
                "section_kind": section.kind,
                "section_agency": section.agency,
                "number": record.number,
                "label": record.label,
                "text": record.text,
                "scope": record.scope,
                "levels": _joined(record.levels),
                "themes": _joined(record.themes),
                "printed_themes": _joined(record.printed_themes),
                "acceptance": record.acceptance,
                "agencies": _joined(agency.name for agency in record.agencies),
                "leads": _joined(lead.text for lead in record.leads),
                "target_kind": record.target.kind,
                "target_ongoing": record.target.ongoing,
                "milestones": record.milestones,
                "outcome": record.outcome,
                "actions": len(record.actions),
                "updates": len(record.updates),
                "status": record.status.value,
                "status_basis": record.status.basis,
                "status_text": record.status.text or None,
                "confidence": record.confidence,
                "issues": _joined(dict.fromkeys(one.code for one in record.issues)),
            }
        )


def _places(record: Recommendation) -> Row:
    pages = [place.page for places in record.provenance.values() for place in places]
    text = record.provenance.get("text", [])
    box = " ".join(f"{value:.1f}" for value in text[0].bbox) if text else None
    return {"page": min(pages, default=None), "last_page": max(pages, default=None), "bbox": box}


def _actions(plan: Plan) -> Iterator[Row]:
    for record in plan.recommendations:
        for position, action in enumerate(record.actions, 1):
            yield (
                _record(plan, record)
                | _date("target", action.target)
                | {
                    "position": position,
                    "number": action.number,
                    "text": action.text,
                    "leads": _joined(lead.text for lead in action.leads),
                    "agencies": _joined(agency.name for agency in action.agencies),
                    "target_kind": action.target.kind if action.target else None,
                    "status": action.status.value if action.status else None,
                }
            )


def _leads(plan: Plan) -> Iterator[Row]:
    def row(lead: Lead) -> Row:
        return {
            "name": lead.name,
            "post": lead.post,
            "organisation": lead.organisation,
            "text": lead.text,
        }

    for record in plan.recommendations:
        yield from _listed(_record(plan, record), None, map(row, record.leads))
        for place, action in enumerate(record.actions, 1):
            yield from _listed(_record(plan, record), place, map(row, action.leads))


def _agencies(plan: Plan) -> Iterator[Row]:
    def row(agency: Agency) -> Row:
        return {
            "name": agency.name,
            "canonical": agency.canonical,
            "agency_id": agency.id,
            "type": agency.type,
        }

    for record in plan.recommendations:
        yield from _listed(_record(plan, record), None, map(row, record.agencies))
        for place, action in enumerate(record.actions, 1):
            yield from _listed(_record(plan, record), place, map(row, action.agencies))


def _listed(record: Row, action: int | None, rows: Iterable[Row]) -> Iterator[Row]:
    for position, row in enumerate(rows, 1):
        yield record | {"action": action, "position": position} | row


def _updates(plan: Plan) -> Iterator[Row]:
    for record in plan.recommendations:
        for position, update in enumerate(record.updates, 1):
            yield _record(plan, record) | _update(update) | {"position": position}


def _update(update: Update) -> Row:
    status = update.status.value if update.status else None
    return _date("date", update.date) | {
        "label": update.label,
        "text": update.text,
        "status": status,
    }


def _issues(plan: Plan) -> Iterator[Row]:
    for record in plan.recommendations:
        for position, one in enumerate(record.issues, 1):
            yield _record(plan, record) | {
                "position": position,
                "code": one.code,
                "field": one.field,
                "message": one.message,
                "page": issue_page(record, one),
            }


def issue_page(record: Recommendation, one: Issue) -> int | None:
    """Return the page to look at: that of the field in doubt, or else of the record."""
    places: Sequence[Place] = record.provenance.get(one.field, [])
    if places:
        return places[0].page
    return min((p.page for found in record.provenance.values() for p in found), default=None)


def check_rows(plans: Sequence[Plan]) -> list[Row]:
    """Return what to look at, worst first: rows of ``check.csv``.

    Each doubt of a record is a row; so is a record of low confidence that names no doubt, and
    each page with text that is in no cell, heading, header or furniture. Records come by
    confidence, their doubts by weight; unassigned text comes last.
    """
    records = [(plan, record) for plan in plans for record in plan.recommendations]
    rows = [row for plan, record in records for row in _doubts(plan, record)]
    rows.sort(key=lambda item: item[0])
    loose = [row for plan in plans for row in _unassigned_rows(plan)]
    return [_ordered("check", row) for row in [*(row for _, row in rows), *loose]]


def _doubts(plan: Plan, record: Recommendation) -> Iterator[tuple[tuple[float, float], Row]]:
    base: Row = {
        **_document(plan),
        "record": record.id,
        "number": record.number,
        "confidence": record.confidence,
        "record_key": record.key,
    }
    for one in record.issues:
        found = {"field": one.field, "reason": one.message, "code": one.code}
        yield (record.confidence, -cost(one.code)), base | found | {"page": issue_page(record, one)}
    if not record.issues and record.confidence < _LOW:
        found = {"field": "", "reason": "The record as a whole is unsure.", "code": ""}
        yield (record.confidence, 0.0), base | found | {"page": _places(record)["page"]}


def _unassigned_rows(plan: Plan) -> Iterator[Row]:
    pages = sorted({one.page for one in plan.unassigned})
    for page in pages:
        text = " ".join(one.text for one in plan.unassigned if one.page == page)
        yield _document(plan) | {
            "page": page,
            "record": None,
            "number": None,
            "field": "unassigned",
            "reason": f"Text in no table or heading: {_short(text)}",
            "code": "",
            "confidence": None,
            "record_key": None,
        }


def _short(text: str, length: int = 120) -> str:
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0] + " …"
