"""The tables of docs/hostile.md: ``python -m tests.hostile.tables`` writes them anew."""

from __future__ import annotations

from collections.abc import Iterator

from tests.conftest import ROOT
from tests.hostile.kinds import Bad
from tests.hostile.make import EVERY
from tests.hostile.places import PLACES

PAGE = ROOT / "docs" / "hostile.md"
BEGIN, END = "<!-- tables: begin -->\n", "<!-- tables: end -->\n"


def tables() -> str:
    """One table for each group of bad files, and one for what is no plain file."""
    parts: list[str] = []
    for group in dict.fromkeys(bad.group for bad in EVERY.values()):
        some = [bad for bad in EVERY.values() if bad.group == group]
        parts += ["", f"### {group}", "", "| file | what is wrong | the user sees | code |"]
        parts += ["| --- | --- | --- | --- |", *map(_row, some)]
    parts += ["", "### No plain files", "", *_places(), ""]
    return "\n".join(parts) + "\n"


def _row(bad: Bad) -> str:
    seen = f"`{bad.sees}`" if bad.code else bad.sees + f", `{bad.issue}`" * bool(bad.issue)
    return f"| {bad.name} | {bad.wrong.replace('|', chr(92) + '|')} | {seen} | {bad.code} |"


def _places() -> Iterator[str]:
    yield "| named on the command line | the user sees | code |"
    yield "| --- | --- | --- |"
    for what, _, seen in PLACES.values():
        yield f"| {what} | `{seen}` | {2 if what == 'a folder' else 4} |"


def written(page: str) -> str:
    """The page with its tables as they are now."""
    before, _, rest = page.partition(BEGIN)
    return before + BEGIN + tables() + END + rest.partition(END)[2]


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
