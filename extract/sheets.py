"""The pages that sheets show: two on one sheet, or one printed smaller or larger than life.

Such sheets are read as the pages they show, so that running lines, headers and rows cut by a page
break are found as on any page. `restore` puts the finished document back on the sheets: the page
numbers, boxes and word indices are those of the file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

import numpy as np
from numpy.typing import NDArray

from actionplan.extract.layout import PageLayout, Rules
from actionplan.extract.page_settings import SheetSettings
from actionplan.extract.twoup import double_sheets, halves
from actionplan.schemas.tables import Box, Line, LogicalTable, PageInfo, Region, TableDocument

# A3, A4, A5, letter, legal, tabloid: points, upright.
_PAPERS = ((842, 1191), (595, 842), (420, 595), (612, 792), (612, 1008), (792, 1224))
_SAME_SIZE = 0.01


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page that is read stands in the file.

    Attributes:
        sheet: size and number of the sheet.
        left: left edge of the page on the sheet, points.
        top: top edge.
        scale: length on the page that is read for one point of the sheet.
        words: for each word of the page its index among the sheet's words; None: the same.
    """

    sheet: PageInfo
    left: float = 0.0
    top: float = 0.0
    scale: float = 1.0
    words: NDArray[np.intp] | None = None

    def box(self, box: Box) -> Box:
        """Return a box of the page as one of the sheet."""
        x0, y0, x1, y1 = (value / self.scale for value in box)
        return x0 + self.left, y0 + self.top, x1 + self.left, y1 + self.top

    def line(self, line: Line) -> Line:
        """Return a line of the page as one of the sheet."""
        words = line.words
        if self.words is not None:
            words = tuple(self.words[list(words)].tolist())
        return replace(
            line,
            page=self.sheet.page,
            bbox=self.box(line.bbox),
            words=words,
            size=line.size / self.scale,
            first_width=line.first_width / self.scale,
        )


def arrange(
    layouts: Sequence[PageLayout], settings: SheetSettings | None = None
) -> tuple[list[PageLayout], list[Place]]:
    """Part sheets that show two pages, and bring pages of unusual scale to the usual one.

    Args:
        layouts: the sheets, in order.
        settings: thresholds.

    Returns:
        The pages to read, numbered from 1, and the place of each. Where all sheets are single pages
        of usual scale, nearly always, the layouts come back as they are, without places.
    """
    settings = settings or SheetSettings()
    middles = double_sheets(layouts, settings)
    pages: list[PageLayout] = []
    places: list[Place] = []
    for layout in layouts:
        sheet = PageInfo(layout.page, layout.width, layout.height, layout.turn)
        if layout.page not in middles:
            pages.append(layout)
            places.append(Place(sheet))
            continue
        for half in halves(layout, middles[layout.page]):
            if len(half.words) or len(half.layout.images):
                pages.append(half.layout)
                places.append(Place(sheet, half.left, half.top, words=half.words))
    scales = _scales(pages, settings)
    if not middles and not scales:
        return list(layouts), []
    for k, page in enumerate(pages):
        factor = scales.get(_size(page), 1.0)
        places[k] = replace(places[k], scale=factor)
        pages[k] = replace(_scaled(page, factor), page=k + 1)
    return pages, places


def _size(page: PageLayout) -> tuple[int, int]:
    return max(round(page.width), 1), max(round(page.height), 1)


def _scales(pages: Sequence[PageLayout], settings: SheetSettings) -> dict[tuple[int, int], float]:
    """Factor for the pages of each size that is no paper's and has tiny or huge text."""
    odd = [page for page in pages if len(page.words) and not _is_paper(_size(page))]
    groups: dict[tuple[int, int], list[float]] = defaultdict(list)
    for page in odd:
        groups[_size(page)].append(float(np.median(page.words.size)))
    out: dict[tuple[int, int], float] = {}
    for size, sizes in groups.items():
        text = median(sizes)
        if text <= 0 or settings.small <= text <= settings.large:
            continue
        usual = settings.usual / text
        papers = [f for f in _factors(size) if settings.small <= text * f <= settings.large]
        out[size] = min(papers, key=lambda factor: abs(factor - usual), default=usual)
    return out


def _is_paper(size: tuple[int, int]) -> bool:
    return any(abs(factor - 1) < _SAME_SIZE for factor in _factors(size))


def _factors(size: tuple[int, int]) -> Iterator[float]:
    """Factors that make a page of this size one of paper."""
    for short, long in _PAPERS:
        width, height = (short, long) if size[0] < size[1] else (long, short)
        if abs(width * size[1] - height * size[0]) <= _SAME_SIZE * height * size[0]:
            yield width / size[0]


def _scaled(page: PageLayout, factor: float) -> PageLayout:
    if factor == 1.0:
        return page
    lengths = np.array([factor, factor, factor, 1.0])  # the fourth value of a rule is a flag
    return replace(
        page,
        width=page.width * factor,
        height=page.height * factor,
        words=replace(page.words, boxes=page.words.boxes * factor, size=page.words.size * factor),
        rules=Rules(page.rules.horizontal * lengths, page.rules.vertical * lengths),
        fills=page.fills * factor,
        images=page.images * factor,
    )


def restore(document: TableDocument, places: Sequence[Place]) -> None:
    """Put a document read from `arrange`'s pages back on its sheets, in place.

    Args:
        document: all of it in the numbers and boxes of the pages that were read.
        places: the place of each page.
    """
    if not places:
        return
    for table in document.tables:
        _restore_table(table, places)
    document.furniture = [_line(line, places) for line in document.furniture]
    document.unassigned = [_line(line, places) for line in document.unassigned]
    sheets = {place.sheet.page: place.sheet for place in places}
    document.pages = list(sheets.values())
    numbers = {places[page - 1].sheet.page for page in document.image_pages}
    document.image_pages = sorted(numbers)


def _line(line: Line, places: Sequence[Place]) -> Line:
    return places[line.page - 1].line(line)


def _restore_table(table: LogicalTable, places: Sequence[Place]) -> None:
    first = places[table.pages[0] - 1] if table.pages else Place(PageInfo(1, 0.0, 0.0))
    for column in table.columns:
        column.lines = [_line(line, places) for line in column.lines]
        column.x0, _, column.x1, _ = first.box((column.x0, 0.0, column.x1, 0.0))
    for row in table.rows:
        for cell in row.cells:
            cell.lines = [_line(line, places) for line in cell.lines]
            cell.regions = [
                Region(places[page - 1].sheet.page, places[page - 1].box(box))
                for page, box in cell.regions
            ]
    table.heading = [_line(line, places) for line in table.heading]
    table.repeated_headers = [_line(line, places) for line in table.repeated_headers]
    table.joins = [replace(join, page=places[join.page - 1].sheet.page) for join in table.joins]
    table.pages = sorted({places[page - 1].sheet.page for page in table.pages})
