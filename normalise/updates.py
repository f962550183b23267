"""Progress cells, split at the dated labels at the starts of their lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from actionplan.normalise.dates import date_problem, parse_date
from actionplan.normalise.issues import issue
from actionplan.normalise.milestones import dated_pieces, dated_state
from actionplan.normalise.paragraphs import split_paragraphs
from actionplan.normalise.running import Running, run_on
from actionplan.normalise.status import status_from_text
from actionplan.normalise.update_starts import LabelStart, label_starts
from actionplan.schemas.plan import Date, Issue, Update
from actionplan.schemas.tables import Cell, Line

_CLOSERS = " :.;,–—-"


@dataclass(frozen=True, slots=True)
class UpdateReading:
    """An update and the lines it is printed on, its label's included."""

    update: Update
    lines: tuple[Line, ...]


def split_updates(
    cell: Cell, *, header_label: str | None = None, behind: bool = False
) -> list[UpdateReading]:
    """Return the updates of a progress cell, in the order in which they are printed.

    A cell is split only at dated labels at the start of a line. What stands before the first is
    an update with a null label, and so is a whole cell without labels.

    Args:
        cell: the cell.
        header_label: the column header where it carries a date ("Update 24/12/2018"); it labels
            text that has no label of its own.
        behind: the column asks when it was done, so that dates may stand behind their texts
            ("Completed" above "28/06/2019").
    """
    lines = [line for line in cell.lines if line.text.strip()]
    if not lines:
        return []
    running = run_on(lines)
    state = dated_state(running.text) if behind else None
    if state is not None:
        return [UpdateReading(_update(state.label, state.date, state.text), tuple(lines))]
    starts = label_starts(cell, lines, running)
    if behind and _stand_behind(starts, running):
        return _behind(starts, lines, running)
    cuts = [start.begin for start in starts]
    readings = []
    if not starts or starts[0].begin > 0:
        text = running.text[: cuts[0] if cuts else None]
        readings.append(_unlabelled(text, header_label, lines, running, 0))
    for start, end in zip(starts, [*cuts, len(running.text)][1:], strict=True):
        text = (start.number + running.text[start.behind : end]).strip()
        update = _update(
            start.label.text.rstrip(_CLOSERS), start.label.date.date, text, start.label.state
        )
        readings.append(UpdateReading(update, _lines_between(lines, running, start.begin, end)))
    return [reading for reading in readings if reading.update.text or reading.update.label]


def update_issues(readings: Sequence[UpdateReading]) -> list[Issue]:
    """Return the doubts about the updates of one cell; their field is ``updates``.

    A day that no calendar has, the same update twice, and dates that neither rise nor fall from
    update to update.
    """
    updates = [reading.update for reading in readings]
    issues = [
        issue("date-impossible", "updates", f"“{update.label}”: no calendar has that day.")
        for update in updates
        if update.date and update.label and date_problem(update.label) == "impossible"
    ]
    dated = [(update.label, update.text.casefold()) for update in updates if update.label]
    repeated = {label: None for label, text in dated if dated.count((label, text)) > 1}
    issues += [
        issue("update-repeated", "updates", f"“{label}” is printed twice with the same text.")
        for label in repeated
    ]
    days = [update.date.start for update in updates if update.date and update.date.start]
    if days not in (sorted(days), sorted(days, reverse=True)):
        issues.append(issue("updates-unordered", "updates"))
    return issues


def _stand_behind(starts: Sequence[LabelStart], running: Running) -> bool:
    """The labels stand below what they date: text comes first, and none behind the last."""
    if not starts or starts[0].begin == 0 or any(start.number for start in starts):
        return False
    return not running.text[starts[-1].behind :].strip()


def _behind(
    starts: Sequence[LabelStart], lines: Sequence[Line], running: Running
) -> list[UpdateReading]:
    readings = []
    since = 0
    for start in starts:
        text = running.text[since : start.begin].strip()
        update = _update(start.label.text.rstrip(_CLOSERS), start.label.date.date, text)
        readings.append(UpdateReading(update, _lines_between(lines, running, since, start.behind)))
        since = start.behind
    return readings


def milestone_updates(cell: Cell) -> list[UpdateReading]:
    """Return the updates of a "Key milestones achieved" cell.

    A milestone with its own date before or behind it is an update labelled by that date; those
    without one stay together as updates with a null label.
    """
    readings: list[UpdateReading] = []
    for reading in split_updates(cell, behind=True):
        # A line that it shares with the label behind it has that label's words, too.
        shared = run_on(reading.lines).text.strip() != reading.update.text
        if reading.update.label is not None or shared:
            readings.append(reading)
        else:
            readings.extend(_by_paragraph(Cell(lines=[*reading.lines], regions=cell.regions)))
    return readings


def _by_paragraph(cell: Cell) -> list[UpdateReading]:
    readings: list[UpdateReading] = []
    loose: list[Line] = []
    for paragraph in split_paragraphs(cell):
        running = run_on(paragraph.lines)
        shift = len(running.text) - len(running.text[paragraph.lead :].lstrip())
        pieces = dated_pieces(paragraph.text, {start - shift for start in running.starts})
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


def _update(label: str | None, date: Date | None, text: str, state: str = "") -> Update:
    status = status_from_text(f"{state}. {text}" if state else text)
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
    """The lines that hold characters from `begin` to `end`."""
    ends = [*running.starts[1:], len(running.text) + 1]
    spans = zip(lines, running.starts, ends, strict=True)
    return tuple(line for line, first, last in spans if first < end and last > begin)
