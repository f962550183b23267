"""A comparison as one HTML page: nothing is loaded, no script, all texts escaped."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from importlib.resources import files

from actionplan.normalise.compare.model import (
    Change,
    DatasetDiff,
    Figures,
    PlanDiff,
    RecordDiff,
    Side,
    Table,
)
from actionplan.normalise.compare.wording import (
    SLIGHTLY,
    STATES,
    Line,
    Run,
    by_section,
    change_lines,
    document_headline,
    field_rows,
    headline,
    notes,
    number,
    record_lines,
    safe,
    side_line,
    text_runs,
)

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_OPEN = 5  # documents of a dataset up to which all are shown open


def plans_page(diff: PlanDiff) -> str:
    """Return two plans, compared, as a page."""
    title = f"{diff.old.name} and {diff.new.name}: what changed"
    parts = [*_header("What changed in the plan", side_line(diff.old), side_line(diff.new))]
    if diff.empty:
        return _page(title, [*parts, "<p class=headline>Nothing differs.</p>"])
    return _page(title, [*parts, *_figures(diff.figures()), *_plan(diff, 2)])


def datasets_page(diff: DatasetDiff) -> str:
    """Return two datasets, compared, as a page."""
    parts = [*_header("What changed in the dataset", diff.old, diff.new)]
    if diff.empty:
        parts.append("<p class=headline>Nothing differs.</p>")
    else:
        parts.append(f"<p class=headline>{escape(document_headline(diff))}</p>")
        parts += _figures(diff.figures)
        parts += _sides("Documents added", diff.added)
        parts += _sides("Documents dropped", diff.dropped)
        parts += _documents(diff)
    return _page("What changed in the dataset", [*parts, *_tables(diff)])


def escape(text: str) -> str:
    """`text` so that it is shown as it is, wherever it stands."""
    return html.escape(safe(text))


def _page(title: str, parts: Iterable[str]) -> str:
    style = files("actionplan.normalise.compare").joinpath("page.css").read_text("utf-8")
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en-GB">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title>",
            f"<style>\n{style}</style>",
            "</head>",
            "<body>",
            "<main>",
            *parts,
            "</main>",
            "</body>",
            "</html>\n",
        ]
    )


def _header(title: str, old: str, new: str) -> Iterator[str]:
    yield f"<h1>{escape(title)}</h1>"
    yield f'<dl class=sides><dt>Old</dt><dd dir="auto">{escape(old)}</dd>'
    yield f'<dt>New</dt><dd dir="auto">{escape(new)}</dd></dl>'


def _figures(figures: Figures) -> Iterator[str]:
    yield f"<p class=headline>Recommendations: {escape(headline(figures))}</p>"
    yield from (f"<p>{escape(note)}</p>" for note in notes(figures))
    yield from _key()
    if figures.fields:
        head = ("Field", "Changed", "Slightly", "Share")
        caption = f"Changed fields of the {figures.paired} recommendations that are in both"
        yield from _table(caption, head, field_rows(figures))


def _key() -> Iterator[str]:
    yield "<p>In the texts: <del>taken out</del>, <ins>put in</ins>."
    yield f"{escape(SLIGHTLY)}</p>"


def _table(caption: str, head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """A table whose first column names its rows; a narrow window scrolls it by itself."""
    yield f'<div class=wide role="region" tabindex="0" aria-label="{escape(caption)}">'
    yield f"<table><caption>{escape(caption)}</caption><thead><tr>"
    yield "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    yield "</tr></thead><tbody>"
    for name, *cells in rows:
        rest = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        yield f'<tr><th scope="row">{escape(name)}</th>{rest}</tr>'
    yield "</tbody></table></div>"


def _plan(diff: PlanDiff, level: int) -> Iterator[str]:
    """All that differs between two plans, under headings from `level` on."""
    lines = [line for change in diff.facts for line in change_lines(change)]
    if diff.sections:
        lines += change_lines(Change("sections", items=diff.sections))
    if lines:
        yield f"<section><h{level}>Document</h{level}>"
        yield from _lines(lines)
        yield "</section>"
    for name, records in by_section(diff):
        yield f'<section><h{level} dir="auto">{escape(name or "Without a heading")}</h{level}>'
        for record in records:
            yield from _record(record, level + 1)
        yield "</section>"


def _record(record: RecordDiff, level: int) -> Iterator[str]:
    state = STATES[record.state]
    pages = [f"page {ref.page}" for ref in (record.old, record.new) if ref and ref.page]
    place = " → ".join(dict.fromkeys(pages))
    yield f"<article class={record.state}><h{level}><span class=state>{state}</span> "
    yield f"{escape(number(record))} <span class=place>{place}</span></h{level}>"
    yield f'<p class=text dir="auto">{_runs(text_runs(record))}</p>'
    yield from _lines(record_lines(record))
    yield "</article>"


def _lines(lines: Iterable[Line]) -> Iterator[str]:
    """Lines as a list of terms; those without a label belong to the one before."""
    opened = False
    for line in lines:
        if not line.depth and (line.label or not opened):
            yield (
                f"<dl class=fields><dt>{escape(line.label)}</dt>"
                if not opened
                else (f"<dt>{escape(line.label)}</dt>")
            )
            opened = True
        label = f"<span class=part>{escape(line.label)}</span> " if line.depth else ""
        kind = " ".join([f"d{min(line.depth, 3)}", *["small"] * line.small])
        yield f'<dd class="{kind}" dir="auto">{label}{_runs(line.runs)}</dd>'
    if opened:
        yield "</dl>"


def _runs(runs: Iterable[Run]) -> str:
    found = "".join(_run(*run) for run in runs)
    return found.replace("</del><ins>", "</del> <ins>")  # two words, not one


def _run(style: str, text: str) -> str:
    if style == "=":
        return escape(text)
    if style == "note":
        return f"<span class=note>{escape(text)}</span>"
    tag, said = ("del", "taken out") if style == "-" else ("ins", "put in")
    before, after = f"<span class=said>[{said}: </span>", "<span class=said>]</span>"
    return f"<{tag}>{before}{escape(text)}{after}</{tag}>"


def _sides(title: str, sides: Iterable[Side]) -> Iterator[str]:
    sides = list(sides)
    if sides:
        rows = [
            (one.name, one.title or "", one.date or "", str(one.recommendations)) for one in sides
        ]
        yield f"<section><h2>{escape(title)}</h2>"
        yield from _table(title, ("File", "Title", "Date", "Recommendations"), rows)
        yield "</section>"


def _documents(diff: DatasetDiff) -> Iterator[str]:
    """Each document that differs, the one with most differences first."""
    if not diff.documents:
        return
    shown = " open" if len(diff.documents) <= _OPEN else ""
    yield "<section><h2>Documents changed</h2>"
    for plan in sorted(diff.documents, key=lambda plan: -len(plan.records)):
        line = f"{side_line(plan.new)}: {headline(plan.figures())}"
        yield f'<details{shown}><summary dir="auto">{escape(line)}</summary>'
        if plan.old.name != plan.new.name:
            yield f"<p>Before: {escape(side_line(plan.old))}</p>"
        yield from _plan(plan, 3)
        yield "</details>"
    yield "</section>"


def _difference(table: Table) -> str:
    if table.old is None or table.new is None or table.old == table.new:
        return ""
    return f"{table.new - table.old:+d}"


def _tables(diff: DatasetDiff) -> Iterator[str]:
    rows = [
        (
            table.name,
            "none" if table.old is None else str(table.old),
            "none" if table.new is None else str(table.new),
            _difference(table),
            "" if table.new is None else ", ".join(table.only_old),
            "" if table.old is None else ", ".join(table.only_new),
        )
        for table in diff.tables
    ]
    head = ("Table", "Old", "New", "Difference", "Columns only in old", "Columns only in new")
    yield "<section><h2>Tables</h2>"
    yield from _table("Rows of each table", head, rows)
    yield "</section>"
