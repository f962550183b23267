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
    (
        "Director of\nAdult Social\nCare and\nHousing",
        [("", "Director of Adult Social Care and Housing", "")],
    ),
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
        "Assistant\nDirector\nChildren's\nServices\nHead of\nHousing",
        [("", "Assistant Director Children's Services", ""), ("", "Head of Housing", "")],
    ),
    (
        "Named Nurse,\nKelbrook\nCommunity Health",
        [("", "Named Nurse", "Kelbrook Community Health")],
    ),
]

BODIES: list[Cell] = [
    ("Deputy Manager, Heron\nHouse", [("", "Deputy Manager, Heron House", "")]),
    ("Deputy Manager, Heron\nCare Home", [("", "Deputy Manager", "Heron Care Home")]),
    ("Governor, HMP/YOI Kelmouth", [("", "Governor", "HMP/YOI Kelmouth")]),
    ("HMP Kelmouth Head of Safety", [("", "Head of Safety", "HMP Kelmouth")]),
    ("Lecturer, University of Kelmouth", [("", "Lecturer", "University of Kelmouth")]),
    ("Joyce House, Team Manager", [("Joyce House", "Team Manager", "")]),
    (
        "Health & Justice\nCommissioner, NHS\nEngland",
        [("", "Health & Justice Commissioner", "NHS England")],
    ),
    ("Police and Head of Housing", [("", "", "Police"), ("", "Head of Housing", "")]),
    (
        "Head of Midwifery\nJoyce Temple\n(Named Midwife)",
        [("", "Head of Midwifery", ""), ("Joyce Temple", "Named Midwife", "")],
    ),
    (
        "Dr Thirza Court -\nDesignated Professional\nfor Safeguarding Adults",
        [("Dr Thirza Court", "Designated Professional for Safeguarding Adults", "")],
    ),
]

SHORT_FORMS: list[Cell] = [
    ("Principal OT", [("", "Principal OT", "")]),
    ("Clinical Director, ED", [("", "Clinical Director, ED", "")]),
    ("Ed Marlow, Team Manager", [("Ed Marlow", "Team Manager", "")]),
    ("Ward Manager, MAU / Matron, ICU", [("", "Ward Manager, MAU", ""), ("", "Matron, ICU", "")]),
    ("KT; MP; HV", [("KT", "", ""), ("MP", "", ""), ("HV", "", "")]),
    (
        "Fallowmere\nCC\nPrincipal\nSocial\nWorker",
        [("", "Principal Social Worker", "Fallowmere CC")],
    ),
    ("CC Marlow", [("Marlow", "CC", "")]),
    ("Chair / Partnership\nManager", [("", "Chair", ""), ("", "Partnership Manager", "")]),
]

TWO_LINES: list[Cell] = [
    ("Lead\nLiaison\nNurse", [("", "Lead Liaison Nurse", "")]),
    (
        "Safeguarding\nLead\nService Manager",
        [("", "Safeguarding Lead", ""), ("", "Service Manager", "")],
    ),
    ("Ch Supt\nLowick\nACO Probation", [("Lowick", "Ch Supt", ""), ("", "ACO Probation", "")]),
    (
        "Matron,\nEmergency\nDepartment\nCh Insp\nOperations",
        [("", "Matron, Emergency Department", ""), ("", "Ch Insp Operations", "")],
    ),
    ("Chair of\nMARAC\nSteering\nGroup", [("", "Chair of MARAC Steering Group", "")]),
    (
        "Deputy Chief\nNurse, Royal\nKelmouth\nHospital",
        [("", "Deputy Chief Nurse", "Royal Kelmouth Hospital")],
    ),
    (
        "Safeguarding\nManager, Three\nRivers\nAmbulance",
        [("", "Safeguarding Manager", "Three Rivers Ambulance")],
    ),
    (
        "Prevention\nManager,\nKelmouth Fire\nand Rescue",
        [("", "Prevention Manager", "Kelmouth Fire and Rescue")],
    ),
]

COLLECTIVE: list[Cell] = [
    ("Designated leads' network", [("", "", "Designated leads' network")]),
    ("Designated leads’ forum", [("", "", "Designated leads’ forum")]),
    ("QA sub-group", [("", "", "QA sub-group")]),
    ("Board Manager / Healthwatch", [("", "Board Manager", ""), ("", "", "Healthwatch")]),
    ("Manager, Healthwatch Kelmouth", [("", "Manager", "Healthwatch Kelmouth")]),
    ("Local Area Contact", [("", "Local Area Contact", "")]),
    (
        "Team Manager,\nSpecialist\nPlacements",
        [("", "Team Manager, Specialist Placements", "")],
    ),
    ("Community Connector", [("", "Community Connector", "")]),
]

ONE_BODY: list[Cell] = [
    ("NHS Kelmouth\nCCG", [("", "", "NHS Kelmouth CCG")]),
    ("NHS Kelmouth\nICB", [("", "", "NHS Kelmouth ICB")]),
    (
        "NHS\nHarrowmere\nCCG\nDesignated\nNurse",
        [("", "Designated Nurse", "NHS Harrowmere CCG")],
    ),
    ("Quality\nAssurance\nSubgroup", [("", "", "Quality Assurance Subgroup")]),
    ("Policy\nand\nPractice\nSubgroup", [("", "", "Policy and Practice Subgroup")]),
    (
        "Communications\nTask and Finish\nGroup",
        [("", "", "Communications Task and Finish Group")],
    ),
    (
        "Safeguarding Lead,\nNorth Weald\nAmbulance Service\nNHS Trust",
        [("", "Safeguarding Lead", "North Weald Ambulance Service NHS Trust")],
    ),
    (
        "Named Doctor, West Kelmouth\nCommunity NHS\nFoundation Trust",
        [("", "Named Doctor", "West Kelmouth Community NHS Foundation Trust")],
    ),
    (
        "Principal Social Worker\n\nMCA Lead, Thirza Vale\nHospitals NHS\nFoundation Trust",
        [
            ("", "Principal Social Worker", ""),
            ("", "MCA Lead", "Thirza Vale Hospitals NHS Foundation Trust"),
        ],
    ),
    (
        "Kelmouth\nConstabulary\nNational\nProbation\nService",
        [("", "", "Kelmouth Constabulary"), ("", "", "National Probation Service")],
    ),
]

NO_PERSON: list[Cell] = [
    ("Consultant\nNurse, Dual\nDiagnosis", [("", "Consultant Nurse, Dual Diagnosis", "")]),
    ("Matron, Acute Frailty", [("", "Matron, Acute Frailty", "")]),
    ("Lead Nurse, Paediatric\nOncopsychology", [("", "Lead Nurse, Paediatric Oncopsychology", "")]),
    ("Consultant, Rare\nHepatitis", [("", "Consultant, Rare Hepatitis", "")]),
    ("Team Manager,\nJowan Kitto", [("Jowan Kitto", "Team Manager", "")]),
    (
        "Service\nManager,\nAssessment\nNamed\nMidwife",
        [("", "Service Manager, Assessment", ""), ("", "Named Midwife", "")],
    ),
]

ANY_WIDTH: list[Cell] = [
    (
        "Kelmouth Hospitals NHS Foundation Trust",
        [("", "", "Kelmouth Hospitals NHS Foundation Trust")],
    ),
    (
        "Chair of the Safeguarding Adults Board",
        [("", "Chair of the Safeguarding Adults Board", "")],
    ),
    (
        "Adult Social Care Commissioning Manager",
        [("", "Adult Social Care Commissioning Manager", "")],
    ),
    ("Dr Helen Court, Named GP", [("Dr Helen Court", "Named GP", "")]),
    (
        "Head of Safeguarding, NHS Kelmouth CCG",
        [("", "Head of Safeguarding", "NHS Kelmouth CCG")],
    ),
    (
        "Independent Chair, Kelmouth Safeguarding Children Partnership",
        [("", "Independent Chair, Kelmouth Safeguarding Children Partnership", "")],
    ),
    (
        "Helen Tarrant, Service Manager, Thornby Borough Council",
        [("Helen Tarrant", "Service Manager", "Thornby Borough Council")],
    ),
    (
        "Safeguarding Lead, South Weald Ambulance Service NHS Trust",
        [("", "Safeguarding Lead", "South Weald Ambulance Service NHS Trust")],
    ),
]

CELLS = [*POSTS, *WRAPPED, *BODIES, *SHORT_FORMS, *TWO_LINES, *COLLECTIVE, *ONE_BODY, *NO_PERSON]
