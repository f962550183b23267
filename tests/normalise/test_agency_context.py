"""Who a name is: the document's own definitions, its area, the bodies it names, its spellings."""

from __future__ import annotations

from textwrap import wrap

import pytest

from actionplan.normalise.agencies import AgencyContext, make_agency, read_agencies
from actionplan.normalise.agency_context import area_texts
from actionplan.normalise.agency_gazetteer import bodies
from actionplan.normalise.interpret import interpret
from tests.normalise.lead_cells import cell
from tests.normalise.tables import document, table

NOTHING = AgencyContext.build([])
NAMED = [body.name for body in bodies() if body.proper]


@pytest.mark.parametrize(
    ("text", "short", "long_form"),
    [
        ("the Crossfield Recovery Initiative (CRI) of Thornby", "CRI",
         "Crossfield Recovery Initiative"),
        ('Harrowmere Police ("HP") attended', "HP", "Harrowmere Police"),
        ("Harrowmere Police (hereafter HP) attended", "HP", "Harrowmere Police"),
        ("Harrowmere Homes (HH or “the Landlord”)", "HH", "Harrowmere Homes"),
        ("Harrowmere Homes (HH or “the Landlord”)", "the Landlord", "Harrowmere Homes"),
        ("Harrowmere Homes, known as HH", "HH", "Harrowmere Homes"),
        ("Tarnwick Women’s Aid, referred to in this report as TWA", "TWA", "Tarnwick Women’s Aid"),
        ("HH – Harrowmere Homes", "HH", "Harrowmere Homes"),
        ("HH: Harrowmere Homes", "HH", "Harrowmere Homes"),
        ("HH (Harrowmere Homes)", "HH", "Harrowmere Homes"),
        ("HH stands for Harrowmere Homes.", "HH", "Harrowmere Homes"),
        ("Harrowmere Homes (HH)", "H.H.", "Harrowmere Homes"),
        ("Harrowmere Community Safety Partnership (the Partnership)", "The Partnership",
         "Harrowmere Community Safety Partnership"),
        ("Harrowmere Police (the Force)", "the force", "Harrowmere Police"),
        ("Tarnwick Partnership NHS Trust (TPT)", "TPT", "Tarnwick Partnership NHS Trust"),
        ("Harrowmere CSP (HCSP)", "HCSP", "Harrowmere CSP"),
        ("Harrowmere Adult Services (AS)", "AS", "Harrowmere Adult Services"),
        ("The Rowan Project (Rowan) runs a group", "Rowan", "The Rowan Project"),
    ],
)  # fmt: skip
def test_definition(text: str, short: str, long_form: str) -> None:
    agency = make_agency(short, AgencyContext.build([text]))
    assert (agency.name, agency.canonical) == (short, long_form)


@pytest.mark.parametrize(
    "text",
    ["Harrowmere Police (and partners)", "The Review Panel (five people) met in Thornby (TBC)"],
)
def test_no_definition(text: str) -> None:
    assert AgencyContext.build([text]).definitions == {}


def test_a_short_form_of_two_bodies_stays_open() -> None:
    text = "Harrowmere County Council (HCC) and Hexley City Council (HCC)"
    assert make_agency("HCC", AgencyContext.build([text])).canonical is None


def test_a_table_of_abbreviations_defines() -> None:
    plan_table = table(
        ("Recommendation", "Action", "Lead agency", "Target date"),
        [
            ("1. Review how adults at risk are found.", "Write a procedure.", "TWA", "May 2024"),
            ("2. Name a worker for each adult.", "Name a worker.", "TWA", "June 2024"),
        ],
        "Action plan",
    )
    short_forms = table(("Abbreviation", "Meaning"), [("TWA", "Tarnwick Women's Aid")])
    plan = interpret(document(plan_table, short_forms))
    (agency,) = plan.recommendations[0].agencies
    assert (agency.name, agency.canonical) == ("TWA", "Tarnwick Women's Aid")


@pytest.mark.parametrize(
    ("area", "name", "canonical"),
    [
        ("West Midlands", "WMP", "West Midlands Police"),
        ("Domestic homicide review: Worcestershire", "WMP", "West Mercia Police"),
        ("Suffolk", "the Constabulary", "Suffolk Constabulary"),
        ("Safer Devon Partnership", "Police", "Devon and Cornwall Police"),
        ("Lincolnshire", "LCC", "Lincolnshire County Council"),
        ("Norfolk", "NCC", "Norfolk County Council"),
        ("Newcastle upon Tyne", "NCC", "Newcastle City Council"),
        ("Cornwall", "ICB", "NHS Cornwall and the Isles of Scilly Integrated Care Board"),
        ("London Borough of Lewisham", "LBL", "London Borough of Lewisham"),
        ("", "WMP", None),
        ("", "NCC", None),
        ("", "CCG", None),
        ("", "Police", None),
        ("Wexcombe", "Police", None),
    ],
)
def test_area_settles(area: str, name: str, canonical: str | None) -> None:
    (span,) = read_agencies(cell(name), AgencyContext.build([], [area])).agencies
    assert span.agency.canonical == canonical


@pytest.mark.parametrize(
    ("text", "name", "canonical"),
    [
        ("Officers of Harrowmere Police attended.", "Police", "Harrowmere Police"),
        ("Officers of Harrowmere Police and Wexcombe Police attended.", "Police", None),
        ("Harrowmere Safeguarding Adults Board met.", "SAB",
         "Harrowmere Safeguarding Adults Board"),
        ("NHS Harrowmere CCG commissioned it.", "the CCG", "NHS Harrowmere CCG"),
        ("NHS Harrowmere CCG commissioned it.", "CCGs", None),
        ("Harrowmere Community Homes let the flat.", "HCH", "Harrowmere Community Homes"),
    ],
)  # fmt: skip
def test_bodies_that_the_document_names_settle(text: str, name: str, canonical: str | None) -> None:
    assert make_agency(name, AgencyContext.build([text])).canonical == canonical


@pytest.mark.parametrize(
    ("name", "kind", "canonical"),
    [
        ("Adult Social Care, Leeds City Council", "council_department", "Leeds City Council"),
        ("Housing Options (Ipswich Borough Council)", "council_department",
         "Ipswich Borough Council"),
        ("Leeds City Council Children's Services", "council_department", "Leeds City Council"),
        ("Kent Police (Public Protection)", "police", "Kent Police"),
        ("Police (Kent)", "police", "Kent Police"),
        ("Torbay Council (ASC)", "council_department", "Torbay Council"),
        ("tarnwick csp", "partnership", None),
        ("Freedom from Harm", "charity", None),
        ("Kelmouth Tenants' Co-op", "housing", None),
        ("Royal College of Psychiatrists", "national", "Royal College of Psychiatrists"),
        ("Tarnwick College of Further Education", "education", None),
        ("Tarnwick Fire and Rescue Service", "fire", None),
        ("Harrowmere Council Adult Social Care", "council_department", None),
    ],
)  # fmt: skip
def test_parts_of_a_body(name: str, kind: str, canonical: str | None) -> None:
    (span,) = read_agencies(cell(name), NOTHING).agencies
    assert (span.agency.type, span.agency.canonical) == (kind, canonical)


def test_kinds_without_single_bodies_are_no_doubt() -> None:
    assert read_agencies(cell("Adult Social Care"), NOTHING).issues == ()
    (issue,) = read_agencies(cell("CCG"), NOTHING).issues
    assert issue.code == "agency-ambiguous"


def test_titles_and_front_lines_tell_the_area() -> None:
    front = ["Safer Harrowmere Partnership", "He was seen in Hexley.", "Overview plan " * 20]
    assert area_texts(["Action plan"], front) == ["Action plan", "Safer Harrowmere Partnership"]


@pytest.mark.parametrize("width", [9, 14, 20, 30])
def test_each_known_body_is_one_at_any_width(width: int) -> None:
    split = []
    for name in NAMED[width :: 2 * width]:
        lines = wrap(name, width, break_long_words=False, break_on_hyphens=False)
        read = [
            span.agency.name for span in read_agencies(cell("\n".join(lines)), NOTHING).agencies
        ]
        split += [read] * (read != [name])
    assert split == []


OTHERS = [
    "Harrowmere Council", "Tarnwick Homes", "Wexcombe Women's Aid", "Harrowmere CCG",
    "Harrowmere and Tarnwick Safeguarding Adults Board", "Probation", "GP practices",
    "HMP Kelmouth", "Tarnwick University Hospitals NHS Foundation Trust",
]  # fmt: skip


@pytest.mark.parametrize("joint", [", ", "; ", " / ", "/", ", and ", " with ", " + ", " (lead), "])
@pytest.mark.parametrize("width", [16, 24, 60])
def test_two_bodies_with_any_joint(joint: str, width: int) -> None:
    wrong = []
    for at, second in enumerate(OTHERS):
        first = NAMED[(at * 97 + width) % len(NAMED)]
        text = f"{first}{joint}{second}"
        lines = wrap(text, width, break_long_words=False, break_on_hyphens=False)
        read = [
            span.agency.name for span in read_agencies(cell("\n".join(lines)), NOTHING).agencies
        ]
        wrong += [(text, read)] * (read != [first, second])
    assert wrong == []
