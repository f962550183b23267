"""What to check first: records in doubt, where they stand on the page, and what was read there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from actionplan.normalise.report.rows import Pair, Row
from actionplan.normalise.report.settings import SETTINGS
from actionplan.normalise.report.words import STATUSES, field_name
from actionplan.schemas.plan import BBox, Place, Plan, Recommendation

_CITED = {
    "lead": "leads",
    "agency": "agencies",
    "action": "actions",
    "recommendation": "text",
    "progress": "updates",
    "number": "label",
}
"""Where the places of a field stand that an issue calls by its column's name."""
_MOVED = {"misplaced-text": "updates"}
"""Where the words stand that a doubt moved out of the field that it names."""


class View(NamedTuple):
    """A part of a page: a record, and in it the cells in doubt; boxes in points."""

    page: int
    extent: BBox
    marked: tuple[BBox, ...]


class Check(NamedTuple):
    """A record to check.

    Attributes:
        view: where to look; None if nothing of it has a place.
        read: the fields in doubt, by their names, as they were read.
    """

    row: Row
    view: View | None
    read: tuple[Pair, ...]


def checks(plans: Sequence[Plan], rows: Sequence[Row]) -> list[Check]:
    """Return the records to check first, the least sure first.

    Args:
        plans: the documents, in the order of the report.
        rows: all recommendations that count.
    """
    doubtful = sorted((row for row in rows if row.doubtful), key=lambda row: row.percent)
    shown = doubtful[: SETTINGS.checks]
    wanted = {(row.document, row.key) for row in shown}
    records = {
        (at, record.key): record
        for at in {row.document for row in shown}
        for record in plans[at].recommendations
        if (at, record.key) in wanted
    }
    return [_check(row, records[row.document, row.key]) for row in shown]


def _check(row: Row, record: Recommendation) -> Check:
    fields = list(dict.fromkeys(_CITED.get(one.field, one.field) for one in row.doubts))
    read = [(field_name(field), text) for field in fields if (text := as_read(record, field))]
    return Check(row, _view(row, record), tuple(read))


def as_read(record: Recommendation, field: str) -> str:
    """Return what was read of a field, as one text; empty if nothing was."""
    values: dict[str, list[str]] = {
        "label": [record.label or record.number or ""],
        "leads": [lead.text for lead in record.leads],
        "agencies": [agency.name for agency in record.agencies],
        "target": [record.target.text or ""],
        "revised_target": [(record.revised_target and record.revised_target.text) or ""],
        "completion": [record.completion.text if record.completion else ""],
        "actions": [action.text for action in record.actions],
        "updates": [
            f"{update.label}: {update.text}" if update.label else update.text
            for update in record.updates
        ],
        "status": [f"{STATUSES[record.status.value]}: {record.status.text}"],
        "milestones": [record.milestones or ""],
        "outcome": [record.outcome or ""],
    }
    return "\n".join(values.get(field, ()))


def _view(row: Row, record: Recommendation) -> View | None:
    places = [place for found in record.provenance.values() for place in found]
    if not places:
        return None
    named = [found for doubt in row.doubts for found in _places(record, doubt.code, doubt.field)]
    page = (named or places)[0].page
    extent = _around([place.bbox for place in places if place.page == page])
    marked = dict.fromkeys(place.bbox for place in named if place.page == page)
    return View(page, extent, tuple(marked))


def _places(record: Recommendation, code: str, field: str) -> Iterator[Place]:
    """Where to look for a doubt; the record's text where its field has no place."""
    cited = _CITED.get(field, field)
    for name in (cited, _MOVED.get(code, ""), "text"):
        if found := record.provenance.get(name):
            yield from found
            return


def _around(boxes: Sequence[BBox]) -> BBox:
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
