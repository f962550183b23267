"""Bytes as a row of choices, so that a fuzzer's bytes draw pages and tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Choices:
    """Takes choices from `data`, front to back; with no bytes left each choice is the first one.

    The same bytes always give the same choices, with or without a fuzzer.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def __bool__(self) -> bool:
        """Are there bytes left?"""
        return self._at < len(self._data)

    def byte(self) -> int:
        """Return the next byte, 0 where none is left."""
        value = self._data[self._at] if self else 0
        self._at += 1
        return value

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        span = high - low + 1
        value = self.byte()
        if span > 256:
            value = value << 8 | self.byte()
        return low + value % span

    def part(self, low: float, high: float) -> float:
        """Return a number from `low` to `high` in steps of 1/65535 of the way."""
        return low + (high - low) * (self.byte() << 8 | self.byte()) / 65535

    def chance(self, percent: int) -> bool:
        """Return True for `percent` of 100 byte values; False with no bytes left."""
        return self.byte() >= 256 - 256 * percent // 100

    def one_of(self, items: Sequence[T]) -> T:
        """Return one of `items`."""
        return items[self.whole(0, len(items) - 1)]

    def text(self, most: int) -> str:
        """Return up to `most` characters of any kind but surrogates, which no text can hold."""
        length = self.whole(0, most)
        marks = (self.whole(0, 0x2FF) if self.chance(80) else self._rare() for _ in range(length))
        return "".join(map(chr, marks))

    def _rare(self) -> int:
        """A character from anywhere: both bytes of it, surrogates moved out of their place."""
        value = self.whole(0, 0xFFFF)
        return value - 0x1000 if 0xD800 <= value <= 0xDFFF else value
