"""What each written form of a date says.

A match of `dates_forms.expression` becomes an `Atom`: the numbers that are printed, none that are
not. `dates` turns atoms into intervals.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Literal, NamedTuple

from actionplan.normalise.dates_calendar import calendar_date
from actionplan.normalise.dates_forms import expression
from actionplan.normalise.dates_mend import mend, word_end
from actionplan.normalise.phrases import any_phrase
from actionplan.normalise.vocabulary import load

Unit = Literal["day", "month", "season", "quarter", "financial", "academic", "years", "year"]
Match = re.Match[str]
# Days from the fifth on are not how a list counts its items.
_COUNTED = 5
_MONTHS = 12


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
def _clause() -> re.Pattern[str]:
    return re.compile(rf"\b{any_phrase(load('dates')['words']['clauses'])}\.?\s*$", re.IGNORECASE)


@cache
def _before() -> re.Pattern[str]:
    words = any_phrase(load("dates")["words"]["before"])
    return re.compile(rf"(?:\b{words}[\s-]+|[-/(:]\s*)$", re.IGNORECASE)


# "11/21 until 04/22": two such months are all that the text has.
_SPAN = re.compile(
    r"\W*(?:(?!\d)\w+\s+){0,3}(?:0?[1-9]|1[0-2])/(?:1[3-9]|2\d)\s*"
    r"(?:-|to|until|till|thru|through|up\s+to)\s*(?:0?[1-9]|1[0-2])/(?:1[3-9]|2\d)\W*",
    re.IGNORECASE,
)
# Forms that may turn out to be none, and the group from which on the text is searched again.
_ASIDE = {"oth": "ow", "wor": "vm"}


def scan(plain: str) -> list[Atom]:
    """Return the date expressions of `plain` (text after `PLAIN`), in order."""
    found = []
    text, at = mend(plain), 0
    while match := expression().search(text, at):
        form, at = str(match.lastgroup), match.end()
        atom = _READERS[form](match)
        if atom is not None:
            found.append(atom._replace(end=word_end(plain, atom.end)))
        elif form in _ASIDE:
            at = match.start(_ASIDE[form])
    return found


def _full_year(text: str | None) -> int | None:
    """A printed year with its century; two digits are 20xx."""
    if not text:
        return None
    digits = text.strip("'\"“” ,()-")
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _month(name: str) -> int:
    return int(load("dates")["months"][name.lower()])


def _half(m: Match) -> Atom | None:
    word, years = (m["ho"] or m["hd"]).lower(), m["hy"] or m["hdy"]
    if years is None:
        return None
    first = 1 if word in ("first", "1st") else 3
    return _quarter_of(m, first, first + 1, years)


def _two_years(text: str) -> tuple[int, int]:
    """First and last year of "2017/18", "17-18", "2026-28"."""
    first, last = (part.strip() for part in re.split(r"[/-]", text))
    year = int(first) if len(first) == 4 else 2000 + int(first)
    return year, int(last) if len(last) == 4 else year - year % 100 + int(last) + (
        100 if int(last) < year % 100 and year % 100 == 99 else 0
    )


def _iso(m: Match) -> Atom:
    return Atom(m.start(), m.end(), "day", int(m["iy"]), int(m["im"]), int(m["id"]))


def _written_out(m: Match) -> Atom:
    # Month 0 is no month: what the calendar refuses is reported as such.
    year, month, day = calendar_date(m[0]) or (1, 0, 0)
    return Atom(m.start(), m.end(), "day", year, month, day)


def _other_words(m: Match) -> Atom | None:
    """A day, a word and a year: a date if the word is a month's name in Welsh."""
    if calendar_date(f"1 {m['ow'].lower()} 2014") is None:
        return None
    found = calendar_date(m[0])
    return found and Atom(m.start(), m.end(), "day", *found)


def _ordinal_day(m: Match) -> Atom | None:
    """The first of March 2015; "first March 2015" may count something."""
    day = int(load("dates")["days"][" ".join(re.split(r"[\s-]+", m["vo"].lower()))])
    if day < _COUNTED and m["vf"] is None:
        return None
    return Atom(m.start(), m.end(), "day", int(m["vy"]), _month(m["vm"]), day)


def _numeric(m: Match) -> Atom | None:
    day, month = int(m["nd"]), int(m["nm"])
    if m["ns"] == ".":
        wrong = not (1 <= month <= 12 and 1 <= day <= 31)
        if (wrong and len(m["ny"]) == 2) or _clause().search(m.string, 0, m.start()):
            return None
    return Atom(m.start(), m.end(), "day", _full_year(m["ny"]), month, day)


def _mixed(m: Match) -> Atom | None:
    """A day whose marks differ ("30-06/2017")."""
    if _clause().search(m.string, 0, m.start()):
        return None
    year, month, day = int(m["xy1"]), int(m["xm1"]), int(m["xd1"])
    if day <= _MONTHS and re.search(r"-.*/|/.*-", m[0]):
        # "06-09/2014" may be two months: no single reading.
        return Atom(m.start(), m.end(), "month", year, month, year2=year)
    return Atom(m.start(), m.end(), "day", year, month, day)


def _no_year(m: Match) -> Atom | None:
    """A day whose year has three or five digits is none."""
    whole = _is_whole(m.string, m.start(), m.end())
    return Atom(m.start(), m.end(), "day", 1, 0, 0) if whole else None


def _day_month_year(m: Match) -> Atom:
    year = _full_year(m["wy"] or m["wz"] or m["wl"])
    if _is_counted(m, "w"):
        return Atom(m.start("wm"), m.end(), "month", year, _month(m["wm"]))
    return _days(m, "w", year)


def _is_counted(m: Match, name: str) -> bool:
    """The number belongs to the word before it ("Phase 2 March 2014")."""
    bare = m[name + "0"] is None and m.end(name + "d") == m.start(name + "m") - 1
    return bare and bool(_counted().search(m.string, 0, m.start()))


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(rf"\b{any_phrase(load('dates')['words']['counted'])}\.?\s*$", re.IGNORECASE)


def _day_month(m: Match) -> Atom | None:
    if _is_doubtful(m["xm"]) and m["xm"].islower():
        return None
    if _is_counted(m, "x"):
        return Atom(m.start("xm"), m.end(), "month", None, _month(m["xm"]))
    return _days(m, "x", None)


def _days(m: Match, name: str, year: int | None) -> Atom:
    last, month = int(m[name + "d"]), _month(m[name + "m"])
    if m[name + "0"] is None:
        return Atom(m.start(), m.end(), "day", year, month, last)
    several = m[name + "s"].lower() in ("and", "&")
    return Atom(m.start(), m.end(), "day", year, month, int(m[name + "0"]), last, several=several)


def _quarter(m: Match) -> Atom | None:
    first = int(m["q1"] or load("dates")["ordinals"][m["qo"].lower()])
    if first not in range(1, 5) and m["qy"] is None:
        return None  # a question's number
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
    if re.match(r"\d\d\s?[/-]", years) and not (last == first + 1 and (word or _is_years(m))):
        return None
    if last == first + 1:
        academic = word in load("dates")["words"]["academic"]
        return Atom(m.start(), m.end(), "academic" if academic else "financial", first, year2=last)
    month = last % 100
    whole = _is_whole(m.string, m.start(), m.end())
    if last <= first and ("-" in years or whole) and 1 <= month <= 12:
        return Atom(m.start(), m.end(), "month", first, month)
    # "2018/17" is no span of years; within other words it may be a number of anything.
    if last > first or whole:
        return Atom(m.start(), m.end(), "years", first, year2=last)
    return None


def _one_financial(m: Match) -> Atom:
    """A financial year of one number ("FY 2015") begins or ends in it: it has no reading."""
    year = int(m["fi1y"])
    # Its end lies in the year that is printed, whichever month that is.
    return Atom(m.start(), m.end(), "year" if "end" in m[0].lower() else "financial", year)


def _two_months(m: Match) -> Atom:
    """Two months of two years: "Dec/Jan 2014/15"."""
    year, year2 = _two_years(m["ty"])
    first, last = _month(m["t1"]), _month(m["t2"])
    return Atom(m.start(), m.end(), "month", year, first, until=last, year2=year2)


def _month_of_two_years(m: Match) -> Atom:
    year, year2 = _two_years(m["fmy"])
    return Atom(m.start(), m.end(), "month", year, _month(m["fm"]), year2=year2)


def _is_years(m: Match) -> bool:
    """Two digits and two digits are years where they are all, or go on from such ("2014/15 to")."""
    before = re.search(r"\d\s?[/-]\s?\d\d\s*(?:-|to|until)\s*$", m.string[: m.start()])
    return before is not None or _is_whole(m.string, m.start(), m.end())


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
    return Atom(
        m.start(), m.end(), "month", _full_year(m["my"] or m["mz"] or m["ml"]), _month(m["mm"])
    )


def _numeric_month(m: Match) -> Atom | None:
    if _clause().search(m.string, 0, m.start()):
        return None
    return Atom(m.start(), m.end(), "month", int(m["oy"]), int(m["om"]))


def _short_month(m: Match) -> Atom | None:
    """A month and two digits as the whole text, where the digits are no month ("05/19")."""
    if not (_is_whole(m.string, m.start(), m.end()) or _SPAN.fullmatch(m.string)):
        return None
    return Atom(m.start(), m.end(), "month", 2000 + int(m["zy"] or m["za"]), int(m["zm"]))


def _year_month(m: Match) -> Atom:
    if _is_doubtful(m["ym"]) and not _is_whole(m.string, m.start(), m.end()):
        # "in 2014 may have been": a verb.
        return Atom(m.start(), m.end("yy"), "year", int(m["yy"]))
    return Atom(m.start(), m.end(), "month", int(m["yy"]), _month(m["ym"]))


def _month_day(m: Match) -> Atom | None:
    if _is_doubtful(m["um"]) and m["um"].islower():
        return None
    return Atom(m.start(), m.end(), "day", None, _month(m["um"]), int(m["ud"]))


def _is_doubtful(word: str) -> bool:
    return word.lower() in load("dates")["words"]["doubtful"]


@cache
def _leads() -> re.Pattern[str]:
    """Nothing but words that stand before a date."""
    words = load("dates")["words"]
    vague = ["the", "start", "beginning", "middle", "mid", *words["end"]]
    return re.compile(
        rf"\W*(?:{any_phrase(words['before'] + vague)}(?![a-z])[\s:-]*)*", re.IGNORECASE
    )


def _stands_alone(m: Match) -> bool:
    """A word without a year is a date: beside a preposition or a dash, or the whole text."""
    head, tail = m.string[: m.start()], m.string[m.end() :]
    if not (re.search(r"\w", head) or re.search(r"\w", tail)):
        return True
    if not re.search(r"\w", tail) and _leads().fullmatch(head):
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
    "oth": _other_words,
    "wor": _ordinal_day,
    "fi1": _one_financial,
    "two": _two_months,
    "mfy": _month_of_two_years,
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
    "nmz": _short_month,
    "mix": _mixed,
    "bad": _no_year,
    "ymo": _year_month,
    "haf": _half,
    "hao": _half,
    "dmo": _day_month,
    "mdo": _month_day,
    "mon0": _bare_month,
    "sea0": _bare_season,
    "yr": _bare_year,
}
