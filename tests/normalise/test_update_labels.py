"""Labels of updates whose words are free: reports, meetings, bodies, states, initials."""

from __future__ import annotations

import pytest

from actionplan.normalise.updates import milestone_updates, split_updates, update_issues
from actionplan.schemas.tables import Cell
from tests.normalise.cells import flow, make_cell

TEXT = "staff of both teams have been shown its use and more are to follow."
BEFORE = "The policy was agreed by the Board in full."
# label with what closes it, label as printed, EDTF
LABELS = [
    # reports and meetings
    ("Board meeting 4 May 2019:", "Board meeting 4 May 2019", "2019-05-04"),
    ("Steering group, 12/03/2018 –", "Steering group, 12/03/2018", "2018-03-12"),
    ("Mid-year position Oct 2018:", "Mid-year position Oct 2018", "2018-10"),
    ("Six-month review (Nov 2019):", "Six-month review (Nov 2019)", "2019-11"),
    ("9 month review – Nov 2019:", "9 month review – Nov 2019", "2019-11"),
    ("Minutes of the Learning Panel, 5 May 2017:", None, "2017-05-05"),
    ("Quarterly return, Q2 2018/19:", "Quarterly return, Q2 2018/19", "2018-07/2018-09"),
    ("2014/15 annual report:", "2014/15 annual report", "2014-04/2015-03"),
    ("Annual report 2015:", "Annual report 2015", "2015"),
    ("Email from J Orrell 12/3/15:", "Email from J Orrell 12/3/15", "2015-03-12"),
    ("Telephone call with HM 4/5/16 –", "Telephone call with HM 4/5/16", "2016-05-04"),
    ("Up date May 2012 :", "Up date May 2012", "2012-05"),
    ("Partner response September 2020:", "Partner response September 2020", "2020-09"),
    # bodies and people
    ("Children’s Services – Nov 2018:", "Children’s Services – Nov 2018", "2018-11"),
    ("Update from ASC (March 2021):", "Update from ASC (March 2021)", "2021-03"),
    ("Housing: May 2018 –", "Housing: May 2018", "2018-05"),
    ("May 2016 – Thornby Council:", "May 2016 – Thornby Council", "2016-05"),
    ("May 2016 Early Help:", "May 2016 Early Help", "2016-05"),
    ("March 2014 (Police) –", "March 2014 (Police)", "2014-03"),
    ("HM, May 2016:", "HM, May 2016", "2016-05"),
    ("KT 04/05/16 –", "KT 04/05/16", "2016-05-04"),
    ("4 Oct 2019 – PN:", "4 Oct 2019 – PN", "2019-10-04"),
    ("4 Oct 2019 (PN/KT):", "4 Oct 2019 (PN/KT)", "2019-10-04"),
    ("4 Oct 2019 – K. Orrell:", "4 Oct 2019 – K. Orrell", "2019-10-04"),
    # states
    ("Complete 04/03/2020 -", "Complete 04/03/2020", "2020-03-04"),
    ("Action closed 9/12/16.", "Action closed 9/12/16", "2016-12-09"),
    ("Delayed – Update Jan 2021:", "Delayed – Update Jan 2021", "2021-01"),
    ("In progress, August 2019:", "In progress, August 2019", "2019-08"),
    ("RAG Amber, July 2016:", "RAG Amber, July 2016", "2016-07"),
    # other openings
    ("By July 2017:", "By July 2017", "2017-07"),
    ("At 31/03/2015:", "At 31/03/2015", "2015-03-31"),
    ("w/c 3 March 2014:", "w/c 3 March 2014", "2014-03-03/2014-03-09"),
    ("14/05:", "14/05", None),
    ("Jan –", "Jan", None),
    ("Septmber 2014:", "Septmber 2014", "2014-09"),
]


@pytest.mark.parametrize(("label", "printed", "edtf"), LABELS, ids=lambda value: str(value))
def test_labels(label: str, printed: str | None, edtf: str | None) -> None:
    printed = printed or label.rstrip(":")
    text = TEXT.capitalize() if label.endswith((".", ")")) else TEXT
    alone = split(flow([f"{label} {text}"], 52))
    assert alone == [(printed, edtf, text)]
    assert split(flow([BEFORE, f"{label} {text}"], 52)) == [(None, None, BEFORE), *alone]


def split(cell: Cell) -> list[tuple[str | None, str | None, str]]:
    updates = [reading.update for reading in split_updates(cell)]
    return [(u.label, u.date.edtf if u.date else None, u.text) for u in updates]


NO_LABELS = [
    "Completed March 2015",
    "Completed in March 2014. All wards have copies.",
    "Letter sent 11 January; two replies.",
    "Launched 11/03/20; 84 people came.",
    "First meeting in September.",
    "The board meeting in March 2014 was told of it.",
    "Care Act 2014: guidance was rewritten.",
    "Serious Case Review 2014: all recommendations met.",
    "Policy v2, March 2014, is on the intranet.",
    "Working Together (March 2015) is used in training.",
    "In June 2016 the contract passed to others.",
    "Orme, March 2014. Every case. Thornby: Orme.",
    "See Thornby Safeguarding Board, Annual Report 2014/15, page 4.",
]


@pytest.mark.parametrize("text", NO_LABELS)
def test_a_sentence_with_such_words_is_no_label(text: str) -> None:
    assert split(make_cell(text)) == [(None, None, text)]


# Prose full of such words and dates; at each width others come to begin lines.
PROSE = [
    "The training report went to the Safeguarding Board on 12 March 2014, the police update of "
    "June 2014 was read out there, and the minutes of its meeting (4 May 2015) are held by the "
    "office.",
    "Leaflets were sent to every surgery (Public Health, March 2014: 200 copies) and the "
    "steering group heard on 3 June 2015 that the Housing Service, June 2015 intake, had been "
    "given them too.",
    "Work was complete by 4 June 2019 in the wards and in progress at 5 July 2019 elsewhere; the "
    "action closed on 9 December 2016 was of another kind, and Children's Services had in "
    "November 2018 a new head.",
    "Responses were due on 14/05/2016 - four came in time - and a further letter sent on "
    "17/06/2016, with a copy to the Trust, brought in the rest; JB told the Board on 12/07/2016 "
    "that all was well.",
    "Two audits (Adult Social Care, May 2017: 40 files; Thornby Hospital, June 2017: 30 files) "
    "were read by the panel. Its report of July 2017 asks for a third; Early Help has offered "
    "staff from September 2017 on.",
    "Ongoing since April 2014 in the two clinics. The Board meeting of March 2015 asked that the "
    "review date, 1 May 2016, be kept; the Annual Report 2015/16 tells of it, and the Trust "
    "response was filed in September 2016.",
    "Green in June 2017 and amber in July 2017, as the supplier was delayed. Update meetings with "
    "the supplier (3 July 2017, 10 July 2017) were held and a note sent to all on 14 July 2017: "
    "work began that week.",
    "Staff from the Early Help Team and from Midwifery were trained in May 2016, Police in June "
    "2016 and Probation in July 2016; the evaluation by the University, October 2016, is on file.",
]


@pytest.mark.parametrize("text", PROSE, ids=lambda text: str(text[:20]))
def test_such_words_in_wrapped_prose_are_no_labels(text: str) -> None:
    for width in range(12, 72):
        assert len(split_updates(flow([text], width))) == 1, width


def test_a_bracket_that_is_open_goes_on() -> None:
    lines = ("The leaflet (paid for by the Trust", "March 2014: 200 copies) is out now.")
    assert split(make_cell(*lines)) == [(None, None, " ".join(lines))]


def test_words_that_end_a_paragraph_are_not_the_next_label() -> None:
    lines = ("The force has seen to better", "delivery", "Update Feb 2014:", "Posts are filled.")
    assert [part[0] for part in split(make_cell(*lines))] == [None, "Update Feb 2014"]


def test_bullets_inside_a_line() -> None:
    cell = make_cell("• 14.01.21 Leaflet tested", "with tenants • 25.02.21 Leaflet", "reprinted")
    assert split(cell) == [
        ("14.01.21", "2021-01-14", "Leaflet tested with tenants"),
        ("25.02.21", "2021-02-25", "Leaflet reprinted"),
    ]
    lines = [reading.lines for reading in split_updates(cell)]
    assert lines == [tuple(cell.lines[:2]), tuple(cell.lines[1:])]


def test_months_without_year_in_company() -> None:
    cell = make_cell("Jan: bid written", "Feb: bid sent in")
    assert split(cell) == [("Jan", None, "bid written"), ("Feb", None, "bid sent in")]


def test_an_update_word_alone_opens_what_follows_in_lower_case() -> None:
    text = "update june 2014 work with the college has begun"
    assert split(flow([text], 28)) == [("update june 2014", "2014-06", text[17:])]
    text = "Update March 2014 was read out to all"
    assert split(flow([text], 28)) == [(None, None, text)]


def test_bold_words_before_a_date_are_a_label() -> None:
    cell = make_cell("**Where we stood, May 2016** the form", "was in use in two of the wards")
    text = "the form was in use in two of the wards"
    assert split(cell) == [("Where we stood, May 2016", "2016-05", text)]


def test_a_state_in_the_label_is_the_update_s_state() -> None:
    cell = make_cell("Complete 04/03/2020 - Checklist of the", "ward is in the pack.")
    status = split_updates(cell)[0].update.status
    assert status is not None
    assert status.value == "completed"


def test_a_milestone_may_begin_with_by() -> None:
    cell = make_cell("By July 2017: each team has a lead", "By May 2018 – leads have met")
    updates = [reading.update for reading in milestone_updates(cell)]
    assert [(u.label, u.text) for u in updates] == [
        ("By July 2017", "each team has a lead"),
        ("By May 2018", "leads have met"),
    ]


def test_a_milestone_s_own_date_behind_it_opens_nothing() -> None:
    cell = make_cell("Letter sent 4th September 2019", "Reply received 22nd October 2019", chars=40)
    updates = [reading.update for reading in milestone_updates(cell)]
    assert [(u.label, u.text) for u in updates] == [
        ("4th September 2019", "Letter sent"),
        ("22nd October 2019", "Reply received"),
    ]


def codes(*lines: str) -> list[str]:
    return [issue.code for issue in update_issues(split_updates(make_cell(*lines)))]


ISSUES = [
    (("May 2014: Begun.", "May 2015: Done."), []),
    (("May 2015: Done.", "May 2014: Begun."), []),
    (("May 2014: Begun.", "May 2014: Done."), []),
    (("May 2014: Begun.", "May 2014: begun."), ["update-repeated"]),
    (("May 2014: A.", "May 2018: B.", "May 2016: C."), ["updates-unordered"]),
    (("31/09/2020: Done.",), ["date-impossible"]),
    (("May: Done.", "Done."), []),
    (("Nothing yet.",), []),
]


@pytest.mark.parametrize(("lines", "expected"), ISSUES, ids=lambda value: str(value))
def test_doubts_about_the_updates_of_a_cell(lines: tuple[str, ...], expected: list[str]) -> None:
    assert codes(*lines) == expected


LISTS = [
    ("June 2015 Tender issued", "Sept 2015 Bids read by panel", "Feb 2016 Service open"),
    ("14/11 - wardens met in town", "05/12 - rota agreed", "19/12 - rota printed"),
    ("3 / 6 / 13.Desk moved to hall", "9 / 9 / 13.phones moved"),
    ("▪ Nov 2019 Reminders switched on", "▪ Feb 2020 Fewer missed visits"),
    ("1. March 2018 Form put in use in", "2. May 2018 Form dropped again"),
    ("Spring 2019 - pilot in the hall", "Autumn 2019 - all halls joined"),
]


@pytest.mark.parametrize("lines", LISTS, ids=lambda lines: str(lines[0]))
def test_every_line_begins_with_its_date(lines: tuple[str, ...]) -> None:
    assert len(split_updates(make_cell(*lines))) == len(lines)
    assert len(milestone_updates(make_cell(*lines))) == len(lines)


NO_LISTS = [
    ("14/02/2019 - forms sent, asked for by", "30/04/2019 - 11 came back"),
    ("March 2014 Board minutes and the", "April 2014 Board minutes tell it"),
    ("May 2015 Conference papers; see", "June 2014 Conference papers, too"),
    ("Nov 2023 Text reminders went to", "Feb 2024 Starters as well as all"),
]


@pytest.mark.parametrize("lines", NO_LISTS, ids=lambda lines: str(lines[0]))
def test_lines_that_run_on_are_no_list(lines: tuple[str, ...]) -> None:
    assert len(split_updates(make_cell(*lines))) == 1


ALONE = [
    ("July 2013 Wardens have seen every flat and taken down old signs.", "July 2013", "2013-07"),
    ("Spring 2018 New starters are shown the form on their first day.", "Spring 2018", "2018-21"),
    ("June 2018 RMcC: looked at by audit, nothing to add", "June 2018 RMcC", "2018-06"),
    ("3/4/19 JvdB - asked the landlord again", "3/4/19 JvdB", "2019-04-03"),
    ("KO’N 3/4/19 - asked the landlord again", "KO’N 3/4/19", "2019-04-03"),
    ("Situation at end of May 2017: three of four", None, "2017-05-31"),
    ("Current picture, Q2 2018/19: eight halls", None, "2018-07/2018-09"),
    ("Maternity June 2021 - asked at booking", "Maternity June 2021", "2021-06"),
    ("Housing Association 4/5/21: letter sent", "Housing Association 4/5/21", "2021-05-04"),
    ("Update:Dec2013-cards sent.", "Update:Dec2013", "2013-12"),
    ("UPDATEMARCH 2018: new rota", "UPDATEMARCH 2018", "2018-03"),
    ("ProgressJune 2018 - new rota", "ProgressJune 2018", "2018-06"),
    ("Position as recorded Feb 2018 - fewer calls", None, "2018-02"),
    ("Update Feb 2017 – Harbour Step: all briefed.", "Update Feb 2017 – Harbour Step", "2017-02"),
]


@pytest.mark.parametrize(("text", "label", "edtf"), ALONE, ids=lambda value: str(value)[:30])
def test_a_label_alone(text: str, label: str | None, edtf: str) -> None:
    (found,) = split(flow([text], 60))
    assert found[1] == edtf
    assert found[0] == (label or text.split(":")[0].split(" - ")[0])


ATTRIBUTES = [
    "June 2014 Board papers have the list of it.",
    "March 2015 Partnership report was sent to all.",
    "March 2015 Safeguarding Children Conference was full.",
    "Training March 2014 - 20 came.",
    "Staff communications June 2015 - one a week.",
]


@pytest.mark.parametrize("text", ATTRIBUTES)
def test_a_date_that_is_an_attribute_is_no_label(text: str) -> None:
    assert split(make_cell(text)) == [(None, None, text)]


ACCOUNTS = [
    ("Email from Bryn Orrell", "18/07/2016: managers have been told."),
    ("Minutes of the Learning Panel", "11.12.2013: the chair is content."),
    ("Letter to Thornby Council", "June 2014 - no reply as yet."),
]


@pytest.mark.parametrize(("first", "second"), ACCOUNTS)
def test_an_account_whose_date_stands_below(first: str, second: str) -> None:
    (found,) = split(make_cell(first, second, chars=60))
    assert found[0] is not None and found[0].startswith(first) and found[1]


def test_an_account_above_a_label_of_its_own() -> None:
    lines = ("Leaflet for Thornby Council", "18/07/2016: managers have been told.")
    assert [part[0] for part in split(make_cell(*lines, chars=60))] == [None, "18/07/2016"]


def test_a_body_over_the_line_end() -> None:
    cell = make_cell(
        "Update Feb 2017 – Lune Homes:",
        "briefed.",
        "Update Feb 2017 – Harbour",
        "Step: all briefed.",
    )
    assert [part[0] for part in split(cell)] == [
        "Update Feb 2017 – Lune Homes",
        "Update Feb 2017 – Harbour Step",
    ]


def test_text_before_a_bullet_inside_a_line_is_kept_once() -> None:
    cell = make_cell("• in • Update Feb 2014:", "12/03/15 -")
    readings = milestone_updates(cell)
    assert readings[0].update.text == "• in"
