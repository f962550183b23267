"""Edits of a record: each is one form, each answers with the parts of the page that it changed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actionplan.errors import NothingToDoError
from actionplan.review.bodies import Form, FormBody
from actionplan.review.desk import Desk
from actionplan.review.model import RecordView, Saved, State
from actionplan.review.routes_record import form as record_form
from actionplan.review.routes_record import form_values, go
from actionplan.review.site import address, page, site_of, who_of

router = APIRouter(prefix="/documents/{name}")
records = "/records/{key}"

Edit = Callable[[Desk, str, str, Form, dict[str, Any]], Saved]


def _text(desk: Desk, name: str, key: str, form: Form, by: dict[str, Any]) -> Saved:
    """A text, read by the parser of its field."""
    return desk.set_text(name, key, form.text("path"), form.text("text"), **by)


def _value(desk: Desk, name: str, key: str, form: Form, by: dict[str, Any]) -> Saved:
    """A text as it stands; an empty one is no value."""
    path, text = form.text("path"), " ".join(form.text("text").split())
    needed = path.rpartition(".")[2] in ("text", "name") and not path.startswith("target")
    return desk.set_field(name, key, path, text if text or needed else None, **by)


def _list(desk: Desk, name: str, key: str, form: Form, by: dict[str, Any]) -> Saved:
    """The choices that are ticked."""
    return desk.set_field(name, key, form.text("path"), form.all("values"), **by)


def _back(desk: Desk, name: str, key: str, form: Form, by: dict[str, Any]) -> Saved:
    """What was read in the first place."""
    path = form.text("path")
    view = desk.record(name, key)
    found = next((one for one in view.fields if one.name == path), None)
    if found is None:
        raise HTTPException(400, f"there is no field {path!r}")
    return desk.set_field(name, key, path, found.original, **by)


def _add(desk: Desk, name: str, key: str, form: Form, by: dict[str, Any]) -> Saved:
    return desk.add_item(name, key, form.text("path"), form.text("text").strip(), **by)


def _remove(desk: Desk, name: str, key: str, form: Form, by: dict[str, Any]) -> Saved:
    return desk.remove_item(name, key, form.text("path"), form.number("index"), **by)


def _move(desk: Desk, name: str, key: str, form: Form, by: dict[str, Any]) -> Saved:
    index, to = form.number("index"), form.number("to")
    return desk.move_item(name, key, form.text("path"), index, to, **by)


def _move_text(desk: Desk, name: str, key: str, form: Form, by: dict[str, Any]) -> Saved:
    source, target = form.text("path"), form.text("target")
    start, end = form.number("start"), form.number("end")
    return desk.move_text(name, key, source, target, start, end, **by)


EDITS: dict[str, Edit] = {
    "text": _text,
    "value": _value,
    "list": _list,
    "back": _back,
    "add": _add,
    "remove": _remove,
    "move": _move,
    "move_text": _move_text,
}
_STATES: dict[str, State | None] = {"": None, "accepted": "accepted", "flagged": "flagged"}
REDRAWN = frozenset({"back", "add", "remove", "move"})
"""Edits after which the inputs of their field are others than before."""


@router.post(records + "/edit")
def edit(request: Request, name: str, key: str, form: FormBody) -> Response:
    """Change a field of a record."""
    desk, op = site_of(request).desk, form.text("op")
    if op not in EDITS:
        raise HTTPException(400, f"there is no edit {op!r}")
    before = desk.record(name, key)
    try:
        saved = EDITS[op](desk, name, key, form, _by(request, form))
    except NothingToDoError:  # typed and taken back, or a blank: no reason to stop anybody
        return saved_parts(request, name, key, "nothing has changed", set())
    if op == "move_text" or saved.reload:
        return record_form(request, name, saved.key or key, saved.message)
    path = form.text("path")
    again = {path.partition(".")[0]} if op in REDRAWN or _is_read(before, path, op) else set()
    return saved_parts(request, name, key, saved.message, again)


def _is_read(view: RecordView, path: str, op: str) -> bool:
    """Whether a text was read into parts that are inputs, too."""
    head, _, rest = path.partition(".")
    kinds = {one.name: one.kind for one in view.fields}
    return op == "text" and not rest and kinds.get(head) in ("target", "date", "leads", "updates")


def saved_parts(request: Request, name: str, key: str, told: str, again: set[str]) -> Response:
    """What stands around the inputs, made anew; the inputs of the fields `again`, too."""
    values = form_values(request, name, key)
    return page(request, "saved.html", told=told, again=again, **values)


@router.post(records + "/mark")
def mark(request: Request, name: str, key: str, form: FormBody) -> Response:
    """Accept or flag a record or a field, or take that back."""
    wanted = form.text("state")
    if wanted not in _STATES:
        raise HTTPException(400, f"there is no state {wanted!r}")
    desk, by = site_of(request).desk, _by(request, form)
    told = "nothing has changed"
    with suppress(NothingToDoError):
        told = desk.mark(name, key, form.get("field"), _STATES[wanted], **by).message
    if form.get("go") == "next":
        everywhere = "all=1" in request.headers.get("hx-current-url", "")
        return go(request, name, key, everywhere=everywhere)
    return saved_parts(request, name, key, told, set())


@router.post(records + "/add")
def add_record(request: Request, name: str, key: str, form: FormBody) -> Response:
    """A new record below this one."""
    desk = site_of(request).desk
    seen = desk.document(name).version
    saved = desk.add_record(name, after=key, seen=seen, who=who_of(request))
    return record_form(request, name, saved.key or key, saved.message)


@router.post(records + "/delete")
def delete_record(request: Request, name: str, key: str, form: FormBody) -> Response:
    """Take the record out; the one after it is shown, or the one before."""
    desk = site_of(request).desk
    view = desk.record(name, key)
    saved = desk.remove_record(name, key, **_by(request, form))
    return _after(request, name, saved.key or view.after or view.before, saved)


@router.post(records + "/merge")
def merge_records(request: Request, name: str, key: str, form: FormBody) -> Response:
    """Take another record into this one."""
    desk, other = site_of(request).desk, form.text("other")
    seen = desk.record(name, other).version
    saved = desk.merge_records(name, key, other, seen_other=seen, **_by(request, form))
    return record_form(request, name, saved.key or key, saved.message)


@router.post(records + "/split")
def split_record(request: Request, name: str, key: str, form: FormBody) -> Response:
    """Make two records of one."""
    parts: dict[str, Any] = {
        kind: [int(one) for one in form.all(kind) if one.isdecimal()]
        for kind in ("actions", "updates", "leads", "agencies")
    }
    text_at = form.number("text_at") if form.get("text_at") else None
    by = _by(request, form)
    saved = site_of(request).desk.split_record(name, key, text_at=text_at, **parts, **by)
    return record_form(request, name, saved.key or key, saved.message)


@router.post(records + "/structure")
def structure(request: Request, name: str, key: str, form: FormBody) -> Response:
    """Join or split rows of the table; the plan is read anew from it."""
    desk, op, by = site_of(request).desk, form.text("op"), _by(request, form)
    table = form.number("table")
    if op == "split_join":
        saved = desk.split_join(name, table, form.number("join"), **by)
    elif op == "join_join":
        saved = desk.join_join(name, table, form.number("join"), **by)
    elif op == "join_rows":
        saved = desk.join_rows(name, table, form.number("row"), **by)
    elif op == "split_row":
        row, at, y = form.number("row"), form.number("page"), float(form.text("y"))
        saved = desk.split_row(name, table, row, at, y, **by)
    else:
        raise HTTPException(400, f"there is no edit {op!r}")
    return _after(request, name, saved.key or key, saved)


@router.post("/undo")
def undo(request: Request, name: str) -> Response:
    """Take back the reviewer's last edit."""
    return _again(request, name, site_of(request).desk.undo(name, who=who_of(request)))


@router.post("/redo")
def redo(request: Request, name: str) -> Response:
    """Do again what was taken back."""
    return _again(request, name, site_of(request).desk.redo(name, who=who_of(request)))


def _again(request: Request, name: str, saved: Saved) -> Response:
    """On the page of a record, the one that was touched; else the same page once more."""
    path = request.headers.get("hx-current-url", "").partition("?")[0]
    if "/records/" not in path:
        return Response(status_code=204, headers={"hx-refresh": "true"})
    return _after(request, name, saved.key or path.rpartition("/")[2], saved)


def _after(request: Request, name: str, key: str | None, saved: Saved) -> Response:
    """The record `key` if it is there, else the document."""
    known = {row.key for row in site_of(request).desk.document(name).records}
    found = next((one for one in (key, *saved.keys) if one in known), None)
    if found is None:
        return Response(status_code=204, headers={"hx-redirect": address(name)})
    return record_form(request, name, found, saved.message)


def _by(request: Request, form: Form) -> dict[str, Any]:
    """Which version the reviewer saw, and who it is."""
    return {"seen": form.number("seen"), "who": who_of(request)}
