"""Two sequences in order: which items are the same."""

from __future__ import annotations

from collections.abc import Sequence


def best_pairs(
    likeness: Sequence[Sequence[float]], columns: int, least: float
) -> list[tuple[int, int]]:
    """Return (row, column) pairs, rising in both, with the greatest sum of `likeness`.

    Found by dynamic programming; what stays without a pair costs nothing.

    Args:
        likeness: how alike each row and each column are.
        columns: their number.
        least: only what is more alike than this may be a pair.
    """
    best = _best_sums(likeness, columns, least)
    pairs, row, column = [], 0, 0
    while row < len(likeness) and column < columns:
        like = likeness[row][column]
        after = best[row + 1][column + 1]
        if like > least and abs(best[row][column] - like - after) < 1e-9:
            pairs.append((row, column))
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1
    return pairs


def _best_sums(
    likeness: Sequence[Sequence[float]], columns: int, least: float
) -> list[list[float]]:
    best = [[0.0] * (columns + 1) for _ in range(len(likeness) + 1)]
    for row in range(len(likeness) - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            like = likeness[row][column]
            pair = like + best[row + 1][column + 1] if like > least else -1.0
            best[row][column] = max(best[row + 1][column], best[row][column + 1], pair)
    return best
