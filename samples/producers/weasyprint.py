"""Print a sample with WeasyPrint: laid out like a web page, unlike a Word table."""

from __future__ import annotations

import os
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from samples.source import BULLETS, Para, Row, Sample, Table

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
    body = "".join(section(table) for table in sample.tables)
    body += "".join(prose(line) for line in sample.after)
    return (
        f'<html lang="en-GB"><head><title>{title}</title><style>{style}</style></head>'
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
        return f"<h2>{escape(line[2:])}</h2>"
    return f'<p class="prose">{escape(line)}</p>'


def section(table: Table) -> str:
    """Return a table with what stands above it."""
    before = "".join(prose(line) for line in table.says.get("before", []))
    columns = "".join(f'<col style="width:{width}cm">' for width in table.widths)
    heads = "".join(f"<th>{escape(c).replace(chr(10), '<br>')}</th>" for c in table.columns)
    head = f"<thead><tr>{heads}</tr></thead>"
    rows = "".join(row_html(table, at) for at in range(len(table.rows)))
    return (
        f'<div>{before}<table style="width:{sum(table.widths)}cm">'
        f"<colgroup>{columns}</colgroup>{head}<tbody>{rows}</tbody></table></div>"
    )


def row_html(table: Table, at: int) -> str:
    """Return one row; a cell that a span above covers is left out."""
    row = table.rows[at]
    cells = "".join(cell_html(row, key) for key in table.keys if not covered(table, at, key))
    return f"<tr>{cells}</tr>"


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
            inner = "".join(f"<li>{escape(p.text)}</li>" for p in items)
            out += f"<{kind}{start}>{inner}</{kind}>"
        else:
            out += "".join(para_html(para) for para in items)
    return f'<td rowspan="{span}">{out}</td>'


def list_kind(para: Para) -> str:
    """Return ``ul``, ``ol`` or nothing."""
    if para.tag == "do" and para.head in BULLETS:
        return "ul"
    return "ol" if para.tag == "do" and para.head == f"{para.arg}." else ""


def para_html(para: Para) -> Any:
    """Return one paragraph, the label in bold."""
    opening = para.opening if para.tag in ("label", "update") else ""
    rest = escape(para.printed[len(opening) :])
    bold = f"<b>{escape(opening)}</b>" if opening else ""
    return f"<p>{bold}{rest or '&#160;'}</p>"
