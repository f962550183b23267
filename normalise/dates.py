"""Dates as plans print them: text to ISO 8601-2 strings and first and last day.

Nothing is made up: a day, a month or a year that is not printed is not in the result.
docs/dates.md lists every form with its reading.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from actionplan.normalise.dates_forms import PLAIN
from actionplan.normalise.dates_grammar import Atom, Unit, scan
from actionplan.normalise.phrases import any_phrase
from actionplan.normalise.vocabulary import load
from actionplan.schemas.plan import Date

Problem = Literal["impossible", "year-missing", "unclear", "several"]


class FoundDate(NamedTuple):
    """A date inside a text.

    Attributes:
        start: offset of its first character, "end of" and the like included.
        end: offset behind its last character.
        date: as printed, and as an interval where it has one.
        problem: why `date.edtf` is null: no such day, no year printed, two readings, several days.
        unit: how exact it is printed.
    """

    start: int
    end: int
    date: Date
    problem: Problem | None = None
    unit: Unit = "day"


class _Span(NamedTuple):
    edtf: str
    first: date
    last: date


class _Item(NamedTuple):
    start: int
    end: int
    span: _Span | None
    problem: Problem | None
    unit: Unit


_LEAP, _MONTHS = 2000, 12
# Most months that slashes bind to one span ("Sept/Oct", "April/May/June").
_RUN = 6
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$", re.IGNORECASE)


@cache
def _between(*, joins: bool) -> re.Pattern[str]:
    """What stands between two dates of a list or, if it `joins` them, of one interval."""
    words = load("dates")["words"]
    weeks = any_phrase(words["week_from"] + words["week_to"])
    marks = r"-|to|until|till|thru|through(?:\s+to)?|up\s+to|up\s+until" + (
        "" if joins else "|/|,|&|and|or"
    )
    return re.compile(
        rf"\.?\s*(?:{marks})\s*(?:the\s+)?"
        rf"(?:(?:(?:end|start|beginning|middle|early|mid|late)(?:\s+of)?|{weeks})(?![a-z]))?[\s-]*",
        re.IGNORECASE,
    )


@cache
def _qualifier() -> re.Pattern[str]:
    """What may stand before a date and belongs to it."""
    words = load("dates")["words"]
    return re.compile(
        rf"(?:(?:\b(?P<end>{any_phrase(words['end'])})(?:\s+of)?(?:\s+the)?"
        r"(?:\s+(?:calendar\s+year|year|month(?:\s+of)?))?"
        r"|\b(?:start|beginning|middle|early|mid|late)(?:\s+of)?"
        rf"|\b(?P<week>{any_phrase(words['week_from'])})"
        rf"|\b(?P<weekend>{any_phrase(words['week_to'])}))[\s:.-]*)?"
        rf"(?:\b{any_phrase(words['weekdays'])}\.?,?\s+)?(?:\bthe\s+)?$",
        re.IGNORECASE,
    )


def parse_date(text: str) -> Date:
    """Return the one date that `text` gives.

    `edtf`, `start` and `end` are None where the text gives no date, several, one without a year,
    or one that no calendar has. Never raises.
    """
    span, _ = _single(text)
    return _as_date(text.strip(), span)


def _as_date(printed: str, span: _Span | None) -> Date:
    if span is None:
        return Date(text=printed, edtf=None, start=None, end=None)
    first, last = span.first.isoformat(), span.last.isoformat()
    return Date(text=printed, edtf=span.edtf, start=first, end=last)


def date_problem(text: str) -> Problem | None:
    """Why `parse_date` gives no interval for `text`; None where it does or `text` has no date."""
    return _single(text)[1]


def find_dates(text: str) -> list[FoundDate]:
    """Return all dates of `text` in order, with their offsets; overlaps do not occur."""
    return [
        FoundDate(item.start, item.end, _as_date(text[item.start : item.end], item.span), *item[3:])
        for item in _items(text)
    ]


def _single(text: str) -> tuple[_Span | None, Problem | None]:
    items = _items(text)
    # A bare year beside a finer date is a title or a law ("Care Act 2014"), not the date.
    exact = [item for item in items if item.unit != "year"] or items
    if len({item.span for item in exact}) > 1:
        return None, "several"
    return (exact[0].span, exact[0].problem) if exact else (None, None)


@lru_cache(maxsize=4096)
def _items(text: str) -> Sequence[_Item]:
    plain = text.translate(PLAIN)
    atoms = _share_years(plain, scan(plain))
    items: list[_Item] = []
    at = 0
    while at < len(atoms):
        since = items[-1].end if items else 0
        last = min(at + max(_run(plain, atoms, at), 2), len(atoms)) - 1
        whole = atoms[at]._replace(end=atoms[max(last - 1, at)].end)
        pair = _as_range(plain, whole, atoms[last], since) if last > at else None
        items.append(pair or _resolve(plain, atoms[at], since))
        at = last + 1 if pair else at + 1
    return tuple(item for at, item in enumerate(items) if not _is_explained(plain, items, at))


def _is_explained(plain: str, items: Sequence[_Item], at: int) -> bool:
    """A quarter without a year beside what it means ("Q2 (July - Sept 2014)")."""
    item = items[at]
    if item.unit != "quarter" or item.problem != "year-missing":
        return False
    pairs = [(at - 1, at), (at, at + 1)]
    return any(
        left >= 0
        and right < len(items)
        and plain[items[left].end : items[right].start].strip() in ("(", "[")
        and (items[left].span or items[right].span) is not None
        for left, right in pairs
    )


def _run(plain: str, atoms: list[Atom], at: int) -> int:
    """How many months from `at` on follow each other with slashes ("April/May/June 2016")."""
    end = at + 1
    while end < len(atoms) and plain[atoms[end - 1].end : atoms[end].start].strip() == "/":
        left, right = atoms[end - 1], atoms[end]
        if not (left.unit == right.unit == "month" and (right.part - left.part) % 12 == 1):
            break
        end += 1
    return end - at


def _share_years(plain: str, atoms: list[Atom]) -> list[Atom]:
    """Give "March" of "March and June 2014" the year that is printed behind the last."""
    for at in range(len(atoms) - 2, -1, -1):
        left, right = atoms[at], atoms[at + 1]
        if left.year is not None or right.year is None or right.unit not in ("day", "month"):
            continue
        in_order = (left.part, left.day) <= (right.part, right.day or 31)
        gap = plain[left.end : right.start]
        if left.unit in ("day", "month") and in_order and _between(joins=False).fullmatch(gap):
            atoms[at] = left._replace(year=right.year)
    return atoms


def _as_range(plain: str, left: Atom, right: Atom, since: int) -> _Item | None:
    """One interval out of two dates that a dash, "to" or a slash of two months binds."""
    gap = plain[left.end : right.start]
    bound = bool(_between(joins=True).fullmatch(gap))
    if gap.strip().lower() == "and":
        bound = bool(_BETWEEN.search(plain[: left.start]))
    if gap.strip() == "/":
        bound = left.unit == right.unit == "month" and 0 < (right.part - left.part) % 12 < _RUN
    if not bound:
        return None
    first, last = _resolve(plain, left, since), _resolve(plain, right, left.end)
    if first.span is None or last.span is None:
        same = "year-missing" in (first.problem, last.problem) and right.year is not None
        whole = same and left.unit in ("day", "month") and left.year is None
        return _Item(first.start, right.end, None, "year-missing", left.unit) if whole else None
    if first.span.first >= last.span.last:
        return None
    span = _Span(_join(first.span, last.span), first.span.first, last.span.last)
    return _Item(first.start, right.end, span, None, right.unit)


def _join(first: _Span, last: _Span) -> str:
    ends = [first.edtf, last.edtf]
    if any("/" in end or end[5:7] > "12" for end in ends):
        whole = first.first.day == 1 and (last.last + timedelta(days=1)).day == 1
        form = "%Y-%m" if whole else "%Y-%m-%d"
        ends = [first.first.strftime(form), last.last.strftime(form)]
    return "/".join(ends)


def _resolve(plain: str, atom: Atom, since: int) -> _Item:
    qualifier = _qualifier().search(plain, max(since, atom.start - 40), atom.start)
    start = qualifier.start() if qualifier else atom.start
    if atom.several:
        return _Item(start, atom.end, None, "several", atom.unit)
    if atom.year is None:
        never = atom.unit == "day" and not _exists(atom)
        return _Item(start, atom.end, None, "impossible" if never else "year-missing", atom.unit)
    try:
        span = _SPANS[atom.unit](atom, atom.year)
    except ValueError:
        return _Item(start, atom.end, None, "impossible", atom.unit)
    if span and qualifier:
        span = _qualified(span, qualifier, atom, plain)
    return _Item(start, atom.end, span, None if span else "unclear", atom.unit)


def _exists(atom: Atom) -> bool:
    """Some year has the day."""
    last = monthrange(_LEAP, atom.part)[1] if 1 <= atom.part <= _MONTHS else 0
    return 1 <= atom.day <= last and atom.until <= last


def _qualified(span: _Span, qualifier: re.Match[str], atom: Atom, plain: str) -> _Span | None:
    """The interval that "end of" or "week commencing" before a date makes of it."""
    if qualifier["end"] and span.first != span.last:
        # A winter's last day lies in a year that is not printed, and no calendar has a term's.
        known = atom.unit != "season" or span.last.year == atom.year
        known &= "term" not in plain[atom.start : atom.end].lower()
        return _Span(span.last.isoformat(), span.last, span.last) if known else None
    if (
        atom.unit == "day"
        and span.first == span.last
        and (qualifier["week"] or qualifier["weekend"])
    ):
        before, after = (0, 6) if qualifier["week"] else (6, 0)
        first, last = span.first - timedelta(days=before), span.first + timedelta(days=after)
        return _Span(f"{first}/{last}", first, last)
    return span


def _months(year: int, month: int, last_year: int, last_month: int) -> _Span:
    last = date(last_year, last_month, monthrange(last_year, last_month)[1])
    edtf = f"{year:04}-{month:02}/{last_year:04}-{last_month:02}"
    return _Span(edtf, date(year, month, 1), last)


def _day_span(atom: Atom, year: int) -> _Span:
    first = date(year, atom.part, atom.day)
    if not atom.until:
        return _Span(first.isoformat(), first, first)
    last = date(year, atom.part, atom.until)
    if last < first:
        raise ValueError("the last day comes before the first")
    return _Span(f"{first}/{last}", first, last)


def _month_span(atom: Atom, year: int) -> _Span | None:
    if atom.year2 is not None:
        return _month_of_years(atom, year)
    return _months(year, atom.part, year, atom.part)._replace(edtf=f"{year:04}-{atom.part:02}")


def _month_of_years(atom: Atom, year: int) -> _Span | None:
    """Two months over the turn of two years; which of the years one month means is not told."""
    if atom.year2 == year + 1 and atom.until and atom.until < atom.part:
        return _months(year, atom.part, year + 1, atom.until)
    return None


@cache
def _season_months() -> dict[int, tuple[int, int]]:
    return {code: (first, last) for code, first, last in load("dates")["seasons"].values()}


def _season_span(atom: Atom, year: int) -> _Span | None:
    first, _ = _season_months()[atom.part]
    _, last = _season_months()[atom.until or atom.part]
    if atom.year2 is not None and (last >= first or atom.until):
        return None  # "Spring 2014/15" may be either year's
    last_year = year + 1 if last < first else year
    span = _months(year, first, last_year, last)
    if not atom.until:
        return span._replace(edtf=f"{year:04}-{atom.part}")
    return span if last_year == year else None


def _quarter_span(atom: Atom, year: int) -> _Span | None:
    if atom.part not in range(1, 5):
        raise ValueError("no such quarter")
    last = atom.until or atom.part
    if last < atom.part:
        return None
    if atom.year2 is None:
        return _months(year, atom.part * 3 - 2, year, last * 3)
    if atom.year2 != year + 1:
        return None
    months = [(year + q // 4, (q * 3) % 12 + 1) for q in (atom.part, last)]
    return _months(*months[0], months[1][0], months[1][1] + 2)


def _financial_span(atom: Atom, year: int) -> _Span | None:
    if atom.year2 is None:
        return None
    return _months(year, 4, year + 1, 3)


def _academic_span(atom: Atom, year: int) -> _Span:
    return _months(year, 9, year + 1, 8)


def _years_span(atom: Atom, year: int) -> _Span:
    last = atom.year2 or year
    if last < year:
        raise ValueError("the last year comes before the first")
    edtf = f"{year:04}" if last == year else f"{year:04}/{last:04}"
    return _Span(edtf, date(year, 1, 1), date(last, 12, 31))


_SPANS = {
    "day": _day_span,
    "month": _month_span,
    "season": _season_span,
    "quarter": _quarter_span,
    "financial": _financial_span,
    "academic": _academic_span,
    "years": _years_span,
    "year": _years_span,
}
