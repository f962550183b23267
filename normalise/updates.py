"""Progress cells, split at the dated labels at the starts of their lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from actionplan.normalise.dates import parse_date
from actionplan.normalise.markers import list_lead
from actionplan.normalise.milestones import dated_pieces
from actionplan.normalise.paragraphs import LineBreaks, ends_sentence, split_paragraphs
from actionplan.normalise.running import Running, run_on
from actionplan.normalise.status import status_from_text
from actionplan.normalise.update_labels import Label, read_label, runs_on
from actionplan.schemas.plan import Date, Update
from actionplan.schemas.tables import Cell, Line

_CLOSERS = " :.;,–—-"
# Most characters behind a bold label that are bold with it: a bracket, a colon, a dash, spaces.
_BOLD_MARKS = 4


@dataclass(frozen=True, slots=True)
class UpdateReading:
    """An update and the lines it is printed on, its label's included."""

    update: Update
    lines: tuple[Line, ...]


class _Start(NamedTuple):
    """A label at the start of a line: offset of the line's text, of the text behind the label,
    and the number of the list item that it dates ("1. ", a bullet is dropped).
    """

    begin: int
    behind: int
    label: Label
    strong: bool
    number: str


def split_updates(cell: Cell, *, header_label: str | None = None) -> list[UpdateReading]:
    """Return the updates of a progress cell, in the order in which they are printed.

    A cell is split only at dated labels at the start of a line. What stands before the first is
    an update with a null label, and so is a whole cell without labels.

    Args:
        cell: the cell.
        header_label: the column header where it carries a date ("Update 24/12/2018"); it labels
            text that has no label of its own.
    """
    lines = [line for line in cell.lines if line.text.strip()]
    if not lines:
        return []
    running = run_on(lines)
    starts = _label_starts(cell, lines, running)
    cuts = [start.begin for start in starts]
    readings = []
    if not starts or starts[0].begin > 0:
        text = running.text[: cuts[0] if cuts else None]
        readings.append(_unlabelled(text, header_label, lines, running, 0))
    for start, end in zip(starts, [*cuts, len(running.text)][1:], strict=True):
        text = (start.number + running.text[start.behind : end]).strip()
        update = _update(start.label.text.rstrip(_CLOSERS), start.label.date.date, text)
        readings.append(UpdateReading(update, _lines_between(lines, running, start.begin, end)))
    return [reading for reading in readings if reading.update.text or reading.update.label]


def milestone_updates(cell: Cell) -> list[UpdateReading]:
    """Return the updates of a "Key milestones achieved" cell.

    A milestone with its own date before or behind it is an update labelled by that date; those
    without one stay together as updates with a null label.
    """
    readings: list[UpdateReading] = []
    for reading in split_updates(cell):
        if reading.update.label is not None:
            readings.append(reading)
        else:
            readings.extend(_by_paragraph(Cell(lines=[*reading.lines], regions=cell.regions)))
    return readings


def _by_paragraph(cell: Cell) -> list[UpdateReading]:
    readings: list[UpdateReading] = []
    loose: list[Line] = []
    for paragraph in split_paragraphs(cell):
        pieces = dated_pieces(paragraph.text)
        if not pieces:
            loose.extend(paragraph.lines)
            continue
        readings.extend(_loose(loose))
        loose = []
        number = paragraph.raw[: paragraph.lead] if paragraph.kind in ("number", "letter") else ""
        for at, piece in enumerate(pieces):
            text = piece.text if at else number + piece.text
            readings.append(UpdateReading(_update(piece.label, piece.date, text), paragraph.lines))
    return readings + _loose(loose)


def _loose(lines: Sequence[Line]) -> list[UpdateReading]:
    if not lines:
        return []
    return [UpdateReading(_update(None, None, run_on(lines).text), tuple(lines))]


def _update(label: str | None, date: Date | None, text: str) -> Update:
    status = status_from_text(text)
    return Update(
        label=label, date=date, text=text, status=None if status.value == "unknown" else status
    )


def _unlabelled(
    text: str, header_label: str | None, lines: Sequence[Line], running: Running, begin: int
) -> UpdateReading:
    label, date = None, None
    if header_label:
        label = header_label.strip().rstrip(_CLOSERS)
        date = parse_date(label)
    update = _update(label, date, text.strip())
    return UpdateReading(update, _lines_between(lines, running, begin, len(text)))


def _lines_between(
    lines: Sequence[Line], running: Running, begin: int, end: int
) -> tuple[Line, ...]:
    """The lines that hold the characters from `begin` to `end`; labels begin with a line."""
    pairs = zip(lines, running.starts, strict=True)
    return tuple(line for line, start in pairs if begin <= start < end)


def _label_starts(cell: Cell, lines: Sequence[Line], running: Running) -> list[_Start]:
    breaks = LineBreaks(cell, lines)
    starts: list[_Start] = []
    for at, line in enumerate(lines):
        begin = running.starts[at]
        if (starts and begin < starts[-1].behind) or not line.text.strip():
            continue
        start = _label_start(breaks, running, at)
        if start is not None:
            starts.append(start)
    # A date with nothing to set it off is a label only in company.
    if any(start.strong for start in starts) or len(starts) > 1:
        return starts
    return []


def _label_start(breaks: LineBreaks, running: Running, at: int) -> _Start | None:
    begin = running.starts[at]
    after, number = list_lead(running.text, begin)
    ends = running.starts[at + 1] if at + 1 < len(running.starts) else len(running.text)
    label = read_label(running.text[after:], ends - after)
    if label is None:
        return None
    bold = _is_bold_lead(breaks, at, len(label.text) + after - begin)
    if at > 0 and not (bold or _opens(breaks, at, label, bulleted=after > begin)):
        return None
    last = running.line_at(after + max(len(label.text) - 1, 0))
    if not _is_set_off(label, bold=bold, alone=breaks.early(last)):
        return None
    numbers = label.date.unit == "day" and label.date.problem is None
    strong = bold or label.worded or label.closer != "" or numbers
    return _Start(begin, after + label.end, label, strong, f"{number} " if number else "")


def _is_bold_lead(breaks: LineBreaks, at: int, length: int) -> bool:
    """The first `length` characters of line `at` are bold and the text around them is not."""
    line = breaks.lines[at]
    if line.bold_lead >= len(line.text):
        # All of the line: a label that fills it, or one that wraps; in bold text it proves nothing.
        return at == 0 or breaks.lines[at - 1].bold_lead < len(breaks.lines[at - 1].text)
    return length <= line.bold_lead <= length + _BOLD_MARKS


def _opens(breaks: LineBreaks, at: int, label: Label, *, bulleted: bool) -> bool:
    """The line before has ended, so that line `at` may begin with a label."""
    before = breaks.lines[at - 1]
    if before.glue != "space" or runs_on(before.text):
        return False
    if ends_sentence(before.text) or breaks.early(at - 1) or breaks.leading(at - 1):
        return True
    if before.text.rstrip().endswith((":", ";")) or bulleted:
        return True
    return label.worded and label.closer in (":", "–", "—", "-", "line")


def _is_set_off(label: Label, *, bold: bool, alone: bool) -> bool:
    """The label does not just begin a sentence ("March 2014 figures show ...")."""
    if bold or label.closer in (":", "–", "—", "-", ".", ";"):
        return True
    if label.date.unit == "year" and not (label.worded or label.closer):
        return False
    if label.closer == "line":
        return alone or label.next.isupper() or not label.next
    return label.next.isupper() or label.next in "•\"'“‘("
