"""Plans for datasets: small ones by hand, and one that fills every field of the model."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from actionplan.normalise.keys import record_keys
from actionplan.schemas.plan import (
    Action,
    Agency,
    Audit,
    Date,
    Document,
    DocumentDate,
    Issue,
    JoinReason,
    Lead,
    Place,
    Plan,
    Recommendation,
    Section,
    SectionColumn,
    Status,
    Target,
    Unassigned,
    Update,
)

AUDIT = Audit(
    words_on_plan_pages=90,
    in_cells=50,
    in_headings=9,
    in_headers=8,
    in_furniture=7,
    unassigned=6,
    duplicated=5,
)


def identity(name: str) -> str:
    """The id of a document that is called `name`."""
    return f"sha256:{hashlib.sha256(name.encode()).hexdigest()}"


def day(text: str) -> Date:
    """A date of one day."""
    return Date(text=text, edtf=text, start=text, end=text)


def target(text: str) -> Target:
    """A target of one day."""
    return Target(text=text, edtf=text, start=text, end=text, kind="date")


def plan(name: str, texts: Sequence[str], facts: dict[str, Any] | None = None) -> Plan:
    """A plan with a recommendation of each of `texts`, numbered, and with document `facts`."""
    keys = record_keys([[text] for text in texts])
    return Plan(
        document=Document(
            id=identity(name), name=f"{name}.pdf", bytes=1000, pages=3, **(facts or {})
        ),
        sections=[Section(id="s1", kind="overview", heading="Plan", pages=[1], columns=[])],
        recommendations=[
            Recommendation(id=f"s1-r{at}", section="s1", number=str(at), key=key, text=text)
            for at, (key, text) in enumerate(zip(keys, texts, strict=True), 1)
        ],
        audit=AUDIT,
    )


def write(folder: Path, *plans: Plan) -> None:
    """Write plan files as `convert` does."""
    folder.mkdir(parents=True, exist_ok=True)
    for one in plans:
        path = folder / f"{Path(one.document.name).stem}.plan.json"
        path.write_text(one.model_dump_json(indent=2) + "\n", encoding="utf-8")


def full_plan() -> Plan:
    """A plan in which every field has a value of its own."""
    lead = Lead(name="Ann Marlow", post="Head of Care", organisation="The Trust", text="A. Marlow")
    body = Agency(name="HC", canonical="Harrowmere Council", id="la:harrowmere", type="council")
    record = Recommendation(
        id="s1-r1",
        section="s1",
        number="1",
        label="Recommendation 1",
        key="0123456789ab-1",
        text="Train all staff.",
        scope="Local and regional",
        levels=["local"],
        level_evidence="locally",
        themes=["training"],
        theme_evidence={"training": ["Train"]},
        printed_themes=["Theme 2"],
        acceptance="Agreed",
        agencies=[body],
        leads=[lead],
        target=_full_target("2014-01-31"),
        revised_target=_full_target("2014-02-28"),
        completion=_full_date("2014-03-31"),
        milestones="Course booked.",
        outcome="Staff know.",
        actions=[
            Action(
                number="1.1",
                text="Book a course.",
                leads=[lead.model_copy(update={"text": "Ann"})],
                agencies=[body.model_copy(update={"name": "Council"})],
                target=_full_target("2014-04-30"),
                status=Status(value="completed", basis="column", text="Done"),
            )
        ],
        updates=[
            Update(
                label="Update May 2014",
                date=_full_date("2014-05-31"),
                text="It was held.",
                status=Status(value="in_progress", basis="text", text="held"),
            )
        ],
        status=Status(value="ongoing", basis="colour", text="Amber"),
        confidence=0.75,
        issues=[Issue(code="number-gap", field="number", message="2 is missing.")],
        provenance={"text": [Place(page=4, bbox=(1.5, 2.5, 3.5, 4.5))]},
        cells=[["1", "Train all staff."]],
    )
    return Plan(
        document=_full_document(),
        sections=[
            Section(
                id="s1",
                kind="agency",
                agency="Harrowmere Council",
                heading="Action plan",
                pages=[5, 6],
                columns=[SectionColumn(header="Action", field="actions")],
                joins=[JoinReason(page=6, joined=True, score=1.5, confidence=0.8)],
            )
        ],
        recommendations=[record],
        unassigned=[Unassigned(page=7, bbox=(11, 12, 13, 14), text="Loose words")],
        audit=AUDIT,
    )


def _full_document() -> Document:
    return Document(
        id=identity("full"),
        name="full.pdf",
        bytes=12345,
        pages=8,
        title="Review into the death of Anna",
        partnership="Safer Harrowmere",
        review_type="DHR",
        case="Case 2",
        pseudonym="Anna",
        version="1.2",
        date=_full_date("2013-06-30"),
        dates=[DocumentDate(role="published", **_full_date("2013-07-31").model_dump())],
        review_period=_full_date("2012-08-31"),
        marking="Official",
        producer="Writer",
        tagged=True,
        scanned_pages=[3],
    )


def _full_date(last: str) -> Date:
    return Date(text=f"by {last}", edtf=f"../{last}", start=f"{last[:8]}01", end=last)


def _full_target(last: str) -> Target:
    return Target(**_full_date(last).model_dump(), kind="date", ongoing=True)
