"""What texts, columns and colours say of progress."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionplan.normalise.dates import parse_date
from actionplan.normalise.status import status_from_text, status_from_updates
from actionplan.normalise.status_column import status_from_column
from actionplan.normalise.targets import read_target
from actionplan.schemas.plan import Target, Update
from tests.normalise.cells import make_cell
from tests.normalise.status_texts import FIRST, SECOND, TRAPS

TEXTS = [
    # work that others have promised, and dates that moved
    ("Change requested from the web team, who expect to have it live by April", "in_progress"),
    ("Orders placed in May. The prompt is in a release which has slipped to June.", "in_progress"),
    ("The date had slipped but the policy was published in May.", "completed"),
    ("Audit completed. No referral slipped through.", "completed"),
    # a word that opens the text and is set off
    ("Completed.", "completed"),
    ("Complete - the form is in the folder", "completed"),
    ("Completed June 2014", "completed"),
    ("Completed. The form will be reviewed each year.", "completed"),
    ("Completed. Audit still outstanding.", "in_progress"),
    ("In progress", "in_progress"),
    ("Ongoing", "ongoing"),
    ("On-going – see above", "ongoing"),
    ("Not started", "not_started"),
    ("Completed /Ongoing", "ongoing"),
    ("Implemented and ongoing.", "ongoing"),
    # said in sentences
    ("The policy has been agreed and published.", "completed"),
    ("These have been shared with the partnership.", "completed"),
    ("This is in place within the contracts.", "completed"),
    ("Staff training completed (May 2013)", "completed"),
    ("It is now incorporated into the paperwork.", "completed"),
    ("Action taken 1st April 2013 and monitoring is ongoing.", "completed"),
    ("The process is under review.", "in_progress"),
    ("Work is currently underway with the college.", "in_progress"),
    ("A leaflet is being developed.", "in_progress"),
    ("The course has started.", "in_progress"),
    ("The form was launched. Staff will be trained in it.", "in_progress"),
    ("Questionnaire sent out, awaiting analysis", "in_progress"),
    ("The course continues to be offered.", "ongoing"),
    ("The policy will be updated.", "not_started"),
    ("The lead to brief the Board.", "not_started"),
    ("Work has not yet started.", "not_started"),
    ("Card printed. 2,000 given out.", "completed"),
    ("Letter sent", "completed"),
    ("Form changed. It is one page now.", "completed"),
    ("All nine shortened by the date.", "completed"),
    ("Trial begun.", "in_progress"),
    ("Waiting for the national system.", "not_started"),
    ("An audit was made in each area.", "completed"),
    ("Confirmed by each member; no outstanding action.", "completed"),
    ("The form is to be fully revised.", "not_started"),
    # denial and scope
    ("Not yet completed", "in_progress"),
    ("The policy has not been implemented.", "not_started"),
    ("Not all staff are trained.", "in_progress"),
    ("training completed, audit outstanding", "in_progress"),
    ("Partially completed", "in_progress"),
    ("We were not able to progress this.", "not_started"),
    ("Training is done. The audit has not started.", "in_progress"),
    ("The system is being tested.", "in_progress"),
    ("Officers named in all but two neighbourhoods.", "in_progress"),
    ("Form cut from eleven pages to three.", "completed"),
    ("Added by eight agencies.", "in_progress"),
    ("Feedback given in forty of fifty cases.", "completed"),
    ("Tried on two wards.", "in_progress"),
    ("Tried on two wards, then adopted throughout.", "completed"),
    ("Policy published. It will be reviewed in May.", "completed"),
    ("Policy published. Managers will be trained in May.", "in_progress"),
    ("The group was told of the policy, which will be reviewed in May.", "completed"),
    # conditions, aims, findings and measures assert nothing
    ("The audit found that staff were not trained.", "unknown"),
    ("Number of staff trained; number of referrals made", "unknown"),
    ("Considered and not taken forward.", "unknown"),
    ("The family declined to take part in the review.", "unknown"),
    ("The form is in place, so that if a report is not submitted it shows.", "completed"),
    ("No case is closed unless it has been assessed.", "unknown"),
    # nothing of the kind
    ("", "unknown"),
    ("Item in June newsletter", "unknown"),
    ("Agreed", "unknown"),
]


SETS = tomllib.loads(Path(__file__).with_name("statuses.toml").read_text("utf-8"))
READ = [*SETS["study"], *SETS["kinds"], *SETS["third"], *SETS["fourth"], *SETS["fifth"]]
KNOWN_WRONG = {
    "Task completed but needs to be evaluated": "what needs to be done is advice, not a plan",
    "All five team managers confirm that their staff know how to escalate a concern.": "a plain "
    "present tells nothing of progress",
    "The service has had three managers in a year. The present one intends to look at this after "
    "the inspection.": "what has been had reads as a thing done",
    "We do this whenever a case is closed.": "what follows 'whenever' is only supposed",
    "Yearly audit in place and reported to the Board each March.": "what is in place is done",
    "No partner is still to sign.": "a denial of what is open is read with few words only",
    "It is no longer possible to close a record without answering the question.": "told by no verb",
    "Nothing has come of this yet.": "'come' is no participle",
    "No one has taken this on.": "nobody taken ill is an outcome, nobody taking it on is not",
    "Three down, two to go.": "'down' is no word of progress",
    "Nobody to do it until the post is filled.": "no verb tells it",
    "For discussion at the away day.": "what is for approval was mostly begun",
    "First session: 4 June.": "a first session reads as begun, whether its day has come or not",
    "The rota shows two names for each night.": "a plain present tells nothing of progress",
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param(
            *item,
            marks=[pytest.mark.xfail(strict=True, reason=KNOWN_WRONG[item[0]])]
            if item[0] in KNOWN_WRONG
            else [],
        )
        for item in (*FIRST, *SECOND, *TRAPS, *((text, truth) for truth, text in READ))
    ],
)
def test_texts_written_before_they_were_read(text: str, value: str) -> None:
    assert status_from_text(text).value in value.split()


def test_texts_that_were_not_looked_at() -> None:
    """What is read of them wrongly is never shown; docs/status.md has the figure."""
    fresh = SETS["fresh"]
    right = sum(status_from_text(text).value in truth.split() for truth, text in fresh)
    assert right / len(fresh) >= 0.85


@pytest.mark.parametrize(("text", "value"), TEXTS)
def test_texts(text: str, value: str) -> None:
    status = status_from_text(text)
    assert status.value == value
    assert status.basis == ("none" if value == "unknown" else "text")
    assert status.text in text
    assert bool(status.text) == (value != "unknown")


def test_the_evidence_is_the_sentence_as_printed() -> None:
    status = status_from_text("The Board met twice. Work is underway. Leads are named.")
    assert status.text == "Work is underway."


def update(label: str | None, text: str) -> Update:
    return Update(label=label, date=parse_date(label) if label else None, text=text, status=None)


def target(text: str) -> Target:
    return read_target(make_cell(text)).target


UPDATES = [
    ([(None, "Not started."), ("Update Feb 2014", "Completed.")], None, "completed"),
    ([("June 2015", "Completed."), ("Feb 2014", "In progress.")], None, "completed"),
    ([("Feb 2014", "In progress."), ("June 2015", "The Board met.")], None, "in_progress"),
    ([(None, "Completed."), ("June 2015", "The Board met.")], None, "completed"),
    ([(None, "The form is in place."), (None, "The audit is outstanding.")], None, "in_progress"),
    ([("Update 1st July", "Completed.")], None, "completed"),
    ([], "Completed June 2014", "completed"),
    ([], "Implemented and ongoing", "ongoing"),
    ([(None, "See above")], "Ongoing", "ongoing"),
    ([(None, "See above")], "June 2014", "unknown"),
    ([], None, "unknown"),
    # what has no end is not over because a part of it is done
    ([(None, "Four teams have been visited.")], "Ongoing", "ongoing"),
    ([(None, "Four teams have been visited.")], "1st July and ongoing", "completed"),
    ([(None, "The work is in progress.")], "Ongoing", "in_progress"),
    ([(None, "The line opened in May.")], "Ongoing", "ongoing"),
    ([(None, "The first sample was drawn in May.")], "Quarterly", "ongoing"),
    ([(None, "Available on each ward.")], "1st July and ongoing", "ongoing"),
    (
        [("Feb 2014", "The unit commenced. The next will be opened in May.")],
        "Implemented and ongoing",
        "ongoing",
    ),
    ([], "Quarterly", "unknown"),
]


@pytest.mark.parametrize(("updates", "aim", "value"), UPDATES)
def test_updates(updates: list[tuple[str | None, str]], aim: str | None, value: str) -> None:
    status = status_from_updates([update(*u) for u in updates], target(aim) if aim else None)
    assert status.value == value
    assert status.basis == ("none" if value == "unknown" else "text")


def test_what_waits_after_something_was_done_is_in_progress() -> None:
    told = [update("Feb 2014", "Two visits made."), update("June 2014", "On hold.")]
    status = status_from_updates(told, None)
    assert (status.value, status.text) == ("in_progress", "On hold.")
    assert status_from_updates(told[1:], None).value == "not_started"


def test_labels_without_a_year_count_from_the_last_one_up() -> None:
    told = [update("March", "To be discussed."), update("April", "The form was changed.")]
    assert status_from_updates(told, None).value == "completed"


ACTIONS = ["Publish the guide to discharge.", "Train the wardens in its use."]


@pytest.mark.parametrize(
    ("texts", "value"),
    [
        (["The guide was published in May."], "in_progress"),
        (["The guide was published in May.", "Wardens trained in June."], "completed"),
        (["Both done."], "completed"),
        (["Completed."], "completed"),
        (["Completed June 2014"], "completed"),
        (["Awaiting the printers."], "not_started"),
    ],
)
def test_of_several_actions_each_has_to_be_spoken_of(texts: list[str], value: str) -> None:
    told = [update(None, text) for text in texts]
    assert status_from_updates(told, None, ACTIONS).value == value


def test_a_single_action_may_be_told_in_other_words() -> None:
    told = [update(None, "A leaflet was printed.")]
    assert status_from_updates(told, None, ACTIONS[:1]).value == "completed"


@pytest.mark.parametrize("words", ["1 ", "to ", "will also ", "all but "])
def test_a_very_long_text_is_read_to_its_end(words: str) -> None:
    """An expression that backtracks would not come back from this."""
    assert status_from_text(words * 20_000).value == status_from_text(words).value


@settings(deadline=None)  # the first call builds the expressions
@given(st.text())
def test_any_text_has_a_status(text: str) -> None:
    assert status_from_text(text).text in text
    assert status_from_column(text).text == text.strip()


SECOND_LOOK = [
    # a verb that stands for the one before
    ("We did this in July.", "completed"),
    ("The trust did so in 2019 and told the Board.", "completed"),
    ("Both points have been dealt with.", "completed"),
    # all but a few
    ("Every ward bar one has adopted the form.", "in_progress"),
    ("All teams but two have been trained.", "in_progress"),
    ("With one exception all schools have signed.", "in_progress"),
    ("Staff have been briefed, save for the night team.", "in_progress"),
    ("Each late arrival but two has been seen on the night.", "completed"),
    ("The last but one session was delivered in May.", "completed"),
    # what recurs, and what is coordinated with it
    ("Minutes are checked each week, signed and filed.", "ongoing"),
    ("Records are sampled every quarter and discussed with the managers.", "ongoing"),
    ("The nurse has met with every team once a month and passed on what she heard.", "ongoing"),
    ("Calls are logged. This is now how the desk works.", "ongoing"),
    ("The leaflet is sent every year. Posters were printed and put up.", "completed"),
    # never begun
    ("There has never been a start made on the audit.", "not_started"),
    ("There has not been any training delivered.", "not_started"),
    ("The module was never started.", "not_started"),
    ("Paused until the new contract is let; no work done.", "not_started"),
    ("Delayed; not started.", "not_started"),
    ("Work was paused in May, and has started again.", "in_progress"),
    # a denial of the whole, and a plan in the present
    ("It is not the case that this is complete.", "in_progress"),
    ("It is not true that work has stalled; two sites have signed.", "in_progress"),
    ("Policy part of the action is closed, the briefings go ahead in June.", "in_progress"),
    ("The new form goes live next month.", "not_started"),
    # how the recommendation was received
    ("The Board welcomed this recommendation.", "unknown"),
    ("The recommendation was received by the trust.", "unknown"),
    ("The Board welcomed this recommendation and has published a policy.", "completed"),
    # words of progress that name things
    ("Incomplete forms will be sent back from April.", "not_started"),
    ("Incomplete at present.", "in_progress"),
    ("The supplier has withdrawn, so the half-built page cannot be finished.", "in_progress"),
    ("It is proposed that a paper be brought to the Board.", "not_started"),
    ("Job description rewritten; post filled; induction over.", "completed"),
    ("Since the panel ended the manager has met with each team every month.", "ongoing"),
]


@pytest.mark.parametrize(("text", "value"), SECOND_LOOK, ids=lambda value: str(value)[:40])
def test_sentences_of_harder_kinds(text: str, value: str) -> None:
    assert status_from_text(text).value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("completedFeb14", "completed"),
        ("Closed12/03/15", "completed"),
        ("ongoingMarch 2016", "ongoing"),
        ("On - goin", "ongoing"),
        ("Ongoin", "ongoing"),
        ("In progres", "in_progress"),
        ("Outstandin", "not_started"),
        ("Unmet", "in_progress"),
    ],
)
def test_cells_with_a_lost_letter_or_blank(text: str, value: str) -> None:
    assert status_from_column(text).value == value
    assert status_from_column(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "Not started: the team has been reorganised and its manager will be appointed in June.",
        "Not started. The contractor has been told.",
        "Not yet started – funding agreed.",
        "Work has not commenced; the lead has left.",
    ],
)
def test_what_opens_with_not_started_is_not_started(text: str) -> None:
    assert status_from_text(text).value == "not_started"
