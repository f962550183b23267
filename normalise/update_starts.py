"""Which lines of a progress cell begin with a dated label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from actionplan.normalise.dates import find_dates
from actionplan.normalise.markers import list_lead
from actionplan.normalise.nested_rows import nested_rows
from actionplan.normalise.paragraphs import LineBreaks, ends_sentence
from actionplan.normalise.running import Running
from actionplan.normalise.update_labels import (
    Label,
    begins_sentence,
    ends_done,
    is_account,
    is_verb,
    read_label,
    runs_on,
    tells_what_was_done,
)
from actionplan.normalise.vocabulary import load
from actionplan.schemas.tables import Cell, Line

# Most characters behind a bold label that are bold with it: a bracket, a colon, a dash, spaces.
_BOLD_MARKS = 4
_ORDINAL = re.compile(r"\d(?:st|nd|rd|th)(?:\s+of)?\s*$", re.IGNORECASE)
_BULLET = re.compile(r"(?P<mark>[•▪●◦‣■□➢*\uf000-\uf0ff]|o(?=\s))\s*\S")
_UPDATE = re.compile(r"up-?date\b", re.IGNORECASE)
# Most characters of a bracket that goes on in the next line.
_BRACKET = 100
_MARKS = (":", "–", "—", "-")
_NUMERIC = re.compile(r"\d{1,2}\s?(?P<sign>[./-])\s?\d{1,2}\s?(?P=sign)\s?(?:\d{2}){1,2}")


class LabelStart(NamedTuple):
    """A label at the start of a line.

    Attributes:
        begin: offset of the line's text.
        behind: offset of the text behind the label.
        label: the label.
        number: the number of the list item that it dates ("1. ", a bullet is dropped).
        sure: it is a label by itself; others are labels only beside such as are like them.
        strong: more than a date and a capital speaks for it.
    """

    begin: int
    behind: int
    label: Label
    number: str
    sure: bool
    strong: bool


def label_starts(cell: Cell, lines: Sequence[Line], running: Running) -> list[LabelStart]:
    """Return the labels at the starts of the cell's lines, in order.

    Args:
        cell: the cell.
        lines: its lines with text.
        running: their running text.
    """
    listed = _dated_list(lines, running)
    if listed:
        return listed
    breaks = LineBreaks(cell, lines)
    nested = nested_rows(lines)
    found = [
        start
        for at, line in enumerate(lines)
        if at not in nested
        and line.text.strip()
        and (start := _label_start(breaks, running, at)) is not None
    ]
    found += _inline(running, lines)
    found.sort(key=lambda start: start.begin)
    starts = _apart([start for start in found if start.sure])
    for start in found:
        if not start.sure and _in_company(start, starts, found):
            starts = _apart(sorted([*starts, start]))
    # A date with nothing to set it off is a label only in company.
    if any(start.strong for start in starts) or len(starts) > 1:
        return starts
    return []


def _dated_list(lines: Sequence[Line], running: Running) -> list[LabelStart]:
    """The labels of a cell whose every line begins with a date of one form, in order; else none.

    "May 2013 Tender out" above "Sept 2013 Provider chosen": where all lines do it is no chance,
    however full the lines are.
    """
    starts: list[LabelStart] = []
    for at, begin in enumerate(running.starts):
        after, number = list_lead(running.text, begin)
        ends = running.starts[at + 1] if at + 1 < len(lines) else len(running.text)
        label = read_label(running.text[after:ends], ends - after)
        if label is None or not label.next.strip() or label.worded or label.free:
            return []
        if label.date.problem != "year-missing" and not _is_exact(label):
            return []
        if at and (lines[at - 1].glue != "space" or _hangs(lines[at - 1].text)):
            return []
        lead = f"{number} " if number else ""
        starts.append(LabelStart(begin, after + label.end, label, lead, sure=True, strong=True))
    forms = {_form(start.label) for start in starts}
    days = [_day(start) for start in starts]
    in_order = days in (sorted(days), sorted(days, reverse=True))
    return starts if len(starts) > 1 and len(forms) == 1 and None not in forms and in_order else []


def _hangs(text: str) -> bool:
    """A line of a list goes on in the next one; a verb's particle may end it ("switched on")."""
    return runs_on(text) and text.split()[-1].casefold() not in load("labels")["particles"]


def _form(label: Label) -> str | None:
    """What a list of dated lines has alike; None where a sentence may begin with such a date."""
    if label.date.problem == "year-missing" and label.closer not in _MARKS:
        return None
    if label.closer == "." or label.closer in _MARKS:
        return label.closer
    return "capital" if not label.closer and label.next.isupper() else None


def _inline(running: Running, lines: Sequence[Line]) -> list[LabelStart]:
    """Labels behind the cell's own bullet inside a line ("• 14.01.21 Sent • 25.02.21 Revised")."""
    bullet = _BULLET.match(running.text)
    if bullet is None:
        return []
    found = []
    for match in re.finditer(rf"(?<=\s){re.escape(bullet['mark'])}\s+(?=\S)", running.text):
        if match.start() in running.starts:
            continue
        at = running.line_at(match.start())
        ends = running.starts[at + 1] if at + 1 < len(lines) else len(running.text)
        label = read_label(running.text[match.end() :], ends - match.end())
        if label and (_is_set_off(label, bold=False, alone=False) or label.next.isdigit()):
            behind = match.end() + label.end
            found.append(LabelStart(match.start(), behind, label, "", sure=True, strong=True))
    return found


def _apart(starts: Sequence[LabelStart]) -> list[LabelStart]:
    """The starts without those that lie inside the label before."""
    kept: list[LabelStart] = []
    for start in starts:
        if not kept or start.begin >= kept[-1].behind:
            kept.append(start)
    return kept


def _label_start(breaks: LineBreaks, running: Running, at: int) -> LabelStart | None:
    begin = running.starts[at]
    after, number = list_lead(running.text, begin)
    ends = running.starts[at + 1] if at + 1 < len(running.starts) else len(running.text)
    line = breaks.lines[at]
    bold = line.bold_lead if line.bold_lead < len(line.text) else 0
    label = read_label(running.text[after:], ends - after, bold=bold + begin - after)
    if label is None or _reaches_over(
        breaks, running, at, after + label.date.start, free=label.free
    ):
        return None
    is_bold = _is_bold_lead(breaks, at, len(label.text) + after - begin)
    last = running.line_at(after + max(len(label.text) - 1, 0))
    behind = running.text[after + label.end :]
    opens = at == 0 or is_bold or _opens(breaks, running, at, label, bulleted=after > begin)
    sure = opens and (
        _is_set_off(label, bold=is_bold, alone=breaks.early(last)) or _is_stamp(label, behind)
    )
    if _ends_date(breaks, at, label):
        return None
    if not sure and (
        _goes_on(breaks, running, at, label)
        or _cuts(breaks, at, label)
        or not _is_like_a_label(label, behind)
    ):
        return None
    strong = (
        is_bold
        or (at == 0 and begins_sentence(behind))
        or label.worded
        or label.free
        or label.closer != ""
        or _is_day(label)
        or label.next.islower()
    )
    lead = f"{number} " if number else ""
    return LabelStart(begin, after + label.end, label, lead, sure, strong)


def _reaches_over(breaks: LineBreaks, running: Running, at: int, date: int, *, free: bool) -> bool:
    """What stands freely before the date ends its line, or the next line is a label by itself."""
    if not free or running.line_at(date) == at:
        return False
    rest = running.text[running.starts[at + 1] :]
    if is_account(breaks.lines[at].text):
        return running.line_at(date) > at + 1
    return breaks.early(at) or read_label(rest, len(rest)) is not None


def _is_bold_lead(breaks: LineBreaks, at: int, length: int) -> bool:
    """The first `length` characters of line `at` are bold and the text around them is not."""
    line = breaks.lines[at]
    if line.bold_lead >= len(line.text):
        # All of the line: a label that fills it, or one that wraps; in bold text it proves nothing.
        return at == 0 or breaks.lines[at - 1].bold_lead < len(breaks.lines[at - 1].text)
    return length <= line.bold_lead <= length + _BOLD_MARKS


def _opens(breaks: LineBreaks, running: Running, at: int, label: Label, *, bulleted: bool) -> bool:
    """The line before has ended, so that line `at` may begin with a label."""
    before = breaks.lines[at - 1]
    if _goes_on(breaks, running, at, label, bulleted=bulleted):
        return False
    if ends_sentence(before.text) or breaks.early(at - 1) or breaks.leading(at - 1):
        return True
    if before.text.rstrip().endswith((":", ";")) or bulleted:
        return True
    if label.text[:1].islower():
        return False
    if label.closer in _MARKS:
        # "Reminder sent" / "17/02/2020 - no reply": there the day may be that of the reminder.
        return label.worded or (_is_numeric(label) and not ends_done(before.text))
    return label.worded and label.closer == "line"


def _goes_on(
    breaks: LineBreaks, running: Running, at: int, label: Label, *, bulleted: bool = False
) -> bool:
    """The line before cannot be the end of a paragraph."""
    if at == 0:
        return False
    before = breaks.lines[at - 1]
    # "Eight were stepped up" ends a paragraph where the line ends early before a closed label.
    ended = (breaks.early(at - 1) or breaks.leading(at - 1)) and label.closer in _MARKS
    printed = before.text.rstrip()
    return (
        before.glue != "space"
        or _is_open(running.text[: running.starts[at]])
        or (not ended and printed.endswith((",", "/", "(", "-", "–", "&")))
        or (_hangs(printed) if bulleted else runs_on(printed, ended=ended))
    )


def _is_open(text: str) -> bool:
    """A bracket near the end of `text` is not closed yet ("(minutes of" / "May 2014: item 4)")."""
    near = text[-_BRACKET:]
    return near.rfind("(") > near.rfind(")")


def _cuts(breaks: LineBreaks, at: int, label: Label) -> bool:
    """The label's date began on the line before ("on 11" above "July 2022: ...")."""
    before = "" if at == 0 or breaks.early(at - 1) else breaks.lines[at - 1].text
    both = f"{before} {label.text}"
    return any(found.start < len(before) < found.end for found in find_dates(both))


def _ends_date(breaks: LineBreaks, at: int, label: Label) -> bool:
    """The label is the rest of a date on the line before ("the 21st of June" above "2021.")."""
    before = "" if at == 0 else breaks.lines[at - 1].text
    if label.date.unit != "year" and not _ORDINAL.search(before):
        return False
    both = f"{before} {label.text}"
    return any(found.start < len(before) < found.end for found in find_dates(both))


def _is_set_off(label: Label, *, bold: bool, alone: bool) -> bool:
    """The label does not just begin a sentence ("March 2014 figures show ...")."""
    if bold or label.closer in (*_MARKS, ".", ";"):
        return True
    if label.date.unit == "year" and not (label.worded or label.closer):
        return False
    if label.closer == "line":
        return alone or label.next.isupper() or not label.next
    return label.next.isupper() or label.next in "•\"'“‘("


def _is_stamp(label: Label, behind: str) -> bool:
    """A date that text in lower case follows, and that dates the text nevertheless.

    "14/12/2023 sent to all" and "May 2024 leaflet printed", but not "14/12/2023 and ..." and
    "March 2014 figures show ...".
    """
    if label.closer or not behind or not _is_exact(label):
        return False
    if label.worded and _UPDATE.match(label.text):
        return behind[0].isalpha() and not runs_on(behind.split()[0]) and not is_verb(behind)
    if label.text[:1].islower():
        return False
    if _is_numeric(label):
        return not runs_on(behind.split()[0]) and behind[0] not in ",/)&"
    return tells_what_was_done(behind)


def _is_like_a_label(label: Label, behind: str) -> bool:
    """Beside labels of its kind it is one, though the line above may have been wrapped."""
    if label.text[:1].islower() and not label.worded:
        return False
    if not _is_exact(label):
        return label.date.problem == "year-missing" and label.closer == ":"
    if label.worded and _UPDATE.match(label.text):
        return True
    return label.closer in _MARKS or (_is_numeric(label) and _is_stamp(label, behind))


def _in_company(
    start: LabelStart, starts: Sequence[LabelStart], found: Sequence[LabelStart]
) -> bool:
    """The labels beside `start` look like it, and with it their dates go on in their order."""
    closed = start.label.closer in _MARKS
    others = starts or [one for one in found if one is not start]
    like = [one for one in others if (one.label.closer in _MARKS) == closed]
    if start.label.worded:
        like += [one for one in others if one.label.worded]
    elif not closed:
        like = [one for one in like if _is_numeric(one.label)]
    above = [_day(one) for one in others if one.begin < start.begin and _day(one)][-1:]
    below = [_day(one) for one in others if one.begin > start.begin and _day(one)][:1]
    days = [*above, _day(start), *below]
    falls = closed and days == sorted(days, reverse=True)
    return bool(like) and (days == sorted(days) or falls)


def _day(start: LabelStart) -> str:
    return start.label.date.date.start or ""


def _is_exact(label: Label) -> bool:
    return label.date.problem is None and label.date.unit != "year"


def _is_day(label: Label) -> bool:
    return label.date.unit == "day" and label.date.problem is None


def _is_numeric(label: Label) -> bool:
    return _is_day(label) and bool(_NUMERIC.fullmatch(label.date.date.text))
