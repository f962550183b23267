"""Cells of narrow lead columns, and job titles of many services. Every name is invented.

Each entry: text with its line breaks as printed, and the leads as (name, post, organisation).
"""

from __future__ import annotations

Cell = tuple[str, list[tuple[str, str, str]]]

POSTS: list[Cell] = [
    (
        "Independent\nScrutineer\nMASH Team\nManager",
        [("", "Independent Scrutineer", ""), ("", "MASH Team Manager", "")],
    ),
    ("Independent\nScrutineer", [("", "Independent Scrutineer", "")]),
    ("CNIO", [("", "CNIO", "")]),
    (
        "Named\nProfessional\nSafeguarding\nAdults",
        [("", "Named Professional Safeguarding Adults", "")],
    ),
    (
        "Dr Helen Court -\nDesignated Professional\nfor Safeguarding Adults",
        [("Dr Helen Court", "Designated Professional for Safeguarding Adults", "")],
    ),
    (
        "Cllr Jo\nTemple\n(Portfolio\nHolder)\nDesignated\nNurse",
        [("Cllr Jo Temple", "Portfolio Holder", ""), ("", "Designated Nurse", "")],
    ),
    ("Kerry Marsh, CCIO", [("Kerry Marsh", "CCIO", "")]),
    ("SENCO / Headteacher", [("", "SENCO", ""), ("", "Headteacher", "")]),
    ("Nominated\nIndividual", [("", "Nominated Individual", "")]),
    ("Single Point of\nContact", [("", "Single Point of Contact", "")]),
    ("Allied Health\nProfessionals", [("", "Allied Health Professionals", "")]),
    ("PCSO Hartle", [("Hartle", "PCSO", "")]),
    ("Professional Standards Department", [("", "", "Professional Standards Department")]),
]

WRAPPED: list[Cell] = [
    (
        "DCI Simon\nVaughan, Public\nProtection\nCommand",
        [("Simon Vaughan", "DCI, Public Protection Command", "")],
    ),
    ("Dr Helen\nVaughan,\nNamed GP", [("Dr Helen Vaughan", "Named GP", "")]),
    (
        "Dr Helen\nVaughan\nDr Joyce\nTemple",
        [("Dr Helen Vaughan", "", ""), ("Dr Joyce Temple", "", "")],
    ),
    ("DS Kelly\nSimon", [("Kelly Simon", "DS", "")]),
    ("DC Hartle\nDC Simon", [("Hartle", "DC", ""), ("Simon", "DC", "")]),
    ("Joyce Temple\n– Service\nManager", [("Joyce Temple", "Service Manager", "")]),
    ("- Joyce Temple\n- Simon Hart", [("Joyce Temple", "", ""), ("Simon Hart", "", "")]),
    (
        "Principal Social\nWorker;\nDesignated\nNurse Adults",
        [("", "Principal Social Worker", ""), ("", "Designated Nurse Adults", "")],
    ),
    (
        "Joyce Temple\nAssociate\nDirector of\nNursing",
        [("Joyce Temple", "Associate Director of Nursing", "")],
    ),
    (
        "Head of Patient\nSafety and the\nFamily Liaison\nOfficer",
        [("", "Head of Patient Safety", ""), ("", "Family Liaison Officer", "")],
    ),
    (
        "Sister Joyce\nTemple,\nA&E\nSafeguarding\nLead",
        [("Sister Joyce Temple", "A&E Safeguarding Lead", "")],
    ),
    ("DI Simon\nWilk, Criminal\nJustice Dept", [("Simon Wilk", "DI, Criminal Justice Dept", "")]),
    ("Simon Hart (HR)", [("Simon Hart", "HR", "")]),
    (
        "Simon Hart /\nPublic Health\nCommissioning\nManager",
        [("Simon Hart", "", ""), ("", "Public Health Commissioning Manager", "")],
    ),
    (
        "Named Nurse,\nKelbrook\nCommunity Health",
        [("", "Named Nurse", "Kelbrook Community Health")],
    ),
]

CELLS = [*POSTS, *WRAPPED]
