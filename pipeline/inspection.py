"""`actionplan inspect`: a plan as a table in the terminal, and its pages drawn over."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from actionplan import api
from actionplan.console import say
from actionplan.convert import Options
from actionplan.errors import ExitCode, UsageError
from actionplan.normalise.printable import printable
from actionplan.scanning import nothing_found, scan_facts
from actionplan.schemas.plan import Action, Lead, Plan, Recommendation, Section, Target, Update
from actionplan.writers import make_folder, write_bytes

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from actionplan.schemas.tables import TableDocument


def inspect_file(path: Path, options: Options, *, page: int | None, png: Path | None) -> ExitCode:
    """Print the plan in `path`; write a picture of each page (or of `page`) to `png`.

    A document without a plan still gives its pictures.

    Raises:
        UnreadableError: the input cannot be read.
        UsageError: there is no such page.
        OutputError: a picture cannot be written.
    """
    data = api.load(path)
    document = api.read_tables(
        data, name=path.name, password=options.password, options=options.reading
    )
    if page and page > len(document.pages):
        raise UsageError(f"{path.name}: has {len(document.pages)} pages; name one of them")
    plan = api.plan_of(document, options.columns)
    if png:
        pages = [page] if page else [info.page for info in document.pages]
        write_pictures(data, document, plan, pages, make_folder(png), options.password)
    print_plan(plan, page)
    if not plan.recommendations:
        error = nothing_found(path.name, {"tables": len(document.tables), **scan_facts(document)})
        say(str(error))
        return error.exit_code
    return ExitCode.OK


def print_plan(plan: Plan, page: int | None = None) -> None:
    """Print the plan on standard output, or those of its records that touch `page`."""
    from rich.console import Console

    piped = not sys.stdout.isatty()
    console = Console(width=120 if piped else None, highlight=False)
    document = plan.document
    console.print(printable(document.title or document.name), style="bold", markup=False)
    for section in plan.sections:
        records = [
            record
            for record in plan.recommendations
            if record.section == section.id and (page is None or page in _pages(record))
        ]
        if records:
            console.print(_section_table(section, records))
    _print_doubts(console, plan, page)


def _section_table(section: Section, records: list[Recommendation]) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(title=_plain(section.heading or section.id), title_justify="left", box=box.SQUARE)
    table.show_lines = True
    table.add_column("No", width=7, overflow="fold")
    for name, ratio in (("Recommendation and actions", 9), ("Who", 5), ("When", 4), ("Updates", 8)):
        table.add_column(name, ratio=ratio, overflow="fold")
    table.expand = True
    for record in records:
        table.add_row(
            _plain("\n".join([record.number or "-", _page_range(record)])),
            _plain(_what(record)),
            _plain("\n".join(_who(record))),
            _plain(_when(record)),
            _plain("\n".join(_update(update) for update in record.updates)),
        )
    return table


def _plain(text: str) -> str:
    """`text` with nothing in it that rich would take for markup, or a terminal for orders."""
    from rich.markup import escape

    return escape(printable(text))


def _what(record: Recommendation) -> str:
    return "\n".join([record.text, *(f"> {_numbered(action)}" for action in record.actions)])


def _numbered(action: Action) -> str:
    return f"{action.number}. {action.text}" if action.number else action.text


def _who(record: Recommendation) -> list[str]:
    return [agency.name for agency in record.agencies] + [_lead(lead) for lead in record.leads]


def _lead(lead: Lead) -> str:
    parts = [part for part in (lead.name, lead.post, lead.organisation) if part]
    return f"- {', '.join(parts) or lead.text}"


def _when(record: Recommendation) -> str:
    lines = [_target(record.target)] if record.target.text else []
    if record.revised_target and record.revised_target.text:
        lines.append(f"revised: {_target(record.revised_target)}")
    return "\n".join([*lines, f"[{record.status.value.replace('_', ' ')}]"])


def _target(target: Target) -> str:
    meaning = target.edtf or (target.kind if target.kind != "none" else "no date")
    return f"{target.text}\n= {meaning}"


def _update(update: Update) -> str:
    return f"{update.label}: {update.text}" if update.label else update.text


def _pages(record: Recommendation) -> set[int]:
    return {place.page for places in record.provenance.values() for place in places}


def _page_range(record: Recommendation) -> str:
    pages = sorted(_pages(record))
    if not pages:
        return ""
    return f"p {pages[0]}" if len(pages) == 1 else f"p {pages[0]}-{pages[-1]}"


def _print_doubts(console: Console, plan: Plan, page: int | None) -> None:
    """The issues, the least sure records first, then the text that was left over."""
    shown = [r for r in plan.recommendations if r.issues and (page is None or page in _pages(r))]
    if shown:
        console.print("To check", style="bold")
    for record in sorted(shown, key=lambda record: record.confidence):
        for issue in record.issues:
            where = f"{record.id} ({_page_range(record)})"
            text = f"  {where} {issue.field}: {issue.message} [{issue.code}]"
            console.print(printable(text), markup=False)
    left = [item for item in plan.unassigned if page is None or item.page == page]
    if left:
        console.print("Text in no table", style="bold")
    for item in left:
        console.print(printable(f"  p {item.page}: {item.text}"), markup=False)


def write_pictures(
    data: bytes,
    document: TableDocument,
    plan: Plan,
    pages: list[int],
    folder: Path,
    password: str | None,
) -> None:
    """Write ``NAME-page-001.png``... for `pages` of the PDF `data` to `folder`."""
    import io

    from actionplan.extract.errors import ReadError
    from actionplan.extract.render import render_page
    from actionplan.overlay import Style, draw, page_marks

    style = Style()
    for page in pages:
        try:
            picture = render_page(data, page, scale=style.scale, password=password)
        except ReadError as error:
            say(f"{document.name}: {error.message}; its text is read all the same")
            continue
        title = f"{document.name}, page {page} of {len(document.pages)}"
        drawn = draw(picture, page_marks(document, plan, page), title, style)
        stream = io.BytesIO()
        drawn.save(stream, "PNG", optimize=False)
        path = folder / f"{Path(document.name).stem}-page-{page:03}.png"
        write_bytes(path, stream.getvalue())
        say(f"{path}")
