"""A comparison on a terminal, by rich; without colours words are marked [-out-] and {+in+}."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from actionplan.normalise.compare.model import DatasetDiff, Item, PlanDiff, RecordDiff
from actionplan.normalise.compare.wording import (
    SLIGHTLY,
    Line,
    Run,
    by_section,
    change_lines,
    document_headline,
    field_rows,
    headline,
    in_context,
    notes,
    number,
    record_lines,
    side_line,
    text_runs,
)
from actionplan.normalise.printable import printable

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

_SIGNS = {"added": ("+", "bold green"), "dropped": ("-", "bold red"), "changed": ("~", "bold")}
_STYLES = {"-": "red strike", "+": "green underline", "note": "dim", "=": ""}
_MARKS = {"-": ("[-", "-]"), "+": ("{+", "+}"), "note": ("", ""), "=": ("", "")}
_DOCUMENTS = 30  # documents of a dataset that are listed; all are in the other views


def print_plans(diff: PlanDiff, console: Console) -> None:
    """Print what differs between two plans."""
    _say(console, f"Old: {side_line(diff.old)}")
    _say(console, f"New: {side_line(diff.new)}")
    if diff.empty:
        _say(console, "Nothing differs.", "bold")
        return
    figures = diff.figures()
    _say(console, headline(figures), "bold")
    if figures.minor:
        _say(console, SLIGHTLY, "dim")
    for note in notes(figures):
        _say(console, note)
    if diff.facts or diff.sections:
        _say(console, "")
        _say(console, "Document", "bold")
        lines = [line for change in diff.facts for line in change_lines(change)]
        console.print(_grid(lines, console))
        console.print(_grid(_section_lines(diff.sections), console))
    for name, records in by_section(diff):
        _say(console, "")
        _say(console, name or "Without a heading", "bold underline")
        for record in records:
            _print_record(record, console)


def _section_lines(items: Iterable[Item]) -> list[Line]:
    from actionplan.normalise.compare.model import Change

    items = tuple(items)
    return list(change_lines(Change("sections", items=items))) if items else []


def _print_record(record: RecordDiff, console: Console) -> None:
    from rich.padding import Padding
    from rich.table import Table

    sign, style = _SIGNS[record.state]
    runs = text_runs(record)
    text = _runs(in_context(runs) if record.state == "changed" else runs, _is_plain(console))
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(max_width=12)
    table.add_column(overflow="fold")
    table.add_row(_text(sign, style), _text(number(record), style), text)
    console.print(table)
    lines = record_lines(record)
    if lines:
        console.print(Padding(_grid(lines, console), (0, 0, 0, 2)))


def _grid(lines: Iterable[Line], console: Console) -> Table:
    from rich.table import Table

    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(min_width=10, max_width=16)
    table.add_column(overflow="fold")
    for line in lines:
        text = _runs(line.runs, _is_plain(console))
        if line.depth:
            text = _text(f"{'  ' * line.depth}{line.label}: ", "cyan") + text
        if line.small:
            text.stylize("dim")
        table.add_row(_text("" if line.depth else line.label, "cyan"), text)
    return table


def _is_plain(console: Console) -> bool:
    return console.no_color or not console.is_terminal


def _runs(runs: Iterable[Run], plain: bool) -> Text:
    from rich.text import Text

    text = Text()
    last = ""
    for style, run in runs:
        before, after = _MARKS[style] if plain else ("", "")
        if last + style == "-+" and not plain:  # colours alone do not part two words
            text.append(" ")
        last = style
        text.append(before + printable(run) + after, _STYLES[style])
    return text


def print_datasets(diff: DatasetDiff, console: Console) -> None:
    """Print what differs between two datasets: figures, and the documents that differ most."""
    from rich.table import Table

    _say(console, f"Old: {diff.old}")
    _say(console, f"New: {diff.new}")
    if diff.empty:
        _say(console, "Nothing differs.", "bold")
        return
    _say(console, document_headline(diff), "bold")
    _say(console, f"Recommendations of documents in both: {headline(diff.figures)}", "bold")
    for note in notes(diff.figures):
        _say(console, note)
    if diff.figures.fields:
        table = Table("field", "changed", "slightly", "share", box=None, pad_edge=False)
        for column in table.columns[1:]:
            column.justify = "right"
        for row in field_rows(diff.figures):
            table.add_row(*map(_text, row))
        console.print(table)
    _print_columns(diff, console)
    _print_documents(diff, console)


def _print_columns(diff: DatasetDiff, console: Console) -> None:
    for table in diff.tables:
        for which, names, other in (
            ("old", table.only_old, table.new),
            ("new", table.only_new, table.old),
        ):
            if names and other is None:
                _say(console, f"Only in the {which} dataset: the table {table.name}")
            elif names:
                _say(console, f"Only in the {which} table {table.name}: {', '.join(names)}")


def _print_documents(diff: DatasetDiff, console: Console) -> None:
    _say(console, "")
    for sides, state in ((diff.added, "added"), (diff.dropped, "dropped")):
        sign, style = _SIGNS[state]
        for one in sides[:_DOCUMENTS]:
            _say(console, f"{sign} {side_line(one)}", style)
        _print_rest(console, len(sides), state)
    most = sorted(diff.documents, key=lambda plan: -len(plan.records))
    for plan in most[:_DOCUMENTS]:
        other = f" (before: {plan.old.name})" if plan.old.name != plan.new.name else ""
        _say(console, f"~ {plan.new.name}{other}: {headline(plan.figures())}")
    _print_rest(console, len(most), "changed")


def _print_rest(console: Console, count: int, state: str) -> None:
    if count > _DOCUMENTS:
        _say(console, f"  {count - _DOCUMENTS} more {state}: all are in --html and --json")


def _say(console: Console, line: str, style: str = "") -> None:
    console.print(_text(line, style), soft_wrap=False)


def _text(text: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(printable(text), style=style)
