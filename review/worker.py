"""PDFs read again, in a process of their own: their cells for the screen, and plans anew.

pdfium is not thread-safe and a PDF may be hostile: one worker process reads one document at a time.
If it dies or takes too long, it is started anew. It holds the tables that it read last.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from actionplan.errors import ActionplanError, EditError
from actionplan.review.model import CellView, JoinView, PageTables
from actionplan.review.structure import BY_HAND, join_rows, split_row
from actionplan.schemas.shown import as_shown
from actionplan.schemas.tables import ReadOptions, TableDocument
from actionplan.stores import LocalStore

if TYPE_CHECKING:
    from actionplan.schemas.tables import LogicalTable

Command = Mapping[str, Any]
Commands = Sequence[Command]


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF to read.

    Attributes:
        stamp: tells a changed file from the one that was read.
        folder: of its results.
        settings: how `convert` read it (`Options.settings`), where that is known.
    """

    path: str
    stamp: int
    folder: str
    settings: str = ""


class Reread(NamedTuple):
    """A plan before and after a change of its tables, as JSON; `text` is that of the row."""

    before: dict[str, Any]
    after: dict[str, Any]
    text: str = ""


class Reader:
    """The worker process."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._lock = threading.Lock()
        self._pool: Any = None

    def close(self) -> None:
        """Stop the worker."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool:
            pool.stop()
            pool.join()

    def start(self) -> None:
        """Start the worker now; its imports take a second."""
        self._schedule(_warm_up)

    def pages(self, paper: Paper, commands: Commands) -> Future[list[PageTables]]:
        """Read what stands on each page, after the changes of `commands`."""
        future: Future[list[PageTables]] = self._schedule(_pages, paper, [*commands])
        return future

    def plans(self, paper: Paper, commands: Commands, more: Command) -> Reread:
        """Return the plan after `commands`, and after `more` as well.

        Raises:
            EditError: `more` cannot be done, or the PDF cannot be read again.
        """
        try:
            found: Reread = self._schedule(_plans, paper, [*commands], more).result()
        except ActionplanError:
            raise
        except TimeoutError as error:
            raise EditError(
                "reading the PDF again takes too long; change records instead"
            ) from error
        except Exception as error:
            raise EditError(
                f"the PDF cannot be read again ({error}); change records instead"
            ) from error
        return found

    def _schedule(self, work: Any, *args: object) -> Any:
        import multiprocessing

        from pebble import ProcessPool

        with self._lock:
            if self._pool is None:
                methods = multiprocessing.get_all_start_methods()
                kind = "forkserver" if "forkserver" in methods else "spawn"
                self._pool = ProcessPool(1, context=multiprocessing.get_context(kind))
            return self._pool.schedule(work, args=args, timeout=self.seconds)


def _warm_up() -> None:
    """Import what reading needs."""
    import actionplan.parsing

    actionplan.parsing.parse_text("leads", "Head of Service")


@lru_cache(maxsize=2)
def _tables(paper: Paper) -> TableDocument:
    from actionplan.api import read_tables
    from actionplan.scanning import resources

    # What was recognised on scanned pages is kept beside the results.
    kept = resources(LocalStore(Path(paper.folder)))
    try:
        return read_tables(Path(paper.path), options=_options(paper), resources=kept)
    except ActionplanError as error:  # of several arguments: it would not come back whole
        raise EditError(str(error)) from error


def _options(paper: Paper) -> ReadOptions | None:
    """How the document was read; null if that is not known, or by another version."""
    known = {one.name for one in fields(ReadOptions)}
    reading = _settings(paper).get("reading") or {}
    return ReadOptions(**reading) if reading and reading.keys() <= known else None


def _settings(paper: Paper) -> dict[str, Any]:
    settings: dict[str, Any] = json.loads(paper.settings or "{}")
    return settings


def _pages(paper: Paper, commands: Commands) -> list[PageTables]:
    """In the worker: see `Reader.pages`."""
    document = changed(_tables(paper), commands)
    return [_page(document, info.page) for info in document.pages]


def _plans(paper: Paper, commands: Commands, more: Command) -> Reread:
    """In the worker: see `Reader.plans`."""
    before = changed(_tables(paper), commands)
    text = row_text(before, more["table"], more["row"]) if "row" in more else ""
    after = _plan(paper, _asked(*commands, more))
    return Reread(_plan(paper, _asked(*commands)), after, text)


def _asked(*commands: Command) -> str:
    """What was asked for, without what came of it: the same before and after it is done."""
    told = ({k: v for k, v in one.items() if k not in ("text", "aliases")} for one in commands)
    return json.dumps([*told], sort_keys=True)


@lru_cache(maxsize=3)
def _plan(paper: Paper, asked: str) -> dict[str, Any]:
    """The plan after changes of tables; that after one change is that before the next."""
    from actionplan.api import plan_of

    commands: Commands = json.loads(asked)
    by_table: dict[int, dict[int, str]] = {}
    for command in commands:
        if command["name"] == "set_column":
            for table in command["tables"]:
                by_table.setdefault(table, {})[command["column"]] = command["field"]
    document = changed(_tables(paper), commands)
    plan = plan_of(document, _settings(paper).get("columns"), by_table)
    return plan.model_dump(mode="json")


def changed(document: TableDocument, commands: Commands) -> TableDocument:
    """Return `document` with its rows split and joined as `commands` say.

    Raises:
        EditError: a row is not where it was.
    """
    for command in commands:
        name = command["name"]
        if name == "set_column":
            continue
        table, row = command["table"], command["row"]
        text = row_text(document, table, row)
        if text != command.get("text", text):
            raise EditError(
                "the table is read otherwise since an earlier change of its rows; undo that first"
            )
        if name == "split_row":
            document = split_row(document, table, row, command["page"], command["y"])
        else:
            document = join_rows(document, table, row)
    return document


def row_text(document: TableDocument, table: int, row: int) -> str:
    """Return the text of a row; empty if there is none."""
    if not 0 <= table < len(document.tables):
        return ""
    rows = document.tables[table].rows
    return rows[row].text if 0 <= row < len(rows) else ""


def _page(document: TableDocument, page: int) -> PageTables:
    """What stands on a page, without the records that it belongs to."""
    document = as_shown(document)
    info = document.pages[page - 1]
    cells: list[CellView] = []
    joins: list[JoinView] = []
    headers = []
    for at, table in enumerate(document.tables):
        cells += _cells(table, at, page)
        joins += _joins(table, at, page)
        roles = table.iter_lines()
        headers += [
            line.bbox for role, line in roles if role in ("header", "heading") and line.page == page
        ]
    loose = tuple(line.bbox for line in document.unassigned if line.page == page)
    return PageTables(
        info.page, info.width, info.height, tuple(cells), tuple(headers), loose, tuple(joins)
    )


def _cells(table: LogicalTable, at: int, page: int) -> list[CellView]:
    return [
        CellView(
            id=f"t{at}r{row}c{column}",
            table=at,
            row=row,
            column=column,
            bbox=region.bbox,
            text=cell.text,
            header=" ".join(table.columns[column].header.split()),
        )
        for row, each in enumerate(table.rows)
        for column, cell in enumerate(each.cells[: len(table.columns)])
        for region in cell.regions
        if region.page == page
    ]


def _joins(table: LogicalTable, at: int, page: int) -> list[JoinView]:
    found = []
    for index, join in enumerate(table.joins):
        if join.page != page:
            continue
        row = join.row if join.joined else join.row + 1
        regions = [
            region
            for cell in (table.rows[row].cells if row < len(table.rows) else ())
            for region in cell.regions
            if region.page == page
        ]
        boxes = list(zip(*(region.bbox for region in regions), strict=True))
        if not boxes:
            continue
        found.append(
            JoinView(
                table=at,
                index=index,
                row=join.row,
                page=page,
                bbox=(min(boxes[0]), min(boxes[1]), max(boxes[2]), max(boxes[3])),
                joined=join.joined,
                by_hand=any(one.name == BY_HAND for one in join.evidence),
                score=round(join.score, 2),
                confidence=round(join.confidence, 2),
                evidence=tuple(
                    (one.name, round(one.weight, 2), one.detail) for one in join.evidence
                ),
            )
        )
    return found
