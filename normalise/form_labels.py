"""Labels of forms: "Lead officer:" before a value, above it, or in the cell beside it.

A label is a header phrase of `normalise.columns`, alone or with a number ("Action 2"), or the label
of a recommendation ("Recommendation 3"). It is parted from a value in the same cell by a colon, by
bold type, or by the end of a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from actionplan.normalise.columns import UNKNOWN, HeaderMatch, match_header, plain, vocabulary
from actionplan.normalise.labels import lines_after, read_label
from actionplan.normalise.running import run_on
from actionplan.schemas.tables import Column, Line

_STRICT = 0.95  # least score of a phrase that is a label wherever it stands
_SIDE = 0.8  # least score of a phrase that is a label where labels are expected
_LABEL_WORDS = 9  # words; a longer text is no label
_COLON = re.compile(r"\s*:(?!\d)\s*[-–]?")
_NUMBERED = re.compile(
    r"(?P<head>.*[^\W\d])\s*(?:\b(?:no|nr)\b\.?)?\s*\d{1,2}(?:\.\d{1,2})?[a-h]?$"
)
_YEAR = re.compile(r"\d{4}|\d[./]\d")
_COUNTED = frozenset({"action", "measures", "progress", "planned_milestones", "lead", "target"})
_RECOMMENDATION = re.compile(r"\W*(?:\w+\W+){0,2}rec(?:ommendation)?s?\b", re.IGNORECASE)


class FormLabel(NamedTuple):
    """A label and its value.

    Attributes:
        header: the label as a column's header would have it, without number and colon.
        field: the field that it names, or ``unknown``.
        number: the number of a recommendation's label, else None.
        lines: the printed lines that hold the label; with a number all lines of the cell.
        value: what stands behind or below the label in the same cell.
    """

    header: str
    field: str
    number: str | None
    lines: tuple[Line, ...]
    value: tuple[Line, ...]

    @property
    def is_pure(self) -> bool:
        """The cell holds the label and nothing else."""
        return not self.value


def may_begin_label(lines: Sequence[Line]) -> bool:
    """Tell quickly whether `lines` may begin with a known label; most cells do not."""
    return bool(lines) and _may_begin(lines[0].text)


def strict_label(lines: Sequence[Line]) -> FormLabel | None:
    """Return the label that a cell is or begins with; None where no known phrase is set off."""
    if not lines:
        return None
    numbered = _recommendation(lines)
    if numbered:
        return numbered
    run = run_on(lines)
    for end in _ends(lines, run.text, run.starts):
        head = run.text[:end]
        found = _known(head, _STRICT)
        if found:
            cut = _COLON.match(run.text, end)
            stop = cut.end() if cut else end
            value = lines_after(lines, run.starts, stop) if stop < len(run.text) else ()
            return _made(head, found.field, lines, run.starts, stop, value)
    return None


def side_label(lines: Sequence[Line]) -> FormLabel | None:
    """Return the label in a cell of the column of labels: known, alike, or merely short."""
    strict = strict_label(lines)
    if strict or not lines:
        return strict
    text = run_on(lines).text
    if len(text.split()) > _LABEL_WORDS or text.rstrip().endswith((".", ";")):
        return None
    match = _known(text, _SIDE)
    return FormLabel(_header(text), match.field if match else UNKNOWN, None, tuple(lines), ())


def _recommendation(lines: Sequence[Line]) -> FormLabel | None:
    reading = read_label(lines)
    if not reading.label or not reading.number or not _RECOMMENDATION.match(reading.label):
        return None
    return FormLabel(
        "Recommendation", "recommendation", reading.number, tuple(lines), reading.lines
    )


def _ends(lines: Sequence[Line], text: str, starts: Sequence[int]) -> Iterator[int]:
    """Offsets at which a label may end, the clearest first."""
    colon = _COLON.search(text)
    if colon and colon.start():
        yield colon.start()
    bold = _bold_end(lines, starts)
    if 0 < bold < len(text):
        yield bold
    yield len(text.rstrip(" :"))
    for start in starts[1:3]:
        yield len(text[:start].rstrip(" :"))


def _bold_end(lines: Sequence[Line], starts: Sequence[int]) -> int:
    end = 0
    for line, start in zip(lines, starts, strict=True):
        end = start + line.bold_lead if line.bold_lead else end
        if not line.bold:
            break
    return end


def _known(text: str, least: float) -> HeaderMatch | None:
    head = text.strip(" :;.-–—*•")
    if not head or len(head.split()) > _LABEL_WORDS:
        return None
    if least >= _STRICT and not _may_begin(head):
        return None
    match = _match(head)
    if match.score < _STRICT:
        counted = _NUMBERED.fullmatch(head)
        other = _match(counted["head"].strip(" :")) if counted else None
        if other and other.score >= _STRICT and other.field in _COUNTED:
            match = other
    # Only a column of progress has the date in its header; elsewhere the date is the value.
    dated = match.field != "progress" and _YEAR.search(head)
    return match if match.field != UNKNOWN and match.score >= least and not dated else None


@lru_cache(maxsize=4096)
def _match(head: str) -> HeaderMatch:
    return match_header(Column(head))


def _may_begin(head: str) -> bool:
    """Does any known phrase begin with this word? A quick look before the thorough one."""
    words = plain(" ".join(head.split(None, 2)[:2])).split()
    return bool(words) and words[0] in _first_words()


@cache
def _first_words() -> frozenset[str]:
    """First words of all header phrases, whole and squeezed as narrow columns print them."""
    phrases = vocabulary().phrases
    return frozenset(phrase.split()[0] for phrase in phrases) | frozenset(vocabulary().squeezed)


def _made(
    head: str,
    field: str,
    lines: Sequence[Line],
    starts: Sequence[int],
    stop: int,
    value: Sequence[Line],
) -> FormLabel:
    own = tuple(line for line, start in zip(lines, starts, strict=True) if start < stop)
    return FormLabel(_header(head), field, None, own, tuple(value))


def _header(text: str) -> str:
    head = text.strip(" :;-–—*•")
    counted = _NUMBERED.fullmatch(head)
    if counted and _match(head).score < _STRICT and _match(counted["head"].strip(" :")).score:
        return counted["head"].strip(" :")
    return head
