"""What all routes share: the desk, sessions, pictures, uploads, and the templates."""

from __future__ import annotations

import datetime
import getpass
import json
from dataclasses import dataclass
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from actionplan.page_images import PageImages
from actionplan.review import wording
from actionplan.review.desk import Desk
from actionplan.review.security import Access, Session
from actionplan.review.uploads import Uploads

HTMX_CONFIG = json.dumps(
    {
        # Under the policy of the desk neither a style of htmx's own nor code in attributes works.
        "includeIndicatorStyles": False,
        "allowEval": False,
        "allowScriptTags": False,
        "selfRequestsOnly": True,
        # Pages hold what people are checking: none is kept in the browser's storage.
        "historyCacheSize": 0,
        "refreshOnHistoryMiss": True,
        "scrollBehavior": "instant",
        "responseHandling": [
            {"code": "204", "swap": False},
            {"code": "[23]..", "swap": True},
            # An edit that was refused brings its message with it.
            {"code": "409", "swap": True},
            {"code": "[45]..", "swap": False, "error": True},
        ],
    }
)

SHORTCUTS = (
    ("n", "Next record in the queue"),
    ("p", "Record before it"),
    ("j", "Next record of the document"),
    ("k", "Record before it in the document"),
    ("a", "Accept the record and go on"),
    ("Shift A", "Accept the rest of the document"),
    ("f", "Flag the record for somebody to look at"),
    ("e", "Edit: go to the first doubtful field"),
    ("u", "Undo"),
    ("r", "Redo"),
    ("+ and -", "Larger or smaller page"),
    ("0", "Page as wide as its pane"),
    ("?", "This list"),
    ("Esc", "Leave a field"),
)


@dataclass(slots=True)
class Site:
    """The parts of the running desk."""

    desk: Desk
    access: Access
    images: PageImages
    uploads: Uploads
    templates: Environment


def make_templates() -> Environment:
    """Return the templates: everything put into them is escaped, a missing value is an error."""
    env = Environment(
        loader=PackageLoader("actionplan.review"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["segment"] = lambda text: quote(str(text), safe="")
    env.filters["day"] = day
    env.filters["json"] = lambda value: json.dumps(value, ensure_ascii=False)
    env.tests["empty_field"] = wording.is_empty
    env.globals.update(htmx_config=HTMX_CONFIG, shortcuts=SHORTCUTS)
    env.globals.update(
        boxes=wording.boxes,
        is_empty=wording.is_empty,
        meaning=wording.meaning,
        pages_of=wording.pages_of,
        row_boxes=wording.row_boxes,
        shown=wording.shown,
        statuses=wording.STATUSES,
    )
    return env


def day(when: str) -> str:
    """A time of the log, ISO and UTC, as people of the place say it: ``23 November, 09:14``."""
    try:
        moment = datetime.datetime.fromisoformat(when).astimezone()
    except ValueError:
        return when
    return f"{moment.day} {moment:%B, %H:%M}"


def site_of(request: Request) -> Site:
    """Return the site that a request came to."""
    site: Site = request.app.state.site
    return site


def session_of(request: Request) -> Session:
    """Return the session of a request; the guard let it pass, so there is one."""
    session: Session = request.scope["session"]
    return session


def who_of(request: Request) -> str:
    """The name that a change of this browser carries."""
    return session_of(request).reviewer or account()


def account() -> str:
    """The name of the account, until a reviewer gives another one."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "reviewer"


def address(name: str, key: str = "") -> str:
    """The path of a document, or of a record in it."""
    where = f"/documents/{quote(name, safe='')}"
    return f"{where}/records/{quote(key, safe='')}" if key else where


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Return the page that `template` makes of `values`."""
    values = {"here": "", "session": request.scope.get("session"), **values}
    made = site_of(request).templates.get_template(template).render(values)
    return HTMLResponse(made, status_code=status)


def is_fragment(request: Request) -> bool:
    """Whether htmx asks for a part of a page (and not for one out of the browser's history)."""
    headers = request.headers
    return "hx-request" in headers and "hx-history-restore-request" not in headers


def htmx_script() -> bytes:
    """Return htmx, out of the package that ships it.

    Raises:
        PackageNotFoundError: the package is not installed.
    """
    path = metadata.distribution("django-js-lib-htmx").locate_file(
        "js_lib_htmx/static/htmx/htmx.min.js"
    )
    return Path(str(path)).read_bytes()


def static_file(name: str) -> bytes | None:
    """Return one of the desk's own files; None if there is none of this name."""
    folder = files("actionplan.review") / "static"
    known = {item.name: item for item in folder.iterdir() if item.is_file()}
    return known[name].read_bytes() if name in known else None
