"""Unseen spellings of names, and names that must not be taken for others."""

from __future__ import annotations

import pytest

from actionplan.normalise.agency_forms import full_words
from actionplan.normalise.agency_gazetteer import bodies
from actionplan.normalise.agency_match import council_of, match
from actionplan.normalise.agency_typing import right_kind, right_words

SAME = {
    "police:kent": [
        "Kent Constabulary",
        "KENT POLICE",
        "Police (Kent)",
        "Chief Constable of Kent",
        "Chief Constable, Kent Police",
        "Kent Police (KP)",
        "Kent Police Force",
    ],
    "police:devon-and-cornwall": ["Cornwall & Devon Police", "Devon Cornwall Police"],
    "police:metropolitan": ["The Met", "Metropolitian Police", "Met. Police"],
    "police:merseyside": ["Mersey side Police"],
    "police:west-mercia": ["Westmercia Police"],
    "police:south-yorkshire": ["South Yorks Polcie"],
    "police:staffordshire": ["Stafford Police"],
    "police:gloucestershire": ["Glostershire Constabulary"],
    "police:gwent": ["Gwent Police / Heddlu Gwent"],
    "nhs_trust:leeds-teaching-hospitals": [
        "Leeds Teaching Hospitals",
        "Leeds Teaching Hospital NHS Trust",
        "Teaching Hospitals Leeds NHS Trust",
        "LTHT NHS Trust",
        "Leeds Teaching Hospitals NHS Trust LTHT",
    ],
    "nhs_trust:oxleas": ["Oxleas N.H.S F.T", "Oxleas NHSFT"],
    "nhs_trust:nottinghamshire-healthcare": ["Nottingham Healthcare NHS Trust"],
    "nhs_trust:tees-esk-and-wear-valleys": [
        "Tees, Esk & Wear Valley Trust",
        "Tees Esk Wear Valleys",
    ],
    "nhs_trust:kent-and-medway-partnership": ["Kent & Medway NHS Trust"],
    "nhs_trust:hywel-dda": ["Hywell Dda UHB"],
    "nhs_commissioner:bedfordshire-luton-and-milton-keynes-icb": ["Beds, Luton & MK ICB"],
    "nhs_trust:betsi-cadwaladr": ["Betsi Cadwaladr UHB (BCUHB)", "Betsi Cadwalader Health Board"],
    "nhs_trust:east-of-england-ambulance": ["East of England Amb. Service"],
    "nhs_trust:coventry-and-warwickshire-partnership": ["Coventry and Warwickshire Partnership"],
    "nhs_commissioner:cornwall-and-isles-of-scilly-icb": [
        "Cornwall Integrated Care Board",
        "NHS Cornwall & the Isles of Scilly I.C.B.",
    ],
    "nhs_commissioner:herefordshire-and-worcestershire-icb": ["Hereford and Worcester ICB"],
    "nhs_commissioner:hull-ccg": ["Hull Clinical Commission Group (CCG)"],
    "nhs_commissioner:trafford-pct": ["NHS Trafford Primary Care Trust"],
    "council:kent-county": ["County Council of Kent", "Kent CC", "Kent county counsel"],
    "council:lambeth": ["LB of Lambeth", "Lambeth London Borough", "LBC Lambeth"],
    "council:trafford": ["Trafford Borough", "Trafford County Council"],
    "council:leeds": ["Council of the City of Leeds"],
    "council:ipswich": ["Ipswitch Borough Council"],
    "prison:styal": ["H.M.P. and YOI Styal", "HM Prison & YOI Styal", "Governor of HMP Styal"],
    "prison:deerbolt": ["HM Young Offenders Institution Deerbolt", "Governor, Deerbolt"],
    "probation:essex-crc": ["The Essex Community Rehabilitation Company Ltd"],
    "fire:avon": ["Avon Fire & Rescue", "Avon Fire Brigade"],
    "national:cps": ["Crown Prosecution Serivce", "Crown Prosecution Services"],
    "national:cqc": ["Care Quality Comission", "Commission for Care Quality"],
    "national:nhs-england": ["NHS England North West", "NHS England (South)"],
    "probation:nps": ["NPS North East Division", "National Probation Service, London"],
    "charity:barnardos": ["Barnado's"],
    "nhs_trust:salisbury": ["Salisbury NHS Foundation Trst"],
    "nhs_trust:hammersmith-hospitals": ["Hammersmith Hospitals NHS Trust"],
    "nhs_commissioner:bradford-district-and-craven-ccg": ["NHS Bradford CCG"],
    "nhs_commissioner:ccg": ["Clincal Commissioning Group"],
}


@pytest.mark.parametrize(
    ("name", "body"), [(name, body) for body, names in SAME.items() for name in names]
)
def test_spelling(name: str, body: str) -> None:
    assert [found.id for found in match(name)] == [body]


@pytest.mark.parametrize(
    "name",
    [
        "Kelmouth Police",
        "East Kent Police",
        "Devon and Somerset Police",
        "Norfolk and Suffolk Constabulary",
        "Nottingham County Council",
        "Lincoln County Council",
        "Sheffield NHS Trust",
        "Coventry and Warwickshire NHS Trust",
        "Hertford County Hospital",
        "Birmingham Hospital",
        "Devon Partnership",
        "Berkshire ICB",
        "Yorkshire ICB",
        "Central and South CCG",
        "Dorset Policy",
        "NHS Newark",
        "London Probation Service",
        "Greater Manchester NHS Area Team",
        "Governor of Kelmouth",
        "Mental Health NHS Trust",
        "University Hospitals",
        "Police to write to Kent County Council about the letter that they sent to them in May",
        "Polce",
        "",
    ],
)
def test_no_body(name: str) -> None:
    assert match(name) == ()


def test_places_and_directions_are_never_slips_of_others() -> None:
    """Each proper body's name, with a direction before it, names no other body by guessing."""
    for body in bodies("police"):
        for direction in ("North", "South", "East", "West", "Upper", "New"):
            found = match(f"{direction} {body.name}")
            assert all(one.name.startswith(direction) for one in found), body.name


def test_each_name_is_its_own_body() -> None:
    for body in bodies():
        for name in (body.name, *body.aliases):
            assert body in match(name) or match(name)[0].type != body.type


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("Kent Adult Social Care", "council:kent-county"),
        ("Social Services, Leeds", "council:leeds"),
        ("Nottingham Children's Services", "council:nottingham"),
        ("Public Health for the Isle of Wight", "council:isle-of-wight"),
        ("Ipswich Housing", "council:ipswich"),
        ("Ipswich Adult Social Care", None),
        ("Kelmouth Adult Social Care", None),
        ("Adult Social Care", None),
    ],
)
def test_department_and_place(name: str, body: str | None) -> None:
    found = council_of(name)
    assert (found and found.id) == body


def test_words_in_full() -> None:
    assert full_words("St. Wilfra's Univ. Hosps. NHS FT") == [
        *("st", "wilfra", "university", "hospital", "nhs", "foundation", "trust")
    ]
    assert full_words("a " * 30) == []


@pytest.mark.parametrize(
    ("printed", "right"),
    [
        ("kent polcie", ["kent police"]),
        ("leedscity council", ["leeds city council"]),
        ("mersey care", ["mersey care"]),
        ("notting ham council", ["nottingham council"]),
        ("hywell dda", ["hewell dda", "hywel dda"]),
        ("hertford council", []),
        ("kelmouth council", []),
    ],
)
def test_slips_of_typing(printed: str, right: list[str]) -> None:
    assert sorted(" ".join(words) for words in right_words(printed.split())) == right


@pytest.mark.parametrize(
    ("printed", "right"),
    [
        ("Kelmouth Polcie", "Kelmouth Police"),
        ("Kelmouth Housing Assocation", "Kelmouth Housing Association"),
        ("Kelmouth Borough Coucil", "Kelmouth Borough Council"),
        ("Kelmouth Policy Board", "Kelmouth Policy Board"),
        ("Tarnwick Holmes", "Tarnwick Holmes"),
    ],
)
def test_slips_in_words_of_kinds(printed: str, right: str) -> None:
    assert right_kind(printed) == right
