"""What to look at first: the doubts of the records that are exported, and what had to be cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from actionplan.normalise.export.render import LimitNote
from actionplan.normalise.export.rows import page_link
from actionplan.normalise.export.select import Selection
from actionplan.normalise.export.workbook import Doubt
from actionplan.normalise.tidy import check_rows
from actionplan.schemas.plan import BBox, Place

Page = tuple[str, int]
"""A page: id of the document, number from 1."""


def doubts(
    selection: Selection,
    notes: Sequence[LimitNote],
    pictures: Mapping[Page, str],
    sources: Mapping[str, str],
) -> list[Doubt]:
    """Return the rows of the first sheet: what was cut, then all doubts, worst first.

    Args:
        selection: what is exported.
        notes: what the target could not take.
        pictures: path of each page's picture, relative to the workbook.
        sources: path or address of each document, by its id.
    """
    keys = [item.key for item in selection.items]
    rows = {key: place for place, key in enumerate(keys)}
    places: dict[tuple[str, str], int] = {}
    for place, item in enumerate(selection.items):
        places.setdefault((item.plan.document.id, item.record.key), place)
    found = [_cut(note, rows) for note in notes]
    for row in _checks(selection):
        document, page = str(row["document_id"]), row["page"]
        at = (document, page) if isinstance(page, int) else None
        first = places.get((document, str(row["record_key"])))
        found.append(
            Doubt(
                document=str(row["document"]),
                row=_text(row["record"]),
                number=_text(row["number"]),
                field=str(row["field"] or ""),
                reason=str(row["reason"]),
                page=at[1] if at else None,
                confidence=_number(row["confidence"]),
                key=keys[first] if first is not None else None,
                place=first,
                picture=pictures.get(at) if at else None,
                link=page_link(sources.get(document), at[1] if at else None),
            )
        )
    return found


def _checks(selection: Selection) -> list[dict[str, object]]:
    return [
        row
        for row in check_rows(selection.plans)
        if row["record_key"] is None
        or (str(row["document_id"]), str(row["record_key"])) in selection.records
    ]


def _cut(note: LimitNote, rows: Mapping[str, int]) -> Doubt:
    """A row about a text that was cut; it is whole in the plan file."""
    row = note.row or {}
    key, page = _text(row.get("key")), row.get("page")
    return Doubt(
        document=_text(row.get("document")) or "",
        row=_text(row.get("row")),
        number=_text(row.get("number")),
        field=note.header,
        reason=note.message,
        page=page if isinstance(page, int) else None,
        confidence=_number(row.get("confidence")),
        key=key,
        place=rows.get(key or ""),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def doubtful_boxes(selection: Selection) -> dict[Page, list[BBox]]:
    """Return the pages that somebody has to look at, with the boxes of the fields in doubt."""
    found: dict[Page, list[BBox]] = {}
    for row in _checks(selection):
        if isinstance(row["page"], int):
            found.setdefault((str(row["document_id"]), row["page"]), [])
    for plan in selection.plans:
        for record in plan.recommendations:
            if (plan.document.id, record.key) not in selection.records:
                continue
            for one in record.issues:
                places = record.provenance.get(one.field) or record.provenance.get("text", [])
                _add(found, plan.document.id, places)
        for loose in plan.unassigned:
            _add(found, plan.document.id, [Place(page=loose.page, bbox=loose.bbox)])
    return found


def _add(found: dict[Page, list[BBox]], document: str, places: Sequence[Place]) -> None:
    for place in places:
        boxes = found.get((document, place.page))
        if boxes is not None and place.bbox not in boxes:
            boxes.append(place.bbox)
