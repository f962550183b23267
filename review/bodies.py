"""Bodies of requests: forms, and files that are not kept in memory twice; both bounded."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends, HTTPException, Request

FORM_LIMIT = 2_000_000
"""Bytes of a form: a long record has some thousand characters, a pasted report a few hundred
thousand."""


class Form(dict[str, str]):
    """The fields of a form; of a name that occurs twice `all` gives every value."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        super().__init__(pairs)
        self.pairs = pairs

    def all(self, name: str) -> list[str]:
        """Return every value of `name`, in order."""
        return [value for key, value in self.pairs if key == name]

    def number(self, name: str) -> int:
        """Return a whole number.

        Raises:
            HTTPException: there is none.
        """
        try:
            return int(self[name])
        except (KeyError, ValueError) as error:
            raise HTTPException(400, f"the form lacks the number {name!r}") from error

    def text(self, name: str) -> str:
        """Return a text with plain line ends.

        Raises:
            HTTPException: there is none.
        """
        if name not in self:
            raise HTTPException(400, f"the form lacks {name!r}")
        return self[name].replace("\r\n", "\n")


async def form_of(request: Request) -> Form:
    """Return the form that a request carries.

    Raises:
        HTTPException: it is too large, or no form.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind != "application/x-www-form-urlencoded":
        raise HTTPException(415, "a form was expected")
    data = await body_of(request, FORM_LIMIT)
    try:
        pairs = parse_qsl(data.decode(), keep_blank_values=True, max_num_fields=5000)
    except ValueError as error:
        raise HTTPException(400, "the form cannot be read") from error
    return Form(pairs)


async def body_of(request: Request, limit: int) -> bytes:
    """Return the body of a request.

    Raises:
        HTTPException: it has more than `limit` bytes; no more than these are read.
    """
    claimed = request.headers.get("content-length", "")
    if claimed.isdecimal() and int(claimed) > limit:
        raise HTTPException(413, "too large")
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > limit:
            raise HTTPException(413, "too large")
        parts.append(part)
    return b"".join(parts)


FormBody = Annotated[Form, Depends(form_of)]
"""A route's parameter: the form of its request."""
