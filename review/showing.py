"""A document under review as its pages show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from actionplan.parsing import issue_kinds, theme_names
from actionplan.review.fields import (
    FieldForm,
    as_text,
    document_forms,
    field_of_issue,
    record_forms,
    record_label,
    title_of,
)
from actionplan.review.model import (
    Conflict,
    DocumentView,
    FieldView,
    IssueView,
    LogLine,
    PlaceView,
    Progress,
    RecordRow,
    RecordView,
    SectionView,
)
from actionplan.review.record_edits import is_open
from actionplan.review.settings import ReviewSettings
from actionplan.review.severity import record_severity, severity_of
from actionplan.review.state import DocumentState

_STATUS = ("completed", "in_progress", "not_started", "ongoing", "unknown")
_LEVELS = ("local", "regional", "national")


def document_view(state: DocumentState, settings: ReviewSettings) -> DocumentView:
    """Return a document with a list of its records."""
    facts = state.draft.document
    undo, redo = state.last_to_undo(None), state.last_to_redo(None)
    return DocumentView(
        name=state.name,
        version=state.seq,
        title=facts["title"] or facts["name"],
        file=facts["name"],
        pages=facts["pages"],
        fields=tuple(_document_field(state, form) for form in document_forms().values()),
        sections=tuple(section_view(one) for one in state.draft.parts["sections"]),
        records=tuple(record_rows(state, settings)),
        conflicts=conflicts(state),
        progress=progress(state, settings),
        mark=state.mark(None),
        undo=undo.message if undo else "",
        redo=redo.message if redo else "",
        unassigned=tuple(
            (PlaceView(one["page"], tuple(one["bbox"])), one["text"])
            for one in state.draft.parts["unassigned"]
        ),
    )


def _document_field(state: DocumentState, form: FieldForm) -> FieldView:
    value, read = state.draft.document[form.name], state.base.document[form.name]
    who, when = _last_change(state, None, f"document.{form.name}")
    return FieldView(
        name=form.name,
        title=form.title,
        kind=form.kind,
        value=value,
        text=as_text(form.name, value),
        edited=value != read,
        original=read,
        who=who,
        when=when,
    )


def section_view(section: Mapping[str, Any]) -> SectionView:
    """Return a section with its columns and joins."""
    return SectionView(
        id=section["id"],
        heading=section["heading"],
        agency=section["agency"],
        pages=tuple(section["pages"]),
        columns=tuple((one["header"], one["field"]) for one in section["columns"]),
        joins=tuple(section["joins"]),
    )


def record_rows(state: DocumentState, settings: ReviewSettings) -> Iterable[RecordRow]:
    """Yield the records of a document in its order."""
    for place, (key, record) in enumerate(state.draft.records.items(), 1):
        yield RecordRow(
            key=key,
            id=record["id"],
            label=record_label(record, place),
            text=excerpt(record, settings),
            page=first_page(record),
            severity=record_severity(state, key),
            confidence=record["confidence"],
            issues=len(record["issues"]),
            mark=state.mark(key),
            edited=state.is_edited(key),
            section=record["section"],
        )


def excerpt(record: Mapping[str, Any], settings: ReviewSettings) -> str:
    """Return the beginning of what a record recommends, or else of its actions."""
    text = str(record["text"]) or " ".join(one["text"] for one in record["actions"])
    if len(text) <= settings.excerpt:
        return text
    return text[: settings.excerpt].rsplit(" ", 1)[0] + " …"


def pages_of(record: Mapping[str, Any]) -> tuple[int, ...]:
    """Return the pages on which a record is printed."""
    found = {one["page"] for places in record["provenance"].values() for one in places}
    return tuple(sorted(found))


def first_page(record: Mapping[str, Any]) -> int | None:
    """Return the page on which a record begins: of its text, or else of any field."""
    places = record["provenance"].get("text")
    if places:
        return int(min(one["page"] for one in places))
    return next(iter(pages_of(record)), None)


def record_view(state: DocumentState, key: str) -> RecordView:
    """Return a record as a form."""
    record = state.draft.records[key]
    keys = list(state.draft.records)
    at = keys.index(key)
    sections = {one["id"]: one for one in state.draft.parts["sections"]}
    return RecordView(
        name=state.name,
        key=key,
        version=state.version(key),
        label=record_label(record, at + 1),
        position=at + 1,
        total=len(keys),
        section=section_view(sections[record["section"]]),
        confidence=record["confidence"],
        severity=record_severity(state, key),
        fields=tuple(_field(state, key, form) for form in record_forms().values()),
        mark=state.mark(key),
        value=record,
        pages=pages_of(record),
        before=keys[at - 1] if at else None,
        after=keys[at + 1] if at + 1 < len(keys) else None,
        issues=issues_of(record),
        conflicts=tuple(one for one in conflicts(state) if one.key == key),
        added=key not in state.base.records,
    )


def _field(state: DocumentState, key: str, form: FieldForm) -> FieldView:
    record, name = state.draft.records[key], form.name
    read = state.base.records.get(key, {}).get(name)
    value = record[name]
    who, when = _last_change(state, key, name)
    return FieldView(
        name=name,
        title=form.title,
        kind=form.kind,
        value=value,
        text=as_text(name, value),
        places=places_of(record, name),
        issues=tuple(one for one in issues_of(record) if one.field == name),
        mark=state.mark(key, name),
        edited=value != read if key in state.base.records else bool(value),
        original=read,
        who=who,
        when=when,
        choices=_choices().get(name, ()),
    )


@cache
def _choices() -> dict[str, tuple[str, ...]]:
    return {"status": _STATUS, "levels": _LEVELS, "themes": tuple(theme_names())}


def places_of(record: Mapping[str, Any], name: str) -> tuple[PlaceView, ...]:
    """Return where a field is printed."""
    # The reading cites a number where it stands in the label, or alone.
    places = record["provenance"].get("label" if name == "number" else name, ())
    return tuple(PlaceView(one["page"], tuple(one["bbox"])) for one in places)


def issues_of(record: Mapping[str, Any]) -> tuple[IssueView, ...]:
    """Return the doubts about a record, the gravest first."""
    kinds = issue_kinds()
    found = [
        IssueView(
            one["code"],
            field_of_issue(one["field"]),
            one["message"],
            severity_of(one["code"]),
            kinds.get(one["code"], ("", 0.0))[0],
        )
        for one in record["issues"]
    ]
    return tuple(sorted(found, key=lambda one: -one.severity))


def _last_change(state: DocumentState, key: str | None, name: str) -> tuple[str, str]:
    """Who changed a field last, and when."""
    for edit in reversed(list(state.active())):
        for change in edit.changes:
            if change.op != "mark" and change.record == key and change.field in (name, None):
                return edit.who, edit.at
    return "", ""


def conflicts(state: DocumentState) -> tuple[Conflict, ...]:
    """Return the corrections that no longer fit what was read."""
    return tuple(_conflict(one) for one in state.conflicts.values())


def _conflict(one: Mapping[str, Any]) -> Conflict:
    change = one["change"]
    field = change.get("field") or ""
    return Conflict(
        id=one["id"],
        key=one["key"],
        label=one["label"],
        field=title_of(field) if field else "",
        old=change.get("old"),
        found=one["found"],
        new=change.get("new"),
        who=one["who"],
        when=one["when"],
        message=one["message"],
    )


def progress(state: DocumentState, settings: ReviewSettings) -> Progress:
    """Return the counts of a document's records."""
    left = [key for key in state.draft.records if is_open(state, key)]
    marks = [mark for key in state.draft.records if (mark := state.mark(key)) and not mark.stale]
    return Progress(
        records=len(state.draft.records),
        accepted=sum(mark.state == "accepted" for mark in marks),
        flagged=sum(mark.state == "flagged" for mark in marks),
        edited=sum(state.is_edited(key) for key in state.draft.records),
        left=len(left),
        doubtful_left=sum(record_severity(state, key) >= settings.doubtful for key in left),
    )


def history(state: DocumentState) -> list[LogLine]:
    """Return the lines of a document's log for people, the last one first."""
    undone = {seq for seq, edit in state.edits.items() if edit.undone}
    lines = []
    for entry in reversed(state.history):
        message = entry.body.get("message") or "Converted anew; corrections made again"
        key = entry.body.get("command", {}).get("key")
        lines.append(
            LogLine(entry.seq, entry.at, entry.who, message, entry.seq in undone, entry.kind, key)
        )
    return lines
