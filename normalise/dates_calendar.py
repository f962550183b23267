"""Full dates in words that the own grammar does not know, read by dateparser."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache


@cache
def _parser() -> Callable[[str], object]:
    from dateparser.date import DateDataParser

    return DateDataParser(
        languages=["en", "cy"],
        settings={
            "DATE_ORDER": "DMY",
            "STRICT_PARSING": True,
            "PARSERS": ["absolute-time"],
            "REQUIRE_PARTS": ["day", "month", "year"],
        },
    ).get_date_data


@cache
def calendar_date(printed: str) -> tuple[int, int, int] | None:
    """Return year, month and day of a date with its month in front, or in Welsh; else None.

    Only a day, a month and a year that are all printed make a date.
    """
    plain = re.sub(r"'(?=\d\d$)", "20", printed)
    plain = re.sub(r"[\s.,/-]+(?:of\s+)?", " ", plain)
    parsed = getattr(_parser()(plain), "date_obj", None)
    return (parsed.year, parsed.month, parsed.day) if parsed else None
