"""What `extract` raises: one class, with the reason as data."""

from __future__ import annotations

from typing import Literal

Reason = Literal["empty", "not-pdf", "damaged", "password"]


class ReadError(Exception):
    """The document could not be opened at all.

    Attributes:
        reason: ``empty``, ``not-pdf``, ``damaged`` or ``password``.
        message: one plain sentence.
    """

    def __init__(self, reason: Reason, message: str) -> None:
        """Keep the reason beside the message."""
        super().__init__(message)
        self.reason: Reason = reason
        self.message = message
