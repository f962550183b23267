"""Facts of a document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from actionplan.normalise.facts import document_facts
from actionplan.schemas.plan import Document
from actionplan.schemas.tables import PageInfo
from tests.normalise.tables import document, line, table


def facts(notes: str = "", *, heading: str = "", furniture: str = "") -> Document:
    """Return the facts of a document with these lines."""
    made = table(("Recommendation", "Lead"), [["Act", "A"]], heading)
    return document_facts(document(made, notes=notes, furniture=furniture), [1])


def test_title_and_partnership_from_the_heading() -> None:
    found = facts(
        heading="Safer Harrowmere Partnership\nDomestic Homicide Review Case No 4\nACTION PLAN\n"
        "Overview Report Recommendations"
    )
    assert found.title == "Domestic Homicide Review Case No 4 ACTION PLAN"
    assert found.partnership == "Safer Harrowmere Partnership"
    assert found.review_type == "Domestic Homicide Review"
    assert found.case == "Case No 4"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Safeguarding Adult Review action plan", "Safeguarding Adults Review"),
        ("SAR action plan", "Safeguarding Adults Review"),
        ("Local Child Safeguarding Practice Review", "Local Child Safeguarding Practice Review"),
        ("Serious Case Review: Child N", "Serious Case Review"),
        ("Action plan in reply to a Regulation 28 report", "Prevention of Future Deaths Response"),
        ("Action plan", None),
        ("Sarcasm in the workplace: action plan", None),
    ],
)
def test_review_type(text: str, kind: str | None) -> None:
    assert facts(text).review_type == kind


@pytest.mark.parametrize(
    ("text", "case"),
    [
        ("Domestic Homicide Review Case No 2", "Case No 2"),
        ("Case reference: HCSP/2016/1", "Case reference: HCSP/2016/1"),
        ("DHR 04 action plan", "DHR 04"),
        ("Rapid Review TSCP/2017/3 action plan", "TSCP/2017/3"),
        ("The case of 3 sisters", None),
        ("Action plan 2016/17", None),
    ],
)
def test_case(text: str, case: str | None) -> None:
    assert facts(text).case == case


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Domestic Homicide Review ‘Hazel’: action plan", "Hazel"),
        ("Domestic Homicide Review 'Hazel': action plan", "Hazel"),
        ("Safeguarding Adults Review - Adult B", "Adult B"),
        ("Review of the care of Mr T", "Mr T"),
        ("Domestic Homicide Review into the death of Maud", "Maud"),
        ("Child Safeguarding Practice Review", None),
        ("Domestic Homicide Review", None),
    ],
)
def test_pseudonym(text: str, name: str | None) -> None:
    assert facts(text).pseudonym == name


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("2nd Version dated 29th May 2014", "2nd Version"),
        ("Action plan v1.2", "v1.2"),
        ("Version 4.1", "Version 4.1"),
        ("Final draft", "Final draft"),
        ("Action plan", None),
    ],
)
def test_version(text: str, version: str | None) -> None:
    assert facts(text).version == version


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2nd Version dated 29th May 2014", "2014-05-29"),
        ("Action Plan Submitted 05 November 2019", "2019-11-05"),
        ("Last updated: 12/03/2015", "2015-03-12"),
        ("November 2016", "2016-11"),
        ("The review looked at the year before May 2014 and found much.", None),
        ("", None),
    ],
)
def test_date(text: str, edtf: str | None) -> None:
    date = facts(text).date
    assert (date.edtf if date else None) == edtf


@pytest.mark.parametrize(
    ("text", "marking"),
    [
        ("OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE"),
        ("Classification: Official", "Official"),
        (
            "Executive Summary – Confidential – Not to be Photocopied or Circulated",
            "Confidential – Not to be Photocopied or Circulated",
        ),
        ("Staff kept the files confidential and the official record was short.", None),
    ],
)
def test_marking_of_a_running_line(text: str, marking: str | None) -> None:
    assert facts(furniture=text).marking == marking


def test_running_line_of_a_single_page_counts() -> None:
    made = document(table(("Recommendation", "Lead"), [["Act", "A"]]))
    made.unassigned = [line("Version 3", y=570.0, page=9)]
    made.pages.append(PageInfo(9, 842.0, 595.0))
    assert document_facts(made, [1]).version == "Version 3"


def test_chapter_heading_is_no_part_of_the_title() -> None:
    found = facts(
        "Safeguarding Adults Review 'Maud'\nExecutive Summary and Action Plan",
        heading="4. Action plan",
    )
    assert found.title == "Safeguarding Adults Review 'Maud' Executive Summary and Action Plan"


def test_title_of_the_file_only_if_it_says_something() -> None:
    made = document(table(("Recommendation", "Lead"), [["Act", "A"]]))
    made.title = "Microsoft Word - plan final.doc"
    assert document_facts(made, [1]).title is None
    made.title = "Learning from the review of support"
    assert document_facts(made, [1]).title == "Learning from the review of support"


def test_nothing_is_invented() -> None:
    found = facts("Some text about nothing in particular.")
    values = [
        found.title,
        found.partnership,
        found.review_type,
        found.case,
        found.pseudonym,
        found.version,
        found.date,
        found.marking,
    ]
    assert values == [None] * 8
    assert found.id == "sha256:" + "0" * 64


def test_the_cover_of_a_long_report() -> None:
    found = facts(
        notes="Harrowmere Community Safety Partnership\nDomestic Homicide Review\n"
        "Overview Report into the death of ‘Rosalind’, who\ndied in May 2017\n"
        "Independent chair and author: Tom Quill\nReport completed: 14 September 2018\n"
        "Case reference: DHR 07\nContents\n1. Introduction ...... 3\n9. Recommendations ...... 41"
    )
    assert found.title == (
        "Domestic Homicide Review Overview Report into the death of ‘Rosalind’, who "
        "died in May 2017"
    )
    assert (found.pseudonym, found.case) == ("Rosalind", "DHR 07")
    assert found.date is not None
    assert found.date.edtf == "2018-09-14"


COVERS: dict[str, tuple[str, dict[str, Any]]] = {
    "a title over many lines": (
        "NORTHMOOR SAFEGUARDING ADULTS BOARD\nSAFEGUARDING ADULTS REVIEW\nconcerning\nMRS K\n"
        "who died in March 2018\nMULTI-AGENCY ACTION PLAN\nIndependent author: Tom Quill",
        {
            "title": "SAFEGUARDING ADULTS REVIEW concerning MRS K who died in March 2018 "
            "MULTI-AGENCY ACTION PLAN",
            "partnership": "NORTHMOOR SAFEGUARDING ADULTS BOARD",
            "review_type": "Safeguarding Adults Review",
            "pseudonym": "MRS K",
            "date": None,
            "dates": [("death", "2018-03")],
        },
    ),
    "a draft, dated": (
        "Safer Calder Partnership\nDomestic Homicide Review\nReport into the death of ‘Anna’\n"
        "Version 0.3 DRAFT\n12th June 2019",
        {
            "title": "Domestic Homicide Review Report into the death of ‘Anna’",
            "version": "Version 0.3 DRAFT",
            "pseudonym": "Anna",
            "date": "2019-06-12",
        },
    ),
    "several dates": (
        "Eastmere Community Safety Partnership\nDomestic Homicide Review: Action Plan\n"
        "Date of death: 4th May 2017\nReport completed: 14 September 2018\n"
        "Approved by the Board on 2 October 2018\nSubmitted to the Home Office: 5 November 2018\n"
        "Published: March 2019\nAction plan last updated 3/7/2020\nNext review date: January 2021",
        {
            "date": "2020-07-03",
            "dates": [
                ("death", "2017-05-04"),
                ("report", "2018-09-14"),
                ("approved", "2018-10-02"),
                ("submitted", "2018-11-05"),
                ("published", "2019-03"),
                ("updated", "2020-07-03"),
                ("review", "2021-01"),
            ],
        },
    ),
    "the period": (
        "Harrowmere Safeguarding Children Partnership\n"
        "Local Child Safeguarding Practice Review: Child Q\n"
        "Period under review: 1 January 2015 to 4 May 2017",
        {
            "review_type": "Local Child Safeguarding Practice Review",
            "pseudonym": "Child Q",
            "period": "2015-01-01/2017-05-04",
            "date": None,
        },
    ),
    "the period in words": (
        "SAR Action Plan\nThe timeframe of the review is from June 2012 until March 2014.",
        {"period": "2012-06/2014-03", "date": None},
    ),
    "a name over two lines": (
        "Northmoor and East Calder\nCommunity Safety Partnership\nDHR 5 Action Plan",
        {"partnership": "Northmoor and East Calder Community Safety Partnership", "case": "DHR 5"},
    ),
    "prose is no fact": (
        "Domestic Homicide Review\nA draft of this report was read by the family.\n"
        "The panel met five times, the last time on 4 May 2018, and agreed the report.\n"
        "Version control was kept by the council.",
        {"version": None, "date": None, "dates": [], "period": None},
    ),
    "a homicide in mental health care": (
        "Independent investigation into the care and treatment of Mr T\nAction plan\n"
        "StEIS 2016/2203",
        {
            "review_type": "Mental Health Homicide Review",
            "pseudonym": "Mr T",
            "case": "2016/2203",
        },
    ),
    "a plan after an inspection": (
        "HMP Ferrow\nAction plan in response to the HM Inspectorate of Prisons report\n"
        "Unannounced inspection 17-28 January 2019\nDate published: 6 June 2019",
        {"review_type": "Inspection", "date": "2019-06-06", "dates": [("published", "2019-06-06")]},
    ),
    "a reply to a coroner": (
        "Response to a Regulation 28 Report to Prevent Future Deaths\nTouching the death of Maud\n"
        "Dated 3 March 2020",
        {
            "review_type": "Prevention of Future Deaths Response",
            "pseudonym": "Maud",
            "date": "2020-03-03",
        },
    ),
    "a death without a pseudonym": (
        "Domestic Homicide Review into the death of a woman in August 2016\nAction Plan",
        {"pseudonym": None, "dates": [("death", "2016-08")], "date": None},
    ),
    "capitals throughout": (
        "SAFER CALDER PARTNERSHIP\nDOMESTIC HOMICIDE REVIEW\nIN RESPECT OF THE DEATH OF ADULT A\n"
        "IN JUNE 2015\nACTION PLAN (VERSION 2 – FEBRUARY 2021)\nTom Quill",
        {
            "title": "DOMESTIC HOMICIDE REVIEW IN RESPECT OF THE DEATH OF ADULT A IN JUNE 2015 "
            "ACTION PLAN (VERSION 2 – FEBRUARY 2021)",
            "partnership": "SAFER CALDER PARTNERSHIP",
            "pseudonym": "ADULT A",
            "version": "VERSION 2",
            "date": "2021-02",
            "dates": [("death", "2015-06"), ("plan", "2021-02")],
        },
    ),
    "a Welsh review": (
        "Action Plan following the Child Practice Review: NCRSB 3/2018\n"
        "North Calder Regional Safeguarding Board\nDate of Board approval: 4 July 2018",
        {
            "review_type": "Child Practice Review",
            "case": "NCRSB 3/2018",
            "partnership": "North Calder Regional Safeguarding Board",
            "dates": [("approved", "2018-07-04")],
        },
    ),
    "an age behind the name": (
        "Overview Report of the Domestic Homicide Review\ninto the death of Kate (aged 34)\n"
        "Died: March 2016\nThis report covers the period from 1 January 2012 to 3 March 2016",
        {
            "title": "Overview Report of the Domestic Homicide Review into the death of Kate "
            "(aged 34)",
            "pseudonym": "Kate",
            "dates": [("death", "2016-03")],
            "period": "2012-01-01/2016-03-03",
        },
    ),
    "a mother is no name": (
        "Serious Case Review into the death of Mother (aged 34)\nAction Plan (as of 31/10/2015)",
        {"pseudonym": None, "date": "2015-10-31"},
    ),
    "review dates are not the plan's": (
        "Serious Case Review Action Plan\nReview date: March 2015\nDate of birth: 3 May 2010",
        {"date": None, "dates": [("review", "2015-03")]},
    ),
}


@pytest.mark.parametrize("name", COVERS)
def test_a_cover(name: str) -> None:
    notes, expected = COVERS[name]
    found = facts(notes)
    told = {
        "title": found.title,
        "partnership": found.partnership,
        "review_type": found.review_type,
        "case": found.case,
        "pseudonym": found.pseudonym,
        "version": found.version,
        "date": found.date.edtf if found.date else None,
        "dates": [(one.role, one.edtf) for one in found.dates],
        "period": found.review_period.edtf if found.review_period else None,
    }
    assert {key: told[key] for key in expected} == expected


def control(*rows: Sequence[str], headers: Sequence[str] = ("", "")) -> Document:
    """Return the facts of a document with a table of document control before its plan."""
    first = table(headers, rows)
    first.columns = first.columns if any(headers) else []
    plan = table(
        ("Recommendation", "Lead"), [["Act", "A"]], "Domestic Homicide Review: Action Plan"
    )
    return document_facts(document(first, plan), [1])


def test_a_table_of_document_control() -> None:
    found = control(
        ("Title", "Domestic Homicide Review ‘Hazel’: Action Plan"),
        ("Version", "0.4 (draft)"),
        ("Date", "3 May 2019"),
        ("Author", "Ann Marlow"),
        ("Classification", "OFFICIAL-SENSITIVE"),
        ("Date of next review", "May 2020"),
    )
    assert found.version == "Version 0.4 (draft)"
    assert found.date is not None
    assert found.date.edtf == "2019-05-03"
    assert [one.role for one in found.dates] == ["plan", "review"]
    assert (found.marking, found.pseudonym) == ("OFFICIAL-SENSITIVE", "Hazel")


def test_of_a_history_of_versions_the_last_counts() -> None:
    found = control(
        ("0.1", "3 May 2019", "Ann Marlow", "First draft"),
        ("0.2", "9 June 2019", "Ann Marlow", "Comments of the panel"),
        ("1.0", "1 July 2019", "Ben Tye", "Agreed by the Board"),
        headers=("Version", "Date", "Author", "Changes"),
    )
    assert found.version == "Version 1.0"
    assert found.date is not None
    assert found.date.edtf == "2019-07-01"


def test_cells_of_the_plan_tell_no_facts() -> None:
    plan = table(
        ("Recommendation", "Date", "Version"),
        [["Act", "3 May 2019", "2"], ["Go on", "9 June 2019", "3"]],
    )
    found = document_facts(document(plan), [1])
    assert (found.date, found.version, found.dates) == (None, None, [])
