"""Progress cells split at dated labels."""

from __future__ import annotations

from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionplan.normalise.updates import UpdateReading, milestone_updates, split_updates
from actionplan.schemas.tables import Cell, Line
from tests.normalise.cells import flow, make_cell, make_line

CHARS = 30

Parts = list[tuple[str | None, str | None, str]]


def parts(readings: list[UpdateReading]) -> Parts:
    updates = [reading.update for reading in readings]
    return [(u.label, u.date.edtf if u.date else None, u.text) for u in updates]


def split(*paragraphs: str, chars: int = CHARS) -> Parts:
    return parts(split_updates(flow(paragraphs, chars)))


LABELS = [
    # alone on its line
    ("August 2013.", "August 2013", "2013-08", True),
    ("August 2013", "August 2013", "2013-08", True),
    ("Update Feb 2014", "Update Feb 2014", "2014-02", True),
    ("UPDATE FEB 2014", "UPDATE FEB 2014", "2014-02", True),
    ("Update - March 2014", "Update - March 2014", "2014-03", True),
    ("Update (March 2014)", "Update (March 2014)", "2014-03", True),
    ("Q3 2017/18 update", "Q3 2017/18 update", "2017-10/2017-12", True),
    ("Progress at June 2015:", "Progress at June 2015", "2015-06", True),
    ("As at 31 March 2016", "As at 31 March 2016", "2016-03-31", True),
    ("Position at 31st March '16", "Position at 31st March '16", "2016-03-31", True),
    ("Spring 2014:", "Spring 2014", "2014-21", True),
    ("2014/15:", "2014/15", "2014-04/2015-03", True),
    # run in
    ("Update Feb 2014:", "Update Feb 2014", "2014-02", False),
    ("Update Feb 2014 –", "Update Feb 2014", "2014-02", False),
    ("Update Feb 2014 -", "Update Feb 2014", "2014-02", False),
    ("Updated March 2019:", "Updated March 2019", "2019-03", False),
    ("Update: March 2014 –", "Update: March 2014", "2014-03", False),
    ("Update as at March 2014:", "Update as at March 2014", "2014-03", False),
    ("August 2013.", "August 2013", "2013-08", False),
    ("August 2013:", "August 2013", "2013-08", False),
    ("March 2014 update:", "March 2014 update", "2014-03", False),
    ("12/03/15 -", "12/03/15", "2015-03-12", False),
    ("12/03/15:", "12/03/15", "2015-03-12", False),
    ("12/03/15", "12/03/15", "2015-03-12", False),
    ("12.03.15 –", "12.03.15", "2015-03-12", False),
    ("04/11/2020 -", "04/11/2020", "2020-11-04", False),
    ("12/03/15 JB:", "12/03/15 JB", "2015-03-12", False),
    ("12/03/15 (JB) -", "12/03/15 (JB)", "2015-03-12", False),
    ("3rd March 2014:", "3rd March 2014", "2014-03-03", False),
    ("Email dated 15/11/2016 from A Person:", None, "2016-11-15", False),
    ("Meeting 12/03/15:", "Meeting 12/03/15", "2015-03-12", False),
    ("April – June 2015:", "April – June 2015", "2015-04/2015-06", False),
    ("Update 1st July:", "Update 1st July", None, False),
    ("Update 31 September 2020:", "Update 31 September 2020", None, False),
]


@pytest.mark.parametrize(("label", "printed", "edtf", "alone"), LABELS)
def test_labels(label: str, printed: str | None, edtf: str | None, alone: bool) -> None:
    text = "Staff of both teams have been trained in its use and more are to follow."
    paragraphs = [label, text] if alone else [f"{label} {text}"]
    printed = printed or label.rstrip(":")
    assert split(*paragraphs, chars=44) == [(printed, edtf, text)]
    before = "The policy was agreed by the Board in full."
    assert split(before, *paragraphs, chars=44) == [(None, None, before), (printed, edtf, text)]


NO_LABELS = [
    "The work is due to begin in March 2014 and all will be told of it.",
    "Action completed 1st April 2013.",
    "Action taken 1st April 2013 and monitoring is ongoing.",
    "Completed - June 2020.",
    "Now installed (May 2013) and staff trained (May 2013)",
    "Following a review in December 2013 the force has seconded a lead.",
    "In March 2014, the team met.",
    "March 2014 figures show that fewer forms are late.",
    "Since 2007 all new staff have been trained.",
    "2014 saw a rise in the use of the form.",
    "Update to be given at the next meeting.",
    "Update: the policy is agreed.",
    "2 cohorts were trained in March 2014.",
    "4.13.1 sets out the duty.",
    "In June",
]


@pytest.mark.parametrize("text", NO_LABELS)
def test_a_date_in_running_text_is_no_label(text: str) -> None:
    assert split(text) == [(None, None, text)]
    assert split("Update Feb 2014: All is well.", text)[0][2] == f"All is well. {text}"


WRAPPED = [
    ("The team that was set up in", "March 2014. It meets weekly."),
    ("The lead has been in post since", "12/03/15 - and trains all staff"),
    ("All staff have been trained by the", "Update Feb 2014 team, which is good"),
    ("A course will be held at the end of", "June 2015: it is for all of the staff"),
    ("It is based on the audit and on the", "2014 review of the cases in the area"),
]


@pytest.mark.parametrize("lines", WRAPPED, ids=lambda lines: lines[1])
def test_a_wrapped_date_is_no_label(lines: tuple[str, str]) -> None:
    assert parts(split_updates(make_cell(*lines))) == [(None, None, " ".join(lines))]


# Prose full of dates that are no labels; at each width other dates come to begin lines.
PROSE = [
    "The protocol was signed off by the Board on 12 March 2014 and will be seen by the joint "
    "panel in September 2015, when the results of the audit of June 2015 are known.",
    "Training took place on 12/03/15 and 14/03/15 for staff of the ward, with a third date, "
    "20/05/15 - an evening, for those who work nights.",
    "The team met on 12.03.2015, 14.04.2015 and 16.05.2015 to agree the form. Between June "
    "2015 and September 2015 it was tried by two practices; the October 2015 figures show "
    "fewer late returns.",
    "An audit of files opened between 01/04/2016 and 31/03/2017 found that 80 of 90 had a "
    "plan. The audit dated 12/06/2017 was shared with the Board in July 2017 - its third "
    "meeting - and the Trust.",
    "Following the review (March 2018) all leads were told. The April 2018 newsletter carried "
    "an item, the May 2018 training day was full and June 2018 sessions were added - two at "
    "the depot.",
    "Letters went to all 14 homes on 3rd May 2019 - replies came from 12 - and again on 6th "
    "June 2019. Those who had not replied by 30 June 2019 were visited.",
    "Since January 2016 the lead has met new starters; in February 2016 there were nine and "
    "in March 2016 eleven. Quarter 1 2016/17 numbers will be sent to the Board in August "
    "2016.",
    "08/02/2023 six of the ten returns were in. The two outstanding were chased by telephone "
    "on 17/05/2023 and the final figure was given to the sub group of 21/06/2023 by the lead.",
    "May 2022 - the course was written, with help from the college. The first group attended "
    "on 4 July 2022 and the second, which was smaller, on 11 July 2022: both were rated well. "
    "A third is set for 12 January 2023 at the depot.",
    "12/01/2020 - group set up. It has met on 12/02/2020, 12/03/2020 and 14/04/2020 and will "
    "report by 30/06/2020; the report of 01/05/2020 gives the detail. The meeting of "
    "02/06/2020 was cancelled.",
    "The training agreed April 2014 is in hand and the form has been amended, see 12/03/2014 "
    "item 4.",
]


@pytest.mark.parametrize("text", PROSE, ids=lambda text: str(text[:20]))
def test_dates_in_wrapped_prose_are_no_labels(text: str) -> None:
    for width in range(12, 72):
        assert len(split_updates(flow([text], width))) == 1, width


IN_COMPANY = [
    # The line above a label may have been filled by chance.
    (
        (
            "May 2019 – Scope agreed with the",
            "Linden Learning Group",
            "October 2019 – Module",
            "launched",
        ),
        ["May 2019", "October 2019"],
    ),
    (
        ("14/02/2019 - forms sent to all", "18 homes", "30/04/2019 - 11 forms came", "back"),
        ["14/02/2019", "30/04/2019"],
    ),
    (("August 2016 – on trial there", "Feb 2017 – trial was stopped"), ["August 2016", "Feb 2017"]),
    (("Feb 2017: trial was stopped", "August 2016: on trial there"), ["Feb 2017", "August 2016"]),
    (
        ("Q2 2021/22 – asked for in 81%", "Q3 2021/22 – in 88% of all"),
        ["Q2 2021/22", "Q3 2021/22"],
    ),
    (("Form has been drawn up by all", "12/01/2016 - form is in use"), [None, "12/01/2016"]),
    # Nothing behind the date but lower case, or a figure.
    (
        ("17.05.23 80 of 85 have been", "asked", "02.08.23 now 85 of 85, and so"),
        ["17.05.23", "02.08.23"],
    ),
    (
        ("08/02/2023 six forms of all ten", "17/05/2023 nine forms of all 10"),
        ["08/02/2023", "17/05/2023"],
    ),
    (("14/12/2023 sent.", "09/02/2024 answer: they agree"), ["14/12/2023", "09/02/2024"]),
    (("14/12/2023 sent to the two teams",), ["14/12/2023"]),
    (("May 2024 leaflet printed, 40 left",), ["May 2024"]),
    # A paragraph may end with an adverb.
    (
        ("21 closed, 8 stepped up", "14/01/2019: all have been seen by now"),
        [None, "14/01/2019"],
    ),
]


@pytest.mark.parametrize(("lines", "labels"), IN_COMPANY, ids=lambda value: str(value[0]))
def test_a_label_under_a_full_line(lines: tuple[str, ...], labels: list[str | None]) -> None:
    assert [part[0] for part in parts(split_updates(make_cell(*lines)))] == labels


NOT_IN_COMPANY = [
    # In the middle of a sentence.
    ("May 2019 – Scope agreed with the", "October 2019 – December 2019 group"),
    ("14/02/2019 - forms sent, asked for by", "30/04/2019 - 11 came back"),
    ("12 May 2022 - the group met on 11", "July 2022: it was well attended"),
    ("08/02/2023 forms are in, the last on", "17/05/2023 and nine are out"),
    ("08/02/2023 forms of the ten homes", "17/05/2023, which is late"),
    ("Meeting dates, 08/02/2023 as well,", "17/05/2023 - all day"),
    # Out of order, and with nothing to close it.
    ("17.05.23 forms sent to the team of", "02.08.22 panel, as agreed"),
    ("March 2014 figures show that fewer", "May 2014 forms were late"),
]


@pytest.mark.parametrize("lines", NOT_IN_COMPANY, ids=lambda lines: str(lines[1]))
def test_a_wrapped_date_below_a_label_is_none(lines: tuple[str, ...]) -> None:
    assert len(split_updates(make_cell(*lines))) == 1


def test_text_before_the_first_label_is_an_update_without_one() -> None:
    assert split("The plan is agreed.", "Update Feb 2014: It is printed.") == [
        (None, None, "The plan is agreed."),
        ("Update Feb 2014", "2014-02", "It is printed."),
    ]


def test_a_cell_without_labels_is_one_update() -> None:
    assert split("The plan is agreed.", "It is printed.", "• Staff are told") == [
        (None, None, "The plan is agreed. It is printed. • Staff are told")
    ]


def test_an_empty_cell_has_no_update() -> None:
    assert split_updates(Cell()) == []
    assert milestone_updates(Cell()) == []


def test_an_update_keeps_all_its_paragraphs() -> None:
    cell = make_cell(
        "August 2013.",
        "All staff have had the course.",
        "It covers the form.",
        "",
        "Update Feb 2014",
        "Following a review in",
        "December 2013 the lead has",
        "written a plan.",
        "",
        "It is out.",
        chars=CHARS,
    )
    readings = split_updates(cell)
    assert parts(readings) == [
        ("August 2013", "2013-08", "All staff have had the course. It covers the form."),
        (
            "Update Feb 2014",
            "2014-02",
            "Following a review in December 2013 the lead has written a plan. It is out.",
        ),
    ]
    assert [line for reading in readings for line in reading.lines] == cell.lines


def test_bullets_with_dates() -> None:
    assert split("• 12/03/15 – Policy agreed", "• 14/09/15 – Staff trained") == [
        ("12/03/15", "2015-03-12", "Policy agreed"),
        ("14/09/15", "2015-09-14", "Staff trained"),
    ]


def test_a_bullet_without_date_goes_with_the_update_above() -> None:
    assert split("• Lists are in use.", "• Update August 2013 – as above", "• Cases are seen") == [
        (None, None, "• Lists are in use."),
        ("Update August 2013", "2013-08", "as above • Cases are seen"),
    ]


def test_a_label_may_wrap() -> None:
    cell = make_cell("Progress update February", "2014: the work is done", chars=24)
    assert parts(split_updates(cell)) == [
        ("Progress update February 2014", "2014-02", "the work is done")
    ]


def test_a_bold_date_is_a_label() -> None:
    cell = make_cell("**March 2014** staff trained", "in both of the teams", chars=28)
    assert parts(split_updates(cell)) == [
        ("March 2014", "2014-03", "staff trained in both of the teams")
    ]


def test_bold_running_text_proves_nothing() -> None:
    cell = make_cell("**The Section 11 audit is due in Feb**", "**2014 and will be sent to all**")
    assert len(split_updates(cell)) == 1


def test_dates_without_marks_are_labels_in_company() -> None:
    assert split("March 2014 Staff were trained", "12/06/15 Audit was held", chars=40) == [
        ("March 2014", "2014-03", "Staff were trained"),
        ("12/06/15", "2015-06-12", "Audit was held"),
    ]


def test_two_labels_follow_each_other() -> None:
    assert split("August 2013", "Update Feb 2014: done") == [
        ("August 2013", "2013-08", ""),
        ("Update Feb 2014", "2014-02", "done"),
    ]


def test_a_label_on_the_next_page() -> None:
    cell = make_cell("The lead is in post.", "\f", "Update Feb 2014:", "All is well.", chars=CHARS)
    assert [part[0] for part in parts(split_updates(cell))] == [None, "Update Feb 2014"]


def test_the_header_labels_what_has_no_label() -> None:
    cell = flow(["The plan is agreed.", "March 2019: It is printed."], CHARS)
    assert parts(split_updates(cell, header_label="Update 24/12/2018:")) == [
        ("Update 24/12/2018", "2018-12-24", "The plan is agreed."),
        ("March 2019", "2019-03", "It is printed."),
    ]


def test_each_update_tells_its_status() -> None:
    readings = split_updates(
        flow(["May 2014: Not started.", "June 2015: Completed.", "Note"], CHARS)
    )
    values = [r.update.status.value if r.update.status else None for r in readings]
    assert values == ["not_started", "completed"]
    assert split_updates(make_cell("Newsletter"))[0].update.status is None


MILESTONES: list[tuple[list[str], Parts]] = [
    (["Policy agreed March 2014"], [("March 2014", "2014-03", "Policy agreed")]),
    (["Policy agreed (March 2014)"], [("March 2014", "2014-03", "Policy agreed")]),
    (["Policy agreed – March 2014."], [("March 2014", "2014-03", "Policy agreed")]),
    (["Policy agreed: 12/03/14"], [("12/03/14", "2014-03-12", "Policy agreed")]),
    (["March 2014 – Policy agreed"], [("March 2014", "2014-03", "Policy agreed")]),
    (["March 2014 Policy agreed"], [("March 2014", "2014-03", "Policy agreed")]),
    (["March 2014: Policy agreed"], [("March 2014", "2014-03", "Policy agreed")]),
    (
        ["Policy agreed March 2014; staff trained June 2014."],
        [("March 2014", "2014-03", "Policy agreed"), ("June 2014", "2014-06", "staff trained")],
    ),
    (
        ["Policy agreed March 2014", "Staff trained June 2014", "Audit to follow"],
        [
            ("March 2014", "2014-03", "Policy agreed"),
            ("June 2014", "2014-06", "Staff trained"),
            (None, None, "Audit to follow"),
        ],
    ),
    (
        ["• Policy agreed (March 2014)", "• Staff trained"],
        [("March 2014", "2014-03", "Policy agreed"), (None, None, "• Staff trained")],
    ),
    (["Staff were trained in June 2014"], [(None, None, "Staff were trained in June 2014")]),
    (["Policy agreed", "Staff trained"], [(None, None, "Policy agreed Staff trained")]),
    (["Held in May (as planned) by all"], [(None, None, "Held in May (as planned) by all")]),
]


MILESTONES_ON_FULL_LINES: list[tuple[list[str], Parts]] = [
    (
        [
            "Policy agreed by all (May 2014)",
            "Forms and 500 cards (June 2014)",
            "Given out (July 2014)",
        ],
        [
            ("May 2014", "2014-05", "Policy agreed by all"),
            ("June 2014", "2014-06", "Forms and 500 cards"),
            ("July 2014", "2014-07", "Given out"),
        ],
    ),
    (
        ["Policy agreed by all 12/05/14", "500 cards printed on 14/06/2014", "Given out July 2014"],
        # "on 14/06/2014" belongs to the sentence.
        [
            ("12/05/14", "2014-05-12", "Policy agreed by all"),
            ("July 2014", "2014-07", "500 cards printed on 14/06/2014 Given out"),
        ],
    ),
    (
        ["• Agreed (May 2014) Cards printed", "(June 2014) Given out (July 2014)"],
        [
            ("May 2014", "2014-05", "Agreed"),
            ("June 2014", "2014-06", "Cards printed"),
            ("July 2014", "2014-07", "Given out"),
        ],
    ),
    # The date is one of several things in brackets, or the text does not end with a date.
    (
        ["Cards printed (May 2014) North", "and South have had theirs by now"],
        [(None, None, "Cards printed (May 2014) North and South have had theirs by now")],
    ),
    (
        ["Letter to the clerk (May 2014) on", "the use of the hall (July 2014)"],
        [("July 2014", "2014-07", "Letter to the clerk (May 2014) on the use of the hall")],
    ),
]


@pytest.mark.parametrize(
    ("lines", "expected"), MILESTONES_ON_FULL_LINES, ids=lambda value: str(value[0])
)
def test_milestones_on_full_lines(lines: list[str], expected: Parts) -> None:
    assert parts(milestone_updates(make_cell(*lines))) == expected


@pytest.mark.parametrize(("paragraphs", "expected"), MILESTONES, ids=lambda value: str(value[0]))
def test_milestones(paragraphs: list[str], expected: Parts) -> None:
    assert parts(milestone_updates(flow(paragraphs, 34))) == expected


WORDS = st.sampled_from(
    [
        *("Update Feb 2014:", "August 2013.", "12/03/15 -", "March 2014", "•", "in", "The team"),
        *("met.", "(May 2013)", "Q3 2017/18 update", "JB:", "1.", "2014", "Completed", "and"),
    ]
)
LINES = st.lists(
    st.one_of(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), st.sampled_from(["", "\f"])),
    max_size=10,
)


def words(text: str) -> list[str]:
    """Words without the punctuation that closes a label, and without bullets."""
    bare = "".join(c if c.isalnum() or c == "/" else " " for c in text)
    return [word for word in bare.split() if word.strip("/")]


@settings(deadline=None)  # the first call builds the expressions
@given(LINES)
def test_no_word_is_lost_or_doubled(lines: list[str]) -> None:
    cell = make_cell(*lines, chars=40)
    readings = split_updates(cell)
    said = " ".join(f"{r.update.label or ''} {r.update.text}" for r in readings)
    # The number of an item comes behind the label that dates the item.
    assert sorted(words(said)) == sorted(words(cell.text))
    assert [w for w in words(said) if w != "1"] == [w for w in words(cell.text) if w != "1"]
    printed = [line for reading in readings for line in reading.lines]
    # A line with a bullet inside is a line of two updates.
    assert [line for line, _ in groupby(printed)] == cell.lines


@settings(deadline=None)  # the first call builds the expressions
@given(LINES)
def test_milestones_lose_no_word(lines: list[str]) -> None:
    cell = make_cell(*lines, chars=40)
    readings = milestone_updates(cell)
    said = " ".join(f"{r.update.label or ''} {r.update.text}" for r in readings)
    assert sorted(words(said)) == sorted(words(cell.text))


def beside(*rows: tuple[str, ...], y0: float) -> list[Line]:
    """Lines side by side, row below row, as a table inside a cell prints them."""
    return [
        make_line(text, x0=110.0 + 60.0 * column, y0=y0 + 12.0 * at)
        for at, row in enumerate(rows)
        for column, text in enumerate(row)
    ]


def split_lines(lines: list[Line]) -> list[tuple[str | None, str]]:
    found = split_updates(Cell(lines=lines))
    return [(one.update.label, one.update.text) for one in found]


def test_rows_of_a_table_inside_a_cell_date_nothing() -> None:
    above = make_line("Days that were held:")
    table = beside(("Locality", "Date", "Came"), ("Linden", "9 Sept", "31"), y0=112.0)
    text = "Days that were held: Locality Date Came Linden 9 Sept 31"
    assert split_lines([above, *table]) == [(None, text)]
    months = beside(("Jan", "6", "9.5"), ("Feb", "4", "3.0"), ("Mar", "9", "1.8"), y0=112.0)
    text = "Days that were held: Jan 6 9.5 Feb 4 3.0 Mar 9 1.8"
    assert split_lines([above, *months]) == [(None, text)]


def test_dated_notes_side_by_side_keep_their_dates() -> None:
    rows = [("May 2014:", "Policy agreed."), ("June 2014:", "Staff trained.")]
    assert split_lines(beside(*rows, y0=100.0)) == [
        ("May 2014", "Policy agreed."),
        ("June 2014", "Staff trained."),
    ]


@pytest.mark.parametrize(
    "lines",
    [("Extended on the 21st of June", "2021."), ("Linked since 1 August", "2019. All is well.")],
)
def test_the_rest_of_a_date_on_the_next_line_is_no_label(lines: tuple[str, str]) -> None:
    assert split(*lines, chars=60) == [(None, None, " ".join(lines))]


BEHIND = [
    (["Yes - 14 Sept 2015"], [("14 Sept 2015", "Yes")]),
    (["Completed", "28/06/2019"], [("28/06/2019", "Completed")]),
    (["Fully implemented (May 2014)"], [("May 2014", "Fully implemented")]),
    (
        ["Policy was agreed.", "May 2014", "Staff were trained.", "June 2014"],
        [("May 2014", "Policy was agreed."), ("June 2014", "Staff were trained.")],
    ),
    (["Issued 14/2/22."], [(None, "Issued 14/2/22.")]),
    (["In part. The letter went out in July."], [(None, "In part. The letter went out in July.")]),
]


@pytest.mark.parametrize(("lines", "expected"), BEHIND, ids=lambda value: str(value)[:30])
def test_dates_behind_what_they_date_where_the_column_asks_for_them(
    lines: list[str], expected: list[tuple[str | None, str]]
) -> None:
    found = split_updates(make_cell(*lines, chars=44), behind=True)
    assert [(one.update.label, one.update.text) for one in found] == expected
