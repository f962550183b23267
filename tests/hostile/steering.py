"""Signs that must never reach a terminal."""

from __future__ import annotations

import re

STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Control characters but tab and line feed, signs that turn the direction, halves of signs."""


def steering(text: str) -> set[str]:
    """Return the signs in `text` that steer a terminal."""
    return set(STEERING.findall(text))
