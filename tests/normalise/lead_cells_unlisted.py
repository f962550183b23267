"""Lead cells whose people bear given names that `data/first_names.txt` does not hold.

All people, bodies and places are invented. Each cell: the text as printed (a line break is a line
break of the cell), and its leads as ``(name, post, organisation)``, "" for none. `NO_PEOPLE` has
words in capitals that are no person: what a rule for unknown names must leave alone. `PEOPLE` and
`NO_PEOPLE` were written before the rule, `SECOND` before the rule had seen it.
"""

from __future__ import annotations

Cell = tuple[str, list[tuple[str, str, str]]]

PEOPLE: list[Cell] = [
    # A name and a post, with a mark between.
    ("Thirza Penhale, Service Manager", [("Thirza Penhale", "Service Manager", "")]),
    (
        "Peregrine Oddie - Head of Adult Safeguarding",
        [("Peregrine Oddie", "Head of Adult Safeguarding", "")],
    ),
    ("Refilwe Mokgosi (Named Nurse)", [("Refilwe Mokgosi", "Named Nurse", "")]),
    ("Loveday Trewin – Team Manager", [("Loveday Trewin", "Team Manager", "")]),
    ("Skirmante Balnyte: Practice Lead", [("Skirmante Balnyte", "Practice Lead", "")]),
    (
        "Head of Housing – Xhevdet Bytyqi",
        [("Xhevdet Bytyqi", "Head of Housing", "")],
    ),
    ("Service Manager: Ottoline Frayne", [("Ottoline Frayne", "Service Manager", "")]),
    (
        "Director of Nursing (Boitumelo Sethole)",
        [("Boitumelo Sethole", "Director of Nursing", "")],
    ),
    (
        "Operations Manager, Cosima Wraxall",
        [("Cosima Wraxall", "Operations Manager", "")],
    ),
    (
        "Ardita Krasha, Quality & Compliance Lead",
        [("Ardita Krasha", "Quality & Compliance Lead", "")],
    ),
    # On lines of their own.
    ("Elowen Tregear\nDesignated Nurse", [("Elowen Tregear", "Designated Nurse", "")]),
    (
        "Chukwunonso Eze\nNamed General Practitioner\nSafeguarding",
        [("Chukwunonso Eze", "Named General Practitioner Safeguarding", "")],
    ),
    (
        "Director of Children's Services\nRagnhild Moe",
        [("Ragnhild Moe", "Director of Children's Services", "")],
    ),
    (
        "Piran Nance\nStrategic Lead for\nDomestic Abuse",
        [("Piran Nance", "Strategic Lead for Domestic Abuse", "")],
    ),
    (
        "Gowsika Thavarasa\nDesignated Nurse\n\nTautvydas Gudas\nNamed GP",
        [("Gowsika Thavarasa", "Designated Nurse", ""), ("Tautvydas Gudas", "Named GP", "")],
    ),
    (
        "Service Manager\nIsambard Kettley\nTeam Manager\nZulaikha Mirpuri",
        [("Isambard Kettley", "Service Manager", ""), ("Zulaikha Mirpuri", "Team Manager", "")],
    ),
    (
        "Hephzibah Stroud\nSenior Neighbourhood\nManager",
        [("Hephzibah Stroud", "Senior Neighbourhood Manager", "")],
    ),
    # On one line without a mark, or broken in the middle of a title.
    ("Tamsyn Bosanko Named Nurse", [("Tamsyn Bosanko", "Named Nurse", "")]),
    ("Caradoc Pugh Team Manager", [("Caradoc Pugh", "Team Manager", "")]),
    (
        "Fiammetta Brusco Head of\nCommunity Safety",
        [("Fiammetta Brusco", "Head of Community Safety", "")],
    ),
    ("Service Manager Jowan Kitto", [("Jowan Kitto", "Service Manager", "")]),
    # Ranks.
    ("DI Merryn Laity", [("Merryn Laity", "DI", "")]),
    (
        "Detective Superintendent\nSadhbh Tunney",
        [("Sadhbh Tunney", "Detective Superintendent", "")],
    ),
    (
        "Ch Insp Torvald Rusk - Head of Public Protection",
        [("Torvald Rusk", "Ch Insp, Head of Public Protection", "")],
    ),
    (
        "Sergeant Wynford Tapsell, Community Safety Team",
        [("Wynford Tapsell", "Sergeant, Community Safety Team", "")],
    ),
    ("T/Det Supt Onyedikachi Nwosu", [("Onyedikachi Nwosu", "T/Det Supt", "")]),
    # Lists of people.
    ("Thirza Penhale / Piran Nance", [("Thirza Penhale", "", ""), ("Piran Nance", "", "")]),
    ("Edurne Zabala and Kagiso Tau", [("Edurne Zabala", "", ""), ("Kagiso Tau", "", "")]),
    ("Ngawang Dolkar; Zenovia Manea", [("Ngawang Dolkar", "", ""), ("Zenovia Manea", "", "")]),
    ("Araminta Glyde, Crisostomo Abad", [("Araminta Glyde", "", ""), ("Crisostomo Abad", "", "")]),
    (
        "Luningning Bautista\nPemba Rongong",
        [("Luningning Bautista", "", ""), ("Pemba Rongong", "", "")],
    ),
    (
        "• Oluwadara Bankole\n• Head of Housing",
        [("Oluwadara Bankole", "", ""), ("", "Head of Housing", "")],
    ),
    (
        "1. Ourania Kalli, Matron\n2. Jaskirat Sandhu",
        [("Ourania Kalli", "Matron", ""), ("Jaskirat Sandhu", "", "")],
    ),
    (
        "Muirne Gilsenan (Team Manager)\nBerxwedan Oz (Practice Lead)",
        [("Muirne Gilsenan", "Team Manager", ""), ("Berxwedan Oz", "Practice Lead", "")],
    ),
    ("Helen Tarrant & Lettice Ormsby", [("Helen Tarrant", "", ""), ("Lettice Ormsby", "", "")]),
    (
        "Sevcan Topal / Domestic Abuse Co-ordinator",
        [("Sevcan Topal", "", ""), ("", "Domestic Abuse Co-ordinator", "")],
    ),
    # Forms of names.
    ("Adaugo Okafor-Bright\nMatron", [("Adaugo Okafor-Bright", "Matron", "")]),
    ("Ailbhe O'Fearon, Chief Executive", [("Ailbhe O'Fearon", "Chief Executive", "")]),
    ("Iomhar MacPhail\nService Manager", [("Iomhar MacPhail", "Service Manager", "")]),
    ("Xabier de la Fuente, Manager", [("Xabier de la Fuente", "Manager", "")]),
    ("Hildegard van Rooyen (Matron)", [("Hildegard van Rooyen", "Matron", "")]),
    ("Nkemdilim Grace Uzor, Lead Nurse", [("Nkemdilim Grace Uzor", "Lead Nurse", "")]),
    ("Boleslaw M Wirski, Team Leader", [("Boleslaw M Wirski", "Team Leader", "")]),
    (
        "Bogdanka-Maria Petkova\nHead of Quality",
        [("Bogdanka-Maria Petkova", "Head of Quality", "")],
    ),
    ("TEGAU PRYTHERCH\nHEAD OF HOUSING", [("TEGAU PRYTHERCH", "HEAD OF HOUSING", "")]),
    ("Élodine Garçon, Service Manager", [("Élodine Garçon", "Service Manager", "")]),
    ("Dr Thivya Kandiah, Named GP", [("Dr Thivya Kandiah", "Named GP", "")]),
    # With a body.
    (
        "Nguyet Trinh, Service Manager, Thornby Borough Council",
        [("Nguyet Trinh", "Service Manager", "Thornby Borough Council")],
    ),
    (
        "Eastmarsh Housing Association - Albertina Reis",
        [("Albertina Reis", "", "Eastmarsh Housing Association")],
    ),
    ("Ruksaar Mirza (West Harrow Police)", [("Ruksaar Mirza", "", "West Harrow Police")]),
]

NO_PEOPLE: list[Cell] = [
    ("Kelbrook Ward", [("", "", "Kelbrook Ward")]),
    ("Harbour Project", [("", "", "Harbour Project")]),
    (
        "Thornby Council / Eastmarsh Homes",
        [("", "", "Thornby Council"), ("", "", "Eastmarsh Homes")],
    ),
    ("Brightwater Refuge\nService Manager", [("", "Service Manager", "Brightwater Refuge")]),
    ("Head of Prevention, Safer Thornby", [("", "Head of Prevention", "Safer Thornby")]),
    ("Neighbourhood Manager\nNorth Locality", [("", "Neighbourhood Manager North Locality", "")]),
    ("IRIS Advocate Educator", [("", "IRIS Advocate Educator", "")]),
    ("Non-Executive Director", [("", "Non-Executive Director", "")]),
    ("Victim Care Manager", [("", "Victim Care Manager", "")]),
    ("Lighthouse Centre Manager", [("", "Lighthouse Centre Manager", "")]),
]

SECOND: list[Cell] = [
    ("Cadwgan Treharne Practice Manager", [("Cadwgan Treharne", "Practice Manager", "")]),
    ("Ermintrude Sallow Head of Nursing", [("Ermintrude Sallow", "Head of Nursing", "")]),
    ("Tumelo Dube, Adult Safeguarding Lead", [("Tumelo Dube", "Adult Safeguarding Lead", "")]),
    (
        "Tumelo Dube\nAdult Safeguarding Lead\nEastmarsh NHS Trust",
        [("Tumelo Dube", "Adult Safeguarding Lead", "Eastmarsh NHS Trust")],
    ),
    (
        "Osgood Pimm\n\nRhianedd Puw\nMatron",
        [("Osgood Pimm", "", ""), ("Rhianedd Puw", "Matron", "")],
    ),
    ("Supt Osgood Pimm", [("Osgood Pimm", "Supt", "")]),
    ("PC 4821 Maelgwn Bevan", [("Maelgwn Bevan", "PC 4821", "")]),
    ("Jennelyn Ocampo/Dalisay Reyes", [("Jennelyn Ocampo", "", ""), ("Dalisay Reyes", "", "")]),
    ("Kveta Horakova, Ann Wexley", [("Kveta Horakova", "", ""), ("Ann Wexley", "", "")]),
    ("Sevda Yurt and Rojbin Aslan", [("Sevda Yurt", "", ""), ("Rojbin Aslan", "", "")]),
    ("Shpetim HOXHA, Team Manager", [("Shpetim HOXHA", "Team Manager", "")]),
    ("Wendelina van der Poel\nClinical Lead", [("Wendelina van der Poel", "Clinical Lead", "")]),
    ("Oluwadara A. Bankole - Social Worker", [("Oluwadara A. Bankole", "Social Worker", "")]),
    ("Named Nurse - Aintzane Ugarte", [("Aintzane Ugarte", "Named Nurse", "")]),
    ("Designated Doctor\nBhagyashree Rao", [("Bhagyashree Rao", "Designated Doctor", "")]),
    ("Loveday Rivers (IDVA Manager)", [("Loveday Rivers", "IDVA Manager", "")]),
    ("Mr Piran Nance, Chair", [("Mr Piran Nance", "Chair", "")]),
    (
        "Thorbjorn Lunde\nHead of Children's Social\nCare",
        [("Thorbjorn Lunde", "Head of Children's Social Care", "")],
    ),
    ("Beathag Munro / Head of Housing", [("Beathag Munro", "", ""), ("", "Head of Housing", "")]),
    (
        "Eastmarsh District Council: Kirushan Nathan",
        [("Kirushan Nathan", "", "Eastmarsh District Council")],
    ),
    ("Caldicott Guardian", [("", "Caldicott Guardian", "")]),
    ("White Ribbon Champion", [("", "White Ribbon Champion", "")]),
    ("Operation Encompass Lead", [("", "Operation Encompass Lead", "")]),
    ("Think Family Lead", [("", "Think Family Lead", "")]),
    ("Tower Hamlets Team Manager", [("", "Tower Hamlets Team Manager", "")]),
    ("Bright Futures", [("", "", "Bright Futures")]),
    ("Helen Tarrant, Open Door", [("Helen Tarrant", "", "Open Door")]),
    ("Graded Care Profile Lead", [("", "Graded Care Profile Lead", "")]),
    ("Freedom Programme Facilitator", [("", "Freedom Programme Facilitator", "")]),
    ("Clare's Law Co-ordinator", [("", "Clare's Law Co-ordinator", "")]),
    ("Eastmarsh Locality Manager", [("", "Eastmarsh Locality Manager", "")]),
    ("Harrow Eastside Team Leader", [("", "Harrow Eastside Team Leader", "")]),
    ("Duty Senior Practitioner", [("", "Duty Senior Practitioner", "")]),
    ("Change Grow Live Manager", [("", "Manager", "Change Grow Live")]),
    ("DON", [("", "DON", "")]),
    ("IRIS Lead and MARAC Chair", [("", "IRIS Lead", ""), ("", "MARAC Chair", "")]),
    ("Signs of Safety Lead", [("", "Signs of Safety Lead", "")]),
    ("Red Thread Youth Worker", [("", "Red Thread Youth Worker", "")]),
    ("Band Seven Nurse", [("", "Band Seven Nurse", "")]),
    ("Armed Forces Champion", [("", "Armed Forces Champion", "")]),
]

CELLS = [*PEOPLE, *NO_PEOPLE, *SECOND]
