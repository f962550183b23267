"""A document: its facts, columns, records, conflicts, downloads, and what was changed."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actionplan.review.bodies import FormBody
from actionplan.review.model import State
from actionplan.review.routes_record import undo_texts
from actionplan.review.site import address, page, session_of, site_of, who_of

router = APIRouter()
FORMS = ("json", "csv", "xlsx")


@router.get("/documents/{name}")
def document(request: Request, name: str, done: str = "") -> Response:
    """The document as a whole."""
    site = site_of(request)
    desk = site.desk
    elsewhere = next((one for one in desk.queue() if one.name != name), None)
    return page(
        request,
        "document.html",
        document=desk.document(name),
        first=next(iter(desk.queue(name)), None),
        elsewhere=elsewhere,
        done=bool(done),
        column_fields=desk.column_fields(),
        forms=FORMS,
        has_pdf=desk.pdf(name) is not None,
        oob=False,
        **undo_texts(site, name, who_of(request)),
    )


@router.post("/documents/{name}/field")
def set_field(request: Request, name: str, form: FormBody) -> Response:
    """Correct a fact of the document."""
    desk, seen, who = site_of(request).desk, form.number("seen"), who_of(request)
    path, text = form.text("path"), form.text("text")
    saved = desk.set_document_field(name, path, text, seen=seen, who=who)
    return _told(request, name, saved.message)


@router.post("/documents/{name}/column")
def set_column(request: Request, name: str, form: FormBody) -> Response:
    """Give a column another field; the whole section is read anew."""
    desk, seen, who = site_of(request).desk, form.number("seen"), who_of(request)
    section, column, field = form.text("section"), form.number("column"), form.text("text")
    desk.set_column(name, section, column, field, seen=seen, who=who)
    return Response(status_code=204, headers={"hx-refresh": "true"})


@router.post("/documents/{name}/accept-rest")
def accept_rest(request: Request, name: str, form: FormBody) -> Response:
    """Accept every record that is neither accepted nor flagged."""
    desk = site_of(request).desk
    desk.accept_rest(name, seen=form.number("seen"), who=who_of(request))
    return Response(status_code=204, headers={"hx-redirect": f"{address(name)}?done=1"})


@router.post("/documents/{name}/mark")
def mark(request: Request, name: str, form: FormBody) -> Response:
    """Call the whole document reviewed, or take that back."""
    state: State | None = "accepted" if form.text("state") == "accepted" else None
    desk, seen, who = site_of(request).desk, form.number("seen"), who_of(request)
    desk.mark(name, None, None, state, seen=seen, who=who)
    return Response(status_code=204, headers={"hx-refresh": "true"})


@router.post("/documents/{name}/conflicts/{ident}")
def resolve(request: Request, name: str, ident: str, form: FormBody) -> Response:
    """Settle a conflict: the correction, or what was found."""
    choice = form.text("choice")
    if choice not in ("mine", "found"):
        raise HTTPException(400, f"there is no choice {choice!r}")
    site_of(request).desk.resolve(name, ident, choice, who=who_of(request))
    return Response(status_code=204, headers={"hx-refresh": "true"})


@router.get("/documents/{name}/history")
def history(request: Request, name: str) -> Response:
    """What was changed, the latest first."""
    return page(request, "history.html", lines=site_of(request).desk.history(name))


@router.get("/documents/{name}/download/{form}")
def download(request: Request, name: str, form: str) -> Response:
    """The corrected plan as a file."""
    if form not in FORMS:
        raise HTTPException(404)
    made = site_of(request).desk.download(name, form)
    plain = "".join(one if one.isalnum() or one in "-_. " else "_" for one in made.filename)
    plain = plain.encode("ascii", "replace").decode().replace("?", "_")
    named = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(made.filename, safe='')}"
    return Response(made.data, media_type=made.media_type, headers={"content-disposition": named})


@router.post("/reading")
def reading(request: Request, form: FormBody) -> Response:
    """What the program reads in a text, while it is typed."""
    found = site_of(request).desk.read_text(form.text("field"), form.text("text"))
    return page(request, "reading.html", reading=found)


def _told(request: Request, name: str, message: str) -> Response:
    site = site_of(request)
    return page(
        request,
        "document_saved.html",
        told=message,
        document=site.desk.document(name),
        session=session_of(request),
        **undo_texts(site, name, who_of(request)),
    )
