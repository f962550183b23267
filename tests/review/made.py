"""Output folders for tests of the review desk: invented plans, and samples converted once."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from actionplan.review.desk import Desk
from actionplan.review.model import RecordView
from actionplan.schemas.plan import (
    Action,
    Agency,
    Issue,
    Lead,
    Place,
    Plan,
    SectionColumn,
    Status,
    Target,
    Update,
)
from tests.conftest import ROOT
from tests.dataset.plans import plan, write

CUT_ROWS = ROOT / "samples" / "harrowmere-five-columns.pdf"
"""A sample whose rows go over pages; of two of its page breaks the second begins a row."""

TEXTS = (
    "Train all staff in the new policy.",
    "Review the way in which calls are logged.",
    "Publish what was learnt from the review.",
    "Ask carers what they need and tell them what is offered.",
)


def made_plan(name: str = "marlow") -> Plan:
    """A plan of four recommendations; the second is the most doubtful, the third unsure."""
    made = plan(name, TEXTS, {"title": f"Plan of {name}"})
    made.sections[0].columns = [SectionColumn(header="Action", field="action")]
    first, second, third, _ = made.recommendations
    first.leads = [Lead(name="Ann Marlow", post="Head of Care", text="Ann Marlow, Head of Care")]
    first.agencies = [Agency(name="HC", canonical="Harrowmere Council", id="x:hc", type="council")]
    first.target = Target(
        text="March 2014", edtf="2014-03", start="2014-03-01", end="2014-03-31", kind="date"
    )
    first.actions = [
        Action(number="1", text="Book a course."),
        Action(number="2", text="Tell all."),
    ]
    first.updates = [
        Update(label=None, text="It was booked. Sergeant Dunn leads."),
        Update(label="May 2014", text="It was held."),
    ]
    first.status = Status(value="completed", basis="text", text="It was held.")
    first.provenance = {
        "text": [Place(page=1, bbox=(10, 10, 100, 40)), Place(page=2, bbox=(10, 10, 100, 20))],
        "leads": [Place(page=1, bbox=(110, 10, 160, 20))],
        "updates": [Place(page=2, bbox=(170, 10, 220, 40))],
    }
    first.cells = [["1", TEXTS[0], "Ann Marlow, Head of Care"]]
    second.issues = [Issue(code="join-doubtful", field="text", message="It may be two.")]
    second.confidence = 0.8
    second.provenance = {"text": [Place(page=2, bbox=(10, 50, 100, 90))]}
    third.issues = [Issue(code="lead-doubtful", field="leads", message="Who is it?")]
    third.confidence = 0.9
    return made


def made_folder(folder: Path, *names: str) -> Path:
    """Write plans of these names as `convert` does."""
    write(folder, *(made_plan(name) for name in names or ("marlow",)))
    return folder


def keys_of(desk: Desk, name: str = "marlow") -> list[str]:
    """Return the keys of a document's records in order."""
    return [one.key for one in desk.document(name).records]


def field(view: RecordView, name: str) -> Any:
    """Return a field of a record's form."""
    return next(one for one in view.fields if one.name == name)


def rewrite(folder: Path, made: Plan, name: str = "marlow") -> None:
    """Write another plan file in place of one, as a conversion does."""
    path = folder / f"{name}.plan.json"
    part = path.with_suffix(".part")
    part.write_text(made.model_dump_json(indent=2) + "\n", encoding="utf-8")
    part.replace(path)


def copied(source: Path, target: Path) -> Path:
    """Copy an output folder without what reviewers did in it."""
    shutil.copytree(source, target)
    return target
