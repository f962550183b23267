"""Cells for the tests of leads and agencies: text with line breaks to lines with geometry.

``LEADS`` and ``AGENCIES`` are hand-made tables. Every place, body and person in them is invented.
A line break is ``\\n``, a blank line ``\\n\\n``. The tables were written before the reader.
"""

from __future__ import annotations

from actionplan.schemas.tables import Line

SIZE = 10.0
PITCH = 12.2
CHAR = 5.0


def cell(text: str, *, page: int = 1, top: float = 100.0) -> list[Line]:
    """Lines of a cell: one per printed line of `text`, a blank line moves the next one down."""
    lines: list[Line] = []
    y = top
    for raw in text.split("\n"):
        if raw.strip():
            first = raw.split()[0]
            box = (100.0, y, 100.0 + CHAR * len(raw), y + SIZE)
            lines.append(Line(raw, page, box, size=SIZE, first_width=CHAR * len(first)))
        y += PITCH
    return lines


Triple = tuple[str | None, str | None, str | None]


def n(name: str, post: str | None = None, organisation: str | None = None) -> Triple:
    """A person."""
    return (name, post, organisation)


def p(post: str, organisation: str | None = None) -> Triple:
    """A post."""
    return (None, post, organisation)


def o(organisation: str) -> Triple:
    """A body."""
    return (None, None, organisation)


# (cell, leads, text that is no lead)
LEADS: list[tuple[str, list[Triple], str]] = [
    # posts alone
    ("Det Supt HQ PVP", [p("Det Supt HQ PVP")], ""),
    ("Det Supt Head of PPU", [p("Det Supt Head of PPU")], ""),
    ("Ch Supt  Territorial Policing\n(joint command).", [p("Ch Supt Territorial Policing (joint command)")], ""),
    ("Chief Supt Safety &\nJustice", [p("Chief Supt Safety & Justice")], ""),
    ("Head of Patient Safety", [p("Head of Patient Safety")], ""),
    ("Director of Compliance and Assurance", [p("Director of Compliance and Assurance")], ""),
    ("All agency leads", [p("All agency leads")], ""),
    ("DPH", [p("DPH")], ""),
    ("Deputy Director of Nursing\n/ Director of Mental Health", [p("Deputy Director of Nursing"), p("Director of Mental Health")], ""),
    ("Clinical Lead A&E", [p("Clinical Lead A&E")], ""),
    ("MARAC Coordinator", [p("MARAC Coordinator")], ""),
    ("Named Nurse for\nSafeguarding Children", [p("Named Nurse for Safeguarding Children")], ""),
    ("Head of service, adult safeguarding", [p("Head of service, adult safeguarding")], ""),
    ("Service manager", [p("Service manager")], ""),
    ("Safeguarding leads in each trust", [p("Safeguarding leads in each trust")], ""),
    ("Independent Chair of the Board", [p("Independent Chair of the Board")], ""),
    ("Chief Executive", [p("Chief Executive")], ""),
    ("Domestic Abuse Co-ordinator", [p("Domestic Abuse Co-ordinator")], ""),
    ("Assistant Director, Quality, Safety and Experience", [p("Assistant Director, Quality, Safety and Experience")], ""),
    ("Head of Housing; Head of Community Safety", [p("Head of Housing"), p("Head of Community Safety")], ""),
    ("Head of Housing and Head of Legal Services", [p("Head of Housing"), p("Head of Legal Services")], ""),
    ("DCI Public Protection", [p("DCI Public Protection")], ""),
    ("T/Det Ch Insp Vulnerability", [p("T/Det Ch Insp Vulnerability")], ""),
    # rank or post before a name
    ("Ch Supt McAllory", [n("McAllory", "Ch Supt")], ""),
    ("Sergeant Lowick, Community Safety Team", [n("Lowick", "Sergeant, Community Safety Team")], ""),
    ("DI Priya Raman", [n("Priya Raman", "DI")], ""),
    ("Detective Superintendent\nOwen Garrity", [n("Owen Garrity", "Detective Superintendent")], ""),
    ("Supt Hartle - Head of Public Protection", [n("Hartle", "Supt, Head of Public Protection")], ""),
    ("Head of Housing – Wojciech Zielinski", [n("Wojciech Zielinski", "Head of Housing")], ""),
    ("Service Manager: Ifeoma Obi", [n("Ifeoma Obi", "Service Manager")], ""),
    ("Director of Nursing\nGwen Prosser", [n("Gwen Prosser", "Director of Nursing")], ""),
    ("A/Insp D. Quayle", [n("D. Quayle", "A/Insp")], ""),
    # name, then post on the following lines
    ("Martin Oakes\nNamed General Practitioner\nSafeguarding", [n("Martin Oakes", "Named General Practitioner Safeguarding")], ""),
    ("Martin Oakes Named\nGeneral Practitioner", [n("Martin Oakes", "Named General Practitioner")], ""),
    ("Helen Tarrant\nDesignated Nurse\n\nMartin Oakes\nNamed General Practitioner", [n("Helen Tarrant", "Designated Nurse"), n("Martin Oakes", "Named General Practitioner")], ""),
    ("Helen Tarrant\nDesignated Nurse\nMartin Oakes Named\nGeneral Practitioner\nSafeguarding", [n("Helen Tarrant", "Designated Nurse"), n("Martin Oakes", "Named General Practitioner Safeguarding")], ""),
    ("Kate Hollis\n\nRuth Ferris\nExecutive Nurse Quality and\nPatient Safety", [n("Kate Hollis"), n("Ruth Ferris", "Executive Nurse Quality and Patient Safety")], ""),
    ("Nora Finch\nMatron\nAcute Medical Department\nHRI AND Kelbrook\nMIU\nHarrowmere Royal\nHospital", [n("Nora Finch", "Matron Acute Medical Department", "HRI AND Kelbrook MIU Harrowmere Royal Hospital")], ""),
    ("Dan Whitlow\nEstate Manager\nLead on DA\n\nMeg Sorrel\nSenior Neighbourhood\nManager", [n("Dan Whitlow", "Estate Manager Lead on DA"), n("Meg Sorrel", "Senior Neighbourhood Manager")], ""),
    ("Abdul Karim Chowdhury\nConsultant Psychiatrist", [n("Abdul Karim Chowdhury", "Consultant Psychiatrist")], ""),
    ("Siobhan O'Rourke\nStrategic Lead for Early Help", [n("Siobhan O'Rourke", "Strategic Lead for Early Help")], ""),
    ("Oluwaseun Adeyemi-Cole\nHead of Adult Safeguarding", [n("Oluwaseun Adeyemi-Cole", "Head of Adult Safeguarding")], ""),
    # one line
    ("Tess Marlow - Service Manager", [n("Tess Marlow", "Service Manager")], ""),
    ("Tess Marlow – Service\nManager", [n("Tess Marlow", "Service Manager")], ""),
    ("Rosa Jennet (Clinical\nDirector A&E)", [n("Rosa Jennet", "Clinical Director A&E")], ""),
    ("Liam Postgate, Patient Safety & Complaints Lead\nHarrowmere NHS Trust", [n("Liam Postgate", "Patient Safety & Complaints Lead", "Harrowmere NHS Trust")], ""),
    ("Yasmin Akhtar, Team Manager, Adult Mental Health", [n("Yasmin Akhtar", "Team Manager, Adult Mental Health")], ""),
    ("Yasmin Akhtar Team Manager", [n("Yasmin Akhtar", "Team Manager")], ""),
    ("J Pemberton, Head of Legal", [n("J Pemberton", "Head of Legal")], ""),
    ("Dr S. Banerjee - Named GP", [n("Dr S. Banerjee", "Named GP")], ""),
    ("Cllr Joan Appleyard", [n("Cllr Joan Appleyard")], ""),
    ("Mrs Thwaite (Headteacher)", [n("Mrs Thwaite", "Headteacher")], ""),
    ("Sister Bernard, Ward 7", [n("Sister Bernard", "Ward 7")], ""),
    ("Prof. Alan Creasey, Medical Director", [n("Prof. Alan Creasey", "Medical Director")], ""),
    ("Rev Tom Askew", [n("Rev Tom Askew")], ""),
    ("CLARE HUDSWELL\nHEAD OF HOUSING", [n("CLARE HUDSWELL", "HEAD OF HOUSING")], ""),
    ("MM (Mental Health Law Manager)", [n("MM", "Mental Health Law Manager")], ""),
    ("KT;MP;HM", [n("KT"), n("MP"), n("HM")], ""),
    # several people
    ("Amy Rushby / Alison\nCharlwood", [n("Amy Rushby"), n("Alison Charlwood")], ""),
    ("Jon Sharrow/ Steve\nSandal", [n("Jon Sharrow"), n("Steve Sandal")], ""),
    ("Steve Sandal/Local\ncommissioners", [n("Steve Sandal"), o("Local commissioners")], ""),
    ("Amy Rushby and Alison Charlwood", [n("Amy Rushby"), n("Alison Charlwood")], ""),
    ("Amy Rushby & Dev Patel", [n("Amy Rushby"), n("Dev Patel")], ""),
    ("Amy Rushby, Dev Patel", [n("Amy Rushby"), n("Dev Patel")], ""),
    ("Amy Rushby\nDev Patel", [n("Amy Rushby"), n("Dev Patel")], ""),
    ("Amy Rushby (Team Manager)\nDev Patel (Practice Lead)", [n("Amy Rushby", "Team Manager"), n("Dev Patel", "Practice Lead")], ""),
    ("1. Amy Rushby\n2. Dev Patel, Practice Lead", [n("Amy Rushby"), n("Dev Patel", "Practice Lead")], ""),
    ("• Amy Rushby\n• Head of Housing", [n("Amy Rushby"), p("Head of Housing")], ""),
    ("Service Manager\nJane Orrell\nTeam Manager\nTom Hulme", [n("Jane Orrell", "Service Manager"), n("Tom Hulme", "Team Manager")], ""),
    # bodies
    ("Eastmarsh Home Group /\nStrategic Coordinator", [o("Eastmarsh Home Group"), p("Strategic Coordinator")], ""),
    ("West Harrow Police", [o("West Harrow Police")], ""),
    ("CCG Head of Safeguarding", [p("Head of Safeguarding", "CCG")], ""),
    ("Head of Safeguarding, Harrowmere CCG", [p("Head of Safeguarding", "Harrowmere CCG")], ""),
    ("Adult Social Care", [o("Adult Social Care")], ""),
    ("Harrowmere Borough\nCouncil", [o("Harrowmere Borough Council")], ""),
    ("Harrowmere Borough Council - Sam Iredale", [n("Sam Iredale", None, "Harrowmere Borough Council")], ""),
    ("West Harrow Police: Det Supt Orla Keane", [n("Orla Keane", "Det Supt", "West Harrow Police")], ""),
    ("DCI Beth Arkle, Public Protection Unit, West Harrow Police", [n("Beth Arkle", "DCI, Public Protection Unit", "West Harrow Police")], ""),
    ("Task and Finish Group (HMcC)", [n("HMcC", None, "Task and Finish Group")], ""),
    ("Kelbrook Women’s Aid\nWest Harrow Police", [o("Kelbrook Women’s Aid"), o("West Harrow Police")], ""),
    ("Safeguarding Adults Board", [o("Safeguarding Adults Board")], ""),
    # nothing, doubt, prose
    ("TBC", [], ""),
    ("N/A", [], ""),
    ("-", [], ""),
    ("Redacted", [], ""),
    ("Designated Nurse (vacant)", [p("Designated Nurse")], ""),
    ("Lead: Fiona Stubbs", [n("Fiona Stubbs")], ""),
    ("Fiona Stubbs\nfiona.stubbs@example.org", [n("Fiona Stubbs")], ""),
    (
        "Procedures now include a\nclause asking staff to seek\nother premises where the\nclient will feel comfortable.\n\nAction completed 1st April\n2013",
        [],
        "Procedures now include a clause asking staff to seek other premises where the client will feel comfortable. Action completed 1st April 2013",
    ),
    (
        "Fiona Stubbs\nTeam Manager\n\nThis was shared with all\nteams and is monitored at\nsupervision.",
        [n("Fiona Stubbs", "Team Manager")],
        "This was shared with all teams and is monitored at supervision.",
    ),
    ("Briefing to be sent to all managers by the end of June.", [], "Briefing to be sent to all managers by the end of June."),
    ("March 2014", [], "March 2014"),
]

# A second table, written after the reader was set on the first.
MORE_LEADS: list[tuple[str, list[Triple], str]] = [
    ("Det. Supt. K. Orme", [n("K. Orme", "Det. Supt")], ""),
    ("PC Lyndon", [n("Lyndon", "PC")], ""),
    ("Acting Detective Inspector\nRhodri Pugh\nMissing Persons Unit", [n("Rhodri Pugh", "Acting Detective Inspector, Missing Persons Unit")], ""),
    ("Assistant Chief Constable", [p("Assistant Chief Constable")], ""),
    ("ACC Crime", [p("ACC Crime")], ""),
    ("Force lead for domestic abuse", [p("Force lead for domestic abuse")], ""),
    ("Safeguarding Lead", [p("Safeguarding Lead")], ""),
    ("Adult Social Care Team Manager", [p("Adult Social Care Team Manager")], ""),
    ("Head of Nursing (Emergency Care)", [p("Head of Nursing (Emergency Care)")], ""),
    ("Business Manager, Harrowmere Safeguarding\nAdults Board", [p("Business Manager", "Harrowmere Safeguarding Adults Board")], ""),
    ("Business Manager for the Safeguarding Board", [p("Business Manager for the Safeguarding Board")], ""),
    ("Chair of the Community Safety Partnership", [p("Chair of the Community Safety Partnership")], ""),
    ("GP Practice Manager", [p("GP Practice Manager")], ""),
    ("IDVA Service Manager", [p("IDVA Service Manager")], ""),
    ("Caldicott Guardian", [p("Caldicott Guardian")], ""),
    ("Principal Social Worker", [p("Principal Social Worker")], ""),
    ("Deputy Chief Nurse/Head of Safeguarding", [p("Deputy Chief Nurse"), p("Head of Safeguarding")], ""),
    ("Senior Probation Officer", [p("Senior Probation Officer")], ""),
    ("Zainab Qureshi", [n("Zainab Qureshi")], ""),
    ("Nkechi Okonkwo\nLead Nurse\nChild Protection", [n("Nkechi Okonkwo", "Lead Nurse Child Protection")], ""),
    ("Bogdan Ionescu-Petrescu (Housing Options Manager)", [n("Bogdan Ionescu-Petrescu", "Housing Options Manager")], ""),
    ("Thi Mai Nguyen, Designated Doctor", [n("Thi Mai Nguyen", "Designated Doctor")], ""),
    ("Dame Hester Vane", [n("Dame Hester Vane")], ""),
    ("Ms P Sandhu\nPolicy Officer", [n("Ms P Sandhu", "Policy Officer")], ""),
    ("Mr J. St. Clair", [n("Mr J. St. Clair")], ""),
    ("Harriet van der Meer, Solicitor", [n("Harriet van der Meer", "Solicitor")], ""),
    ("Grace Ward", [n("Grace Ward")], ""),
    ("Faith Marshall – Service Lead", [n("Faith Marshall", "Service Lead")], ""),
    ("Will Head\nTeam Leader", [n("Will Head", "Team Leader")], ""),
    ("Mark Nurse", [n("Mark Nurse")], ""),
    ("Joyce Temple/Ade Bankole", [n("Joyce Temple"), n("Ade Bankole")], ""),
    ("Joyce Temple, Ade Bankole and Sian Rees", [n("Joyce Temple"), n("Ade Bankole"), n("Sian Rees")], ""),
    ("Joyce Temple – Police\nAde Bankole – Probation", [n("Joyce Temple", None, "Police"), n("Ade Bankole", None, "Probation")], ""),
    ("Police – Joyce Temple\nHealth – Ade Bankole", [n("Joyce Temple", None, "Police"), n("Ade Bankole", None, "Health")], ""),
    ("Joyce Temple (Thornby Borough Council)", [n("Joyce Temple", None, "Thornby Borough Council")], ""),
    ("Joyce Temple, Service Manager, Thornby Borough Council", [n("Joyce Temple", "Service Manager", "Thornby Borough Council")], ""),
    ("Joyce Temple\nService Manager\nThornby Borough\nCouncil", [n("Joyce Temple", "Service Manager", "Thornby Borough Council")], ""),
    ("Joyce Temple\nHead of Midwifery\n\nAde Bankole\nHead of Legal Services\n\nSian Rees", [n("Joyce Temple", "Head of Midwifery"), n("Ade Bankole", "Head of Legal Services"), n("Sian Rees")], ""),
    ("JT / AB", [n("JT"), n("AB")], ""),
    ("LSCB Business Manager", [p("LSCB Business Manager")], ""),
    ("MARAC Steering Group", [o("MARAC Steering Group")], ""),
    ("Thornby Women's Aid / Kelbrook Refuge", [o("Thornby Women's Aid"), o("Kelbrook Refuge")], ""),
    ("All agencies", [o("All agencies")], ""),
    ("Partner agencies", [o("Partner agencies")], ""),
    ("Harrowmere CCG\nDesignated Nurse", [p("Designated Nurse", "Harrowmere CCG")], ""),
    ("Harrowmere NHS Foundation Trust Director of Nursing", [p("Director of Nursing", "Harrowmere NHS Foundation Trust")], ""),
    ("Director of Public Health (DPH)", [p("Director of Public Health (DPH)")], ""),
    ("Patient Safety Team", [o("Patient Safety Team")], ""),
    ("Harrowmere Royal", [o("Harrowmere Royal")], ""),
    ("Lead Officer: Joyce Temple\nSupport: Ade Bankole", [n("Joyce Temple"), n("Ade Bankole")], ""),
    ("Joyce Temple - 01632 960001", [n("Joyce Temple")], ""),
    ("To be confirmed", [], ""),
    ("Team Manager (TBC)", [p("Team Manager")], ""),
    ("The Board has asked for a report and it will be shared at the next meeting.", [], "The Board has asked for a report and it will be shared at the next meeting."),
    ("All managers have been reminded of the policy.", [], "All managers have been reminded of the policy."),
    ("Joyce Temple has circulated the new form to staff.", [], "Joyce Temple has circulated the new form to staff."),
    ("Ongoing", [], "Ongoing"),
]

# (cell, names, text that is no agency)
AGENCIES: list[tuple[str, list[str], str]] = [
    ("West Harrow Police", ["West Harrow Police"], ""),
    ("    West Harrow Police ", ["West Harrow Police"], ""),
    ("South Harrowmere\nCommunity Safety\nPartnership", ["South Harrowmere Community Safety Partnership"], ""),
    ("South Harrowmere Community Safety\nPartnership", ["South Harrowmere Community Safety Partnership"], ""),
    ("Harrowmere Acute Hospital\nTrust", ["Harrowmere Acute Hospital Trust"], ""),
    ("Responsible Authorities within\nthe Community Safety\nPartnership", ["Responsible Authorities within the Community Safety Partnership"], ""),
    ("• West Harrow Police\n• Kelbrook Women’s Aid", ["West Harrow Police", "Kelbrook Women’s Aid"], ""),
    ("West Harrow Police\n\nHarrowmere Borough\nCouncil", ["West Harrow Police", "Harrowmere Borough Council"], ""),
    ("Police / Probation / CCG", ["Police", "Probation", "CCG"], ""),
    ("Police; Adult Social Care; Housing", ["Police", "Adult Social Care", "Housing"], ""),
    ("West Harrow Police, Harrowmere CCG and Kelbrook Women's Aid", ["West Harrow Police", "Harrowmere CCG", "Kelbrook Women's Aid"], ""),
    ("Children's Services and Education", ["Children's Services and Education"], ""),
    ("West Harrow Police and Harrowmere Borough Council", ["West Harrow Police", "Harrowmere Borough Council"], ""),
    ("Avon and Somerset Constabulary", ["Avon and Somerset Constabulary"], ""),
    ("Eastmarsh and Kelbrook NHS Foundation Trust", ["Eastmarsh and Kelbrook NHS Foundation Trust"], ""),
    ("All agencies", ["All agencies"], ""),
    ("West Harrow Police\nHarrowmere Borough Council", ["West Harrow Police", "Harrowmere Borough Council"], ""),
    ("Thornby\nHousing\nAssociation", ["Thornby Housing Association"], ""),
    ("Pathways North", ["Pathways North"], ""),
    ("Police.", ["Police"], ""),
    ("NHS Harrowmere and Thornby Integrated Care Board", ["NHS Harrowmere and Thornby Integrated Care Board"], ""),
    ("1. West Harrow Police\n2. CCG", ["West Harrow Police", "CCG"], ""),
    ("Safeguarding Adults Board (SAB)", ["Safeguarding Adults Board (SAB)"], ""),
    ("TBC", [], ""),
    ("The policy should be reviewed and all staff should be told of it.", [], "The policy should be reviewed and all staff should be told of it."),
    ("West Harrow Police\n\nThe policy should be reviewed\nand shared with all staff.", ["West Harrow Police"], "The policy should be reviewed and shared with all staff."),
]

BODIES: list[str] = [
    "West Harrow Police",
    "West Harrow police",
    "Responsible Authorities within the Community Safety Partnership",
    "The Responsible Authorities within Community Safety Partnership",
    "All agencies",
    "All partner agencies",
    "CCG",
    "CCGs",
    "Adult Social Care",
    "Children's Services and Education",
    "Children’s Social Care",
    "South Harrowmere Safety Community Partnership",
    "Kelbrook Women’s Aid",
    "Thornby Community Housing",
    "Harrowmere Borough Council Housing Department",
    "NHS England",
    "Harrowmere Royal Hospital",
    "National Probation Service",
    "Probation",
    "Police",
    "Home Office",
    "Safer Harrowmere Partnership",
    "Police and Crime Commissioner",
    "GP practices",
    "Harrowmere MARAC Steering Group",
    "Harrowmere LSCB",
    "West Harrow Police / Harrowmere Borough Council",
]

NOT_BODIES: list[str] = [
    "Police to review policy",
    "Review the policy",
    "Training",
    "West Harrow Police to brief all officers",
    "Ensure that all agencies share information",
    "Share learning with the Community Safety Partnership",
    "Develop a multi-agency group",
    "Update the Safeguarding Adults Board",
    "Domestic Abuse Training Programme",
    "Awareness raising",
    "Audit of case files",
    "Policy to be revised by the Trust",
    "Letter to the Council",
    "Staff briefing",
    "Meeting with Police",
    "",
    "Referral pathway",
    "Refresh Safeguarding Training",
    "1. Police to review policy",
    "July 2014",
]

HEADINGS: list[tuple[str, str | None]] = [
    ("Agency: West Harrow Police", "West Harrow Police"),
    ("Agency: West Harrow police", "West Harrow police"),
    ("Agency : KLM Route to Change", "KLM Route to Change"),
    ("Eastmarsh Housing Association recommendations", "Eastmarsh Housing Association"),
    ("Recommendations for Children's Services", "Children's Services"),
    ("IMR Action Plan - Harrowmere NHS Trust", "Harrowmere NHS Trust"),
    ("West Harrow Police – IMR Recommendations", "West Harrow Police"),
    ("Individual Management Review: Harrowmere Borough Council", "Harrowmere Borough Council"),
    ("Single Agency Action Plan: Kelbrook Women’s Aid", "Kelbrook Women’s Aid"),
    ("3. Harrowmere CCG", "Harrowmere CCG"),
    ("Appendix B: West Harrow Police Action Plan", "West Harrow Police"),
    ("Overview Report Recommendations", None),
    ("Single Agency Recommendations", None),
    ("Multi-agency recommendations", None),
    ("ACTION PLAN", None),
    ("South Harrowmere Community Safety Partnership Domestic Homicide Review Case No 2 ACTION PLAN", None),
    ("Recommendations", None),
    ("Theme 2 - Training and awareness", None),
]
