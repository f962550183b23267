"""The desk's own files, and htmx out of its package."""

from __future__ import annotations

import mimetypes
from functools import cache

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from actionplan.review.site import htmx_script, static_file

router = APIRouter(prefix="/static")
_KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


@router.get("/{name}")
def static(name: str) -> Response:
    """Send a file; which one is looked up by name among the known ones."""
    data = _file(name)
    if data is None:
        raise HTTPException(404)
    suffix = name[name.rfind(".") :]
    kind = _KINDS.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    # A browser asks each time: after an update of the package it never mixes old and new.
    return Response(data, media_type=kind, headers={"cache-control": "no-cache"})


@cache
def _file(name: str) -> bytes | None:
    return htmx_script() if name == "htmx.js" else static_file(name)
