"""Plans to tidy tables; their columns are listed in `actionplan.schemas.tidy`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from actionplan.normalise.issues import cost
from actionplan.schemas.plan import (
    Action,
    Agency,
    Audit,
    Date,
    Issue,
    Lead,
    Place,
    Plan,
    Recommendation,
    Status,
    Target,
    Update,
)
from actionplan.schemas.tidy import TABLES, column_names

Row = dict[str, object]
Order = tuple[float, float]

_LOW = 0.7  # confidence from which downwards a record without a code is listed for checking


def tidy_tables(plans: Sequence[Plan]) -> dict[str, list[Row]]:
    """Return the rows over all `plans` of each table of `convert`, by the table's name.

    Every row has all the table's columns, in their order. Texts are as in the plan; what a CSV
    file guards is in `actionplan.normalise.csv_text`.
    """
    return {name: [row for plan in plans for row in table_rows(name, plan)] for name in TABLES}


def table_rows(table: str, plan: Plan) -> Iterator[Row]:
    """Yield the rows of one table for one plan.

    Raises:
        KeyError: there is no such table.
    """
    for row in _MAKERS[table](plan):
        yield _ordered(table, row)


def _ordered(table: str, row: Row) -> Row:
    names = column_names(table)
    if len(row) != len(names) or row.keys() != set(names):
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


def _target(prefix: str, target: Target | None) -> Row:
    return _date(prefix, target) | {
        f"{prefix}_kind": target.kind if target else None,
        f"{prefix}_ongoing": target.ongoing if target else None,
    }


def _status(status: Status | None) -> Row:
    return {
        "status": status.value if status else None,
        "status_basis": status.basis if status else None,
        "status_text": (status.text or None) if status else None,
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
        }
        | _words(plan.audit)
    )


def _words(audit: Audit) -> Row:
    return {
        "words_on_plan_pages": audit.words_on_plan_pages,
        "words_in_cells": audit.in_cells,
        "words_in_headings": audit.in_headings,
        "words_in_headers": audit.in_headers,
        "words_in_furniture": audit.in_furniture,
        "words_unassigned": audit.unassigned,
        "words_duplicated": audit.duplicated,
    }


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
        row = _record(plan, record) | _target("target", record.target)
        row |= _target("revised_target", record.revised_target)
        row |= _date("completion", record.completion) | _status(record.status)
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
                "level_evidence": record.level_evidence,
                "themes": _joined(record.themes),
                "printed_themes": _joined(record.printed_themes),
                "acceptance": record.acceptance,
                "agencies": _joined(agency.name for agency in record.agencies),
                "leads": _joined(lead.text for lead in record.leads),
                "milestones": record.milestones,
                "outcome": record.outcome,
                "actions": len(record.actions),
                "updates": len(record.updates),
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
                | _target("target", action.target)
                | _status(action.status)
                | {
                    "position": position,
                    "number": action.number,
                    "text": action.text,
                    "leads": _joined(lead.text for lead in action.leads),
                    "agencies": _joined(agency.name for agency in action.agencies),
                }
            )


def _leads(plan: Plan) -> Iterator[Row]:
    for record in plan.recommendations:
        yield from _listed(_record(plan, record), record, lambda one: map(_lead, one.leads))


def _lead(lead: Lead) -> Row:
    return {
        "name": lead.name,
        "post": lead.post,
        "organisation": lead.organisation,
        "text": lead.text,
    }


def _agencies(plan: Plan) -> Iterator[Row]:
    for record in plan.recommendations:
        yield from _listed(_record(plan, record), record, lambda one: map(_agency, one.agencies))


def _agency(agency: Agency) -> Row:
    return {
        "name": agency.name,
        "canonical": agency.canonical,
        "agency_id": agency.id,
        "type": agency.type,
    }


def _listed(
    base: Row, record: Recommendation, rows: Callable[[Recommendation | Action], Iterable[Row]]
) -> Iterator[Row]:
    """What the record has, then what its actions have, counted in one."""
    places: list[tuple[int | None, Row]] = [(None, row) for row in rows(record)]
    places += [(place, row) for place, one in enumerate(record.actions, 1) for row in rows(one)]
    for position, (action, row) in enumerate(places, 1):
        yield base | {"action": action, "position": position} | row


def _updates(plan: Plan) -> Iterator[Row]:
    for record in plan.recommendations:
        for position, update in enumerate(record.updates, 1):
            yield _record(plan, record) | _update(update) | {"position": position}


def _update(update: Update) -> Row:
    dated = _date("date", update.date) | _status(update.status)
    return dated | {"label": update.label, "text": update.text}


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


def _document_dates(plan: Plan) -> Iterator[Row]:
    for position, one in enumerate(plan.document.dates, 1):
        yield _document(plan) | _date("date", one) | {"position": position, "role": one.role}


def _themes(plan: Plan) -> Iterator[Row]:
    for record in plan.recommendations:
        named = [("vocabulary", theme) for theme in record.themes]
        named += [("printed", theme) for theme in record.printed_themes]
        for position, (basis, theme) in enumerate(named, 1):
            words = record.theme_evidence.get(theme, []) if basis == "vocabulary" else []
            found = {"basis": basis, "theme": theme, "evidence": _joined(words)}
            yield _record(plan, record) | found | {"position": position}


def _provenance(plan: Plan) -> Iterator[Row]:
    for record in plan.recommendations:
        base = _record(plan, record)
        for field, places in record.provenance.items():
            for position, place in enumerate(places, 1):
                box = dict(zip(("x0", "y0", "x1", "y1"), place.bbox, strict=True))
                yield base | {"field": field, "position": position, "page": place.page} | box


def _unassigned(plan: Plan) -> Iterator[Row]:
    for position, one in enumerate(plan.unassigned, 1):
        box = " ".join(f"{value:.1f}" for value in one.bbox)
        found = {"position": position, "page": one.page, "bbox": box, "text": one.text}
        yield _document(plan) | found


_MAKERS: dict[str, Callable[[Plan], Iterator[Row]]] = {
    "documents": _documents,
    "document_dates": _document_dates,
    "sections": _sections,
    "recommendations": _recommendations,
    "themes": _themes,
    "actions": _actions,
    "leads": _leads,
    "agencies": _agencies,
    "updates": _updates,
    "issues": _issues,
    "provenance": _provenance,
    "unassigned": _unassigned,
}


def check_rows(plans: Sequence[Plan]) -> list[Row]:
    """Return what to look at, worst first: rows of ``check.csv``.

    Each doubt of a record is a row; so is a record of low confidence that names no doubt, and
    each page with text that is in no cell, heading, header or furniture. Records come by
    confidence, their doubts by weight; unassigned text comes last.
    """
    rows = [item for plan in plans for item in doubt_rows(plan)]
    rows.sort(key=lambda item: item[0])
    loose = [row for plan in plans for row in loose_rows(plan)]
    return [*(row for _, row in rows), *loose]


def doubt_rows(plan: Plan) -> Iterator[tuple[Order, Row]]:
    """Yield the rows of ``check.csv`` about records, each with its place in the order of all."""
    for record in plan.recommendations:
        for order, row in _doubts(plan, record):
            yield order, _ordered("check", row)


def loose_rows(plan: Plan) -> Iterator[Row]:
    """Yield the rows of ``check.csv`` that stand last: text of the plan that is in no table."""
    for row in _unassigned_rows(plan):
        yield _ordered("check", row)


def _doubts(plan: Plan, record: Recommendation) -> Iterator[tuple[Order, Row]]:
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
