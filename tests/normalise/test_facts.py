"""Facts of a document."""

from __future__ import annotations

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
