"""Which recommendation, action, update... of one version is which of the other.

Rows that are equal in all that is compared are paired first. Of the rest, what says for certain
which it is (a key or a text that is printed once on both sides) is paired next; then the pairs
with the greatest sum of likeness over the least, found by optimal assignment.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from actionplan.normalise.compare.entries import Entry
from actionplan.normalise.compare.settings import COMPARE
from actionplan.normalise.dataset.digest import plain_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Pair = tuple[int, int]
_WHOLE = frozenset({"themes"})  # lists of ids: another one is another thing
_PLACE = frozenset({"document_id", "document", "record_key", "record_id", "position", "action"})
_TINY = 1e-6  # decides between what is equal in all else


def is_same_text(one: str, other: str) -> bool:
    """Whether two texts are equal but for case, spaces and punctuation."""
    return plain_words(one).replace(" ", "") == plain_words(other).replace(" ", "")


def likeness(one: str, other: str) -> float:
    """Return how alike two texts of plain words are, 0 to 1.

    The better of the likeness by characters (normalised Levenshtein distance), which slips of
    reading leave high, and by words (longest common subsequence), which passages put in do.
    """
    from rapidfuzz.distance import Indel, Levenshtein

    if one == other:
        return 1.0
    by_words = Indel.normalized_similarity(one.split(), other.split())
    return float(max(Levenshtein.normalized_similarity(one, other), by_words))


def pair_unique(
    old: Sequence[Hashable], new: Sequence[Hashable], rest: tuple[set[int], set[int]]
) -> Iterator[Pair]:
    """Yield the places of what is on both sides once, and take them out of `rest`.

    An empty value says nothing.
    """
    counts = (
        Counter(old[place] for place in rest[0]),
        Counter(new[place] for place in rest[1]),
    )
    where = {new[place]: place for place in rest[1]}
    for place in sorted(rest[0]):
        value = old[place]
        if value and counts[0][value] == 1 == counts[1][value]:
            rest[0].discard(place)
            rest[1].discard(where[value])
            yield place, where[value]


def pair_equal(
    old: Sequence[Hashable], new: Sequence[Hashable], rest: tuple[set[int], set[int]]
) -> Iterator[Pair]:
    """Yield the places of equal values, the first with the first; take them out of `rest`."""
    where: dict[Hashable, list[int]] = defaultdict(list)
    for place in sorted(rest[1], reverse=True):
        where[new[place]].append(place)
    for place in sorted(rest[0]):
        if where[old[place]]:
            other = where[old[place]].pop()
            rest[0].discard(place)
            rest[1].discard(other)
            yield place, other


def pair_best(
    rest: tuple[Iterable[int], Iterable[int]],
    score: Callable[[int, int], float],
    least: float,
) -> Iterator[Pair]:
    """Yield the pairs out of `rest` with the greatest sum of what `score` is above `least`.

    Solved for each group of places that pairs above `least` connect: these are small.
    """
    gains = {
        (one, other): gain
        for one in rest[0]
        for other in rest[1]
        if (gain := score(one, other) - least) >= 0
    }
    for rows, columns in _groups(gains):
        yield from _solve(rows, columns, gains)


def _groups(pairs: Iterable[Pair]) -> Iterator[tuple[list[int], list[int]]]:
    """Rows and columns that pairs connect."""
    below: dict[int, set[int]] = defaultdict(set)
    above: dict[int, set[int]] = defaultdict(set)
    for row, column in pairs:
        below[row].add(column)
        above[column].add(row)
    left = set(below)
    while left:
        rows, columns, new = set[int](), set[int](), {min(left)}
        while new:
            rows |= new
            columns |= set().union(*(below[row] for row in new))
            new = set().union(*(above[column] for column in columns)) - rows
        left -= rows
        yield sorted(rows), sorted(columns)


def _solve(rows: list[int], columns: list[int], gains: dict[Pair, float]) -> Iterator[Pair]:
    import numpy as np

    if len(rows) == len(columns) == 1:
        yield rows[0], columns[0]
        return
    size = max(len(rows), len(columns))
    cost = np.zeros((size, size))  # nothing, for what stays without a pair
    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            if (row, column) in gains:
                cost[i, j] = -gains[row, column] - _TINY
    for i, j in enumerate(assignment(cost)):
        if i < len(rows) and j < len(columns) and (rows[i], columns[j]) in gains:
            yield rows[i], columns[j]


def assignment(cost: NDArray[np.float64]) -> list[int]:
    """Return the column of each row of a square matrix so that the sum of costs is least.

    Method: H. W. Kuhn, "The Hungarian method for the assignment problem" (1955), by shortest
    augmenting paths with potentials; cubic in the size.
    """
    import numpy as np

    size = len(cost)
    row_price, column_price = np.zeros(size + 1), np.zeros(size + 1)
    owner = np.zeros(size + 1, int)  # row of each column, counted from 1; 0: free
    for row in range(1, size + 1):
        owner[0], column = row, 0
        least = np.full(size + 1, np.inf)
        came_from, seen = np.zeros(size + 1, int), np.zeros(size + 1, bool)
        while owner[column]:
            seen[column] = True
            here = owner[column]
            reduced = cost[here - 1] - row_price[here] - column_price[1:]
            better = ~seen[1:] & (reduced < least[1:])
            least[1:][better] = reduced[better]
            came_from[1:][better] = column
            column = int(np.where(seen, np.inf, least)[1:].argmin()) + 1
            step = least[column]
            row_price[owner[seen]] += step
            column_price[seen] -= step
            least[~seen] -= step
        while column:
            owner[column] = owner[came_from[column]]
            column = int(came_from[column])
    found = [0] * size
    for column in range(1, size + 1):
        found[owner[column] - 1] = column - 1
    return found


def order_bonus(one: float, other: float) -> float:
    """Return what is added for two places, each as a share of its side: it decides between equals.

    The square keeps equals in their order; of two that are equally near the first is taken.
    """
    return COMPARE.order * (1 - (one - other) ** 2) - _TINY * (one + other)


def same_items(old: Sequence[Entry], new: Sequence[Entry]) -> bool:
    """Whether two lists hold the same, in the same order."""
    return len(old) == len(new) and all(map(_is_same, old, new))


def _is_same(old: Entry, new: Entry) -> bool:
    if old.lists.keys() != new.lists.keys():
        return False
    rows = old.row.keys() | new.row.keys()
    return all(old.row.get(k) == new.row.get(k) for k in rows - _PLACE) and all(
        same_items(below, new.lists[name]) for name, below in old.lists.items()
    )


def pair_items(
    name: str, title: str, old: Sequence[Entry], new: Sequence[Entry]
) -> Iterator[tuple[Entry | None, Entry | None]]:
    """Yield the items of a list in pairs, in the order of `new`; None stands for no item."""
    rest = (set(range(len(old))), set(range(len(new))))
    pairs = dict(pair_equal([_print(one) for one in old], [_print(one) for one in new], rest))
    words = [
        {at: plain_words(side[at].text(title)) for at in places}
        for side, places in zip((old, new), rest, strict=True)
    ]

    def score(one: int, other: int) -> float:
        text = _item_likeness(words[0][one], words[1][other])
        if name in _WHOLE and text < 1:
            return 0.0
        near = order_bonus(one / len(old), other / len(new))
        return text + _item_bonus(name, old[one], new[other]) + near

    if rest[0] and rest[1]:
        pairs |= dict(pair_best(rest, score, COMPARE.item))
    for one, other in in_order(pairs, len(old), len(new)):
        yield (None if one is None else old[one], None if other is None else new[other])


def _print(entry: Entry) -> Hashable:
    """All that an entry holds, but its place and the record it belongs to."""
    own = tuple(sorted((k, str(v)) for k, v in entry.row.items() if k not in _PLACE))
    return own, tuple((name, tuple(map(_print, below))) for name, below in entry.lists.items())


def _item_likeness(one: str, other: str) -> float:
    short, long = sorted((one, other), key=len)
    value = likeness(one, other)
    if len(short.split()) >= COMPARE.words and long.startswith(short):
        return max(value, COMPARE.begins)
    return value


def _item_bonus(name: str, old: Entry, new: Entry) -> float:
    def same(column: str) -> bool:
        return bool(old.text(column)) and old.text(column) == new.text(column)

    if name == "updates":
        return COMPARE.label * (same("label") or same("date_edtf"))
    if name == "actions":
        return COMPARE.number * same("number")
    if name == "agencies":
        return COMPARE.identity * same("agency_id")
    if name == "dates":
        return COMPARE.item * same("role")
    return 0.0


def in_order(pairs: dict[int, int], old: int, new: int) -> Iterator[tuple[int | None, int | None]]:
    """Yield pairs, new ones and old ones in the order of the new; an old one that has no pair
    comes after what it stood behind.

    Args:
        pairs: place in the new by place in the old.
        old: how many old ones there are.
        new: how many new ones.
    """
    back = {other: one for one, other in pairs.items()}
    behind: dict[int | None, list[int]] = defaultdict(list)
    last = None
    for one in range(old):
        if one in pairs:
            last = pairs[one]
        else:
            behind[last].append(one)
    yield from ((one, None) for one in behind[None])
    for other in range(new):
        yield back.get(other), other
        yield from ((one, None) for one in behind[other])
