"""The written forms of dates: one regular expression, each form a named group of it."""

from __future__ import annotations

import re
from functools import cache

from actionplan.normalise.phrases import any_phrase
from actionplan.normalise.vocabulary import load

# Quotes, dashes and blanks that word processors put in; one character for one character, so that
# offsets hold.
PLAIN = str.maketrans(
    {
        **dict.fromkeys("’‘‛`´ʼ′", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f\t\n\r", " "),
    }
)


@cache
def _pieces() -> dict[str, str]:
    """Regular expressions that several forms share."""
    words = load("dates")
    after = any_phrase(words["words"]["after"])
    month = any_phrase(words["months"]) + r"(?![a-z])"
    ordinal = r"(?:\s?(?:st|nd|rd|th|rst|h|t)(?:(?![a-z])|(?=of\s)|(?=" + month + r"))[.)]?)"
    years = r"(?:(?:19|20)\d\d|(?<!\d)\d\d)\s?[/-]\s?(?:20)?\d\d(?!\d)"
    financial = any_phrase(words["words"]["financial"] + words["words"]["academic"])
    year4 = r"(?:19|20)\d\d(?!\d)"
    return {
        "month": month,
        "season": any_phrase(words["seasons"])
        + r"(?![a-z])(?:\s+(?:half[\s-]*)?term(?:time)?(?![a-z]))?",
        "financial": financial,
        "ordinal": ordinal,
        "ordinal_word": any_phrase(words["ordinals"]),
        "quarter": r"q(?:uarters?|trs?|s)?\.?\s?",
        "years": years,
        "year_slash": r"(?:(?:19|20)\d\d[/-]|\d\d/)\d\d(?![\d/-]|\s+[a-z]{3})",
        "one_year": any_phrase(
            word
            for word in words["words"]["financial"] + words["words"]["academic"]
            if word != "year"
        )
        + r"|year[\s-]+end(?:ing)?",
        "year4": year4,
        # Two digits are a year only where nothing makes them a day, a time or a quantity.
        "year2": r"\d\d(?![\d%a-z]|\s(?:st|nd|rd|th)(?![a-z])|[:.,]\d"
        rf"|\s+(?!{after}(?![a-z]))(?-i:[a-z])|(?<=-\d\d)\s*{month}|\s\d\d(?![\d./:)]))",
        # Behind a loose mark ("Nov, 16", "Jul – 16", "Dec (18)") only where nothing follows.
        "year2_last": r"(?:\s*[,-]\s*[0-4]\d|\s*\('?[0-4]\d\))"
        rf"(?=\s*(?:$|[;)\]]|\.(?!\d)|{after}(?![a-z])))",
        "of_year": r"(?:[\s,(-]*(?:of\s+)?(?:the\s+)?"
        rf"(?:{financial}\s*)?(?P<NAME>{years}|{year4}|'\d\d)\)?)?",
    }


def _days_then_month(name: str) -> str:
    """A day or two, with or without ordinals, and a month; groups NAME0, NAMEs, NAMEd, NAMEm."""
    p = _pieces()
    return (
        rf"(?:(?P<{name}0>\d{{1,2}}){p['ordinal']}?\s*(?P<{name}s>-|to|/|and|&)\s*(?:the\s+)?)?"
        rf"(?P<{name}d>\d{{1,2}}){p['ordinal']}?(?:\s+day)?(?:\s+of|(?<=[a-z])of)?"
        # "Action 3 – March 2014" has no day: a dash between blanks needs its like behind the month.
        rf"(?:\s?[-/]|[-/]\s?|\s+[-/]\s+(?={p['month']}\s*[-/])|\.(?!\s)|(?<=[a-z]),\s*|\s*)(?P<{name}m>{p['month']})"
    )


def _year_behind_month(name: str) -> str:
    """A year as it may follow a month; groups NAMEy (four digits, or '14), NAMEz and NAMEl (14)."""
    p = _pieces()
    return (
        rf"\.?(?:(?:\s*[-/,._(]{{1,2}}\s*|\s+of\s+|\s*)(?P<{name}y>'?{p['year4']}"
        r"|['\"“”]\s?\d\d(?!\d))"
        rf"|(?:[-/._]|\s+|(?<=[a-z]))(?P<{name}z>{p['year2']})|(?P<{name}l>{p['year2_last']}))"
    )


def _digit_forms() -> tuple[str, ...]:
    p = _pieces()
    return (
        r"(?P<iso>(?P<iy>(?:19|20)\d\d)(?P<is>[./-])(?P<im>\d\d?)(?P=is)(?P<id>\d\d?)(?!\d))",
        rf"(?P<cad>{p['year4']}[\s,-]+{p['month']}[\s,-]+\d{{1,2}}(?!\d){p['ordinal']}?)",
        r"(?P<num>(?P<nd>\d{1,2})(?:st|nd|rd|th)?\s?(?P<ns>[./-])(?P=ns)?\s?(?P<nm>\d{1,2})\s?(?P=ns){1,2}\s?"
        r"(?P<ny>\d{4}|\d\d)(?![./]?\d|-\d+(?![\d./])))",
        rf"(?P<dmy>{_days_then_month('w')}{_year_behind_month('w')})",
        rf"(?P<quo>(?P<qd>[1-4]){p['ordinal']}\s+(?:quarter|qtr)"
        rf"{p['of_year'].replace('NAME', 'qdy')})",
        rf"(?P<qur>(?P<ry>{p['years']}|{p['year4']})[\s,:(-]*{p['quarter']}(?P<rq>[1-4])(?!\d)\)?)",
        rf"(?P<mix>(?P<xd1>\d{{1,2}})(?:\s?[./,\\-]{{1,2}}\s?|(?<=\d\d)\s(?=\d\d\s))(?P<xm1>\d{{1,2}})"
        rf"(?:\s?[./,\\-]{{1,2}}\s?|\s)(?P<xy1>{p['year4']}))",
        rf"(?P<nmy>(?P<om>0?[1-9]|1[0-2])[/.-](?P<oy>{p['year4']})(?![./-]\d))",
        r"(?P<nmz>(?P<zm>0?[1-9]|1[0-2])(?:(?:/|(?<=\d\d)[.-])(?P<zy>1[3-9]|2\d)|[/.-]?\s?'(?P<za>\d\d))"
        rf"(?![\d/.,]|-\d{{2,}}\b(?!/)|\s+(?:{p['financial']})(?![a-z])))",
        r"(?P<bad>\d{1,2}(?P<bs>[./-])\d{1,2}(?P=bs)(?:\d{3}|\d{5})(?!\d))",
        rf"(?P<ymo>(?P<yy>{p['year4']})[\s,(-]*(?P<ym>{p['month']})(?!\.?\s*['\d]))",
        rf"(?P<hao>(?P<hd>1st|2nd)\s+half{p['of_year'].replace('NAME', 'hdy')})",
        rf"(?P<fin>(?P<fy>{p['years']})(?!/\d|-\d{{1,3}}(?!\d))(?:\s+(?P<fx>{p['financial']}))?)",
        rf"(?P<dmo>{_days_then_month('x')})",
        rf"(?P<oth>\d{{1,2}}{p['ordinal']}?\s+(?P<ow>[a-zâêîôûŵŷ]{{3,10}}),?\s+{p['year4']})",
        rf"(?P<yr>{p['year4']})(?!\s?[/%-]\s?\d|,\d\d\d|\.\d)",
    )


def _letter_forms() -> tuple[str, ...]:
    p = _pieces()
    return (
        rf"(?P<cal>{p['month']}(?:[.,]?\s+|[./-])(?:the\s+)?\d{{1,2}}{p['ordinal']}?"
        rf"(?:\s*,\s*|\s+(?:of\s+)?|[./-])(?:{p['year4']}|'\d\d(?!\d)))",
        rf"(?P<haf>(?P<ho>first|second|latter)\s+half{p['of_year'].replace('NAME', 'hy')})",
        rf"(?P<wor>(?P<vo>{any_phrase(load('dates')['days'])})(?:\s+day)?(?P<vf>\s+of)?\s+(?:the\s+)?"
        rf"(?P<vm>{p['month']})[\s,]+(?P<vy>{p['year4']}))",
        rf"(?P<qua>(?:{p['quarter']}(?P<q1>[0-9])(?!\d)(?:\s*(?:/|-|to|and|&|,)\s*"
        rf"(?:{p['quarter']})?(?P<q2>[1-4])(?!\d))?|(?P<qo>{p['ordinal_word']})\s+(?:quarter|qtr))"
        rf"{p['of_year'].replace('NAME', 'qy')})",
        rf"(?P<fiw>(?P<gw>{p['financial']})\s*(?P<gy>{p['years']})(?![/-]\d))",
        rf"(?P<fi1>(?:{p['one_year']})\s*(?:(?:end|ending)\s+)?(?P<fi1y>{p['year4']})(?![/-]\d))",
        rf"(?P<two>(?P<t1>{p['month']})\.?\s*(?:/|-|to)\s*(?P<t2>{p['month']})\.?\s*"
        rf"(?P<ty>{p['year_slash']}))",
        rf"(?P<mfy>(?P<fm>{p['month']})\.?[\s,]+(?P<fmy>{p['year_slash']}))",
        rf"(?P<sea>(?P<s1>{p['season']})(?:\s*(?:/|-|or|to|and|&)\s*(?P<s2>{p['season']}))?"
        rf"(?:\s+of)?,?\s*(?P<sy>{p['years']}|{p['year4']}|'\s?\d\d(?!\d)|{p['year2']}))",
        rf"(?P<mon>(?P<mm>{p['month']})(?:\s+half[\s-]*term)?{_year_behind_month('m')})",
        rf"(?P<mdo>(?P<um>{p['month']})\.?\s+(?P<ud>\d{{1,2}})(?!\d){p['ordinal']}?)",
        rf"(?P<mon0>{p['month']})",
        rf"(?P<sea0>{p['season']})",
    )


@cache
def expression() -> re.Pattern[str]:
    """Return the expression for all forms; the last group that matched names the form."""
    # The forms are parted by their first character, so that most positions fail at once.
    return re.compile(
        # A word may be stuck to what comes before it ("End ofJune 2013").
        r"(?:(?<![\w£$€#'])|(?-i:(?<=[a-z])(?=[A-Z])))"
        r"(?:(?=\d)(?<![/])(?<!\d\.)(?:"
        + "|".join(_digit_forms())
        + r")|(?=[a-z])(?:"
        + "|".join(_letter_forms())
        + "))",
        re.IGNORECASE,
    )
