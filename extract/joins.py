"""One row or two: the decision at a page break inside a table, on evidence."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from actionplan.extract.glue import Gluer
from actionplan.extract.stitch_settings import StitchSettings
from actionplan.extract.wordlists import word_list
from actionplan.schemas.tables import Evidence, Join, Line

_NUMBER = re.compile(r"\(?(?P<number>\d{1,3}(?:\.\d{1,3})*)(?P<letter>[a-z]?)[.):]?(?=\s|$)")
_LABEL_LINES = 3  # of a label in a narrow column
_OPEN_WORDS = word_list("open_words")
_TERMINAL = re.compile(r"[.!?…][\"'”’)\]]*$")
_OPEN_END = re.compile(r"[,;/&(–—-]$")


Witness = Callable[[float], Evidence | None]


@dataclass(slots=True)
class Side:
    """One side of a break: the row's piece on its page.

    Attributes:
        lines: lines of each column, top to bottom; a spanning cell's stand in its first column.
        top: upper edge of the piece, points.
        bottom: lower edge of the piece, points.
        right: right edge of each column, points.
        open: no line is drawn at the break.
        covered: column places that belong to a cell begun further left or above.
        spans: column places whose cell covers several rows of its page.
    """

    lines: Sequence[Sequence[Line]]
    top: float
    bottom: float
    right: Sequence[float]
    open: bool
    covered: Sequence[bool]
    spans: Sequence[bool]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the rest of the table says.

    Attributes:
        labelled: share of the rows begun so far whose first cell begins with a label.
        rows: number of those rows.
        bare_labels: an earlier row's first cell, too, held a label and nothing else.
        blank_keys: share of rows inside pages whose first cell is empty.
        free_space: points between the last row and the lowest table end on pages of this size.
        last_number: number of the last row that has one.
        key: lines of the questioned row's first cell before the break, on all its pages.
        filled: columns in which the questioned row has text, on all its pages.
        regular: columns in which nearly every row of the table has text.
        stops: columns whose texts nearly all end with a full stop (True) or hardly any (False);
            None where too few are known.
    """

    labelled: float
    rows: int
    bare_labels: bool
    blank_keys: float
    free_space: float
    last_number: str | None
    key: Sequence[Line]
    filled: Sequence[bool]
    regular: Sequence[bool]
    stops: Sequence[bool | None]


class JoinDecider:
    """Adds up the evidence at a break."""

    def __init__(
        self, label: re.Pattern[str] | None, gluer: Gluer, settings: StitchSettings
    ) -> None:
        """Take the caller's label pattern, the word joiner, and the weights."""
        self._label = label
        self._gluer = gluer
        self._settings = settings

    def decide(
        self,
        page: int,
        row: int,
        before: Side,
        after: Side,
        around: Surroundings,
        witness: Witness | None = None,
    ) -> Join:
        """Decide whether `after` continues `before`.

        Args:
            page: page of `after`.
            row: index of the logical row that `before` ends.
            before: the last row's piece before the break.
            after: the first row's piece after it, repeated header left out.
            around: what the rest of the table says.
            witness: what else there is to hear, given the sum of the evidence.
        """
        evidence = [*self._keys(before, after, around), *self._space(before, after, around)]
        evidence += [*self._fields(after, around), *self._texts(before, after, around)]
        score = sum(item.weight for item in evidence)
        heard = witness(score) if witness else None
        if heard is not None:
            evidence.append(heard)
            score += heard.weight
        ordered = tuple(sorted(evidence, key=lambda item: -abs(item.weight)))
        confidence = 1 / (1 + math.exp(-abs(score)))
        return Join(page, row, score > 0, round(score, 2), round(confidence, 3), ordered)

    def has_label(self, lines: Sequence[Line]) -> bool:
        """Does a first cell begin with a row label, perhaps wrapped ("Recommendation | 3")?"""
        text = " ".join(line.text for line in lines[:_LABEL_LINES])
        return self._label is not None and self._label.match(text) is not None

    def _keys(self, before: Side, after: Side, around: Surroundings) -> Iterator[Evidence]:
        settings, key = self._settings, after.lines[0]
        if len(after.lines) > 1 and all(after.covered[1:]) and all(before.covered[1:]):
            yield Evidence("one-cell", settings.one_cell, "one cell over the full width goes on")
        if not any(after.lines):
            weight = settings.empty_rest if any(around.regular) else settings.empty_row
            yield Evidence("empty-row", weight, "no text after the break")
        if not key:
            if around.key and not after.covered[0]:
                common = (
                    around.blank_keys > settings.blank_keys or before.spans[0] or after.spans[0]
                )
                weight = settings.key_empty_common if common else settings.key_empty
                yield Evidence("key-empty", weight, "the first column is empty after the break")
            return
        if self.has_label(key):
            yield Evidence("label", settings.label, key[0].text[:40])
        elif (number := _next_number(around.last_number, key[0].text)) is not None:
            yield Evidence("sequence", settings.sequence, number)
        elif around.rows >= settings.labelled_rows and (around.labelled >= settings.labelled_share):
            yield Evidence("no-label", settings.no_label, "the rows before begin with a label")
        # In a column of numbers it says nothing.
        if around.key and not around.bare_labels and self.only_label(around.key):
            yield Evidence("label-only", settings.label_only, around.key[0].text[:40])

    def _fields(self, after: Side, around: Surroundings) -> Iterator[Evidence]:
        """Fields that each row has, the questioned one too, and that the piece after lacks."""
        empty = [
            c
            for c, lines in enumerate(after.lines)
            if c and around.regular[c] and around.filled[c] and not lines and not after.covered[c]
        ]
        if empty and any(after.lines):
            weight = self._settings.field_empty * min(len(empty), 2)
            names = ", ".join(str(c + 1) for c in empty)
            yield Evidence("fields-empty", weight, f"all rows have text in column {names}")

    def only_label(self, lines: Sequence[Line]) -> bool:
        """Does a first cell hold a row label and nothing else?"""
        text = " ".join(line.text for line in lines)
        match = self._label.match(text) if self._label else None
        return match is not None and not text[match.end() :].strip(" .:-–")

    def _space(self, before: Side, after: Side, around: Surroundings) -> Iterator[Evidence]:
        settings = self._settings
        height = _line_height(before) or _line_height(after)
        if height and around.free_space > settings.full_page * height:
            free = f"{around.free_space / height:.1f} lines free"
            yield Evidence("page-not-full", settings.page_not_full, free)
        if before.open or after.open:
            yield Evidence("open-border", settings.open_border, "no line is drawn at the break")
        shared = [c for c, lines in enumerate(after.lines) if lines and before.lines[c]]
        if shared and not any(self._reaches(before, c) for c in shared):
            yield Evidence(
                "ends-above-break", settings.no_column_at_bottom, "no text runs down to the break"
            )

    def _reaches(self, side: Side, column: int) -> bool:
        last = side.lines[column][-1]
        height = max(last.bbox[3] - last.bbox[1], last.size, 1.0)
        return side.bottom - last.bbox[3] <= self._settings.touch_bottom * height

    def carried(self, before: Side, after: Side, around: Surroundings) -> list[int]:
        """Columns whose cell goes on into a new row: a span that the break cut.

        Call it where the rows are not joined. Text after the break belongs to the span only if it
        goes on in mid-sentence.
        """
        columns = []
        for column, lines in enumerate(after.lines):
            if after.covered[column] or not (before.spans[column] or after.spans[column]):
                continue
            # The span's own text may have ended on an earlier page: then nothing of it is left.
            known = before.lines[column] if lines else around.filled[column]
            if not known or (column == 0 and self.has_label(lines)):
                continue
            item = self._column(column, before, after, around) if lines else None
            if not lines or (item is not None and item.weight > 0):
                columns.append(column)
        return columns

    def _texts(self, before: Side, after: Side, around: Surroundings) -> Iterator[Evidence]:
        settings = self._settings
        found: list[Evidence] = []
        for column, lines in enumerate(after.lines):
            both = lines and before.lines[column]
            item = self._column(column, before, after, around) if both else None
            if item is None and column and self._ended_before(column, before, after, around):
                detail = f"ended on an earlier page | {lines[0].text[:24]}…"
                item = Evidence(f"column-{column + 1}-again", settings.short_again, detail)
            if item is not None:
                # A text that goes on in a cell over several rows does so in whichever row.
                if item.weight < 0 or not (before.spans[column] or after.spans[column]):
                    found.append(item)
            elif lines and not around.filled[column]:
                yield Evidence(f"column-{column + 1}-new", settings.new_column, lines[0].text[:24])
        total = sum(item.weight for item in found)
        cap = settings.column_cap
        scale = cap / abs(total) if abs(total) > cap else 1.0
        for item in found:
            yield item._replace(weight=round(item.weight * scale, 2))
        restarts = any(item.weight < 0 for item in found) and not any(
            item.weight >= settings.unfinished_sentence for item in found
        )
        fields = [c for c, filled in enumerate(around.filled) if filled and (c or after.lines[0])]
        if len(fields) >= 3 and restarts and all(after.lines[c] for c in fields):
            yield Evidence("every-column", settings.every_column, "text begins in every column")

    def _column(
        self, column: int, before: Side, after: Side, around: Surroundings
    ) -> Evidence | None:
        """What the text of one column says, if both sides have some."""
        settings = self._settings
        a, b = before.lines[column][-1], after.lines[column][0]
        if b.bbox[1] - after.top > settings.near_top * max(b.size, 1.0) and column:
            return None  # set level with something else: it starts nowhere near the break
        name, seen = f"column-{column + 1}", f"…{a.text[-24:]} | {b.text[:24]}…"
        lower = b.text[0].islower()
        last = a.text.split()[-1].casefold()
        free = before.right[column] - a.bbox[2] - settings.cell_margin
        # Only a full line cuts a word.
        word_cut = free <= a.size and self._gluer.is_word_cut(a.text, b.text)
        if word_cut or _OPEN_END.search(a.text) or last in _OPEN_WORDS:
            cut = lower and around.stops[column]
            weight = settings.unfinished_sentence if cut else settings.hanging
            return Evidence(f"{name}-hanging", weight, seen)
        if ends_sentence(a.text):
            weight = settings.finished_lower if lower else settings.finished
            return Evidence(f"{name}-finished", weight, seen)
        short = self._is_short(before.lines[column])
        room = free - b.first_width
        if short and (not self._reaches(before, column) or (_is_flat(before) and room > a.size)):
            return Evidence(f"{name}-short-again", settings.short_again, seen)
        stops = around.stops[column]
        if room > a.size and not stops:  # the next word would have fitted: the text ends there
            weight = settings.finished_lower if lower else settings.finished
            return Evidence(f"{name}-ended", weight, seen)
        if lower:
            weights = {
                True: settings.unfinished_sentence,
                False: settings.unfinished_note,
                None: settings.unfinished,
            }
            return Evidence(f"{name}-unfinished", weights[stops], seen)
        if room < 0 and not short and stops is not False:
            return Evidence(f"{name}-unfinished", settings.unfinished_weak, seen)
        return None

    def _ended_before(self, column: int, before: Side, after: Side, around: Surroundings) -> bool:
        """Did the column's text end on an earlier page, and new text begins at the break?"""
        lines = after.lines[column]
        if not lines or before.lines[column] or not around.filled[column]:
            return False
        return lines[0].bbox[1] - after.top <= self._settings.near_top * max(lines[0].size, 1.0)

    def _is_short(self, lines: Sequence[Line]) -> bool:
        return sum(len(line.text.split()) for line in lines) <= self._settings.short_words


def leading_number(text: str) -> str | None:
    """Return the number with which a first cell begins ("4", "1.2"), or None."""
    match = _NUMBER.match(text)
    return match.group("number") if match else None


def ends_sentence(text: str) -> bool:
    """Does `text` end with a full stop or another mark that ends a sentence?"""
    return _TERMINAL.search(text) is not None


def _next_number(last: str | None, text: str) -> str | None:
    """The number that begins `text`, if it follows `last`."""
    number = leading_number(text)
    if last is None or number is None:
        return None
    *head, tail = last.split(".")
    if number in (
        ".".join([*head, str(int(tail) + 1)]),
        f"{int(last.split('.')[0]) + 1}",
        f"{last}.1",
    ):
        return number
    first = f"{int(last.split('.')[0]) + 1}.1"
    return number if number == first else None


def _is_flat(side: Side) -> bool:
    """Is the piece one line tall? Then each of its texts runs down to the break."""
    return all(len(lines) <= 1 for lines in side.lines)


def _line_height(side: Side) -> float:
    heights = [line.bbox[3] - line.bbox[1] for lines in side.lines for line in lines]
    # Printed lines stand about 1.2 times the letters' height apart.
    return 1.2 * sorted(heights)[len(heights) // 2] if heights else 0.0
