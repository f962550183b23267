"""Lead cells that measure the trained model by itself, written by hand. Everything is invented.

No name, post or body below stands in a generated cell as a whole (a test looks). Each entry: text
with its line breaks as printed, and what the model should mark, in order.
"""

from __future__ import annotations

Marked = tuple[str, list[tuple[str, str]]]

CELLS: list[Marked] = [
    ("Orla Brandreth", [("PERSON", "Orla Brandreth")]),
    ("T. Ollerenshaw", [("PERSON", "T. Ollerenshaw")]),
    ("Quarmby, Lucian", [("PERSON", "Quarmby, Lucian")]),
    ("Revd Tobiah Fennimore", [("PERSON", "Revd Tobiah Fennimore")]),
    ("Harbour Dues Caseworker", [("POST", "Harbour Dues Caseworker")]),
    ("Deputy Lead, Harm\nReduction", [("POST", "Deputy Lead, Harm Reduction")]),
    (
        "Head of Gatehouse and\nReception Services",
        [("POST", "Head of Gatehouse and Reception Services")],
    ),
    ("Det Supt Harbour\nPolicing", [("POST", "Det Supt Harbour Policing")]),
    ("D/Insp Wragby", [("POST", "D/Insp"), ("PERSON", "Wragby")]),
    ("PC 4417 Ilse Varnham", [("POST", "PC 4417"), ("PERSON", "Ilse Varnham")]),
    (
        "Temp Ch Supt Lorne Achterberg-Hill,\nOperation Lantern",
        [
            ("POST", "Temp Ch Supt"),
            ("PERSON", "Lorne Achterberg-Hill"),
            ("UNIT", "Operation Lantern"),
        ],
    ),
    (
        "Mairwen Tregaskis\nCounter Fraud\nManager",
        [("PERSON", "Mairwen Tregaskis"), ("POST", "Counter Fraud Manager")],
    ),
    (
        "Obadiah Quince\nHead of Tenancy Fraud\nGullscombe Homes",
        [
            ("PERSON", "Obadiah Quince"),
            ("POST", "Head of Tenancy Fraud"),
            ("ORG", "Gullscombe Homes"),
        ],
    ),
    (
        "Keziah Lomond – Dementia\nPathway Nurse",
        [("PERSON", "Keziah Lomond"), ("POST", "Dementia Pathway Nurse")],
    ),
    (
        "Anselm Roake, Cemeteries Officer",
        [("PERSON", "Anselm Roake"), ("POST", "Cemeteries Officer")],
    ),
    (
        "Damaris Oyelowo (Library Services\nManager)",
        [("PERSON", "Damaris Oyelowo"), ("POST", "Library Services Manager")],
    ),
    (
        "Zebedee Marl Ambulance\nControl Manager",
        [("PERSON", "Zebedee Marl"), ("POST", "Ambulance Control Manager")],
    ),
    (
        "Parks Ranger: Jolyon Tice",
        [("POST", "Parks Ranger"), ("PERSON", "Jolyon Tice")],
    ),
    (
        "Chief Librarian\nHestia Vane",
        [("POST", "Chief Librarian"), ("PERSON", "Hestia Vane")],
    ),
    (
        "Ismene Calder / Rafe\nDunmore",
        [("PERSON", "Ismene Calder"), ("PERSON", "Rafe Dunmore")],
    ),
    (
        "Cosmo Hale and Ines Barrow",
        [("PERSON", "Cosmo Hale"), ("PERSON", "Ines Barrow")],
    ),
    (
        "Head of Ferries; Head of Bridges",
        [("POST", "Head of Ferries"), ("POST", "Head of Bridges")],
    ),
    ("QZ; VX; UQ", [("PERSON", "QZ"), ("PERSON", "VX"), ("PERSON", "UQ")]),
    ("Ullthorpe Constabulary", [("ORG", "Ullthorpe Constabulary")]),
    ("NHS Gristhwaite\nIntegrated Care Board", [("ORG", "NHS Gristhwaite Integrated Care Board")]),
    (
        "Estates Strategy\nSub-group",
        [("ORG", "Estates Strategy Sub-group")],
    ),
    (
        "Ullthorpe Council / Bailiff\nManager",
        [("ORG", "Ullthorpe Council"), ("POST", "Bailiff Manager")],
    ),
    (
        "Lettings Manager, Gullscombe\nHousing Association",
        [("POST", "Lettings Manager"), ("ORG", "Gullscombe Housing Association")],
    ),
    (
        "Thora Finlay\nDeputy Bursar\n\nEwart Pym\nSports Coach Lead",
        [
            ("PERSON", "Thora Finlay"),
            ("POST", "Deputy Bursar"),
            ("PERSON", "Ewart Pym"),
            ("POST", "Sports Coach Lead"),
        ],
    ),
    ("All harbour wardens", [("POST", "All harbour wardens")]),
    ("The leaflet was printed in\nMay and sent to every library.", []),
    ("Awaiting a reply from the\ncontractor about the new doors.", []),
    ("TBC", []),
]
