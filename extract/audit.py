"""The audit: every source word in exactly one place, counted from the finished structures."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from actionplan.schemas.tables import PageAudit, Role, TableDocument


def audit_words(
    document: TableDocument,
    word_counts: Mapping[int, int],
    overprinted: Mapping[int, int] | None = None,
) -> list[PageAudit]:
    """Count where the words of each page went.

    Args:
        document: the finished document.
        word_counts: number of words read on each page.
        overprinted: number of words on each page that are printed twice and were read once.

    Returns:
        One entry a page; `lost` counts words in no place, `duplicated` words in more than one.
    """
    roles: dict[int, Counter[Role]] = defaultdict(Counter)
    places: dict[int, list[int]] = defaultdict(list)
    for role, line in document.iter_lines():
        roles[line.page][role] += len(line.words)
        places[line.page].extend(line.words)
    distinct = {page: len(set(words)) for page, words in places.items()}
    return [
        PageAudit(
            page=page,
            words=count,
            in_cells=roles[page]["cell"],
            in_headings=roles[page]["heading"],
            in_headers=roles[page]["header"],
            in_furniture=roles[page]["furniture"],
            unassigned=roles[page]["unassigned"],
            duplicated=len(places[page]) - distinct.get(page, 0),
            lost=count - distinct.get(page, 0),
            overprinted=overprinted.get(page, 0) if overprinted else 0,
        )
        for page, count in word_counts.items()
    ]
