"""The desk as a web application, and the server that it runs in."""

from __future__ import annotations

import os
import socket
import threading
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException as AnyHTTPException

from actionplan.console import say
from actionplan.errors import ActionplanError, NoSuchRecordError, UsageError
from actionplan.page_images import PageImages
from actionplan.review import (
    routes_document,
    routes_edits,
    routes_lists,
    routes_pages,
    routes_record,
    routes_static,
    routes_uploads,
)
from actionplan.review.desk import Desk
from actionplan.review.security import Access, Guard
from actionplan.review.site import Site, is_fragment, make_templates, page
from actionplan.review.uploads import Uploads

REFUSALS = {
    "host": (
        "This address is not the desk's",
        "Use the address that the terminal shows; it begins with http://127.0.0.1.",
    ),
    "session": (
        "The desk does not know this browser",
        "Open the link that the terminal shows. It works once; for another browser make a new link "
        "under Settings, or start the desk again.",
    ),
    "link": (
        "This link has been used",
        "Each link opens the desk in one browser. Make a new one under Settings in the browser "
        "that is open already, or start the desk again.",
    ),
    "origin": (
        "This request came from another page",
        "Only the desk's own pages can change something. Open the desk by its own address.",
    ),
    "csrf": (
        "This page is from an earlier run of the desk",
        "Load the page again and repeat what you did.",
    ),
}
STATUS = {
    404: ("Not found", "There is no such page. Go back to the list of documents."),
    405: ("Not possible", "Go back to the list of documents."),
    413: ("Too large", "The desk does not take this much at once."),
}


def create_app(desk: Desk, access: Access, images: PageImages, uploads: Uploads) -> Guard:
    """Return the application, guarded.

    Args:
        desk: the data, and all that is done with it.
        access: links and sessions.
        images: pictures of pages.
        uploads: files being converted.
    """

    @asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        # The first page image and the first reading of a text wait for nothing.
        for work in (images.start, desk.warm_up):
            threading.Thread(target=work, daemon=True).start()
        yield
        images.close()
        uploads.close()
        desk.close()

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=running)
    site = Site(desk, access, images, uploads, make_templates())
    app.state.site = site
    for routes in (
        routes_static,
        routes_lists,
        routes_document,
        routes_record,
        routes_edits,
        routes_pages,
        routes_uploads,
    ):
        app.include_router(routes.router)
    app.add_exception_handler(ActionplanError, _told)
    app.add_exception_handler(AnyHTTPException, _http)
    app.add_exception_handler(RequestValidationError, _not_found)
    app.add_exception_handler(Exception, _unexpected)
    # Around everything, so that an answer to a defect has the same headers as any other.
    return Guard(app, access, lambda why: _refusal(site, why))


def _refusal(site: Site, why: str) -> Response:
    title, advice = REFUSALS[why]
    template = site.templates.get_template("message.html")
    text = template.render(session=None, here="", title=title, advice=advice)
    return Response(text, status_code=403, media_type="text/html")


def _message(request: Request, status: int, title: str, advice: str) -> Response:
    """A message as a page, or for a part of a page as a line that is told."""
    name = "told.html" if is_fragment(request) else "message.html"
    return page(request, name, status=status, title=title, advice=advice)


async def _told(request: Request, error: Exception) -> Response:
    """An error of the product: its one line is the page."""
    status = 404 if isinstance(error, NoSuchRecordError) else 409
    return _message(request, status, "This could not be done", str(error))


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, AnyHTTPException)
    title, advice = STATUS.get(error.status_code, ("Not possible", str(error.detail)))
    return _message(request, error.status_code, title, advice)


async def _not_found(request: Request, error: Exception) -> Response:
    return await _http(request, HTTPException(404))


async def _unexpected(request: Request, error: Exception) -> Response:
    """A defect of this program: no word of its inside goes to the browser."""
    return _message(
        request,
        500,
        "Something went wrong in the desk",
        "What was saved is safe. Load the page again; if it happens again, report what the "
        "terminal shows.",
    )


def serve(folder: Path, *, port: int, open_browser: bool, who: str | None) -> None:
    """Serve the desk of the output folder `folder` on 127.0.0.1 until it is interrupted.

    Args:
        folder: the output folder of a conversion.
        port: to listen on; 0: any free one.
        open_browser: open the first page in the user's browser.
        who: the reviewer's name; None: the first page asks for it.

    Raises:
        UsageError: the port is in use.
    """
    import uvicorn

    listening = _listen(port)
    number = listening.getsockname()[1]
    access = Access(who or "", number)
    desk = Desk(folder)
    app = create_app(desk, access, PageImages(), Uploads(folder))
    link = f"http://127.0.0.1:{number}/?token={access.new_link()}"
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, ws="none"
    )
    say(f"review desk: {link}")
    say("The link works once, in one browser. Ctrl-C ends the desk; everything is saved.")
    if open_browser:
        threading.Timer(0.5, webbrowser.open, (link,)).start()
    uvicorn.Server(config).run(sockets=[listening])


def _listen(port: int) -> socket.socket:
    """A socket on loopback alone: no other machine can reach it.

    Raises:
        UsageError: the port is in use or not ours to take.
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # elsewhere it would let two programs share the port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", port))
        listening.listen()  # who follows the link at once waits, and is not refused
    except OSError as error:
        listening.close()
        raise UsageError(
            f"--port {port}: cannot listen there ({error.strerror}); name another one"
        ) from error
    return listening
