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

CELLS = [*POSTS]
