"""What one document may use before it is given up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds of the work on one document; 0 is no bound.

    Each is far above what sound documents were seen to need, so that reaching it means a hostile or
    broken file, or a machine that is not up to it.

    Attributes:
        seconds: wall time. A page takes 10 ms to read and interpret, one that only the second
            reader can read 100 ms, a scanned one 1 to 2 s: ten minutes are 300 scanned pages.
        megabytes: resident memory of the worker process, 170 of which it has before it starts.
            1,000 pages of tables were seen to need 700.
        pages: of the document. The largest packs of council papers have some 1,500.
    """

    seconds: float = 600.0
    megabytes: int = 2048
    pages: int = 5000
