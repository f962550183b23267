"""Edits of tables: rows split and joined, columns given another field, and all read anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from actionplan.errors import EditError, NothingToDoError
from actionplan.parsing import column_fields
from actionplan.review.desk_edits import DeskEdits
from actionplan.review.edits import Edited
from actionplan.review.effects import Effect
from actionplan.review.model import JoinView, PageTables, Saved
from actionplan.review.papers import Papers, structure_of
from actionplan.review.places import with_fields
from actionplan.review.shelf import Request
from actionplan.review.state import DocumentState
from actionplan.review.worker import Command, Reread


class DeskTables(DeskEdits):
    """The edits that change tables; they need the PDF.

    They raise what others do, and

        PdfMissingError: the PDF is not found.
    """

    _papers: Papers

    def split_row(
        self, name: str, table: int, row: int, page: int, y: float = 0.0, *, seen: int, who: str
    ) -> Saved:
        """Make a row of its own of what a row has at or below a place, and read it anew."""
        command = {"name": "split_row", "table": table, "row": row, "page": page, "y": y}
        return self._restructure(name, command, f"Row split on page {page}", seen, who)

    def join_rows(self, name: str, table: int, row: int, *, seen: int, who: str) -> Saved:
        """Make one row of a row and the next one, and read it anew."""
        command = {"name": "join_rows", "table": table, "row": row}
        return self._restructure(name, command, "Two rows joined", seen, who)

    def split_join(self, name: str, table: int, join: int, *, seen: int, who: str) -> Saved:
        """Split the row that was joined over a page break."""
        found = self._join(name, table, join)
        if not found.joined:
            raise EditError("the row is split there already; look at the page as it is now")
        return self.split_row(name, table, found.row, found.page, seen=seen, who=who)

    def join_join(self, name: str, table: int, join: int, *, seen: int, who: str) -> Saved:
        """Join the rows before and behind a page break."""
        found = self._join(name, table, join)
        if found.joined:
            raise EditError("the rows are joined there already; look at the page as it is now")
        return self.join_rows(name, table, found.row, seen=seen, who=who)

    def _join(self, name: str, table: int, join: int) -> JoinView:
        state = self._shelf.state(name)
        for page in self._papers.pages(state, wait=True) or ():
            for one in page.joins:
                if (one.table, one.index) == (table, join):
                    return one
        raise EditError("the table has no such page break; look at the page as it is now")

    def set_column(
        self, name: str, section: str, column: int, field: str, *, seen: int, who: str
    ) -> Saved:
        """Give a column of a section another field, and read its tables anew."""
        if field not in column_fields():
            raise EditError(f"{field!r} is no field; choose from {', '.join(column_fields())}")
        state = self._shelf.state(name)
        columns = _columns(state, section)
        if not 0 <= column < len(columns):
            raise EditError("the section has no such column; look at it as it is now")
        header = columns[column]["header"]
        pages = self._papers.pages(state, wait=True) or []
        command = {
            "name": "set_column",
            "tables": _tables(state, pages, section, column, header),
            "column": column,
            "field": field,
        }
        what = f"Column “{header}”" if header else f"Column {column + 1}"
        return self._restructure(name, command, f"{what} read as {field}", seen, who)

    def _restructure(
        self, name: str, command: dict[str, Any], message: str, seen: int, who: str
    ) -> Saved:
        """Read the PDF again with a change of its tables, and write what that does to records."""
        with self._shelf.lock:
            state = self._shelf.state(name)
            before = structure_of(state)
        reread = self._papers.reread(state, command)
        full = {**command, "text": reread.text}

        def build(now_: DocumentState) -> Edited:
            if structure_of(now_) != before:
                raise EditError("somebody else changed the tables meanwhile; try again")
            known = before[-1]["aliases"] if before else {}
            effect = Effect(now_, reread, known)
            if not effect.changes:
                raise NothingToDoError("nothing changes by this; choose another place")
            full["aliases"] = {key: own for key, own in effect.aliases.items() if key != own}
            key = next(iter(effect.touched), None)
            told = message + _records_told(reread, command)
            return Edited(effect.changes, told, key if key in effect.aliases.values() else None)

        return self._do(Request(name, who, seen, full), build)


def _columns(state: DocumentState, section: str) -> list[Mapping[str, Any]]:
    for one in state.draft.parts["sections"]:
        if one["id"] == section:
            columns: list[Mapping[str, Any]] = one["columns"]
            return columns
    raise EditError("the document has no such section; look at it as it is now")


def _tables(
    state: DocumentState, pages: Sequence[PageTables], section: str, column: int, header: str
) -> list[int]:
    """Tables of a section that have a column of this header, or else one at its place."""
    records = state.draft.records
    cells = [
        cell
        for page in pages
        for cell in with_fields(page, state).cells
        if cell.key in records and records[cell.key]["section"] == section
    ]
    named = {one.table for one in cells if one.column == column and one.header == header}
    found = named or {one.table for one in cells}
    if not found:
        raise EditError("the tables of this section are not found on its pages")
    return sorted(found)


def _records_told(reread: Reread, command: Command) -> str:
    """What the change of a row does to recommendations, where it is not what one expects.

    A row without a number or a text of its own goes on with the recommendation above it.
    """
    counts = [len(plan["recommendations"]) for plan in (reread.before, reread.after)]
    if "row" not in command or counts[0] != counts[1]:
        return ""
    many = "one recommendation" if command["name"] == "split_row" else "as many recommendations"
    return f"; the rows still make {many}"
