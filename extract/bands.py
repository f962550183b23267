"""Band rows whose cells are drawn: a theme or an agency over rows of a table, not a row itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from actionplan.extract.find import FoundPage
from actionplan.extract.fragments import FragmentCell, TableFragment
from actionplan.extract.settings import BandSettings
from actionplan.schemas.tables import Colour

_TOTAL = re.compile(r"(?:sub[\s-]?|grand\s+)?totals?\b", re.IGNORECASE)
_FEW = 3  # columns: a row with text in two of them is like any other
_CONTINUED = re.compile(r"[\s(\[–-]*(?:continued|contd|cont['’]d|cont)\b[.)\]\s]*$", re.IGNORECASE)


class _Ordinary:
    """What rows with text in several cells look like, over all tables of as many columns."""

    def __init__(self, fragments: Iterable[TableFragment]) -> None:
        self.rows = 0
        self.bold = 0
        self.fills: dict[tuple[int, Colour | None], int] = {}
        for fragment in fragments:
            for r in range(len(fragment.rows)):
                cells = [cell for cell in fragment.starts(r) if cell.lines]
                # A row that is bold throughout is a header.
                if len(cells) > 1 and not all(line.bold for c in cells for line in c.lines):
                    self.rows += 1
                    self.bold += all(line.bold for line in cells[0].lines)
                    for c, cell in enumerate(fragment.rows[r]):
                        self.fills[c, cell.fill] = self.fills.get((c, cell.fill), 0) + 1


def mark_bands(
    pages: Sequence[FoundPage], label: re.Pattern[str] | None, settings: BandSettings
) -> None:
    """Make one cell of each row that is a band although its cells are drawn.

    That is a row with text in one cell that type or shade sets apart from the rows around it, a
    text that runs on over the borders of its cells. Rows of totals and of a group's number and name
    keep their cells, and are marked.

    Args:
        pages: all pages of a document; their tables are changed in place.
        label: matches the label of a row.
        settings: thresholds.
    """
    by_width: dict[int, list[TableFragment]] = {}
    for page in pages:
        for table in page.tables:
            by_width.setdefault(table.width, []).append(table)
    for width, tables in by_width.items():
        if width < 2:
            continue
        ordinary: _Ordinary | None = None
        for table in tables:
            for r in range(len(table.rows)):
                cells = _candidate(table, r, settings)
                if not cells:
                    continue
                if _is_group(table, r, cells):
                    table.groups.add(r)
                    continue
                if len(cells) > 1:
                    band = _runs_over(cells, settings)
                else:
                    ordinary = ordinary or _Ordinary(tables)
                    band = _is_set_apart(table, r, cells[0], ordinary, label, settings)
                if band:
                    _merge(table, r)


def without_continued(text: str) -> str:
    """Return the text of a repeated title or band without "(continued)" at its end."""
    return _CONTINUED.sub("", text).strip()


def _candidate(table: TableFragment, r: int, settings: BandSettings) -> list[FragmentCell]:
    """The filled cells of a row that is no taller than a title and holds nothing else."""
    row = table.rows[r]
    if any(len(cell.lines) > settings.max_lines for cell in row):
        return []
    if row[0].colspan == table.width or any(c.rowspan > 1 or c.row != r for c in row):
        return []
    filled = [cell for cell in table.starts(r) if cell.lines]
    if filled and filled[0].column > 1:
        return []
    if len(filled) == 1 or _TOTAL.match(filled[0].plain if filled else ""):
        return filled
    # The text of a title over several cells fills them one after the other, without a gap.
    last = filled[-1].column if filled else 0
    return filled if filled and last - filled[0].column < len(filled) else []


def _is_group(table: TableFragment, r: int, cells: Sequence[FragmentCell]) -> bool:
    """Is it a row of totals, or "2 | Hospital" above the rows numbered 2.1 and 2.2?"""
    if _TOTAL.match(cells[0].plain):
        return 2 * len(cells) <= table.width
    if len(cells) != 2 or table.width <= _FEW or r + 1 >= len(table.rows):
        return False
    number, below = cells[0].plain.rstrip("."), table.rows[r + 1][cells[0].column].plain
    return number.isdigit() and below.startswith(f"{number}.") and below[len(number) + 1 :] > ""


def _runs_over(cells: Sequence[FragmentCell], settings: BandSettings) -> bool:
    """Does one line of text run on from cell to cell with no more than a space between?"""
    for before, after in pairwise(cells):
        for a, b in zip(before.lines, after.lines, strict=False):
            level = abs(a.bbox[1] - b.bbox[1]) < settings.level * a.size
            if not level or b.bbox[0] - a.bbox[2] > settings.space * a.size:
                return False
    return True


def _is_set_apart(
    table: TableFragment,
    r: int,
    cell: FragmentCell,
    ordinary: _Ordinary,
    label: re.Pattern[str] | None,
    settings: BandSettings,
) -> bool:
    """Is the row, in which `cell` alone has text, set apart by type or shade from other rows?"""
    if not ordinary.rows or r + 1 >= len(table.rows):
        return False
    bold = all(line.bold for line in cell.lines)
    bold = bold and ordinary.bold <= settings.few * ordinary.rows
    row = table.rows[r]
    shaded = row[0].fill is not None and len({cell.fill for cell in row}) == 1
    seen = max(ordinary.fills.get((c, cell.fill), 0) for c, cell in enumerate(row))
    shaded = shaded and seen <= settings.few * ordinary.rows
    if not (bold or shaded):
        return False
    # Rows below that leave the cell empty are the actions of this one.
    below = table.rows[r + 1][cell.column]
    return bool(below.lines) and not _is_labelled(cell.plain, below.plain, label)


def _is_labelled(text: str, below: str, label: re.Pattern[str] | None) -> bool:
    """Does the text begin with a label, as rows do? "Learning point 2" alone above a row does not.

    Args:
        text: text of the row.
        below: text of the cell below it.
        label: matches labels.
    """
    ours = label.match(text) if label else None
    if label is None or ours is None:
        return False
    theirs = label.match(below)
    return ours.end() < len(text) or theirs is None or _word(text) == _word(below)


def _word(text: str) -> str:
    return text.split()[0].casefold() if text[:1].isalpha() else ""


def _merge(table: TableFragment, r: int) -> None:
    """Let one cell cover row `r`."""
    cells = table.starts(r)
    lines = [line for cell in cells for line in cell.lines]
    # Lines that ran over borders are in pieces: line by line, then from left to right.
    lines.sort(key=lambda line: (round(line.bbox[1] / 3), line.bbox[0]))
    box = (table.xs[0], table.ys[r], table.xs[-1], table.ys[r + 1])
    fill = next((cell.fill for cell in cells if cell.lines), None)
    table.rows[r] = [FragmentCell(r, 0, 1, table.width, box, lines, fill)] * table.width
