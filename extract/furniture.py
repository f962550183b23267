"""Running headers, footers and page numbers: lines that stand at the same place on many pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from actionplan.extract.find import FoundPage
from actionplan.extract.settings import FurnitureSettings
from actionplan.schemas.tables import Line

_PAGE_NUMBER = re.compile(
    r"(?:page|p\.?|pg\.?)?\s*[-–—]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*(?:(?:of|/|\|)\s*\d{1,4})?\s*[-–—]?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")


def split_furniture(
    pages: Sequence[FoundPage],
    settings: FurnitureSettings | None = None,
    label: re.Pattern[str] | None = None,
) -> dict[int, list[Line]]:
    """Take running lines out of each page's outside lines.

    Args:
        pages: all pages.
        settings: thresholds.
        label: matches a row's label; "Recommendation 2" behind "Recommendation 1" is no repetition.

    Returns:
        The lines taken, by page number; the pages' `outside` lists are changed in place.
    """
    settings = settings or FurnitureSettings()
    running = _running(pages, settings, label)
    taken: dict[int, list[Line]] = {}
    for page in pages:
        furniture = list(page.slanted)
        rest: list[Line] = []
        for line in page.outside:
            numbered = _in_margin(page, line, settings) and _PAGE_NUMBER.fullmatch(line.text)
            (furniture if numbered or id(line) in running else rest).append(line)
        page.outside = rest
        taken[page.page] = furniture
    return taken


def _running(
    pages: Sequence[FoundPage], settings: FurnitureSettings, label: re.Pattern[str] | None
) -> set[int]:
    """Identities of lines that recur at one height; digits do not count as a difference."""
    places: dict[str, list[tuple[float, Line]]] = defaultdict(list)
    for page in pages:
        for line in page.outside:
            if _in_margin(page, line, settings):
                middle = (line.bbox[1] + line.bbox[3]) / 2
                text = line.text.casefold()
                if label is None or not _is_labelled(line, label):
                    text = _DIGITS.sub("#", text)
                # Heights are compared from the nearer edge: landscape and portrait pages mix.
                key = f"b{text}" if middle > page.height / 2 else f"t{text}"
                places[key].append(
                    (page.height - middle if middle > page.height / 2 else middle, line)
                )
    least = max(settings.min_pages, settings.min_share * len(pages))
    found: set[int] = set()
    for key, group in places.items():
        group.sort(key=lambda item: item[0])
        for level in _clusters(group, settings.drift):
            numbers = {line.page for line in level}
            # Some footers run through one part of the document only; above, a title may do so.
            part = settings.min_part * (max(numbers) - min(numbers) + 1)
            enough = max(settings.min_pages, part) if key[0] == "b" else least
            if len(numbers) >= min(enough, least):
                found.update(id(line) for line in level)
    return found - _section_titles(pages, found, settings) if found else found


def _is_labelled(line: Line, label: re.Pattern[str]) -> bool:
    """Does a line begin with a row's label, or end with it as a bold title may?"""
    if label.match(line.text):
        return True
    ends = (match.end() for match in label.finditer(line.text)) if line.bold else ()
    return any(end == len(line.text.rstrip()) for end in ends)


def _section_titles(
    pages: Sequence[FoundPage], running: set[int], settings: FurnitureSettings
) -> set[int]:
    """Identities of recurring lines that name the table below: another section has another one.

    The title of an agency's table may be repeated on each of its pages, at one place. Running lines
    go on through all sections, or change from left to right pages.
    """
    above = [line for page in pages if (line := _above_table(page)) is not None]
    groups: dict[str, list[Line]] = defaultdict(list)
    for line in above:
        groups[_DIGITS.sub("#", line.text.casefold())].append(line)
    titles: set[int] = set()
    for group in groups.values():
        if all(id(line) not in running for line in group):
            continue
        first, last = group[0], group[-1]
        others = (line for line in above if not first.page <= line.page <= last.page)
        one_run = len(group) == sum(first.page <= line.page <= last.page for line in above)
        if one_run and any(abs(line.bbox[1] - first.bbox[1]) <= settings.drift for line in others):
            titles.update(id(line) for line in group)
    return titles & running


def _above_table(page: FoundPage) -> Line | None:
    """The line next above the page's first table."""
    if not page.tables:
        return None
    top = page.tables[0].ys[0]
    lines = [line for line in page.outside if line.bbox[3] <= top + 2]
    return max(lines, key=lambda line: line.bbox[3], default=None)


def _clusters(group: list[tuple[float, Line]], drift: float) -> list[list[Line]]:
    out: list[list[Line]] = []
    last = float("-inf")
    for height, line in group:
        if height - last > drift:
            out.append([])
        out[-1].append(line)
        last = height
    return out


def _in_margin(page: FoundPage, line: Line, settings: FurnitureSettings) -> bool:
    """Is the line above all tables near the top, or below all of them near the bottom?"""
    top, bottom = line.bbox[1], line.bbox[3]
    near_top = bottom < settings.margin * page.height
    near_bottom = top > (1 - settings.margin) * page.height
    if near_top:
        return all(table.ys[0] >= bottom - 2 for table in page.tables)
    return near_bottom and all(table.ys[-1] <= top + 2 for table in page.tables)
