"""Target date cells: kind, date, and the dates that stand one below the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from actionplan.normalise.dates import FoundDate, find_dates
from actionplan.normalise.dates_forms import PLAIN
from actionplan.normalise.issues import issue
from actionplan.normalise.paragraphs import LineBreaks
from actionplan.normalise.phrases import any_phrase
from actionplan.normalise.running import Running, run_on
from actionplan.normalise.target_relative import relative_end
from actionplan.normalise.target_revised import revision
from actionplan.normalise.target_words import TargetWords
from actionplan.schemas.plan import Issue, Target, TargetKind
from actionplan.schemas.tables import Cell, Line


@dataclass(frozen=True, slots=True)
class TargetSettings:
    """Thresholds of the target reading, in words that are neither date nor filler.

    Attributes:
        beside_keyword: most other words beside "Ongoing" or "TBC" before the cell is prose.
            "Ongoing through case supervision" has three.
        inside: most other words in a cell whose only dates stand inside a sentence.
        behind: most other words before a date that ends the cell ("Policy to the Board by May
            2014"); a date that begins the cell or has a line to itself is the target anyway.
        condition: most other words of a clause that opens with its condition ("When the new
            case system goes live"); longer ones tell a story.
        noted: from so many other words on the cell is marked although a date was read.
    """

    beside_keyword: int = 3
    inside: int = 3
    behind: int = 6
    condition: int = 9
    noted: int = 8


SETTINGS = TargetSettings()
_SENTENCE_END = re.compile(r"[.!?]\s+\S")
_LIST_NUMBER = re.compile(r"\(?(\d{1,2}|[a-z])[.):]\s+")


@dataclass(frozen=True, slots=True)
class TargetPart:
    """One of several targets of a cell.

    Attributes:
        target: its text is without the list number.
        lines: the lines it is printed on.
        number: its list number as printed ("2"), which names the action it belongs to.
    """

    target: Target
    lines: tuple[Line, ...]
    number: str | None = None


@dataclass(frozen=True, slots=True)
class TargetReading:
    """What a target cell says.

    Attributes:
        target: the whole cell.
        revised: the later date that replaces the first, None where there is none.
        parts: the cell's targets, top to bottom, each with its lines; one part for a plain cell,
            none for an empty one.
        issues: doubts, their field is ``target``.
    """

    target: Target
    revised: Target | None
    parts: tuple[TargetPart, ...]
    issues: tuple[Issue, ...]


def read_target(cell_or_lines: Cell | Sequence[Line]) -> TargetReading:
    """Read a target date cell."""
    source = cell_or_lines if isinstance(cell_or_lines, Cell) else Cell(lines=[*cell_or_lines])
    lines = [line for line in source.lines if line.text.strip()]
    running = run_on(lines)
    if not running.text:
        return TargetReading(_target(None, "none"), None, (), ())
    found = find_dates(running.text)
    revises = revision(running.text, found)
    target, issues = _whole(running, found, revises.own if revises else found)
    revised = None
    if revises and target.kind == "date":
        printed = running.text[revises.begin : revises.revised.end]
        revised = _of_dates(printed.strip(" .()[]"), [revises.revised])
    parts = () if target.kind == "none" or revised else _parts(source, running, found)
    return TargetReading(target, revised, parts or (TargetPart(target, tuple(lines)),), issues)


def merge_targets(readings: Iterable[TargetReading]) -> Target:
    """The target of a recommendation with several rows: texts joined, one date or none.

    `edtf` is that of the only date; two rows with the same date have one date.
    """
    targets = [reading.target for reading in readings if reading.target.text]
    text = " ".join(target.text for target in targets if target.text)
    ongoing = any(target.ongoing for target in targets)
    dated = [target for target in targets if target.kind == "date"]
    if dated:
        same = len({(target.edtf, target.start, target.end) for target in dated}) == 1
        return _target(text, "date", dated[0] if same else None, ongoing=ongoing)
    kinds = [target for target in targets if target.kind != "none"]
    if not kinds:
        return _target(text or None, "none")
    alone = kinds[0] if len(kinds) == 1 else None
    return _target(text, kinds[0].kind, alone, ongoing=ongoing)


def _target(
    text: str | None, kind: TargetKind, dated: Target | None = None, *, ongoing: bool = False
) -> Target:
    if dated is None:
        return Target(text=text, edtf=None, start=None, end=None, kind=kind, ongoing=ongoing)
    return Target(
        text=text, edtf=dated.edtf, start=dated.start, end=dated.end, kind=kind, ongoing=ongoing
    )


def _whole(
    running: Running, found: Sequence[FoundDate], own: Sequence[FoundDate]
) -> tuple[Target, tuple[Issue, ...]]:
    """The target of the whole cell and what is doubtful about it; `own` are its dates."""
    text, words = running.text, TargetWords.of(running.text, found)
    if words.says_none:
        return _target(text, "none"), ()
    relative = _relative(text, found)
    if relative is not None:
        return relative, ()
    if found and _recurs(text, found):
        return _target(text, "recurring", ongoing=words.ongoing), ()
    if found and not _is_prose(running, found, words.other):
        return _of_dates(text, own), _date_issues(own, words.other)
    if not found and (day := _yearless().fullmatch(text.translate(PLAIN))) and _is_day(day):
        unclear = issue("date-unclear", "target", f"“{day[1]}” has no year.")
        return _target(text, "date"), (unclear,)
    if not found and words.kind is not None:
        return _of_words(text, words)
    message = "The target column holds a status." if words.is_done else None
    return _target(text, "none"), (issue("misplaced-text", "target", message),)


def _of_words(text: str, words: TargetWords) -> tuple[Target, tuple[Issue, ...]]:
    """The target of a cell without dates that has a key phrase."""
    kind = words.kind or "none"
    target = _target(text, kind, ongoing=words.ongoing)
    if words.other <= SETTINGS.beside_keyword:
        return target, ()
    one_clause = words.opens and not _SENTENCE_END.search(text)
    if kind == "conditional" and one_clause and words.other <= SETTINGS.condition:
        return target, ()
    if words.leads:
        return target, (issue("misplaced-text", "target"),)
    message = "The target column holds a status." if words.is_done else None
    return _target(text, "none"), (issue("misplaced-text", "target", message),)


def _recurs(text: str, found: Sequence[FoundDate]) -> bool:
    """It comes back, and its dates are of no single year ("each January", "1 April annually")."""
    return TargetWords.recurs(text) and all(one.problem == "year-missing" for one in found)


@cache
def _yearless() -> re.Pattern[str]:
    """A cell that names a day without month or year, and nothing else."""
    feasts = any_phrase(TargetWords.vocabulary("words")["feasts"])
    return re.compile(
        r"(?:(?:by|before|from|on|in|at|around|early|late|mid|end\s+of|the)\s+)*"
        r"((?P<day>\d{1,2})\s?/\s?(?P<month>\d{1,2})|(?P<nth>\d{1,2})\s?(?:st|nd|rd|th)"
        rf"|(?P<feast>{feasts}))\.?",
        re.IGNORECASE,
    )


def _is_day(match: re.Match[str]) -> bool:
    """Is it a day of any year ("31/03", "the 14th", "Easter")? "24/7" is none."""
    if match["feast"]:
        return True
    day, month = int(match["day"] or match["nth"]), int(match["month"] or 1)
    return match[1] != "24/7" and 1 <= min(day, month) <= 12 and 1 <= max(day, month) <= 31


def _relative(text: str, found: Sequence[FoundDate]) -> Target | None:
    """A target such as "within 6 months"; its day is computed only from an anchor beside it."""
    end = relative_end(text, found, SETTINGS.inside)
    if end is None:
        return None
    target = _target(text, "relative", ongoing=TargetWords.of(text, found).ongoing)
    target.end = end or None
    return target


def _of_dates(text: str, found: Sequence[FoundDate]) -> Target:
    """A target of kind date; `edtf` where all dates of `found` are one."""
    exact = [date for date in found if date.unit != "year"] or list(found)
    ongoing = TargetWords.of(text, found).ongoing
    target = _target(text, "date", ongoing=ongoing)
    if len({(date.date.edtf, date.problem) for date in exact}) == 1 and exact[0].date.edtf:
        target.edtf, target.start, target.end = (
            exact[0].date.edtf,
            exact[0].date.start,
            exact[0].date.end,
        )
    return target


def _date_issues(found: Sequence[FoundDate], other: int) -> tuple[Issue, ...]:
    issues = []
    for one in found:
        printed = one.date.text
        if one.problem == "impossible":
            issues.append(issue("date-impossible", "target", f"There is no {printed}."))
        elif one.problem == "year-missing":
            issues.append(issue("date-unclear", "target", f"“{printed}” has no year."))
        elif one.problem == "unclear":
            issues.append(issue("date-unclear", "target", f"“{printed}” has two readings."))
    if other >= SETTINGS.noted:
        issues.append(issue("misplaced-text", "target"))
    return tuple(issues)


def _is_prose(running: Running, found: Sequence[FoundDate], other: int) -> bool:
    """The cell tells a story that happens to name a date; its date is not the target."""
    if other <= SETTINGS.inside * len(found):
        return False
    text = running.text
    if not re.search(r"[^\W\d]", TargetWords.without_fillers(text[: found[0].start])):
        return False
    if _has_own_line(running, found):
        return False
    at_end = not re.search(r"\w", text[found[-1].end :])
    return not (at_end and other <= SETTINGS.behind * len(found))


def _has_own_line(running: Running, found: Sequence[FoundDate]) -> bool:
    """A date fills its line or lines, fillers aside."""
    ends = [*running.starts[1:], len(running.text)]
    for one in found:
        first, last = running.line_at(one.start), running.line_at(one.end - 1)
        around = (
            running.text[running.starts[first] : one.start] + running.text[one.end : ends[last]]
        )
        # "in April 2013" wrapped to a line of its own is still inside its sentence.
        before = running.text[: running.starts[first]].rstrip()
        wrapped = before and not before.endswith((".", ":", ";", "-", "–"))
        if not wrapped and not re.search(r"\w", TargetWords.without_fillers(around)):
            return True
    return False


def _parts(cell: Cell, running: Running, found: Sequence[FoundDate]) -> tuple[TargetPart, ...]:
    """The cell's targets: a new part begins at each line that begins a date or a kind of its own.

    Lines between two go to the nearer one above, unless the gap above them is the wider.
    """
    lines = [line for line in cell.lines if line.text.strip()]
    starts = _anchor_lines(LineBreaks(cell, lines), running, found)
    if len(starts) < 2:
        return ()
    return tuple(_numbered_part(lines[begin:end]) for begin, end in _cuts(lines, starts))


def _numbered_part(lines: Sequence[Line]) -> TargetPart:
    text = run_on(lines).text
    match = _LIST_NUMBER.match(text)
    if match is None:
        return TargetPart(_part(text), tuple(lines))
    return TargetPart(_part(text[match.end() :]), tuple(lines), match[1])


def _part(text: str) -> Target:
    """The target of one part of a cell; that the cell is no prose is known."""
    found = find_dates(text)
    words = TargetWords.of(text, found)
    relative = _relative(text, found)
    if relative is not None:
        return relative
    if found:
        return _of_dates(text, found)
    return _target(text, words.kind or "none", ongoing=words.ongoing)


def _anchor_lines(breaks: LineBreaks, running: Running, found: Sequence[FoundDate]) -> list[int]:
    """Indices of the lines on which a target begins: a date, or a word such as "Ongoing"."""
    dates = [(one.start, one.end) for one in found]
    words = [span for span in TargetWords.kind_spans(running.text) if not _inside(span, dates)]
    lines: list[int] = []
    previous = 0
    for start, end in sorted(dates + words):
        line = running.line_at(start)
        begin = running.starts[line]
        lead = TargetWords.without_fillers(running.text[begin:start])
        if line not in lines and not re.search(r"[^\W\d]", lead):
            between = running.text[previous:begin]
            wrapped = line > 0 and _goes_on(between, closed=breaks.closes(line - 1))
            wrapped |= (start, end) in words and running.text[start].islower()
            if not (lines and wrapped):
                lines.append(line)
        previous = end
    return lines


def _goes_on(between: str, *, closed: bool) -> bool:
    """A date or key word at the start of a line goes on from the line before ("... and" /
    "ongoing"): `between` is the text since the last date, `closed` says that the line had ended.
    """
    if re.search(r"(?:[(/&,–-]|\b(?:and|or|to|until))\s*$", between):
        return True
    return bool(re.search(r"[^\W\d]", between)) and not closed


def _inside(span: tuple[int, int], anchors: Sequence[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in anchors)


def _cuts(lines: Sequence[Line], starts: Sequence[int]) -> list[tuple[int, int]]:
    """First line and line behind the last of each part."""
    cuts = [0]
    for previous, start in pairwise(starts):
        cut = start
        # A line directly above the date, with free space above itself, belongs to the date.
        while cut - 1 > previous and _gap(lines, cut - 1) > _gap(lines, cut) + 2.0:
            cut -= 1
        cuts.append(cut)
    return list(zip(cuts, [*cuts[1:], len(lines)], strict=True))


def _gap(lines: Sequence[Line], at: int) -> float:
    """Free height above line `at`, in points; 0 over a page change."""
    above, line = lines[at - 1], lines[at]
    return line.bbox[1] - above.bbox[3] if above.page == line.page else 0.0
