"""A record beside its pages, and the steps from one to the next."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from actionplan.errors import ActionplanError
from actionplan.review.model import JoinView, PageTables
from actionplan.review.routes_pages import page_sizes
from actionplan.review.site import (
    Site,
    address,
    is_fragment,
    page,
    session_of,
    site_of,
    who_of,
)
from actionplan.review.wording import TARGETS

router = APIRouter()


@router.get("/documents/{name}/start")
def start(request: Request, name: str) -> Response:
    """Go to the most doubtful record of a document that is not checked."""
    queue = site_of(request).desk.queue(name)
    where = address(name, queue[0].key) if queue else address(name)
    return RedirectResponse(where, status_code=303)


@router.get("/documents/{name}/records/{key}")
def record(request: Request, name: str, key: str) -> Response:
    """The record with the pages; a link to it from another record changes the form alone."""
    if is_fragment(request):
        return form(request, name, key)
    site = site_of(request)
    pdf = site.desk.pdf(name)
    values = form_values(request, name, key)
    values.update(pdf=pdf is not None, sizes=page_sizes(site, name) if pdf else [])
    return page(request, "desk.html", **values)


@router.get("/documents/{name}/records/{key}/step")
def step(request: Request, name: str, key: str, to: str, all: str = "") -> Response:
    """Go to the next open record of the queue, or to the one before."""
    return go(request, name, key, back=to == "previous", everywhere=bool(all))


@router.get("/documents/{name}/records/{key}/rows")
def rows(request: Request, name: str, key: str) -> Response:
    """The table rows of a record, and the page breaks inside it."""
    desk = site_of(request).desk
    view = desk.record(name, key)
    pages = sorted({*view.pages, *(page + 1 for page in view.pages)})
    try:
        tables = [desk.page_tables(name, one) for one in pages if one <= _pages(request, name)]
    except ActionplanError as error:
        return page(
            request, "rows.html", record=view, told=str(error), rows=[], joins=[], wait=False
        )
    known = [one for one in tables if one is not None]
    found = _rows(known, key)
    return page(
        request,
        "rows.html",
        record=view,
        document=desk.document(name),
        told="",
        wait=len(known) < len(tables),
        rows=found,
        joins=_joins(known, found),
    )


def _pages(request: Request, name: str) -> int:
    return site_of(request).desk.document(name).pages


def _rows(tables: list[PageTables], key: str) -> list[dict[str, Any]]:
    """The rows that the record was read from: where they stand and how they begin."""
    found: dict[tuple[int, int], dict[str, Any]] = {}
    for one in tables:
        for cell in one.cells:
            if cell.key != key:
                continue
            row = found.setdefault(
                (cell.table, cell.row),
                {"table": cell.table, "row": cell.row, "text": "", "pieces": {}},
            )
            row["text"] = max(row["text"], cell.text[:120], key=len)
            top, bottom = row["pieces"].get(one.page, (cell.bbox[1], cell.bbox[3]))
            row["pieces"][one.page] = (min(top, cell.bbox[1]), max(bottom, cell.bbox[3]))
    return [found[place] for place in sorted(found)]


def _joins(tables: list[PageTables], rows: list[dict[str, Any]]) -> list[JoinView]:
    """The page breaks inside these rows, behind them, and, where a new row begins, before them."""
    own = {(row["table"], row["row"]) for row in rows}
    joins = [join for one in tables for join in one.joins]
    return [
        join
        for join in joins
        if (join.table, join.row) in own or (not join.joined and (join.table, join.row + 1) in own)
    ]


def go(
    request: Request, name: str, key: str, *, back: bool = False, everywhere: bool = False
) -> Response:
    """Answer with the next open record; another document is another page."""
    desk = site_of(request).desk
    find = desk.previous_item if back else desk.next_item
    item = find(name, key) if everywhere else find(name, key, within=name)
    if item is None:
        where = "/queue" if everywhere else f"{address(name)}?done=1"
        return Response(status_code=204, headers={"hx-redirect": where})
    if item.name != name:
        where = f"{address(item.name, item.key)}?all=1"
        return Response(status_code=204, headers={"hx-redirect": where})
    return form(request, name, item.key)


def form(request: Request, name: str, key: str, told: str = "") -> HTMLResponse:
    """The form of a record, in the place of the one that is shown."""
    made = page(request, "record_swap.html", told=told, **form_values(request, name, key))
    made.headers["hx-retarget"] = "#record"
    made.headers["hx-reswap"] = "outerHTML"
    made.headers["hx-push-url"] = address(name, key) + ("?all=1" if _everywhere(request) else "")
    return made


def form_values(request: Request, name: str, key: str) -> dict[str, Any]:
    """What the form of a record is made of."""
    site, session = site_of(request), session_of(request)
    view = site.desk.record(name, key)
    return {
        "document": site.desk.document(name),
        "record": view,
        "base": address(name, key),
        "titles": {one.name: one.title for one in view.fields},
        "targets": [(one.name, one.title) for one in view.fields if one.name in TARGETS],
        "everywhere": _everywhere(request),
        "session": session,
        "oob": False,
        **undo_texts(site, name, who_of(request)),
    }


def undo_texts(site: Site, name: str, who: str) -> dict[str, Any]:
    """What this reviewer can take back, and do again."""
    return {"undo": site.desk.undo_text(name, who), "redo": site.desk.redo_text(name, who)}


def _everywhere(request: Request) -> bool:
    """Whether the reviewer steps through the queue of all documents."""
    current = request.headers.get("hx-current-url", str(request.url))
    return "all=1" in current.partition("?")[2]
