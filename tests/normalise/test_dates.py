"""Dates as printed: every form of docs/dates.md, and what must never be made up."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionplan.normalise import dates, dates_grammar
from actionplan.normalise.dates import date_problem, find_dates, parse_date
from actionplan.normalise.dates_mend import mend

EDTF = [
    # days
    ("28 February 2020", "2020-02-28"),
    ("28th Feb 2014", "2014-02-28"),
    ("by 28th Feb 2014", "2014-02-28"),
    ("1 st July 2014", "2014-07-01"),
    ("30th. June 2014", "2014-06-30"),
    ("31st March, 2014", "2014-03-31"),
    ("the 3rd of March 2014", "2014-03-03"),
    ("Monday 3rd March 2014", "2014-03-03"),
    ("Fri 9 Jan 2015", "2015-01-09"),
    ("28Feb2014", "2014-02-28"),
    ("3-Mar-15", "2015-03-03"),
    ("3 March '15", "2015-03-03"),
    ("as of 3rd Feb 2014", "2014-02-03"),
    ("w/c 3 March 2014", "2014-03-03/2014-03-09"),
    ("week commencing 3 March 2014", "2014-03-03/2014-03-09"),
    ("Email dated 15/11/2016 from the lead", "2016-11-15"),
    ("w/e 07.03.14", "2014-03-01/2014-03-07"),
    ("w/c 3 March - w/c 17 March 2014", "2014-03-03/2014-03-23"),
    ("31 st March 2014", "2014-03-31"),
    ("28th, February 2015", "2015-02-28"),
    ("14h May 2015", "2015-05-14"),
    ("3rd October, 14", "2014-10-03"),
    ("Ist April 2014", "2014-04-01"),
    ("2lst June 2014", "2014-06-21"),
    ("the first of March 2015", "2015-03-01"),
    ("twenty-first March 2014", "2014-03-21"),
    ("First March 2015", "2015-03"),
    # numbers only: day first
    ("30.06.14", "2014-06-30"),
    ("1/4/2014.", "2014-04-01"),
    ("2014/07/31", "2014-07-31"),
    ("30/06//2017", "2017-06-30"),
    ("31.03/2014", "2014-03-31"),
    ("31 03 2014", "2014-03-31"),
    ("15/O3/2014", "2014-03-15"),
    ("31/03/2023", "2023-03-31"),
    ("1/04/2019", "2019-04-01"),
    ("04/03/2020", "2020-03-04"),
    ("17.10.18", "2018-10-17"),
    ("31.3.14", "2014-03-31"),
    ("12-03-15", "2015-03-12"),
    ("14/09/20", "2020-09-14"),
    ("By 31/12/2016", "2016-12-31"),
    ("in use -20/01/2020", "2020-01-20"),
    ("2014-03-01", "2014-03-01"),
    # written out in another order
    ("March 3rd, 2014", "2014-03-03"),
    ("December 5 2018", "2018-12-05"),
    ("2018, December 5", "2018-12-05"),
    ("May the 5th, 2015", "2015-05-05"),
    ("Sept-13-2019", "2019-09-13"),
    ("May 5th, ’21", "2021-05-05"),
    # in Welsh
    ("3 Mawrth 2014", "2014-03-03"),
    ("12 Rhagfyr 2019", "2019-12-12"),
    # months
    ("July 2014", "2014-07"),
    ("September  2013", "2013-09"),
    ("Jan 2016", "2016-01"),
    ("Sept. 2014", "2014-09"),
    ("Sept 24", "2024-09"),
    ("Dec 14", "2014-12"),
    ("October 25", "2025-10"),
    ("Mar-15", "2015-03"),
    ("June24", "2024-06"),
    ("March '25", "2025-03"),
    ("March ’25", "2025-03"),
    ("March ‘25", "2025-03"),
    ("March of 2025", "2025-03"),
    ("03/2015", "2015-03"),
    ("2014-07", "2014-07"),
    ("march 2014", "2014-03"),
    ("MAY 2014", "2014-05"),
    ("may 12", "2012-05"),
    ("now installed,  ( May 2013 )", "2013-05"),
    ("Commenced Oct 24", "2024-10"),
    ("September 2020 - ongoing", "2020-09"),
    ("March 2025 / Ongoing Elements", "2025-03"),
    ("05/19", "2019-05"),
    ("06.2015", "2015-06"),
    ("2018 June", "2018-06"),
    ("Nov, 16", "2016-11"),
    ("Dec (18)", "2018-12"),
    ("Jul – 16", "2016-07"),
    ("Mar “15”", "2015-03"),
    ("March ’2015", "2015-03"),
    ("end ofJune 2013", "2013-06-30"),
    ("October half term 2015", "2015-10"),
    ("In 2014 may have been first seen", "2014"),
    ("OTC 2014", "2014"),
    # slips that leave no doubt
    ("Septmber 2014", "2014-09"),
    ("Sepetmber 2013", "2013-09"),
    ("Febuary 2015", "2015-02"),
    ("Feburary ’15", "2015-02"),
    ("3rd Agust 2012", "2012-08-03"),
    ("Apirl 2014", "2014-04"),
    ("Spet 2014", "2014-09"),
    ("Octo ber 2020", "2020-10"),
    ("Decem- ber 2015", "2015-12"),
    ("March 20l4", "2014-03"),
    ("March 20 14", "2014-03"),
    # a number that belongs to the word before it
    ("Action 3 – March 2014", "2014-03"),
    ("Phase 2 March 2014", "2014-03"),
    # vague words leave the month as it is
    ("early March 2014", "2014-03"),
    ("mid-March 2014", "2014-03"),
    ("late March 2014", "2014-03"),
    ("start of June ’24", "2024-06"),
    ("early 2014", "2014"),
    # the end of something is its last day
    ("end of March 2015", "2015-03-31"),
    ("by the end of February 2016", "2016-02-29"),
    ("by end March 2014", "2014-03-31"),
    ("end Sept '14", "2014-09-30"),
    ("end of 2014", "2014-12-31"),
    ("end of 2014/15", "2015-03-31"),
    ("by the end of Q4 2014/15", "2015-03-31"),
    ("end of summer 2014", "2014-08-31"),
    ("last day of March 2015", "2015-03-31"),
    ("end of calendar year 2015", "2015-12-31"),
    ("end Q4 22/23", "2023-03-31"),
    ("end of FY 22-23", "2023-03-31"),
    ("year end March 2015", "2015-03-31"),
    ("year end 2015", "2015"),
    # seasons
    ("Spring 2013", "2013-21"),
    ("Summer 2013", "2013-22"),
    ("Autumn 2013", "2013-23"),
    ("Winter 2013", "2013-24"),
    ("autumn term 2013", "2013-23"),
    ("Autumn '13", "2013-23"),
    ("Winter 2014/15", "2014-24"),
    ("Spring/Summer 2015", "2015-03/2015-08"),
    # quarters and financial years
    ("Q3 2017/18", "2017-10/2017-12"),
    ("Q4 23/24", "2024-01/2024-03"),
    ("Quarter 1 2017-18", "2017-04/2017-06"),
    ("2017/18 Q3", "2017-10/2017-12"),
    ("third quarter of 2017/18", "2017-10/2017-12"),
    ("2nd quarter 2017/18", "2017-07/2017-09"),
    ("Q1-Q2 2017/18", "2017-04/2017-09"),
    ("Q2 FY 2017/18", "2017-07/2017-09"),
    ("Q1 2015", "2015-01/2015-03"),
    ("2024/25", "2024-04/2025-03"),
    ("24/25", "2024-04/2025-03"),
    ("FY 24/25", "2024-04/2025-03"),
    ("financial year 2024/25", "2024-04/2025-03"),
    ("By 2028/29", "2028-04/2029-03"),
    ("academic year 2014/15", "2014-09/2015-08"),
    ("Quarters 2 and 3 2015/16", "2015-07/2015-12"),
    ("first half of 2015/16", "2015-04/2015-09"),
    ("second half of 2015", "2015-07/2015-12"),
    ("2014/15-2016/17", "2014-04/2017-03"),
    ("Q2 (July - Sept 2014)", "2014-07/2014-09"),
    ("By end of Q2 (30 September 2014)", "2014-09-30"),
    ("July to Sept 2014 (Q2)", "2014-07/2014-09"),
    # years
    ("2025", "2025"),
    ("By 2028", "2028"),
    ("commenced 2024", "2024"),
    ("By 2026-28", "2026/2028"),
    ("2014-2016", "2014/2016"),
    ("2024 to 2026 commissioned activity", "2024/2026"),
    # ranges
    ("June 24- Nov 24", "2024-06/2024-11"),
    ("April to June 2015", "2015-04/2015-06"),
    ("between March and June 2014", "2014-03/2014-06"),
    ("Sept/Oct 2014", "2014-09/2014-10"),
    ("3-5 March 2014", "2014-03-03/2014-03-05"),
    ("3rd to 5th March 2014", "2014-03-03/2014-03-05"),
    ("28 Feb - 3 March 2014", "2014-02-28/2014-03-03"),
    ("1 April 2014 to 31 March 2015", "2014-04-01/2015-03-31"),
    ("Dec/Jan 2014/15", "2014-12/2015-01"),
    ("Jan. – Mar. 2016", "2016-01/2016-03"),
    ("April/May/June 2016", "2016-04/2016-06"),
    ("April 2014 through to March 2015", "2014-04/2015-03"),
    ("01/04/2014–30/09/2014", "2014-04-01/2014-09-30"),
    # one date twice is one date; a year in a title is none
    ("June 2014 (June 2014)", "2014-06"),
    ("Care Act 2014, July 2015", "2015-07"),
]

NO_DATE = [
    ("", None),
    ("TBC", None),
    ("Ongoing", None),
    ("1st July", "year-missing"),
    ("11 November", "year-missing"),
    ("by May", "year-missing"),
    ("in use since April", "year-missing"),
    ("March 5", "year-missing"),
    ("Q3", "year-missing"),
    ("in autumn", "year-missing"),
    ("Autumn", "year-missing"),
    ("Nov - Jan 2015", "year-missing"),
    ("Dec/Jan 2015", "year-missing"),
    ("by summer", "year-missing"),
    ("early autumn", "year-missing"),
    ("3rd Septmber", "year-missing"),
    ("31 September", "impossible"),
    ("31/03/201", "impossible"),
    ("Q5 2014/15", "impossible"),
    ("2018/17", "impossible"),
    ("31 September 2020", "impossible"),
    ("29 Feb 2015", "impossible"),
    ("12/31/2014", "impossible"),
    ("February 30th, 2014", "impossible"),
    ("00/03/2014", "impossible"),
    ("April and October 2015", "several"),
    ("3rd and 5th March 2014", "several"),
    ("1. 28 February 2020 2. 31 October 2020", "several"),
    ("Autumn/Winter 2014", "unclear"),
    ("Spring 2014/15", "unclear"),
    ("end of winter 2014", "unclear"),
    ("by end of autumn term 2015", "unclear"),
    ("FY 2016", "unclear"),
    ("March 2014/15", "unclear"),
    ("06-09/2014", "unclear"),
    ("Augusta 1412", None),
    ("12 staff of 20", None),
    ("May need a review", None),
    ("it may 12 times a year", None),
    ("staff march on", None),
    ("in March 20 staff were trained", "year-missing"),
    ("point 4.13.1 in respect of data", None),
    ("clause 4.12.10 of the contract", None),
    ("case 2015/11721", None),
    ("£2014", None),
    ("24 hours a day", None),
    ("every 3 years", None),
    ("2 cohorts annually", None),
    ("1-3 complete", None),
]

INTERVALS = [
    ("Autumn 2013", "2013-09-01", "2013-11-30"),
    ("Winter 2014", "2014-12-01", "2015-02-28"),
    ("February 2016", "2016-02-01", "2016-02-29"),
    ("2024/25", "2024-04-01", "2025-03-31"),
    ("2026-28", "2026-01-01", "2028-12-31"),
    ("Q4 23/24", "2024-01-01", "2024-03-31"),
    ("3-5 March 2014", "2014-03-03", "2014-03-05"),
]


@pytest.mark.parametrize(("text", "edtf"), EDTF)
def test_the_date_a_text_gives(text: str, edtf: str) -> None:
    assert parse_date(text).edtf == edtf
    assert date_problem(text) is None


@pytest.mark.parametrize(("text", "problem"), NO_DATE)
def test_no_date_is_made_up(text: str, problem: str | None) -> None:
    parsed = parse_date(text)
    assert (parsed.edtf, parsed.start, parsed.end) == (None, None, None)
    assert date_problem(text) == problem


PAGE = Path(__file__).parents[2] / "docs" / "dates.md"
ROWS = re.findall(r"^\| (.+?) \| (\d[\d/-]*|null) \|(?: (\S+) \|)?$", PAGE.read_text("utf-8"), re.M)


def test_the_page_on_dates_has_its_tables() -> None:
    assert len(ROWS) >= 50


@pytest.mark.parametrize(("text", "edtf", "why"), ROWS, ids=[row[0] for row in ROWS])
def test_the_page_on_dates_is_true(text: str, edtf: str, why: str) -> None:
    assert (parse_date(text).edtf or "null") == edtf
    assert not why or date_problem(text) == why


@pytest.mark.parametrize(("text", "start", "end"), INTERVALS)
def test_first_and_last_day(text: str, start: str, end: str) -> None:
    parsed = parse_date(text)
    assert (parsed.start, parsed.end) == (start, end)


def test_what_dateparser_adds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it no date with its month in front, and none in Welsh, is read to the day."""
    found = [parse_date(text).edtf for text in WITH_DATEPARSER]
    assert found == ["2014-03-03", "2018-12-05", "2014-03-03"]
    monkeypatch.setattr(dates_grammar, "calendar_date", lambda printed: None)
    dates._items.cache_clear()
    without = [parse_date(text).edtf for text in WITH_DATEPARSER]
    dates._items.cache_clear()
    assert without == [None, None, "2014"]


WITH_DATEPARSER = ["March the 3rd, 2014", "2018, December 5", "3 Mawrth 2014"]


@given(st.text(alphabet="Septmbr Octob2014lI/-.'", max_size=24))
def test_mending_moves_no_character(text: str) -> None:
    assert len(mend(text)) == len(text)


def test_the_text_is_kept_as_printed() -> None:
    assert parse_date("  By end of March ’15 ").text == "By end of March ’15"


def test_a_result_is_not_shared() -> None:
    parse_date("July 2014").edtf = "changed"
    assert parse_date("July 2014").edtf == "2014-07"


def test_dates_are_found_with_their_places() -> None:
    text = "Policy by end of March 2014; training 12/05/15, audit in June"
    found = find_dates(text)
    assert [text[one.start : one.end] for one in found] == [
        "end of March 2014",
        "12/05/15",
        "June",
    ]
    assert [one.date.edtf for one in found] == ["2014-03-31", "2015-05-12", None]
    assert [one.problem for one in found] == [None, None, "year-missing"]
    assert [one.unit for one in found] == ["month", "day", "month"]


def test_stacked_dates_are_found_one_by_one() -> None:
    found = find_dates("March 2013 April 2013 December 2013 11 November")
    assert [one.date.edtf for one in found] == ["2013-03", "2013-04", "2013-12", None]


MONTHS = ["January", "Feb", "march", "Sept", "December"]
PIECES = st.sampled_from(
    [
        *MONTHS,
        *("1", "3rd", "31", "31st", "12", "00", "2014", "14", "’14", "2014/15", "13/14", "1999"),
        *("Q3", "quarter", "spring", "Winter", "term", "end of", "by", "mid-", "-", "–", "/", "."),
        *("to", "and", "between", "12/03/15", "4.13.1", "2014-03-01", "ongoing", "(", ")", "FY"),
    ]
)


@settings(deadline=None)  # the first call builds the expressions
@given(st.lists(PIECES, max_size=7), st.sampled_from(["", " ", "  "]))
def test_every_year_is_justified_by_the_text(pieces: list[str], gap: str) -> None:
    text = gap.join(pieces)
    printed = {digits[-2:] for digits in re.findall(r"\d\d+", text)}
    for one in find_dates(text):
        for year in re.findall(r"\b\d{4}", one.date.edtf or ""):
            assert year[-2:] in printed, (text, one.date)


@settings(deadline=None)  # the first call builds the expressions
@given(st.lists(PIECES, max_size=7), st.sampled_from(["", " "]))
def test_an_interval_is_in_order_and_has_both_ends(pieces: list[str], gap: str) -> None:
    text = gap.join(pieces)
    ends = 0
    for one in find_dates(text):
        assert one.start >= ends
        ends = one.end
        assert (one.date.edtf is None) == (one.date.start is None) == (one.date.end is None)
        assert (one.date.edtf is None) == (one.problem is not None)
        if one.date.start and one.date.end:
            assert date.fromisoformat(one.date.start) <= date.fromisoformat(one.date.end)


@settings(deadline=None)  # the first call builds the expressions
@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    assert parse_date(text).text == text.strip()


@settings(deadline=None)  # the first call builds the expressions
@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)))
def test_days_come_back_from_every_way_of_writing(day: date) -> None:
    iso = day.isoformat()
    for form in ("%d/%m/%Y", "%d.%m.%y", "%d-%m-%Y", "%d %B %Y", "%d %b '%y", "%B %d, %Y"):
        assert parse_date(day.strftime(form)).edtf == iso
