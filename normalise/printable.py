"""Text for a terminal: nothing in it steers the terminal or turns the reading direction.

What a PDF or a file name says is shown as it is but for these signs. A terminal obeys escape
sequences (it may change its title, its colours, even what was printed before), and a sign that
turns the direction makes one name look like another.
"""

from __future__ import annotations

import re

_STEERING = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 without tab and line feed, DEL, C1
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # reading direction
    "\u2028\u2029\ufff9-\ufffb\U000e0000-\U000e007f"  # separators, annotations, tags
    "\ud800-\udfff"  # halves of signs, of which a file name that is no UTF-8 is made
)
_IN_TEXT = re.compile(f"[{_STEERING}]")
_IN_LINE = re.compile(f"[{_STEERING}\t\n]")


def printable(text: str) -> str:
    """Return `text` with a replacement character for each sign that steers; lines stay."""
    return _IN_TEXT.sub("\N{REPLACEMENT CHARACTER}", text)


def printable_line(text: str) -> str:
    r"""Return `text` as one line, with such signs written out: ``\n``, ``\x1b``, ``\u202e``."""
    return _IN_LINE.sub(_written_out, text)


def printable_json(text: str) -> str:
    r"""Return a JSON text with such signs in its strings as ``\u001b``: the same value."""
    return _IN_TEXT.sub(_as_json, text)


def _written_out(sign: re.Match[str]) -> str:
    return sign.group().encode("unicode_escape", "surrogatepass").decode("ascii")


def _as_json(sign: re.Match[str]) -> str:
    units = sign.group().encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[k]:02x}{units[k + 1]:02x}" for k in range(0, len(units), 2))
