"""Forms whose cells run on over pages: frames of one column, and columns that change at a break."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actionplan.extract.find import FoundPage
from actionplan.extract.fragments import FragmentCell, TableFragment
from actionplan.extract.grid import Grid
from actionplan.extract.settings import FrameSettings
from actionplan.schemas.tables import Line


def join_frames(pages: Sequence[FoundPage], settings: FrameSettings) -> None:
    """Let a cell over a form's full width go on in a frame, or above other columns, on later pages.

    The columns of the pages that such a cell ties together become those of all of them.

    Args:
        pages: all pages of a document; their tables and outside lines are changed in place.
        settings: thresholds.
    """
    group: list[TableFragment] = []
    tied = False
    for page in pages:
        last = group[-1] if group and group[-1].page == page.page - 1 else None
        if last is not None and page.frames and _is_long(last, -1, settings):
            _continue_frame(page, last, settings)
        first = page.tables[0] if page.tables else None
        if first is None or last is None or not _goes_on(page, last, first, settings):
            _share_columns(group if tied else [], settings.same_edge)
            group, tied = [], False
        elif not _is_near(first.xs, last.xs, settings.same_edge):
            tied = True
        if first is not None:
            group.append(first)
        lowest = max(page.tables, key=lambda table: table.ys[-1], default=None)
        if lowest is not first or _has_text_below(page, lowest):
            _share_columns(group if tied else [], settings.same_edge)
            group, tied = [lowest] if lowest is not None else [], False
            if _has_text_below(page, lowest):
                group = []
    _share_columns(group if tied else [], settings.same_edge)


def _has_text_below(page: FoundPage, table: TableFragment | None) -> bool:
    return table is not None and any(line.bbox[1] >= table.ys[-1] for line in page.outside)


def _is_long(table: TableFragment, row: int, settings: FrameSettings) -> bool:
    """Is the row one cell over the full width, with a paragraph in it?"""
    cell = table.rows[row][0]
    return cell.colspan == table.width and len(cell.lines) >= settings.min_lines


def _fits(xs: Sequence[float], table: TableFragment, settings: FrameSettings) -> bool:
    near = settings.same_edge
    return abs(xs[0] - table.xs[0]) <= near and abs(xs[-1] - table.xs[-1]) <= near


def _goes_on(
    page: FoundPage, last: TableFragment, first: TableFragment, settings: FrameSettings
) -> bool:
    """Has the first table the outline of `last`, and its columns or one cell at the break?"""
    if any(line.bbox[3] <= first.ys[0] for line in page.outside):
        return False
    if not _fits(first.xs, last, settings):
        return False
    if _is_near(first.xs, last.xs, settings.same_edge):
        return True
    return _is_long(last, -1, settings) and _is_long(first, 0, settings)


def _is_near(a: Sequence[float], b: Sequence[float], near: float) -> bool:
    return len(a) == len(b) and all(abs(x - y) <= near for x, y in zip(a, b, strict=True))


def _continue_frame(page: FoundPage, last: TableFragment, settings: FrameSettings) -> None:
    """Make a table of the frame at the top of the page, if it has the outline of `last`."""
    frame = min(page.frames, key=lambda grid: grid.ys[0])
    top, bottom = frame.ys[0], frame.ys[-1]
    if not _fits(frame.xs, last, settings):
        return
    if any(line.bbox[3] <= top for line in page.outside) or any(
        table.ys[0] < top for table in page.tables
    ):
        return
    inside = [line for line in page.outside if top <= _middle(line) <= bottom]
    inner = [table for table in page.tables if table.ys[0] >= top and table.ys[-1] <= bottom]
    if not inside and not inner:
        return
    gone = {id(line) for line in inside}
    page.outside = [line for line in page.outside if id(line) not in gone]
    rest = [table for table in page.tables if not any(table is other for other in inner)]
    page.tables = [_framed(page.page, frame, last.width, inside, inner), *rest]


def _middle(line: Line) -> float:
    return (line.bbox[1] + line.bbox[3]) / 2


def _framed(
    page: int, frame: Grid, width: int, lines: list[Line], inner: Sequence[TableFragment]
) -> TableFragment:
    """A table of rows that are one cell each; tables inside the frame are text of their cell."""
    blocks = [(_middle(line), [line]) for line in lines]
    blocks += [(table.ys[0], _all_lines(table)) for table in inner]
    blocks.sort(key=lambda block: block[0])
    rows = []
    for r, (top, bottom) in enumerate(zip(frame.ys[:-1], frame.ys[1:], strict=True)):
        cell = FragmentCell(r, 0, 1, width, (frame.xs[0], top, frame.xs[-1], bottom))
        cell.lines = [line for y, block in blocks if top <= y < bottom for line in block]
        rows.append([cell] * width)
    cells = [line for row in rows for line in row[0].lines]
    if len(cells) < sum(len(block) for _, block in blocks):  # at the very edge
        known = {id(line) for line in cells}
        rows[-1][0].lines += [ln for _, block in blocks for ln in block if id(ln) not in known]
    step = (frame.xs[-1] - frame.xs[0]) / width
    xs = [frame.xs[0] + step * k for k in range(width)] + [frame.xs[-1]]
    return TableFragment(page, xs, frame.ys, rows)


def _all_lines(table: TableFragment) -> list[Line]:
    return [line for r in range(len(table.rows)) for cell in table.starts(r) for line in cell.lines]


def _share_columns(fragments: Sequence[TableFragment], near: float) -> None:
    """Give all fragments the column edges of all of them."""
    edges = sorted(x for table in fragments for x in _used_edges(table))
    shared: list[float] = []
    for x in edges:
        if not shared or x - shared[-1] > near:
            shared.append(x)
    for table in fragments:
        _respread(table, shared, near)


def _used_edges(table: TableFragment) -> set[float]:
    """Edges at which a cell ends: a frame has no columns of its own."""
    cells = [cell for row in table.rows for cell in row]
    return {table.xs[c] for cell in cells for c in (cell.column, cell.column + cell.colspan)}


def _respread(table: TableFragment, shared: list[float], near: float) -> None:
    """Set the table's columns to those between the `shared` edges."""
    used = _used_edges(table)
    place = {
        c: next(k for k, edge in enumerate(shared) if abs(edge - x) <= near)
        for c, x in enumerate(table.xs)
        if x in used
    }
    width = len(shared) - 1
    place[len(table.xs) - 1] = width
    moved: dict[int, FragmentCell] = {}
    for row in table.rows:
        for cell in row:
            if id(cell) not in moved:
                first, stop = place[cell.column], place[cell.column + cell.colspan]
                moved[id(cell)] = replace(cell, column=first, colspan=stop - first)
    rows: list[list[FragmentCell]] = []
    for row in table.rows:
        unique = list({id(cell): moved[id(cell)] for cell in row}.values())
        rows.append([cell for cell in unique for _ in range(cell.colspan)])
    table.xs, table.rows = list(shared), rows
