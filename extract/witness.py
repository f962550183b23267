"""The structure tree as a witness at page breaks, believed as far as it agrees with the grid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from actionplan.extract.fragments import FragmentCell, TableFragment
from actionplan.extract.opinion_settings import TagSettings
from actionplan.extract.tags import PageTags, Path, TagTree
from actionplan.schemas.tables import Evidence

_SAME = "one row of the structure tree holds both"
_OTHER = "two rows of one table in the structure tree"


class TagWitness:
    """Tells whether the pieces of a row on two pages are one row of the structure tree."""

    def __init__(self, tree: TagTree, settings: TagSettings | None = None) -> None:
        """Take the document's tree."""
        self._tree = tree
        self._settings = settings or TagSettings()
        self._rows: dict[int, tuple[TableFragment, list[set[Path]]]] = {}

    def at_break(
        self, before: TableFragment, last: int, after: TableFragment, first: int, score: float
    ) -> Evidence | None:
        """Return what the tree says of two pieces, or None if it says nothing worth hearing.

        A tree in which each page is a table of its own proves nothing about joins.

        Args:
            before: the fragment before the break.
            last: its row at the break.
            after: the fragment after it.
            first: its row at the break, headers left out.
            score: sum of the other evidence.
        """
        if abs(score) >= self._settings.doubt:
            return None
        above = self._heard(before)
        if above is None or not above[last]:
            return None
        below = self._heard(after)
        if below is None or not below[first]:
            return None
        if above[last] & below[first]:
            return Evidence("tags", self._settings.same_row, _SAME)
        if {row[:-1] for row in above[last]} & {row[:-1] for row in below[first]}:
            return Evidence("tags", self._settings.other_row, _OTHER)
        return None

    def _heard(self, fragment: TableFragment) -> list[set[Path]] | None:
        """For each row of a fragment the rows of the tree that are it; None if few are."""
        known = self._rows.get(id(fragment))
        if known is None:
            known = self._rows[id(fragment)] = fragment, self._match(fragment)
        return known[1] or None

    def _match(self, fragment: TableFragment) -> list[set[Path]]:
        tags = self._tree.page(fragment.page)
        if tags is None:
            return []
        rows = [self._same(tags, fragment.starts(r)) for r in range(len(fragment.rows))]
        filled = [r for r in range(len(rows)) if any(cell.lines for cell in fragment.starts(r))]
        # A row of the tree for each printed line looks right where rows are one line tall.
        tall = any(
            rows[r] and any(len(cell.lines) > 1 for cell in fragment.starts(r)) for r in filled
        )
        agreed = sum(bool(rows[r]) for r in filled)
        enough = agreed >= self._settings.agreement * len(filled)
        return rows if tall and enough else []

    def _same(self, tags: PageTags, cells: list[FragmentCell]) -> set[Path]:
        """The rows of the tree that hold the words of `cells` and few others of the page.

        A cell over several rows may go on from the page before: the others are also asked alone.
        """
        narrow = [cell for cell in cells if cell.rowspan == 1]
        found = self._holding(tags, cells)
        return found if len(narrow) == len(cells) else found | self._holding(tags, narrow)

    def _holding(self, tags: PageTags, cells: Iterable[FragmentCell]) -> set[Path]:
        words = (word for cell in cells for line in cell.lines for word in line.words)
        places = [place for word in words if (place := tags.words[word]) is not None]
        total = len(places)
        # Many words have one place: each is looked at once.
        distinct = {id(place): place for place in places}
        count: Counter[Path] = Counter()
        for key, here in Counter(map(id, places)).items():
            for row in distinct[key].rows:
                count[row] += here
        share = self._settings.share
        return {
            row
            for row, words in count.items()
            if words >= share * total and words >= share * tags.in_row[row]
        }
