"""Target date cells."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionplan.normalise.interpret import interpret
from actionplan.normalise.targets import merge_targets, read_target
from actionplan.schemas.plan import Recommendation
from actionplan.schemas.tables import Cell
from tests.normalise.cells import make_cell, wrap
from tests.normalise.tables import cell as table_cell
from tests.normalise.tables import document, row, table

CHARS = 22

# text, kind, edtf, ongoing, codes of its issues
READINGS: list[tuple[str, str, str | None, bool, list[str]]] = [
    # dates
    ("July 2014", "date", "2014-07", False, []),
    ("Autumn 2013", "date", "2013-23", False, []),
    ("By end of Q4 2014/15", "date", "2015-03-31", False, []),
    ("Completed June 2014", "date", "2014-06", False, []),
    ("Completed - June 2020.", "date", "2020-06", False, []),
    ("Complete 04/03/2020", "date", "2020-03-04", False, []),
    ("Commenced Oct 24", "date", "2024-10", False, []),
    ("commenced 2024", "date", "2024", False, []),
    ("Due to be implemented by 28th Feb 2014", "date", "2014-02-28", False, []),
    ("June 24- Nov 24", "date", "2024-06/2024-11", False, []),
    ("2024 to 2026 commissioned activity", "date", "2024/2026", False, []),
    ("Q3 2017/18", "date", "2017-10/2017-12", False, []),
    # a date and more: the date is the target
    ("1st April 2013 and ongoing", "date", "2013-04-01", True, []),
    ("September 2020 - ongoing", "date", "2020-09", True, []),
    ("March 2025 / Ongoing Elements", "date", "2025-03", True, []),
    ("From 1 April 2014 onwards", "date", "2014-04-01", True, []),
    ("June 2014 and annually thereafter", "date", "2014-06", False, []),
    ("March 2015 subject to funding", "date", "2015-03", False, []),
    ("By 31 March 2015 following approval by the Board", "date", "2015-03-31", False, []),
    ("Training dates booked from September 2014", "date", "2014-09", False, []),
    ("Policy to be reviewed by the Board in March 2015", "date", "2015-03", False, []),
    # a date, but no day can be had
    ("1st July and ongoing", "date", None, True, ["date-unclear"]),
    ("11 November", "date", None, False, ["date-unclear"]),
    ("31 September 2020", "date", None, False, ["date-impossible"]),
    ("Autumn/Winter 2014", "date", None, False, ["date-unclear"]),
    ("March 2013 April 2013 December 2013", "date", None, False, []),
    ("1. 28 February 2020 2. 31 October 2020", "date", None, False, []),
    ("June 2014 June 2014", "date", "2014-06", False, []),
    # kinds
    ("Ongoing", "ongoing", None, True, []),
    ("On-going", "ongoing", None, True, []),
    ("On going", "ongoing", None, True, []),
    ("Implemented and ongoing.", "ongoing", None, True, []),
    ("Completed /Ongoing", "ongoing", None, True, []),
    ("Continuous", "ongoing", None, True, []),
    ("Ongoing through case supervision", "ongoing", None, True, []),
    ("Ongoing – reviewed quarterly", "ongoing", None, True, []),
    ("Immediate", "immediate", None, False, []),
    ("With immediate effect", "immediate", None, False, []),
    ("As soon as possible", "immediate", None, False, []),
    ("ASAP", "immediate", None, False, []),
    ("Immediate and ongoing", "immediate", None, True, []),
    ("TBC", "tbc", None, False, []),
    ("Date to be confirmed", "tbc", None, False, []),
    ("To be agreed", "tbc", None, False, []),
    ("Quarterly", "recurring", None, False, []),
    ("Quarterly basis", "recurring", None, False, []),
    ("every 3 years, with annual updates", "recurring", None, False, []),
    ("occurs every two months", "recurring", None, False, []),
    ("2 cohorts annually", "recurring", None, False, []),
    ("3 monthly and 6 monthly", "recurring", None, False, []),
    ("Within 6 months", "relative", None, False, []),
    ("within three months", "relative", None, False, []),
    ("6 months", "relative", None, False, []),
    ("Six (6) months", "relative", None, False, []),
    ("over the next 6 months", "relative", None, False, []),
    ("over coming months", "relative", None, False, []),
    ("By the next meeting", "relative", None, False, []),
    ("within 6 months of the report being accepted", "relative", None, False, []),
    ("Subject to funding", "conditional", None, False, []),
    ("Depends on the budget", "conditional", None, False, []),
    ("Contingent upon a grant", "conditional", None, False, []),
    ("On receipt of the report", "conditional", None, False, []),
    ("On completion", "conditional", None, False, []),
    ("With publication", "conditional", None, False, []),
    ("Following publication", "conditional", None, False, []),
    ("Once the policy is agreed", "conditional", None, False, []),
    ("Over the coming year", "relative", None, False, []),
    ("next financial year", "relative", None, False, []),
    ("This quarter", "relative", None, False, []),
    ("before the next inspection", "relative", None, False, []),
    ("Within 48 hrs", "relative", None, False, []),
    ("within 3 working days", "relative", None, False, []),
    ("within a fortnight", "relative", None, False, []),
    ("6 mths", "relative", None, False, []),
    ("Month 6", "relative", None, False, []),
    ("half term", "relative", None, False, []),
    ("Year end", "relative", None, False, []),
    ("Two cohorts a year", "recurring", None, False, []),
    ("each January", "recurring", None, False, []),
    ("1st April each year", "recurring", None, False, []),
    ("Annually in March", "recurring", None, False, []),
    ("every other month", "recurring", None, False, []),
    ("At each supervision", "recurring", None, False, []),
    ("Quarterly (next due March 2015)", "date", "2015-03", False, []),
    ("When the new case system goes live", "conditional", None, False, []),
    ("As soon as the contract is let", "conditional", None, False, []),
    ("Should funding be secured", "conditional", None, False, []),
    ("Linked to the roll out of the new IT system", "conditional", None, False, []),
    ("Pending the outcome of the inquest", "conditional", None, False, []),
    ("To be scheduled", "tbc", None, False, []),
    ("T B C", "tbc", None, False, []),
    ("Now", "immediate", None, False, []),
    ("Now completed", "none", None, False, ["misplaced-text"]),
    ("on‑going", "ongoing", None, True, []),
    # misspelt
    ("Onging", "ongoing", None, True, []),
    ("Immediatly", "immediate", None, False, []),
    ("Quaterly", "recurring", None, False, []),
    # a day without month or year
    ("by 31/03", "date", None, False, ["date-unclear"]),
    ("by the 14th", "date", None, False, ["date-unclear"]),
    ("By Christmas", "date", None, False, ["date-unclear"]),
    ("31 November and ongoing", "date", None, True, ["date-impossible"]),
    # no target
    ("n / a", "none", None, False, []),
    ("Not required", "none", None, False, []),
    ("N/A", "none", None, False, []),
    ("Not applicable", "none", None, False, []),
    ("None", "none", None, False, []),
    ("-", "none", None, False, []),
    ("Completed", "none", None, False, ["misplaced-text"]),
    ("Action plan to be updated", "none", None, False, ["misplaced-text"]),
    ("Item in the newsletter", "none", None, False, ["misplaced-text"]),
    (
        "Course for staff re-commissioned in April 2013 for 12 months to Harbour House. "
        "Dates to be released throughout the year.",
        "none",
        None,
        False,
        ["misplaced-text"],
    ),
    (
        "The protocol was signed in May 2014 and the partners now meet to review each case.",
        "none",
        None,
        False,
        ["misplaced-text"],
    ),
    # a key word that opens the cell counts, whatever follows
    (
        "Ongoing. Staff will be trained as part of induction and monitored by the manager",
        "ongoing",
        None,
        True,
        ["misplaced-text"],
    ),
]


@pytest.mark.parametrize(("text", "kind", "edtf", "ongoing", "codes"), READINGS)
def test_readings(text: str, kind: str, edtf: str | None, ongoing: bool, codes: list[str]) -> None:
    reading = read_target(make_cell(*wrap(text, CHARS), chars=CHARS))
    target = reading.target
    assert target.text == text
    assert (target.kind, target.edtf, target.ongoing) == (kind, edtf, ongoing)
    assert [issue.code for issue in reading.issues] == codes


def test_an_empty_cell_has_no_target() -> None:
    reading = read_target(Cell())
    assert (reading.target.text, reading.target.kind, reading.parts) == (None, "none", ())
    assert read_target([]).target.kind == "none"


RELATIVE = [
    ("Within 12 months of April 2014", "2015-04-30"),
    ("6 months after 1 March 2014", "2014-09-01"),
    ("3 months from 30 November 2013", "2014-02-28"),
    ("within 2 weeks of 1 March 2014", "2014-03-15"),
    ("1 year after 29 February 2016", "2017-02-28"),
    ("12 months from sign off (sign off 30 June 2016)", "2017-06-30"),
    ("within 3 months of publication (published 3 March 2015)", "2015-06-03"),
    ("a fortnight after 1 May 2016", "2016-05-15"),
    ("within 3 working days of 1 May 2016", None),
]


@pytest.mark.parametrize(("text", "end"), RELATIVE)
def test_a_relative_day_is_computed_from_a_printed_anchor(text: str, end: str | None) -> None:
    target = read_target(make_cell(*wrap(text, CHARS))).target
    assert (target.kind, target.edtf, target.start, target.end) == ("relative", None, None, end)


REVISED = [
    ("Original: March 2014 Revised: June 2015", "2014-03", "2015-06"),
    ("March 2014 (revised June 2015)", "2014-03", "2015-06"),
    ("March 2014 revised target June 2015", "2014-03", "2015-06"),
    ("March 2014 extended to June 2014", "2014-03", "2014-06"),
    ("March 2014 Now June 2014", "2014-03", "2014-06"),
    ("revised target June 2015", "2015-06", "2015-06"),
    ("March 2014 slipped to June 2014", "2014-03", "2014-06"),
    ("March 2014, extended by 3 months to June 2014", "2014-03", "2014-06"),
    ("March 2014 put back to end of June 2014", "2014-03", "2014-06-30"),
    ("Was March 2014, new date June 2014", "2014-03", "2014-06"),
    ("31/03/14 Revised 30/06/14", "2014-03-31", "2014-06-30"),
    # the date that was replaced may stand last, or both in one span
    ("June 2014 (originally March 2014)", "2014-03", "2014-06"),
    ("June 2014 (was March 2014)", "2014-03", "2014-06"),
    ("End Sept 2014 (changed from July 2014)", "2014-07", "2014-09-30"),
    ("Revised target: 30/06/14 Original target: 31/03/14", "2014-03-31", "2014-06-30"),
    ("Extended from March 2014 to June 2014", "2014-03", "2014-06"),
    ("March 2014 (original) June 2014 (revised)", "2014-03", "2014-06"),
    # revised more than once
    ("Original March 2014 Revised May 2014 Revised again June 2015", "2014-03", "2015-06"),
]


@pytest.mark.parametrize(("text", "first", "second"), REVISED)
def test_a_revised_target(text: str, first: str, second: str) -> None:
    reading = read_target(make_cell(*wrap(text, CHARS)))
    assert reading.target.edtf == first
    assert reading.revised is not None
    assert reading.revised.edtf == second
    assert reading.target.text == text


NOT_REVISED = [
    "Revised policy to the Board by May 2014",
    "Early in the new year (2018)",
    "March 2014 June 2014",
    "New post from May 2014",
]


@pytest.mark.parametrize("text", NOT_REVISED)
def test_no_revised_target(text: str) -> None:
    assert read_target(make_cell(*wrap(text, CHARS))).revised is None


def parts_of(*lines: str) -> list[tuple[str | None, str | None, str | None, str]]:
    reading = read_target(make_cell(*lines, chars=CHARS))
    return [(p.number, p.target.text, p.target.edtf, p.target.kind) for p in reading.parts]


def test_stacked_dates_keep_their_lines() -> None:
    cell = make_cell("March 2013", "", "", "April 2013", "\f", "December 2013", chars=CHARS)
    reading = read_target(cell)
    assert [part.target.edtf for part in reading.parts] == ["2013-03", "2013-04", "2013-12"]
    assert [part.lines for part in reading.parts] == [(line,) for line in cell.lines]
    assert (reading.target.kind, reading.target.edtf) == ("date", None)


def test_stacked_dates_may_wrap() -> None:
    assert parts_of("1. 28 February", "2020", "2. By end of", "March 2020", "3. TBC") == [
        ("1", "28 February 2020", "2020-02-28", "date"),
        ("2", "By end of March 2020", "2020-03-31", "date"),
        ("3", "TBC", None, "tbc"),
    ]


def test_dates_and_key_words_may_be_stacked() -> None:
    assert [part[1:] for part in parts_of("March 2014", "", "Ongoing", "", "by June 2015")] == [
        ("March 2014", "2014-03", "date"),
        ("Ongoing", None, "ongoing"),
        ("by June 2015", "2015-06", "date"),
    ]


def test_what_a_date_is_for_stays_with_it() -> None:
    assert [
        part[1] for part in parts_of("Policy:", "March 2014", "", "Training:", "June 2014")
    ] == [
        "Policy: March 2014",
        "Training: June 2014",
    ]


ONE_PART = [
    ("1st April 2013 and", "ongoing"),
    ("March 2014 (revised", "June 2015)"),
    ("June 2014 -", "November 2014"),
    ("every 3 years, with", "annual updates"),
    ("By 31 March 2015", "following approval"),
]


@pytest.mark.parametrize("lines", ONE_PART)
def test_a_wrapped_target_is_one_part(lines: tuple[str, ...]) -> None:
    assert len(parts_of(*lines)) == 1


MERGED = [
    (["March 2014"], "March 2014", "date", "2014-03", False),
    (["March 2014", ""], "March 2014", "date", "2014-03", False),
    (["March 2014", "March 2014"], "March 2014 March 2014", "date", "2014-03", False),
    (["March 2014", "June 2014"], "March 2014 June 2014", "date", None, False),
    (["March 2014", "Ongoing"], "March 2014 Ongoing", "date", "2014-03", True),
    (["1st July", "June 2014"], "1st July June 2014", "date", None, False),
    (["Ongoing", "TBC"], "Ongoing TBC", "ongoing", None, True),
    (["N/A", "TBC"], "N/A TBC", "tbc", None, False),
    (["", ""], None, "none", None, False),
    ([], None, "none", None, False),
]


@pytest.mark.parametrize(("texts", "text", "kind", "edtf", "ongoing"), MERGED)
def test_targets_of_several_rows(
    texts: list[str], text: str | None, kind: str, edtf: str | None, ongoing: bool
) -> None:
    merged = merge_targets(read_target(make_cell(t) if t else Cell()) for t in texts)
    assert (merged.text, merged.kind, merged.edtf, merged.ongoing) == (text, kind, edtf, ongoing)


WORDS = st.sampled_from(
    [
        *("March 2014", "Ongoing", "and", "TBC", "by", "1.", "2.", "Within 6 months", "revised"),
        *("31 June 2014", "1st July", "Train all", "staff.", "(", ")", "quarterly", "N/A", "/"),
    ]
)


@settings(deadline=None)  # the first call builds the expressions
@given(st.lists(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), max_size=6))
def test_no_line_is_lost_and_text_is_whole(lines: list[str]) -> None:
    cell = make_cell(*lines, chars=30)
    reading = read_target(cell)
    assert (reading.target.text or "").split() == cell.text.split()
    assert [line for part in reading.parts for line in part.lines] == cell.lines
    assert reading.target.edtf is None or reading.target.kind == "date"
    for target in (reading.target, *(part.target for part in reading.parts)):
        assert target.start is None or target.end is not None


def record_with(target: str, progress: str) -> Recommendation:
    headers = ("No", "Recommendation", "Target date", "Progress")
    cells = [
        table_cell(text, x=40.0 + 150.0 * at)
        for at, text in enumerate(("1", "Review the pathway for referrals.", target, progress))
    ]
    return interpret(document(table(headers, [row(*cells)]))).recommendations[0]


def test_a_record_has_both_dates_of_a_cell() -> None:
    record = record_with("June 2014\n(originally\nMarch 2014)", "Begun.")
    assert record.target.edtf == "2014-03"
    assert record.revised_target is not None
    assert record.revised_target.edtf == "2014-06"
    assert record.provenance["revised_target"] == record.provenance["target"]


def test_a_record_tells_what_is_odd_in_its_updates() -> None:
    record = record_with("June 2014", "May 2014: Begun.\nMay 2014: Begun.\n31/09/2014: Done.")
    assert [(issue.code, issue.field) for issue in record.issues] == [
        ("date-impossible", "updates"),
        ("update-repeated", "updates"),
    ]
    assert len(record.updates) == 3
