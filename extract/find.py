"""A page layout to table fragments and the lines outside them."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from actionplan.extract.fragments import FragmentCell, TableFragment, drop_blank_rows
from actionplan.extract.grid import Grid, find_grids
from actionplan.extract.layout import PageLayout, Words
from actionplan.extract.lines import WordTable, build_lines, word_table
from actionplan.extract.placing import place_words
from actionplan.extract.settings import GridSettings
from actionplan.schemas.tables import Line

_BLOCK = 64  # cells compared with all fills at a time


@dataclass(slots=True)
class FoundPage:
    """The tables of a page, and the text around them.

    Attributes:
        tables: top to bottom.
        outside: lines in no table, top to bottom, slanted words left out.
        slanted: lines of words that do not run in reading direction (watermarks).
        hidden: lines of words that nobody sees.
        word_count: number of words on the page.
        refused: what the page has too much of to be looked at as a table.
        layout: what was read on the page; None for pages made by hand.
        frames: grids of one column; their words are outside all tables.
    """

    page: int
    width: float
    height: float
    turn: int
    tables: list[TableFragment]
    outside: list[Line]
    slanted: list[Line]
    word_count: int
    image_share: float
    refused: list[str] = field(default_factory=list)
    hidden: list[Line] = field(default_factory=list)
    layout: PageLayout | None = None
    frames: list[Grid] = field(default_factory=list)


def find_tables(layout: PageLayout, settings: GridSettings | None = None) -> FoundPage:
    """Find the tables of a page; every word goes to one cell, or to the lines outside."""
    settings = settings or GridSettings()
    table = word_table(layout)
    owner = np.full(len(layout.words), -1, dtype=np.intp)
    base = 0
    placed: list[tuple[Grid, int]] = []
    refused: list[str] = []
    frames: list[Grid] = []
    for grid in find_grids(layout.rules, settings, refused, frames, layout):
        inside = _place(layout, grid, owner, base, settings)
        if inside:
            placed.append((grid, base))
            base += grid.places
    buckets = _buckets(table, owner, layout.words, base)
    return FoundPage(
        page=layout.page,
        width=layout.width,
        height=layout.height,
        turn=layout.turn,
        tables=[_fragment(layout, table, grid, buckets, start) for grid, start in placed],
        outside=build_lines(table, buckets[-1]),
        slanted=build_lines(table, buckets[-2]),
        hidden=build_lines(table, buckets[-3]),
        word_count=len(layout.words),
        image_share=_image_share(layout),
        refused=refused,
        frames=frames,
        layout=layout,
    )


def _place(
    layout: PageLayout,
    grid: Grid,
    owner: np.ndarray[tuple[int, ...], np.dtype[np.intp]],
    base: int,
    settings: GridSettings,
) -> int:
    """Give each free word in the grid to its cell; return how many there were."""
    if not len(layout.words):
        return 0
    place = place_words(layout.words.boxes, grid, settings)
    free = ~layout.words.slanted
    if layout.words.turned is not None:
        free |= layout.words.turned > 0
    inside = (place >= 0) & (owner < 0) & free
    owner[inside] = base + place[inside]
    return int(inside.sum())


def _buckets(
    table: WordTable,
    owner: np.ndarray[tuple[int, ...], np.dtype[np.intp]],
    words: Words,
    cells: int,
) -> list[list[int]]:
    """Word indices of each cell, in sorted order; the last three lists: hidden, slanted, outside.

    Of the slanted words only those that are turned in a cell have an owner.
    """
    buckets: list[list[int]] = [[] for _ in range(cells + 3)]
    out = np.where(words.slanted, cells + 1, cells + 2)
    if words.hidden is not None:
        out[words.hidden] = cells
    where = np.where(owner < 0, out, owner).tolist()
    for i in table.order:
        buckets[where[i]].append(i)
    return buckets


def _fragment(
    layout: PageLayout, table: WordTable, grid: Grid, buckets: list[list[int]], base: int
) -> TableFragment:
    cells = [
        FragmentCell(
            row=span.row,
            column=span.column,
            rowspan=span.rowspan,
            colspan=span.colspan,
            bbox=grid.box(span),
            lines=[
                line
                for place in grid.parts(k)
                if buckets[base + place]
                for line in build_lines(table, buckets[base + place])
            ],
        )
        for k, span in enumerate(grid.spans)
    ]
    for k in grid.nested:
        cells[k].limits = _limits(table, grid, buckets, base, k)
    shade_cells(layout, cells)
    fragment = TableFragment(
        page=layout.page,
        xs=grid.xs,
        ys=grid.ys,
        rows=[[cells[k] for k in row] for row in grid.owner.tolist()],
        open_top=grid.open_top,
        open_bottom=grid.open_bottom,
    )
    drop_blank_rows(fragment)
    return fragment


def _limits(
    table: WordTable, grid: Grid, buckets: list[list[int]], base: int, k: int
) -> dict[int, float]:
    """Where lines of a table inside cell `k` may end, by their first words.

    The last line of each inner cell has no end: nothing goes on in the next cell.
    """
    out: dict[int, float] = {}
    for place in grid.parts(k):
        lines = build_lines(table, buckets[base + place])
        if lines:
            left, _, right, _ = grid.place_box(place)
            margin = max(min(line.bbox[0] for line in lines) - left, 0.0)
            out.update((line.words[0], right - margin) for line in lines[:-1])
            out[lines[-1].words[0]] = math.inf
    return out


def shade_cells(layout: PageLayout, cells: list[FragmentCell]) -> None:
    """Give each cell the colour of the last fill drawn over its middle and most of its width."""
    if not len(layout.fills):
        return
    fx0, fy0, fx1, fy1 = layout.fills.T
    colours = layout.fill_colours.tolist()
    boxes = np.array([cell.bbox for cell in cells])
    for start in range(0, len(cells), _BLOCK):
        x0, y0, x1, y1 = (boxes[start : start + _BLOCK, k, None] for k in range(4))
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        over = (fx0 < x) & (fx1 > x) & (fy0 < y) & (fy1 > y)
        over &= np.minimum(fx1, x1) - np.maximum(fx0, x0) > 0.6 * (x1 - x0)
        last = over.shape[1] - 1 - over[:, ::-1].argmax(axis=1)
        for cell, hit, k in zip(cells[start:], over.any(axis=1), last.tolist(), strict=False):
            if hit:
                red, green, blue = colours[k]
                cell.fill = red, green, blue


def _image_share(layout: PageLayout) -> float:
    """Share of the page's area under images, overlaps counted twice."""
    boxes = layout.images
    if not len(boxes):
        return 0.0
    area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    return float(area.sum() / max(layout.width * layout.height, 1.0))
