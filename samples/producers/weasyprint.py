"""Print a sample with WeasyPrint: laid out like a web page, unlike a Word table."""

from __future__ import annotations

import os
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from samples.forms import unfold
from samples.narrative import told
from samples.source import BULLETS, Para, Row, Sample, Table, head_cells, runs

EPOCH = "1546851600"
STYLE = """
@page {{ size: A4 {way}; margin: {top}cm {side}cm {bottom}cm;
  @top-left {{ content: {header}; font-size: 8pt; color: #555 }}
  @bottom-right {{ content: {footer}; font-size: 8pt; color: #555 }} }}
body {{ font: {size}pt/1.35 "{font}"; margin: 0 }}
h2 {{ font-size: 1.3em; margin: 0 0 .4em; color: #1f3864 }}
p {{ margin: 0 }}
.prose {{ margin-bottom: .7em }}
table {{ border-collapse: collapse; table-layout: fixed; margin-bottom: 1em }}
th, td {{ vertical-align: top; text-align: left; padding: .1cm .19cm;
  border: .5pt solid #999; overflow-wrap: anywhere }}
thead th {{ background: #1f3864; color: white }}
tbody tr:nth-child(even) {{ background: #f4f4f4 }}
.page {{ break-before: page }}
.sc {{ font-variant: small-caps }}
.note {{ font-size: 7.5pt; margin-bottom: .2em }}
tr.band td {{ background: #dde4ee; font-weight: bold }}
ul, ol {{ margin: 0; padding-left: 1em }}
"""


def produce(sample: Sample, target: Path) -> None:
    """Write `sample` as a PDF to `target`."""
    os.environ["SOURCE_DATE_EPOCH"] = EPOCH
    from weasyprint import HTML  # type: ignore[import-untyped]

    HTML(string=html(sample)).write_pdf(target, pdf_identifier=sample.name.encode())


def html(sample: Sample) -> str:
    """Return the page's source."""
    top, side, bottom = sample.page.get("margins", [2.0, 2.0, 2.0])
    style = STYLE.format(
        way="landscape" if sample.page.get("landscape") else "portrait",
        top=top,
        side=side,
        bottom=bottom,
        header=content(sample.page.get("header", "")),
        footer=content(sample.page.get("footer", "")),
        size=sample.page.get("size", 10),
        font=sample.page.get("font", "DejaVu Sans"),
    )
    title = escape(sample.document.get("title", ""))
    body = "".join(
        f"<div class=every>{escape(mark)}</div>" for mark in sample.page.get("every", [])
    )
    body += "".join(section(part) for table in sample.tables for part in unfold(table))
    body += "".join(prose(line) for line in told(sample.after))
    extra = sample.page.get("css", "")
    return (
        f'<html lang="en-GB"><head><title>{title}</title><style>{style}{extra}</style></head>'
        f"<body>{body}</body></html>"
    )


def content(text: str) -> str:
    """Return a furniture line as a CSS content value."""
    quoted = '"' + text.replace('"', "'") + '"'
    return quoted.replace("{pages}", '" counter(pages) "').replace("{page}", '" counter(page) "')


def prose(line: str) -> str:
    """Return a line outside the tables."""
    if line == "---":
        return '<div style="break-after: page"></div>'
    if line.startswith("# "):
        return f"<h2>{marked(line[2:])}</h2>"
    return f'<p class="prose">{marked(line)}</p>'


def marked(text: str) -> str:
    """Return running text with its marks as elements."""
    kinds = {"": "{}", "^": "<sup>{}</sup>", "=": "<span class=sc>{}</span>"}
    return "".join(kinds[mark].format(escape(part)) for mark, part in runs(text))


def section(table: Table) -> str:
    """Return a table with what stands above it."""
    before = "".join(prose(line) for line in told(table.says.get("before", [])))
    if table.says.get("form") == "plain":
        before += "".join(pairs_html(row) for row in table.rows)
        return f'<div class="{table.says.get("class", "form")}">{before}</div>'
    columns = "".join(f'<col style="width:{width}cm">' for width in table.widths)
    head = heads(table) if table.says.get("header", True) else ""
    notes = "".join(f'<p class="note">{marked(line)}</p>' for line in table.says.get("notes", []))
    rows = "".join(row_html(table, at) for at in range(len(table.rows)))
    return (
        f'<div class="{section_class(table)}">{before}<table style="width:{sum(table.widths)}cm">'
        f"<colgroup>{columns}</colgroup>{head}<tbody>{rows}</tbody></table>{notes}</div>"
    )


def heads(table: Table) -> str:
    """Return the header rows of a table."""
    cells, out = head_cells(table), ""
    for at in range(1 + max(cell.row for cell in cells)):
        out += "<tr>"
        for cell in (cell for cell in cells if cell.row == at):
            text = escape(cell.text).replace("\n", "<br>")
            out += f'<th rowspan="{cell.down}" colspan="{cell.across}">{text}</th>'
        out += "</tr>"
    return f"<thead>{out}</thead>"


def section_class(table: Table) -> str:
    """Return the class of a table's section; `page` begins a new page."""
    return table.says.get("class", "form" if "form" in table.says else "grid") + (
        " page" if table.says.get("new_page") else ""
    )


def pairs_html(row: Row) -> str:
    """Return one line of an unruled form: labels in bold, values behind them."""
    keys = list(row.cells)
    out = ""
    for label, value in zip(keys[::2], keys[1::2], strict=True):
        if row.cells[label]:
            text = "<br>".join(marked(para.printed) for para in row.cells[value])
            name = " ".join(escape(para.printed) for para in row.cells[label])
            out += f'<span class="pair"><b>{name}</b> {text}</span> '
    return f'<p class="line">{out}</p>'


def row_html(table: Table, at: int) -> str:
    """Return one row; a cell that a span above covers is left out."""
    row = table.rows[at]
    if "band" in row.says:
        return (
            f'<tr class="band"><td colspan="{len(table.keys)}">{escape(row.says["band"])}</td></tr>'
        )
    cells = "".join(cell_html(row, key) for key in shown_keys(table, at))
    return f"<tr>{cells}</tr>"


def shown_keys(table: Table, at: int) -> list[str]:
    """Return the keys of a row's own cells: those that no span from above or the left covers."""
    across, hidden = table.rows[at].says.get("across", {}), set()
    for key, count in across.items():
        first = table.keys.index(key)
        hidden |= set(table.keys[first + 1 : first + count])
    return [key for key in table.keys if key not in hidden and not covered(table, at, key)]


def covered(table: Table, at: int, key: str) -> bool:
    """Say whether a cell belongs to a span that starts above it."""
    return any(table.rows[at - up].says.get("span", {}).get(key, 1) > up for up in range(1, at + 1))


def cell_html(row: Row, key: str) -> str:
    """Return one cell; runs of bulleted or numbered paragraphs become lists."""
    span = row.says.get("span", {}).get(key, 1)
    out = ""
    for kind, paras in groupby(row.cells[key], key=list_kind):
        items = list(paras)
        if kind:
            before = int(items[0].arg) - 1 if kind == "ol" else 0
            start = f' style="counter-reset: list-item {before}"'
            inner = "".join(f"<li>{marked(p.text)}</li>" for p in items)
            out += f"<{kind}{start}>{inner}</{kind}>"
        else:
            out += "".join(para_html(para) for para in items)
    across = row.says.get("across", {}).get(key, 1)
    name = "label" if key in row.says.get("labels", []) else f"c-{key}"
    return f'<td class="{name}" rowspan="{span}" colspan="{across}">{out}</td>'


def list_kind(para: Para) -> str:
    """Return ``ul``, ``ol`` or nothing."""
    if para.tag == "do" and para.head in BULLETS:
        return "ul"
    return "ol" if para.tag == "do" and para.head == f"{para.arg}." else ""


def para_html(para: Para) -> Any:
    """Return one paragraph, the label in bold."""
    opening = para.opening if para.tag in ("label", "update") else ""
    rest = marked(para.printed[len(opening) :])
    bold = f"<b>{marked(opening)}</b>" if opening else ""
    return f"<p>{bold}{rest or '&#160;'}</p>"
