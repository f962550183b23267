"""Plans for exports, made by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from actionplan.schemas.plan import Action, Lead, Place, Plan, Target
from tests.dataset.plans import plan, target

NASTY = [
    "=HYPERLINK('x') is what the Board should look at before it agrees.",
    'A "quoted" text, with commas; semicolons\\ and\r\na second line, - and dashes.',
    "🙂👩🏽‍⚕️ שלום \u202eright to left, and \x07 too, in one recommendation.",
    "<script>alert(1)</script> [~admin] {code} !https://example.org/x.png! @here",
    "'@ begins with an apostrophe and a sign,\nBEGIN:VEVENT\r\nEND:VCALENDAR",
    "-1+1 _x0041_ is text \u2028 here\u00a0too",
]
LONG = "Ask the Board to look at this once more, " * 1_000


def month(text: str, first: str, last: str) -> Target:
    """A target of a month."""
    return Target(text=text, edtf=first[:7], start=first, end=last, kind="date")


def rich_plan() -> Plan:
    """A plan whose recommendations differ in what their actions have of their own."""
    ann, ben = Lead(post="Head of Care", text="Head of Care"), Lead(name="Ben", text="Ben")
    made = plan("rich", ["Train all staff.", "Review the policy.", "Share what was learnt."])
    tied, plain, bare = made.recommendations
    tied.leads = [ann, ben]
    tied.target = Target(text="31/03/2015 TBC", kind="date")
    tied.actions = [
        Action(number="1", text="Book a course.", leads=[ann], target=target("2015-03-31")),
        Action(number="1.2", text="Send all staff.", target=Target(text="TBC", kind="tbc")),
        Action(text="Report to the Board."),
    ]
    plain.leads = [ann, ben]
    plain.target = month("July 2014", "2014-07-01", "2014-07-31")
    plain.revised_target = Target(
        text="within 6 months", start="2015-01-01", end="2015-01-10", kind="relative"
    )
    plain.actions = [Action(text="Read the policy.")]
    plain.provenance = {"text": [Place(page=4, bbox=(50, 100, 200, 120))]}
    bare.number = None
    bare.target = Target(text="Ongoing", kind="ongoing", ongoing=True)
    return made


def plan_values(folder: Path) -> list[dict[str, Any]]:
    """The plan files of a folder as JSON, by name."""
    return [json.loads(path.read_bytes()) for path in sorted(folder.glob("*.plan.json"))]


def expected(plans: list[dict[str, Any]]) -> list[tuple[dict[str, Any], dict[str, Any], Any]]:
    """Document, recommendation and action (or None) of each row that plans have to give."""
    return [
        (one["document"], record, action)
        for one in plans
        for record in one["recommendations"]
        for action in record["actions"] or [None]
    ]


def due_day(record: dict[str, Any], action: Any) -> str | None:
    """The due day of a row, said once more and in other words than in the code."""
    if any(one["target"] for one in record["actions"]):
        found = [action["target"]] if action else []
    else:
        found = [record["revised_target"], record["target"]]
    days = [one["end"] for one in found if one and one["end"]]
    return days[0] if days else None
