"""What `extract` raises: one class, with the reason as data."""

from __future__ import annotations

from typing import Literal

Reason = Literal["empty", "not-pdf", "damaged", "password", "pages", "trap"]


class ReadError(Exception):
    """The document could not be opened at all.

    Attributes:
        reason: ``empty``, ``not-pdf``, ``damaged``, ``password``, ``pages`` (too many of them), or
            ``trap`` (made to fill the memory).
        message: one plain sentence.
    """

    def __init__(self, reason: Reason, message: str) -> None:
        """Keep the reason beside the message."""
        super().__init__(message)
        self.reason: Reason = reason
        self.message = message


class UndrawableError(ReadError):
    """A page cannot be drawn: it is damaged, or of no size that a picture can have."""

    def __init__(self, page: int, problem: str) -> None:
        """Say which page."""
        super().__init__("damaged", f"page {page} cannot be drawn: {problem}")


class TooManyPagesError(ReadError):
    """The document has more pages than the caller wants to read.

    Attributes:
        pages: how many it says it has.
    """

    def __init__(self, pages: int) -> None:
        """Keep the number."""
        super().__init__("pages", f"the document has {pages} pages")
        self.pages = pages
