"""Tables with their boxes on the pages as they are shown.

Scanned pages are read and interpreted as if they were level: lines at one height belong
together. What is drawn over a page needs the boxes on the page itself.
"""

from __future__ import annotations

from dataclasses import replace

from actionplan.schemas.tables import Cell, Line, LogicalTable, Region, Row, TableDocument


def as_shown(document: TableDocument) -> TableDocument:
    """Return the document with the boxes of lines and cells on the pages as they are shown.

    A document without slanting scans, nearly always, comes back as it is.
    """
    if all(scan.back is None for scan in document.scans.values()):
        return document

    def line(one: Line) -> Line:
        return replace(one, bbox=document.on_page(one.page, one.bbox))

    def cell(one: Cell) -> Cell:
        regions = [Region(page, document.on_page(page, box)) for page, box in one.regions]
        return replace(one, lines=[line(each) for each in one.lines], regions=regions)

    def row(one: Row) -> Row:
        return replace(one, cells=[cell(each) for each in one.cells])

    def table(one: LogicalTable) -> LogicalTable:
        return replace(
            one,
            columns=[replace(c, lines=[line(each) for each in c.lines]) for c in one.columns],
            rows=[row(each) for each in one.rows],
            heading=[line(each) for each in one.heading],
            repeated_headers=[line(each) for each in one.repeated_headers],
        )

    boxes = {
        page: tuple(scan.on_page(box) for box in scan.boxes)
        for page, scan in document.scans.items()
    }
    return replace(
        document,
        tables=[table(one) for one in document.tables],
        furniture=[line(one) for one in document.furniture],
        unassigned=[line(one) for one in document.unassigned],
        scans={
            page: replace(scan, boxes=boxes[page], back=None)
            for page, scan in document.scans.items()
        },
    )
