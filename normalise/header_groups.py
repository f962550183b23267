"""Headers over several columns, and what columns tell of each other.

"Owner" over "Name" and "Tel ext", "Timescale" over "Target" and "Revised": each column's header
begins with the words that stand over all of them, which only the first prints.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from actionplan.normalise.vocabulary import load
from actionplan.schemas.tables import Column

if TYPE_CHECKING:
    from actionplan.normalise.columns import ColumnRole

_SIGN = re.compile(r"[/&,+;]|\band\b", re.IGNORECASE)
_WORD = re.compile(r"[\w%]+")


@dataclass(frozen=True, slots=True)
class SubHeader:
    """A column below a header over several: its own header, and the words over it."""

    column: Column
    group: str

    @property
    def told_by_group(self) -> str | None:
        """The field of a word that means something only below its group ("Revised", "Name")."""
        own, over = " ".join(_words(self.column.header)), set(_words(self.group))
        for table in load("header_words")["under"]:
            if over & set(table["groups"]):
                return next((name for name in table["fields"] if own in table[name]), None)
        return None


def sub_headers(columns: Sequence[Column]) -> list[SubHeader | None]:
    """Return what each column of a group says by itself; None for one that is in no group.

    Columns side by side are a group where their headers begin with the same words, and the lines
    of the further ones do not print these.
    """
    groups = [""] * len(columns)
    for at, (left, right) in enumerate(pairwise(columns)):
        shared = _shared(left.header.split(), right.header.split())
        printed = " ".join(line.text for line in right.lines)
        if shared and right.lines and not _begins(printed, shared):
            groups[at] = groups[at] or shared
            groups[at + 1] = shared
    return [
        SubHeader(_below(column, group), group) if group else None
        for column, group in zip(columns, groups, strict=True)
    ]


def _shared(left: Sequence[str], right: Sequence[str]) -> str:
    """The words with which both headers begin; both say more than these."""
    count = 0
    while count < min(len(left), len(right)) - 1 and left[count] == right[count]:
        count += 1
    return " ".join(left[:count])


def _begins(text: str, start: str) -> bool:
    return _words(text)[: len(_words(start))] == _words(start)


def _below(column: Column, group: str) -> Column:
    """`column` without the words of its group, in its header and in its first lines."""
    left = _words(group)
    lines = list(column.lines)
    while lines and left and _words(lines[0].text) == left[: len(_words(lines[0].text))]:
        left = left[len(_words(lines.pop(0).text)) :]
    header = " ".join(column.header.split()[len(group.split()) :])
    return replace(column, header=header, lines=lines)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def told_apart(roles: Sequence[ColumnRole]) -> list[ColumnRole]:
    """Return `roles` where a column's neighbours say what it cannot hold.

    "Lead agency" with a prompt "Who is accountable?" holds agencies alone beside a column of
    leads; of two target columns the one that says "revised" holds the dates that replace the
    other's.
    """
    leads = any(role.field == "lead" for role in roles)
    agencies = any(role.field == "agency" for role in roles)
    first = {role.index for role in roles if role.field == "target" and not _revised(role.header)}
    done = []
    for role in roles:
        field = role.field
        if field == "agency+lead" and role.basis == "header" and not _SIGN.search(role.header):
            field = "agency" if leads else "lead" if agencies else field
        elif field == "target" and first and role.index not in first:
            field = "revised_target"
        done.append(replace(role, field=field))
    return done


def _revised(header: str) -> bool:
    return bool(set(load("header_words")["revised"]) & set(_words(header)))
