"""Word tables in other looks than a full grid: built-in styles, own borders, header rows, nesting.

A table's `word` says how it looks:

    style = "Light List Accent 1"      a built-in style; none means no border at all
    borders = { insideH = "single" }   top, left, bottom, right, insideH, insideV
    weight = 4                         eighths of a point
    head_borders = { bottom = "single" }
    band = "RRGGBB"                    fill of band rows; none without it
    indent = 1.5                       centimetres by which the table begins further right
    zebra = "RRGGBB"                   fill of every second row

A table may say `parts`: it is then set as several Word tables, one a page, each with `rows` of the
rows and, where it says so, other `widths`, `indent`, no `header`, or without its first `skip`
columns. A row says `split`, by column the words before which its text goes on in the next part;
it counts as a row of both.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import Any

from samples.producers.docx import fill_cell, flag, merge_down, set_shade
from samples.source import Para, Row, Table, head_cells

NEST_ROOM = 0.5
"""Centimetres by which a nested table is narrower than the column of its cell."""


def add_styled(document: Any, table: Table, page: dict[str, Any]) -> None:
    """Add `table` in the look that its `word` describes."""
    from docx.shared import Cm

    if "parts" in table.says:
        add_parts(document, table, page)
        return
    look = table.says["word"]
    grid = document.add_table(rows=0, cols=len(table.keys))
    grid.style = look.get("style", "Normal Table")
    grid.autofit = False
    set_borders(grid._tbl.tblPr, "w:tblBorders", look.get("borders", {}), look.get("weight", 4))
    if "indent" in look:
        set_indent(grid, look["indent"])
    heads = add_heads(grid, table, page) if table.says.get("header", True) else 0
    shaded = False
    for row in table.rows:
        shaded = not row.says.get("same") and "band" not in row.says and not shaded
        add_styled_row(grid, table, row, page, look.get("zebra", "") if shaded else "")
    merge_down(grid, table) if heads == 1 else merge_under(grid, table, heads)
    for column, width in zip(grid.columns, table.widths, strict=True):
        column.width = Cm(width)
    for row in grid.rows:
        for cell, width in zip(row.cells, table.widths, strict=True):
            if "band" not in table.says:
                cell.width = Cm(width)


def add_parts(document: Any, table: Table, page: dict[str, Any]) -> None:
    """Add `table` as one Word table a page."""
    rows = [half for row in table.rows for half in halves(row)]
    first = 0
    for at, part in enumerate(table.says["parts"]):
        if at:
            document.add_page_break()
        skip, count = part.get("skip", 0), part["rows"]
        says = {key: value for key, value in table.says.items() if key != "parts"}
        says["header"] = part.get("header", True)
        says["word"] = {**table.says["word"], **{k: part[k] for k in ("indent",) if k in part}}
        widths = part.get("widths", table.widths)[skip:]
        mine = rows[first : first + count]
        add_styled(
            document,
            replace(
                table,
                columns=table.columns[skip:],
                keys=table.keys[skip:],
                widths=widths,
                rows=mine,
                says=says,
            ),
            page,
        )
        first += count


def halves(row: Row) -> list[Row]:
    """Return a row, or the two parts of a row that goes on in the next table."""
    cuts = row.says.get("split")
    if not cuts:
        return [row]
    texts = {key: "\n".join(para.printed for para in cell) for key, cell in row.cells.items()}
    places = {key: texts[key].index(words) for key, words in cuts.items()}
    head = {key: text[: places.get(key, len(text))] for key, text in texts.items()}
    rest = {key: text[places.get(key, len(text)) :] for key, text in texts.items()}
    return [
        Row({key: [Para(line) for line in text.split("\n")] for key, text in half.items()}, {})
        for half in (head, rest)
    ]


def merge_under(grid: Any, table: Table, heads: int) -> None:
    """Merge the cells that a row's ``span`` names, under a header of `heads` rows."""
    for at, row in enumerate(table.rows, start=heads):
        for key, count in row.says.get("span", {}).items():
            column = table.keys.index(key)
            merge(grid.cell(at, column), grid.cell(at + count - 1, column))


def merge(first: Any, last: Any) -> Any:
    """Return the cell merged of two and all between, without the empty paragraphs."""
    merged = first.merge(last)
    for paragraph in merged.paragraphs[1:]:
        if not paragraph.text:
            paragraph._p.getparent().remove(paragraph._p)
    return merged


def add_heads(grid: Any, table: Table, page: dict[str, Any]) -> int:
    """Add the header rows and return their number."""
    cells, look = head_cells(table), table.says["word"]
    rows = [grid.add_row() for _ in range(1 + max(cell.row for cell in cells))]
    for head in cells:
        cell = grid.cell(head.row, head.column)
        if head.down * head.across > 1:
            last = grid.cell(head.row + head.down - 1, head.column + head.across - 1)
            cell = merge(cell, last)
        bold = head.row == 0 or not table.says.get("prompts")
        fill_cell(cell, [Para(printed=line) for line in head.text.split("\n")], page, bold)
        if table.says.get("shade"):
            set_shade(cell, table.says["shade"])
        borders = look.get("head_borders", {})
        set_borders(cell._tc.get_or_add_tcPr(), "w:tcBorders", borders, look.get("weight", 4))
    for row in rows if table.says.get("repeat_header", True) else ():
        flag(row, "w:tblHeader")
    return len(rows)


def add_styled_row(grid: Any, table: Table, row: Row, page: dict[str, Any], zebra: str) -> None:
    """Add one row, or a band over the full width."""
    added = grid.add_row()
    if row.says.get("keep", table.says.get("keep_rows", False)):
        flag(added, "w:cantSplit")
    if "band" in row.says:
        cell = added.cells[0].merge(added.cells[-1])
        bold = row.says.get("band_bold", True)
        fill_cell(cell, [Para(printed=row.says["band"])], page, bold=bold)
        if band := table.says["word"].get("band"):
            set_shade(cell, band)
        return
    for key, cell, width in zip(table.keys, added.cells, table.widths, strict=True):
        fill_with_nests(cell, row.cells[key], page, width - NEST_ROOM)
        if colour := row.says.get("fill", {}).get(key, zebra):
            set_shade(cell, colour)


def fill_with_nests(cell: Any, paras: list[Para], page: dict[str, Any], width: float) -> None:
    """Print paragraphs; a run of nested rows becomes a table of `width` cm inside the cell."""
    from docx.shared import Cm

    runs = [(nest, list(run)) for nest, run in groupby(paras, lambda para: para.tag == "nest")]
    if not any(nest for nest, _ in runs):
        fill_cell(cell, paras, page)
        return
    for at, (nest, run) in enumerate(runs):
        if nest:
            rows = [[part.strip() for part in para.head.split("|")] for para in run]
            inner = cell.add_table(len(rows), len(rows[0]))
            inner.style = "Table Grid"
            inner.autofit = False
            for column in inner.columns:
                column.width = Cm(width / len(rows[0]))
            for line, texts in zip(inner.rows, rows, strict=True):
                for place, text in zip(line.cells, texts, strict=True):
                    place.width = Cm(width / len(rows[0]))
                    place.paragraphs[0].add_run(text)
        else:
            holder = _Paragraphs(cell, first=at == 0)
            fill_cell(holder, run, page)
    if at and cell.paragraphs and not cell.paragraphs[0].text and runs[0][0]:
        cell.paragraphs[0]._p.getparent().remove(cell.paragraphs[0]._p)


class _Paragraphs:
    """A cell as `fill_cell` knows it, whose first paragraph is the cell's last, if empty."""

    def __init__(self, cell: Any, first: bool) -> None:
        self.cell = cell
        self.paragraphs = [cell.paragraphs[0 if first else -1]]

    def add_paragraph(self) -> Any:
        return self.cell.add_paragraph()


def set_borders(holder: Any, name: str, borders: dict[str, str], weight: int) -> None:
    """Set a table's or a cell's borders."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    if not borders:
        return
    element = OxmlElement(name)
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        if side in borders:
            edge = OxmlElement(f"w:{side}")
            edge.set(qn("w:val"), borders[side])
            edge.set(qn("w:sz"), str(weight))
            edge.set(qn("w:space"), "0")
            edge.set(qn("w:color"), "000000")
            element.append(edge)
    holder.append(element)


def set_indent(grid: Any, centimetres: float) -> None:
    """Let a table begin further right."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    indent = OxmlElement("w:tblInd")
    indent.set(qn("w:w"), str(round(centimetres * 567)))
    indent.set(qn("w:type"), "dxa")
    grid._tbl.tblPr.append(indent)
