"""How documents are had, wherever they are."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FetchOptions:
    """How documents are had; nothing here changes a result.

    Attributes:
        max_bytes: largest document in bytes, wherever it comes from; 0: any size.
        rate: requests per second to one host; 0: no limit.
        retries: further attempts after a failure that may pass.
        timeout: seconds to wait for a connection, and for each further piece of an answer.
    """

    max_bytes: int = 500_000_000  # scanned reports have up to 200 MB
    rate: float = 2.0  # a council's site serves people first
    retries: int = 4
    timeout: float = 30.0
