"""What stands beside several actions of a recommendation, tied to those it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from actionplan.normalise.action_numbers import numbered_blocks
from actionplan.normalise.actions import ActionDraft, tie
from actionplan.normalise.records import FieldCell
from actionplan.normalise.settings import NormaliseSettings
from actionplan.schemas.tables import Line

Value = TypeVar("Value")


class Printed(NamedTuple, Generic[Value]):
    """A value out of a cell.

    Attributes:
        cell: the cell.
        value: what it says.
        lines: the lines that say it.
        owners: places of the actions that it names by number.
    """

    cell: FieldCell
    value: Value
    lines: Sequence[Line]
    owners: tuple[int, ...] = ()


class ActionTies:
    """The actions of a recommendation, and the ways in which cells beside them point to them."""

    def __init__(self, drafts: Sequence[ActionDraft], settings: NormaliseSettings) -> None:
        self.drafts = drafts
        self._settings = settings

    def beside(self, cell: FieldCell) -> list[int]:
        """Places of the actions in the rows that `cell` covers."""
        rows = range(cell.row, cell.row + cell.rows)
        return [at for at, draft in enumerate(self.drafts) if draft.row in rows]

    def alone(self, draft: ActionDraft) -> bool:
        """Is `draft` the only action of its row?"""
        return sum(other.row == draft.row for other in self.drafts) == 1

    def numbered(
        self, cell: FieldCell, lines: Sequence[Line]
    ) -> list[tuple[tuple[int, ...], tuple[Line, ...]]]:
        """Split the lines of `cell` at the numbers of the actions beside it, if it has them.

        Returns:
            Places of the actions and lines of each part.
        """
        level = self.beside(cell)
        blocks = numbered_blocks(lines, [self.drafts[at].number for at in level])
        return [(tuple(level[one] for one in owners), own) for owners, own in blocks]

    def tied(self, printed: Sequence[Printed[Value]]) -> Iterator[tuple[int, Value]]:
        """Yield each value with the place of each action to which the page ties it."""
        if len(self.drafts) < 2:
            return
        for one in printed:
            yield from ((owner, one.value) for owner in one.owners)
        for cell in _cells(printed):
            yield from self._by_level(cell, [one for one in printed if one.cell is cell])

    def _by_level(
        self, cell: FieldCell, own: Sequence[Printed[Value]]
    ) -> Iterator[tuple[int, Value]]:
        level = self.beside(cell)
        free = [one for one in own if not one.owners]
        if cell.inherited or not level or len(free) < len(own):
            return
        if cell.rows == 1 and len(level) == 1:
            yield from ((level[0], one.value) for one in free)
            return
        if not all(one.lines for one in free):  # a fill alone stands level with all
            return
        drafts = [self.drafts[at] for at in level]
        owners = tie([one.lines for one in free], drafts, cell.cell, self._settings)
        for owner, one in zip(owners, free, strict=True):
            if owner is not None:
                yield level[owner], one.value


def _cells(printed: Iterable[Printed[Value]]) -> list[FieldCell]:
    """The cells of `printed`, each once."""
    cells: list[FieldCell] = []
    for one in printed:
        if not any(one.cell is other for other in cells):
            cells.append(one.cell)
    return cells
