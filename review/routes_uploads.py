"""PDFs that come in, and how far their conversion is."""

from __future__ import annotations

from urllib.parse import unquote

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actionplan.errors import ActionplanError
from actionplan.review.bodies import body_of
from actionplan.review.site import page, site_of

router = APIRouter()


@router.post("/uploads")
async def upload(request: Request) -> Response:
    """Take a PDF as it is, its name in a header, and begin to convert it."""
    from fastapi.concurrency import run_in_threadpool

    site = site_of(request)
    name = unquote(request.headers.get("x-file-name", ""))[:255]
    data = await body_of(request, site.uploads.settings.size)
    try:
        added = await run_in_threadpool(site.uploads.add, name, data)
    except ActionplanError as error:
        return page(request, "upload_refused.html", status=415, message=str(error))
    return page(request, "upload.html", status=201, upload=added)


@router.get("/uploads/{ident}")
def upload_state(request: Request, ident: str) -> Response:
    """How far an upload is."""
    found = site_of(request).uploads.get(ident)
    if found is None:
        raise HTTPException(404)
    return page(request, "upload.html", upload=found)


@router.post("/documents/{name}/pdf")
async def attach(request: Request, name: str) -> Response:
    """Take the PDF of a plan again, if it is not where it was."""
    from fastapi.concurrency import run_in_threadpool

    site = site_of(request)
    data = await body_of(request, site.uploads.settings.size)
    await run_in_threadpool(site.desk.attach_pdf, name, data)
    return Response(status_code=204, headers={"hx-refresh": "true"})
