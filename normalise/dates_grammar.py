"""The written forms of dates: one regular expression, and what each form says.

A match becomes an `Atom`: the numbers that are printed, none that are not. `dates` turns atoms
into intervals.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Literal, NamedTuple

from actionplan.normalise.phrases import any_phrase
from actionplan.normalise.vocabulary import load

Unit = Literal["day", "month", "season", "quarter", "financial", "academic", "years", "year"]
Match = re.Match[str]

# Quotes, dashes and blanks that word processors put in; one character for one character, so that
# offsets hold.
PLAIN = str.maketrans(
    {
        **dict.fromkeys("’‘‛`´ʼ′", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f\t\n\r", " "),
    }
)


class Atom(NamedTuple):
    """One date expression as printed.

    Attributes:
        start: offset of its first character.
        end: offset behind its last character.
        unit: what the numbers count.
        year: full year, None where none is printed.
        part: month, season name's code, or quarter.
        day: day of the month.
        until: last day, quarter or season code of a range inside the expression.
        year2: last year of a financial year or of a run of years.
        several: the expression lists days that are no range ("3 and 5 May 2014").
    """

    start: int
    end: int
    unit: Unit
    year: int | None = None
    part: int = 0
    day: int = 0
    until: int = 0
    year2: int | None = None
    several: bool = False


@cache
def _pieces() -> dict[str, str]:
    """Regular expressions that several forms share."""
    words = load("dates")
    after = any_phrase(words["words"]["after"])
    ordinal = r"(?:\s?(?:st|nd|rd|th)(?![a-z])\.?)"
    years = r"(?:(?:19|20)\d\d|(?<!\d)\d\d)\s?[/-]\s?(?:20)?\d\d(?!\d)"
    financial = any_phrase(words["words"]["financial"] + words["words"]["academic"])
    year4 = r"(?:19|20)\d\d(?!\d)"
    return {
        "month": any_phrase(words["months"]) + r"(?![a-z])",
        "season": any_phrase(words["seasons"]) + r"(?![a-z])(?:\s+term(?![a-z]))?",
        "financial": financial,
        "ordinal": ordinal,
        "ordinal_word": any_phrase(words["ordinals"]),
        "quarter": r"q(?:uarter|tr)?\.?\s?",
        "years": years,
        "year4": year4,
        # Two digits are a year only where nothing makes them a day, a time or a quantity.
        "year2": r"\d\d(?![\d%a-z]|\s(?:st|nd|rd|th)(?![a-z])|[:.,]\d"
        rf"|\s+(?!{after}(?![a-z]))(?-i:[a-z]))",
        "of_year": r"(?:[\s,(-]*(?:of\s+)?(?:the\s+)?"
        rf"(?:{financial}\s*)?(?P<NAME>{years}|{year4}|'\d\d)\)?)?",
    }


def _days_then_month(name: str) -> str:
    """A day or two, with or without ordinals, and a month; groups NAME0, NAMEs, NAMEd, NAMEm."""
    p = _pieces()
    return (
        rf"(?:(?P<{name}0>\d{{1,2}}){p['ordinal']}?\s*(?P<{name}s>-|to|/|and|&)\s*(?:the\s+)?)?"
        rf"(?P<{name}d>\d{{1,2}}){p['ordinal']}?(?:\s+day)?(?:\s+of)?"
        rf"(?:\s*[-/]\s*|\.(?!\s)|\s*)(?P<{name}m>{p['month']})"
    )


def _year_behind_month(name: str) -> str:
    """A year as it may follow a month; groups NAMEy (four digits, or '14) and NAMEz (14)."""
    p = _pieces()
    return (
        rf"\.?(?:(?:\s*[-/,.]\s*|\s+of\s+|\s*)(?P<{name}y>{p['year4']}|'\s?\d\d(?!\d))"
        rf"|(?:[-/.]|\s+|(?<=[a-z]))(?P<{name}z>{p['year2']}))"
    )


def _digit_forms() -> tuple[str, ...]:
    p = _pieces()
    return (
        r"(?P<iso>(?P<iy>(?:19|20)\d\d)-(?P<im>\d\d)-(?P<id>\d\d)(?!\d))",
        rf"(?P<cad>{p['year4']}[\s,-]+{p['month']}[\s,-]+\d{{1,2}}(?!\d){p['ordinal']}?)",
        r"(?P<num>(?P<nd>\d{1,2})\s?(?P<ns>[./-])\s?(?P<nm>\d{1,2})\s?(?P=ns)\s?"
        r"(?P<ny>\d{4}|\d\d)(?![./-]?\d))",
        rf"(?P<dmy>{_days_then_month('w')}{_year_behind_month('w')})",
        rf"(?P<quo>(?P<qd>[1-4]){p['ordinal']}\s+(?:quarter|qtr)"
        rf"{p['of_year'].replace('NAME', 'qdy')})",
        rf"(?P<qur>(?P<ry>{p['years']}|{p['year4']})[\s,:(-]*{p['quarter']}(?P<rq>[1-4])(?!\d)\)?)",
        rf"(?P<nmy>(?P<om>0?[1-9]|1[0-2])/(?P<oy>{p['year4']}))",
        rf"(?P<fin>(?P<fy>{p['years']})(?![/-]\d)(?:\s+(?P<fx>{p['financial']}))?)",
        rf"(?P<dmo>{_days_then_month('x')})",
        rf"(?P<yr>{p['year4']})(?!\s?[/%-]\s?\d|,\d\d\d|\.\d)",
    )


def _letter_forms() -> tuple[str, ...]:
    p = _pieces()
    return (
        rf"(?P<cal>{p['month']}\.?\s+\d{{1,2}}{p['ordinal']}?(?:\s*,\s*|\s+){p['year4']})",
        rf"(?P<qua>(?:{p['quarter']}(?P<q1>[1-4])(?!\d)(?:\s*(?:/|-|to|and|&)\s*"
        rf"(?:{p['quarter']})?(?P<q2>[1-4])(?!\d))?|(?P<qo>{p['ordinal_word']})\s+(?:quarter|qtr))"
        rf"{p['of_year'].replace('NAME', 'qy')})",
        rf"(?P<fiw>(?P<gw>{p['financial']})\s*(?P<gy>{p['years']})(?![/-]\d))",
        rf"(?P<sea>(?P<s1>{p['season']})(?:\s*(?:/|-|or|to|and|&)\s*(?P<s2>{p['season']}))?"
        rf"(?:\s+of)?,?\s*(?P<sy>{p['years']}|{p['year4']}|'\s?\d\d(?!\d)|{p['year2']}))",
        rf"(?P<mon>(?P<mm>{p['month']}){_year_behind_month('m')})",
        rf"(?P<mdo>(?P<um>{p['month']})\.?\s+(?P<ud>\d{{1,2}})(?!\d){p['ordinal']}?)",
        rf"(?P<mon0>{p['month']})",
        rf"(?P<sea0>{p['season']})",
    )


@cache
def _expression() -> re.Pattern[str]:
    # The forms are parted by their first character, so that most positions fail at once.
    return re.compile(
        r"(?<![\w£$€#'])(?:(?=\d)(?<![/])(?<!\d\.)(?:"
        + "|".join(_digit_forms())
        + r")|(?=[a-z])(?:"
        + "|".join(_letter_forms())
        + "))",
        re.IGNORECASE,
    )


@cache
def _clause() -> re.Pattern[str]:
    return re.compile(rf"\b{any_phrase(load('dates')['words']['clauses'])}\.?\s*$", re.IGNORECASE)


@cache
def _before() -> re.Pattern[str]:
    words = any_phrase(load("dates")["words"]["before"])
    return re.compile(rf"(?:\b{words}[\s-]+|[-/(:]\s*)$", re.IGNORECASE)


def scan(plain: str) -> list[Atom]:
    """Return the date expressions of `plain` (text after `PLAIN`), in order."""
    found = []
    for match in _expression().finditer(plain):
        form = match.lastgroup
        if form is not None and (atom := _READERS[form](match)) is not None:
            found.append(atom)
    return found


def _full_year(text: str | None) -> int | None:
    """A printed year with its century; two digits are 20xx."""
    if not text:
        return None
    digits = text.strip("' ")
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _month(name: str) -> int:
    return int(load("dates")["months"][name.lower()])


def _two_years(text: str) -> tuple[int, int]:
    """First and last year of "2017/18", "17-18", "2026-28"."""
    first, last = (part.strip() for part in re.split(r"[/-]", text))
    year = int(first) if len(first) == 4 else 2000 + int(first)
    return year, int(last) if len(last) == 4 else year - year % 100 + int(last) + (
        100 if int(last) < year % 100 and year % 100 == 99 else 0
    )


def _iso(m: Match) -> Atom:
    return Atom(m.start(), m.end(), "day", int(m["iy"]), int(m["im"]), int(m["id"]))


@cache
def _calendar_parser() -> Callable[[str], object]:
    from dateparser.date import DateDataParser

    return DateDataParser(
        languages=["en"],
        settings={
            "DATE_ORDER": "DMY",
            "STRICT_PARSING": True,
            "PARSERS": ["absolute-time"],
            "REQUIRE_PARTS": ["day", "month", "year"],
        },
    ).get_date_data


@cache
def _calendar_date(text: str) -> tuple[int, int, int] | None:
    """Year, month, day of a written-out date in another order than day, month, year."""
    parsed = getattr(_calendar_parser()(text), "date_obj", None)
    return (parsed.year, parsed.month, parsed.day) if parsed else None


def _written_out(m: Match) -> Atom:
    # Month 0 is no month: what the calendar refuses is reported as such.
    year, month, day = _calendar_date(m[0]) or (1, 0, 0)
    return Atom(m.start(), m.end(), "day", year, month, day)


def _numeric(m: Match) -> Atom | None:
    day, month = int(m["nd"]), int(m["nm"])
    if m["ns"] == ".":
        wrong = not (1 <= month <= 12 and 1 <= day <= 31)
        if (wrong and len(m["ny"]) == 2) or _clause().search(m.string, 0, m.start()):
            return None
    return Atom(m.start(), m.end(), "day", _full_year(m["ny"]), month, day)


def _day_month_year(m: Match) -> Atom:
    return _days(m, "w", _full_year(m["wy"] or m["wz"]))


def _day_month(m: Match) -> Atom | None:
    if _is_doubtful(m["xm"]) and m["xm"].islower():
        return None
    return _days(m, "x", None)


def _days(m: Match, name: str, year: int | None) -> Atom:
    last, month = int(m[name + "d"]), _month(m[name + "m"])
    if m[name + "0"] is None:
        return Atom(m.start(), m.end(), "day", year, month, last)
    several = m[name + "s"].lower() in ("and", "&")
    return Atom(m.start(), m.end(), "day", year, month, int(m[name + "0"]), last, several=several)


def _quarter(m: Match) -> Atom:
    first = int(m["q1"] or load("dates")["ordinals"][m["qo"].lower()])
    return _quarter_of(m, first, int(m["q2"] or 0), m["qy"])


def _quarter_ordinal(m: Match) -> Atom:
    return _quarter_of(m, int(m["qd"]), 0, m["qdy"])


def _quarter_reversed(m: Match) -> Atom:
    return _quarter_of(m, int(m["rq"]), 0, m["ry"])


def _quarter_of(m: Match, first: int, last: int, years: str | None) -> Atom:
    if years and re.search("[/-]", years):
        year, year2 = _two_years(years)
        return Atom(m.start(), m.end(), "quarter", year, first, until=last, year2=year2)
    return Atom(m.start(), m.end(), "quarter", _full_year(years), first, until=last)


def _financial_word(m: Match) -> Atom | None:
    return _financial_of(m, m["gy"], m["gw"].lower())


def _financial(m: Match) -> Atom | None:
    return _financial_of(m, m["fy"], (m["fx"] or "").lower())


def _financial_of(m: Match, years: str, word: str) -> Atom | None:
    first, last = _two_years(years)
    # "24/25" is a year only with its word, or where it is the whole text.
    if re.match(r"\d\d\s?[/-]", years) and not (
        last == first + 1 and (word or _is_whole(m.string, m.start(), m.end()))
    ):
        return None
    if last == first + 1:
        academic = word in load("dates")["words"]["academic"]
        return Atom(m.start(), m.end(), "academic" if academic else "financial", first, year2=last)
    if last > first:
        return Atom(m.start(), m.end(), "years", first, year2=last)
    month = last % 100
    if "-" in years and 1 <= month <= 12:
        return Atom(m.start(), m.end(), "month", first, month)
    return None


def _is_whole(text: str, start: int, end: int) -> bool:
    """Nothing but a few words such as "by end of" stands around the characters."""
    lead = text[:start].split()
    return len(lead) < 4 and all(map(str.isalpha, lead)) and not re.search(r"\w", text[end:])


def _season(m: Match) -> Atom:
    seasons = load("dates")["seasons"]
    codes = [seasons[name.split()[0].lower()][0] for name in (m["s1"], m["s2"]) if name]
    until = codes[1] if len(codes) == 2 else 0
    if re.search("[/-]", m["sy"]):
        year, year2 = _two_years(m["sy"])
        return Atom(m.start(), m.end(), "season", year, codes[0], until=until, year2=year2)
    return Atom(m.start(), m.end(), "season", _full_year(m["sy"]), codes[0], until=until)


def _month_year(m: Match) -> Atom | None:
    # "it may 12 times": a verb and a number, unless nothing else is there.
    verb = m["mz"] and " " in m[0] and m["mm"].islower() and _is_doubtful(m["mm"])
    if verb and not _is_whole(m.string, m.start(), m.end()):
        return None
    return Atom(m.start(), m.end(), "month", _full_year(m["my"] or m["mz"]), _month(m["mm"]))


def _numeric_month(m: Match) -> Atom:
    return Atom(m.start(), m.end(), "month", int(m["oy"]), int(m["om"]))


def _month_day(m: Match) -> Atom | None:
    if _is_doubtful(m["um"]) and m["um"].islower():
        return None
    return Atom(m.start(), m.end(), "day", None, _month(m["um"]), int(m["ud"]))


def _is_doubtful(word: str) -> bool:
    return word.lower() in load("dates")["words"]["doubtful"]


def _stands_alone(m: Match) -> bool:
    """A word without a year is a date: beside a preposition or a dash, or the whole text."""
    head, tail = m.string[: m.start()], m.string[m.end() :]
    if not (re.search(r"\w", head) or re.search(r"\w", tail)):
        return True
    if m[0].islower():
        return False
    in_list = re.match(r"\s*(?:[-/]|and\b|to\b|&)\s*[A-Z]", tail)
    return bool(not _is_doubtful(m[0].split()[0]) or in_list or _before().search(head))


def _bare_month(m: Match) -> Atom | None:
    return Atom(m.start(), m.end(), "month", None, _month(m[0])) if _stands_alone(m) else None


def _bare_season(m: Match) -> Atom | None:
    if not _stands_alone(m):
        return None
    code = load("dates")["seasons"][m[0].split()[0].lower()][0]
    return Atom(m.start(), m.end(), "season", None, code)


def _bare_year(m: Match) -> Atom:
    return Atom(m.start(), m.end(), "year", int(m["yr"]))


_READERS: dict[str, Callable[[Match], Atom | None]] = {
    "iso": _iso,
    "cad": _written_out,
    "cal": _written_out,
    "num": _numeric,
    "dmy": _day_month_year,
    "qua": _quarter,
    "quo": _quarter_ordinal,
    "qur": _quarter_reversed,
    "fin": _financial,
    "fiw": _financial_word,
    "sea": _season,
    "mon": _month_year,
    "nmy": _numeric_month,
    "dmo": _day_month,
    "mdo": _month_day,
    "mon0": _bare_month,
    "sea0": _bare_season,
    "yr": _bare_year,
}
