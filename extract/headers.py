"""Header rows: known phrases, typography, and repetition on later pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from actionplan.extract.fragments import FragmentCell, TableFragment
from actionplan.extract.settings import HeaderSettings
from actionplan.schemas.tables import Line, TableHints

_REFERENCE = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?")
_PROMPT = re.compile(r"\?\s*$|^\(.*\)$")


@lru_cache(maxsize=8)
def phrase_pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for all phrases, longest first; kept, as a batch asks for it with each file."""
    longest_first = sorted(set(phrases), key=len, reverse=True)
    pattern = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest_first)
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


class HeaderFinder:
    """Tells header rows from body rows, with or without hints from the caller."""

    def __init__(self, hints: TableHints, settings: HeaderSettings) -> None:
        """Compile the hints once for a document."""
        self._settings = settings
        phrases = tuple(hints.header_phrases)
        self._phrases = phrase_pattern(phrases) if phrases else None
        self._label = re.compile(hints.label_pattern) if hints.label_pattern else None

    def mark(self, fragment: TableFragment, known: TableFragment | None) -> None:
        """Set `title_rows`, `header_rows` and `repeated` of `fragment`.

        Args:
            fragment: the fragment to look at.
            known: an earlier fragment with the same columns; its header is sought first. If it has
                none so far, rows that both begin with are one, and `known` is marked too.
        """
        fragment.title_rows, fragment.header_rows, fragment.repeated = 0, 0, False
        if known is not None and known.page < fragment.page and not known.header_rows:
            known.header_rows = self._common(fragment, known)
        fragment.title_rows = start = self._titles(fragment)
        if known is not None and known.header_rows:
            count = self._repeats(fragment, known, start)
            if count:
                if known.title_rows + count == known.header_rows:
                    more = self._prompts(fragment, known, start + count)
                    known.header_rows += more
                    count += more
                fragment.header_rows, fragment.repeated = start + count, True
                return
        if known is not None and self._takes_rest(fragment, known, start):
            return
        end = self._depth(fragment, start)
        if end and not (known is not None and known.header_rows and _is_lower(fragment, start)):
            fragment.header_rows = end
            # Nothing but names of fields is a header printed alone, or a form's last line.
            headless = known is not None and not known.header_rows and len(known.rows) > 1
            if end < len(fragment.rows) or (
                not headless and self._by_phrases(fragment.starts(start))
            ):
                return
        fragment.header_rows = fragment.title_rows = 0

    def _depth(self, fragment: TableFragment, start: int) -> int:
        """Where the header that begins at `start` ends; 0 if none begins there."""
        rows = len(fragment.rows)
        if start >= rows:
            return 0
        if self._is_header(fragment, start):
            end = _end(fragment, start)
        elif start + 1 < rows and self._is_group(fragment, start):
            end = start + 1
            if _end(fragment, start) > end or not self._is_header(fragment, end):
                return 0
            end = _end(fragment, end)
        else:
            return 0
        while (
            end < rows and end - start < self._settings.look and self._goes_on(fragment, start, end)
        ):
            end = _end(fragment, end)
        return end

    def _is_group(self, fragment: TableFragment, row: int) -> bool:
        """Is there a short text over several columns, but not over all?"""
        cells = [cell for cell in fragment.starts(row) if cell.lines]
        return self._is_short(cells) and any(1 < c.colspan < fragment.width for c in cells)

    def _goes_on(self, fragment: TableFragment, start: int, row: int) -> bool:
        """Is `row` one more row of the header above it: names below a group's, or prompts?"""
        cells = [cell for cell in fragment.starts(row) if cell.lines]
        if len(cells) < 2 or is_band(fragment, row) or not self._is_short(cells):
            return False
        if self._label and self._label.match(cells[0].plain):
            return False
        above = fragment.rows[row - 1]
        if all(1 < above[cell.column].colspan < fragment.width for cell in cells) or (
            self._is_group(fragment, row - 1) and self._by_phrases(cells)
        ):
            return True
        asked = sum(_PROMPT.search(cell.plain) is not None for cell in cells)
        if 2 * asked >= len(cells) and len(cells) >= fragment.width / 2:
            return True
        first = [cell for cell in fragment.starts(start) if cell.lines]
        if len(cells) < fragment.width or row + 1 >= len(fragment.rows):
            return False
        below = [cell for cell in fragment.starts(row + 1) if cell.lines]
        same_fill = {cell.fill for cell in first} == {cell.fill for cell in cells}
        return _all_bold(first) and same_fill and _by_looks(fragment, row, cells) and bool(below)

    def _takes_rest(self, fragment: TableFragment, known: TableFragment, start: int) -> bool:
        """Give a header that a page break cut its rest: the first row of the next page.

        True if the first row was such a rest; it is then left behind as a header without words.
        """
        if start or not known.header_rows or known.header_rows < len(known.rows):
            return False
        rest = [cell for cell in fragment.starts(0) if cell.lines]
        last = [cell for cell in known.starts(len(known.rows) - 1) if cell.lines]
        if len(fragment.rows) < 2 or not rest or not last or not self._is_short(rest):
            return False
        alike = {cell.column for cell in rest} <= {cell.column for cell in last}
        fills = {cell.fill for cell in last} - {None}
        shaded = bool(fills) and {cell.fill for cell in rest} <= fills
        below = [cell for cell in fragment.starts(1) if cell.lines]
        bold = _all_bold(rest) and _all_bold(last) and not _all_bold(below)
        shaded = shaded and {cell.fill for cell in below}.isdisjoint(fills)
        lower = 2 * sum(cell.plain[0].islower() for cell in rest) > len(rest)
        if not (alike and fragment.starts(0)[0].rowspan == 1 and (bold or shaded or lower)):
            return False
        for cell in rest:
            known.rows[-1][cell.column].lines.extend(cell.lines)
            cell.lines.clear()
        fragment.header_rows, fragment.repeated = 1, True
        return True

    def _titles(self, fragment: TableFragment) -> int:
        """Rows over the full width at the top, if a header row follows them."""
        count = 0
        while count < min(self._settings.look, len(fragment.rows)) and is_band(fragment, count):
            count += 1
        return count if count < len(fragment.rows) else 0

    def _common(self, fragment: TableFragment, known: TableFragment) -> int:
        """How many rows both fragments begin with, word for word; 0 if it is all of one."""
        count = 0
        for ours, theirs in zip(fragment.rows, known.rows, strict=False):
            texts = _texts([ours])
            if count == self._settings.look or texts != _texts([theirs]):
                break
            if sum(map(bool, texts)) < 2 or not any(map(str.isalpha, "".join(texts))):
                break
            count += 1
        return count if count < min(len(fragment.rows), len(known.rows)) else 0

    def _repeats(self, fragment: TableFragment, known: TableFragment, start: int) -> int:
        """How many rows from `start` repeat the header of `known`, also cut or partly set anew."""
        first = known.title_rows
        wanted = known.rows[first : known.header_rows]
        for count in range(len(wanted), 0, -1):
            rows = fragment.rows[start : start + count]
            if len(rows) == count and self._same(_texts(rows), _texts(wanted[:count])):
                return count
        return 0

    def _prompts(self, fragment: TableFragment, known: TableFragment, start: int) -> int:
        """How many rows below a repeated header repeat those below the first one (prompts)."""
        pairs = zip(fragment.rows[start:], known.rows[known.header_rows :], strict=False)
        count = 0
        for ours, theirs in pairs:
            texts = _texts([ours])
            if sum(map(bool, texts)) < 2 or texts != _texts([theirs]):
                break
            count += 1
        return count if start + count < len(fragment.rows) else 0

    def _same(self, texts: list[str], header: list[str]) -> bool:
        ours, theirs = " | ".join(texts), " | ".join(header)
        if not theirs.strip(" |") or not ours.strip(" |"):
            return False
        if fuzz.ratio(ours, theirs) >= self._settings.fuzzy:
            return not self._renamed(texts, header)
        cut = 2 * len(ours) >= len(theirs) and len(ours) <= len(theirs)
        pairs = zip(texts, header, strict=False)
        return cut and len(texts) == len(header) and all(_is_part(a, b) for a, b in pairs)

    def _renamed(self, texts: list[str], header: list[str]) -> bool:
        """Is one cell another altogether: "Police recommendations", "Housing recommendations"?"""
        return len(texts) == len(header) and any(
            not _is_part(a, b) and not _is_part(b, a) and fuzz.ratio(a, b) < self._settings.alike
            for a, b in zip(texts, header, strict=True)
            if a and b
        )

    def _is_header(self, fragment: TableFragment, row: int) -> bool:
        cells = [cell for cell in fragment.starts(row) if cell.lines]
        if len(cells) < 2 or sum(cell.colspan for cell in cells) < fragment.width / 2:
            return False
        if not self._is_short(cells):
            return False
        if self._label and any(self._label.match(cell.plain) for cell in cells[:1]):
            return False
        if any(_REFERENCE.fullmatch(cell.plain) for cell in cells):
            return False  # "Ref | 1.1 | Domain | Safe": a form's labels and values
        return self._by_phrases(cells) or _by_looks(fragment, row, cells)

    def _is_short(self, cells: Sequence[FragmentCell]) -> bool:
        return all(len(cell.plain.split()) <= self._settings.max_words for cell in cells)

    def _by_phrases(self, cells: Sequence[FragmentCell]) -> bool:
        if self._phrases is None:
            return False
        filled = [cell.plain for cell in cells if cell.lines]
        hits = sum(self._is_phrase(text) for text in filled)
        return hits >= max(2, self._settings.phrase_share * len(filled))

    def _is_phrase(self, text: str) -> bool:
        """Known phrases cover at least half of the text's letters."""
        assert self._phrases is not None
        covered = sum(len(match.group()) for match in self._phrases.finditer(text))
        return 2 * covered >= len(text)


def _end(fragment: TableFragment, row: int) -> int:
    """Where the cells that begin in `row` end: the lowest of them."""
    return max(cell.row + cell.rowspan for cell in fragment.starts(row))


def is_band(fragment: TableFragment, row: int) -> bool:
    """Is the row one filled cell over the full width of a table of several columns?"""
    cell = fragment.rows[row][0]
    return fragment.width > 1 and cell.colspan == fragment.width and bool(cell.lines)


def column_headers(fragment: TableFragment) -> list[list[Line]]:
    """Return the header lines of each column, top down; a spanning header is in each column.

    A cell that runs on below the header (its border is not drawn) belongs to the body.
    """
    out: list[list[Line]] = []
    for column in range(fragment.width):
        lines: list[Line] = []
        seen: list[FragmentCell] = []
        for row in fragment.rows[fragment.title_rows : fragment.header_rows]:
            cell = row[column]
            if cell.row + cell.rowspan <= fragment.header_rows and not any(
                cell is other for other in seen
            ):
                seen.append(cell)
                lines.extend(cell.lines)
        out.append(lines)
    return out


def _texts(rows: list[list[FragmentCell]]) -> list[str]:
    return [
        cell.plain.casefold()
        for r, row in enumerate(rows)
        for c, cell in enumerate(row)
        if (c == 0 or row[c - 1] is not cell) and (r == 0 or rows[r - 1][c] is not cell)
    ]


def _is_part(piece: str, whole: str) -> bool:
    return piece == whole or (bool(piece) and piece in whole) or (not piece and not whole)


def _by_looks(fragment: TableFragment, row: int, cells: Sequence[FragmentCell]) -> bool:
    """Set apart by type or shade: all bold, or all shaded, over a row that is not."""
    if row + 1 >= len(fragment.rows):
        return False
    below = [cell for cell in fragment.starts(row + 1) if cell.lines]
    if not below or len(cells) < fragment.width:
        return False
    if _all_bold(cells) and not _all_bold(below):
        return True
    fills = {cell.fill for cell in cells}
    return len(fills) == 1 and None not in fills and fills.isdisjoint({c.fill for c in below})


def _is_lower(fragment: TableFragment, row: int) -> bool:
    """Does each text of the row begin in lower case? Below a header, these are ends of lines."""
    return all(cell.plain[0].islower() for cell in fragment.starts(row) if cell.lines)


def _all_bold(cells: Sequence[FragmentCell]) -> bool:
    return all(line.bold for cell in cells for line in cell.lines)
