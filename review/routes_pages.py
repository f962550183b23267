"""Pictures of pages, and what lies on them: fields, cells, joins."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse, Response

from actionplan.errors import ActionplanError
from actionplan.page_images import PageImageError
from actionplan.review.model import FieldBox, PageTables
from actionplan.review.site import Site, site_of

router = APIRouter(prefix="/documents/{name}/pages")
_LEAST, _MOST = 0.1, 8.0  # pixels a point that may be asked for


@router.get("/{number}.png")
def picture(request: Request, name: str, number: int, scale: float = 2.0) -> Response:
    """The picture of a page; its size in points comes with it, since a turned page is upright."""
    site = site_of(request)
    path = site.desk.pdf(name)
    sizes = page_sizes(site, name)
    if path is None or not 1 <= number <= len(sizes):
        raise HTTPException(404)
    asked = min(max(scale, _LEAST), _MOST)
    drawn = site.images.scale_for(asked, *sizes[number - 1])
    try:
        data = site.images.draw(path, number, drawn)
    except PageImageError as error:
        raise HTTPException(422, str(error)) from error
    return Response(data, media_type="image/png", headers={"x-scale": f"{drawn:.6f}"})


@router.get("/{number}/marks")
def marks(request: Request, name: str, number: int) -> JSONResponse:
    """What lies on a page: the fields at once, the tables as soon as the PDF was read."""
    desk = site_of(request).desk
    fields = [_field(box) for box in desk.page_fields(name, number)]
    try:
        tables = desk.page_tables(name, number)
    except ActionplanError as error:
        return JSONResponse({"fields": fields, "tables": None, "wait": False, "told": str(error)})
    return JSONResponse({"fields": fields, "tables": _tables(tables), "wait": tables is None})


def page_sizes(site: Site, name: str) -> list[tuple[float, float]]:
    """Sizes of the pages in points: as they were read, or else as the file has them."""
    known = site.desk.document(name).page_sizes
    if known:
        return list(known)
    path = site.desk.pdf(name)
    if path is None:
        return []
    try:
        return site.images.sizes(path)
    except PageImageError:
        return []


def _field(box: FieldBox) -> dict[str, Any]:
    return {
        "key": box.key,
        "field": box.field,
        "box": box.bbox,
        "doubt": box.doubtful,
        "label": box.label,
    }


def _tables(tables: PageTables | None) -> dict[str, Any] | None:
    return None if tables is None else asdict(tables)
