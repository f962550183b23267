"""A plan of an invented board, and what may become of it in a later version."""

from __future__ import annotations

from collections.abc import Sequence

from actionplan.normalise.compare.model import Change, PlanDiff, RecordDiff
from actionplan.normalise.keys import record_keys
from actionplan.schemas.plan import (
    Action,
    Agency,
    Date,
    Lead,
    Plan,
    Recommendation,
    Section,
    Status,
    Update,
)
from tests.dataset.plans import identity, plan, target

TEXTS = (
    "The Board should agree what is meant by self-neglect and when a meeting has to be called.",
    "Meetings about a person should be minuted by someone who has no other part in them.",
    "Officers who attend for one reason and see another should record both.",
    "Letters to patients should be written in plain words and read by a patient first.",
    "Staff in the call centre should see an alert on the first screen.",
    "Housing officers should be told when a tenant is discharged from hospital.",
)


def first(name: str = "first") -> Plan:
    """The first version: six recommendations in two sections, all fields in use."""
    made = plan(name, TEXTS, {"title": "Review of the care of Winifred", "version": "1"})
    made.sections = [
        section("s1", "overview", None, "Multi-agency plan"),
        section("s2", "agency", "Harrowmere Homes", "Harrowmere Homes"),
    ]
    for at, record in enumerate(made.recommendations, 1):
        if at > 3:
            record.section = "s2"
            record.number = str(at - 3)
        record.target = target(f"2020-0{at}-28")
        record.leads = [Lead(post=f"Manager {at}", text=f"Manager {at}")]
        record.agencies = [Agency(name="HH", canonical="Harrowmere Homes", id="ha:hh")]
        record.actions = [
            Action(number=f"{at}.1", text=f"Write guidance for team {at}, and publish it."),
            Action(number=f"{at}.2", text=f"Sample {at}0 files each quarter.", leads=record.leads),
        ]
        record.updates = [update("2020-01-31", f"Guidance {at} was drafted in January.")]
        record.status = Status(value="in_progress", basis="text", text="was drafted")
    return made


def section(id_: str, kind: str, agency: str | None, heading: str) -> Section:
    """A section on one page, without columns."""
    return Section(id=id_, kind=kind, agency=agency, heading=heading, pages=[1], columns=[])


def update(day: str, text: str) -> Update:
    """An update with its day as label."""
    return Update(label=day, date=Date(text=day, edtf=day, start=day, end=day), text=text)


def second(of: Plan | None = None) -> Plan:
    """The same plan in another file, to be changed by a test."""
    made = (of or first()).model_copy(deep=True)
    made.document.id = identity("second")
    made.document.name = "second.pdf"
    return made


def rekey(made: Plan) -> Plan:
    """Give each recommendation the id and the key that its place and text have."""
    keys = record_keys([[record.text] for record in made.recommendations])
    for at, (record, key) in enumerate(zip(made.recommendations, keys, strict=True), 1):
        record.id, record.key = f"{record.section}-r{at}", key
    return made


def added(text: str, section_id: str = "s1", number: str | None = None) -> Recommendation:
    """A recommendation with a text alone."""
    return Recommendation(id="new", section=section_id, number=number, key="0" * 12, text=text)


def texts(diff: PlanDiff, state: str) -> list[str]:
    """The texts of the recommendations in a state."""
    return [
        ref.text
        for record in diff.records
        if record.state == state and (ref := record.new or record.old)
    ]


def fields(record: RecordDiff) -> list[str]:
    """The fields that changed."""
    return [change.field for change in record.changes]


def only(diff: PlanDiff) -> RecordDiff:
    """The one recommendation that differs."""
    (record,) = diff.records
    return record


def change(changes: Sequence[Change], field: str) -> Change:
    """The change of a field."""
    (found,) = [one for one in changes if one.field == field]
    return found
