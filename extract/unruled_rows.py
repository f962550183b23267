"""Row edges by text: where several columns begin again, a number stands, or leading is wider."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from actionplan.extract.joins import ends_sentence, leading_number
from actionplan.extract.unruled_levels import (
    Body,
    Level,
    cut_above,
    follow_on,
    levels_of,
    row_code,
    text_limit,
)
from actionplan.extract.unruled_settings import UnruledSettings
from actionplan.schemas.tables import Line


@dataclass(slots=True)
class RowEdges:
    """Where rows begin on one page.

    Attributes:
        cuts: heights between lines.
        certainty: how sure they are, 0..1.
        partial: heights at which rows begin under cells that go on, and the columns of those.
    """

    cuts: list[float]
    certainty: float
    partial: dict[float, frozenset[int]] = field(default_factory=dict)


class RowSplitter:
    """Finds the rows of one table on all its pages."""

    def __init__(
        self,
        bodies: Sequence[Body],
        edges: Sequence[float],
        label: re.Pattern[str] | None,
        settings: UnruledSettings,
    ) -> None:
        """Measure the table: leading, line ends, numbering.

        Args:
            bodies: the table's body on each of its pages.
            edges: the column edges.
            label: matches at the start of a cell that begins a row.
            settings: weights and thresholds.
        """
        self._settings = settings
        self._label = label
        self._bodies = bodies
        self._pages = [levels_of(body, settings) for body in bodies]
        lines = [line for body in bodies for column in body.columns for line in column]
        self._height = median(line.bbox[3] - line.bbox[1] for line in lines) if lines else 10.0
        self._limits = [text_limit(bodies, c, edges) for c in range(len(edges) - 1)]
        self._leading = self._usual_leading()
        self._keys = self._key_levels()
        self._centred = self._is_centred()
        self._row_gap = self._usual_row_gap()
        self._first_regular = False
        firsts = [body.columns[0] for body in bodies]
        bold = sum(line.bold for lines in firsts for line in lines)
        self._begins_bold = 2 * bold > sum(map(len, firsts))

    def split(self) -> list[RowEdges]:
        """Return the rows of each page."""
        if self.by_rules:
            return [RowEdges(body.rules, 1.0) for body in self._bodies]
        scores = [[self._score(p, k) for k in range(len(page))] for p, page in self._each()]
        self._first_regular = self._is_first_regular(scores)
        if self._first_regular:
            scores = [[self._score(p, k) for k in range(len(page))] for p, page in self._each()]
        if self._centred and any(self._keys):
            scores = [self._between(p, row) for p, row in enumerate(scores)]
        elif self._centred and self._row_gap is not None:
            scores = [[3.0 if self._like_rows(at) else -3.0 for at in page] for page in self._pages]
        else:
            for p, row in enumerate(scores):
                self._move_begins(p, row)
        out = []
        for page, row in zip(self._pages, scores, strict=True):
            cuts = [cut_above(page, k) for k in range(1, len(page)) if self._begins(row[k])]
            clear = [abs(s - self._settings.threshold) >= 1.0 for s in row[1:]]
            certainty = sum(clear) / len(clear) if clear else 1.0
            out.append(RowEdges(cuts, certainty, self._partial(page, row)))
        return out

    def _partial(self, page: list[Level], row: list[float]) -> dict[float, frozenset[int]]:
        """Rows under a number and a text of several lines that go on beside them.

        Most of the short texts begin again at the level, and one of the first columns goes on.
        """
        out: dict[float, frozenset[int]] = {}
        if not any(self._keys) or self._centred:
            return out
        for k in range(1, len(page)):
            level = page[k]
            again = sum(c > 1 and not self._adjacent(level, c) for c in level.lines)
            going = [
                c
                for c, line in level.lines.items()
                if self._adjacent(level, c)
                and self._wraps(level, c)
                and (c < 2 or line.text[0].islower())
            ]
            clean = level.gap >= -self._settings.overlap * self._height
            beside = going == [1] and clean and 0 not in level.lines
            if beside and again >= self._settings.again and not self._begins(row[k]):
                out[cut_above(page, k)] = frozenset({0, 1})
        return out

    def _wraps(self, level: Level, column: int) -> bool:
        """Does a text go on in the line, which had no room in the one before?"""
        before, line = level.before[column], level.lines[column]
        begins = ends_sentence(before.text) and not line.text[0].islower()
        return not begins and not self._has_room(column, before, line)

    def _each(self) -> list[tuple[int, list[Level]]]:
        return list(enumerate(self._pages))

    def _begins(self, score: float) -> bool:
        return score > self._settings.threshold

    @property
    def by_rules(self) -> bool:
        """Do rules part the rows? Else the few that are drawn close the header and the table."""
        parted = sum(level.rule for page in self._pages for level in page[1:])
        if not parted:
            return False
        numbered = sum(len(keys) for keys in self._keys)
        pages = sum(bool(page) for page in self._pages)
        if numbered > pages:
            return parted >= 0.6 * (numbered - pages)
        return True

    def _usual_leading(self) -> float:
        """Points between the letter boxes of two lines of one text."""
        going: list[float] = []
        every: list[float] = []
        for body in self._bodies:
            for c, column in enumerate(body.columns):
                for a, b in pairwise(column):
                    gap = b.bbox[1] - a.bbox[3]
                    every.append(gap)
                    if not self._has_room(c, a, b) and b.text[0].islower():
                        going.append(gap)
        if len(going) >= 2:
            return median(going)
        return sorted(every)[len(every) // 10] if every else 0.2 * self._height

    def _has_room(self, column: int, line: Line, following: Line) -> bool:
        """Would the next line's first word have fitted in this line?"""
        room = self._limits[column] - line.bbox[2] - following.first_width
        return room > 0.45 * max(line.size, 1.0)

    def _key_levels(self) -> list[dict[int, str]]:
        """Levels of each page at which a row's number or label stands, if rows have such."""
        width = len(self._limits)
        for column in range(min(2, width)):
            found = self._numbers(column)
            numbers = [number for page in found for number in page.values()]
            if len(numbers) >= 2 and follow_on(numbers) and (column == 0 or self._sole(found)):
                return found
        return [{} for _ in self._pages]

    def _numbers(self, column: int) -> list[dict[int, str]]:
        """Labels at the starts of the column's lines; else codes ("R1"), else leading numbers."""
        starts = [
            (p, k, level.lines[column])
            for p, page in self._each()
            for k, level in enumerate(page)
            if column in level.lines
        ]
        left = min((line.bbox[0] for _, _, line in starts), default=0.0)
        labels: list[dict[int, str]] = [{} for _ in self._pages]
        numbers: list[dict[int, str]] = [{} for _ in self._pages]
        codes: list[dict[int, str]] = [{} for _ in self._pages]
        narrow = all(len(line.text) <= 8 for _, _, line in starts)
        for p, k, line in starts:
            match = self._label.match(line.text) if self._label else None
            if match:
                labels[p][k] = match.groupdict().get("number") or ""
            at_edge = narrow or line.bbox[0] - left <= self._settings.aligned
            number, code = leading_number(line.text), row_code(line.text)
            if number and at_edge:
                numbers[p][k] = number
            if code and at_edge:
                codes[p][k] = code
        if sum(map(len, labels)) >= 2:
            return labels
        coded = bool(starts) and row_code(starts[0][2].text) is not None
        return codes if coded and sum(map(len, codes)) >= 2 else numbers

    def _sole(self, found: list[dict[int, str]]) -> bool:
        """Numbers of the second column count where each stands for a row: from 1, without gaps."""
        numbers = [number for page in found for number in page.values()]
        return len(set(numbers)) >= 0.9 * len(numbers)

    def _usual_row_gap(self) -> float | None:
        """White above rows that is wider than the leading inside cells, if rows are set so."""
        least = self._leading + self._settings.extra * self._height
        at_keys = [
            self._pages[p][k].gap for p, keys in enumerate(self._keys) for k in keys if k > 0
        ]
        if len(at_keys) >= 2 and not self._centred:
            gap = median(at_keys)
            return gap if gap > least else None
        wide = [
            level.gap
            for page in self._pages
            for level in page[1:]
            if level.gap > least and len(level.lines) >= (1 if self._centred else 2)
        ]
        return median(wide) if len(wide) >= 2 else None

    def _is_first_regular(self, scores: list[list[float]]) -> bool:
        rows = [
            0 in page[k].lines
            for page, row in zip(self._pages, scores, strict=True)
            for k in range(1, len(page))
            if self._begins(row[k])
        ]
        return len(rows) >= 3 and sum(rows) >= 0.85 * len(rows)

    def _score(self, p: int, k: int) -> float:
        """The sum of what speaks for a row that begins at level `k` of page `p`."""
        if k == 0:
            return 0.0
        settings, level = self._settings, self._pages[p][k]
        if level.gap < -settings.overlap * self._height:
            return -9.0
        if self._is_title(level):
            return settings.key
        numbered = any(self._keys)
        score = self._texts(level) + self._space(level, numbered)
        if level.rule:
            score += settings.key
        if numbered:
            score += settings.key if k in self._keys[p] else settings.no_key
        if len(level.lines) == 1 and 0 not in level.lines:
            score += settings.alone
        elif self._first_regular and 0 not in level.lines and not numbered:
            score += settings.no_first
        return score

    def _is_title(self, level: Level) -> bool:
        """Is a bold line in the first column all there is, below text that is not bold?"""
        if list(level.lines) != [0] or not level.lines[0].bold or 0 not in level.before:
            return False
        return not level.before[0].bold and not self._begins_bold

    def _space(self, level: Level, numbered: bool) -> float:
        settings = self._settings
        extra = level.gap - self._leading
        wide = extra > settings.extra * self._height
        if self._row_gap is None:
            return settings.extra_leading if wide and not numbered else 0.0
        if numbered and level.gap - self._row_gap > 0.6 * self._height:
            return 0.0  # a blank line, where rows stand closer: paragraphs set level
        return settings.extra_leading if self._like_rows(level) else settings.no_extra

    def _texts(self, level: Level) -> float:
        """What the columns say that have text at the level: begun again, ended, or going on."""
        settings = self._settings
        restarts, total = 0.0, 0.0
        for column, line in level.lines.items():
            before = level.before.get(column)
            if before is None or not self._adjacent(level, column):
                restarts += settings.key_restart if column == 0 else settings.restart
                continue
            ended = ends_sentence(before.text)
            if line.text[0].islower() and not ended:
                total += settings.lower
            total += settings.ended if self._has_room(column, before, line) else settings.wrapped
            total += settings.sentence if ended and not line.text[0].islower() else 0.0
        return min(restarts, 3 * settings.restart + 1.0) + max(total, -5.0)

    def _is_centred(self) -> bool:
        """Do numbers or short texts stand in the middle of their rows, where other texts go on?"""
        if any(self._keys):
            levels = [self._pages[p][k] for p, keys in enumerate(self._keys) for k in keys if k > 0]
            beside = [level for level in levels if self._beside(level)]
            inside = sum(self._cuts_text(level) for level in beside)
            return inside >= 2 and inside > 0.5 * len(beside)
        least = self._leading + self._settings.extra * self._height
        inner = [level for page in self._pages for level in page[1:]]
        wide = sum(level.gap > least for level in inner)
        inside = sum(
            level.gap <= least and self._cuts_text(level) and self._begins_some(level)
            for level in inner
        )
        return wide >= 2 and inside >= 2 and inside >= 0.4 * wide

    def _begins_some(self, level: Level) -> bool:
        return any(not self._adjacent(level, column) for column in level.lines)

    def _beside(self, level: Level) -> bool:
        """Is there text in the line above in one of the level's columns, or does some overlap?"""
        tall = level.gap < -self._settings.overlap * self._height
        return tall or any(self._adjacent(level, c) for c in level.lines)

    def _adjacent(self, level: Level, column: int) -> bool:
        before = level.before.get(column)
        near = self._leading + 0.5 * self._height
        return before is not None and level.lines[column].bbox[1] - before.bbox[3] <= near

    def _cuts_text(self, level: Level) -> bool:
        """Would a row that begins at the level cut a text that goes on there?"""
        if level.gap < -self._settings.overlap * self._height:
            return True
        going = [c for c in level.lines if self._adjacent(level, c)]
        return any(
            not self._has_room(c, level.before[c], level.lines[c])
            or (level.lines[c].text[0].islower() and not ends_sentence(level.before[c].text))
            for c in going
        )

    def _like_rows(self, level: Level) -> bool:
        """Is the leading above the level that between rows?"""
        assert self._row_gap is not None
        return level.gap > 0.5 * (self._leading + self._row_gap)

    def _bare(self, level: Level) -> float:
        """What leading and texts say, whatever column they are in."""
        if level.gap < -self._settings.overlap * self._height:
            return -9.0
        extra = (level.gap - self._leading) / self._height
        return (
            self._texts(level) + min(4.0 * extra, 6.0) + (self._settings.key if level.rule else 0)
        )

    def _between(self, p: int, row: list[float]) -> list[float]:
        """Scores with exactly one row's beginning between two numbers: the best level there."""
        keys = sorted(self._keys[p])
        bare = [self._bare(level) for level in self._pages[p]]
        out = [-9.0] * len(row)
        for a, b in zip([None, *keys], keys, strict=False):
            first = 1 if a is None else a + 1
            if b < first:
                continue
            best = max(range(first, b + 1), key=lambda k: (bare[k], -k))
            if a is not None or (p > 0 and self._is_break(p, best, bare[best])):
                out[best] = max(bare[best], 0.0) + 1.0
        return out

    def _is_break(self, p: int, k: int, score: float) -> bool:
        """Does a page go on with the row before it, which ends above level `k`?"""
        if self._row_gap is not None:
            return self._like_rows(self._pages[p][k])
        return score > self._settings.key_restart

    def _move_begins(self, p: int, row: list[float]) -> None:
        """Where a number stands beside other lines, its row begins above: raise the best level."""
        page, keys = self._pages[p], sorted(self._keys[p])
        for a, b in zip([0, *keys], keys, strict=False):
            if page[b].gap >= -self._settings.overlap * self._height or b - a < 2:
                continue
            bare = {k: self._bare(page[k]) for k in range(a + 1, b)}
            best = max(bare, key=lambda k: bare[k])
            if bare[best] > self._settings.threshold:
                row[best] = bare[best] + 1.0
