"""Which field of which record stands where on a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from actionplan.review.fields import field_of_column, field_of_issue, record_forms, record_label
from actionplan.review.model import Box, CellView, FieldBox, JoinView, PageTables
from actionplan.review.state import DocumentState

_SHARE = 0.3  # of the smaller of cell and field that both have in common, to belong together


def page_fields(state: DocumentState, page: int) -> list[FieldBox]:
    """Return the boxes of all fields that are printed on a page."""
    return list(_boxes(state, page))


def _boxes(state: DocumentState, page: int) -> Iterator[FieldBox]:
    for place, (key, record) in enumerate(state.draft.records.items(), 1):
        doubtful = {field_of_issue(one["field"]) for one in record["issues"]}
        for cited, places in record["provenance"].items():
            name = "number" if cited == "label" and not record["label"] else cited
            for one in places:
                if one["page"] == page:
                    form = record_forms().get(name)
                    title = form.title if form else name
                    label = f"{title}, {record_label(record, place)}"
                    box = _box(one["bbox"])
                    yield FieldBox(key, name, page, box, name in doubtful, label)


def _box(values: Sequence[float]) -> Box:
    x0, y0, x1, y1 = values
    return (x0, y0, x1, y1)


def field_at(state: DocumentState, page: int, x: float, y: float) -> FieldBox | None:
    """Return the field at a place in points: the smallest box around it."""
    around = [
        one
        for one in _boxes(state, page)
        if one.bbox[0] <= x <= one.bbox[2] and one.bbox[1] <= y <= one.bbox[3]
    ]
    return min(around, key=lambda one: _area(one.bbox), default=None)


def with_fields(tables: PageTables, state: DocumentState) -> PageTables:
    """Return what was found on a page, with the record and field of each cell and join.

    A cell belongs to the field whose box lies in it; among several the one that its column is
    for, then the one with the most in common. An empty cell goes with its row.
    """
    boxes = page_fields(state, tables.page)
    columns = _columns(state, tables.page)
    cells = [_placed(cell, boxes, columns) for cell in tables.cells]
    rows: dict[tuple[int, int], Counter[str]] = {}
    for cell in cells:
        if cell.key:
            rows.setdefault((cell.table, cell.row), Counter())[cell.key] += 1
    owner = {row: counts.most_common(1)[0][0] for row, counts in rows.items()}
    filled = [
        cell if cell.key else _by_row(cell, owner.get((cell.table, cell.row)), columns)
        for cell in cells
    ]
    joins = [_owned(join, owner) for join in tables.joins]
    return replace(tables, cells=tuple(filled), joins=tuple(joins))


def _columns(state: DocumentState, page: int) -> Mapping[tuple[int, str], list[str]]:
    """Fields by place and header of a column, of the sections on a page."""
    found: dict[tuple[int, str], list[str]] = {}
    for section in state.draft.parts["sections"]:
        if page not in section["pages"]:
            continue
        for place, column in enumerate(section["columns"]):
            names = [field_of_column().get(part, "") for part in column["field"].split("+")]
            found.setdefault((place, column["header"]), []).extend(name for name in names if name)
    return found


def _placed(
    cell: CellView, boxes: Sequence[FieldBox], columns: Mapping[tuple[int, str], list[str]]
) -> CellView:
    wanted = columns.get((cell.column, cell.header), ())
    best = max(
        ((_common(cell.bbox, one.bbox), one.field in wanted, one) for one in boxes),
        key=lambda found: (found[0] >= _SHARE and found[1], found[0]),
        default=None,
    )
    if not cell.text or best is None or best[0] < _SHARE:
        return cell
    return replace(cell, key=best[2].key, field=best[2].field)


def _by_row(
    cell: CellView, key: str | None, columns: Mapping[tuple[int, str], list[str]]
) -> CellView:
    wanted = columns.get((cell.column, cell.header), ())
    return replace(cell, key=key, field=next(iter(wanted), None) if key else None)


def _owned(join: JoinView, owner: Mapping[tuple[int, int], str]) -> JoinView:
    row = join.row if join.joined else join.row + 1  # of a refused join, the row on this page
    return replace(join, key=owner.get((join.table, row)))


def _common(one: Box, other: Box) -> float:
    """What two boxes have in common, as a share of the smaller one."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    if width <= 0 or height <= 0:
        return 0.0
    return width * height / max(min(_area(one), _area(other)), 1.0)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
