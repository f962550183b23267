"""The lists: documents, the queue over all of them, and settings."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from actionplan.review.bodies import FormBody
from actionplan.review.site import account, page, session_of, site_of

router = APIRouter()
QUEUE_ROWS = 100
"""Rows of the queue on one page; who wants more steps through it with the keyboard."""
NAME_LENGTH = 80
"""Characters of a reviewer's name."""


@router.get("/")
def documents(request: Request) -> Response:
    """The documents, with what is to do in each."""
    site = site_of(request)
    return page(
        request,
        "documents.html",
        here="documents",
        documents=site.desk.documents(),
        progress=site.desk.progress(),
        first=next(iter(site.desk.queue()), None),
        user=account(),
        megabytes=site.uploads.settings.size // 1_000_000,
    )


@router.get("/queue")
def queue(request: Request, all: bool = False) -> Response:
    """The records of all documents, doubtful first."""
    desk = site_of(request).desk
    items = desk.queue(open_only=not all)
    return page(
        request,
        "queue.html",
        here="queue",
        items=items[:QUEUE_ROWS],
        total=len(items),
        progress=desk.progress(),
        everything=all,
    )


@router.get("/settings")
def settings(request: Request) -> Response:
    """The reviewer's name, keys, and links for other browsers."""
    return page(request, "settings.html", here="settings", link=None, user=account())


@router.post("/settings")
def save_settings(request: Request, form: FormBody) -> Response:
    """Keep the name and the choice of keys for this browser."""
    session = session_of(request)
    if "reviewer" in form:
        session.reviewer = " ".join(form["reviewer"].split())[:NAME_LENGTH]
    if "shortcuts" in form:
        session.shortcuts = form["shortcuts"] == "on"
    back = "/" if form.get("back") == "/" else "/settings"
    if "hx-request" in request.headers:
        return Response(status_code=204, headers={"hx-redirect": back})
    return RedirectResponse(back, status_code=303)


@router.post("/links")
def new_link(request: Request) -> Response:
    """A link that opens the desk in one more browser."""
    token = site_of(request).access.new_link()
    link = f"http://{request.headers['host']}/?token={token}"
    return page(request, "link.html", link=link)
